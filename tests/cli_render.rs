//! `keypose render` takes a shading and a style of bones, says what there is to choose from, and draws an
//! animation into numbered pictures, each whole.

use std::path::Path;
use std::process::{Command, Output};

const MODEL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/mannequin.glb");
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/mannequin.keypose");

fn command(file: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keypose"));
    command
        .args(["render", file, "--size", "64x48"])
        .args(arguments)
        .env("XDG_RUNTIME_DIR", std::env::temp_dir())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    command
}

fn render(arguments: &[&str]) -> Output {
    command(MODEL, arguments).output().unwrap()
}

/// Draws frames of the walk; the pictures go to `name` in the folder.
fn walk(folder: &Path, name: &str, arguments: &[&str]) -> Output {
    let output = folder.join(name);
    command(DOCUMENT, &["--action", "Walk", "-o"])
        .arg(output)
        .args(arguments)
        .output()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn message(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_silhouette_is_drawn_on_its_own_ground() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture.png");
    let output = render(&["-o", path.to_str().unwrap(), "--shading", "silhouette"]);
    assert!(output.status.success(), "{output:?}");
    let corner = *image::open(&path).unwrap().to_rgb8().get_pixel(1, 1);
    let [r, g, b] = corner.0.map(i32::from);
    let off = (r - 0xc6).abs().max((g - 0xc9).abs()).max((b - 0xd1).abs());
    assert!(off <= 1, "{corner:?}");
}

#[test]
fn an_unknown_style_is_answered_with_those_there_are() {
    let output = render(&["-o", "never.png", "--style", "envelope"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("expected one of octahedral, stick, bbone, wire"),
        "{text}"
    );
}

#[test]
fn each_frame_gets_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let output = walk(folder.path(), "walk-###.png", &["--frames", "1-33/16"]);
    assert!(output.status.success(), "{output:?}");
    let wanted = ["walk-001.png", "walk-017.png", "walk-033.png"];
    assert_eq!(names(folder.path()), wanted);
    let picture = |name| image::open(folder.path().join(name)).unwrap().to_rgb8();
    let [start, half, again] = wanted.map(picture);
    assert!(start != half, "the other foot is ahead");
    assert!(start == again, "the cycle starts again");
    let last = message(&output).lines().last().unwrap().to_owned();
    assert!(last.starts_with("3 pictures: "), "{last}");
    assert!(last.ends_with("walk-033.png"), "{last}");
}

#[test]
fn one_frame_shows_the_animation_and_none_leaves_the_pose() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name| folder.path().join(name);
    let frames = walk(folder.path(), "all.png", &["--frames", "17"]);
    let frame = walk(folder.path(), "one.png", &["--frame", "17"]);
    let pose = command(DOCUMENT, &["-o"]).arg(path("pose.png")).output();
    for output in [&frames, &frame, &pose.unwrap()] {
        assert!(output.status.success(), "{output:?}");
    }
    let read = |name| std::fs::read(path(name)).unwrap();
    assert!(read("all0017.png") == read("one.png"));
    assert!(read("pose.png") != read("one.png"));
}

#[test]
fn what_cannot_be_drawn_is_said_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = |name: &str, arguments: &[&str], status: i32, wanted: &str| {
        let output = walk(folder.path(), name, arguments);
        let text = message(&output);
        assert_eq!(output.status.code(), Some(status), "{text}");
        let line = text.lines().next().unwrap();
        assert!(
            line.starts_with("error: ") && line.contains(wanted),
            "{line}"
        );
    };
    wrong("a.png", &["--frames", "9-2"], 2, "is after the last");
    wrong("a.png", &["--frames", "1-4/0"], 2, "1 or more");
    wrong("a.png", &["--frames", "1..4"], 2, "such as 1-48");
    wrong(
        "a.png",
        &["--frames", "1-2", "--frame", "1"],
        2,
        "cannot be used with",
    );
    wrong("no/a.png", &["--frames", "1-2"], 1, "there is no folder");
    wrong("", &["--frames", "1-2"], 1, "it is a folder");
    let output = command(DOCUMENT, &["--action", "Run", "-o", "never.png"]).output();
    let text = message(&output.unwrap());
    assert_eq!(text, "error: no action is called Run; there is only Walk\n");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_row_and_keeps_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/dev/full", folder.path().join("2.png")).unwrap();
    let output = walk(folder.path(), "#.png", &["--frames", "1-3"]);
    let text = message(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(
        text.contains("2.png: cannot be written: No space left"),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1, "{text}");
    assert_eq!(names(folder.path()), ["1.png", "2.png"]);
    image::open(folder.path().join("1.png")).unwrap();
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_pictures_only() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = folder.path().join("######.png");
    let mut child = command(
        DOCUMENT,
        &["--action", "Walk", "--frames", "1-900000", "-o"],
    )
    .arg(pictures)
    .stderr(std::process::Stdio::piped())
    .spawn()
    .unwrap();
    let second = folder.path().join("000002.png");
    while !second.exists() {
        assert_eq!(child.try_wait().unwrap(), None);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let id = child.id().to_string();
    let told = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(told.success());
    let output = child.wait_with_output().unwrap();
    let text = message(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let line = text.lines().last().unwrap();
    assert!(line.starts_with("error: stopped; "), "{line}");
    let names = names(folder.path());
    let said = format!("{} of 900000 pictures are written", names.len());
    assert!(line.ends_with(&said), "{line} {names:?}");
    for name in names {
        image::open(folder.path().join(name)).unwrap();
    }
}
