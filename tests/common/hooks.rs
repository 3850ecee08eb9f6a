//! Where the cases touch the program: loading, running a step, evaluating. All that the runner knows of it.

use keypose::eval::{animation, hierarchy};
use keypose::io::scene;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::ops::runner::{Session, Status};
use serde_json::{Map, Value, json};

/// Loads a setup as FORMAT.md says.
pub fn load(setup: &Value) -> Result<Document, String> {
    scene::document_from_value(setup.clone())
}

/// The scene with evaluated matrices.
pub fn dump(document: &Document) -> Value {
    let matrices = document
        .rig()
        .map(|rig| hierarchy::evaluate_once(rig).armature_from_bone);
    scene::scene_value(document, matrices.as_deref())
}

/// Starts a session.
pub fn session(document: Document) -> Session {
    Session::with_document(document)
}

/// Tells the session how pixels of the dope sheet map to frames and rows.
pub fn set_view(_session: &mut Session, _view: &Value) -> Result<(), String> {
    Err("the mapping of pixels is not connected yet".to_owned())
}

/// Runs a step; gives the word for its status.
pub fn step(session: &mut Session, op: &str, args: &Value) -> Result<&'static str, String> {
    Ok(match session.run_json(op, args)?.status {
        Status::Finished => "FINISHED",
        Status::Cancelled => "CANCELLED",
        Status::PollFailed => "POLL_FAILED",
        Status::Running => "RUNNING",
    })
}

/// First and last visible frame of the dope sheet.
pub fn view_range(session: &Session) -> Option<[f64; 2]> {
    let view = &session.view.timeline;
    Some([view.first.into(), view.last.into()])
}

/// The text that was last put on the clipboard.
pub fn clipboard(session: &Session) -> Option<String> {
    let text = session.scratch.clipboard.own_text()?;
    Some(text.to_string())
}

/// The matrices of location, rotation and scale alone, by bone.
pub fn basis_matrices(document: &Document) -> Map<String, Value> {
    let rig = document.rig().unwrap();
    let bones = rig.armature.bones.iter().enumerate();
    let matrix = |index: usize| {
        let id = BoneId::new(index);
        let connected = rig.armature.bone(id).unwrap().connected;
        keypose::io::form::rows(hierarchy::channel_matrix(
            rig.channel(id).unwrap(),
            connected,
        ))
    };
    bones
        .map(|(index, bone)| (bone.name.to_string(), json!(matrix(index))))
        .collect()
}

/// Rest matrix and length, by bone.
pub fn rest(document: &Document) -> Value {
    let bones = document.rig().unwrap().armature.bones.iter();
    let entry = |bone: &keypose::model::bone::Bone| {
        let matrix = keypose::io::form::rows(bone.armature_from_bone());
        json!({"matrix_local": matrix, "length": bone.length()})
    };
    Value::Object(
        bones
            .map(|bone| (bone.name.to_string(), entry(bone)))
            .collect(),
    )
}

/// A curve of the active action at a frame; no bone: a channel of the rig.
pub fn sample(
    document: &Document,
    bone: &str,
    property: &str,
    index: u64,
    frame: f64,
) -> Option<f64> {
    let name = document.rig()?.animation.active_action.as_ref()?;
    let action = document.actions.get(name)?;
    let bone = (!bone.is_empty()).then_some(bone);
    let place = action.find(bone, property, u32::try_from(index).ok()?)?;
    let curve = action.fcurves.get(place)?;
    Some(animation::curve_value(action, curve, frame as f32).into())
}

/// The matrices of the joints of bendy bones, by bone: `{matrix, segments, rest_segments}`.
pub fn bendy_bones(_document: &Document) -> Option<Value> {
    None
}
