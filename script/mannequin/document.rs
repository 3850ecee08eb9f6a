//! The document around the figure: bones with their tails, rolls and collections, which glTF cannot hold.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, ensure};
use glam::{Mat4, Quat, Vec3};
use keypose::io::{document, gltf_import, open};
use keypose::model::armature::BoneCollection;
use keypose::model::document::Document;
use keypose::model::view::{Camera, View};

use crate::bones::{BONES, Collection};
use crate::walk;

/// Writes the document that refers to the figure `glb`.
pub fn write(glb: &[u8], file: &Path) -> Result<()> {
    let label = Path::new(open::MANNEQUIN_MODEL);
    let imported = gltf_import::import_bytes(label, glb.to_vec())?;
    let mut rig = imported
        .rigs
        .into_iter()
        .next()
        .ok_or_else(|| anyhow!("the figure has no rig"))?;
    let armature = Arc::make_mut(&mut rig.armature);
    ensure!(
        armature.bones.len() == BONES.len(),
        "the figure's bones are not those of the table"
    );
    for bone in BONES.iter() {
        let id = armature
            .find(&bone.name)
            .with_context(|| format!("no bone {}", bone.name))?;
        let slot = armature
            .bones
            .get_mut(id.index())
            .context("bone out of range")?;
        let slot = Arc::make_mut(slot);
        let frame = slot.armature_from_bone();
        slot.head = bone.head.as_vec3();
        slot.tail = bone.tail.as_vec3();
        slot.roll = bone.roll as f32;
        slot.connected = bone.connected;
        slot.collections = vec![bone.collection.name().to_owned()];
        slot.frame = None;
        // Head, tail and roll say all: the joint's own frame must be the same.
        let own: Mat4 = slot.armature_from_bone();
        ensure!(
            own.abs_diff_eq(frame, 1e-5),
            "{}: head, tail and roll do not give the joint's frame",
            bone.name
        );
    }
    let collection = |c: &Collection| BoneCollection {
        name: c.name().to_owned(),
        color: c.color().to_owned(),
        ..BoneCollection::default()
    };
    armature.collections = Collection::ALL.iter().map(collection).collect();
    let mut whole = Document::default();
    whole.add_rig(rig);
    Arc::make_mut(&mut whole.actions).insert("Walk".to_owned(), Arc::new(walk::action()?));
    // Whole cycles, so that the walk repeats without a joint when all is played.
    Arc::make_mut(&mut whole.scene).frame_end = 8 * walk::CYCLE;
    let view = View {
        camera: camera(),
        ..View::default()
    };
    let text = document::to_text(&whole, &view, Path::new("")).map_err(|e| anyhow!(e))?;
    std::fs::write(file, text).with_context(|| format!("writing {}", file.display()))
}

/// A three-quarter view from slightly above, with the whole figure in it.
fn camera() -> Camera {
    let rotation = Quat::from_rotation_z(0.5) * Quat::from_rotation_x(1.40);
    Camera {
        target: Vec3::new(0.0, 0.0, 0.9),
        rotation: rotation.normalize(),
        distance: 3.6,
        ..Camera::default()
    }
}
