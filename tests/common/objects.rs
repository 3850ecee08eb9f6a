//! What a script expects of constraints and empties.

use keypose::model::constraint_targets::Seen;
use keypose::model::document::Document;

/// Name, place and whether it is selected.
pub type EmptyRow = (String, (f32, f32, f32), bool);

/// Compares the constraints of a bone of the active rig: their names and what each looks at, `rig/bone` or
/// `<empty>` where it is no bone of the same rig.
pub fn constraints(document: &Document, bone: &str, wanted: &[(String, String)]) {
    let rig = document.rig().unwrap();
    let setup = rig.setup(rig.armature.find(bone).unwrap()).unwrap();
    let found = setup.constraints.iter().map(|constraint| {
        let seen = match constraint.seen() {
            Some(Seen::Bone(bone)) => bone,
            Some(Seen::Other(rig, bone)) => format!("{rig}/{bone}"),
            Some(Seen::Object(object)) => format!("<{object}>"),
            None => String::new(),
        };
        (constraint.name.clone(), seen)
    });
    assert_eq!(found.collect::<Vec<_>>(), wanted, "constraints of {bone}");
}

/// Compares the empties.
pub fn empties(document: &Document, wanted: &[EmptyRow]) {
    let names: Vec<_> = document.empties.iter().map(|e| e.name.as_str()).collect();
    let expected: Vec<_> = wanted.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(names, expected, "empties");
    for (empty, (name, (x, y, z), select)) in document.empties.iter().zip(wanted) {
        let pairs = empty.location.into_iter().zip([*x, *y, *z]);
        let near = pairs.map(|(a, b)| (a - b).abs()).all(|gap| gap < 1e-4);
        assert!(near, "{name} is at {:?}", empty.location);
        assert_eq!(empty.select, *select, "{name} selected");
    }
}
