//! The sections Interface, and Editing & Saving.

use egui::{Ui, vec2};

use crate::io::preferences::{
    AUTOSAVE_MINUTES, AUTOSAVE_OPERATIONS, Preferences, UNDO_MEGABYTES, ZOOM,
};
use crate::ui::icons;
use crate::ui::preferences::Shelf;
use crate::ui::preferences::rows::{note, row, segmented, title_ui};
use crate::ui::settings::stepped;
use crate::ui::theme::Theme;
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::{check_box, icon_button};

/// Colours, size and motion.
pub(super) fn interface_ui(ui: &mut Ui, shelf: &mut Shelf) {
    let theme = shelf.theme;
    let now = shelf.preferences;
    let defaults = Preferences::default();
    let take = |target: &mut Preferences, from: &Preferences| {
        (target.look, target.zoom) = (from.look, from.zoom);
        target.reduce_motion = from.reduce_motion;
    };
    let mut standard = now.clone();
    take(&mut standard, &defaults);
    if title_ui(ui, theme, "Interface", standard != *now) {
        shelf.prefer(|preferences| take(preferences, &defaults));
    }
    let doc = "The colours of the whole window";
    let look = segmented(&mut row(ui, theme, "Theme", doc), theme, "Theme", &now.look);
    if let Some(look) = look {
        shelf.prefer(|preferences| preferences.look = look);
    }
    let doc = "How large everything is, over what the monitor asks for";
    if let Some(zoom) = zoom_ui(&mut row(ui, theme, "Zoom", doc), theme, now.zoom) {
        shelf.prefer(|preferences| preferences.zoom = zoom);
    }
    let doc = "Nothing in the interface slides or fades";
    let mut field = row(ui, theme, "Reduce Motion", doc);
    if check_box(&mut field, theme, "Reduce Motion", now.reduce_motion).clicked() {
        shelf.prefer(|preferences| preferences.reduce_motion ^= true);
    }
    ui.add_space(8.0);
    if let Some(folder) = shelf.folder {
        let place = folder.join(crate::ui::theme::file::FILE);
        let words = "Your own colours go over these: name those you change in";
        note(ui, theme, &format!("{words} {}", place.display()));
    }
}

fn zoom_ui(ui: &mut Ui, theme: &Theme, zoom: f32) -> Option<f32> {
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
        let smaller = icon_button(ui, theme, icons::MINUS, "Smaller", false);
        if smaller.on_hover_text("A step smaller").clicked() {
            wanted = Some(stepped(zoom, -1));
        }
        let field = NumberField {
            name: "Zoom",
            unit: "%",
            digits: 0,
            // The field would move away under the mouse that drags it.
            speed: 0.0,
            range: (f64::from(ZOOM.0) * 100.0, f64::from(ZOOM.1) * 100.0),
            ..NumberField::default()
        };
        ui.scope(|ui| {
            ui.set_max_width(72.0);
            let percent = (f64::from(zoom) * 100.0).round();
            let typed = field.show(ui, theme, percent).1;
            if let Some(percent) = typed.filter(|typed| *typed != percent) {
                #[expect(clippy::cast_possible_truncation, reason = "a small number")]
                let zoom = (percent.round() / 100.0) as f32;
                wanted = Some(zoom);
            }
        });
        let larger = icon_button(ui, theme, icons::PLUS, "Larger", false);
        if larger.on_hover_text("A step larger").clicked() {
            wanted = Some(stepped(zoom, 1));
        }
    });
    wanted.filter(|wanted| *wanted != zoom)
}

/// Undo and autosave.
pub(super) fn saving_ui(ui: &mut Ui, shelf: &mut Shelf) {
    let theme = shelf.theme;
    let now = shelf.preferences;
    let defaults = Preferences::default();
    let take = |target: &mut Preferences, from: &Preferences| {
        target.undo_megabytes = from.undo_megabytes;
        target.autosave_minutes = from.autosave_minutes;
        target.autosave_operations = from.autosave_operations;
    };
    let mut standard = now.clone();
    take(&mut standard, &defaults);
    if title_ui(ui, theme, "Editing & Saving", standard != *now) {
        shelf.prefer(|preferences| take(preferences, &defaults));
    }
    let doc = "How much of what was replaced is kept for undo; the oldest steps go first";
    let mut field = row(ui, theme, "Undo Memory", doc);
    let (name, limits) = ("Undo Memory", UNDO_MEGABYTES);
    if let Some(value) = whole(&mut field, theme, name, " MB", now.undo_megabytes, limits) {
        shelf.prefer(|preferences| preferences.undo_megabytes = value);
    }
    ui.add_space(8.0);
    let doc = "Minutes between copies of unsaved work; 0: none";
    let mut field = row(ui, theme, "Autosave After", doc);
    let (name, limits) = ("Autosave Minutes", (0, AUTOSAVE_MINUTES));
    if let Some(value) = whole(
        &mut field,
        theme,
        name,
        " min",
        now.autosave_minutes,
        limits,
    ) {
        shelf.prefer(|preferences| preferences.autosave_minutes = value);
    }
    let doc = "Operations between copies of unsaved work; 0: none";
    let mut field = row(ui, theme, "or After", doc);
    let (name, limits) = ("Autosave Operations", (0, AUTOSAVE_OPERATIONS));
    let operations = now.autosave_operations;
    if let Some(value) = whole(&mut field, theme, name, " operations", operations, limits) {
        shelf.prefer(|preferences| preferences.autosave_operations = value);
    }
    if now.autosave_minutes == 0 && now.autosave_operations == 0 {
        note(ui, theme, "Unsaved work is not kept beside the document");
    }
}

/// A field for a whole number.
fn whole(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    unit: &str,
    value: u32,
    (min, max): (u32, u32),
) -> Option<u32> {
    ui.set_max_width(148.0);
    let field = NumberField {
        name,
        unit,
        digits: 0,
        speed: if max > 1000 { 4.0 } else { 0.2 },
        range: (f64::from(min), f64::from(max)),
        ..NumberField::default()
    };
    // What is dragged by less than one adds up.
    let id = ui.scope_id().with((name, "dragged"));
    let exact = ui.data(|data| data.get_temp::<f64>(id));
    let exact = exact.filter(|exact| (exact.round() - f64::from(value)).abs() < 0.5);
    let (_, new) = field.show(ui, theme, exact.unwrap_or(f64::from(value)));
    let new = new?;
    ui.data_mut(|data| data.insert_temp(id, new));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the limits"
    )]
    let whole = new.round().clamp(f64::from(min), f64::from(max)) as u32;
    (whole != value).then_some(whole)
}
