//! Asks for a file inside the window: a path to type and the folder's files to click.

use std::path::{Path, PathBuf};

use egui::{Align2, FontId, Key, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::ops::registry::AnyOperator;
use crate::ui::dialogs::unsaved::primary;
use crate::ui::icons;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::{clipped_text, text};

const WIDTH: f32 = 560.0;

/// A question for a file.
pub struct FileDialog {
    /// What runs with the file.
    pub op: Box<dyn AnyOperator>,
    /// Whether the file is written.
    pub save: bool,
    /// What the file's name may end in; the first is added where one is missing.
    pub extensions: &'static [&'static str],
    /// The path as it is typed.
    pub typed: String,
    folder: PathBuf,
    listed: Option<(PathBuf, Vec<Listed>)>,
    trouble: String,
    overwrite: Option<PathBuf>,
}

/// A file or folder that can be clicked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Listed {
    /// Folders come first.
    file: bool,
    name: String,
}

/// How far the question is.
pub enum Answer {
    /// Still open.
    Open,
    /// Given up.
    Cancel,
    /// This file.
    File(PathBuf),
}

impl FileDialog {
    /// A question for a file with one of these extensions.
    pub fn new(
        op: Box<dyn AnyOperator>,
        save: bool,
        extensions: &'static [&'static str],
        suggested: Option<PathBuf>,
    ) -> Self {
        let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("/"));
        let suggested = suggested.unwrap_or_else(|| here.join("Untitled.keypose"));
        let suggested = if suggested.is_absolute() {
            suggested
        } else {
            here.join(suggested)
        };
        let suggested = with_known_ending(suggested, extensions);
        let folder = suggested
            .parent()
            .filter(|folder| folder.is_dir())
            .map_or(here, Path::to_owned);
        let mut dialog = Self {
            op,
            save,
            extensions,
            typed: folder.join("").to_string_lossy().into_owned(),
            folder,
            listed: None,
            trouble: String::new(),
            overwrite: None,
        };
        if save && let Some(name) = suggested.file_name() {
            dialog.typed = dialog.folder.join(name).to_string_lossy().into_owned();
        }
        dialog
    }

    /// The folder that is listed, for the desktop's own dialog.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Shows the question.
    pub fn ui(&mut self, ui: &mut Ui, theme: &Theme) -> Answer {
        ui.set_width(WIDTH);
        let label = self.op.info().label;
        ui.label(
            egui::RichText::new(label)
                .font(theme::semibold(13.0))
                .color(*theme.text_strong),
        );
        ui.add_space(8.0);
        let entered = self.path_ui(ui, theme);
        ui.add_space(6.0);
        let clicked = self.list_ui(ui, theme);
        ui.add_space(6.0);
        let message = if self.trouble.is_empty() {
            " "
        } else {
            &self.trouble
        };
        ui.label(egui::RichText::new(message).color(*theme.orange));
        ui.add_space(6.0);
        let (mut accept, mut cancel) = (entered || clicked, false);
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.allocate_ui_with_layout(vec2(WIDTH, ROW), layout, |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            let verb = match (self.save, self.overwrite.is_some()) {
                (true, true) => "Replace",
                (true, false) => "Save",
                (false, _) => "Open",
            };
            accept |= primary(ui, theme, verb).clicked();
            cancel |= ui.button("Cancel").clicked();
        });
        if cancel || ui.input(|input| input.key_pressed(Key::Escape)) {
            return Answer::Cancel;
        }
        if accept { self.accept() } else { Answer::Open }
    }

    fn path_ui(&mut self, ui: &mut Ui, theme: &Theme) -> bool {
        let edit = TextEdit::singleline(&mut self.typed)
            .desired_width(WIDTH)
            .font(FontId::monospace(11.0))
            .background_color(*theme.field_active)
            .margin(vec2(8.0, 4.0))
            .id_salt("path");
        let output = edit.show(ui);
        let response = output.response.response;
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::TextInput, true, "Path");
            info.current_text_value = Some(self.typed.clone());
            info
        });
        if response.changed() {
            self.trouble.clear();
            self.overwrite = None;
            if let Some(whole) = typed_behind(&self.typed) {
                self.typed = whole;
            }
            let typed = PathBuf::from(&self.typed);
            let folder = if self.typed.ends_with('/') {
                Some(typed.as_path())
            } else {
                typed.parent()
            };
            if let Some(folder) = folder.filter(|folder| folder.is_dir()) {
                self.folder = folder.to_owned();
            }
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !response.has_focus() && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        entered
    }

    fn list_ui(&mut self, ui: &mut Ui, theme: &Theme) -> bool {
        let entries = self.entries();
        let mut chosen = None;
        ScrollArea::vertical()
            .max_height(260.0)
            .min_scrolled_height(260.0)
            .auto_shrink(false)
            .show_rows(ui, ROW, entries.len(), |ui, range| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for entry in entries.iter().take(range.end).skip(range.start) {
                    if row_ui(ui, theme, entry) {
                        chosen = Some(entry.clone());
                    }
                }
            });
        let Some(entry) = chosen else {
            return false;
        };
        self.trouble.clear();
        self.overwrite = None;
        if entry.file {
            self.typed = self.folder.join(&entry.name).to_string_lossy().into_owned();
            return !self.save;
        }
        let name = Path::new(&self.typed).file_name().map(ToOwned::to_owned);
        if entry.name == ".." {
            self.folder.pop();
        } else {
            self.folder.push(&entry.name);
        }
        let keep = name.filter(|_| self.save).unwrap_or_default();
        self.typed = self.folder.join(keep).to_string_lossy().into_owned();
        false
    }

    /// What the folder holds, read when it changes.
    fn entries(&mut self) -> Vec<Listed> {
        match &self.listed {
            Some((folder, entries)) if *folder == self.folder => entries.clone(),
            _ => {
                let entries = list(&self.folder, self.extensions);
                self.listed = Some((self.folder.clone(), entries.clone()));
                entries
            }
        }
    }

    fn accept(&mut self) -> Answer {
        let mut path = PathBuf::from(self.typed.trim());
        if path.is_dir() {
            self.folder = path;
            return Answer::Open;
        }
        let known = path.extension().is_some_and(|own| {
            self.extensions
                .iter()
                .any(|known| own.eq_ignore_ascii_case(known))
        });
        if self.save {
            if !known && let Some(first) = self.extensions.first() {
                path.as_mut_os_string().push(format!(".{first}"));
            }
            let asked = self.overwrite.as_ref() == Some(&path);
            if path.exists() && !asked {
                self.trouble =
                    "There is a file of this name already; press again to replace it".to_owned();
                self.overwrite = Some(path);
                return Answer::Open;
            }
        } else if !path.is_file() {
            self.trouble = format!("There is no file {}", path.display());
            return Answer::Open;
        }
        Answer::File(path)
    }
}

/// The suggested name, ending as the files that are asked for do.
fn with_known_ending(suggested: PathBuf, extensions: &[&str]) -> PathBuf {
    let ending = suggested.extension().map(|ending| ending.to_string_lossy());
    let known = ending.is_some_and(|own| {
        extensions
            .iter()
            .any(|known| own.eq_ignore_ascii_case(known))
    });
    match extensions.first() {
        Some(first) if !known => suggested.with_extension(first),
        _ => suggested,
    }
}

fn row_ui(ui: &mut Ui, theme: &Theme, entry: &Listed) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &entry.name));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, RADIUS, theme.field_hover);
    }
    let (icon, color) = match entry.file {
        true => (icons::PERSON_SIMPLE, theme.text_2),
        false => (icons::FOLDER_SIMPLE, theme.accent),
    };
    let mark = rect.with_max_x(rect.left() + 26.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(14.0),
        *color,
    );
    let room = Rect::from_min_max(rect.min + vec2(28.0, 0.0), rect.max);
    clipped_text(
        ui,
        room,
        &entry.name,
        FontId::proportional(12.0),
        *theme.text,
    );
    response.clicked()
}

/// Folders and the files with one of the extensions, in order of their names; first the way up.
fn list(folder: &Path, extensions: &[&str]) -> Vec<Listed> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let fits = || {
            let own = path.extension();
            own.is_some_and(|own| {
                extensions
                    .iter()
                    .any(|known| own.eq_ignore_ascii_case(known))
            })
        };
        let file = !path.is_dir();
        if !name.starts_with('.') && (!file || fits()) {
            entries.push(Listed { file, name });
        }
    }
    entries.sort();
    if folder.parent().is_some() {
        entries.insert(
            0,
            Listed {
                file: false,
                name: "..".to_owned(),
            },
        );
    }
    entries
}

/// A whole path that was typed or pasted behind the folder that stood there: it counts alone.
fn typed_behind(typed: &str) -> Option<String> {
    let at = typed.rfind("//").filter(|at| *at > 0)?;
    typed.get(at + 1..).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_path_behind_the_folder_counts_alone() {
        assert_eq!(
            typed_behind("/home/me//work/fox.glb").as_deref(),
            Some("/work/fox.glb")
        );
        assert_eq!(typed_behind("/home/me/fox.glb"), None);
        assert_eq!(typed_behind("//server/share"), None);
    }

    #[test]
    fn folders_come_first_and_other_files_are_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.keypose", "a.KEYPOSE", "note.txt", ".hidden.keypose"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("z")).unwrap();
        let names: Vec<String> = list(folder.path(), &["keypose"])
            .into_iter()
            .map(|entry| entry.name)
            .collect();
        assert_eq!(names, ["..", "z", "a.KEYPOSE", "b.keypose"]);
    }
}
