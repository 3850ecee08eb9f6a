//! Runs a case and says what differs from what it expects.

use std::panic::{AssertUnwindSafe, catch_unwind};

use keypose::model::document::Document;
use keypose::ops::runner::Session;
use serde_json::{Value, json};

use super::cases::Cases;
use super::compare::{Differences, compared};
use super::{complete, hooks, merge};

/// What is wrong with a case; empty: it passes. A panic counts as a failure.
pub fn case(cases: &Cases, case: &Value) -> Vec<String> {
    let run = || check(cases.setup(case), case).unwrap_or_else(|reason| vec![reason]);
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|t| (*t).to_owned()));
        vec![format!("panic: {}", text.unwrap_or_default())]
    })
}

fn check(setup: &Value, case: &Value) -> Result<Vec<String>, String> {
    let expect = &case["expect"];
    let expected = merge::expected(setup, expect);
    let has_ik = expected["pose"].to_string().contains(r#""type":"IK""#);
    let mut found = Differences::new(if has_ik { 5e-3 } else { 1e-4 });
    let mut session = hooks::session(hooks::load(setup)?);
    if !case["view"].is_null() {
        hooks::set_view(&mut session, &case["view"])?;
    }
    let before = run_steps(&mut session, case)?;
    let actual = completed(&session.document, expect);
    let listed = compared(case);
    if case["no_change"] == true {
        for name in &listed {
            let mut still = Differences::new(0.0);
            still.values(name, &before[*name], &actual[*name]);
            let lines = still
                .lines
                .iter()
                .map(|line| format!("no change was expected: {line}"));
            found.lines.extend(lines);
        }
    }
    found.scenes(&expected, &actual, &listed, expect);
    others(&mut found, &mut session, expect)?;
    Ok(found.lines)
}

/// Runs the steps; gives the scene before the last one.
fn run_steps(session: &mut Session, case: &Value) -> Result<Value, String> {
    let mut before = Value::Null;
    let steps = case["steps"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, step) in steps.iter().enumerate() {
        let last = index + 1 == steps.len();
        if last && case["no_change"] == true {
            before = completed(&session.document, &Value::Null);
        }
        let op = step["op"].as_str().unwrap_or_default();
        let status = hooks::step(session, op, &step["args"]).map_err(|e| format!("{op}: {e}"))?;
        let wanted = case["status"].as_str().unwrap_or(status);
        let vague = case["report"].is_string()
            && ["FINISHED", "CANCELLED"].contains(&status)
            && ["FINISHED", "CANCELLED"].contains(&wanted);
        if last && status != wanted && !vague {
            return Err(format!("status: expected {wanted}, got {status}"));
        }
    }
    Ok(before)
}

fn completed(document: &Document, expect: &Value) -> Value {
    let mut scene = hooks::dump(document);
    complete::scene(&mut scene);
    let basis_wanted = expect["pose"].as_object().into_iter().flatten();
    if basis_wanted
        .into_iter()
        .any(|(_, pose)| !pose["matrix_basis"].is_null())
    {
        for (bone, matrix) in hooks::basis_matrices(document) {
            scene["pose"][bone]["matrix_basis"] = matrix;
        }
    }
    scene
}

/// Compares what is no part of a scene.
fn others(found: &mut Differences, session: &mut Session, expect: &Value) -> Result<(), String> {
    if let Some(range) = expect["view_range"].as_array() {
        let actual = hooks::view_range(session).ok_or("view_range: not connected yet")?;
        let ends = [range[0].as_f64().unwrap(), range[1].as_f64().unwrap()];
        let allowed = (ends[1] - ends[0]).abs() * 0.05;
        if ends
            .iter()
            .zip(actual)
            .any(|(a, b)| (a - b).abs() > allowed)
        {
            found
                .lines
                .push(format!("view_range: expected {ends:?}, got {actual:?}"));
        }
    }
    if !expect["clipboard_json"].is_null() {
        let text = hooks::clipboard(session).ok_or("clipboard_json: nothing was copied")?;
        let actual = serde_json::from_str(&text).map_err(|e| format!("clipboard_json: {e}"))?;
        found.values("clipboard_json", &expect["clipboard_json"], &actual);
    }
    if !expect["rest"].is_null() {
        found.values("rest", &expect["rest"], &hooks::rest(&session.document));
    }
    if !expect["bbones"].is_null() {
        let actual = hooks::bendy_bones(&session.document).ok_or("bbones: not connected yet")?;
        found.values("bbones", &expect["bbones"], &actual);
    }
    for curve in expect["samples"].as_array().into_iter().flatten() {
        samples(found, &session.document, curve);
    }
    for entry in expect["frames"].as_array().into_iter().flatten() {
        let frame = &entry["frame"];
        hooks::step(session, "scene.frame_set", &json!({"frame": frame}))
            .map_err(|e| format!("scene.frame_set: {e}"))?;
        let actual = completed(&session.document, &Value::Null);
        found.values(&format!("frame {frame}"), &entry["pose"], &actual["pose"]);
    }
    Ok(())
}

fn samples(found: &mut Differences, document: &Document, curve: &Value) {
    let bone = curve["bone"].as_str().unwrap_or_default();
    let property = curve["property"].as_str().unwrap_or_default();
    let index = curve["index"].as_u64().unwrap_or_default();
    for pair in curve["samples"].as_array().into_iter().flatten() {
        let frame = pair[0].as_f64().unwrap();
        let place = format!("{bone} {property} {index} at {frame}");
        let actual = hooks::sample(document, bone, property, index, frame);
        found.values(&place, &pair[1], &json!(actual));
    }
}
