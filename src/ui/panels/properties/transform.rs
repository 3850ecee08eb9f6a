//! Location, rotation, scale and rotation mode of a bone, with a lock per value.

use egui::{Align2, Popup, Role, Sense, Ui, WidgetInfo};

use crate::model::choice::Choice;
use crate::model::pose::{BoneSetup, Channel, RotationMode};
use crate::ops::pose::rotation;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::properties::grid::{Places, call_button, child, led_row};
use crate::ui::panels::properties::subject::{BoneGroup, Subject};
use crate::ui::panels::properties::values::{
    ANGLES, FACTORS, Group, LENGTHS, Part, Shown, Wish, group_ui, tuple,
};
use crate::ui::theme;
use crate::ui::widgets::field::Offers;
use crate::ui::widgets::{dropdown, icon_button, menu_line, menu_row, text};

/// Why the location of some bones cannot be set.
const CONNECTED: &str = "The bone is connected: its head stays where the parent ends";

/// A group with the fields of `pose.set` that lock its values.
struct Locked {
    values: BoneGroup,
    locks: fn(&BoneSetup) -> Vec<bool>,
    /// The field that locks X, Y and Z.
    field: &'static str,
}

const LOCATION: Locked = Locked {
    values: BoneGroup {
        group: Group {
            title: "Location",
            parts: LENGTHS,
        },
        channels: &[("location", 0), ("location", 1), ("location", 2)],
        read: |channel, _| channel.location.to_array().to_vec(),
        write: |values| format!("location: {}", tuple(values)),
    },
    locks: |setup| setup.lock_location.to_vec(),
    field: "lock_location",
};

const EULER: Locked = Locked {
    values: BoneGroup {
        group: Group {
            title: "Rotation",
            parts: ANGLES,
        },
        channels: &[
            ("rotation_euler", 0),
            ("rotation_euler", 1),
            ("rotation_euler", 2),
        ],
        read: |channel, _| channel.euler.to_array().to_vec(),
        write: |values| format!("rotation_euler: {}", tuple(values)),
    },
    locks: |setup| setup.lock_rotation.to_vec(),
    field: "lock_rotation",
};

const QUATERNION: Locked = Locked {
    values: BoneGroup {
        group: Group {
            title: "Rotation",
            parts: &[
                Part::number("W", 1.0).axis(3),
                Part::number("X", 0.0).axis(0),
                Part::number("Y", 0.0).axis(1),
                Part::number("Z", 0.0).axis(2),
            ],
        },
        channels: &[
            ("rotation_quaternion", 0),
            ("rotation_quaternion", 1),
            ("rotation_quaternion", 2),
            ("rotation_quaternion", 3),
        ],
        read: |channel, _| channel.quaternion.to_vec(),
        write: |values| format!("rotation_quaternion: {}", tuple(values)),
    },
    locks: four_locks,
    field: "lock_rotation",
};

const AXIS_ANGLE: Locked = Locked {
    values: BoneGroup {
        group: Group {
            title: "Rotation",
            parts: &[
                Part::angle("W").axis(3),
                Part::number("X", 0.0).axis(0),
                Part::number("Y", 1.0).axis(1),
                Part::number("Z", 0.0).axis(2),
            ],
        },
        channels: &[
            ("rotation_axis_angle", 0),
            ("rotation_axis_angle", 1),
            ("rotation_axis_angle", 2),
            ("rotation_axis_angle", 3),
        ],
        read: |channel, _| channel.axis_angle.to_vec(),
        write: |values| format!("rotation_axis_angle: {}", tuple(values)),
    },
    locks: four_locks,
    field: "lock_rotation",
};

const SCALE: Locked = Locked {
    values: BoneGroup {
        group: Group {
            title: "Scale",
            parts: FACTORS,
        },
        channels: &[("scale", 0), ("scale", 1), ("scale", 2)],
        read: |channel, _| channel.scale.to_array().to_vec(),
        write: |values| format!("scale: {}", tuple(values)),
    },
    locks: |setup| setup.lock_scale.to_vec(),
    field: "lock_scale",
};

fn four_locks(setup: &BoneSetup) -> Vec<bool> {
    let [x, y, z] = setup.lock_rotation;
    vec![setup.lock_rotation_w, x, y, z]
}

/// Shows the section.
pub fn transform_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let Some(channel) = subject.rig.channel(subject.bone) else {
        return;
    };
    let bone = subject.rig.armature.bone(subject.bone);
    let connected = bone.is_some_and(|bone| bone.connected);
    let off = connected.then_some(CONNECTED);
    locked_ui(ui, desk, subject, &LOCATION, off);
    let rotation = match channel.mode {
        RotationMode::Quaternion => &QUATERNION,
        RotationMode::AxisAngle => &AXIS_ANGLE,
        _ => &EULER,
    };
    locked_ui(ui, desk, subject, rotation, None);
    mode_ui(ui, desk, subject, channel);
    locked_ui(ui, desk, subject, &SCALE, None);
}

/// What stands in the section's title row.
pub fn tools_ui(ui: &mut Ui, desk: &mut Desk) {
    more_ui(ui, desk);
    let paste = icons::CLIPBOARD_TEXT;
    call_button(ui, desk, paste, "Paste Pose", "pose.paste()");
    call_button(ui, desk, icons::COPY, "Copy Pose", "pose.copy()");
}

/// Calls of the menu in the title row; an empty one is a line.
const MORE: &[(&str, &str)] = &[
    ("Paste Pose Flipped", "pose.paste(flipped: true)"),
    ("", ""),
    ("Clear Location", "pose.loc_clear()"),
    ("Clear Rotation", "pose.rot_clear()"),
    ("Clear Scale", "pose.scale_clear()"),
    ("Clear All", "pose.transforms_clear()"),
];

fn more_ui(ui: &mut Ui, desk: &mut Desk) {
    const WIDTH: f32 = 208.0;
    let icon = icons::DOTS_THREE_VERTICAL;
    let theme = desk.theme;
    let button = icon_button(ui, theme, icon, "More for selected bones", false);
    Popup::menu(&button).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (label, call) in MORE {
            if label.is_empty() {
                menu_line(ui, theme, WIDTH);
                continue;
            }
            let keys = desk.keymap.chord_of(call);
            let keys = keys.map(|keys| keys.to_string()).unwrap_or_default();
            if menu_row(ui, theme, label, &keys, None, WIDTH).clicked() {
                desk.acts.start(call);
                ui.close();
            }
        }
    });
    button.on_hover_text("More for selected bones");
}

fn locked_ui(
    ui: &mut Ui,
    desk: &mut Desk,
    subject: Subject,
    group: &Locked,
    off: Option<&'static str>,
) {
    let Some(setup) = subject.rig.setup(subject.bone) else {
        return;
    };
    let Some(values) = group.values.values(subject.rig, subject.bone) else {
        return;
    };
    let locks = (group.locks)(setup);
    let keyed = group.values.keyed(desk, subject);
    let offers = Offers {
        call: true,
        selected: true,
        ..Offers::default()
    };
    let mut lock = None;
    let shown = Shown {
        group: &group.values.group,
        values: &values,
        locks: &locks,
        keyed: &keyed,
        offers,
        off,
    };
    let wish = group_ui(ui, desk.theme, desk.gesture, shown, |ui, place, places| {
        let locked = locks.get(place).copied().unwrap_or(false);
        let group = shown.group;
        let label = group.parts.get(place).map_or("", |part| part.label);
        let name = format!("Lock {} {label}", group.title);
        if lock_ui(ui, desk, places, &name, locked) {
            lock = Some((place, !locked));
        }
    });
    if let Some(wish) = wish {
        lock = group.values.grant(ui, desk, subject, wish).or(lock);
    }
    if let Some((place, on)) = lock {
        let fields = lock_fields(group.field, &locks, place, on);
        subject.set(desk, &fields, "");
    }
}

/// The fields of `pose.set` that lock or unlock a value.
fn lock_fields(field: &str, locks: &[bool], place: usize, on: bool) -> String {
    let mut locks = locks.to_vec();
    if let Some(lock) = locks.get_mut(place) {
        *lock = on;
    }
    match (locks.as_slice(), place) {
        ([w, _, _, _], 0) => format!("lock_rotation_w: {w}"),
        ([_, x, y, z], _) => format!("{field}: {}", tuple(&[x, y, z])),
        _ => format!("{field}: {}", tuple(&locks)),
    }
}

/// The lock of a value: there while it is locked or the pointer is over its row.
fn lock_ui(ui: &mut Ui, desk: &Desk, places: &Places, name: &str, locked: bool) -> bool {
    let id = ui.scope_id().with(name);
    let response = ui.interact(places.lead, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), locked, name));
    let icon = match locked {
        true => icons::LOCK_SIMPLE,
        false => icons::LOCK_SIMPLE_OPEN,
    };
    let color = match () {
        () if response.hovered() || response.has_focus() => *desk.theme.text_strong,
        () if locked => *desk.theme.text_2,
        () if places.hot => *desk.theme.text_off,
        () => egui::Color32::TRANSPARENT,
    };
    let font = theme::icon(13.0);
    text(ui, places.lead, Align2::CENTER_CENTER, icon, font, color);
    crate::ui::widgets::focus_ring(ui, desk.theme, &response);
    response.on_hover_text(name).clicked()
}

fn mode_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, channel: &Channel) {
    let places = led_row(ui, desk.theme, "Mode");
    let items = channel.mode.items();
    let items: Vec<(&str, &str)> = items
        .iter()
        .map(|item| (item.label, item.doc.trim()))
        .collect();
    let current = channel.mode.label();
    let mut room = child(ui, places.field, "mode");
    let chosen = dropdown(&mut room, desk.theme, "Rotation Mode", current, &items);
    if let Some(&mode) = chosen.and_then(|place| RotationMode::ALL.get(place)) {
        let alone = subject.rig.selected_bones() == [subject.bone]
            && desk.document.posed_rigs() == [subject.id];
        if desk.modifiers.alt || alone {
            let call = format!("pose.rotation_mode_set(type: {})", mode.id());
            desk.acts.run(&call, "");
        } else {
            let mut channel = *channel;
            rotation::set_mode(&mut channel, mode);
            subject.set(desk, &kept(&channel), "");
        }
    }
    ui.add_space(6.0);
}

/// The fields of `pose.set` that keep the rotation in the channel's mode.
fn kept(channel: &Channel) -> String {
    let mode = channel.mode;
    let (field, values) = match mode {
        RotationMode::Quaternion => ("rotation_quaternion", channel.quaternion.to_vec()),
        RotationMode::AxisAngle => ("rotation_axis_angle", channel.axis_angle.to_vec()),
        _ => ("rotation_euler", channel.euler.to_array().to_vec()),
    };
    format!("rotation_mode: {}, {field}: {}", mode.id(), tuple(&values))
}

/// Shows a group without locks.
pub fn plain_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject, group: &BoneGroup) {
    let Some(values) = group.values(subject.rig, subject.bone) else {
        return;
    };
    let offers = Offers {
        call: true,
        selected: true,
        ..Offers::default()
    };
    let keyed = group.keyed(desk, subject);
    let shown = Shown {
        group: &group.group,
        values: &values,
        locks: &[],
        keyed: &keyed,
        offers,
        off: None,
    };
    let wish: Option<Wish> = group_ui(ui, desk.theme, desk.gesture, shown, |_, _, _| {});
    if let Some(wish) = wish {
        group.grant(ui, desk, subject, wish);
    }
}
