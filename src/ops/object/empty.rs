//! Adding an empty and giving it another name.

use glam::Vec3;

use crate::eval::evaluator::RigEvaluator;
use crate::model::empty::Empty;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::object::find_empty;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::props::{Data, Unit};
use crate::props;

props! {
    /// Add an empty at the start of the active bone, or where no bone is active in the middle of the world, and
    /// select only it.
    pub struct EmptyAdd {
        /// Its name; a taken one gets a number.
        name: String = "Empty".to_owned(), HINT.transient();
        /// Where it is instead, metres.
        location: Data<Option<[f32; 3]>> = Data::default(), HINT.unit(Unit::Length).transient();
    }
}

impl Operator for EmptyAdd {
    const INFO: Info = Info::new("object.empty_add", "Add Empty");

    fn exec(&self, cx: &mut Context) -> Exec {
        let given = self.location.0.map(Vec3::from);
        if given.is_some_and(|location| !location.is_finite()) {
            return Err(Refusal::error("`location` must be finite numbers"));
        }
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::error("An empty needs a name"));
        }
        let location = given.or_else(|| active_head(cx)).unwrap_or_default();
        let place = cx.doc.add_empty(Empty {
            name: name.to_owned(),
            location: location.to_array(),
            ..Empty::default()
        });
        cx.doc.deselect_bones();
        cx.doc.select_empties(|other, _| other == place);
        Ok(())
    }
}

/// Where the active bone starts as it is posed, world space.
fn active_head(cx: &Context) -> Option<Vec3> {
    let rig = cx.doc.rig()?;
    let mut evaluator = RigEvaluator::default();
    let head = evaluator.evaluate(rig).head(rig.active_bone?)?;
    let head = rig.world_from_armature().transform_point3(head);
    head.is_finite().then_some(head)
}

props! {
    /// Give an empty another name; constraints that look at it follow.
    pub struct EmptyRename {
        /// The new name; a taken one gets a number.
        name: String = "Empty".to_owned(), HINT.transient();
        /// The empty; left out, the first selected one.
        empty: String = String::new(), HINT.hidden().transient();
    }
}

impl EmptyRename {
    /// The place of the empty that is meant.
    fn place(&self, cx: &Context) -> Result<usize, Refusal> {
        if self.empty.is_empty() {
            return cx
                .doc
                .selected_empties()
                .next()
                .ok_or_else(|| Refusal::error("No empty is selected; click one first"));
        }
        find_empty(cx, &self.empty)
    }
}

impl Operator for EmptyRename {
    const INFO: Info = Info::new("object.empty_rename", "Rename Empty");

    fn poll(cx: &Context) -> Poll {
        match cx.doc.empties.is_empty() {
            false => Ok(()),
            true => Err("There is no empty; add one first".to_owned()),
        }
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        match self.place(cx) {
            Ok(place) => {
                if let Some(empty) = cx.doc.empties.get(place) {
                    self.empty.clone_from(&empty.name);
                    self.name.clone_from(&empty.name);
                }
                Start::Form
            }
            Err(refusal) => Start::Refuse(refusal.to_string()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let place = self.place(cx)?;
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Refusal::error("An empty needs a name"));
        }
        cx.doc.rename_empty(place, name);
        Ok(())
    }
}
