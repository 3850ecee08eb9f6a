//! The rows of the bone list: the trees of all rigs, flattened as far as they are open.
//!
//! They are made anew only where something they follow from has changed.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use crate::model::armature::Armature;
use crate::model::bits::BitSet;
use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ui::acts::BoneRef;

/// A rig, or a bone of it.
pub type Node = (RigId, Option<BoneId>);

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The rig.
    pub rig: RigId,
    /// The bone; nothing: the row is the rig's own.
    pub bone: Option<BoneId>,
    /// How far it is indented, in steps.
    pub depth: usize,
    /// Whether it has children, and then whether they are shown.
    pub open: Option<bool>,
    /// Whether it is listed only for what stands below it.
    pub dim: bool,
}

impl Row {
    /// What the row stands for.
    pub fn node(&self) -> Node {
        (self.rig, self.bone)
    }
}

/// What is shut: rigs and bones whose children are not shown.
pub type Shut = BTreeSet<Node>;

/// Which bones are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Bones whose name contains this, in capitals or not.
    pub text: String,
    /// Selected bones.
    pub only_selected: bool,
}

impl Filter {
    /// Whether every bone is listed.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && !self.only_selected
    }

    fn matches(&self, rig: &Rig, wanted: &str, bone: BoneId) -> bool {
        let named = wanted.is_empty() || rig.armature.name(bone).to_lowercase().contains(wanted);
        named && (!self.only_selected || rig.selected.contains(bone.index()))
    }
}

/// The rows, and what they were made from.
#[derive(Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    armatures: Vec<Weak<Armature>>,
    selected: Vec<BitSet>,
    shut: Shut,
    filter: Filter,
}

impl Rows {
    /// Makes them anew if they are out of date.
    pub fn follow(&mut self, document: &Document, shut: &Shut, filter: &Filter) {
        let rigs = &document.rigs;
        let same = |(rig, armature): (&Arc<Rig>, &Weak<Armature>)| {
            std::ptr::eq(armature.as_ptr(), Arc::as_ptr(&rig.armature))
        };
        let selection = |(rig, selected): (&Arc<Rig>, &BitSet)| rig.selected == *selected;
        let current = self.armatures.len() == rigs.len()
            && rigs.iter().zip(&self.armatures).all(same)
            && (!filter.only_selected
                || self.selected.len() == rigs.len()
                    && rigs.iter().zip(&self.selected).all(selection))
            && self.shut == *shut
            && self.filter == *filter;
        if current {
            return;
        }
        let armatures = rigs.iter().map(|rig| Arc::downgrade(&rig.armature));
        self.armatures = armatures.collect();
        let selected = rigs.iter().filter(|_| filter.only_selected);
        self.selected = selected.map(|rig| rig.selected.clone()).collect();
        self.shut.clone_from(shut);
        self.filter.clone_from(filter);
        self.rows = rows(document, shut, filter);
    }

    /// The rows from top to bottom.
    pub fn all(&self) -> &[Row] {
        &self.rows
    }

    /// The place of a rig's or bone's row.
    pub fn place_of(&self, node: Node) -> Option<usize> {
        self.rows.iter().position(|row| row.node() == node)
    }
}

/// The rows of a document. With a filter, bones that match it and, dimmed, those above them; nothing is
/// shut then.
pub fn rows(document: &Document, shut: &Shut, filter: &Filter) -> Vec<Row> {
    let several = document.rigs.len() > 1;
    let mut rows = Vec::new();
    for (id, rig) in document.rig_ids().zip(document.rigs.iter()) {
        let listed = listed(rig, filter);
        if !filter.is_empty() && listed.is_empty() {
            continue;
        }
        let open = !filter.is_empty() || !shut.contains(&(id, None));
        if several {
            let bones = !rig.armature.bones.is_empty();
            rows.push(Row {
                rig: id,
                bone: None,
                depth: 0,
                open: bones.then_some(open),
                dim: false,
            });
        }
        if several && !open {
            continue;
        }
        let base = usize::from(several);
        if filter.is_empty() {
            tree(id, rig, base, &mut rows, |bone| {
                let open = !shut.contains(&(id, Some(bone)));
                Some((open, false))
            });
        } else {
            let wanted = filter.text.to_lowercase();
            tree(id, rig, base, &mut rows, |bone| {
                let dim = !filter.matches(rig, &wanted, bone);
                listed.contains(bone.index()).then_some((true, dim))
            });
        }
    }
    rows
}

/// The bones that match a filter and all above them; none without a filter.
fn listed(rig: &Rig, filter: &Filter) -> BitSet {
    let mut listed = BitSet::default();
    if filter.is_empty() {
        return listed;
    }
    let wanted = filter.text.to_lowercase();
    for bone in rig.armature.ids() {
        let mut next = Some(bone).filter(|&bone| filter.matches(rig, &wanted, bone));
        while let Some(bone) = next.filter(|bone| !listed.contains(bone.index())) {
            listed.set(bone.index(), true);
            next = rig.armature.bone(bone).and_then(|bone| bone.parent);
        }
    }
    listed
}

/// The children of each bone, and the bones without a parent.
fn children(armature: &Armature) -> (Vec<Vec<BoneId>>, Vec<BoneId>) {
    let mut children: Vec<Vec<BoneId>> = vec![Vec::new(); armature.bones.len()];
    let mut roots = Vec::new();
    for (place, bone) in armature.bones.iter().enumerate() {
        let siblings = bone.parent.and_then(|id| children.get_mut(id.index()));
        siblings.unwrap_or(&mut roots).push(BoneId::new(place));
    }
    (children, roots)
}

/// The rows of a rig's bones, for which `look` says whether their children are shown and whether they are
/// dimmed; nothing: they are left out with all below them.
fn tree(
    id: RigId,
    rig: &Rig,
    base: usize,
    rows: &mut Vec<Row>,
    look: impl Fn(BoneId) -> Option<(bool, bool)>,
) {
    let (children, roots) = children(&rig.armature);
    let mut waiting: Vec<(BoneId, usize)> =
        roots.into_iter().rev().map(|bone| (bone, base)).collect();
    while let Some((bone, depth)) = waiting.pop() {
        let Some((open, dim)) = look(bone) else {
            continue;
        };
        let below = children.get(bone.index()).map_or(&[][..], Vec::as_slice);
        let any = below.iter().any(|&child| look(child).is_some());
        rows.push(Row {
            rig: id,
            bone: Some(bone),
            depth,
            open: any.then_some(open),
            dim,
        });
        if open {
            waiting.extend(below.iter().rev().map(|&child| (child, depth + 1)));
        }
    }
}

/// Everything below a rig or bone that has children, and itself if it has, each with its depth from 0.
pub fn parents_below(document: &Document, node: Node) -> Vec<(Node, usize)> {
    let (rig, bone) = node;
    let Some(armature) = document.rigs.get(rig.index()).map(|rig| &rig.armature) else {
        return Vec::new();
    };
    let (children, roots) = children(armature);
    let mut waiting = vec![(node, 0)];
    let mut found = Vec::new();
    while let Some((node, depth)) = waiting.pop() {
        let below = match node.1 {
            Some(bone) => children.get(bone.index()).map_or(&[][..], Vec::as_slice),
            None => roots.as_slice(),
        };
        if below.is_empty() {
            continue;
        }
        found.push((node, depth));
        waiting.extend(below.iter().map(|&child| ((rig, Some(child)), depth + 1)));
    }
    if document.rigs.len() == 1 && bone.is_none() {
        // A single rig has no row of its own.
        found.retain(|((_, bone), _)| bone.is_some());
    }
    found
}

/// Opens everything above a bone.
pub fn open_to(document: &Document, (rig, bone): BoneRef, shut: &mut Shut) {
    shut.remove(&(rig, None));
    let Some(armature) = document.rigs.get(rig.index()).map(|rig| &rig.armature) else {
        return;
    };
    let mut above = armature.bone(bone).and_then(|bone| bone.parent);
    while let Some(bone) = above {
        shut.remove(&(rig, Some(bone)));
        above = armature.bone(bone).and_then(|bone| bone.parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::bone::Bone;

    fn document() -> Document {
        let bone = |name: &str, parent: Option<u32>| {
            Arc::new(Bone {
                name: name.into(),
                parent: parent.map(BoneId),
                ..Bone::default()
            })
        };
        // Two arms listed level by level, as some files have them.
        let bones = vec![
            bone("root", None),
            bone("arm.L", Some(0)),
            bone("arm.R", Some(0)),
            bone("hand.L", Some(1)),
        ];
        let mut document = Document::default();
        document.add_rig(Rig::new(
            "rig".to_owned(),
            Armature {
                bones,
                ..Armature::default()
            },
        ));
        document
    }

    fn names(document: &Document, rows: &[Row]) -> Vec<String> {
        let armature = &document.rigs[0].armature;
        rows.iter()
            .map(|row| {
                format!(
                    "{}{}",
                    ">".repeat(row.depth),
                    armature.name(row.bone.unwrap())
                )
            })
            .collect()
    }

    #[test]
    fn children_follow_their_parent_and_shut_ones_are_left_out() {
        let document = document();
        let mut shut = Shut::new();
        let all = rows(&document, &shut, &Filter::default());
        assert_eq!(
            names(&document, &all),
            ["root", ">arm.L", ">>hand.L", ">arm.R"]
        );
        shut.insert((RigId(0), Some(BoneId(1))));
        let fewer = rows(&document, &shut, &Filter::default());
        assert_eq!(names(&document, &fewer), ["root", ">arm.L", ">arm.R"]);
        open_to(&document, (RigId(0), BoneId(3)), &mut shut);
        assert!(shut.is_empty());
    }

    fn filtered(text: &str, only_selected: bool) -> Filter {
        Filter {
            text: text.to_owned(),
            only_selected,
        }
    }

    #[test]
    fn a_filter_shows_matches_and_dims_what_is_above_them() {
        let document = document();
        let shut = [(RigId(0), Some(BoneId(0)))].into();
        let found = rows(&document, &shut, &filtered("AND", false));
        assert_eq!(names(&document, &found), ["root", ">arm.L", ">>hand.L"]);
        let dim: Vec<bool> = found.iter().map(|row| row.dim).collect();
        assert_eq!(dim, [true, true, false]);
        assert!(rows(&document, &shut, &filtered("foot", false)).is_empty());
    }

    #[test]
    fn only_selected_bones_follow_the_selection() {
        let mut document = document();
        let mut list = Rows::default();
        list.follow(&document, &Shut::new(), &filtered("", true));
        assert!(list.all().is_empty());
        document.rig_mut().unwrap().selected.set(2, true);
        list.follow(&document, &Shut::new(), &filtered("", true));
        assert_eq!(names(&document, list.all()), ["root", ">arm.R"]);
        assert_eq!(list.place_of((RigId(0), Some(BoneId(2)))), Some(1));
    }

    #[test]
    fn parents_below_a_rig_are_told_with_their_depth() {
        let document = document();
        let found = parents_below(&document, (RigId(0), None));
        let of = |bone: u32, depth: usize| ((RigId(0), Some(BoneId(bone))), depth);
        assert_eq!(found, [of(0, 1), of(1, 2)]);
    }
}
