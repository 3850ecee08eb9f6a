//! The clipboards as operators see them: the system's text, and the pose that was copied last.
//!
//! Operators never ask the system. Who has a window hands its text in before an operator runs that reads it
//! ([`Scratch::receive`]), and takes out what operators put there ([`Scratch::give_out`]). Without a window the
//! text is the program's own, and the pose clipboard takes nothing from it.

use std::sync::Arc;

use crate::io::pose_text;
use crate::ops::context::{Context, CopiedPose, Scratch};

/// The text of the system clipboard, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct TextClipboard {
    text: Arc<str>,
    /// Whether another program put it there.
    foreign: bool,
    /// What an operator put there and nobody has taken out yet.
    put: Option<Put>,
    /// Whether a text of another program was used since that was last asked.
    used: bool,
    /// The text that says the same as the copied pose, where there is one.
    pose: Option<Arc<str>>,
}

/// What an operator put on the system clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Put {
    /// The text.
    Text,
    /// The copied pose, whose text is made only for those who want it.
    Pose,
}

/// What is to go to the system clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The text.
    pub text: Arc<str>,
    /// Whether it is the copied pose.
    pub is_pose: bool,
}

impl TextClipboard {
    /// The text, if this program put it there.
    pub fn own_text(&self) -> Option<&Arc<str>> {
        (!self.foreign && !self.text.is_empty()).then_some(&self.text)
    }

    /// Sets the text as if an operator had put it there and somebody had taken it out.
    pub fn restore(&mut self, text: &str) {
        (self.text, self.foreign) = (text.into(), false);
    }
}

impl Scratch {
    /// Takes in the text that is on the system clipboard now.
    pub fn receive(&mut self, text: &str) {
        if *text != *self.clipboard.text {
            self.clipboard.text = text.into();
            self.clipboard.foreign = true;
        }
    }

    /// Takes out what operators put on the clipboard since the last time.
    pub fn give_out(&mut self) -> Option<Given> {
        let put = self.clipboard.put.take()?;
        if put == Put::Pose {
            let pose = self.pose.as_ref()?;
            // What is no finite number cannot be told as text; the program's own copy holds it all the same.
            self.clipboard.text = pose_text::write(&pose.rig, &pose.bones).ok()?.into();
            self.clipboard.foreign = false;
            self.clipboard.pose = Some(self.clipboard.text.clone());
        }
        Some(Given {
            text: self.clipboard.text.clone(),
            is_pose: put == Put::Pose,
        })
    }

    /// Copies a pose.
    pub fn copy_pose(&mut self, pose: CopiedPose) {
        self.pose = Some(Arc::new(pose));
        self.clipboard.pose = None;
        self.clipboard.put = Some(Put::Pose);
    }

    /// Takes over a pose that was kept as text.
    ///
    /// # Errors
    /// One line: what is wrong with the text.
    pub fn restore_pose(&mut self, text: &str) -> Result<(), String> {
        self.pose = Some(Arc::new(read_pose(text)?));
        self.clipboard.pose = Some(text.into());
        Ok(())
    }

    /// The pose that was copied last, here or elsewhere: a pose that another program put on the system
    /// clipboard is newer than the one that was copied here.
    ///
    /// # Errors
    /// One line: what is wrong with the pose on the system clipboard.
    pub fn newest_pose(&mut self) -> Result<Option<Arc<CopiedPose>>, String> {
        let clipboard = &mut self.clipboard;
        let known = clipboard.pose.as_ref() == Some(&clipboard.text);
        if clipboard.foreign && !known && pose_text::is_pose(&clipboard.text) {
            clipboard.used = true;
            self.pose = Some(Arc::new(read_pose(&clipboard.text)?));
            clipboard.pose = Some(clipboard.text.clone());
        }
        Ok(self.pose.clone())
    }

    /// Whether a text of another program was used since this was last asked.
    pub(super) fn take_used(&mut self) -> bool {
        std::mem::take(&mut self.clipboard.used)
    }
}

fn read_pose(text: &str) -> Result<CopiedPose, String> {
    let (rig, bones) = pose_text::read(text)?;
    let rig = Arc::new(rig);
    Ok(CopiedPose { rig, bones })
}

impl Context<'_> {
    /// The text of the system clipboard; without a window the one that an operator put there last.
    pub fn clipboard_text(&mut self) -> Arc<str> {
        let clipboard = &mut self.scratch.clipboard;
        clipboard.used |= clipboard.foreign;
        clipboard.text.clone()
    }

    /// Puts a text on the system clipboard.
    pub fn put_clipboard_text(&mut self, text: impl Into<Arc<str>>) {
        let clipboard = &mut self.scratch.clipboard;
        (clipboard.text, clipboard.foreign) = (text.into(), false);
        clipboard.put = Some(Put::Text);
    }
}
