//! Menus: a tree of calls from `assets/menus.ron`. Labels come from the registry, keys from the keymap.

use crate::model::choice::Item;
use crate::ops::call;
use crate::ops::frame::Panel;
use crate::ops::operator::Offer;
use crate::ops::props::Value;
use crate::ops::registry::AnyOperator;
use crate::ops::time::TimeSwitch;

const BUNDLED: &str = include_str!("../../assets/menus.ron");

/// What a menu shows a check mark for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Mark {
    /// Bones are drawn over the mesh.
    InFront,
    /// Bones, grid and text are drawn.
    Overlays,
    /// Lines in depth stay parallel.
    Orthographic,
    /// The floor is drawn.
    Floor,
    /// Bones are drawn.
    Bones,
    /// The names of bones are drawn.
    Names,
    /// The lines on rig and frame are drawn.
    Text,
    /// The item is the style of the bones.
    BoneStyle,
    /// The item is the shading.
    Shading,
    /// The item is the pivot point.
    PivotPoint,
    /// The item is the orientation of transforms.
    Orientation,
    /// Handles are shown.
    Gizmos,
    /// Transforms keep to steps.
    Snap,
    /// Something of the timeline is on.
    Time(TimeSwitch),
    /// The panel can be seen.
    Panel(Panel),
    /// One panel has the whole window.
    Maximised,
    /// The window fills the screen.
    FullScreen,
    /// Changes of a pose are keyed.
    AutoKey,
    /// It is known whether it is on.
    Known(bool),
}

impl Mark {
    /// What the items of a choice of the view show a check mark for.
    fn of(id: &str) -> Option<Self> {
        match id {
            "view3d.bone_style" => Some(Self::BoneStyle),
            "view3d.shading" => Some(Self::Shading),
            "view3d.pivot_point" => Some(Self::PivotPoint),
            "view3d.orientation" => Some(Self::Orientation),
            _ => None,
        }
    }
}

/// A line of a menu as it is written.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
enum Written {
    /// A call.
    Run {
        call: String,
        #[serde(default)]
        label: Option<String>,
        #[serde(default)]
        dialog: bool,
        #[serde(default)]
        mark: Option<Mark>,
        /// Runs as it is, without asking for anything.
        #[serde(default)]
        exact: bool,
    },
    /// A menu with an entry for each item of a parameter of the call.
    Each {
        call: String,
        parameter: String,
        #[serde(default)]
        label: Option<String>,
    },
    /// A menu within.
    Menu(String, Vec<Written>),
    /// A menu at the pointer, in a panel of this name.
    Context(String, Vec<Written>),
    /// A line between groups.
    Line,
    /// An entry per workspace.
    Workspaces,
    /// The selection sets of the active rig, a line each.
    Sets,
    /// The files that were used lately, a line each.
    Recent,
    /// What the program is.
    About,
}

/// A line of a menu.
#[derive(Clone)]
pub enum Entry {
    /// A call.
    Run(Box<Command>),
    /// A menu within.
    Menu(String, Vec<Entry>),
    /// Groups beside each other, each below its heading.
    Columns(Vec<(String, Vec<Entry>)>),
    /// A line between groups.
    Line,
    /// An entry per workspace.
    Workspaces,
    /// The selection sets of the active rig, a line each.
    Sets,
    /// The files that were used lately, a line each.
    Recent,
    /// What the program is.
    About,
}

/// A call in a menu.
#[derive(Clone)]
pub struct Command {
    /// What is called.
    pub op: Box<dyn AnyOperator>,
    /// The call as script text, to look its key up.
    pub call: String,
    /// What the user reads.
    pub label: String,
    /// What it shows a check mark for.
    pub mark: Option<Mark>,
    /// Whether it runs as it is, without asking for anything.
    pub exact: bool,
    /// What it does; nothing: as the operator says.
    pub doc: &'static str,
}

/// The menus of the menu bar, and those at the pointer.
#[derive(Default)]
pub struct Menus {
    /// Title and entries.
    pub menus: Vec<(String, Vec<Entry>)>,
    /// Those at the pointer, by the names of their panels.
    pub contexts: Vec<(String, Vec<Entry>)>,
}

impl Menus {
    /// The menus that come with the program, and what is wrong with them.
    pub fn bundled() -> (Self, Vec<String>) {
        Self::parse(BUNDLED)
    }

    /// Reads menus; entries that are wrong are left out and told.
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let written: Vec<Written> = match call::options().from_str(text) {
            Ok(written) => written,
            Err(error) => return (Self::default(), vec![format!("menus.ron:{error}")]),
        };
        let mut errors = Vec::new();
        let mut menus = Self::default();
        for written in written {
            let list = match &written {
                Written::Context(..) => &mut menus.contexts,
                _ => &mut menus.menus,
            };
            if let Some(Entry::Menu(title, entries)) = entry(written, &mut errors) {
                list.push((title, entries));
            }
        }
        (menus, errors)
    }

    /// The entries of the menu at the pointer in the panel of this name.
    pub fn context(&self, panel: &str) -> &[Entry] {
        let found = self.contexts.iter().find(|(other, _)| other == panel);
        found.map_or(&[], |(_, entries)| entries)
    }

    /// The entries of the menu with this title.
    pub fn titled(&self, title: &str) -> &[Entry] {
        let found = self.menus.iter().find(|(other, _)| other == title);
        found.map_or(&[], |(_, entries)| entries)
    }

    /// The entries of the menu of files that were used lately.
    pub fn recent(&self) -> &[Entry] {
        fn holder(entries: &[Entry]) -> Option<&[Entry]> {
            let own = entries.iter().any(|entry| matches!(entry, Entry::Recent));
            own.then_some(entries).or_else(|| {
                entries.iter().find_map(|entry| match entry {
                    Entry::Menu(_, entries) => holder(entries),
                    _ => None,
                })
            })
        }
        let mut menus = self.menus.iter();
        menus
            .find_map(|(_, entries)| holder(entries))
            .unwrap_or(&[])
    }

    /// The calls of every menu.
    pub fn calls(&self) -> Vec<&str> {
        fn gather<'a>(entries: &'a [Entry], calls: &mut Vec<&'a str>) {
            for entry in entries {
                match entry {
                    Entry::Run(command) => calls.push(&command.call),
                    Entry::Menu(_, entries) => gather(entries, calls),
                    Entry::Columns(columns) => {
                        for (_, entries) in columns {
                            gather(entries, calls);
                        }
                    }
                    Entry::Line
                    | Entry::Workspaces
                    | Entry::Sets
                    | Entry::Recent
                    | Entry::About => {}
                }
            }
        }
        let mut calls = Vec::new();
        for (_, entries) in &self.menus {
            gather(entries, &mut calls);
        }
        calls
    }
}

fn entry(written: Written, errors: &mut Vec<String>) -> Option<Entry> {
    let parse = |text: &str, errors: &mut Vec<String>| match call::parse(text) {
        Ok(op) => Some(op),
        Err(error) => {
            errors.push(format!("menus.ron: `{text}`: {error}"));
            None
        }
    };
    Some(match written {
        Written::Run {
            call,
            label,
            dialog,
            mark,
            exact,
        } => {
            let op = parse(&call, errors)?;
            let mut label = label.unwrap_or_else(|| op.info().label.to_owned());
            if dialog {
                label.push('…');
            }
            Entry::Run(Box::new(Command {
                call: op.call_text(),
                op,
                label,
                mark,
                exact,
                doc: "",
            }))
        }
        Written::Each {
            call,
            parameter,
            label,
        } => {
            let op = parse(&call, errors)?;
            let label = label.unwrap_or_else(|| op.info().label.to_owned());
            let entries = each(op.as_ref(), &parameter);
            if entries.is_empty() {
                errors.push(format!("menus.ron: `{call}` has no choice `{parameter}`"));
            }
            Entry::Menu(label, entries)
        }
        Written::Menu(title, entries) | Written::Context(title, entries) => {
            let entries = entries
                .into_iter()
                .filter_map(|written| entry(written, errors));
            Entry::Menu(title, entries.collect())
        }
        Written::Line => Entry::Line,
        Written::Workspaces => Entry::Workspaces,
        Written::Sets => Entry::Sets,
        Written::Recent => Entry::Recent,
        Written::About => Entry::About,
    })
}

/// The entry of a call, with this label or the operator's own; nothing where the call is wrong.
pub fn run(call: &str, label: Option<&str>) -> Option<Entry> {
    let written = Written::Run {
        call: call.to_owned(),
        label: label.map(str::to_owned),
        dialog: false,
        mark: None,
        exact: false,
    };
    entry(written, &mut Vec::new())
}

/// An entry for each item of a parameter.
pub fn each(op: &dyn AnyOperator, parameter: &str) -> Vec<Entry> {
    let mark = Mark::of(op.info().id);
    let command = |(place, item): (usize, &Item)| {
        let op = with_item(op, parameter, place);
        let call = op.call_text();
        let label = item.label.to_owned();
        Entry::Run(Box::new(Command {
            op,
            call,
            label,
            mark: mark.filter(|_| parameter == "type"),
            exact: true,
            doc: item.doc.trim(),
        }))
    };
    let items = items(op, parameter);
    let entries: Vec<Entry> = items.iter().enumerate().map(command).collect();
    match items.iter().any(|item| !item.heading.is_empty()) {
        true => vec![Entry::Columns(columns(items, entries))],
        false => entries,
    }
}

/// The entries of items in groups, each with its heading.
fn columns(items: &[Item], entries: Vec<Entry>) -> Vec<(String, Vec<Entry>)> {
    let mut columns: Vec<(String, Vec<Entry>)> = Vec::new();
    for (item, entry) in items.iter().zip(entries) {
        if columns.is_empty() || !item.heading.is_empty() {
            columns.push((item.heading.to_owned(), Vec::new()));
        }
        if let Some((_, column)) = columns.last_mut() {
            column.push(entry);
        }
    }
    columns
}

/// An entry for a call that an operator offers.
pub fn offered(offer: &Offer) -> Option<Entry> {
    let op = call::parse(&offer.call).ok()?;
    Some(Entry::Run(Box::new(Command {
        op,
        call: offer.call.clone(),
        label: offer.label.clone(),
        mark: offer.on.map(Mark::Known),
        exact: true,
        doc: "",
    })))
}

/// The items that a parameter can take.
pub fn items(op: &dyn AnyOperator, parameter: &str) -> &'static [Item] {
    let mut op = op.boxed_clone();
    match value(op.as_mut(), parameter) {
        Some(Value::Choice(choice)) => choice.items(),
        _ => &[],
    }
}

/// A copy of the call in which the parameter has taken the item at `place`.
pub fn with_item(op: &dyn AnyOperator, parameter: &str, place: usize) -> Box<dyn AnyOperator> {
    let mut op = op.boxed_clone();
    if let Some(Value::Choice(choice)) = value(op.as_mut(), parameter) {
        choice.set_index(place);
    }
    op
}

/// Lends a parameter by its name.
pub fn value<'a>(op: &'a mut dyn AnyOperator, parameter: &str) -> Option<Value<'a>> {
    let place = op
        .fields()
        .iter()
        .position(|field| field.name == parameter)?;
    op.values().into_iter().nth(place)
}
