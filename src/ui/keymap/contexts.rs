//! The contexts of the keymap: what users read of them, and which of them hear the same key.

use crate::ops::registry;
use crate::ui::keymap::{Action, Binding, modal_contexts};

/// Contexts with their names, in the order in which they are listed.
const NAMED: &[(&str, &str)] = &[
    ("window", "Everywhere"),
    ("view3d", "3D View"),
    ("pose", "3D View, Pose"),
    ("bone", "3D View, on a Bone"),
    ("bones", "Bones Panel"),
    ("properties", "Properties Panel"),
    ("properties.sets", "Properties Panel, Selection Sets"),
    ("timeline", "Timeline"),
    ("ruler", "Timeline, on the Ruler"),
    ("markers", "Timeline, on the Row of Markers"),
    ("markers.marker", "Timeline, on a Marker"),
    ("playing", "While the Animation Plays"),
    ("log", "Log Panel"),
    ("modal", "While an Operator Runs"),
    ("pose_slide", "While a Pose Slides"),
];

/// Contexts of operators that run: keys mean something to them, and start none.
const RUNNING: &[&str] = &["modal", "pose_slide"];

/// Contexts that apply in the 3D view at once.
const VIEW: &[&str] = &["view3d", "pose", "bone"];

/// Contexts that apply in a time editor at once.
const TIME: &[&str] = &["timeline", "ruler", "markers", "markers.marker"];

/// Contexts that apply in the properties at once.
const PROPERTIES: &[&str] = &["properties", "properties.sets"];

/// What users read.
pub fn title(context: &str) -> String {
    if let Some((_, title)) = NAMED.iter().find(|(known, _)| *known == context) {
        return (*title).to_owned();
    }
    if let Some(entry) = registry::find(context) {
        return format!("While {} Runs", entry.info.label);
    }
    let mut letters = context.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let word: String = first.into_iter().chain(letters).collect();
    match registry::entries().any(|entry| in_family(entry.info.id, context)) {
        true => format!("While a {word} Runs"),
        false => format!("{word} Panel"),
    }
}

/// Where a context stands in the list: known ones in their order, then the others.
pub fn rank(context: &str) -> usize {
    let found = NAMED.iter().position(|(known, _)| *known == context);
    found.unwrap_or(NAMED.len())
}

/// Contexts that a new binding may go to: those where keys start operators.
pub fn for_calls() -> impl Iterator<Item = &'static str> {
    let contexts = NAMED.iter().map(|(context, _)| *context);
    contexts.filter(|context| !RUNNING.contains(context))
}

/// Whether a key may mean both at once, so that one hides the other.
pub fn meet(a: &Binding, b: &Binding) -> bool {
    let (x, y) = (a.context.as_str(), b.context.as_str());
    match (&a.action, &b.action) {
        _ if x == y => true,
        (Action::Run(_), Action::Run(_)) => {
            let editor = |all: &[&str]| all.contains(&x) && all.contains(&y);
            let editors = [VIEW, TIME, PROPERTIES];
            x == "window" || y == "window" || editors.iter().any(|all| editor(all))
        }
        (Action::Modal(_), Action::Modal(_)) => within(x, y) || within(y, x),
        _ => false,
    }
}

/// Whether the operators of the context `inner` hear `outer`, too.
fn within(inner: &str, outer: &str) -> bool {
    modal_contexts(inner).contains(&outer)
}

fn in_family(id: &str, family: &str) -> bool {
    id.split_once('.').is_some_and(|(own, _)| own == family)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::Keymap;

    #[test]
    fn contexts_that_apply_at_once_meet() {
        let text = r#"(in: "pose", key: "A", run: "pose.copy()")
            (in: "bones", key: "B", run: "pose.copy()")
            (in: "window", key: "C", run: "pose.copy()")
            (in: "view3d", key: "D", run: "pose.copy()")
            (in: "modal", key: "E", modal: CONFIRM)
            (in: "transform", key: "F", modal: CANCEL)
            (in: "poselib", key: "F", modal: CANCEL)"#;
        let (keymap, faults) = Keymap::parse(text);
        assert!(faults.is_empty(), "{faults:?}");
        let all = keymap.bindings();
        let meet = |a: usize, b: usize| meet(&all[a], &all[b]) && super::meet(&all[b], &all[a]);
        assert!(meet(0, 2) && meet(1, 2) && meet(0, 3) && meet(4, 5) && meet(4, 6));
        assert!(!meet(0, 1) && !meet(0, 4) && !meet(5, 6) && !meet(1, 3));
    }

    #[test]
    fn contexts_read_well() {
        assert_eq!(title("pose"), "3D View, Pose");
        assert_eq!(title("transform"), "While a Transform Runs");
        assert_eq!(title("view3d.rotate"), "While Rotate View Runs");
        assert_eq!(title("library"), "Library Panel");
    }
}
