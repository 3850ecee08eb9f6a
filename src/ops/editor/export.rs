//! Exporting: the model with its clips, for other programs.

use crate::io::gltf_export;
use crate::io::open;
use crate::ops::context::Context;
use crate::ops::editor::file::{given, name_of};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Start};
use crate::props;

props! {
    /// Write the active rig's model with all clips to a glTF file; what was not edited stays byte by byte.
    pub struct ExportGltf {
        /// The file to write, a .glb or a .gltf.
        filepath: String = String::new(), HINT.label("File Path").transient();
    }
}

impl Operator for ExportGltf {
    const INFO: Info = Info::new("export_scene.gltf", "Export glTF 2.0")
        .external()
        .no_undo();

    fn poll(cx: &Context) -> Poll {
        if cx.doc.rigs.is_empty() {
            return Err("There is no rig to export".to_owned());
        }
        Ok(())
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.filepath.is_empty() {
            Start::SaveFile(open::MODELS)
        } else {
            Start::Exec
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = given(&self.filepath)?;
        let exported = gltf_export::export(cx.doc, &path)?;
        exported.save()?;
        let report = &exported.report;
        cx.info(format!(
            "Exported {}: {}",
            name_of(&exported.path),
            report.summary()
        ));
        for note in &report.notes {
            cx.info(note.clone());
        }
        for warning in &report.warnings {
            cx.warn(warning.clone());
        }
        Ok(())
    }
}
