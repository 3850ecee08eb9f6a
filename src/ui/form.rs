//! A form for any operator: one row per parameter, made from its description. Knows no operator.

use egui::{Align2, FontId, Sense, Ui, UiBuilder, vec2};

use crate::model::choice::Choice;
use crate::ops::props::{Field, Unit, Value, switched_on, tooltip};
use crate::ops::registry::{self, AnyOperator};
use crate::ui::theme::{ROW, Theme};
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::{
    check_box, clipped_text, dropdown, fits_segments, focus_ring, segment, segmented, text,
    text_field, width,
};

/// Least width of the labels.
const LABEL: f32 = 76.0;
/// Least width of the fields.
const ROOM: f32 = 112.0;
/// What a list of choices needs beside its words.
const DROPDOWN: f32 = 32.0;
/// Space between label and field.
const GAP: f32 = 6.0;
/// Space at the right.
const EDGE: f32 = 8.0;

/// Whether a form of this operator has any row.
pub fn has_rows(op: &mut dyn AnyOperator) -> bool {
    let fields = op.fields();
    let shown =
        |(field, value): (&Field, &Value)| !field.hint.hidden && !matches!(value, Value::Data);
    fields.iter().zip(op.values().iter()).any(shown)
}

/// Shows the form; says whether something was changed.
pub fn form_ui(ui: &mut Ui, theme: &Theme, op: &mut dyn AnyOperator) -> bool {
    let fields = op.fields();
    let rest = defaults(op);
    let idle = op.idle();
    let values = op.values();
    let labels = label_width(ui, fields, &values);
    let on = switched_on(fields, &values);
    let mut changed = false;
    for ((field, value), rest) in fields.iter().zip(values).zip(rest) {
        if !field.hint.hidden {
            let mut row = Row {
                theme,
                field,
                labels,
                rest,
                limits: field.limits(&on),
            };
            ui.push_id(field.name, |ui| {
                ui.add_enabled_ui(!idle.contains(&field.name), |ui| {
                    changed |= row.value_ui(ui, value);
                });
            });
        }
    }
    changed
}

/// The numbers that each parameter holds at first.
fn defaults(op: &dyn AnyOperator) -> Vec<Vec<f32>> {
    let Some(entry) = registry::find(op.info().id) else {
        return vec![Vec::new(); op.fields().len()];
    };
    let mut fresh = entry.make();
    let values = fresh.values().into_iter();
    let numbers = values.map(|value| match value {
        #[expect(clippy::cast_precision_loss, reason = "as far as a field shows")]
        Value::Int(number) => vec![*number as f32],
        Value::Float(number) => vec![*number],
        Value::Vector(numbers) => numbers.to_vec(),
        _ => Vec::new(),
    });
    numbers.collect()
}

/// How wide the labels are: as the widest needs, where that leaves room for the fields.
fn label_width(ui: &Ui, fields: &[Field], values: &[Value]) -> f32 {
    let beside =
        |(field, value): &(&Field, &Value)| !field.hint.hidden && !matches!(value, Value::Data);
    let rows = fields.iter().zip(values).filter(beside);
    let widest = rows.map(|(field, _)| width(ui, &field.label()) + EDGE);
    let most = (ui.available_width() - ROOM - GAP - EDGE).max(LABEL);
    widest.fold(LABEL, f32::max).min(most).round()
}

/// A parameter's row.
struct Row<'a> {
    theme: &'a Theme,
    field: &'a Field,
    /// Width of the labels.
    labels: f32,
    /// What its numbers are reset to.
    rest: Vec<f32>,
    /// What they are clamped to.
    limits: (f32, f32),
}

impl Row<'_> {
    fn value_ui(&mut self, ui: &mut Ui, value: Value) -> bool {
        let label = self.field.label();
        match value {
            Value::Data => false,
            Value::Bool(on) => self.bool_ui(ui, &label, on),
            Value::Int(number) => {
                let mut wide = f64::from(*number);
                let mut child = self.room(ui, &label);
                let changed = self.number_ui(&mut child, &label, ("", 0), &mut wide, 0);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "rounded, and the cast keeps to the limits of whole numbers"
                )]
                {
                    *number = wide.round() as i32;
                }
                changed
            }
            Value::Float(number) => {
                let mut child = self.room(ui, &label);
                self.float_ui(&mut child, &label, ("", 0), number)
            }
            Value::Text(line) => {
                let mut child = self.room(ui, &label);
                let (_, new) = text_field(&mut child, self.theme, &label, "", line);
                let changed = new.is_some();
                if let Some(new) = new {
                    *line = new;
                }
                changed
            }
            Value::Choice(choice) => self.choice_ui(ui, &label, choice),
            Value::Vector(numbers) => self.vector_ui(ui, &label, numbers),
            Value::Flags(flags) => self.flags_ui(ui, &label, flags),
        }
    }

    /// A tick: a label too long for its place has the whole row, with the tick at its end.
    fn bool_ui(&self, ui: &mut Ui, label: &str, on: &mut bool) -> bool {
        let end = (ui.available_width() - ROW - GAP - EDGE).max(LABEL);
        let fits = width(ui, label) + EDGE <= self.labels;
        let row = Row {
            labels: if fits { self.labels } else { end },
            rest: Vec::new(),
            ..*self
        };
        let mut child = row.room(ui, label);
        let clicked = check_box(&mut child, self.theme, label, *on).clicked();
        *on ^= clicked;
        clicked
    }

    fn choice_ui(&self, ui: &mut Ui, label: &str, choice: &mut dyn Choice) -> bool {
        let items = choice.items();
        let items: Vec<_> = items
            .iter()
            .map(|item| (item.label, item.doc.trim()))
            .collect();
        let widths = items.iter().map(|(item, _)| width(ui, item));
        let widest = widths.fold(0.0, f32::max) + DROPDOWN;
        let beside = ui.available_width() - self.labels - GAP - EDGE;
        let mut child = match widest <= beside {
            true => self.room(ui, label),
            false => self.room_below(ui, label),
        };
        let current = choice.label();
        let chosen = if fits_segments(ui, &items, child.available_width()) {
            segmented(&mut child, self.theme, label, current, &items)
        } else {
            dropdown(&mut child, self.theme, label, current, &items)
        };
        if let Some(place) = chosen {
            choice.set_index(place);
        }
        chosen.is_some()
    }

    fn vector_ui(&self, ui: &mut Ui, label: &str, numbers: &mut [f32]) -> bool {
        let letters: &[&str] = if numbers.len() == 4 {
            &["W", "X", "Y", "Z"]
        } else {
            &["X", "Y", "Z"]
        };
        let mut changed = false;
        for (place, (number, letter)) in numbers.iter_mut().zip(letters).enumerate() {
            let title = if place == 0 { label } else { "" };
            let mut child = self.room(ui, title);
            let name = format!("{label} {letter}");
            changed |= self.float_ui(&mut child, &name, (letter, place), number);
        }
        changed
    }

    fn flags_ui(&self, ui: &mut Ui, label: &str, flags: &mut [bool]) -> bool {
        let mut child = self.room(ui, label);
        let theme = self.theme;
        let mut changed = false;
        child.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let count = flags.len().max(1) as f32;
            let width = (ui.available_width() - 2.0 * (count - 1.0)) / count;
            for (flag, letter) in flags.iter_mut().zip(["X", "Y", "Z", "W"]) {
                let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
                let name = format!("{label} {letter}");
                let enabled = ui.is_enabled();
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Button, enabled, *flag, &name)
                });
                ui.painter().rect_filled(rect, 4, theme.field);
                segment(ui, theme, rect, &response, *flag);
                let color = match *flag || response.hovered() {
                    true => theme.text_strong,
                    false => theme.text_2,
                };
                let font = FontId::proportional(12.0);
                text(ui, rect, Align2::CENTER_CENTER, letter, font, *color);
                focus_ring(ui, theme, &response);
                if response.clicked() {
                    *flag = !*flag;
                    changed = true;
                }
            }
        });
        changed
    }

    /// A row with its label; gives the room for the field.
    fn room(&self, ui: &mut Ui, label: &str) -> Ui {
        let size = vec2(ui.available_width(), ROW + 2.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let rect = rect.with_max_y(rect.top() + ROW);
        let name = rect.with_max_x(rect.left() + self.labels);
        let (font, color) = (FontId::proportional(12.0), *self.theme.text_2);
        if width(ui, label) <= name.width() - 4.0 {
            text(ui, name, Align2::RIGHT_CENTER, label, font, color);
        } else {
            clipped_text(ui, name.with_min_x(name.left() + 4.0), label, font, color);
        }
        let doc = tooltip(self.field.doc);
        if !doc.is_empty() {
            response.on_hover_text(doc);
        }
        let left = rect.left() + self.labels + GAP;
        let room = rect.with_min_x(left).with_max_x(rect.right() - EDGE);
        ui.new_child(UiBuilder::new().max_rect(room).id_salt(label))
    }

    /// A row for the label alone; gives all of the row below it for the field.
    fn room_below(&self, ui: &mut Ui, label: &str) -> Ui {
        let row = Row {
            labels: ui.available_width() - GAP - EDGE,
            rest: Vec::new(),
            ..*self
        };
        row.room(ui, label);
        let size = vec2(ui.available_width(), ROW + 2.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let room = rect.with_max_x(rect.right() - EDGE);
        let room = room.with_max_y(rect.top() + ROW);
        ui.new_child(UiBuilder::new().max_rect(room).id_salt((label, "below")))
    }

    fn float_ui(&self, ui: &mut Ui, name: &str, part: (&str, usize), number: &mut f32) -> bool {
        let mut wide = f64::from(*number);
        let changed = self.number_ui(ui, name, part, &mut wide, 3);
        if changed {
            #[expect(clippy::cast_possible_truncation, reason = "parameters hold f32")]
            {
                *number = wide as f32;
            }
        }
        changed
    }

    fn number_ui(
        &self,
        ui: &mut Ui,
        name: &str,
        (label, place): (&str, usize),
        number: &mut f64,
        digits: usize,
    ) -> bool {
        let hint = &self.field.hint;
        let factor = match hint.unit {
            Unit::Angle => 180.0 / std::f64::consts::PI,
            Unit::Factor => 100.0,
            Unit::None | Unit::Length | Unit::Frame => 1.0,
        };
        let limits = |(min, max): (f32, f32)| (f64::from(min) * factor, f64::from(max) * factor);
        let range = limits(self.limits);
        let soft = hint.soft_range.or(hint.range).map(limits);
        // A slider ends where its values do.
        let soft = soft.map(|(min, max)| (min.max(range.0), max.min(range.1)));
        let slider = soft.filter(|(min, max)| {
            let bare = hint.unit == Unit::None && hint.soft_range.is_some();
            let narrow = bare || hint.unit == Unit::Factor;
            narrow && min.is_finite() && max.is_finite() && max > min
        });
        let (digits, speed, step) = match (digits, hint.unit) {
            (0, _) => (0, 0.1, 1.0),
            (_, Unit::Angle) => (2, 0.5, 5.0),
            (_, Unit::Factor) => (1, 0.5, 10.0),
            (_, Unit::Frame) => (2, 0.1, 1.0),
            (_, _) => (digits, 0.005, 0.1),
        };
        let axis = ["X", "Y", "Z", "W"].iter().position(|axis| *axis == label);
        let widget = NumberField {
            name,
            label,
            unit: match hint.unit {
                Unit::Angle => "°",
                Unit::Length => " m",
                Unit::Factor => "%",
                Unit::None | Unit::Frame => "",
            },
            digits,
            speed,
            step,
            range,
            slider,
            bar: axis.map(|axis| self.theme.axis(axis)),
            default: self.rest.get(place).map(|rest| f64::from(*rest) * factor),
            ..NumberField::default()
        };
        let (_, new) = widget.show(ui, self.theme, *number * factor);
        if let Some(new) = new {
            *number = new / factor;
        }
        new.is_some()
    }
}
