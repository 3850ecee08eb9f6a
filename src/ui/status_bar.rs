//! The status bar: what the keys do now at the left, the last message in the middle, numbers at the right.

use egui::{Align, Align2, FontId, Layout, Rect, Ui, UiBuilder, vec2};

use crate::ops::context::{Level, Report};
use crate::ops::event::{ModalKey, Modifiers};
use crate::ops::operator::{Header, Held, Info};
use crate::ops::runner::log::Line;
use crate::ui::acts::Act;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::keymap::{self, Action, Binding, modal_contexts};
use crate::ui::keys::{Button, Key};
use crate::ui::theme;
use crate::ui::time_axis;
use crate::ui::widgets::{focus_ring, icon_label, keycap, keycap_width};

/// Keys with what they do.
struct Hint<'a> {
    bindings: Vec<&'a Binding>,
    /// A cap that stands for no binding: something that is held or typed.
    cap: Option<&'static str>,
    words: String,
    /// Whether it is in effect.
    lit: bool,
}

/// Shows the bar in all of the space there is.
pub fn status_bar_ui(ui: &mut Ui, desk: &mut Desk, contexts: &[&str], message: Option<&Report>) {
    let rect = ui.max_rect().shrink2(vec2(12.0, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(layout)
            .id_salt("numbers"),
    );
    numbers_ui(&mut right, desk);
    let end = right.min_rect().left() - 16.0;
    // What was said before an operator began leaves the room to its keys.
    let message = message.filter(|_| desk.running.is_none());
    let message_width = message_ui(ui, desk, rect, end, message);
    let limit = if message_width > 0.0 {
        (rect.center().x - message_width / 2.0 - 16.0).min(end)
    } else {
        end
    };
    let layout = Layout::left_to_right(Align::Center);
    let room = rect.with_max_x(limit.max(rect.left()));
    let mut left = ui.new_child(
        UiBuilder::new()
            .max_rect(room)
            .layout(layout)
            .id_salt("hints"),
    );
    hints_ui(&mut left, desk, contexts, room);
}

fn numbers_ui(ui: &mut Ui, desk: &Desk) {
    let theme = desk.theme;
    ui.spacing_mut().item_spacing.x = 4.0;
    let strong = |ui: &mut Ui, text: String| {
        ui.label(
            egui::RichText::new(text)
                .font(theme::medium(12.0))
                .color(*theme.text_strong),
        );
    };
    let weak = |ui: &mut Ui, text: &str| {
        ui.label(egui::RichText::new(text).color(*theme.text_2));
    };
    if let Some(rate) = desk.playback.rate {
        weak(ui, "fps");
        strong(ui, format!("{rate:.0}"));
        icon_label(ui, icons::SPEEDOMETER, 13.0, *theme.text_2);
        ui.add_space(10.0);
    }
    let scene = &desk.document.scene;
    weak(ui, &format!("/ {}", scene.frame_end));
    strong(ui, time_axis::written(scene.frame));
    weak(ui, "Frame");
    ui.add_space(10.0);
    let rigs = &desk.document.rigs;
    let all: usize = rigs.iter().map(|rig| rig.armature.bones.len()).sum();
    let selected: usize = rigs.iter().map(|rig| rig.selected_bones().len()).sum();
    strong(ui, format!("{selected} / {all}"));
    weak(ui, "Bones");
}

/// Whether the last call of the log did something, so that what it had to say is good news.
fn last_finished(desk: &Desk) -> bool {
    let calls = desk.log.lines().rev().filter_map(|(_, line)| match line {
        Line::Call(called) if !called.nested => Some(called.finished()),
        _ => None,
    });
    let mut calls = calls;
    calls.next().unwrap_or(false)
}

fn message_ui(ui: &Ui, desk: &mut Desk, rect: Rect, end: f32, message: Option<&Report>) -> f32 {
    let Some(message) = message else {
        return 0.0;
    };
    let theme = desk.theme;
    let (icon, color) = match message.level {
        Level::Info if last_finished(desk) => (icons::CHECK_CIRCLE, *theme.text_2),
        Level::Info => (icons::INFO, *theme.text_2),
        Level::Warning => (icons::WARNING, *theme.orange),
        Level::Error => (icons::X_CIRCLE, *theme.red),
    };
    let room = (end - rect.center().x).max(60.0) * 2.0;
    let mut job = egui::text::LayoutJob::simple_singleline(
        message.text.clone(),
        FontId::proportional(12.0),
        if message.level == Level::Error {
            *theme.red
        } else {
            *theme.text
        },
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width((room - 24.0).max(40.0));
    let galley = ui.painter().layout_job(job);
    let width = galley.size().x + 20.0;
    let area = Align2::CENTER_CENTER.align_size_within_rect(vec2(width, rect.height()), rect);
    let mark = area.with_max_x(area.left() + 15.0);
    crate::ui::widgets::text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(14.0),
        color,
    );
    let at = egui::pos2(area.left() + 20.0, area.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    let response = ui.interact(area, ui.scope_id().with("message"), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Status, true, &message.text));
    focus_ring(ui, theme, &response);
    let response = response.on_hover_text(format!("{}\nClick to show the log", message.text));
    if response.clicked() {
        desk.acts.push(Act::ShowLog);
    }
    width
}

fn hints_ui(ui: &mut Ui, desk: &Desk, contexts: &[&str], room: Rect) {
    ui.spacing_mut().item_spacing.x = 5.0;
    let held = desk.modifiers != Modifiers::default();
    let hints = match &desk.running {
        Some((info, header)) => running_hints(desk, *info, header),
        None => hints(desk, contexts, held),
    };
    for hint in hints {
        let start = ui.cursor().left();
        if start + width_of(ui, &hint) > room.right() {
            break;
        }
        for binding in &hint.bindings {
            key_ui(ui, desk, binding);
        }
        if let Some(cap) = hint.cap {
            keycap(ui, desk.theme, cap);
        }
        let words = egui::RichText::new(&hint.words);
        ui.label(match hint.lit {
            true => words.color(*desk.theme.accent_hi).font(theme::medium(12.0)),
            false => words.color(*desk.theme.text_2),
        });
        ui.add_space(9.0);
    }
}

/// The hints of an operator that runs: its keys, then what is held or typed, lit while it is.
fn running_hints<'a>(desk: &Desk<'a>, info: Info, header: &Header) -> Vec<Hint<'a>> {
    let [own, shared, any] = modal_contexts(info.id);
    let contexts = [any, own, shared];
    let typed = [
        ModalKey::Erase,
        ModalKey::EraseNumber,
        ModalKey::NextNumber,
        ModalKey::PreviousNumber,
    ];
    let means =
        |key: ModalKey| !header.idle.contains(&key) && (header.typing || !typed.contains(&key));
    // A narrower context takes the key away from a wider one.
    let hidden = |binding: &Binding| {
        let narrower = [own, shared];
        let place = narrower.iter().position(|own| *own == binding.context);
        let narrower = narrower.get(..place.unwrap_or(2)).unwrap_or_default();
        let mut all = desk.keymap.bindings().iter();
        all.any(|other| {
            narrower.contains(&other.context.as_str())
                && other.chord == binding.chord
                && other.context != binding.context
                && matches!(other.action, Action::Modal(_))
        })
    };
    let counts = |binding: &Binding| match binding.action {
        Action::Modal(key) => means(key) && !hidden(binding),
        Action::Run(_) => false,
    };
    // Modifiers mean precision and snapping, too: without keys of their own the others stay.
    let held = desk.modifiers != Modifiers::default() && info.keys.is_none();
    let mut found = collect(desk, &contexts, held, counts);
    if found.is_empty() {
        found = collect(desk, &contexts, false, counts);
    }
    found.extend(
        header
            .held
            .iter()
            .map(|held| held_hint(desk.modifiers, header, *held)),
    );
    found
}

fn held_hint<'a>(now: Modifiers, header: &Header, held: Held) -> Hint<'a> {
    let (cap, words, lit) = match held {
        Held::Shift(words) => ("Shift", words, now.shift),
        Held::Ctrl(words) => ("Ctrl", words, now.ctrl),
        Held::Alt(words) => ("Alt", words, now.alt),
        Held::Digits(words) => ("0\u{2013}9", words, header.typing),
    };
    Hint {
        bindings: Vec::new(),
        cap: Some(cap),
        words: words.to_owned(),
        lit,
    }
}

/// The hints of these contexts: those the keymap marks, or all keys with the modifiers that are held.
fn hints<'a>(desk: &Desk<'a>, contexts: &[&str], with_modifiers: bool) -> Vec<Hint<'a>> {
    let runs = |binding: &Binding| matches!(binding.action, Action::Run(_));
    collect(desk, contexts, with_modifiers, runs)
}

fn collect<'a>(
    desk: &Desk<'a>,
    contexts: &[&str],
    with_modifiers: bool,
    counts: impl Fn(&Binding) -> bool,
) -> Vec<Hint<'a>> {
    let held = desk.modifiers;
    let mut hints: Vec<Hint> = Vec::new();
    for context in contexts {
        let all = desk.keymap.bindings().iter();
        for binding in all.filter(|b| b.context == *context && counts(b)) {
            let words = match &binding.hint {
                _ if with_modifiers && binding.chord.modifiers == held => describe(binding),
                Some(hint) if !with_modifiers => hint.clone(),
                _ => continue,
            };
            match hints.iter_mut().find(|hint| hint.words == words) {
                Some(hint) if !with_modifiers => hint.bindings.push(binding),
                Some(_) => {}
                None => hints.push(Hint {
                    bindings: vec![binding],
                    cap: None,
                    words,
                    lit: false,
                }),
            }
        }
    }
    hints
}

fn describe(binding: &Binding) -> String {
    match (&binding.hint, &binding.action) {
        (Some(hint), _) => hint.clone(),
        (None, Action::Run(op)) => op.info().label.to_owned(),
        (None, action) => keymap::describe(action).to_owned(),
    }
}

fn measure(ui: &Ui, text: &str, font: FontId) -> f32 {
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font, egui::Color32::WHITE);
    galley.size().x
}

/// How wide a key is drawn, with 5 between its parts and after them.
pub fn key_width(ui: &Ui, binding: &Binding) -> f32 {
    let chord = binding.chord;
    let mut caps = chord.caps();
    let icon = mouse_icon(chord.key).map_or(0.0, |_| {
        caps.pop();
        17.0 + 5.0
    });
    let cap = |cap: &String| (measure(ui, cap, theme::medium(10.5)) + 8.0).max(16.0) + 5.0;
    caps.iter().map(cap).sum::<f32>() + icon
}

fn width_of(ui: &Ui, hint: &Hint) -> f32 {
    let keys = hint.bindings.iter().map(|binding| key_width(ui, binding));
    let cap = hint.cap.map_or(0.0, |cap| keycap_width(ui, cap) + 5.0);
    keys.sum::<f32>() + cap + measure(ui, &hint.words, FontId::proportional(12.0))
}

/// The icon of a mouse button, where the key is one.
fn mouse_icon(key: Key) -> Option<&'static str> {
    match key {
        Key::Button(Button::Left) | Key::Drag(Button::Left) => Some(icons::MOUSE_LEFT_CLICK),
        Key::Button(Button::Middle) | Key::Drag(Button::Middle) => Some(icons::MOUSE_MIDDLE_CLICK),
        Key::Button(Button::Right) | Key::Drag(Button::Right) => Some(icons::MOUSE_RIGHT_CLICK),
        _ => None,
    }
}

/// A key as keycaps; mouse buttons as icons.
pub fn key_ui(ui: &mut Ui, desk: &Desk, binding: &Binding) {
    let chord = binding.chord;
    let icon = mouse_icon(chord.key);
    let mut caps = chord.caps();
    if icon.is_some() {
        caps.pop();
    }
    for cap in caps {
        keycap(ui, desk.theme, &cap);
    }
    if let Some(icon) = icon {
        icon_label(ui, icon, 15.0, *desk.theme.text_2);
    }
}
