//! A session as a checkpoint, and back: everything that later calls may depend on, save the history.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::io::recovery::checkpoint::{Checkpoint, LastMeta, Meta};
use crate::ops::call::CallError;
use crate::ops::context::{CopiedPose, FileState, LastPick, PanelKind, Picked, Place};
use crate::ops::runner::{LastCall, Session};

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

/// The session's state; it copies pointers only.
pub(super) fn of(
    session: &Session,
    generation: u64,
    began: u64,
    follows: Option<String>,
) -> Checkpoint {
    let (document, view) = session.settled();
    let last = session.last_call();
    let copied = session.scratch.pose.as_ref();
    let pick = session.scratch.last_pick.as_ref();
    Checkpoint {
        generation,
        meta: Meta {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            began,
            path: session.file.path.clone(),
            suggested: session.file.suggested.clone(),
            unsaved: session.unsaved(),
            last: last.as_ref().map(|last| LastMeta {
                call: last.text.clone(),
                size: last.place.size.to_array(),
                other: last.place.panel != PanelKind::View3d,
                recorded: last.recorded,
            }),
            copied: copied.map(|copied| copied.bones.iter().map(|bone| bone.0).collect()),
            text: session
                .scratch
                .clipboard
                .own_text()
                .map(ToString::to_string),
            last_pick: pick.and_then(|pick| match pick.picked {
                Picked::Bone(rig, bone) => Some((pick.pointer.to_array(), rig.index(), bone.0)),
                // The next click there begins anew.
                Picked::Empty(_) => None,
            }),
            follows,
        },
        document: document.clone(),
        view: view.clone(),
        before: last.and_then(|last| last.before),
        copied: copied.map(|copied| Arc::clone(&copied.rig)),
    }
}

/// The session that goes on from a checkpoint.
///
/// # Errors
/// Where the call that ran last goes wrong.
pub(super) fn resume(checkpoint: Checkpoint) -> Result<Session, CallError> {
    let bones = checkpoint.copied_bones();
    let pick = checkpoint.last_pick();
    let before = checkpoint.before;
    let last = checkpoint.meta.last.map(|last| LastCall {
        text: last.call,
        place: place(last.size, last.other),
        recorded: last.recorded,
        before,
    });
    let mut session = Session::resume(checkpoint.document, checkpoint.view, last)?;
    let rig = checkpoint.copied;
    session.scratch.pose = rig.map(|rig| Arc::new(CopiedPose { rig, bones }));
    if let Some(text) = &checkpoint.meta.text {
        session.scratch.clipboard.restore(text);
    }
    session.scratch.last_pick = pick.map(|(pointer, (rig, bone))| LastPick {
        pointer,
        picked: Picked::Bone(rig, bone),
    });
    session.file = FileState {
        path: checkpoint.meta.path,
        suggested: checkpoint.meta.suggested,
    };
    Ok(session)
}

/// The place that a call came from.
pub(super) fn place(size: [f32; 2], other: bool) -> Place {
    Place {
        panel: if other {
            PanelKind::Other
        } else {
            PanelKind::View3d
        },
        size: size.into(),
        time: None,
        bone: None,
    }
}
