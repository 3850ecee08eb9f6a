//! Samplers for the rigs of a document, kept from frame to frame.

use std::sync::Arc;

use crate::eval::sampler::Sampler;
use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::pose::Channel;
use crate::model::rig::Rig;

/// Brings rigs to what their active actions give; the fast form of [`animation::apply`] for playback.
///
/// Actions and armatures that are as before are not prepared again, and a warm call allocates nothing unless
/// somebody else keeps the pose of the frame before the last.
///
/// [`animation::apply`]: crate::eval::animation::apply
#[derive(Debug, Default)]
pub struct Animator {
    rigs: Vec<RigAnimator>,
}

#[derive(Debug, Default)]
struct RigAnimator {
    sampler: Sampler,
    /// The channels of the frame before: written again once nobody looks at them.
    spare: Option<Arc<Vec<Channel>>>,
}

impl Animator {
    /// Brings every rig to what its active action gives at the document's frame.
    pub fn apply(&mut self, document: &mut Document) {
        let frame = document.scene.frame;
        let actions = Arc::clone(&document.actions);
        self.rigs
            .resize_with(document.rigs.len(), RigAnimator::default);
        for (id, animator) in document.rig_ids().zip(&mut self.rigs) {
            let rig = document.rigs.get(id.index());
            let name = rig.and_then(|rig| rig.animation.active_action.as_ref());
            let action = name.and_then(|name| actions.get(name));
            if let (Some(action), Some(rig)) = (action, document.rig_at_mut(id)) {
                animator.apply(rig, action, frame);
            }
        }
    }
}

impl RigAnimator {
    fn apply(&mut self, rig: &mut Rig, action: &Arc<Action>, frame: f32) {
        self.sampler.prepare(action, &rig.armature);
        self.sampler.sample(frame);
        if let Some(channels) = Arc::get_mut(&mut rig.pose.channels) {
            self.sampler.write_channels(channels);
        } else {
            let mut channels = self.spare.take().unwrap_or_default();
            if Arc::get_mut(&mut channels).is_none() {
                channels = Arc::default();
            }
            if let Some(own) = Arc::get_mut(&mut channels) {
                own.clear();
                own.extend_from_slice(&rig.pose.channels);
                self.sampler.write_channels(own);
            }
            self.spare = Some(std::mem::replace(&mut rig.pose.channels, channels));
        }
        self.sampler.write_others(rig);
    }
}
