//! `clipboard.set`: a text on the clipboard.

use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator};
use crate::props;

props! {
    /// Put a text on the clipboard; without a window on one of the program's own.
    pub struct Set {
        /// The text.
        text: String = String::new();
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("clipboard.set", "Set Clipboard")
        .script_only()
        .no_undo();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.put_clipboard_text(self.text.as_str());
        Ok(())
    }
}
