//! The document's file, the models it was made from, and its time.

use std::path::Path;
use std::process::Command;

use egui::Ui;

use crate::io::open::MANNEQUIN_MODEL;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties::grid::{copy_button, fail, info_row, number_row, row};
use crate::ui::widgets::{folding, icon_button, separator};

/// Shows the tab.
pub fn file_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    folding(ui, theme, ("Document", true), desk, path_tools, document_ui);
    separator(ui, theme);
    folding(ui, theme, ("Models", true), desk, |_, _| {}, models_ui);
    separator(ui, theme);
    folding(ui, theme, ("Scene", true), desk, |_, _| {}, scene_ui);
}

/// Buttons for the document's path.
fn path_tools(ui: &mut Ui, desk: &mut Desk) {
    let Some(path) = desk.file.path.clone() else {
        return;
    };
    reveal_button(ui, desk, &path);
    let words = path.to_string_lossy();
    copy_button(ui, desk, icons::COPY, "Copy the path", &words);
}

fn reveal_button(ui: &mut Ui, desk: &mut Desk, path: &Path) {
    let label = "Show the folder";
    let response = icon_button(ui, desk.theme, icons::FOLDER_OPEN, label, false);
    if response.on_hover_text(label).clicked()
        && let Err(wrong) = reveal(path)
    {
        fail(desk, wrong);
    }
}

fn document_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    let file = desk.file;
    match &file.path {
        Some(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy());
            info_row(ui, theme, "Name", name.as_deref().unwrap_or_default());
            let folder = path.parent().map(Path::to_string_lossy);
            info_row(ui, theme, "Folder", folder.as_deref().unwrap_or_default());
            number_row(ui, theme, "Size", &size(path));
        }
        None => {
            info_row(ui, theme, "Name", "Not saved yet");
        }
    }
    let state = match (desk.unsaved, &file.path) {
        (true, _) => "Unsaved changes",
        (false, Some(_)) => "Saved",
        (false, None) => "Nothing to save",
    };
    info_row(ui, theme, "State", state);
    ui.add_space(6.0);
}

/// How large a file is, in words.
fn size(path: &Path) -> String {
    match std::fs::metadata(path) {
        Ok(data) => bytes(data.len()),
        Err(_) => "The file is not there".to_owned(),
    }
}

fn bytes(count: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let count_f = count as f64;
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} KB", count_f / 1e3),
        _ => format!("{:.1} MB", count_f / 1e6),
    }
}

fn models_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    let rigs = desk.document.rigs.clone();
    let mut any = false;
    for rig in rigs.iter() {
        let Some(model) = &rig.model else { continue };
        any = true;
        let path = &model.file.path;
        let bundled = path.to_string_lossy() == MANNEQUIN_MODEL;
        let words = match bundled {
            true => "Bundled with the program".to_owned(),
            false => path.to_string_lossy().into_owned(),
        };
        let state = match (model.file.is_loaded(), bundled) {
            (false, _) => "Not found",
            (true, true) => "Always there",
            (true, false) if path.exists() => "Found",
            (true, false) => "Read, but no longer there",
        };
        info_row(ui, theme, "Rig", &rig.name);
        info_row(ui, theme, "Path", &words).on_hover_text(&words);
        let places = row(ui, theme, "State");
        let (color, icon) = match state {
            "Found" | "Always there" => (*theme.green, icons::CHECK_CIRCLE),
            _ => (*theme.orange, icons::WARNING),
        };
        state_ui(ui, &places.field, state, color, icon);
        if !bundled {
            let mut slot = super::grid::child(ui, places.slot, "copy");
            copy_button(&mut slot, desk, icons::COPY, "Copy the path", &words);
        }
        ui.add_space(6.0);
    }
    if !any {
        super::grid::note(ui, theme, "No rig came from a model file");
    }
}

fn state_ui(ui: &Ui, rect: &egui::Rect, words: &str, color: egui::Color32, icon: &str) {
    use crate::ui::widgets::{clipped_text, text};
    let mark = rect.with_max_x(rect.left() + 13.0);
    let font = crate::ui::theme::icon(13.0);
    text(ui, mark, egui::Align2::CENTER_CENTER, icon, font, color);
    let room = rect.with_min_x(rect.left() + 19.0);
    let font = egui::FontId::proportional(12.0);
    clipped_text(ui, room, words, font, ui.visuals().text_color());
}

fn scene_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    let scene = &desk.document.scene;
    number_row(ui, theme, "Frame Rate", &format!("{} fps", scene.fps));
    let (first, last) = (scene.frame_start, scene.frame_end);
    number_row(ui, theme, "Frames", &format!("{first} to {last}"));
    if let Some((first, last)) = scene.preview_range {
        number_row(ui, theme, "Preview", &format!("{first} to {last}"));
    }
    info_row(ui, theme, "Units", "Metres, degrees");
    ui.add_space(6.0);
}

/// Opens the folder of a file in the desktop's file manager.
fn reveal(path: &Path) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    let program = match std::env::consts::OS {
        "windows" => "explorer",
        "macos" => "open",
        _ => "xdg-open",
    };
    let told = |error: std::io::Error| {
        let folder = folder.display();
        format!("The folder {folder} cannot be shown: `{program}` does not start ({error})")
    };
    let mut child = Command::new(program).arg(folder).spawn().map_err(told)?;
    // Somebody has to take its end.
    std::thread::spawn(move || child.wait());
    Ok(())
}
