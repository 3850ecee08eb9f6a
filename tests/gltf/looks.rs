//! Materials and pictures, and that a fault in them costs nothing but looks.

use keypose::io::gltf_import::Imported;
use keypose::model::mesh::Primitive;
use serde_json::{Value, json};

use crate::builder::{Builder, data_uri, png};
use crate::opened;

/// A triangle with this material and an image, and the file's warnings.
fn look(image: Value, material: Value) -> (Primitive, Vec<String>) {
    let mut b = textured(&png(2, 1, [255, 0, 0, 128]));
    if !image.is_null() {
        b.json["images"][0] = image;
    }
    b.push("materials", material);
    first(opened(&b))
}

fn first(imported: Imported) -> (Primitive, Vec<String>) {
    let primitive = imported.rigs[0].meshes[0].primitives[0].clone();
    (primitive, imported.warnings)
}

fn textured(picture: &[u8]) -> Builder {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let uvs = b.floats("VEC2", &[0., 0., 1., 0., 0., 1.]);
    let others = b.floats("VEC2", &[5.; 6]);
    let mesh = b.mesh(json!({"material": 0,
        "attributes": {"POSITION": positions, "TEXCOORD_0": uvs, "TEXCOORD_1": others}}));
    b.node(json!({"mesh": mesh}));
    let view = b.view(picture);
    b.push(
        "images",
        json!({"bufferView": view, "mimeType": "image/png"}),
    );
    b.push("textures", json!({"source": 0}));
    b
}

fn with_texture(info: Value) -> Value {
    json!({"pbrMetallicRoughness": {"baseColorFactor": [1, 1, 1, 1], "baseColorTexture": info}})
}

#[test]
fn colour_picture_and_transparency_are_read() {
    let mut material = with_texture(json!({"index": 0}));
    material["pbrMetallicRoughness"]["baseColorFactor"] = json!([0.5, 1, 1, 0.25]);
    material["alphaMode"] = json!("MASK");
    material["doubleSided"] = json!(true);
    material["extensions"] = json!({"KHR_materials_unlit": {}});
    let (shape, warnings) = look(Value::Null, material);
    assert_eq!(warnings, Vec::<String>::new());
    assert_eq!(shape.material.base_color, [0.5, 1.0, 1.0, 0.25]);
    assert_eq!(shape.material.alpha_cutoff, Some(0.5));
    assert!(shape.material.double_sided && shape.material.unlit && !shape.material.blended);
    let texture = shape.material.texture.unwrap();
    assert_eq!((texture.width, texture.height), (2, 1));
    assert_eq!(texture.rgba, [255, 0, 0, 128, 255, 0, 0, 128]);
    assert_eq!(shape.uvs[1], [1.0, 0.0]);
}

#[test]
fn a_picture_is_decoded_once() {
    let mut b = textured(&png(1, 1, [0; 4]));
    b.push("materials", with_texture(json!({"index": 0})));
    b.node(json!({"mesh": 0}));
    b.json["scenes"][0]["nodes"] = json!([0, 1]);
    let meshes = opened(&b).rigs.remove(0).meshes;
    let texture = |mesh: usize| meshes[mesh].primitives[0].material.texture.clone().unwrap();
    assert!(std::sync::Arc::ptr_eq(&texture(0), &texture(1)));
}

#[test]
fn the_transform_and_set_of_a_texture_are_applied() {
    let turn =
        json!({"offset": [0, 1], "rotation": std::f32::consts::FRAC_PI_2, "scale": [0.5, 0.5]});
    let info = json!({"index": 0, "extensions": {"KHR_texture_transform": turn}});
    let (shape, _) = look(Value::Null, with_texture(info));
    // The example of the extension: the lower left quarter of the picture.
    for (uv, wanted) in shape.uvs.iter().zip([[0.0, 1.0], [0.0, 0.5], [0.5, 1.0]]) {
        assert!((uv[0] - wanted[0]).abs() < 1e-6 && (uv[1] - wanted[1]).abs() < 1e-6);
    }
    let (shape, _) = look(
        Value::Null,
        with_texture(json!({"index": 0, "texCoord": 1})),
    );
    assert_eq!(shape.uvs[0], [5.0, 5.0]);
}

#[test]
fn the_diffuse_colour_of_glossy_materials_is_taken() {
    let gloss = json!({"diffuseFactor": [0, 1, 0, 1], "diffuseTexture": {"index": 0}});
    let (shape, _) = look(
        Value::Null,
        json!({"extensions": {"KHR_materials_pbrSpecularGlossiness": gloss}, "alphaMode": "BLEND"}),
    );
    assert_eq!(shape.material.base_color, [0.0, 1.0, 0.0, 1.0]);
    assert!(shape.material.texture.is_some() && shape.material.blended);
}

#[test]
fn vertex_colours_may_be_three_or_four_numbers_of_any_kind() {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let colors = b.accessor(
        &[255, 0, 51, 255, 0, 51, 255, 0, 51, 0, 0, 0],
        5121,
        "VEC3",
        3,
    );
    let mesh = b.mesh(json!({"attributes": {"POSITION": positions, "COLOR_0": colors}}));
    b.node(json!({"mesh": mesh}));
    let (shape, _) = first(opened(&b));
    assert_eq!(shape.colors, [[1.0, 0.0, 0.2, 1.0]; 3]);
    let wide: Vec<u8> = [65535u16, 0, 0, 13107]
        .repeat(3)
        .iter()
        .flat_map(|n| n.to_le_bytes())
        .collect();
    let colors = b.accessor(&wide, 5123, "VEC4", 3);
    b.json["meshes"][0]["primitives"][0]["attributes"]["COLOR_0"] = json!(colors);
    let (shape, _) = first(opened(&b));
    assert_eq!(shape.colors, [[1.0, 0.0, 0.0, 0.2]; 3]);
}

#[test]
fn a_picture_that_cannot_be_shown_is_grey_with_a_warning() {
    let broken = data_uri(&png(4, 4, [1; 4])[..30]);
    let cases = [
        (
            json!({"uri": "missing.png"}),
            "image 0: \"missing.png\" is not in the model's folder",
        ),
        (
            json!({"uri": "../up.png"}),
            "only files in the model's own folder",
        ),
        (
            json!({"uri": "https://example.org/x.png"}),
            "only files in the model's own folder",
        ),
        (
            json!({"uri": "data:image/png;base64,AAAA"}),
            "is neither PNG nor JPEG",
        ),
        (json!({"uri": broken}), "cannot be decoded"),
        (json!({"bufferView": 99}), "bufferView 99 does not exist"),
        (json!({}), "has neither"),
    ];
    for (image, wanted) in cases {
        let (shape, warnings) = look(image, with_texture(json!({"index": 0})));
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains(wanted), "{warnings:?}");
        assert_eq!(shape.material.base_color, [0.5, 0.5, 0.5, 1.0]);
        assert_eq!(shape.material.texture, None);
    }
}

#[test]
fn pictures_in_other_formats_never_refuse_the_file() {
    for name in ["KHR_texture_basisu", "EXT_texture_webp"] {
        let mut b = textured(&png(1, 1, [0; 4]));
        b.push("materials", with_texture(json!({"index": 0})));
        b.json["textures"][0] = json!({"extensions": {name: {"source": 0}}});
        b.json["extensionsRequired"] = json!([name]);
        let warnings = opened(&b).warnings;
        assert_eq!(
            warnings,
            [format!(
                "texture 0: needs {name}; only PNG and JPEG are shown; drawn grey"
            )]
        );
    }
}

#[test]
fn a_broken_material_is_drawn_plain() {
    let (_, warnings) = look(Value::Null, json!({"pbrMetallicRoughness": ["no object"]}));
    let wanted = "material 0, pbrMetallicRoughness 0: expected 4 numbers, found the text \"no object\"; drawn plain";
    assert_eq!(warnings, [wanted]);
}

#[test]
fn a_material_that_does_not_exist_is_the_plain_one() {
    let mut b = textured(&png(1, 1, [0; 4]));
    b.json["meshes"][0]["primitives"][0]["material"] = json!(7);
    let wanted = "mesh 0, primitive 0, material: material 7 does not exist";
    assert_eq!(opened(&b).warnings, [wanted]);
}

#[test]
fn a_picture_of_absurd_size_is_not_decoded() {
    let mut picture = png(1, 1, [0; 4]);
    picture[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let mut b = textured(&picture);
    b.push("materials", with_texture(json!({"index": 0})));
    assert_eq!(opened(&b).warnings.len(), 1);
}
