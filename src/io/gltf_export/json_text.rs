//! A JSON text that is changed at places: everything else stays byte by byte as it was.
//!
//! The text is known to be valid, it was read before. Places are ranges of bytes; changes are gathered and
//! made at the end, so that ranges stay true.

use std::ops::Range;

/// A place in the text.
pub type Span = Range<usize>;

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// From its name to its value.
    pub whole: Span,
    /// Its value.
    pub value: Span,
}

/// A JSON text and what is to change in it.
pub struct JsonText<'a> {
    text: &'a [u8],
    changes: Vec<(Span, Vec<u8>)>,
}

impl<'a> JsonText<'a> {
    /// A text whose root is an object.
    pub fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            changes: Vec::new(),
        }
    }

    /// The root object.
    pub fn root(&self) -> Span {
        let start = skip_space(self.text, 0);
        start..skip_value(self.text, start)
    }

    /// The bytes at a place.
    pub fn get(&self, span: &Span) -> &'a [u8] {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// A member of the object that stands at a place; of several of one name the last, as readers take it.
    pub fn member(&self, object: &Span, name: &str) -> Option<Member> {
        let mut members = self.parts(object, b'{').into_iter().rev();
        members.find_map(|whole| {
            let end = skip_value(self.text, whole.start);
            let given: String = serde_json::from_slice(self.get(&(whole.start..end))).ok()?;
            let colon = skip_space(self.text, end);
            let start = skip_space(self.text, colon + 1);
            let value = start..whole.end;
            (given == name).then_some(Member { whole, value })
        })
    }

    /// The items of the list that stands at a place.
    pub fn items(&self, list: &Span) -> Vec<Span> {
        self.parts(list, b'[')
    }

    /// The parts of an object or a list, without the commas and the space around them.
    fn parts(&self, span: &Span, open: u8) -> Vec<Span> {
        let mut parts = Vec::new();
        if self.text.get(span.start) != Some(&open) {
            return parts;
        }
        let mut at = skip_space(self.text, span.start + 1);
        while at + 1 < span.end {
            let mut end = skip_value(self.text, at);
            let after = skip_space(self.text, end);
            if open == b'{' && self.text.get(after) == Some(&b':') {
                end = skip_value(self.text, skip_space(self.text, after + 1));
            }
            parts.push(at..end);
            at = skip_space(self.text, skip_space(self.text, end) + 1);
        }
        parts
    }

    /// Puts a text in the place of another.
    pub fn replace(&mut self, span: Span, with: impl Into<Vec<u8>>) {
        self.changes.push((span, with.into()));
    }

    /// Sets a member of an object, which is added at the end where it is missing.
    pub fn set(&mut self, object: &Span, name: &str, value: &str) {
        match self.member(object, name) {
            Some(member) => self.replace(member.value, value),
            None => self.add(object, &format!("{}:{value}", quoted(name))),
        }
    }

    /// Adds items to a list of the root, which is made where it is missing.
    pub fn append(&mut self, list: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let joined = items.join(",");
        let root = self.root();
        match self.member(&root, list) {
            Some(found) if self.text.get(found.value.start) == Some(&b'[') => {
                self.add(&found.value, &joined);
            }
            Some(found) => self.replace(found.value, format!("[{joined}]")),
            None => self.add(&root, &format!("{}:[{joined}]", quoted(list))),
        }
    }

    /// Adds a part at the end of an object or a list.
    fn add(&mut self, span: &Span, part: &str) {
        let open = self.text.get(span.start).copied().unwrap_or_default();
        match self.parts(span, open).last() {
            Some(last) => self.replace(last.end..last.end, format!(",{part}")),
            None => self.replace(span.start + 1..span.start + 1, part),
        }
    }

    /// Takes a member out of an object, with the comma that parts it from its neighbour.
    pub fn remove(&mut self, object: &Span, member: &Member) {
        let parts = self.parts(object, b'{');
        let place = parts.iter().position(|part| *part == member.whole);
        let next = place.and_then(|place| parts.get(place + 1));
        let previous = place.and_then(|place| parts.get(place.checked_sub(1)?));
        let span = match (previous, next) {
            (_, Some(next)) => member.whole.start..next.start,
            (Some(previous), None) => previous.end..member.whole.end,
            (None, None) => member.whole.clone(),
        };
        self.replace(span, "");
    }

    /// Whether anything is to change.
    pub fn is_changed(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The text with every change made; of changes at one place the first stands first. What is changed within
    /// a part that is replaced as a whole is gone with it.
    pub fn finish(mut self) -> Vec<u8> {
        // An addition comes before what is replaced at its place, a whole before its parts.
        let order = |span: &Span| (span.start, !span.is_empty(), std::cmp::Reverse(span.end));
        self.changes.sort_by_key(|(span, _)| order(span));
        let added: usize = self.changes.iter().map(|(_, with)| with.len()).sum();
        let mut text = Vec::with_capacity(self.text.len() + added);
        let mut at = 0;
        for (span, with) in self.changes {
            if span.start < at {
                continue;
            }
            text.extend_from_slice(self.text.get(at..span.start).unwrap_or_default());
            text.extend_from_slice(&with);
            at = at.max(span.end);
        }
        text.extend_from_slice(self.text.get(at..).unwrap_or_default());
        text
    }
}

/// A text in quotation marks.
pub fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn skip_space(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    at + rest.iter().take_while(|byte| space(byte)).count()
}

/// Where the value that starts at a place ends.
fn skip_value(text: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0usize);
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => at = skip_string(text, at),
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            b'}' | b']' if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if depth == 0 => return at,
            _ => {
                at += 1;
                if depth == 0 {
                    continue;
                }
            }
        }
        if depth == 0 {
            return at;
        }
    }
    at
}

fn skip_string(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#" { "a" : [1, {"x,]": "}\""} ,true],
  "b\u0063": -1.50e+2, "n": {}, "last": null }  "#;

    fn at(text: &JsonText, span: &Span) -> String {
        String::from_utf8(text.get(span).to_vec()).unwrap()
    }

    #[test]
    fn members_and_items_are_found_where_they_stand() {
        let text = JsonText::new(TEXT.as_bytes());
        let root = text.root();
        let list = text.member(&root, "a").unwrap().value;
        let items: Vec<String> = text.items(&list).iter().map(|i| at(&text, i)).collect();
        assert_eq!(items, ["1", r#"{"x,]": "}\""}"#, "true"]);
        let number = text.member(&root, "bc").unwrap();
        assert_eq!(at(&text, &number.value), "-1.50e+2");
        assert_eq!(at(&text, &number.whole), r#""b\u0063": -1.50e+2"#);
        assert_eq!(text.member(&root, "x"), None);
    }

    #[test]
    fn only_what_is_changed_changes() {
        let mut text = JsonText::new(TEXT.as_bytes());
        let root = text.root();
        let empty = text.member(&root, "n").unwrap().value;
        text.set(&empty, "new", "7");
        text.append("a", &["8".to_owned(), "9".to_owned()]);
        text.append("more", &["{}".to_owned()]);
        let number = text.member(&root, "bc").unwrap();
        text.remove(&root, &number);
        let expected = r#" { "a" : [1, {"x,]": "}\""} ,true,8,9],
  "n": {"new":7}, "last": null,"more":[{}] }  "#;
        assert_eq!(String::from_utf8(text.finish()).unwrap(), expected);
    }

    #[test]
    fn the_last_member_goes_with_the_comma_before_it() {
        let mut text = JsonText::new(br#"{"a":1, "b":2}"#);
        let root = text.root();
        let last = text.member(&root, "b").unwrap();
        text.remove(&root, &last);
        assert_eq!(text.finish(), br#"{"a":1}"#);
    }
}
