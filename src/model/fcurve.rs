//! An animated channel: keys with handles, in order of time.
//!
//! Which keys are selected lies apart from their values, so that selecting touches bits only.

use std::sync::Arc;

use crate::choice;
use crate::model::bits::BitSet;
use crate::record;

choice! {
    /// How the curve runs from a key to the next.
    pub enum Interpolation: Bezier {
        /// Holds the value
        Constant = "CONSTANT", "Constant";
        /// A straight line
        Linear = "LINEAR", "Linear";
        /// A curve shaped by the handles
        Bezier = "BEZIER", "Bézier";
        /// Weak easing by a sine
        Sine = "SINE", "Sinusoidal";
        /// Easing by the second power
        Quad = "QUAD", "Quadratic";
        /// Easing by the third power
        Cubic = "CUBIC", "Cubic";
        /// Easing by the fourth power
        Quart = "QUART", "Quartic";
        /// Easing by the fifth power
        Quint = "QUINT", "Quintic";
        /// Strong easing by an exponential
        Expo = "EXPO", "Exponential";
        /// Strongest easing, along a circle
        Circ = "CIRC", "Circular";
        /// Overshoots, then settles
        Back = "BACK", "Back";
        /// Bounces like a ball
        Bounce = "BOUNCE", "Bounce";
        /// Swings out like a spring
        Elastic = "ELASTIC", "Elastic";
    }
}

choice! {
    /// At which end of its segment an easing acts.
    pub enum Easing: Auto {
        /// Chosen by the interpolation
        Auto = "AUTO", "Automatic Easing";
        /// At the start
        In = "EASE_IN", "Ease In";
        /// At the end
        Out = "EASE_OUT", "Ease Out";
        /// At both ends
        InOut = "EASE_IN_OUT", "Ease In and Out";
    }
}

choice! {
    /// How a handle is placed.
    pub enum HandleType: AutoClamped {
        /// By hand
        Free = "FREE", "Free";
        /// By hand, in line with its partner
        Aligned = "ALIGNED", "Aligned";
        /// Towards the neighbouring key
        Vector = "VECTOR", "Vector";
        /// By the neighbours, smooth
        Auto = "AUTO", "Automatic";
        /// By the neighbours, smooth and without overshoot
        AutoClamped = "AUTO_CLAMPED", "Auto Clamped";
    }
}

choice! {
    /// What a key is for; a mark, without effect on the motion.
    pub enum KeyKind: Keyframe {
        /// An ordinary key
        Keyframe = "KEYFRAME", "Keyframe";
        /// Between two poses
        Breakdown = "BREAKDOWN", "Breakdown";
        /// Part of a moving hold
        MovingHold = "MOVING_HOLD", "Moving Hold";
        /// An extreme pose
        Extreme = "EXTREME", "Extreme";
        /// A filler that adds noise
        Jitter = "JITTER", "Jitter";
        /// Made by a tool
        Generated = "GENERATED", "Generated";
    }
}

choice! {
    /// How a curve goes on beyond its keys.
    pub enum Extrapolation: Constant {
        /// Holds the end values
        Constant = "CONSTANT", "Constant";
        /// Continues the end slopes
        Linear = "LINEAR", "Linear";
    }
}

choice! {
    /// How automatic handles are found.
    pub enum AutoSmoothing: None {
        /// From the neighbouring keys alone
        None = "NONE", "None";
        /// For continuous acceleration along the whole curve
        ContAccel = "CONT_ACCEL", "Continuous Acceleration";
    }
}

choice! {
    /// How a Cycles modifier repeats.
    pub enum Cycle: None {
        /// Not at all
        None = "NONE", "No Cycles";
        /// The same again
        Repeat = "REPEAT", "Repeat Motion";
        /// The same again, going on from where it ended
        RepeatOffset = "REPEAT_OFFSET", "Repeat with Offset";
        /// Forwards and backwards in turn
        Mirror = "MIRROR", "Repeat Mirrored";
    }
}

choice! {
    /// What a curve modifier does.
    pub enum ModifierKind: Cycles {
        /// Repeats the curve
        Cycles = "CYCLES", "Cycles";
    }
}

record! {
    /// A modifier of a curve.
    pub struct Modifier {
        /// What it does.
        pub r#type: ModifierKind = ModifierKind::Cycles;
        /// Repetition before the first key.
        pub mode_before: Cycle = Cycle::None;
        /// Repetition after the last key.
        pub mode_after: Cycle = Cycle::None;
        /// How often before; 0 is without end.
        pub cycles_before: i32 = 0;
        /// How often after; 0 is without end.
        pub cycles_after: i32 = 0;
    }
}

/// Two keys no farther apart than this are at the same frame.
pub const SAME_FRAME: f32 = 0.01;

/// A key: a value at a frame, with a handle on each side (absolute frame and value).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Frame and value.
    pub co: [f32; 2],
    /// Handle before the key.
    pub left: [f32; 2],
    /// Handle after the key.
    pub right: [f32; 2],
    /// How the left handle is placed.
    pub left_type: HandleType,
    /// How the right handle is placed.
    pub right_type: HandleType,
    /// How the curve runs to the next key.
    pub interpolation: Interpolation,
    /// At which end the easing acts.
    pub easing: Easing,
    /// What the key is for.
    pub kind: KeyKind,
    /// Overshoot of `BACK`.
    pub back: f32,
    /// Height of the swings of `ELASTIC`.
    pub amplitude: f32,
    /// Frames per swing of `ELASTIC`.
    pub period: f32,
}

impl Key {
    /// A key as operators make it: Bézier, automatic clamped handles a frame to each side.
    pub fn new(frame: f32, value: f32) -> Self {
        Self {
            co: [frame, value],
            left: [frame - 1.0, value],
            right: [frame + 1.0, value],
            left_type: HandleType::AutoClamped,
            right_type: HandleType::AutoClamped,
            interpolation: Interpolation::Bezier,
            easing: Easing::Auto,
            kind: KeyKind::Keyframe,
            back: 1.70158,
            amplitude: 0.8,
            period: 4.1,
        }
    }

    /// Where it is in time.
    pub fn frame(&self) -> f32 {
        self.co[0]
    }

    /// What the channel holds there.
    pub fn value(&self) -> f32 {
        self.co[1]
    }

    /// Moves it in time and value, its handles along with it.
    pub fn shift(&mut self, frames: f32, value: f32) {
        for point in [&mut self.co, &mut self.left, &mut self.right] {
            point[0] += frames;
            point[1] += value;
        }
    }
}

/// Which parts of which keys are selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeySelection {
    /// Keys themselves.
    pub keys: BitSet,
    /// Left handles.
    pub left: BitSet,
    /// Right handles.
    pub right: BitSet,
}

/// An animated channel.
#[derive(Clone, Debug, PartialEq)]
pub struct FCurve {
    /// The bone it moves; none: a channel of the rig itself.
    pub bone: Option<Arc<str>>,
    /// `location`, `rotation_quaternion`, `bbone_rollin`, `["custom"]`…
    pub property: Arc<str>,
    /// Which component of the property.
    pub index: u32,
    /// Name of its group.
    pub group: Option<Arc<str>>,
    /// Whether the channel is selected.
    pub select: bool,
    /// Not evaluated.
    pub mute: bool,
    /// Not to be edited.
    pub lock: bool,
    /// Not shown in the graph editor.
    pub hide: bool,
    /// How it goes on beyond its keys.
    pub extrapolation: Extrapolation,
    /// How automatic handles are found.
    pub auto_smoothing: AutoSmoothing,
    /// Applied in order.
    pub modifiers: Vec<Modifier>,
    /// Values are rounded to whole numbers: the property is a number without fraction or a choice. Set when
    /// an operator keys it.
    pub int_values: bool,
    /// Values hold until the next key, whatever the interpolation: the property is a switch or a choice.
    pub discrete_values: bool,
    /// One of the four components of a quaternion that turns at even speed along the shortest way between two
    /// keys (spherical interpolation), as glTF's `LINEAR` rotations do.
    ///
    /// It counts where all four curves of the bone say so and have `LINEAR` keys at the same two frames around
    /// the frame that is asked for; elsewhere each component goes its own way.
    pub spherical: bool,
    /// In order of time.
    pub keys: Arc<Vec<Key>>,
    /// Indices into [`FCurve::keys`].
    pub selection: KeySelection,
}

impl FCurve {
    /// A curve without keys, as operators make it.
    pub fn new(bone: Option<&str>, property: &str, index: u32) -> Self {
        Self {
            bone: bone.map(Arc::from),
            property: property.into(),
            index,
            group: bone.map(Arc::from),
            select: true,
            mute: false,
            lock: false,
            hide: false,
            extrapolation: Extrapolation::Constant,
            auto_smoothing: AutoSmoothing::ContAccel,
            modifiers: Vec::new(),
            int_values: false,
            discrete_values: false,
            spherical: false,
            keys: Arc::default(),
            selection: KeySelection::default(),
        }
    }

    /// Whether it animates this component of this property.
    pub fn is(&self, bone: Option<&str>, property: &str, index: u32) -> bool {
        self.index == index && self.bone.as_deref() == bone && *self.property == *property
    }

    /// The key at a frame, if there is one ([`SAME_FRAME`]).
    pub fn key_at(&self, frame: f32) -> Option<usize> {
        let after = self.keys.partition_point(|key| key.frame() <= frame);
        let near = |&place: &usize| {
            let key = self.keys.get(place);
            key.is_some_and(|key| (key.frame() - frame).abs() <= SAME_FRAME)
        };
        [after.checked_sub(1), Some(after)]
            .into_iter()
            .flatten()
            .find(near)
    }
}
