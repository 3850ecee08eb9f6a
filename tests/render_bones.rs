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

#[test]
fn sheet() {
    let mut studio = Studio::new();
    let mut document = row(9);
    constrain(&mut document, 3, ConstraintKind::CopyRotation);
    constrain(&mut document, 4, ConstraintKind::Ik);
    lock(&mut document, 5);
    constrain(&mut document, 6, ConstraintKind::Ik);
    constrain(&mut document, 6, ConstraintKind::CopyRotation);
    constrain(&mut document, 7, ConstraintKind::CopyRotation);
    lock(&mut document, 7);
    constrain(&mut document, 8, ConstraintKind::Ik);
    let rig = document.rig_mut().unwrap();
    rig.selected = [1, 2, 6, 7].into_iter().collect();
    rig.active_bone = Some(BoneId(2));
    studio.camera.target = Vec3::new(1.4, 0.0, 0.5);
    studio.camera.distance = 3.0;
    for style in BoneStyle::ALL {
        for distance in [2.6f32, 60.0] {
            studio.camera.distance = distance;
            let view = View {
                bone_style: *style,
                ..View::default()
            };
            let picture = studio.shoot_in(&document, &view, (1000, 420));
            image::save_buffer(
                format!("/tmp/sheet_{style:?}_{distance}.png"),
                &picture.rgba,
                picture.width,
                picture.height,
                image::ColorType::Rgba8,
            )
            .unwrap();
        }
    }
}
