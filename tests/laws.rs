//! The laws that every operator of the registry obeys.

mod common;

use std::collections::BTreeSet;

use keypose::model::document::Document;
use keypose::ops::call;
use keypose::ops::context::Place;
use keypose::ops::event::{Event, EventKind, ModalKey};
use keypose::ops::props::{Value, tooltip};
use keypose::ops::registry::{self, Entry};
use keypose::ops::runner::{Session, Status};
use keypose::script::reference;
use keypose::ui::keymap::{Action, Binding, Keymap};
use keypose::ui::menus::Menus;

use common::documents;

fn registry_json() -> serde_json::Value {
    serde_json::from_str(include_str!("registry.json")).unwrap()
}

/// Operators that read or write files, end the program, or reach beyond the document.
fn external(entry: &Entry) -> bool {
    entry.info.id.starts_with("wm.")
        || ["import_scene.", "export_scene."]
            .iter()
            .any(|family| entry.info.id.starts_with(family))
}

fn samples() -> Vec<Document> {
    vec![
        documents::arm(),
        documents::two_rigs(),
        documents::selected_arm(),
    ]
}

#[test]
fn the_reference_agrees_with_the_registry_of_record() {
    let ours = reference::operators();
    let record = registry_json();
    let mut wrong = Vec::new();
    for (id, theirs) in record.as_object().unwrap() {
        let Some(mine) = ours.get(id) else { continue };
        agree(id, theirs, mine, &mut wrong);
        let names = |v: &serde_json::Value| {
            v["params"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<BTreeSet<_>>()
        };
        let missing: Vec<_> = names(theirs).difference(&names(mine)).cloned().collect();
        if !missing.is_empty() {
            wrong.push(format!("{id}: lacks {missing:?}"));
        }
        for extra in names(mine).difference(&names(theirs)) {
            if mine["params"][extra]["hidden"] != true {
                wrong.push(format!("{id}: `{extra}` is ours alone and must be hidden"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The operators of the `pose` family that Blender has.
const POSE: [&str; 51] = [
    "pose.armature_apply",
    "pose.autoside_names",
    "pose.blend_to_neighbor",
    "pose.blend_with_rest",
    "pose.breakdown",
    "pose.constraint_add",
    "pose.constraint_add_with_targets",
    "pose.constraints_clear",
    "pose.constraints_copy",
    "pose.copy",
    "pose.flip_names",
    "pose.hide",
    "pose.ik_add",
    "pose.ik_clear",
    "pose.loc_clear",
    "pose.paste",
    "pose.paths_calculate",
    "pose.paths_clear",
    "pose.paths_range_update",
    "pose.paths_update",
    "pose.propagate",
    "pose.push",
    "pose.quaternions_flip",
    "pose.relax",
    "pose.reveal",
    "pose.rot_clear",
    "pose.rotation_mode_set",
    "pose.scale_clear",
    "pose.select_all",
    "pose.select_constraint_target",
    "pose.select_grouped",
    "pose.select_hierarchy",
    "pose.select_linked",
    "pose.select_linked_pick",
    "pose.select_mirror",
    "pose.select_parent",
    "pose.selection_set_add",
    "pose.selection_set_add_and_assign",
    "pose.selection_set_assign",
    "pose.selection_set_copy",
    "pose.selection_set_delete_all",
    "pose.selection_set_deselect",
    "pose.selection_set_move",
    "pose.selection_set_paste",
    "pose.selection_set_remove",
    "pose.selection_set_remove_bones",
    "pose.selection_set_select",
    "pose.selection_set_unassign",
    "pose.transforms_clear",
    "pose.user_transforms_clear",
    "pose.visual_transform_apply",
];

/// What `keypose operators --json` prints holds the whole family, each with the record's label and parameters.
#[test]
fn the_printed_reference_has_the_whole_pose_family() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_keypose"))
        .args(["operators", "--json"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let printed: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let record = registry_json();
    let recorded = record.as_object().unwrap().keys();
    let recorded: Vec<&String> = recorded.filter(|id| id.starts_with("pose.")).collect();
    assert_eq!(recorded, POSE, "the record has another list");
    let missing: Vec<&str> = POSE
        .into_iter()
        .filter(|id| printed.get(id).is_none())
        .collect();
    assert!(missing.is_empty(), "not in the reference: {missing:?}");
    let mut wrong = Vec::new();
    for id in POSE {
        agree(id, &record[id], &printed[id], &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page of the documentation is what the program prints.
#[test]
fn the_page_of_the_pose_operators_is_current() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_keypose"))
        .args(["operators", "--markdown", "pose"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/pose-operators.md");
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        page.as_bytes() == output.stdout,
        "docs/pose-operators.md is out of date; write it anew with\n    \
         cargo run -- operators --markdown pose > docs/pose-operators.md"
    );
}

/// Every field of the record, compared by name; lists by place.
fn agree(
    path: &str,
    record: &serde_json::Value,
    ours: &serde_json::Value,
    wrong: &mut Vec<String>,
) {
    use serde_json::Value as Json;
    match (record, ours) {
        (Json::Object(fields), Json::Object(mine)) => {
            for (name, value) in fields {
                match mine.get(name) {
                    Some(own) => agree(&format!("{path}.{name}"), value, own, wrong),
                    None => wrong.push(format!("{path}.{name}: missing")),
                }
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                agree(&format!("{path}[{place}]"), a, b, wrong);
            }
        }
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            if (a - b).abs() > 1e-6 * a.abs().max(1.0) {
                wrong.push(format!("{path}: {b} is not {a}"));
            }
        }
        _ if record == ours => {}
        _ => wrong.push(format!("{path}: {ours} is not {record}")),
    }
}

#[test]
fn ids_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for entry in registry::entries() {
        let id = entry.info.id;
        assert!(seen.insert(id), "{id} twice");
        let (family, verb) = id.split_once('.').unwrap();
        let plain = |s: &str| {
            !s.is_empty()
                && s.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        assert!(plain(family) && plain(verb), "{id}");
    }
    assert!(seen.len() > 20);
}

#[test]
fn everything_is_documented() {
    for entry in registry::entries() {
        let id = entry.info.id;
        assert!(tooltip(entry.doc).len() > 10, "{id} has no description");
        assert!(!entry.info.label.is_empty(), "{id} has no label");
        for field in entry.fields {
            assert!(
                tooltip(field.doc).len() > 3,
                "{id}: `{}` has no description",
                field.name
            );
            assert!(!field.label().is_empty());
        }
    }
}

#[test]
fn defaults_lie_within_their_ranges() {
    for entry in registry::entries() {
        let mut op = entry.make();
        let before = op.call_text();
        assert_eq!(op.sanitize(), Ok(()), "{}", entry.info.id);
        assert_eq!(op.call_text(), before, "{}", entry.info.id);
        assert_eq!(before, format!("{}()", entry.info.id));
    }
}

/// Changes every parameter to something else.
fn shake(op: &mut dyn registry::AnyOperator) {
    for value in op.values() {
        match value {
            Value::Bool(on) => *on = !*on,
            Value::Int(number) => *number += 1,
            Value::Float(number) => *number += 0.25,
            Value::Text(text) => text.push('x'),
            Value::Choice(choice) => {
                let next = (choice.index() + 1) % choice.items().len();
                choice.set_index(next);
            }
            Value::Vector(numbers) => numbers.iter_mut().for_each(|number| *number += 0.25),
            Value::Flags(flags) => flags.iter_mut().for_each(|flag| *flag = !*flag),
            Value::Data => {}
        }
    }
    op.sanitize().unwrap();
}

#[test]
fn calls_parse_print_and_parse_back() {
    for entry in registry::entries() {
        let mut op = entry.make();
        shake(op.as_mut());
        let text = op.call_text();
        let parsed = call::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        assert_eq!(parsed.call_text(), text);
    }
}

#[test]
fn unknown_parameters_are_refused_with_the_nearest_name() {
    for entry in registry::entries() {
        let text = format!("{}(no_such_parameter: 1)", entry.info.id);
        let error = call::parse(&text)
            .err()
            .unwrap_or_else(|| panic!("{text} was understood"));
        assert!(
            error.message.contains("no_such_parameter"),
            "{}",
            error.message
        );
    }
    let error = call::parse("pose.paste(fliped: true)").err().unwrap();
    assert!(
        error.message.contains("did you mean `flipped`"),
        "{}",
        error.message
    );
    let error = call::parse("pose.past()").err().unwrap();
    assert!(
        error.message.contains("did you mean `pose.paste`"),
        "{}",
        error.message
    );
}

#[test]
fn nothing_panics_on_an_empty_document() {
    for entry in registry::entries().filter(|entry| !external(entry)) {
        let mut session = Session::default();
        let mut op = entry.make();
        session.run(op.boxed_clone(), Place::default());
        shake(op.as_mut());
        let mut session = Session::default();
        session.run(op, Place::default());
    }
}

#[test]
fn the_same_call_gives_the_same_document() {
    for entry in registry::entries().filter(|entry| !external(entry)) {
        for document in samples() {
            let run = || {
                let mut session = Session::with_document(document.clone());
                let outcome = session.run(entry.make(), Place::default());
                (outcome, session.document)
            };
            assert!(run() == run(), "{}", entry.info.id);
        }
    }
}

#[test]
fn undo_gives_what_was_before_and_redo_what_was_after() {
    for entry in registry::entries().filter(|entry| !external(entry)) {
        for document in samples() {
            let mut session = Session::with_document(document.clone());
            let mut op = entry.make();
            shake(op.as_mut());
            session.run(op, Place::default());
            let after = session.document.clone();
            let steps = session.history().behind().len();
            assert!(steps <= 1, "{}: {steps} steps", entry.info.id);
            session.run_text("ed.undo()").unwrap();
            assert!(session.document == document, "{}: undo", entry.info.id);
            if steps == 1 {
                session.run_text("ed.redo()").unwrap();
                assert!(session.document == after, "{}: redo", entry.info.id);
            }
        }
    }
}

#[test]
fn a_refused_call_leaves_the_document_alone() {
    for entry in registry::entries().filter(|entry| !external(entry)) {
        for document in samples() {
            let mut session = Session::with_document(document.clone());
            let outcome = session.run(entry.make(), Place::default());
            if outcome.status != Status::Finished {
                assert!(
                    session.document.same_pointers(&document),
                    "{}",
                    entry.info.id
                );
                assert!(session.history().behind().is_empty(), "{}", entry.info.id);
            }
        }
    }
}

#[test]
fn escape_leaves_the_document_and_the_view_alone() {
    use glam::Vec2;
    for entry in registry::entries().filter(|entry| entry.make().is_modal()) {
        for document in samples() {
            let mut session = Session::with_document(document.clone());
            let view = session.view.clone();
            let start = Event::new(EventKind::Start, Vec2::new(600.0, 400.0));
            let Ok(outcome) = session.invoke(entry.make(), Place::default(), &start) else {
                continue;
            };
            if outcome.status != Status::Running {
                continue;
            }
            for step in 1..5u8 {
                let pointer = Vec2::new(
                    600.0 + f32::from(step) * 30.0,
                    400.0 - f32::from(step) * 10.0,
                );
                session.event(&Event::new(EventKind::Move, pointer));
            }
            session.event(&Event::new(
                EventKind::Key(ModalKey::AxisX),
                Vec2::new(700.0, 350.0),
            ));
            session.event(&Event::new(
                EventKind::Character('4'),
                Vec2::new(700.0, 350.0),
            ));
            session.event(&Event::new(
                EventKind::Key(ModalKey::Cancel),
                Vec2::new(700.0, 350.0),
            ));
            assert!(!session.is_running(), "{}", entry.info.id);
            assert!(
                session.document.same_pointers(&document),
                "{}",
                entry.info.id
            );
            assert!(session.view == view, "{}", entry.info.id);
        }
    }
}

#[test]
fn keys_and_menus_are_read_without_a_fault_and_no_key_clashes() {
    let (keymap, faults) = Keymap::bundled();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(keymap.bindings().len() > 50);
    let (menus, faults) = Menus::bundled();
    assert!(faults.is_empty(), "{faults:?}");
    assert!(menus.calls().len() > 30);
}

#[test]
fn every_operator_is_reached_from_a_menu_or_by_a_key() {
    let (keymap, _) = Keymap::bundled();
    let (menus, _) = Menus::bundled();
    let in_menu = |id: &str| {
        menus
            .calls()
            .iter()
            .any(|call| call.split('(').next() == Some(id))
    };
    let missing: Vec<_> = registry::entries()
        .filter(|entry| !entry.info.script_only)
        .map(|entry| entry.info.id)
        .filter(|id| !in_menu(id) && keymap.keys_of(id).is_empty())
        .collect();
    assert!(missing.is_empty(), "on no key and in no menu: {missing:?}");
    let shown: Vec<_> = registry::entries()
        .filter(|entry| entry.info.script_only)
        .map(|entry| entry.info.id)
        .filter(|id| in_menu(id) || !keymap.keys_of(id).is_empty())
        .collect();
    assert!(shown.is_empty(), "only for scripts: {shown:?}");
}

#[test]
fn a_key_that_a_menu_shows_runs_what_the_menu_runs() {
    let (keymap, _) = Keymap::bundled();
    let (menus, _) = Menus::bundled();
    let mut shown = 0;
    for call in menus.calls() {
        let Some(chord) = keymap.chord_of(call) else {
            continue;
        };
        shown += 1;
        // Narrower contexts come first and might take the key away.
        let runs = |binding: &&Binding| binding.chord == chord && binding.call() == *call;
        let context = keymap.bindings().iter().find(runs).map(|b| &*b.context);
        let found = match context {
            Some("markers") => keymap.find(&["markers", "timeline", "window"], chord),
            Some("timeline") => keymap.find(&["timeline", "window"], chord),
            Some("properties") => keymap.find(&["properties", "window"], chord),
            Some("properties.sets") => keymap.find(&["properties.sets", "properties"], chord),
            _ => keymap.find(&["playing", "pose", "view3d", "window"], chord),
        };
        let runs = found.map(|binding| match &binding.action {
            Action::Run(op) => op.call_text(),
            Action::Modal(_) => String::new(),
        });
        assert_eq!(runs.as_deref(), Some(call), "{chord}");
    }
    assert!(shown > 25, "only {shown} entries show a key");
}
