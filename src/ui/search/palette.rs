//! The palette: a query, what it found, and what the keys do.

use egui::{
    Align, Align2, Area, Context, CornerRadius, Event, FontId, Frame, Id, Key, Layout, Margin,
    Modal, Modifiers, Order, Rect, Role, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::ops::registry::AnyOperator;
use crate::ui::acts::Act;
use crate::ui::form;
use crate::ui::icons;
use crate::ui::search::index::Item;
use crate::ui::search::matching::{self, Hit};
use crate::ui::search::{chosen, chosen_with, options};
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{keycap, text};

/// Width of the palette.
pub(super) const WIDTH: f32 = 640.0;
/// Height of the query.
const INPUT: f32 = 48.0;
/// Height of the row of keys.
const FOOTER: f32 = 34.0;
/// Most height that rows take.
const ROWS: f32 = 430.0;
/// Distance from the window's top.
const TOP: f32 = 112.0;
/// Rows that Page Up and Page Down go.
const PAGE: usize = 8;

/// How far the search is.
pub enum Answer {
    /// Still open.
    Open,
    /// Given up.
    Close,
    /// This was chosen.
    Run {
        /// The command, to be remembered.
        call: String,
        /// What to do.
        act: Act,
    },
    /// The call was copied.
    Copied(String),
}

/// The search while it is open.
pub struct Palette {
    pub(super) items: Vec<Item>,
    /// Why an item cannot run now, by its place.
    refused: Vec<Option<String>>,
    recent: Vec<usize>,
    pub(super) query: String,
    /// What was found: first what is recent, the rest from `others` on.
    pub(super) hits: Vec<Hit>,
    pub(super) others: usize,
    pub(super) chosen: usize,
    /// Whether the chosen row is to be brought into view.
    pub(super) reveal: bool,
    /// Whether the list is new and begins at its top.
    pub(super) to_top: bool,
    options: Option<Box<dyn AnyOperator>>,
}

impl Palette {
    /// A palette of these items; `refused` says why each of them cannot run.
    pub fn new(items: Vec<Item>, refused: Vec<Option<String>>, recent: Vec<usize>) -> Self {
        let mut palette = Self {
            items,
            refused,
            recent,
            query: String::new(),
            hits: Vec::new(),
            others: 0,
            chosen: 0,
            reveal: false,
            to_top: true,
            options: None,
        };
        palette.find();
        palette
    }

    /// Looks for the query anew: what is recent first, what can run before what cannot.
    fn find(&mut self) {
        let found = matching::hits(&self.items, &self.query);
        let rank = |hit: &Hit| self.recent.iter().position(|item| *item == hit.item);
        let (mut recent, mut rest): (Vec<Hit>, Vec<Hit>) =
            found.into_iter().partition(|hit| rank(hit).is_some());
        recent.sort_by_key(rank);
        if !self.query.trim().is_empty() {
            let order = |hit: &Hit| (self.why_not(hit).is_some(), std::cmp::Reverse(hit.score));
            recent.sort_by_key(order);
            rest.sort_by_key(order);
        }
        self.others = recent.len();
        recent.append(&mut rest);
        self.chosen = recent
            .iter()
            .position(|hit| self.why_not(hit).is_none())
            .unwrap_or(0);
        self.hits = recent;
        self.to_top = true;
    }

    pub(super) fn why_not(&self, hit: &Hit) -> Option<&str> {
        self.refused.get(hit.item)?.as_deref()
    }

    pub(super) fn item(&self, place: usize) -> Option<(&Item, Option<&str>)> {
        let hit = self.hits.get(place)?;
        Some((self.items.get(hit.item)?, self.why_not(hit)))
    }

    /// Shows the palette over everything else.
    pub fn ui(&mut self, ctx: &Context, theme: &Theme) -> Answer {
        let answer = match self.options {
            Some(_) => self.option_keys(ctx),
            None => self.keys(ctx),
        };
        if matches!(answer, Answer::Close | Answer::Run { .. }) {
            return answer;
        }
        let window = ctx.content_rect();
        let top = TOP.min(window.height() * 0.12);
        let room = (window.height() - top - INPUT - FOOTER - 40.0).clamp(80.0, ROWS);
        let id = Id::unique("search");
        let area = Area::new(id)
            .order(Order::Foreground)
            .sense(Sense::hover())
            .anchor(Align2::CENTER_TOP, vec2(0.0, top));
        let frame = Frame::popup(&ctx.global_style()).inner_margin(Margin::ZERO);
        let modal = Modal::new(id)
            .area(area)
            .frame(frame.fill(*theme.popup))
            .backdrop_color(egui::Color32::from_black_alpha(102));
        let shown = modal.show(ctx, |ui| {
            ui.set_width(WIDTH);
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            match &mut self.options {
                Some(op) => {
                    options::options_ui(ui, theme, op.as_mut(), room);
                    self.footer_ui(ui, theme);
                    None
                }
                None => {
                    self.query_ui(ui, theme);
                    let clicked = self.rows_ui(ui, theme, room);
                    self.footer_ui(ui, theme);
                    clicked
                }
            }
        });
        if let Some(place) = shown.inner {
            self.chosen = place;
            return self.run();
        }
        match shown.backdrop_response.clicked() {
            true => Answer::Close,
            false => answer,
        }
    }

    fn keys(&mut self, ctx: &Context) -> Answer {
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) || pressed(Key::F3) || closes_again(ctx) {
            return Answer::Close;
        }
        if pressed(Key::Enter) {
            return self.run();
        }
        if pressed(Key::Tab) {
            self.open_options();
            return Answer::Open;
        }
        let last = self.hits.len().saturating_sub(1);
        let moves = [
            (
                Key::ArrowDown,
                if self.chosen == last {
                    0
                } else {
                    self.chosen + 1
                },
            ),
            (Key::ArrowUp, self.chosen.checked_sub(1).unwrap_or(last)),
            (Key::PageDown, (self.chosen + PAGE).min(last)),
            (Key::PageUp, self.chosen.saturating_sub(PAGE)),
        ];
        for (key, place) in moves {
            if pressed(key) {
                self.chosen = place;
                self.reveal = true;
            }
        }
        if takes_copy(ctx)
            && let Some((item, _)) = self.item(self.chosen)
            && !item.call.is_empty()
        {
            ctx.copy_text(item.call.clone());
            return Answer::Copied(item.call.clone());
        }
        Answer::Open
    }

    fn option_keys(&mut self, ctx: &Context) -> Answer {
        let busy = ctx.text_edit_focused() || egui::Popup::is_any_open(ctx);
        let pressed = |key| !busy && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) {
            self.options = None;
        } else if pressed(Key::Enter)
            && let Some(op) = self.options.take()
            && let Some((item, _)) = self.item(self.chosen)
        {
            return Answer::Run {
                call: item.call.clone(),
                act: chosen_with(op),
            };
        }
        Answer::Open
    }

    /// Runs what is chosen, if it can run.
    fn run(&self) -> Answer {
        match self.item(self.chosen) {
            Some((item, None)) => Answer::Run {
                call: item.call.clone(),
                act: chosen(item),
            },
            _ => Answer::Open,
        }
    }

    fn has_options(&self) -> bool {
        let op = self.item(self.chosen).and_then(|(item, refused)| {
            let op = item.op.as_ref().filter(|_| refused.is_none())?;
            Some(op.clone())
        });
        op.is_some_and(|mut op| form::has_rows(op.as_mut()))
    }

    fn open_options(&mut self) {
        if self.has_options() {
            self.options = self.item(self.chosen).and_then(|(item, _)| item.op.clone());
        }
    }

    fn query_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        let (rect, response) = ui.allocate_exact_size(vec2(WIDTH, INPUT), Sense::hover());
        let mark = Rect::from_min_size(rect.min + vec2(16.0, 0.0), vec2(18.0, INPUT));
        let icon = icons::MAGNIFYING_GLASS;
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icon,
            theme::icon(18.0),
            *theme.text_2,
        );
        let count = format!("{} of {}", self.hits.len(), self.items.len());
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &count));
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let font = FontId::proportional(12.0);
        let count = text(ui, inner, Align2::RIGHT_CENTER, &count, font, *theme.text_2);
        let room = Rect::from_min_max(
            pos2(mark.right() + 10.0, rect.top() + 12.0),
            pos2(count.left() - 12.0, rect.bottom() - 12.0),
        );
        let id = query_id();
        let edit = TextEdit::singleline(&mut self.query)
            .id(id)
            .font(theme::semibold(15.0))
            .text_color(*theme.text_strong)
            .hint_text(egui::RichText::new("Search commands").size(15.0))
            .lock_focus(true)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(Align2::LEFT_CENTER);
        // In a child: what follows goes on below the whole row, not below the field.
        let mut field = ui.new_child(UiBuilder::new().max_rect(room).id_salt("field"));
        let response = field.put(room, edit);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::SearchInput, true, "Search commands");
            info.current_text_value = Some(self.query.clone());
            info
        });
        if response.changed() {
            self.find();
        }
        if !response.has_focus() {
            response.request_focus();
        }
        line(ui, theme, rect.bottom() - 1.0, rect);
    }

    fn footer_ui(&self, ui: &mut Ui, theme: &Theme) {
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, FOOTER), Sense::hover());
        line(ui, theme, rect.top(), rect);
        let options = self.options.is_some();
        let runs = self
            .item(self.chosen)
            .is_some_and(|(_, refused)| refused.is_none());
        let keys: [(bool, &[&str], &str); 3] = [
            (runs, &["Enter"], "Run"),
            (!options && self.has_options(), &["Tab"], "Set options"),
            (
                !options && !self.hits.is_empty(),
                &["Ctrl", "C"],
                "Copy call",
            ),
        ];
        let inner = rect.shrink2(vec2(16.0, 0.0));
        let side = |ui: &mut Ui, layout: Layout, salt: &str| {
            ui.new_child(
                UiBuilder::new()
                    .max_rect(inner)
                    .layout(layout)
                    .id_salt(salt),
            )
        };
        let mut left = side(ui, Layout::left_to_right(Align::Center), "left");
        left.spacing_mut().item_spacing.x = 4.0;
        for (_, caps, words) in keys.iter().filter(|(shown, _, _)| *shown) {
            caps.iter().for_each(|cap| keycap(&mut left, theme, cap));
            left.add_space(1.0);
            left.label(egui::RichText::new(*words).color(*theme.text_2));
            left.add_space(12.0);
        }
        let mut right = side(ui, Layout::right_to_left(Align::Center), "right");
        right.spacing_mut().item_spacing.x = 5.0;
        let words = if options { "Back" } else { "Close" };
        right.label(egui::RichText::new(words).color(*theme.text_2));
        keycap(&mut right, theme, "Esc");
    }
}

fn query_id() -> Id {
    Id::unique("search query")
}

fn line(ui: &Ui, theme: &Theme, top: f32, rect: Rect) {
    let line = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + 1.0));
    ui.painter()
        .rect_filled(line, CornerRadius::ZERO, theme.line);
}

/// Whether the second key of the search was pressed again.
fn closes_again(ctx: &Context) -> bool {
    ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::K))
}

/// Whether the call is to be copied: not where letters of the query are selected.
fn takes_copy(ctx: &Context) -> bool {
    let state = TextEdit::load_state(ctx, query_id());
    let selected = state.and_then(|state| state.cursor.char_range());
    if selected.is_some_and(|range| !range.is_empty()) {
        return false;
    }
    ctx.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !matches!(event, Event::Copy));
        input.events.len() < before
    })
}
