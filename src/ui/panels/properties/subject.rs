//! The bone that is shown, and changes of its values as calls.
//!
//! With Alt a change reaches every selected bone: a typed, pasted or reset value as it is, a dragged one by
//! the same amount. Each bone keeps its other components.

use egui::Ui;

use crate::eval::keyed::Keyed;
use crate::model::id::{BoneId, RigId};
use crate::model::pose::{BoneSetup, Channel};
use crate::model::rig::Rig;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::values::{Group, Wish, changed};
use crate::ui::widgets::field::{Keying, KeyingVerb};

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

    /// How a channel of the bone stands to its curve.
    pub fn keyed(&self, desk: &Desk, property: &str, index: u32) -> Keyed {
        let keyed = desk.keyed.rig(self.id);
        keyed.map_or(Keyed::Free, |keyed| keyed.state(self.bone, property, index))
    }

    /// Sets or takes away keys of a property of the bone: of one component, or of all.
    pub fn key(&self, desk: &mut Desk, property: &str, index: u32, keying: Keying) {
        let verb = match keying.what {
            KeyingVerb::Insert => "insert",
            KeyingVerb::Delete => "delete",
            KeyingVerb::Clear => "clear",
        };
        let (rig, bone) = (self.rig_argument(desk), quoted(self.name()));
        let (property, all) = (quoted(property), keying.all);
        let call = format!(
            "anim.keyframe_{verb}_button({rig}bone: {bone}, property: {property}, index: {index}, all: {all})"
        );
        desk.acts.run(&call, "");
    }

    /// Sets fields of the bone, as `pose.set` calls them.
    pub fn set(&self, desk: &mut Desk, fields: &str, merge: &str) {
        let (rig, bone) = (self.rig_argument(desk), quoted(self.name()));
        let call = set_call(desk, &rig, &format!("{bone}: ({fields})"));
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
            let call = set_call(desk, &rig, &entries.join(", "));
            desk.acts.run(&call, &format!("{merge}/all"));
        }
    }
}

/// The call that sets fields of bones by hand: it keys them where automatic keying is on.
fn set_call(desk: &Desk, rig: &str, entries: &str) -> String {
    let keyed = match desk.document.scene.auto_key {
        true => ", auto_key: true",
        false => "",
    };
    format!("pose.set({rig}pose: {{{entries}}}{keyed})")
}

/// A group of values of a bone: how they are read, and written for `pose.set`.
pub struct BoneGroup {
    /// How it is shown.
    pub group: Group,
    /// The property and the component of each part, as curves name them.
    pub channels: &'static [(&'static str, u32)],
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

    /// How its parts stand to their curves.
    pub fn keyed(&self, desk: &Desk, subject: Subject) -> Vec<Keyed> {
        let channels = self.channels.iter();
        channels
            .map(|(property, index)| subject.keyed(desk, property, *index))
            .collect()
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
            Wish::Key(place, keying) => {
                let &(property, index) = self.channels.get(place)?;
                subject.key(desk, property, index, keying);
            }
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
