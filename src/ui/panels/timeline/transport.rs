//! Recording and playing: the buttons in the middle of the row below the timeline.

use egui::{Align2, Color32, Popup, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::choice::Choice;
use crate::model::settings::AutoKeyMode;
use crate::ui::auto_key;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::timeline::footer::Room;
use crate::ui::panels::timeline::header::doc_of;
use crate::ui::panels::timeline::keying::ghost_ui;
use crate::ui::theme::{self, RADIUS, ROW};
use crate::ui::widgets::{focus_ring, menu_line, menu_row, text, width as text_width};

/// Width of the button that plays.
const PLAY: f32 = 34.0;
/// Width of the menu of recording.
const MENU: f32 = 210.0;

/// A button.
struct Button {
    icon: &'static str,
    label: &'static str,
    /// What it starts.
    call: &'static str,
    filled: bool,
}

const BACK: [Button; 3] = [
    Button {
        icon: icons::CARET_LINE_LEFT,
        label: "Jump to Start",
        call: "screen.frame_jump(end: false)",
        filled: false,
    },
    Button {
        icon: icons::SKIP_BACK,
        label: "Previous Key",
        call: "screen.keyframe_jump(next: false)",
        filled: true,
    },
    Button {
        icon: icons::REWIND,
        label: "Play Backwards",
        call: "screen.animation_play(reverse: true)",
        filled: true,
    },
];
const FORTH: [Button; 2] = [
    Button {
        icon: icons::SKIP_FORWARD,
        label: "Next Key",
        call: "screen.keyframe_jump()",
        filled: true,
    },
    Button {
        icon: icons::CARET_LINE_RIGHT,
        label: "Jump to End",
        call: "screen.frame_jump(end: true)",
        filled: false,
    },
];

/// How wide the buttons are.
pub(super) fn width(ui: &Ui, desk: &Desk, room: Room) -> f32 {
    let buttons = 7.0 * (ROW + 2.0) + PLAY;
    let mode = match room {
        Room::All => text_width(ui, mode_of(desk).label()) + 30.0,
        _ => 24.0,
    };
    let recording = mode + 2.0 + 15.0;
    buttons + if room > Room::Least { recording } else { 0.0 }
}

fn mode_of(desk: &Desk) -> AutoKeyMode {
    desk.document.scene.auto_key_mode
}

/// Shows the buttons.
pub(super) fn transport_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    record_ui(ui, desk);
    if room > Room::Least {
        mode_ui(ui, desk, room);
        let (line, _) = ui.allocate_exact_size(vec2(11.0, ROW), Sense::hover());
        let line = Rect::from_center_size(line.center(), vec2(1.0, 14.0));
        ui.painter().rect_filled(line, 0, desk.theme.line);
    }
    let playing = desk.playback.playing;
    for button in BACK {
        let on = button.icon == icons::REWIND && playing == Some(true);
        button.show(ui, desk, on, ROW);
    }
    let play = match playing {
        Some(_) => Button {
            icon: icons::PAUSE,
            label: "Pause",
            call: "screen.animation_play()",
            filled: true,
        },
        None => Button {
            icon: icons::PLAY,
            label: "Play",
            call: "screen.animation_play()",
            filled: true,
        },
    };
    play.show(ui, desk, false, PLAY);
    for button in FORTH {
        button.show(ui, desk, false, ROW);
    }
    let looping = desk.view.looping;
    let repeat = Button {
        icon: icons::REPEAT,
        label: "Loop",
        call: "time.toggle(type: LOOP)",
        filled: false,
    };
    repeat.show(ui, desk, looping, ROW);
}

impl Button {
    fn show(&self, ui: &mut Ui, desk: &mut Desk, on: bool, width: f32) {
        let theme = desk.theme;
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
        self.info(ui, &response, on);
        let down = response.is_pointer_button_down_on();
        // The wide one is a button among icons.
        let rest = if width > ROW {
            *theme.button
        } else {
            Color32::TRANSPARENT
        };
        let hover = if width > ROW {
            theme.button_hover
        } else {
            theme.field_hover
        };
        let (fill, color) = match () {
            () if on => (*theme.accent_tint, *theme.accent_hi),
            () if down => (*theme.button_press, *theme.text_strong),
            () if response.hovered() => (*hover, *theme.text_strong),
            () if width > ROW => (rest, *theme.text_strong),
            () => (rest, *theme.text_2),
        };
        ui.painter().rect_filled(rect, RADIUS, fill);
        let font = match self.filled || on {
            true => theme::icon_fill(15.0),
            false => theme::icon(15.0),
        };
        text(ui, rect, Align2::CENTER_CENTER, self.icon, font, color);
        focus_ring(ui, theme, &response);
        if response.clicked() {
            desk.acts.start(self.call);
        }
        let doc = match self.icon {
            icons::REPEAT => "Begin anew at the end of the range; else stop there".to_owned(),
            _ => doc_of(self.call),
        };
        response.on_hover_ui(|ui| desk.tooltip(ui, self.label, self.call, &doc));
    }

    fn info(&self, ui: &Ui, response: &Response, on: bool) {
        let toggle = self.icon == icons::REPEAT;
        response.widget_info(|| match toggle {
            true => WidgetInfo::selected(Role::Button, ui.is_enabled(), on, self.label),
            false => WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.label),
        });
    }
}

/// The button that turns automatic keying on and off.
fn record_ui(ui: &mut Ui, desk: &mut Desk) {
    let theme = desk.theme;
    let on = desk.document.scene.auto_key;
    let (rect, response) = ui.allocate_exact_size(vec2(ROW, ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, "Auto Keying"));
    let fill = match () {
        () if on => theme.red.gamma_multiply(0.16),
        () if response.is_pointer_button_down_on() => *theme.button_press,
        () if response.hovered() => *theme.field_hover,
        () => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    let (font, color) = match on {
        true => (theme::icon_fill(15.0), *theme.red),
        false if response.hovered() => (theme::icon_fill(15.0), *theme.text_strong),
        false => (theme::icon_fill(15.0), *theme.text_2),
    };
    text(ui, rect, Align2::CENTER_CENTER, icons::RECORD, font, color);
    focus_ring(ui, theme, &response);
    if response.clicked() {
        desk.acts.start(auto_key::SWITCH);
    }
    let doc = "Key what changes in a pose, at the current frame";
    response.on_hover_ui(|ui| desk.tooltip(ui, "Auto Keying", auto_key::SWITCH, doc));
}

/// The menu that says what recording does.
fn mode_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    let mode = mode_of(desk);
    let words = if room == Room::All { mode.label() } else { "" };
    let name = "Auto Keying Mode";
    let response = ghost_ui(ui, desk.theme, None, words, name, mode.label());
    Popup::menu(&response).accessible_name(name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for &item in AutoKeyMode::ALL {
            let (on, label, item) = (item == mode, item.label(), item.id());
            let row = menu_row(ui, desk.theme, label, "", Some(on), MENU);
            if row.clicked() {
                desk.acts.run(&format!("scene.keying(mode: {item})"), "");
                ui.close();
            }
        }
        menu_line(ui, desk.theme, MENU);
        let scene = &desk.document.scene;
        let rules = [
            ("Only Insert Needed", scene.auto_key_needed, "needed"),
            (
                "Only Insert Available",
                scene.auto_key_available,
                "available",
            ),
            (
                "Only Active Keying Set",
                scene.auto_key_set_only,
                "set_only",
            ),
        ];
        for (label, on, item) in rules {
            if menu_row(ui, desk.theme, label, "", Some(on), MENU).clicked() {
                desk.acts.run(&format!("scene.keying({item}: {})", !on), "");
                ui.close();
            }
        }
    });
    response.on_hover_ui(|ui| {
        desk.tooltip(
            ui,
            name,
            "",
            "What automatic keying does, and with which channels",
        );
    });
}
