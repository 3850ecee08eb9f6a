//! A key that others have already: who they are, and what can become of it.

use egui::{Align, Align2, FontId, Key, Layout, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::dialogs::unsaved::primary;
use crate::ui::icons;
use crate::ui::keymap::edit::Slot;
use crate::ui::keymap::{Binding, contexts, describe_whole};
use crate::ui::keys::Chord;
use crate::ui::theme::{self, RADIUS, Theme};
use crate::ui::widgets::{clipped_text, text};

/// A key that others have already.
pub(super) struct Clash {
    /// Who wants it: a slot, or a new binding.
    pub(super) who: Result<usize, Box<Binding>>,
    /// The key.
    pub(super) chord: Chord,
    /// The slots that have it.
    pub(super) others: Vec<usize>,
}

/// What becomes of a clash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// The others lose the key.
    Replace,
    /// Nobody gets it.
    Off,
    /// All stays as it was.
    Cancel,
}

impl Clash {
    /// Says who has the key, and offers what can be done.
    pub(super) fn ui(&self, ui: &mut Ui, theme: &Theme, slots: &[Slot]) -> Option<Answer> {
        let size = vec2(ui.available_width(), 28.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().rect_filled(rect, RADIUS, theme.raised);
        let inner = rect.shrink2(vec2(8.0, 3.0));
        let ui = &mut super::child(ui, inner, "clash");
        let layout = Layout::right_to_left(Align::Center);
        let answer = ui.with_layout(layout, |ui| {
            let answer = buttons_ui(ui, theme);
            let room = ui.available_rect_before_wrap();
            let mark = Rect::from_min_size(inner.min, vec2(18.0, inner.height()));
            let font = theme::icon(14.0);
            let warning = icons::WARNING;
            text(ui, mark, Align2::LEFT_CENTER, warning, font, *theme.orange);
            let line = Rect::from_min_max(inner.min + vec2(20.0, 0.0), room.max - vec2(4.0, 0.0));
            let words = self.words(slots);
            let font = FontId::proportional(12.0);
            clipped_text(ui, line, &words, font, *theme.text);
            let response = ui.interact(line, ui.scope_id().with("words"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, &words));
            response.on_hover_text(&words);
            answer
        });
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        let free = ui.memory(|memory| memory.focused().is_none());
        answer
            .inner
            .or((entered && free).then_some(Answer::Replace))
    }

    fn words(&self, slots: &[Slot]) -> String {
        let own = match &self.who {
            Ok(slot) => slots.get(*slot).and_then(Slot::binding),
            Err(binding) => Some(binding.as_ref()),
        };
        let named = |binding: &Binding| {
            let label = describe_whole(&binding.action);
            format!("{label} ({})", contexts::title(&binding.context))
        };
        let others = self.others.iter();
        let others = others.filter_map(|other| slots.get(*other)?.binding());
        let others: Vec<String> = others.map(named).collect();
        let own = own.map(named).unwrap_or_default();
        let others = others.join(" and ");
        format!("{} is {others}; wanted for {own}", self.chord)
    }
}

fn buttons_ui(ui: &mut Ui, theme: &Theme) -> Option<Answer> {
    ui.spacing_mut().item_spacing.x = 6.0;
    let mut answer = None;
    let cancel = ui.button("Cancel");
    if cancel.on_hover_text("All stays as it was").clicked() {
        answer = Some(Answer::Cancel);
    }
    let off = ui.button("Keep Both Off");
    if off.on_hover_text("None of them has this key").clicked() {
        answer = Some(Answer::Off);
    }
    let replace = primary(ui, theme, "Replace");
    if replace.on_hover_text("Take the key away there").clicked() {
        answer = Some(Answer::Replace);
    }
    answer
}
