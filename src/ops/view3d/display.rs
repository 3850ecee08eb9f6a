//! What the 3D view shows over the scene.

use crate::model::view::BoneStyle;
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator};
use crate::props;

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
