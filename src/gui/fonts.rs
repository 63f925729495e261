//! The fonts that come with the program, so that Chinese shows where no Chinese font is installed.

use std::sync::{Arc, LazyLock};

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

use crate::assets::asset;

/// By the names that families use.
static FONTS: LazyLock<[(&str, &[u8]); 4]> = LazyLock::new(|| {
    [
        ("sans", asset!("fonts/DuizhaoSans-SC.otf")),
        ("sans latin", asset!("fonts/DuizhaoSans-Latin.otf")),
        ("serif", asset!("fonts/DuizhaoSerif-SC.otf")),
        ("serif latin", asset!("fonts/DuizhaoSerif-Latin.otf")),
    ]
});

/// The family for Chinese text: its quotation marks are full-width. Song, or Hei.
pub(super) fn chinese(sans: bool) -> FontFamily {
    FontFamily::Name(if sans { "zh sans" } else { "zh serif" }.into())
}

/// The family for English text: its quotation marks are narrow.
pub(super) fn english(sans: bool) -> FontFamily {
    FontFamily::Name(if sans { "en sans" } else { "en serif" }.into())
}

/// Tells egui of our fonts; those of the system come after them, for characters that ours lack.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in *FONTS {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let mut family = |family: FontFamily, names: &[&str]| {
        fonts.families.insert(family, names.iter().map(|&name| name.to_owned()).collect());
    };
    family(FontFamily::Proportional, &["sans latin", "sans"]);
    family(FontFamily::Monospace, &["sans latin", "sans"]);
    family(chinese(false), &["serif", "sans"]);
    family(chinese(true), &["sans"]);
    family(english(false), &["serif latin", "serif", "sans"]);
    family(english(true), &["sans latin", "sans"]);
    ctx.set_fonts(fonts);
}
