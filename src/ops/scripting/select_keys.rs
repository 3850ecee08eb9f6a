//! `action.select_keys`: which keys of the active action are selected, set outright.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::bits::BitSet;
use crate::model::fcurve::{FCurve, KeySelection};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::props::Data;
use crate::ops::shared::keyed_action::action_mut;
use crate::props;

/// Keys of a curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Frames {
    /// Those at these frames.
    At(Vec<f32>),
    /// `"ALL"`.
    All(String),
}

/// Bone, property, component, and which keys.
pub type Row = (Option<String>, String, u32, Frames);

props! {
    /// Select exactly these keys of the active action, with their handles.
    pub struct SelectKeys {
        /// Bone, property, component, and the frames of the keys or `"ALL"`.
        keys: Data<Vec<Row>> = Data::default();
    }
}

impl Operator for SelectKeys {
    const INFO: Info = Info::new("action.select_keys", "Set Selected Keys").script_only();

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let name = cx.rig()?.animation.active_action.clone();
        let name = name
            .ok_or_else(|| Refusal::error("The rig has no action whose keys could be selected"))?;
        let action = action_mut(cx.doc, &name).ok_or(Refusal::Nothing)?;
        let mut selected = vec![BitSet::default(); action.fcurves.len()];
        for (bone, property, index, frames) in &self.keys.0 {
            let place = action.find(bone.as_deref(), property, *index);
            let curve = place.and_then(|place| action.fcurves.get(place));
            let slot = place.and_then(|place| selected.get_mut(place));
            let (Some(curve), Some(slot)) = (curve, slot) else {
                let bone = bone.as_deref().unwrap_or("the rig");
                return Err(Refusal::Error(format!(
                    "{name} has no curve for {property} {index} of {bone}"
                )));
            };
            select(curve, frames, slot)?;
        }
        for (curve, keys) in action.fcurves.iter_mut().zip(selected) {
            let selection = KeySelection {
                keys: keys.clone(),
                left: keys.clone(),
                right: keys,
            };
            if curve.selection != selection {
                Arc::make_mut(curve).selection = selection;
            }
        }
        Ok(())
    }
}

fn select(curve: &FCurve, frames: &Frames, selected: &mut BitSet) -> Exec {
    match frames {
        Frames::At(frames) => {
            for place in frames.iter().filter_map(|frame| curve.key_at(*frame)) {
                selected.set(place, true);
            }
        }
        Frames::All(all) if all == "ALL" => *selected = BitSet::full(curve.keys.len()),
        Frames::All(other) => {
            return Err(Refusal::Error(format!(
                "`{other}` names no keys: give their frames, or \"ALL\""
            )));
        }
    }
    Ok(())
}
