//! Rigs that came from no model become a file of their own.

use keypose::eval::hierarchy;
use keypose::io::gltf_export;
use keypose::model::document::Document;
use keypose::model::fcurve::Interpolation;

use crate::documents;
use crate::edits::{action, add, curve};
use crate::model::{export, kept};
use crate::read::{self, apart, pose};

fn clip(document: &mut Document) {
    let points = [(1.0, 0.0), (13.0, 0.5), (25.0, 0.0)];
    add(
        document,
        "New",
        action(vec![
            curve("trunk", "location", 2, Interpolation::Bezier, &points),
            curve(
                "arm.L",
                "rotation_quaternion",
                3,
                Interpolation::Linear,
                &points,
            ),
            curve("hand.R", "scale", 0, Interpolation::Linear, &points),
        ]),
    );
}

#[test]
fn bones_become_nodes_and_actions_animations() {
    let mut document = documents::arm();
    clip(&mut document);
    for name in ["plain.glb", "plain.gltf"] {
        let exported = export(&document, name);
        let again = read::reopened(&exported.path, &exported.bytes);
        let (ours, theirs) = (&document.rigs[0], &again.rigs[0]);
        let names = |rig: &keypose::model::rig::Rig| {
            let bones = rig.armature.bones.iter();
            bones
                .map(|bone| (bone.name.clone(), bone.parent))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(ours), names(theirs));
        let rest = |rig: &keypose::model::rig::Rig| {
            let mut rig = rig.clone();
            rig.pose = keypose::model::pose::Pose::rest(rig.armature.bones.len());
            hierarchy::evaluate_once(&rig).armature_from_bone
        };
        assert!(apart(&rest(ours), &rest(theirs), 1.0) < 1e-5);
        for step in 0..50 {
            let secs = step as f32 * 0.0199;
            let (a, b) = (
                pose(&document, "New", 1.0, secs),
                pose(&again, "New", 0.0, secs),
            );
            assert!(apart(&a, &b, 1.0) < 2e-3, "{secs}");
        }
    }
}

#[test]
fn a_moved_rig_gets_a_node_of_its_own() {
    let mut document = documents::arm();
    clip(&mut document);
    document.rig_mut().unwrap().location = glam::Vec3::new(1.0, 2.0, 3.0);
    let exported = export(&document, "moved.glb");
    let file = read::file(&exported.path, &exported.bytes);
    assert_eq!(file.json["nodes"][0]["name"], "figure");
    let found = read::channel(&file, "New", "arm.L", "rotation").unwrap();
    assert_eq!(found.times.first(), Some(&0.0));
}

#[test]
fn an_empty_document_has_nothing_to_export() {
    let error = gltf_export::export(&Document::default(), &kept("nothing.glb")).unwrap_err();
    assert!(error.to_string().contains("no rig to export"));
}
