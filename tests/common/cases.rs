//! The folder of cases: setups and case files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One file of cases.
pub struct CaseFile {
    /// Family and name without extension: `pose/pose.paste`.
    pub name: String,
    /// Its cases.
    pub cases: Vec<Value>,
}

/// Everything that the folder holds.
pub struct Cases {
    /// Scenes by name.
    pub setups: BTreeMap<String, Value>,
    /// In order of their names.
    pub files: Vec<CaseFile>,
}

/// The folder: `KEYPOSE_CONFORMANCE`, or the one of this repository.
pub fn folder() -> PathBuf {
    match std::env::var_os("KEYPOSE_CONFORMANCE") {
        Some(path) => path.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance"),
    }
}

/// Reads the folder.
pub fn load() -> Cases {
    let root = folder();
    let mut setups = BTreeMap::new();
    let mut files = Vec::new();
    for family in entries(&root).into_iter().filter(|path| path.is_dir()) {
        let family_name = stem(&family);
        for path in entries(&family) {
            let text = std::fs::read_to_string(&path).unwrap();
            let value: Value = serde_json::from_str(&text).unwrap();
            let name = stem(&path);
            match value {
                scene if family_name == "setups" => {
                    setups.insert(name, scene);
                }
                Value::Array(cases) => files.push(CaseFile {
                    name: format!("{family_name}/{name}"),
                    cases,
                }),
                _ => panic!("{} is not a list of cases", path.display()),
            }
        }
    }
    Cases { setups, files }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let list = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = list.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    name.strip_suffix(".json").unwrap_or(&name).to_owned()
}

impl Cases {
    /// The scene that a case starts from.
    pub fn setup<'a>(&'a self, case: &'a Value) -> &'a Value {
        match &case["setup"] {
            Value::String(name) => &self.setups[name],
            scene => scene,
        }
    }
}
