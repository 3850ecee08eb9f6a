//! Groups of number fields below each other, and what is asked of them in the document's units.

use egui::Ui;

use crate::eval::keyed::Keyed;
use crate::ui::panels::properties::grid::{Places, child, led_row, row};
use crate::ui::theme::Theme;
use crate::ui::widgets::diamond::{self, diamond_ui};
use crate::ui::widgets::field::{Ask, Keying, KeyingVerb, NumberField, Offers, stroke};

/// Degrees of a radian.
pub const DEGREES: f64 = 180.0 / std::f64::consts::PI;

/// How one value of a group is shown.
#[derive(Clone, Copy)]
pub struct Part {
    /// Stands in the field.
    pub label: &'static str,
    /// The axis whose colour the field has: X, Y, Z, then W.
    pub axis: Option<usize>,
    /// Follows the number.
    pub unit: &'static str,
    /// The shown number over the value: degrees for radians.
    pub factor: f64,
    /// Digits after the point.
    pub digits: usize,
    /// Change per point of dragging, as shown.
    pub speed: f64,
    /// Change per arrow key, as shown.
    pub step: f64,
    /// What it is reset to.
    pub default: f32,
}

impl Part {
    /// A plain number.
    pub const fn number(label: &'static str, default: f32) -> Self {
        Self {
            label,
            axis: None,
            unit: "",
            factor: 1.0,
            digits: 3,
            speed: 0.005,
            step: 0.1,
            default,
        }
    }

    /// An angle in radians, shown in degrees.
    pub const fn angle(label: &'static str) -> Self {
        Self {
            unit: "°",
            factor: DEGREES,
            digits: 2,
            speed: 0.5,
            step: 5.0,
            ..Self::number(label, 0.0)
        }
    }

    /// Metres.
    pub const fn length(label: &'static str) -> Self {
        Self {
            unit: " m",
            ..Self::number(label, 0.0)
        }
    }

    /// With the colour of an axis.
    pub const fn axis(self, axis: usize) -> Self {
        Self {
            axis: Some(axis),
            ..self
        }
    }

    fn shown(&self, value: f32) -> f64 {
        f64::from(value) * self.factor
    }

    #[expect(clippy::cast_possible_truncation, reason = "values are f32")]
    fn value(&self, shown: f64) -> f32 {
        (shown / self.factor) as f32
    }
}

/// X, Y and Z of a length.
pub const LENGTHS: &[Part] = &[
    Part::length("X").axis(0),
    Part::length("Y").axis(1),
    Part::length("Z").axis(2),
];
/// X, Y and Z of Euler angles.
pub const ANGLES: &[Part] = &[
    Part::angle("X").axis(0),
    Part::angle("Y").axis(1),
    Part::angle("Z").axis(2),
];
/// X, Y and Z of a scale.
pub const FACTORS: &[Part] = &[
    Part::number("X", 1.0).axis(0),
    Part::number("Y", 1.0).axis(1),
    Part::number("Z", 1.0).axis(2),
];

/// A group of values.
pub struct Group {
    /// The label of its first row.
    pub title: &'static str,
    /// Its values.
    pub parts: &'static [Part],
}

/// What is asked of a group, in the document's units.
pub enum Wish {
    /// Values for some of its parts; `None` for those that stay.
    Set {
        /// One per part.
        values: Vec<Option<f32>>,
        /// Whether these are amounts to change by.
        relative: bool,
        /// Whether all selected bones are meant.
        everywhere: bool,
        /// Changes with the same key become one step.
        merge: String,
    },
    /// The call that sets the values, on the clipboard.
    CopyCall,
    /// A part locked, or not.
    Lock(usize, bool),
    /// Something done with the keys of a part.
    Key(usize, Keying),
}

/// A group with what it shows.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The group.
    pub group: &'a Group,
    /// One per part, in the document's units.
    pub values: &'a [f32],
    /// Which parts are locked; empty where there are no locks.
    pub locks: &'a [bool],
    /// How the parts' channels stand to their curves; empty where they cannot be keyed.
    pub keyed: &'a [Keyed],
    /// What the menus of its fields offer.
    pub offers: Offers,
    /// Why its values cannot be set.
    pub off: Option<&'static str>,
}

/// Shows a group; `lead` draws what is before the label of each row. `gesture` tells apart what belongs to
/// different steps.
pub fn group_ui(
    ui: &mut Ui,
    theme: &Theme,
    gesture: u64,
    what: Shown,
    mut lead: impl FnMut(&mut Ui, usize, &Places),
) -> Option<Wish> {
    let Shown {
        group,
        values,
        locks,
        keyed,
        offers,
        off,
    } = what;
    let shown = group.shown(values.iter().copied());
    let defaults = group.shown(group.parts.iter().map(|part| part.default));
    let mut wish = None;
    for (place, (part, value)) in group.parts.iter().zip(&shown).enumerate() {
        let title = if place == 0 { group.title } else { "" };
        let places = match locks.is_empty() {
            true => row(ui, theme, title),
            false => led_row(ui, theme, title),
        };
        let name = format!("{} {}", group.title, part.label);
        let locked = locks.get(place).copied();
        let field = NumberField {
            name: name.trim(),
            label: part.label,
            unit: part.unit,
            digits: part.digits,
            speed: part.speed,
            step: part.step,
            bar: part.axis.map(|axis| theme.axis(axis)),
            locked: locked == Some(true),
            default: defaults.get(place).copied(),
            row: &shown,
            row_defaults: &defaults,
            keyed: keyed.get(place).copied(),
            offers: Offers {
                lock: locked,
                ..offers
            },
            ..NumberField::default()
        };
        let mut room = child(ui, places.field, (group.title, part.label));
        if off.is_some() {
            room.disable();
        }
        let (shown_field, ask) = field.ask(&mut room, theme, *value);
        if let Some(reason) = off {
            shown_field.on_disabled_hover_text(reason);
        }
        lead(ui, place, &places);
        let ask = ask.or_else(|| key_ui(ui, theme, &places, name.trim(), *keyed.get(place)?));
        if let Some(ask) = ask {
            let merge = merge_key(ui, gesture, group.title, place);
            wish = Some(group.wish(place, ask, &shown, merge));
        }
    }
    ui.add_space(6.0);
    wish
}

/// Shows the diamond of a value; a click sets a key at the current frame, or takes the one there away.
pub fn key_ui(ui: &Ui, theme: &Theme, places: &Places, name: &str, keyed: Keyed) -> Option<Ask> {
    let id = ui.scope_id().with(("diamond", name));
    let diamond = diamond_ui(ui, theme, places.slot, id, name, keyed);
    let (what, words) = match keyed {
        Keyed::Here => (KeyingVerb::Delete, "click to delete the key"),
        _ => (KeyingVerb::Insert, "click to insert a key"),
    };
    let clicked = diamond.clicked();
    let state = diamond::words(keyed);
    diamond.on_hover_text(format!("{name} is {state}; {words}"));
    clicked.then_some(Ask::Key(Keying { what, all: false }))
}

/// Changes of one drag, or of one press, belong together.
fn merge_key(ui: &Ui, gesture: u64, title: &str, place: usize) -> String {
    match stroke(ui) {
        Some(stroke) => format!("drag {stroke}/{title}/{place}"),
        None => format!("{gesture}/{title}/{place}"),
    }
}

impl Group {
    /// Values of its parts as they are shown.
    fn shown(&self, values: impl Iterator<Item = f32>) -> Vec<f64> {
        let parts = self.parts.iter().zip(values);
        parts.map(|(part, value)| part.shown(value)).collect()
    }

    fn wish(&self, place: usize, ask: Ask, shown: &[f64], merge: String) -> Wish {
        let one = |shown: f64| {
            let value = |(at, part): (usize, &Part)| (at == place).then(|| part.value(shown));
            self.parts.iter().enumerate().map(value).collect()
        };
        match ask {
            Ask::Set { value, everywhere } => Wish::Set {
                values: one(value),
                relative: false,
                everywhere,
                merge,
            },
            Ask::Drag { value, everywhere } => {
                let by = value - shown.get(place).copied().unwrap_or_default();
                let relative = everywhere;
                let values = one(if relative { by } else { value });
                Wish::Set {
                    values,
                    relative,
                    everywhere,
                    merge,
                }
            }
            Ask::SetAll { values, everywhere } => {
                let pairs = self.parts.iter().zip(values);
                Wish::Set {
                    values: pairs.map(|(part, shown)| Some(part.value(shown))).collect(),
                    relative: false,
                    everywhere,
                    merge,
                }
            }
            Ask::CopyCall => Wish::CopyCall,
            Ask::Lock(on) => Wish::Lock(place, on),
            Ask::Key(keying) => Wish::Key(place, keying),
        }
    }
}

/// Old values with those that are wanted.
pub fn changed(old: &[f32], wanted: &[Option<f32>], relative: bool) -> Vec<f32> {
    let new = |(old, wanted): (&f32, Option<f32>)| match wanted {
        Some(by) if relative => old + by,
        Some(new) => new,
        None => *old,
    };
    let wanted = wanted.iter().copied().chain(std::iter::repeat(None));
    old.iter().zip(wanted).map(new).collect()
}

/// Values as script text.
pub fn tuple<T: std::fmt::Debug>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("({})", values.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EULER: Group = Group {
        title: "Rotation",
        parts: ANGLES,
    };

    fn set(wish: Wish) -> (Vec<Option<f32>>, bool) {
        match wish {
            Wish::Set {
                values, relative, ..
            } => (values, relative),
            _ => panic!("not a change of values"),
        }
    }

    #[test]
    fn a_typed_angle_is_one_value_in_radians() {
        let ask = Ask::Set {
            value: 90.0,
            everywhere: true,
        };
        let wish = EULER.wish(1, ask, &[0.0, 30.0, 0.0], String::new());
        let quarter = std::f32::consts::FRAC_PI_2;
        assert_eq!(set(wish), (vec![None, Some(quarter), None], false));
    }

    #[test]
    fn a_drag_for_all_is_an_amount() {
        let drag = |everywhere| Ask::Drag {
            value: 75.0,
            everywhere,
        };
        let wish = |everywhere| EULER.wish(0, drag(everywhere), &[30.0, 0.0, 0.0], String::new());
        let (by, relative) = set(wish(true));
        assert!(relative && by[0] == Some(std::f32::consts::FRAC_PI_4));
        assert_eq!(
            changed(&[1.0, 2.0, 3.0], &[Some(0.5)], true),
            [1.5, 2.0, 3.0]
        );
        assert!(!set(wish(false)).1);
    }

    #[test]
    fn values_are_script_text() {
        assert_eq!(tuple(&[0.5_f32, -1.0]), "(0.5, -1.0)");
    }
}
