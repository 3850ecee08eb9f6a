//! How automatic keying goes about it: settings of the scene that every change of a pose reads.

use std::sync::Arc;

use crate::model::choice::Choice;
use crate::model::fcurve::KeyKind;
use crate::model::settings::{AutoKeyMode, SceneSettings};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Refusal, Start};
use crate::ops::props::Data;
use crate::ops::registry::{Entry, op};
use crate::props;

/// What this family offers.
pub const KEYING: &[Entry] = &[op::<Keying>()];

props! {
    /// Choose how automatic keying goes about it; what is left out stays as it is.
    pub struct Keying {
        /// Whether it makes keys, or only changes those at the current frame.
        mode: Data<Option<AutoKeyMode>> = Data(None);
        /// Whether it leaves channels alone whose curve has that value already.
        needed: Data<Option<bool>> = Data(None);
        /// Whether it leaves channels alone that have no curve yet.
        available: Data<Option<bool>> = Data(None);
        /// Whether only the active keying set is keyed, where there is one.
        set_only: Data<Option<bool>> = Data(None);
        /// What new keys are for.
        key_type: Data<Option<KeyKind>> = Data(None);
    }
}

impl Operator for Keying {
    const INFO: Info = Info::new("scene.keying", "Auto Keying Settings");

    /// Without anything to set it offers what there is.
    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        match *self == Self::default() {
            true => Start::Offer(offers(&cx.doc.scene)),
            false => Start::Exec,
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        if *self == Self::default() {
            return Err(Refusal::Nothing);
        }
        let scene = Arc::make_mut(&mut cx.doc.scene);
        let mut take = |given: Option<bool>, slot: fn(&mut SceneSettings) -> &mut bool| {
            if let Some(on) = given {
                *slot(scene) = on;
            }
        };
        take(self.needed.0, |scene| &mut scene.auto_key_needed);
        take(self.available.0, |scene| &mut scene.auto_key_available);
        take(self.set_only.0, |scene| &mut scene.auto_key_set_only);
        if let Some(mode) = self.mode.0 {
            scene.auto_key_mode = mode;
        }
        if let Some(kind) = self.key_type.0 {
            scene.key_type = kind;
        }
        Ok(())
    }
}

/// The modes, and the switches the other way round.
fn offers(scene: &SceneSettings) -> Vec<Offer> {
    let mode = |mode: &AutoKeyMode| Offer {
        label: mode.label().to_owned(),
        call: format!("scene.keying(mode: {})", mode.id()),
        on: Some(scene.auto_key_mode == *mode),
    };
    let switch = |label: &str, name: &str, on: bool| Offer {
        label: label.to_owned(),
        call: format!("scene.keying({name}: {})", !on),
        on: Some(on),
    };
    let mut offers: Vec<Offer> = AutoKeyMode::ALL.iter().map(mode).collect();
    offers.push(switch(
        "Only Insert Needed",
        "needed",
        scene.auto_key_needed,
    ));
    let available = scene.auto_key_available;
    offers.push(switch("Only Insert Available", "available", available));
    if !scene.keying_sets.is_empty() {
        let set_only = scene.auto_key_set_only;
        offers.push(switch("Only Active Keying Set", "set_only", set_only));
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::runner::{Session, Status};

    #[test]
    fn what_is_left_out_stays() {
        let mut session = Session::default();
        let mut run = |call: &str| {
            let outcome = session.run_text(call).unwrap();
            (outcome.status, (*session.document.scene).clone())
        };
        let (_, scene) = run("scene.keying(mode: REPLACE_KEYS, key_type: EXTREME)");
        assert_eq!(scene.auto_key_mode, AutoKeyMode::ReplaceKeys);
        assert_eq!(scene.key_type, KeyKind::Extreme);
        assert!(scene.auto_key_needed && !scene.auto_key_available);
        let (_, scene) = run("scene.keying(needed: false, available: true)");
        assert_eq!(scene.auto_key_mode, AutoKeyMode::ReplaceKeys);
        assert!(!scene.auto_key_needed && scene.auto_key_available);
        assert_eq!(run("scene.keying()").0, Status::Cancelled);
    }

    #[test]
    fn offers_tell_what_is_on_and_switch_it() {
        let scene = SceneSettings {
            auto_key_mode: AutoKeyMode::ReplaceKeys,
            ..SceneSettings::default()
        };
        let offers = offers(&scene);
        let told: Vec<_> = offers
            .iter()
            .map(|offer| (offer.call.as_str(), offer.on))
            .collect();
        assert_eq!(
            told,
            [
                ("scene.keying(mode: ADD_REPLACE_KEYS)", Some(false)),
                ("scene.keying(mode: REPLACE_KEYS)", Some(true)),
                ("scene.keying(needed: false)", Some(true)),
                ("scene.keying(available: true)", Some(false)),
            ]
        );
    }
}
