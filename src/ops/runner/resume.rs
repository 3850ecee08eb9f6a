//! What a session needs beside its document to go on later as if it had never ended.

use crate::model::document::Document;
use crate::model::view::View;
use crate::ops::call::{self, CallError};
use crate::ops::context::Place;
use crate::ops::registry::AnyOperator;
use crate::ops::runner::{Last, Session};

/// The operator that ran last, fit to be written down.
#[derive(Clone, Debug, PartialEq)]
pub struct LastCall {
    /// The call as script text.
    pub text: String,
    /// Where it came from.
    pub place: Place,
    /// Whether it made a step of history.
    pub recorded: bool,
    /// The document it started from; nothing once something else happened, so that it can be repeated only.
    pub before: Option<Document>,
}

impl Session {
    /// The document and the view without the preview of what plays or follows the mouse.
    pub fn settled(&self) -> (&Document, &View) {
        let (document, view) = match self.running.first() {
            Some(running) => (&running.snapshot, &running.view),
            None => (&self.document, &self.view),
        };
        let played = self.playback.as_ref();
        (played.map_or(document, |played| &played.before), view)
    }

    /// The operator that ran last.
    pub fn last_call(&self) -> Option<LastCall> {
        let last = self.last.as_ref()?;
        let current = last.after.same_pointers(self.settled().0);
        Some(LastCall {
            text: last.op.call_text(),
            place: last.place,
            recorded: last.recorded,
            before: current.then(|| last.before.clone()),
        })
    }

    /// A session that goes on with a document that was never saved, after this last call.
    ///
    /// # Errors
    /// Where the call goes wrong.
    pub fn resume(
        document: Document,
        view: View,
        last: Option<LastCall>,
    ) -> Result<Self, CallError> {
        let mut session = Self::with_document(document);
        session.view = view;
        session.saved = Document::default();
        if let Some(last) = last {
            let op = call::parse_exact(&last.text)?;
            // A document of its own is never the one that is shown: the call cannot be adjusted then.
            let after = match &last.before {
                Some(_) => session.document.clone(),
                None => Document::default(),
            };
            session.last = Some(Last {
                op,
                place: last.place,
                before: last.before.unwrap_or_default(),
                after,
                recorded: last.recorded,
            });
        }
        Ok(session)
    }

    /// The call that runs at this moment; something only where it never came to an end.
    pub fn current(&self) -> Option<String> {
        let current = self.current.as_ref();
        current.map(|op| AnyOperator::call_text(op.as_ref()))
    }
}
