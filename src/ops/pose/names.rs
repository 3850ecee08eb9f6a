//! Names that tell the side: swapping left and right in them, and giving them by where bones are.
//!
//! New names are found for all bones first and given at once: what names a bone is gone through a single time.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::{Mat3, Vec3};

use crate::model::armature::Armature;
use crate::model::bone::Bone;
use crate::model::document::{MAX_NAME, shortened, unique_name};
use crate::model::id::{BoneId, RigId};
use crate::model::rename::rename_bones;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Start};
use crate::ops::shared::side_names::flip;
use crate::{choice, props};

/// The names of an armature while bones get new ones.
struct Names {
    of: BTreeMap<BoneId, Arc<str>>,
    /// How many bones have the name.
    taken: BTreeMap<Arc<str>, usize>,
}

impl Names {
    fn new(armature: &Armature) -> Self {
        let mut taken = BTreeMap::new();
        for bone in &armature.bones {
            *taken.entry(Arc::clone(&bone.name)).or_default() += 1;
        }
        Self {
            of: BTreeMap::new(),
            taken,
        }
    }

    /// The name that the bone has by now.
    fn current(&self, armature: &Armature, bone: BoneId) -> Arc<str> {
        let own = || armature.name(bone).into();
        self.of.get(&bone).cloned().unwrap_or_else(own)
    }

    /// Gives the bone a name, with a number where it is taken; the bone's own counts as taken too.
    fn give(&mut self, armature: &Armature, bone: BoneId, wanted: &str) {
        let current = self.current(armature, bone);
        if *current == *wanted || wanted.is_empty() {
            return;
        }
        let name: Arc<str> = unique_name(wanted, |name| self.taken.contains_key(name)).into();
        if let Some(count) = self.taken.get_mut(&current) {
            *count -= 1;
            if *count == 0 {
                self.taken.remove(&current);
            }
        }
        *self.taken.entry(Arc::clone(&name)).or_default() += 1;
        self.of.insert(bone, name);
    }

    fn into_list(self) -> Vec<(BoneId, Arc<str>)> {
        self.of.into_iter().collect()
    }
}

/// Renames the selected bones of each rig as `find` says.
fn rename_selected(
    cx: &mut Context,
    find: impl Fn(&Armature, &[BoneId], &mut Names),
) -> Vec<RigId> {
    let mut renamed = Vec::new();
    for (id, bones) in cx.selected_bones_or_say() {
        let Some(rig) = cx.doc.rigs.get(id.index()) else {
            continue;
        };
        let mut names = Names::new(&rig.armature);
        find(&rig.armature, &bones, &mut names);
        if !rename_bones(cx.doc, id, &names.into_list()).is_empty() {
            renamed.push(id);
        }
    }
    renamed
}

props! {
    /// Swap left and right in the names of the selected bones.
    pub struct FlipNames {
        /// Leave out the number at the end of a name, so that names which differ by it alone get a new one.
        do_strip_numbers: bool = false, HINT.label("Strip Numbers");
    }
}

impl Operator for FlipNames {
    const INFO: Info = Info::new("pose.flip_names", "Flip Names");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        rename_selected(cx, |armature, bones, names| {
            let wanted = |bone: BoneId| {
                let flipped = flip(armature.name(bone), self.do_strip_numbers);
                shortened(&flipped, MAX_NAME)
            };
            // A name that its owner gives away later is free the second time.
            let clashed = |&bone: &BoneId| {
                let wanted = wanted(bone);
                names.give(armature, bone, &wanted);
                *names.current(armature, bone) != *wanted
            };
            let clashed: Vec<BoneId> = bones.iter().copied().filter(clashed).collect();
            for bone in clashed {
                names.give(armature, bone, &wanted(bone));
            }
        });
        Ok(())
    }
}

choice! {
    /// The axis whose sides names tell.
    pub enum SideAxis: X {
        /// Left and right of the middle: .L and .R
        X = "XAXIS", "X-Axis";
        /// Before and behind the middle: .Fr and .Bk
        Y = "YAXIS", "Y-Axis";
        /// Above and below the middle: .Top and .Bot
        Z = "ZAXIS", "Z-Axis";
    }
}

props! {
    /// Give the selected bones names that tell on which side of an axis they are.
    pub struct AutosideNames {
        /// The axis whose sides the names tell.
        axis: SideAxis = SideAxis::X, HINT.label("Axis");
    }
}

impl Operator for AutosideNames {
    const INFO: Info = Info::new("pose.autoside_names", "Auto-Name by Axis");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("axis")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        rename_selected(cx, |armature, bones, names| {
            for &bone in bones {
                if let Some(tag) = side(armature, bone, self.axis) {
                    let name = with_tag(armature.name(bone), tag);
                    names.give(armature, bone, &name);
                }
            }
        });
        Ok(())
    }
}

/// Offsets below this are none.
const MIDDLE: f32 = 1.192_092_9e-7;

/// What a name says of the side on which a bone is; nothing in the middle.
fn side(armature: &Armature, bone: BoneId, axis: SideAxis) -> Option<&'static str> {
    let (head, tail) = ends_seen_from_parent(armature, armature.bone(bone)?);
    let (place, less, more) = match axis {
        SideAxis::X => (0, "R", "L"),
        SideAxis::Y => (1, "Fr", "Bk"),
        SideAxis::Z => (2, "Bot", "Top"),
    };
    let offset = match head[place] {
        head if head.abs() < MIDDLE => tail[place],
        head => head,
    };
    (offset != 0.0).then_some(if offset < 0.0 { less } else { more })
}

/// Head and tail from the parent's tail, along the parent's axes; of a root, armature space.
fn ends_seen_from_parent(armature: &Armature, bone: &Bone) -> (Vec3, Vec3) {
    let Some(parent) = bone.parent.and_then(|parent| armature.bone(parent)) else {
        return (bone.head, bone.tail);
    };
    let frame = Mat3::from_mat4(parent.armature_from_bone());
    let axes = [frame.x_axis, frame.y_axis, frame.z_axis].map(Vec3::normalize_or_zero);
    let seen = |point: Vec3| Vec3::from(axes.map(|axis| axis.dot(point - parent.tail)));
    (seen(bone.head), seen(bone.tail))
}

/// The name with this tag in place of those at its end.
fn with_tag(name: &str, tag: &str) -> String {
    const TAGS: [&str; 6] = [".L", ".R", ".Fr", ".Bk", ".Top", ".Bot"];
    let mut base = name;
    let cut = |base: &'_ str| {
        let mut shorter = TAGS.iter().filter_map(|tag| base.strip_suffix(tag));
        let found = shorter.find(|shorter| !shorter.is_empty());
        found.map(str::len)
    };
    while let Some(length) = cut(base) {
        base = base.get(..length).unwrap_or_default();
    }
    // One byte of the room for names stays free, as in Blender.
    let room = MAX_NAME - 1 - tag.len() - 1;
    format!("{}.{tag}", shortened(base, room))
}
