//! Files survive: scenes and documents come back as they were, broken ones are refused with a line that says
//! where, and saving never harms what is there.

#[path = "../common/gltf.rs"]
#[expect(dead_code, reason = "only some of its parts are needed here")]
mod builder;
mod clips;
#[path = "../common/mod.rs"]
mod common;
mod documents;
mod models;
mod saving;
mod scenes;

use std::path::Path;

use keypose::io::document::{self, Loaded, Opened};
use keypose::io::error::Error;
use keypose::model::document::Document;
use keypose::model::rig::Rig;
use keypose::model::view::View;
use serde_json::json;

use common::{cases, hooks};

pub fn no_model(path: &Path, _fps: Option<f32>) -> Result<Loaded, Error> {
    Err(Error::content(path, "there is no such model"))
}

pub fn from_text(text: &str) -> Result<Opened, Error> {
    document::from_text(
        Path::new("scene.keypose"),
        text,
        Path::new("/nowhere"),
        &no_model,
    )
}

pub fn to_text(document: &Document) -> String {
    document::to_text(document, &View::default(), Path::new("/nowhere")).unwrap()
}

pub fn setup(name: &str) -> Document {
    hooks::load(&cases::load().setups[name]).unwrap()
}

pub fn message(result: Result<Opened, Error>) -> String {
    let text = result.unwrap_err().to_string();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

/// A document with everything at once.
pub fn rich() -> Document {
    let all = cases::load();
    let scene = json!({
        "frame": 3.25, "preview_range": [2, 9], "auto_key": true, "active_keying_set": 0,
        "keying_sets": [{"name": "Set", "paths": [["a", "location"], ["b", "scale"]]}],
        "markers": [{"name": "m", "frame": 4, "select": true}],
        "armature": {"name": "Own frames", "active_bone": "b", "location": [0.1, 0.2, 0.3],
            "bones": [
                {"name": "a", "matrix_local": [[0.0, 1.5, 0.0, 0.1], [2.0, 0.0, 0.0, 0.2],
                    [0.0, 0.0, 1.0, 0.3], [0.0, 0.0, 0.0, 1.0]]},
                {"name": "b", "parent": "a", "head": [0, 0, 0.1], "tail": [0, 1, 0], "hide": true,
                    "collections": ["C"]}
            ],
            "collections": [{"name": "C", "is_visible": false}],
            "selection_sets": [{"name": "S", "bones": ["a", "gone"], "is_selected": true}]},
        "pose": {"a": {"select": true, "custom": {"whole": 3, "third": 0.3333333333333333, "text": "\"é\\n\"",
                "tiny": 1e-300, "on": true, "list": [1.0, 2.5]},
            "motion_path": {"start": 1, "end": 3, "points": [[0, 1, 2], [3, 4, 5]]},
            "constraints": [{"type": "CHILD_OF", "name": "c", "target_object": "E"}]}},
        "actions": {"Act": {"use_frame_range": false, "frame_end": 12.0, "groups": {"z": {}, "a": {"lock": true}},
            "fcurves": [{"bone": null, "property": "location", "index": 2, "group": "z",
                "keys": [{"co": [1.0, 1e-7], "select": true, "select_left": false}]}]}},
        "nla": [{"name": "t", "strips": [{"name": "s", "action": "Act", "frame_end": 3.5}]}],
        "active_action": "Act", "previous_action": "Other", "pose_library": "Old",
        "assets": [{"name": "P", "catalog": "Hands/Fists", "fcurves": []}], "active_asset": "P",
        "empties": [{"name": "E", "scale": [1, 2, 3]}]
    });
    let mut document = hooks::load(&scene).unwrap();
    for name in ["act_fancy", "con_biped_constrained"] {
        let other = hooks::load(&all.setups[name]).unwrap();
        document.add_rig(Rig::clone(other.rig().unwrap()));
    }
    document.active_rig = Some(keypose::model::id::RigId(1));
    document
}
