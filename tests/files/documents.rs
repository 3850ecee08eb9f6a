//! Documents as text: round trips and refusals.

use std::path::Path;
use std::sync::Arc;

use keypose::io::document;
use keypose::model::armature::BoneCollection;
use keypose::model::view::View;

use crate::common::{cases, hooks};
use crate::{from_text, message, rich, setup, to_text};

#[test]
fn every_setup_survives_saving_and_opening() {
    let all = cases::load();
    let inline = all.files.iter().flat_map(|file| &file.cases);
    let inline = inline
        .map(|case| &case["setup"])
        .filter(|setup| setup.is_object());
    for setup in all.setups.values().chain(inline) {
        let before = hooks::load(setup).unwrap();
        let text = to_text(&before);
        let opened = from_text(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert!(opened.document == before, "{text}");
        assert_eq!(hooks::dump(&opened.document), hooks::dump(&before));
        assert_eq!(to_text(&opened.document), text);
        assert!(opened.warnings.is_empty());
    }
}

#[test]
fn a_rich_document_survives() {
    let before = rich();
    let view = View {
        overlays: false,
        ..View::default()
    };
    let text = document::to_text(&before, &view, Path::new("/nowhere")).unwrap();
    let opened = from_text(&text).unwrap();
    assert!(opened.document == before, "{text}");
    assert_eq!(opened.view, view);
    let again = document::to_text(&opened.document, &opened.view, Path::new("/nowhere"));
    assert_eq!(again, Ok(text));
}

#[test]
fn a_hidden_rig_and_solo_and_coloured_collections_survive_in_documents_alone() {
    let mut before = rich();
    let rig = before.rig_mut().unwrap();
    rig.hide = true;
    let armature = Arc::make_mut(&mut rig.armature);
    armature.collections = vec![BoneCollection {
        name: "Own".to_owned(),
        is_visible: false,
        is_solo: true,
        color: "#0a0b0c".to_owned(),
    }];
    armature.active_collection = Some("Own".to_owned());
    let text = to_text(&before);
    assert!(from_text(&text).unwrap().document == before, "{text}");
    // Other programs read scenes: those have the format's own fields and no others.
    let scene = keypose::io::scene::scene_value(&before, None);
    let own = serde_json::json!([{"name": "Own", "is_visible": false}]);
    assert_eq!(scene["armature"]["collections"], own);
    assert!(scene["armature"].get("active_collection").is_none());
    assert!(scene.get("hide").is_none() && scene["armature"].get("hide").is_none());
}

#[test]
fn a_newer_document_says_so_whatever_it_holds() {
    let text = "// Keypose document\n(version: 7,\n  rigs: <<a new syntax>>\n)";
    assert_eq!(
        message(from_text(text)),
        "scene.keypose:2:11: written by a newer Keypose (document version 7, this program reads up to 1); \
         update Keypose to open it"
    );
    assert!(message(from_text("(rigs: [])")).starts_with("scene.keypose:1:2: no Keypose document"));
    assert!(message(from_text("")).starts_with("scene.keypose:1:1: no Keypose document"));
    assert!(
        message(from_text(
            "// a\n/* b */ ( version : 1, scene: (frme: 2.0))"
        ))
        .contains("frme")
    );
}

#[test]
fn broken_documents_are_refused_with_a_line() {
    let cases = [
        (
            "(version: 1,\n scene: (frme: 2.0))",
            "scene.keypose:2:14: unknown field `frme`; did you mean \"frame\"?",
        ),
        (
            "(version: 1,\n scene: (frame: \"x\"))",
            "scene.keypose:2:17: Expected float",
        ),
        (
            "(version: 1, active_rig: 2)",
            "scene.keypose: active_rig: 2 is out of range, there are 0 rigs",
        ),
        (
            "(version: 1, scene: (frame: inf))",
            "scene.keypose: scene.frame: inf is not a finite number",
        ),
        (
            "(version: 1, scene: (frame: 1e99))",
            "scene.keypose: scene.frame: inf is not a finite number",
        ),
        (
            "(version: 1, scene: (fps: 0.0))",
            "scene.keypose: scene.fps: 0 is not above 0",
        ),
        (
            "(version: 1, rigs: [(), ()])",
            "scene.keypose: rigs[1] \"Armature\": the name is taken by another rig",
        ),
        (
            "(version: 1, rigs: [(model: (path: \"a.glb\", nodes: [3]))])",
            "scene.keypose: rigs[0] \"Armature\": model.nodes: 1 entries for 0 bones",
        ),
        (
            "(version: 1, rigs: [(pose: {\"a\": ()})])",
            "scene.keypose: rigs[0] \"Armature\": pose: bone \"a\" does not exist",
        ),
        (
            "(version: 1, actions: {\"A\": (fcurves: [(property: \"scale\", keys: [()])])})",
            "scene.keypose: actions \"A\": fcurves[0].keys[0]: a key needs `co`, its frame and value",
        ),
        (
            "(version: 1, actions: {\"A\": (), \"A\": ()})",
            "scene.keypose:1:40: \"A\" is there twice",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(message(from_text(text)), expected, "{text}");
    }
    let typo = to_text(&setup("con_biped_constrained")).replace("chain_count", "chain_cuont");
    assert!(message(from_text(&typo)).contains("`chain_cuont` is not known"));
}

#[test]
fn a_truncated_document_is_refused_with_a_line() {
    let text = to_text(&rich());
    for end in (0..text.len() - 2).step_by(100) {
        let cut = &text.as_bytes()[..end];
        let Ok(cut) = std::str::from_utf8(cut) else {
            continue;
        };
        let message = message(from_text(cut));
        assert!(message.starts_with("scene.keypose:"), "{message}");
    }
}

#[test]
fn a_joint_without_extent_does_not_keep_a_document_from_opening() {
    let flat = serde_json::json!([[0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, 3], [0, 0, 0, 1]]);
    let scene = serde_json::json!({"armature": {"bones": [{"name": "a", "matrix_local": flat}]}});
    let before = hooks::load(&scene).unwrap();
    assert!(from_text(&to_text(&before)).unwrap().document == before);
}
