//! The work of a user's day, measured for a comparison with another program that does the same.
//!
//! `cargo bench --bench peer -- --bones 100 --keys 100 --repeat 5 --only playback --gltf Knight.glb` prints one
//! JSON object and writes it to `target/bench/peer.json`: the median time of each workload, call to evaluated
//! pose, setting up left out. Quote ratios of two such files from one idle machine, never single times.

mod arguments;
mod data;
mod model;
mod work;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use arguments::Arguments;
use serde_json::{Value, json};

fn main() {
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(why) => {
            eprintln!("{why}");
            std::process::exit(2);
        }
    };
    let mut bench = Bench {
        arguments,
        found: BTreeMap::new(),
        order: Vec::new(),
    };
    work::run(&mut bench);
    model::run(&mut bench);
    let text = format!("{:#}\n", bench.value());
    print!("{text}");
    let path = target().join("bench").join("peer.json");
    let folder = path.parent().expect("a file in a folder");
    std::fs::create_dir_all(folder).expect("the folder of builds can be written");
    std::fs::write(&path, text).expect("the result can be written");
}

/// The folder of builds.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// What is measured, and how often.
pub struct Bench {
    pub arguments: Arguments,
    found: BTreeMap<String, Value>,
    order: Vec<String>,
}

impl Bench {
    /// Whether a workload is wanted.
    pub fn wants(&self, name: &str) -> bool {
        name.contains(&self.arguments.only)
    }

    /// Measures `work` on what `set_up` makes, each time anew.
    pub fn measure<T, R>(
        &mut self,
        name: &str,
        mut set_up: impl FnMut() -> T,
        mut work: impl FnMut(&mut T) -> R,
    ) {
        if !self.wants(name) {
            return;
        }
        let mut times = Vec::new();
        for _ in 0..self.arguments.repeat {
            let mut ready = set_up();
            let start = Instant::now();
            let result = std::hint::black_box(work(&mut ready));
            times.push(start.elapsed());
            drop((result, ready));
        }
        let median = median(times).as_secs_f64() * 1e3;
        self.note(name, median);
    }

    /// Notes a number, four digits behind the point.
    pub fn note(&mut self, name: &str, number: f64) {
        eprintln!("{name} {number:.4}");
        self.order.push(name.to_owned());
        let rounded = (number * 1e4).round() / 1e4;
        self.found.insert(name.to_owned(), json!(rounded));
    }

    fn value(&self) -> Value {
        let found = self
            .order
            .iter()
            .map(|name| (name.clone(), self.found[name].clone()));
        let (nanoseconds, milliseconds): (serde_json::Map<_, _>, _) =
            found.partition(|(name, _): &(String, Value)| name.starts_with("ns_"));
        let milliseconds: serde_json::Map<_, _> = milliseconds;
        let Arguments { bones, keys, .. } = self.arguments;
        json!({
            "peer": concat!("Keypose ", env!("CARGO_PKG_VERSION")),
            "bones": bones,
            "keys_per_curve": keys,
            "curves": bones * 10,
            "median_ms": milliseconds,
            "nanoseconds": nanoseconds,
        })
    }
}

/// The middle one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
