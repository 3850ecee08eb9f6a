//! What time editors show and how playing ends: settings of the view. And which keying set is used.

use std::sync::Arc;

use crate::choice;
use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::ops::props::Data;
use crate::ops::registry::{Entry, op};
use crate::props;

/// The family, in the order of the reference.
pub const TIME: &[Entry] = &[op::<Toggle>(), op::<KeyingSetUse>()];

choice! {
    /// Something of the timeline that is on or off.
    pub enum TimeSwitch: Seconds {
        /// Whether the ruler counts seconds
        Seconds = "SECONDS", "Show Seconds";
        /// Whether only selected bones are listed
        OnlySelected = "ONLY_SELECTED", "Only Selected Bones";
        /// Whether playing begins anew at the end of the range
        Loop = "LOOP", "Loop Playback";
    }
}

props! {
    /// Turn something of the timeline on or off.
    pub struct Toggle {
        /// What to turn on or off.
        r#type: TimeSwitch = TimeSwitch::Seconds;
    }
}

impl Operator for Toggle {
    const INFO: Info = Info::new("time.toggle", "Toggle in Timeline").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let view = &mut cx.view;
        let on = match self.r#type {
            TimeSwitch::Seconds => &mut view.timeline.seconds,
            TimeSwitch::OnlySelected => &mut view.timeline.only_selected,
            TimeSwitch::Loop => &mut view.looping,
        };
        *on = !*on;
        Ok(())
    }
}

props! {
    /// Use a keying set for what is keyed, or none.
    pub struct KeyingSetUse {
        /// Its name; left out, none is used.
        name: Data<Option<String>> = Data(None);
    }
}

impl Operator for KeyingSetUse {
    const INFO: Info = Info::new("scene.keying_set_use", "Use Keying Set").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let sets = &cx.doc.scene.keying_sets;
        let active = match self.name.0.as_deref() {
            None => None,
            Some(name) => {
                let place = sets.iter().position(|set| set.name == name);
                let names = sets.iter().map(|set| set.name.as_str());
                let unknown = || call::unknown("keying set", name, call::nearest(name, names));
                Some(place.ok_or_else(|| Refusal::Error(unknown()))?)
            }
        };
        Arc::make_mut(&mut cx.doc.scene).active_keying_set = active;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::keying_set::KeyingSet;
    use crate::ops::runner::{Session, Status};

    #[test]
    fn switches_turn_what_they_name() {
        let mut session = Session::default();
        for call in ["time.toggle()", "time.toggle(type: LOOP)"] {
            session.run_text(call).unwrap();
        }
        let view = &session.view;
        assert!(view.timeline.seconds && view.timeline.only_selected && !view.looping);
        assert!(!session.unsaved(), "the view alone changes");
    }

    #[test]
    fn a_keying_set_is_used_by_its_name() {
        let mut session = Session::default();
        let scene = Arc::make_mut(&mut session.document.scene);
        for name in ["Face", "Hands"] {
            scene.keying_sets.push(KeyingSet {
                name: name.to_owned(),
                ..KeyingSet::default()
            });
        }
        let mut run = |call: &str| {
            let outcome = session.run_text(call).unwrap();
            (outcome.status, session.document.scene.active_keying_set)
        };
        let hands = run("scene.keying_set_use(name: \"Hands\")");
        assert_eq!(hands, (Status::Finished, Some(1)));
        let wrong = run("scene.keying_set_use(name: \"Hand\")");
        assert_eq!(wrong, (Status::Cancelled, Some(1)));
        assert_eq!(run("scene.keying_set_use()"), (Status::Finished, None));
    }
}
