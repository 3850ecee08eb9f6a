//! Toasts: one sentence at the bottom of the window with at most two buttons, gone after a while.
//!
//! At most three are shown, oldest on top; more wait. The pointer over one holds the time of all. Errors
//! stay until they are closed.

use egui::{
    Align, Align2, Area, FontId, Frame, Id, Layout, Margin, Order, Rect, Role, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use crate::ops::context::{Level, Report};
use crate::ui::acts::{Act, Acts};
use crate::ui::icons;
use crate::ui::theme::{self, POPUP_RADIUS, ROW, STATUS_BAR, Theme};
use crate::ui::widgets::{focus_ring, icon_button, text};

/// How long a toast is shown, seconds.
const SHOWN: f64 = 8.0;
/// How long it slides in, seconds.
const SLIDE: f64 = 0.16;
/// Height of a toast.
const HEIGHT: f32 = 40.0;
/// Distance between toasts, and to what is below.
const GAP: f32 = 8.0;
/// Toasts that are shown at once.
const MOST: usize = 3;

/// A message that asks for nothing, but may offer something.
pub struct Toast {
    /// What it says.
    pub report: Report,
    /// What it offers: the words and what they do; at most two.
    pub buttons: Vec<(String, Act)>,
    /// When it was first shown, seconds of the interface's clock.
    pub since: Option<f64>,
}

impl Toast {
    /// A toast without buttons.
    pub fn new(level: Level, text: impl Into<String>) -> Self {
        let report = Report {
            level,
            text: text.into(),
        };
        Self {
            report,
            buttons: Vec::new(),
            since: None,
        }
    }

    /// Offers something; the last offer is the one that stands out.
    #[must_use]
    pub fn offer(mut self, words: impl Into<String>, act: Act) -> Self {
        self.buttons.push((words.into(), act));
        self
    }

    /// How long it is still shown; nothing if it stays.
    fn left(&self, now: f64) -> Option<f64> {
        let since = self.since.filter(|_| self.report.level < Level::Error)?;
        Some(since + SHOWN - now)
    }

    /// How far it has slid in, 0 to 1.
    fn slid(&self, now: f64, still: bool) -> f32 {
        let since = self.since.unwrap_or(now);
        let share = if still { 1.0 } else { (now - since) / SLIDE };
        egui::emath::easing::cubic_out((share as f32).clamp(0.0, 1.0))
    }
}

/// The toasts that wait or are shown, oldest first.
#[derive(Default)]
pub struct Toasts(pub Vec<Toast>);

impl Toasts {
    /// Adds a toast; one that says the same makes way for it.
    pub fn push(&mut self, toast: Toast) {
        self.0.retain(|other| other.report != toast.report);
        self.0.push(toast);
    }

    /// Shows the toasts, over `strip` where that lies at their place; `still` if nothing may slide.
    pub fn ui(
        &mut self,
        ctx: &egui::Context,
        theme: &Theme,
        strip: Rect,
        still: bool,
        acts: &mut Acts,
    ) {
        if self.0.is_empty() {
            return;
        }
        let now = ctx.input(|input| input.time);
        self.0
            .retain(|toast| toast.left(now).is_none_or(|left| left > 0.0));
        let mut bottom = ctx.content_rect().bottom() - STATUS_BAR - GAP;
        if strip.is_positive() && strip.y_range().contains(bottom) {
            bottom = strip.top() - GAP;
        }
        let (mut done, mut held) = (None, false);
        let shown = self.0.len().min(MOST);
        for (place, toast) in self.0.iter_mut().enumerate().take(MOST).rev() {
            toast.since.get_or_insert(now);
            let slid = toast.slid(now, still);
            if slid < 1.0 {
                ctx.request_repaint();
            }
            let at = bottom + (1.0 - slid) * (HEIGHT + GAP);
            let (over, pressed) = toast_ui(ctx, theme, toast, at, slid);
            held |= over;
            if let Some(pressed) = pressed {
                done = Some((place, pressed));
            }
            bottom -= (HEIGHT + GAP) * slid;
        }
        self.hold(ctx, now, held, shown);
        if let Some((place, pressed)) = done {
            let mut toast = self.0.remove(place);
            if let Pressed::Button(button) = pressed {
                acts.push(toast.buttons.swap_remove(button).1);
            }
            ctx.request_repaint();
        }
    }

    /// Lets no time pass for the toasts while the pointer is over one; else asks for a frame when the next
    /// one is due.
    fn hold(&mut self, ctx: &egui::Context, now: f64, held: bool, shown: usize) {
        let id = Id::unique("toasts held");
        let since = ctx.data_mut(|data| {
            let since: Option<f64> = data.get_temp(id);
            if held {
                data.insert_temp(id, now);
            } else {
                data.remove_temp::<f64>(id);
            }
            since
        });
        for toast in self.0.iter_mut().take(shown) {
            if let (Some(start), Some(since)) = (toast.since.as_mut(), since) {
                *start += now - since;
            }
        }
        let left = self
            .0
            .iter()
            .take(shown)
            .filter_map(|toast| toast.left(now));
        if let Some(left) = left.reduce(f64::min).filter(|_| !held) {
            let left = std::time::Duration::from_secs_f64(left.max(0.0) + 0.01);
            ctx.request_repaint_after(left);
        }
    }
}

/// What was pressed on a toast.
enum Pressed {
    Close,
    Button(usize),
}

/// Shows a toast with its lower edge at `bottom`; says whether the pointer is over it, and what was pressed.
fn toast_ui(
    ctx: &egui::Context,
    theme: &Theme,
    toast: &Toast,
    bottom: f32,
    opacity: f32,
) -> (bool, Option<Pressed>) {
    let window = ctx.content_rect();
    let id = Id::unique(("toast", toast.report.text.as_str()));
    let area = Area::new(id)
        .order(Order::Foreground)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(egui::pos2(window.center().x, bottom))
        .movable(false)
        .constrain(false);
    let shown = area.show(ctx, |ui| {
        ui.set_opacity(opacity);
        let frame = Frame::new()
            .fill(*theme.popup)
            .corner_radius(POPUP_RADIUS)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin {
                left: 12,
                right: 8,
                top: 0,
                bottom: 0,
            });
        frame
            .show(ui, |ui| content_ui(ui, theme, toast, window.width() - 80.0))
            .inner
    });
    (shown.response.contains_pointer(), shown.inner)
}

fn content_ui(ui: &mut Ui, theme: &Theme, toast: &Toast, room: f32) -> Option<Pressed> {
    let (icon, color) = match toast.report.level {
        Level::Info => (icons::INFO, *theme.info),
        Level::Warning => (icons::WARNING, *theme.orange),
        Level::Error => (icons::X_CIRCLE, *theme.red),
    };
    let role = match toast.report.level {
        Level::Info => Role::Status,
        Level::Warning | Level::Error => Role::Alert,
    };
    let font = FontId::proportional(12.0);
    let measure = |text: &str| {
        let galley = ui
            .painter()
            .layout_no_wrap(text.to_owned(), font.clone(), color);
        galley.size().x
    };
    let buttons = toast.buttons.iter().take(2);
    let buttons: f32 = buttons.map(|(words, _)| measure(words) + 30.0).sum();
    let words = measure(&toast.report.text).min((room - buttons - 70.0).max(120.0));
    let width = 26.0 + words + 16.0 + buttons + ROW;
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, &toast.report.text));
    let mark = rect.with_max_x(rect.left() + 18.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(18.0),
        color,
    );
    let place = Rect::from_min_size(rect.min + vec2(26.0, 0.0), vec2(words, HEIGHT));
    crate::ui::widgets::clipped_text(ui, place, &toast.report.text, font, *theme.text_strong);
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    right.spacing_mut().item_spacing.x = 8.0;
    let mut pressed = None;
    if icon_button(&mut right, theme, icons::X, "Close message", false)
        .on_hover_text("Close")
        .clicked()
    {
        pressed = Some(Pressed::Close);
    }
    let last = toast.buttons.len().min(2).saturating_sub(1);
    for (place, (words, _)) in toast.buttons.iter().enumerate().take(2).rev() {
        if button_ui(&mut right, theme, words, place == last).clicked() {
            pressed = Some(Pressed::Button(place));
        }
    }
    pressed
}

fn button_ui(ui: &mut Ui, theme: &Theme, words: &str, primary: bool) -> egui::Response {
    let color = if primary {
        theme.accent_on
    } else {
        theme.text_2
    };
    let label = egui::RichText::new(words)
        .font(theme::medium(12.0))
        .color(*color);
    let button = egui::Button::new(label).min_size(vec2(0.0, ROW));
    let response = match primary {
        true => ui.add(button.fill(*theme.accent_fill)),
        false => ui.add(button.frame_when_inactive(false)),
    };
    focus_ring(ui, theme, &response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stay_and_others_go_after_eight_seconds() {
        let mut toast = Toast::new(Level::Warning, "a");
        toast.since = Some(1.0);
        assert_eq!(toast.left(3.0), Some(6.0));
        toast.report.level = Level::Error;
        assert_eq!(toast.left(100.0), None);
    }

    #[test]
    fn the_same_words_are_shown_once() {
        let mut toasts = Toasts::default();
        toasts.push(Toast::new(Level::Info, "a"));
        toasts.push(Toast::new(Level::Info, "b"));
        toasts.push(Toast::new(Level::Info, "a"));
        let texts: Vec<&str> = toasts
            .0
            .iter()
            .map(|toast| toast.report.text.as_str())
            .collect();
        assert_eq!(texts, ["b", "a"]);
    }
}
