//! The custom properties of a bone: add, edit, rename, give another type, remove.

use egui::{Popup, Role, Sense, Ui, WidgetInfo};

use crate::eval::keyed::Keyed;
use crate::model::document::unique_name;
use crate::model::pose::Custom;
use crate::model::rig::Rig;
use crate::ops::shared::channels::custom_property;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties::grid::{Places, child, led_row, note, row};
use crate::ui::panels::properties::subject::Subject;
use crate::ui::panels::properties::values::key_ui;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::field::{Ask, Keying, NumberField, Offers, stroke};
use crate::ui::widgets::{
    check_box, focus_ring, icon_button, menu_line, menu_row, text, text_field,
};

/// The name of a new property.
const NEW: &str = "prop";

/// Shows the button that adds a property.
pub fn tools_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let label = "Add a property";
    let button = icon_button(ui, desk.theme, icons::PLUS, label, false);
    if button.on_hover_text(label).clicked()
        && let Some(setup) = subject.rig.setup(subject.bone)
    {
        let name = unique_name(NEW, |name| setup.custom.contains_key(name));
        let (rig, bone) = (subject.rig_argument(desk), quoted(subject.name()));
        let call = format!(
            "pose.property_add({rig}bone: {bone}, name: {}, value: 1.0)",
            quoted(&name)
        );
        desk.acts.run(&call, "");
    }
}

/// Shows the section.
pub fn custom_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let Some(setup) = subject.rig.setup(subject.bone) else {
        return;
    };
    if setup.custom.is_empty() {
        note(ui, desk.theme, "None yet; the plus above adds one");
    }
    for (name, value) in &setup.custom {
        ui.push_id(name, |ui| property_ui(ui, desk, subject, name, value));
    }
    ui.add_space(4.0);
}

fn property_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, name: &str, value: &Custom) {
    let renaming = ui.scope_id().with("renaming");
    if ui.data(|data| data.get_temp::<bool>(renaming)).is_some() {
        return rename_ui(ui, desk, subject, name, renaming);
    }
    let theme = desk.theme;
    let places = led_row(ui, theme, name);
    more_ui(ui, desk, subject, name, value, &places);
    let path = custom_property(name);
    let keyed = |index: u32| subject.keyed(desk, &path, index);
    let mut field = child(ui, places.field, "value");
    let mut keying = None;
    let new = match value {
        Custom::Bool(on) => {
            let check = check_box(&mut field, theme, name, *on);
            check.clicked().then(|| Edited::set(Custom::Bool(!on)))
        }
        Custom::Int(number) => {
            #[expect(clippy::cast_precision_loss, reason = "as far as a field shows")]
            let shown = *number as f64;
            let ask = number_field(name, 0, keyed(0)).ask(&mut field, theme, shown);
            let ask = take_keying(ask.1, 0, &mut keying);
            ask.and_then(|ask| Edited::number(whole, value, shown, ask))
        }
        Custom::Float(number) => {
            let ask = number_field(name, 3, keyed(0)).ask(&mut field, theme, *number);
            let ask = take_keying(ask.1, 0, &mut keying);
            ask.and_then(|ask| Edited::number(Custom::Float, value, *number, ask))
        }
        Custom::Text(line) => {
            let (_, line) = text_field(&mut field, theme, name, "", line);
            line.map(|line| Edited::set(Custom::Text(line)))
        }
        Custom::Numbers(numbers) => {
            let shown = (name, &places, numbers.as_slice());
            numbers_ui(ui, theme, shown, keyed, &mut keying)
        }
    };
    if !matches!(value, Custom::Text(_) | Custom::Numbers(_)) {
        let ask = key_ui(ui, theme, &places, name, keyed(0));
        take_keying(ask, 0, &mut keying);
    }
    if let Some((index, keying)) = keying {
        subject.key(desk, &path, index, keying);
    }
    if let Some(new) = new {
        new.run(ui, desk, subject, name);
    }
}

/// Notes what is to be done with the keys of a component, and gives on what else is asked.
fn take_keying(ask: Option<Ask>, index: u32, keying: &mut Option<(u32, Keying)>) -> Option<Ask> {
    match ask {
        Some(Ask::Key(what)) => {
            *keying = Some((index, what));
            None
        }
        other => other,
    }
}

/// A new value of a property.
struct Edited {
    value: Custom,
    everywhere: bool,
    /// How much it was dragged, where all selected bones follow.
    by: Option<f64>,
    /// Only the call that sets it is wanted.
    call: bool,
}

impl Edited {
    fn set(value: Custom) -> Self {
        Self {
            value,
            everywhere: false,
            by: None,
            call: false,
        }
    }

    fn number(make: fn(f64) -> Custom, old: &Custom, shown: f64, ask: Ask) -> Option<Self> {
        match ask {
            Ask::Set { value, everywhere } => Some(Self {
                everywhere,
                ..Self::set(make(value))
            }),
            Ask::Drag { value, everywhere } => Some(Self {
                everywhere,
                by: Some(value - shown).filter(|_| everywhere),
                ..Self::set(make(value))
            }),
            Ask::CopyCall => Some(Self {
                call: true,
                ..Self::set(old.clone())
            }),
            Ask::SetAll { .. } | Ask::Lock(_) | Ask::Key(_) => None,
        }
    }

    /// Sets the property; where it is meant everywhere, on every selected bone that has one of its type.
    fn run(self, ui: &Ui, desk: &mut Desk, subject: Subject, name: &str) {
        let merge = match stroke(ui) {
            Some(stroke) => format!("drag {stroke}/{name}"),
            None => format!("{}/{name}", desk.gesture),
        };
        let fields = |value: &Custom| format!("custom: {{{}: {}}}", quoted(name), script(value));
        if self.call {
            ui.ctx().copy_text(subject.call(desk, &fields(&self.value)));
            return;
        }
        if !self.everywhere {
            subject.set(desk, &fields(&self.value), &merge);
            return;
        }
        subject.set_everywhere(desk, &merge, |rig: &Rig, bone| {
            let old = rig.setup(bone)?.custom.get(name)?;
            let moved = match (old, self.by) {
                (Custom::Float(old), Some(by)) => Custom::Float(old + by),
                #[expect(clippy::cast_precision_loss, reason = "as far as a field shows")]
                (Custom::Int(old), Some(by)) => whole(*old as f64 + by),
                _ => self.value.clone(),
            };
            old.same_type(&moved).then(|| fields(&moved))
        });
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and limited by the cast"
)]
fn whole(value: f64) -> Custom {
    Custom::Int(value.round() as i64)
}

/// A value as script text.
fn script(value: &Custom) -> String {
    match value {
        Custom::Bool(on) => on.to_string(),
        Custom::Int(number) => number.to_string(),
        Custom::Float(number) => format!("{number:?}"),
        Custom::Text(line) => quoted(line),
        Custom::Numbers(numbers) => format!("{numbers:?}"),
    }
}

fn number_field(name: &str, digits: usize, keyed: Keyed) -> NumberField<'_> {
    NumberField {
        name,
        digits,
        speed: if digits == 0 { 0.1 } else { 0.005 },
        step: if digits == 0 { 1.0 } else { 0.1 },
        default: Some(0.0),
        keyed: Some(keyed),
        offers: Offers {
            selected: true,
            call: true,
            ..Offers::default()
        },
        ..NumberField::default()
    }
}

/// A list of numbers: the first in the row of the name, the others below.
fn numbers_ui(
    ui: &mut Ui,
    theme: &Theme,
    (name, first, numbers): (&str, &Places, &[f64]),
    keyed: impl Fn(u32) -> Keyed,
    keying: &mut Option<(u32, Keying)>,
) -> Option<Edited> {
    let zeros = vec![0.0; numbers.len()];
    let mut edited = None;
    for ((place, number), index) in numbers.iter().enumerate().zip(0..) {
        let below = (place > 0).then(|| row(ui, theme, ""));
        let places = below.as_ref().unwrap_or(first);
        let label = format!("{name} {place}");
        let field = NumberField {
            row: numbers,
            row_defaults: &zeros,
            offers: Offers::default(),
            ..number_field(&label, 3, keyed(index))
        };
        let mut room = child(ui, places.field, place);
        let ask = field.ask(&mut room, theme, *number).1;
        let ask = ask.or_else(|| key_ui(ui, theme, places, &label, keyed(index)));
        let mut all = numbers.to_vec();
        match take_keying(ask, index, keying) {
            Some(Ask::Set { value, .. } | Ask::Drag { value, .. }) => {
                if let Some(slot) = all.get_mut(place) {
                    *slot = value;
                }
            }
            Some(Ask::SetAll { values, .. }) => all = values,
            _ => continue,
        }
        edited = Some(Edited::set(Custom::Numbers(all)));
    }
    edited
}

/// The field that takes a new name.
fn rename_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, name: &str, renaming: egui::Id) {
    let places = row(ui, desk.theme, "Name");
    let mut room = child(ui, places.field, "name");
    let (field, to) = text_field(&mut room, desk.theme, "Property Name", name, name);
    let fresh = ui.data(|data| data.get_temp::<bool>(renaming)) == Some(true);
    if fresh {
        field.request_focus();
        ui.data_mut(|data| data.insert_temp(renaming, false));
    } else if !field.has_focus() {
        ui.data_mut(|data| data.remove_temp::<bool>(renaming));
    }
    if let Some(to) = to {
        let (rig, bone) = (subject.rig_argument(desk), quoted(subject.name()));
        let (name, to) = (quoted(name), quoted(&to));
        let call = format!("pose.property_rename({rig}bone: {bone}, name: {name}, to: {to})");
        desk.acts.run(&call, "");
    }
}

/// The types a property can be given, with the value it begins with.
fn types(value: &Custom) -> [(&'static str, Custom); 5] {
    let number = match value {
        Custom::Bool(on) => f64::from(u8::from(*on)),
        #[expect(clippy::cast_precision_loss, reason = "as far as a field shows")]
        Custom::Int(number) => *number as f64,
        Custom::Float(number) => *number,
        Custom::Text(line) => line.trim().parse().unwrap_or(0.0),
        Custom::Numbers(numbers) => numbers.first().copied().unwrap_or(0.0),
    };
    let line = match value {
        Custom::Text(line) => line.clone(),
        other => script(other),
    };
    [
        ("Number", Custom::Float(number)),
        ("Whole Number", whole(number)),
        ("Truth Value", Custom::Bool(number != 0.0)),
        ("Text", Custom::Text(line)),
        ("Three Numbers", Custom::Numbers(vec![number; 3])),
    ]
}

/// The button with what else can be done with a property; it appears under the pointer.
fn more_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    subject: Subject,
    name: &str,
    value: &Custom,
    places: &Places,
) {
    const WIDTH: f32 = 150.0;
    let theme = desk.theme;
    let label = format!("More for {name}");
    let id = ui.scope_id().with("more");
    let button = ui.interact(places.lead, id, Sense::click());
    button.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &label));
    let color = match () {
        () if button.hovered() || button.has_focus() => *theme.text_strong,
        () if places.hot => *theme.text_2,
        () => *theme.text_off,
    };
    let (icon, font) = (icons::DOTS_THREE_VERTICAL, theme::icon(13.0));
    let center = egui::Align2::CENTER_CENTER;
    text(ui, places.lead, center, icon, font, color);
    focus_ring(ui, theme, &button);
    let renaming = ui.scope_id().with("renaming");
    Popup::menu(&button).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if menu_row(ui, theme, "Rename", "", None, WIDTH).clicked() {
            ui.data_mut(|data| data.insert_temp(renaming, true));
            ui.close();
        }
        menu_line(ui, theme, WIDTH);
        for (kind, new) in types(value) {
            let on = new.same_type(value);
            let chosen = menu_row(ui, theme, kind, "", Some(on), WIDTH).clicked();
            if chosen && !on {
                Edited::set(new).run(ui, desk, subject, name);
            }
            if chosen {
                ui.close();
            }
        }
        menu_line(ui, theme, WIDTH);
        if menu_row(ui, theme, "Remove", "", None, WIDTH).clicked() {
            let (rig, bone) = (subject.rig_argument(desk), quoted(subject.name()));
            let name = quoted(name);
            let call = format!("pose.property_remove({rig}bone: {bone}, name: {name})");
            desk.acts.run(&call, "");
            ui.close();
        }
    });
    button.on_hover_text(label);
}
