//! Where the values of a property go.

use glam::Vec3;

use crate::model::pose::Channel;

/// A transform property of a bone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    Location,
    Quaternion,
    Euler,
    AxisAngle,
    Scale,
}

impl Property {
    /// The property of this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "location" => Self::Location,
            "rotation_quaternion" => Self::Quaternion,
            "rotation_euler" => Self::Euler,
            "rotation_axis_angle" => Self::AxisAngle,
            "scale" => Self::Scale,
            _ => return None,
        })
    }

    fn components(self) -> usize {
        match self {
            Self::Quaternion | Self::AxisAngle => 4,
            Self::Location | Self::Euler | Self::Scale => 3,
        }
    }
}

/// Values of one property of one bone.
#[derive(Clone, Copy, Debug)]
pub struct Write {
    /// Which bone.
    pub bone: usize,
    /// Which property.
    pub property: Property,
    /// Where the value of each component is; none: it has no curve.
    pub at: [Option<u32>; 4],
}

impl Write {
    /// Writes the values to the bone's channel.
    pub fn apply(&self, values: &[f32], channel: &mut Channel) {
        match self.property {
            Property::Location => self.vector(values, &mut channel.location),
            Property::Euler => self.vector(values, &mut channel.euler),
            Property::Scale => self.vector(values, &mut channel.scale),
            Property::Quaternion => self.parts(values, &mut channel.quaternion),
            Property::AxisAngle => self.parts(values, &mut channel.axis_angle),
        }
    }

    fn vector(&self, values: &[f32], vector: &mut Vec3) {
        self.parts(values, vector.as_mut());
    }

    fn parts(&self, values: &[f32], parts: &mut [f32]) {
        for (slot, at) in parts.iter_mut().zip(self.at) {
            if let Some(&value) = at.and_then(|at| values.get(at as usize)) {
                *slot = value;
            }
        }
    }

    /// Takes in a value; whether it belongs here.
    pub fn take(&mut self, bone: usize, property: Property, index: u32, at: usize) -> bool {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let here = self.bone == bone && self.property == property;
        match self.at.get_mut(index) {
            Some(slot) if here && index < property.components() => {
                *slot = u32::try_from(at).ok();
                true
            }
            _ => false,
        }
    }
}
