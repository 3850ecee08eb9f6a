//! A document made by hand: two bones, one above the other, with a cylinder skinned to both or carried by one.

use std::f32::consts::TAU;
use std::sync::Arc;

use glam::{Mat4, Vec3};
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::mesh::{Attachment, Influence, Material, Mesh, Primitive};
use keypose::model::rig::Rig;

/// The lower bone, from the floor up.
pub const LOWER: BoneId = BoneId(0);
/// The upper bone, from half a metre up.
pub const UPPER: BoneId = BoneId(1);

/// Two bones, one above the other.
pub fn armature() -> Armature {
    let bone = |name: &str, parent, bottom: f32| {
        Arc::new(Bone {
            name: Arc::from(name),
            parent,
            head: Vec3::new(0.0, 0.0, bottom),
            tail: Vec3::new(0.0, 0.0, bottom + 0.5),
            ..Bone::default()
        })
    };
    Armature {
        bones: vec![bone("lower", None, 0.0), bone("upper.L", Some(LOWER), 0.5)],
        ..Armature::default()
    }
}

/// A document with the armature and these meshes.
pub fn document(meshes: Vec<Mesh>) -> Document {
    let mut rig = Rig::new("rig".to_owned(), armature());
    rig.meshes = Arc::new(meshes.into_iter().map(Arc::new).collect());
    let mut document = Document::default();
    document.add_rig(rig);
    document
}

/// Turns the upper bone about X.
pub fn bend(document: &mut Document, angle: f32) {
    let channel = document.rig_mut().and_then(|rig| rig.channel_mut(UPPER));
    let (s, c) = (angle * 0.5).sin_cos();
    channel.unwrap().quaternion = [c, s, 0.0, 0.0];
}

/// A skin over both bones. Each vertex splits its weight of a bone over `copies` joints that mean that bone.
pub fn skin(copies: usize) -> Mesh {
    let bones = armature().bones;
    let of_both = |index: usize| if index < copies { 0 } else { 1 };
    let joints = (0..copies * 2).map(|i| BoneId::new(of_both(i))).collect();
    let binds = (0..copies * 2).map(|i| bones[of_both(i)].armature_from_bone().inverse());
    let mut primitive = cylinder(0.1, 1.0, Material::default());
    primitive.influence_starts.push(0);
    for [_, _, z] in primitive.positions.clone() {
        let upper = ((z - 0.4) / 0.2).clamp(0.0, 1.0);
        for joint in 0..copies * 2 {
            let share = if joint < copies { 1.0 - upper } else { upper };
            primitive.influences.push(Influence {
                joint: joint as u32,
                weight: share / copies as f32,
            });
        }
        primitive
            .influence_starts
            .push(primitive.influences.len() as u32);
    }
    Mesh {
        name: "skin".to_owned(),
        primitives: vec![primitive],
        attachment: Attachment::Skin {
            joints,
            joint_from_mesh: binds.collect(),
        },
    }
}

/// A short cylinder carried by the upper bone, around its middle.
pub fn carried(material: Material) -> Mesh {
    Mesh {
        name: "carried".to_owned(),
        primitives: vec![cylinder(0.15, 0.3, material)],
        attachment: Attachment::Bone {
            bone: UPPER,
            // The bone's Y runs up; the cylinder's Z does.
            bone_from_mesh: Mat4::from_translation(Vec3::new(0.0, 0.1, 0.0))
                * Mat4::from_rotation_x(-TAU / 4.0),
        },
    }
}

/// An upright cylinder on the floor, with caps.
pub fn cylinder(radius: f32, height: f32, material: Material) -> Primitive {
    let (around, up) = (24u32, 20u32);
    let mut primitive = Primitive {
        material,
        ..Primitive::default()
    };
    let mut ring = |z: f32, radius: f32, tilt: Option<f32>| {
        for i in 0..=around {
            let (s, c) = (i as f32 / around as f32 * TAU).sin_cos();
            primitive.positions.push([c * radius, s * radius, z]);
            let outward = [c, s, 0.0];
            primitive
                .normals
                .push(tilt.map_or(outward, |z| [0.0, 0.0, z]));
            primitive.uvs.push([i as f32 / around as f32, z / height]);
        }
    };
    for level in 0..=up {
        ring(height * level as f32 / up as f32, radius, None);
    }
    ring(0.0, radius, Some(-1.0));
    ring(0.0, 0.0, Some(-1.0));
    ring(height, radius, Some(1.0));
    ring(height, 0.0, Some(1.0));
    let mut strip = |low: u32, high: u32| {
        for i in 0..around {
            let (a, b) = (low * (around + 1) + i, high * (around + 1) + i);
            primitive.indices.extend([a, a + 1, b + 1, a, b + 1, b]);
        }
    };
    for level in 0..up {
        strip(level, level + 1);
    }
    strip(up + 2, up + 1);
    strip(up + 3, up + 4);
    primitive
}
