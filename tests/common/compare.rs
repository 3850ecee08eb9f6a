//! Where two completed scenes differ.

use serde_json::{Map, Value};

/// Differences found so far, as lines `place: expected x, got y`.
pub struct Differences {
    /// The lines.
    pub lines: Vec<String>,
    tolerance: f64,
}

/// The fields of each section.
pub const SECTIONS: [(&str, &[&str]); 6] = [
    (
        "frame",
        &[
            "frame",
            "frame_start",
            "frame_end",
            "fps",
            "preview_range",
            "markers",
        ],
    ),
    ("armature", &["armature"]),
    ("pose", &["pose"]),
    ("actions", &["actions"]),
    ("assets", &["assets"]),
    ("nla", &["nla", "active_action", "use_tweak_mode"]),
];

/// The fields of the sections that a case compares.
pub fn compared(case: &Value) -> Vec<&'static str> {
    let listed = case["compare"].as_array().into_iter().flatten();
    let names: Vec<&str> = listed.filter_map(Value::as_str).collect();
    let sections = SECTIONS.iter().filter(|(name, _)| names.contains(name));
    sections
        .flat_map(|(_, fields)| fields.iter().copied())
        .collect()
}

impl Differences {
    /// None yet.
    pub fn new(tolerance: f64) -> Self {
        Self {
            lines: Vec::new(),
            tolerance,
        }
    }

    fn note(&mut self, place: &str, expected: &str, actual: &str) {
        self.lines
            .push(format!("{place}: expected {expected}, got {actual}"));
    }

    /// Compares two values.
    pub fn values(&mut self, place: &str, expected: &Value, actual: &Value) {
        match (expected, actual) {
            (Value::Number(a), Value::Number(b)) => {
                let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
                if (a - b).abs() > self.tolerance * a.abs().max(b.abs()).max(1.0) {
                    self.note(place, &a.to_string(), &b.to_string());
                }
            }
            (Value::Array(a), Value::Array(b)) => {
                if a.len() != b.len() {
                    self.note(place, &format!("{} items", a.len()), &b.len().to_string());
                }
                for (index, (a, b)) in a.iter().zip(b).enumerate() {
                    self.values(&format!("{place}[{index}]"), a, b);
                }
            }
            (Value::Object(a), Value::Object(b)) => self.objects(place, a, b),
            _ if expected == actual => {}
            _ => self.note(place, &short(expected), &short(actual)),
        }
    }

    fn objects(&mut self, place: &str, expected: &Map<String, Value>, actual: &Map<String, Value>) {
        let inner = |name: &str| match place {
            "" => name.to_owned(),
            _ => format!("{place}.{name}"),
        };
        for (name, value) in expected {
            match actual.get(name) {
                Some(found) => self.values(&inner(name), value, found),
                None => self.note(&inner(name), &short(value), "nothing"),
            }
        }
        // Elsewhere a program may know more fields than the format.
        let exact = [
            "pose", "actions", "assets", "bones", "fcurves", "custom", "groups",
        ];
        if exact.contains(&place.rsplit('.').next().unwrap_or_default()) {
            let extra = actual.keys().filter(|name| !expected.contains_key(*name));
            let extra: Vec<String> = extra.map(|name| inner(name)).collect();
            extra
                .iter()
                .for_each(|place| self.note(place, "nothing", "something"));
        }
    }

    /// Compares the listed fields of two scenes, and whatever else `expect` mentions.
    pub fn scenes(&mut self, expected: &Value, actual: &Value, listed: &[&str], expect: &Value) {
        for name in listed {
            self.values(name, &expected[*name], &actual[*name]);
        }
        const ELSEWHERE: [&str; 6] = [
            "clipboard_json",
            "view_range",
            "samples",
            "frames",
            "rest",
            "bbones",
        ];
        for (name, mentioned) in expect.as_object().into_iter().flatten() {
            let name = name.as_str();
            if listed.contains(&name) || ELSEWHERE.contains(&name) {
                continue;
            }
            self.mentioned(name, mentioned, &expected[name], &actual[name]);
        }
    }

    /// Compares what `mentioned` names, two levels deep.
    fn mentioned(&mut self, place: &str, mentioned: &Value, expected: &Value, actual: &Value) {
        let Value::Object(fields) = mentioned else {
            return self.values(place, expected, actual);
        };
        for (name, mentioned) in fields {
            let inner = format!("{place}.{name}");
            let (expected, actual) = (&expected[name], &actual[name]);
            match (place, mentioned) {
                ("pose", Value::Object(_)) => self.mentioned(&inner, mentioned, expected, actual),
                _ => self.values(&inner, expected, actual),
            }
        }
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
