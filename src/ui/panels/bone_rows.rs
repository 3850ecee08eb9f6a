//! The rows of the bone list: the trees of all rigs, flattened as far as they are open.

use std::collections::BTreeSet;

use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::ui::acts::BoneRef;

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
}

/// What is shut: rigs and bones whose children are not shown.
pub type Shut = BTreeSet<(RigId, Option<BoneId>)>;

/// The rows of a document; with a filter, only bones whose name contains it, without their tree.
pub fn rows(document: &Document, shut: &Shut, filter: &str) -> Vec<Row> {
    let several = document.rigs.len() > 1;
    let mut rows = Vec::new();
    for (place, rig) in document.rigs.iter().enumerate() {
        let id = RigId::new(place);
        let open = !shut.contains(&(id, None));
        if several {
            rows.push(Row {
                rig: id,
                bone: None,
                depth: 0,
                open: Some(open),
            });
        }
        if several && !open {
            continue;
        }
        if filter.is_empty() {
            tree(id, rig, shut, usize::from(several), &mut rows);
        } else {
            matches(id, rig, filter, usize::from(several), &mut rows);
        }
    }
    rows
}

fn tree(id: RigId, rig: &Rig, shut: &Shut, base: usize, rows: &mut Vec<Row>) {
    let mut children: Vec<Vec<BoneId>> = vec![Vec::new(); rig.armature.bones.len()];
    let mut waiting: Vec<(BoneId, usize)> = Vec::new();
    for (place, bone) in rig.armature.bones.iter().enumerate() {
        let own = BoneId::new(place);
        match bone
            .parent
            .and_then(|parent| children.get_mut(parent.index()))
        {
            Some(siblings) => siblings.push(own),
            None => waiting.push((own, base)),
        }
    }
    waiting.reverse();
    while let Some((bone, depth)) = waiting.pop() {
        let below = children.get(bone.index()).map_or(&[][..], Vec::as_slice);
        let open = !shut.contains(&(id, Some(bone)));
        let mark = (!below.is_empty()).then_some(open);
        rows.push(Row {
            rig: id,
            bone: Some(bone),
            depth,
            open: mark,
        });
        if open {
            waiting.extend(below.iter().rev().map(|&child| (child, depth + 1)));
        }
    }
}

fn matches(id: RigId, rig: &Rig, filter: &str, depth: usize, rows: &mut Vec<Row>) {
    let wanted = filter.to_lowercase();
    for (place, bone) in rig.armature.bones.iter().enumerate() {
        if bone.name.to_lowercase().contains(&wanted) {
            let bone = Some(BoneId::new(place));
            rows.push(Row {
                rig: id,
                bone,
                depth,
                open: None,
            });
        }
    }
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
    use crate::model::armature::Armature;
    use crate::model::bone::Bone;
    use std::sync::Arc;

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
        let all = rows(&document, &shut, "");
        assert_eq!(
            names(&document, &all),
            ["root", ">arm.L", ">>hand.L", ">arm.R"]
        );
        shut.insert((RigId(0), Some(BoneId(1))));
        let fewer = rows(&document, &shut, "");
        assert_eq!(names(&document, &fewer), ["root", ">arm.L", ">arm.R"]);
        open_to(&document, (RigId(0), BoneId(3)), &mut shut);
        assert!(shut.is_empty());
    }

    #[test]
    fn a_filter_shows_matches_without_their_tree() {
        let document = document();
        let found = rows(&document, &Shut::new(), "HAND");
        assert_eq!(names(&document, &found), ["hand.L"]);
    }
}
