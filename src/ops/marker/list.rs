//! Making, deleting and naming markers.

use std::sync::Arc;

use crate::model::markers::Marker;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::shared::frames;
use crate::props;

/// Fails unless a marker is selected.
///
/// # Errors
/// What to do.
pub fn need_selected(cx: &Context) -> Poll {
    match cx.doc.scene.markers.iter().any(|marker| marker.select) {
        true => Ok(()),
        false => Err("No marker is selected; select one first".to_owned()),
    }
}

/// Fails unless there is a marker.
///
/// # Errors
/// What to do.
pub fn need_any(cx: &Context) -> Poll {
    match cx.doc.scene.markers.is_empty() {
        true => Err("There is no marker; add one first".to_owned()),
        false => Ok(()),
    }
}

props! {
    /// Put a marker at the present frame and select only it.
    pub struct Add {}
}

impl Operator for Add {
    const INFO: Info = Info::new("marker.add", "Add Time Marker");

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = frames::whole(cx.doc.scene.frame);
        if cx.doc.scene.markers.iter().any(|m| m.frame == frame) {
            return Err(Refusal::Nothing);
        }
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        for marker in markers.iter_mut() {
            marker.select = false;
        }
        markers.push(Marker {
            name: format!("F_{frame:02}"),
            frame,
            select: true,
        });
        Ok(())
    }
}

props! {
    /// Delete the selected markers.
    pub struct Delete {}
}

impl Operator for Delete {
    const INFO: Info = Info::new("marker.delete", "Delete Markers");

    fn poll(cx: &Context) -> Poll {
        need_selected(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        markers.retain(|marker| !marker.select);
        Ok(())
    }
}

props! {
    /// Give the first selected marker another name.
    pub struct Rename {
        /// The name.
        name: String = "RenamedMarker".to_owned();
    }
}

impl Operator for Rename {
    const INFO: Info = Info::new("marker.rename", "Rename Marker");

    fn poll(cx: &Context) -> Poll {
        need_selected(cx)
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let mut markers = cx.doc.scene.markers.iter();
        if let Some(marker) = markers.find(|marker| marker.select) {
            self.name.clone_from(&marker.name);
        }
        Start::Form
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let markers = &mut Arc::make_mut(&mut cx.doc.scene).markers;
        let first = markers.iter_mut().find(|marker| marker.select);
        first.ok_or(Refusal::Nothing)?.name.clone_from(&self.name);
        Ok(())
    }
}
