//! Colours, sizes and text styles of the interface; every colour comes from `assets/theme.ron`, with the
//! user's own over it.

pub mod file;

use std::collections::BTreeMap;
use std::ops::Deref;

use egui::style::{ScrollStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, vec2};
use serde::Deserialize;
use serde::de::Error;

use crate::io::preferences::Look;
use crate::render::colors::ViewportColors;

/// Height of a row, a field and a button.
pub const ROW: f32 = 22.0;
/// Height of the menu bar.
pub const MENU_BAR: f32 = 36.0;
/// Height of the status bar.
pub const STATUS_BAR: f32 = 26.0;
/// Height of a tile's header.
pub const HEADER: f32 = 28.0;
/// Space between tiles.
pub const GAP: f32 = 4.0;
/// Corners of tiles.
pub const TILE_RADIUS: u8 = 6;
/// Corners of fields, buttons and rows.
pub const RADIUS: u8 = 4;
/// Corners of menus and dialogs.
pub const POPUP_RADIUS: u8 = 8;

/// A colour as the theme file writes it: `#rrggbb` or `#rrggbbaa`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(Color32);

impl Deref for Color {
    type Target = Color32;

    fn deref(&self) -> &Color32 {
        &self.0
    }
}

impl From<Color> for Color32 {
    fn from(color: Color) -> Self {
        color.0
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = |_| D::Error::custom(format!("`{text}` is no colour like #rrggbb"));
        Color32::from_hex(&text).map(Self).map_err(wrong)
    }
}

/// The colours of one look; the names say what they are for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    missing_docs,
    reason = "the names are those of the design, explained there"
)]
pub struct Theme {
    pub base: Color,
    pub panel: Color,
    pub header: Color,
    pub track: Color,
    pub track_alt: Color,
    pub raised: Color,
    pub popup: Color,
    pub line: Color,
    pub line_strong: Color,
    pub field: Color,
    pub field_hover: Color,
    pub field_active: Color,
    pub button: Color,
    pub button_hover: Color,
    pub button_press: Color,
    pub check: Color,
    pub text_strong: Color,
    pub text: Color,
    pub text_2: Color,
    pub text_off: Color,
    pub accent: Color,
    pub accent_hi: Color,
    pub accent_fill: Color,
    pub accent_on: Color,
    pub accent_tint: Color,
    pub accent_tint_2: Color,
    pub accent_line: Color,
    pub gold: Color,
    pub gold_text: Color,
    pub green: Color,
    pub orange: Color,
    pub red: Color,
    pub info: Color,
    pub f_anim: Color,
    pub f_anim_text: Color,
    pub f_key: Color,
    pub f_key_text: Color,
    pub f_changed: Color,
    pub f_changed_text: Color,
    pub k_key: Color,
    pub k_breakdown: Color,
    pub k_hold: Color,
    pub k_extreme: Color,
    pub k_jitter: Color,
    pub k_generated: Color,
    pub k_edge: Color,
    pub k_half: Color,
    pub k_bar: Color,
    pub k_bar_sel: Color,
    pub x: Color,
    pub y: Color,
    pub z: Color,
    pub w: Color,
    pub playhead: Color,
    pub playhead_on: Color,
    pub ruler: Color,
    pub tick: Color,
    pub outside: Color,
    pub preview: Color,
    pub marker: Color,
    pub vp_top: Color,
    pub vp_bottom: Color,
    pub grid: Color,
    pub grid_a: f32,
    pub grid_major_a: f32,
    pub vp_chip: Color,
    pub vp_text: Color,
    pub vp_shadow: Color,
    pub b_edge: Color,
    pub b_torso: Color,
    pub b_left: Color,
    pub b_right: Color,
    pub b_sel: Color,
    pub b_sel_edge: Color,
    pub b_active: Color,
    pub b_active_edge: Color,
    pub b_ik: Color,
    pub b_con: Color,
    pub b_chg: Color,
    pub b_locked: Color,
    pub ghost_before: Color,
    pub ghost_after: Color,
    pub hover_border: Color,
    pub shadow: Color,
    pub rim_more: f32,
    #[serde(skip)]
    pub look: Look,
    #[serde(skip)]
    pub dark: bool,
}

impl Theme {
    /// The dark or the light look that comes with the program.
    ///
    /// # Errors
    /// Where the theme file is wrong.
    pub fn bundled(dark: bool) -> Result<Self, String> {
        let look = if dark { Look::Dark } else { Look::Light };
        Ok(file::theme(look, None)?.0)
    }

    /// The colour of an axis: X, Y, Z, then W.
    pub fn axis(&self, axis: usize) -> Color32 {
        match axis {
            0 => *self.x,
            1 => *self.y,
            2 => *self.z,
            _ => *self.w,
        }
    }

    /// The colours that the 3D view draws with.
    pub fn viewport(&self) -> ViewportColors {
        let color = |color: Color| color.to_array().map(|part| f32::from(part) / 255.0);
        ViewportColors {
            vp_top: color(self.vp_top),
            vp_bottom: color(self.vp_bottom),
            grid: color(self.grid),
            grid_a: self.grid_a,
            grid_major_a: self.grid_major_a,
            x: color(self.x),
            y: color(self.y),
            b_edge: color(self.b_edge),
            b_torso: color(self.b_torso),
            b_left: color(self.b_left),
            b_right: color(self.b_right),
            b_sel: color(self.b_sel),
            b_sel_edge: color(self.b_sel_edge),
            b_active: color(self.b_active),
            b_active_edge: color(self.b_active_edge),
            b_hover_edge: color(self.b_sel_edge),
            b_ik: color(self.b_ik),
            b_con: color(self.b_con),
            b_chg: color(self.b_chg),
            b_locked: color(self.b_locked),
            rim_more: self.rim_more,
        }
    }

    /// Makes egui's own widgets look like the design.
    pub fn apply(&self, ctx: &egui::Context) {
        let preference = if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_theme(preference);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        ctx.all_styles_mut(|style| {
            style.text_styles = text_styles();
            style.drag_value_text_style = TextStyle::Monospace;
            style.animation_time = 0.08;
            style.interaction.tooltip_delay = 0.5;
            style.interaction.selectable_labels = false;
            style.spacing.item_spacing = vec2(6.0, 2.0);
            style.spacing.button_padding = vec2(8.0, 3.0);
            style.spacing.interact_size = vec2(ROW, ROW);
            style.spacing.menu_margin = Margin::same(5);
            style.spacing.window_margin = Margin::same(14);
            style.spacing.indent = 10.0;
            style.spacing.icon_width = 14.0;
            style.spacing.icon_width_inner = 9.0;
            style.spacing.tooltip_width = 222.0;
            style.spacing.scroll = scroll_style();
            style.visuals = self.visuals();
        });
    }

    fn visuals(&self) -> egui::Visuals {
        let mut visuals = if self.dark {
            egui::Visuals::dark()
        } else {
            egui::Visuals::light()
        };
        let shadow = Shadow {
            offset: [0, 8],
            blur: 24,
            spread: 0,
            color: *self.shadow,
        };
        visuals.widgets.noninteractive = self.widget(self.panel, self.text);
        visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, self.line);
        visuals.widgets.inactive = self.widget(self.button, self.text);
        visuals.widgets.hovered = self.widget(self.button_hover, self.text_strong);
        visuals.widgets.active = self.widget(self.button_press, self.text_strong);
        visuals.widgets.open = self.widget(self.button_hover, self.text_strong);
        visuals.selection.bg_fill = *self.accent_tint;
        visuals.selection.stroke = Stroke::new(1.0, self.accent_hi);
        visuals.weak_text_color = Some(*self.text_2);
        visuals.hyperlink_color = *self.accent;
        visuals.faint_bg_color = *self.raised;
        visuals.extreme_bg_color = *self.field_active;
        visuals.text_edit_bg_color = Some(*self.field_active);
        visuals.code_bg_color = *self.raised;
        visuals.warn_fg_color = *self.orange;
        visuals.error_fg_color = *self.red;
        visuals.window_fill = *self.popup;
        visuals.window_stroke = Stroke::new(1.0, self.line_strong);
        visuals.window_corner_radius = CornerRadius::same(POPUP_RADIUS);
        visuals.menu_corner_radius = CornerRadius::same(POPUP_RADIUS);
        visuals.window_shadow = shadow;
        visuals.popup_shadow = shadow;
        visuals.panel_fill = *self.panel;
        visuals.text_cursor.stroke = Stroke::new(1.0, self.accent);
        visuals.disabled_alpha = 0.45;
        visuals
    }

    fn widget(&self, fill: Color, text: Color) -> WidgetVisuals {
        WidgetVisuals {
            bg_fill: *fill,
            weak_bg_fill: *fill,
            bg_stroke: Stroke::NONE,
            corner_radius: CornerRadius::same(RADIUS),
            fg_stroke: Stroke::new(1.0, text),
            expansion: 0.0,
        }
    }
}

fn scroll_style() -> ScrollStyle {
    ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        bar_outer_margin: 2.0,
        foreground_color: false,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.9,
        ..ScrollStyle::floating()
    }
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Small, FontId::proportional(11.0)),
        (TextStyle::Body, FontId::proportional(12.0)),
        (TextStyle::Button, FontId::proportional(12.0)),
        (TextStyle::Heading, semibold(13.0)),
        (TextStyle::Monospace, FontId::monospace(11.0)),
    ]
    .into()
}

/// Inter 500.
pub fn medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("medium".into()))
}

/// Inter 600.
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

/// JetBrains Mono 500, for the one number that is being set.
pub fn mono_medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("mono-medium".into()))
}

/// An icon; 15 in buttons, 13 in rows and tabs.
pub fn icon(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("icon".into()))
}

/// A filled icon, for what is on.
pub fn icon_fill(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("icon-fill".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_looks_are_read() {
        let dark = Theme::bundled(true).unwrap();
        assert_eq!(*dark.accent, Color32::from_rgb(0x91, 0x8f, 0xff));
        assert!(dark.hover_border.a() < 255);
        let light = Theme::bundled(false).unwrap();
        assert_eq!(*light.panel, Color32::from_rgb(0xf2, 0xf3, 0xf5));
    }
}
