//! Selecting bones that have something in common with the selected ones or the active one.

use std::collections::{BTreeSet, HashSet};

use crate::model::armature::BoneColor;
use crate::model::bits::BitSet;
use crate::model::id::{BoneId, RigId};
use crate::model::keying_set::KeyingSet;
use crate::model::rig::Rig;
use crate::ops::context::{Context, NO_BONE, Request};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::pose::select::NO_ACTIVE_BONE;
use crate::{choice, props};

choice! {
    /// What bones must have in common.
    pub enum Grouping: Collection {
        /// A bone collection of the active bone
        Collection = "COLLECTION", "Collection";
        /// The colour of the active bone
        Color = "COLOR", "Color";
        /// The bones that the active keying set names
        KeyingSet = "KEYINGSET", "Keying Set";
        /// The selected bones with everything below them
        Children = "CHILDREN", "Children";
        /// The bones right below the selected ones
        ImmediateChildren = "CHILDREN_IMMEDIATE", "Immediate Children";
        /// The bones right above the selected ones
        Parents = "PARENT", "Parents";
        /// The bones with the same parents as the selected ones
        Siblings = "SIBILINGS", "Siblings";
    }
}

props! {
    /// Select the bones that have something in common with those that are selected, or with the active one.
    pub struct SelectGrouped {
        /// Keep what is selected.
        extend: bool = false, HINT.label("Extend");
        /// What they must have in common.
        r#type: Grouping = Grouping::Collection, HINT.label("Type");
    }
}

impl Operator for SelectGrouped {
    const INFO: Info = Info::new("pose.select_grouped", "Select Grouped");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        match self.r#type {
            Grouping::Collection => self.like_active(cx, shares_collection),
            Grouping::Color => self.like_active(cx, has_color),
            Grouping::KeyingSet => self.keying_set(cx),
            Grouping::Children => self.related(cx, below),
            Grouping::ImmediateChildren => self.related(cx, right_below),
            Grouping::Parents => self.related(cx, parents),
            Grouping::Siblings => self.siblings(cx),
        }
    }
}

/// What is said where no bone fits.
const NOTHING_LIKE_IT: &str = "No other bone belongs to that group";

/// Whether a bone of a rig has something.
type Has = Box<dyn Fn(&Rig, BoneId) -> bool>;
/// Whether bones have what the active bone has.
type Like = fn(&Rig, BoneId) -> Has;

impl SelectGrouped {
    /// Selects what is like the active bone, over all posed rigs.
    fn like_active(&self, cx: &mut Context, like: Like) -> Exec {
        let rig = cx.rig()?;
        let active = rig.active_bone;
        // A hidden active bone serves as well; one in no shown collection does not.
        let active = active.filter(|&id| !rig.hide && rig.armature.collection_visible(id));
        let fits = like(rig, active.ok_or(Refusal::Idle(NO_ACTIVE_BONE))?);
        // Bones that are deselected and selected again count, too.
        let mut any = !self.extend && !cx.selected_bones().is_empty();
        for id in cx.doc.posed_rigs() {
            any |= change(cx, id, |rig, flags| {
                if !self.extend {
                    deselect(rig, flags);
                }
                for bone in rig.armature.ids().filter(|&bone| fits(rig, bone)) {
                    if rig.selectable(bone) {
                        flags.set(bone.index(), true);
                    }
                }
            });
        }
        any.then_some(()).ok_or(Refusal::Idle(NOTHING_LIKE_IT))
    }

    /// Selects the bones that the active keying set names.
    fn keying_set(&self, cx: &mut Context) -> Exec {
        let names = channels_of(cx)?;
        let mut any = !self.extend;
        for id in cx.doc.posed_rigs() {
            change(cx, id, |rig, flags| {
                for (place, bone) in rig.armature.bones.iter().enumerate() {
                    if !rig.selectable(BoneId::new(place)) {
                        continue;
                    }
                    let named = names.contains(bone.name.as_ref());
                    any |= named;
                    if named || !self.extend {
                        flags.set(place, named);
                    }
                }
            });
        }
        any.then_some(()).ok_or(Refusal::Idle(NOTHING_LIKE_IT))
    }

    /// Selects relatives of the selected bones instead of them, in each rig its own.
    fn related(&self, cx: &mut Context, relatives: fn(&Rig, &BitSet) -> BitSet) -> Exec {
        let (mut any, mut changed) = (false, false);
        for (id, bones) in cx.selected_bones() {
            let selected = bones.iter().map(|bone| bone.index()).collect();
            changed |= change(cx, id, |rig, flags| {
                if !self.extend {
                    deselect(rig, flags);
                }
                for place in relatives(rig, &selected).iter() {
                    if rig.selectable(BoneId::new(place)) {
                        flags.set(place, true);
                        any = true;
                    }
                }
            });
        }
        found(cx, any, changed)
    }

    /// Selects the bones with the same parents, or without one. Not the bones themselves make way for them, as
    /// they are their own siblings, but their parents.
    fn siblings(&self, cx: &mut Context) -> Exec {
        let (mut any, mut changed) = (false, false);
        for (id, bones) in cx.selected_bones() {
            changed |= change(cx, id, |rig, flags| {
                let parent = |bone: BoneId| rig.armature.bone(bone).and_then(|bone| bone.parent);
                let parents: BTreeSet<_> = bones.iter().map(|&bone| parent(bone)).collect();
                for parent in parents.iter().flatten().filter(|_| !self.extend) {
                    flags.set(parent.index(), false);
                }
                let kin = |&bone: &BoneId| rig.selectable(bone) && parents.contains(&parent(bone));
                for place in rig.armature.ids().filter(kin).map(BoneId::index) {
                    any |= !flags.contains(place);
                    flags.set(place, true);
                }
            });
        }
        found(cx, any, changed)
    }
}

/// How a search among relatives ends. Where none was found, what was deselected stays so, as in Blender.
fn found(cx: &Context, any: bool, changed: bool) -> Exec {
    if !any && !changed {
        return Err(Refusal::Idle(match cx.selected_bones().is_empty() {
            true => NO_BONE,
            false => NOTHING_LIKE_IT,
        }));
    }
    if !any {
        cx.request(Request::FoundNothing);
    }
    Ok(())
}

/// Changes the select flags of a rig; says whether they are others now.
fn change(cx: &mut Context, id: RigId, edit: impl FnOnce(&Rig, &mut BitSet)) -> bool {
    let Some(rig) = cx.doc.rigs.get(id.index()) else {
        return false;
    };
    let mut flags = rig.selected.clone();
    edit(rig, &mut flags);
    let changed = flags != rig.selected;
    if let Some(rig) = cx.doc.rig_at_mut(id).filter(|_| changed) {
        rig.selected = flags;
    }
    changed
}

/// Deselects what operators see as selected; bones that cannot be seen keep their flag.
fn deselect(rig: &Rig, flags: &mut BitSet) {
    for bone in rig.selected_bones() {
        flags.set(bone.index(), false);
    }
}

/// Names of the bones in the active keying set.
fn channels_of(cx: &Context) -> Result<HashSet<String>, Refusal> {
    let scene = &cx.doc.scene;
    let set: Option<&KeyingSet> = scene
        .active_keying_set
        .and_then(|at| scene.keying_sets.get(at));
    let set = set.ok_or_else(|| {
        Refusal::error("No keying set is active; choose one in the Animation menu first")
    })?;
    if set.paths.is_empty() {
        return Err(Refusal::Error(format!(
            "Keying set `{}` has no channels; choose another one",
            set.name
        )));
    }
    Ok(set.paths.iter().map(|(bone, _)| bone.clone()).collect())
}

/// Being in a collection of the same name, in whatever rig.
fn shares_collection(rig: &Rig, active: BoneId) -> Has {
    let own = rig.armature.bone(active).into_iter();
    let own: HashSet<String> = own.flat_map(|bone| bone.collections.clone()).collect();
    Box::new(move |rig, bone| {
        let bone = rig.armature.bone(bone);
        bone.is_some_and(|bone| bone.collections.iter().any(|name| own.contains(name)))
    })
}

/// Having the same colour.
fn has_color(rig: &Rig, active: BoneId) -> Has {
    let own = color(rig, active);
    Box::new(move |rig, bone| color(rig, bone) == own)
}

/// The colour that a bone was given: in the pose, else at rest.
fn color(rig: &Rig, bone: BoneId) -> BoneColor {
    let set = |text: &str| BoneColor::parse(text).filter(|color| *color != BoneColor::Default);
    let posed = rig.setup(bone).and_then(|setup| set(&setup.color));
    let rest = || rig.armature.bone(bone).and_then(|bone| set(&bone.color));
    posed.or_else(rest).unwrap_or(BoneColor::Default)
}

/// The bones and everything below them.
fn below(rig: &Rig, bones: &BitSet) -> BitSet {
    let mut found = bones.clone();
    // Parents stand before their children, so once through is enough.
    for (place, bone) in rig.armature.bones.iter().enumerate() {
        if bone
            .parent
            .is_some_and(|parent| found.contains(parent.index()))
        {
            found.set(place, true);
        }
    }
    found
}

/// The bones right below them.
fn right_below(rig: &Rig, bones: &BitSet) -> BitSet {
    let rows = rig.armature.bones.iter().enumerate();
    let child = |parent: Option<BoneId>| parent.is_some_and(|id| bones.contains(id.index()));
    rows.filter(|(_, bone)| child(bone.parent))
        .map(|(place, _)| place)
        .collect()
}

/// The bones right above them.
fn parents(rig: &Rig, bones: &BitSet) -> BitSet {
    let parent = |place: usize| rig.armature.bone(BoneId::new(place))?.parent;
    bones.iter().filter_map(parent).map(BoneId::index).collect()
}
