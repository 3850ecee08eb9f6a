//! Seen from the front, the silhouette of a mirrored figure is the mirrored picture of the figure.
//!
//! With `KEYPOSE_RIGS` set to a folder, on its models too.

mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "render/picture.rs"]
mod picture;
#[path = "mirror/rigs.rs"]
mod rigs;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use glam::{Mat4, Quat, Vec3};
use keypose::eval::hierarchy::evaluate_once;
use keypose::io::open;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::mesh::{Attachment, Influence, Mesh, Primitive};
use keypose::model::pose::Pose;
use keypose::model::rig::Rig;
use keypose::model::settings::MirrorKind;
use keypose::model::view::{Camera, Shading, View};
use keypose::ops::runner::Session;
use keypose::ops::shared::mirror::pairing::Pairing;
use picture::{Picture, Studio};

/// Pixels of every picture.
const SIZE: (u32, u32) = (240, 240);

const FLIP: Mat4 = Mat4::from_cols(
    glam::Vec4::NEG_X,
    glam::Vec4::Y,
    glam::Vec4::Z,
    glam::Vec4::W,
);

/// From the front, as wide as the rig with its arms stretched to any side.
fn camera(rig: &Rig) -> Camera {
    let heads = || {
        rig.armature
            .bones
            .iter()
            .flat_map(|bone| [bone.head, bone.tail])
    };
    let low = heads().reduce(Vec3::min).unwrap();
    let high = heads().reduce(Vec3::max).unwrap();
    let size = (high - low).max_element();
    Camera {
        target: ((low + high) / 2.0).with_x(0.0),
        rotation: Quat::from_rotation_x(90f32.to_radians()),
        distance: size * 2.6,
        orthographic: true,
        ..Camera::default()
    }
}

fn shoot(studio: &mut Studio, document: &Document) -> Picture {
    let view = View {
        overlays: false,
        shading: Shading::Silhouette,
        ..View::default()
    };
    studio.shoot_in(document, &view, SIZE)
}

fn mirrored(picture: &Picture) -> Picture {
    let rows = picture.rgba.chunks_exact(picture.width as usize * 4);
    let turned = rows.flat_map(|row| row.chunks_exact(4).rev().flatten().copied());
    Picture {
        rgba: turned.collect(),
        ..picture.clone()
    }
}

/// Which pixels are of the figure: far from the ground's brightness, more than half covered.
fn covered(picture: &Picture) -> Vec<bool> {
    let ground = i32::from(picture.at((2, 2))[1]);
    let bright = |pixel: &[u8]| (i32::from(pixel[1]) - ground).abs();
    let most = picture.rgba.chunks_exact(4).map(bright).max().unwrap();
    let pixels = picture.rgba.chunks_exact(4);
    pixels.map(|pixel| bright(pixel) * 2 > most).collect()
}

/// How many pixels of one figure are more than a pixel away from the other. The samples of a pixel do not lie
/// the same way round in its mirror image, so edges differ.
fn astray(figure: &[bool], other: &[bool]) -> usize {
    let (width, height) = (SIZE.0 as i32, SIZE.1 as i32);
    let beside = |x: i32, y: i32| {
        let inside = (0..width).contains(&x) && (0..height).contains(&y);
        inside && other[(y * width + x) as usize]
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let off = places.filter(|&(x, y)| {
        let near = (-1..=1).any(|dy| (-1..=1).any(|dx| beside(x + dx, y + dy)));
        figure[(y * width + x) as usize] && !near
    });
    off.count()
}

/// Turns every bone, and stretches and moves some, as chance has it; the two sides differ.
fn pose(rig: &mut Rig) {
    let count = rig.armature.bones.len();
    rig.pose = Pose::rest(count);
    let mut seed = 12_345_u32;
    let mut chance = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as f32 / 16_777_216.0 * 2.0 - 1.0
    };
    let size = rig
        .armature
        .bones
        .iter()
        .map(|bone| bone.length())
        .fold(0.0, f32::max);
    for channel in Arc::make_mut(&mut rig.pose.channels) {
        let turn = Vec3::new(chance(), chance(), chance()) * 0.35;
        let q = Quat::from_scaled_axis(turn);
        channel.quaternion = [q.w, q.x, q.y, q.z];
        channel.mode = keypose::model::pose::RotationMode::Quaternion;
        channel.location = Vec3::new(chance(), chance(), chance()) * size * 0.02;
        channel.scale = Vec3::splat(1.0 + 0.1 * chance());
    }
}

/// The mesh mirrored at rest, each part of it following the mirror image of its bone.
fn mirrored_mesh(rig: &Rig, mesh: &Mesh) -> Mesh {
    let pairing = Pairing::new(rig);
    let rest = |bone: BoneId| rig.armature.bones[bone.index()].armature_from_bone();
    let other = |bone: BoneId| {
        let name = rig.armature.name(bone);
        pairing
            .image(bone)
            .unwrap_or_else(|| panic!("{name} has no mirror image"))
    };
    let bind = |bone: BoneId, from_mesh: Mat4| {
        rest(other(bone)).inverse() * FLIP * rest(bone) * from_mesh * FLIP
    };
    let attachment = match &mesh.attachment {
        Attachment::Skin {
            joints,
            joint_from_mesh,
        } => Attachment::Skin {
            joints: joints.iter().map(|&joint| other(joint)).collect(),
            joint_from_mesh: joints
                .iter()
                .zip(joint_from_mesh)
                .map(|(&j, &m)| bind(j, m))
                .collect(),
        },
        Attachment::Bone {
            bone,
            bone_from_mesh,
        } => Attachment::Bone {
            bone: other(*bone),
            bone_from_mesh: bind(*bone, *bone_from_mesh),
        },
        Attachment::Armature { armature_from_mesh } => Attachment::Armature {
            armature_from_mesh: FLIP * *armature_from_mesh * FLIP,
        },
    };
    let turned = |primitive: &Primitive| {
        let mut turned = primitive.clone();
        turned
            .positions
            .iter_mut()
            .for_each(|position| position[0] = -position[0]);
        turned
            .normals
            .iter_mut()
            .for_each(|normal| normal[0] = -normal[0]);
        turned
            .indices
            .chunks_exact_mut(3)
            .for_each(|triangle| triangle.swap(0, 1));
        turned
    };
    Mesh {
        name: mesh.name.clone(),
        primitives: mesh.primitives.iter().map(turned).collect(),
        attachment,
    }
}

/// Poses the rig, pastes the pose flipped, and compares what is seen. With `meshes` mirrored too, or as they
/// are, where they are their own mirror images.
fn check(rig: &Rig, kind: MirrorKind, own_image: bool) {
    let mut studio = Studio::new();
    studio.camera = camera(rig);
    let mut rig = rig.clone();
    assert_eq!(rig.options.mirror_kind, kind);
    pose(&mut rig);
    rig.selected = (0..rig.armature.bones.len()).collect();
    let mirrored_meshes: Vec<_> = match own_image {
        true => rig.meshes.to_vec(),
        false => rig
            .meshes
            .iter()
            .map(|mesh| Arc::new(mirrored_mesh(&rig, mesh)))
            .collect(),
    };
    let mut document = Document::default();
    document.active_rig = Some(document.add_rig(rig));
    let before = shoot(&mut studio, &document);
    let mut session = Session::with_document(document);
    session.run_text("pose.copy()").unwrap();
    session.run_text("pose.paste(flipped: true)").unwrap();
    let rig = session.document.rig_mut().unwrap();
    rig.meshes = Arc::new(mirrored_meshes);
    let after = shoot(&mut studio, &session.document);
    let (before, turned, after) = (
        covered(&before),
        covered(&mirrored(&before)),
        covered(&after),
    );
    let seen = before.iter().filter(|&&pixel| pixel).count();
    assert!(seen > 1000, "the figure fills {seen} pixels");
    // The pose is no mirror image of itself, so this could fail.
    let uneven = astray(&before, &turned);
    assert!(
        uneven > seen / 20,
        "{uneven} of {seen} pixels differ from side to side"
    );
    let off = astray(&after, &turned) + astray(&turned, &after);
    assert_eq!(off, 0, "of {seen} pixels");
}

/// A figure of boxes whose joints point along their limbs with Z to the side, as many glTF files have them.
fn figure() -> Rig {
    let along = |place: Vec3, to: Vec3, lateral: f32| {
        let x = (to - place).normalize();
        let z = (Vec3::X * lateral - x * x.x * lateral)
            .try_normalize()
            .unwrap_or(Vec3::Y);
        let z = if z.cross(x).length() < 0.5 {
            Vec3::Y
        } else {
            z
        };
        Mat4::from_cols(
            x.extend(0.0),
            z.cross(x).extend(0.0),
            z.extend(0.0),
            place.extend(1.0),
        )
    };
    let limbs = [
        ("b_Hips_00", None, [0.0, 0.0, 1.0], [0.0, 0.0, 1.25]),
        ("b_Chest_01", Some(0), [0.0, 0.0, 1.25], [0.0, 0.0, 1.6]),
        ("b_Head_02", Some(1), [0.0, 0.0, 1.6], [0.0, 0.05, 1.9]),
        ("b_LeftArm_03", Some(1), [0.2, 0.0, 1.55], [0.5, 0.05, 1.4]),
        (
            "b_LeftHand_04",
            Some(3),
            [0.5, 0.05, 1.4],
            [0.75, 0.0, 1.25],
        ),
        (
            "b_RightArm_05",
            Some(1),
            [-0.2, 0.0, 1.55],
            [-0.5, 0.05, 1.4],
        ),
        (
            "b_RightHand_06",
            Some(5),
            [-0.5, 0.05, 1.4],
            [-0.75, 0.0, 1.25],
        ),
        (
            "b_LeftLeg_07",
            Some(0),
            [0.12, 0.0, 1.0],
            [0.15, -0.03, 0.5],
        ),
        (
            "b_LeftFoot_08",
            Some(7),
            [0.15, -0.03, 0.5],
            [0.15, 0.0, 0.05],
        ),
        (
            "b_RightLeg_09",
            Some(0),
            [-0.12, 0.0, 1.0],
            [-0.15, -0.03, 0.5],
        ),
        (
            "b_RightFoot_010",
            Some(9),
            [-0.15, -0.03, 0.5],
            [-0.15, 0.0, 0.05],
        ),
    ];
    let frames: Vec<Mat4> = limbs
        .iter()
        .map(|(_, _, head, tail)| along(Vec3::from(*head), Vec3::from(*tail), 1.0))
        .collect();
    let rows: Vec<rigs::Joint> = limbs
        .iter()
        .zip(&frames)
        .map(|((name, parent, _, _), frame)| (*name, *parent, *frame))
        .collect();
    let mut rig = rigs::joints(&rows);
    let mut primitive = Primitive::default();
    primitive.influence_starts.push(0);
    for (joint, (_, _, head, tail)) in limbs.iter().enumerate() {
        add_box(
            &mut primitive,
            joint as u32,
            Vec3::from(*head),
            Vec3::from(*tail),
        );
    }
    primitive.normals = vec![[0.0, 0.0, 1.0]; primitive.positions.len()];
    primitive.material.double_sided = true;
    rig.meshes = Arc::new(vec![Arc::new(Mesh {
        name: "figure".to_owned(),
        primitives: vec![primitive],
        attachment: Attachment::Skin {
            joints: (0..limbs.len()).map(BoneId::new).collect(),
            joint_from_mesh: frames.iter().map(Mat4::inverse).collect(),
        },
    })]);
    rig
}

/// A box around a limb, a corner towards each axis: its own mirror image where the limbs are.
fn add_box(primitive: &mut Primitive, joint: u32, head: Vec3, tail: Vec3) {
    let first = primitive.positions.len() as u32;
    for end in [head, tail] {
        for aside in [
            Vec3::X,
            Vec3::Y,
            Vec3::NEG_X,
            Vec3::NEG_Y,
            Vec3::Z,
            Vec3::NEG_Z,
        ] {
            primitive.positions.push((end + aside * 0.06).to_array());
            primitive.influences.push(Influence { joint, weight: 1.0 });
            primitive
                .influence_starts
                .push(primitive.influences.len() as u32);
        }
    }
    for a in 0..12 {
        for b in a + 1..12 {
            for c in b + 1..12 {
                primitive.indices.extend([first + a, first + b, first + c]);
            }
        }
    }
}

#[test]
fn the_mannequin_mirrors_by_channel_values() {
    let document = open::mannequin().unwrap().document;
    check(document.rig().unwrap(), MirrorKind::Channels, true);
}

#[test]
fn the_mannequin_mirrors_geometrically_as_well() {
    let mut document = open::mannequin().unwrap().document;
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.options).mirror_kind = MirrorKind::Geometric;
    check(rig, MirrorKind::Geometric, true);
}

#[test]
fn a_figure_with_joint_frames_mirrors() {
    let figure = figure();
    let arm = |bone: usize| figure.armature.bones[bone].armature_from_bone();
    // Blender's rule of signs would not do for these joints.
    let between = arm(3).inverse() * FLIP * arm(5);
    assert!(!between.abs_diff_eq(FLIP, 0.5), "{between}");
    check(&figure, MirrorKind::Geometric, true);
}

#[test]
fn by_channel_values_a_figure_with_joint_frames_goes_astray() {
    let figure = figure();
    let mut session = Session::default();
    session.document.active_rig = Some(session.document.add_rig(figure));
    session
        .run_text("armature.mirror_kind(type: CHANNELS)")
        .unwrap();
    session
        .run_text(r#"armature.set(mirror_partners: {"b_LeftArm_03": "b_RightArm_05"})"#)
        .unwrap();
    let turn = r#"pose.set(pose: {"b_LeftArm_03": (rotation_quaternion: (0.8, 0.0, 0.0, 0.6))})"#;
    let hand = |session: &Session, bone: usize| {
        evaluate_once(session.document.rig().unwrap())
            .head(BoneId::new(bone))
            .unwrap()
    };
    let mut reached = Vec::new();
    for kind in ["CHANNELS", "GEOMETRIC"] {
        for call in [
            &format!("armature.mirror_kind(type: {kind})"),
            "pose.select_all(action: SELECT)",
            "pose.transforms_clear()",
            turn,
            "pose.copy()",
            "pose.paste(flipped: true)",
        ] {
            session.run_text(call).unwrap();
        }
        reached.push(hand(&session, 6));
    }
    session.run_text("pose.transforms_clear()").unwrap();
    session.run_text(turn).unwrap();
    let wanted = FLIP.transform_point3(hand(&session, 4));
    assert!((reached[0] - wanted).length() > 0.1, "{reached:?} {wanted}");
    assert!(
        (reached[1] - wanted).length() < 1e-5,
        "{reached:?} {wanted}"
    );
}

fn model(name: &str) -> Option<Rig> {
    let folder = std::env::var_os("KEYPOSE_RIGS").map(PathBuf::from)?;
    let opened = open::open(&folder.join(Path::new(name))).unwrap();
    Some(opened.document.rig().unwrap().as_ref().clone())
}

#[test]
fn the_knight_mirrors() {
    if let Some(knight) = model("Knight.glb") {
        check(&knight, MirrorKind::Geometric, false);
    }
}

#[test]
fn the_fox_mirrors() {
    if let Some(fox) = model("Fox.glb") {
        check(&fox, MirrorKind::Geometric, false);
    }
}
