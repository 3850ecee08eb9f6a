//! Equations that each tie an unknown to its two neighbours, with limits to every unknown.
//!
//! Row i: `before·h[i−1] + own·h[i] + after·h[i+1] = sum`, the list closed to a ring where the first row has
//! a `before` or the last an `after`.

/// How near to a limit counts as inside.
const INSIDE: f64 = 1e-7;

/// How often a limited unknown may be let go again.
const MOST_RELEASES: u8 = 2;

/// The factors of a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Equation {
    /// Of the unknown before.
    pub before: f64,
    /// Of the row's own.
    pub own: f64,
    /// Of the unknown after.
    pub after: f64,
    /// What they come to.
    pub sum: f64,
}

impl Equation {
    /// The one that says what the unknown is.
    pub fn known(value: f64) -> Self {
        Self {
            own: 1.0,
            sum: value,
            ..Self::default()
        }
    }
}

/// An unknown with its equation and limits.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// As it was set up.
    pub equation: Equation,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// The solution.
    pub value: f64,
    used: Equation,
    limited: bool,
    releases: u8,
    // Left over from eliminating the unknown before: share of the next unknown, and the two right sides.
    share: f64,
    part: f64,
}

impl Row {
    /// A row without limits.
    pub fn new(equation: Equation) -> Self {
        Self {
            equation,
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            value: 0.0,
            used: equation,
            limited: false,
            releases: 0,
            share: 0.0,
            part: 0.0,
        }
    }

    fn limit_passed(&self) -> Option<f64> {
        if self.value > self.high + INSIDE {
            Some(self.high)
        } else {
            (self.value < self.low - INSIDE).then_some(self.low)
        }
    }
}

/// Finds every unknown within its limits; whether that could be done.
pub fn solve(rows: &mut [Row]) -> bool {
    for row in rows.iter_mut() {
        row.used = row.equation;
    }
    // Each round limits or releases a row, and releases are counted.
    for _ in 0..=rows.len() * 8 {
        solve_once(rows);
        if rows.iter().any(|row| !row.value.is_finite()) {
            return false;
        }
        if limit(rows) {
            continue;
        }
        if !release(rows) {
            return true;
        }
    }
    true
}

/// Holds unknowns that pass a limit at that limit; whether there were any.
///
/// Limits of 0 wait until no other is passed: the other neighbours may pull the unknown back.
fn limit(rows: &mut [Row]) -> bool {
    let mut found = false;
    for zero_too in [false, true] {
        for row in rows.iter_mut() {
            let Some(limit) = row.limit_passed() else {
                continue;
            };
            if zero_too || limit != 0.0 {
                row.used = Equation::known(limit);
                row.limited = true;
                found = true;
            }
        }
        if found {
            break;
        }
    }
    found
}

/// Lets go of limited unknowns that their own equations push inwards; whether there were any.
fn release(rows: &mut [Row]) -> bool {
    let first = rows.first().map_or(0.0, |row| row.value);
    let mut before = rows.last().map_or(0.0, |row| row.value);
    let mut found = false;
    let mut rest = rows.iter_mut().peekable();
    while let Some(row) = rest.next() {
        let after = rest.peek().map_or(first, |row| row.value);
        let Equation {
            before: a,
            own: b,
            after: c,
            sum,
        } = row.equation;
        let push = -(a * before + b * row.value + c * after - sum) * b;
        before = row.value;
        let inwards = push > 0.0 && row.value < row.high || push < 0.0 && row.value > row.low;
        if row.limited && row.releases < MOST_RELEASES && inwards {
            row.used = row.equation;
            row.limited = false;
            row.releases += 1;
            found = true;
        }
    }
    found
}

/// Solves the equations in use, without regard to limits.
fn solve_once(rows: &mut [Row]) {
    let (Some(first), Some(last)) = (
        rows.first().map(|row| row.used),
        rows.last().map(|row| row.used),
    ) else {
        return;
    };
    if let [row] = rows {
        row.value = first.sum / (first.before + first.own + first.after);
        return;
    }
    // A ring is a list plus a correction by a matrix of rank one (Sherman and Morrison).
    let (corner_first, corner_last) = (first.before, last.after);
    let ring = corner_first != 0.0 || corner_last != 0.0;
    let pivot = if ring { -first.own } else { 0.0 };
    let ratio = if ring { corner_first / pivot } else { 0.0 };
    eliminate(rows, [pivot, corner_last * ratio], [pivot, corner_last]);
    if !ring {
        return;
    }
    let ends = |rows: &[Row], of: fn(&Row) -> f64| {
        rows.first().map_or(0.0, of) + ratio * rows.last().map_or(0.0, of)
    };
    let factor = ends(rows, |row| row.value) / (1.0 + ends(rows, |row| row.part));
    for row in rows {
        row.value -= factor * row.part;
    }
}

/// Solves the list for its sums (`value`) and for a right side that is 0 but at its ends (`part`).
///
/// `less` is taken off the own factors of the first and the last row.
fn eliminate(rows: &mut [Row], less: [f64; 2], ends: [f64; 2]) {
    let last = rows.len().saturating_sub(1);
    let (mut share, mut value, mut part) = (0.0, 0.0, 0.0);
    for (place, row) in rows.iter_mut().enumerate() {
        let Equation {
            before,
            mut own,
            after,
            sum,
        } = row.used;
        let before = if place == 0 { 0.0 } else { before };
        let mut side = 0.0;
        if place == 0 {
            own -= less[0];
            side = ends[0];
        } else if place == last {
            own -= less[1];
            side = ends[1];
        }
        let divisor = own - before * share;
        share = after / divisor;
        value = (sum - before * value) / divisor;
        part = (side - before * part) / divisor;
        (row.share, row.value, row.part) = (share, value, part);
    }
    let (mut value, mut part) = (0.0, 0.0);
    for row in rows.iter_mut().rev() {
        row.value -= row.share * value;
        row.part -= row.share * part;
        (value, part) = (row.value, row.part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(before: f64, own: f64, after: f64, sum: f64) -> Row {
        Row::new(Equation {
            before,
            own,
            after,
            sum,
        })
    }

    #[test]
    fn a_ring_is_solved() {
        // 4x + y + 2z = 12, x + 4y + z = 12, 2x + y + 4z = 16 for x = 1, y = 2, z = 3.
        let mut rows = [
            row(2.0, 4.0, 1.0, 12.0),
            row(1.0, 4.0, 1.0, 12.0),
            row(1.0, 4.0, 2.0, 16.0),
        ];
        assert!(solve(&mut rows));
        for (row, wanted) in rows.iter().zip([1.0, 2.0, 3.0]) {
            assert!((row.value - wanted).abs() < 1e-12, "{}", row.value);
        }
    }

    #[test]
    fn an_unknown_stays_within_its_limit_and_the_others_follow() {
        let mut rows = [row(0.0, 2.0, 1.0, 5.0), row(1.0, 2.0, 0.0, 4.0)];
        rows[0].high = 1.0;
        assert!(solve(&mut rows));
        assert_eq!([rows[0].value, rows[1].value], [1.0, 1.5]);
    }
}
