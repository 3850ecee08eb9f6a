//! Colours of the viewport: what the theme gives, and the bones' own colour sets.

use crate::model::armature::{Armature, BoneColor};
use crate::model::id::BoneId;
use crate::model::pose::BoneSetup;

/// Colours of the viewport: gamma-encoded red, green, blue and alpha, 0 to 1. Named as in the theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ViewportColors {
    /// Top of the background.
    pub vp_top: [f32; 4],
    /// Bottom of the background.
    pub vp_bottom: [f32; 4],
    /// Lines of the floor.
    pub grid: [f32; 4],
    /// Opacity of the fine ones.
    pub grid_a: f32,
    /// Opacity of every fourth.
    pub grid_major_a: f32,
    /// The X axis.
    pub x: [f32; 4],
    /// The Y axis.
    pub y: [f32; 4],
    /// Outlines of bones.
    pub b_edge: [f32; 4],
    /// Bones of neither side.
    pub b_torso: [f32; 4],
    /// Bones of the left.
    pub b_left: [f32; 4],
    /// Bones of the right.
    pub b_right: [f32; 4],
    /// Selected bones.
    pub b_sel: [f32; 4],
    /// Their rim.
    pub b_sel_edge: [f32; 4],
    /// The active bone.
    pub b_active: [f32; 4],
    /// Its rim.
    pub b_active_edge: [f32; 4],
    /// Rim of the bone under the pointer.
    pub b_hover_edge: [f32; 4],
    /// Bones with inverse kinematics.
    pub b_ik: [f32; 4],
    /// Bones with other constraints.
    pub b_con: [f32; 4],
    /// Rim of bones that were changed and have no key.
    pub b_chg: [f32; 4],
    /// Bones whose transform is locked.
    pub b_locked: [f32; 4],
    /// By how much rims are wider than usual, points.
    pub rim_more: f32,
}

impl Default for ViewportColors {
    fn default() -> Self {
        Self {
            vp_top: rgb(0x34363e),
            vp_bottom: rgb(0x1d1e23),
            grid: rgb(0xffffff),
            grid_a: 0.085,
            grid_major_a: 0.17,
            x: rgb(0xf2606c),
            y: rgb(0x86c954),
            b_edge: rgb(0x101116),
            b_torso: rgb(0xaab3c4),
            b_left: rgb(0x52bdb3),
            b_right: rgb(0xe08aa4),
            b_sel: rgb(0x918fff),
            b_sel_edge: rgb(0xc9c7ff),
            b_active: rgb(0xa9a7ff),
            b_active_edge: rgb(0xffffff),
            b_hover_edge: rgb(0xc9c7ff),
            b_ik: rgb(0xffb13d),
            b_con: rgb(0x6fcf7f),
            b_chg: rgb(0xff9152),
            b_locked: rgb(0x7d818c),
            rim_more: 0.0,
        }
    }
}

/// The plain ground behind a silhouette, whatever the theme: what counts is the contrast.
pub const SILHOUETTE_GROUND: [f32; 4] = rgb(0xc6c9d1);
/// The silhouette, linear.
pub const SILHOUETTE: [f32; 3] = [0.006, 0.006, 0.008];
/// The clay of solid shading, linear.
pub const CLAY: [f32; 3] = [0.50, 0.48, 0.46];

/// An opaque colour from `0xrrggbb`.
pub const fn rgb(hex: u32) -> [f32; 4] {
    let [_, r, g, b] = hex.to_be_bytes();
    [r as f32 / 255.0, g as f32 / 255.0, b as f32 / 255.0, 1.0]
}

/// The fills of the colour sets `THEME01` to `THEME20`.
const SETS: [u32; 20] = [
    0xd9605a, 0xe08a4e, 0xd9b54a, 0xa6bf55, 0x68b56b, 0x48b092, 0x4aaebb, 0x5a9bd8, 0x6f82e0,
    0x9273dc, 0xb96fd0, 0xd86fae, 0xc98a72, 0xa89a78, 0x8fa088, 0x7f9aa6, 0x8e93ac, 0xc7cbd4,
    0x8b8f99, 0x5d616b,
];

/// The colour of a bone that nothing is the matter with: its own, the pose's before the one at rest, else that of its collections, else that of its side.
pub fn fill(
    colors: &ViewportColors,
    armature: &Armature,
    id: BoneId,
    setup: Option<&BoneSetup>,
    side: Side,
) -> [f32; 4] {
    let read = |text: &str| color(colors, BoneColor::parse(text)?);
    let own = setup.and_then(|setup| read(&setup.color));
    let own = own.or_else(|| read(&armature.bone(id)?.color));
    own.or_else(|| color(colors, armature.collection_color(id)?))
        .unwrap_or(match side {
            Side::Middle => colors.b_torso,
            Side::Left => colors.b_left,
            Side::Right => colors.b_right,
        })
}

/// What a colour of bones looks like; nothing for the default, which depends on the bone's side.
pub fn color(colors: &ViewportColors, color: BoneColor) -> Option<[f32; 4]> {
    match color {
        BoneColor::Default => None,
        BoneColor::Torso => Some(colors.b_torso),
        BoneColor::Left => Some(colors.b_left),
        BoneColor::Right => Some(colors.b_right),
        BoneColor::Set(number) => set(number),
        BoneColor::Free([r, g, b]) => {
            let part = |byte: u8| f32::from(byte) / 255.0;
            Some([part(r), part(g), part(b), 1.0])
        }
    }
}

fn set(number: u8) -> Option<[f32; 4]> {
    let place = usize::from(number).checked_sub(1)?;
    SETS.get(place).copied().map(rgb)
}

/// The side of the body that a bone's name speaks of. Read more generously than for mirroring, since it is
/// only a matter of colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Neither.
    Middle,
    /// `.L`, `_l`, `Left…`
    Left,
    /// `.R`, `_r`, `Right…`
    Right,
}

impl Side {
    /// Reads the name word by word: `hand.L`, `J_Bip_L_Hand`, `mixamorig:LeftHand`, `handL`. The last word
    /// that is a side counts.
    pub fn of(name: &str) -> Self {
        let mut side = Self::Middle;
        let mut start = 0;
        let mut before = ' ';
        for (at, letter) in name.char_indices().chain([(name.len(), ' ')]) {
            let humps = letter.is_uppercase() && !before.is_uppercase();
            if !letter.is_alphanumeric() || humps {
                side = Self::of_word(name.get(start..at).unwrap_or_default()).unwrap_or(side);
                start = at
                    + if letter.is_alphanumeric() {
                        0
                    } else {
                        letter.len_utf8()
                    };
            }
            before = letter;
        }
        side
    }

    fn of_word(word: &str) -> Option<Self> {
        let is = |side: &str| word.eq_ignore_ascii_case(side);
        if is("l") || is("left") {
            Some(Self::Left)
        } else if is("r") || is("right") {
            Some(Self::Right)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::armature::BoneCollection;
    use crate::model::bone::Bone;
    use std::sync::Arc;

    #[test]
    fn sides_are_read_from_the_usual_names() {
        for name in [
            "hand.L",
            "hand_l",
            "LeftHand",
            "leftHand",
            "mixamorig:LeftArm",
            "J_Bip_L_Hand",
        ] {
            assert_eq!(Side::of(name), Side::Left, "{name}");
        }
        for name in [
            "hand.R",
            "hand-r",
            "RightHand",
            "Bip01 R Hand",
            "hand.R.001",
            "handR",
        ] {
            assert_eq!(Side::of(name), Side::Right, "{name}");
        }
        for name in [
            "",
            "hips",
            "spine.001",
            "upright",
            "Lumbar",
            "XL",
            "jaw_lr",
            "spine_L3",
            "Räder",
        ] {
            assert_eq!(Side::of(name), Side::Middle, "{name}");
        }
    }

    #[test]
    fn a_colour_set_counts_before_the_collection_and_that_before_the_side() {
        let colors = ViewportColors::default();
        let mut armature = Armature {
            bones: vec![Arc::new(Bone {
                collections: vec!["Arms".to_owned()],
                ..Bone::default()
            })],
            collections: vec![BoneCollection {
                name: "Arms".to_owned(),
                ..BoneCollection::default()
            }],
            ..Armature::default()
        };
        let mut setup = BoneSetup::default();
        let look = |armature: &Armature, setup: &BoneSetup| {
            fill(&colors, armature, BoneId(0), Some(setup), Side::Left)
        };
        assert_eq!(look(&armature, &setup), colors.b_left);
        armature.collections[0].color = "#ff0000".to_owned();
        assert_eq!(look(&armature, &setup), [1.0, 0.0, 0.0, 1.0]);
        armature.collections[0].color = "TORSO".to_owned();
        assert_eq!(look(&armature, &setup), colors.b_torso);
        Arc::make_mut(&mut armature.bones[0]).color = "THEME02".to_owned();
        assert_eq!(look(&armature, &setup), rgb(SETS[1]));
        setup.color = "THEME20".to_owned();
        assert_eq!(look(&armature, &setup), rgb(SETS[19]));
        setup.color = "THEME21".to_owned();
        assert_eq!(look(&armature, &setup), rgb(SETS[1]));
    }
}
