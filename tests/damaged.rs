//! Good files cut short or with bytes changed: each opens to something usable or is refused with one line,
//! never with a panic, a hang or a wild allocation.
//!
//! With `KEYPOSE_RIGS` set to a folder, its files are treated the same.

#[path = "common/gltf.rs"]
mod builder;
mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::io::{document, open};
use keypose::model::view::View;
use keypose::ops::runner::Session;

use common::{cases, hooks};

/// Knows how much memory is held now, and how much was held at most; of this thread.
struct Counting;

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    let _ = HELD.try_with(|held| {
        held.set(held.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(held.get())));
    });
}

// The only way to count allocations; it hands everything on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most memory that was held during the work beyond what was held before.
fn most_held<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = HELD.with(Cell::get);
    MOST.with(|most| most.set(before));
    let result = work();
    let most = MOST.with(Cell::get) - before;
    (result, usize::try_from(most).unwrap_or(0))
}

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// How far the trials go for a file, so that big ones take no longer than many small ones.
struct Trials {
    cuts: usize,
    changes: usize,
}

/// Opens a file both ways; says whether it opened.
fn open_both_ways(path: &Path, size: usize) -> Result<bool, String> {
    let start = Instant::now();
    let (opened, held) = most_held(|| {
        let opened = open::open(path);
        if let Ok(opened) = &opened {
            let mut poses = DocumentEvaluator::default();
            poses.evaluate(&opened.document);
        }
        opened
    });
    let limit = 64 * size + (64 << 20);
    if held > limit {
        return Err(format!("{} MiB were held", held >> 20));
    }
    let line = |text: &str| match text.contains('\n') {
        true => Err(format!("not one line: {text}")),
        false => Ok(()),
    };
    let opens = match &opened {
        Err(error) => line(&error.to_string()).map(|()| false)?,
        Ok(opened) => {
            opened.warnings.iter().try_for_each(|text| line(text))?;
            true
        }
    };
    drop(opened);
    let mut session = Session::default();
    let call = format!("wm.open_mainfile(filepath: {:?})", path.to_str().unwrap());
    let outcome = session.run_text(&call).map_err(|error| error.to_string())?;
    if outcome.error().is_none() != opens {
        return Err(format!("the operator says {:?}", outcome.error()));
    }
    if opens {
        session
            .run_text("pose.select_all()")
            .map_err(|error| error.to_string())?;
        session
            .run_text("transform.translate(value: (0.0, 0.1, 0.0))")
            .map_err(|e| e.to_string())?;
    }
    let limit = Duration::from_secs(20) + Duration::from_millis(size as u64 / 100);
    if start.elapsed() > limit {
        return Err(format!("it took {:?}", start.elapsed()));
    }
    Ok(opens)
}

/// Damages a file in many ways; gives what went wrong, and how many of them opened.
fn damage(good: &Path, folder: &Path, trials: &Trials) -> (Vec<String>, usize) {
    let name = good.file_name().unwrap();
    let bytes = std::fs::read(good).unwrap();
    let path = folder.join(name);
    let mut wrong = Vec::new();
    let mut opened = 0;
    let mut attempt = |bad: &[u8], how: String| {
        std::fs::write(&path, bad).unwrap();
        let work = || open_both_ways(&path, bytes.len());
        let result = std::panic::catch_unwind(work);
        match result {
            Ok(Ok(opens)) => opened += usize::from(opens),
            Ok(Err(reason)) => wrong.push(format!("{}, {how}: {reason}", good.display())),
            Err(_) => wrong.push(format!("{}, {how}: panic", good.display())),
        }
    };
    for part in 0..trials.cuts {
        let end = bytes.len() * part / trials.cuts;
        attempt(&bytes[..end], format!("cut at {end}"));
    }
    let mut dice = Dice(bytes.len() as u64 | 1 << 40);
    let text = bytes
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(bytes.len());
    for number in 0..trials.changes {
        let mut bad = bytes.clone();
        for _ in 0..=dice.roll(3) {
            if bad.is_empty() {
                break;
            }
            // Binary files begin with the part that says what the rest is.
            let end = if dice.roll(2) == 0 {
                bad.len()
            } else {
                text.clamp(1, bad.len())
            };
            let place = dice.roll(end);
            match dice.roll(5) {
                0 => bad[place] ^= 1 << dice.roll(8),
                1 => drop(bad.splice(place..place, *b"9999999")),
                2 => drop(bad.drain(place..bad.len().min(place + dice.roll(40)))),
                3 => bad[place] = b"0123456789[]{}(),:-.e\""[dice.roll(22)],
                _ => bad[place] = dice.roll(256) as u8,
            }
        }
        attempt(&bad, format!("change {number}"));
    }
    (wrong, opened)
}

fn damage_all(files: &[PathBuf], folder: &Path, trials: &Trials) {
    let mut wrong = Vec::new();
    let mut opened = 0;
    for file in files {
        let (more, opens) = damage(file, folder, trials);
        wrong.extend(more);
        opened += opens;
    }
    assert!(
        wrong.is_empty(),
        "{} of them:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let all = files.len() * (trials.cuts + trials.changes);
    assert!(opened > 0 && opened < all, "{opened} of {all} opened");
}

fn assets(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets")
        .join(name)
}

#[test]
fn damaged_documents_and_scenes_open_or_are_refused_but_nothing_worse() {
    let folder = tempfile::tempdir().unwrap();
    let good = tempfile::tempdir().unwrap();
    let setups = cases::load().setups;
    let mut files = vec![assets("mannequin.keypose")];
    for (name, setup) in &setups {
        let scene = good.path().join(format!("{name}.json"));
        std::fs::write(&scene, setup.to_string()).unwrap();
        let file = good.path().join(format!("{name}.keypose"));
        document::save(&file, &hooks::load(setup).unwrap(), &View::default()).unwrap();
        files.extend([scene, file]);
    }
    assert!(files.len() > 10);
    let trials = Trials {
        cuts: 20,
        changes: 20,
    };
    damage_all(&files, folder.path(), &trials);
}

#[test]
fn damaged_models_open_or_are_refused_but_nothing_worse() {
    let folder = tempfile::tempdir().unwrap();
    let good = tempfile::tempdir().unwrap();
    let character = builder::character();
    let write = |name: &str, bytes: &[u8]| {
        let path = good.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let inline = builder::data_uri(&character.bin);
    let picture = builder::png(2, 2, [9; 4]);
    let mut textured = character.clone();
    let view = textured.view(&picture);
    textured.push(
        "images",
        serde_json::json!({"bufferView": view, "mimeType": "image/png"}),
    );
    textured.push("textures", serde_json::json!({"source": 0}));
    textured.push(
        "materials",
        serde_json::json!({"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}),
    );
    textured.json["meshes"][0]["primitives"][0]["material"] = serde_json::json!(0);
    let mut moving = character.clone();
    let times = moving.floats("SCALAR", &[0.0, 0.5, 1.0]);
    let turns = moving.floats("VEC4", &[0.5; 12]);
    moving.json["animations"] = serde_json::json!([{"name": "turn",
        "channels": [{"sampler": 0, "target": {"node": 3, "path": "rotation"}}],
        "samplers": [{"input": times, "output": turns, "interpolation": "LINEAR"}]}]);
    let small = [
        write("moving.glb", &moving.glb()),
        write("textured.glb", &textured.glb()),
        write("character.glb", &character.glb()),
        write("character.gltf", &character.gltf(&inline)),
    ];
    damage_all(
        &small,
        folder.path(),
        &Trials {
            cuts: 20,
            changes: 200,
        },
    );
    damage_all(
        &[assets("mannequin.glb")],
        folder.path(),
        &Trials {
            cuts: 20,
            changes: 20,
        },
    );
}

#[test]
fn damaged_files_of_the_folder_of_rigs_open_or_are_refused_but_nothing_worse() {
    let Some(rigs) = std::env::var_os("KEYPOSE_RIGS") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(rigs)];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let known = path.extension().and_then(|e| e.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if known.is_some_and(|known| open::OPENABLE.contains(&known)) {
                files.push(path);
            }
        }
    }
    files.sort();
    damage_all(
        &files,
        folder.path(),
        &Trials {
            cuts: 20,
            changes: 60,
        },
    );
}

/// Writes a file and has it opened; gives what went wrong.
fn open_bytes(name: &str, bytes: &[u8]) -> Result<bool, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    open_both_ways(&path, bytes.len())
}

#[test]
fn brackets_without_end_are_refused() {
    for bracket in ["[", "(", "{\"a\":", "Some("] {
        let deep = bracket.repeat(200_000);
        let document = format!("(version: 1, rigs: {deep}");
        let scene = format!("{{\"armature\": {deep}");
        for (name, text) in [
            ("a.keypose", &document),
            ("a.json", &scene),
            ("a.gltf", &scene),
        ] {
            assert_eq!(
                open_bytes(name, text.as_bytes()),
                Ok(false),
                "{name} {bracket}"
            );
        }
    }
}

#[test]
fn a_chain_of_very_many_bones_does_no_harm() {
    let count = 20_000;
    let bones: Vec<_> = (0..count)
        .map(|number| {
            let mut bone = serde_json::json!({"name": format!("b{number}")});
            if number > 0 {
                bone["parent"] = serde_json::json!(format!("b{}", number - 1));
            }
            bone
        })
        .collect();
    let scene = serde_json::json!({"armature": {"bones": bones}}).to_string();
    open_bytes("a.json", scene.as_bytes()).unwrap();
    let mut model = builder::Builder::new(&[0]);
    for number in 0..count {
        model.node(serde_json::json!({"name": format!("b{number}"), "children": [number + 1]}));
    }
    model.node(serde_json::json!({"name": "end"}));
    model.push(
        "skins",
        serde_json::json!({"joints": (0..count).collect::<Vec<_>>()}),
    );
    open_bytes("a.glb", &model.glb()).unwrap();
}

#[test]
fn sizes_beyond_all_measure_are_refused_before_memory_is_taken() {
    let huge = [
        serde_json::json!(4_000_000_000_u32),
        serde_json::json!(900_000_000),
        serde_json::json!(40_000_000),
    ];
    for number in huge {
        let mut good = builder::character();
        good.json["buffers"] = serde_json::json!([{"byteLength": good.bin.len()}]);
        for list in ["accessors", "bufferViews", "buffers"] {
            let fields = ["count", "byteLength", "byteStride", "byteOffset"];
            for field in fields {
                for place in 0..3 {
                    let mut bad = good.clone();
                    let Some(item) = bad.json[list].get_mut(place) else {
                        continue;
                    };
                    item[field] = number.clone();
                    item.as_object_mut().unwrap().remove("bufferView");
                    let _ = open_bytes("a.glb", &bad.glb()).unwrap();
                }
            }
        }
    }
}
