//! The tools at the right of the timeline's header.

use egui::Ui;

use crate::ops::props::tooltip;
use crate::ops::registry;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::panels::timeline::TimelinePanel;
use crate::ui::widgets::icon_button;

/// The switch that lists selected bones alone.
const ONLY_SELECTED: &str = "time.toggle(type: ONLY_SELECTED)";
/// The switch that counts seconds.
const SECONDS: &str = "time.toggle()";

impl TimelinePanel {
    /// What stands behind the tabs.
    pub fn header_left_ui(&mut self, ui: &mut Ui, desk: &mut Desk) {
        self.chooser_ui(ui, desk);
    }

    /// What stands at the right, from right to left.
    pub fn header_right_ui(ui: &mut Ui, desk: &mut Desk) {
        let (only, seconds) = (desk.view.timeline.only_selected, desk.view.timeline.seconds);
        ui.spacing_mut().item_spacing.x = 2.0;
        switch_ui(ui, desk, icons::TIMER, "Show Seconds", seconds, SECONDS);
        switch_ui(
            ui,
            desk,
            icons::FUNNEL_SIMPLE,
            "Only Selected Bones",
            only,
            ONLY_SELECTED,
        );
    }
}

fn switch_ui(ui: &mut Ui, desk: &mut Desk, icon: &str, label: &str, on: bool, call: &str) {
    let response = icon_button(ui, desk.theme, icon, label, on);
    if response.clicked() {
        desk.acts.start(call);
    }
    response.on_hover_ui(|ui| {
        let doc = match icon {
            icons::TIMER => "Count seconds on the ruler instead of frames",
            _ => "List the selected bones; else all that have keys",
        };
        desk.tooltip(ui, label, call, doc);
    });
}

/// What the operator of a call does, for a tooltip.
pub(super) fn doc_of(call: &str) -> String {
    let id = call.split('(').next().unwrap_or_default();
    registry::find(id).map_or_else(String::new, |entry| tooltip(entry.doc))
}
