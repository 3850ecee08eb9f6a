//! Poses kept from one evaluation to the next: only what changed is calculated again.
//!
//! What an evaluator has seen it keeps alive, so an equal pointer means that nothing changed. Once
//! the buffers have grown to a document, evaluating allocates nothing.

use std::sync::Arc;

use crate::eval::hierarchy::{self, PosedRig};
use crate::eval::rest::RestPose;
use crate::model::armature::Armature;
use crate::model::document::Document;
use crate::model::id::RigId;
use crate::model::pose::Channel;
use crate::model::rig::Rig;

/// The pose of one rig, kept up to date.
#[derive(Clone, Debug, Default)]
pub struct RigEvaluator {
    armature: Option<Arc<Armature>>,
    channels: Option<Arc<Vec<Channel>>>,
    rest: RestPose,
    posed: PosedRig,
}

impl RigEvaluator {
    /// Brings the pose up to date with `rig`.
    pub fn evaluate(&mut self, rig: &Rig) -> &PosedRig {
        let known_armature = self
            .armature
            .as_ref()
            .is_some_and(|armature| Arc::ptr_eq(armature, &rig.armature));
        if !known_armature {
            self.rest.prepare(&rig.armature);
            self.armature = Some(Arc::clone(&rig.armature));
            self.channels = None;
        }
        let channels = &rig.pose.channels;
        match &self.channels {
            Some(before) if Arc::ptr_eq(before, channels) => return &self.posed,
            Some(before) => {
                hierarchy::update_channels(&self.rest, channels, before, &mut self.posed);
            }
            None => hierarchy::evaluate_channels(&self.rest, channels, &mut self.posed),
        }
        self.channels = Some(Arc::clone(channels));
        &self.posed
    }

    /// The pose as last evaluated.
    pub fn posed(&self) -> &PosedRig {
        &self.posed
    }

    /// The armature as last evaluated, at rest.
    pub fn rest(&self) -> &RestPose {
        &self.rest
    }

    /// The pose alone.
    pub fn into_posed(self) -> PosedRig {
        self.posed
    }
}

/// The poses of all rigs of a document, kept up to date.
#[derive(Clone, Debug, Default)]
pub struct DocumentEvaluator {
    rigs: Vec<RigEvaluator>,
}

impl DocumentEvaluator {
    /// Brings every pose up to date with `document`.
    pub fn evaluate(&mut self, document: &Document) {
        self.rigs
            .resize_with(document.rigs.len(), RigEvaluator::default);
        for (evaluator, rig) in self.rigs.iter_mut().zip(document.rigs.iter()) {
            evaluator.evaluate(rig);
        }
    }

    /// The pose of a rig as last evaluated.
    pub fn pose(&self, id: RigId) -> Option<&PosedRig> {
        self.rigs.get(id.index()).map(RigEvaluator::posed)
    }

    /// The armature of a rig as last evaluated, at rest.
    pub fn rest(&self, id: RigId) -> Option<&RestPose> {
        self.rigs.get(id.index()).map(RigEvaluator::rest)
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::model::bone::Bone;
    use crate::model::id::BoneId;

    fn rig() -> Rig {
        let bones = vec![
            Arc::new(Bone::default()),
            Arc::new(Bone {
                parent: Some(BoneId(0)),
                ..Bone::default()
            }),
        ];
        Rig::new(
            "Rig".to_owned(),
            Armature {
                bones,
                ..Armature::default()
            },
        )
    }

    #[test]
    fn the_same_channels_are_not_evaluated_twice() {
        let mut rig = rig();
        let mut evaluator = RigEvaluator::default();
        let version = evaluator.evaluate(&rig).version;
        assert_eq!(evaluator.evaluate(&rig).version, version);
        rig.channel_mut(BoneId(1)).unwrap().location = Vec3::X * 2.0;
        let posed = evaluator.evaluate(&rig);
        assert_eq!(posed.changed, [false, true]);
        assert_eq!(posed.head(BoneId(1)), Some(Vec3::X * 2.0));
    }

    #[test]
    fn a_changed_armature_is_prepared_anew() {
        let mut rig = rig();
        let mut evaluator = RigEvaluator::default();
        evaluator.evaluate(&rig);
        rig.bone_mut(BoneId(0)).unwrap().head = Vec3::new(0.0, 0.0, 5.0);
        assert_eq!(
            evaluator.evaluate(&rig).head(BoneId(0)),
            Some(Vec3::Z * 5.0)
        );
    }

    #[test]
    fn every_rig_of_a_document_has_a_pose() {
        let mut document = Document::default();
        document.add_rig(rig());
        let second = document.add_rig(rig());
        let mut evaluator = DocumentEvaluator::default();
        evaluator.evaluate(&document);
        assert_eq!(evaluator.pose(second).unwrap().tails.len(), 2);
        assert!(evaluator.pose(RigId(2)).is_none());
    }
}
