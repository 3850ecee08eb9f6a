//! The pose that a scene starts in: what `pose` says, else what its animation gives at its frame.

use serde_json::Value;

use crate::eval::animation;
use crate::model::document::Document;

/// Applies the animation of the document's frame where `value`, its scene, has no `pose`.
///
/// A `pose` is whole: a bone or a field that it does not name has its default, as if it had been posed by hand
/// after the frame was set. The rig's own place is animated in any case.
pub fn apply_animation(document: &mut Document, value: &Value) {
    let given = document.rig().map(|rig| rig.pose.clone());
    animation::apply(document);
    let posed = value.get("pose").is_some_and(Value::is_object);
    if let (true, Some(rig), Some(given)) = (posed, document.rig_mut(), given) {
        rig.pose = given;
    }
}
