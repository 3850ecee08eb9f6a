//! Opening, importing and saving files, and leaving.

use std::path::{Path, PathBuf};

use crate::io::document;
use crate::io::gltf_import::Options;
use crate::io::open::{self, Kind, Opened};
use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::context::{Context, FileState, Request};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::runner::Wish;
use crate::ops::shared::frames;
use crate::ops::view2d;
use crate::ops::view3d::frame::ViewAll;
use crate::props;

props! {
    /// Begin anew with an empty scene.
    pub struct ReadHomefile {
        /// The bundled character instead of an empty scene.
        mannequin: bool = false, HINT.hidden().transient();
    }
}

impl Operator for ReadHomefile {
    const INFO: Info = Info::new("wm.read_homefile", "New").external().discards();

    fn exec(&self, cx: &mut Context) -> Exec {
        if self.mannequin {
            let opened = open::mannequin()?;
            take(cx, opened, None)?;
        } else {
            *cx.doc = Document::default();
            *cx.view = View::default();
        }
        *cx.file = FileState::default();
        cx.request(Request::New);
        Ok(())
    }
}

props! {
    /// Open a document, a glTF model or a scene in place of the present one.
    pub struct OpenMainfile {
        /// The file to open.
        filepath: String = String::new(), HINT.label("File Path").transient();
    }
}

impl Operator for OpenMainfile {
    const INFO: Info = Info::new("wm.open_mainfile", "Open").external().discards();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.filepath.is_empty() {
            Start::OpenFile(open::OPENABLE)
        } else {
            Start::Exec
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = given(&self.filepath)?;
        let opened = open::open(&path)?;
        take(cx, opened, Some(path))
    }
}

props! {
    /// Open the document's file again, without the changes made since it was saved.
    pub struct RevertMainfile {}
}

impl Operator for RevertMainfile {
    const INFO: Info = Info::new("wm.revert_mainfile", "Revert")
        .external()
        .discards();

    fn poll(cx: &Context) -> Poll {
        match cx.file.path {
            Some(_) => Ok(()),
            None => {
                Err("The document has never been saved; there is nothing to go back to".to_owned())
            }
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = cx.file.path.clone().ok_or(Refusal::Nothing)?;
        let opened = open::open(&path)?;
        take(cx, opened, Some(path))
    }
}

props! {
    /// Save the document to its file.
    pub struct SaveMainfile {
        /// The file to save to; left out, the one that was opened or saved last.
        filepath: String = String::new(), HINT.label("File Path").transient();
    }
}

impl Operator for SaveMainfile {
    const INFO: Info = Info::new("wm.save_mainfile", "Save").external().no_undo();

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let known = !self.filepath.is_empty() || cx.file.path.is_some();
        if known {
            Start::Exec
        } else {
            Start::SaveFile(open::DOCUMENTS)
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = match &cx.file.path {
            Some(path) if self.filepath.is_empty() => path.clone(),
            _ => document_path(&self.filepath)?,
        };
        save(cx, path)
    }
}

props! {
    /// Save the document under another name, and go on with that one.
    pub struct SaveAsMainfile {
        /// The file to save to.
        filepath: String = String::new(), HINT.label("File Path").transient();
        /// Save a copy and go on with the present file.
        copy: bool = false, HINT.transient();
    }
}

impl Operator for SaveAsMainfile {
    const INFO: Info = Info::new("wm.save_as_mainfile", "Save As")
        .external()
        .no_undo();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.filepath.is_empty() {
            Start::SaveFile(open::DOCUMENTS)
        } else {
            Start::Exec
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = document_path(&self.filepath)?;
        if self.copy {
            document::save(&path, cx.doc, cx.view)?;
            cx.info(format!("Saved a copy as {}", name_of(&path)));
            return Ok(());
        }
        save(cx, path)
    }
}

props! {
    /// Add the rigs of a glTF model to the scene.
    pub struct ImportGltf {
        /// The file to import.
        filepath: String = String::new(), HINT.label("File Path").transient();
    }
}

impl Operator for ImportGltf {
    const INFO: Info = Info::new("import_scene.gltf", "Import glTF 2.0").external();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        if self.filepath.is_empty() {
            Start::OpenFile(open::MODELS)
        } else {
            Start::Exec
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let path = given(&self.filepath)?;
        let first = cx.doc.rigs.is_empty();
        let fps = cx.doc.scene.fps;
        let options = Options {
            fps: (!first || !cx.doc.actions.is_empty()).then_some(fps),
        };
        let mut imported = open::import_model(&path, options)?;
        let warnings = std::mem::take(&mut imported.warnings);
        let before = cx.doc.rigs.len();
        *cx.doc = open::with_model(cx.doc.clone(), imported);
        let added = cx.doc.rigs.iter().skip(before);
        let names: Vec<String> = added.map(|rig| rig.name.clone()).collect();
        if first {
            frame(cx);
        }
        cx.info(format!(
            "Imported {} from {}",
            names.join(", "),
            name_of(&path)
        ));
        for warning in warnings {
            cx.warn(warning);
        }
        Ok(())
    }
}

props! {
    /// Leave the program.
    pub struct QuitProgram {}
}

impl Operator for QuitProgram {
    const INFO: Info = Info::new("wm.quit_blender", "Quit").discards();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.request(Request::Wish(Wish::Quit));
        Ok(())
    }
}

/// The file that a parameter names.
pub(super) fn given(filepath: &str) -> Result<PathBuf, Refusal> {
    if filepath.is_empty() {
        return Err(Refusal::error(
            "No file was named; give its path as `filepath`",
        ));
    }
    Ok(std::path::absolute(filepath).unwrap_or_else(|_| PathBuf::from(filepath)))
}

/// The document file that a parameter names, with its ending.
fn document_path(filepath: &str) -> Result<PathBuf, Refusal> {
    let mut path = given(filepath)?;
    if path
        .extension()
        .is_none_or(|ending| !ending.eq_ignore_ascii_case("keypose"))
    {
        path.as_mut_os_string().push(".keypose");
    }
    Ok(path)
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

/// Makes an opened file the document.
fn take(cx: &mut Context, opened: Opened, path: Option<PathBuf>) -> Exec {
    *cx.doc = opened.document;
    match opened.view {
        Some(view) => *cx.view = view,
        None => {
            *cx.view = View::default();
            frame(cx);
        }
    }
    if let Some(path) = &path {
        cx.info(format!("Opened {}", name_of(path)));
    }
    for warning in opened.warnings {
        cx.warn(warning);
    }
    *cx.file = match opened.kind {
        Kind::Document => FileState {
            path,
            suggested: None,
        },
        Kind::Model | Kind::Scene => FileState {
            suggested: path.map(|p| p.with_extension("keypose")),
            path: None,
        },
    };
    cx.request(Request::Opened);
    Ok(())
}

/// Shows everything, and all frames; a scene without anything to show stays as it is.
fn frame(cx: &mut Context) {
    let scene = &cx.doc.scene;
    let range = [scene.frame_start, scene.frame_end].map(frames::exact);
    view2d::show(&mut cx.view.timeline, range.into());
    let _nothing_to_frame = ViewAll::default().exec(cx);
}

fn save(cx: &mut Context, path: PathBuf) -> Exec {
    document::save(&path, cx.doc, cx.view)?;
    cx.info(format!("Saved {}", name_of(&path)));
    *cx.file = FileState {
        path: Some(path),
        suggested: None,
    };
    cx.request(Request::Saved);
    Ok(())
}
