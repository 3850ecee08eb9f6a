//! What a file holds, in a few lines.

use std::fmt::Write;
use std::path::Path;

use crate::io::error::Error;
use crate::io::open::{self, Kind};
use crate::model::action::Action;
use crate::model::document::Document;
use crate::model::rig::Rig;

/// Describes a file: rigs, bones, meshes, actions, and what its model holds beside.
///
/// # Errors
/// One line, as opening it gives.
pub fn describe(path: &Path) -> Result<String, Error> {
    let opened = open::open(path)?;
    let kind = match opened.kind {
        Kind::Document => "Keypose document",
        Kind::Model => "glTF model",
        Kind::Scene => "scene",
    };
    let mut text = format!("{}: {kind}\n", path.display());
    let document = &opened.document;
    let scene = &document.scene;
    let _ = writeln!(
        text,
        "frames: {} to {} at {} fps",
        scene.frame_start, scene.frame_end, scene.fps
    );
    for rig in document.rigs.iter() {
        describe_rig(&mut text, rig);
    }
    if let Some(summary) = opened.summary {
        let _ = writeln!(
            text,
            "file: {} nodes, {} meshes, {} skins, {} textures, {} animations",
            summary.nodes,
            summary.meshes,
            summary.skins,
            summary.textures,
            summary.animations.len()
        );
        for name in &summary.animations {
            let _ = writeln!(text, "  animation {name}");
        }
        if !summary.extensions.is_empty() {
            let _ = writeln!(text, "extensions: {}", summary.extensions.join(", "));
        }
    }
    for (name, action) in document.actions.iter() {
        describe_action(&mut text, name, action, document);
    }
    for asset in document.assets.iter() {
        let _ = writeln!(text, "pose asset {}", asset.name);
    }
    for warning in &opened.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    Ok(text)
}

/// An action in a line: its frames, how much it holds, and which rigs it is active on.
fn describe_action(text: &mut String, name: &str, action: &Action, document: &Document) {
    let keys: usize = action.fcurves.iter().map(|curve| curve.keys.len()).sum();
    let curves = action.fcurves.len();
    let frames = match action.key_range() {
        Some((first, last)) => format!("frames {first} to {last}, "),
        None => String::new(),
    };
    let _ = write!(text, "action {name}: {frames}{curves} curves, {keys} keys");
    for rig in document.rigs.iter() {
        if rig.animation.active_action.as_deref() == Some(name) {
            let _ = write!(text, ", active on {}", rig.name);
        }
    }
    text.push('\n');
}

fn describe_rig(text: &mut String, rig: &Rig) {
    let triangles: usize = rig.meshes.iter().map(|mesh| mesh.triangles()).sum();
    let _ = writeln!(
        text,
        "rig {}: {} bones, {} meshes, {triangles} triangles",
        rig.name,
        rig.armature.bones.len(),
        rig.meshes.len()
    );
    if let Some(model) = &rig.model {
        let _ = writeln!(text, "  from {}", model.file.path.display());
    }
}
