//! What is asked of the bone list by keys and menus: walking, opening, closing, filtering; and selecting.

use std::collections::{BTreeMap, BTreeSet};

use egui::{Key, Modifiers, Ui};

use crate::model::id::{BoneId, RigId};
use crate::ops::outliner::{ListAct, RenameWhat, SelectWalk, WalkDirection};
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::bones::Bones;
use crate::ui::panels::bones::row::active_bone;
use crate::ui::panels::bones::rows::{self, Node, Row};

/// The keys of a row that has the keyboard: those that the keymap gives to the panel under the pointer.
const KEYS: [(Key, WalkDirection); 8] = [
    (Key::ArrowUp, WalkDirection::Up),
    (Key::ArrowDown, WalkDirection::Down),
    (Key::ArrowLeft, WalkDirection::Left),
    (Key::ArrowRight, WalkDirection::Right),
    (Key::Home, WalkDirection::First),
    (Key::End, WalkDirection::Last),
    (Key::PageUp, WalkDirection::PageUp),
    (Key::PageDown, WalkDirection::PageDown),
];

/// The walks that the keys of this frame mean to a row that has the keyboard.
pub fn keys(ui: &Ui) -> Vec<ListAct> {
    let mut walks = Vec::new();
    ui.input_mut(|input| {
        for (key, direction) in KEYS {
            for shift in [true, false] {
                let modifiers = if shift {
                    Modifiers::SHIFT
                } else {
                    Modifiers::NONE
                };
                let count = input.count_and_consume_key(modifiers, key);
                let sideways = matches!(direction, WalkDirection::Left | WalkDirection::Right);
                let walk = SelectWalk {
                    direction,
                    extend: shift && !sideways,
                    toggle_all: shift && sideways,
                };
                walks.extend((0..count).map(|_| ListAct::Walk(walk)));
            }
        }
    });
    walks
}

impl Bones {
    /// Does what was asked of the list.
    pub(super) fn act(&mut self, desk: &mut Desk, act: ListAct) {
        match act {
            ListAct::Walk(walk) => self.walk(desk, walk),
            ListAct::ExpandAll(open) => self.expand_all(desk, open),
            ListAct::ExpandedToggle => self.expand_all(desk, !self.shut.is_empty()),
            ListAct::OneLevel(open) => self.one_level(desk, open),
            ListAct::ShowActive => {
                if let Some(bone) = active_bone(desk) {
                    rows::open_to(desk.document, bone, &mut self.shut);
                    self.cursor = Some((bone.0, Some(bone.1)));
                    self.scroll_to = self.cursor;
                }
            }
            ListAct::StartFilter => self.focus_filter = true,
            ListAct::ClearFilter => self.filter = rows::Filter::default(),
            ListAct::OnlySelected => self.filter.only_selected = !self.filter.only_selected,
            ListAct::Rename(RenameWhat::Pointed) if !self.on_collections => self.rename(desk, true),
            ListAct::Rename(RenameWhat::Bone) => self.rename(desk, false),
            ListAct::Rename(_) | ListAct::Color => self.collections.ask(act),
            // That is the business of another panel.
            ListAct::RenameSet => {}
        }
    }

    fn walk(&mut self, desk: &mut Desk, walk: SelectWalk) {
        let Some(last) = self.rows.all().len().checked_sub(1) else {
            return;
        };
        let place = self.cursor.and_then(|node| self.rows.place_of(node));
        let here = place.unwrap_or(0);
        let to = match walk.direction {
            WalkDirection::Left | WalkDirection::Right if place.is_some() => {
                let open = walk.direction == WalkDirection::Right;
                match self.fold(desk, here, open, walk.toggle_all) {
                    Some(to) => to,
                    None => return,
                }
            }
            WalkDirection::Last => last,
            WalkDirection::First => 0,
            // From a row that is not listed to the first one.
            _ if place.is_none() => 0,
            WalkDirection::Up => here.saturating_sub(1),
            WalkDirection::Down => here + 1,
            WalkDirection::PageUp => here.saturating_sub(self.page),
            WalkDirection::PageDown => here + self.page,
            WalkDirection::Left | WalkDirection::Right => here,
        };
        let Some(&row) = self.rows.all().get(to.min(last)) else {
            return;
        };
        self.cursor = Some(row.node());
        self.scroll_to = self.cursor;
        self.move_focus = true;
        if walk.extend {
            self.select_range(desk, row, true);
        } else {
            self.anchor = self.cursor;
            select_row(desk, row, "");
        }
    }

    /// Opens or closes a row, with all below it; where that changes nothing, the row to go to.
    fn fold(&mut self, desk: &Desk, place: usize, open: bool, all: bool) -> Option<usize> {
        let row = *self.rows.all().get(place)?;
        let foldable = self.filter.is_empty() && row.open.is_some();
        if foldable && (all || row.open != Some(open)) {
            self.set_open(desk, row.node(), open, all);
            return None;
        }
        if open {
            let child = self.rows.all().get(place + 1)?;
            return (child.depth > row.depth).then_some(place + 1);
        }
        let above = self.rows.all().get(..place)?;
        above.iter().rposition(|other| other.depth < row.depth)
    }

    /// Opens or closes a rig or bone, with all below it.
    pub(super) fn set_open(&mut self, desk: &Desk, node: Node, open: bool, all: bool) {
        let mut nodes = vec![node];
        if all {
            let below = rows::parents_below(desk.document, node);
            nodes.extend(below.into_iter().map(|(node, _)| node));
        }
        for node in nodes {
            if open {
                self.shut.remove(&node);
            } else {
                self.shut.insert(node);
            }
        }
    }

    fn expand_all(&mut self, desk: &Desk, open: bool) {
        self.shut.clear();
        if !open {
            let nodes = all_parents(desk).into_iter().map(|(node, _)| node);
            self.shut.extend(nodes);
        }
    }

    /// Opens the shallowest rows that are shut, or shuts the deepest that are open.
    fn one_level(&mut self, desk: &Desk, open: bool) {
        let parents = all_parents(desk);
        let fitting = |(node, _): &&(Node, usize)| self.shut.contains(node) == open;
        let depths = parents.iter().filter(fitting).map(|&(_, depth)| depth);
        let level = if open { depths.min() } else { depths.max() };
        let nodes = parents.iter().filter(|(_, depth)| Some(*depth) == level);
        for &(node, _) in nodes {
            if open {
                self.shut.remove(&node);
            } else {
                self.shut.insert(node);
            }
        }
    }

    /// Selects everything from where the last selection began to this row; the rest stays selected if
    /// `keep`.
    pub(super) fn select_range(&self, desk: &mut Desk, row: Row, keep: bool) {
        let Some(end) = self.rows.place_of(row.node()) else {
            return;
        };
        let anchor = self
            .anchor
            .or(active_bone(desk).map(|(rig, bone)| (rig, Some(bone))));
        let start = anchor
            .and_then(|node| self.rows.place_of(node))
            .unwrap_or(end);
        let (first, last) = (start.min(end), start.max(end));
        let span = self.rows.all().get(first..=last).unwrap_or_default();
        let mut chosen: BTreeMap<RigId, BTreeSet<BoneId>> = BTreeMap::new();
        for (id, rig) in desk.document.rig_ids().zip(desk.document.rigs.iter()) {
            let listed = span
                .iter()
                .filter(|row| row.rig == id)
                .filter_map(|row| row.bone);
            let mut bones: BTreeSet<BoneId> = listed.filter(|&bone| rig.selectable(bone)).collect();
            if keep {
                bones.extend(rig.selected_bones());
            }
            chosen.insert(id, bones);
        }
        let names = |id: &RigId| {
            let rig = desk.document.rigs.get(id.index());
            let bones = chosen.get(id).into_iter().flatten();
            let names = bones.filter_map(|&bone| Some(quoted(rig?.armature.name(bone))));
            names.collect::<Vec<_>>().join(", ")
        };
        let Some(rig) = desk.document.rigs.get(row.rig.index()) else {
            return;
        };
        let active = row.bone.filter(|&bone| rig.selectable(bone));
        let active = active.map(|bone| format!(", active: {}", quoted(rig.armature.name(bone))));
        let mut call = format!("[{}]{}", names(&row.rig), active.unwrap_or_default());
        if desk.document.rigs.len() > 1 {
            let others = chosen.keys().filter(|id| **id != row.rig);
            let others = others.filter_map(|id| {
                let rig = desk.document.rigs.get(id.index())?;
                Some(format!("{}: [{}]", quoted(&rig.name), names(id)))
            });
            let others = others.collect::<Vec<_>>().join(", ");
            call = format!("{call}, rig: {}, others: {{{others}}}", quoted(&rig.name));
        }
        desk.acts
            .run(&format!("pose.select_bones(names: {call})"), "");
    }
}

fn all_parents(desk: &Desk) -> Vec<(Node, usize)> {
    let rigs = desk.document.rig_ids();
    rigs.flat_map(|rig| rows::parents_below(desk.document, (rig, None)))
        .collect()
}

/// Selects the bone of a row alone, or makes its rig the active one; `how` is a parameter of the call.
pub fn select_row(desk: &mut Desk, row: Row, how: &str) {
    let Some(rig) = desk.document.rigs.get(row.rig.index()) else {
        return;
    };
    let active = desk.document.active_rig == Some(row.rig);
    let call = match row.bone {
        Some(bone) => {
            let bone = quoted(rig.armature.name(bone));
            let rig = match active {
                true => String::new(),
                false => format!(", rig: {}", quoted(&rig.name)),
            };
            format!("view3d.select(bone: {bone}{rig}{how})")
        }
        None if active => return,
        None => format!("armature.set(rig: {}, active: true)", quoted(&rig.name)),
    };
    desk.acts.run(&call, "");
}
