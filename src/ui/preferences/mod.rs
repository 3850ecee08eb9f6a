//! The preferences: a panel that floats over the others and leaves them usable. Changes count at once.
//!
//! Sections are one file each. They push [`Change`]s, which are made after drawing.

mod add;
mod clash;
mod general;
mod key_row;
mod keys;
mod rows;

use std::path::Path;

use egui::{Align2, FontId, Frame, Id, Key, Margin, Order, Rect, Role, Sense, Stroke, Ui};
use egui::{UiBuilder, WidgetInfo, Window, pos2, vec2};

use crate::io::preferences::Preferences;
use crate::ui::app::App;
use crate::ui::icons;
use crate::ui::keymap::edit::KeymapEdit;
use crate::ui::keys::Chord;
use crate::ui::preferences::keys::Keys;
use crate::ui::settings::Change;
use crate::ui::theme::{self, POPUP_RADIUS, RADIUS, ROW, Theme};
use crate::ui::widgets::{focus_ring, icon_button, text};

/// Size at first, points.
const SIZE: egui::Vec2 = vec2(880.0, 580.0);
/// Height of the title.
const TITLE: f32 = 36.0;
/// Width of the list of sections.
const LIST: f32 = 158.0;

/// A part of the preferences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Section {
    #[default]
    Interface,
    Keymap,
    Saving,
}

const SECTIONS: [(Section, &str, &str); 3] = [
    (Section::Interface, "Interface", icons::PALETTE),
    (Section::Keymap, "Keymap", icons::KEYBOARD),
    (
        Section::Saving,
        "Editing & Saving",
        icons::CLOCK_COUNTER_CLOCKWISE,
    ),
];

/// What the panel remembers.
#[derive(Default)]
pub struct PreferencesPanel {
    open: bool,
    section: Section,
    keys: Keys,
    /// Whether a text was being typed at the end of the last frame.
    typing: bool,
}

/// What the sections read and write.
struct Shelf<'a> {
    theme: &'a Theme,
    preferences: &'a Preferences,
    keys: &'a KeymapEdit,
    /// The user's folder of settings.
    folder: Option<&'a Path>,
    changes: Vec<Change>,
}

impl Shelf<'_> {
    /// Asks for other preferences.
    fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        let mut preferences = self.preferences.clone();
        change(&mut preferences);
        self.changes
            .push(Change::Preferences(Box::new(preferences)));
    }
}

impl PreferencesPanel {
    /// Opens the panel, or closes it.
    pub fn toggle(&mut self) {
        self.open = !self.open;
        self.keys.stop();
    }

    /// Takes a key where one is waited for; says whether it was.
    pub fn take_key(&mut self, chord: Chord) -> bool {
        self.open && self.keys.take_key(chord)
    }

    fn ui(&mut self, ctx: &egui::Context, shelf: &mut Shelf) {
        let theme = shelf.theme;
        let frame = Frame::new()
            .fill(*theme.panel)
            .stroke(Stroke::new(1.0, theme.line_strong))
            .corner_radius(POPUP_RADIUS)
            .shadow(ctx.global_style().visuals.window_shadow)
            .inner_margin(Margin::ZERO);
        let room = ctx.content_rect().shrink(16.0);
        let size = SIZE.min(room.size());
        let window = Window::new("Preferences")
            .id(Id::unique("preferences"))
            .title_bar(false)
            .resizable(true)
            .order(Order::Foreground)
            .frame(frame)
            .default_pos(room.center() - size / 2.0)
            .default_size(size)
            .min_size(vec2(520.0, 320.0))
            .constrain_to(room);
        window.show(ctx, |ui| {
            let rect = ui.available_rect_before_wrap();
            ui.allocate_rect(rect, Sense::hover());
            self.title_ui(ui, theme, rect.with_max_y(rect.top() + TITLE));
            let below = rect.with_min_y(rect.top() + TITLE);
            let line = Rect::from_min_size(below.min, vec2(below.width(), 1.0));
            ui.painter().rect_filled(line, 0, theme.line);
            let list = below.with_max_x(below.left() + LIST).shrink(8.0);
            self.list_ui(&mut child(ui, list, "sections"), theme);
            let edge = pos2(below.left() + LIST, below.top());
            let line = Rect::from_min_size(edge, vec2(1.0, below.height()));
            ui.painter().rect_filled(line, 0, theme.line);
            let inner = below.with_min_x(edge.x + 1.0).shrink2(vec2(14.0, 10.0));
            let ui = &mut child(ui, inner, "section");
            match self.section {
                Section::Interface => general::interface_ui(ui, shelf),
                Section::Keymap => self.keys.ui(ui, shelf),
                Section::Saving => general::saving_ui(ui, shelf),
            }
        });
    }

    fn title_ui(&mut self, ui: &mut Ui, theme: &Theme, rect: Rect) {
        let inner = rect.shrink2(vec2(14.0, 7.0));
        let font = theme::semibold(13.0);
        let title = "Preferences";
        text(
            ui,
            inner,
            Align2::LEFT_CENTER,
            title,
            font,
            *theme.text_strong,
        );
        let corner = Rect::from_min_size(inner.right_top() - vec2(ROW, 0.0), vec2(ROW, ROW));
        let ui = &mut child(ui, corner, "close");
        let close = icon_button(ui, theme, icons::X, "Close Preferences", false);
        if close.on_hover_text("Close the preferences").clicked() {
            self.open = false;
            self.keys.stop();
        }
    }

    fn list_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        for (section, label, icon) in SECTIONS {
            let size = vec2(ui.available_width(), 26.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            if response.clicked() {
                self.section = section;
                self.keys.stop();
            }
            let on = self.section == section;
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, label));
            let fill = match () {
                () if on => *theme.accent_tint,
                () if response.hovered() => *theme.field_hover,
                () => egui::Color32::TRANSPARENT,
            };
            ui.painter().rect_filled(rect, RADIUS, fill);
            let (tint, color, font) = match on {
                true => (theme.accent_hi, theme.text_strong, theme::medium(12.0)),
                false => (theme.text_2, theme.text, FontId::proportional(12.0)),
            };
            let mark = rect.with_max_x(rect.left() + 28.0);
            text(
                ui,
                mark,
                Align2::CENTER_CENTER,
                icon,
                theme::icon(15.0),
                *tint,
            );
            let name = rect.with_min_x(rect.left() + 30.0);
            text(ui, name, Align2::LEFT_CENTER, label, font, *color);
            focus_ring(ui, theme, &response);
        }
    }
}

impl App {
    /// Shows the preferences, if they are open, and makes what was changed count.
    pub(super) fn preferences_ui(&mut self, ctx: &egui::Context) {
        if !self.preferences_panel.open {
            return;
        }
        let mut panel = std::mem::take(&mut self.preferences_panel);
        let mut shelf = Shelf {
            theme: &self.theme,
            preferences: &self.preferences,
            keys: &self.settings.keys,
            folder: self
                .folders
                .as_ref()
                .map(|folders| folders.config.as_path()),
            changes: Vec::new(),
        };
        panel.ui(ctx, &mut shelf);
        let changes = shelf.changes;
        let free = self.dialog.is_none() && self.menu.is_none() && !egui::Popup::is_any_open(ctx);
        let escaped = ctx.input(|input| input.key_pressed(Key::Escape));
        if escaped && free && !panel.typing {
            panel.toggle();
        }
        panel.typing = ctx.text_edit_focused();
        if !changes.is_empty() {
            panel.keys.changed();
            ctx.request_repaint();
        }
        self.preferences_panel = panel;
        let keys = |change: &Change| !matches!(change, Change::Preferences(_));
        let keys = changes.iter().any(keys);
        changes
            .into_iter()
            .for_each(|change| self.change_setting(change));
        if keys {
            self.keep_keys();
        }
    }
}

/// A part of the panel at a place of its own.
fn child(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(name));
    child.set_clip_rect(rect.expand(3.0).intersect(ui.clip_rect()));
    child
}
