//! Typing another name for a bone or a rig in its row.

use egui::{Rect, Ui};

use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::bones::rows::{self, Node, Row};
use crate::ui::panels::bones::{Bones, walk};
use crate::ui::widgets::name_field::{Ended, NameField};

/// A row whose name is typed.
pub struct Renaming {
    /// The row.
    pub node: Node,
    field: NameField,
}

/// What came of typing a name.
pub struct Done {
    /// The row.
    pub node: Node,
    /// How it ended.
    pub ended: Ended,
    /// The new name, where it is another one.
    pub name: Option<String>,
}

/// Shows the field in the row whose name is typed; gives what came of it once typing has ended.
pub fn field_ui(
    ui: &mut Ui,
    desk: &Desk,
    renaming: &mut Option<Renaming>,
    row: &Row,
    field: Rect,
) -> Option<Done> {
    let own = renaming.as_mut().filter(|own| own.node == row.node())?;
    let label = match row.bone {
        Some(_) => "Name of the bone",
        None => "Name of the rig",
    };
    let ended = own.field.ui(ui, desk.theme, field, label)?;
    let name = own.field.changed().map(str::to_owned);
    let node = own.node;
    *renaming = None;
    Some(Done {
        node,
        ended,
        name: name.filter(|_| ended != Ended::Unchanged),
    })
}

/// The name of a rig or a bone.
fn name_of<'a>(desk: &Desk<'a>, (rig, bone): Node) -> Option<&'a str> {
    let rig = desk.document.rigs.get(rig.index())?;
    Some(match bone {
        Some(bone) => rig.armature.name(bone),
        None => &rig.name,
    })
}

impl Bones {
    /// Begins to type a name: where `rigs` says so, that of the rig whose row was clicked; else of the active bone.
    /// What is not listed is asked for.
    pub(super) fn rename(&mut self, desk: &mut Desk, rigs: bool) {
        let active = super::active_bone(desk).map(|(rig, bone)| (rig, Some(bone)));
        let rig = self.cursor.filter(|(_, bone)| rigs && bone.is_none());
        let Some(node) = rig.or(active) else {
            desk.acts.start("bone.rename()");
            return;
        };
        if let (rig, Some(bone)) = node {
            rows::open_to(desk.document, (rig, bone), &mut self.shut);
            self.rows.follow(desk.document, &self.shut, &self.filter);
        }
        if self.rows.place_of(node).is_none() {
            desk.acts.start("bone.rename()");
            return;
        }
        self.rename_row(desk, node);
    }

    /// Begins to type the name of a row.
    pub(super) fn rename_row(&mut self, desk: &Desk, node: Node) {
        if let Some(name) = name_of(desk, node) {
            let field = NameField::new(name);
            self.renaming = Some(Renaming { node, field });
            (self.cursor, self.scroll_to) = (Some(node), Some(node));
        }
    }

    /// Takes what came of typing a name.
    pub(super) fn renamed(&mut self, desk: &mut Desk, done: Done) {
        let Done { node, ended, name } = done;
        if let Some(name) = name {
            set_name(desk, node, &name);
        }
        if let Ended::Next { back } = ended {
            self.rename_next(desk, node, back);
        }
    }

    /// Begins to type the name of the row below, or above.
    fn rename_next(&mut self, desk: &mut Desk, node: Node, back: bool) {
        let Some(place) = self.rows.place_of(node) else {
            return;
        };
        let next = match back {
            true => place.checked_sub(1),
            false => Some(place + 1),
        };
        let row = next.and_then(|next| self.rows.all().get(next)).copied();
        if let Some(row) = row {
            walk::select_row(desk, row, "");
            self.rename_row(desk, row.node());
        }
    }
}

fn set_name(desk: &mut Desk, (id, bone): Node, name: &str) {
    let Some(rig) = desk.document.rigs.get(id.index()) else {
        return;
    };
    let active = desk.document.active_rig == Some(id);
    let call = match bone {
        Some(bone) => {
            let of = quoted(rig.armature.name(bone));
            let rig = match active {
                true => String::new(),
                false => format!(", rig: {}", quoted(&rig.name)),
            };
            format!("bone.rename(name: {}, bone: {of}{rig})", quoted(name))
        }
        None => {
            let rig = quoted(&rig.name);
            format!("object.set(rig: {rig}, name: {})", quoted(name))
        }
    };
    desk.acts.run(&call, "");
}
