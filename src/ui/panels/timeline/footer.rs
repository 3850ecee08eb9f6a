//! The row below the timeline: what is keyed at the left, playing in the middle, frames at the right. Where the
//! panel is narrow, words go first, then what is needed least.

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use crate::ui::desk::Desk;
use crate::ui::panels::timeline::{fields, keying, transport};

/// Widths of the panel from which on there is room for more.
const TIERS: [f32; 4] = [400.0, 560.0, 740.0, 990.0];

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Room {
    /// Playing alone.
    Least,
    /// The current frame, too.
    Frame,
    /// All fields but the speed, and keying as icons.
    Fields,
    /// All fields.
    Icons,
    /// Everything with its words.
    All,
}

impl Room {
    fn of(width: f32) -> Self {
        let steps = TIERS.iter().filter(|least| width >= **least).count();
        let all = [
            Self::Least,
            Self::Frame,
            Self::Fields,
            Self::Icons,
            Self::All,
        ];
        all.get(steps).copied().unwrap_or(Self::All)
    }
}

/// Shows the row.
pub(super) fn footer_ui(ui: &mut Ui, desk: &mut Desk, rect: Rect) {
    let theme = desk.theme;
    let line = Rect::from_min_max(rect.min, pos2(rect.right(), rect.top() + 1.0));
    ui.painter().rect_filled(line, 0, theme.line);
    let room = Room::of(rect.width());
    let inner = rect.shrink2(vec2(8.0, 0.0)).translate(vec2(0.0, 0.5));
    let side = |ui: &mut Ui, room: Rect, layout: Layout, salt: &str| {
        let mut side = ui.new_child(UiBuilder::new().max_rect(room).layout(layout).id_salt(salt));
        side.spacing_mut().item_spacing.x = 2.0;
        side
    };
    let left_to_right = Layout::left_to_right(Align::Center);
    let mut start = inner.left();
    if room >= Room::Fields {
        let mut left = side(ui, inner, left_to_right, "keying");
        keying::keying_ui(&mut left, desk, room);
        start = left.min_rect().right();
    }
    let mut end = inner.right();
    if room >= Room::Frame {
        let layout = Layout::right_to_left(Align::Center);
        let mut right = side(ui, inner, layout, "frames");
        right.spacing_mut().item_spacing.x = 4.0;
        fields::fields_ui(&mut right, desk, room);
        end = right.min_rect().left();
    }
    let width = transport::width(ui, desk, room);
    // In the middle of the panel, or as near to it as the sides leave room.
    let free = (start + 8.0, (end - 8.0 - width).max(start + 8.0));
    let at = (inner.center().x - width / 2.0)
        .clamp(free.0, free.1)
        .round();
    let place = Rect::from_min_max(pos2(at, inner.top()), pos2(at + width, inner.bottom()));
    let mut middle = side(ui, place, left_to_right, "playing");
    transport::transport_ui(&mut middle, desk, room);
}
