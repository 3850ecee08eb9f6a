//! Selecting bones and empties with a box.

use glam::Vec2;

use crate::eval::empties;
use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::pick::BonePicker;
use crate::math::ray;
use crate::model::bits::BitSet;
use crate::ops::context::Context;
use crate::ops::event::{Event, EventKind, ModalKey};
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal};
use crate::ops::view3d::pick::viewport;
use crate::{choice, props};

choice! {
    /// What a gesture does to the selection.
    pub enum Mode: Set {
        /// Only what the gesture covers stays selected
        Set = "SET", "Set";
        /// Select what it covers, too
        Add = "ADD", "Extend";
        /// Deselect what it covers
        Subtract = "SUB", "Subtract";
        /// Turn what it covers round
        Difference = "XOR", "Difference";
        /// Keep only what it covers and was selected
        Intersect = "AND", "Intersect";
    }
}

impl Mode {
    /// Whether something is selected afterwards.
    pub fn of(self, before: bool, inside: bool) -> bool {
        match self {
            Self::Set => inside,
            Self::Add => before || inside,
            Self::Subtract => before && !inside,
            Self::Difference => before != inside,
            Self::Intersect => before && inside,
        }
    }
}

props! {
    /// Select the bones and empties that a box touches.
    pub struct SelectBox {
        /// Left side, points from the left of the view.
        xmin: i32 = 0, HINT.hidden().transient();
        /// Right side, points from the left of the view.
        xmax: i32 = 0, HINT.hidden().transient();
        /// Lower side, points from the bottom of the view.
        ymin: i32 = 0, HINT.hidden().transient();
        /// Upper side, points from the bottom of the view.
        ymax: i32 = 0, HINT.hidden().transient();
        /// Wait for a button to begin the box, instead of beginning at the pointer.
        wait_for_input: bool = true, HINT.hidden().transient();
        /// What the box does to the selection.
        mode: Mode = Mode::Set, HINT.transient();
    }
}

impl Operator for SelectBox {
    const INFO: Info = Info::new("view3d.select_box", "Box Select");

    fn poll(cx: &Context) -> Poll {
        cx.need_scene()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        // Before the box is drawn everything stays as it is.
        if [self.xmin, self.xmax, self.ymin, self.ymax] == [0; 4] {
            return Err(Refusal::Nothing);
        }
        #[expect(clippy::cast_precision_loss, reason = "points of a screen")]
        let corner = |x: i32, y: i32| Vec2::new(x as f32, cx.place.size.y - y as f32);
        let (a, b) = (corner(self.xmin, self.ymin), corner(self.xmax, self.ymax));
        let (min, max) = (a.min(b), a.max(b));
        select_covered(cx, self.mode, |head, tail| {
            ray::segment_meets_rect(head, tail, min, max)
        });
        Ok(())
    }
}

/// Selects by what a gesture covers of the lines from head to tail; pixels from the top left corner.
pub(super) fn select_covered(cx: &mut Context, mode: Mode, covers: impl Fn(Vec2, Vec2) -> bool) {
    let mut poses = DocumentEvaluator::default();
    poses.evaluate(cx.doc);
    let mut picker = BonePicker::default();
    let hits = picker.covered(cx.doc, &poses, &viewport(cx), &covers);
    let mut covered = vec![BitSet::default(); cx.doc.rigs.len()];
    for hit in hits {
        if let Some(covered) = covered.get_mut(hit.rig.index()) {
            covered.set(hit.bone.index(), true);
        }
    }
    if cx.view.overlays && !cx.doc.empties.is_empty() {
        let touched = empties::covered(cx.doc, &viewport(cx), covers);
        let touched: BitSet = touched.into_iter().collect();
        cx.doc
            .select_empties(|place, empty| mode.of(empty.select, touched.contains(place)));
    }
    for (id, covered) in cx.doc.rig_ids().zip(covered) {
        let Some(rig) = cx.doc.rigs.get(id.index()) else {
            continue;
        };
        let mut selected = rig.selected.clone();
        for bone in rig.armature.ids().filter(|&bone| rig.visible(bone)) {
            let place = bone.index();
            let (inside, before) = (covered.contains(place), selected.contains(place));
            selected.set(place, mode.of(before, inside));
        }
        if selected != rig.selected
            && let Some(rig) = cx.doc.rig_at_mut(id)
        {
            rig.selected = selected;
        }
    }
}

/// The box that is being drawn.
pub struct Band {
    start: Option<Vec2>,
    end: Vec2,
    height: f32,
}

impl Modal for SelectBox {
    type Drag = Band;

    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Band, Refusal> {
        let start = (!self.wait_for_input).then_some(event.pointer);
        Ok(Band {
            start,
            end: event.pointer,
            height: cx.place.size.y,
        })
    }

    fn handle(&mut self, band: &mut Band, _cx: &Context, event: &Event) -> Flow {
        band.end = event.pointer;
        match event.kind {
            EventKind::Key(ModalKey::Cancel) => return Flow::Cancel,
            EventKind::Key(ModalKey::Confirm) if band.start.is_none() => {
                band.start = Some(event.pointer);
                if event.modifiers.shift {
                    self.mode = Mode::Subtract;
                }
            }
            EventKind::Release if band.start.is_some() => {
                self.take(band);
                return Flow::Finish;
            }
            _ => {}
        }
        Flow::Idle
    }

    fn header(&self, band: &Band) -> Header {
        Header {
            band: band.start.map(|start| [start, band.end]),
            ..Header::default()
        }
    }
}

impl SelectBox {
    fn take(&mut self, band: &Band) {
        let start = band.start.unwrap_or(band.end);
        let (min, max) = (start.min(band.end), start.max(band.end));
        #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
        let whole = |value: f32| value.round() as i32;
        (self.xmin, self.xmax) = (whole(min.x), whole(max.x));
        (self.ymin, self.ymax) = (whole(band.height - max.y), whole(band.height - min.y));
    }
}
