//! What an operator sees: document, view, scratch, the file, and the place it was called from.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;

use glam::Vec2;

use crate::model::document::Document;
use crate::model::id::{BoneId, RigId};
use crate::model::rig::Rig;
use crate::model::view::View;
use crate::ops::clipboard::TextClipboard;
use crate::ops::operator::{Poll, Refusal};
use crate::ops::runner::log::Log;
use crate::ops::runner::{Playing, Wish};

/// What outlives undo and opening files: clipboards and the last pick.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The pose that was copied last.
    pub pose: Option<Arc<CopiedPose>>,
    /// The text of the system clipboard.
    pub clipboard: TextClipboard,
    /// Where something was picked last, so that the same click goes to the next one behind.
    pub last_pick: Option<LastPick>,
}

/// The pose clipboard: a rig as it was, and which bones were copied.
#[derive(Clone, Debug)]
pub struct CopiedPose {
    /// The rig at the moment of copying.
    pub rig: Arc<Rig>,
    /// Bones that were selected in a visible collection.
    pub bones: Vec<BoneId>,
}

/// Where something was picked last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPick {
    /// The pointer, points in the panel.
    pub pointer: Vec2,
    /// What was picked.
    pub picked: Picked,
}

/// Something of the scene that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    /// A bone.
    Bone(RigId, BoneId),
    /// The empty at this place of the document's list.
    Empty(usize),
}

/// The file that the document belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// The `.keypose` file, once it has been saved or opened.
    pub path: Option<PathBuf>,
    /// A name to suggest, where the document came from a model or scene file.
    pub suggested: Option<PathBuf>,
}

/// The kind of panel a call comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PanelKind {
    /// The 3D view.
    #[default]
    View3d,
    /// The timeline.
    Timeline,
    /// Any other.
    Other,
}

/// How points across the key area of a time editor map to frames.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeMap {
    /// The frame at its left edge.
    pub first: f32,
    /// Frames per point.
    pub per_point: f32,
}

impl TimeMap {
    /// The frame below a point, `x` points from the left edge.
    pub fn frame(&self, x: f32) -> f32 {
        self.first + x * self.per_point
    }

    /// How far from the left edge a frame is, points.
    pub fn x(&self, frame: f32) -> f32 {
        (frame - self.first) / self.per_point
    }
}

/// The place a call comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// What kind of panel.
    pub panel: PanelKind,
    /// Its size in points; of a time editor, that of its key area.
    pub size: Vec2,
    /// In a time editor, how points map to frames.
    pub time: Option<TimeMap>,
    /// Where bones are listed, the one in the row below the pointer.
    pub bone: Option<(RigId, BoneId)>,
}

impl Default for Place {
    /// What scripts and the command line get.
    fn default() -> Self {
        Self {
            panel: PanelKind::View3d,
            size: Vec2::new(1280.0, 800.0),
            time: None,
            bone: None,
        }
    }
}

/// How serious a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something worth knowing.
    Info,
    /// Something is not as one would think.
    Warning,
    /// Something went wrong; in a script it ends the run.
    Error,
}

/// A line for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How serious it is.
    pub level: Level,
    /// One sentence without a final period.
    pub text: String,
}

/// What an operator cannot do itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// The document was replaced by another one: history starts anew and nothing is unsaved.
    Opened,
    /// The document was replaced by one that has no file yet.
    New,
    /// The document was written.
    Saved,
    /// Run the last operator again.
    Repeat,
    /// Something of the window.
    Wish(Wish),
    /// Show that the pose before is wanted, or no longer.
    ShowBefore(bool),
    /// Turn snapping on or off in the view, while the operator goes on.
    Snap(bool),
    /// Hide the bones, or show hidden ones, until the operator ends.
    TurnBones,
    /// Start playing, backwards if it says so; where something plays already, stop.
    Play(bool),
    /// Count as cancelled, as nothing was found, though what was changed stays and is a step.
    FoundNothing,
    /// Stop playing; go back to where it began if it says so.
    StopPlaying(bool),
}

/// What operators on selected bones say where there is none.
pub const NO_BONE: &str = "No bone is selected; click one first";

/// What an operator sees and changes.
pub struct Context<'a> {
    /// The document.
    pub doc: &'a mut Document,
    /// What the user sees.
    pub view: &'a mut View,
    /// Clipboards.
    pub scratch: &'a mut Scratch,
    /// The document's file.
    pub file: &'a mut FileState,
    /// What was called and said so far.
    pub log: &'a Log,
    /// Whether there is an operator that could run again.
    pub repeatable: bool,
    /// Whether nothing has happened since the last operator, so that its parameters can be changed.
    pub adjustable: bool,
    /// Whether the animation plays, and how.
    pub playing: Option<Playing>,
    /// Where the call comes from.
    pub place: Place,
    pub(crate) reports: Vec<Report>,
    pub(crate) requests: RefCell<Vec<Request>>,
}

impl Context<'_> {
    /// Asks the runner for something.
    pub fn request(&self, request: Request) {
        self.requests.borrow_mut().push(request);
    }

    /// Tells the user something.
    pub fn info(&mut self, text: impl Into<String>) {
        self.reports.push(Report {
            level: Level::Info,
            text: text.into(),
        });
    }

    /// Warns the user; the operator goes on.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.reports.push(Report {
            level: Level::Warning,
            text: text.into(),
        });
    }

    /// Reports an error and goes on; a script ends there.
    pub fn error(&mut self, text: impl Into<String>) {
        self.reports.push(Report {
            level: Level::Error,
            text: text.into(),
        });
    }

    /// Fails unless there is a rig to pose.
    ///
    /// # Errors
    /// The reason.
    pub fn need_rig(&self) -> Poll {
        match self.doc.rig() {
            Some(_) => Ok(()),
            None => Err("There is no rig to pose; open or import one first".to_owned()),
        }
    }

    /// Fails unless there is something to select and move: a rig or an empty.
    ///
    /// # Errors
    /// The reason.
    pub fn need_scene(&self) -> Poll {
        match self.doc.empties.is_empty() {
            true => self.need_rig(),
            false => Ok(()),
        }
    }

    /// The active rig.
    ///
    /// # Errors
    /// A refusal if there is none.
    pub fn rig(&self) -> Result<&Arc<Rig>, Refusal> {
        self.doc.rig().ok_or(Refusal::Nothing)
    }

    /// The active rig, to change.
    ///
    /// # Errors
    /// A refusal if there is none.
    pub fn rig_mut(&mut self) -> Result<&mut Rig, Refusal> {
        self.doc.rig_mut().ok_or(Refusal::Nothing)
    }

    /// [`Context::selected_bones`]; says so where there is none.
    pub fn selected_bones_or_say(&mut self) -> Vec<(RigId, Vec<BoneId>)> {
        let selected = self.selected_bones();
        if selected.is_empty() {
            self.info(NO_BONE);
        }
        selected
    }

    /// The selected bones that can be seen, of every posed rig, parents first.
    pub fn selected_bones(&self) -> Vec<(RigId, Vec<BoneId>)> {
        let bones = |id: RigId| Some((id, self.doc.rigs.get(id.index())?.selected_bones()));
        let rigs = self.doc.posed_rigs().into_iter().filter_map(bones);
        rigs.filter(|(_, bones)| !bones.is_empty()).collect()
    }
}
