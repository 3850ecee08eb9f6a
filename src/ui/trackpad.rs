//! Two fingers on a trackpad over the 3D view: what the keymap says of `Trackpad`, by how far they slid.

use egui::Vec2;

use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ui::app::App;
use crate::ui::keymap::Action;
use crate::ui::keys::{Chord, Key};

/// The drag that changes the distance by e, points; as `view3d.zoom` counts it.
const ZOOM_DRAG: f32 = 200.0;

impl App {
    /// The fingers slid over the 3D view.
    pub(super) fn slide(&mut self, way: Vec2) {
        let chord = Chord {
            modifiers: self.modifiers,
            key: Key::Trackpad,
        };
        let found = self.keymap.find(&["view3d"], chord).cloned();
        if let Some(Action::Run(op)) = found.map(|binding| binding.action) {
            self.navigate_by(op, way);
        }
    }

    /// The fingers moved apart (`factor` above one) or together.
    pub(super) fn pinch(&mut self, factor: f32) {
        let zoom = crate::ops::registry::find("view3d.zoom");
        if let Some(entry) = zoom.filter(|_| factor > 0.0) {
            self.navigate_by(entry.make(), Vec2::new(0.0, -factor.ln() * ZOOM_DRAG));
        }
    }

    fn navigate_by(&mut self, mut op: Box<dyn AnyOperator>, way: Vec2) {
        if op.info().view_only && drag(op.as_mut(), way) {
            let place = self.place();
            // The view says what happened; there is nothing to report.
            let _ = self.session.run(op, place);
        }
    }
}

/// Sets the operator's drag; whether it has one.
fn drag(op: &mut dyn AnyOperator, way: Vec2) -> bool {
    let place = op.fields().iter().position(|field| field.name == "drag");
    match place.and_then(|place| op.values().into_iter().nth(place)) {
        Some(Value::Vector([right, down])) => (*right, *down) = (way.x, way.y),
        Some(Value::Float(down)) => *down = way.y,
        _ => return false,
    }
    true
}
