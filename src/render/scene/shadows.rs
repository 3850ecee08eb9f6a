//! The shadow below figures: what is near the floor darkens it, the more the larger and the nearer it is.

use glam::Vec3;

use crate::model::view::Shading;
use crate::render::scene::{Posed, Scene, posed_rigs};
use crate::render::shadow::Spot;
use crate::render::viewport::FrameInput;

/// Opacity below a bone that lies on the floor, and below the figure as a whole.
const STRENGTH: (f32, f32) = (0.35, 0.28);
/// How high above the floor a bone is without a shadow, against the figure's height.
const REACH: f32 = 0.22;
/// How long a bone is that has all of its shadow, against the figure's height.
const WHOLE: f32 = 0.1;

impl Scene {
    pub(super) fn list_shadows(&mut self, frame: &FrameInput) {
        self.shadows.clear();
        let solid = matches!(frame.view.shading, Shading::Solid | Shading::Material);
        // From below one would look through the floor at it.
        if !solid || !frame.view.shows_floor() || frame.camera.eye().z < 0.0 {
            return;
        }
        let figures = posed_rigs(frame, &self.skeletons);
        for posed in figures.filter(|posed| !posed.rig.meshes.is_empty()) {
            spots(&posed, &mut self.shadows);
        }
    }
}

/// Heads and tails of the bones that carry a figure, world space.
fn bones<'a>(posed: &'a Posed<'a>) -> impl Iterator<Item = (Vec3, Vec3)> + 'a {
    let ids = posed.rig.armature.ids();
    let deforms = |id| posed.rig.armature.bone(id).is_some_and(|bone| bone.deform);
    ids.filter(move |&id| deforms(id)).filter_map(|id| {
        let world = |point| posed.world_from_armature.transform_point3(point);
        let head = world(posed.posed.head(id)?);
        let tail = world(posed.posed.tail(id)?);
        (head.is_finite() && tail.is_finite()).then_some((head, tail))
    })
}

fn spots(posed: &Posed, out: &mut Vec<Spot>) {
    let (mut min, mut max) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
    for (head, tail) in bones(posed) {
        min = min.min(head).min(tail);
        max = max.max(head).max(tail);
    }
    let size = (max - min).max_element();
    if !size.is_finite() || size <= 0.0 {
        return;
    }
    let nearness = |height: f32| (1.0 - height.max(0.0) / (REACH * size)).clamp(0.0, 1.0);
    let middle = (min + max) * 0.5;
    let (one, all) = STRENGTH;
    let around = Spot {
        centre: middle.truncate().to_array(),
        radius: 0.30 * (max - min).truncate().length() + 0.2 * size,
        strength: all * nearness(min.z),
    };
    let spot = |(head, tail): (Vec3, Vec3)| {
        let height = head.z.min(tail.z);
        let near = nearness(height);
        let share = (head.distance(tail) / (WHOLE * size)).min(1.0);
        Spot {
            centre: head.midpoint(tail).truncate().to_array(),
            radius: 0.55 * head.distance(tail).min((head - tail).truncate().length())
                + 0.065 * size
                + 0.3 * height.max(0.0),
            strength: one * near * near * share,
        }
    };
    let seen = |spot: &Spot| spot.strength > 0.004;
    out.extend(
        std::iter::once(around)
            .chain(bones(posed).map(spot))
            .filter(seen),
    );
}
