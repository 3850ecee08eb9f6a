//! What an operator is: parameters, `poll`, `exec`, and for those that follow the mouse, an editor of the
//! parameters. The document is changed by `exec` alone.

use glam::{Mat3, Vec2, Vec3};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ops::context::Context;
use crate::ops::event::{Event, ModalKey};
use crate::ops::props::Props;

/// What is fixed about an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Its name in scripts, `family.verb`.
    pub id: &'static str,
    /// What menus call it.
    pub label: &'static str,
    /// Only for scripts: in no menu and on no key.
    pub script_only: bool,
    /// Whether it makes a step of history and may be adjusted and repeated.
    pub undo: bool,
    /// Whether the document with its unsaved changes is dropped.
    pub discards: bool,
    /// Whether it changes the view alone, so that it may run while another one follows the mouse.
    pub view_only: bool,
    /// Whether the pointer that it follows goes on at the opposite side where it leaves the panel.
    pub endless: bool,
    /// Whether it is about the window or the log, and so no part of a script made from the log.
    pub interface: bool,
    /// Whether it goes to another frame: such steps that follow each other become one, and what ran before
    /// them can still be repeated.
    pub frame_change: bool,
    /// Whether the last one of merged calls says it all: where automatic keying is on, each starts from before
    /// the first, so that a drag that ends where it began leaves no key behind.
    pub restarts: bool,
    /// Whether it reads or writes files: it is not run again with other parameters, nor after a crash.
    pub external: bool,
    /// The keys that it hears while it follows the mouse, where they are not those of its family: a context
    /// of the keymap. They count with Shift and Ctrl, too.
    pub keys: Option<&'static str>,
    /// Whether it reads the system clipboard, whose text must be handed in before.
    pub reads_clipboard: bool,
    /// What the button says that runs it with the parameters of its form.
    pub confirm: &'static str,
}

impl Info {
    /// An operator that can be undone.
    pub const fn new(id: &'static str, label: &'static str) -> Self {
        Self {
            id,
            label,
            script_only: false,
            undo: true,
            discards: false,
            view_only: false,
            endless: false,
            interface: false,
            restarts: false,
            frame_change: false,
            external: false,
            keys: None,
            reads_clipboard: false,
            confirm: "OK",
        }
    }

    /// Only for scripts.
    pub const fn script_only(mut self) -> Self {
        self.script_only = true;
        self
    }

    /// Makes no step of history.
    pub const fn no_undo(mut self) -> Self {
        self.undo = false;
        self
    }

    /// Changes the view alone.
    pub const fn view_only(mut self) -> Self {
        self.view_only = true;
        self.undo = false;
        self
    }

    /// The pointer that it follows has no end: only how far it goes matters, not where it is.
    pub const fn endless(mut self) -> Self {
        self.endless = true;
        self
    }

    /// Is about the window or the log alone.
    pub const fn interface(mut self) -> Self {
        self.interface = true;
        self.undo = false;
        self
    }

    /// Goes to another frame.
    pub const fn frame_change(mut self) -> Self {
        self.frame_change = true;
        self
    }

    /// Starts anew when calls are merged.
    pub const fn restarts(mut self) -> Self {
        self.restarts = true;
        self
    }

    /// Reads or writes files.
    pub const fn external(mut self) -> Self {
        self.external = true;
        self
    }

    /// Hears the keys of this context of the keymap while it follows the mouse.
    pub const fn keys(mut self, context: &'static str) -> Self {
        self.keys = Some(context);
        self
    }

    /// The button of its form says this.
    pub const fn confirm(mut self, label: &'static str) -> Self {
        self.confirm = label;
        self
    }

    /// Reads the system clipboard.
    pub const fn reads_clipboard(mut self) -> Self {
        self.reads_clipboard = true;
        self
    }

    /// Drops the document.
    pub const fn discards(mut self) -> Self {
        self.discards = true;
        self.undo = false;
        self
    }
}

/// Why an operator cannot run now; fit for a tooltip.
pub type Poll = Result<(), String>;

/// Why an operator did nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There was nothing to do.
    #[error("nothing to do")]
    Nothing,
    /// There was nothing to do, and why; it is said, but it is no error.
    #[error("{0}")]
    Idle(&'static str),
    /// Something was wrong.
    #[error("{0}")]
    Error(String),
}

impl Refusal {
    /// Something was wrong.
    pub fn error(message: impl Into<String>) -> Self {
        Self::Error(message.into())
    }
}

impl From<crate::io::error::Error> for Refusal {
    fn from(error: crate::io::error::Error) -> Self {
        Self::Error(error.to_string())
    }
}

/// Finished, or refused: then the document is as it was.
pub type Exec = Result<(), Refusal>;

/// How an operator that was chosen from a menu or by a key goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// At once, or by following the mouse if it can.
    Exec,
    /// At once, even if it could follow the mouse.
    Run,
    /// With the file that the user chooses, which becomes the parameter `filepath`.
    OpenFile(&'static [&'static str]),
    /// With the file name that the user chooses, which becomes the parameter `filepath`.
    SaveFile(&'static [&'static str]),
    /// With the parameters that the user gives it in a form.
    Form,
    /// With an item of this parameter, from a menu at the mouse.
    Menu(&'static str),
    /// With one of these calls, from a menu at the mouse.
    Offer(Vec<Offer>),
    /// Not at all; what is wrong and what to do.
    Refuse(String),
}

/// A call that is offered in a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the user reads.
    pub label: String,
    /// The call as script text.
    pub call: String,
    /// Whether what it switches is on, where it switches something.
    pub on: Option<bool>,
}

/// An operator.
pub trait Operator:
    Props + Default + Clone + PartialEq + Serialize + DeserializeOwned + 'static
{
    /// What is fixed about it.
    const INFO: Info;

    /// Whether it can run, else why not. Reads only.
    ///
    /// # Errors
    /// The reason, for a greyed-out button.
    fn poll(cx: &Context) -> Poll {
        let _ = cx;
        Ok(())
    }

    /// How it starts when a user chooses it; may set parameters from the pointer. The document stays.
    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        let _ = (cx, event);
        Start::Exec
    }

    /// Does it: a function of document, parameters, scratch and view.
    ///
    /// # Errors
    /// A refusal; the runner then restores the document.
    fn exec(&self, cx: &mut Context) -> Exec;

    /// The parameters that mean nothing beside the others' values: forms show them as off.
    fn idle(&self) -> &'static [&'static str] {
        &[]
    }
}

/// What an event did to the parameters of a running operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Nothing.
    Idle,
    /// They changed: show the result.
    Changed,
    /// They are final.
    Finish,
    /// Forget it all.
    Cancel,
    /// The event is for others, to navigate.
    PassThrough,
    /// Another operator takes over, with the same event.
    Switch(&'static str),
}

/// What the header shows while an operator runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The values, or what is being typed.
    pub value: String,
    /// Whether the value is being typed.
    pub typing: bool,
    /// Words on the constraint, such as `along Local X`.
    pub note: String,
    /// The axis that colours it, 0 to 2.
    pub axis: Option<usize>,
    /// Two corners of a box that is being drawn, points from the panel's top left corner.
    pub band: Option<[Vec2; 2]>,
    /// A closed line that is being drawn, points from the panel's top left corner.
    pub outline: Vec<Vec2>,
    /// What is drawn around the pivot.
    pub guide: Option<Guide>,
    /// A factor that follows the pointer, shown in place of the icon and the name.
    pub slider: Option<SliderBar>,
    /// Keys that limit what it does, with those that are on.
    pub marks: Vec<Mark>,
    /// Keys that mean nothing now.
    pub idle: Vec<ModalKey>,
    /// What keys mean while they are held, and what can be typed.
    pub held: &'static [Held],
}

/// A factor that follows the pointer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SliderBar {
    /// What stands before it.
    pub title: String,
    /// The factor.
    pub value: f32,
    /// Its range.
    pub bounds: (f32, f32),
    /// Whether it may leave its range.
    pub overshoot: bool,
}

/// A key that limits what a running operator does; the keymap says which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it means.
    pub key: ModalKey,
    /// Whether it is on.
    pub on: bool,
    /// The axis that colours it, 0 to 2.
    pub axis: Option<usize>,
}

/// Something that is held down while an operator runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Shift, and what it is good for.
    Shift(&'static str),
    /// Control, and what it is good for.
    Ctrl(&'static str),
    /// Alt, and what it is good for.
    Alt(&'static str),
    /// Numbers that are typed, and what they are good for.
    Digits(&'static str),
}

/// What is drawn around the pivot while a transform follows the mouse; world space.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// Where the pivot was when it began.
    pub center: Vec3,
    /// The axes of the constraint, a column each, unit length.
    pub axes: Mat3,
    /// The axes that the mouse is kept to; none: it is free.
    pub limit: [bool; 3],
    /// How far it moved.
    pub way: Vec3,
    /// How far it turned, radians, counterclockwise as seen from the tip of the axis, or from the eye
    /// where it is free.
    pub angle: f32,
    /// The factor along each axis.
    pub factors: Vec3,
    /// Where the pointer began, points from the panel's top left corner.
    pub start: Vec2,
}

/// An operator that follows the mouse: an editor of its own parameters.
///
/// In `begin` and `handle` the document is the snapshot, not the preview.
pub trait Modal: Operator {
    /// Where the pointer began, what was typed.
    type Drag: 'static;

    /// Starts following.
    ///
    /// # Errors
    /// A refusal, where there is nothing to follow with.
    fn begin(&mut self, cx: &Context, event: &Event) -> Result<Self::Drag, Refusal>;

    /// Takes an event.
    fn handle(&mut self, drag: &mut Self::Drag, cx: &Context, event: &Event) -> Flow;

    /// What the header shows.
    fn header(&self, drag: &Self::Drag) -> Header {
        let _ = drag;
        Header::default()
    }
}
