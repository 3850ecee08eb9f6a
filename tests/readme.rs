//! The README's first script does what the README says.

use std::path::Path;

use keypose::eval::hierarchy;
use keypose::io::open;
use keypose::ops::runner::Session;
use keypose::script::run;

#[test]
fn the_first_script_raises_both_arms() {
    let readme = include_str!("../README.md");
    let script = readme
        .split("```\n")
        .find(|part| part.starts_with("pose.select_bones"))
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cheer.kps");
    std::fs::write(&path, script).unwrap();
    let mut session = Session::with_document(open::mannequin().unwrap().document);
    run::file(&mut session, Path::new(&path), &mut |_| {}).unwrap();
    let rig = session.document.rig().unwrap();
    let posed = hierarchy::evaluate_once(rig);
    let hand = |name| posed.head(rig.armature.find(name).unwrap()).unwrap();
    let (left, right) = (hand("hand.L"), hand("hand.R"));
    assert!(left.z > 1.4, "{left}");
    assert!(
        (left.x + right.x).abs() < 1e-4 && (left - right).truncate().y.abs() < 1e-4,
        "{left} {right}"
    );
}
