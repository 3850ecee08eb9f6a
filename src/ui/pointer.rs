//! The pointer over the 3D view and the timeline: clicks, drags and the wheel, by the keymap to operators.
//!
//! Events are taken in their order, before drawing, with the places of the last frame.

use egui::{MouseWheelUnit, PointerButton, Pos2};

use crate::model::tools::Tool;
use crate::ops::call;
use crate::ops::context::Picked;
use crate::ops::event::{EventKind, Modifiers};
use crate::ui::app::App;
use crate::ui::gizmo::handle::Handle;
use crate::ui::keymap::Action;
use crate::ui::keys::{Button, Chord, Key};
use crate::ui::time_pointer::VIEW;

/// How far the pointer moves before a press is a drag, points.
const DRAG: f32 = 4.0;

/// A button that is down and may become a click or a drag.
#[derive(Clone, Copy, Debug)]
pub struct Press {
    button: Button,
    at: Pos2,
    modifiers: Modifiers,
    grip: Option<Grip>,
    /// Where the keymap is asked what it means.
    contexts: &'static [&'static str],
}

/// What a press took hold of instead of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grip {
    /// A handle of the tool.
    Handle(Handle),
    /// A part of the panel that moves the camera by this call; it takes clicks itself.
    Camera(&'static str),
}

impl App {
    /// Takes the pointer's events of this frame.
    pub(super) fn take_pointer(&mut self, ctx: &egui::Context) {
        let (events, held) = ctx.input(|input| (input.events.clone(), input.modifiers));
        let mut moved = false;
        for event in events {
            match event {
                egui::Event::PointerMoved(at) => {
                    let at = self.seen(ctx, at);
                    moved |= self.pointer != Some(at);
                    self.pointer = Some(at);
                }
                egui::Event::PointerGone if self.held.is_empty() => self.pointer = None,
                egui::Event::PointerGone => self.frame.endless.gone(self.endless_area(ctx)),
                egui::Event::PointerButton {
                    pos,
                    button,
                    pressed,
                    modifiers,
                } => {
                    self.pointer = Some(self.seen(ctx, pos));
                    self.moved(ctx, std::mem::take(&mut moved));
                    self.set_modifiers(ctx, plain(modifiers));
                    self.button(ctx, button, pressed);
                }
                egui::Event::MouseWheel {
                    unit,
                    delta,
                    modifiers,
                    ..
                } => {
                    self.set_modifiers(ctx, plain(modifiers));
                    self.turn(ctx, unit, delta);
                }
                egui::Event::Zoom(factor) if self.view_is_pointed_at(ctx) => self.pinch(factor),
                egui::Event::Key { .. } => self.gesture += 1,
                _ => {}
            }
        }
        self.moved(ctx, moved);
        self.set_modifiers(ctx, plain(held));
    }

    /// Where an operator that follows the pointer sees it.
    fn seen(&mut self, ctx: &egui::Context, real: Pos2) -> Pos2 {
        let area = self.endless_area(ctx);
        self.frame.endless.seen(real, area)
    }

    /// Whether the 3D view itself is under a point: no chip, menu or dialog.
    pub(super) fn view_is_under(&self, ctx: &egui::Context, at: Pos2) -> bool {
        self.panel_is_under(ctx, at) && !self.panels.viewport.takes(at)
    }

    /// Whether the 3D view with its chips is under a point: no menu or dialog.
    fn panel_is_under(&self, ctx: &egui::Context, at: Pos2) -> bool {
        let free = self.dialog.is_none() && self.menu.is_none();
        let inside = self.panels.viewport.rect.contains(at);
        let layer = ctx.layer_id_at(at);
        let below = layer.is_none_or(|layer| layer.order == egui::Order::Background);
        free && inside && below
    }

    /// The handle of the tool at a point.
    pub(super) fn handle_at(&self, at: Pos2) -> Option<Handle> {
        let free = !self.modifiers.alt && !self.session.is_running();
        free.then(|| self.panels.viewport.gizmo.find(at)).flatten()
    }

    /// What a press of the left button at a point takes hold of.
    fn grip_at(&self, ctx: &egui::Context, at: Pos2) -> Option<Grip> {
        if !self.panel_is_under(ctx, at) {
            return None;
        }
        let viewport = &self.panels.viewport;
        let camera = viewport.camera_grip(at).map(Grip::Camera);
        let handle = || self.handle_at(at).filter(|_| !viewport.takes(at));
        camera.or_else(|| handle().map(Grip::Handle))
    }

    fn moved(&mut self, ctx: &egui::Context, moved: bool) {
        if !moved {
            return;
        }
        if self.session.is_running() {
            self.send(ctx, EventKind::Move);
        }
        let Some((press, at)) = self.press.zip(self.pointer) else {
            return;
        };
        if press.at.distance(at) < DRAG {
            return;
        }
        self.press = None;
        self.start_drag(ctx, press, at);
    }

    fn start_drag(&mut self, ctx: &egui::Context, press: Press, at: Pos2) {
        self.pointer = Some(press.at);
        if let Some(grip) = press.grip {
            self.drag_grip(ctx, grip, press.button);
            self.pointer = Some(at);
            if self.session.is_running() {
                self.send(ctx, EventKind::Move);
            }
            return;
        }
        let chord = |key| Chord {
            modifiers: press.modifiers,
            key,
        };
        let over = self.hover_at(press.at).filter(|_| press.contexts == VIEW);
        let mut found = None;
        if over.is_some() {
            let contexts: &[&str] = match self.session.view.tool {
                Tool::Rotate => &["bone.rotate", "bone"],
                Tool::Scale => &["bone.scale", "bone"],
                Tool::SelectBox | Tool::Move => &["bone"],
            };
            found = self
                .keymap
                .find(contexts, chord(Key::Drag(press.button)))
                .cloned();
            if found.is_some() && !over.is_some_and(|picked| self.is_selected(picked)) {
                self.run_chord(ctx, VIEW, chord(Key::Button(press.button)));
            }
        }
        let found = found.or_else(|| {
            self.keymap
                .find(press.contexts, chord(Key::Drag(press.button)))
                .cloned()
        });
        if let Some(Action::Run(op)) = found.map(|binding| binding.action) {
            self.start_held(ctx, op, Some(press.button));
        }
        self.pointer = Some(at);
        if self.session.is_running() {
            self.send(ctx, EventKind::Move);
        }
    }

    /// Starts what a grip is for, from where it was pressed.
    fn drag_grip(&mut self, ctx: &egui::Context, grip: Grip, button: Button) {
        let text = match grip {
            Grip::Handle(handle) => self.panels.viewport.gizmo.call(handle),
            Grip::Camera(call) => Some(call.to_owned()),
        };
        if let Some(Ok(op)) = text.map(|text| call::parse(&text)) {
            self.start_held(ctx, op, Some(button));
        }
    }

    fn hover_at(&self, at: Pos2) -> Option<Picked> {
        let (document, view) = (&self.session.document, &self.session.view);
        let rect = self.panels.viewport.rect;
        crate::ui::panels::viewport::pick::picked_at(document, view, &self.poses, rect, at)
    }

    fn is_selected(&self, picked: Picked) -> bool {
        let (rigs, empties) = (&self.session.document.rigs, &self.session.document.empties);
        match picked {
            Picked::Bone(rig, bone) => rigs.get(rig.index()).is_some_and(|r| r.is_selected(bone)),
            Picked::Empty(place) => empties.get(place).is_some_and(|empty| empty.select),
        }
    }

    fn button(&mut self, ctx: &egui::Context, button: PointerButton, pressed: bool) {
        let button = match button {
            PointerButton::Primary => Button::Left,
            PointerButton::Middle => Button::Middle,
            PointerButton::Secondary => Button::Right,
            _ => return,
        };
        if pressed {
            self.gesture += 1;
            self.pressed(ctx, button);
        } else {
            self.released(ctx, button);
        }
    }

    fn pressed(&mut self, ctx: &egui::Context, button: Button) {
        let Some(at) = self.pointer else {
            return;
        };
        let chord = Chord {
            modifiers: self.modifiers,
            key: Key::Button(button),
        };
        if let Some(id) = self.session.running().map(|(op, _)| op.info().id) {
            // Modifiers mean precision and snapping to it: its buttons count with any of them.
            let exact = self.keymap.modal_key(id, chord);
            let any = exact.or_else(|| self.keymap.modal_key(id, Chord::plain(chord.key)));
            match any {
                Some(key) => {
                    self.send(ctx, EventKind::Key(key));
                    // Where it goes on, it waits for this button's release.
                    if let Some(held) = self.held.last_mut() {
                        *held = Some(button);
                    }
                }
                None => self.navigate_held(ctx, chord, button),
            }
            return;
        }
        let grip = self.grip_at(ctx, at).filter(|_| button == Button::Left);
        let contexts = match grip {
            Some(_) => Some(VIEW),
            None => self.pointed_contexts(ctx, at),
        };
        let Some(contexts) = contexts else {
            return;
        };
        let found = self.keymap.find(contexts, chord).cloned();
        if let Some(Action::Run(op)) = found.map(|binding| binding.action)
            && grip.is_none()
            && op.is_modal()
            && (op.info().view_only || contexts != VIEW)
        {
            self.start_held(ctx, op, Some(button));
            return;
        }
        self.press = Some(Press {
            button,
            at,
            modifiers: self.modifiers,
            grip,
            contexts,
        });
    }

    fn navigate_held(&mut self, ctx: &egui::Context, chord: Chord, button: Button) {
        let found = self.keymap.find(&["view3d"], chord).cloned();
        if let Some(Action::Run(op)) = found.map(|binding| binding.action)
            && op.info().view_only
        {
            self.start_held(ctx, op, Some(button));
        }
    }

    fn released(&mut self, ctx: &egui::Context, button: Button) {
        if self.session.is_running() && self.held.last() == Some(&Some(button)) {
            self.send(ctx, EventKind::Release);
            return;
        }
        let Some(press) = self.press.take_if(|press| press.button == button) else {
            return;
        };
        match press.grip {
            // The panel itself takes the click.
            Some(Grip::Camera(_)) => return,
            // The middle goes on without the button; the other handles let a click through.
            Some(grip @ Grip::Handle(Handle::Center)) => {
                self.drag_grip(ctx, grip, button);
                if let Some(held) = self.held.last_mut() {
                    *held = None;
                }
                return;
            }
            Some(Grip::Handle(_)) | None => {}
        }
        let chord = Chord {
            modifiers: press.modifiers,
            key: Key::Button(button),
        };
        if !self.run_chord(ctx, press.contexts, chord)
            && button == Button::Right
            && press.contexts == VIEW
        {
            self.context_menu();
        }
    }

    /// Runs what the keymap says of a chord in these contexts.
    fn run_chord(&mut self, ctx: &egui::Context, contexts: &[&str], chord: Chord) -> bool {
        let found = self.keymap.find(contexts, chord).cloned();
        let Some(Action::Run(op)) = found.map(|binding| binding.action) else {
            return false;
        };
        self.start_held(ctx, op, None);
        true
    }

    /// The menu of the 3D view, at the pointer.
    fn context_menu(&mut self) {
        let active = self.session.document.rig().and_then(|rig| {
            let name = rig.armature.name(rig.active_bone?);
            Some(name.to_owned())
        });
        self.open_context(
            active.unwrap_or_else(|| "Pose".to_owned()),
            "3D View",
            Vec::new(),
        );
    }

    fn view_is_pointed_at(&self, ctx: &egui::Context) -> bool {
        self.pointer.is_some_and(|at| self.view_is_under(ctx, at))
    }

    fn turn(&mut self, ctx: &egui::Context, unit: MouseWheelUnit, delta: egui::Vec2) {
        let contexts = self.pointer.and_then(|at| self.pointed_contexts(ctx, at));
        let (Some(contexts), Some(at)) = (contexts, self.pointer) else {
            self.wheel = 0.0;
            return;
        };
        if unit == MouseWheelUnit::Point && contexts == VIEW {
            self.slide(delta);
            return;
        }
        if unit == MouseWheelUnit::Point && delta.x.abs() > delta.y.abs() {
            self.slide_time(ctx, delta.x);
            return;
        }
        let delta = match unit {
            MouseWheelUnit::Point => delta / 40.0,
            _ => delta,
        };
        if self.scroll_rows(ctx, at, delta.x + delta.y) {
            return;
        }
        self.wheel += delta.y;
        while self.wheel.abs() >= 1.0 {
            let up = self.wheel > 0.0;
            self.wheel -= self.wheel.signum();
            let key = if up { Key::WheelUp } else { Key::WheelDown };
            let chord = Chord {
                modifiers: self.modifiers,
                key,
            };
            let running = self.session.running().map(|(op, _)| op.info().id);
            let modal = running.and_then(|id| self.keymap.modal_key(id, chord));
            if let Some(key) = modal {
                self.send(ctx, EventKind::Key(key));
            } else if running.is_some() {
                self.navigate(ctx, chord);
            } else {
                self.run_chord(ctx, contexts, chord);
            }
        }
    }
}

fn plain(modifiers: egui::Modifiers) -> Modifiers {
    Modifiers {
        shift: modifiers.shift,
        ctrl: modifiers.command,
        alt: modifiers.alt,
    }
}
