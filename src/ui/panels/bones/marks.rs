//! The icons at the right of a row: an eye, a lock, a link where a bone has constraints, and its mirror partner.
//!
//! The eye appears under the pointer, on selected rows and beside another icon; the lock under the pointer
//! and while it is set; the partner under the pointer and where the user chose it. A click on those of a selected bone goes for all selected bones, of every rig, as
//! one step.

use std::collections::BTreeMap;

use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::model::id::RigId;
use crate::model::rig::Rig;
use crate::ui::acts::{Act, BoneRef, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::bones::partner::{self, Partners};
use crate::ui::panels::bones::rows::Row;
use crate::ui::theme;
use crate::ui::widgets::{focus_ring, text};

/// Width of an icon with the space around it.
const SLOT: f32 = 19.0;

/// What the icons of a row tell.
pub struct RowIcons {
    hidden: bool,
    locked: bool,
    constraints: usize,
    hovered: bool,
    selected: bool,
    /// What is known of the mirror partner, where that is shown.
    partner: Option<String>,
}

impl RowIcons {
    /// Those of a row.
    pub fn new(rig: &Rig, row: &Row, hovered: bool, partners: &mut Partners) -> Self {
        let shown = row
            .bone
            .filter(|&bone| hovered || partners.is_chosen(row.rig, rig, bone));
        let partner = shown.map(|bone| partners.words(row.rig, rig, bone));
        let setup = row.bone.and_then(|bone| rig.setup(bone));
        Self {
            hidden: row
                .bone
                .map_or(rig.hide, |bone| rig.hidden.contains(bone.index())),
            locked: setup.is_some_and(|setup| setup.all_locked()),
            constraints: setup.map_or(0, |setup| setup.constraints.len()),
            hovered,
            selected: row.bone.is_some_and(|bone| rig.is_selected(bone)),
            partner,
        }
    }

    fn eye_shown(&self) -> bool {
        let beside = self.locked || self.constraints > 0 || self.partner.is_some();
        self.hovered || self.selected || self.hidden || beside
    }

    /// Where the lock is: beside the link where there is one, so that nothing moves under the pointer.
    fn lock_slot(&self) -> usize {
        if self.constraints > 0 { 2 } else { 1 }
    }

    /// Where the partner is: beyond the lock.
    fn partner_slot(&self) -> usize {
        self.lock_slot() + 1
    }

    /// How much of the row they take from the right.
    pub fn width(&self, of_bone: bool) -> f32 {
        let slots = match () {
            () if self.partner.is_some() => self.partner_slot() + 1,
            () if of_bone && (self.hovered || self.locked) => self.lock_slot() + 1,
            () if self.constraints > 0 => 2,
            () if self.eye_shown() => 1,
            () => return 4.0,
        };
        3.0 + SLOT * slots as f32
    }

    /// Shows them over the row.
    pub fn ui(&self, ui: &Ui, desk: &mut Desk, rig: &Rig, row: &Row, rect: Rect) {
        let Some(bone) = row.bone.map(|bone| (row.rig, bone)) else {
            self.rig_eye_ui(ui, desk, rig, row.rig, rect);
            return;
        };
        let name = rig.armature.name(bone.1);
        if self.constraints > 0 {
            self.link_ui(ui, desk, bone, rect);
        }
        if self.eye_shown() {
            let (icon, verb) = eye(self.hidden);
            let label = format!("{verb} {name}");
            let id = ui.scope_id().with(("eye", bone));
            if icon_ui(ui, desk, id, slot(rect, 0), (icon, &label), self.hidden) {
                set_flags(desk, "hide", bone, !self.hidden);
            }
        }
        if self.hovered || self.locked {
            let (icon, verb) = match self.locked {
                true => (icons::LOCK_SIMPLE, "Unlock"),
                false => (icons::LOCK_SIMPLE_OPEN, "Lock"),
            };
            let label = format!("{verb} {name}");
            let (id, mark) = (
                ui.scope_id().with(("lock", bone)),
                slot(rect, self.lock_slot()),
            );
            if icon_ui(ui, desk, id, mark, (icon, &label), self.locked) {
                set_flags(desk, "lock", bone, !self.locked);
            }
        }
        if let Some(partner) = &self.partner {
            let label = format!("Mirror partner of {name}: {partner}");
            self.partner_ui(ui, desk, rig, bone, rect, &label);
        }
    }

    /// The mirror partner; a click offers others.
    fn partner_ui(
        &self,
        ui: &Ui,
        desk: &mut Desk,
        rig: &Rig,
        bone: BoneRef,
        rect: Rect,
        label: &str,
    ) {
        let id = ui.scope_id().with(("partner", bone));
        let mark = slot(rect, self.partner_slot());
        if icon_ui(ui, desk, id, mark, (icons::FLIP_HORIZONTAL, label), false) {
            let title = format!("Mirror Partner of {}", rig.armature.name(bone.1));
            let active = desk.document.active_rig == Some(bone.0);
            let entries = partner::entries(rig, bone.1, active);
            desk.acts.push(Act::Menu(title, entries));
        }
    }

    fn rig_eye_ui(&self, ui: &Ui, desk: &mut Desk, rig: &Rig, id: RigId, rect: Rect) {
        if !self.hovered && !self.hidden {
            return;
        }
        let (icon, verb) = eye(self.hidden);
        let label = format!("{verb} {}", rig.name);
        let widget = ui.scope_id().with(("eye of rig", id));
        if icon_ui(ui, desk, widget, slot(rect, 0), (icon, &label), self.hidden) {
            let (name, hide) = (quoted(&rig.name), !self.hidden);
            let call = format!("armature.set(rig: {name}, hide_rig: {hide})");
            desk.acts.run(&call, "");
        }
    }

    fn link_ui(&self, ui: &Ui, desk: &Desk, bone: BoneRef, rect: Rect) {
        let mark = slot(rect, 1);
        let id = ui.scope_id().with(("link", bone));
        let response = ui.interact(mark, id, Sense::hover());
        let label = match self.constraints {
            1 => "1 constraint".to_owned(),
            count => format!("{count} constraints"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
        let (font, color) = (theme::icon(13.0), *desk.theme.text_off);
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icons::LINK_SIMPLE,
            font,
            color,
        );
        response.on_hover_text(label);
    }
}

fn eye(hidden: bool) -> (&'static str, &'static str) {
    match hidden {
        true => (icons::EYE_SLASH, "Show"),
        false => (icons::EYE, "Hide"),
    }
}

/// The place of an icon, counted from the right.
pub fn slot(rect: Rect, place: usize) -> Rect {
    let middle = rect.right() - 12.5 - SLOT * place as f32;
    Rect::from_center_size(pos2(middle, rect.center().y), vec2(SLOT, rect.height()))
}

/// An icon of a row that can be clicked; says whether it was.
pub fn icon_ui(
    ui: &Ui,
    desk: &Desk,
    id: egui::Id,
    mark: Rect,
    (icon, label): (&str, &str),
    on: bool,
) -> bool {
    let response = ui.interact(mark, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), on, label));
    let color = match response.hovered() {
        true => *desk.theme.text_strong,
        false => *desk.theme.text_off,
    };
    text(
        ui,
        mark,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(13.0),
        color,
    );
    focus_ring(ui, desk.theme, &response);
    let clicked = response.clicked();
    response.on_hover_ui(|ui| desk.tooltip(ui, label, "", ""));
    clicked
}

/// Sets a flag of a bone, or of all selected ones where it is one of them.
fn set_flags(desk: &mut Desk, field: &str, (rig, bone): BoneRef, on: bool) {
    let Some(data) = desk.document.rigs.get(rig.index()) else {
        return;
    };
    let mut targets: BTreeMap<RigId, Vec<String>> = BTreeMap::new();
    if data.selected.contains(bone.index()) {
        for (id, data) in desk.document.rig_ids().zip(desk.document.rigs.iter()) {
            let names = data
                .armature
                .ids()
                .filter(|id| data.selected.contains(id.index()));
            let names: Vec<_> = names.map(|bone| quoted(data.armature.name(bone))).collect();
            if !names.is_empty() {
                targets.insert(id, names);
            }
        }
    } else {
        targets.insert(rig, vec![quoted(data.armature.name(bone))]);
    }
    // One call a rig, one step for all of them.
    let merge_key = format!("{field} {}", desk.gesture);
    for (id, names) in targets {
        let Some(data) = desk.document.rigs.get(id.index()) else {
            continue;
        };
        let rig = match desk.document.active_rig == Some(id) {
            true => String::new(),
            false => format!("rig: {}, ", quoted(&data.name)),
        };
        let values: Vec<_> = names.iter().map(|name| format!("{name}: {on}")).collect();
        let call = format!("armature.set({rig}{field}: {{{}}})", values.join(", "));
        desk.acts.run(&call, &merge_key);
    }
}
