//! Small documents to try things on.

use std::sync::Arc;

use glam::Vec3;
use keypose::eval::animation;
use keypose::model::action::Action;
use keypose::model::armature::Armature;
use keypose::model::bone::Bone;
use keypose::model::document::Document;
use keypose::model::fcurve::{FCurve, Interpolation, Key};
use keypose::model::id::{BoneId, RigId};
use keypose::model::rig::Rig;

/// A bone's name, parent, head and tail.
type BoneRow<'a> = (&'a str, Option<u32>, [f32; 3], [f32; 3]);

/// A rig of such bones.
pub fn rig(name: &str, bones: &[BoneRow]) -> Rig {
    let bone = |&(name, parent, head, tail): &BoneRow| {
        Arc::new(Bone {
            name: name.into(),
            parent: parent.map(BoneId),
            head: Vec3::from(head),
            tail: Vec3::from(tail),
            ..Bone::default()
        })
    };
    let armature = Armature {
        bones: bones.iter().map(bone).collect(),
        ..Armature::default()
    };
    Rig::new(name.to_owned(), armature)
}

/// A trunk with two arms.
pub fn arm() -> Document {
    let mut document = Document::default();
    document.add_rig(rig(
        "figure",
        &[
            ("trunk", None, [0.0, 0.0, 0.0], [0.0, 0.0, 1.0]),
            ("arm.L", Some(0), [0.1, 0.0, 1.0], [0.5, 0.0, 1.0]),
            ("hand.L", Some(1), [0.5, 0.0, 1.0], [0.6, 0.0, 1.0]),
            ("arm.R", Some(0), [-0.1, 0.0, 1.0], [-0.5, 0.0, 1.0]),
            ("hand.R", Some(3), [-0.5, 0.0, 1.0], [-0.6, 0.0, 1.0]),
        ],
    ));
    document
}

/// [`arm`] with the left arm selected, posed and active, and a bone hidden.
pub fn selected_arm() -> Document {
    let mut document = arm();
    let rig = document.rig_mut().unwrap();
    rig.selected.set(1, true);
    rig.selected.set(2, true);
    rig.active_bone = Some(BoneId(1));
    rig.hidden.set(4, true);
    let channel = rig.channel_mut(BoneId(1)).unwrap();
    channel.location = Vec3::new(0.1, 0.2, 0.3);
    channel.quaternion = [0.5, 0.5, 0.5, 0.5];
    channel.scale = Vec3::new(1.0, 2.0, 1.0);
    document
}

/// [`arm`] with an action: `arm.L` goes from 0 to 10 along X between the frames 1 and 11, `hand.L` has keys at
/// the frames 4 and 6.5. A second action keys `trunk` alone.
pub fn wave() -> Document {
    let mut document = arm();
    let wave = Action {
        fcurves: vec![
            curve("arm.L", &[(1.0, 0.0), (11.0, 10.0)]),
            curve("hand.L", &[(4.0, 1.0), (6.5, 2.0)]),
        ],
        ..Action::default()
    };
    let nod = Action {
        fcurves: vec![curve("trunk", &[(1.0, 3.0)])],
        ..Action::default()
    };
    let actions = [("Wave", wave), ("Nod", nod)];
    let actions = actions.map(|(name, action)| (name.to_owned(), Arc::new(action)));
    document.actions = Arc::new(actions.into_iter().collect());
    let rig = document.rig_mut().unwrap();
    Arc::make_mut(&mut rig.animation).active_action = Some("Wave".to_owned());
    animation::apply(&mut document);
    document
}

/// A curve of straight lines along X.
fn curve(bone: &str, keys: &[(f32, f32)]) -> Arc<FCurve> {
    let key = |&(frame, value): &(f32, f32)| Key {
        interpolation: Interpolation::Linear,
        ..Key::new(frame, value)
    };
    Arc::new(FCurve {
        keys: Arc::new(keys.iter().map(key).collect()),
        ..FCurve::new(Some(bone), "location", 0)
    })
}

/// Two rigs, each with a selected bone.
pub fn two_rigs() -> Document {
    let mut document = selected_arm();
    let mut other = rig("other", &[("root", None, [2.0, 0.0, 0.0], [2.0, 0.0, 1.0])]);
    other.selected.set(0, true);
    document.add_rig(other);
    document
}

/// Three figures like [`arm`], their hands connected: `figure`, the active one, without a selected bone, `twin` with
/// the left arm selected, and `ghost`, which is hidden and has everything selected.
pub fn three_rigs() -> Document {
    let mut document = Document::default();
    let selected: [(&str, &[usize]); 3] =
        [("figure", &[]), ("twin", &[1]), ("ghost", &[0, 1, 2, 3, 4])];
    for (name, selected) in selected {
        let mut rig = Rig::clone(&arm().rigs[0]);
        rig.name = name.to_owned();
        for hand in [BoneId(2), BoneId(4)] {
            rig.bone_mut(hand).unwrap().connected = true;
        }
        rig.selected = selected.iter().copied().collect();
        rig.hide = name == "ghost";
        rig.active_bone = Some(BoneId(1));
        document.add_rig(rig);
    }
    document.active_rig = Some(RigId(0));
    document
}
