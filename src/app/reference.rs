//! The reference of operators with the keys that run them.

use serde_json::json;

use crate::script::reference;
use crate::ui::keymap::Keymap;

/// The reference as text: JSON, or a line per operator.
///
/// # Errors
/// If the built-in keymap is broken.
pub fn text(as_json: bool) -> anyhow::Result<String> {
    let mut operators = reference::operators();
    let (keymap, _) = Keymap::bundled();
    for (id, operator) in &mut operators {
        if let Some(operator) = operator.as_object_mut() {
            operator.insert("keys".to_owned(), json!(keymap.keys_of(id)));
        }
    }
    if as_json {
        return Ok(serde_json::to_string_pretty(&operators)?);
    }
    let line = |(id, operator): (&String, &serde_json::Value)| {
        format!(
            "{id}: {}",
            operator
                .get("description")
                .and_then(|d| d.as_str())
                .unwrap_or_default()
        )
    };
    Ok(operators.iter().map(line).collect::<Vec<_>>().join("\n"))
}
