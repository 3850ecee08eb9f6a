//! Operators on the bone list: walking, opening and closing, filtering, renaming.
//!
//! What is open and what is filtered belongs to the panel and not to the document, so they ask the window
//! for it; without a window they do nothing.

use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::registry::{Entry, op};
use crate::ops::runner::Wish;
use crate::{choice, props};

/// The family, in the order of the reference.
pub const OUTLINER: &[Entry] = &[
    op::<ClearFilter>(),
    op::<CollectionColor>(),
    op::<ExpandAll>(),
    op::<ExpandedToggle>(),
    op::<ItemRename>(),
    op::<OnlySelected>(),
    op::<SelectWalk>(),
    op::<ShowActive>(),
    op::<ShowOneLevel>(),
    op::<StartFilter>(),
];

/// What is asked of the bone list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListAct {
    /// Go on from the active row.
    Walk(SelectWalk),
    /// Open everything, or close everything.
    ExpandAll(bool),
    /// Close everything if all is open, else open everything.
    ExpandedToggle,
    /// Open or close the deepest level.
    OneLevel(bool),
    /// Bring the active bone into sight.
    ShowActive,
    /// Begin to type a filter.
    StartFilter,
    /// Forget the filter.
    ClearFilter,
    /// Show selected bones only, or all of them.
    OnlySelected,
    /// Begin to type a name.
    Rename(RenameWhat),
    /// Offer colours for the active collection.
    Color,
    /// Begin to type a name for the active selection set.
    RenameSet,
}

fn ask(cx: &Context, act: ListAct) -> Exec {
    cx.request(Request::Wish(Wish::List(act)));
    Ok(())
}

choice! {
    /// Where to walk in the list.
    pub enum WalkDirection: Up {
        /// To the row above
        Up = "UP", "Previous";
        /// To the row below
        Down = "DOWN", "Next";
        /// Close the row, or go to its parent
        Left = "LEFT", "Left";
        /// Open the row, or go to its first child
        Right = "RIGHT", "Right";
        /// To the first row
        First = "FIRST", "First";
        /// To the last row
        Last = "LAST", "Last";
        /// As many rows up as are in sight
        PageUp = "PAGE_UP", "Page Up";
        /// As many rows down as are in sight
        PageDown = "PAGE_DOWN", "Page Down";
    }
}

props! {
    /// Go to another row of the bone list and select its bone, or open and close rows.
    pub struct SelectWalk {
        /// Where to go.
        direction: WalkDirection = WalkDirection::Up, HINT.label("Walk Direction");
        /// Keep what is selected.
        extend: bool = false, HINT.label("Extend");
        /// Open or close everything below the row too.
        toggle_all: bool = false, HINT.label("Toggle All");
    }
}

impl Copy for SelectWalk {}
impl Eq for SelectWalk {}

impl Operator for SelectWalk {
    const INFO: Info = Info::new("outliner.select_walk", "Walk Select").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::Walk(*self))
    }
}

props! {
    /// Open every row of the bone list, or close every one.
    pub struct ExpandAll {
        /// Open them.
        open: bool = true, HINT.label("Open");
    }
}

impl Operator for ExpandAll {
    const INFO: Info = Info::new("outliner.expand_all", "Expand All").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::ExpandAll(self.open))
    }
}

props! {
    /// Open every row of the bone list; where all are open, close them.
    pub struct ExpandedToggle {}
}

impl Operator for ExpandedToggle {
    const INFO: Info = Info::new("outliner.expanded_toggle", "Expand/Collapse All").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::ExpandedToggle)
    }
}

props! {
    /// Open one level of the bone list, or close the deepest one that is open.
    pub struct ShowOneLevel {
        /// Open a level.
        open: bool = true, HINT.label("Open");
    }
}

impl Operator for ShowOneLevel {
    const INFO: Info = Info::new("outliner.show_one_level", "Show/Hide One Level").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::OneLevel(self.open))
    }
}

props! {
    /// Bring the active bone into sight in the bone list.
    pub struct ShowActive {}
}

impl Operator for ShowActive {
    const INFO: Info = Info::new("outliner.show_active", "Show Active").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::ShowActive)
    }
}

props! {
    /// Type a part of a name to find bones in the list.
    pub struct StartFilter {}
}

impl Operator for StartFilter {
    const INFO: Info = Info::new("outliner.start_filter", "Filter Bones").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::StartFilter)
    }
}

props! {
    /// Show all bones in the list again.
    pub struct ClearFilter {}
}

impl Operator for ClearFilter {
    const INFO: Info = Info::new("outliner.clear_filter", "Clear Filter").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::ClearFilter)
    }
}

props! {
    /// List selected bones only, or all bones again.
    pub struct OnlySelected {}
}

impl Operator for OnlySelected {
    const INFO: Info = Info::new("outliner.only_selected", "Only Selected").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::OnlySelected)
    }
}

/// Fails unless a collection is active.
fn need_active_collection(cx: &Context) -> Poll {
    cx.need_rig()?;
    let rig = cx.doc.rig();
    match rig.and_then(|rig| rig.armature.active_collection()) {
        Some(_) => Ok(()),
        None => Err("No bone collection is active; click one first".to_owned()),
    }
}

choice! {
    /// What gets another name.
    pub enum RenameWhat: Pointed {
        /// The collection where the pointer is over collections, else the bone
        Pointed = "POINTED", "Below the Pointer";
        /// The active bone
        Bone = "BONE", "Bone";
        /// The active bone collection
        Collection = "COLLECTION", "Bone Collection";
    }
}

props! {
    /// Type another name for a bone or a bone collection in its list.
    pub struct ItemRename {
        /// What gets another name.
        r#type: RenameWhat = RenameWhat::Pointed, HINT.transient();
    }
}

impl Operator for ItemRename {
    const INFO: Info = Info::new("outliner.item_rename", "Rename").view_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.r#type == RenameWhat::Collection {
            need_active_collection(cx).map_err(Refusal::Error)?;
        }
        ask(cx, ListAct::Rename(self.r#type))
    }
}

props! {
    /// Choose a colour for the bones of the active bone collection.
    pub struct CollectionColor {}
}

impl Operator for CollectionColor {
    const INFO: Info = Info::new("outliner.collection_color", "Color").view_only();

    fn poll(cx: &Context) -> Poll {
        need_active_collection(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        ask(cx, ListAct::Color)
    }
}
