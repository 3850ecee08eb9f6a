//! Typing into a number field. Enter, Tab and a click elsewhere accept, Escape gives up; Tab goes on to the
//! next field. Text that is no number keeps the field open, red, and says why.

use egui::{FontId, Id, Key, Rect, Response, Stroke, StrokeKind, TextEdit, Ui};

use crate::ui::theme::{RADIUS, Theme};
use crate::ui::widgets::clipped_text;
use crate::ui::widgets::field::{Ask, NumberField};
use crate::ui::widgets::text_field::{line_info, select_all};

/// How long a refusal stays in sight, seconds.
const REFUSAL: f64 = 3.0;

/// What is being typed.
#[derive(Clone, Default)]
struct Typing {
    text: String,
    /// Not shown yet: the focus has to come to it.
    fresh: bool,
    /// Whether the change is meant for all that is selected.
    everywhere: bool,
    /// Whether the keyboard opened it, and so goes on from the field.
    by_keys: bool,
    /// Why the text was refused.
    wrong: Option<String>,
}

/// How typing ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    No,
    Accepted,
    /// On to the next field, or the one before.
    Tab {
        back: bool,
    },
    Left,
    GivenUp,
}

fn place(id: Id) -> Id {
    id.with("typing")
}

/// Whether a field is being typed into.
pub(super) fn is_open(ui: &Ui, id: Id) -> bool {
    ui.data(|data| data.get_temp::<Typing>(place(id)).is_some())
}

/// Starts typing into a field.
pub(super) fn open(ui: &Ui, response: &Response, text: String) {
    let typing = Typing {
        text,
        fresh: true,
        everywhere: ui.input(|input| input.modifiers.alt),
        by_keys: response.has_focus(),
        wrong: None,
    };
    ui.data_mut(|data| data.insert_temp(place(response.id), typing));
    ui.ctx().request_repaint();
}

/// Shows for a while why something was refused.
pub(super) fn refuse(ui: &Ui, id: Id, wrong: String) -> Option<Ask> {
    let until = ui.input(|input| input.time) + REFUSAL;
    ui.data_mut(|data| data.insert_temp(id.with("refusal"), (wrong, until)));
    None
}

/// The refusal of a field that is not typed into.
pub(super) fn refusal_ui(ui: &Ui, theme: &Theme, response: &Response) {
    let id = response.id.with("refusal");
    let Some((wrong, until)) = ui.data(|data| data.get_temp::<(String, f64)>(id)) else {
        return;
    };
    let left = until - ui.input(|input| input.time);
    if left <= 0.0 {
        ui.data_mut(|data| data.remove_temp::<(String, f64)>(id));
        return;
    }
    red_border(ui, theme, response.rect);
    response.show_tooltip_text(wrong);
    let left = std::time::Duration::from_secs_f64(left);
    ui.ctx().request_repaint_after(left);
}

fn red_border(ui: &Ui, theme: &Theme, rect: Rect) {
    let stroke = Stroke::new(1.0, theme.red);
    ui.painter()
        .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
}

/// The order of the fields of a layer, in which Tab goes.
#[derive(Clone, Copy, Default)]
struct Order {
    /// The field drawn last.
    last: Option<Id>,
    /// Whether the next one that is drawn is wanted.
    next: bool,
    /// The field that is wanted.
    wanted: Option<Id>,
}

/// Notes that a field is drawn now; says whether Tab came to it.
pub(super) fn pass_by(ui: &Ui, id: Id) -> bool {
    let place = Id::unique("fields in order").with(ui.layer_id());
    if !ui.is_enabled() {
        return false;
    }
    ui.data_mut(|data| {
        let order = data.get_temp_mut_or_default::<Order>(place);
        let come = order.next || order.wanted == Some(id);
        if come {
            order.next = false;
            order.wanted = None;
        }
        // The field before is asked for by the field itself: see `go_on`.
        let before = order.last.replace(id);
        data.insert_temp(place.with(id), before);
        come
    })
}

/// Wants the field after this one, or the one before, to be typed into.
fn go_on(ui: &Ui, id: Id, back: bool) {
    let place = Id::unique("fields in order").with(ui.layer_id());
    ui.data_mut(|data| {
        let before = data.get_temp::<Option<Id>>(place.with(id)).flatten();
        let order = data.get_temp_mut_or_default::<Order>(place);
        if back {
            order.wanted = before;
        } else {
            order.next = true;
        }
    });
    ui.ctx().request_repaint();
}

impl NumberField<'_> {
    /// The field while it is typed into.
    pub(super) fn edit(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        rect: Rect,
        id: Id,
        value: f64,
    ) -> Option<Ask> {
        let place = place(id);
        let mut typing: Typing = ui.data(|data| data.get_temp(place)).unwrap_or_default();
        let response = self.text_ui(ui, theme, rect, place, &mut typing);
        let mut end = end(ui, &response);
        let read = self.read(self.bare(&typing.text));
        if let (Err(wrong), End::Accepted | End::Tab { .. }) = (&read, end) {
            typing.wrong = Some(wrong.clone());
            response.request_focus();
            end = End::No;
        }
        if let Some(wrong) = typing.wrong.clone() {
            if read.is_ok() {
                typing.wrong = None;
            } else {
                red_border(ui, theme, rect);
                response.show_tooltip_text(wrong);
            }
        }
        if end == End::No {
            ui.data_mut(|data| data.insert_temp(place, typing));
            return None;
        }
        self.close(ui, id, &typing, end);
        let value_typed = match (read, end) {
            (_, End::GivenUp) => return None,
            (Ok(new), _) => new,
            (Err(wrong), _) => return refuse(ui, id, wrong),
        };
        let everywhere = typing.everywhere || ui.input(|input| input.modifiers.alt);
        (value_typed != self.read(&self.number(value)).unwrap_or(value) || everywhere).then_some(
            Ask::Set {
                value: value_typed,
                everywhere,
            },
        )
    }

    fn close(&self, ui: &Ui, id: Id, typing: &Typing, end: End) {
        ui.data_mut(|data| data.remove_temp::<Typing>(place(id)));
        ui.memory_mut(|memory| memory.surrender_focus(place(id)));
        match end {
            End::Tab { back } => go_on(ui, id, back),
            End::Accepted | End::GivenUp if typing.by_keys => {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            _ => {}
        }
        ui.ctx().request_repaint();
    }

    fn text_ui(
        &self,
        ui: &mut Ui,
        theme: &Theme,
        rect: Rect,
        id: Id,
        typing: &mut Typing,
    ) -> Response {
        ui.painter().rect_filled(rect, RADIUS, theme.field_active);
        let edit = TextEdit::singleline(&mut typing.text)
            .id(id)
            .font(FontId::monospace(11.0))
            .align(egui::Align2::RIGHT_CENTER)
            .return_key(None)
            .lock_focus(true)
            .frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(8, 0)))
            .text_color(*theme.text_strong);
        let response = ui.put(rect, edit);
        let text = &typing.text;
        response.widget_info(|| line_info(ui, text, self.name));
        self.paint_bar(ui.painter(), rect, |color| color);
        let typed = response.rect.width().min(7.0 * text.chars().count() as f32);
        let label = rect.with_min_x(rect.left() + self.inset());
        let label = label.with_max_x(rect.right() - typed - 16.0);
        if label.width() > 8.0 {
            let font = FontId::proportional(12.0);
            clipped_text(ui, label, self.label, font, *theme.text_2);
        }
        let stroke = Stroke::new(1.0, theme.accent);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
        if std::mem::take(&mut typing.fresh) {
            response.request_focus();
            select_all(ui, id, &typing.text);
        }
        response
    }

    /// The text without the unit that the field adds itself.
    fn bare<'a>(&self, typed: &'a str) -> &'a str {
        let typed = typed.trim();
        let unit = self.unit.trim();
        match typed.strip_suffix(unit) {
            Some(bare) if !unit.is_empty() && bare.ends_with(|c: char| c.is_ascii_digit()) => bare,
            _ => typed,
        }
    }
}

fn end(ui: &Ui, response: &Response) -> End {
    let left = response.lost_focus();
    ui.input(|input| match () {
        () if input.key_pressed(Key::Escape) => End::GivenUp,
        () if input.key_pressed(Key::Enter) => End::Accepted,
        () if input.key_pressed(Key::Tab) => End::Tab {
            back: input.modifiers.shift,
        },
        () if left => End::Left,
        () => End::No,
    })
}
