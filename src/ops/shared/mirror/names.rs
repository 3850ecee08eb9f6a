//! Left and right in names of any origin: `mixamorig:LeftArm`, `b_LeftHand_011`, `Bip01 L Thigh`, `arm_l`.
//!
//! More generous than Blender's rule, which a name alone must satisfy: here two bones of a rig must agree.

use std::collections::BTreeMap;

use crate::model::id::BoneId;
use crate::ops::shared::mirror::pairing::{How, Partners};
use crate::ops::shared::mirror::rests::Rests;

/// Above this many possible pairs of one name, places decide.
const MOST: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// A name without its side.
#[derive(Debug, PartialEq, Eq)]
struct Sided {
    side: Side,
    /// The name in small letters, a mark in place of its side.
    whole: String,
    /// How much of `whole` stands before a number at its end.
    stem: usize,
}

impl Sided {
    fn stem(&self) -> &str {
        self.whole.get(..self.stem).unwrap_or(&self.whole)
    }
}

/// The side that a name speaks of; none where it speaks of none.
fn sided(name: &str) -> Option<Sided> {
    let lower = name.to_ascii_lowercase();
    let (side, start, end) = word(&lower)
        .or_else(|| lone_letter(&lower))
        .or_else(|| capital(name))?;
    let whole = format!("{}\u{1}{}", lower.get(..start)?, lower.get(end..)?);
    let bare = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = bare.len() < whole.len() && bare.ends_with(is_separator);
    let stem = match numbered {
        true => bare.trim_end_matches(is_separator).len(),
        false => whole.len(),
    };
    Some(Sided { side, whole, stem })
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ' ' | '-' | '_' | ':' | '|')
}

/// The first `left` or `right`.
fn word(lower: &str) -> Option<(Side, usize, usize)> {
    let find = |word: &str, side| lower.find(word).map(|at| (side, at, at + word.len()));
    let (left, right) = (find("left", Side::Left), find("right", Side::Right));
    match (left, right) {
        (Some(left), Some(right)) => Some(if left.1 < right.1 { left } else { right }),
        (left, right) => left.or(right),
    }
}

/// The last `l` or `r` that stands alone between separators or ends.
fn lone_letter(lower: &str) -> Option<(Side, usize, usize)> {
    let bytes = lower.as_bytes();
    let apart = |place: Option<usize>| {
        let byte = place.and_then(|place| bytes.get(place));
        byte.is_none_or(|&byte| is_separator(char::from(byte)))
    };
    let alone = |&place: &usize| apart(place.checked_sub(1)) && apart(Some(place + 1));
    let side = |place: usize| match bytes.get(place) {
        Some(b'l') => Some((Side::Left, place, place + 1)),
        Some(b'r') => Some((Side::Right, place, place + 1)),
        _ => None,
    };
    let places = (0..bytes.len()).rev();
    places.filter(alone).find_map(side)
}

/// An `L` or `R` before a word at the start, or after a small letter at its end: `LHand`, `armL`.
fn capital(name: &str) -> Option<(Side, usize, usize)> {
    let bytes = name.as_bytes();
    let at = |place: Option<usize>| place.and_then(|place| bytes.get(place)).copied();
    let edge = |byte: Option<u8>| byte.is_none_or(|byte| is_separator(char::from(byte)));
    (0..bytes.len()).find_map(|place| {
        let side = match bytes.get(place) {
            Some(b'L') => Side::Left,
            Some(b'R') => Side::Right,
            _ => return None,
        };
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let word = after.is_some_and(|byte| byte.is_ascii_uppercase())
            && at(Some(place + 2)).is_some_and(|byte| byte.is_ascii_lowercase());
        let first = edge(before) && word;
        let last = edge(after) && before.is_some_and(|byte| byte.is_ascii_lowercase());
        (first || last).then_some((side, place, place + 1))
    })
}

/// Pairs of bones whose names differ in their side alone, or in their side and a number at the end.
pub struct Groups(BTreeMap<String, [Vec<Named>; 2]>);

impl Groups {
    /// Sorts the names of a rig's bones, those of known partners left out.
    pub fn new(names: &[&str], partners: &Partners) -> Self {
        let mut groups: BTreeMap<String, [Vec<Named>; 2]> = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            let bone = BoneId::new(place);
            let Some(sided) = sided(name).filter(|_| !partners.is_known(bone)) else {
                continue;
            };
            let [left, right] = groups.entry(sided.stem().to_owned()).or_default();
            let list = match sided.side {
                Side::Left => left,
                Side::Right => right,
            };
            list.push((bone, sided.whole));
        }
        Self(groups)
    }

    /// Pairs them: first those with the same number, then any, each with the one whose rest mirrors best.
    /// With `near`, only those that mirror each other at rest.
    pub fn pair(&self, rests: &Rests, near: bool, partners: &mut Partners) {
        for [left, right] in self.0.values() {
            if left.len().saturating_mul(right.len()) <= MOST {
                for same in [true, false] {
                    pair_group((left, right), (same, near), rests, partners);
                }
            }
        }
    }
}

type Named = (BoneId, String);

fn pair_group(
    (left, right): (&[Named], &[Named]),
    (same, near): (bool, bool),
    rests: &Rests,
    partners: &mut Partners,
) {
    for (bone, name) in left {
        if partners.is_known(*bone) {
            continue;
        }
        let free = |(other, other_name): &&Named| {
            !partners.is_known(*other)
                && (!same || name == other_name)
                && (!near || rests.mirror(*bone, *other))
        };
        let off = |other: &Named| rests.off(*bone, other.0);
        let nearest = right
            .iter()
            .filter(free)
            .min_by(|a, b| off(a).total_cmp(&off(b)));
        if let Some(&(other, _)) = nearest {
            partners.pair(*bone, other, How::Name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Option<(Side, String)> {
        let sided = sided(name)?;
        let whole = sided.whole.replace('\u{1}', "#");
        Some((sided.side, whole))
    }

    #[test]
    fn sides_are_found_in_names_of_any_origin() {
        for (left, right, whole) in [
            ("mixamorig:LeftArm", "mixamorig:RightArm", "mixamorig:#arm"),
            ("mixamorigLeftHand", "mixamorigRightHand", "mixamorig#hand"),
            ("Bip01 L Thigh", "Bip01 R Thigh", "bip01 # thigh"),
            ("J_Bip_L_UpperArm", "J_Bip_R_UpperArm", "j_bip_#_upperarm"),
            ("hand.l", "hand.r", "hand.#"),
            ("DEF-thigh.L.001", "DEF-thigh.R.001", "def-thigh.#.001"),
            ("LHipJoint", "RHipJoint", "#hipjoint"),
            ("armL", "armR", "arm#"),
            ("leftEye", "rightEye", "#eye"),
        ] {
            assert_eq!(key(left), Some((Side::Left, whole.to_owned())), "{left}");
            assert_eq!(key(right), Some((Side::Right, whole.to_owned())), "{right}");
        }
        for name in ["hips", "Spine1", "", "ROOT", "Lower", "BONE"] {
            assert_eq!(key(name), None, "{name}");
        }
    }

    #[test]
    fn a_number_at_the_end_may_differ() {
        let stem = |name| sided(name).unwrap().stem().replace('\u{1}', "#");
        assert_eq!(stem("b_LeftUpperArm_09"), "b_#upperarm");
        assert_eq!(stem("b_RightUpperArm_06"), "b_#upperarm");
        assert_eq!(stem("LeftHandThumb2"), "#handthumb2");
        assert_eq!(stem("arm.L.001"), "arm.#");
    }
}
