//! Motion paths and applied poses, driven through the interface.

#[path = "common/ui.rs"]
mod ui;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable};
use keypose::model::motion_path::{PathDisplay, PathRange};
use keypose::ops::runner::Session;
use keypose::ui::panels::properties::Tab;
use ui::{harness, mannequin, message, press, rig, steps};

/// The mannequin with these bones selected.
fn posing(names: &str) -> ui::Ui {
    let mut session = Session::default();
    let select = format!("pose.select_bones(names: {names})");
    let walk = "action.activate(name: \"Walk\")";
    for call in ["wm.read_homefile(mannequin: true)", &select, walk] {
        session.run_text(call).unwrap();
    }
    let mut ui = harness(session);
    ui.run();
    ui
}

fn click(ui: &mut ui::Ui, role: Role, label: &str) {
    // As assistive technology does: what is scrolled away can be reached too.
    ui.get_by_role_and_label(role, label).click_accesskit();
    ui.run();
}

fn paths(ui: &ui::Ui) -> usize {
    let setups = rig(ui).pose.setups.iter();
    setups.filter(|setup| setup.motion_path.is_some()).count()
}

#[test]
fn paths_are_calculated_from_the_rigs_properties() {
    let mut ui = posing("[\"hand.L\", \"foot.R\"]");
    ui.state_mut().panels.properties.tab = Tab::Rig;
    ui.run();
    click(&mut ui, Role::DisclosureTriangle, "Motion Paths");
    let off = ui
        .get_by_role_and_label(Role::Button, "Update")
        .accesskit_node()
        .is_disabled();
    assert!(off, "there is nothing to update");
    click(&mut ui, Role::Button, "Calculate…");
    assert_eq!(paths(&ui), 0, "the form asks first");
    let before = steps(&ui);
    click(&mut ui, Role::Button, "Calculate");
    assert_eq!((paths(&ui), steps(&ui)), (2, before + 1));
    assert!(
        !ui.get_by_role_and_label(Role::Button, "Update")
            .accesskit_node()
            .is_disabled()
    );

    click(&mut ui, Role::ComboBox, "Type");
    click(&mut ui, Role::MenuItemRadio, "Around Frame");
    assert_eq!(
        rig(&ui).options.motion_paths.r#type,
        PathDisplay::CurrentFrame
    );
    ui.get_by_label("Before");
    click(&mut ui, Role::Button, "Clear");
    assert_eq!(paths(&ui), 0);
}

#[test]
fn the_form_starts_from_the_stored_settings() {
    let mut ui = posing("[\"hand.L\"]");
    let call = "armature.set(motion_paths: {\"range\": \"KEYS_ALL\"})";
    ui.state_mut().session.run_text(call).unwrap();
    ui.state_mut().panels.properties.tab = Tab::Rig;
    ui.run();
    click(&mut ui, Role::DisclosureTriangle, "Motion Paths");
    click(&mut ui, Role::Button, "Calculate…");
    // Enter runs it.
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(rig(&ui).options.motion_paths.range, PathRange::KeysAll);
    assert_eq!(rig(&ui).options.motion_paths.frame_end, 33);
}

#[test]
fn the_apply_menu_opens_at_the_pointer() {
    let mut ui = posing("[\"upper_arm.L\"]");
    let pointer = ui.state().panels.viewport.rect.center();
    ui.event(egui::Event::PointerMoved(pointer));
    ui.run();
    let before = rig(&ui).armature.clone();
    press(&mut ui, "Ctrl+A");
    click(&mut ui, Role::MenuItem, "Apply Pose as Rest Pose");
    assert_ne!(rig(&ui).armature, before);
    assert!(message(&ui).contains("old rest pose"), "{}", message(&ui));
    press(&mut ui, "Ctrl+Z");
    assert_eq!(rig(&ui).armature, before);
    let before = steps(&ui);
    press(&mut ui, "Alt+F");
    assert_eq!(steps(&ui), before + 1);
}

#[test]
fn applying_from_the_menu_bar_asks_once() {
    let mut ui = posing("[\"upper_arm.L\"]");
    let before = rig(&ui).armature.clone();
    let call = keypose::ops::call::parse("pose.armature_apply()").unwrap();
    let ctx = ui.ctx.clone();
    ui.state_mut().start(&ctx, call);
    ui.run();
    assert_eq!(rig(&ui).armature, before);
    click(&mut ui, Role::CheckBox, "Selected Only");
    click(&mut ui, Role::Button, "OK");
    let applied = ui.state().session.last().map(|op| op.call_text());
    assert_eq!(
        applied.as_deref(),
        Some("pose.armature_apply(selected: true)")
    );
}

#[test]
fn nothing_is_drawn_again_while_paths_are_shown() {
    let mut ui = mannequin();
    ui.state_mut()
        .session
        .run_text("pose.paths_calculate()")
        .unwrap();
    ui.run();
    assert!(!ui.ctx.has_requested_repaint());
}
