//! Saving: the version before, links, permissions, and places that cannot be written.

use std::path::Path;

use keypose::io::document;
use keypose::model::view::View;

use crate::{no_model, setup};

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn saving_keeps_the_version_before() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.keypose");
    let (first, second) = (setup("biped_quat"), setup("biped_euler"));
    document::save(&path, &first, &View::default()).unwrap();
    assert_eq!(names_in(folder.path()), ["a.keypose"]);
    document::save(&path, &second, &View::default()).unwrap();
    document::save(&path, &second, &View::default()).unwrap();
    assert_eq!(names_in(folder.path()), ["a.keypose", "a.keypose.bak"]);
    let kept = document::open(&document::backup_path(&path), &no_model).unwrap();
    assert!(kept.document == first);
    assert!(document::open(&path, &no_model).unwrap().document == second);
}

#[test]
fn saving_where_one_cannot_says_why_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.keypose");
    document::save(&file, &setup("biped_quat"), &View::default()).unwrap();
    let before = std::fs::read(&file).unwrap();
    let other = setup("biped_euler");
    let refusal = |path: &Path| {
        let error = document::save(path, &other, &View::default()).unwrap_err();
        let text = error.to_string();
        assert_eq!(text.lines().count(), 1, "{text}");
        text
    };
    assert!(refusal(&file.join("inside")).contains("cannot be written"));
    assert!(refusal(&folder.path().join("none/b.keypose")).contains("cannot be written"));
    assert!(refusal(folder.path()).ends_with("it is a folder"));
    let mut broken = other.clone();
    broken.rig_mut().unwrap().location.x = f32::NAN;
    let error = document::save(&file, &broken, &View::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("rigs[0].armature.location[0]: NaN is not a finite number"),
        "{error}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(names_in(folder.path()), ["a.keypose"]);
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (
        folder.path().join("real.keypose"),
        folder.path().join("link"),
    );
    document::save(&real, &setup("biped_quat"), &View::default()).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.keypose", &link).unwrap();
    document::save(&link, &setup("biped_euler"), &View::default()).unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    let mode = std::fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(document::open(&real, &no_model).unwrap().document == setup("biped_euler"));
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o440)).unwrap();
    let error = document::save(&link, &setup("biped_quat"), &View::default()).unwrap_err();
    assert!(error.to_string().ends_with("it is read-only"), "{error}");
    let full = folder.path().join("full.keypose");
    symlink("/dev/full", &full).unwrap();
    if Path::new("/dev/full").exists() {
        let error = document::save(&full, &setup("biped_quat"), &View::default()).unwrap_err();
        assert!(error.to_string().contains("cannot be written"), "{error}");
    }
    assert_eq!(
        names_in(folder.path()),
        ["full.keypose", "link", "real.keypose", "real.keypose.bak"]
    );
}
