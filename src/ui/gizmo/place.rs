//! Where the handles stand: the pivot of the selected bones and the axes of the view's orientation.
//!
//! Found anew only when the document or a setting has changed: hovering costs nothing.

use glam::{Mat3, Quat, Vec3};

use crate::model::document::Document;
use crate::model::tools::Tool;
use crate::model::transform_settings::{OrientType, PivotPoint};
use crate::model::view::View;
use crate::ops::transform::orientation::Frame;
use crate::ops::transform::targets::{Kind, Pivot, Targets};

/// What the place depends on.
struct Key {
    document: Document,
    tool: Tool,
    pivot: PivotPoint,
    orientation: OrientType,
    rotation: Quat,
}

/// The place that was found last.
#[derive(Default)]
pub struct Place {
    key: Option<Key>,
    found: Option<(Vec3, Mat3)>,
}

impl Place {
    /// Pivot and axes, world space; nothing if no bone is selected.
    pub fn find(&mut self, document: &Document, view: &View) -> Option<(Vec3, Mat3)> {
        let same = self.key.as_ref().is_some_and(|key| {
            key.document.same_pointers(document)
                && key.tool == view.tool
                && key.pivot == view.pivot_point
                && key.orientation == view.orientation
                && key.rotation == view.camera.rotation
        });
        if !same {
            self.found = find(document, view);
            self.key = Some(Key {
                document: document.clone(),
                tool: view.tool,
                pivot: view.pivot_point,
                orientation: view.orientation,
                rotation: view.camera.rotation,
            });
        }
        self.found
    }
}

fn find(document: &Document, view: &View) -> Option<(Vec3, Mat3)> {
    let kind = match view.tool {
        Tool::SelectBox | Tool::Move => Kind::Translate,
        Tool::Rotate => Kind::Rotate,
        Tool::Scale => Kind::Resize,
    };
    let pivot = Pivot::Setting(view.pivot_point);
    let targets = Targets::collect(document, kind, pivot).ok()?;
    let frame = Frame::new(&targets, view.orientation, view.camera.rotation);
    let found = (targets.center(), frame.shared);
    (found.0.is_finite() && found.1.is_finite()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::runner::Session;

    #[test]
    fn the_place_is_found_anew_only_after_a_change() {
        let mut session = Session::default();
        for call in [
            "wm.read_homefile(mannequin: true)",
            "view3d.select(bone: \"hips\")",
        ] {
            session.run_text(call).unwrap();
        }
        let mut place = Place::default();
        let first = place.find(&session.document, &session.view);
        assert!(first.is_some());
        let other = Some((Vec3::splat(7.0), Mat3::IDENTITY));
        place.found = other;
        assert_eq!(place.find(&session.document, &session.view), other);
        let moved = "transform.translate(value: (0.0, 0.0, 0.25))";
        session.run_text(moved).unwrap();
        let (before, _) = first.unwrap();
        let (after, _) = place.find(&session.document, &session.view).unwrap();
        assert!((after - before).abs_diff_eq(Vec3::Z * 0.25, 1e-5));
        session.view.pivot_point = PivotPoint::ActiveElement;
        place.found = None;
        assert!(place.find(&session.document, &session.view).is_some());
    }
}
