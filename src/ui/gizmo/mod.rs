//! Handles in the 3D view: at the pivot for the tools, in the corner for the camera.
//!
//! [`eye`] leads from the scene to points of the window, [`handle`] lays out what the tool shows and finds
//! what is under the pointer, [`paint`] draws it, [`guide`] what a running transform shows instead.
//! [`corner`] and [`buttons`] turn and move the camera. Presses are taken by [`crate::ui::pointer`], so that
//! a drag of a handle is the same as a drag by a key.

pub mod buttons;
pub mod corner;
pub mod eye;
pub mod guide;
pub mod handle;
pub mod paint;
pub mod place;

use egui::{Pos2, Rect, Sense, Ui, WidgetInfo};

use crate::model::tools::Tool;
use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::gizmo::eye::Eye;
use crate::ui::gizmo::handle::{Handle, Layout, Shape};
use crate::ui::gizmo::place::Place;

/// The handles of the tool, as they were drawn last.
#[derive(Default)]
pub struct Gizmo {
    /// The handle under the pointer, or the one that is held.
    pub hover: Option<Handle>,
    layout: Option<Layout>,
    place: Place,
}

impl Gizmo {
    /// The handle at a point of the window.
    pub fn find(&self, at: Pos2) -> Option<Handle> {
        self.layout.as_ref()?.find(at)
    }

    /// What a drag of a handle calls.
    pub fn call(&self, handle: Handle) -> Option<String> {
        Some(self.layout.as_ref()?.call(handle))
    }

    /// Draws the handles of the tool, or what the running transform shows.
    pub fn ui(&mut self, ui: &mut Ui, desk: &Desk, rect: Rect) {
        let last = self.layout.take();
        let eye = Eye::new(&desk.view.camera, rect);
        if let Some((info, header)) = &desk.running
            && !info.view_only
        {
            if let Some(guide) = &header.guide {
                let painter = ui.painter().with_clip_rect(rect);
                guide::paint(&painter, desk.theme, &eye, info.id, header, guide);
            }
            return;
        }
        if !desk.view.gizmos || desk.view.tool == Tool::SelectBox {
            return;
        }
        let Some((center, axes)) = self.place.find(desk.document, desk.view) else {
            return;
        };
        let view = desk.view;
        let layout = Layout::new(last, &eye, (view.tool, view.orientation), center, axes);
        if let Some(layout) = layout {
            let painter = ui.painter().with_clip_rect(rect);
            paint::layout(&painter, desk.theme, &layout, self.hover);
            for shape in layout.shapes() {
                self.name(ui, desk, &layout, shape, rect);
            }
            self.layout = Some(layout);
        }
    }

    /// Gives a handle a name and a tooltip; it lies where the pointer is on it, or where it is seen best.
    fn name(&self, ui: &Ui, desk: &Desk, layout: &Layout, shape: &Shape, rect: Rect) {
        let hovered = self.hover == Some(shape.handle);
        let pointer = ui.ctx().pointer_latest_pos().filter(|_| hovered);
        let at = pointer.unwrap_or(shape.anchor);
        if !rect.contains(at) {
            return;
        }
        let id = ui.scope_id().with(("handle", shape.handle));
        let area = Rect::from_center_size(at, egui::Vec2::splat(12.0)).intersect(rect);
        let response = ui.interact(area, id, Sense::hover());
        let label = shape.handle.label(layout.tool());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &label));
        let plain = handle::plain_call(layout.tool());
        let doc = registry::find(plain.trim_end_matches("()")).map_or("", |entry| entry.doc);
        response.on_hover_ui(|ui| desk.tooltip(ui, &label, plain, &tooltip(doc)));
    }
}
