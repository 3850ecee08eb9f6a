//! The views of a scene in one menu, for keyboards without a numeric keypad.

use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Start};
use crate::ops::view3d::frame::{ViewAll, ViewSelected};
use crate::ops::view3d::turn::{Side, ViewAxis, ViewPersportho};
use crate::{choice, props};

choice! {
    /// A way to look at the scene.
    pub enum Viewpoint: Front {
        /// The left side, along X
        Left = "LEFT", "Left";
        /// The right side, against X
        Right = "RIGHT", "Right";
        /// From below
        Bottom = "BOTTOM", "Bottom";
        /// From above
        Top = "TOP", "Top";
        /// The front, along Y
        Front = "FRONT", "Front";
        /// The back, against Y
        Back = "BACK", "Back";
        /// The selected bones fill the view
        Selected = "SELECTED", "Frame Selected";
        /// Everything fills the view
        All = "ALL", "Frame All";
        /// Lines in depth meet, or stay parallel
        Perspective = "PERSPECTIVE", "Perspective/Orthographic";
    }
}

props! {
    /// Choose a view from a menu at the pointer.
    pub struct ViewMenu {
        /// The view.
        r#type: Viewpoint = Viewpoint::Front, HINT.transient();
    }
}

impl Operator for ViewMenu {
    const INFO: Info = Info::new("view3d.view_menu", "View").view_only();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let side = match self.r#type {
            Viewpoint::Left => Side::Left,
            Viewpoint::Right => Side::Right,
            Viewpoint::Bottom => Side::Bottom,
            Viewpoint::Top => Side::Top,
            Viewpoint::Front => Side::Front,
            Viewpoint::Back => Side::Back,
            Viewpoint::Selected => return ViewSelected::default().exec(cx),
            Viewpoint::All => return ViewAll::default().exec(cx),
            Viewpoint::Perspective => return ViewPersportho::default().exec(cx),
        };
        let axis = ViewAxis {
            r#type: side,
            ..ViewAxis::default()
        };
        axis.exec(cx)
    }
}
