//! `action.select_keys`: which keys of the active action are selected, set outright.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::bits::BitSet;
use crate::model::fcurve::{FCurve, KeySelection};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::shared::keyed_action::{action, action_mut};
use crate::props;

/// Keys of a curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "expected a list of frames or \"ALL\"")]
pub enum Frames {
    /// Those at these frames.
    At(Vec<f32>),
    /// A word: `ALL`.
    Word(String),
}

/// Bone (none: the rig itself), property, component, and which of its keys.
type Keys = (Option<String>, String, u32, Frames);

props! {
    /// Select exactly these keys of the active action, with both handles.
    pub struct SelectKeys {
        /// Bone, property, component, and a list of frames or `"ALL"`.
        keys: Data<Vec<Keys>> = Data::default();
    }
}

impl Operator for SelectKeys {
    const INFO: Info = Info::new("action.select_keys", "Select Keys").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = Arc::clone(cx.rig()?);
        let missing = || Refusal::error("The rig has no action whose keys could be selected");
        let known = Arc::clone(action(cx.doc, &rig).ok_or_else(missing)?);
        let mut wanted: BTreeMap<usize, BitSet> = BTreeMap::new();
        for (bone, property, index, frames) in &self.keys.0 {
            let place = known.find(bone.as_deref(), property, *index);
            let found = place.and_then(|place| Some((place, known.fcurves.get(place)?)));
            let Some((place, curve)) = found else {
                let bone = bone.as_deref().unwrap_or("the rig");
                return Err(Refusal::Error(format!(
                    "There is no curve of `{property}` {index} of {bone}"
                )));
            };
            let chosen = wanted.entry(place).or_default();
            for key in places(curve, frames)? {
                chosen.set(key, true);
            }
        }
        let name = rig.animation.active_action.clone().unwrap_or_default();
        let Some(action) = action_mut(cx.doc, &name) else {
            return Ok(());
        };
        for (place, curve) in action.fcurves.iter_mut().enumerate() {
            let keys = wanted.remove(&place).unwrap_or_default();
            let selection = KeySelection {
                left: keys.clone(),
                right: keys.clone(),
                keys,
            };
            if curve.selection != selection {
                Arc::make_mut(curve).selection = selection;
            }
        }
        Ok(())
    }
}

/// The places of these keys of a curve; frames without a key give none.
fn places(curve: &FCurve, frames: &Frames) -> Result<Vec<usize>, Refusal> {
    match frames {
        Frames::At(frames) => Ok(frames
            .iter()
            .filter_map(|&frame| curve.key_at(frame))
            .collect()),
        Frames::Word(word) if word == "ALL" => Ok((0..curve.keys.len()).collect()),
        Frames::Word(word) => Err(Refusal::Error(format!(
            "Keys are a list of frames or \"ALL\", not \"{word}\""
        ))),
    }
}
