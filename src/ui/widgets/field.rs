//! A number field: drag it to scrub, click it to type, right-click it for more.
//!
//! Shift makes dragging fine, Ctrl steps, Escape brings back the value from before. With Alt the change is
//! meant for all selected things: a typed value as it is, a dragged one as the same offset.

use egui::{Color32, Key, PointerButton, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::eval::keyed::Keyed;
use crate::ui::theme::{ROW, Theme};
use crate::ui::widgets::arithmetic::{self, Measure};
use crate::ui::widgets::diamond;
use crate::ui::widgets::field_keys::{self, Order};
use crate::ui::widgets::{field_edit, field_menu};

/// How a number is shown and dragged.
#[derive(Clone, Debug)]
pub struct NumberField<'a> {
    /// What a screen reader says.
    pub name: &'a str,
    /// Stands at the left of the field.
    pub label: &'a str,
    /// Follows the number without a space.
    pub unit: &'a str,
    /// Digits after the point; without any, values are whole.
    pub digits: usize,
    /// Change per point of dragging.
    pub speed: f64,
    /// Change per arrow key; dragging with Ctrl goes to its multiples.
    pub step: f64,
    /// Limits of what is given back.
    pub range: (f64, f64),
    /// Shows how far the value is between these.
    pub slider: Option<(f64, f64)>,
    /// Colour of the bar at the left edge.
    pub bar: Option<Color32>,
    /// Whether it is shown weak, as operators leave the value alone.
    pub locked: bool,
    /// What it is reset to; without one it cannot be.
    pub default: Option<f64>,
    /// The values of its row, itself among them, for what is done with all of them.
    pub row: &'a [f64],
    /// What its row is reset to.
    pub row_defaults: &'a [f64],
    /// How its channel stands to its curve; nothing where it cannot be keyed.
    pub keyed: Option<Keyed>,
    /// What else its menu offers.
    pub offers: Offers,
}

/// What a field's menu offers beside copying and resetting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The call that sets the value, to be copied.
    pub call: bool,
    /// Locking the value, and whether it is locked.
    pub lock: Option<bool>,
    /// Giving the value to all that is selected.
    pub selected: bool,
}

impl Default for NumberField<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: "",
            unit: "",
            digits: 3,
            speed: 0.01,
            step: 0.1,
            range: (f64::NEG_INFINITY, f64::INFINITY),
            slider: None,
            bar: None,
            locked: false,
            default: None,
            row: &[],
            row_defaults: &[],
            keyed: None,
            offers: Offers::default(),
        }
    }
}

/// What the user wants of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// This value.
    Set {
        /// In the field's unit.
        value: f64,
        /// Whether all that is selected gets it.
        everywhere: bool,
    },
    /// This value for now.
    Drag {
        /// In the field's unit.
        value: f64,
        /// Whether all that is selected changes by the same amount.
        everywhere: bool,
    },
    /// These values for the whole row.
    SetAll {
        /// In the field's unit.
        values: Vec<f64>,
        /// Whether all that is selected gets them.
        everywhere: bool,
    },
    /// The call that sets the value, on the clipboard.
    CopyCall,
    /// The value locked, or not.
    Lock(bool),
    /// Something done with keys.
    Key(Keying),
}

/// What is done with keys of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keying {
    /// What is done.
    pub what: KeyingVerb,
    /// Whether the whole row is meant.
    pub all: bool,
}

/// What can be done with keys of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyingVerb {
    /// Sets a key at the current frame.
    Insert,
    /// Takes the key at the current frame away.
    Delete,
    /// Takes all keys away.
    Clear,
}

/// A drag that goes on.
#[derive(Clone, Copy, Default)]
struct Scrub {
    start: f64,
    /// Points, those of fine dragging counted less.
    moved: f64,
    given_up: bool,
}

impl NumberField<'_> {
    /// Shows the field; gives the new value where the user changed it.
    pub fn show(&self, ui: &mut Ui, theme: &Theme, value: f64) -> (Response, Option<f64>) {
        let (response, ask) = self.ask(ui, theme, value);
        let new = match ask {
            Some(Ask::Set { value, .. } | Ask::Drag { value, .. }) => Some(value),
            _ => None,
        };
        (response, new)
    }

    /// Shows the field; gives what the user wants of it.
    pub fn ask(&self, ui: &mut Ui, theme: &Theme, value: f64) -> (Response, Option<Ask>) {
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let wanted = field_edit::pass_by(ui, response.id);
        if field_edit::is_open(ui, response.id) {
            let ask = self.edit(ui, theme, rect, response.id, value);
            return (response, ask);
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::SpinButton, ui.is_enabled(), self.name);
            info.value = Some(value);
            info
        });
        if let Some(words) = self.keyed.map(diamond::words) {
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_description(words));
        }
        let response = response.on_hover_cursor(egui::CursorIcon::ResizeHorizontal);
        field_keys::register(ui, &response, self.keyed.is_some());
        self.paint(ui, theme, rect, &response, value);
        field_edit::refusal_ui(ui, theme, &response);
        let order = field_keys::take(ui, response.id);
        let open = response.clicked() || wanted || order == Some(Order::Edit);
        if open && ui.is_enabled() {
            field_edit::open(ui, &response, self.number(value));
            if wanted {
                response.scroll_to_me(None);
            }
        }
        let ask = order.and_then(|order| self.ordered(ui, &response, order, value));
        let ask = ask.or_else(|| self.scrubbed(ui, &response, value));
        let ask = ask.or_else(|| field_menu::menu_ui(ui, theme, self, &response, value));
        (response, ask)
    }

    /// Does what a key or the menu said.
    fn ordered(&self, ui: &Ui, response: &Response, order: Order, value: f64) -> Option<Ask> {
        let everywhere = ui.input(|input| input.modifiers.alt);
        let set = |value| Ask::Set { value, everywhere };
        match order {
            Order::Edit => None,
            Order::Copy => {
                ui.ctx().copy_text(self.number(value));
                None
            }
            Order::CopyAll => {
                let all: Vec<String> = self.row.iter().map(|value| self.number(*value)).collect();
                ui.ctx().copy_text(format!("[{}]", all.join(", ")));
                None
            }
            Order::Paste(line) => match self.read(&line) {
                Ok(value) => Some(Ask::Set {
                    value,
                    everywhere: false,
                }),
                Err(wrong) => field_edit::refuse(ui, response.id, wrong),
            },
            Order::PasteAll(line) => match self.read_all(&line) {
                Ok(values) => Some(Ask::SetAll {
                    values,
                    everywhere: false,
                }),
                Err(wrong) => field_edit::refuse(ui, response.id, wrong),
            },
            Order::Reset => self.default.map(set),
            Order::ResetAll if self.row_defaults.is_empty() => self.default.map(set),
            Order::ResetAll => Some(Ask::SetAll {
                values: self.row_defaults.to_vec(),
                everywhere,
            }),
            Order::Key(keying) => self.keyed.map(|_| Ask::Key(keying)),
            Order::Step(steps) => {
                let new = self.clamp(value + steps * self.step);
                (new != value).then_some(Ask::Drag {
                    value: new,
                    everywhere,
                })
            }
        }
    }

    /// The number that a line of text means.
    pub(super) fn read(&self, line: &str) -> Result<f64, String> {
        let value = arithmetic::evaluate(line, Measure::of(self.unit))?;
        Ok(self.clamp(value))
    }

    fn read_all(&self, line: &str) -> Result<Vec<f64>, String> {
        let line = line.trim().trim_start_matches(['[', '(']);
        let line = line.trim_end_matches([']', ')']);
        let parts: Vec<&str> = line.split([',', ';']).collect();
        if parts.len() != self.row.len() {
            let (found, wanted) = (parts.len(), self.row.len());
            return Err(format!("The clipboard holds {found} numbers, not {wanted}"));
        }
        parts.into_iter().map(|part| self.read(part)).collect()
    }

    fn scrubbed(&self, ui: &Ui, response: &Response, value: f64) -> Option<Ask> {
        if let Some(value) = accesskit_value(ui, response.id) {
            let value = self.clamp(value);
            return Some(Ask::Set {
                value,
                everywhere: false,
            });
        }
        let id = response.id.with("scrub");
        let begun = ui.data(|data| data.get_temp::<Scrub>(id));
        let (held, escape) = ui.input(|input| {
            let second = input.pointer.button_pressed(PointerButton::Secondary);
            (input.modifiers, input.key_pressed(Key::Escape) || second)
        });
        // Escape ends a drag for egui too.
        let dragged = response.dragged_by(PointerButton::Primary);
        if let Some(scrub) = begun
            && (!dragged || escape)
        {
            let given_up = scrub.given_up || escape;
            if dragged {
                ui.data_mut(|data| data.insert_temp(id, Scrub { given_up, ..scrub }));
            } else {
                ui.data_mut(|data| data.remove_temp::<Scrub>(id));
            }
            let back = escape && !scrub.given_up && scrub.start != value;
            return back.then_some(Ask::Drag {
                value: scrub.start,
                everywhere: held.alt,
            });
        }
        if !dragged {
            return None;
        }
        let mut scrub = begun.unwrap_or(Scrub {
            start: value,
            ..Scrub::default()
        });
        if scrub.given_up {
            return None;
        }
        let fine = if held.shift { 0.1 } else { 1.0 };
        scrub.moved += f64::from(response.drag_delta().x) * fine;
        ui.data_mut(|data| data.insert_temp(id, scrub));
        let per_point = match self.slider {
            Some((min, max)) => (max - min) / f64::from(response.rect.width().max(1.0)),
            None => self.speed,
        };
        let moved = scrub.start + scrub.moved * per_point;
        let new = if held.ctrl || held.command {
            let step = (self.step * fine).max(1e-9);
            self.clamp((moved / step).round() * step)
        } else {
            self.clamp(moved)
        };
        (new != value).then_some(Ask::Drag {
            value: new,
            everywhere: held.alt,
        })
    }

    fn clamp(&self, value: f64) -> f64 {
        let value = value.max(self.range.0).min(self.range.1);
        if self.digits == 0 {
            value.round()
        } else {
            value
        }
    }
}

fn accesskit_value(ui: &Ui, id: egui::Id) -> Option<f64> {
    use egui::accesskit::{Action, ActionData};
    ui.input(|input| {
        let mut requests = input.accesskit_action_requests(id, Action::SetValue);
        requests.find_map(|request| match request.data {
            Some(ActionData::NumericValue(value)) => Some(value),
            _ => None,
        })
    })
}

/// The press that a drag belongs to: the same while it goes on, another one for the next.
pub fn stroke(ui: &Ui) -> Option<u64> {
    let since = ui.input(|input| input.pointer.press_start_time());
    since.map(f64::to_bits)
}
