//! The view's settings for transforms: around which point, along which axes.

use crate::model::transform_settings::{OrientType, PivotPoint};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Operator, Start};
use crate::props;

props! {
    /// Choose the point that stays where it is while bones are turned or scaled.
    pub struct SetPivotPoint {
        /// The point that stays where it is.
        r#type: PivotPoint = PivotPoint::MedianPoint, HINT.label("Pivot Point");
    }
}

impl Operator for SetPivotPoint {
    const INFO: Info = Info::new("view3d.pivot_point", "Pivot Point").no_undo();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.pivot_point = self.r#type;
        Ok(())
    }
}

props! {
    /// Choose whose axes the axis keys mean first while bones are transformed.
    pub struct SetOrientation {
        /// Whose axes.
        r#type: OrientType = OrientType::Global, HINT.label("Orientation");
    }
}

impl Operator for SetOrientation {
    const INFO: Info = Info::new("view3d.orientation", "Transform Orientation").no_undo();

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        cx.view.orientation = self.r#type;
        Ok(())
    }
}
