//! The properties: of the active bone, of its collections, of its rig and of the file, a tab each.

mod bendy;
mod collections;
mod color;
mod constraints;
mod custom;
mod file;
pub(super) mod grid;
mod paths;
mod relations;
mod rig;
mod subject;
mod title;
mod transform;
mod values;

use egui::{Align2, FontId, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::Pane;
use crate::ui::panels::properties::subject::Subject;
use crate::ui::panels::properties::title::Renaming;
use crate::ui::panels::selection_sets::{self, Sets};
use crate::ui::theme::{self, HEADER, RADIUS};
use crate::ui::widgets::{focus_ring, folding, separator, text, width};

/// What a tab is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The active bone.
    #[default]
    Bone,
    /// The collections it is in.
    Collections,
    /// The selection sets of its rig.
    Sets,
    /// Its rig.
    Rig,
    /// The document's file.
    File,
}

impl Tab {
    /// Every tab, from the left.
    const ALL: [Self; 5] = [
        Self::Bone,
        Self::Collections,
        Self::Sets,
        Self::Rig,
        Self::File,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Bone => "Bone",
            Self::Collections => "Collections",
            Self::Sets => "Sets",
            Self::Rig => "Rig",
            Self::File => "File",
        }
    }

    fn icon(self) -> &'static str {
        match self {
            Self::Bone => icons::BONE,
            Self::Collections => icons::STACK,
            Self::Sets => icons::SELECTION,
            Self::Rig => icons::PERSON_SIMPLE,
            Self::File => icons::FLOPPY_DISK,
        }
    }
}

/// What the panel remembers.
#[derive(Default)]
pub struct Properties {
    /// The tab that is shown.
    pub tab: Tab,
    /// The name of the bone while it is typed.
    renaming: Option<Renaming>,
    sets: Sets,
}

impl Properties {
    /// Shows the active selection set and begins to type a name for it.
    pub fn rename_set(&mut self) {
        self.tab = Tab::Sets;
        self.sets.rename_active();
    }

    /// The contexts of the keymap that keys over the panel go to, narrowest first.
    pub fn contexts(&self) -> &'static [&'static str] {
        match self.tab {
            Tab::Sets => &["properties.sets", "properties", "window"],
            _ => Pane::Properties.contexts(),
        }
    }

    /// Shows the panel below its header.
    pub fn ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        ui.spacing_mut().item_spacing.y = 0.0;
        self.tabs_ui(ui, desk);
        separator(ui, desk.theme);
        ui.push_id(self.tab.title(), |ui| {
            let area = ScrollArea::vertical().auto_shrink(false);
            area.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                self.tab_ui(ui, desk);
                ui.add_space(10.0);
            });
        });
    }

    fn tabs_ui(&mut self, ui: &mut Ui, desk: &Desk) {
        let size = vec2(ui.available_width(), HEADER);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let shown = Tab::ALL.into_iter();
        let shown = shown.filter(|tab| *tab != Tab::Collections || collections::known());
        let tabs: Vec<(Tab, f32)> = shown.map(|tab| (tab, width(ui, tab.title()))).collect();
        let words: f32 = tabs.iter().map(|(_, width)| width + 34.0).sum();
        let wordy = words <= rect.width() - 8.0;
        let mut left = rect.left() + 6.0;
        for (tab, words) in tabs {
            // Where not all words fit, those of the chosen tab do.
            let wordy = wordy || tab == self.tab;
            let wide = if wordy { words + 32.0 } else { 26.0 };
            let pill =
                Rect::from_min_size(egui::pos2(left, rect.center().y - 10.0), vec2(wide, 20.0));
            left += wide + 2.0;
            if self.one_tab_ui(ui, desk, tab, pill, wordy) {
                self.tab = tab;
                ui.ctx().request_repaint();
            }
        }
    }

    fn one_tab_ui(&self, ui: &mut Ui, desk: &Desk, tab: Tab, pill: Rect, wordy: bool) -> bool {
        let theme = desk.theme;
        let id = ui.scope_id().with(("tab", tab.title()));
        let response = ui.interact(pill, id, Sense::click());
        let (on, title) = (self.tab == tab, tab.title());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, title));
        if on {
            ui.painter().rect_filled(pill, RADIUS, theme.raised);
        }
        let (mark_color, color) = match (on, response.hovered()) {
            (true, _) => (theme.accent, theme.text_strong),
            (false, true) => (theme.text_strong, theme.text_strong),
            (false, false) => (theme.text_2, theme.text_2),
        };
        let mark = match wordy {
            true => Rect::from_min_size(pill.min + vec2(6.0, 0.0), vec2(13.0, 20.0)),
            false => pill,
        };
        let font = theme::icon(13.0);
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            tab.icon(),
            font,
            *mark_color,
        );
        if wordy {
            let words = pill.with_min_x(pill.left() + 24.0);
            let font = match on {
                true => theme::medium(12.0),
                false => FontId::proportional(12.0),
            };
            text(ui, words, Align2::LEFT_CENTER, title, font, *color);
        }
        focus_ring(ui, theme, &response);
        let clicked = response.clicked();
        if !wordy {
            response.on_hover_text(title);
        }
        clicked
    }

    fn tab_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        if self.tab == Tab::File {
            return file::file_ui(ui, desk);
        }
        let document = desk.document;
        let Some((id, rig)) = document.active_rig.zip(document.rig()) else {
            return empty_ui(ui, desk, "No rig yet");
        };
        if self.tab == Tab::Rig {
            return rig::rig_ui(ui, desk, id, rig);
        }
        if self.tab == Tab::Sets {
            return self.sets.ui(ui, desk);
        }
        let Some((_, bone)) = desk.active() else {
            return empty_ui(ui, desk, "Click a bone to see its values");
        };
        let subject = Subject { id, rig, bone };
        // Fields are told apart by their bone: what is typed never goes to another one.
        ui.push_id((id.index(), bone.index()), |ui| {
            title::title_ui(ui, desk, subject, &mut self.renaming);
            if self.tab == Tab::Collections {
                collections::collections_ui(ui, desk, subject);
            } else {
                bone_ui(ui, desk, subject);
            }
        });
    }
}

fn bone_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let theme = desk.theme;
    folding(
        ui,
        theme,
        ("Transform", true),
        desk,
        transform::tools_ui,
        |ui, desk| transform::transform_ui(ui, desk, subject),
    );
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Custom Properties", true),
        desk,
        |ui, desk| custom::tools_ui(ui, desk, subject),
        |ui, desk| custom::custom_ui(ui, desk, subject),
    );
    separator(ui, theme);
    folding(
        ui,
        theme,
        ("Constraints", true),
        desk,
        constraints::tools_ui,
        |ui, desk| constraints::constraints_ui(ui, desk, subject),
    );
    separator(ui, theme);
    sets_ui(ui, desk);
    plain_ui(ui, desk, ("Relations", true), |ui, desk| {
        relations::relations_ui(ui, desk, subject);
    });
    plain_ui(ui, desk, ("Bendy Bones", false), |ui, desk| {
        bendy::bendy_ui(ui, desk, subject);
    });
    plain_ui(ui, desk, ("Viewport Display", true), |ui, desk| {
        color::color_ui(ui, desk, subject);
    });
}

/// A section without buttons in its title.
fn plain_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    title: (&str, bool),
    body: impl FnOnce(&mut Ui, &mut Desk),
) {
    separator(ui, desk.theme);
    folding(ui, desk.theme, title, desk, |_, _| {}, body);
}

/// The selection sets of the rig, as buttons.
fn sets_ui(ui: &mut Ui, desk: &mut Desk) {
    folding(
        ui,
        desk.theme,
        ("Selection Sets", true),
        desk,
        selection_sets::title_tools_ui,
        |ui, desk| selection_sets::buttons_ui(ui, desk),
    );
}

fn empty_ui(ui: &mut Ui, desk: &Desk, hint: &str) {
    ui.add_space(14.0);
    ui.vertical_centered(|ui| {
        ui.label(egui::RichText::new(hint).color(*desk.theme.text_2));
    });
}
