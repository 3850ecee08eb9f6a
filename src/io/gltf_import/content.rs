//! The typed tree: made and checked by the `gltf` crate, faults named with their places.
//!
//! Of a tree that is given out, every index exists and every enumeration is known, except in the items
//! that are said to be broken: those only spoil looks, or are not read at all.

use std::collections::BTreeMap;

use gltf::Document;
use gltf::json::mesh::Semantic;
use gltf::json::validation::{Checked, Error as Wrong, Validate};
use gltf::json::{self, Root};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::io::error::Error;
use crate::io::gltf_import::container::Source;
use crate::io::gltf_import::place::{self, Fault, Place};
use crate::io::gltf_import::requirements;
use crate::io::gltf_import::warnings::Warnings;

/// Lists whose items cost the file nothing but looks, or are not read.
const SPARE: [&str; 6] = [
    "animations",
    "cameras",
    "images",
    "materials",
    "samplers",
    "textures",
];

/// A typed tree.
#[derive(Debug)]
pub struct Content {
    /// What the file holds.
    pub document: Document,
    /// Whether all of it was of the types it must be.
    pub sound: bool,
    broken: BTreeMap<(&'static str, usize), Fault>,
}

impl Content {
    /// Makes the tree of a file.
    pub fn read(source: &Source, warnings: &mut Warnings) -> Result<Self, Error> {
        let mut broken = BTreeMap::new();
        // Most files are sound, and reading the text is much faster than walking the parsed tree.
        let root = Root::from_slice(source.text()).ok();
        let sound = root.is_some();
        let mut root = match root {
            Some(root) if requirements::met(&root) => root,
            root => {
                let tree = source.tree()?;
                let refused = |fault| source.refused(fault);
                requirements::check(tree).map_err(refused)?;
                let mended = |broken| mended(tree.clone(), broken).map_err(refused);
                root.map_or_else(|| mended(&mut broken), Ok)?
            }
        };
        let refused = |fault| source.refused(fault);
        if root.nodes.is_empty() {
            let fault = "contains no scene nodes, so there is nothing to show";
            return Err(refused(fault.to_owned()));
        }
        check(&mut root, source, &mut broken, warnings).map_err(refused)?;
        Ok(Self {
            document: Document::from_json_without_validation(root),
            sound,
            broken,
        })
    }

    /// Passes if the item of this list of the root may be looked at.
    pub fn sound(&self, list: &'static str, index: usize) -> Result<(), Fault> {
        self.broken.get(&(list, index)).cloned().map_or(Ok(()), Err)
    }
}

type Broken = BTreeMap<(&'static str, usize), Fault>;

/// The typed tree of a file that has values of wrong types, if only in places that can be spared.
fn mended(mut tree: Value, broken: &mut Broken) -> Result<Root, Fault> {
    drop_nulls(&mut tree);
    // The crate insists on a list that an empty scene need not have.
    if let Some(Value::Array(scenes)) = tree.get_mut("scenes") {
        for scene in scenes.iter_mut().filter_map(Value::as_object_mut) {
            scene.entry("nodes").or_insert_with(|| json!([]));
        }
    }
    let none = || json!({});
    mend::<json::Material>(&mut tree, "materials", none(), broken);
    mend::<json::Texture>(&mut tree, "textures", none(), broken);
    mend::<json::Image>(&mut tree, "images", none(), broken);
    mend::<json::texture::Sampler>(&mut tree, "samplers", none(), broken);
    let still = json!({"channels": [], "samplers": []});
    mend::<json::Animation>(&mut tree, "animations", still, broken);
    let camera = json!({"type": "perspective"});
    mend::<json::Camera>(&mut tree, "cameras", camera, broken);
    place::typed("", &tree)
}

/// A field that is null counts as absent.
fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

/// Puts `neutral` in the place of the items of a list that are not of their type.
fn mend<T: DeserializeOwned>(
    tree: &mut Value,
    list: &'static str,
    neutral: Value,
    broken: &mut Broken,
) {
    let Some(Value::Array(items)) = tree.get_mut(list) else {
        return;
    };
    for (index, item) in items.iter_mut().enumerate() {
        if let Err(fault) = place::typed::<T>(&format!("{list}[{index}]"), item) {
            broken.insert((list, index), fault);
            let name = item.get("name").filter(|name| name.is_string()).cloned();
            *item = neutral.clone();
            if let (Some(name), Some(item)) = (name, item.as_object_mut()) {
                item.insert("name".to_owned(), name);
            }
        }
    }
}

/// Sorts what the crate's validation finds into what refuses the file and what can be spared.
fn check(
    root: &mut Root,
    source: &Source,
    broken: &mut Broken,
    warnings: &mut Warnings,
) -> Result<(), Fault> {
    check_primitives(root, source, warnings)?;
    let mut faults: Vec<(Place, Wrong)> = Vec::new();
    root.validate(root, json::Path::new, &mut |path, error| {
        // What is missing is missed where it is used; what is required is decided elsewhere.
        if !matches!(error, Wrong::Missing | Wrong::Unsupported) {
            faults.push((Place::parse(path().as_str()), error));
        }
    });
    let scenes = root.scenes.len();
    for (place, error) in faults {
        let fault = place.validation_fault(error, tree_of(source));
        if let Some(item) = spare(&place) {
            if place.field() != "sampler" {
                broken.entry(item).or_insert(fault);
            }
        } else if !harmless(&place, error, scenes) {
            return Err(fault);
        }
    }
    Ok(())
}

/// The crate's validation relies on positions; a primitive whose material does not exist is drawn plain.
fn check_primitives(
    root: &mut Root,
    source: &Source,
    warnings: &mut Warnings,
) -> Result<(), Fault> {
    let (accessors, materials) = (root.accessors.len(), root.materials.len());
    for (mesh, item) in root.meshes.iter_mut().enumerate() {
        for (index, primitive) in item.primitives.iter_mut().enumerate() {
            let fault = |field: &str| {
                let place = Place::parse(&format!("meshes[{mesh}].primitives[{index}].{field}"));
                place.validation_fault(Wrong::IndexOutOfBounds, tree_of(source))
            };
            let positions = Checked::Valid(Semantic::Positions);
            let positions = primitive.attributes.get(&positions);
            if positions.is_some_and(|index| index.value() >= accessors) {
                return Err(fault("attributes.POSITION"));
            }
            if primitive.material.is_some_and(|m| m.value() >= materials) {
                warnings.add(fault("material"));
                primitive.material = None;
            }
        }
    }
    Ok(())
}

/// The tree, for the words of a fault.
fn tree_of<'a>(source: &'a Source) -> &'a Value {
    source.tree().unwrap_or(&Value::Null)
}

fn spare(place: &Place) -> Option<(&'static str, usize)> {
    let (list, index) = place.item()?;
    let list = SPARE.into_iter().find(|&spare| spare == list)?;
    Some((list, index))
}

/// Whether a fault is in something that is never used, or checked where it is.
fn harmless(place: &Place, error: Wrong, scenes: usize) -> bool {
    match place.field() {
        "byteStride" | "camera" | "max" | "min" | "skeleton" | "target" => true,
        "scene" => scenes == 0,
        // Attributes of unknown names.
        field => error == Wrong::Invalid && field.starts_with('<'),
    }
}
