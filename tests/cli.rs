//! The command line, through the real binary: statuses, one-line errors, order of calls, dumps.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn keypose(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keypose"))
        .args(arguments)
        .env("XDG_RUNTIME_DIR", std::env::temp_dir())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap()
}

fn setup(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conformance/setups")
        .join(name);
    path.to_str().unwrap().to_owned()
}

fn error_line(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let errors: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("error: "))
        .collect();
    assert_eq!(errors.len(), 1, "{text}");
    errors[0].to_owned()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, content: &str) -> String {
        fs::write(self.path(name), content).unwrap();
        self.text(name)
    }
}

#[test]
fn calls_run_in_the_order_given_and_the_dump_shows_the_result() {
    let folder = Folder::new();
    let script = folder.write(
        "a.kps",
        "# a comment\npose.set(pose: {\"head\": (location: (1, 2, 3))}) # and another\n",
    );
    let dump = folder.text("out.json");
    let output = keypose(&[
        "run",
        &setup("biped_quat.json"),
        "--op",
        "pose.select_bones(names: [\"head\"])",
        "--script",
        &script,
        "--op",
        "pose.loc_clear()",
        "--op",
        "pose.set(pose: {\"neck\": (location: (0, 0, 9))})",
        "--dump",
        &dump,
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let scene: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dump).unwrap()).unwrap();
    assert_eq!(
        scene["pose"]["head"]["location"],
        serde_json::json!([0.0, 0.0, 0.0])
    );
    assert_eq!(
        scene["pose"]["neck"]["location"],
        serde_json::json!([0.0, 0.0, 9.0])
    );
    assert!(scene["pose"]["head"]["matrix"][3][3].is_number());
}

#[test]
fn a_saved_document_opens_again() {
    let folder = Folder::new();
    let saved = folder.text("figure.keypose");
    let op = "pose.set(pose: {\"head\": (location: (1, 2, 3))})";
    assert!(
        keypose(&[
            "run",
            &setup("biped_quat.json"),
            "--op",
            op,
            "--save",
            &saved
        ])
        .status
        .success()
    );
    let output = keypose(&["run", &saved, "--dump", "-"]);
    let scene: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        scene["pose"]["head"]["location"],
        serde_json::json!([1.0, 2.0, 3.0])
    );
}

#[test]
fn a_typing_error_in_a_script_names_file_and_line_and_changes_nothing() {
    let folder = Folder::new();
    let script = folder.write(
        "a.kps",
        "pose.select_all(action: SELECT)\n\npose.rot_claer()\n",
    );
    let saved = folder.text("figure.keypose");
    let output = keypose(&[
        "run",
        &setup("biped_quat.json"),
        "--script",
        &script,
        "--save",
        &saved,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let line = error_line(&output);
    assert!(
        line.contains("a.kps:3:1: no operator `pose.rot_claer`; did you mean `pose.rot_clear`?"),
        "{line}"
    );
    assert!(!folder.path("figure.keypose").exists());
}

#[test]
fn a_failed_poll_ends_the_run_and_the_dump_shows_where_it_stopped() {
    let folder = Folder::new();
    let script = folder.write(
        "a.kps",
        "pose.select_bones(names: [\"head\"])\npose.paste()\npose.select_all()\n",
    );
    let dump = folder.text("out.json");
    let output = keypose(&[
        "run",
        &setup("biped_quat.json"),
        "--script",
        &script,
        "--dump",
        &dump,
    ]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_line(&output).contains("a.kps:2: No pose has been copied yet"));
    let scene: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(dump).unwrap()).unwrap();
    assert_eq!(scene["pose"]["head"]["select"], true);
    assert_eq!(scene["pose"]["neck"]["select"], false);
}

#[test]
fn a_silent_cancellation_goes_on() {
    let output = keypose(&[
        "run",
        &setup("biped_quat.json"),
        "--op",
        "pose.select_all(action: DESELECT)",
        "--op",
        "pose.loc_clear()",
    ]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn wrong_usage_is_status_2() {
    assert_eq!(keypose(&["run"]).status.code(), Some(2));
    assert_eq!(keypose(&["render", "x.glb"]).status.code(), Some(2));
    assert_eq!(
        keypose(&["render", "x.glb", "-o", "y.png", "--size", "large"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(keypose(&["--no-such-flag"]).status.code(), Some(2));
    assert!(keypose(&["--help"]).status.success());
    assert!(keypose(&["--version"]).status.success());
}

#[test]
fn files_that_cannot_be_opened_are_one_line() {
    let folder = Folder::new();
    let missing = folder.text("missing.keypose");
    for (file, part) in [
        (missing.as_str(), "missing.keypose: cannot be read"),
        (
            &folder.write("a.keypose", "(version: 99, rigs: [])"),
            "newer",
        ),
        (
            &folder.write("b.keypose", "(version: 1, rigs: [(nam"),
            "b.keypose:1:",
        ),
        (&folder.write("c.json", "{\"armature\": 3}"), "c.json"),
        (&folder.write("d.glb", "not a model"), "d.glb"),
        (&folder.write("e.bvh", "HIERARCHY\n"), "e.bvh"),
        (&folder.write("f.txt", "hello"), "f.txt"),
        (folder.0.path().to_str().unwrap(), ""),
    ] {
        for command in ["info", "run"] {
            let output = keypose(&[command, file]);
            assert_eq!(output.status.code(), Some(1), "{command} {file}");
            let line = error_line(&output);
            assert!(line.contains(part), "{line}");
        }
    }
}

#[test]
fn saving_where_one_cannot_is_one_line() {
    let folder = Folder::new();
    folder.write("file", "x");
    let target = format!("{}/inside.keypose", folder.text("file"));
    let output = keypose(&["run", &setup("biped_quat.json"), "--save", &target]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_line(&output).contains("inside.keypose: cannot be written"));
    let output = keypose(&["run", &setup("biped_quat.json"), "--dump", "/dev/full"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_line(&output).contains("/dev/full: cannot be written"));
}

#[test]
fn a_picture_is_drawn_without_a_display() {
    let folder = Folder::new();
    let picture = folder.text("out.png");
    let output = keypose(&[
        "render",
        &setup("biped_quat.json"),
        "-o",
        &picture,
        "--size",
        "320x200",
    ]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{said} (a software adapter is in the package mesa-vulkan-drivers)"
    );
    let picture = image::open(picture).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (320, 200));
    let colours: std::collections::BTreeSet<_> = picture.pixels().map(|p| p.0).collect();
    assert!(colours.len() > 50, "only {} colours", colours.len());
}

#[test]
fn the_editor_without_a_display_says_so() {
    let output = keypose(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        error_line(&output).to_lowercase().contains("display"),
        "{}",
        error_line(&output)
    );
}

#[test]
fn the_reference_lists_operators_with_their_keys() {
    let output = keypose(&["operators", "--json"]);
    let operators: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        operators["pose.paste"]["params"]["flipped"]["type"],
        "boolean"
    );
    let keys = operators["pose.paste"]["keys"].as_array().unwrap();
    assert!(!keys.is_empty(), "{operators}");
}

#[test]
fn info_tells_what_a_file_holds() {
    let output = keypose(&["info", &setup("biped_quat.json")]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("rig Biped: 20 bones"), "{text}");
}

#[test]
fn a_model_is_exported_after_all_calls() {
    let folder = Folder::new();
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/mannequin.glb");
    let target = folder.text("figure.glb");
    let call = "pose.select_all(action: SELECT)";
    let output = keypose(&["run", model, "--op", call, "--export", &target]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Exported figure.glb: "), "{said}");
    assert_eq!(fs::read(&target).unwrap(), fs::read(model).unwrap());

    let other = folder.text("other.glb");
    let output = keypose(&["run", model, "--op", "pose.paste()", "--export", &other]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path("other.glb").exists());

    let nowhere = folder.text("no/such/folder.glb");
    let output = keypose(&["run", model, "--export", &nowhere]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_line(&output).contains("folder.glb: cannot be written"));
}
