//! The selection sets of the active rig: as buttons with numbers below the values of a bone, and as a list with
//! everything that can be done with them in a tab of its own.
//!
//! Bones that are dragged from the bone list on to a set become members.

mod buttons;
mod menu;
mod row;

use std::sync::Arc;

use egui::{Margin, Rect, Role, Ui, UiBuilder, vec2};

use crate::model::settings::RigOptions;
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::filter::{drag_chip, subject};
use crate::ui::panels::bones::row::BoneDrag;
use crate::ui::panels::properties::grid::{call_button, note};
use crate::ui::panels::selection_sets::row::Renaming;
use crate::ui::theme::ROW;
use crate::ui::widgets::{button, icon_button, section, separator};

pub use buttons::buttons_ui;

/// The call that makes a set of the selected bones.
pub const NEW: &str = "pose.selection_set_add_and_assign()";

/// What the tab remembers.
#[derive(Default)]
pub struct Sets {
    renaming: Option<Renaming>,
    /// The active set is to be named.
    name_active: bool,
}

impl Sets {
    /// Begins to type a name for the active set, with the next frame.
    pub fn rename_active(&mut self) {
        self.name_active = true;
    }

    /// Shows the tab.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        let Some(options) = options(desk) else {
            return;
        };
        let active = options.active_set();
        if std::mem::take(&mut self.name_active) {
            self.renaming = active.map(Renaming::new);
        }
        tools_ui(ui, desk, active.is_some());
        separator(ui, desk.theme);
        ui.add_space(4.0);
        if options.selection_sets.is_empty() {
            let words = "No selection sets yet. Select bones, then press Ctrl and a digit over the 3D view: the \
                         digit alone selects them again";
            note(ui, desk.theme, words);
        } else {
            self.list_ui(ui, desk, &options);
            ui.add_space(4.0);
            members_ui(ui, desk, active.is_some());
        }
        ui.add_space(6.0);
        separator(ui, desk.theme);
        if section(ui, desk.theme, "Recall") {
            buttons_ui(ui, desk);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, desk: &mut Desk, options: &RigOptions) {
        let count = options.selection_sets.len();
        let size = vec2(ui.available_width(), ROW * count as f32);
        let (_, whole) = ui.allocate_space(size);
        let list = UiBuilder::new()
            .max_rect(whole)
            .id_salt("list")
            .accessibility_role(Role::ListBox)
            .accessibility_label("Selection Sets");
        let mut child = ui.new_child(list);
        for (place, set) in options.selection_sets.iter().enumerate() {
            let top = whole.top() + ROW * place as f32;
            let rect = Rect::from_min_size(egui::pos2(whole.left(), top), vec2(size.x, ROW));
            // Only what is in sight is laid out.
            if !child.is_rect_visible(rect) {
                continue;
            }
            let renaming = self.renaming.as_mut().filter(|r| r.place == place);
            let active = options.active_set() == Some(place);
            let row = row::RowOf { place, set, active };
            if row::row_ui(&mut child, desk, rect, row, renaming) {
                self.renaming = None;
            }
        }
        if let Some(place) = row::take_rename(ui) {
            self.renaming = Some(Renaming::new(place));
        }
    }
}

/// The settings of the active rig.
fn options(desk: &Desk) -> Option<Arc<RigOptions>> {
    desk.document.rig().map(|rig| rig.options.clone())
}

/// The button of the section's title that makes a set of the selected bones.
pub fn title_tools_ui(ui: &mut Ui, desk: &mut Desk) {
    let label = "New Set of the Selected Bones";
    call_button(ui, desk, icons::PLUS, label, NEW);
}

/// What changes the list.
fn tools_ui(ui: &mut Ui, desk: &mut Desk, active: bool) {
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(8, 3));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let empty = "pose.selection_set_add()";
            call_button(ui, desk, icons::PLUS, "Create Selection Set", empty);
            call_button(
                ui,
                desk,
                icons::SELECTION,
                "New Set of the Selected Bones",
                NEW,
            );
            ui.add_enabled_ui(active, |ui| {
                let (up, down) = (
                    "pose.selection_set_move()",
                    "pose.selection_set_move(direction: DOWN)",
                );
                call_button(ui, desk, icons::ARROW_UP, "Move Set Up", up);
                call_button(ui, desk, icons::ARROW_DOWN, "Move Set Down", down);
                let copy = "pose.selection_set_copy()";
                call_button(ui, desk, icons::COPY, "Copy Selection Set(s)", copy);
            });
            let paste = "pose.selection_set_paste()";
            call_button(
                ui,
                desk,
                icons::CLIPBOARD_TEXT,
                "Paste Selection Set(s)",
                paste,
            );
            ui.add_enabled_ui(active, |ui| {
                let remove = "pose.selection_set_remove()";
                call_button(ui, desk, icons::TRASH, "Delete Selection Set", remove);
            });
            let label = "More about selection sets";
            let more = icon_button(ui, desk.theme, icons::DOTS_THREE, label, false);
            if more.on_hover_text(label).clicked() {
                let title = "Selection Sets".to_owned();
                desk.acts.push(Act::Menu(title, menu::of_list()));
            }
        });
    });
}

/// What is done with the bones of the active set.
fn members_ui(ui: &mut Ui, desk: &mut Desk, active: bool) {
    let calls = [
        ("Assign", "pose.selection_set_assign()"),
        ("Remove", "pose.selection_set_unassign()"),
        ("Select", "pose.selection_set_select()"),
        ("Deselect", "pose.selection_set_deselect()"),
    ];
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(8, 0));
    frame.show(ui, |ui| {
        ui.add_enabled_ui(active, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                for (label, call) in calls {
                    let response = button(ui, desk.theme, label);
                    if response.clicked() {
                        desk.acts.start(call);
                    }
                    response.on_hover_ui(|ui| {
                        let (name, doc) = explained(call);
                        desk.tooltip(ui, name, call, &doc);
                    });
                }
            });
        });
    });
}

/// Name and explanation of a call's operator.
fn explained(call: &str) -> (&'static str, String) {
    let id = call.split('(').next().unwrap_or_default();
    let entry = crate::ops::registry::find(id);
    entry.map_or(("", String::new()), |entry| {
        (entry.info.label, crate::ops::props::tooltip(entry.doc))
    })
}

/// How many bones, in words.
fn count_of(bones: usize) -> String {
    match bones {
        1 => "1 bone".to_owned(),
        count => format!("{count} bones"),
    }
}

/// The call that recalls a set: its bones alone are selected then, and it is the active one.
fn recall(place: usize, extend: bool) -> String {
    match extend {
        true => format!("pose.selection_set_select(selection_set_index: {place})"),
        false => format!("pose.selection_set_select(selection_set_index: {place}, extend: false)"),
    }
}

/// Takes bones that are dropped on a set, and says beside the pointer what a drop would do; says whether it
/// would do something.
fn take_drop(
    ui: &Ui,
    desk: &mut Desk,
    response: &egui::Response,
    place: usize,
    name: &str,
) -> bool {
    let Some(drag) = response.dnd_hover_payload::<BoneDrag>() else {
        return false;
    };
    let rig = desk.document.rig();
    let own = rig.filter(|_| desk.document.active_rig == Some(drag.rig));
    let Some(rig) = own else {
        drag_chip(ui, desk, Some("Bones of another rig"));
        return false;
    };
    let takes_out = desk.modifiers.alt;
    let bones = subject(desk, &drag);
    let words = match takes_out {
        true => format!("Remove {bones} from {name}"),
        false => format!("Add {bones} to {name}  ·  Alt: remove"),
    };
    let names = drag
        .bones
        .iter()
        .map(|bone| quoted(rig.armature.name(*bone)));
    let names = names.collect::<Vec<_>>().join(", ");
    drag_chip(ui, desk, Some(&words));
    if response.dnd_release_payload::<BoneDrag>().is_some() {
        let verb = if takes_out { "unassign" } else { "assign" };
        let call =
            format!("pose.selection_set_{verb}(selection_set_index: {place}, bones: [{names}])");
        desk.acts.run(&call, "");
    }
    true
}
