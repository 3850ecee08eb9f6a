//! Adjust last operation: at the bottom left of the 3D view, a form of the operator that ran last.

use egui::{Align2, Area, Id, Order, Pos2, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::form;
use crate::ui::icons;
use crate::ui::theme::{self, TILE_RADIUS};
use crate::ui::widgets::text;

/// Width of the panel.
const WIDTH: f32 = 252.0;

/// What the panel remembers.
#[derive(Default)]
pub struct Adjust {
    /// Open below its title.
    open: bool,
}

impl Adjust {
    /// Shows the panel with its lower left corner at `corner`, if there is something to adjust.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, corner: Pos2) {
        let Some(mut op) = desk.last.take() else {
            return;
        };
        if desk.running.is_some() || !form::has_rows(op.as_mut()) {
            return;
        }
        let theme = desk.theme;
        let area = Area::new(Id::unique("adjust last operation"))
            .order(Order::Middle)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(corner)
            .movable(false)
            .constrain(false);
        area.show(ui.ctx(), |ui| {
            let frame = egui::Frame::new()
                .fill(*theme.popup)
                .corner_radius(TILE_RADIUS)
                .shadow(ui.visuals().popup_shadow);
            frame.show(ui, |ui| {
                ui.set_width(WIDTH);
                ui.spacing_mut().item_spacing.y = 0.0;
                self.title_ui(ui, desk, op.info().label);
                if !self.open {
                    return;
                }
                let changed = form::form_ui(ui, theme, op.as_mut());
                ui.add_space(6.0);
                if changed {
                    desk.acts.push(Act::Adjust(op.boxed_clone()));
                }
            });
        });
    }

    fn title_ui(&mut self, ui: &mut Ui, desk: &Desk, label: &str) {
        let theme = desk.theme;
        let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, 28.0), Sense::click());
        response.widget_info(|| {
            let name = format!("Adjust {label}");
            WidgetInfo::selected(Role::DisclosureTriangle, true, self.open, name)
        });
        if response.clicked() {
            self.open = !self.open;
        }
        let caret = if self.open {
            icons::CARET_DOWN
        } else {
            icons::CARET_RIGHT
        };
        let mark = rect.with_max_x(rect.left() + 28.0);
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            caret,
            theme::icon(13.0),
            *theme.text_2,
        );
        let name = rect.with_min_x(rect.left() + 28.0);
        text(
            ui,
            name,
            Align2::LEFT_CENTER,
            label,
            theme::medium(12.0),
            *theme.text_strong,
        );
    }
}
