//! Real files, where a folder of them is given: the good ones open, the broken ones say why not.

use std::path::{Path, PathBuf};

use glam::Vec3;
use keypose::io::gltf_import::{Imported, import};
use keypose::model::mesh::Attachment;

fn folder() -> Option<PathBuf> {
    std::env::var_os("KEYPOSE_RIGS").map(PathBuf::from)
}

fn open(folder: &Path, name: &str) -> Imported {
    let imported = import(&folder.join(name)).unwrap();
    let morphs = "animation channels that are kept but not shown: 1 of morph weights".to_owned();
    let known = name.ends_with("morphed_cube.gltf").then_some(morphs);
    assert_eq!(imported.warnings, Vec::from_iter(known), "{name}");
    for rig in &imported.rigs {
        for bone in &rig.armature.bones {
            assert!(
                bone.length() > 0.0 && bone.length().is_finite(),
                "{name}: {}",
                bone.name
            );
        }
    }
    imported
}

#[test]
fn the_knight_stands_upright_with_his_props_in_hand() {
    let Some(folder) = folder() else {
        return;
    };
    let knight = open(&folder, "Knight.glb");
    assert_eq!(
        (knight.summary.animations.len(), knight.summary.triangles),
        (76, 6952)
    );
    let [rig] = &knight.rigs[..] else {
        panic!("one rig");
    };
    assert_eq!((rig.name.as_str(), rig.armature.bones.len()), ("Rig", 41));
    let bone = |name: &str| rig.armature.bone(rig.armature.find(name).unwrap()).unwrap();
    assert!(
        bone("hips")
            .head
            .abs_diff_eq(Vec3::new(0.0, 0.0, 0.4057), 1e-3)
    );
    assert!(bone("hips").tail.abs_diff_eq(bone("spine").head, 1e-4));
    assert!(bone("upperarm.l").head.x > 0.2);
    assert!(bone("toes.l").tail.y < bone("toes.l").head.y);
    let held = |name: &str| {
        let slot = rig.armature.find(name);
        let on = |a: &Attachment| matches!(a, Attachment::Bone { bone, .. } if Some(*bone) == slot);
        rig.meshes
            .iter()
            .filter(|mesh| on(&mesh.attachment))
            .count()
    };
    assert_eq!(
        (
            held("handslot.l"),
            held("handslot.r"),
            held("head"),
            held("chest")
        ),
        (5, 2, 1, 1)
    );
    let skinned =
        |a: &Attachment| matches!(a, Attachment::Skin { joints, .. } if joints.len() == 41);
    assert_eq!(
        rig.meshes
            .iter()
            .filter(|mesh| skinned(&mesh.attachment))
            .count(),
        6
    );
}

#[test]
fn the_other_good_files_open() {
    let Some(folder) = folder() else {
        return;
    };
    let fox = open(&folder, "Fox.glb");
    let rig = &fox.rigs[0];
    assert_eq!(
        (fox.rigs.len(), rig.name.as_str(), rig.armature.bones.len()),
        (1, "Fox", 24)
    );
    let names = [
        ("SimpleSkin.gltf", 2),
        ("roundtrip/03_skinned_cylinder.gltf", 4),
        ("roundtrip/01_morphed_cube.gltf", 2),
        ("roundtrip/03_all_animations.gltf", 4),
        ("roundtrip/07_nla-anim.gltf", 3),
    ];
    for (name, bones) in names {
        let imported = open(&folder, name);
        assert_eq!(imported.rigs.len(), 1, "{name}");
        assert_eq!(imported.rigs[0].armature.bones.len(), bones, "{name}");
        assert!(!imported.rigs[0].meshes.is_empty(), "{name}");
    }
}

#[test]
fn every_broken_file_says_what_is_wrong_in_one_line() {
    let Some(folder) = folder() else {
        return;
    };
    let mut count = 0;
    for entry in std::fs::read_dir(folder.join("broken")).unwrap() {
        count += 1;
        match import(&entry.unwrap().path()) {
            Ok(imported) => assert!(!imported.warnings.is_empty()),
            Err(error) => assert!(!error.to_string().contains('\n')),
        }
    }
    assert!(count > 0);
    let motion = import(&folder.join("01_01.bvh")).unwrap_err().to_string();
    assert!(motion.contains("BVH"), "{motion}");
}
