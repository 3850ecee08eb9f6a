//! What the transforms that follow the mouse share: axis keys, typed numbers, precision, snapping.
//!
//! A drag never changes the document. It reads the snapshot once, when it begins; each operator then turns
//! pointer, numbers and constraint into its own parameters.

use glam::{Quat, Vec2, Vec3};

use crate::model::tools::Snap;
use crate::model::transform_settings::OrientType;
use crate::ops::context::{Context, Request};
use crate::ops::event::{Event, EventKind, ModalKey, Modifiers};
use crate::ops::operator::{Flow, Guide, Header, Held, Refusal};
use crate::ops::shared::numeric_input::NumericInput;
use crate::ops::transform::aim::Aim;
use crate::ops::transform::constraint::{Constraint, Limit, axis_name};
use crate::ops::transform::orientation::Frame;
use crate::ops::transform::pointer::Pointer;
use crate::ops::transform::targets::{Kind, Pivot, Targets};

/// What is held or typed while one of them runs.
const HELD: &[Held] = &[
    Held::Shift("Precise"),
    Held::Ctrl("Snap"),
    Held::Digits("Exact"),
];

/// How an operator takes part in what all share.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// What it does to the bones.
    pub kind: Kind,
    /// The key that starts it.
    pub key: ModalKey,
    /// The operator that its own key switches to.
    pub again: Option<&'static str>,
    /// How many numbers can be typed while nothing is constrained.
    pub numbers: usize,
    /// Whether axis keys mean something.
    pub axes: bool,
    /// What it does, for a sentence.
    pub verb: &'static str,
}

/// A transform that follows the mouse.
#[derive(Debug)]
pub struct Drag {
    /// The bones.
    pub targets: Targets,
    /// What was typed.
    pub numbers: NumericInput,
    /// The pointer.
    pub pointer: Pointer,
    /// Along which axes it goes.
    pub constraint: Constraint,
    /// The axes of the constraint, shared by all bones.
    pub frame: Frame,
    /// World from view, as the last event saw it.
    pub view: Quat,
    /// Digits after the point of a length, so that a small view shows small steps.
    pub decimals: usize,
    rules: Rules,
    held: Modifiers,
    snap: Snap,
    handle: bool,
}

impl Drag {
    /// Begins at the event's pointer.
    ///
    /// # Errors
    /// A refusal if no bone is selected.
    pub fn begin(
        rules: Rules,
        cx: &Context,
        event: &Event,
        pivot: Pivot,
        asked: ([bool; 3], OrientType),
    ) -> Result<Self, Refusal> {
        let nothing = |_| Refusal::error(format!("Select the bones to {} first", rules.verb));
        let targets = Targets::collect(cx.doc, rules.kind, pivot).map_err(nothing)?;
        let constraint = Constraint::of_call(asked.0, asked.1, cx.view.orientation);
        let view = cx.view.camera.rotation;
        Ok(Self {
            frame: Frame::new(&targets, constraint.orientation, view),
            targets,
            numbers: NumericInput::default(),
            pointer: Pointer::new(event.pointer),
            constraint,
            view,
            decimals: 3 + usize::try_from(-magnitude(cx)).unwrap_or(0),
            rules,
            held: event.modifiers,
            snap: cx.view.snap.clone(),
            handle: constraint.limit != Limit::Free,
        })
    }

    /// Takes an event; on `Changed` the operator sets its parameters anew.
    pub fn take(&mut self, cx: &Context, event: &Event) -> Flow {
        if self.view != cx.view.camera.rotation {
            // The user went around the scene in between.
            self.view = cx.view.camera.rotation;
            self.find_frame();
        }
        if self.snap != cx.view.snap {
            self.snap = cx.view.snap.clone();
        }
        match event.kind {
            EventKind::Start => {
                // The user went around the scene in between: that way does not count.
                self.pointer.skip(event.pointer);
                Flow::Idle
            }
            EventKind::Move => self.follow(cx, event),
            EventKind::Release if self.pointer.dragged() => Flow::Finish,
            EventKind::Release => Flow::Idle,
            EventKind::Character(character) => changed(self.numbers.type_character(character)),
            EventKind::Key(key) => self.press(cx, key),
        }
    }

    fn follow(&mut self, cx: &Context, event: &Event) -> Flow {
        self.held = event.modifiers;
        if event.modifiers.alt {
            self.pointer.skip(event.pointer);
            return Flow::PassThrough;
        }
        let center = self.center_pixel(cx);
        self.pointer
            .follow(event.pointer, event.modifiers.shift, center);
        changed(!self.numbers.active())
    }

    fn press(&mut self, cx: &Context, key: ModalKey) -> Flow {
        match key {
            ModalKey::Confirm => Flow::Finish,
            ModalKey::Cancel => Flow::Cancel,
            ModalKey::Translate | ModalKey::Rotate | ModalKey::Resize => self.switch(key),
            ModalKey::ToggleSnap => {
                self.snap.on = !self.snap.on;
                cx.request(Request::Snap(self.snap.on));
                Flow::Changed
            }
            ModalKey::NextNumber | ModalKey::PreviousNumber => {
                self.numbers
                    .step(self.components().len(), key == ModalKey::NextNumber);
                Flow::Changed
            }
            ModalKey::Erase | ModalKey::EraseNumber if !self.numbers.active() => Flow::Idle,
            ModalKey::Erase => {
                self.numbers.erase();
                Flow::Changed
            }
            ModalKey::EraseNumber => {
                self.numbers.erase_component();
                Flow::Changed
            }
            _ => match Limit::of_key(key).filter(|_| self.rules.axes) {
                Some(limit) => self.constrain(limit),
                None => Flow::Idle,
            },
        }
    }

    fn switch(&self, key: ModalKey) -> Flow {
        if key == self.rules.key {
            return self.rules.again.map_or(Flow::Idle, Flow::Switch);
        }
        Flow::Switch(match key {
            ModalKey::Translate => "transform.translate",
            ModalKey::Resize => "transform.resize",
            _ => "transform.rotate",
        })
    }

    fn find_frame(&mut self) {
        self.frame = Frame::new(&self.targets, self.constraint.orientation, self.view);
    }

    fn constrain(&mut self, limit: Limit) -> Flow {
        self.constraint.press(limit);
        self.handle = false;
        self.find_frame();
        // The number that was being typed may no longer exist.
        let count = self.components().len();
        if self.numbers.place() >= count {
            self.numbers.step(count, true);
        }
        Flow::Changed
    }

    /// The axes that typed numbers stand for, in their order.
    pub fn components(&self) -> &'static [usize] {
        let axes = self.constraint.limit.axes();
        axes.get(..self.rules.numbers).unwrap_or(axes)
    }

    /// What was typed for an axis; `missing` where nothing was.
    pub fn typed(&self, axis: usize, missing: f32) -> f32 {
        let place = self.components().iter().position(|&other| other == axis);
        let number = place.and_then(|place| self.numbers.value(place));
        number.unwrap_or(missing)
    }

    /// Whether a handle is dragged: the constraint was there from the start.
    pub fn by_handle(&self) -> bool {
        self.handle
    }

    /// Whether values go in steps now.
    pub fn snapping(&self) -> bool {
        let takes_part = match self.rules.kind {
            Kind::Translate => self.snap.translate,
            Kind::Rotate => self.snap.rotate,
            Kind::Resize => self.snap.resize,
        };
        self.held.ctrl != (self.snap.on && takes_part)
    }

    /// `value`, while snapping in whole steps of `coarse`, with precision of `fine`.
    pub fn snapped(&self, value: f32, coarse: f32, fine: f32) -> f32 {
        let step = if self.held.shift { fine } else { coarse };
        if !self.snapping() || step <= 0.0 {
            return value;
        }
        // Divided by a whole number where there is one: 0.3 rather than 0.30000001.
        let per_unit = (1.0 / step).round();
        if step < 1.0 && (per_unit * step - 1.0).abs() < 1e-5 {
            (value * per_unit).round() / per_unit
        } else {
            (value / step).round() * step
        }
    }

    /// A length in whole steps while snapping: those of the view, or tenths of what it shows.
    pub fn snapped_length(&self, cx: &Context, value: f32) -> f32 {
        let step = match self.snap.length {
            length if length > 0.0 => length,
            _ => 10.0f32.powi(magnitude(cx)) * 0.1,
        };
        self.snapped(value, step, step * 0.1)
    }

    /// An angle in whole steps while snapping.
    pub fn snapped_angle(&self, radians: f32) -> f32 {
        if !self.snapping() {
            return radians;
        }
        // In degrees, so that whole ones stay whole.
        let degrees = |radians: f32| (radians.to_degrees() * 1e4).round() / 1e4;
        let (coarse, fine) = (degrees(self.snap.angle), degrees(self.snap.angle_precise));
        let snapped = self.snapped(radians.to_degrees(), coarse, fine);
        snapped.to_radians()
    }

    /// A factor in whole steps while snapping.
    pub fn snapped_factor(&self, value: f32) -> f32 {
        self.snapped(value, self.snap.factor, self.snap.factor * 0.1)
    }

    /// The centre as the camera sees it.
    pub fn aim<'a>(&self, cx: &'a Context) -> Aim<'a> {
        Aim {
            camera: &cx.view.camera,
            size: cx.place.size,
            from: self.targets.center(),
        }
    }

    /// Where the centre appears; the middle of the picture if it is behind the eye.
    pub fn center_pixel(&self, cx: &Context) -> Vec2 {
        let size = cx.place.size;
        let pixel = cx.view.camera.project(self.targets.center(), size);
        pixel.map_or(size / 2.0, |(pixel, _)| pixel)
    }

    /// An axis of the constraint, world space.
    pub fn axis(&self, axis: usize) -> Vec3 {
        self.frame.shared.col(axis.min(2))
    }

    /// The parameter `view_rotation`: only the orientation View needs it.
    pub fn view_rotation(&self, orientation: OrientType) -> Option<[f32; 4]> {
        let [x, y, z, w] = self.view.to_array();
        (orientation == OrientType::View).then_some([w, x, y, z])
    }

    /// The header: what is typed, or else `value`.
    pub fn header(&self, before: &str, unit: &str, value: String) -> Header {
        let typing = self.numbers.active();
        Header {
            value: if typing {
                format!("{before}{}", self.typed_text(unit))
            } else {
                value
            },
            typing,
            note: self.constraint.note(),
            axis: self.constraint.limit.axis(),
            band: None,
            outline: Vec::new(),
            guide: Some(self.guide()),
            held: HELD,
            ..Header::default()
        }
    }

    /// What is drawn around the pivot, before anything has changed.
    fn guide(&self) -> Guide {
        Guide {
            center: self.targets.center(),
            axes: self.frame.shared,
            limit: self.constraint.limit.flags(),
            way: Vec3::ZERO,
            angle: 0.0,
            factors: Vec3::ONE,
            start: self.pointer.start(),
        }
    }

    /// What was typed, with the names of the axes where there may be several numbers.
    fn typed_text(&self, unit: &str) -> String {
        let components = self.components();
        if components.len() == 1 {
            return self.numbers.text(0) + unit;
        }
        let last = (0..components.len())
            .rfind(|&place| place == self.numbers.place() || self.numbers.value(place).is_some());
        let texts = components.iter().enumerate().take(last.unwrap_or(0) + 1);
        let texts: Vec<_> = texts
            .map(|(place, &axis)| {
                format!("{}: {}{unit}", axis_name(axis), self.numbers.text(place))
            })
            .collect();
        texts.join(", ")
    }
}

fn changed(changed: bool) -> Flow {
    if changed { Flow::Changed } else { Flow::Idle }
}

/// The power of ten of what the view shows: 0 from one metre to ten.
fn magnitude(cx: &Context) -> i32 {
    let distance = cx.view.camera.distance.max(1e-6);
    #[expect(clippy::cast_possible_truncation, reason = "a small whole number")]
    let power = distance.log10().floor() as i32;
    power
}

/// A number with a true minus sign.
pub fn number(value: f32, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().all(|c| c == '0' || c == '.') => digits.to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

/// An angle in degrees.
pub fn degrees(radians: f32) -> String {
    number(radians.to_degrees(), 2) + "\u{b0}"
}
