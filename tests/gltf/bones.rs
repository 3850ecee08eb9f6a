//! Which nodes become bones of which rig, where they stand and how they are called.

use glam::{Mat4, Vec3};
use keypose::io::axes::Z_UP;
use keypose::model::id::BoneId;
use keypose::model::mesh::Attachment;
use serde_json::json;

use crate::builder::{Builder, character};
use crate::{names, opened, refused, rig};

#[test]
fn joints_become_bones_turned_to_z_up() {
    let rig = rig(&character());
    assert_eq!(
        (rig.name.as_str(), names(&rig)),
        ("Hero", vec!["hips", "spine"])
    );
    let spine = rig.armature.bone(BoneId(1)).unwrap();
    assert_eq!(spine.parent, Some(BoneId(0)));
    assert_eq!(spine.head, Vec3::new(0.0, 0.0, 2.0));
    assert_eq!(spine.tail, Vec3::new(0.0, 0.0, 2.5));
    let frame = Z_UP * Mat4::from_translation(Vec3::new(0.0, 2.0, 0.0));
    assert_eq!(spine.frame, Some(frame));
    assert!(!spine.connected && spine.deform);
    assert_eq!(rig.world_from_armature(), Mat4::IDENTITY);
    let model = rig.model.unwrap();
    assert_eq!((model.rig, model.nodes.as_slice()), (0, &[2, 3][..]));
}

#[test]
fn nodes_above_the_joints_are_folded_in_with_their_scale() {
    let mut b = character();
    b.json["nodes"][1]["scale"] = json!([100, 100, 100]);
    let rig = rig(&b);
    let hips = rig.armature.bone(BoneId(0)).unwrap();
    assert_eq!(hips.head, Vec3::new(0.0, 0.0, 100.0));
    assert_eq!(hips.tail, Vec3::new(0.0, 0.0, 200.0));
    assert_eq!(hips.frame.unwrap().x_axis.x, 100.0);
    let spine = rig.armature.bone(BoneId(1)).unwrap();
    assert_eq!(spine.tail, Vec3::new(0.0, 0.0, 250.0));
}

#[test]
fn a_node_between_joints_is_a_bone_and_one_beside_them_is_not() {
    let mut b = Builder::new(&[0]);
    b.node(json!({"name": "root", "children": [1]}));
    b.node(json!({"name": "between", "children": [2, 3]}));
    b.node(json!({"name": "end"}));
    b.node(json!({"name": "beside"}));
    b.push("skins", json!({"joints": [0, 2]}));
    let rig = rig(&b);
    assert_eq!(names(&rig), ["root", "between", "end"]);
    assert!(!rig.armature.bone(BoneId(1)).unwrap().deform);
}

#[test]
fn skins_that_share_a_tree_are_one_rig_and_others_are_not() {
    let mut b = Builder::new(&[0, 4, 6]);
    b.node(json!({"name": "hips", "children": [1, 2]}));
    b.node(json!({"name": "leg"}));
    b.node(json!({"name": "not a joint", "children": [3]}));
    b.node(json!({"name": "head"}));
    b.node(json!({"name": "other", "children": [5]}));
    b.node(json!({"name": "tip"}));
    b.node(json!({"name": "alone"}));
    b.push("skins", json!({"joints": [0, 1], "name": "Body"}));
    b.push("skins", json!({"joints": [3], "name": "Head"}));
    b.push("skins", json!({"joints": [5, 6], "name": "Tree"}));
    b.push("skins", json!({"joints": [5, 4], "name": "Again"}));
    let imported = opened(&b);
    let rigs: Vec<_> = imported.rigs.iter().map(names).collect();
    assert_eq!(
        rigs,
        [
            vec!["hips", "leg", "not a joint", "head"],
            vec!["other", "tip", "alone"]
        ]
    );
    assert_eq!(imported.rigs[0].name, "Body");
    assert_eq!(imported.rigs[1].name, "Tree");
    assert_eq!(imported.rigs[1].model.as_ref().unwrap().rig, 1);
}

#[test]
fn siblings_keep_the_order_of_the_file() {
    let mut b = Builder::new(&[2]);
    b.node(json!({"name": "a"}));
    b.node(json!({"name": "b", "children": [3]}));
    b.node(json!({"name": "root", "children": [1, 0]}));
    b.node(json!({"name": "c"}));
    assert_eq!(names(&rig(&b)), ["root", "b", "c", "a"]);
}

#[test]
fn equal_names_are_numbered_and_missing_ones_made() {
    let mut b = Builder::new(&[0, 1, 2]);
    b.node(json!({"name": "bone"}));
    b.node(json!({"name": "bone"}));
    b.node(json!({}));
    assert_eq!(names(&rig(&b)), ["bone", "bone.001", "node_2"]);
}

#[test]
fn a_file_without_skins_can_be_posed_by_its_nodes() {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let mesh = b.mesh(json!({"attributes": {"POSITION": positions}}));
    b.node(json!({"name": "crane", "children": [1]}));
    b.node(json!({"name": "hook", "mesh": mesh, "translation": [3, 0, 0]}));
    let rig = rig(&b);
    assert_eq!(
        (rig.name.as_str(), names(&rig)),
        ("test", vec!["crane", "hook"])
    );
    let carried = Attachment::Bone {
        bone: BoneId(1),
        bone_from_mesh: Mat4::IDENTITY,
    };
    assert_eq!(rig.meshes[0].attachment, carried);
}

#[test]
fn the_default_scene_is_shown_and_others_are_left_out() {
    let mut b = Builder::new(&[0]);
    b.node(json!({"name": "first"}));
    b.node(json!({"name": "second"}));
    b.push("scenes", json!({"nodes": [1]}));
    b.json["scene"] = json!(1);
    let imported = opened(&b);
    assert_eq!(names(&imported.rigs[0]), ["second"]);
    assert_eq!(
        imported.warnings,
        ["1 nodes that are not in the main scene are left out"]
    );
}

#[test]
fn without_a_scene_all_nodes_are_shown() {
    let mut b = Builder::new(&[]);
    b.node(json!({"name": "a", "children": [1]}));
    b.node(json!({"name": "b"}));
    b.json["scenes"] = json!([]);
    assert_eq!(names(&rig(&b)), ["a", "b"]);
}

#[test]
fn an_empty_scene_shows_all_nodes_and_null_counts_as_absent() {
    let mut b = Builder::new(&[]);
    b.node(json!({"name": "a", "extras": "text", "scale": null}));
    b.json["scenes"] = json!([{}]);
    b.json["cameras"] = json!(null);
    let imported = opened(&b);
    assert_eq!(names(&imported.rigs[0]), ["a"]);
    let warning = "scene 0 is empty; all nodes of the file are shown";
    assert_eq!(imported.warnings, [warning]);
}

#[test]
fn a_scale_of_zero_leaves_finite_bones() {
    let mut b = character();
    b.json["nodes"][2]["scale"] = json!([0, 0, 0]);
    for bone in &rig(&b).armature.bones {
        assert!(bone.frame.unwrap().is_finite() && bone.tail.is_finite());
        assert!(bone.length() > 0.0);
    }
}

#[test]
fn a_rotation_of_zeros_is_none_and_others_are_brought_to_unit_length() {
    let mut b = Builder::new(&[0, 1]);
    b.node(json!({"rotation": [0, 0, 0, 0]}));
    b.node(json!({"rotation": [0, 0, 0, 4]}));
    for bone in &rig(&b).armature.bones {
        assert_eq!(bone.frame, Some(Z_UP));
    }
}

#[test]
fn a_chain_of_sixty_thousand_nodes_opens_and_a_longer_one_is_refused() {
    let chain = |length: usize| {
        let mut b = Builder::new(&[0]);
        let node = |i: usize| json!({"name": "n", "children": [i + 1], "translation": [0, 0.5, 0]});
        b.json["nodes"] = (0..length - 1).map(node).collect();
        b.node(json!({"name": "n"}));
        b
    };
    let imported = opened(&chain(60_000));
    let bones = &imported.rigs[0].armature.bones;
    assert_eq!((bones.len(), &*bones[59_999].name), (60_000, "n.59999"));
    assert!(refused(chain(100_000).glb()).contains("100000 nodes to pose"));
}
