//! `scene.*`: the frame, ranges, markers and automatic keying of the scene, set outright.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ops::call;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Refusal, Start};
use crate::ops::props::Data;
use crate::ops::shared::frames;
use crate::props;

props! {
    /// Go to a frame and apply the animation there.
    pub struct FrameSet {
        /// The frame; it may have a fraction.
        frame: f32 = 1.0, HINT.range(-1_048_574.0, 1_048_574.0).unit(crate::ops::props::Unit::Frame);
    }
}

impl Operator for FrameSet {
    const INFO: Info = Info::new("scene.frame_set", "Change Frame").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        frames::go_to(cx.doc, self.frame);
        Ok(())
    }
}

/// A value that is set to something, be it to `None`, or left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Given<T> {
    /// It stays as it is.
    #[default]
    Left,
    /// It becomes this.
    To(T),
}

impl<T: Serialize> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Left => serializer.serialize_none(),
            Self::To(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::To)
    }
}

props! {
    /// Set ranges and speed of the scene; what is left out stays.
    pub struct Set {
        /// First frame; the last one is never before it.
        frame_start: Data<Option<i32>> = Data::default();
        /// Last frame; the first one is never after it.
        frame_end: Data<Option<i32>> = Data::default();
        /// Frames per second.
        fps: Data<Option<f32>> = Data::default();
        /// First and last frame of the preview; none: what is played is the whole range.
        preview_range: Data<Given<Option<(i32, i32)>>> = Data::default();
    }
}

impl Operator for Set {
    const INFO: Info = Info::new("scene.set", "Set Scene").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        if let Some(fps) = self.fps.0.filter(|fps| !fps.is_finite()) {
            return Err(Refusal::Error(format!(
                "`fps` must be a finite number, not {fps}"
            )));
        }
        let scene = Arc::make_mut(&mut cx.doc.scene);
        if let Some(frame) = self.frame_start.0 {
            frames::set_start(scene, frame);
        }
        if let Some(frame) = self.frame_end.0 {
            frames::set_end(scene, frame);
        }
        if let Some(fps) = self.fps.0 {
            scene.fps = fps.clamp(frames::FPS.0, frames::FPS.1);
        }
        if let Given::To(range) = self.preview_range.0 {
            scene.preview_range = range.map(frames::preview);
        }
        Ok(())
    }
}

props! {
    /// Set keys whenever a pose is changed.
    pub struct AutoKey {
        /// Whether changing a pose keys it.
        enabled: bool = false;
    }
}

impl Operator for AutoKey {
    const INFO: Info = Info::new("scene.auto_key", "Auto Key");

    /// Chosen by hand it turns to the other state.
    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        self.enabled = !cx.doc.scene.auto_key;
        Start::Exec
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        Arc::make_mut(&mut cx.doc.scene).auto_key = self.enabled;
        Ok(())
    }
}

props! {
    /// Select exactly the markers of these names.
    pub struct SelectMarkers {
        /// Names of the markers; all others are deselected.
        names: Data<Vec<String>> = Data::default();
    }
}

impl Operator for SelectMarkers {
    const INFO: Info = Info::new("scene.select_markers", "Select Markers").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let known = || cx.doc.scene.markers.iter().map(|m| m.name.as_str());
        for name in &self.names.0 {
            if !known().any(|other| other == name) {
                let nearest = call::nearest(name, known());
                return Err(Refusal::Error(call::unknown("marker", name, nearest)));
            }
        }
        for marker in &mut Arc::make_mut(&mut cx.doc.scene).markers {
            marker.select = self.names.0.contains(&marker.name);
        }
        Ok(())
    }
}

props! {
    /// Remove every marker of the scene.
    pub struct ClearMarkers {}
}

impl Operator for ClearMarkers {
    const INFO: Info = Info::new("scene.clear_markers", "Clear Markers").script_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        Arc::make_mut(&mut cx.doc.scene).markers.clear();
        Ok(())
    }
}
