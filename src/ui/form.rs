//! A form for any operator: one row per parameter, made from its description. Knows no operator.

use egui::{Align2, FontId, Rect, Sense, TextEdit, Ui, UiBuilder, vec2};

use crate::ops::props::{Field, Unit, Value, tooltip};
use crate::ops::registry::AnyOperator;
use crate::ui::theme::{ROW, Theme};
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::segments::{segments, segments_width};
use crate::ui::widgets::{check_box, dropdown, text};

/// Width of the labels.
const LABEL: f32 = 92.0;

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
    let mut changed = false;
    for (field, value) in fields.iter().zip(op.values()) {
        if !field.hint.hidden {
            ui.push_id(field.name, |ui| {
                changed |= value_ui(ui, theme, field, value)
            });
        }
    }
    changed
}

fn value_ui(ui: &mut Ui, theme: &Theme, field: &Field, value: Value) -> bool {
    let label = field.label();
    match value {
        Value::Data => false,
        Value::Bool(on) => {
            let mut child = row(ui, theme, field, &label);
            let clicked = check_box(&mut child, theme, &label, *on).clicked();
            *on ^= clicked;
            clicked
        }
        Value::Int(number) => {
            let mut wide = *number as f32;
            let mut child = row(ui, theme, field, &label);
            let changed = number_ui(&mut child, theme, field, &label, "", &mut wide, 0);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "rounded and clamped by the call"
            )]
            {
                *number = wide.round() as i32;
            }
            changed
        }
        Value::Float(number) => {
            let mut child = row(ui, theme, field, &label);
            number_ui(&mut child, theme, field, &label, "", number, 3)
        }
        Value::Text(line) => {
            let mut child = row(ui, theme, field, &label);
            let edit = TextEdit::singleline(line).margin(vec2(8.0, 3.0));
            child.add(edit).labelled_by(child.scope_id()).changed()
        }
        Value::Choice(choice) => {
            let mut child = row(ui, theme, field, &label);
            let items = choice.items();
            let items: Vec<_> = items
                .iter()
                .map(|item| (item.label, item.doc.trim()))
                .collect();
            let words: Vec<&str> = items.iter().map(|(word, _)| *word).collect();
            let room = child.available_width();
            let chosen = match words.len() {
                2..=4 if segments_width(&child, &words) <= room => {
                    segments(&mut child, theme, &label, &words, choice.index(), room)
                }
                _ => dropdown(&mut child, theme, &label, choice.label(), &items),
            };
            if let Some(place) = chosen {
                choice.set_index(place);
            }
            chosen.is_some()
        }
        Value::Vector(numbers) => vector_ui(ui, theme, field, &label, numbers),
        Value::Flags(flags) => flags_ui(ui, theme, field, &label, flags),
    }
}

fn vector_ui(ui: &mut Ui, theme: &Theme, field: &Field, label: &str, numbers: &mut [f32]) -> bool {
    let letters: &[&str] = if numbers.len() == 4 {
        &["W", "X", "Y", "Z"]
    } else {
        &["X", "Y", "Z"]
    };
    let mut changed = false;
    for (place, (number, letter)) in numbers.iter_mut().zip(letters).enumerate() {
        let title = if place == 0 { label } else { "" };
        let mut child = row(ui, theme, field, title);
        let name = format!("{label} {letter}");
        changed |= number_ui(&mut child, theme, field, &name, letter, number, 3);
    }
    changed
}

fn flags_ui(ui: &mut Ui, theme: &Theme, field: &Field, label: &str, flags: &mut [bool]) -> bool {
    let mut child = row(ui, theme, field, label);
    let mut changed = false;
    child.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = (ui.available_width() - 8.0) / flags.len().max(1) as f32;
        for (flag, letter) in flags.iter_mut().zip(["X", "Y", "Z", "W"]) {
            let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
            let name = format!("{label} {letter}");
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, *flag, &name));
            let (fill, color) = match *flag {
                true => (theme.accent_tint, theme.text_strong),
                false => (theme.field, theme.text_2),
            };
            ui.painter().rect_filled(rect, 4, fill);
            if *flag {
                let stroke = egui::Stroke::new(1.0, theme.accent_line);
                ui.painter()
                    .rect_stroke(rect, 4, stroke, egui::StrokeKind::Inside);
            }
            let font = FontId::proportional(12.0);
            text(ui, rect, Align2::CENTER_CENTER, letter, font, *color);
            if response.clicked() {
                *flag = !*flag;
                changed = true;
            }
        }
    });
    changed
}

fn row(ui: &mut Ui, theme: &Theme, field: &Field, label: &str) -> Ui {
    let size = vec2(ui.available_width(), ROW + 2.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.with_max_y(rect.top() + ROW);
    let name = rect.with_max_x(rect.left() + LABEL);
    text(
        ui,
        name,
        Align2::RIGHT_CENTER,
        label,
        FontId::proportional(12.0),
        *theme.text_2,
    );
    let doc = tooltip(field.doc);
    if !doc.is_empty() {
        response.on_hover_text(doc);
    }
    let room = Rect::from_min_max(rect.min + vec2(LABEL + 6.0, 0.0), rect.max - vec2(8.0, 0.0));
    ui.new_child(UiBuilder::new().max_rect(room).id_salt(label))
}

fn number_ui(
    ui: &mut Ui,
    theme: &Theme,
    field: &Field,
    name: &str,
    label: &str,
    number: &mut f32,
    digits: usize,
) -> bool {
    let hint = &field.hint;
    let angle = hint.unit == Unit::Angle;
    let factor = if angle {
        180.0 / std::f64::consts::PI
    } else {
        1.0
    };
    let limits = |range: Option<(f32, f32)>| {
        range.map(|(min, max)| (f64::from(min) * factor, f64::from(max) * factor))
    };
    let soft = limits(hint.soft_range.or(hint.range));
    let slider =
        soft.filter(|(min, max)| hint.unit == Unit::Factor && min.is_finite() && max.is_finite());
    let bar = match label {
        "X" => Some(theme.axis(0)),
        "Y" => Some(theme.axis(1)),
        "Z" => Some(theme.axis(2)),
        "W" => Some(theme.axis(3)),
        _ => None,
    };
    let widget = NumberField {
        name,
        label,
        unit: match hint.unit {
            Unit::Angle => "°",
            Unit::Length => " m",
            Unit::None | Unit::Factor | Unit::Frame => "",
        },
        digits: if angle { 2 } else { digits },
        speed: match (digits, hint.unit) {
            (0, _) => 0.1,
            (_, Unit::Angle) => 0.5,
            _ => 0.005,
        },
        range: limits(hint.range).unwrap_or((f64::NEG_INFINITY, f64::INFINITY)),
        slider,
        bar,
        locked: false,
    };
    let (_, new) = widget.show(ui, theme, f64::from(*number) * factor);
    if let Some(new) = new {
        #[expect(clippy::cast_possible_truncation, reason = "parameters hold f32")]
        {
            *number = (new / factor) as f32;
        }
    }
    new.is_some()
}
