//! A clip made in the real window: posed, keyed, played, undone, saved and exported with keys and mouse alone.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use keypose::eval::animation;
use keypose::eval::hierarchy;
use keypose::model::document::Document;
use keypose::model::fcurve::FCurve;
use keypose::ops::runner::Session;

use common::window::{editor, mannequin, opened, place_of, x_server, xdotool};

const BONE: &str = "upper_arm.L";
const FRAMES: [f32; 3] = [1.0, 11.0, 21.0];

/// Where `script/validate-gltf` looks for files.
fn exported() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gltf");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join("window.glb")
}

fn wait(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The turning curve of the bone whose keys tell the story: X of its quaternion.
fn curve(session: &Session) -> Option<&FCurve> {
    let rig = session.document.rig()?;
    let action = rig.animation.active_action.as_ref()?;
    let curves = &session.document.actions.get(action)?.fcurves;
    let turns = |curve: &&std::sync::Arc<FCurve>| curve.is(Some(BONE), "rotation_quaternion", 1);
    curves.iter().find(turns).map(AsRef::as_ref)
}

/// The frames of the keys in a saved document.
fn key_frames(file: &Path) -> Vec<f32> {
    let session = opened(file);
    let keys = curve(&session).map(|curve| curve.keys.iter().map(|key| key.frame()).collect());
    keys.unwrap_or_default()
}

/// Where every bone is at a frame, armature space; by name.
fn pose_at(document: &Document, frame: f32) -> BTreeMap<String, glam::Mat4> {
    let mut document = document.clone();
    std::sync::Arc::make_mut(&mut document.scene).frame = frame;
    animation::apply(&mut document);
    let rig = document.rig().unwrap();
    let matrices = hierarchy::evaluate_once(rig).armature_from_bone;
    let names = rig.armature.bones.iter().map(|bone| bone.name.to_string());
    names.zip(matrices).collect()
}

#[test]
fn three_keys_are_made_played_undone_saved_and_exported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wave.keypose");
    let at = place_of(mannequin(&file), BONE);
    let (_server, display) = x_server();
    let mut editor = editor(folder.path(), &display, &file);
    let key = |name: &str| xdotool(&display, &["key", name]);
    let (x, y) = (at.x.round().to_string(), at.y.round().to_string());
    xdotool(&display, &["mousemove", &x, &y]);
    xdotool(&display, &["click", "1"]);
    key("i");
    for turn in [["4", "5"], ["3", "0"]] {
        (0..10).for_each(|_| key("Right"));
        for press in ["r", "x", "x", turn[0], turn[1], "Return", "i"] {
            key(press);
        }
    }
    key("ctrl+s");
    wait("the document was not saved with three keys", || {
        key_frames(&file) == FRAMES
    });

    // It plays, and Escape brings back the frame where it started: nothing is left to save or to undo.
    let shown = || std::fs::metadata(&file).unwrap().modified().unwrap();
    let before = shown();
    key("space");
    std::thread::sleep(Duration::from_millis(1500));
    key("Escape");
    key("ctrl+z");
    key("ctrl+s");
    wait("the key was not undone", || {
        shown() != before && key_frames(&file) == FRAMES[..2]
    });
    key("ctrl+shift+z");
    key("ctrl+s");
    wait("the key was not redone", || key_frames(&file) == FRAMES);

    let target = exported();
    let _ = std::fs::remove_file(&target);
    key("F3");
    xdotool(&display, &["type", "--delay", "30", "export gltf"]);
    key("Return");
    key("ctrl+a");
    xdotool(
        &display,
        &["type", "--delay", "30", target.to_str().unwrap()],
    );
    key("Return");
    wait("nothing was exported", || target.exists());
    key("ctrl+q");
    assert!(editor.0.wait().unwrap().success());

    same_poses(&opened(&file), opened(&target));
}

/// The clip that comes back gives the poses that left; its first key is at second 0, which is frame 0.
fn same_poses(made: &Session, mut back: Session) {
    let action = made.document.rig().unwrap().animation.active_action.clone();
    let name = action.unwrap();
    let clip = back.document.actions.get(&name);
    let range = clip.unwrap_or_else(|| panic!("{name} came not back"));
    assert_eq!(range.key_range(), Some((0.0, FRAMES[2] - FRAMES[0])));
    // The file's first clip is shown at first; what this one does not key goes back to rest.
    let choose = format!("action.activate(name: {name:?}, reset: true)");
    assert_eq!(back.run_text(&choose).unwrap().error(), None);
    for frame in [1.0, 6.0, 11.0, 13.5, 16.0, 21.0] {
        let wanted = pose_at(&made.document, frame);
        let found = pose_at(&back.document, frame - FRAMES[0]);
        assert_eq!(wanted.len(), found.len());
        for (name, matrix) in &wanted {
            let apart = (*matrix - found[name]).to_cols_array();
            let worst = apart.iter().fold(0f32, |most, part| most.max(part.abs()));
            assert!(worst < 1e-4, "{name} at frame {frame}: {worst}");
        }
    }
    let turned = pose_at(&made.document, 21.0);
    let rest = pose_at(&made.document, 1.0);
    assert_ne!(turned, rest, "nothing moved");
}
