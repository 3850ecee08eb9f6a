//! Offers the work that was left behind when the program ended without saving it: Enter recovers the newest,
//! Escape leaves everything for later.

use egui::{Align, Key, Layout, Role, Ui, WidgetInfo, vec2};

use crate::ops::context::Level;
use crate::ops::runner::Session;
use crate::ui::app::App;
use crate::ui::dialogs::unsaved::primary;
use crate::ui::dialogs::{Dialog, framed};
use crate::ui::theme::{self, ROW, Theme};

/// Width of the dialog.
const WIDTH: f32 = 460.0;
/// Height of the list; what is longer is scrolled.
const LIST: f32 = 240.0;

/// Work that was left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Where it is kept.
    pub key: String,
    /// Which document it is.
    pub title: String,
    /// From when it is.
    pub detail: String,
}

/// What becomes of it; it is named by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Go on with it.
    Recover(String),
    /// It is not wanted.
    Discard(String),
}

enum Choice {
    Recover(usize),
    Discard(usize),
    Later,
}

impl App {
    /// Offers work that was left behind.
    pub fn offer(&mut self, offers: Vec<Offer>) {
        if !offers.is_empty() {
            self.dialog = Some(Dialog::Recover(offers));
        }
    }

    /// Whether work that was left behind is being offered.
    pub fn is_offering(&self) -> bool {
        matches!(self.dialog, Some(Dialog::Recover(_)))
    }

    /// Goes on with another session; what was called before stays in the log.
    pub fn replace_session(&mut self, mut session: Session) {
        session.log = std::mem::take(&mut self.session.log);
        self.session = session;
        self.hover = None;
        self.press = None;
        self.held.clear();
    }

    pub(super) fn recover_dialog(&mut self, ctx: &egui::Context, mut offers: Vec<Offer>) {
        let choice = framed(ctx, "recover", |ui| recover_ui(ui, &self.theme, &offers));
        let mut taken = |place: usize| {
            let known = place < offers.len();
            known.then(|| offers.remove(place).key)
        };
        match choice {
            None => self.dialog = Some(Dialog::Recover(offers)),
            Some(Choice::Later) => {
                self.tell(
                    Level::Info,
                    "Unsaved work is offered again at the next start",
                );
            }
            Some(Choice::Recover(place)) => {
                self.answers.extend(taken(place).map(Answer::Recover));
                ctx.request_repaint();
            }
            Some(Choice::Discard(place)) => {
                self.answers.extend(taken(place).map(Answer::Discard));
                self.offer(offers);
                ctx.request_repaint();
            }
        }
    }
}

fn recover_ui(ui: &mut Ui, theme: &Theme, offers: &[Offer]) -> Option<Choice> {
    ui.set_width(WIDTH);
    let strong = |text: &str, size| {
        egui::RichText::new(text)
            .font(theme::semibold(size))
            .color(*theme.text_strong)
    };
    ui.label(strong("Recover unsaved work?", 13.0));
    ui.add_space(4.0);
    let text = "Keypose ended before this was saved";
    ui.label(egui::RichText::new(text).color(*theme.text_2));
    ui.add_space(10.0);
    let mut choice = None;
    let list = egui::ScrollArea::vertical().max_height(LIST);
    list.show(ui, |ui| {
        for (place, offer) in offers.iter().enumerate() {
            choice = offer_ui(ui, theme, place, offer).or(choice.take());
        }
    });
    ui.add_space(6.0);
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(WIDTH, ROW), layout, |ui| {
        let later = ui.button("Later");
        if later
            .on_hover_text("Keep it and ask again at the next start")
            .clicked()
        {
            choice = Some(Choice::Later);
        }
    });
    if choice.is_some() {
        return choice;
    }
    let key = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if key(Key::Escape) {
        return Some(Choice::Later);
    }
    let free = ui.memory(|memory| memory.focused().is_none());
    (free && key(Key::Enter)).then_some(Choice::Recover(0))
}

/// A document with its two buttons; the newest one's is the button that Enter presses.
fn offer_ui(ui: &mut Ui, theme: &Theme, place: usize, offer: &Offer) -> Option<Choice> {
    let mut choice = None;
    let layout = Layout::right_to_left(Align::Center);
    ui.allocate_ui_with_layout(vec2(WIDTH, 2.0 * ROW), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let recover = match place {
            0 => primary(ui, theme, "Recover"),
            _ => ui.button("Recover"),
        };
        let called = |words: &str| format!("{words} {}", offer.title);
        recover.widget_info(|| WidgetInfo::labeled(Role::Button, true, called("Recover")));
        if recover.on_hover_text("Go on with this document").clicked() {
            choice = Some(Choice::Recover(place));
        }
        let discard = ui.button("Discard");
        discard.widget_info(|| WidgetInfo::labeled(Role::Button, true, called("Discard")));
        if discard.on_hover_text("Do not offer this again").clicked() {
            choice = Some(Choice::Discard(place));
        }
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.add_space(4.0);
            let title = egui::RichText::new(&offer.title)
                .font(theme::medium(12.0))
                .color(*theme.text_strong);
            ui.add(egui::Label::new(title).truncate());
            let detail = egui::RichText::new(&offer.detail).color(*theme.text_2);
            ui.add(egui::Label::new(detail).truncate());
        });
    });
    choice
}
