//! States, styles and shadings of the viewport, told apart by their pixels: shape as well as colour.

#[path = "common/cylinder.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod cylinder;
#[path = "render/picture.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod picture;

use std::sync::Arc;

use glam::{Quat, Vec3};
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::constraint::{Constraint, ConstraintKind};
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::mesh::Material;
use keypose::model::rig::Rig;
use keypose::model::view::{BoneStyle, Shading, View};
use keypose::render::ViewportColors;
use keypose::render::colors::SILHOUETTE_GROUND;
use picture::{Picture, Studio};

/// Bones of a metre side by side, a third of a metre apart, leaning a little.
fn row(count: usize) -> Document {
    let bone = |number: usize| {
        let x = number as f32 / 3.0;
        Arc::new(Bone {
            name: Arc::from(format!("bone{number}")),
            head: Vec3::new(x, 0.0, 0.0),
            tail: Vec3::new(x + 0.1, 0.0, 1.0),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: (0..count).map(bone).collect(),
        ..Armature::default()
    };
    let mut document = Document::default();
    document.add_rig(Rig::new("row".to_owned(), armature));
    document
}

fn constrain(document: &mut Document, bone: usize, kind: ConstraintKind) {
    let setup = document
        .rig_mut()
        .and_then(|rig| rig.setup_mut(BoneId::new(bone)));
    setup.unwrap().constraints.push(Constraint::new(kind));
}

fn lock(document: &mut Document, bone: usize) {
    let setup = document
        .rig_mut()
        .and_then(|rig| rig.setup_mut(BoneId::new(bone)));
    let setup = setup.unwrap();
    (setup.lock_location, setup.lock_rotation) = ([true; 3], [true; 3]);
    (setup.lock_scale, setup.lock_rotation_w) = ([true; 3], true);
}

/// Wide enough for a row of bones, with a pixel to a point.
const SIZE: (u32, u32) = (1000, 420);

/// A studio that looks at a row of bones from the front.
fn studio() -> Studio {
    let mut studio = Studio::new();
    studio.camera.target = Vec3::new(0.5, 0.0, 0.5);
    studio.camera.rotation = Quat::from_rotation_x(90f32.to_radians());
    studio.camera.distance = 2.2;
    studio
}

fn styled(bone_style: BoneStyle) -> View {
    View {
        bone_style,
        floor: false,
        ..View::default()
    }
}

fn pixel(studio: &Studio, point: Vec3) -> (f32, f32) {
    let size = glam::Vec2::new(SIZE.0 as f32, SIZE.1 as f32);
    let (pixel, _) = studio.camera.project(point, size).unwrap();
    (pixel.x, pixel.y)
}

/// The point at a part of the length of a bone in a row.
fn along(bone: usize, part: f32) -> Vec3 {
    Vec3::new(bone as f32 / 3.0 + 0.1 * part, 0.0, part)
}

fn near(pixel: [u8; 4], color: [f32; 4], tolerance: u8) -> bool {
    let wanted = color.map(|c| (c * 255.0).round() as u8);
    let pairs = pixel.iter().zip(wanted).take(3);
    pairs.into_iter().all(|(a, b)| a.abs_diff(b) <= tolerance)
}

/// Row by row up a bone, between these parts of its length: whether a pixel within `aside` of its axis does
/// what `is` asks.
fn up(
    studio: &Studio,
    picture: &Picture,
    bone: usize,
    parts: (f32, f32),
    aside: i32,
    is: impl Fn([u8; 4]) -> bool,
) -> Vec<bool> {
    let (_, bottom) = pixel(studio, along(bone, parts.0));
    let (_, top) = pixel(studio, along(bone, parts.1));
    let (head, tail) = (
        pixel(studio, along(bone, 0.0)),
        pixel(studio, along(bone, 1.0)),
    );
    let rows = (top as u32)..(bottom as u32);
    rows.map(|row| {
        let part = (row as f32 + 0.5 - head.1) / (tail.1 - head.1);
        let axis = head.0 + (tail.0 - head.0) * part;
        (-aside..=aside).any(|x| is(picture.at(((axis + x as f32) as u32, row))))
    })
    .collect()
}

fn changes(rows: &[bool]) -> usize {
    rows.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// How many pixels of a row differ from the picture without bones.
fn width(picture: &Picture, empty: &Picture, row: u32) -> usize {
    let differs = |&x: &u32| {
        let (a, b) = (picture.at((x, row)), empty.at((x, row)));
        a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > 8)
    };
    (0..picture.width).filter(differs).count()
}

#[test]
fn the_rim_of_inverse_kinematics_is_dashed_also_when_it_is_selected() {
    let mut studio = studio();
    let theme = ViewportColors::default();
    let mut document = row(4);
    constrain(&mut document, 1, ConstraintKind::Ik);
    constrain(&mut document, 3, ConstraintKind::Ik);
    document.rig_mut().unwrap().selected = [2, 3].into_iter().collect();
    for style in [BoneStyle::Octahedral, BoneStyle::BBone, BoneStyle::Stick] {
        let picture = studio.shoot_in(&document, &styled(style), SIZE);
        let rim = |bone, color| {
            let is = |pixel| near(pixel, color, 24);
            changes(&up(&studio, &picture, bone, (0.2, 0.8), 12, is))
        };
        let dashes = rim(1, theme.b_ik);
        assert!(dashes > 15, "{style:?}: {dashes}");
        assert!(rim(2, theme.b_sel_edge) < 3, "{style:?}");
        let selected = (rim(3, theme.b_sel_edge), rim(3, theme.b_ik));
        assert!(
            selected.0 > 15 && selected.1 > 15,
            "{style:?}: {selected:?}"
        );
    }
}

#[test]
fn locked_bones_are_hatched() {
    let mut studio = studio();
    let mut document = row(4);
    lock(&mut document, 1);
    lock(&mut document, 3);
    document.rig_mut().unwrap().selected = [2, 3].into_iter().collect();
    for style in BoneStyle::ALL {
        let picture = studio.shoot_in(&document, &styled(*style), SIZE);
        let stripes = |bone| {
            // Its own fill against the stripes: dark is less than three fifths of the brightest.
            let green = |pixel: [u8; 4]| u16::from(pixel[1]);
            let (x, y) = pixel(&studio, along(bone, 0.5));
            let around = (0..20).map(|i| green(picture.at((x as u32, y as u32 - 10 + i))));
            let most = around.max().unwrap();
            let is = |pixel| green(pixel) * 5 < most * 3;
            changes(&up(&studio, &picture, bone, (0.62, 0.9), 0, is))
        };
        assert!(
            stripes(1) > 8 && stripes(3) > 8,
            "{style:?}: {} {}",
            stripes(1),
            stripes(3)
        );
        if *style != BoneStyle::BBone {
            assert!(
                stripes(0) < 4 && stripes(2) < 4,
                "{style:?}: {} {}",
                stripes(0),
                stripes(2)
            );
        }
    }
}

#[test]
fn constrained_bones_have_a_ring_whatever_else_they_are() {
    let mut studio = studio();
    let theme = ViewportColors::default();
    let mut document = row(4);
    for bone in [1, 2, 3] {
        constrain(&mut document, bone, ConstraintKind::CopyRotation);
    }
    lock(&mut document, 2);
    document.rig_mut().unwrap().selected = [0, 3].into_iter().collect();
    for style in BoneStyle::ALL {
        let picture = studio.shoot_in(&document, &styled(*style), SIZE);
        let ring = |bone: usize| {
            let (x, y) = pixel(&studio, along(bone, 0.55));
            let square = (0..121).map(|i| (x as u32 - 5 + i % 11, y as u32 - 5 + i / 11));
            square
                .filter(|&at| near(picture.at(at), theme.b_con, 24))
                .count()
        };
        assert_eq!(ring(0), 0, "{style:?}");
        for bone in [1, 2, 3] {
            assert!(ring(bone) >= 10, "{style:?} {bone}: {}", ring(bone));
        }
    }
}

#[test]
fn the_middle_of_the_ring_is_open() {
    let mut studio = studio();
    let theme = ViewportColors::default();
    let mut document = row(1);
    constrain(&mut document, 0, ConstraintKind::CopyRotation);
    document.rig_mut().unwrap().selected = [0].into_iter().collect();
    let picture = studio.shoot_in(&document, &styled(BoneStyle::BBone), SIZE);
    let (x, y) = pixel(&studio, along(0, 0.55));
    assert!(!near(picture.at((x as u32, y as u32)), theme.b_con, 60));
}

#[test]
fn styles_have_their_widths_and_boxes_their_segments() {
    let mut studio = studio();
    let empty = studio.shoot_in(&Document::default(), &styled(BoneStyle::Stick), SIZE);
    let document = row(1);
    let mut shoot = |style| studio.shoot_in(&document, &styled(style), SIZE);
    let pictures = [BoneStyle::Wire, BoneStyle::Stick, BoneStyle::BBone].map(&mut shoot);
    let (_, row) = pixel(&studio, along(0, 0.4));
    let [wire, stick, block] = pictures
        .each_ref()
        .map(|picture| width(picture, &empty, row as u32));
    assert!((2..=5).contains(&wire), "{wire}");
    assert!((5..=8).contains(&stick), "{stick}");
    assert!((13..=24).contains(&block), "{block}");
    let is = |pixel: [u8; 4]| pixel[1] < 125;
    let lines = up(&studio, &pictures[2], 0, (0.1, 0.9), 0, is);
    assert_eq!(changes(&lines), 6, "three lines, each entered and left");
}

#[test]
fn a_rig_of_any_scale_looks_the_same() {
    for style in BoneStyle::ALL {
        let shoot = |scale: f32| {
            let mut studio = studio();
            let mut document = row(3);
            constrain(&mut document, 1, ConstraintKind::Ik);
            document.rig_mut().unwrap().scale = Vec3::splat(scale);
            studio.camera.target *= scale;
            studio.camera.distance *= scale;
            let view = View {
                floor: true,
                ..styled(*style)
            };
            studio.shoot_in(&document, &view, SIZE)
        };
        let one = shoot(1.0);
        for scale in [0.01, 100.0] {
            let (mean, far) = one.difference(&shoot(scale));
            assert!(mean < 0.3 && far < 60, "{style:?} {scale}: {mean} {far}");
        }
    }
}

#[test]
fn bones_far_away_keep_a_line_of_three_pixels() {
    let mut studio = studio();
    studio.camera.distance = 40.0;
    let document = row(1);
    let empty = studio.shoot_in(&Document::default(), &styled(BoneStyle::Wire), SIZE);
    let (_, row) = pixel(&studio, along(0, 0.5));
    for style in BoneStyle::ALL {
        let picture = studio.shoot_in(&document, &styled(*style), SIZE);
        let wide = width(&picture, &empty, row as u32);
        assert!((3..=6).contains(&wide), "{style:?}: {wide}");
    }
}

#[test]
fn a_bone_behind_the_mesh_has_no_rim() {
    let mut studio = Studio::new();
    let black = unlit([0.0, 0.0, 0.0, 1.0]);
    let mut document = cylinder::document(vec![cylinder::carried(black)]);
    let rig = document.rig_mut().unwrap();
    rig.selected = [cylinder::UPPER.index()].into_iter().collect();
    rig.active_bone = Some(cylinder::UPPER);
    let theme = ViewportColors::default();
    let mut white = |in_front| {
        let view = View {
            in_front,
            bone_style: BoneStyle::Octahedral,
            ..View::default()
        };
        let picture = studio.shoot(&document, &view);
        let (x, y) = studio.pixel(Vec3::Z * 0.75);
        let row = (x - 12..x + 12).map(|x| picture.at((x, y)));
        row.filter(|pixel| near(*pixel, theme.b_active_edge, 60))
            .count()
    };
    assert!(white(true) > 1);
    assert_eq!(white(false), 0);
}

fn unlit(base_color: [f32; 4]) -> Material {
    Material {
        base_color,
        unlit: true,
        ..Material::default()
    }
}

/// A red cylinder on the upper bone, with its figure shaded.
fn shaded(studio: &mut Studio, shading: Shading, selected: bool) -> Picture {
    let red = unlit([1.0, 0.0, 0.0, 1.0]);
    let mut document = cylinder::document(vec![cylinder::carried(red)]);
    if selected {
        document.rig_mut().unwrap().selected = [cylinder::LOWER.index()].into_iter().collect();
    }
    let view = View {
        shading,
        in_front: false,
        ..View::default()
    };
    studio.shoot(&document, &view)
}

#[test]
fn clay_has_neither_colour_nor_texture() {
    let mut studio = Studio::new();
    let middle = studio.pixel(Vec3::new(-0.06, 0.0, 0.75));
    let textured = shaded(&mut studio, Shading::Material, false).at(middle);
    assert!(textured[0] > 200 && textured[1] < 80, "{textured:?}");
    let clay = shaded(&mut studio, Shading::Solid, false).at(middle);
    assert!(clay[0] > 90 && clay[0].abs_diff(clay[2]) < 30, "{clay:?}");
}

#[test]
fn a_wireframe_hides_nothing() {
    let mut studio = Studio::new();
    let theme = ViewportColors::default();
    let wires = shaded(&mut studio, Shading::Wireframe, false);
    let solid = shaded(&mut studio, Shading::Solid, false);
    // The bone inside is as strong as it is in front.
    let bone = studio.pixel(Vec3::Z * 0.68);
    let green = wires.at(bone)[1];
    assert!(green > solid.at(bone)[1].saturating_sub(60) && green > 60);
    assert!(near(
        wires.at(studio.pixel(Vec3::Z * 0.98)),
        theme.vp_top,
        140
    ));
    // Along a row beside the bone lines and gaps take turns.
    let (x, y) = studio.pixel(Vec3::Z * 0.9);
    let row: Vec<bool> = (x - 12..x + 12)
        .map(|x| wires.at((x, y))[0].abs_diff(wires.at((5, y))[0]) > 12)
        .collect();
    assert!(changes(&row) >= 2, "{row:?}");
}

#[test]
fn a_silhouette_is_flat_and_dark_on_plain_ground() {
    let mut studio = Studio::new();
    let picture = shaded(&mut studio, Shading::Silhouette, false);
    let ground = picture.count(SILHOUETTE_GROUND, 2);
    let figure = picture.at(studio.pixel(Vec3::Z * 0.75));
    assert!(
        figure[..3].iter().all(|&channel| channel < 40),
        "{figure:?}"
    );
    let dark = picture.count(figure.map(|channel| f32::from(channel) / 255.0), 1);
    let all = (picture.width * picture.height) as usize;
    assert!(
        ground + dark > all * 97 / 100,
        "{ground} and {dark} of {all}"
    );
    // A selected bone is drawn, the other not.
    let selected = shaded(&mut studio, Shading::Silhouette, true);
    assert!(selected.count(ViewportColors::default().b_sel_edge, 8) > 10);
    assert!(selected.count(SILHOUETTE_GROUND, 2) < ground);
}

#[test]
fn floor_and_bones_are_left_out_one_by_one() {
    let mut studio = Studio::new();
    let document = cylinder::document(Vec::new());
    let mut shoot = |floor, bones| {
        let view = View {
            floor,
            bones,
            ..View::default()
        };
        studio.shoot(&document, &view)
    };
    let (all, floor, bones) = (shoot(true, true), shoot(true, false), shoot(false, true));
    let nothing = shoot(false, false);
    assert!(all != floor && all != bones && floor != bones);
    assert!(nothing == studio.shoot(&Document::default(), &picture::bare()));
}

#[test]
fn an_axis_that_comes_from_behind_the_eye_is_drawn_from_any_distance() {
    let mut studio = Studio::new();
    studio.camera.rotation = Quat::from_rotation_z(0.4) * Quat::from_rotation_x(1.3);
    for step in 0..40 {
        studio.camera.distance = 0.5 * 1.13f32.powi(step);
        studio.camera.target = Vec3::Z * 0.1 * studio.camera.distance;
        let picture = studio.shoot(&Document::default(), &View::default());
        let greens = picture.rgba.chunks_exact(4).filter(|pixel| {
            let [red, green] = [pixel[0], pixel[1]].map(i32::from);
            green - red > 15
        });
        let reds = picture.rgba.chunks_exact(4);
        let reds = reds.filter(|pixel| i32::from(pixel[0]) - i32::from(pixel[1]) > 15);
        let counts = (greens.count(), reds.count());
        assert!(counts.0 > 30 && counts.1 > 30, "step {step}: {counts:?}");
    }
}

#[test]
fn a_figure_darkens_the_floor_it_stands_on() {
    let mut studio = Studio::new();
    studio.camera.rotation = Quat::from_rotation_x(60f32.to_radians());
    let document = cylinder::document(vec![cylinder::skin(1)]);
    let view = View {
        bones: false,
        ..View::default()
    };
    let mut green = |document: &Document, x: f32| {
        let picture = studio.shoot(document, &view);
        let at = studio.pixel(Vec3::new(x, -0.03, 0.0));
        i32::from(picture.at(at)[1])
    };
    let darker = |x, green: &mut dyn FnMut(&Document, f32) -> i32| {
        green(&Document::default(), x) - green(&document, x)
    };
    let (near, far) = (darker(0.125, &mut green), darker(0.9, &mut green));
    assert!(near >= 3, "{near}");
    assert!(far.abs() <= 1, "{far}");
}
