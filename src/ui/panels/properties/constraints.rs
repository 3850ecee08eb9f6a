//! The constraints of a bone, in the order in which they work: switch, influence, what each looks at, its
//! place in the stack.

use egui::{Align2, FontId, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use crate::model::choice::Choice as _;
use crate::model::constraint::Constraint;
use crate::model::constraint_targets::Seen;
use crate::ui::acts::{Act, quoted};
use crate::ui::desk::Desk;
use crate::ui::icons;
use crate::ui::menus::{self, Entry};
use crate::ui::panels::properties::grid::{child, note, row};
use crate::ui::panels::properties::subject::Subject;
use crate::ui::theme::{self, RADIUS, ROW, Theme};
use crate::ui::widgets::field::{Ask, NumberField, stroke};
use crate::ui::widgets::{clipped_text, focus_ring, icon_button, text};

/// Bones that one menu lists.
const IN_A_MENU: usize = 24;

/// Shows the button that adds a constraint.
pub fn tools_ui(ui: &mut Ui, desk: &mut Desk) {
    let (label, call) = ("Add Constraint", "pose.constraint_add()");
    let button = icon_button(ui, desk.theme, icons::PLUS, label, false);
    if button.clicked() {
        desk.acts.start(call);
    }
    let doc = "Choose what the constraint does from a menu";
    button.on_hover_ui(|ui| desk.tooltip(ui, label, call, doc));
}

/// Shows the section.
pub fn constraints_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let Some(setup) = subject.rig.setup(subject.bone) else {
        return;
    };
    if setup.constraints.is_empty() {
        note(ui, desk.theme, "None yet; the plus above adds one");
    } else {
        let words = "Constraints are kept and saved, but do not move the bone yet";
        note(ui, desk.theme, words);
    }
    let last = setup.constraints.len().saturating_sub(1);
    for (place, constraint) in setup.constraints.iter().enumerate() {
        let stack = Stack {
            subject,
            constraint,
            ends: (place == 0, place == last),
        };
        ui.push_id(("constraint", constraint.name.as_str()), |ui| {
            stack.title_ui(ui, desk);
            stack.influence_ui(ui, desk);
            if constraint.takes_target() {
                stack.target_ui(ui, desk);
            }
            ui.add_space(4.0);
        });
    }
    ui.add_space(2.0);
}

/// A constraint with its bone.
#[derive(Clone, Copy)]
struct Stack<'a> {
    subject: Subject<'a>,
    constraint: &'a Constraint,
    /// Whether it is the first, and the last.
    ends: (bool, bool),
}

impl Stack<'_> {
    /// A call of an operator on this constraint; `more` are further parameters.
    fn call(&self, desk: &Desk, id: &str, more: &str) -> String {
        let rig = self.subject.rig_argument(desk);
        let (bone, name) = (quoted(self.subject.name()), quoted(&self.constraint.name));
        format!("{id}({rig}bone: {bone}, constraint: {name}{more})")
    }

    /// Eye, name, and what moves and removes it.
    fn title_ui(&self, ui: &mut Ui, desk: &mut Desk) {
        let theme = desk.theme;
        let size = vec2(ui.available_width(), ROW + 2.0);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let rect = rect.with_max_y(rect.top() + ROW);
        let name = self.constraint.name.as_str();
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
        let on = self.constraint.enabled && !self.constraint.mute;
        let eye = Rect::from_min_size(rect.min + vec2(6.0, 0.0), vec2(ROW, ROW));
        let (icon, label) = match on {
            true => (icons::EYE, format!("Switch {name} off")),
            false => (icons::EYE_SLASH, format!("Switch {name} on")),
        };
        let call = self.call(desk, "constraint.set", &format!(", enabled: {}", !on));
        small_button(ui, desk, eye, (icon, &label), &call, true);
        let mut right = rect.right() - 8.0;
        let mut slot = || {
            right -= ROW;
            Rect::from_min_size(egui::pos2(right, rect.top()), vec2(ROW, ROW))
        };
        let (first, last) = self.ends;
        let buttons = [
            (icons::TRASH, "Delete", "constraint.delete", true),
            (
                icons::ARROW_DOWN,
                "Move down",
                "constraint.move_down",
                !last,
            ),
            (icons::ARROW_UP, "Move up", "constraint.move_up", !first),
        ];
        for (icon, verb, id, possible) in buttons {
            let label = format!("{verb}: {name}");
            let call = self.call(desk, id, "");
            small_button(ui, desk, slot(), (icon, &label), &call, possible);
        }
        let room = rect.with_min_x(eye.right() + 4.0).with_max_x(right - 4.0);
        self.words_ui(ui, theme, room, on);
    }

    /// The name, and behind it the type where the name does not tell it.
    fn words_ui(&self, ui: &Ui, theme: &Theme, room: Rect, on: bool) {
        let Constraint { name, kind, .. } = self.constraint;
        let strong = match on {
            true => *theme.text_strong,
            false => *theme.text_off,
        };
        let told = name.starts_with(kind.stack_name()) || name.starts_with(kind.label());
        let words = match told {
            true => name.clone(),
            false => format!("{name}  ·  {}", kind.label()),
        };
        clipped_text(ui, room, &words, theme::medium(12.0), strong);
    }

    fn influence_ui(&self, ui: &mut Ui, desk: &mut Desk) {
        let places = row(ui, desk.theme, "Influence");
        let mut room = child(ui, places.field, "influence");
        let label = format!("Influence of {}", self.constraint.name);
        let field = NumberField {
            name: &label,
            digits: 3,
            speed: 0.005,
            range: (0.0, 1.0),
            slider: Some((0.0, 1.0)),
            default: Some(1.0),
            ..NumberField::default()
        };
        let (_, ask) = field.ask(&mut room, desk.theme, self.constraint.influence);
        let value = match ask {
            Some(Ask::Set { value, .. } | Ask::Drag { value, .. }) => value,
            _ => return,
        };
        let merge = match stroke(ui) {
            Some(stroke) => format!("drag {stroke}/{label}"),
            None => format!("{}/{label}", desk.gesture),
        };
        let call = self.call(desk, "constraint.set", &format!(", influence: {value:?}"));
        desk.acts.run(&call, &merge);
    }

    /// What it looks at, which a click changes.
    fn target_ui(&self, ui: &mut Ui, desk: &mut Desk) {
        let theme = desk.theme;
        let places = row(ui, theme, "Target");
        let rect = places.field;
        let words = match self.constraint.seen() {
            Some(Seen::Bone(bone)) => bone,
            Some(Seen::Other(rig, bone)) => format!("{bone} ({rig})"),
            Some(Seen::Object(object)) => object,
            None if self.constraint.target_self => "Its own rig".to_owned(),
            None => "None".to_owned(),
        };
        let id = ui.scope_id().with("target");
        let response = ui.interact(rect, id, Sense::click());
        let label = format!("Target of {}", self.constraint.name);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), &label);
            info.current_text_value = Some(words.clone());
            info
        });
        let fill = match () {
            () if response.is_pointer_button_down_on() => theme.button_press,
            () if response.hovered() => theme.field_hover,
            () => theme.field,
        };
        ui.painter().rect_filled(rect, RADIUS, fill);
        let room = rect
            .with_min_x(rect.left() + 8.0)
            .with_max_x(rect.right() - 22.0);
        let (font, color) = (FontId::proportional(12.0), *theme.text_strong);
        clipped_text(ui, room, &words, font, color);
        let mark = rect.with_min_x(rect.right() - 20.0);
        let (font, color) = (theme::icon(11.0), *theme.text_2);
        text(
            ui,
            mark,
            Align2::CENTER_CENTER,
            icons::CARET_DOWN,
            font,
            color,
        );
        focus_ring(ui, theme, &response);
        if response.clicked() {
            let entries = self.targets(desk);
            desk.acts.push(Act::Menu(label, entries));
        }
        response.on_hover_text("What the constraint looks at; click to choose a bone or an empty");
    }

    /// An entry for everything that it can look at, what is selected first.
    fn targets(&self, desk: &Desk) -> Vec<Entry> {
        let call =
            |fields: &str| self.call(desk, "constraint.set", &format!(", target: ({fields})"));
        let bone = |name: &str, label: &str| {
            menus::run(&call(&format!("bone: {}", quoted(name))), Some(label))
        };
        let armature = &self.subject.rig.armature;
        let own = self.subject.bone;
        let mut entries = Vec::new();
        let mut selected = self.subject.rig.selected_bones().into_iter();
        if let Some(other) = selected.find(|&other| other != own) {
            let name = armature.name(other);
            entries.extend(bone(name, &format!("Selected: {name}")));
        }
        for empty in desk.document.empties.iter().take(IN_A_MENU) {
            let fields = format!("object: {}", quoted(&empty.name));
            let label = format!("{} (Empty)", empty.name);
            entries.extend(menus::run(&call(&fields), Some(&label)));
        }
        if !entries.is_empty() {
            entries.push(Entry::Line);
        }
        let mut names: Vec<&str> = armature
            .ids()
            .filter(|&id| id != own)
            .map(|id| armature.name(id))
            .collect();
        names.sort_unstable();
        for part in names.chunks(IN_A_MENU) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else {
                continue;
            };
            let title = match names.len() > IN_A_MENU {
                true => format!("{first} – {last}"),
                false => "Bones".to_owned(),
            };
            let bones = part.iter().filter_map(|name| bone(name, name)).collect();
            entries.push(Entry::Menu(title, bones));
        }
        entries.push(Entry::Line);
        entries.extend(menus::run(&call(""), Some("None")));
        entries
    }
}

/// A small button for a call on a constraint.
fn small_button(
    ui: &mut Ui,
    desk: &mut Desk,
    rect: Rect,
    (icon, label): (&str, &str),
    call: &str,
    possible: bool,
) {
    let mut room = child(ui, rect, label);
    let shown = |ui: &mut Ui| icon_button(ui, desk.theme, icon, label, false);
    let response = room.add_enabled_ui(possible, shown).inner;
    if response.clicked() {
        desk.acts.run(call, "");
    }
    response.on_hover_text(label);
}
