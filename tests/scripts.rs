//! Behaviour as scripts: every `tests/scripts/*.kps` is a document, calls, and `expect(…)` with numbers.
//!
//! Beside the registry's calls a script may hold, known to this test alone:
//! `open("name")`, one of the documents below or a setup of the conformance cases, and
//! `expect(bone: "arm.L", location: (1.0, 0.0, 0.0), …)`, `expect(selected: ["a"], active: "a", steps: 2)`,
//! and `refused("call", "part of the message")`.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::documents;
use common::objects::{self, EmptyRow};
use common::scene::SceneExpect;
use glam::Vec3;
use keypose::eval::hierarchy;
use keypose::io::scene;
use keypose::model::bits::BitSet;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::pose::RotationMode;
use keypose::model::rig::Rig;
use keypose::ops::call;
use keypose::ops::context::Level;
use keypose::ops::runner::Session;
use serde::Deserialize;

/// Property, component, and frame and value of every key.
type Curve = (String, u32, Vec<(f32, f32)>);

/// What a script expects; what is left out is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Expect {
    bone: String,
    location: Option<[f32; 3]>,
    rotation_mode: Option<RotationMode>,
    rotation_quaternion: Option<[f32; 4]>,
    rotation_euler: Option<[f32; 3]>,
    rotation_axis_angle: Option<[f32; 4]>,
    scale: Option<[f32; 3]>,
    head: Option<[f32; 3]>,
    tail: Option<[f32; 3]>,
    hidden: Option<bool>,
    visible: Option<bool>,
    member_of: Option<Vec<String>>,
    collections: Option<Vec<String>>,
    active_collection: Option<String>,
    selected: Option<Vec<String>>,
    active: Option<String>,
    steps: Option<usize>,
    last: Option<String>,
    /// Property, component, and frame and value of every key of the bone's curve.
    keys: Option<Vec<Curve>>,
    /// Property and component of every curve of the bone, in the order of the action.
    curves: Option<Vec<(String, u32)>>,
    action: Option<String>,
    groups: Option<Vec<String>>,
    rigs: Option<usize>,
    /// Selected bones of rigs by their names.
    selected_of: BTreeMap<String, Vec<String>>,
    /// Hidden bones of rigs by their names.
    hidden_of: BTreeMap<String, Vec<String>>,
    /// Name of the active rig.
    active_rig: Option<String>,
    /// Name and target of each constraint of the bone.
    constraints: Option<Vec<(String, String)>>,
    empties: Option<Vec<EmptyRow>>,
    scene: Option<SceneExpect>,
    /// Selection sets, each with its bones.
    sets: Option<Vec<(String, Vec<String>)>>,
    active_set: Option<i32>,
    clipboard: Option<String>,
    /// Head, tail and roll at rest, armature space.
    rest: Option<([f32; 3], [f32; 3], f32)>,
    /// First frame, one past the last, and the points; none at all: whatever they are.
    path: Option<(i32, i32, Vec<[f32; 3]>)>,
    has_path: Option<bool>,
}

fn check_rest(rig: &Rig, id: BoneId, expect: &Expect) {
    if let Some((head, tail, roll)) = &expect.rest {
        let bone = rig.armature.bone(id).unwrap();
        close(&bone.head.to_array(), Some(head), "head at rest");
        close(&bone.tail.to_array(), Some(tail), "tail at rest");
        close(&[bone.roll], Some(&[*roll]), "roll");
    }
    let path = rig.setup(id).unwrap().motion_path.as_ref();
    if let Some(has) = expect.has_path {
        assert_eq!(path.is_some(), has, "path");
    }
    if let Some((start, end, points)) = &expect.path {
        let path = path.expect("a motion path");
        assert_eq!((path.start, path.end), (*start, *end), "frames of the path");
        assert_eq!(path.points.len(), path.len(), "points of the path");
        let found: Vec<f32> = path.points.iter().flatten().copied().collect();
        let wanted: Vec<f32> = points.iter().flatten().copied().collect();
        assert!(
            wanted.is_empty() || found.len() == wanted.len(),
            "{found:?}"
        );
        close(
            &found,
            Some(&wanted).filter(|_| !wanted.is_empty()).map(|v| &v[..]),
            "path",
        );
    }
}

fn document(name: &str) -> Document {
    match name {
        "arm" => documents::arm(),
        "selected_arm" => documents::selected_arm(),
        "two_rigs" => documents::two_rigs(),
        "three_rigs" => documents::three_rigs(),
        "empty" => Document::default(),
        "wave" => documents::wave(),
        setup => {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("tests/conformance/setups")
                .join(format!("{setup}.json"));
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            scene::read_scene(&path, &text).unwrap()
        }
    }
}

fn close(found: &[f32], wanted: Option<&[f32]>, what: &str) {
    let Some(wanted) = wanted else { return };
    let near = |(a, b): (&f32, &f32)| (a - b).abs() <= 1e-4 * a.abs().max(b.abs()).max(1.0);
    assert!(
        found.iter().zip(wanted).all(near),
        "{what} is {found:?}, not {wanted:?}"
    );
}

fn check_collections(rig: &Rig, expect: &Expect) {
    let armature = &rig.armature;
    if let Some(collections) = &expect.collections {
        let names: Vec<_> = armature.collections.iter().map(|c| &c.name).collect();
        assert_eq!(
            &names,
            &collections.iter().collect::<Vec<_>>(),
            "collections"
        );
    }
    if expect.active_collection.is_some() {
        assert_eq!(armature.active_collection, expect.active_collection);
    }
    let bone = armature.find(&expect.bone);
    if let Some((wanted, id)) = expect.member_of.as_ref().zip(bone) {
        assert_eq!(
            &armature.bone(id).unwrap().collections,
            wanted,
            "{}",
            expect.bone
        );
    }
    if let Some((wanted, id)) = expect.visible.zip(bone) {
        assert_eq!(rig.visible(id), wanted, "visible");
    }
}

fn check_sets(rig: &Rig, expect: &Expect) {
    if let Some(wanted) = &expect.sets {
        let sets = rig.options.selection_sets.iter();
        let found = sets.map(|set| (set.name.clone(), set.bones.clone()));
        assert_eq!(&found.collect::<Vec<_>>(), wanted, "selection sets");
    }
    if let Some(active) = expect.active_set {
        assert_eq!(rig.options.active_selection_set, active, "active set");
    }
}

fn check_keys(document: &Document, expect: &Expect) {
    let name = document
        .rig()
        .and_then(|rig| rig.animation.active_action.as_ref());
    if let Some(action) = &expect.action {
        assert_eq!(name.map_or("", String::as_str), action, "active action");
    }
    let action = name.and_then(|name| document.actions.get(name));
    if let Some(groups) = &expect.groups {
        let names = action.iter().flat_map(|action| &action.groups);
        let names: Vec<_> = names.map(|(name, _)| name.clone()).collect();
        assert_eq!(&names, groups, "groups");
    }
    let curves = action.iter().flat_map(|action| &action.fcurves);
    let bone = (!expect.bone.is_empty()).then_some(expect.bone.as_str());
    let own: Vec<_> = curves
        .filter(|curve| curve.bone.as_deref() == bone)
        .collect();
    if let Some(wanted) = &expect.curves {
        let found = own
            .iter()
            .map(|curve| (curve.property.to_string(), curve.index));
        assert_eq!(&found.collect::<Vec<_>>(), wanted, "curves");
    }
    for (property, index, wanted) in expect.keys.iter().flatten() {
        let curve = own.iter().find(|curve| curve.is(bone, property, *index));
        let keys = curve.iter().flat_map(|curve| curve.keys.iter());
        let found: Vec<f32> = keys.flat_map(|key| key.co).collect();
        let wanted: Vec<f32> = wanted
            .iter()
            .flat_map(|&(frame, value)| [frame, value])
            .collect();
        assert_eq!(
            found.len(),
            wanted.len(),
            "keys of {property} {index}: {found:?}"
        );
        close(&found, Some(&wanted), &format!("{property} {index}"));
    }
}

fn check_rigs(document: &Document, expect: &Expect) {
    let names = |rig: &Rig, bones: &BitSet| -> Vec<String> {
        let name = |place: usize| rig.armature.bones[place].name.to_string();
        bones.iter().map(name).collect()
    };
    let rig = |name: &str| {
        let mut rigs = document.rigs.iter();
        rigs.find(|rig| rig.name == name).unwrap()
    };
    for (name, wanted) in &expect.selected_of {
        let rig = rig(name);
        assert_eq!(&names(rig, &rig.selected), wanted, "selected of {name}");
    }
    for (name, wanted) in &expect.hidden_of {
        let rig = rig(name);
        assert_eq!(&names(rig, &rig.hidden), wanted, "hidden of {name}");
    }
    if expect.active_rig.is_some() {
        let active = document.rig().map(|rig| rig.name.clone());
        assert_eq!(active, expect.active_rig, "active rig");
    }
}

fn check(session: &Session, expect: &Expect) {
    let document = &session.document;
    check_rigs(document, expect);
    if let Some(rigs) = expect.rigs {
        assert_eq!(document.rigs.len(), rigs, "rigs");
    }
    if let Some(steps) = expect.steps {
        assert_eq!(session.history().behind().len(), steps, "steps of history");
    }
    if let Some(last) = &expect.last {
        assert_eq!(session.last().map(|op| op.call_text()).as_ref(), Some(last));
    }
    if let Some(scene) = &expect.scene {
        scene.check(session);
    }
    if let Some(empties) = &expect.empties {
        objects::empties(document, empties);
    }
    if let Some(constraints) = &expect.constraints {
        objects::constraints(document, &expect.bone, constraints);
    }
    if let Some(text) = &expect.clipboard {
        let own = session.scratch.clipboard.own_text();
        assert_eq!(own.map_or("", |text| &**text), text, "clipboard");
    }
    let Some(rig) = document.rig() else { return };
    if let Some(selected) = &expect.selected {
        let names: Vec<_> = rig
            .selected
            .iter()
            .map(|i| rig.armature.bones[i].name.to_string())
            .collect();
        assert_eq!(&names, selected, "selected bones");
    }
    if let Some(active) = &expect.active {
        assert_eq!(
            rig.active_bone.map(|id| rig.armature.name(id)),
            Some(active.as_str()),
            "active bone"
        );
    }
    check_sets(rig, expect);
    check_collections(rig, expect);
    check_keys(document, expect);
    if expect.bone.is_empty() {
        return;
    }
    let bone = rig
        .armature
        .find(&expect.bone)
        .unwrap_or_else(|| panic!("no bone {}", expect.bone));
    let channel = rig.channel(bone).unwrap();
    close(
        &channel.location.to_array(),
        expect.location.as_ref().map(|v| &v[..]),
        "location",
    );
    close(
        &channel.quaternion,
        expect.rotation_quaternion.as_ref().map(|v| &v[..]),
        "quaternion",
    );
    close(
        &channel.euler.to_array(),
        expect.rotation_euler.as_ref().map(|v| &v[..]),
        "euler",
    );
    close(
        &channel.axis_angle,
        expect.rotation_axis_angle.as_ref().map(|v| &v[..]),
        "axis angle",
    );
    close(
        &channel.scale.to_array(),
        expect.scale.as_ref().map(|v| &v[..]),
        "scale",
    );
    if let Some(mode) = expect.rotation_mode {
        assert_eq!(channel.mode, mode);
    }
    check_rest(rig, bone, expect);
    if let Some(hidden) = expect.hidden {
        assert_eq!(rig.hidden.contains(bone.index()), hidden, "hidden");
    }
    let posed = hierarchy::evaluate_once(rig);
    let world = |point: Option<Vec3>| {
        rig.world_from_armature()
            .transform_point3(point.unwrap())
            .to_array()
    };
    close(
        &world(posed.head(bone)),
        expect.head.as_ref().map(|v| &v[..]),
        "head",
    );
    close(
        &world(posed.tail(bone)),
        expect.tail.as_ref().map(|v| &v[..]),
        "tail",
    );
}

fn line(session: &mut Session, text: &str) {
    if let Some(name) = text
        .strip_prefix("open(\"")
        .and_then(|t| t.strip_suffix("\")"))
    {
        *session = Session::with_document(document(name));
    } else if let Some(arguments) = text.strip_prefix("expect") {
        let expect: Expect = call::options()
            .from_str(arguments)
            .unwrap_or_else(|e| panic!("{e}"));
        check(session, &expect);
    } else if let Some(arguments) = text.strip_prefix("refused") {
        let (call, part): (String, String) = call::options().from_str(arguments).unwrap();
        let message = match session.run_text(&call) {
            Err(error) => error.message,
            Ok(outcome) => outcome.error().unwrap_or("it ran").to_owned(),
        };
        assert!(message.contains(&part), "refused with: {message}");
    } else {
        let outcome = session
            .run_text(text)
            .unwrap_or_else(|e| panic!("column {}: {}", e.column, e.message));
        let error = outcome
            .reports
            .iter()
            .find(|report| report.level == Level::Error);
        assert!(error.is_none(), "{error:?}");
    }
}

#[test]
fn every_script_gives_what_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let mut failures = Vec::new();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "kps"))
    {
        let text = std::fs::read_to_string(path).unwrap();
        let mut session = Session::default();
        let mut expectations = 0;
        for (number, content) in text.lines().enumerate() {
            let content = content.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            expectations +=
                usize::from(content.starts_with("expect") || content.starts_with("refused"));
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                line(&mut session, content)
            }));
            if let Err(panic) = result {
                let why = panic.downcast_ref::<String>().cloned();
                let why = why.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
                failures.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    why.unwrap_or_default()
                ));
                break;
            }
        }
        assert!(expectations > 0, "{} expects nothing", path.display());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
