//! Runs every conformance case and counts. It fails if a file that must pass whole does not.
//!
//! Arguments are parts of file names: `cargo test --test conformance -- pose.paste`. Every difference is
//! shown where `KEYPOSE_CONFORMANCE_VERBOSE` is set.

mod common;

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::cases::{self, CaseFile, Cases};
use common::run;

/// Files, or whole families, of which every case must pass. This list only grows.
const WHOLE: &[&str] = &[
    "fcurve_eval",
    "pose.autoside_names",
    "pose.blend_to_neighbor",
    "pose.blend_with_rest",
    "pose.breakdown",
    "pose.constraint_add",
    "pose.constraint_add_with_targets",
    "pose.constraints_clear",
    "pose.constraints_copy",
    "pose.copy",
    "pose.flip_names",
    "pose.hide",
    "pose.ik_add",
    "pose.ik_clear",
    "pose.loc_clear",
    "pose.paste",
    "pose.paths_calculate",
    "pose.paths_clear",
    "pose.paths_range_update",
    "pose.paths_update",
    "pose.quaternions_flip",
    "pose.propagate",
    "pose.push",
    "pose.relax",
    "pose.reveal",
    "pose.rot_clear",
    "pose.rotation_mode_set",
    "pose.scale_clear",
    "pose.select_all",
    "pose.select_constraint_target",
    "pose.select_grouped",
    "pose.select_hierarchy",
    "pose.select_linked",
    "pose.select_linked_pick",
    "pose.select_mirror",
    "pose.select_parent",
    "pose.selection_set_add",
    "pose.selection_set_add_and_assign",
    "pose.selection_set_assign",
    "pose.selection_set_copy",
    "pose.selection_set_delete_all",
    "pose.selection_set_deselect",
    "pose.selection_set_move",
    "pose.selection_set_paste",
    "pose.selection_set_remove",
    "pose.selection_set_remove_bones",
    "pose.selection_set_select",
    "pose.selection_set_unassign",
    "pose.transforms_clear",
    "pose.user_transforms_clear",
    "pose_eval",
];

/// Lines per case, per file and in all, unless everything is wanted.
const SHOWN: [usize; 3] = [3, 9, 400];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    let wanted = |file: &CaseFile| {
        let mut parts = arguments.iter().filter(|a| !a.starts_with('-')).peekable();
        parts.peek().is_none() || parts.any(|part| file.name.contains(part.as_str()))
    };
    std::panic::set_hook(Box::new(|_| {}));
    let all = cases::load();
    let mut room = if verbose() { usize::MAX } else { SHOWN[2] };
    let (mut passed, mut failed, mut broken) = (0, 0, missing(&all));
    let files: Vec<&CaseFile> = all.files.iter().filter(|file| wanted(file)).collect();
    for (file, tally) in files.iter().zip(run_files(&all, &files)) {
        println!(
            "{} {}/{}",
            shown_name(&file.name),
            tally.passed,
            file.cases.len()
        );
        let shown = tally.lines.len().min(room);
        tally.lines[..shown]
            .iter()
            .for_each(|line| println!("    {line}"));
        room -= shown;
        passed += tally.passed;
        failed += file.cases.len() - tally.passed;
        if !tally.held {
            broken.push(file.name.clone());
        }
    }
    for name in &broken {
        println!("{name} must pass whole and does not");
    }
    println!("{passed} passed, {failed} failed");
    if broken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn verbose() -> bool {
    std::env::var_os("KEYPOSE_CONFORMANCE_VERBOSE").is_some()
}

struct Tally {
    passed: usize,
    lines: Vec<String>,
    /// Whether every case passed that must.
    held: bool,
}

/// Runs the files on all processors; the tallies are in the order of the files.
fn run_files(all: &Cases, files: &[&CaseFile]) -> Vec<Tally> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(place) else {
                return done;
            };
            done.push((place, run_file(all, file)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut tallies: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().flat_map(|w| w.join().unwrap());
        done.collect()
    });
    tallies.sort_by_key(|(place, _)| *place);
    tallies.into_iter().map(|(_, tally)| tally).collect()
}

fn run_file(all: &Cases, file: &CaseFile) -> Tally {
    let mut tally = Tally {
        passed: 0,
        lines: Vec::new(),
        held: true,
    };
    let mut told = BTreeSet::new();
    for case in &file.cases {
        let differences = run::case(all, case);
        if differences.is_empty() {
            tally.passed += 1;
            continue;
        }
        tally.held &= !must_pass(&file.name);
        let name = case["case"].as_str().unwrap_or("?");
        let shown = if verbose() { usize::MAX } else { SHOWN[0] };
        for line in differences.into_iter().take(shown) {
            if verbose() || told.insert(line.clone()) {
                tally.lines.push(format!("{name}: {line}"));
            }
        }
    }
    if !verbose() && tally.lines.len() > SHOWN[1] {
        let more = tally.lines.len() - SHOWN[1];
        tally.lines.truncate(SHOWN[1]);
        tally.lines.push(format!("… and {more} lines more"));
    }
    tally
}

/// `pose.paste` for `pose/pose.paste`; the evaluation families keep their family.
fn shown_name(name: &str) -> &str {
    match name.split_once('/') {
        Some((family, file)) if file.starts_with(&format!("{family}.")) => file,
        _ => name,
    }
}

fn matches(name: &str, entry: &str) -> bool {
    name == entry || shown_name(name) == entry || name.split('/').next() == Some(entry)
}

fn must_pass(name: &str) -> bool {
    WHOLE.iter().any(|entry| matches(name, entry))
}

fn missing(all: &Cases) -> Vec<String> {
    // A folder of somebody's own need not hold them all.
    if std::env::var_os("KEYPOSE_CONFORMANCE").is_some() {
        return Vec::new();
    }
    let absent = WHOLE
        .iter()
        .filter(|entry| !all.files.iter().any(|f| matches(&f.name, entry)));
    absent.map(|entry| (*entry).to_owned()).collect()
}
