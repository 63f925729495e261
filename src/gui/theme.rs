//! Colours and sizes, in light and dark.

use eframe::egui::{Color32, Context, CornerRadius, FontFamily, FontId, Id, Stroke, Style, TextStyle, Theme, Visuals};

/// The colours by their roles.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub(super) paper: Color32,
    pub(super) panel: Color32,
    pub(super) hairline: Color32,
    pub(super) ink: Color32,
    pub(super) muted: Color32,
    pub(super) row: Color32,
    pub(super) selected: Color32,
    pub(super) accent: Color32,
    pub(super) term: Color32,
    pub(super) term_line: Color32,
    pub(super) hit: Color32,
    pub(super) doubtful: Color32,
    pub(super) confirmed: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const LIGHT: Palette = Palette {
    paper: rgb(0xfb_fa_f7),
    panel: rgb(0xf3_f1_ec),
    hairline: rgb(0xe3_df_d6),
    ink: rgb(0x1e_22_27),
    muted: rgb(0x5f_63_6a),
    row: rgb(0xf1_ec_e0),
    selected: rgb(0xe4_ea_f0),
    accent: rgb(0x2f_5d_8a),
    term: rgb(0xf6_eb_cf),
    term_line: rgb(0x7a_5c_1e),
    hit: rgb(0xcf_e3_f5),
    doubtful: rgb(0xa0_48_12),
    confirmed: rgb(0x22_6b_4b),
};

const DARK: Palette = Palette {
    paper: rgb(0x16_18_1b),
    panel: rgb(0x1d_20_24),
    hairline: rgb(0x2c_30_36),
    ink: rgb(0xe6_e3_dc),
    muted: rgb(0x9a_a0_a6),
    row: rgb(0x24_28_2d),
    selected: rgb(0x22_30_3e),
    accent: rgb(0x8d_b7_e0),
    term: rgb(0x3a_32_1e),
    term_line: rgb(0xd9_b8_6a),
    hit: rgb(0x20_40_5c),
    doubtful: rgb(0xe5_9a_5f),
    confirmed: rgb(0x74_c2_9b),
};

/// Black on white.
const LIGHT_CONTRAST: Palette = Palette {
    paper: rgb(0xff_ff_ff),
    panel: rgb(0xff_ff_ff),
    hairline: rgb(0x00_00_00),
    ink: rgb(0x00_00_00),
    muted: rgb(0x30_30_30),
    row: rgb(0xf0_f0_f0),
    selected: rgb(0xdd_e8_ff),
    accent: rgb(0x00_2a_7f),
    term: rgb(0xff_f0_b0),
    term_line: rgb(0x00_00_00),
    hit: rgb(0xc0_e0_ff),
    doubtful: rgb(0x80_20_00),
    confirmed: rgb(0x00_4d_20),
};

/// White on black.
const DARK_CONTRAST: Palette = Palette {
    paper: rgb(0x00_00_00),
    panel: rgb(0x00_00_00),
    hairline: rgb(0xff_ff_ff),
    ink: rgb(0xff_ff_ff),
    muted: rgb(0xd8_d8_d8),
    row: rgb(0x20_20_20),
    selected: rgb(0x00_20_50),
    accent: rgb(0x9c_d2_ff),
    term: rgb(0x40_34_00),
    term_line: rgb(0xff_e0_70),
    hit: rgb(0x00_40_70),
    doubtful: rgb(0xff_b0_70),
    confirmed: rgb(0x80_f0_b0),
};

/// Whether contrast is high, as it is kept for the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Contrast(bool);

/// The palette of the theme in use.
pub(super) fn palette(ctx: &Context) -> Palette {
    let Contrast(high) = ctx.data(|data| data.get_temp(Id::NULL)).unwrap_or_default();
    match (ctx.theme(), high) {
        (Theme::Light, false) => LIGHT,
        (Theme::Dark, false) => DARK,
        (Theme::Light, true) => LIGHT_CONTRAST,
        (Theme::Dark, true) => DARK_CONTRAST,
    }
}

/// Size of the English reading text; Chinese is a little larger so that both look equal.
pub(super) const TEXT: f32 = 16.0;
pub(super) const CHINESE: f32 = 1.08;
/// Line heights as multiples of the size.
pub(super) const LEADING_ZH: f32 = 1.68;
pub(super) const LEADING_EN: f32 = 1.55;
/// Sizes of headings as multiples of the text.
pub(super) const TITLE: f32 = 1.5;
pub(super) const HEADING: f32 = 1.22;
/// Sizes of the interface.
pub(super) const INTERFACE: f32 = 14.0;
pub(super) const SMALL: f32 = 12.5;

/// Sets the look of the interface for both themes.
pub(super) fn install(ctx: &Context, high_contrast: bool) {
    ctx.data_mut(|data| data.insert_temp(Id::NULL, Contrast(high_contrast)));
    let (light, dark) = if high_contrast { (LIGHT_CONTRAST, DARK_CONTRAST) } else { (LIGHT, DARK) };
    ctx.style_mut_of(Theme::Light, |style| dress(style, Visuals::light(), light));
    ctx.style_mut_of(Theme::Dark, |style| dress(style, Visuals::dark(), dark));
    // Zooming is a command of ours, with its key in the list of commands.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // Paper, where the system does not say what it likes.
        options.fallback_theme = Theme::Light;
    });
}

fn dress(style: &mut Style, mut visuals: Visuals, palette: Palette) {
    for (text_style, size) in [
        (TextStyle::Body, INTERFACE),
        (TextStyle::Button, INTERFACE),
        (TextStyle::Monospace, INTERFACE),
        (TextStyle::Small, SMALL),
        (TextStyle::Heading, 19.0),
    ] {
        style.text_styles.insert(text_style, FontId::new(size, FontFamily::Proportional));
    }
    style.spacing.item_spacing = [8.0, 6.0].into();
    style.spacing.button_padding = [8.0, 4.0].into();
    visuals.panel_fill = palette.paper;
    visuals.window_fill = palette.panel;
    visuals.window_stroke = Stroke::new(1.0, palette.hairline);
    visuals.extreme_bg_color = palette.paper;
    visuals.faint_bg_color = palette.panel;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.muted);
    visuals.hyperlink_color = palette.accent;
    visuals.selection.bg_fill = palette.hit;
    visuals.selection.stroke = Stroke::new(1.5, palette.accent);
    visuals.warn_fg_color = palette.doubtful;
    visuals.error_fg_color = palette.doubtful;
    let widgets = &mut visuals.widgets;
    for (widget, fill) in [
        (&mut widgets.noninteractive, palette.panel),
        (&mut widgets.inactive, Color32::TRANSPARENT),
        (&mut widgets.hovered, palette.row),
        (&mut widgets.active, palette.hit),
        (&mut widgets.open, palette.row),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, palette.hairline);
        widget.fg_stroke = Stroke::new(1.0, palette.ink);
        widget.corner_radius = CornerRadius::same(4);
        widget.expansion = 0.0;
    }
    // Where paper and panel are of one colour only a line shows a field.
    let line = Stroke::new(1.0, palette.ink);
    widgets.inactive.bg_stroke = if palette.paper == palette.panel { line } else { Stroke::NONE };
    // What is chosen by a click or a pull has a ground; plain buttons have none.
    widgets.inactive.bg_fill = palette.muted.gamma_multiply(0.35);
    // A text field needs a bound that can be seen.
    widgets.hovered.bg_stroke = Stroke::new(1.0, palette.muted);
    widgets.active.bg_stroke = Stroke::new(1.5, palette.accent);
    visuals.text_edit_bg_color = Some(palette.paper);
    style.visuals = visuals;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2 contrast of two opaque colours.
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |c: Color32| {
            let linear = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.03928 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
            };
            0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_meets_wcag_aa_on_every_ground() {
        for (palette, least) in [(LIGHT, 4.5), (DARK, 4.5), (LIGHT_CONTRAST, 7.0), (DARK_CONTRAST, 7.0)] {
            for ground in [palette.paper, palette.panel, palette.row, palette.selected, palette.hit, palette.term] {
                assert!(contrast(palette.ink, ground) >= least, "ink on {ground:?}");
            }
            for ground in [palette.paper, palette.panel, palette.row, palette.selected] {
                assert!(contrast(palette.muted, ground) >= least, "muted on {ground:?}");
                assert!(contrast(palette.doubtful, ground) >= least, "doubtful on {ground:?}");
                assert!(contrast(palette.accent, ground) >= least, "accent on {ground:?}");
                assert!(contrast(palette.confirmed, ground) >= least, "confirmed on {ground:?}");
            }
        }
    }
}
