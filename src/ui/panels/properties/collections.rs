//! The collections of the rig, each with whether the bone is in it.

use egui::Ui;

use crate::ops::registry;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::note;
use crate::ui::panels::properties::subject::Subject;
use crate::ui::widgets::check_row;

/// The operator that puts bones into a collection.
const ASSIGN: &str = "armature.collection_assign";
/// The operator that takes them out.
const UNASSIGN: &str = "armature.collection_unassign";

/// Whether bones can be put into collections at all.
pub fn known() -> bool {
    [ASSIGN, UNASSIGN].into_iter().all(|id| {
        let fields = registry::find(id).map_or(&[][..], |entry| entry.fields);
        let takes = |name| fields.iter().any(|field| field.name == name);
        takes("name") && takes("bones")
    })
}

/// What a tick does.
const HINT: &str = "Whether the bone is in this collection; Alt: all selected bones";

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
    let inner = egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 0));
    inner.show(ui, |ui| {
        for collection in &armature.collections {
            let name = &collection.name;
            let on = bone.collections.contains(name);
            let theme = desk.theme;
            let check = check_row(ui, theme, name, on);
            if check.on_hover_text(HINT).clicked() {
                let call = call(subject.name(), name, on, desk.modifiers.alt);
                desk.acts.run(&call, "");
            }
        }
    });
}

/// The call that takes a bone out of a collection or puts it in; everywhere: all selected bones.
fn call(bone: &str, collection: &str, is_in: bool, everywhere: bool) -> String {
    let id = if is_in { UNASSIGN } else { ASSIGN };
    let name = quoted(collection);
    match everywhere {
        true => format!("{id}(name: {name})"),
        false => format!("{id}(name: {name}, bones: [{}])", quoted(bone)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_is_a_call_for_the_bone_and_with_alt_for_all_selected() {
        assert_eq!(
            call("arm.L", "Left", false, false),
            "armature.collection_assign(name: \"Left\", bones: [\"arm.L\"])"
        );
        assert_eq!(
            call("arm.L", "Left", true, true),
            "armature.collection_unassign(name: \"Left\")"
        );
    }
}
