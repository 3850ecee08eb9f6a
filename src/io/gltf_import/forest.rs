//! Which nodes become bones, and which bones belong to one armature.
//!
//! Joints and the nodes between them are bones. Joints of one skin, and joints below one another, are of one
//! armature; what is left apart are separate rigs. Animated nodes above or below joints are bones too, as the
//! joints' motion or that of what they carry would be lost. A file without skins is one rig of all its nodes.

use glam::Mat4;

use crate::io::gltf_import::nodes::Tree;
use crate::io::gltf_import::place::Fault;
use crate::io::gltf_import::skins::Skin;

/// Bones that a file may have; more than any character needs, few enough to stay responsive.
const MAX_BONES: usize = 1 << 16;

/// A bone of one of the rigs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which rig.
    pub rig: usize,
    /// Which of its bones.
    pub bone: usize,
}

/// All bones of a file.
#[derive(Clone, Debug)]
pub struct Forest {
    /// Per rig the nodes of its bones, parents first.
    pub rigs: Vec<Vec<usize>>,
    /// Per node the bone that it is.
    pub place_of: Vec<Option<Place>>,
    /// Per node the bone that it is or hangs under, and its transform there: bone space from node space.
    pub carrier: Vec<Option<(Place, Mat4)>>,
    /// Whether the node is a joint of a skin.
    pub is_joint: Vec<bool>,
}

impl Forest {
    /// Finds the bones; `moved` says which nodes are animated.
    pub fn plant(tree: &Tree, skins: &[Skin], moved: &[bool]) -> Result<Self, Fault> {
        let mut is_joint = vec![false; tree.nodes.len()];
        for &joint in skins.iter().filter(|s| s.used).flat_map(|s| &s.joints) {
            if let Some(slot) = is_joint.get_mut(joint) {
                *slot = true;
            }
        }
        let groups = if is_joint.contains(&true) {
            joint_groups(tree, skins, &with_moved(tree, &is_joint, moved))
        } else {
            let shown = |&shown: &bool| shown.then_some(0);
            tree.shown.iter().map(shown).collect()
        };
        let count = groups.iter().flatten().count();
        if count > MAX_BONES {
            return Err(format!(
                "has {count} nodes to pose; more than {MAX_BONES} cannot be shown"
            ));
        }
        let (rigs, place_of) = number(tree, &groups);
        let carrier = carriers(tree, &place_of);
        Ok(Self {
            rigs,
            place_of,
            carrier,
            is_joint,
        })
    }

    /// The bone that a node is.
    pub fn place(&self, node: usize) -> Option<Place> {
        self.place_of.get(node).copied().flatten()
    }

    /// The bone that carries a node, and the node's transform on it.
    pub fn carrier(&self, node: usize) -> Option<(Place, Mat4)> {
        self.carrier.get(node).copied().flatten()
    }
}

fn at<T: Copy>(list: &[Option<T>], index: Option<usize>) -> Option<T> {
    list.get(index?).copied().flatten()
}

/// The joints, and the animated nodes on the way to a joint or below one.
fn with_moved(tree: &Tree, is_joint: &[bool], moved: &[bool]) -> Vec<bool> {
    let is = |list: &[bool], index: usize| list.get(index).copied().unwrap_or(false);
    let leads = leading(tree, is_joint);
    let mut below = is_joint.to_vec();
    for &index in &tree.order {
        let parent = tree.node(index).and_then(|node| node.parent);
        if parent.is_some_and(|parent| is(&below, parent))
            && let Some(slot) = below.get_mut(index)
        {
            *slot = true;
        }
    }
    let bone = |(index, &joint): (usize, &bool)| {
        let skinned = tree.node(index).is_some_and(|node| node.skin.is_some());
        let near = is(&leads, index) || is(&below, index);
        joint || near && !skinned && tree.is_shown(index) && is(moved, index)
    };
    is_joint.iter().enumerate().map(bone).collect()
}

/// Whether each node is one of these or has one below it.
fn leading(tree: &Tree, of: &[bool]) -> Vec<bool> {
    let mut leads = of.to_vec();
    for &index in tree.order.iter().rev() {
        let here = leads.get(index).copied().unwrap_or(false);
        let parent = tree.node(index).and_then(|node| node.parent);
        if let Some(slot) = parent.and_then(|parent| leads.get_mut(parent)) {
            *slot |= here;
        }
    }
    leads
}

/// Per node the group whose bone it is: a joint's number that stands for the group.
fn joint_groups(tree: &Tree, skins: &[Skin], is_joint: &[bool]) -> Vec<Option<usize>> {
    let joint = |index: usize| is_joint.get(index).copied().unwrap_or(false);
    let mut joint_above: Vec<Option<usize>> = vec![None; tree.nodes.len()];
    for &index in &tree.order {
        let parent = tree.node(index).and_then(|node| node.parent);
        let above = parent
            .filter(|&parent| joint(parent))
            .or_else(|| at(&joint_above, parent));
        if let Some(slot) = joint_above.get_mut(index) {
            *slot = above;
        }
    }
    let leads_to_joint = leading(tree, is_joint);
    let mut unions = Unions::new(tree.nodes.len());
    for skin in skins.iter().filter(|skin| skin.used) {
        for pair in skin.joints.windows(2) {
            if let [a, b] = *pair {
                unions.join(a, b);
            }
        }
    }
    for (index, above) in joint_above.iter().enumerate() {
        if let Some(above) = above.filter(|_| joint(index)) {
            unions.join(index, above);
        }
    }
    let group = |(index, leads): (usize, &bool)| {
        let above = at(&joint_above, Some(index)).filter(|_| *leads);
        let member = if joint(index) { Some(index) } else { above };
        member.map(|member| unions.top(member))
    };
    leads_to_joint.iter().enumerate().map(group).collect()
}

type Numbered = (Vec<Vec<usize>>, Vec<Option<Place>>);

/// Rigs in the order in which the scene meets them, bones depth first.
fn number(tree: &Tree, groups: &[Option<usize>]) -> Numbered {
    let mut rigs: Vec<Vec<usize>> = Vec::new();
    let mut place_of = vec![None; tree.nodes.len()];
    let mut rig_of_group: Vec<Option<usize>> = vec![None; tree.nodes.len()];
    for &index in &tree.order {
        let Some(group) = at(groups, Some(index)) else {
            continue;
        };
        let Some(slot) = rig_of_group.get_mut(group) else {
            continue;
        };
        let rig = *slot.get_or_insert(rigs.len());
        if rig == rigs.len() {
            rigs.push(Vec::new());
        }
        if let (Some(bones), Some(place)) = (rigs.get_mut(rig), place_of.get_mut(index)) {
            *place = Some(Place {
                rig,
                bone: bones.len(),
            });
            bones.push(index);
        }
    }
    (rigs, place_of)
}

/// Transforms are multiplied downwards, so that no bone's matrix need be inverted.
fn carriers(tree: &Tree, place_of: &[Option<Place>]) -> Vec<Option<(Place, Mat4)>> {
    let mut carrier: Vec<Option<(Place, Mat4)>> = vec![None; tree.nodes.len()];
    for &index in &tree.order {
        let Some(node) = tree.node(index) else {
            continue;
        };
        let own = at(place_of, Some(index)).map(|place| (place, Mat4::IDENTITY));
        let found = own.or_else(|| {
            let (place, bone_from_parent) = at(&carrier, node.parent)?;
            Some((place, bone_from_parent * node.parent_from_node))
        });
        if let Some(slot) = carrier.get_mut(index) {
            *slot = found;
        }
    }
    carrier
}

/// Disjoint sets of numbers.
struct Unions {
    parent: Vec<usize>,
}

impl Unions {
    fn new(length: usize) -> Self {
        Self {
            parent: (0..length).collect(),
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        // The smaller number stands for the set, so that the result does not depend on the order of joining.
        if let Some(slot) = self.parent.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }

    /// The number that stands for the item's set; the way there is shortened.
    fn top(&mut self, item: usize) -> usize {
        let mut top = item;
        while let Some(&above) = self.parent.get(top).filter(|&&above| above != top) {
            top = above;
        }
        let mut item = item;
        while let Some(slot) = self.parent.get_mut(item).filter(|slot| **slot != top) {
            item = std::mem::replace(slot, top);
        }
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_that_share_a_member_are_one() {
        let mut unions = Unions::new(6);
        unions.join(4, 5);
        unions.join(1, 2);
        unions.join(5, 2);
        assert_eq!(unions.top(4), 1);
        assert_eq!(unions.top(3), 3);
    }
}
