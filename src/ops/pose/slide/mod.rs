//! Operators that slide the pose between the key before, the key after, and rest.
//!
//! Five operators share one set of parameters, [`Slide`], and one engine, [`engine`]; [`frames`] finds the two
//! keys for the one who calls them by hand, and [`modal`] follows that hand.

pub mod engine;
pub mod frames;
pub mod modal;

use crate::choice;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::props::Unit;
use crate::props;

choice! {
    /// What of a pose slides.
    pub enum Channels: All {
        /// Location, rotation, scale, the shape of bendy bones and custom properties
        All = "ALL", "All Properties";
        /// The location alone
        Location = "LOC", "Location";
        /// The rotation alone
        Rotation = "ROT", "Rotation";
        /// The scale alone
        Scale = "SIZE", "Scale";
        /// The shape of bendy bones alone
        Bendy = "BBONE", "Bendy Bone";
        /// Custom properties alone
        Custom = "CUSTOM", "Custom Properties";
    }
}

choice! {
    /// The axis that sliding is kept to.
    pub enum AxisLock: Free {
        /// Every axis
        Free = "FREE", "Free";
        /// X alone
        X = "X", "X";
        /// Y alone
        Y = "Y", "Y";
        /// Z alone
        Z = "Z", "Z";
    }
}

props! {
    /// What the slide operators have in common.
    pub struct Slide {
        /// How far to slide.
        factor: f32 = 0.5, HINT.range(0.0, 1.0).soft_range(-1.0, 1.0).beyond("overshoot").unit(Unit::Factor).transient();
        /// The frame of the pose before.
        prev_frame: i32 = 0, HINT.range(-1_048_574.0, 1_048_574.0).soft_range(0.0, 50.0).label("Previous Keyframe").unit(Unit::Frame).transient();
        /// The frame of the pose after.
        next_frame: i32 = 0, HINT.range(-1_048_574.0, 1_048_574.0).soft_range(0.0, 50.0).label("Next Keyframe").unit(Unit::Frame).transient();
        /// What slides.
        channels: Channels = Channels::All, HINT.transient();
        /// The axis of location, scale and Euler angles to keep to.
        axis_lock: AxisLock = AxisLock::Free, HINT.transient();
        /// Let the factor lie beyond 0 to 1, as a hand may bring it there. Blender has no such parameter: it
        /// clamps the factor when the operator runs again.
        overshoot: bool = false, HINT.hidden().transient();
    }
}

/// Where to a slide operator takes the pose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Away from the pose between the keys.
    Push,
    /// Towards the pose between the keys.
    Relax,
    /// Somewhere between the keys, whatever the pose is now.
    Breakdown,
    /// From the keyed pose towards one of the keys.
    BlendToNeighbor,
    /// Towards rest, or away from it.
    BlendWithRest,
}

/// An operator of the family.
pub trait Sliding: Operator {
    /// Where to it takes the pose.
    const MODE: Mode;

    /// Its parameters.
    fn slide(&self) -> &Slide;

    /// Its parameters, to change.
    fn slide_mut(&mut self) -> &mut Slide;
}

/// One of the five, apart from its words.
macro_rules! sliding {
    ($name:ident, $id:literal, $label:literal) => {
        impl Operator for $name {
            const INFO: Info = Info::new($id, $label).endless().keys("pose_slide");

            fn poll(cx: &Context) -> Poll {
                cx.need_rig()
            }

            fn exec(&self, cx: &mut Context) -> Exec {
                engine::apply(cx.doc, Self::MODE, self.slide());
                Ok(())
            }
        }

        impl Sliding for $name {
            const MODE: Mode = Mode::$name;

            fn slide(&self) -> &Slide {
                &self.0
            }

            fn slide_mut(&mut self) -> &mut Slide {
                &mut self.0
            }
        }
    };
}

props! {
    /// Exaggerate the pose: move it away from what lies between the keys before and after.
    pub struct Push(Slide);
}
sliding!(Push, "pose.push", "Push Pose from Breakdown");

props! {
    /// Calm the pose: move it towards what lies between the keys before and after.
    pub struct Relax(Slide);
}
sliding!(Relax, "pose.relax", "Relax Pose to Breakdown");

props! {
    /// Make a pose between the keys before and after, nearer to the one or the other.
    pub struct Breakdown(Slide);
}
sliding!(Breakdown, "pose.breakdown", "Pose Breakdowner");

props! {
    /// Move the pose from the keyed one towards the key before or the key after.
    pub struct BlendToNeighbor(Slide);
}
sliding!(
    BlendToNeighbor,
    "pose.blend_to_neighbor",
    "Blend to Neighbor"
);

props! {
    /// Move the pose of animated channels towards rest, or away from it.
    pub struct BlendWithRest(Slide);
}
sliding!(
    BlendWithRest,
    "pose.blend_with_rest",
    "Blend Pose with Rest Pose"
);

#[cfg(test)]
mod tests;
