//! The rotation mode of bones, and the sign of their quaternions.

use crate::math::rotation;
use crate::model::pose::{Channel, RotationMode};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::shared::{auto_key, channels};
use crate::props;

props! {
    /// Store the rotation of the selected bones in another form.
    pub struct RotationModeSet {
        /// The form to store rotations in.
        r#type: RotationMode = RotationMode::Quaternion, HINT.label("Rotation Mode");
    }
}

impl Operator for RotationModeSet {
    const INFO: Info = Info::new("pose.rotation_mode_set", "Set Rotation Mode");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        for (id, bones) in cx.selected_bones_or_say() {
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            for bone in bones {
                if let Some(channel) = rig.channel_mut(bone) {
                    set_mode(channel, self.r#type);
                }
            }
        }
        Ok(())
    }
}

props! {
    /// Turn the sign of the selected bones' quaternions around: the same rotation, reached the other way.
    pub struct QuaternionsFlip {}
}

impl Operator for QuaternionsFlip {
    const INFO: Info = Info::new("pose.quaternions_flip", "Flip Quaternions");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut flipped = false;
        for (id, mut bones) in cx.selected_bones() {
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            let by_quaternion = |channel: &Channel| channel.mode == RotationMode::Quaternion;
            bones.retain(|&bone| rig.channel(bone).is_some_and(by_quaternion));
            for &bone in &bones {
                if let Some(channel) = rig.channel_mut(bone) {
                    channel.quaternion = channel.quaternion.map(|part| -part);
                }
            }
            flipped |= !bones.is_empty();
            let held = |&bone| channels::property(rig, Some(bone), "rotation_quaternion");
            let held = bones.iter().flat_map(held).collect();
            auto_key::key_held(cx.doc, id, held);
        }
        if flipped {
            Ok(())
        } else {
            Err(Refusal::Idle("No selected bone turns by quaternions"))
        }
    }
}

/// Takes the rotation over into the storage of another mode. From one Euler order to another the three
/// numbers stay as they are, as in Blender; the storage that is left keeps its numbers.
pub fn set_mode(channel: &mut Channel, mode: RotationMode) {
    let old = channel.mode;
    channel.mode = mode;
    if old == mode {
        return;
    }
    match (old.euler_order(), mode.euler_order()) {
        (Some(_), Some(_)) => {}
        (Some(order), None) => {
            let q = rotation::quat_from_euler(channel.euler, order);
            match mode {
                RotationMode::AxisAngle => {
                    channel.axis_angle = axis_angle(rotation::axis_angle_from_quat(q))
                }
                _ => channel.quaternion = rotation::wxyz_from_quat(q),
            }
        }
        (None, _) if old == RotationMode::Quaternion => {
            let q = rotation::normalized(rotation::quat_from_wxyz(channel.quaternion));
            channel.quaternion = rotation::wxyz_from_quat(q);
            match mode.euler_order() {
                Some(order) => channel.euler = rotation::euler_from_quat(q, order),
                None => channel.axis_angle = axis_angle(rotation::axis_angle_from_quat(q)),
            }
        }
        (None, order) => {
            let q = rotation::quat_from_axis_angle(channel.axis_angle);
            match order {
                Some(order) => channel.euler = rotation::euler_from_quat(q, order),
                None => channel.quaternion = rotation::wxyz_from_quat(q),
            }
        }
    }
}

/// An axis whose components are equal is taken for none.
fn axis_angle([angle, x, y, z]: [f32; 4]) -> [f32; 4] {
    if x == y && y == z {
        [angle, x, 1.0, z]
    } else {
        [angle, x, y, z]
    }
}
