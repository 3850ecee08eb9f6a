//! Shapes: how meshes follow bones, and every way in which a file may write their numbers.

use glam::{Mat4, Vec3};
use keypose::io::axes::Z_UP;
use keypose::model::id::BoneId;
use keypose::model::mesh::{Attachment, Influence, Primitive};
use serde_json::{Value, json};

use crate::builder::{Builder, character};
use crate::{opened, rig};

/// The only primitive of a file with one node that carries this mesh.
fn primitive(b: &mut Builder, primitive: Value) -> Primitive {
    let mesh = b.mesh(primitive);
    b.node(json!({"mesh": mesh}));
    rig(b).meshes[0].primitives[0].clone()
}

#[test]
fn skinned_meshes_are_bound_to_joints_and_props_are_carried() {
    let rig = rig(&character());
    let skin = Attachment::Skin {
        joints: vec![BoneId(0), BoneId(1)],
        joint_from_mesh: vec![Mat4::IDENTITY; 2],
    };
    let [body, sword] = &rig.meshes[..] else {
        panic!("two meshes");
    };
    assert_eq!((body.name.as_str(), &body.attachment), ("body", &skin));
    let carried = Attachment::Bone {
        bone: BoneId(1),
        bone_from_mesh: Mat4::from_translation(Vec3::new(0.0, 0.0, 2.0)),
    };
    assert_eq!(
        (sword.name.as_str(), &sword.attachment),
        ("sword", &carried)
    );
}

#[test]
fn a_mesh_beside_the_bones_stands_still() {
    let mut b = character();
    let ground = b.node(json!({"mesh": 1, "translation": [0, 5, 0]}));
    b.json["scenes"][0]["nodes"] = json!([0, ground]);
    let armature_from_mesh = Z_UP * Mat4::from_translation(Vec3::new(0.0, 5.0, 0.0));
    let meshes = rig(&b).meshes;
    assert_eq!(
        meshes[2].attachment,
        Attachment::Armature { armature_from_mesh }
    );
}

#[test]
fn bind_matrices_are_read() {
    let mut b = character();
    let mut numbers = Mat4::IDENTITY.to_cols_array().to_vec();
    numbers.extend(Mat4::from_translation(Vec3::NEG_Y).to_cols_array());
    let bind = b.floats("MAT4", &numbers);
    b.json["skins"][0]["inverseBindMatrices"] = json!(bind);
    let rig = rig(&b);
    let Attachment::Skin {
        joint_from_mesh, ..
    } = &rig.meshes[0].attachment
    else {
        panic!("a skin");
    };
    assert_eq!(joint_from_mesh[1], Mat4::from_translation(Vec3::NEG_Y));
}

#[test]
fn weights_sum_to_one_and_a_vertex_without_any_follows_the_first_joint() {
    let rig = rig(&character());
    let body = &rig.meshes[0].primitives[0];
    let share = |joint, weight| Influence { joint, weight };
    assert_eq!(body.influence_starts, [0, 2, 3, 4]);
    let wanted = [share(0, 0.5), share(1, 0.5), share(1, 1.0), share(0, 1.0)];
    assert_eq!(body.influences, wanted);
}

#[test]
fn any_number_of_influence_sets_and_small_integers_are_read() {
    let mut b = character();
    let more = b.accessor(&[1; 12], 5121, "VEC4", 3);
    let weights = b.accessor(&[255, 0, 0, 0, 0, 0, 0, 0, 51, 0, 0, 0], 5121, "VEC4", 3);
    b.json["accessors"][weights]["normalized"] = json!(true);
    let attributes = &mut b.json["meshes"][0]["primitives"][0]["attributes"];
    attributes["JOINTS_1"] = json!(more);
    attributes["WEIGHTS_1"] = json!(weights);
    let body = rig(&b).meshes[0].primitives[0].clone();
    assert_eq!(body.influence_starts, [0, 3, 4, 5]);
    let third = Influence {
        joint: 1,
        weight: 1.0 / 3.0,
    };
    assert!((body.influences[2].weight - third.weight).abs() < 1e-6);
    assert_eq!(body.influences[4].joint, 1);
}

#[test]
fn missing_normals_are_those_of_the_triangles() {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let indices = b.accessor(&[0, 2, 1], 5121, "SCALAR", 3);
    let flat = primitive(
        &mut b,
        json!({"attributes": {"POSITION": positions}, "indices": indices}),
    );
    assert_eq!(flat.normals, [[0.0, 0.0, -1.0]; 3]);
    assert_eq!(flat.positions[1], [0.0, 1.0, 0.0]);
    assert_eq!(flat.indices, [0, 1, 2]);
}

#[test]
fn given_normals_are_kept_at_unit_length() {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let normals = b.floats("VEC3", &[0., 3., 0., 0., 0., 0., 1., 0., 0.]);
    let attributes = json!({"POSITION": positions, "NORMAL": normals});
    let shape = primitive(&mut b, json!({"attributes": attributes}));
    assert_eq!(shape.normals, [[0., 1., 0.], [0., 0., 1.], [1., 0., 0.]]);
}

#[test]
fn strips_and_fans_become_triangles_and_lines_are_skipped() {
    for (mode, wanted) in [(5, [0, 1, 2, 1, 3, 2]), (6, [1, 2, 0, 2, 3, 0])] {
        let mut b = Builder::new(&[0]);
        let square = [0., 0., 0., 1., 0., 0., 0., 1., 0., 1., 1., 0.];
        let positions = b.floats("VEC3", &square);
        let attributes = json!({"POSITION": positions, "NORMAL": positions});
        let shape = primitive(&mut b, json!({"attributes": attributes, "mode": mode}));
        assert_eq!(shape.indices, wanted);
    }
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let lines = b.mesh(json!({"attributes": {"POSITION": positions}, "mode": 1}));
    b.node(json!({"mesh": lines}));
    let imported = opened(&b);
    assert_eq!(imported.rigs[0].meshes.len(), 0);
    assert_eq!(
        imported.warnings,
        ["mesh 0, primitive 0: points and lines are not shown"]
    );
}

#[test]
fn quantised_numbers_are_read() {
    let mut b = Builder::new(&[0]);
    b.json["extensionsRequired"] = json!(["KHR_mesh_quantization"]);
    let bytes: Vec<u8> = [0i16, 0, 0, 0, 32767, 0, 0, 0, 0, -32767, 0, 0]
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let positions = b.accessor(&bytes, 5122, "VEC3", 3);
    b.json["accessors"][positions]["normalized"] = json!(true);
    b.json["bufferViews"][0]["byteStride"] = json!(8);
    let normals = b.accessor(&[0, 127, 0, 0, 0, 127, 0, 0, 0, 127, 0, 0], 5120, "VEC3", 3);
    b.json["bufferViews"][1]["byteStride"] = json!(4);
    let attributes = json!({"POSITION": positions, "NORMAL": normals});
    let shape = primitive(&mut b, json!({"attributes": attributes}));
    assert_eq!(shape.positions, [[0., 0., 0.], [1., 0., 0.], [0., -1., 0.]]);
    assert_eq!(shape.normals, [[0., 1., 0.]; 3]);
}

#[test]
fn sparse_accessors_replace_single_elements() {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let places = b.view(&[1]);
    let values: Vec<u8> = [7f32, 0., 0.]
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let values = b.view(&values);
    b.json["accessors"][positions]["sparse"] = json!({"count": 1,
        "indices": {"bufferView": places, "componentType": 5121}, "values": {"bufferView": values}});
    let shape = primitive(&mut b, json!({"attributes": {"POSITION": positions}}));
    assert_eq!(shape.positions[1], [7., 0., 0.]);
}

#[test]
fn morph_targets_are_added_at_their_default_weights() {
    let mut b = Builder::new(&[0, 1]);
    let (positions, moved) = (b.triangle(), b.floats("VEC3", &[0., 0., 4.].repeat(3)));
    let mesh = b.mesh(json!({"attributes": {"POSITION": positions},
        "targets": [{"POSITION": moved}, {"POSITION": moved}]}));
    b.json["meshes"][mesh]["weights"] = json!([0.5, 0]);
    b.node(json!({"mesh": mesh}));
    b.node(json!({"mesh": mesh, "weights": [0.25, 1]}));
    let meshes = rig(&b).meshes;
    assert_eq!(meshes[0].primitives[0].positions[0], [0., 0., 2.]);
    assert_eq!(meshes[1].primitives[0].positions[0], [0., 0., 5.]);
}

#[test]
fn triangles_with_numbers_that_are_not_finite_are_left_out() {
    let mut b = Builder::new(&[0]);
    let mut numbers = vec![0., 0., 0., 1., 0., 0., 0., 1., 0.];
    numbers.extend([f32::NAN, 0., 0., 2., 0., 0., 0., f32::INFINITY, 0.]);
    let positions = b.floats("VEC3", &numbers);
    let mesh = b.mesh(json!({"attributes": {"POSITION": positions}}));
    b.node(json!({"mesh": mesh}));
    let imported = opened(&b);
    assert_eq!(imported.summary.triangles, 1);
    assert!(imported.warnings[0].starts_with("mesh 0, primitive 0, POSITION: some numbers"));
}
