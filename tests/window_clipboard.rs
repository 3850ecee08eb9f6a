//! Two real programs under one X server exchange a pose by the system's clipboard.

mod common;

use std::time::{Duration, Instant};

use common::window::{editor, mannequin, opened, x_server, xdotool};

#[test]
fn a_pose_goes_from_window_to_window() {
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let files = homes
        .each_ref()
        .map(|home| home.path().join("pose.keypose"));
    files.iter().for_each(|file| drop(mannequin(file)));
    let (_server, display) = x_server();
    let before = std::fs::read_to_string(&files[1]).unwrap();
    let _first = editor(homes[0].path(), &display, &files[0]);
    for keys in [
        &["key", "a"][..],
        &["key", "r", "x", "4", "0", "Return"],
        &["key", "ctrl+c"],
    ] {
        xdotool(&display, &["mousemove", "600", "300"]);
        xdotool(&display, keys);
    }
    let copied = homes[0].path().join("state/copied_pose.ron");
    let deadline = Instant::now() + Duration::from_secs(30);
    while !std::fs::read_to_string(&copied).is_ok_and(|text| text.contains("0.9396926")) {
        assert!(Instant::now() < deadline, "nothing was copied");
        std::thread::sleep(Duration::from_millis(50));
    }
    let _second = editor(homes[1].path(), &display, &files[1]);
    // The one that was started last lies above, and is found last.
    let windows = ["search", "--class", "keypose"];
    let focus = ["windowfocus", "--sync", "%@"];
    xdotool(&display, &[windows, focus].concat());
    xdotool(&display, &["mousemove", "610", "310"]);
    xdotool(&display, &["key", "ctrl+v"]);
    xdotool(&display, &["key", "ctrl+s"]);
    let deadline = Instant::now() + Duration::from_secs(30);
    while std::fs::read_to_string(&files[1]).unwrap() == before {
        assert!(Instant::now() < deadline, "nothing was pasted and saved");
        std::thread::sleep(Duration::from_millis(100));
    }
    let session = opened(&files[1]);
    let rig = session.document.rig().unwrap();
    let root = rig.armature.find("root").unwrap();
    let [w, x, ..] = rig.channel(root).unwrap().quaternion;
    let (sin, cos) = 20_f32.to_radians().sin_cos();
    assert!((w - cos).abs() < 1e-5 && (x - sin).abs() < 1e-5, "{w} {x}");
}
