//! Moving bones.

use glam::{Mat3, Vec3};

use crate::model::transform_settings::OrientType;
use crate::ops::context::Context;
use crate::ops::event::{Event, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::props::{Data, Unit};
use crate::ops::transform::apply;
use crate::ops::transform::constraint::{Limit, axis_name};
use crate::ops::transform::drag::{Drag, Rules, number};
use crate::ops::transform::empties;
use crate::ops::transform::parameters::{Axes, OrientMatrix, ViewRotation};
use crate::ops::transform::targets::{Kind, Pivot, Targets};
use crate::props;

props! {
    /// Move the selected bones and empties.
    ///
    /// Connected bones and locked locations stay where they are; where nothing can move, nothing is done.
    pub struct Translate {
        /// How far to move along each axis.
        value: [f32; 3] = [0.0; 3], HINT.label("Move").unit(Unit::Length).transient();
        /// Whose axes to move along.
        orient_type: OrientType = OrientType::Global, HINT.label("Orientation").transient();
        /// Axes to move along instead; they count where their type is that of the orientation.
        orient_matrix: OrientMatrix = Data(None), HINT.hidden().transient();
        /// The orientation that the given axes stand for.
        orient_matrix_type: OrientType = OrientType::Global, HINT.hidden().transient();
        /// The axes that the mouse moved along; the values alone decide.
        constraint_axis: [bool; 3] = [false; 3], HINT.label("Constraint Axis").transient();
        /// The view that the orientation View means; none is the current one.
        view_rotation: ViewRotation = Data(None), HINT.hidden().transient();
    }
}

impl Translate {
    fn axes(&self) -> Axes {
        Axes {
            orientation: self.orient_type,
            matrix: self.orient_matrix.0,
            matrix_type: self.orient_matrix_type,
            view: self.view_rotation.0,
        }
    }
}

/// Whether anything of it can be moved: an empty always can.
pub fn can_move(targets: &Targets) -> bool {
    !targets.empties.is_empty()
        || targets.iter().any(|(rig, target)| {
            let connected = rig
                .rig
                .armature
                .bone(target.bone)
                .is_some_and(|bone| bone.connected);
            let locks = rig.rig.setup(target.bone).map(|setup| setup.lock_location);
            !connected && locks != Some([true; 3])
        })
}

impl Operator for Translate {
    const INFO: Info = Info::new("transform.translate", "Move").endless();

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let pivot = Pivot::Setting(cx.view.pivot_point);
        let targets = Targets::collect(cx.doc, Kind::Translate, pivot)?;
        if !can_move(&targets) {
            return Err(Refusal::Nothing);
        }
        let frame = self.axes().frame(&targets, cx.view)?;
        let value = Vec3::from_array(self.value);
        apply::to_all(
            cx.doc,
            &targets,
            Kind::Translate,
            |rig, target, channel, setup| {
                let by = frame.of(rig, target) * value;
                apply::translate(rig, target, channel, setup, by);
            },
        );
        empties::translate(cx.doc, &targets, |empty| frame.of_empty(empty) * value);
        Ok(())
    }
}

const RULES: Rules = Rules {
    kind: Kind::Translate,
    key: ModalKey::Translate,
    again: None,
    numbers: 3,
    axes: true,
    verb: "move",
};

impl Modal for Translate {
    type Drag = Drag;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Drag, Refusal> {
        let asked = (self.constraint_axis, self.orient_type);
        *self = Self::default();
        let pivot = Pivot::Setting(cx.view.pivot_point);
        let drag = Drag::begin(RULES, cx, event, pivot, asked)?;
        if !can_move(&drag.targets) {
            return Err(Refusal::error(
                "The selected bones cannot be moved: they are connected or locked",
            ));
        }
        self.follow(&drag, cx);
        Ok(drag)
    }

    fn handle(&mut self, drag: &mut Drag, cx: &Context, event: &Event) -> Flow {
        let flow = drag.take(cx, event);
        if flow == Flow::Changed {
            self.follow(drag, cx);
        }
        flow
    }

    fn header(&self, drag: &Drag) -> Header {
        let length = |value: f32| number(value, drag.decimals) + " m";
        let whole = length(Vec3::from_array(self.value).length());
        let value = match drag.constraint.limit {
            Limit::Along(axis) => length(self.value.get(axis).copied().unwrap_or(0.0)),
            _ => {
                let each = self.value.iter().enumerate();
                let each: Vec<_> = each
                    .map(|(axis, &value)| format!("{}: {}", axis_name(axis), length(value)))
                    .collect();
                format!("{whole} ({})", each.join(", "))
            }
        };
        let mut header = drag.header("D: ", "", format!("D: {value}"));
        if let Some(guide) = &mut header.guide {
            let by_world = self.orient_type == OrientType::Global;
            let axes = if by_world { Mat3::IDENTITY } else { guide.axes };
            guide.way = axes * Vec3::from_array(self.value);
        }
        header
    }
}

impl Translate {
    fn follow(&mut self, drag: &Drag, cx: &Context) {
        let limit = drag.constraint.limit;
        // Without a constraint the hand moves all bones along the world; numbers go by the axes chosen.
        let by_world = limit == Limit::Free && !drag.numbers.active();
        self.orient_type = if by_world {
            OrientType::Global
        } else {
            drag.constraint.orientation
        };
        self.view_rotation = Data(drag.view_rotation(self.orient_type));
        self.constraint_axis = limit.flags();
        let value = if drag.numbers.active() {
            Vec3::from_array([0, 1, 2].map(|axis| drag.typed(axis, 0.0)))
        } else {
            pointed(drag, cx).map(|value| drag.snapped_length(cx, value))
        };
        self.value = value.to_array();
    }
}

/// Where the pointer leads, along the axes of the constraint or else of the world.
fn pointed(drag: &Drag, cx: &Context) -> Vec3 {
    let (aim, moved) = (drag.aim(cx), drag.pointer.moved());
    match drag.constraint.limit {
        Limit::Free => aim.free(moved),
        Limit::Along(axis) => {
            let unit = Vec3::from_array([0, 1, 2].map(|other| f32::from(u8::from(other == axis))));
            unit * aim.along(moved, drag.axis(axis))
        }
        Limit::Locking(axis) => {
            let way = aim.within(moved, drag.axis(axis));
            let kept = [0, 1, 2].map(|other| {
                if other == axis {
                    0.0
                } else {
                    drag.axis(other).dot(way)
                }
            });
            Vec3::from_array(kept)
        }
    }
}
