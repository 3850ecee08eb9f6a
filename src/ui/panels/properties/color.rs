//! The colour that a bone is drawn in, whatever its collections and its side say.

use egui::{FontId, Popup, PopupCloseBehavior, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::armature::BoneColor;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::collections::colors;
use crate::ui::panels::properties::grid::row;
use crate::ui::panels::properties::subject::Subject;
use crate::ui::theme::RADIUS;
use crate::ui::widgets::{clipped_text, focus_ring};

/// Shows the field; what is chosen goes to every selected bone where Alt is held.
pub fn color_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let Some(setup) = subject.rig.setup(subject.bone) else {
        return;
    };
    let now = colors::parsed(&setup.color);
    let name = match now {
        BoneColor::Default => "By collection and side".to_owned(),
        _ => colors::name_of(now),
    };
    let theme = desk.theme;
    let field = row(ui, theme, "Color").field;
    let id = ui.scope_id().with("bone color");
    let response = ui.interact(field, id, Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ColorWell, ui.is_enabled(), "Bone Color");
        info.current_text_value = Some(name.clone());
        info
    });
    let fill = match () {
        () if response.is_pointer_button_down_on() => theme.button_press,
        () if response.hovered() => theme.field_hover,
        () => theme.field,
    };
    ui.painter().rect_filled(field, RADIUS, fill);
    let square = Rect::from_center_size(field.left_center() + vec2(13.0, 0.0), vec2(12.0, 12.0));
    let drawn = desk.bone_color(subject.rig, subject.bone);
    ui.painter().rect_filled(square, 3, drawn);
    let words = field.with_min_x(square.right() + 7.0);
    let (font, color) = (FontId::proportional(12.0), *theme.text_strong);
    clipped_text(ui, words, &name, font, color);
    focus_ring(ui, theme, &response);
    let chosen = Popup::from_toggle_button_response(&response)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show(|ui| colors::chooser_ui(ui, desk, now));
    if let Some((color, merge)) = chosen.and_then(|chosen| chosen.inner) {
        let fields = format!("color: {}", quoted(&color.to_string()));
        match desk.modifiers.alt {
            true => subject.set_everywhere(desk, &merge, |_, _| Some(fields.clone())),
            false => subject.set(desk, &fields, &merge),
        }
    }
    let doc = "The color of this bone in the 3D view; with Alt, of all selected bones";
    response.on_hover_ui(|ui| desk.tooltip(ui, "Bone Color", "", doc));
}
