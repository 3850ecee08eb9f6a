//! The collections of the rig, each with whether the bone is in it.

use egui::Ui;

use crate::ops::registry;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::note;
use crate::ui::panels::properties::values::Subject;
use crate::ui::widgets::check_row;

/// The call that puts selected bones into a collection.
const ASSIGN: &str = "armature.collection_assign";
/// The call that takes them out.
const UNASSIGN: &str = "armature.collection_unassign";

/// Whether bones can be put into collections at all.
pub fn known() -> bool {
    registry::find(ASSIGN).is_some() && registry::find(UNASSIGN).is_some()
}

/// Shows the tab.
pub fn collections_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let armature = &subject.rig.armature;
    let Some(bone) = armature.bone(subject.bone) else {
        return;
    };
    if armature.collections.is_empty() {
        note(ui, desk.theme, "The rig has no collections");
        return;
    }
    let selected = subject.rig.selected_bones();
    let alone = selected.is_empty() || selected == [subject.bone];
    if !alone {
        let words = "Ticking reaches every selected bone";
        note(ui, desk.theme, words);
    }
    let inner = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 0));
    inner.show(ui, |ui| {
        for collection in &armature.collections {
            let name = &collection.name;
            let on = bone.collections.contains(name);
            let theme = desk.theme;
            if check_row(ui, theme, name, on).clicked() {
                toggle(desk, subject, name, on);
            }
        }
    });
}

/// The operators reach the selected bones; where the bone is not selected, it is for their time.
fn toggle(desk: &mut Desk, subject: Subject, collection: &str, on: bool) {
    let id = if on { UNASSIGN } else { ASSIGN };
    let call = format!("{id}(name: {})", quoted(collection));
    if !subject.rig.is_selected(subject.bone) {
        let name = quoted(subject.name());
        let select = format!("pose.select_bones(names: [{name}], active: {name})");
        desk.acts.run(&select, "");
    }
    desk.acts.run(&call, "");
}
