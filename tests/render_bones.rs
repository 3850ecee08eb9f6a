//! States and styles of bones in the viewport, told apart by their pixels: shape as well as colour.

#[path = "common/cylinder.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod cylinder;
#[path = "render/picture.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod picture;

use std::sync::Arc;

use glam::{Quat, Vec3};
use keypose::model::action::Action;
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::constraint::{Constraint, ConstraintKind};
use keypose::model::document::Document;
use keypose::model::fcurve::{FCurve, Key};
use keypose::model::id::BoneId;
use keypose::model::mesh::Material;
use keypose::model::rig::Rig;
use keypose::model::view::{BoneStyle, View};
use keypose::render::ViewportColors;
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

/// Bones of a row get an action that keeps their X location at 0.
fn animate(document: &mut Document) {
    let names = document.rig().unwrap().armature.bones.iter();
    let curve = |bone: &Arc<Bone>| {
        let mut curve = FCurve::new(Some(&bone.name), "location", 0);
        curve.keys = Arc::new(vec![Key::new(1.0, 0.0)]);
        Arc::new(curve)
    };
    let action = Action {
        fcurves: names.map(curve).collect(),
        ..Action::default()
    };
    Arc::make_mut(&mut document.actions).insert("act".to_owned(), Arc::new(action));
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("act".to_owned());
}

#[test]
fn bones_that_were_changed_and_have_no_key_have_an_orange_rim() {
    let mut studio = studio();
    let theme = ViewportColors::default();
    let mut document = row(4);
    animate(&mut document);
    let rig = document.rig_mut().unwrap();
    rig.selected = [2, 3].into_iter().collect();
    rig.active_bone = Some(BoneId(3));
    for bone in [1, 2, 3] {
        // Far more than rounding, far less than a pixel.
        rig.channel_mut(BoneId(bone)).unwrap().location.x = 1e-4;
    }
    for style in BoneStyle::ALL {
        let picture = studio.shoot_in(&document, &styled(*style), SIZE);
        let rows = |bone, is: &dyn Fn([u8; 4]) -> bool| {
            let rows = up(&studio, &picture, bone, (0.2, 0.8), 14, is);
            (rows.iter().filter(|&&row| row).count(), rows.len())
        };
        // A wire's rim is a pixel wide and never pure.
        let orange = |pixel: [u8; 4]| i16::from(pixel[0]) - i16::from(pixel[2]) > 50;
        let white = |pixel| near(pixel, theme.b_active_edge, 24);
        let whole = |(count, all): (usize, usize)| count * 10 > all * 9;
        assert_eq!(rows(0, &orange).0, 0, "{style:?}: not changed");
        assert!(whole(rows(1, &orange)), "{style:?}");
        assert!(whole(rows(2, &orange)), "{style:?}: selected");
        // The active bone is told by its white rim, also then.
        let rim = rows(3, &white);
        assert!(*style == BoneStyle::Wire || whole(rim), "{style:?}: active");
        assert_eq!(rows(3, &orange).0, 0, "{style:?}: active");
    }
    // A second pixel of rim, and a dark one around it, also tell it without colour.
    let view = styled(BoneStyle::Octahedral);
    let empty = View {
        overlays: false,
        ..view.clone()
    };
    let empty = studio.shoot_in(&document, &empty, SIZE);
    let row = pixel(&studio, along(0, 0.5)).1 as u32;
    let only = |hidden: &[usize], document: &Document, studio: &mut Studio| {
        let mut document = document.clone();
        let rig = document.rig_mut().unwrap();
        rig.hidden = hidden.iter().copied().collect();
        width(&studio.shoot_in(&document, &view, SIZE), &empty, row)
    };
    let plain = only(&[1, 2, 3], &document, &mut studio);
    let changed = only(&[0, 2, 3], &document, &mut studio);
    assert!(changed > plain + 1, "{changed} is no wider than {plain}");
}
