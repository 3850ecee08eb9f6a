//! Actions that Keypose wrote beside an animation's channels come back as they were, as long as they fit.

use keypose::io::gltf_check;
use keypose::io::gltf_import::{Imported, Options, import_bytes_with};
use keypose::model::action::Action;
use keypose::model::fcurve::{HandleType, Interpolation, KeyKind};
use keypose::model::pose::RotationMode;
use serde_json::{Value, json};

use crate::animation_actions::{also, animate};
use crate::builder::{Builder, character};
use crate::opened;

/// A character whose animation carries an action by angles, in frames from 11 on.
fn written() -> Builder {
    let mut b = character();
    let turned = [0., 0., 0., 1., 0., 0., 1., 0.];
    animate(
        &mut b,
        json!("Turn"),
        (3, "rotation"),
        "LINEAR",
        &[0., 1.],
        &turned,
    );
    let check = gltf_check::of_animation(&b.json, std::slice::from_ref(&b.bin), 0).unwrap();
    // The buffer is not declared before the file is written.
    b.json["animations"][0]["extras"] = json!({"mine": 1, "keypose": {
        "version": 1, "fps": 25.0, "start_frame": 11.0, "check": check, "rotation_modes": {"spine": "XYZ"},
        "action": {"groups": {"Spine": {"lock": true}}, "pose_markers": [{"name": "hit", "frame": 16}],
            "fcurves": [{"bone": "spine", "property": "rotation_euler", "index": 2, "group": "Spine",
                "extrapolation": "LINEAR", "keys": [
                {"co": [11.0, 0.0], "handle_right": [14.0, 0.5], "handle_right_type": "ALIGNED"},
                {"co": [36.0, 3.1], "interpolation": "BACK", "type": "EXTREME"}]}]}}});
    b
}

fn only(imported: &Imported) -> &Action {
    let [(name, action)] = &imported.actions[..] else {
        panic!("one action");
    };
    assert_eq!(name, "Turn");
    action
}

#[test]
fn the_action_comes_back_with_what_gltf_has_no_place_for() {
    let imported = opened(&written());
    assert_eq!(imported.warnings, Vec::<String>::new());
    assert_eq!(imported.fps, Some(25.0));
    let action = only(&imported);
    assert_eq!(action.fcurves.len(), 1);
    let curve = &action.fcurves[0];
    assert_eq!(
        (&*curve.property, curve.group.as_deref()),
        ("rotation_euler", Some("Spine"))
    );
    // Frame 0 is second 0.
    assert_eq!(
        (curve.keys[0].co, curve.keys[0].right),
        ([0.0, 0.0], [3.0, 0.5])
    );
    assert_eq!(curve.keys[0].right_type, HandleType::Aligned);
    let last = curve.keys[1];
    assert_eq!(
        (last.interpolation, last.kind),
        (Interpolation::Back, KeyKind::Extreme)
    );
    assert_eq!(action.pose_markers[0].frame, 5);
    assert!(action.groups[0].1.lock);
    let source = action.source.as_ref().unwrap();
    assert_eq!((source.animation, source.fps), (0, 25.0));
    let rig = &imported.rigs[0];
    let spine = rig.armature.find("spine").unwrap();
    assert_eq!(rig.channel(spine).unwrap().mode, RotationMode::Xyz);
}

#[test]
fn another_frame_rate_stretches_it() {
    let options = Options { fps: Some(50.0) };
    let bytes = written().glb();
    let imported = import_bytes_with(std::path::Path::new("a.glb"), bytes, options).unwrap();
    assert_eq!(only(&imported).key_range(), Some((0.0, 50.0)));
}

/// Passes if the channels count, and one line says why.
fn sampled(b: &Builder, why: &str) {
    let imported = opened(b);
    let line = "animation 0: the keys that Keypose wrote beside it are not used: ";
    assert_eq!(imported.warnings, [format!("{line}{why}")]);
    let action = only(&imported);
    assert_eq!(&*action.fcurves[0].property, "rotation_quaternion");
    assert_eq!(action.fcurves.len() % 4, 0);
}

#[test]
fn changed_channels_count_instead() {
    let mut b = written();
    let last = b.bin.len() - 1;
    b.bin[last] ^= 1;
    sampled(&b, "another program has changed the channels since");
    let mut b = written();
    also(&mut b, 0, (2, "rotation"), &[0.], &[0., 0., 0., 1.]);
    sampled(&b, "another program has changed the channels since");
}

#[test]
fn what_is_broken_in_it_is_said() {
    let with = |pointer: &str, value: Value| {
        let mut b = written();
        let place = b.json["animations"][0]["extras"]["keypose"]
            .pointer_mut(pointer)
            .unwrap();
        *place = value;
        b
    };
    sampled(&with("/version", json!(2)), "they are of version 2, not 1");
    sampled(&with("/fps", json!(0)), "0 is no frame rate");
    sampled(
        &with("/action/fcurves/0/bone", json!("tail")),
        "there is no bone \"tail\"",
    );
    let broken = with("/action/fcurves/0/keys/0/co", json!(["a", 1]));
    let warning = &opened(&broken).warnings[0];
    assert!(
        warning.contains("action.fcurves[0].keys[0].co[0]"),
        "{warning}"
    );
}
