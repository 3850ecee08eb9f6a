//! Location, rotation, scale and rotation mode of the active bone, with a lock per value.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::math::rotation;
use crate::model::choice::Choice;
use crate::model::id::BoneId;
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::model::rig::Rig;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::theme::{self, ROW};
use crate::ui::widgets::field::NumberField;
use crate::ui::widgets::{dropdown, text};

/// Width of the labels left of the fields.
const LABEL: f32 = 80.0;

/// Why the location of some bones cannot be set.
const CONNECTED: &str = "The bone is connected: its head stays where the parent ends";

/// A row of values: what `pose.set` calls it, and how it is shown.
struct Group {
    /// What the user reads.
    title: &'static str,
    /// The field of `pose.set`.
    field: &'static str,
    /// The field of `pose.set` that locks the values.
    lock: &'static str,
    /// A letter per value.
    letters: &'static [&'static str],
    /// Shown in place of the value itself: degrees for radians.
    factor: &'static [f64],
    unit: &'static str,
    digits: usize,
    speed: f64,
}

const DEGREES: f64 = 180.0 / std::f64::consts::PI;

const LOCATION: Group = Group {
    title: "Location",
    field: "location",
    lock: "lock_location",
    letters: &["X", "Y", "Z"],
    factor: &[1.0; 3],
    unit: " m",
    digits: 3,
    speed: 0.005,
};

const EULER: Group = Group {
    title: "Rotation",
    field: "rotation_euler",
    lock: "lock_rotation",
    factor: &[DEGREES; 3],
    unit: "°",
    digits: 2,
    speed: 0.5,
    ..LOCATION
};

const QUATERNION: Group = Group {
    field: "rotation_quaternion",
    letters: &["W", "X", "Y", "Z"],
    factor: &[1.0; 4],
    unit: "",
    digits: 3,
    speed: 0.005,
    ..EULER
};

const AXIS_ANGLE: Group = Group {
    field: "rotation_axis_angle",
    factor: &[DEGREES, 1.0, 1.0, 1.0],
    ..QUATERNION
};

const SCALE: Group = Group {
    title: "Scale",
    field: "scale",
    lock: "lock_scale",
    unit: "",
    ..LOCATION
};

/// Shows the section.
pub fn transform_ui(ui: &mut Ui, desk: &mut Desk, rig: &Rig, bone: BoneId) {
    let (Some(channel), Some(setup)) = (rig.channel(bone), rig.setup(bone)) else {
        return;
    };
    let name = rig.armature.name(bone);
    let location = channel.location.to_array();
    let connected = rig.armature.bone(bone).is_some_and(|bone| bone.connected);
    let group = ui.add_enabled_ui(!connected, |ui| {
        group_ui(ui, desk, name, &LOCATION, &location, &setup.lock_location);
    });
    if connected {
        group.response.on_disabled_hover_text(CONNECTED);
    }
    let euler = channel.euler.to_array();
    let locks = four_locks(setup);
    match channel.mode {
        RotationMode::Quaternion => {
            group_ui(ui, desk, name, &QUATERNION, &channel.quaternion, &locks);
        }
        RotationMode::AxisAngle => {
            group_ui(ui, desk, name, &AXIS_ANGLE, &channel.axis_angle, &locks);
        }
        _ => group_ui(ui, desk, name, &EULER, &euler, &setup.lock_rotation),
    }
    mode_ui(ui, desk, name, channel);
    let scale = channel.scale.to_array();
    group_ui(ui, desk, name, &SCALE, &scale, &setup.lock_scale);
}

fn four_locks(setup: &BoneSetup) -> [bool; 4] {
    let [x, y, z] = setup.lock_rotation;
    [setup.lock_rotation_w, x, y, z]
}

fn group_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    bone: &str,
    group: &Group,
    values: &[f32],
    locks: &[bool],
) {
    for (place, ((&value, &locked), letter)) in
        values.iter().zip(locks).zip(group.letters).enumerate()
    {
        let title = if place == 0 { group.title } else { "" };
        let (field, lock) = property_row(ui, desk, title);
        let axis = if values.len() == 4 {
            [3, 0, 1, 2].get(place)
        } else {
            [0, 1, 2].get(place)
        };
        let angle = group.unit.is_empty() && group.factor.get(place) == Some(&DEGREES);
        let name = format!("{} {letter}", group.title);
        let widget = NumberField {
            name: &name,
            label: letter,
            unit: if angle { "°" } else { group.unit },
            digits: if angle { 2 } else { group.digits },
            speed: if angle { 0.5 } else { group.speed },
            bar: axis.map(|&axis| desk.theme.axis(axis)),
            locked,
            ..NumberField::default()
        };
        let factor = group.factor.get(place).copied().unwrap_or(1.0);
        let mut child = child(ui, field, &name);
        let (_, changed) = widget.show(&mut child, desk.theme, f64::from(value) * factor);
        if let Some(new) = changed {
            #[expect(clippy::cast_possible_truncation, reason = "channels hold f32")]
            let new = (new / factor) as f32;
            let values = replaced(values, place, new);
            set(desk, bone, group.field, &tuple(&values), letter);
        }
        lock_ui(ui, desk, lock, bone, group, locks, place);
    }
    ui.add_space(6.0);
}

fn child(ui: &mut Ui, rect: Rect, salt: &str) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt))
}

fn replaced<T: Copy>(values: &[T], place: usize, new: T) -> Vec<T> {
    let mut values = values.to_vec();
    if let Some(value) = values.get_mut(place) {
        *value = new;
    }
    values
}

fn tuple<T: std::fmt::Debug>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("({})", values.join(", "))
}

fn set(desk: &mut Desk, bone: &str, field: &str, value: &str, part: &str) {
    let call = format!("pose.set(pose: {{{}: ({field}: {value})}})", quoted(bone));
    let merge = format!("{}/{bone}/{field}/{part}", desk.gesture);
    desk.acts.run(&call, &merge);
}

/// A row of the property grid: label at the left, space for the field, space for a small button.
fn property_row(ui: &mut Ui, desk: &Desk, title: &str) -> (Rect, Rect) {
    let size = vec2(ui.available_width(), ROW + 2.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = rect.with_max_y(rect.top() + ROW);
    let label = rect.with_max_x(rect.left() + LABEL);
    let font = FontId::proportional(12.0);
    text(
        ui,
        label,
        Align2::RIGHT_CENTER,
        title,
        font,
        *desk.theme.text_2,
    );
    let right = rect.right() - 8.0;
    let lock = rect.with_min_x(right - ROW).with_max_x(right);
    let field = rect
        .with_min_x(rect.left() + LABEL + 6.0)
        .with_max_x(lock.left() - 6.0);
    (field, lock)
}

fn lock_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    rect: Rect,
    bone: &str,
    group: &Group,
    locks: &[bool],
    place: usize,
) {
    let locked = locks.get(place).copied().unwrap_or(false);
    let letter = group.letters.get(place).copied().unwrap_or_default();
    let id = ui.scope_id().with(("lock", group.field, place));
    let response = ui.interact(rect, id, Sense::click());
    let label = format!("Lock {} {letter}", group.title);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, locked, &label));
    let icon = if locked {
        icons::LOCK_SIMPLE
    } else {
        icons::LOCK_SIMPLE_OPEN
    };
    let color = match () {
        () if response.hovered() => *desk.theme.text_strong,
        () if locked => *desk.theme.text_2,
        () => desk.theme.text_off.gamma_multiply(0.6),
    };
    text(
        ui,
        rect,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(13.0),
        color,
    );
    let response = response.on_hover_text(label);
    if response.clicked() {
        let (field, value) = match (locks.len(), place) {
            (4, 0) => ("lock_rotation_w", (!locked).to_string()),
            (4, _) => {
                let three = locks.get(1..).unwrap_or_default();
                (group.lock, tuple(&replaced(three, place - 1, !locked)))
            }
            _ => (group.lock, tuple(&replaced(locks, place, !locked))),
        };
        set(desk, bone, field, &value, letter);
    }
}

fn mode_ui(ui: &mut Ui, desk: &mut Desk, bone: &str, channel: &Channel) {
    let (field, _) = property_row(ui, desk, "Mode");
    let items = channel.mode.items();
    let items: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let current = channel.mode.label();
    let mut child = child(ui, field, "mode");
    let chosen = dropdown(&mut child, desk.theme, "Rotation Mode", current, &items);
    if let Some(&mode) = chosen.and_then(|place| RotationMode::ALL.get(place)) {
        let call = format!(
            "pose.set(pose: {{{}: ({})}})",
            quoted(bone),
            converted(channel, mode)
        );
        desk.acts.run(&call, "");
    }
    ui.add_space(6.0);
}

/// The fields of `pose.set` that keep the rotation in another mode.
fn converted(channel: &Channel, mode: RotationMode) -> String {
    let turn = channel.rotation();
    let (field, values) = match mode.euler_order() {
        Some(order) => (
            "rotation_euler",
            rotation::euler_from_quat(turn, order).to_array().to_vec(),
        ),
        None if mode == RotationMode::AxisAngle => (
            "rotation_axis_angle",
            rotation::axis_angle_from_quat(turn).to_vec(),
        ),
        None => (
            "rotation_quaternion",
            rotation::wxyz_from_quat(turn).to_vec(),
        ),
    };
    format!("rotation_mode: {}, {field}: {}", mode.id(), tuple(&values))
}
