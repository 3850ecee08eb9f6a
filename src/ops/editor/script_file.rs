//! Writing the calls of the log to a script file.

use crate::io::atomic;
use crate::ops::context::Context;
use crate::ops::editor::file::{given, name_of};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Refusal, Start};
use crate::ops::props::Data;
use crate::props;

/// What script files end in.
pub const SCRIPTS: &[&str] = &["kps"];

props! {
    /// Write the calls made so far to a script file, to run them again on another document.
    pub struct SaveScript {
        /// The file to write.
        filepath: String = String::new(), HINT.label("File Path").transient();
        /// Numbers of the log's lines to write; left out, all of them.
        lines: Data<Vec<u64>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for SaveScript {
    const INFO: Info = Info::new("wm.save_script", "Save Log as Script")
        .interface()
        .external();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.filepath.is_empty() {
            Start::SaveFile(SCRIPTS)
        } else {
            Start::Exec
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let mut path = given(&self.filepath)?;
        if path
            .extension()
            .is_none_or(|ending| !ending.eq_ignore_ascii_case("kps"))
        {
            path.as_mut_os_string().push(".kps");
        }
        let wanted = |number: u64| self.lines.0.is_empty() || self.lines.0.contains(&number);
        let text = cx.log.script(wanted);
        if text.lines().all(|line| line.starts_with('#')) {
            return Err(Refusal::error("There is no call to write yet"));
        }
        atomic::replace(&path, text.as_bytes())?;
        cx.info(format!("Saved {}", name_of(&path)));
        Ok(())
    }
}
