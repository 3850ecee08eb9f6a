//! What constraints refer to by name: bones, other rigs, empties; kept right where names change.
//!
//! A name of an object is that of an empty or of another rig; names are unique among both. No object means
//! the rig that owns the constraint.

use crate::model::choice::Choice as _;
use crate::model::constraint::{Constraint, ConstraintKind, ConstraintTarget};

/// Something a constraint can look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A bone of the same rig.
    Bone(String),
    /// A bone of the rig with this name.
    Other(String, String),
    /// The empty of this name, or another rig as a whole.
    Object(String),
}

impl ConstraintKind {
    /// What a new constraint is called.
    pub fn stack_name(self) -> &'static str {
        match self {
            Self::Ik => "IK",
            other => other.label(),
        }
    }
}

impl Constraint {
    /// Whether it can look at a bone or an empty.
    pub fn takes_target(&self) -> bool {
        self.has("target_bone") || self.has("targets")
    }

    /// What it looks at first.
    pub fn seen(&self) -> Option<Seen> {
        let first = self.targets.first().filter(|_| self.has("targets"));
        let (object, bone) = match first {
            Some(target) => (&target.target_object, &target.target_bone),
            None => (&self.target_object, &self.target_bone),
        };
        match (object.clone(), bone.clone()) {
            (None, None) => None,
            (None, Some(bone)) => Some(Seen::Bone(bone)),
            (Some(object), Some(bone)) => Some(Seen::Other(object, bone)),
            (Some(object), None) => Some(Seen::Object(object)),
        }
    }

    /// Makes it look at something, or at nothing. A kind that looks at nothing stays as it is.
    pub fn look_at(&mut self, seen: Option<&Seen>) {
        let (object, bone) = match seen {
            None => (None, None),
            Some(Seen::Bone(bone)) => (None, Some(bone.clone())),
            Some(Seen::Other(rig, bone)) => (Some(rig.clone()), Some(bone.clone())),
            Some(Seen::Object(empty)) => (Some(empty.clone()), None),
        };
        if self.has("targets") {
            match (self.targets.first_mut(), seen) {
                (Some(_), None) => {
                    self.targets.remove(0);
                }
                (Some(first), Some(_)) => {
                    (first.target_object, first.target_bone) = (object, bone);
                }
                (None, Some(_)) => self.targets.push(ConstraintTarget {
                    target_object: object,
                    target_bone: bone,
                    ..ConstraintTarget::default()
                }),
                (None, None) => {}
            }
        } else if self.has("target_bone") {
            (self.target_object, self.target_bone) = (object, bone);
            self.target_self = false;
        }
    }

    /// Lends every name it refers to: of an object, and of a bone of it.
    pub(in crate::model) fn each_name(
        &mut self,
        mut lend: impl FnMut(&mut Option<String>, &mut Option<String>),
    ) {
        lend(&mut self.target_object, &mut self.target_bone);
        lend(&mut self.pole_object, &mut self.pole_bone);
        lend(&mut self.space_object, &mut self.space_bone);
        for target in &mut self.targets {
            lend(&mut target.target_object, &mut target.target_bone);
        }
    }

    /// Whether it refers to an empty or another rig of this name.
    pub fn refers_to(&self, object: &str) -> bool {
        let of_targets = self.targets.iter().map(|target| &target.target_object);
        let named = [&self.target_object, &self.pole_object, &self.space_object];
        let mut all = named.into_iter().chain(of_targets);
        all.any(|name| name.as_deref() == Some(object))
    }

    /// Follows an empty or another rig that got another name.
    pub fn rename_object(&mut self, old: &str, new: &str) {
        self.each_name(|object, _| {
            if object.as_deref() == Some(old) {
                *object = Some(new.to_owned());
            }
        });
    }

    /// Forgets an empty or another rig that is gone.
    pub fn forget_object(&mut self, gone: &str) {
        self.each_name(|object, bone| {
            if object.as_deref() == Some(gone) {
                (*object, *bone) = (None, None);
            }
        });
    }

    /// Refers to the same bones from another rig: what was meant by a bare name of a bone in `from` is named
    /// with its rig in `to`, and the other way round.
    pub fn carry(&mut self, from: &str, to: &str) {
        if from == to {
            return;
        }
        if self.target_self {
            self.target_self = false;
            self.target_object = Some(from.to_owned());
        } else if self.target_bone.is_none() && self.target_object.as_deref() == Some(to) {
            self.target_self = true;
            self.target_object = None;
        }
        self.each_name(|object, bone| match object.as_deref() {
            None if bone.is_some() => *object = Some(from.to_owned()),
            Some(name) if name == to && bone.is_some() => *object = None,
            _ => {}
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constraint_carried_to_another_rig_and_back_is_as_it_was() {
        let mut made = Constraint::new(ConstraintKind::Ik);
        made.look_at(Some(&Seen::Bone("hand".to_owned())));
        made.pole_bone = Some("elbow".to_owned());
        let before = made.clone();
        made.carry("A", "B");
        assert_eq!(
            made.seen(),
            Some(Seen::Other("A".to_owned(), "hand".to_owned()))
        );
        assert_eq!(made.pole_object.as_deref(), Some("A"));
        made.carry("B", "A");
        assert_eq!(made, before);
    }

    #[test]
    fn an_armature_constraint_looks_at_its_first_target() {
        let mut made = Constraint::new(ConstraintKind::Armature);
        assert!(made.takes_target() && made.seen().is_none());
        made.look_at(Some(&Seen::Object("E".to_owned())));
        assert_eq!(made.seen(), Some(Seen::Object("E".to_owned())));
        made.rename_object("E", "F");
        assert!(made.refers_to("F") && !made.refers_to("E"));
        made.forget_object("F");
        assert_eq!((made.targets.len(), made.seen()), (1, None));
        let mut limit = Constraint::new(ConstraintKind::LimitScale);
        limit.look_at(Some(&Seen::Object("E".to_owned())));
        assert_eq!(limit, Constraint::new(ConstraintKind::LimitScale));
    }
}
