//! The first steps: a strip over the 3D view that ticks off what was done and does not come back once it
//! was dismissed. The steps are data; the log tells which are done.

use std::path::PathBuf;

use egui::{
    Align, Align2, Area, FontId, Frame, Id, Layout, Margin, Order, Rect, Role, Sense, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use crate::io::atomic;
use crate::io::folders::Folders;
use crate::ops::call;
use crate::ops::context::Level;
use crate::ops::registry;
use crate::ops::runner::log::{Called, Line, Log};
use crate::ui::app::App;
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::keymap::{Action, Binding, Keymap};
use crate::ui::status_bar::{key_ui, key_width};
use crate::ui::theme::{self, TILE_RADIUS};
use crate::ui::widgets::{icon_button, text};

const BUNDLED: &str = include_str!("../../assets/hints.ron");
/// Height of the strip.
const HEIGHT: f32 = 30.0;
/// Distance to the edge of the 3D view.
const INSET: f32 = 8.0;
/// Distance between steps.
const SPACE: f32 = 18.0;
/// Seconds that the strip stays when everything is done.
const FAREWELL: f64 = 6.0;

/// The file of steps.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    on: String,
    steps: Vec<Step>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    words: String,
    calls: Vec<String>,
    #[serde(default = "one")]
    keys: usize,
    done: Vec<String>,
    /// What else does it while automatic keying is on.
    #[serde(default)]
    keyed: Vec<String>,
    #[serde(default)]
    selected: bool,
    /// Whether it has to be on another frame than the step before.
    #[serde(default)]
    elsewhere: bool,
    #[serde(skip)]
    ticked: bool,
    /// Whether the frame has changed since the step before.
    #[serde(skip)]
    moved: bool,
}

fn one() -> usize {
    1
}

impl Step {
    /// The keys that do it.
    fn bindings<'a>(&self, keymap: &'a Keymap) -> Vec<&'a Binding> {
        let of = |call: &String| {
            let runs = |binding: &&Binding| match &binding.action {
                Action::Run(op) => op.call_text() == *call,
                Action::Modal(_) => false,
            };
            keymap
                .bindings()
                .iter()
                .filter(runs)
                .take(self.keys)
                .collect::<Vec<_>>()
        };
        self.calls.iter().flat_map(of).collect()
    }
}

/// What is kept over restarts.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Kept {
    dismissed: bool,
}

/// The first steps and how far the user is.
pub struct Hints {
    steps: Steps,
    /// The log's lines before this one were looked at.
    seen: u64,
    /// Whether the document is the one the steps are for.
    fits: bool,
    /// Whether they were dismissed, now or in an earlier run; unknown before it was looked up.
    dismissed: Option<bool>,
    /// Whether they were asked for.
    asked: bool,
    /// When the last step was ticked off, seconds of the interface's clock.
    finished: Option<f64>,
}

impl Default for Hints {
    fn default() -> Self {
        // A test holds that the bundled file is right; without it there are no steps.
        Self::new(call::options().from_str(BUNDLED).unwrap_or_default())
    }
}

impl Hints {
    /// These steps, nothing of them done.
    fn new(steps: Steps) -> Self {
        Self {
            steps,
            seen: 0,
            fits: false,
            dismissed: None,
            asked: false,
            finished: None,
        }
    }

    /// Shows the steps from the beginning, whatever was dismissed.
    pub fn show_again(&mut self) {
        self.asked = true;
        self.finished = None;
        for step in &mut self.steps.steps {
            (step.ticked, step.moved) = (false, false);
        }
    }

    /// Whether the strip is to be shown. Without folders nobody knows whether this is the first time.
    fn visible(&mut self, folders: Option<&Folders>) -> bool {
        let Some(folders) = folders.filter(|_| !self.asked) else {
            return self.asked;
        };
        self.fits
            && !*self
                .dismissed
                .get_or_insert_with(|| kept(folders).dismissed)
    }

    /// Ticks off what was done since the last time; `selected` if bones are, `keying` if it is automatic.
    fn take(&mut self, log: &Log, selected: bool, keying: bool) {
        if self.seen == log.next() {
            return;
        }
        let seen = std::mem::replace(&mut self.seen, log.next());
        for (_, line) in log.lines().filter(|(number, _)| *number >= seen) {
            if let Line::Call(called) = line
                && called.finished()
            {
                self.tick(called, selected, keying);
            }
        }
    }

    fn tick(&mut self, called: &Called, selected: bool, keying: bool) {
        let info = registry::find(called.id).map(|entry| entry.info);
        if called.text == self.steps.on {
            self.fits = true;
        } else if info.is_some_and(|info| info.discards) {
            self.fits = false;
        }
        let moved = info.is_some_and(|info| info.frame_change);
        let mut before = false;
        for step in &mut self.steps.steps {
            let named = |ids: &[String]| ids.iter().any(|id| id == called.id);
            let done = named(&step.done) || keying && named(&step.keyed);
            let counts = (selected || !step.selected) && (step.moved || !step.elsewhere);
            step.moved |= moved && before;
            before = step.ticked;
            step.ticked |= done && counts;
        }
    }

    fn all_done(&self) -> bool {
        self.steps.steps.iter().all(|step| step.ticked)
    }

    /// Hides the strip for good.
    fn dismiss(&mut self, folders: Option<&Folders>) -> Result<(), crate::io::error::Error> {
        self.asked = false;
        self.dismissed = Some(true);
        match folders {
            Some(folders) => atomic::state(&file(folders), b"(dismissed: true)\n"),
            None => Ok(()),
        }
    }
}

fn file(folders: &Folders) -> PathBuf {
    folders.state.join("hints.ron")
}

/// What an earlier run kept; a file that cannot be read counts as none.
fn kept(folders: &Folders) -> Kept {
    let text = std::fs::read_to_string(file(folders)).ok();
    let kept = text.and_then(|text| call::options().from_str(&text).ok());
    kept.unwrap_or_default()
}

impl App {
    /// Shows the strip at the bottom of the 3D view, while there is something to try.
    pub(super) fn hints_ui(&mut self, ctx: &egui::Context) {
        let mut rigs = self.session.document.rigs.iter();
        let selected = rigs.any(|rig| !rig.selected_bones().is_empty());
        let keying = self.session.document.scene.auto_key;
        self.hints.take(&self.session.log, selected, keying);
        self.panels.viewport.foot = 0.0;
        if !self.hints.visible(self.folders.as_ref()) {
            return;
        }
        let rect = self.panels.viewport.rect.shrink(INSET);
        if !rect.is_positive() {
            return;
        }
        self.panels.viewport.foot = HEIGHT + INSET;
        let mut hints = std::mem::replace(&mut self.hints, Hints::new(Steps::default()));
        let (desk, _, _) = self.parts();
        let mut done = strip_ui(ctx, &desk, &hints, rect);
        if hints.all_done() {
            let now = ctx.input(|input| input.time);
            let left = *hints.finished.get_or_insert(now) + FAREWELL - now;
            done |= left <= 0.0;
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.01)));
        }
        if done {
            if let Err(error) = hints.dismiss(self.folders.as_ref()) {
                self.tell(Level::Warning, error.to_string());
            }
            self.panels.viewport.foot = 0.0;
            ctx.request_repaint();
        }
        self.hints = hints;
    }
}

/// Shows the strip; says whether it was closed.
fn strip_ui(ctx: &egui::Context, desk: &Desk, hints: &Hints, view: Rect) -> bool {
    let area = Area::new(Id::unique("first steps"))
        .order(Order::Middle)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(view.center_bottom())
        .movable(false)
        .constrain(false);
    let shown = area.show(ctx, |ui| {
        let frame = Frame::new()
            .fill(*desk.theme.vp_chip)
            .corner_radius(TILE_RADIUS)
            .inner_margin(Margin::symmetric(10, 0));
        frame
            .show(ui, |ui| steps_ui(ui, desk, hints, view.width() - 20.0))
            .inner
    });
    shown.inner
}

fn steps_ui(ui: &mut Ui, desk: &Desk, hints: &Hints, room: f32) -> bool {
    let steps = &hints.steps.steps;
    let close = 22.0;
    let current = steps.iter().position(|step| !step.ticked);
    let widths: Vec<f32> = steps
        .iter()
        .map(|step| step_width(ui, desk, step))
        .collect();
    let all = widths.iter().map(|width| width + SPACE).sum::<f32>() + close;
    // Where there is no room for all, the next one is shown with how far one is.
    let only = (all > room).then(|| current.unwrap_or(steps.len().saturating_sub(1)));
    let count = 34.0;
    let width = match only {
        Some(place) => widths.get(place).map_or(0.0, |width| width + SPACE) + count + close,
        None => all,
    };
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "First steps"));
    let layout = Layout::left_to_right(Align::Center);
    let mut row = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout));
    row.spacing_mut().item_spacing.x = 5.0;
    for (place, step) in steps.iter().enumerate() {
        if only.is_none_or(|only| only == place) {
            step_ui(&mut row, desk, step, current == Some(place));
            row.add_space(SPACE - 5.0);
        }
    }
    if let Some(place) = only {
        let words = format!("{} of {}", place + 1, steps.len());
        row.label(egui::RichText::new(words).color(*desk.theme.text_2));
    }
    let layout = Layout::right_to_left(Align::Center);
    let mut end = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(layout)
            .id_salt("close"),
    );
    let label = "Dismiss the first steps";
    let close = icon_button(&mut end, desk.theme, icons::X, label, false);
    close
        .on_hover_text("Dismiss; Help has them again")
        .clicked()
}

fn words_width(ui: &Ui, words: &str) -> f32 {
    let font = FontId::proportional(12.0);
    let galley = ui
        .painter()
        .layout_no_wrap(words.to_owned(), font, egui::Color32::WHITE);
    galley.size().x
}

fn step_width(ui: &Ui, desk: &Desk, step: &Step) -> f32 {
    let keys = step.bindings(desk.keymap);
    let keys: f32 = keys.iter().map(|binding| key_width(ui, binding)).sum();
    15.0 + 5.0 + words_width(ui, &step.words) + 5.0 + keys
}

fn step_ui(ui: &mut Ui, desk: &Desk, step: &Step, current: bool) {
    let theme = desk.theme;
    let (icon, mark) = match step.ticked {
        true => (icons::CHECK_CIRCLE, theme.green),
        false if current => (icons::CIRCLE_DASHED, theme.accent),
        false => (icons::CIRCLE_DASHED, theme.text_2),
    };
    let color = if current { theme.vp_text } else { theme.text_2 };
    let width = 15.0 + 5.0 + words_width(ui, &step.words);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, step.ticked, &step.words));
    let place = rect.with_max_x(rect.left() + 15.0);
    text(
        ui,
        place,
        Align2::CENTER_CENTER,
        icon,
        theme::icon(15.0),
        *mark,
    );
    let words = rect.with_min_x(rect.left() + 20.0);
    let font = FontId::proportional(12.0);
    text(ui, words, Align2::LEFT_CENTER, &step.words, font, *color);
    for binding in step.bindings(desk.keymap) {
        key_ui(ui, desk, binding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_name_operators_and_calls_that_have_keys() {
        let steps: Steps = call::options().from_str(BUNDLED).unwrap();
        assert_eq!(steps.steps.len(), 5);
        assert!(call::parse(&steps.on).is_ok());
        let keymap = Keymap::bundled().0;
        for step in &steps.steps {
            assert!(
                step.bindings(&keymap).len() >= step.calls.len(),
                "{}",
                step.words
            );
            for id in step.done.iter().chain(&step.keyed) {
                assert!(registry::find(id).is_some(), "{id}");
            }
        }
    }
}
