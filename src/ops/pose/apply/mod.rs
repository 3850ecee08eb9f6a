//! Making a pose permanent: as the new rest pose, or what constraints give as the bones' own channels.

mod rest;

use crate::eval::hierarchy;
use crate::eval::rest::RestPose;
use crate::ops::context::{Context, NO_BONE};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::shared::decompose;
use crate::props;

props! {
    /// Make the pose of the active rig its rest pose.
    pub struct ArmatureApply {
        /// Apply the selected bones alone; what hangs on them is carried along.
        selected: bool = false, HINT.label("Selected Only");
    }
}

impl Operator for ArmatureApply {
    const INFO: Info = Info::new("pose.armature_apply", "Apply Pose as Rest Pose");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    /// The form has one option; where that was chosen already, there is nothing to ask.
    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.selected {
            Start::Exec
        } else {
            Start::Form
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig_mut()?;
        if self.selected && rig.selected_bones().is_empty() {
            return Err(Refusal::Idle(NO_BONE));
        }
        rest::apply(rig, self.selected)?;
        if rig.animation.active_action.is_some() {
            let name = rig.name.clone();
            cx.warn(format!(
                "Actions of {name} were made for the old rest pose and move it differently now"
            ));
        }
        Ok(())
    }
}

props! {
    /// Give the selected bones the transform in which they are seen, after their constraints.
    pub struct VisualTransformApply {}
}

impl Operator for VisualTransformApply {
    const INFO: Info = Info::new(
        "pose.visual_transform_apply",
        "Apply Visual Transform to Pose",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        for (id, bones) in cx.selected_bones_or_say() {
            let Some(rig) = cx.doc.rig_at_mut(id) else {
                continue;
            };
            let rest = RestPose::new(&rig.armature);
            let posed = hierarchy::evaluate_once(rig);
            for bone in bones {
                let Some(matrix) = posed.matrix(bone) else {
                    continue;
                };
                let own = posed.parent_transform(&rest, bone).bone_from_pose(matrix);
                if let Some(channel) = rig.channel_mut(bone).filter(|_| own.is_finite()) {
                    decompose::into_channel(own, channel);
                }
            }
        }
        Ok(())
    }
}
