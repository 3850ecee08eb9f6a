//! Which frames a time editor shows: all keys, the selected ones, the present frame.

use crate::model::fcurve::FCurve;
use crate::ops::context::{Context, PanelKind};
use crate::ops::operator::{Exec, Info, Operator, Refusal};
use crate::ops::shared::{frames, key_frames};
use crate::ops::view2d;
use crate::props;

/// The curves that the editor shows; a call from a script sees those of every bone.
fn visible<'a>(cx: &'a Context) -> Vec<&'a FCurve> {
    let script = cx.place.panel == PanelKind::View3d;
    if !script && cx.view.timeline.only_selected {
        key_frames::curves(cx.doc)
    } else {
        key_frames::all(cx.doc)
    }
}

fn range(frames: impl Iterator<Item = f32>) -> Option<(f32, f32)> {
    let ends = frames.map(|frame| (frame, frame));
    ends.reduce(|(a, b), (first, last)| (a.min(first), b.max(last)))
}

props! {
    /// Show the keys from the first to the last; where there are none, the frames of the scene.
    pub struct ViewAll {}
}

impl Operator for ViewAll {
    const INFO: Info = Info::new("action.view_all", "Frame All").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let scene = &cx.doc.scene;
        let (first, last) = (scene.frame_start, scene.frame_end);
        let ends = visible(cx);
        let ends = ends.iter().filter_map(|curve| {
            let (first, last) = (curve.keys.first()?, curve.keys.last()?);
            Some([first.frame(), last.frame()])
        });
        let shown = range(ends.flatten());
        let shown = shown.unwrap_or_else(|| (frames::exact(first), frames::exact(last)));
        view2d::show(&mut cx.view.timeline, shown);
        Ok(())
    }
}

props! {
    /// Show the selected keys from the first to the last.
    pub struct ViewSelected {}
}

impl Operator for ViewSelected {
    const INFO: Info = Info::new("action.view_selected", "Frame Selected").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let selected = |curve: &&FCurve| {
            let keys = curve.selection.keys.iter();
            let frames = keys.filter_map(|place| Some(curve.keys.get(place)?.frame()));
            range(frames).map(|(first, last)| [first, last])
        };
        let shown = range(visible(cx).iter().filter_map(selected).flatten());
        view2d::show(&mut cx.view.timeline, shown.ok_or(Refusal::Nothing)?);
        Ok(())
    }
}

props! {
    /// Slide the view until the present frame is in its middle.
    pub struct ViewFrame {}
}

impl Operator for ViewFrame {
    const INFO: Info = Info::new("action.view_frame", "Go to Current Frame").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let frame = cx.doc.scene.frame;
        let view = &mut cx.view.timeline;
        view2d::slide(view, frame - (view.first + view.last) * 0.5);
        Ok(())
    }
}
