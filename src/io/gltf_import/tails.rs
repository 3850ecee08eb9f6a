//! Where bones seem to end: glTF joints have no length, so tails are guessed, for drawing only.
//!
//! Nothing depends on absolute size: rigs may be in metres, in centimetres, or scaled by their armature.

use glam::{Mat3, Vec3};

use crate::math::transform;

/// How far a direction may be from an axis and still be along it: 18 degrees.
const ALONG: f32 = 0.95;

/// Where a bone is.
#[derive(Clone, Copy, Debug)]
pub struct Joint {
    /// The bone's parent, which stands before it.
    pub parent: Option<usize>,
    /// Armature space.
    pub head: Vec3,
    /// Armature space from bone space.
    pub frame: Mat3,
}

struct Guess<'a> {
    joints: &'a [Joint],
    frames: Vec<Mat3>,
    /// Children that are not at the head itself.
    children: Vec<Vec<usize>>,
    descendants: Vec<usize>,
    /// Distance below which two heads are in one place.
    near: f32,
    /// Length of a bone that has nothing to measure.
    length: f32,
    axis: Option<Vec3>,
}

/// The tail of every joint, armature space. `mesh_size` helps where all heads are in one place.
pub fn tails(joints: &[Joint], mesh_size: f32) -> Vec<Vec3> {
    let guess = Guess::new(joints, mesh_size);
    let mut tails: Vec<Vec3> = Vec::with_capacity(joints.len());
    for (index, joint) in joints.iter().enumerate() {
        let tail = guess
            .towards_children(index)
            .unwrap_or_else(|| guess.leaf(index, &tails));
        let good = tail.is_finite() && tail.distance(joint.head) > guess.near;
        tails.push(if good {
            tail
        } else {
            joint.head + guess.own_axis(index, Vec3::Y) * guess.length
        });
    }
    tails
}

impl<'a> Guess<'a> {
    fn new(joints: &'a [Joint], mesh_size: f32) -> Self {
        let first = joints.first().map_or(Vec3::ZERO, |joint| joint.head);
        let heads = || joints.iter().map(|joint| joint.head);
        let extent = heads().fold(first, Vec3::max) - heads().fold(first, Vec3::min);
        let extent = extent.max_element();
        let length = [extent * 0.1, mesh_size * 0.25, 1.0];
        let usable = |length: &f32| length.is_normal();
        let mut guess = Self {
            joints,
            frames: joints
                .iter()
                .map(|joint| transform::normalized_columns(joint.frame))
                .collect(),
            children: vec![Vec::new(); joints.len()],
            descendants: vec![0; joints.len()],
            near: if extent.is_finite() {
                extent * 1e-4
            } else {
                0.0
            },
            length: length.into_iter().find(usable).unwrap_or(1.0),
            axis: None,
        };
        guess.count_children();
        guess.axis = guess.leading_axis();
        guess
    }

    fn count_children(&mut self) {
        for (index, joint) in self.joints.iter().enumerate() {
            let apart = |parent: &usize| self.head(*parent).distance(joint.head) > self.near;
            if let Some(parent) = joint.parent.filter(apart)
                && let Some(children) = self.children.get_mut(parent)
            {
                children.push(index);
            }
        }
        for (index, joint) in self.joints.iter().enumerate().rev() {
            let below = self.descendants.get(index).copied().unwrap_or(0);
            if let Some(count) = joint.parent.and_then(|p| self.descendants.get_mut(p)) {
                *count += below + 1;
            }
        }
    }

    fn head(&self, index: usize) -> Vec3 {
        self.joints
            .get(index)
            .map_or(Vec3::ZERO, |joint| joint.head)
    }

    fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[], Vec::as_slice)
    }

    fn frame(&self, index: usize) -> Mat3 {
        self.frames.get(index).copied().unwrap_or(Mat3::IDENTITY)
    }

    /// A direction of the bone's own space, in armature space.
    fn own_axis(&self, index: usize, axis: Vec3) -> Vec3 {
        (self.frame(index) * axis).normalize_or(Vec3::Z)
    }

    /// The axis of the bone's own space that points at `target`, if one does.
    fn axis_towards(&self, index: usize, target: Vec3) -> Option<Vec3> {
        let local = self.frame(index).transpose() * (target - self.head(index)).normalize_or_zero();
        let axes = [Vec3::X, Vec3::Y, Vec3::Z, -Vec3::X, -Vec3::Y, -Vec3::Z];
        axes.into_iter().find(|axis| axis.dot(local) > ALONG)
    }

    /// The axis along which this rig's bones run: +Y for Blender's, +X for many others.
    fn leading_axis(&self) -> Option<Vec3> {
        let mut votes: Vec<(Vec3, usize)> = Vec::new();
        let mut voters = 0;
        for index in 0..self.joints.len() {
            let &[child] = self.children(index) else {
                continue;
            };
            voters += 1;
            let Some(axis) = self.axis_towards(index, self.head(child)) else {
                continue;
            };
            match votes.iter_mut().find(|(voted, _)| *voted == axis) {
                Some((_, count)) => *count += 1,
                None => votes.push((axis, 1)),
            }
        }
        let (axis, count) = votes.into_iter().max_by_key(|&(_, count)| count)?;
        (count * 2 > voters).then_some(axis)
    }

    /// The only child's head; of several the one that continues the bone, else their middle.
    fn towards_children(&self, index: usize) -> Option<Vec3> {
        let (head, children) = (self.head(index), self.children(index));
        if let &[child] = children {
            return Some(self.head(child));
        }
        let heads = || children.iter().map(|&child| self.head(child));
        if let Some(axis) = self.axis {
            let along = self.own_axis(index, axis);
            let aligned = |target: Vec3| (target - head).normalize_or_zero().dot(along);
            let best = heads().max_by(|a, b| aligned(*a).total_cmp(&aligned(*b)))?;
            if aligned(best) > ALONG {
                return Some(best);
            }
        }
        if children.is_empty() {
            return None;
        }
        let count = children.len() as f32;
        let middle = heads().fold(Vec3::ZERO, |sum, head| sum + head / count);
        let spread = heads().map(|child| child.distance(head)).sum::<f32>() / count;
        if middle.distance(head) > spread * 0.35 {
            return Some(middle);
        }
        // Children all around, as of hips: the one with most below it is the spine.
        let weight = |&child: &usize| self.descendants.get(child).copied().unwrap_or(0);
        let most = children.iter().copied().rev().max_by_key(weight)?;
        Some(self.head(most))
    }

    /// A bone without children goes on as its parent does, half as long.
    fn leaf(&self, index: usize, tails: &[Vec3]) -> Vec3 {
        let head = self.head(index);
        let parent = self.joints.get(index).and_then(|joint| joint.parent);
        let Some((parent, parent_tail)) = parent.zip(parent.and_then(|p| tails.get(p).copied()))
        else {
            return head + self.own_axis(index, self.axis.unwrap_or(Vec3::Y)) * self.length;
        };
        let parent_head = self.head(parent);
        let length = parent_tail.distance(parent_head) * 0.5;
        let continues = parent_tail.distance(head) <= self.near;
        let axis = self
            .axis_towards(parent, head)
            .filter(|_| continues)
            .or(self.axis);
        let direction = match axis {
            Some(axis) => self.own_axis(index, axis),
            None => (head - parent_head)
                .try_normalize()
                .unwrap_or_else(|| self.own_axis(index, Vec3::Y)),
        };
        head + direction * length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joint(parent: Option<usize>, head: Vec3, frame: Mat3) -> Joint {
        Joint {
            parent,
            head,
            frame,
        }
    }

    #[test]
    fn a_leaf_goes_on_half_as_long_at_any_scale() {
        for scale in [0.01, 1.0, 100.0] {
            let frame = Mat3::from_diagonal(Vec3::splat(scale));
            let chain = [
                joint(None, Vec3::ZERO, frame),
                joint(Some(0), Vec3::Y * 2.0 * scale, frame),
            ];
            let tails = tails(&chain, 0.0);
            assert!((tails[0] / scale).abs_diff_eq(Vec3::Y * 2.0, 1e-5));
            assert!((tails[1] / scale).abs_diff_eq(Vec3::Y * 3.0, 1e-5));
        }
    }

    #[test]
    fn of_several_children_the_one_straight_on_is_the_tail() {
        let rest = Mat3::IDENTITY;
        let hips = [
            joint(None, Vec3::ZERO, rest),
            joint(Some(0), Vec3::new(-1.0, 0.0, 0.0), rest),
            joint(Some(0), Vec3::Y, rest),
            joint(Some(2), Vec3::Y * 2.0, rest),
            joint(Some(0), Vec3::new(1.0, 0.0, 0.0), rest),
        ];
        let tails = tails(&hips, 0.0);
        assert_eq!(tails[0], Vec3::Y);
        // Nothing continues the legs, so they follow the axis of the rig.
        assert_eq!(tails[1], Vec3::new(-1.0, 0.5, 0.0));
    }

    #[test]
    fn without_an_axis_the_middle_of_the_children_is_the_tail() {
        let rest = Mat3::IDENTITY;
        let hand = [
            joint(None, Vec3::ZERO, rest),
            joint(Some(0), Vec3::new(3.0, 1.0, 0.0), rest),
            joint(Some(0), Vec3::new(3.0, -1.0, 0.0), rest),
        ];
        let tails = tails(&hand, 0.0);
        assert_eq!(tails[0], Vec3::X * 3.0);
        assert!(tails[1].distance(hand[1].head) > 1.0);
    }

    #[test]
    fn squashed_and_coincident_bones_have_a_finite_length() {
        let flat = [
            joint(None, Vec3::ZERO, Mat3::ZERO),
            joint(Some(0), Vec3::ZERO, Mat3::ZERO),
        ];
        let tails = tails(&flat, 4.0);
        assert!((tails[0].length() - 1.0).abs() < 1e-6);
        assert!((tails[1].length() - 0.5).abs() < 1e-6);
    }
}
