//! Names of bones: as Blender 4.5 gives them for random bones, and in everything that names a bone.

use std::path::Path;
use std::sync::Arc;

use keypose::io::scene;
use keypose::model::document::Document;
use keypose::model::rig::Rig;
use keypose::ops::call;
use keypose::ops::context::Place;
use keypose::ops::registry;
use keypose::ops::runner::{Session, Status};
use serde_json::{Value, json};

fn document(scene: &Value) -> Document {
    scene::read_scene(Path::new("scene.json"), &scene.to_string()).unwrap()
}

fn names(rig: &Rig) -> Vec<&str> {
    rig.armature.bones.iter().map(|bone| &*bone.name).collect()
}

/// Each case: bones with names that clash, with numbers, of up to 63 bytes; some of them selected; a call; and the
/// names that Blender gave them.
#[test]
fn random_names_become_those_of_blender() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let path = std::env::var_os("KEYPOSE_NAMES").map_or(path.join("blender.json"), Into::into);
    let text = std::fs::read_to_string(&path).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for (place, case) in cases.iter().enumerate() {
        let mut session = Session::with_document(document(&json!({
            "armature": {"bones": case["bones"]},
        })));
        let select = call::parse("pose.select_bones()").unwrap();
        let select = registry::find(select.info().id).unwrap();
        let select = select
            .parse_json(&json!({"names": case["select"]}))
            .unwrap();
        session.run(select, Place::default());
        let entry = registry::find(case["op"].as_str().unwrap()).unwrap();
        let outcome = session.run(entry.parse_json(&case["args"]).unwrap(), Place::default());
        assert_eq!(outcome.status, Status::Finished, "case {place}");
        let given = names(session.document.rig().unwrap());
        let wanted: Vec<&str> = case["names"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_str().unwrap())
            .collect();
        if given != wanted {
            let pairs = given
                .iter()
                .zip(&wanted)
                .enumerate()
                .filter(|(_, (a, b))| a != b);
            for (bone, (given, wanted)) in pairs {
                let was = &case["bones"][bone]["name"];
                wrong.push(format!(
                    "case {place}: {was} became {given:?}, not {wanted:?}"
                ));
            }
        }
    }
    assert!(cases.len() > 100);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A rig in which everything that can name a bone names `arm.L`.
fn tangled() -> Document {
    let curve = |bone: &str, property: &str, group: &str| {
        json!({"bone": bone, "property": property, "index": 0, "group": group,
               "keys": [{"co": [1.0, 1.0], "handle_left": [0.0, 1.0], "handle_right": [2.0, 1.0]}]})
    };
    let action = |curves: Vec<Value>| {
        let groups: serde_json::Map<String, Value> = curves
            .iter()
            .map(|c| (c["group"].as_str().unwrap().to_owned(), json!({})))
            .collect();
        json!({"fcurves": curves, "groups": groups})
    };
    document(&json!({
        "armature": {"bones": [
            {"name": "arm.L", "head": [1, 0, 0], "tail": [2, 0, 0]},
            {"name": "arm.R", "head": [-1, 0, 0], "tail": [-2, 0, 0]},
            {"name": "bend", "head": [0, 0, 0], "tail": [0, 0, 1],
             "bbone": {"bbone_custom_handle_start": "arm.L", "bbone_handle_type_start": "ABSOLUTE"}},
        ], "selection_sets": [{"name": "S", "bones": ["arm.L", "bend"]}]},
        "pose": {
            "arm.L": {"select": true, "custom": {"soft": 1.0}},
            "bend": {"constraints": [
                {"type": "COPY_LOCATION", "name": "Copy", "target_bone": "arm.L"},
                {"type": "IK", "name": "IK", "target_bone": "arm.R", "pole_bone": "arm.L"},
                {"type": "LIMIT_LOCATION", "name": "Limit", "owner_space": "CUSTOM", "space_bone": "arm.L"},
                {"type": "ARMATURE", "name": "Armature",
                 "targets": [{"target_bone": "arm.R"}, {"target_bone": "arm.L"}]},
                {"type": "ACTION", "name": "Action", "target_bone": "arm.R", "action": "Driven"},
            ]},
        },
        "actions": {
            "Act": action(vec![
                curve("arm.L", "location", "arm.L"),
                curve("arm.L", "[\"soft\"]", "Mine"),
                curve("arm.L", "[\"gone\"]", "Mine"),
                curve("bend", "location", "arm.L"),
            ]),
            "Strip": action(vec![curve("arm.L", "scale", "arm.L")]),
            "Driven": action(vec![curve("arm.L", "location", "arm.L")]),
            "Spare": action(vec![curve("arm.L", "location", "arm.L")]),
        },
        "active_action": "Act",
        "nla": [{"name": "T", "mute": true, "strips": [{"name": "T", "action": "Strip", "frame_start": 1,
                 "frame_end": 2, "action_frame_start": 1, "action_frame_end": 2}]}],
    }))
}

fn curves(document: &Document, action: &str) -> Vec<(String, String, String)> {
    let curves = document.actions[action].fcurves.iter();
    let text = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    curves
        .map(|curve| {
            (
                text(&curve.bone),
                curve.property.to_string(),
                text(&curve.group),
            )
        })
        .collect()
}

fn run(session: &mut Session, text: &str) -> Vec<String> {
    let outcome = session.run_text(text).unwrap();
    assert_eq!(
        outcome.status,
        Status::Finished,
        "{text}: {:?}",
        outcome.reports
    );
    outcome
        .reports
        .iter()
        .map(|report| report.text.clone())
        .collect()
}

#[test]
fn what_names_a_bone_follows_it() {
    let mut session = Session::with_document(tangled());
    session
        .run_text("pose.select_bones(names: [\"arm.L\"], active: \"arm.L\")")
        .unwrap();
    let before = session.document.clone();
    let said = run(&mut session, "bone.rename(name: \"wing.L\")");
    assert_eq!(said, Vec::<String>::new());
    let document = &session.document;
    let rig = document.rig().unwrap();
    assert_eq!(names(rig), ["wing.L", "arm.R", "bend"]);
    let row = |bone: &str, property: &str, group: &str| {
        (bone.to_owned(), property.to_owned(), group.to_owned())
    };
    assert_eq!(
        curves(document, "Act"),
        [
            row("wing.L", "location", "wing.L"),
            row("wing.L", "[\"soft\"]", "Mine"),
            // The bone has no such property: as in Blender the curve stays.
            row("arm.L", "[\"gone\"]", "Mine"),
            row("bend", "location", "wing.L"),
        ]
    );
    let groups = |name: &str| {
        document.actions[name]
            .groups
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(groups("Act"), ["wing.L", "Mine"]);
    for action in ["Strip", "Driven", "Spare"] {
        assert_eq!(
            (curves(document, action)[0].0.as_str(), groups(action)),
            ("wing.L", vec!["wing.L".to_owned()]),
            "{action}"
        );
    }
    let bend = rig.armature.find("bend").unwrap();
    let constraints = &rig.setup(bend).unwrap().constraints;
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    assert_eq!(named(&constraints[0].target_bone), "wing.L");
    assert_eq!(
        (
            named(&constraints[1].target_bone),
            named(&constraints[1].pole_bone)
        ),
        ("arm.R".to_owned(), "wing.L".to_owned())
    );
    assert_eq!(named(&constraints[2].space_bone), "wing.L");
    let targets: Vec<String> = constraints[3]
        .targets
        .iter()
        .map(|target| named(&target.target_bone))
        .collect();
    assert_eq!(targets, ["arm.R", "wing.L"]);
    assert_eq!(
        named(
            &rig.armature
                .bone(bend)
                .unwrap()
                .bbone
                .bbone_custom_handle_start
        ),
        "wing.L"
    );
    assert_eq!(rig.options.selection_sets[0].bones, ["wing.L", "bend"]);
    session.run_text("ed.undo()").unwrap();
    assert!(session.document == before);
}

#[test]
fn flipping_leaves_selection_sets_as_blender_does() {
    let mut session = Session::with_document(tangled());
    run(&mut session, "pose.flip_names()");
    let rig = session.document.rig().unwrap();
    // The other side has the name already.
    assert_eq!(names(rig), ["arm.R.002", "arm.R", "bend"]);
    assert_eq!(rig.options.selection_sets[0].bones, ["arm.L", "bend"]);
    assert_eq!(curves(&session.document, "Act")[0].0, "arm.R.002");
}

#[test]
fn both_sides_swap_their_names_and_curves() {
    let mut session = Session::with_document(tangled());
    session.run_text("pose.select_all(action: SELECT)").unwrap();
    run(&mut session, "pose.flip_names()");
    assert_eq!(
        names(session.document.rig().unwrap()),
        ["arm.R", "arm.L", "bend"]
    );
    assert_eq!(curves(&session.document, "Act")[0].0, "arm.R");
}

#[test]
fn keying_sets_and_spare_actions_stay_where_another_rig_has_the_name() {
    let mut document = tangled();
    let scene = Arc::make_mut(&mut document.scene);
    scene
        .keying_sets
        .push(keypose::model::keying_set::KeyingSet {
            name: "K".to_owned(),
            paths: vec![("arm.L".to_owned(), "location".to_owned())],
        });
    let rename = |document: &Document| {
        let mut session = Session::with_document(document.clone());
        run(
            &mut session,
            "bone.rename(name: \"wing.L\", bone: \"arm.L\")",
        );
        let set = session.document.scene.keying_sets[0].paths[0].0.clone();
        (
            set,
            curves(&session.document, "Spare")[0].0.clone(),
            curves(&session.document, "Act")[0].0.clone(),
        )
    };
    let texts = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(rename(&document), texts("wing.L", "wing.L", "wing.L"));
    let active = document.active_rig;
    let twin = document.rig().unwrap().as_ref().clone();
    let twin = Rig {
        animation: Arc::default(),
        ..twin
    };
    document.add_rig(twin);
    document.active_rig = active;
    assert_eq!(rename(&document), texts("arm.L", "arm.L", "wing.L"));
}

#[test]
fn names_that_cannot_be_given_are_told() {
    let mut session = Session::with_document(tangled());
    let refused = |session: &mut Session, text: &str, part: &str| {
        let before = session.document.clone();
        let outcome = session.run_text(text).unwrap();
        assert_eq!(outcome.status, Status::Cancelled, "{text}");
        let said = outcome
            .reports
            .first()
            .map(|report| report.text.clone())
            .unwrap_or_default();
        assert!(said.contains(part), "{text}: {said}");
        assert!(session.document.same_pointers(&before), "{text}");
    };
    refused(
        &mut session,
        "bone.rename(name: \"x\")",
        "No bone is active",
    );
    refused(
        &mut session,
        "bone.rename(name: \"  \", bone: \"arm.L\")",
        "needs a name",
    );
    refused(
        &mut session,
        "bone.rename(name: \"a\\nb\", bone: \"arm.L\")",
        "one line",
    );
    refused(
        &mut session,
        "bone.rename(name: \"x\", bone: \"arm\")",
        "no bone `arm`",
    );
    refused(
        &mut session,
        "bone.rename(name: \"arm.L\", bone: \"arm.L\")",
        "",
    );
    let said = run(
        &mut session,
        "bone.rename(name: \"arm.R\", bone: \"arm.L\")",
    );
    assert_eq!(said, ["arm.R is taken; the bone is called arm.R.001"]);
    let long = "ü".repeat(40);
    run(
        &mut session,
        &format!("bone.rename(name: {long:?}, bone: \"bend\")"),
    );
    assert_eq!(names(session.document.rig().unwrap())[2], "ü".repeat(31));
    let empty = Session::default().run_text("pose.flip_names()").unwrap();
    assert_eq!(empty.status, Status::PollFailed);
}

/// 300 bones with ten curves each: far under a frame in an optimised build, and no step more than once over the lists.
#[test]
fn many_names_take_no_time() {
    let bones: Vec<Value> = (0..300)
        .map(|i| json!({"name": format!("bone{}.{}", i / 2, if i % 2 == 0 { "L" } else { "R" }), "head": [i, 0, 0], "tail": [i, 0, 1]}))
        .collect();
    let curve = |i: usize| {
        let bone = &bones[i / 10]["name"];
        json!({"bone": bone, "property": "location", "index": i % 10, "group": bone,
               "keys": [{"co": [1.0, 1.0], "handle_left": [0.0, 1.0], "handle_right": [2.0, 1.0]}]})
    };
    let curves: Vec<Value> = (0..3000).map(curve).collect();
    let scene = json!({"armature": {"bones": bones}, "actions": {"A": {"fcurves": curves}}, "active_action": "A"});
    let mut session = Session::with_document(document(&scene));
    session.run_text("pose.select_all(action: SELECT)").unwrap();
    let began = std::time::Instant::now();
    run(&mut session, "pose.flip_names()");
    let took = began.elapsed();
    assert_eq!(
        names(session.document.rig().unwrap())[..2],
        ["bone0.R", "bone0.L"]
    );
    assert_eq!(
        session.document.actions["A"].fcurves[0].bone.as_deref(),
        Some("bone0.R")
    );
    assert!(took.as_millis() < 500, "{took:?}");
}
