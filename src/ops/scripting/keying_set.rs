//! `scene.keying_set`: a list of channels that are keyed together.

use std::sync::Arc;

use crate::model::document::unique_name;
use crate::model::keying_set::KeyingSet;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::ops::props::Data;
use crate::props;

props! {
    /// Make a keying set of these channels, and use it from now on.
    pub struct Make {
        /// Bone and property of each channel; every component of the property belongs to it.
        paths: Data<Vec<(String, String)>> = Data::default();
        /// What it is called; a number is added where the name is taken.
        name: String = "Keying Set".to_owned();
    }
}

impl Operator for Make {
    const INFO: Info = Info::new("scene.keying_set", "New Keying Set").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.paths.0.is_empty() {
            return Err(Refusal::error("`paths` must name at least one channel"));
        }
        let scene = Arc::make_mut(&mut cx.doc.scene);
        let taken = |name: &str| scene.keying_sets.iter().any(|set| set.name == name);
        let name = unique_name(&self.name, taken);
        scene.active_keying_set = Some(scene.keying_sets.len());
        scene.keying_sets.push(KeyingSet {
            name,
            paths: self.paths.0.clone(),
        });
        Ok(())
    }
}
