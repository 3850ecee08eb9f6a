//! The real program in a window of its own X server, driven with keys and mouse.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use egui::{Pos2, Rect, vec2};
use keypose::eval::hierarchy;
use keypose::ops::runner::Session;
use keypose::ui::app::App;

const SIZE: (f32, f32) = (1280.0, 800.0);

/// A process that ends with the test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program; says which package has it if it is not there.
pub fn start(command: &mut Command, package: &str) -> Running {
    let program = command.get_program().to_string_lossy().into_owned();
    let child = command.spawn();
    Running(child.unwrap_or_else(|e| panic!("{program}: {e}; install the package `{package}`")))
}

/// An X server on a display that was free, and the display's name.
pub fn x_server() -> (Running, String) {
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

/// Runs the tool that presses keys, and waits a little.
pub fn xdotool(display: &str, arguments: &[&str]) {
    let mut command = Command::new("xdotool");
    command.env("DISPLAY", display).args(arguments);
    command.stdout(Stdio::null());
    let mut tool = start(&mut command, "xdotool");
    assert!(tool.0.wait().unwrap().success(), "xdotool {arguments:?}");
    std::thread::sleep(Duration::from_millis(120));
}

/// The program of this package, with everything of its own in a folder.
pub fn program(folder: &Path) -> Command {
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
pub fn editor(folder: &Path, display: &str, file: &Path) -> Running {
    let mut command = program(folder);
    command.arg(file);
    shown(command, display)
}

/// Starts the editor on the bundled character and waits for its first frame.
pub fn fresh_editor(folder: &Path, display: &str) -> Running {
    shown(program(folder), display)
}

fn shown(mut command: Command, display: &str) -> Running {
    command
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

/// A session with the bundled character, saved to a file.
pub fn mannequin(file: &Path) -> Session {
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
pub fn place_of(session: Session, name: &str) -> Pos2 {
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

/// A session with a file opened.
pub fn opened(file: &Path) -> Session {
    let mut session = Session::default();
    let call = format!("wm.open_mainfile(filepath: {:?})", file.to_str().unwrap());
    assert_eq!(session.run_text(&call).unwrap().error(), None);
    session
}
