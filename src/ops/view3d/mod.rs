//! Operators of the 3D view: moving the camera, picking bones and empties and selecting them by gestures.

pub mod apply_menu;
pub mod display;
pub mod frame;
pub mod navigate;
pub mod pick;
pub mod select_box;
pub mod select_circle;
pub mod select_lasso;
pub mod tool;
pub mod turn;
pub mod under;
pub mod viewpoint;

use crate::ops::registry::{Entry, modal, op};

/// The family, in the order of the reference.
pub const VIEW3D: &[Entry] = &[
    op::<apply_menu::ApplyMenu>(),
    op::<display::BoneStyleSet>(),
    op::<crate::ops::object::delete::DeleteSelected>(),
    modal::<navigate::Move>(),
    modal::<navigate::Rotate>(),
    op::<pick::Select>(),
    modal::<select_box::SelectBox>(),
    modal::<select_circle::SelectCircle>(),
    modal::<select_lasso::SelectLasso>(),
    op::<display::SetShading>(),
    op::<display::ToggleOverlay>(),
    op::<tool::ToggleGizmos>(),
    op::<display::ToggleOverlays>(),
    op::<display::ToggleShading>(),
    op::<display::ToggleXray>(),
    op::<frame::ViewAll>(),
    modal::<turn::ViewAxis>(),
    op::<turn::ViewOrbit>(),
    op::<turn::ViewPan>(),
    op::<turn::ViewPersportho>(),
    op::<viewpoint::ViewMenu>(),
    op::<frame::ViewSelected>(),
    modal::<navigate::Zoom>(),
    op::<tool::ToolSetById>(),
    op::<tool::Toolbar>(),
];
