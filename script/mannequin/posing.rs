//! A pose of the figure while it is made: what each bone is turned by, and where that puts it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use glam::{DAffine3, DQuat, DVec3};

use crate::body::bone;

/// A bone's own channels.
#[derive(Clone, Copy, Debug)]
pub struct Channel {
    /// Bone space, metres.
    pub location: DVec3,
    /// Bone space.
    pub rotation: DQuat,
}

impl Channel {
    /// The same on the other side.
    pub fn mirrored(self) -> Self {
        Self {
            location: self.location * DVec3::new(-1.0, 1.0, 1.0),
            rotation: mirrored(self.rotation),
        }
    }
}

/// The mirror image of a turn, of a bone of the other side or of the middle.
pub fn mirrored(q: DQuat) -> DQuat {
    DQuat::from_xyzw(q.x, -q.y, -q.z, q.w)
}

/// The bones that are posed so far, by name.
#[derive(Clone, Debug, Default)]
pub struct Pose {
    channels: BTreeMap<String, Channel>,
    armature_from_bone: BTreeMap<String, DAffine3>,
}

impl Pose {
    /// Gives a bone its channels; its parent is posed already.
    pub fn set(&mut self, name: &str, location: DVec3, rotation: DQuat) -> Result<()> {
        let unposed = self.unposed(name)?;
        let own = DAffine3::from_rotation_translation(rotation, location);
        self.channels
            .insert(name.to_owned(), Channel { location, rotation });
        self.armature_from_bone
            .insert(name.to_owned(), unposed * own);
        Ok(())
    }

    /// Turns a bone so that, seen from the armature, it is turned by this from rest.
    pub fn aim(&mut self, name: &str, turned: DQuat) -> Result<()> {
        let unposed = rotation(&self.unposed(name)?);
        let wanted = turned * rotation(&rest(name)?);
        let mut own = (unposed.inverse() * wanted).normalize();
        if own.w < 0.0 {
            own = -own;
        }
        self.set(name, DVec3::ZERO, own)
    }

    /// By how much a bone is turned from rest, armature space.
    pub fn turned(&self, name: &str) -> Result<DQuat> {
        let posed = rotation(self.posed(name)?);
        Ok(posed * rotation(&rest(name)?).inverse())
    }

    /// Where a bone stands before its own channels count.
    pub fn unposed(&self, name: &str) -> Result<DAffine3> {
        match &bone(name)?.parent {
            Some(parent) => Ok(*self.posed(parent)? * rest(parent)?.inverse() * rest(name)?),
            None => rest(name),
        }
    }

    /// A bone's channels.
    pub fn channel(&self, name: &str) -> Option<Channel> {
        self.channels.get(name).copied()
    }

    fn posed(&self, name: &str) -> Result<&DAffine3> {
        let posed = self.armature_from_bone.get(name);
        posed.with_context(|| format!("{name} is not posed yet"))
    }
}

/// Where a bone is at rest.
pub fn rest(name: &str) -> Result<DAffine3> {
    Ok(DAffine3::from_mat4(bone(name)?.armature_from_bone()))
}

/// The turn alone.
pub fn rotation(armature_from_bone: &DAffine3) -> DQuat {
    DQuat::from_mat3(&armature_from_bone.matrix3).normalize()
}
