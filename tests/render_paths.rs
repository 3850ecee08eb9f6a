//! Motion paths in the viewport, told by their pixels.

#[path = "render/picture.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod picture;

use std::sync::Arc;

use glam::Vec3;
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::motion_path::{MotionPath, PathDisplay};
use keypose::model::rig::Rig;
use keypose::model::view::View;
use keypose::render::ViewportColors;
use picture::{Picture, Studio};

/// A bone far off the picture, whose path runs along X at half a metre, a frame each 5 cm.
fn document() -> Document {
    let bone = Bone {
        name: "hand.L".into(),
        head: Vec3::new(0.0, 0.0, -50.0),
        tail: Vec3::new(0.0, 0.0, -49.0),
        ..Bone::default()
    };
    let armature = Armature {
        bones: vec![Arc::new(bone)],
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("rig".to_owned(), armature));
    put(&mut document, 0.5);
    Arc::make_mut(&mut document.scene).frame = 11.0;
    document
}

/// Gives the bone a path at a height.
fn put(document: &mut Document, height: f32) {
    let rig = document.rig_mut().unwrap();
    let point = |frame: i32| [(frame - 11) as f32 * 0.05, 0.0, height];
    rig.setup_mut(BoneId(0)).unwrap().motion_path = Some(Arc::new(MotionPath {
        start: 1,
        end: 22,
        points: (1..22).map(point).collect(),
        ..MotionPath::default()
    }));
}

fn view() -> View {
    View {
        floor: false,
        ..View::default()
    }
}

/// How much a pixel of the path differs from the picture without it.
fn seen(studio: &Studio, picture: &Picture, empty: &Picture, x: f32, height: f32) -> u8 {
    let (column, row) = studio.pixel(Vec3::new(x, 0.0, height));
    let rows = row - 1..=row + 1;
    let difference = |row| {
        let (a, b) = (picture.at((column, row)), empty.at((column, row)));
        a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap()
    };
    rows.map(difference).max().unwrap()
}

#[test]
fn a_path_is_a_line_that_is_weaker_before_the_current_frame() {
    let mut studio = Studio::new();
    let document = document();
    let hidden = View {
        motion_paths: false,
        ..view()
    };
    let empty = studio.shoot(&document, &hidden);
    let picture = studio.shoot(&document, &view());
    let at = |x| seen(&studio, &picture, &empty, x, 0.5);
    let (before, after) = (at(-0.325), at(0.325));
    assert!(before > 20 && after > before + 20, "{before} {after}");
    assert_eq!(at(-0.6), 0);
    assert!(picture.count(ViewportColors::default().b_left, 60) > 10);
    // The current frame has a dot that is larger than the line.
    let (column, row) = studio.pixel(Vec3::new(0.0, 0.0, 0.5));
    assert_ne!(picture.at((column, row - 2)), empty.at((column, row - 2)));
    assert!(studio.shoot(&document, &hidden) == empty);
}

#[test]
fn around_the_frame_and_after_a_change_other_points_are_drawn() {
    let mut studio = Studio::new();
    let mut document = document();
    let whole = studio.shoot(&document, &view());
    let rig = document.rig_mut().unwrap();
    let options = Arc::make_mut(&mut rig.options);
    options.motion_paths.r#type = PathDisplay::CurrentFrame;
    (
        options.motion_paths.frame_before,
        options.motion_paths.frame_after,
    ) = (2, 4);
    let part = studio.shoot(&document, &view());
    put(&mut document, 0.7);
    let moved = studio.shoot(&document, &view());
    document.rig_mut().unwrap().hide = true;
    let empty = studio.shoot(&document, &view());
    let at = |picture: &Picture, x, height| seen(&studio, picture, &empty, x, height);
    assert!(at(&whole, -0.325, 0.5) > 20 && at(&whole, 0.325, 0.5) > 20);
    assert_eq!((at(&part, -0.325, 0.5), at(&part, 0.325, 0.5)), (0, 0));
    assert!(at(&part, 0.125, 0.5) > 40);
    assert!(at(&moved, 0.125, 0.7) > 40);
    assert_eq!(at(&moved, 0.125, 0.5), 0);
}
