//! Mirrored poses: flipped pasting, the pairs it goes by, and mirrored posing, on rigs made by chance.

mod common;
#[path = "mirror/rigs.rs"]
mod rigs;

use glam::{Mat4, Quat, Vec3};
use keypose::eval::hierarchy::evaluate_once;
use keypose::model::document::Document;
use keypose::model::id::BoneId;
use keypose::model::pose::{Channel, RotationMode};
use keypose::model::rig::Rig;
use keypose::model::settings::MirrorKind;
use keypose::ops::runner::Session;
use keypose::ops::shared::mirror::pairing::{How, Pairing};
use proptest::prelude::*;
use rigs::{Naming, Plan};

const FLIP: Mat4 = Mat4::from_cols(
    glam::Vec4::NEG_X,
    glam::Vec4::Y,
    glam::Vec4::Z,
    glam::Vec4::W,
);

/// Some seconds' worth; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let all = ProptestConfig::default();
    let more = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if more { all.cases } else { 100 },
        failure_persistence: None,
        ..all
    }
}

fn session(rig: Rig) -> Session {
    let mut document = Document::default();
    document.active_rig = Some(document.add_rig(rig));
    Session::with_document(document)
}

fn rig(session: &Session) -> &Rig {
    session.document.rig().unwrap()
}

fn run(session: &mut Session, call: &str) {
    session
        .run_text(call)
        .unwrap_or_else(|error| panic!("{call}: {error}"));
}

fn select(session: &mut Session, bones: impl Iterator<Item = usize>) {
    let rig = session.document.rig_mut().unwrap();
    rig.selected = bones.collect();
}

fn image(plan: &Plan, bone: usize) -> usize {
    plan.images[bone]
}

/// The formula: the mirrored pose of the bone's mirror image.
fn mirrored(plan: &Plan, before: &Rig, bone: usize) -> Mat4 {
    let rest = |bone: usize| before.armature.bones[bone].armature_from_bone();
    let posed = evaluate_once(before).armature_from_bone[bone];
    FLIP * posed * FLIP * (FLIP * rest(bone) * FLIP).inverse() * rest(image(plan, bone))
}

fn near(a: Mat4, b: Mat4, tolerance: f32) -> bool {
    let size = b
        .to_cols_array()
        .iter()
        .fold(1.0_f32, |m, c| m.max(c.abs()));
    a.abs_diff_eq(b, tolerance * size)
}

/// Whether two channels hold the same numbers; quaternions may differ in sign, Euler angles in their branch.
fn same(a: &Channel, b: &Channel) -> bool {
    let off = |a: Vec3, b: Vec3| (a - b).abs().max_element() / (1.0 + b.length());
    let matrix = |channel: &Channel| Mat4::from_quat(channel.rotation());
    a.mode == b.mode
        && off(a.location, b.location) < 1e-5
        && off(a.scale, b.scale) < 1e-5
        && matrix(a).abs_diff_eq(matrix(b), 1e-5)
        && (a.mode != RotationMode::Quaternion
            || Vec3::from_slice(&a.quaternion[1..])
                .abs_diff_eq(Vec3::from_slice(&b.quaternion[1..]), 2e-5))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn with_everything_selected_every_bone_is_where_the_mirrored_armature_has_it(plan in rigs::plan()) {
        let mut session = session(plan.rig.clone());
        let count = plan.rig.armature.bones.len();
        select(&mut session, 0..count);
        run(&mut session, "pose.copy()");
        run(&mut session, "pose.paste(flipped: true)");
        let posed = evaluate_once(rig(&session));
        for bone in 0..count {
            let wanted = mirrored(&plan, &plan.rig, bone);
            let found = posed.armature_from_bone[image(&plan, bone)];
            prop_assert!(
                near(found, wanted, 1e-4),
                "{}: {found} is not {wanted}",
                plan.rig.armature.bones[bone].name
            );
        }
    }

    #[test]
    fn flipping_twice_is_the_identity(plan in rigs::plan()) {
        let mut session = session(plan.rig.clone());
        let count = plan.rig.armature.bones.len();
        select(&mut session, 0..count);
        for _ in 0..2 {
            run(&mut session, "pose.copy()");
            run(&mut session, "pose.paste(flipped: true)");
        }
        for (bone, before) in plan.rig.pose.channels.iter().enumerate() {
            let after = &rig(&session).pose.channels[bone];
            prop_assert!(same(after, before), "{after:?} is not {before:?}");
        }
    }

    #[test]
    fn a_part_of_the_pose_goes_to_the_other_side_and_back(
        plan in rigs::plan(),
        chosen in proptest::collection::vec(any::<bool>(), 32),
    ) {
        let mut session = session(plan.rig.clone());
        let count = plan.rig.armature.bones.len();
        let part: Vec<usize> = (0..count).filter(|&bone| chosen[bone % 32]).collect();
        let there: Vec<usize> = part.iter().map(|&bone| image(&plan, bone)).collect();
        select(&mut session, part.iter().copied());
        run(&mut session, "pose.copy()");
        run(&mut session, "pose.paste(flipped: true)");
        for bone in (0..count).filter(|bone| !there.contains(bone)) {
            let (after, before) = (rig(&session).pose.channels[bone], plan.rig.pose.channels[bone]);
            prop_assert_eq!(after, before);
        }
        select(&mut session, there.into_iter());
        run(&mut session, "pose.copy()");
        select(&mut session, part.iter().copied());
        run(&mut session, "pose.transforms_clear()");
        run(&mut session, "pose.paste(flipped: true)");
        for bone in part {
            let (after, before) = (&rig(&session).pose.channels[bone], &plan.rig.pose.channels[bone]);
            prop_assert!(same(after, before), "{after:?} is not {before:?}");
        }
    }

    #[test]
    fn bones_find_their_mirror_image_whatever_they_are_called(plan in rigs::plan()) {
        let pairing = Pairing::new(&plan.rig);
        for bone in 0..plan.rig.armature.bones.len() {
            let found = pairing.image(BoneId::new(bone)).map(BoneId::index);
            prop_assert_eq!(found, Some(image(&plan, bone)), "{}", plan.rig.armature.bones[bone].name);
        }
    }

    #[test]
    fn on_mirrored_rolls_both_kinds_of_mirror_agree(plan in rigs::plan_of_rolled_bones()) {
        let count = plan.rig.armature.bones.len();
        let flipped = |kind| {
            let mut session = session(plan.rig.clone());
            run(&mut session, &format!("armature.mirror_kind(type: {kind})"));
            select(&mut session, 0..count);
            run(&mut session, "pose.copy()");
            run(&mut session, "pose.paste(flipped: true)");
            evaluate_once(rig(&session))
        };
        let (channels, geometric) = (flipped("CHANNELS"), flipped("GEOMETRIC"));
        for (a, b) in channels.armature_from_bone.iter().zip(&geometric.armature_from_bone) {
            prop_assert!(near(*a, *b, 2e-4), "{a} is not {b}");
        }
    }

    #[test]
    fn posing_with_x_mirror_moves_the_other_side_as_a_mirror_would(
        plan in rigs::plan(),
        axis in 0..3_usize,
        angle in -3.0_f32..3.0,
    ) {
        let mut rest = plan.rig.clone();
        rest.pose = keypose::model::pose::Pose::rest(rest.armature.bones.len());
        let mut session = session(rest);
        run(&mut session, "armature.set(use_mirror_x: true)");
        let Some(bone) = (0..plan.images.len()).find(|&bone| image(&plan, bone) != bone) else {
            return Ok(());
        };
        select(&mut session, std::iter::once(bone));
        let axis = ["X", "Y", "Z"][axis];
        run(&mut session, &format!("transform.rotate(value: {angle:?}, orient_axis: {axis})"));
        run(&mut session, "transform.translate(value: (0.3, 0.2, -0.1))");
        let posed = evaluate_once(rig(&session));
        let wanted = mirrored(&plan, rig(&session), bone);
        prop_assert!(near(posed.armature_from_bone[image(&plan, bone)], wanted, 1e-4));
    }
}

/// An arm on each side of a chest, the joints of the right one turned about their bones.
fn arms(names: [&str; 4]) -> Rig {
    let turned = Quat::from_rotation_z(0.4) * Quat::from_rotation_x(0.3);
    let left = |x: f32| Mat4::from_rotation_translation(turned, Vec3::new(x, 0.1, 1.0));
    // The lateral axis of these joints is Z.
    let right = |x: f32| FLIP * left(x) * Mat4::from_scale(Vec3::new(1.0, 1.0, -1.0));
    let chest = Mat4::from_translation(Vec3::Z * 0.9);
    rigs::joints(&[
        (names[0], None, chest),
        (names[1], Some(0), left(0.2)),
        (names[2], Some(0), right(0.2)),
        (names[3], Some(1), left(0.5)),
    ])
}

#[test]
fn a_turned_chest_is_not_turned_twice() {
    let mut session = session(arms(["chest", "arm.L", "arm.R", "hand.L"]));
    run(
        &mut session,
        r#"pose.set(pose: {"chest": (rotation_quaternion: (0.8, 0.0, 0.6, 0.0)),
        "arm.L": (rotation_quaternion: (0.8, 0.6, 0.0, 0.0))})"#,
    );
    select(&mut session, std::iter::once(1));
    run(&mut session, "pose.copy()");
    run(&mut session, "pose.paste(flipped: true)");
    // About X, which lies along X on both sides: a mirror image turns the other way round.
    let channel = rig(&session).pose.channels[2];
    let expected = [0.8, -0.6, 0.0, 0.0];
    for (found, expected) in channel.quaternion.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{channel:?}");
    }
    assert_eq!(
        rig(&session).pose.channels[0].quaternion,
        [0.8, 0.0, 0.6, 0.0]
    );
}

#[test]
fn the_users_word_counts_before_names_and_places() {
    let mut session = session(arms(["chest", "arm.L", "arm.R", "hand.L"]));
    let partner = |session: &Session, bone: usize| {
        let found = Pairing::new(rig(session)).partner(BoneId::new(bone));
        found.map(|partner| (partner.bone.map(BoneId::index), partner.how))
    };
    assert_eq!(partner(&session, 1), Some((Some(2), How::Name)));
    assert_eq!(partner(&session, 0), Some((Some(0), How::Rest)));
    assert_eq!(partner(&session, 3), None);
    run(
        &mut session,
        r#"armature.mirror_partner(bone: "hand.L", partner: "arm.R")"#,
    );
    assert_eq!(partner(&session, 2), Some((Some(3), How::Corrected)));
    assert_eq!(partner(&session, 1), None);
    run(
        &mut session,
        r#"armature.mirror_partner(bone: "arm.R", type: NONE)"#,
    );
    assert_eq!(partner(&session, 2), Some((None, How::Corrected)));
    run(&mut session, "ed.undo()");
    assert_eq!(partner(&session, 3), Some((Some(2), How::Corrected)));
    run(
        &mut session,
        r#"armature.mirror_partner(bone: "arm.R", type: AUTOMATIC)"#,
    );
    assert_eq!(partner(&session, 1), Some((Some(2), How::Name)));
    let refused = session.run_text(r#"armature.mirror_partner(bone: "arm.R", partner: "arm.l")"#);
    assert!(format!("{refused:?}").contains("arm.L"), "{refused:?}");
}

#[test]
fn on_blenders_rigs_names_alone_count() {
    let mut figure = arms(["chest", "mixamorig:LeftArm", "mixamorig:RightArm", "hand"]);
    let partner = |rig: &Rig, bone| {
        Pairing::new(rig)
            .image(BoneId::new(bone))
            .map(BoneId::index)
    };
    assert_eq!(partner(&figure, 1), Some(2));
    std::sync::Arc::make_mut(&mut figure.options).mirror_kind = MirrorKind::Channels;
    assert_eq!(
        (partner(&figure, 1), partner(&figure, 3)),
        (Some(1), Some(3))
    );
}

#[test]
fn relative_mirroring_keeps_the_difference() {
    let mut session = session(arms(["chest", "arm.L", "arm.R", "hand.L"]));
    run(
        &mut session,
        "armature.set(use_mirror_x: true, use_mirror_relative: true)",
    );
    run(
        &mut session,
        r#"pose.set(pose: {"arm.R": (location: (0.0, 0.5, 0.0))})"#,
    );
    select(&mut session, std::iter::once(1));
    run(&mut session, "transform.translate(value: (0.1, 0.2, 0.3))");
    let posed = evaluate_once(rig(&session));
    let head = |bone: usize| posed.armature_from_bone[bone].w_axis.truncate();
    let up = arms(["a", "b", "c", "d"]).armature.bones[2]
        .armature_from_bone()
        .y_axis
        .truncate();
    let expected = Vec3::new(-0.3, 0.3, 1.3) + up * 0.5;
    assert!(
        (head(2) - expected).length() < 1e-5,
        "{} {expected}",
        head(2)
    );
}

#[test]
fn rigs_are_named_in_many_ways() {
    for naming in Naming::ALL {
        let [left, right] = naming.sides("Arm", 3);
        let figure = arms(["chest", &left, &right, "tip"]);
        let found = Pairing::new(&figure).partner(BoneId::new(1)).unwrap();
        assert_eq!(found.bone, Some(BoneId::new(2)), "{left} {right}");
    }
}

#[test]
fn numbers_of_nodes_do_not_mislead() {
    let at = |x: f32, z: f32| Mat4::from_translation(Vec3::new(x, 0.0, z));
    let figure = rigs::joints(&[
        ("root_0", None, at(0.0, 0.0)),
        ("L_Finger_1", Some(0), at(0.5, 1.0)),
        ("L_Finger_2", Some(0), at(0.6, 1.1)),
        ("R_Finger_2", Some(0), at(-0.5, 1.0)),
        ("R_Finger_3", Some(0), at(-0.6, 1.1)),
    ]);
    let pairing = Pairing::new(&figure);
    let image = |bone: usize| pairing.image(BoneId::new(bone)).map(BoneId::index);
    assert_eq!([1, 2, 3, 4].map(image), [3, 4, 1, 2].map(Some));
}

#[test]
fn how_a_rig_mirrors_is_saved_where_it_says_something() {
    use keypose::io::{document, scene};
    use keypose::model::view::View;
    use std::path::Path;

    let frames = arms(["chest", "arm.L", "arm.R", "hand.L"]);
    let bones = common::documents::rig("figure", &[("a", None, [0.0; 3], [0.0, 0.0, 1.0])]);
    let saved = |rig: &Rig| {
        let mut before = Document::default();
        before.active_rig = Some(before.add_rig(rig.clone()));
        let text = document::to_text(&before, &View::default(), Path::new("/nowhere")).unwrap();
        let none = |_: &Path, _| unreachable!("no model is named");
        let after = document::from_text(Path::new("a"), &text, Path::new("/nowhere"), &none);
        assert!(after.unwrap().document == before, "{text}");
        let value = scene::scene_value(&before, None);
        assert!(
            scene::document_from_value(value.clone()).unwrap().rigs == before.rigs,
            "{value}"
        );
        let armature = value["armature"].as_object().unwrap();
        let told = ["mirror_kind", "mirror_partners"].map(|name| armature.contains_key(name));
        assert_eq!(
            told,
            ["mirror_kind", "mirror_partners"].map(|name| text.contains(name))
        );
        told
    };
    assert_eq!(saved(&frames), [false, false]);
    assert_eq!(saved(&bones), [false, false]);
    let changed = |rig: &Rig, kind| {
        let mut rig = rig.clone();
        let options = std::sync::Arc::make_mut(&mut rig.options);
        options.mirror_kind = kind;
        options.pair("a", Some("a"));
        options.pair("arm.L", None);
        rig
    };
    assert_eq!(saved(&changed(&frames, MirrorKind::Channels)), [true, true]);
    assert_eq!(saved(&changed(&bones, MirrorKind::Geometric)), [true, true]);
}

#[test]
fn the_rotation_mode_of_the_other_side_is_kept() {
    for mode in ["XYZ", "ZXY", "AXIS_ANGLE", "QUATERNION"] {
        let mut session = session(arms(["chest", "arm.L", "arm.R", "hand.L"]));
        let pose = format!(
            r#"pose.set(pose: {{"arm.L": (rotation_quaternion: (0.8, 0.36, 0.48, 0.0)), "arm.R": (rotation_mode: {mode})}})"#
        );
        run(&mut session, &pose);
        let before = rig(&session).clone();
        select(&mut session, std::iter::once(1));
        run(&mut session, "pose.copy()");
        run(&mut session, "pose.paste(flipped: true)");
        let plan = Plan {
            rig: before.clone(),
            images: vec![0, 2, 1, 3],
        };
        let found = evaluate_once(rig(&session)).armature_from_bone[2];
        assert!(near(found, mirrored(&plan, &before, 1), 1e-5), "{mode}");
        let modes = [&before, rig(&session)].map(|rig| rig.pose.channels[2].mode);
        assert_eq!(modes[0], modes[1]);
    }
}

#[test]
fn a_rest_that_is_a_little_off_counts() {
    let mut figure = arms(["chest", "arm.L", "arm.R", "hand.L"]);
    let bone = std::sync::Arc::make_mut(&mut figure.armature)
        .bones
        .get_mut(2)
        .unwrap();
    let bone = std::sync::Arc::make_mut(bone);
    bone.frame = bone.frame.map(|frame| frame * Mat4::from_rotation_x(0.002));
    for mode in ["XYZ", "QUATERNION"] {
        let mut session = session(figure.clone());
        let pose = format!(
            r#"pose.set(pose: {{"arm.R": (rotation_mode: {mode}), "arm.L": (rotation_mode: {mode},
            rotation_euler: (0.0, 0.0, 2.0), rotation_quaternion: (0.6, 0.0, 0.0, 0.8))}})"#
        );
        run(&mut session, &pose);
        let plan = Plan {
            rig: rig(&session).clone(),
            images: vec![0, 2, 1, 3],
        };
        select(&mut session, 0..4);
        run(&mut session, "pose.copy()");
        run(&mut session, "pose.paste(flipped: true)");
        let found = evaluate_once(rig(&session)).armature_from_bone[2];
        let wanted = mirrored(&plan, &plan.rig, 1);
        assert!(near(found, wanted, 1e-5), "{mode}: {found} is not {wanted}");
    }
}

#[test]
fn parents_that_do_not_mirror_each_other_are_no_obstacle() {
    // The right hand hangs on the chest, the left one on its arm.
    let at = |x: f32| Mat4::from_translation(Vec3::new(x, 0.0, 1.0));
    let figure = rigs::joints(&[
        ("chest", None, at(0.0)),
        ("arm.L", Some(0), at(0.2)),
        ("arm.R", Some(0), at(-0.2)),
        ("hand.L", Some(1), at(0.5)),
        ("hand.R", Some(0), at(-0.5)),
    ]);
    let mut session = session(figure);
    run(
        &mut session,
        r#"pose.set(pose: {"chest": (rotation_quaternion: (0.8, 0.0, 0.6, 0.0), location: (0.1, 0.0, 0.0)),
        "arm.L": (rotation_quaternion: (0.8, 0.0, 0.0, 0.6)), "hand.L": (rotation_quaternion: (0.8, 0.6, 0.0, 0.0)),
        "hand.R": (location: (0.0, 0.1, 0.0))})"#,
    );
    let plan = Plan {
        rig: rig(&session).clone(),
        images: vec![0, 2, 1, 4, 3],
    };
    select(&mut session, 0..5);
    run(&mut session, "pose.copy()");
    run(&mut session, "pose.paste(flipped: true)");
    let posed = evaluate_once(rig(&session));
    for bone in 0..5 {
        let wanted = mirrored(&plan, &plan.rig, bone);
        let found = posed.armature_from_bone[image(&plan, bone)];
        assert!(near(found, wanted, 1e-5), "{bone}: {found} is not {wanted}");
    }
}

#[test]
fn thousands_of_bones_in_two_places_are_paired_in_no_time() {
    let at = |x: f32| Mat4::from_translation(Vec3::new(x, 0.0, 1.0));
    let count = 2_000;
    let names: Vec<String> = (0..count * 2)
        .map(|number| format!("node_{number}"))
        .collect();
    let sided: Vec<String> = (0..count * 2)
        .map(|number| format!("{}_{number}", ["Left", "Right"][number % 2]))
        .collect();
    for names in [names, sided] {
        let place = |number: usize| at(if number.is_multiple_of(2) { 0.3 } else { -0.3 });
        let rows: Vec<rigs::Joint> = names
            .iter()
            .enumerate()
            .map(|(number, name)| (name.as_str(), None, place(number)))
            .collect();
        let pairing = Pairing::new(&rigs::joints(&rows));
        for bone in 0..count * 2 {
            let found = pairing.image(BoneId::new(bone)).map(BoneId::index);
            assert!(
                found.is_some_and(|found| found % 2 != bone % 2),
                "{bone} {found:?}"
            );
        }
    }
}
