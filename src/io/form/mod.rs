//! The form that rigs and actions have in files: FORMAT.md's names, bones referred to by name.
//!
//! Scenes (JSON, every field) and documents (RON, only what differs from the default) share these records;
//! `store.rs` makes them from the model, `build.rs` and `build_action.rs` make the model from them.

mod action;
mod build;
mod build_action;
mod named;
mod rig;
mod store;

pub use action::{ActionForm, AssetForm, FCurveForm, KeyForm, SourceForm};
pub use build::build_rig;
pub use build_action::{build_action, build_asset};
pub use named::Named;
pub use rig::{ArmatureForm, BoneForm, ModelForm, PoseForm, RigForm};
pub use store::{
    Detail, rows, store_action, store_asset, store_bare_action, store_bone, store_rig,
};

/// `; did you mean "…"?` with the candidate most like `wanted`, or nothing where none is like it.
pub fn did_you_mean<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    let scored = candidates.map(|name| (strsim::jaro_winkler(wanted, name), name));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((score, name)) if score > 0.7 => format!("; did you mean {name:?}?"),
        _ => String::new(),
    }
}
