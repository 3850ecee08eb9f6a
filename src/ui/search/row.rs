//! A row of the palette: icon, name with the letters that matched, menus, keys; below it the call that will
//! run, or why it cannot.

use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Align2, Color32, FontId, Layout, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use crate::ui::icons;
use crate::ui::search::index::Item;
use crate::ui::search::matching::Hit;
use crate::ui::theme::{self, RADIUS, Theme};
use crate::ui::widgets::{clipped_text, keycap, text};

/// Height of a row.
pub const PLAIN: f32 = 34.0;
/// Height of the chosen row, with its call.
pub const CHOSEN: f32 = 56.0;
/// Height of a row that cannot run, with the reason.
pub const REFUSED: f32 = 46.0;

/// Shows a row in the space it is given.
pub fn row_ui(
    ui: &mut Ui,
    theme: &Theme,
    area: Rect,
    item: &Item,
    hit: &Hit,
    refused: Option<&str>,
    chosen: bool,
) -> Response {
    let id = ui.scope_id().with(("row", hit.item));
    let response = ui.interact(area, id, Sense::click());
    let label = &item.label;
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, refused.is_none(), chosen, label)
    });
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.clear_toggled();
        node.set_selected(chosen);
        node.set_description(refused.unwrap_or(&item.call));
        if !item.keys.is_empty() {
            node.set_keyboard_shortcut(item.keys.join(" "));
        }
    });
    if chosen {
        ui.painter()
            .rect_filled(area, RADIUS + 1, theme.accent_tint);
    }
    let mark = Rect::from_min_size(area.min + vec2(10.0, 0.0), vec2(18.0, area.height()));
    let color = match refused {
        Some(_) => theme.text_off,
        None if chosen => theme.accent,
        None => theme.text_2,
    };
    let font = theme::icon(18.0);
    text(ui, mark, Align2::CENTER_CENTER, item.icon(), font, *color);
    let keys = keys_ui(ui, theme, area, item);
    let left = mark.right() + 12.0;
    let below = match refused {
        Some(_) => 15.0,
        None if chosen && !item.call.is_empty() => 16.0,
        None => 0.0,
    };
    let top = area.center().y - (18.0 + below) / 2.0;
    let name = Rect::from_min_max(pos2(left, top), pos2(keys - 8.0, top + 18.0));
    name_ui(ui, theme, name, item, hit, refused.is_some());
    let under = Rect::from_min_max(pos2(left, top + 18.0), pos2(keys - 8.0, top + 18.0 + below));
    match refused {
        Some(reason) => reason_ui(ui, theme, under, reason),
        None if below > 0.0 => call_ui(ui, theme, under, &item.call),
        None => {}
    }
    response
}

/// The keycaps at the right; gives their left edge.
fn keys_ui(ui: &mut Ui, theme: &Theme, area: Rect, item: &Item) -> f32 {
    let layout = Layout::right_to_left(Align::Center);
    let room = area.shrink2(vec2(10.0, 0.0));
    let builder = UiBuilder::new()
        .max_rect(room)
        .layout(layout)
        .id_salt(("keys", item.call.as_str()));
    let mut keys = ui.new_child(builder);
    keys.spacing_mut().item_spacing.x = 4.0;
    let caps = item.keys.iter().rev();
    caps.for_each(|cap| keycap(&mut keys, theme, cap));
    if item.keys.is_empty() {
        room.right()
    } else {
        keys.min_rect().left()
    }
}

fn name_ui(ui: &Ui, theme: &Theme, area: Rect, item: &Item, hit: &Hit, off: bool) {
    let name = if off {
        theme.text_off
    } else {
        theme.text_strong
    };
    let path = if off { theme.text_off } else { theme.text_2 };
    let lit = if off { theme.text_off } else { theme.accent };
    let mut job = LayoutJob::default();
    letters(&mut job, &item.label, &hit.label, 13.0, *name, *lit, 0.0);
    letters(&mut job, &item.path, &hit.path, 12.0, *path, *lit, 10.0);
    job.wrap = egui::text::TextWrapping::truncate_at_width(area.width());
    let galley = ui.painter().layout_job(job);
    let at = pos2(area.left(), area.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, *name);
}

/// Adds a text with the letters that matched in another colour and weight.
fn letters(
    job: &mut LayoutJob,
    text: &str,
    lit: &[u32],
    size: f32,
    color: Color32,
    accent: Color32,
    space: f32,
) {
    let plain = TextFormat::simple(FontId::proportional(size), color);
    let strong = TextFormat::simple(theme::semibold(size), accent);
    let mut space = space;
    let mut run = String::new();
    let mut on = false;
    let flush = |job: &mut LayoutJob, run: &mut String, on: bool, space: &mut f32| {
        if !run.is_empty() {
            let mut format = if on { strong.clone() } else { plain.clone() };
            format.valign = Align::Center;
            job.append(run, std::mem::take(space), format);
            run.clear();
        }
    };
    for (place, letter) in text.chars().enumerate() {
        let matched = u32::try_from(place).is_ok_and(|place| lit.binary_search(&place).is_ok());
        if matched != on {
            flush(job, &mut run, on, &mut space);
            on = matched;
        }
        run.push(letter);
    }
    flush(job, &mut run, on, &mut space);
}

fn reason_ui(ui: &Ui, theme: &Theme, area: Rect, reason: &str) {
    let mark = area.with_max_x(area.left() + 13.0);
    let font = theme::icon(13.0);
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icons::INFO,
        font,
        *theme.text_2,
    );
    let words = area.with_min_x(area.left() + 17.0);
    clipped_text(ui, words, reason, FontId::proportional(11.0), *theme.text_2);
}

/// A call in script text, its values in another colour.
pub fn call_ui(ui: &Ui, theme: &Theme, area: Rect, call: &str) {
    let mut job = LayoutJob::default();
    let mut add = |part: &str, color: Color32| {
        let format = TextFormat::simple(FontId::monospace(11.0), color);
        job.append(part, 0.0, format);
    };
    let mut rest = call;
    while let Some((name, after)) = rest.split_once(": ") {
        add(name, *theme.text_2);
        add(": ", *theme.text_2);
        let end = value_end(after);
        let (value, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        add(value, *theme.gold);
        rest = tail;
    }
    add(rest, *theme.text_2);
    job.wrap = egui::text::TextWrapping::truncate_at_width(area.width());
    let galley = ui.painter().layout_job(job);
    let at = pos2(area.left(), area.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, *theme.text_2);
}

/// Where the value at the beginning of the text ends: at a comma or bracket that is its caller's.
fn value_end(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ',' | ')' if depth == 0 => return at,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_before_the_next_parameter() {
        let end = |text: &str| text.get(value_end(text)..).unwrap().to_owned();
        assert_eq!(end("0.5, b: 1)"), ", b: 1)");
        assert_eq!(end("(1.0, 2.0), b: 1)"), ", b: 1)");
        assert_eq!(end("\"a, b\\\")\")"), ")");
    }
}
