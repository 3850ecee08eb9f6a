//! `keypose render` takes a shading and a style of bones, and says what there is to choose from.

use std::process::{Command, Output};

fn render(arguments: &[&str]) -> Output {
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/mannequin.glb");
    Command::new(env!("CARGO_BIN_EXE_keypose"))
        .args(["render", model, "--size", "64x48"])
        .args(arguments)
        .env("XDG_RUNTIME_DIR", std::env::temp_dir())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
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
