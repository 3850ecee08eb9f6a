//! The dialog that offers work which was left behind.

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::dialogs::recover::{Answer, Offer};
use keypose::ui::fonts;
use keypose::ui::theme::Theme;

fn offering(keys: &[&str]) -> Harness<'static, App> {
    let offer = |key: &&str| Offer {
        key: (*key).to_owned(),
        title: format!("{key}.keypose"),
        detail: "4 minutes ago, 12 operations after the last autosave".to_owned(),
    };
    let mut app = App::new(Session::default()).unwrap();
    app.offer(keys.iter().map(offer).collect());
    let mut ui = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app);
    ui.run();
    ui
}

fn answers(ui: &mut Harness<'static, App>) -> Vec<Answer> {
    std::mem::take(&mut ui.state_mut().answers)
}

#[test]
fn every_document_is_offered_with_its_time() {
    let ui = offering(&["walk", "run"]);
    ui.get_by_label("Recover unsaved work?");
    ui.get_by_label("walk.keypose");
    ui.get_by_label("run.keypose");
    assert_eq!(ui.get_all_by_label_contains("12 operations").count(), 2);
    assert_eq!(
        ui.query_all_by_role(Role::Button)
            .filter(|button| button
                .accesskit_node()
                .label()
                .is_some_and(|label| label.starts_with("Recover ")))
            .count(),
        2
    );
}

#[test]
fn enter_recovers_the_newest_and_closes() {
    let mut ui = offering(&["walk", "run"]);
    ui.key_press_modifiers(Modifiers::NONE, Key::Enter);
    ui.run();
    assert_eq!(answers(&mut ui), [Answer::Recover("walk".to_owned())]);
    assert!(!ui.state().is_offering());
}

#[test]
fn discarding_one_leaves_the_others() {
    let mut ui = offering(&["walk", "run"]);
    ui.get_by_role_and_label(Role::Button, "Discard run.keypose")
        .click();
    ui.run();
    assert_eq!(answers(&mut ui), [Answer::Discard("run".to_owned())]);
    assert!(ui.state().is_offering());
    ui.get_by_role_and_label(Role::Button, "Discard walk.keypose")
        .click();
    ui.run();
    assert_eq!(answers(&mut ui), [Answer::Discard("walk".to_owned())]);
    assert!(!ui.state().is_offering());
}

#[test]
fn later_and_escape_keep_everything() {
    for later in [true, false] {
        let mut ui = offering(&["walk"]);
        if later {
            ui.get_by_role_and_label(Role::Button, "Later").click();
        } else {
            ui.key_press(Key::Escape);
        }
        ui.run();
        assert_eq!(answers(&mut ui), []);
        assert!(!ui.state().is_offering());
        let message = ui.state().message().unwrap().text.clone();
        assert!(message.contains("next start"), "{message}");
    }
}

#[test]
fn nothing_is_asked_where_nothing_was_left_behind() {
    let ui = offering(&[]);
    assert!(ui.query_by_label("Recover unsaved work?").is_none());
}
