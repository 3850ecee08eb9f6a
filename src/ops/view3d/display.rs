//! What the 3D view shows: the figure's shading, and what is drawn over it.
//!
//! Choosing a shading opens its menu when it comes from a key; a menu entry, a button or a script gives the
//! item. Blender's RENDERED has no counterpart here, and SILHOUETTE has none there.

use crate::model::view::{BoneStyle, Shading, View};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Start};
use crate::{choice, props};

props! {
    /// Draw bones over the mesh, or where the mesh leaves them to be seen.
    pub struct ToggleXray {}
}

impl Operator for ToggleXray {
    const INFO: Info = Info::new("view3d.toggle_xray", "Bones in Front").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.in_front = !cx.view.in_front;
        Ok(())
    }
}

props! {
    /// Show or hide everything that is drawn over the scene: bones, floor, text.
    pub struct ToggleOverlays {}
}

impl Operator for ToggleOverlays {
    const INFO: Info = Info::new("view3d.toggle_overlays", "Show Overlays").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.overlays = !cx.view.overlays;
        Ok(())
    }
}

props! {
    /// Choose how bones are drawn.
    pub struct BoneStyleSet {
        /// How bones are drawn.
        r#type: BoneStyle = BoneStyle::Octahedral;
    }
}

impl Operator for BoneStyleSet {
    const INFO: Info = Info::new("view3d.bone_style", "Bone Style").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.bone_style = self.r#type;
        Ok(())
    }
}

choice! {
    /// Something that is drawn over the scene.
    pub enum Overlay: Bones {
        /// The lines of the floor, with the shadow on it
        Floor = "FLOOR", "Floor";
        /// The bones
        Bones = "BONES", "Bones";
        /// Where bones go over time
        MotionPaths = "MOTION_PATHS", "Motion Paths";
        /// The names of the bones
        Names = "NAMES", "Names";
        /// The lines on rig, bone and frame
        Text = "TEXT", "Text";
    }
}

props! {
    /// Show or hide one of the things that are drawn over the scene.
    pub struct ToggleOverlay {
        /// What to show or hide.
        r#type: Overlay = Overlay::Bones;
    }
}

impl Operator for ToggleOverlay {
    const INFO: Info = Info::new("view3d.toggle_overlay", "Toggle Overlay").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let shown = match self.r#type {
            Overlay::Floor => &mut cx.view.floor,
            Overlay::Bones => &mut cx.view.bones,
            Overlay::MotionPaths => &mut cx.view.motion_paths,
            Overlay::Names => &mut cx.view.names,
            Overlay::Text => &mut cx.view.text,
        };
        *shown = !*shown;
        Ok(())
    }
}

/// Changes the shading and remembers the one before.
fn shade(view: &mut View, shading: Shading) {
    if view.shading != shading {
        view.shading_before = std::mem::replace(&mut view.shading, shading);
    }
}

props! {
    /// Choose how the figure is drawn.
    pub struct SetShading {
        /// How the figure is drawn.
        r#type: Shading = Shading::Material, HINT.label("Shading").transient();
    }
}

impl Operator for SetShading {
    const INFO: Info = Info::new("view3d.shading", "Shading").view_only();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        shade(cx.view, self.r#type);
        Ok(())
    }
}

props! {
    /// Change to a shading, or from it back to the one before.
    pub struct ToggleShading {
        /// The shading to change to.
        r#type: Shading = Shading::Wireframe, HINT.label("Shading").transient();
    }
}

impl Operator for ToggleShading {
    const INFO: Info = Info::new("view3d.toggle_shading", "Toggle Shading").view_only();

    fn exec(&self, cx: &mut Context) -> Exec {
        let wanted = if cx.view.shading != self.r#type {
            self.r#type
        } else if cx.view.shading_before != self.r#type {
            cx.view.shading_before
        } else {
            Shading::Material
        };
        shade(cx.view, wanted);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::runner::Session;

    #[test]
    fn toggling_goes_back_to_the_shading_before() {
        let mut session = Session::default();
        let mut run = |call: &str| {
            session.run_text(call).unwrap();
            session.view.shading
        };
        assert_eq!(run("view3d.shading(type: SOLID)"), Shading::Solid);
        assert_eq!(run("view3d.toggle_shading()"), Shading::Wireframe);
        assert_eq!(run("view3d.toggle_shading()"), Shading::Solid);
        assert_eq!(run("view3d.shading(type: SOLID)"), Shading::Solid);
        assert_eq!(
            run("view3d.toggle_shading(type: SOLID)"),
            Shading::Wireframe
        );
    }

    #[test]
    fn a_view_that_began_with_wires_goes_back_to_textures() {
        let mut session = Session::default();
        session.view.shading = Shading::Wireframe;
        session.view.shading_before = Shading::Wireframe;
        session.run_text("view3d.toggle_shading()").unwrap();
        assert_eq!(session.view.shading, Shading::Material);
    }

    #[test]
    fn overlays_have_a_switch_each_below_the_one_for_all() {
        let mut session = Session::default();
        let calls = ["FLOOR", "BONES", "MOTION_PATHS", "NAMES", "TEXT"];
        for item in calls {
            let call = format!("view3d.toggle_overlay(type: {item})");
            session.run_text(&call).unwrap();
        }
        let view = &session.view;
        let shown = [
            view.shows_floor(),
            view.shows_bones(),
            view.shows_motion_paths(),
            view.shows_names(),
            view.shows_text(),
        ];
        assert_eq!(shown, [false, false, false, true, false]);
        session.run_text("view3d.toggle_overlays()").unwrap();
        assert!(!session.view.shows_names());
    }
}
