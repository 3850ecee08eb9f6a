//! The bones of a selection set: taking them in and out, and storing what is selected.

use std::collections::BTreeSet;

use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::pose::selection_sets::{
    NAME, chosen_place, list, need_active_set, options, options_mut, selected_names,
};
use crate::ops::props::Data;
use crate::props;

/// How many bones, in words.
fn count_of(bones: usize) -> String {
    match bones {
        1 => "1 bone".to_owned(),
        count => format!("{count} bones"),
    }
}

/// The bones that are named, else the names of the selected ones.
fn chosen_names(cx: &mut Context, names: &[String]) -> Vec<String> {
    match names {
        [] => selected_names(cx),
        names => names.to_vec(),
    }
}

props! {
    /// Add the selected bones to the active selection set.
    pub struct SelectionSetAssign {
        /// The set's place in the list, from 0; left out, the active one.
        selection_set_index: i32 = -1, HINT.hidden().transient();
        /// Names of the bones; left out, the selected ones.
        bones: Data<Vec<String>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for SelectionSetAssign {
    const INFO: Info = Info::new("pose.selection_set_assign", "Add Bones to Selection Set");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let there = options(cx).is_ok_and(|o| chosen_place(o, self.selection_set_index).is_ok());
        if there {
            return Start::Exec;
        }
        Start::Offer(vec![Offer {
            label: "New Selection Set".to_owned(),
            call: "pose.selection_set_add_and_assign()".to_owned(),
            on: None,
        }])
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let place = chosen_place(options(cx)?, self.selection_set_index)?;
        let mut names = chosen_names(cx, &self.bones.0);
        let Some(set) = options(cx)?.selection_sets.get(place) else {
            return Err(Refusal::Nothing);
        };
        let mut known: BTreeSet<&str> = set.bones.iter().map(String::as_str).collect();
        let given = names.clone();
        let mut kept = given.iter().map(|name| known.insert(name));
        names.retain(|_| kept.next().unwrap_or(false));
        drop(kept);
        if names.is_empty() {
            return Ok(());
        }
        let said = format!("Added {} to {}", count_of(names.len()), set.name);
        if let Some(set) = options_mut(cx)?.selection_sets.get_mut(place) {
            set.bones.append(&mut names);
        }
        cx.info(said);
        Ok(())
    }
}

/// Takes bones out of the sets that are wanted; says out of how many sets.
fn take_out(
    cx: &mut Context,
    names: &[String],
    wanted: impl Fn(usize) -> bool,
) -> Result<usize, Refusal> {
    let gone: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let has = |bones: &[String]| bones.iter().any(|name| gone.contains(name.as_str()));
    let sets = options(cx)?.selection_sets.iter().enumerate();
    let touched: Vec<usize> = sets
        .filter(|(place, set)| wanted(*place) && has(&set.bones))
        .map(|(place, _)| place)
        .collect();
    if touched.is_empty() {
        return Ok(0);
    }
    let options = options_mut(cx)?;
    for &place in &touched {
        if let Some(set) = options.selection_sets.get_mut(place) {
            set.bones.retain(|name| !gone.contains(name.as_str()));
        }
    }
    Ok(touched.len())
}

props! {
    /// Take the selected bones out of the active selection set.
    pub struct SelectionSetUnassign {
        /// The set's place in the list, from 0; left out, the active one.
        selection_set_index: i32 = -1, HINT.hidden().transient();
        /// Names of the bones; left out, the selected ones.
        bones: Data<Vec<String>> = Data::default(), HINT.hidden().transient();
    }
}

impl Operator for SelectionSetUnassign {
    const INFO: Info = Info::new(
        "pose.selection_set_unassign",
        "Remove Bones from Selection Set",
    );

    fn poll(cx: &Context) -> Poll {
        need_active_set(cx)
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let wanted = chosen_place(options(cx)?, self.selection_set_index)?;
        let names = chosen_names(cx, &self.bones.0);
        take_out(cx, &names, |place| place == wanted)?;
        Ok(())
    }
}

props! {
    /// Take the selected bones out of every selection set.
    pub struct SelectionSetRemoveBones {}
}

impl Operator for SelectionSetRemoveBones {
    const INFO: Info = Info::new(
        "pose.selection_set_remove_bones",
        "Remove Selected Bones from All Sets",
    );

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let names = selected_names(cx);
        take_out(cx, &names, |_| true)?;
        Ok(())
    }
}

props! {
    /// Store the selected bones as the selection set of this number, in place of what it holds; behind the last
    /// set a new one is made.
    pub struct SelectionSetStore {
        /// The set's place in the list, from 0.
        selection_set_index: i32 = 0, HINT.range(0.0, 100_000.0).transient();
    }
}

impl Operator for SelectionSetStore {
    const INFO: Info = Info::new("pose.selection_set_store", "Store Selection Set");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()?;
        match cx.selected_bones().is_empty() {
            false => Ok(()),
            true => Err("No bones are selected".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let names = selected_names(cx);
        let bones = count_of(names.len());
        let count = options(cx)?.selection_sets.len();
        let place = usize::try_from(self.selection_set_index).unwrap_or_default();
        if place < count {
            let options = options_mut(cx)?;
            options.activate(place);
            if let Some(set) = options.selection_sets.get_mut(place) {
                set.bones = names;
            }
        } else {
            list::append(cx, NAME, names)?;
        }
        let place = place.min(count);
        let name = options(cx)?
            .selection_sets
            .get(place)
            .map(|set| set.name.clone());
        let name = name.unwrap_or_default();
        cx.info(format!("Stored {bones} as set {}, {name}", place + 1));
        Ok(())
    }
}
