//! Poses go through text unharmed, and a text that was harmed is refused in one line.

use glam::{Mat4, Vec3};

use super::*;
use crate::eval::hierarchy;
use crate::model::armature::Armature;
use crate::model::bone::Bone;
use std::sync::Arc;

/// A small generator of numbers, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn number(&mut self) -> f32 {
        (self.roll(20_000) as f32 - 10_000.0) / 3_000.0
    }

    fn vec(&mut self) -> Vec3 {
        Vec3::new(self.number(), self.number(), self.number())
    }
}

/// A rig of `count` bones with odd names, frames, poses and properties.
fn rig(dice: &mut Dice, count: usize) -> Rig {
    let bone = |place: usize, dice: &mut Dice| {
        let head = dice.vec();
        let parent = (place > 0 && dice.roll(5) > 0).then(|| BoneId::new(dice.roll(place)));
        let frame =
            Mat4::from_rotation_translation(glam::Quat::from_rotation_x(dice.number()), head);
        Arc::new(Bone {
            name: format!("bone \"{place}\" ä\\n.{}", ["L", "R"][place % 2]).into(),
            parent,
            head,
            tail: head + Vec3::new(0.0, 0.1 + dice.roll(10) as f32, 0.0),
            roll: dice.number(),
            frame: (dice.roll(3) == 0).then_some(frame),
            local_location: dice.roll(2) == 0,
            ..Bone::default()
        })
    };
    let bones = (0..count).map(|place| bone(place, dice)).collect();
    let armature = Armature {
        bones,
        ..Armature::default()
    };
    let mut rig = Rig::new("Rig, a \"test\"".to_owned(), armature);
    for place in 0..count {
        let id = BoneId::new(place);
        if dice.roll(4) == 0 {
            continue;
        }
        let channel = rig.channel_mut(id).unwrap();
        channel.location = dice.vec();
        channel.mode = RotationMode::ALL[dice.roll(8)];
        channel.quaternion = [dice.number(), 0.1, dice.number(), -0.0];
        channel.euler = dice.vec();
        channel.axis_angle = [dice.number(), 0.0, 1e-20, dice.number()];
        channel.scale = dice.vec();
        let setup = rig.setup_mut(id).unwrap();
        setup.lock_scale = [true; 3];
        setup.bbone.bbone_rollin = dice.number();
        let values = [
            Custom::Bool(true),
            Custom::Int(-7),
            Custom::Float(0.1),
            Custom::Text("a \"b\"\n".to_owned()),
            Custom::Numbers(vec![1.0, 2.5]),
        ];
        let value = values[dice.roll(5)].clone();
        setup.custom.insert("how \"much\"".to_owned(), value);
    }
    rig
}

#[test]
fn a_pose_goes_through_text_unharmed() {
    let mut dice = Dice(0x1234_5678_9ABC_DEF1);
    for round in 0..60 {
        let rig = rig(&mut dice, 1 + round % 23);
        let copied: Vec<BoneId> = rig.armature.ids().filter(|_| dice.roll(3) > 0).collect();
        let text = write(&rig, &copied).unwrap();
        assert!(is_pose(&text), "{text}");
        // Mail changes line ends.
        for text in [
            text.clone(),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
        ] {
            let (back, bones) = read(&text).unwrap();
            let names = |rig: &Rig, bones: &[BoneId]| {
                let name = |bone: &BoneId| rig.armature.name(*bone).to_owned();
                bones.iter().map(name).collect::<Vec<_>>()
            };
            assert_eq!(names(&back, &bones), names(&rig, &copied));
            for (&before, &after) in copied.iter().zip(&bones) {
                assert_eq!(rig.channel(before), back.channel(after));
                let (before, after) = (rig.setup(before).unwrap(), back.setup(after).unwrap());
                assert_eq!(
                    (&before.custom, &before.bbone),
                    (&after.custom, &after.bbone)
                );
                assert_eq!(after.lock_scale, [false; 3]);
            }
            // Where the bones are is told too: rest and pose of everything above them.
            let (there, here) = (
                hierarchy::evaluate_once(&rig),
                hierarchy::evaluate_once(&back),
            );
            for (&before, &after) in copied.iter().zip(&bones) {
                let rest = |rig: &Rig, id| rig.armature.bone(id).unwrap().armature_from_bone();
                assert_eq!(rest(&rig, before), rest(&back, after));
                assert_eq!(there.head(before), here.head(after));
                assert_eq!(there.tail(before), here.tail(after));
            }
        }
    }
}

#[test]
fn a_harmed_text_is_refused_in_one_line_or_is_a_pose_of_finite_numbers() {
    let mut dice = Dice(0xC0FF_EE00_1234_5678);
    let rig = rig(&mut dice, 9);
    let bones: Vec<BoneId> = rig.armature.ids().skip(2).collect();
    let text = write(&rig, &bones).unwrap();
    let check = |text: &str| match read(text) {
        Ok((rig, bones)) => {
            assert!(write(&rig, &bones).is_ok());
        }
        Err(line) => assert!(!line.contains('\n') && line.len() < 400, "{line}"),
    };
    let whole = text.trim_end();
    for (end, _) in whole.char_indices().step_by(7) {
        assert!(read(&text[..end]).is_err(), "{}", &text[..end]);
        check(&text[..end]);
    }
    let signs: Vec<char> = "(){}[]:,\"\\0a.-eN\n ".chars().collect();
    for _ in 0..3000 {
        let mut letters: Vec<char> = text.chars().collect();
        for _ in 0..=dice.roll(3) {
            let place = dice.roll(letters.len());
            match dice.roll(3) {
                0 => letters[place] = signs[dice.roll(signs.len())],
                1 => drop(letters.remove(place)),
                _ => letters.insert(place, signs[dice.roll(signs.len())]),
            }
        }
        check(&letters.into_iter().collect::<String>());
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let reason = |text: &str| read(text).err().unwrap_or_default();
    let body = "(pose: {\"a\": (location: (1.0, 2.0, 3.0))})";
    assert_eq!(reason(&format!("// Keypose pose 1\n{body}")), "");
    for (text, part) in [
        ("hello".to_owned(), "does not begin with"),
        (format!("// Keypose poses 1\n{body}"), "does not begin with"),
        ("// Keypose pose".to_owned(), "line 1: it does not tell"),
        (format!("// Keypose pose one\n{body}"), "line 1: it does not"),
        (format!("// Keypose pose 0\n{body}"), "no version 0"),
        (format!("// Keypose pose 2\n{body}"), "newer Keypose"),
        ("// Keypose pose 1\n".to_owned(), "ends in the middle"),
        (format!("// Keypose pose 1\n\n{body})"), "line 3"),
        ("// Keypose pose 1\n(pose: {\"a\": (loc: 1)})".to_owned(), "line 2"),
        ("// Keypose pose 1\n(pose: {\"a\": (scale: (1.0, NaN, 1.0))})".to_owned(), "scale[1]"),
        ("// Keypose pose 1\n(pose: {\"a\": (scale: (1.0, 1e39, 1.0))})".to_owned(), "scale[1]"),
        ("// Keypose pose 1\n(pose: {\"a\": (), \"a\": ()})".to_owned(), "twice"),
        ("// Keypose pose 1\n(pose: {\"a\": ()}, around: {\"a\": ()})".to_owned(), "around"),
        (
            "// Keypose pose 1\n(rest: [(name: \"a\", parent: \"b\", head: (0,0,0), tail: (0,1,0))])".to_owned(),
            "does not exist",
        ),
        (
            "// Keypose pose 1\n(rest: [(name: \"a\", parent: \"a\", head: (0,0,0), tail: (0,1,0))])".to_owned(),
            "own ancestor",
        ),
    ] {
        let found = reason(&text);
        assert!(found.contains(part), "{text}: {found}");
        assert!(!found.contains('\n'), "{found}");
    }
    let huge = format!("// Keypose pose 1\n{}", " ".repeat(LARGEST));
    assert!(reason(&huge).contains("larger than 8 megabytes"));
}
