//! Groups of number fields below each other, and what is asked of them turned into calls.
//!
//! With Alt a change reaches every selected bone: a typed, pasted or reset value as it is, a dragged one by
//! the same amount. Each bone keeps its other components.

use egui::Ui;

use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::{Places, child, row};
use crate::ui::theme::Theme;
use crate::ui::widgets::field::{Ask, NumberField, Offers, stroke};

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
}

/// Shows a group; `slot` draws what is at the right of each row.
pub fn group_ui(
    ui: &mut Ui,
    theme: &Theme,
    gesture: u64,
    group: &Group,
    values: &[f32],
    locks: &[bool],
    offers: Offers,
    mut slot: impl FnMut(&mut Ui, usize, &Places),
) -> Option<Wish> {
    let shown: Vec<f64> = values
        .iter()
        .zip(group.parts)
        .map(|(value, part)| part.shown(*value))
        .collect();
    let defaults: Vec<f64> = group
        .parts
        .iter()
        .map(|part| part.shown(part.default))
        .collect();
    let mut wish = None;
    for (place, (part, value)) in group.parts.iter().zip(&shown).enumerate() {
        let title = if place == 0 { group.title } else { "" };
        let places = row(ui, theme, title);
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
            offers: Offers {
                lock: locked,
                ..offers
            },
            ..NumberField::default()
        };
        let mut room = child(ui, places.field, (group.title, part.label));
        let (_, ask) = field.ask(&mut room, theme, *value);
        slot(ui, place, &places);
        if let Some(ask) = ask {
            let merge = merge_key(ui, gesture, group.title, place);
            wish = Some(group.wish(place, ask, &shown, merge));
        }
    }
    ui.add_space(6.0);
    wish
}

/// Changes of one drag, or of one press, belong together.
fn merge_key(ui: &Ui, gesture: u64, title: &str, place: usize) -> String {
    match stroke(ui) {
        Some(stroke) => format!("drag {stroke}/{title}/{place}"),
        None => format!("{gesture}/{title}/{place}"),
    }
}

impl Group {
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

/// The bone that is shown.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The rig's key.
    pub id: RigId,
    /// Its rig.
    pub rig: &'a Rig,
    /// The bone.
    pub bone: BoneId,
}

impl Subject<'_> {
    /// The bone's name.
    pub fn name(&self) -> &str {
        self.rig.armature.name(self.bone)
    }

    /// What operators on the rig are told: nothing where it is the active one.
    pub fn rig_argument(&self, desk: &Desk) -> String {
        match desk.document.active_rig == Some(self.id) {
            true => String::new(),
            false => format!("rig: {}, ", quoted(&self.rig.name)),
        }
    }

    /// Sets fields of the bone, as `pose.set` calls them.
    pub fn set(&self, desk: &mut Desk, fields: &str, merge: &str) {
        let call = self.call(desk, fields);
        let merge = match merge {
            "" => String::new(),
            _ => format!("{merge}/{}", self.name()),
        };
        desk.acts.run(&call, &merge);
    }

    /// The call that sets fields of the bone.
    pub fn call(&self, desk: &Desk, fields: &str) -> String {
        let (rig, bone) = (self.rig_argument(desk), quoted(self.name()));
        format!("pose.set({rig}pose: {{{bone}: ({fields})}})")
    }

    /// Sets fields of every selected bone and of this one; `fields` may leave bones out.
    pub fn set_everywhere(
        &self,
        desk: &mut Desk,
        merge: &str,
        fields: impl Fn(&Rig, BoneId) -> Option<String>,
    ) {
        let document = desk.document;
        for id in document.posed_rigs() {
            let Some(rig) = document.rigs.get(id.index()) else {
                continue;
            };
            let mut bones = rig.selected_bones();
            if id == self.id && !bones.contains(&self.bone) {
                bones.push(self.bone);
            }
            let entry = |bone: BoneId| {
                let fields = fields(rig, bone)?;
                Some(format!("{}: ({fields})", quoted(rig.armature.name(bone))))
            };
            let entries: Vec<String> = bones.into_iter().filter_map(entry).collect();
            if entries.is_empty() {
                continue;
            }
            let bone = self.bone;
            let subject = Subject { id, rig, bone };
            let rig = subject.rig_argument(desk);
            let call = format!("pose.set({rig}pose: {{{}}})", entries.join(", "));
            desk.acts.run(&call, &format!("{merge}/all"));
        }
    }
}

/// A group of values of a bone: how they are read, and written for `pose.set`.
pub struct BoneGroup {
    /// How it is shown.
    pub group: Group,
    /// The values, one per part.
    pub read: fn(&Channel, &BoneSetup) -> Vec<f32>,
    /// The fields of `pose.set` that give them.
    pub write: fn(&[f32]) -> String,
}

impl BoneGroup {
    /// The values of a bone.
    pub fn values(&self, rig: &Rig, bone: BoneId) -> Option<Vec<f32>> {
        Some((self.read)(rig.channel(bone)?, rig.setup(bone)?))
    }

    /// Does what is wanted, but for locks; gives the part to lock or unlock.
    pub fn grant(
        &self,
        ui: &Ui,
        desk: &mut Desk,
        subject: Subject,
        wish: Wish,
    ) -> Option<(usize, bool)> {
        match wish {
            Wish::Lock(place, on) => return Some((place, on)),
            Wish::CopyCall => {
                let values = self.values(subject.rig, subject.bone)?;
                let call = subject.call(desk, &(self.write)(&values));
                ui.ctx().copy_text(call);
            }
            Wish::Set {
                values,
                relative,
                everywhere,
                merge,
            } => {
                let fields = |rig: &Rig, bone: BoneId| {
                    let old = self.values(rig, bone)?;
                    let new = changed(&old, &values, relative);
                    (new != old).then(|| (self.write)(&new))
                };
                if everywhere {
                    subject.set_everywhere(desk, &merge, fields);
                } else if let Some(fields) = fields(subject.rig, subject.bone) {
                    subject.set(desk, &fields, &merge);
                }
            }
        }
        None
    }
}
