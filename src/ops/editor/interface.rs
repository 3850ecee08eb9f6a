//! What the window shows when asked: search, the form of the last operator, the first steps.
//!
//! Without a window these calls ask for something that nobody does; they change nothing.

use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator, Poll};
use crate::ops::runner::Wish;
use crate::props;

props! {
    /// Find any command by a few of its letters and run it.
    pub struct SearchMenu {}
}

impl Operator for SearchMenu {
    const INFO: Info = Info::new("wm.search_menu", "Search Menu").interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::Search));
        Ok(())
    }
}

props! {
    /// Change the parameters of the last operator; it runs again with each change.
    pub struct RedoLast {}
}

impl Operator for RedoLast {
    const INFO: Info = Info::new("screen.redo_last", "Adjust Last Operation").interface();

    fn poll(cx: &Context) -> Poll {
        if cx.adjustable {
            return Ok(());
        }
        Err("There is nothing to adjust; run an operator first".to_owned())
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::Adjust));
        Ok(())
    }
}

props! {
    /// Show the first steps over the 3D view, to try one after the other.
    pub struct FirstSteps {}
}

impl Operator for FirstSteps {
    const INFO: Info = Info::new("wm.first_steps", "First Steps").interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::FirstSteps));
        Ok(())
    }
}
