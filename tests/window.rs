//! The real program in a window of its own X server, driven with keys and mouse.

mod common;

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use keypose::ops::runner::Session;

use common::window::{
    editor, fresh_editor, mannequin, opened, place_of, program, start, x_server, xdotool,
};

/// Time on the processor so far, in ticks of 10 ms.
fn ticks(process: u32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = text
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

#[test]
fn a_bone_is_clicked_turned_undone_redone_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pose.keypose");
    let at = place_of(mannequin(&file), "upper_arm.L");
    let before = std::fs::read_to_string(&file).unwrap();
    let (_server, display) = x_server();
    let mut editor = editor(folder.path(), &display, &file);
    let (x, y) = (at.x.round().to_string(), at.y.round().to_string());
    xdotool(&display, &["mousemove", &x, &y]);
    xdotool(&display, &["click", "1"]);
    for key in [
        "r",
        "x",
        "x",
        "4",
        "5",
        "Return",
        "ctrl+z",
        "ctrl+shift+z",
        "ctrl+s",
    ] {
        xdotool(&display, &["key", key]);
    }
    let deadline = Instant::now() + Duration::from_secs(30);
    while std::fs::read_to_string(&file).unwrap() == before {
        assert!(Instant::now() < deadline, "the document was not saved");
        std::thread::sleep(Duration::from_millis(100));
    }
    let session = opened(&file);
    let rig = session.document.rig().unwrap();
    let arm = rig.armature.find("upper_arm.L").unwrap();
    let turned = rig.channel(arm).unwrap().quaternion;
    let (sin, cos) = std::f32::consts::FRAC_PI_8.sin_cos();
    let wanted = [cos, sin, 0.0, 0.0];
    let same = turned.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-5);
    assert!(same, "{turned:?}");
    assert_eq!(rig.active_bone, Some(arm));

    // Nothing happens: nothing is drawn, once what the keys brought has been.
    std::thread::sleep(Duration::from_millis(1500));
    let deadline = Instant::now() + Duration::from_secs(20);
    let mut before = 0;
    while ticks(editor.0.id()) != before {
        assert!(Instant::now() < deadline, "it goes on drawing");
        before = ticks(editor.0.id());
        std::thread::sleep(Duration::from_millis(700));
    }
    let start = ticks(editor.0.id());
    std::thread::sleep(Duration::from_secs(2));
    let spent = ticks(editor.0.id()) - start;
    assert!(spent <= 10, "{spent} ticks of 10 ms in 2 s without input");

    xdotool(&display, &["key", "ctrl+q"]);
    let deadline = Instant::now() + Duration::from_secs(20);
    let status = loop {
        match editor.0.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(Instant::now() < deadline, "the editor did not end"),
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    assert!(status.success());
}

/// Waits until a file's text is right; says what it was else.
fn wait_for(file: &Path, what: &str, right: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    let text = || std::fs::read_to_string(file).unwrap_or_default();
    while !right(&text()) {
        assert!(Instant::now() < deadline, "{what}: {:?}", text());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn the_first_steps_are_done_with_mouse_and_keyboard_and_do_not_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::default();
    let home = "wm.read_homefile(mannequin: true)";
    session.run_text(home).unwrap();
    let at = place_of(session, "upper_arm.L");
    let (_server, display) = x_server();
    let mut editor = fresh_editor(folder.path(), &display);
    let (x, y) = (at.x.round().to_string(), at.y.round().to_string());
    let saved = folder.path().join("steps.keypose");
    let hints = folder.path().join("state/hints.ron");
    // Select a bone, rotate it by the mouse, key it, pose and key another frame, play; Escape goes back.
    for step in [
        &["mousemove", &x, &y][..],
        &["click", "1"],
        &["key", "r"],
        &["mousemove_relative", "60", "40"],
        &["click", "1"],
        &["key", "i"],
        &["key", "Right"],
        &["key", "Right"],
        &["key", "r"],
        &["mousemove_relative", "60", "40"],
        &["click", "1"],
        &["key", "i"],
        &["key", "space"],
        &["key", "Escape"],
        &["key", "ctrl+s"],
    ] {
        xdotool(&display, step);
    }
    // What is typed before the dialog is drawn is not for it.
    std::thread::sleep(Duration::from_secs(3));
    for step in [
        &["key", "ctrl+a"][..],
        &["type", "--delay", "30", saved.to_str().unwrap()],
        &["key", "Return"],
    ] {
        xdotool(&display, step);
    }
    wait_for(&saved, "the document was not saved", |text| {
        !text.is_empty()
    });
    let session = opened(&saved);
    let rig = session.document.rig().unwrap();
    let arm = rig.armature.find("upper_arm.L").unwrap();
    assert!(rig.channel(arm).unwrap().quaternion[0] < 0.9999);
    let name = rig.animation.active_action.as_ref().unwrap();
    let action = &session.document.actions[name];
    let curve = action.find(Some("upper_arm.L"), "rotation_quaternion", 1);
    let curve = &action.fcurves[curve.unwrap()];
    let keyed = [1.0, 3.0].map(|frame| curve.key_at(frame).map(|key| curve.keys[key].value()));
    assert_ne!(keyed[0].unwrap(), keyed[1].unwrap());
    wait_for(&hints, "the steps are still shown", |text| {
        text.contains("dismissed: true")
    });
    xdotool(&display, &["key", "ctrl+q"]);
    assert!(editor.0.wait().unwrap().success());
}

#[test]
fn the_window_comes_back_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pose.keypose");
    mannequin(&file);
    let (_server, display) = x_server();
    let geometry = || {
        let mut command = Command::new("xdotool");
        command.env("DISPLAY", &display);
        command.args(["search", "--class", "keypose", "getwindowgeometry"]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let mut first = editor(folder.path(), &display, &file);
    let class = ["search", "--class", "keypose"];
    let place = ["windowsize", "900", "600", "windowmove", "70", "50"];
    xdotool(&display, &[class.as_slice(), &place].concat());
    xdotool(&display, &["mousemove", "500", "300"]);
    let moved = geometry();
    assert!(
        moved.contains("70,50") && moved.contains("900x600"),
        "{moved}"
    );
    let layout = folder.path().join("state/layout.ron");
    let deadline = Instant::now() + Duration::from_secs(30);
    let kept = || std::fs::read_to_string(&layout).unwrap_or_default();
    while !kept().contains("(900.0, 600.0)") {
        assert!(Instant::now() < deadline, "{}", kept());
        std::thread::sleep(Duration::from_millis(100));
    }
    xdotool(&display, &["key", "ctrl+q"]);
    assert!(first.0.wait().unwrap().success());
    let _second = editor(folder.path(), &display, &file);
    let again = geometry();
    assert!(
        again.contains("70,50") && again.contains("900x600"),
        "{again}"
    );
}

#[test]
fn without_a_display_one_line_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.starts_with("error: no display"), "{text}");
    assert!(text.contains("keypose render"), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}

#[test]
fn without_a_driver_one_line_names_the_package() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, display) = x_server();
    let mut command = program(folder.path());
    command.env("DISPLAY", display).env("WGPU_BACKEND", "dx12");
    command.stderr(Stdio::piped());
    let mut editor = start(&mut command, "libxkbcommon-x11-0");
    let mut text = String::new();
    editor
        .0
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(editor.0.wait().unwrap().code(), Some(1), "{text}");
    assert!(text.starts_with("error: "), "{text}");
    assert!(text.contains("mesa-vulkan-drivers"), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
}
