//! The real program in a window of its own X server, driven with keys and mouse.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use egui::{Pos2, Rect, vec2};
use keypose::eval::hierarchy;
use keypose::ops::runner::Session;
use keypose::ui::app::App;

const SIZE: (f32, f32) = (1280.0, 800.0);

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(command: &mut Command, package: &str) -> Running {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.spawn();
    Running(child.unwrap_or_else(|e| panic!("{program}: {e}; install the package `{package}`")))
}

/// An X server on a display that was free, and the display's name.
fn x_server() -> (Running, String) {
    let mut command = Command::new("Xvfb");
    command.args([
        "-displayfd",
        "1",
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
    ]);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = start(&mut command, "xvfb");
    let mut number = String::new();
    let out = server.0.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut number).unwrap();
    (server, format!(":{}", number.trim()))
}

fn xdotool(display: &str, arguments: &[&str]) {
    let mut command = Command::new("xdotool");
    command.env("DISPLAY", display).args(arguments);
    command.stdout(Stdio::null());
    let mut tool = start(&mut command, "xdotool");
    assert!(tool.0.wait().unwrap().success(), "xdotool {arguments:?}");
    std::thread::sleep(Duration::from_millis(120));
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keypose"));
    for variable in [
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "WAYLAND_SOCKET",
        "DBUS_SESSION_BUS_ADDRESS",
    ] {
        command.env_remove(variable);
    }
    command
        .env("XDG_RUNTIME_DIR", folder)
        .env("KEYPOSE_HOME", folder);
    command
}

/// Starts the editor and waits for its first frame.
fn editor(folder: &Path, display: &str, file: &Path) -> Running {
    let mut command = program(folder);
    command
        .arg(file)
        .env("DISPLAY", display)
        .env("KEYPOSE_LOG_START", "1");
    command.stderr(Stdio::piped());
    let mut editor = start(&mut command, "libxkbcommon-x11-0");
    let mut lines = BufReader::new(editor.0.stderr.take().unwrap()).lines();
    let mut told = Vec::new();
    let first = lines.by_ref().map_while(Result::ok).find(|line| {
        told.push(line.clone());
        line.starts_with("first frame after")
    });
    assert!(first.is_some(), "{told:#?}");
    // What it says later must not fill the pipe.
    std::thread::spawn(move || lines.for_each(drop));
    xdotool(
        display,
        &[
            "search",
            "--sync",
            "--class",
            "keypose",
            "windowfocus",
            "--sync",
        ],
    );
    editor
}

fn mannequin(file: &Path) -> Session {
    let mut session = Session::default();
    session
        .run_text("wm.read_homefile(mannequin: true)")
        .unwrap();
    let call = format!(
        "wm.save_as_mainfile(filepath: {:?})",
        file.to_str().unwrap()
    );
    let outcome = session.run_text(&call).unwrap();
    assert_eq!(outcome.error(), None);
    session
}

/// Where the window shows the middle of a bone.
fn place_of(session: Session, name: &str) -> Pos2 {
    let mut app = App::new(session).unwrap();
    let ctx = egui::Context::default();
    app.install(&ctx);
    for _ in 0..2 {
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE.into())),
            ..egui::RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| app.ui(ui));
        output.drop_without_applying_deltas();
    }
    let rect = app.panels.viewport.rect;
    let rig = app.session.document.rig().unwrap();
    let bone = rig.armature.find(name).unwrap();
    let posed = hierarchy::evaluate_once(rig);
    let middle = (posed.head(bone).unwrap() + posed.tail(bone).unwrap()) / 2.0;
    let world = rig.world_from_armature().transform_point3(middle);
    let size = glam::Vec2::new(rect.width(), rect.height());
    let (at, _) = app.session.view.camera.project(world, size).unwrap();
    rect.min + vec2(at.x, at.y)
}

fn opened(file: &Path) -> Session {
    let mut session = Session::default();
    let call = format!("wm.open_mainfile(filepath: {:?})", file.to_str().unwrap());
    assert_eq!(session.run_text(&call).unwrap().error(), None);
    session
}

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
