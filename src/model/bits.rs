//! A set of small numbers, a bit each: selections of bones and keys, apart from their values.
//!
//! Two sets with the same members are equal whatever they held before: trailing empty words are never kept.

/// A set of indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BitSet {
    words: Vec<u64>,
}

impl BitSet {
    /// Every index below `count`.
    pub fn full(count: usize) -> Self {
        (0..count).collect()
    }

    /// Whether `index` is a member.
    pub fn contains(&self, index: usize) -> bool {
        self.words
            .get(index / 64)
            .is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Adds or removes `index`.
    pub fn set(&mut self, index: usize, member: bool) {
        let (word, bit) = (index / 64, 1u64 << (index % 64));
        if member {
            if word >= self.words.len() {
                self.words.resize(word + 1, 0);
            }
            if let Some(word) = self.words.get_mut(word) {
                *word |= bit;
            }
        } else if let Some(word) = self.words.get_mut(word) {
            *word &= !bit;
            while self.words.last() == Some(&0) {
                self.words.pop();
            }
        }
    }

    /// Moves `index` and everything above it up by one, so that `index` is free.
    pub fn make_room(&mut self, index: usize) {
        let mut carry = 0;
        let own = index / 64;
        for (place, word) in self.words.iter_mut().enumerate().skip(own) {
            let below = if place == own {
                (1u64 << (index % 64)) - 1
            } else {
                0
            };
            let moved = *word & !below;
            let up = moved << 1 | if place == own { 0 } else { carry };
            carry = moved >> 63;
            *word = (*word & below) | up;
        }
        if carry != 0 {
            self.words.push(carry);
        }
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.words.clear();
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many members there are.
    pub fn count(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.count_ones() as usize)
            .sum()
    }

    /// The members, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(place, &word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                Some(w & (w - 1)).filter(|&w| w != 0)
            })
            .map(move |w| place * 64 + w.trailing_zeros() as usize)
        })
    }

    /// Memory on the heap, in bytes.
    pub fn heap_bytes(&self) -> usize {
        self.words.len() * 8
    }
}

impl FromIterator<usize> for BitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        let mut set = Self::default();
        for index in indices {
            set.set(index, true);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_come_back_in_order() {
        let set: BitSet = [130, 3, 64, 63].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 63, 64, 130]);
        assert_eq!(set.count(), 4);
    }

    #[test]
    fn room_is_made_across_words() {
        let mut set: BitSet = [2, 3, 63, 127].into_iter().collect();
        set.make_room(3);
        assert_eq!(set.iter().collect::<Vec<_>>(), [2, 4, 64, 128]);
        set.make_room(64);
        assert_eq!(set.iter().collect::<Vec<_>>(), [2, 4, 65, 129]);
    }

    #[test]
    fn a_set_that_was_larger_equals_one_that_never_was() {
        let mut set: BitSet = [1, 700].into_iter().collect();
        set.set(700, false);
        assert_eq!(set, [1].into_iter().collect());
    }
}
