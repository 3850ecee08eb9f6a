//! Every entry of every menu is clicked: it does something that can be seen, or is off with a reason.

#[path = "common/ui.rs"]
mod common;

use std::collections::BTreeSet;

use common::{Ui, harness};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use keypose::io::open;
use keypose::model::document::Document;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::menus::{Entry, Menus};

/// A click on a menu, on the menus within, and on an entry.
type Path = Vec<String>;

/// The paths to all entries of these.
fn paths(title: &str, entries: &[Entry]) -> Vec<Path> {
    let below = |entry: &Entry| match entry {
        Entry::Run(command) => vec![vec![command.label.clone()]],
        Entry::Menu(title, entries) => paths(title, entries),
        Entry::About => vec![vec!["About Keypose".to_owned()]],
        _ => Vec::new(),
    };
    let mut paths: Vec<Path> = entries.iter().flat_map(below).collect();
    for path in &mut paths {
        path.insert(0, title.to_owned());
    }
    paths
}

/// A session with this character, an arm selected, and something to undo and to redo.
fn session(document: &Document) -> Session {
    let mut session = Session::with_document(document.clone());
    for call in [
        "pose.select_bones(names: [\"upper_arm.L\"], active: \"upper_arm.L\")",
        "transform.rotate(value: 0.5)",
        "pose.copy()",
        "pose.select_bones(names: [\"upper_arm.L\", \"hand.L\"], active: \"hand.L\")",
        "ed.undo()",
    ] {
        let outcome = session.run_text(call).unwrap();
        assert_eq!(outcome.error(), None, "{call}");
    }
    session
}

/// What can be read on the screen, with what is on and what is chosen.
fn screen(ui: &Ui) -> BTreeSet<String> {
    let nodes = ui.root().children_recursive();
    let words = nodes.map(|node| {
        let data = node.accesskit_node();
        let (label, value) = (data.label(), data.value());
        let state = (data.toggled(), data.is_selected(), data.is_disabled());
        format!("{:?} {label:?} {value:?} {state:?}", data.role())
    });
    words.collect()
}

fn is_entry(role: Role) -> bool {
    matches!(
        role,
        Role::MenuItem | Role::MenuItemCheckBox | Role::MenuItemRadio
    )
}

/// Opens what leads to the last word of a path; whether that entry is on.
fn unfold(ui: &mut Ui, path: &[String]) -> bool {
    let (title, within) = path.split_first().unwrap();
    ui.get_by_role_and_label(Role::Button, title).click();
    ui.run_steps(2);
    let (last, menus) = within.split_last().unwrap();
    for menu in menus {
        ui.get_by(|node| is_entry(node.role()) && node.label().as_deref() == Some(menu))
            .click();
        ui.run_steps(2);
    }
    let entry = ui.get_by(|node| is_entry(node.role()) && node.label().as_deref() == Some(last));
    !entry.accesskit_node().is_disabled()
}

fn click(ui: &mut Ui, word: &str) {
    ui.get_by(|node| is_entry(node.role()) && node.label().as_deref() == Some(word))
        .click();
    ui.run_steps(3);
}

#[test]
fn every_entry_of_every_menu_does_something_or_is_off() {
    let (menus, errors) = Menus::bundled();
    assert_eq!(errors, Vec::<String>::new());
    let document = open::mannequin().unwrap().document;
    let mut ui = harness(session(&document));
    let mut silent = Vec::new();
    let mut clicked = 0;
    for (title, entries) in &menus.menus {
        for path in paths(title, entries) {
            egui::Popup::close_all(&ui.ctx);
            *ui.state_mut() = App::new(session(&document)).unwrap();
            ui.run_steps(2);
            let before = (screen(&ui), ui.state().session.view.clone());
            if !unfold(&mut ui, &path) {
                continue;
            }
            let logged = ui.state().session.log.next();
            click(&mut ui, path.last().unwrap());
            clicked += 1;
            let app = ui.state();
            let did = app.session.log.next() > logged || app.session.is_running() || app.quit;
            let seen = (screen(&ui), app.session.view.clone()) != before;
            if !did && !seen {
                silent.push(path.join(" > "));
            }
        }
    }
    assert!(clicked > 50, "only {clicked} entries could be clicked");
    assert_eq!(silent, Vec::<String>::new());
}
