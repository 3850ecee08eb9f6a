//! What is asked of the window: preferences, the files used lately, the size of the interface.

use crate::choice;
use crate::ops::context::{Context, Request};
use crate::ops::operator::{Exec, Info, Operator};
use crate::ops::runner::Wish;
use crate::props;

props! {
    /// Show the preferences: colours, keys, undo and autosave.
    pub struct UserprefShow {}
}

impl Operator for UserprefShow {
    const INFO: Info = Info::new("screen.userpref_show", "Preferences")
        .view_only()
        .interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::Preferences));
        Ok(())
    }
}

props! {
    /// Offer the files that were opened or saved lately, at the mouse.
    pub struct OpenRecent {}
}

impl Operator for OpenRecent {
    const INFO: Info = Info::new("wm.open_recent", "Open Recent")
        .view_only()
        .interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::Recent));
        Ok(())
    }
}

props! {
    /// Forget which files were opened or saved lately; the files stay.
    pub struct ClearRecentFiles {}
}

impl Operator for ClearRecentFiles {
    const INFO: Info = Info::new("wm.clear_recent_files", "Clear Recent")
        .view_only()
        .interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::ForgetRecent));
        Ok(())
    }
}

choice! {
    /// Which way the size of the interface goes.
    pub enum ZoomStep: In {
        /// A step larger
        In = "IN", "Zoom In";
        /// A step smaller
        Out = "OUT", "Zoom Out";
        /// As large as the monitor asks for
        Reset = "RESET", "Reset Zoom";
    }
}

props! {
    /// Make everything in the window larger or smaller.
    pub struct InterfaceZoom {
        /// Which way.
        r#type: ZoomStep = ZoomStep::In;
    }
}

impl Operator for InterfaceZoom {
    const INFO: Info = Info::new("wm.interface_zoom", "Interface Zoom")
        .view_only()
        .interface();

    fn exec(&self, cx: &mut Context) -> Exec {
        let steps = match self.r#type {
            ZoomStep::In => 1,
            ZoomStep::Out => -1,
            ZoomStep::Reset => 0,
        };
        cx.request(Request::Wish(Wish::Zoom(steps)));
        Ok(())
    }
}
