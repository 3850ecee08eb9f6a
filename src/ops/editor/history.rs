//! Undo, redo and repeat: asked of the runner, which holds the history.

use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::props;

macro_rules! request_operator {
    ($name:ident, $id:literal, $label:literal, $request:expr) => {
        impl Operator for $name {
            const INFO: Info = Info::new($id, $label).no_undo();

            fn exec(&self, cx: &mut Context) -> Exec {
                cx.request($request);
                Ok(())
            }
        }
    };
}

props! {
    /// Take back the last step.
    pub struct Undo {}
}
request_operator!(Undo, "ed.undo", "Undo", Request::Undo);

props! {
    /// Do again what was taken back.
    pub struct Redo {}
}
request_operator!(Redo, "ed.redo", "Redo", Request::Redo);

props! {
    /// Run the last operator again, with the same parameters, on what is there now.
    pub struct RepeatLast {}
}

impl Operator for RepeatLast {
    const INFO: Info = Info::new("screen.repeat_last", "Repeat Last").no_undo();

    fn poll(cx: &Context) -> Poll {
        if cx.repeatable {
            return Ok(());
        }
        Err("There is nothing to repeat yet; run an operator first".to_owned())
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Repeat);
        Ok(())
    }
}
