//! The rig and the action that all workloads share, number by number the same in both programs.

use std::sync::Arc;

use glam::Vec3;
use keypose::eval::handles;
use keypose::model::action::Action;
use keypose::model::armature::Armature;
use keypose::model::bits::BitSet;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::fcurve::{FCurve, Key, KeySelection};
use keypose::model::id::BoneId;
use keypose::model::rig::Rig;
use keypose::model::settings::Animation;

use crate::arguments::Arguments;

const PROPERTIES: [(&str, u32); 3] = [("location", 3), ("rotation_quaternion", 4), ("scale", 3)];

/// Pseudo-random numbers, −1 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        const RANGE: u64 = 1 << 31;
        self.0 = (self.0 * 1_103_515_245 + 12_345) % RANGE;
        self.0 as f64 / (RANGE - 1) as f64 * 2.0 - 1.0
    }
}

/// A tree of bones with an action on all of them, everything selected.
pub fn document(arguments: &Arguments) -> Document {
    let mut random = Random(12_345);
    let mut rig = rig(arguments.bones, &mut random);
    let mut action = Action::default();
    for bone in &rig.armature.bones {
        for (property, components) in PROPERTIES {
            for index in 0..components {
                let base = f64::from(property == "scale" || components == 4 && index == 0);
                let mut curve = FCurve::new(Some(&bone.name), property, index);
                let key = |place: usize| {
                    Key::new(
                        1.0 + 10.0 * place as f32,
                        (base + 0.2 * random.next()) as f32,
                    )
                };
                curve.keys = Arc::new((0..arguments.keys).map(key).collect());
                let all = BitSet::full(arguments.keys);
                curve.selection = KeySelection {
                    keys: all.clone(),
                    left: all.clone(),
                    right: all,
                };
                handles::recalculate(&mut curve);
                action.fcurves.push(Arc::new(curve));
            }
        }
    }
    rig.animation = Arc::new(Animation {
        active_action: Some("act".to_owned()),
        ..Animation::default()
    });
    let mut document = Document::default();
    document.add_rig(rig);
    Arc::make_mut(&mut document.actions).insert("act".to_owned(), Arc::new(action));
    let scene = Arc::make_mut(&mut document.scene);
    scene.frame_end = 1 + 10 * (arguments.keys as i32 - 1);
    document
}

fn rig(count: usize, random: &mut Random) -> Rig {
    let mut bones: Vec<Arc<Bone>> = Vec::new();
    for place in 0..count {
        let parent = place.checked_sub(1).map(|before| before / 2);
        let head = parent.map_or(Vec3::ZERO, |parent| bones[parent].tail);
        let (x, y) = (0.1 * random.next(), 0.1 * random.next());
        bones.push(Arc::new(Bone {
            name: format!("b{place}").into(),
            parent: parent.map(BoneId::new),
            head,
            tail: head + Vec3::new(x as f32, y as f32, 0.3),
            ..Bone::default()
        }));
    }
    let armature = Armature {
        bones,
        ..Armature::default()
    };
    let mut rig = Rig::new("rig".to_owned(), armature);
    rig.selected = BitSet::full(count);
    rig
}
