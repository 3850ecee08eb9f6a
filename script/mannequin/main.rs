//! Makes `assets/mannequin.glb`, the wooden lay figure that comes with the editor, and its document.
//!
//! `cargo run --example mannequin [FOLDER]`. The same source gives the same bytes: everything follows
//! from the tables of bones and pieces, and the figure is checked for symmetry before it is written.

mod body;
mod bones;
mod check;
mod curves;
mod document;
mod glb;
mod leg;
mod limbs;
mod loft;
mod mesh;
mod posing;
mod walk;
mod wood;

use std::path::Path;

use anyhow::{Context, Result};

use crate::bones::{BONES, Collection};

fn main() -> Result<()> {
    let folder = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "assets".to_owned());
    let file = format!("{folder}/mannequin.glb");
    let pieces = body::pieces()?;
    let (picture, charts) = wood::paint(&pieces)?;
    let mesh = mesh::build(&pieces, &charts)?;
    check::skeleton()?;
    check::mirrored(&mesh)?;
    let bytes = glb::write(&mesh, &picture)?;
    std::fs::write(&file, &bytes).with_context(|| format!("writing {file}"))?;
    document::write(&bytes, &Path::new(&folder).join("mannequin.keypose"))?;
    println!(
        "{file}: {} bones, {} triangles, {} corners, {} bytes",
        BONES.len(),
        mesh.triangles.len(),
        mesh.corners.len(),
        bytes.len()
    );
    for collection in Collection::ALL {
        let bones = BONES
            .iter()
            .filter(|bone| bone.collection == collection)
            .count();
        println!(
            "{}: {bones} bones, {}",
            collection.name(),
            collection.color()
        );
    }
    Ok(())
}
