//! Adjust last operation: a form of the operator that ran last, at the bottom left of the 3D view or at the
//! pointer. While an operator follows the mouse it shows that one's values and lets the pointer through.

use egui::{
    Align2, Area, FontId, Id, Key, Order, Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use crate::ops::registry::AnyOperator;
use crate::ui::acts::Act;
use crate::ui::app::App;
use crate::ui::desk::Desk;
use crate::ui::form;
use crate::ui::icons;
use crate::ui::theme::{self, TILE_RADIUS};
use crate::ui::widgets::{focus_ring, text};

/// Width of the panel.
const WIDTH: f32 = 252.0;
/// Height of the title.
const TITLE: f32 = 28.0;
/// Seconds that the panel opens in.
const OPENING: f32 = 0.12;

/// The call that shows the form at the pointer.
const AT_POINTER: &str = "screen.redo_last()";

/// What the panel remembers.
#[derive(Default)]
pub struct Adjust {
    /// Open below its title.
    open: bool,
    /// Height of the form when it was last shown in full.
    height: f32,
}

impl Adjust {
    /// Shows the panel with its lower left corner at `corner`, if there is something to adjust.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk, corner: Pos2) {
        let Some(mut op) = desk.last.take() else {
            return;
        };
        if !form::has_rows(op.as_mut()) {
            return;
        }
        let live = desk.running.is_some();
        let area = Area::new(Id::unique("adjust last operation"))
            .order(Order::Middle)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(corner)
            .movable(false)
            .interactable(!live)
            .constrain(false);
        let shown = area.show(ui.ctx(), |ui| {
            framed(ui, desk, |ui| self.content_ui(ui, desk, op.as_mut(), live))
        });
        if shown.inner {
            desk.acts.push(Act::Adjust(op));
        }
    }

    /// Shows title and form; says whether something was changed.
    fn content_ui(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        op: &mut dyn AnyOperator,
        live: bool,
    ) -> bool {
        self.title_ui(ui, desk, op.info().label);
        let time = if desk.preferences.reduce_motion {
            0.0
        } else {
            OPENING
        };
        let id = ui.scope_id().with("open");
        let share = ui.ctx().animate_bool_with_time(id, self.open, time);
        if share <= 0.0 {
            return false;
        }
        let top = ui.cursor().min;
        let room = Rect::from_min_size(top, vec2(WIDTH, self.height.max(1.0)));
        let mut child = ui.new_child(UiBuilder::new().max_rect(room).id_salt("form"));
        let cut = Rect::from_min_size(top, vec2(WIDTH, self.height * share));
        if share < 1.0 {
            child.shrink_clip_rect(cut);
        }
        let changed = form::form_ui(&mut child, desk.theme, op);
        let height = child.min_rect().height() + 6.0;
        if (height - self.height).abs() > 0.5 {
            self.height = height;
            ui.ctx().request_repaint();
        }
        ui.allocate_exact_size(vec2(WIDTH, self.height * share), Sense::hover());
        changed && !live
    }

    fn title_ui(&mut self, ui: &mut Ui, desk: &Desk, label: &str) {
        let theme = desk.theme;
        let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, TITLE), Sense::click());
        response.widget_info(|| {
            let name = format!("Adjust {label}");
            WidgetInfo::selected(Role::DisclosureTriangle, true, self.open, name)
        });
        if response.clicked() {
            self.open = !self.open;
            ui.ctx().request_repaint();
        }
        let caret = if self.open {
            icons::CARET_DOWN
        } else {
            icons::CARET_RIGHT
        };
        let mark = rect.with_max_x(rect.left() + 28.0);
        let font = theme::icon(13.0);
        text(ui, mark, Align2::CENTER_CENTER, caret, font, *theme.text_2);
        heading_ui(ui, desk, rect.with_min_x(rect.left() + 28.0), label);
        focus_ring(ui, theme, &response);
        let doc = "Change its parameters; it runs again with each change";
        response.on_hover_ui(|ui| desk.tooltip(ui, "Adjust Last Operation", AT_POINTER, doc));
    }
}

/// The operator's name, and at the right how many bones it is about.
fn heading_ui(ui: &Ui, desk: &Desk, area: Rect, label: &str) {
    let theme = desk.theme;
    let font = theme::medium(12.0);
    text(
        ui,
        area,
        Align2::LEFT_CENTER,
        label,
        font,
        *theme.text_strong,
    );
    let bones: usize = desk
        .document
        .posed_rigs()
        .into_iter()
        .filter_map(|id| desk.document.rigs.get(id.index()))
        .map(|rig| rig.selected_bones().len())
        .sum();
    let words = match bones {
        0 => return,
        1 => "1 bone".to_owned(),
        _ => format!("{bones} bones"),
    };
    let area = area.with_max_x(area.right() - 8.0);
    let font = FontId::proportional(12.0);
    text(ui, area, Align2::RIGHT_CENTER, &words, font, *theme.text_2);
}

fn framed<T>(ui: &mut Ui, desk: &Desk, content: impl FnOnce(&mut Ui) -> T) -> T {
    let frame = egui::Frame::new()
        .fill(*desk.theme.popup)
        .corner_radius(TILE_RADIUS)
        .shadow(ui.visuals().popup_shadow);
    let shown = frame.show(ui, |ui| {
        ui.set_width(WIDTH);
        ui.spacing_mut().item_spacing.y = 0.0;
        content(ui)
    });
    shown.inner
}

/// The same form at the pointer, until a click beside it, Escape or Enter.
pub struct AdjustPopup {
    at: Option<Pos2>,
    /// Whether it has been shown: the click or key that opened it does not close it.
    shown: bool,
}

impl AdjustPopup {
    /// A form at this place; without one in the middle of the window.
    pub fn at(at: Option<Pos2>) -> Self {
        Self { at, shown: false }
    }
}

impl App {
    /// Shows the form at the pointer, if it is open.
    pub(in crate::ui) fn adjust_popup_ui(&mut self, ctx: &egui::Context) {
        let Some(mut popup) = self.adjust_popup.take() else {
            return;
        };
        let nested = egui::Popup::is_any_open(ctx) || ctx.text_edit_focused();
        let (mut desk, _, _) = self.parts();
        let Some(mut op) = desk.last.take() else {
            return;
        };
        let at = popup.at.unwrap_or(ctx.content_rect().center());
        // A place of its own for each opening: egui remembers where an area was.
        let id = Id::unique(("adjust at pointer", at.x.to_bits(), at.y.to_bits()));
        let area = Area::new(id)
            .order(Order::Foreground)
            .default_pos(at - vec2(40.0, 14.0))
            .movable(true)
            .constrain(true);
        let area = area.show(ctx, |ui| {
            framed(ui, &desk, |ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, TITLE), Sense::hover());
                let left = pos2(rect.left() + 12.0, rect.top());
                heading_ui(
                    ui,
                    &desk,
                    Rect::from_min_max(left, rect.max),
                    op.info().label,
                );
                let changed = popup_form_ui(ui, &desk, op.as_mut());
                ui.add_space(6.0);
                changed
            })
        });
        if area.inner {
            desk.acts.push(Act::Adjust(op));
        }
        let pressed = |key| ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
        let keys = [Key::Escape, Key::Enter, Key::F9];
        let key = !nested && keys.into_iter().any(pressed);
        let beside = !nested && area.response.clicked_elsewhere();
        if !(popup.shown && (key || beside)) {
            popup.shown = true;
            self.adjust_popup = Some(popup);
        } else {
            ctx.request_repaint();
        }
    }
}

fn popup_form_ui(ui: &mut Ui, desk: &Desk, op: &mut dyn AnyOperator) -> bool {
    if form::has_rows(op) {
        return form::form_ui(ui, desk.theme, op);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 22.0), Sense::hover());
    let area = rect.with_min_x(rect.left() + 12.0);
    let font = FontId::proportional(12.0);
    let color = *desk.theme.text_2;
    text(
        ui,
        area,
        Align2::LEFT_CENTER,
        "It has no parameters",
        font,
        color,
    );
    false
}
