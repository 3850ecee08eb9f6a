//! A number field: drag it to scrub, click it to type. Shift makes dragging fine.

use egui::{
    Align2, Color32, FontId, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, TextEdit,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{RADIUS, ROW, Theme};
use crate::ui::widgets::{arithmetic, clipped_text, focus_ring, text};

/// How a number is shown and dragged.
#[derive(Clone, Debug)]
pub struct NumberField<'a> {
    /// What a screen reader says.
    pub name: &'a str,
    /// Stands at the left of the field.
    pub label: &'a str,
    /// Follows the number without a space.
    pub unit: &'a str,
    /// Digits after the point.
    pub digits: usize,
    /// Change per point of dragging.
    pub speed: f64,
    /// Limits of what is given back.
    pub range: (f64, f64),
    /// Shows how far the value is between these.
    pub slider: Option<(f64, f64)>,
    /// Colour of the bar at the left edge.
    pub bar: Option<Color32>,
    /// Whether it is shown weak, as operators leave the value alone.
    pub locked: bool,
}

impl Default for NumberField<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: "",
            unit: "",
            digits: 3,
            speed: 0.01,
            range: (f64::NEG_INFINITY, f64::INFINITY),
            slider: None,
            bar: None,
            locked: false,
        }
    }
}

impl NumberField<'_> {
    /// Shows the field; gives the new value where the user changed it.
    pub fn show(&self, ui: &mut Ui, theme: &Theme, value: f64) -> (Response, Option<f64>) {
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let editing = response.id.with("text");
        if ui.data(|data| data.get_temp::<String>(editing)).is_some() {
            let typed = self.edit(ui, theme, rect, editing);
            return (response, typed.filter(|typed| *typed != value));
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::SpinButton, ui.is_enabled(), self.name);
            info.value = Some(value);
            info
        });
        let response = response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
        self.paint(ui, theme, rect, &response, value);
        let begin = response.clicked() || response.gained_focus() && tabbed(ui);
        if begin {
            let shown = self.number(value);
            ui.data_mut(|data| data.insert_temp(editing, shown));
            ui.data_mut(|data| data.insert_temp(editing.with("fresh"), true));
            ui.request_repaint();
        }
        (response.clone(), self.scrubbed(ui, &response, value))
    }

    fn scrubbed(&self, ui: &Ui, response: &Response, value: f64) -> Option<f64> {
        let by_reader = accesskit_value(ui, response.id);
        if by_reader.is_some() {
            return by_reader.map(|value| self.clamp(value));
        }
        let moved = f64::from(response.drag_delta().x);
        if !response.dragged() || moved == 0.0 {
            return None;
        }
        let fine = if ui.input(|input| input.modifiers.shift) {
            0.1
        } else {
            1.0
        };
        let per_point = match self.slider {
            Some((min, max)) => (max - min) / f64::from(response.rect.width().max(1.0)),
            None => self.speed,
        };
        Some(self.clamp(value + moved * per_point * fine))
    }

    fn clamp(&self, value: f64) -> f64 {
        value.max(self.range.0).min(self.range.1)
    }

    /// The number in full for typing, without zeros at the end.
    fn number(&self, value: f64) -> String {
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

    fn paint(&self, ui: &Ui, theme: &Theme, rect: Rect, response: &Response, value: f64) {
        let weak = |color: Color32| {
            if self.locked {
                color.gamma_multiply(0.45)
            } else {
                color
            }
        };
        let hot = response.hovered() || response.dragged();
        let fill = if hot {
            *theme.field_hover
        } else {
            *theme.field
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
        if let Some(bar) = self.bar {
            let corners = egui::CornerRadius {
                nw: RADIUS,
                sw: RADIUS,
                ne: 0,
                se: 0,
            };
            painter.rect_filled(rect.with_max_x(rect.left() + 3.0), corners, weak(bar));
        }
        let inset = if self.bar.is_some() { 10.0 } else { 8.0 };
        let inner = Rect::from_min_max(rect.min + vec2(inset, 0.0), rect.max - vec2(8.0, 0.0));
        let number = self.shown(value);
        let font = FontId::monospace(11.0);
        let number_color = weak(*theme.text_strong);
        let number = text(ui, inner, Align2::RIGHT_CENTER, &number, font, number_color);
        let label = inner.with_max_x((number.left() - 6.0).max(inner.left()));
        clipped_text(
            ui,
            label,
            self.label,
            FontId::proportional(12.0),
            weak(*theme.text_2),
        );
        focus_ring(ui, theme, response);
    }

    fn edit(&self, ui: &mut Ui, theme: &Theme, rect: Rect, id: Id) -> Option<f64> {
        let mut typed = ui
            .data(|data| data.get_temp::<String>(id))
            .unwrap_or_default();
        ui.painter().rect_filled(rect, RADIUS, theme.field_active);
        let edit = TextEdit::singleline(&mut typed)
            .id(id)
            .font(FontId::monospace(11.0))
            .align(egui::Align2::RIGHT_CENTER)
            .frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(8, 0)))
            .text_color(*theme.text_strong);
        let response = ui.put(rect, edit);
        response.widget_info(|| WidgetInfo::text_edit(ui.is_enabled(), &typed, &typed, self.name));
        let label = rect.with_min_x(rect.left() + if self.bar.is_some() { 10.0 } else { 8.0 });
        if typed.len() < 14 {
            let font = FontId::proportional(12.0);
            clipped_text(ui, label, self.label, font, *theme.text_2);
        }
        let stroke = Stroke::new(1.0, theme.accent);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
        let fresh = id.with("fresh");
        if ui
            .data_mut(|data| data.remove_temp::<bool>(fresh))
            .is_some()
        {
            response.request_focus();
            select_all(ui, id, &typed);
        }
        let given_up = ui.input(|input| input.key_pressed(Key::Escape));
        if given_up || response.lost_focus() {
            ui.data_mut(|data| data.remove_temp::<String>(id));
            response.surrender_focus();
            let value = arithmetic::evaluate(number_text(&typed, self.unit));
            return value.filter(|_| !given_up).map(|value| self.clamp(value));
        }
        ui.data_mut(|data| data.insert_temp(id, typed));
        None
    }
}

fn tabbed(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Tab))
}

fn accesskit_value(ui: &Ui, id: Id) -> Option<f64> {
    use egui::accesskit::{Action, ActionData};
    ui.input(|input| {
        let mut requests = input.accesskit_action_requests(id, Action::SetValue);
        requests.find_map(|request| match request.data {
            Some(ActionData::NumericValue(value)) => Some(value),
            _ => None,
        })
    })
}

fn select_all(ui: &Ui, id: Id, typed: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = egui::text::CCursorRange::two(
        egui::text::CCursor::new(0),
        egui::text::CCursor::new(typed.chars().count()),
    );
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), id, state);
}

fn number_text<'a>(typed: &'a str, unit: &str) -> &'a str {
    let typed = typed.trim();
    typed.strip_suffix(unit).unwrap_or(typed).trim_end()
}
