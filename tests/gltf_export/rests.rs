//! A pose that was applied as the rest pose: meshes stay as they were bound, and a file says the same.

use std::path::Path;

use glam::{Mat4, Quat, Vec3};
use keypose::eval::{hierarchy, palette};
use keypose::io::{document, open};
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::mesh::{Attachment, Mesh};
use keypose::model::pose::Pose;
use keypose::model::rig::Rig;
use keypose::ops::runner::{Session, Status};

use crate::model::{character, export};
use crate::read::{self, apart, pose};

/// Every vertex of the meshes of one kind, armature space.
fn vertices(rig: &Rig, wanted: impl Fn(&Attachment) -> bool) -> Vec<Vec3> {
    let posed = hierarchy::evaluate_once(rig);
    let mut found = Vec::new();
    for mesh in rig.meshes.iter().filter(|mesh| wanted(&mesh.attachment)) {
        let mut matrices = Vec::new();
        let bones = (&*rig.armature, &posed);
        palette::append(Mat4::IDENTITY, bones, &mesh.attachment, &mut matrices);
        found.extend(of_mesh(mesh, &matrices));
    }
    assert!(!found.is_empty());
    found
}

fn of_mesh(mesh: &Mesh, matrices: &[Mat4]) -> Vec<Vec3> {
    let mut found = Vec::new();
    for primitive in &mesh.primitives {
        for (vertex, position) in primitive.positions.iter().enumerate() {
            let position = Vec3::from(*position);
            let Some(starts) = primitive.influence_starts.get(vertex..=vertex + 1) else {
                found.push(matrices[0].transform_point3(position));
                continue;
            };
            let held = &primitive.influences[starts[0] as usize..starts[1] as usize];
            let moved = held.iter().map(|influence| {
                let matrix = matrices[influence.joint as usize];
                matrix.transform_point3(position) * influence.weight
            });
            found.push(moved.sum());
        }
    }
    found
}

fn is_skin(attachment: &Attachment) -> bool {
    matches!(attachment, Attachment::Skin { .. })
}

fn is_carried(attachment: &Attachment) -> bool {
    matches!(attachment, Attachment::Bone { .. })
}

fn farthest(a: &[Vec3], b: &[Vec3]) -> f32 {
    assert_eq!(a.len(), b.len());
    let distances = a.iter().zip(b).map(|(a, b)| a.distance(*b));
    distances.fold(0.0, f32::max)
}

fn at_rest(rig: &Rig) -> Rig {
    Rig {
        pose: Pose::rest(rig.armature.bones.len()),
        ..rig.clone()
    }
}

fn applied(document: &Document, call: &str) -> Document {
    let mut session = Session::with_document(document.clone());
    let outcome = session.run_text(call).unwrap();
    assert_eq!(outcome.status, Status::Finished, "{:?}", outcome.reports);
    session.document
}

/// What is true of a rig whose pose was applied, of the same one saved, and of its file.
fn holds(posed: &Document, applied: &Document, folder: &Path, size: f32) {
    let (before, after) = (&posed.rigs[0], &applied.rigs[0]);
    let bound = vertices(&at_rest(before), is_skin);
    let near = size * 2e-5;
    assert!(farthest(&bound, &vertices(after, is_skin)) < near);
    let carried = vertices(before, is_carried);
    assert!(farthest(&carried, &vertices(after, is_carried)) < near);
    let rests = |rig: &Rig| hierarchy::evaluate_once(&at_rest(rig)).armature_from_bone;

    let path = folder.join("applied.keypose");
    document::save(&path, applied, &Default::default()).unwrap();
    let opened = open::open(&path).unwrap().document;
    assert_eq!(opened.rigs[0].armature, after.armature);
    assert!(farthest(&bound, &vertices(&opened.rigs[0], is_skin)) < near);

    let exported = export(applied, "applied.glb");
    let reopened = read::reopened(&exported.path, &exported.bytes);
    let file = &reopened.rigs[0];
    assert!(apart(&rests(after), &rests(file), size) < 2e-5);
    assert!(farthest(&bound, &vertices(&at_rest(file), is_skin)) < near);
    assert!(farthest(&carried, &vertices(&at_rest(file), is_carried)) < near);
    for (name, action) in applied.actions.iter() {
        let last = action.key_range().map_or(0.0, |(_, last)| last);
        let fps = action.source.as_ref().map_or(30.0, |source| source.fps);
        for step in 0..7 {
            let secs = last / fps * step as f32 / 6.0;
            let (a, b) = (
                pose(applied, name, 0.0, secs),
                pose(&reopened, name, 0.0, secs),
            );
            let off = apart(&a, &b, size);
            assert!(off < 2e-3, "{name} at {secs}: {off}");
        }
    }
}

#[test]
fn an_applied_pose_is_the_rest_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut posed = character(1.0).open(folder.path());
    let rig = posed.rig_mut().unwrap();
    let [hips, spine] = ["hips", "spine"].map(|name| rig.armature.find(name).unwrap());
    let channel = rig.channel_mut(hips).unwrap();
    channel.location = Vec3::new(0.1, 0.2, 0.3);
    channel.quaternion = [0.8, 0.0, 0.6, 0.0];
    let channel = rig.channel_mut(spine).unwrap();
    channel.quaternion = [0.6, 0.0, 0.0, -0.8];
    channel.scale = Vec3::splat(1.5);
    rig.selected.set(spine.index(), true);

    let whole = applied(&posed, "pose.armature_apply()");
    let turned = whole.rigs[0].armature.bone(hips).unwrap().frame.unwrap();
    let was = posed.rigs[0].armature.bone(hips).unwrap().frame.unwrap();
    let by = Quat::from_xyzw(0.0, 0.6, 0.0, 0.8);
    let wanted = was * Mat4::from_rotation_translation(by, Vec3::new(0.1, 0.2, 0.3));
    assert!(turned.abs_diff_eq(wanted, 1e-5), "{turned} {wanted}");
    holds(&posed, &whole, folder.path(), 3.0);

    // Twice, and of one bone alone: the pose of the other stays.
    let mut again = applied(&whole, "pose.select_bones(names: [\"spine\"])");
    again
        .rig_mut()
        .unwrap()
        .channel_mut(spine)
        .unwrap()
        .location = Vec3::Y;
    let twice = applied(&again, "pose.armature_apply(selected: true)");
    holds(&again, &twice, folder.path(), 3.0);
    let one = applied(&posed, "pose.armature_apply(selected: true)");
    assert_eq!(one.rigs[0].channel(hips), posed.rigs[0].channel(hips));
    assert_eq!(
        one.rigs[0].armature.bone(hips),
        posed.rigs[0].armature.bone(hips)
    );
}

#[test]
fn models_from_elsewhere_can_be_applied() {
    let Some(folder) = std::env::var_os("KEYPOSE_RIGS") else {
        return;
    };
    let model = Path::new(&folder).join("Knight.glb");
    if !model.exists() {
        return;
    }
    let mut posed = open::open(&model).unwrap().document;
    let names: Vec<String> = posed.actions.keys().cloned().collect();
    let action = posed.actions[names.iter().find(|name| name.contains("Walk")).unwrap()].clone();
    keypose::eval::animation::apply_action(posed.rig_mut().unwrap(), &action, 7.0);
    let arm = posed.rigs[0].armature.ids().nth(9).unwrap_or(BoneId(0));
    posed.rig_mut().unwrap().channel_mut(arm).unwrap().scale = Vec3::splat(1.2);
    let applied = applied(&posed, "pose.armature_apply()");
    let scratch = tempfile::tempdir().unwrap();
    holds(&posed, &applied, scratch.path(), 2.0);
}
