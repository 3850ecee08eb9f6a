//! Where lines break.

/// Columns that a line should not pass.
const WIDTH: usize = 100;
/// Columns that a record in a list may take before it is broken.
const ROW_WIDTH: usize = 200;

/// What kind of brackets stand around a group.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Struct,
    Tuple,
    List,
    Map,
}

/// A printed value, or a group of them that is yet to be laid out.
pub(super) enum Node {
    /// Text as it is, and whether it is a number.
    Atom(String, bool),
    Group(Group),
}

pub(super) struct Group {
    kind: Kind,
    items: Vec<Item>,
    /// Columns if laid out on one line.
    width: usize,
    /// Whether it holds records, at any depth.
    records: bool,
    /// Whether it is broken wherever it stands.
    tall: bool,
}

/// A value in a group, and its name with a colon where it has one.
pub(super) struct Item {
    pub key: String,
    pub value: Node,
}

impl Item {
    fn width(&self) -> usize {
        self.key.chars().count() + self.value.width()
    }
}

impl Node {
    pub(super) fn group(kind: Kind, items: Vec<Item>) -> Self {
        let inner: usize = items.iter().map(|item| item.width() + 2).sum();
        let records = items.iter().any(|item| item.value.is_record());
        let listed = matches!(kind, Kind::List | Kind::Map);
        Self::Group(Group {
            kind,
            width: inner.max(2),
            records,
            tall: listed && records || items.iter().any(|item| item.value.is_tall()),
            items,
        })
    }

    fn width(&self) -> usize {
        match self {
            Self::Atom(text, _) => text.chars().count(),
            Self::Group(group) => group.width,
        }
    }

    fn is_record(&self) -> bool {
        matches!(self, Self::Group(group)
            if group.records || matches!(group.kind, Kind::Struct | Kind::Map))
    }

    fn is_tall(&self) -> bool {
        matches!(self, Self::Group(group) if group.tall)
    }

    /// A record without records in it.
    fn is_row(&self) -> bool {
        matches!(self, Self::Group(group) if !group.records && group.kind != Kind::List)
    }

    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.print(&mut out, 0, WIDTH);
        out
    }

    /// The items of a group, a line each.
    pub(super) fn inner_lines(&self, indent: usize) -> String {
        let mut out = String::new();
        if let Self::Group(group) = self {
            group.print_lines(&mut out, indent);
        }
        out
    }

    /// Prints the value at the end of `out`, on this line if it takes no more than `room` columns.
    fn print(&self, out: &mut String, indent: usize, room: usize) {
        let group = match self {
            Self::Atom(text, _) => return out.push_str(text),
            Self::Group(group) => group,
        };
        let (open, close) = match group.kind {
            Kind::Struct | Kind::Tuple => ('(', ')'),
            Kind::List => ('[', ']'),
            Kind::Map => ('{', '}'),
        };
        out.push(open);
        if !group.tall && group.width <= room {
            for (index, item) in group.items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                out.push_str(&item.key);
                item.value.print(out, indent, usize::MAX);
            }
        } else if !group.items.is_empty() {
            out.push('\n');
            group.print_lines(out, indent + 2);
            start_line(out, indent);
        }
        out.push(close);
    }
}

impl Group {
    fn print_lines(&self, out: &mut String, indent: usize) {
        let number = |item: &Item| matches!(item.value, Node::Atom(_, true));
        if self.kind == Kind::List && self.items.iter().all(number) {
            return self.print_filled(out, indent);
        }
        let listed = matches!(self.kind, Kind::List | Kind::Map);
        for item in &self.items {
            start_line(out, indent);
            out.push_str(&item.key);
            let limit = if listed && item.value.is_row() {
                ROW_WIDTH
            } else {
                WIDTH
            };
            let before = indent + item.key.chars().count() + 1;
            item.value.print(out, indent, limit.saturating_sub(before));
            out.push_str(",\n");
        }
    }

    /// As many numbers on a line as it holds.
    fn print_filled(&self, out: &mut String, indent: usize) {
        let mut column = 0;
        for item in &self.items {
            let width = item.width() + 2;
            if column == 0 || column + width > WIDTH {
                if column > 0 {
                    out.push('\n');
                }
                start_line(out, indent);
                column = indent;
            } else {
                out.push(' ');
            }
            item.value.print(out, indent, usize::MAX);
            out.push(',');
            column += width;
        }
        out.push('\n');
    }
}

fn start_line(out: &mut String, indent: usize) {
    out.extend(std::iter::repeat_n(' ', indent));
}
