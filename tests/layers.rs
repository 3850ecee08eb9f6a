//! The order of the folders in `src`: one may use those before it, never one behind it.

use std::fs;
use std::path::{Path, PathBuf};

const LAYERS: &[&str] = &[
    "math", "model", "eval", "io", "ops", "script", "render", "ui", "app",
];

/// Folders that must not name these crates.
const FOREIGN: &[(&[&str], &[&str])] = &[
    (
        &["math", "model", "eval", "io", "ops", "script"],
        &["egui", "winit", "wgpu"],
    ),
    (&["render"], &["egui", "winit"]),
    (&["ui"], &["winit"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The layer of a file below `src`, if it has one.
fn layer(src: &Path, file: &Path) -> Option<usize> {
    let first = file.strip_prefix(src).unwrap().components().next().unwrap();
    let name = first
        .as_os_str()
        .to_str()
        .unwrap()
        .trim_end_matches(".rs")
        .to_owned();
    LAYERS.iter().position(|layer| *layer == name)
}

/// The code of a file without its tests and comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text
        .split("#[cfg(test)]")
        .next()
        .unwrap_or_default()
        .to_owned();
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first names after every `crate::` of a text, `{a, b}` included.
fn used(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = &text[at + found.len()..];
        let name = |s: &str| {
            s.chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        if let Some(inside) = rest.strip_prefix('{') {
            let inside = inside.split("};").next().unwrap_or(inside);
            names.extend(inside.split(',').map(|part| name(part.trim())));
        } else {
            names.push(name(rest));
        }
    }
    names
}

#[test]
fn no_folder_uses_one_behind_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 50, "only {} source files found", files.len());
    let mut wrong = Vec::new();
    for file in &files {
        let Some(own) = layer(&src, file) else {
            continue;
        };
        for name in used(&code(file)) {
            if let Some(other) = LAYERS.iter().position(|layer| *layer == name)
                && other > own
            {
                wrong.push(format!(
                    "{}: `{}` may not use `{name}`",
                    file.display(),
                    LAYERS[own]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_upper_folders_know_window_and_graphics() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (folders, crates) in FOREIGN {
        for folder in *folders {
            let mut files = Vec::new();
            sources(&src.join(folder), &mut files);
            for file in files {
                let code = code(&file);
                for name in *crates {
                    if code.contains(&format!("{name}::")) {
                        wrong.push(format!(
                            "{}: `{folder}` may not use `{name}`",
                            file.display()
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_file_says_what_it_holds_and_keeps_its_size() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("//!"),
            "{}: does not open with //! lines",
            file.display()
        );
        let lines = text.lines().count();
        assert!(lines <= 400, "{}: {lines} lines; split it", file.display());
    }
}
