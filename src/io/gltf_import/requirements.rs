//! What a file asks of its reader: the version of glTF and the extensions without which it cannot be shown.

use gltf::json::{Asset, Root};
use serde_json::Value;

use crate::io::gltf_import::place::{self, Fault};

/// Extensions that may be required: read, or without harm to bones and shapes when they are not.
const KNOWN: &[&str] = &[
    "EXT_lights_ies",
    "EXT_lights_image_based",
    "EXT_mesh_gpu_instancing",
    "EXT_texture_avif",
    "EXT_texture_webp",
    "KHR_animation_pointer",
    "KHR_interactivity",
    "KHR_lights_punctual",
    "KHR_mesh_quantization",
    "KHR_node_hoverability",
    "KHR_node_selectability",
    "KHR_node_visibility",
    "KHR_texture_basisu",
    "KHR_texture_transform",
    "KHR_xmp_json_ld",
    "MSFT_texture_dds",
];

/// Families of extensions that may be required, by the beginning of their names.
const KNOWN_FAMILIES: &[&str] = &["KHR_materials_", "EXT_materials_", "VRM"];

/// Extensions that compress views of buffers.
pub const MESHOPT: [&str; 2] = ["EXT_meshopt_compression", "KHR_meshopt_compression"];

/// The extension that compresses primitives.
pub const DRACO: &str = "KHR_draco_mesh_compression";

/// Whether a file plainly asks for nothing that is not there.
pub fn met(root: &Root) -> bool {
    let asset = &root.asset;
    let newer = asset
        .min_version
        .as_ref()
        .is_some_and(|needed| needed != "2.0");
    let mut required = root.extensions_required.iter();
    asset.version.split('.').next() == Some("2") && !newer && required.all(|name| is_known(name))
}

fn is_known(extension: &str) -> bool {
    let mut families = KNOWN_FAMILIES.iter();
    families.any(|family| extension.starts_with(family)) || KNOWN.contains(&extension)
}

/// Refuses what cannot be shown.
pub fn check(tree: &Value) -> Result<(), Fault> {
    check_version(tree)?;
    check_extensions(tree)
}

/// Refuses files of other versions of glTF, and what is no glTF at all.
fn check_version(tree: &Value) -> Result<(), Fault> {
    let asset = tree
        .get("asset")
        .ok_or_else(|| "not a glTF file: it has no asset".to_owned())?;
    let asset: Asset = place::typed("asset", asset)?;
    let version = asset.version.escape_debug();
    if asset.version.split('.').next() != Some("2") {
        return Err(format!("glTF {version}; only glTF 2.0 can be read"));
    }
    if let Some(needed) = asset.min_version.filter(|needed| needed != "2.0") {
        return Err(format!(
            "needs a reader for glTF {}; only glTF 2.0 can be read",
            needed.escape_debug()
        ));
    }
    Ok(())
}

/// Refuses files that need an extension without which they cannot be shown.
fn check_extensions(tree: &Value) -> Result<(), Fault> {
    let Some(required) = tree.get("extensionsRequired") else {
        return Ok(());
    };
    let required: Vec<String> = place::typed("extensionsRequired", required)?;
    for name in required {
        if name == DRACO || MESHOPT.contains(&name.as_str()) {
            return Err(compressed(&name));
        }
        if !is_known(&name) {
            return Err(format!(
                "needs the extension {name:?}, which cannot be read"
            ));
        }
    }
    Ok(())
}

/// What to say of data that is only there in compressed form.
pub fn compressed(extension: &str) -> Fault {
    format!(
        "is compressed with {extension}, which cannot be read yet: export it without compression"
    )
}
