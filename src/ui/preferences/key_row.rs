//! A line of the list of keys: what it does, the call, the key, and the way back.

use egui::{Align, Align2, Color32, FontId, Layout, PointerButton, Rect, Role, Sense, Stroke};
use egui::{StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::keymap::edit::Slot;
use crate::ui::keymap::{Action, Binding, describe_whole};
use crate::ui::keys::{Button, Chord, Key};
use crate::ui::preferences::keys::LINE;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{clipped_text, focus_ring, icon_button, keycap, text};

/// Width of the key.
const KEY: f32 = 156.0;
/// Width of what it does.
const LABEL: f32 = 190.0;

/// What the user did with a line.
pub(super) enum Pressed {
    /// The next key is for it.
    Wait,
    /// No key is wanted any more.
    GiveUp,
    /// This button or turn of the wheel is for it.
    Chord(Chord),
    /// It shall be as it comes.
    Reset,
}

/// What the form of a new binding wants.
pub(super) enum Wanted {
    /// The next key.
    Key,
    /// To be added.
    Binding(Box<Binding>),
}

/// The name of a context above its bindings.
pub(super) fn title_ui(ui: &mut Ui, theme: &Theme, title: &str) {
    let size = vec2(ui.available_width(), LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
    let name = rect.with_min_x(rect.left() + 8.0);
    let font = theme::medium(12.0);
    text(
        ui,
        name,
        Align2::LEFT_CENTER,
        title,
        font,
        *theme.text_strong,
    );
}

/// A binding.
pub(super) struct KeyRow<'a> {
    /// As it comes and as it is.
    pub(super) slot: &'a Slot,
    /// Whether the next key is for it.
    pub(super) waits: bool,
}

impl KeyRow<'_> {
    /// Shows the line; gives what the user did.
    pub(super) fn ui(&self, ui: &mut Ui, theme: &Theme, place: usize) -> Option<Pressed> {
        let binding = self.slot.binding()?;
        let size = vec2(ui.available_width(), LINE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        if response.contains_pointer() {
            ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
        }
        let label = describe_whole(&binding.action);
        let label = label.as_str();
        let changed = self.slot.changed();
        let name = Rect::from_min_size(rect.min + vec2(18.0, 0.0), vec2(LABEL, LINE));
        let (font, color) = match changed {
            true => (theme::medium(12.0), theme.text_strong),
            false => (FontId::proportional(12.0), theme.text),
        };
        clipped_text(ui, name, label, font, *color);
        let right = rect.right() - 14.0;
        let key = Rect::from_min_max(
            pos2(right - ROW - 4.0 - KEY, rect.top() + 1.0),
            pos2(right - ROW - 4.0, rect.bottom() - 1.0),
        );
        let call = Rect::from_min_max(
            pos2(name.right() + 8.0, rect.top()),
            pos2(key.left() - 8.0, rect.bottom()),
        );
        let words = binding.call();
        clipped_text(ui, call, &words, FontId::monospace(11.0), *theme.text_2);
        let id = response.id.with("call");
        ui.interact(call, id, Sense::hover()).on_hover_text(&words);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("key", place)));
        let mut pressed = self.key_ui(&mut ui, theme, key, binding);
        if changed {
            let corner = Rect::from_min_size(pos2(right - ROW, rect.top() + 1.0), vec2(ROW, ROW));
            let mut ui = ui.new_child(UiBuilder::new().max_rect(corner).id_salt("reset"));
            let (icon, words) = match self.slot.base {
                Some(_) => (icons::ARROW_U_UP_LEFT, "Reset"),
                None => (icons::TRASH, "Remove"),
            };
            let button = icon_button(&mut ui, theme, icon, &format!("{words} {label}"), false);
            let button = button.on_hover_text(match self.slot.base {
                Some(_) => "Give it the key it comes with",
                None => "Remove this binding",
            });
            if button.clicked() {
                pressed = Some(Pressed::Reset);
            }
        }
        pressed
    }

    fn key_ui(&self, ui: &mut Ui, theme: &Theme, rect: Rect, binding: &Binding) -> Option<Pressed> {
        let chord = self.slot.now.as_ref().map(|now| now.chord);
        let response = key_field(ui, theme, rect, chord, self.waits);
        let name = format!("Key of {}", describe_whole(&binding.action));
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Button, true, &name);
            let keys = chord.map_or_else(|| "none".to_owned(), |chord| chord.to_string());
            info.current_text_value = Some(keys);
            info
        });
        if !self.waits {
            let response = response.on_hover_text("Press another key; Backspace: none");
            return response.clicked().then_some(Pressed::Wait);
        }
        let found = pointer_chord(ui, rect, binding);
        found.or_else(|| {
            let elsewhere = ui.input(|input| {
                let at = input.pointer.interact_pos();
                input.pointer.any_pressed() && !at.is_some_and(|at| rect.contains(at))
            });
            elsewhere.then_some(Pressed::GiveUp)
        })
    }
}

/// A field that shows a key, or that one is waited for.
pub(super) fn key_field(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    chord: Option<Chord>,
    waits: bool,
) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with("field"), Sense::click());
    let hot = response.hovered();
    let fill = match () {
        () if waits => *theme.field_active,
        () if hot => *theme.button_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if waits {
        let stroke = Stroke::new(1.0, theme.accent);
        ui.painter()
            .rect_stroke(rect, RADIUS, stroke, StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(6.0, 0.0));
    let font = FontId::proportional(12.0);
    match chord {
        _ if waits => {
            text(
                ui,
                inner,
                Align2::LEFT_CENTER,
                "Press a key…",
                font,
                *theme.text_2,
            );
        }
        None => {
            text(ui, inner, Align2::LEFT_CENTER, "none", font, *theme.text_2);
        }
        Some(chord) => {
            let layout = Layout::left_to_right(Align::Center);
            let builder = UiBuilder::new().max_rect(inner).layout(layout);
            let mut ui = ui.new_child(builder.id_salt("caps"));
            ui.spacing_mut().item_spacing.x = 4.0;
            let caps = chord.caps();
            caps.iter().for_each(|cap| keycap(&mut ui, theme, cap));
        }
    }
    focus_ring(ui, theme, &response);
    response
}

/// The button or turn of the wheel over the field, for bindings that may have one.
fn pointer_chord(ui: &Ui, rect: Rect, binding: &Binding) -> Option<Pressed> {
    let modal = matches!(binding.action, Action::Modal(_));
    if !modal && !["view3d", "pose", "bone"].contains(&binding.context.as_str()) {
        return None;
    }
    let drag = matches!(binding.chord.key, Key::Drag(_));
    let over = |at: Option<egui::Pos2>| at.is_some_and(|at| rect.contains(at));
    ui.input(|input| {
        let chord = |key, held: egui::Modifiers| Chord {
            modifiers: crate::ops::event::Modifiers {
                shift: held.shift,
                ctrl: held.command,
                alt: held.alt,
            },
            key,
        };
        input.events.iter().find_map(|event| match event {
            egui::Event::PointerButton {
                pos,
                button,
                pressed: true,
                modifiers,
            } if rect.contains(*pos) => {
                let button = match button {
                    PointerButton::Primary => Button::Left,
                    PointerButton::Middle => Button::Middle,
                    PointerButton::Secondary => Button::Right,
                    _ => return None,
                };
                let key = if drag {
                    Key::Drag(button)
                } else {
                    Key::Button(button)
                };
                Some(Pressed::Chord(chord(key, *modifiers)))
            }
            egui::Event::MouseWheel {
                delta, modifiers, ..
            } if over(input.pointer.hover_pos()) && delta.y != 0.0 => {
                let key = if delta.y > 0.0 {
                    Key::WheelUp
                } else {
                    Key::WheelDown
                };
                Some(Pressed::Chord(chord(key, *modifiers)))
            }
            _ => None,
        })
    })
}
