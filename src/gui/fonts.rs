//! The fonts that come with the program, so that Chinese shows where no Chinese font is installed.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

const SANS: (&str, &[u8]) = ("sans", include_bytes!("../../assets/fonts/DuizhaoSans-SC.otf"));
const SANS_LATIN: (&str, &[u8]) = ("sans latin", include_bytes!("../../assets/fonts/DuizhaoSans-Latin.otf"));
const SERIF: (&str, &[u8]) = ("serif", include_bytes!("../../assets/fonts/DuizhaoSerif-SC.otf"));
const SERIF_LATIN: (&str, &[u8]) = ("serif latin", include_bytes!("../../assets/fonts/DuizhaoSerif-Latin.otf"));

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
    for (name, bytes) in [SANS, SANS_LATIN, SERIF, SERIF_LATIN] {
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
