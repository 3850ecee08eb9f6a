//! Copy the selected bones' pose and paste it back, mirrored if asked.

use std::sync::Arc;

use glam::Vec3;

use crate::math::rotation::{self, EulerOrder};
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::model::rig::Rig;
use crate::model::settings::MirrorKind;
use crate::ops::context::{Context, CopiedPose};
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::shared::key_sets::KeySet;
use crate::ops::shared::mirror::image::flip_bbone;
use crate::ops::shared::mirror::pairing::Pairing;
use crate::ops::shared::mirror::posed;
use crate::ops::shared::{auto_key, motion_paths};
use crate::props;

props! {
    /// Keep the pose of the selected bones, to be pasted.
    pub struct Copy {}
}

impl Operator for Copy {
    const INFO: Info = Info::new("pose.copy", "Copy Pose").no_undo();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig()?.clone();
        let copied =
            |&id: &BoneId| rig.selected.contains(id.index()) && rig.armature.collection_visible(id);
        let bones: Vec<_> = rig.armature.ids().filter(copied).collect();
        let count = bones.len();
        cx.scratch.copy_pose(CopiedPose { rig, bones });
        cx.info(format!(
            "Copied the pose of {count} bone{}",
            if count == 1 { "" } else { "s" }
        ));
        Ok(())
    }
}

props! {
    /// Give the bones the pose that was copied last.
    pub struct Paste {
        /// Swap left and right on the way.
        flipped: bool = false, HINT.label("Flipped on X-Axis").transient();
        /// Leave bones that are not selected as they are.
        selected_mask: bool = false, HINT.label("On Selected Only");
    }
}

impl Operator for Paste {
    const INFO: Info = Info::new("pose.paste", "Paste Pose").reads_clipboard();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let nothing = || Refusal::error("No pose has been copied yet");
        let newest = cx.scratch.newest_pose().map_err(Refusal::Error)?;
        let copied = newest.ok_or_else(nothing)?;
        // With nothing selected the mask would leave nothing; it is then taken for off.
        let masked = self.selected_mask && !cx.rig()?.selected_bones().is_empty();
        let rig = cx.rig_mut()?;
        let pairing = self.flipped.then(|| Pairing::new(rig));
        let armature = Arc::clone(&rig.armature);
        let names = armature.names();
        let target = |bone: BoneId| match &pairing {
            Some(pairing) => pairing.image_of(rig, &copied.rig, bone),
            None => names.get(copied.rig.armature.name(bone)).copied(),
        };
        let wanted =
            |&(_, target): &(BoneId, BoneId)| !masked || rig.selected.contains(target.index());
        let pairs = copied.bones.iter();
        let pairs: Vec<_> = pairs
            .filter_map(|&bone| Some((bone, target(bone)?)))
            .filter(wanted)
            .collect();
        paste_bones(rig, &copied.rig, &pairs, pairing.as_ref());
        let pasted: Vec<_> = pairs.iter().map(|&(_, target)| target).collect();
        if let Some(id) = cx.doc.active_rig {
            auto_key::key_set(cx.doc, id, &pasted, KeySet::WholeCharacterSelected);
            // Pasting alone of all operators brings them up to date without keying too.
            if !auto_key::may_key(cx.doc, id) {
                motion_paths::follow(cx.doc, id);
            }
        }
        // Pasting on to nothing still finishes, so that the options stay at hand.
        let all = copied.bones.len();
        cx.info(format!(
            "Pasted {} of {all} bone{}",
            pasted.len(),
            if all == 1 { "" } else { "s" }
        ));
        Ok(())
    }
}

/// Gives bones the pose of others, mirrored where there is a `pairing`.
fn paste_bones(rig: &mut Rig, copied: &Rig, pairs: &[(BoneId, BoneId)], pairing: Option<&Pairing>) {
    let geometric = rig.options.mirror_kind == MirrorKind::Geometric;
    if let Some(pairing) = pairing.filter(|_| geometric) {
        posed::mirror(rig, copied, pairs, pairing);
    } else {
        for &(source, target) in pairs {
            if let (Some(from), Some(channel)) = (copied.channel(source), rig.channel_mut(target)) {
                paste_channel(channel, from);
                if pairing.is_some() {
                    flip_channel(channel);
                }
            }
        }
    }
    for &(source, target) in pairs {
        paste_setup(rig, target, copied, source, pairing.is_some());
    }
}

/// Gives a bone the values of a copied one.
pub(super) fn paste_bone(rig: &mut Rig, target: BoneId, copied: &Rig, source: BoneId) {
    paste_bones(rig, copied, &[(source, target)], None);
}

/// Takes bendy-bone values and custom properties over.
fn paste_setup(rig: &mut Rig, target: BoneId, copied: &Rig, source: BoneId, flipped: bool) {
    let (Some(setup), Some(old)) = (copied.setup(source), rig.setup(target)) else {
        return;
    };
    let mut bbone = setup.bbone.clone();
    if flipped {
        flip_bbone(&mut bbone);
    }
    let custom = pasted_custom(old, setup);
    if bbone != old.bbone || custom != old.custom {
        let Some(setup) = rig.setup_mut(target) else {
            return;
        };
        setup.bbone = bbone;
        setup.custom = custom;
    }
}

/// Takes a channel's values over; the rotation is converted to the target's mode.
fn paste_channel(to: &mut Channel, from: &Channel) {
    to.location = from.location;
    to.scale = from.scale;
    if to.mode == from.mode {
        match to.mode {
            RotationMode::Quaternion => to.quaternion = from.quaternion,
            RotationMode::AxisAngle => to.axis_angle = from.axis_angle,
            _ => to.euler = from.euler,
        }
        return;
    }
    // Blender reads a quaternion's storage here as it is, whatever its length.
    let stored = rotation::quat_from_wxyz(from.quaternion);
    if let Some(order) = to.mode.euler_order() {
        // From another Euler order it goes by that storage too, which is not in use there.
        let q = match from.mode {
            RotationMode::AxisAngle => rotation::quat_from_axis_angle(from.axis_angle),
            _ => stored,
        };
        to.euler = rotation::euler_from_quat(q, order);
    } else if to.mode == RotationMode::AxisAngle {
        to.axis_angle = rotation::axis_angle_from_quat(match from.mode {
            RotationMode::Quaternion => stored,
            _ => from.rotation(),
        });
    } else {
        // From axis-angle Blender takes the source's axis, but the target's own angle.
        let [_, x, y, z] = from.axis_angle;
        let [angle, ..] = to.axis_angle;
        let q = match from.mode {
            RotationMode::AxisAngle => rotation::quat_from_axis_angle([angle, x, y, z]),
            _ => from.rotation(),
        };
        to.quaternion = rotation::wxyz_from_quat(q);
    }
}

/// The mirror image of channel values over X.
fn flip_channel(channel: &mut Channel) {
    channel.location.x = -channel.location.x;
    let mirrored = |q| {
        let e = rotation::euler_from_quat(rotation::normalized(q), EulerOrder::Xyz);
        rotation::quat_from_euler(Vec3::new(e.x, -e.y, -e.z), EulerOrder::Xyz)
    };
    match channel.mode {
        RotationMode::Quaternion => {
            let q = mirrored(rotation::quat_from_wxyz(channel.quaternion));
            channel.quaternion = rotation::wxyz_from_quat(rotation::normalized(q));
        }
        RotationMode::AxisAngle => {
            let q = mirrored(rotation::quat_from_axis_angle(channel.axis_angle));
            channel.axis_angle = rotation::axis_angle_from_quat(q);
        }
        _ => {
            channel.euler.y = -channel.euler.y;
            channel.euler.z = -channel.euler.z;
        }
    }
}

/// Properties that the target has take values of the same type; a target without any takes them all.
fn pasted_custom(
    target: &BoneSetup,
    source: &BoneSetup,
) -> std::collections::BTreeMap<String, crate::model::pose::Custom> {
    if target.custom.is_empty() {
        return source.custom.clone();
    }
    let mut custom = target.custom.clone();
    for (name, value) in &mut custom {
        if let Some(pasted) = source
            .custom
            .get(name)
            .filter(|pasted| pasted.same_type(value))
        {
            *value = pasted.clone();
        }
    }
    custom
}
