//! What a right click on a number field offers.

use egui::{Popup, Response, Ui};

use crate::eval::keyed::Keyed;
use crate::ui::theme::Theme;
use crate::ui::widgets::field::{Ask, Keying, KeyingVerb, NumberField};
use crate::ui::widgets::field_keys::{self, FieldKey};
use crate::ui::widgets::{menu_line, menu_row};

/// Width of the menu's rows.
const WIDTH: f32 = 284.0;

/// Shows the menu while it is open; gives what was chosen, where the field cannot do it by itself.
pub(super) fn menu_ui(
    ui: &Ui,
    theme: &Theme,
    field: &NumberField,
    response: &Response,
    value: f64,
) -> Option<Ask> {
    if !ui.is_enabled() {
        return None;
    }
    let mut ask = None;
    Popup::context_menu(response).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        orders_ui(ui, theme, field, response);
        let mut item = |ui: &mut Ui, label: &str, wanted: Ask| {
            if menu_row(ui, theme, label, "", None, WIDTH).clicked() {
                ask = Some(wanted);
                ui.close();
            }
        };
        if let Some(keyed) = field.keyed.filter(|_| field.row.len() > 1) {
            menu_line(ui, theme, WIDTH);
            for (label, what) in keyings(keyed) {
                let single = Ask::Key(Keying { what, all: false });
                item(ui, label, single);
            }
        }
        let offers = field.offers;
        if offers.selected {
            let everywhere = true;
            menu_line(ui, theme, WIDTH);
            item(ui, "Copy to Selected", Ask::Set { value, everywhere });
            if field.row.len() > 1 {
                let values = field.row.to_vec();
                let all = Ask::SetAll { values, everywhere };
                item(ui, "Copy All to Selected", all);
            }
        }
        if offers.call || offers.lock.is_some() {
            menu_line(ui, theme, WIDTH);
        }
        if let Some(locked) = offers.lock {
            let label = if locked { "Unlock" } else { "Lock" };
            item(ui, label, Ask::Lock(!locked));
        }
        if offers.call {
            item(ui, "Copy Call", Ask::CopyCall);
        }
    });
    ask
}

/// What can be done with the keys of one value.
fn keyings(keyed: Keyed) -> impl Iterator<Item = (&'static str, KeyingVerb)> {
    let all = [
        (true, "Insert Single Keyframe", KeyingVerb::Insert),
        (
            keyed == Keyed::Here,
            "Delete Single Keyframe",
            KeyingVerb::Delete,
        ),
        (
            keyed > Keyed::Free,
            "Clear Single Keyframes",
            KeyingVerb::Clear,
        ),
    ];
    let offered = all.into_iter().filter(|(offered, _, _)| *offered);
    offered.map(|(_, label, what)| (label, what))
}

/// The rows that stand for keys.
fn orders_ui(ui: &mut Ui, theme: &Theme, field: &NumberField, response: &Response) {
    let order = |ui: &mut Ui, label: &str, key: FieldKey| {
        let row = menu_row(ui, theme, label, &key.shown(), None, WIDTH);
        if row.clicked() {
            field_keys::order(ui.ctx(), response.id, key);
            ui.close();
        }
    };
    order(ui, "Copy", FieldKey::Copy);
    order(ui, "Paste", FieldKey::Paste);
    let several = field.row.len() > 1;
    if several {
        order(ui, "Copy All", FieldKey::CopyAll);
        order(ui, "Paste All", FieldKey::PasteAll);
    }
    if let Some(keyed) = field.keyed {
        menu_line(ui, theme, WIDTH);
        order(ui, "Insert Keyframes", FieldKey::Key);
        if keyed > Keyed::Free {
            order(ui, "Delete Keyframes", FieldKey::Unkey);
            order(ui, "Clear Keyframes", FieldKey::ClearKeys);
        }
    }
    if field.default.is_none() {
        return;
    }
    menu_line(ui, theme, WIDTH);
    if several && !field.row_defaults.is_empty() {
        order(ui, "Reset All to Default Values", FieldKey::ResetAll);
        order(ui, "Reset Single to Default Value", FieldKey::Reset);
    } else {
        order(ui, "Reset to Default Value", FieldKey::ResetAll);
    }
}
