//! Broken and hostile files: one clear line each, never a panic, a hang or a wild allocation.

use std::path::Path;
use std::time::{Duration, Instant};

use keypose::io::gltf_import::{import, import_bytes};
use serde_json::{Value, json};

use crate::builder::{Builder, character, data_uri};
use crate::{opened, refused};

/// The character with one value of its tree replaced.
fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut b = character();
    *b.json.pointer_mut(pointer).expect(pointer) = value;
    b.glb()
}

#[test]
fn faults_are_named_with_their_place() {
    let accessors = "/accessors/0";
    let position = "mesh 0, primitive 0, POSITION: ";
    let cases = [
        (
            "/nodes/1/children",
            json!([77]),
            "node 1, children 0: node 77 does not exist",
        ),
        (
            "/nodes/3/children",
            json!([2]),
            "node 2: is a child of node 1 and again of node 3",
        ),
        (
            "/nodes/2/translation",
            json!([0, 1]),
            "node 2, translation: expected 3 numbers, found 2",
        ),
        (
            "/nodes/2/translation",
            json!([0, 1e39, 0]),
            "node 2, translation 1: the number is too large",
        ),
        (
            "/nodes/4/mesh",
            json!(9),
            "node 4, mesh: mesh 9 does not exist",
        ),
        (
            "/nodes/4/skin",
            json!("x"),
            "node 4, skin: expected a whole number, found the text \"x\"",
        ),
        (
            "/skins/0/joints",
            json!([2, 44]),
            "skin 0, joints 1: node 44 does not exist",
        ),
        ("/skins/0/joints", json!([]), "skin 0: has no joints"),
        (
            "/skins/0/joints",
            json!([2]),
            "mesh 0, primitive 0: JOINTS: joint 1 does not exist; its skin has 1",
        ),
        ("/scene", json!(3), "scene: scene 3 does not exist"),
        (
            "/meshes/0/primitives",
            json!({}),
            "mesh 0, primitives: expected a list, found an object",
        ),
        (
            "/meshes/0/primitives/0/attributes/POSITION",
            json!(50),
            "mesh 0, primitive 0, POSITION: accessor 50 does not exist",
        ),
        (
            accessors,
            json!({"componentType": 5126, "count": 4, "type": "VEC3", "bufferView": 0}),
            &format!("{position}accessor 0 reads past the end of bufferView 0"),
        ),
        (
            accessors,
            json!({"componentType": 5126, "count": 4_000_000_000u64, "type": "VEC3"}),
            &format!("{position}accessor 0: a count of 4000000000 is more than can be held"),
        ),
        (
            accessors,
            json!({"componentType": 5126, "count": u64::MAX, "type": "VEC3", "bufferView": 0}),
            &format!(
                "{position}accessor 0: a count of {} is more than can be held",
                u64::MAX
            ),
        ),
        (
            accessors,
            json!({"componentType": 7, "count": 3, "type": "VEC3", "bufferView": 0}),
            "accessor 0, componentType: 7 is no valid componentType",
        ),
        (
            accessors,
            json!({"componentType": 5126, "count": 3, "type": "VEC2", "bufferView": 0}),
            &format!("{position}its accessor has 2 numbers per element instead of 3"),
        ),
        (
            "/bufferViews/0/byteLength",
            json!(99_999),
            &format!("{position}bufferView 0: reaches past the end of buffer 0"),
        ),
        (
            "/bufferViews/0/buffer",
            json!(1),
            "bufferView 0, buffer: buffer 1 does not exist",
        ),
        (
            "/asset/version",
            json!("1.0"),
            "glTF 1.0; only glTF 2.0 can be read",
        ),
        (
            "/nodes",
            json!([]),
            "contains no scene nodes, so there is nothing to show",
        ),
        (
            "/nodes",
            json!({}),
            "nodes: expected a list, found an object",
        ),
    ];
    for (pointer, value, wanted) in cases {
        assert_eq!(
            refused(with(pointer, value)),
            format!("test.glb: {wanted}"),
            "{pointer}"
        );
    }
}

#[test]
fn an_index_past_the_vertices_is_named() {
    let mut b = character();
    let indices = b.shorts("SCALAR", &[0, 1, 9]);
    b.json["meshes"][0]["primitives"][0]["indices"] = json!(indices);
    let wanted = "test.glb: mesh 0, primitive 0, indices: vertex 9 does not exist; there are 3";
    assert_eq!(refused(b.glb()), wanted);
}

#[test]
fn nodes_in_a_ring_are_refused() {
    let mut b = Builder::new(&[0]);
    b.node(json!({"children": [1]}));
    b.node(json!({"children": [0]}));
    assert!(refused(b.glb()).contains("node 0: is among its own children's children"));
}

#[test]
fn transforms_that_multiply_to_infinity_are_refused() {
    let mut b = Builder::new(&[0]);
    b.node(json!({"children": [1], "scale": [1e30, 1, 1]}));
    b.node(json!({"scale": [1e30, 1, 1]}));
    assert!(refused(b.glb()).contains("node 1: its transform is too large"));
}

#[test]
fn bind_matrices_that_are_not_finite_or_too_few_are_refused() {
    for (numbers, wanted) in [
        (vec![f32::NAN; 32], "joint 0 is not finite"),
        (vec![0.0; 16], "has 1 matrices for 2 joints"),
    ] {
        let mut b = character();
        let bind = b.floats("MAT4", &numbers);
        b.json["skins"][0]["inverseBindMatrices"] = json!(bind);
        let error = refused(b.glb());
        assert!(
            error.contains("skin 0, inverseBindMatrices") && error.contains(wanted),
            "{error}"
        );
    }
}

#[test]
fn required_extensions_decide() {
    let required = |name: &str| {
        let mut b = character();
        b.json["extensionsRequired"] = json!([name]);
        b.glb()
    };
    for name in [
        "KHR_draco_mesh_compression",
        "EXT_meshopt_compression",
        "KHR_meshopt_compression",
    ] {
        let error = refused(required(name));
        assert!(
            error.contains(name) && error.contains("export it without compression"),
            "{error}"
        );
    }
    assert!(refused(required("ACME_magic")).contains("needs the extension \"ACME_magic\""));
    for name in [
        "KHR_mesh_quantization",
        "KHR_materials_clearcoat",
        "VRMC_vrm",
        "KHR_node_visibility",
    ] {
        assert!(
            import_bytes(Path::new("a.glb"), required(name)).is_ok(),
            "{name}"
        );
    }
}

#[test]
fn compressed_data_without_a_plain_copy_is_refused() {
    let mut b = character();
    b.json["meshes"][0]["primitives"][0]["extensions"] = json!({"KHR_draco_mesh_compression": {}});
    assert!(import_bytes(Path::new("a.glb"), b.glb()).is_ok());
    b.json["accessors"][0] = json!({"componentType": 5126, "count": 3, "type": "VEC3"});
    assert!(refused(b.glb()).contains("compressed with KHR_draco_mesh_compression"));
}

#[test]
fn what_is_no_gltf_is_told_apart() {
    let cases: [(&[u8], &str); 7] = [
        (b"", "the file is empty"),
        (b"HIERARCHY\nROOT Hips", "BVH motion capture"),
        (b"Kaydara FBX Binary  \0", "FBX"),
        (b"BLENDER-v300", "Blender file"),
        (b"solid cube", "not a glTF file"),
        (b"{}", "not a glTF file: it has no asset"),
        (b"glTF\x01\0\0\0\x14\0\0\0\0\0\0\0\0\0\0\0", "GLB version 1"),
    ];
    for (bytes, wanted) in cases {
        let error = refused(bytes.to_vec());
        assert!(error.contains(wanted) && !error.contains('\n'), "{error}");
    }
    assert_eq!(
        refused(b"{\n \"asset\": ,}".to_vec()),
        "test.glb:2:11: not valid JSON: expected value"
    );
    let whole = character().glb();
    for length in [5, 11, 30, whole.len() - 1] {
        let error = refused(whole[..length].to_vec());
        assert!(error.contains("cut short"), "{length}: {error}");
    }
}

#[test]
fn buffers_come_from_data_uris_and_from_files_beside_the_model() {
    let b = character();
    let path = Path::new("a.gltf");
    let inline = import_bytes(path, b.gltf(&data_uri(&b.bin))).unwrap();
    assert_eq!(inline.summary.triangles, 2);

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hero.gltf");
    std::fs::create_dir(folder.path().join("my data")).unwrap();
    let bin = folder.path().join("my data/hero.bin");
    std::fs::write(&bin, &b.bin).unwrap();
    std::fs::write(&path, b.gltf("my%20data/hero.bin")).unwrap();
    let hash = || {
        import(&path).unwrap().rigs[0]
            .model
            .clone()
            .unwrap()
            .file
            .sha256
            .clone()
    };
    let before = hash();
    let mut changed = b.bin.clone();
    changed[0] ^= 1;
    std::fs::write(&bin, changed).unwrap();
    assert_ne!(before, hash());
    assert_eq!(before.len(), 64);

    std::fs::write(&bin, &b.bin[1..]).unwrap();
    assert!(
        import(&path)
            .unwrap_err()
            .to_string()
            .contains("buffer 0: should have")
    );
}

#[test]
fn buffers_outside_the_folder_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    let b = character();
    let outside = folder.path().join("outside.bin");
    std::fs::write(&outside, &b.bin).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, inner.join("link.bin")).unwrap();
    let absolute = outside.to_string_lossy().into_owned();
    for uri in [
        "../outside.bin",
        "%2e%2e/outside.bin",
        "link.bin",
        &absolute,
        "http://localhost/x.bin",
        "file:///etc/passwd",
    ] {
        let error = import_bytes(&inner.join("a.gltf"), b.gltf(uri))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("buffer 0: \"") && !error.contains('\n'),
            "{error}"
        );
    }
}

#[test]
fn the_tree_and_the_buffers_are_kept_whole() {
    let mut b = character();
    b.json["extras"] = json!({"zebra": 1, "apple": [2]});
    b.push("extensionsUsed", json!("ACME_note"));
    b.json["animations"] = json!([{"name": "Walk"}, {}]);
    let imported = opened(&b);
    let file = imported.rigs[0].model.clone().unwrap().file.clone();
    let extras = file.json()["extras"].to_string();
    assert_eq!(extras, "{\"zebra\":1,\"apple\":[2]}");
    assert_eq!(file.buffers, [b.bin.clone()]);
    let summary = imported.summary;
    assert_eq!(
        (summary.nodes, summary.meshes, summary.triangles),
        (6, 2, 2)
    );
    assert_eq!((summary.skins, summary.textures), (1, 0));
    assert_eq!(summary.animations, ["Walk", "animation_1"]);
    assert_eq!(summary.extensions, ["ACME_note"]);
}

#[test]
fn a_mesh_used_without_end_is_refused_in_time() {
    let mut b = Builder::new(&[]);
    let big = b.push(
        "accessors",
        json!({"componentType": 5126, "count": 100_000, "type": "VEC3"}),
    );
    let mesh = b.mesh(json!({"attributes": {"POSITION": big}}));
    b.json["nodes"] = (0..1000).map(|_| json!({"mesh": mesh})).collect();
    b.json["scenes"] = json!([]);
    let start = Instant::now();
    assert!(refused(b.glb()).contains("more than can be held"));
    assert!(start.elapsed() < Duration::from_secs(60));
}

/// A `.glb` with chunks of another kind before and after the binary one.
fn with_foreign_chunks(whole: &[u8]) -> Vec<u8> {
    let size = |at: usize| u32::from_le_bytes(whole[at..at + 4].try_into().unwrap()) as usize;
    let binary = 20 + size(12);
    let foreign = [&8u32.to_le_bytes()[..], b"XTRA", &[7; 8]].concat();
    let mut bytes = [&whole[..binary], &foreign, &whole[binary..], &foreign].concat();
    let length = u32::try_from(bytes.len()).unwrap();
    bytes[8..12].copy_from_slice(&length.to_le_bytes());
    bytes
}

#[test]
fn chunks_of_other_kinds_are_passed_over() {
    let whole = character().glb();
    let plain = import_bytes(Path::new("a.glb"), whole.clone()).unwrap();
    let mixed = import_bytes(Path::new("a.glb"), with_foreign_chunks(&whole)).unwrap();
    assert_eq!(mixed.summary, plain.summary);
    assert_eq!(mixed.rigs[0].meshes, plain.rigs[0].meshes);
}
