//! Samplers of files made from curves, and back.

use glam::Vec3;

use super::*;
use crate::eval::handles;
use crate::model::bone::Bone;
use crate::model::document::Document;
use crate::model::fcurve::{
    Cycle, Easing, Extrapolation, HandleType, Interpolation, Key, Modifier,
};
use crate::model::pose::Custom;
use crate::model::settings::Animation;

/// Pseudo-random numbers, the same on every run.
struct Random(u64);

impl Random {
    fn number(&mut self) -> f32 {
        self.0 = (self.0 * 1_103_515_245 + 12_345) % (1 << 31);
        (self.0 >> 8) as f32 / (1 << 22) as f32 - 1.0
    }

    fn below(&mut self, count: usize) -> usize {
        (((self.number() + 1.0) / 2.0 * count as f32) as usize).min(count - 1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

const PROPERTIES: [(&str, u32); 7] = [
    ("location", 3),
    ("rotation_quaternion", 4),
    ("rotation_euler", 3),
    ("rotation_axis_angle", 4),
    ("scale", 3),
    ("bbone_rollin", 1),
    ("[\"mood\"]", 1),
];

fn keys(random: &mut Random, frames: &[f32], plain: bool) -> Vec<Key> {
    let types = [
        HandleType::Auto,
        HandleType::AutoClamped,
        HandleType::Vector,
        HandleType::Free,
        HandleType::Aligned,
    ];
    let ways = [
        Interpolation::Bezier,
        Interpolation::Linear,
        Interpolation::Constant,
        Interpolation::Elastic,
        Interpolation::Quad,
    ];
    let key = |&frame: &f32| {
        let mut key = Key::new(frame, random.number() * 2.0);
        let most = if plain { 3 } else { 5 };
        key.left_type = types[random.below(most)];
        key.right_type = types[random.below(most)];
        key.interpolation = ways[random.below(most)];
        key.easing = Easing::InOut;
        key.left[1] += random.number();
        key.right[0] += random.number() * 0.9;
        key
    };
    frames.iter().map(key).collect()
}

fn curve(random: &mut Random, bone: Option<&str>, property: &str, index: u32) -> FCurve {
    let clocks: [&[f32]; 4] = [
        &[1.0, 11.0, 21.0, 31.0],
        &[0.0, 7.5, 30.0],
        &[5.0],
        &[1.0, 2.0, 3.0, 20.0, 20.0, 41.0],
    ];
    let mut curve = FCurve::new(bone, property, index);
    let plain = !random.one_in(4);
    let clock = clocks[random.below(4)];
    curve.keys = Arc::new(keys(random, clock, plain));
    curve.mute = random.one_in(12);
    curve.int_values = random.one_in(12);
    curve.discrete_values = random.one_in(12);
    if random.one_in(2) {
        curve.extrapolation = Extrapolation::Linear;
    }
    if random.one_in(4) {
        let modes = [
            Cycle::Repeat,
            Cycle::Mirror,
            Cycle::RepeatOffset,
            Cycle::None,
        ];
        curve.modifiers.push(Modifier {
            mode_before: modes[random.below(4)],
            mode_after: modes[random.below(4)],
            cycles_after: random.below(3) as i32,
            ..Modifier::default()
        });
    }
    handles::recalculate(&mut curve);
    curve
}

fn spherical(random: &mut Random, bone: &str) -> Vec<Arc<FCurve>> {
    let mut ends = Vec::new();
    for _ in 0..4 {
        let [w, x, y, z] = std::array::from_fn(|_| random.number());
        ends.push(glam::Vec4::new(w, x, y, z).normalize().to_array());
    }
    let made = (0..4).map(|index| {
        let mut curve = FCurve::new(Some(bone), "rotation_quaternion", index);
        curve.spherical = true;
        let key = |(place, end): (usize, &[f32; 4])| Key {
            interpolation: Interpolation::Linear,
            ..Key::new(place as f32 * 9.0 + 2.0, end[index as usize])
        };
        curve.keys = Arc::new(ends.iter().enumerate().map(key).collect());
        Arc::new(curve)
    });
    made.collect()
}

fn document(random: &mut Random) -> Document {
    let bones = (0..6).map(|place| {
        let name = format!("bone {place}").as_str().into();
        Arc::new(Bone {
            name,
            ..Bone::default()
        })
    });
    let armature = Armature {
        bones: bones.collect(),
        ..Armature::default()
    };
    let mut rig = Rig::new("Rig".to_owned(), armature);
    let mut action = Action::default();
    for (place, bone) in rig.armature.clone().bones.iter().enumerate() {
        let id = crate::model::id::BoneId::new(place);
        let setup = rig.setup_mut(id).unwrap();
        setup.custom.insert("mood".to_owned(), Custom::Float(0.25));
        for (property, components) in PROPERTIES {
            if property == "rotation_quaternion" && place % 2 == 0 {
                action.fcurves.extend(spherical(random, &bone.name));
                continue;
            }
            for index in 0..components {
                if !random.one_in(5) {
                    let curve = curve(random, Some(&bone.name), property, index);
                    action.fcurves.push(Arc::new(curve));
                }
            }
        }
    }
    let rig_curve = curve(random, None, "location", 1);
    action.fcurves.push(Arc::new(rig_curve));
    let stranger = curve(random, Some("nobody"), "location", 1);
    action.fcurves.push(Arc::new(stranger));
    rig.animation = Arc::new(Animation {
        active_action: Some("Act".to_owned()),
        ..Animation::default()
    });
    let mut document = Document::default();
    document.add_rig(rig);
    Arc::make_mut(&mut document.actions).insert("Act".to_owned(), Arc::new(action));
    document
}

/// All that an action may write to, in a row.
fn numbers(rig: &Rig) -> Vec<f32> {
    let mut found = rig.location.to_array().to_vec();
    for channel in rig.pose.channels.iter() {
        let vectors: [Vec3; 3] = [channel.location, channel.euler, channel.scale];
        found.extend(vectors.iter().flat_map(Vec3::to_array));
        found.extend(channel.quaternion);
        found.extend(channel.axis_angle);
    }
    for setup in rig.pose.setups.iter() {
        found.push(setup.bbone.bbone_rollin);
        if let Some(Custom::Float(mood)) = setup.custom.get("mood") {
            found.push(*mood as f32);
        }
    }
    found
}

fn assert_alike(animator: &mut Animator, document: &mut Document, frame: f32) {
    let mut wanted = document.clone();
    Arc::make_mut(&mut wanted.scene).frame = frame;
    Arc::make_mut(&mut document.scene).frame = frame;
    animation::apply(&mut wanted);
    animator.apply(document);
    let pairs = numbers(document.rig().unwrap())
        .into_iter()
        .zip(numbers(wanted.rig().unwrap()));
    for (place, (found, wanted)) in pairs.enumerate() {
        let far = (found - wanted).abs() > 1e-5 * wanted.abs().max(1.0);
        assert!(
            !far,
            "frame {frame}, number {place}: {found} instead of {wanted}"
        );
    }
}

#[test]
fn every_frame_is_as_evaluation_gives_it() {
    for seed in 0..40 {
        let mut random = Random(seed * 7919 + 12_345);
        let mut document = document(&mut random);
        let mut animator = Animator::default();
        let frames = (-8..60).map(|step| step as f32 * 1.0);
        let between = (0..60).map(|step| step as f32 * 0.83 - 4.0);
        for frame in frames.chain(between).chain([1.00005, 19.99995, 30.99997]) {
            assert_alike(&mut animator, &mut document, frame);
        }
    }
}

#[test]
fn changed_values_frames_and_bones_are_taken_over() {
    let mut random = Random(5);
    let mut document = document(&mut random);
    let mut animator = Animator::default();
    for step in 0..60 {
        let actions = Arc::make_mut(&mut document.actions);
        let action = Arc::make_mut(actions.get_mut("Act").unwrap());
        let place = random.below(action.fcurves.len());
        let curve = Arc::make_mut(&mut action.fcurves[place]);
        let keys = Arc::make_mut(&mut curve.keys);
        let key = random.below(keys.len());
        match step % 4 {
            0 | 1 => keys[key].shift(0.0, random.number()),
            2 => keys[0].shift(-0.5, 0.0),
            _ => curve.mute = !curve.mute,
        }
        handles::recalculate(curve);
        if step == 30 {
            let rig = document.rig_mut().unwrap();
            let bone = rig.bone_mut(crate::model::id::BoneId(2)).unwrap();
            bone.name = "another".into();
        }
        assert_alike(&mut animator, &mut document, 4.0 + step as f32 * 0.37);
    }
}
