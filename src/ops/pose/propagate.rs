//! Later poses that take the values of the current one.
//!
//! Frames of the scene are taken for frames of the action, also while the action of a strip is edited, which
//! runs at frames of its own: so does Blender 4.5.

use std::sync::Arc;

use crate::choice;
use crate::eval::animation;
use crate::model::document::Document;
use crate::model::fcurve::FCurve;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::props::Unit;
use crate::ops::shared::frames;
use crate::ops::shared::keyed_action::{self, Tally};
use crate::ops::shared::keys::{self, Insert};
use crate::ops::shared::posed_curves::{PosedRig, columns, posed_curves};
use crate::props;

choice! {
    /// Which frames get the values.
    pub enum Until: NextKey {
        /// The next frame with a key
        NextKey = "NEXT_KEY", "To Next Keyframe";
        /// The last frame with a key, so that a cycle can close
        LastKey = "LAST_KEY", "To Last Keyframe";
        /// Every frame with a key from here to the one given below
        BeforeFrame = "BEFORE_FRAME", "Before Frame";
        /// Every frame with a key from here on
        BeforeEnd = "BEFORE_END", "Before Last Keyframe";
        /// Every frame with a selected key, earlier ones too
        SelectedKeys = "SELECTED_KEYS", "On Selected Keyframes";
        /// The frame of every selected marker, earlier ones too
        SelectedMarkers = "SELECTED_MARKERS", "On Selected Markers";
    }
}

props! {
    /// Key the values that the selected bones have at this frame at other frames too.
    pub struct Propagate {
        /// Which frames get the values.
        mode: Until = Until::NextKey, HINT.label("Terminate Mode");
        /// The last frame that gets the values.
        end_frame: f32 = 250.0, HINT.range(f32::MIN_POSITIVE, f32::INFINITY).soft_range(1.0, 250.0).unit(Unit::Frame);
    }
}

impl Operator for Propagate {
    const INFO: Info = Info::new("pose.propagate", "Propagate Pose");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("mode")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rigs = posed_curves(cx.doc);
        if rigs.is_empty() {
            return Err(Refusal::error(
                "No bone here is animated, so there are no keys to propagate to; key the pose first",
            ));
        }
        let targets = self.targets(cx.doc, &rigs);
        let mut tally = Tally::default();
        for posed in rigs.iter().filter(|_| !targets.is_empty()) {
            tally.add(propagate(cx.doc, posed, &targets));
        }
        cx.info(format!("Propagated the pose: {}", tally.words()));
        Ok(())
    }

    fn idle(&self) -> &'static [&'static str] {
        match self.mode {
            Until::BeforeFrame => &[],
            _ => &["end_frame"],
        }
    }
}

impl Propagate {
    /// The frames that get the values, ascending.
    fn targets(&self, doc: &Document, rigs: &[PosedRig]) -> Vec<f32> {
        let now = doc.scene.frame;
        let columns = |wanted: fn(&FCurve, usize) -> bool| columns(rigs, |_, frame| frame, wanted);
        let every = || columns(|_, _| true).into_iter();
        let curves = || rigs.iter().flat_map(PosedRig::curves);
        match self.mode {
            Until::NextKey => {
                let next = curves().filter_map(|(_, curve)| next_key(curve, now));
                next.reduce(f32::min).into_iter().collect()
            }
            Until::LastKey => {
                let last = curves().filter_map(|(_, curve)| Some(curve.keys.last()?.frame()));
                last.reduce(f32::max).into_iter().collect()
            }
            Until::BeforeFrame => every()
                .filter(|column| (now..=self.end_frame).contains(column) && *column > now)
                .collect(),
            Until::BeforeEnd => every().filter(|column| *column > now).collect(),
            Until::SelectedKeys => columns(is_selected),
            Until::SelectedMarkers => {
                let markers = doc.scene.markers.iter().filter(|marker| marker.select);
                let mut found: Vec<f32> =
                    markers.map(|marker| frames::exact(marker.frame)).collect();
                found.sort_by(f32::total_cmp);
                found.dedup();
                found
            }
        }
    }
}

/// The first key after a frame, or the last one where there is none.
fn next_key(curve: &FCurve, frame: f32) -> Option<f32> {
    let after = match curve.key_at(frame) {
        Some(here) => here + 1,
        None => curve.keys.partition_point(|key| key.frame() <= frame),
    };
    let key = curve.keys.get(after).or(curve.keys.last())?;
    Some(key.frame())
}

fn is_selected(curve: &FCurve, place: usize) -> bool {
    let selection = &curve.selection;
    [&selection.keys, &selection.left, &selection.right]
        .iter()
        .any(|part| part.contains(place))
}

/// Keys every curve at these frames, with the value it gives at the current one.
fn propagate(doc: &mut Document, posed: &PosedRig, targets: &[f32]) -> Tally {
    let mut tally = Tally::default();
    let now = doc.scene.frame;
    // Another rig with the same action may have changed it.
    let rig = doc.rigs.get(posed.rig.index());
    let Some(before) = rig.and_then(|rig| keyed_action::action(doc, rig)).cloned() else {
        return tally;
    };
    let name = rig.and_then(|rig| rig.animation.active_action.clone());
    let Some(action) = name.and_then(|name| keyed_action::action_mut(doc, &name)) else {
        return tally;
    };
    for bone in &posed.bones {
        let mut keys = 0;
        for &place in &bone.curves {
            let Some(curve) = action.fcurves.get_mut(place) else {
                continue;
            };
            let insert = Insert::new(now, animation::value_at(&before, place, now));
            keys += keys::insert_at(Arc::make_mut(curve), targets, &insert);
        }
        let first = bone.curves.first();
        if let Some(curve) = first.and_then(|&place| before.fcurves.get(place)) {
            tally.count(posed.rig, curve, keys);
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fcurve::Key;

    fn curve(frames: &[f32]) -> FCurve {
        let keys = frames.iter().map(|&frame| Key::new(frame, 0.0)).collect();
        FCurve {
            keys: Arc::new(keys),
            ..FCurve::new(Some("b"), "location", 0)
        }
    }

    #[test]
    fn the_next_key_is_the_one_after_the_frame_or_the_last() {
        let curve = curve(&[1.0, 5.0, 9.0]);
        let next = |frame| next_key(&curve, frame);
        assert_eq!([-3.0, 1.005, 3.0].map(next), [1.0, 5.0, 5.0].map(Some));
        assert_eq!([9.0, 9.5, 80.0].map(next), [Some(9.0); 3]);
        assert_eq!(next_key(&self::curve(&[]), 1.0), None);
    }

    #[test]
    fn a_key_counts_as_selected_by_any_of_its_parts() {
        let mut curve = curve(&[1.0, 5.0, 9.0]);
        curve.selection.keys.set(0, true);
        curve.selection.right.set(2, true);
        let selected = |place| is_selected(&curve, place);
        assert_eq!([0, 1, 2].map(selected), [true, false, true]);
    }
}
