//! The pointer over the timeline: which part of it is there, what the wheel means, and where operators see it.

use egui::{Context, Pos2, Rect};
use glam::Vec2;

use crate::ops::call;
use crate::ops::context::{PanelKind, Place};
use crate::ui::app::App;
use crate::ui::panels::Pane;
use crate::ui::panels::timeline::TimePart;
use crate::ui::theme::ROW;

/// Contexts of the keymap over the 3D view, narrowest first.
pub(super) const VIEW: &[&str] = &["pose", "view3d"];

impl App {
    /// The part of the timeline at a point; none where a menu or a dialog is over it.
    pub(super) fn time_part(&self, ctx: &Context, at: Pos2) -> Option<TimePart> {
        let (document, view) = (&self.session.document, &self.session.view.timeline);
        let part = self.panels.timeline.part_at(document, view, at)?;
        let free = self.dialog.is_none() && self.menu.is_none();
        let layer = ctx.layer_id_at(at);
        let below = layer.is_none_or(|layer| layer.order == egui::Order::Background);
        (free && below).then_some(part)
    }

    /// The contexts of the keymap for buttons and the wheel at a point, where they go to operators. The panel
    /// there becomes the one that operators start from.
    pub(super) fn pointed_contexts(
        &mut self,
        ctx: &Context,
        at: Pos2,
    ) -> Option<&'static [&'static str]> {
        let found = match self.time_part(ctx, at) {
            Some(part) => Some((Pane::Timeline, part.contexts())),
            None => self
                .view_is_under(ctx, at)
                .then_some((Pane::Viewport, VIEW)),
        };
        let (pane, contexts) = found?;
        if !self.session.is_running() {
            self.pane = Some(pane);
        }
        Some(contexts)
    }

    /// The place that calls come from: the timeline where the pointer or the keyboard is there, else the 3D view.
    pub(super) fn place(&self) -> Place {
        if let Some(area) = self.time_area() {
            return Place {
                panel: PanelKind::Timeline,
                size: Vec2::new(area.width(), area.height()),
                time: self.panels.timeline.map(&self.session.view.timeline),
                bone: None,
            };
        }
        let rect = self.panels.viewport.rect;
        if !rect.is_positive() {
            return Place::default();
        }
        Place {
            panel: PanelKind::View3d,
            size: Vec2::new(rect.width(), rect.height()),
            time: None,
            bone: self.hover.filter(|_| self.pane == Some(Pane::Bones)),
        }
    }

    /// The key area, if operators start from there.
    fn time_area(&self) -> Option<Rect> {
        let there = self.pane == Some(Pane::Timeline);
        let places = self.panels.timeline.places().filter(|_| there)?;
        Some(places.area)
    }

    /// The part of the window that an operator's pointer is measured in.
    pub(super) fn pointed_area(&self) -> Rect {
        self.time_area().unwrap_or(self.panels.viewport.rect)
    }

    /// Two fingers slide the time axis along, by so many points to the right.
    pub(super) fn slide_time(&mut self, ctx: &Context, points: f32) {
        let call = format!("view2d.pan(deltax: {:?})", -points);
        if let Ok(op) = call::parse(&call) {
            self.start(ctx, op);
        }
    }

    /// Scrolls the rows of the timeline by steps of the wheel, if that is what it means here.
    pub(super) fn scroll_rows(&mut self, ctx: &Context, at: Pos2, steps: f32) -> bool {
        let rows = self.time_part(ctx, at) == Some(TimePart::Keys);
        let held = self.modifiers.shift && !self.modifiers.ctrl && !self.modifiers.alt;
        if rows && held {
            self.panels.timeline.scroll_by(-steps * 3.0 * ROW);
            ctx.request_repaint();
        }
        rows && held
    }
}
