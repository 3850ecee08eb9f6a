//! Motion paths of a rig: which frames they cover, what is drawn of them, and calculating them.

use egui::Ui;

use crate::model::choice::Choice;
use crate::model::motion_path::{MotionPathSettings, PathBake, PathDisplay, PathRange};
use crate::model::rig::Rig;
use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::{child, explained, info_row, row};
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::{button, dropdown};

/// Frames that paths can cover.
const FRAMES: (f64, f64) = (-1_048_574.0, 1_048_574.0);
/// Frames around the current one that can be shown.
const AROUND: (f64, f64) = (0.0, 1_048_574.0);

/// A number of the settings.
struct Number {
    label: &'static str,
    field: &'static str,
    doc: &'static str,
    value: i32,
    range: (f64, f64),
}

/// Shows the section.
pub fn paths_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig) {
    let settings = &rig.options.motion_paths;
    let paths = rig.pose.setups.iter();
    let paths = paths.filter(|setup| setup.motion_path.is_some()).count();
    let words = match paths {
        0 => "None".to_owned(),
        1 => "1 bone".to_owned(),
        _ => format!("{paths} bones"),
    };
    info_row(ui, desk.theme, "Paths", &words);
    choice_ui::<PathDisplay>(ui, desk, ("Type", "type"), settings.r#type);
    if settings.r#type == PathDisplay::CurrentFrame {
        let shown = [
            ("Before", "frame_before", settings.frame_before),
            ("After", "frame_after", settings.frame_after),
        ];
        for (label, field, value) in shown {
            let doc = "How many frames around the current one are shown";
            let range = AROUND;
            number_ui(
                ui,
                desk,
                &Number {
                    label,
                    field,
                    doc,
                    value,
                    range,
                },
            );
        }
    }
    choice_ui::<PathRange>(ui, desk, ("Range", "range"), settings.range);
    range_ui(ui, desk, settings);
    choice_ui::<PathBake>(
        ui,
        desk,
        ("Bake to", "bake_location"),
        settings.bake_location,
    );
    ui.add_space(2.0);
    let calls = [
        ("Calculate…", "pose.paths_calculate()", true),
        ("Update", "pose.paths_update()", paths > 0),
        ("Update Range", "pose.paths_range_update()", true),
        ("Clear", "pose.paths_clear()", paths > 0),
    ];
    for pair in calls.chunks(2) {
        buttons_ui(ui, desk, pair);
    }
    ui.add_space(6.0);
}

/// First and last frame; by hand where the range is.
fn range_ui(ui: &mut Ui, desk: &mut Desk, settings: &MotionPathSettings) {
    let ends = [
        (
            "Start",
            "frame_start",
            "The first frame of the paths",
            settings.frame_start,
        ),
        (
            "End",
            "frame_end",
            "The last frame of the paths",
            settings.frame_end,
        ),
    ];
    for (label, field, doc, value) in ends {
        let range = FRAMES;
        ui.add_enabled_ui(settings.range == PathRange::Manual, |ui| {
            number_ui(
                ui,
                desk,
                &Number {
                    label,
                    field,
                    doc,
                    value,
                    range,
                },
            );
        });
    }
}

fn number_ui(ui: &mut Ui, desk: &mut Desk, number: &Number) {
    let places = row(ui, desk.theme, number.label);
    let mut room = child(ui, places.field, number.field);
    let field = NumberField {
        name: number.label,
        digits: 0,
        speed: 0.2,
        step: 1.0,
        range: number.range,
        ..NumberField::default()
    };
    let (response, new) = field.show(&mut room, desk.theme, f64::from(number.value));
    response.on_hover_text(number.doc);
    if let Some(new) = new.filter(|new| new.is_finite()) {
        let call = set(number.field, &format!("{}", new.round()));
        let merge = format!("{} {}", number.field, desk.gesture);
        desk.acts.run(&call, &merge);
    }
}

fn choice_ui<C: Choice + Copy + 'static>(
    ui: &mut Ui,
    desk: &mut Desk,
    (label, field): (&str, &str),
    value: C,
) {
    let places = row(ui, desk.theme, label);
    let mut room = child(ui, places.field, field);
    let items = value.items();
    let words: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let chosen = dropdown(&mut room, desk.theme, label, value.label(), &words);
    if let Some(item) = chosen.and_then(|place| items.get(place)) {
        desk.acts.run(&set(field, &format!("\"{}\"", item.id)), "");
    }
}

fn set(field: &str, value: &str) -> String {
    format!("armature.set(motion_paths: {{\"{field}\": {value}}})")
}

/// Two buttons side by side: what they say, their call, and whether it can run.
fn buttons_ui(ui: &mut Ui, desk: &mut Desk, calls: &[(&str, &str, bool)]) {
    let places = row(ui, desk.theme, "");
    let room = places.field.with_max_x(places.slot.right());
    let (left, right) = room.split_left_right_at_fraction(0.5);
    let halves = [
        left.with_max_x(left.right() - 3.0),
        right.with_min_x(right.left() + 3.0),
    ];
    for ((label, call, on), half) in calls.iter().zip(halves) {
        let mut room = child(ui, half, *call);
        let shown = |ui: &mut Ui| {
            ui.set_min_width(half.width());
            button(ui, desk.theme, label)
        };
        let response = room.add_enabled_ui(*on, shown).inner;
        if response.clicked() {
            desk.acts.start(call);
        }
        response.on_hover_ui(|ui| desk.tooltip(ui, label, call, &explained(call)));
    }
}
