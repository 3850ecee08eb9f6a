//! The number fields of the timeline: the current frame, the range, the speed.

use egui::{Ui, vec2};

use crate::ui::desk::Desk;
use crate::ui::panels::timeline::footer::Room;
use crate::ui::theme::ROW;
use crate::ui::widgets::field::NumberField;

/// Frames that fields can hold.
const FRAMES: (f64, f64) = (-1_048_574.0, 1_048_574.0);

/// A field and what it does.
struct Field {
    name: &'static str,
    label: &'static str,
    doc: &'static str,
    width: f32,
    value: f64,
    range: (f64, f64),
    whole: bool,
    /// The call without its value, and what follows it.
    call: (&'static str, &'static str),
}

/// Shows the fields, from right to left.
pub(super) fn fields_ui(ui: &mut Ui, desk: &mut Desk, room: Room) {
    let scene = &desk.document.scene;
    let (frame, fps) = (f64::from(scene.frame), f64::from(scene.fps));
    let (start, end) = (f64::from(scene.frame_start), f64::from(scene.frame_end));
    if room >= Room::Icons {
        let field = Field {
            name: "Frames per second",
            label: "fps",
            doc: "Frames per second",
            width: 62.0,
            value: fps,
            range: (1.0, 1000.0),
            whole: fps.fract() == 0.0,
            call: ("scene.set(fps: ", ")"),
        };
        field.show(ui, desk);
    }
    if room >= Room::Fields {
        let ends = [
            (
                "Last frame",
                "End",
                "The last frame that is played",
                72.0,
                end,
                "scene.set(frame_end: ",
            ),
            (
                "First frame",
                "Start",
                "The first frame that is played",
                76.0,
                start,
                "scene.set(frame_start: ",
            ),
        ];
        for (name, label, doc, width, value, call) in ends {
            let field = Field {
                name,
                label,
                doc,
                width,
                value,
                range: FRAMES,
                whole: true,
                call: (call, ")"),
            };
            field.show(ui, desk);
        }
    }
    let field = Field {
        name: "Current frame",
        label: "Frame",
        doc: "The frame that is shown",
        width: 86.0,
        value: frame,
        range: FRAMES,
        whole: frame.fract() == 0.0,
        call: ("anim.change_frame(frame: ", ")"),
    };
    field.show(ui, desk);
}

impl Field {
    fn show(&self, ui: &mut Ui, desk: &mut Desk) {
        let size = vec2(self.width, ROW);
        let shown = |ui: &mut Ui| {
            ui.set_max_width(self.width);
            let field = NumberField {
                name: self.name,
                label: self.label,
                digits: if self.whole { 0 } else { 2 },
                speed: 0.2,
                step: 1.0,
                range: self.range,
                ..NumberField::default()
            };
            field.show(ui, desk.theme, self.value)
        };
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let (response, new) = ui.allocate_ui_with_layout(size, layout, shown).inner;
        response.on_hover_text(self.doc);
        let Some(new) = new.filter(|new| new.is_finite()) else {
            return;
        };
        let (before, after) = self.call;
        let call = match before.contains("fps") {
            true => format!("{before}{new:?}{after}"),
            false => format!("{before}{}{after}", new.round()),
        };
        let key = format!("{} {}", self.name, desk.gesture);
        desk.acts.run(&call, &key);
    }
}
