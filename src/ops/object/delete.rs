//! Deleting empties, and what the delete key means in the 3D view.

use crate::ops::anim::delete::KeyframeDelete;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::object::need_empty;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Start};
use crate::ops::registry;
use crate::props;

props! {
    /// Delete the selected empties; constraints that look at them look at nothing.
    pub struct Delete {}
}

impl Operator for Delete {
    const INFO: Info = Info::new("object.delete", "Delete Empty");

    fn poll(cx: &Context) -> Poll {
        need_empty(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let places: Vec<usize> = cx.doc.selected_empties().collect();
        cx.doc.remove_empties(&places);
        Ok(())
    }
}

props! {
    /// Delete the selected empties, or where bones are selected, their keys at the current frame.
    pub struct DeleteSelected {
        /// Offer what can be deleted in a menu.
        confirm: bool = true, HINT.label("Confirm").transient();
    }
}

impl Operator for DeleteSelected {
    const INFO: Info = Info::new("view3d.delete", "Delete");

    fn poll(cx: &Context) -> Poll {
        need_empty(cx).or_else(|_| KeyframeDelete::poll(cx))
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        if !self.confirm {
            return Start::Exec;
        }
        let offer = |label: &str, call: String| Offer {
            label: label.to_owned(),
            call,
            on: None,
        };
        let mut offers = Vec::new();
        if KeyframeDelete::poll(cx).is_ok() {
            let call = registry::boxed(KeyframeDelete::default()).call_text();
            offers.push(offer("Delete Keyframe", call));
        }
        if need_empty(cx).is_ok() {
            let call = registry::boxed(Delete::default()).call_text();
            offers.push(offer("Delete Empty", call));
        }
        Start::Offer(offers)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        match cx.selected_bones().is_empty() {
            true => Delete::default().exec(cx),
            false => KeyframeDelete::default().exec(cx),
        }
    }
}
