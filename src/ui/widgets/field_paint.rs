//! How a number field looks: its number, its label, the bar of its axis, the part that a slider fills.

use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Rect, Response, Stroke, StrokeKind, Ui, pos2,
    vec2,
};

use crate::eval::keyed::Keyed;
use crate::ui::theme::{RADIUS, Theme};
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::{clipped_text, focus_ring, text};

impl NumberField<'_> {
    /// The number in full for typing, without zeros at the end.
    pub(super) fn number(&self, value: f64) -> String {
        let text = format!("{value:.*}", self.digits.max(1) + 3);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" {
            "0".to_owned()
        } else {
            text.to_owned()
        }
    }

    fn shown(&self, value: f64) -> String {
        let text = format!("{value:.*}{}", self.digits, self.unit);
        let zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
        if zero {
            text.replace('-', "")
        } else {
            text.replace('-', "\u{2212}")
        }
    }

    pub(super) fn paint(
        &self,
        ui: &Ui,
        theme: &Theme,
        rect: Rect,
        response: &Response,
        value: f64,
    ) {
        let weak = |color: Color32| match self.locked {
            true => color.gamma_multiply(0.45),
            false => color,
        };
        let held = response.is_pointer_button_down_on() || response.dragged();
        let (plain, number_color, label_color) = self.tint(theme);
        let fill = match () {
            () if held => *theme.field_active,
            () if !response.hovered() => plain,
            () if plain == *theme.field => *theme.field_hover,
            () => plain.lerp_to_gamma(number_color, 0.08),
        };
        let (number_color, label_color) = match held {
            true => (*theme.text_strong, *theme.text_2),
            false => (number_color, label_color),
        };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        painter.rect_filled(rect, RADIUS, weak(fill));
        if let Some((min, max)) = self.slider {
            let share = ((value - min) / (max - min).max(1e-9)).clamp(0.0, 1.0) as f32;
            let end = rect.left() + rect.width() * share;
            painter.rect_filled(rect.with_max_x(end), RADIUS, theme.accent_tint);
            let edge = Rect::from_min_max(pos2(end - 2.0, rect.top()), pos2(end, rect.bottom()));
            painter.rect_filled(edge, 0, theme.accent_line);
        }
        self.paint_bar(&painter, rect, weak);
        if held {
            let stroke = Stroke::new(1.0, theme.accent);
            painter.rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
        }
        let inner = Rect::from_min_max(
            rect.min + vec2(self.inset(), 0.0),
            rect.max - vec2(8.0, 0.0),
        );
        let number = self.shown(value);
        let font = FontId::monospace(11.0);
        let number_color = weak(number_color);
        let number = text(ui, inner, Align2::RIGHT_CENTER, &number, font, number_color);
        let label = inner.with_max_x((number.left() - 6.0).max(inner.left()));
        let color = weak(label_color);
        clipped_text(ui, label, self.label, FontId::proportional(12.0), color);
        focus_ring(ui, theme, response);
    }

    /// Fill, and colours of number and label.
    fn tint(&self, theme: &Theme) -> (Color32, Color32, Color32) {
        let (fill, words) = match self.keyed.unwrap_or_default() {
            Keyed::Free => return (*theme.field, *theme.text_strong, *theme.text_2),
            Keyed::Animated => (theme.f_anim, theme.f_anim_text),
            Keyed::Here => (theme.f_key, theme.f_key_text),
            Keyed::Changed => (theme.f_changed, theme.f_changed_text),
        };
        (*fill, *words, *words)
    }

    pub(super) fn paint_bar(
        &self,
        painter: &Painter,
        rect: Rect,
        tone: impl Fn(Color32) -> Color32,
    ) {
        let corners = CornerRadius {
            nw: RADIUS,
            sw: RADIUS,
            ne: 0,
            se: 0,
        };
        if let Some(bar) = self.bar {
            painter.rect_filled(rect.with_max_x(rect.left() + 3.0), corners, tone(bar));
        }
    }

    /// Where the label begins.
    pub(super) fn inset(&self) -> f32 {
        if self.bar.is_some() { 10.0 } else { 8.0 }
    }
}
