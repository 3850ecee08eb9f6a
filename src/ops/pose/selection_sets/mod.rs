//! Selection sets of the active rig: named lists of bones, stored and recalled while posing.
//!
//! A set knows its bones by name alone: what is gone or belongs to another rig stays in the list, and a bone of
//! that name is meant in every posed rig. The active set need not exist.

pub mod list;
pub mod members;
pub mod recall;
pub mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::selection_set::SelectionSet;
use crate::model::settings::RigOptions;
use crate::ops::context::Context;
use crate::ops::operator::{Poll, Refusal};

/// The parameter that names a set by its place.
pub const INDEX: &str = "selection_set_index";
/// What a set is called at first.
const NAME: &str = "SelectionSet";

/// The settings of the active rig.
fn options<'a>(cx: &'a Context) -> Result<&'a RigOptions, Refusal> {
    Ok(&cx.rig()?.options)
}

/// The settings of the active rig, to change.
fn options_mut<'a>(cx: &'a mut Context) -> Result<&'a mut RigOptions, Refusal> {
    Ok(Arc::make_mut(&mut cx.rig_mut()?.options))
}

/// Fails unless a set of the active rig is the active one.
fn need_active_set(cx: &Context) -> Poll {
    cx.need_rig()?;
    let Ok(options) = options(cx) else {
        return Ok(());
    };
    match options.active_set() {
        Some(_) => Ok(()),
        None if options.selection_sets.is_empty() => {
            Err("The rig has no selection sets; add one first".to_owned())
        }
        None => Err("No selection set is active; click one first".to_owned()),
    }
}

/// The place of a set in the list: `index` counts from 0, or from the end where it is negative.
fn place_at(options: &RigOptions, index: i32) -> Result<usize, Refusal> {
    let count = options.selection_sets.len();
    let whole = i64::try_from(count).unwrap_or(i64::MAX);
    let place = match i64::from(index) {
        place if place < 0 => whole + place,
        place => place,
    };
    let place = usize::try_from(place).ok().filter(|&place| place < count);
    place.ok_or_else(|| {
        Refusal::Error(match (count, index) {
            (0, _) => "The rig has no selection sets; add one first".to_owned(),
            // Buttons and keys count from 1.
            (_, 0..) => {
                let number = i64::from(index) + 1;
                format!("There is no selection set {number} (index {index}); the rig has {count}")
            }
            _ => format!("There is no selection set of index {index}; the rig has {count}"),
        })
    })
}

/// The place of a set in the list: the active one where the index is −1.
fn chosen_place(options: &RigOptions, index: i32) -> Result<usize, Refusal> {
    let index = match index {
        -1 => options.active_selection_set,
        index => index,
    };
    place_at(options, index)
}

/// `wanted`, or if that is taken the same with the smallest free number: `Arms`, `Arms.001`, `Arms.002`.
fn unique(wanted: &str, sets: &[SelectionSet]) -> String {
    if !sets.iter().any(|set| set.name == wanted) {
        return wanted.to_owned();
    }
    let number = |set: &SelectionSet| {
        let digits = set.name.strip_prefix(wanted)?.strip_prefix('.')?;
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<usize>().ok().filter(|_| plain)
    };
    let taken: BTreeSet<usize> = sets.iter().filter_map(number).collect();
    let free = (1..).find(|number| !taken.contains(number));
    format!("{wanted}.{:03}", free.unwrap_or_default())
}

/// The names of the selected bones of every posed rig, each once; says so where there is none.
fn selected_names(cx: &mut Context) -> Vec<String> {
    let mut names = Vec::new();
    let mut known = BTreeSet::new();
    for (id, bones) in cx.selected_bones_or_say() {
        let Some(rig) = cx.doc.rigs.get(id.index()) else {
            continue;
        };
        for bone in bones {
            let name = rig.armature.name(bone);
            if known.insert(name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(names: &[&str]) -> Vec<SelectionSet> {
        let set = |name: &&str| SelectionSet {
            name: (*name).to_owned(),
            ..SelectionSet::default()
        };
        names.iter().map(set).collect()
    }

    #[test]
    fn a_taken_name_gets_the_smallest_free_number() {
        let taken = sets(&["hey", "hey.001", "hey.005", "b", "b.2", "c", "c.000", "c.x"]);
        assert_eq!(unique("free", &taken), "free");
        assert_eq!(unique("hey", &taken), "hey.002");
        assert_eq!(unique("hey.001", &taken), "hey.001.001");
        assert_eq!(unique("b", &taken), "b.001");
        assert_eq!(unique("c", &taken), "c.001");
        let many: Vec<String> = (1..=1000).map(|n| format!("h.{n:03}")).collect();
        let mut names = vec!["h"];
        names.extend(many.iter().map(String::as_str));
        assert_eq!(unique("h", &sets(&names)), "h.1001");
    }

    #[test]
    fn a_negative_place_counts_from_the_end() {
        let mut options = RigOptions {
            selection_sets: sets(&["a", "b", "c"]),
            ..RigOptions::default()
        };
        assert_eq!(place_at(&options, -2), Ok(1));
        assert_eq!(place_at(&options, 2), Ok(2));
        assert!(place_at(&options, 3).is_err());
        assert!(place_at(&options, -4).is_err());
        assert!(place_at(&options, i32::MIN).is_err());
        options.active_selection_set = 1;
        assert_eq!(chosen_place(&options, -1), Ok(1));
    }
}
