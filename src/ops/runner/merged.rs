//! Merged calls that start anew: the last one alone decides what becomes of the document.

use crate::model::document::Document;
use crate::ops::operator::Info;
use crate::ops::runner::Session;

impl Session {
    /// Goes back to before the step that a call is merged with, where such calls start anew; gives the document
    /// that was shown.
    ///
    /// Without automatic keying they need not: each call says what the bones are to hold, and nothing else
    /// changes. Where several rigs are posed, each has a call of its own, and they go on from each other.
    pub(super) fn start_anew(&mut self, info: Info, merge_key: &str) -> Option<Document> {
        let doc = &self.document;
        let keyed = doc.scene.auto_key && doc.posed_rigs().len() < 2;
        let anew = info.restarts && keyed && self.playing().is_none();
        let before = self.history.merging(merge_key).filter(|_| anew)?.clone();
        Some(std::mem::replace(&mut self.document, before))
    }
}
