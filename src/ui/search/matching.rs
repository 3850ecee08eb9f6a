//! Finds the items that a query means: each of its words in the name, in the menus' names or in the id.
//!
//! Names are matched by their letters in order, with gaps; the other two only by letters side by side, as
//! they are long and would match nearly anything.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::ui::search::index::Item;

/// What a letter of a name must be worth on average; letters strewn over a name are worth less.
const LETTER: u32 = 19;
/// Letters by which a shorter name goes before a longer one.
const SHORT: u32 = 40;

/// An item that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hit {
    /// Its place among the items.
    pub item: usize,
    /// How well it fits.
    pub score: u32,
    /// Letters of the name that matched, by their places.
    pub label: Vec<u32>,
    /// Letters of the path that matched.
    pub path: Vec<u32>,
}

/// The items that have every word of the query, in their own order.
pub fn hits(items: &[Item], query: &str) -> Vec<Hit> {
    let words: Vec<Word> = query.split_whitespace().map(Word::new).collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut found = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let mut hit = Hit {
            item: place,
            ..Hit::default()
        };
        let mut all = words.iter();
        if all.all(|word| word.find(item, &mut hit, &mut matcher, &mut buffer)) {
            let length = u32::try_from(item.label.chars().count()).unwrap_or(SHORT);
            hit.score += SHORT.saturating_sub(length);
            hit.label.sort_unstable();
            hit.path.sort_unstable();
            found.push(hit);
        }
    }
    found
}

struct Word {
    letters: Atom,
    whole: Atom,
    least: u32,
}

impl Word {
    fn new(word: &str) -> Self {
        let atom = |kind| {
            let (case, normal) = (CaseMatching::Ignore, Normalization::Smart);
            Atom::new(word, case, normal, kind, false)
        };
        let length = u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        Self {
            letters: atom(AtomKind::Fuzzy),
            whole: atom(AtomKind::Substring),
            least: length.saturating_mul(LETTER),
        }
    }

    /// Looks for the word where it counts most first, and adds what was found to the hit.
    fn find(
        &self,
        item: &Item,
        hit: &mut Hit,
        matcher: &mut Matcher,
        buffer: &mut Vec<char>,
    ) -> bool {
        let mut found = Vec::new();
        let label = Utf32Str::new(&item.label, buffer);
        if let Some(score) = self.whole.indices(label, matcher, &mut found) {
            hit.score += u32::from(score) + 300;
            hit.label.append(&mut found);
            return true;
        }
        let score = self.letters.indices(label, matcher, &mut found);
        if let Some(score) = score.map(u32::from).filter(|score| *score >= self.least) {
            hit.score += score + 150;
            hit.label.append(&mut found);
            return true;
        }
        found.clear();
        let path = Utf32Str::new(&item.path, buffer);
        if let Some(score) = self.whole.indices(path, matcher, &mut found) {
            hit.score += u32::from(score) + 100;
            hit.path.append(&mut found);
            return true;
        }
        let id = Utf32Str::new(item.id(), buffer);
        let score = self.whole.score(id, matcher);
        hit.score += score.map_or(0, u32::from);
        score.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::Keymap;
    use crate::ui::menus::Menus;
    use crate::ui::search::index;

    fn best(query: &str) -> Vec<String> {
        let items = index::items(&Menus::bundled().0, &Keymap::bundled().0);
        let mut found = hits(&items, query);
        found.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        let call = |hit: &Hit| items[hit.item].call.clone();
        found.iter().map(call).collect()
    }

    #[test]
    fn words_are_found_in_name_menu_and_id() {
        assert_eq!(best("paste flipped")[0], "pose.paste(flipped: true)");
        assert_eq!(best("pspf")[0], "pose.paste(flipped: true)");
        assert_eq!(best("select none")[0], "pose.select_all(action: DESELECT)");
        assert_eq!(best("clear rotation"), ["pose.rot_clear()"]);
        assert_eq!(best("loc_cl"), ["pose.loc_clear()"]);
        assert!(best("xyzzy").is_empty());
    }

    #[test]
    fn an_empty_query_finds_everything() {
        let items = index::items(&Menus::bundled().0, &Keymap::bundled().0);
        assert_eq!(hits(&items, " ").len(), items.len());
    }

    #[test]
    fn the_letters_that_matched_are_told() {
        let items = index::items(&Menus::bundled().0, &Keymap::bundled().0);
        let found = hits(&items, "flipped");
        let hit = found
            .iter()
            .find(|hit| items[hit.item].label == "Paste Pose Flipped");
        assert_eq!(hit.unwrap().label, [11, 12, 13, 14, 15, 16, 17]);
    }
}
