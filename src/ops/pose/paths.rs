//! Motion paths of the active rig's bones: calculated, brought up to date, cleared.

use std::sync::Arc;

use crate::model::id::RigId;
use crate::model::motion_path::{MotionPathSettings, PathBake, PathDisplay, PathRange};
use crate::ops::context::{Context, NO_BONE};
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal, Start};
use crate::ops::shared::motion_paths;
use crate::props;

props! {
    /// Draw where the selected bones go over time.
    pub struct PathsCalculate {
        /// Which part of the paths is drawn.
        display_type: PathDisplay = PathDisplay::Range, HINT.label("Display type");
        /// Which frames the paths cover.
        range: PathRange = PathRange::Scene, HINT.label("Computation Range");
        /// Which end of the bones the paths follow.
        bake_location: PathBake = PathBake::Heads, HINT.label("Bake Location");
    }
}

impl Operator for PathsCalculate {
    const INFO: Info =
        Info::new("pose.paths_calculate", "Calculate Bone Paths").confirm("Calculate");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        if let Some(rig) = cx.doc.rig() {
            let stored = &rig.options.motion_paths;
            self.display_type = stored.r#type;
            self.range = stored.range;
            self.bake_location = stored.bake_location;
        }
        Start::Form
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = active(cx)?;
        change_settings(cx, |settings| {
            settings.r#type = self.display_type;
            settings.range = self.range;
            settings.bake_location = self.bake_location;
        })?;
        renew(cx, id)
    }
}

props! {
    /// Calculate the motion paths anew, and paths for selected bones that have none.
    pub struct PathsUpdate {}
}

impl Operator for PathsUpdate {
    const INFO: Info = Info::new("pose.paths_update", "Update Bone Paths");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()?;
        match cx.doc.rig().is_some_and(|rig| motion_paths::has_paths(rig)) {
            true => Ok(()),
            false => Err("No bone has a motion path yet; calculate some first".to_owned()),
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = active(cx)?;
        renew(cx, id)
    }
}

props! {
    /// Remove the motion paths of all bones, or of the selected ones.
    pub struct PathsClear {
        /// Leave the paths of bones that are not selected.
        only_selected: bool = false, HINT.label("Only Selected").transient();
    }
}

impl Operator for PathsClear {
    const INFO: Info = Info::new("pose.paths_clear", "Clear Bone Paths");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig_mut()?;
        let bones = match self.only_selected {
            true => rig.selected_bones(),
            false => rig.armature.ids().collect(),
        };
        let with_path = bones.into_iter().filter(|&bone| {
            let setup = rig.setup(bone);
            setup.is_some_and(|setup| setup.motion_path.is_some())
        });
        let with_path: Vec<_> = with_path.collect();
        for bone in with_path {
            if let Some(setup) = rig.setup_mut(bone) {
                setup.motion_path = None;
            }
        }
        Ok(())
    }
}

props! {
    /// Take the frame range of the scene, or of its preview, for the motion paths; they are not calculated
    /// anew.
    pub struct PathsRangeUpdate {}
}

impl Operator for PathsRangeUpdate {
    const INFO: Info = Info::new("pose.paths_range_update", "Update Range from Scene");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let (first, last) = motion_paths::scene_range(cx.doc);
        change_settings(cx, |settings| {
            settings.frame_start = first;
            settings.frame_end = last;
        })
    }
}

fn active(cx: &Context) -> Result<RigId, Refusal> {
    cx.doc.active_rig.ok_or(Refusal::Nothing)
}

fn change_settings(cx: &mut Context, change: impl FnOnce(&mut MotionPathSettings)) -> Exec {
    let rig = cx.rig_mut()?;
    let mut settings = rig.options.motion_paths.clone();
    change(&mut settings);
    if settings != rig.options.motion_paths {
        Arc::make_mut(&mut rig.options).motion_paths = settings;
    }
    Ok(())
}

/// Gives the selected bones paths over the wanted range, and calculates all paths of the rig.
fn renew(cx: &mut Context, id: RigId) -> Exec {
    let (first, last) = motion_paths::wanted_range(cx.doc, cx.rig()?);
    change_settings(cx, |settings| {
        settings.frame_start = first;
        settings.frame_end = last;
    })?;
    let rig = cx.rig_mut()?;
    let head = rig.options.motion_paths.bake_location == PathBake::Heads;
    let selected = rig.selected_bones();
    if selected.is_empty() {
        cx.info(NO_BONE);
    }
    let rig = cx.rig_mut()?;
    if first < last {
        for bone in selected {
            motion_paths::set_frames(rig, bone, (first, last + 1), head);
        }
    } else {
        let armature = Arc::clone(&rig.armature);
        let why = match first == last {
            true => "a path of one frame is no path",
            false => "the range ends before it begins",
        };
        for bone in selected {
            cx.error(format!(
                "No motion path for {} from frame {first} to {last}: {why}; change the range",
                armature.name(bone)
            ));
        }
    }
    motion_paths::calculate(cx.doc, id)
}
