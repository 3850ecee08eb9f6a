//! A copied pose as readable text, for the system clipboard: another Keypose, mail, chat and version control
//! take it.
//!
//! The first line marks it and tells the version; the rest is RON. `pose` has the copied bones, each with what
//! differs from rest. `around` has the pose of the bones above them and `rest` where all of them are at rest:
//! only a paste that mirrors by places needs these two, and they may be left out. A text is read whole or not
//! at all.

use std::collections::{BTreeMap, BTreeSet};

use ron::extensions::Extensions;

use crate::io::form::{ArmatureForm, BoneForm, Named, PoseForm, RigForm, build_rig, store_bone};
use crate::io::ron_text;
use crate::model::bits::BitSet;
use crate::model::id::BoneId;
use crate::model::pose::{BBonePose, Custom, RotationMode};
use crate::model::record::Written;
use crate::model::rig::Rig;
use crate::record;

/// The version that is written, and the newest that can be read.
const VERSION: u32 = 1;
/// How the first line begins.
const MARK: &str = "// Keypose pose";
/// Bytes that a text can have; that of 300 bones has less than a hundred thousand.
pub const LARGEST: usize = 8 << 20;

record! {
    /// A bone's pose: what pasting takes over.
    struct PosedForm {
        /// Bone space.
        pub location: [f32; 3] = [0.0; 3];
        /// Which rotation counts.
        pub rotation_mode: RotationMode = RotationMode::Quaternion;
        /// `[w, x, y, z]`.
        pub rotation_quaternion: [f32; 4] = [1.0, 0.0, 0.0, 0.0];
        /// Radians.
        pub rotation_euler: [f32; 3] = [0.0; 3];
        /// `[angle, x, y, z]`.
        pub rotation_axis_angle: [f32; 4] = [0.0, 0.0, 1.0, 0.0];
        /// Factors.
        pub scale: [f32; 3] = [1.0; 3];
        /// Custom properties.
        pub custom: BTreeMap<String, Custom> = BTreeMap::new();
        /// Bendy-bone values.
        pub bbone: BBonePose = BBonePose::default();
    }
}

record! {
    /// A copied pose.
    struct CopyForm {
        /// Name of the rig.
        pub rig: String = "Armature".to_owned();
        /// The copied bones.
        pub pose: Named<PosedForm> = Named::default();
        /// The bones above them, where they are not at rest.
        pub around: Named<PosedForm> = Named::default();
        /// All of these at rest, parents first.
        pub rest: Vec<BoneForm> = Vec::new();
    }
}

/// Whether a text says that it is a pose.
pub fn is_pose(text: &str) -> bool {
    head_of(text).is_some()
}

/// The text behind the mark.
fn head_of(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let rest = text.strip_prefix(MARK)?;
    let ends = rest.chars().next().is_none_or(char::is_whitespace);
    ends.then_some(rest)
}

/// The text of the pose of some bones.
///
/// # Errors
/// The place of a number that is not finite.
pub fn write(rig: &Rig, bones: &[BoneId]) -> Result<String, String> {
    let mut all = BitSet::default();
    for &bone in bones {
        let mut next = Some(bone);
        // Whatever is above a bone that is known is known.
        while let Some(id) = next.filter(|id| !all.contains(id.index())) {
            all.set(id.index(), true);
            next = rig.armature.bone(id).and_then(|bone| bone.parent);
        }
    }
    let copied: BitSet = bones.iter().map(|bone| bone.index()).collect();
    let all: Vec<BoneId> = all.iter().map(BoneId::new).collect();
    let named = |id: &BoneId| Some((rig.armature.name(*id).to_owned(), posed(rig, *id)?));
    let others = all.iter().filter(|id| !copied.contains(id.index()));
    let others = others.filter_map(named);
    let form = CopyForm {
        rig: rig.name.clone(),
        pose: bones.iter().filter_map(named).collect(),
        around: others
            .filter(|(_, posed)| *posed != PosedForm::default())
            .collect(),
        rest: all.iter().filter_map(|id| bone_at_rest(rig, *id)).collect(),
    };
    Ok(format!("{MARK} {VERSION}\n(\n{})\n", fields(&form)?))
}

fn fields(form: &CopyForm) -> Result<String, String> {
    ron_text::fields_text(&Written {
        value: form,
        sparse: true,
    })
}

fn posed(rig: &Rig, bone: BoneId) -> Option<PosedForm> {
    let (channel, setup) = (rig.channel(bone)?, rig.setup(bone)?);
    Some(PosedForm {
        location: channel.location.to_array(),
        rotation_mode: channel.mode,
        rotation_quaternion: channel.quaternion,
        rotation_euler: channel.euler.to_array(),
        rotation_axis_angle: channel.axis_angle,
        scale: channel.scale.to_array(),
        custom: setup.custom.clone(),
        bbone: setup.bbone.clone(),
    })
}

/// A bone with what its place depends on.
fn bone_at_rest(rig: &Rig, bone: BoneId) -> Option<BoneForm> {
    let form = store_bone(rig, rig.armature.bone(bone)?, false);
    let plain = BoneForm::default();
    Some(BoneForm {
        use_deform: plain.use_deform,
        hide_select: plain.hide_select,
        collections: plain.collections,
        color: plain.color,
        bbone: plain.bbone,
        ..form
    })
}

/// A pose from its text: a rig of the bones that it tells of, and which of them were copied.
///
/// # Errors
/// One line: what is wrong and where.
pub fn read(text: &str) -> Result<(Rig, Vec<BoneId>), String> {
    let of = |reason: String| format!("The pose on the clipboard cannot be read: {reason}");
    let form = parse(text).map_err(of)?;
    build(form).map_err(of)
}

fn parse(text: &str) -> Result<CopyForm, String> {
    let Some(rest) = head_of(text) else {
        return Err(format!("it does not begin with `{MARK} {VERSION}`"));
    };
    if text.len() > LARGEST {
        return Err(format!("it is larger than {} megabytes", LARGEST >> 20));
    }
    let (line, body) = rest.split_once('\n').unwrap_or((rest, ""));
    let version: u32 = line
        .trim()
        .parse()
        .map_err(|_| "line 1: it does not tell its version".to_owned())?;
    if version > VERSION {
        return Err(format!(
            "it was copied by a newer Keypose (version {version}, this program reads up to {VERSION})"
        ));
    }
    if version == 0 {
        return Err("line 1: there is no version 0".to_owned());
    }
    if body.trim().is_empty() {
        return Err("the text ends in the middle".to_owned());
    }
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let before = text.len() - body.len();
    let lines = text.get(..before).unwrap_or_default().matches('\n').count();
    options.from_str(body).map_err(|error| {
        let line = lines + error.span.start.line;
        let reason = match error.code {
            ron::Error::Eof => "the text ends in the middle".to_owned(),
            code => code.to_string().replace(['\n', '\r'], " "),
        };
        format!("line {line}: {reason}")
    })
}

fn build(form: CopyForm) -> Result<(Rig, Vec<BoneId>), String> {
    fields(&form)?;
    let known: BTreeSet<&str> = form.rest.iter().map(|bone| bone.name.as_str()).collect();
    let posed = form.pose.0.iter().chain(&form.around.0);
    let missing = posed.filter(|(name, _)| !known.contains(name.as_str()));
    // Without their rest a plain paste is the same; they stand somewhere, each alone.
    let somewhere: Vec<BoneForm> = missing.map(|(name, _)| alone(name)).collect();
    let copied: BTreeSet<String> = form.pose.0.iter().map(|(name, _)| name.clone()).collect();
    let twice = form.around.0.iter().find(|(name, _)| copied.contains(name));
    if let Some((name, _)) = twice {
        return Err(format!("around: {name:?} is a copied bone"));
    }
    let poses = form.pose.0.into_iter().chain(form.around.0);
    let mut bones = form.rest;
    bones.extend(somewhere);
    let rig = build_rig(&RigForm {
        armature: ArmatureForm {
            name: form.rig,
            bones,
            ..ArmatureForm::default()
        },
        pose: poses
            .map(|(name, posed)| (name, pose_form(posed)))
            .collect(),
        ..RigForm::default()
    })?;
    let ids = rig.armature.ids();
    let bones = ids.filter(|&id| copied.contains(rig.armature.name(id)));
    let bones = bones.collect();
    Ok((rig, bones))
}

fn alone(name: &str) -> BoneForm {
    BoneForm {
        name: name.to_owned(),
        head: Some([0.0; 3]),
        tail: Some([0.0, 1.0, 0.0]),
        ..BoneForm::default()
    }
}

fn pose_form(posed: PosedForm) -> PoseForm {
    PoseForm {
        location: posed.location,
        rotation_mode: posed.rotation_mode,
        rotation_quaternion: posed.rotation_quaternion,
        rotation_euler: posed.rotation_euler,
        rotation_axis_angle: posed.rotation_axis_angle,
        scale: posed.scale,
        custom: posed.custom,
        bbone: posed.bbone,
        ..PoseForm::default()
    }
}

#[cfg(test)]
mod tests;
