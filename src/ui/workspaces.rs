//! Workspaces: named arrangements of panels, one of which is shown. There is always one.

use egui_tiles::Tree;

use crate::ops::frame::Direction;
use crate::ui::panels::Pane;
use crate::ui::tiles::fit::Fit;
use crate::ui::tiles::plan::Plan;

/// What the first workspace is called.
const FIRST: &str = "Pose";
/// What the one for animating is called.
const ANIMATE: &str = "Animate";
/// Letters of a name at most.
pub const LONGEST: usize = 40;

/// A named arrangement of panels.
pub struct Workspace {
    /// What its tab says.
    pub name: String,
    /// The panels.
    pub tree: Tree<Pane>,
    /// The sizes that they should have.
    pub fit: Fit,
}

impl Workspace {
    /// A workspace with these panels.
    pub fn new(name: impl Into<String>, plan: &Plan) -> Self {
        let (tree, fit) = plan.build();
        Self {
            name: name.into(),
            tree,
            fit,
        }
    }

    /// Its panels as plain data.
    pub fn plan(&self) -> Plan {
        Plan::of(&self.tree, &self.fit).unwrap_or_else(Plan::standard)
    }
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new(FIRST, &Plan::standard())
    }
}

/// All workspaces: the one that is shown, and those whose tabs stand before and behind its own.
pub struct Workspaces {
    before: Vec<Workspace>,
    /// The one that is shown.
    pub current: Workspace,
    after: Vec<Workspace>,
    /// What was dropped last: a workspace, or what one was before it was reset.
    lost: Option<Workspace>,
}

impl Default for Workspaces {
    /// Those that come with the program.
    fn default() -> Self {
        Self {
            before: Vec::new(),
            current: Workspace::default(),
            after: vec![Workspace::new(ANIMATE, &Plan::animate())],
            lost: None,
        }
    }
}

impl Workspaces {
    /// These workspaces, of which the one at `shown` is shown; nothing if there are none.
    pub fn of(all: Vec<Workspace>, shown: usize) -> Option<Self> {
        let mut all = all.into_iter();
        let current = all.next()?;
        let mut workspaces = Self {
            before: Vec::new(),
            current,
            after: all.collect(),
            lost: None,
        };
        workspaces.go(shown);
        Some(workspaces)
    }

    /// All of them in the order of their tabs.
    pub fn iter(&self) -> impl Iterator<Item = &Workspace> {
        let current = std::iter::once(&self.current);
        self.before.iter().chain(current).chain(&self.after)
    }

    /// The place of the one that is shown.
    pub fn shown(&self) -> usize {
        self.before.len()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.before.len() + 1 + self.after.len()
    }

    /// Shows the one at this place; beyond the end nothing happens.
    pub fn go(&mut self, place: usize) {
        if place >= self.count() {
            return;
        }
        while self.shown() < place && !self.after.is_empty() {
            let next = self.after.remove(0);
            self.before.push(std::mem::replace(&mut self.current, next));
        }
        while self.shown() > place
            && let Some(next) = self.before.pop()
        {
            self.after
                .insert(0, std::mem::replace(&mut self.current, next));
        }
    }

    /// Shows the one beside; behind the last comes the first.
    pub fn cycle(&mut self, direction: Direction) {
        let step = match direction {
            Direction::Next => 1,
            Direction::Prev => self.count() - 1,
        };
        self.go((self.shown() + step) % self.count());
    }

    /// Copies the one that is shown and shows the copy, behind it.
    pub fn duplicate(&mut self) {
        let name = self.free_name(&self.current.name);
        let copy = Workspace::new(name, &self.current.plan());
        self.before.push(std::mem::replace(&mut self.current, copy));
    }

    /// Drops the one that is shown, and shows its neighbour; says whether there was one.
    pub fn delete(&mut self) -> bool {
        let next = if self.after.is_empty() {
            self.before.pop()
        } else {
            Some(self.after.remove(0))
        };
        match next {
            Some(next) => {
                self.lost = Some(std::mem::replace(&mut self.current, next));
                true
            }
            None => false,
        }
    }

    /// Puts the panels back as they were at first.
    pub fn reset(&mut self) {
        let plan = match self.current.name.as_str() {
            ANIMATE => Plan::animate(),
            _ => Plan::standard(),
        };
        let standard = Workspace::new(self.current.name.clone(), &plan);
        self.lost = Some(std::mem::replace(&mut self.current, standard));
    }

    /// Brings back what was dropped last: the workspace, or the panels of the one that was reset.
    pub fn restore(&mut self) {
        let Some(lost) = self.lost.take() else {
            return;
        };
        let place = self.iter().position(|one| one.name == lost.name);
        if let Some(place) = place {
            self.go(place);
            self.current = lost;
        } else {
            self.before.push(std::mem::replace(&mut self.current, lost));
        }
    }

    /// Names the one that is shown; a name without letters changes nothing.
    pub fn rename(&mut self, name: &str) {
        let name: String = name.trim().chars().take(LONGEST).collect();
        if !name.is_empty() && name != self.current.name {
            self.current.name = self.free_name(&name);
        }
    }

    /// The name, with a number behind it where another one has it.
    fn free_name(&self, wanted: &str) -> String {
        let taken = |name: &str| self.iter().any(|other| other.name == name);
        if !taken(wanted) {
            return wanted.to_owned();
        }
        let number = wanted.rsplit_once(' ');
        let stem = match number {
            Some((stem, number)) if number.parse::<u32>().is_ok() => stem,
            _ => wanted,
        };
        let numbered = (2_u32..).map(|number| format!("{stem} {number}"));
        numbered
            .into_iter()
            .find(|name| !taken(name))
            .unwrap_or_else(|| wanted.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(workspaces: &Workspaces) -> Vec<&str> {
        workspaces.iter().map(|one| one.name.as_str()).collect()
    }

    fn single() -> Workspaces {
        Workspaces::of(vec![Workspace::default()], 0).unwrap()
    }

    #[test]
    fn each_is_reset_to_its_own_plan() {
        let mut workspaces = Workspaces::default();
        assert_eq!(names(&workspaces), ["Pose", "Animate"]);
        workspaces.go(1);
        let before = workspaces.current.plan();
        let current = &mut workspaces.current;
        crate::ui::tiles::arrange::close(&mut current.tree, Pane::Properties);
        assert!(workspaces.current.plan() != before);
        workspaces.reset();
        assert_eq!(workspaces.current.plan(), Plan::animate());
    }

    #[test]
    fn copies_get_names_of_their_own_and_the_last_one_stays() {
        let mut workspaces = single();
        assert!(!workspaces.delete());
        workspaces.duplicate();
        workspaces.duplicate();
        assert_eq!(names(&workspaces), ["Pose", "Pose 2", "Pose 3"]);
        assert_eq!(workspaces.shown(), 2);
        workspaces.rename("  Pose 2 ");
        assert_eq!(names(&workspaces), ["Pose", "Pose 2", "Pose 4"]);
        workspaces.rename("   ");
        workspaces.go(0);
        assert!(workspaces.delete());
        assert_eq!(names(&workspaces), ["Pose 2", "Pose 4"]);
        assert_eq!(workspaces.current.name, "Pose 2");
    }

    #[test]
    fn what_was_dropped_comes_back() {
        let mut workspaces = single();
        workspaces.duplicate();
        assert!(workspaces.delete());
        workspaces.restore();
        assert_eq!(names(&workspaces), ["Pose", "Pose 2"]);
        let current = &mut workspaces.current;
        crate::ui::tiles::arrange::show(&mut current.tree, &mut current.fit, Pane::Log);
        let before = workspaces.current.plan();
        workspaces.reset();
        assert!(workspaces.current.plan() != before);
        workspaces.go(0);
        workspaces.restore();
        assert_eq!(workspaces.shown(), 1);
        assert_eq!(workspaces.current.plan(), before);
        workspaces.restore();
        assert_eq!(workspaces.count(), 2);
    }

    #[test]
    fn one_comes_after_the_other_in_a_circle() {
        let mut workspaces = single();
        workspaces.duplicate();
        workspaces.cycle(Direction::Next);
        assert_eq!(workspaces.shown(), 0);
        workspaces.cycle(Direction::Prev);
        assert_eq!(workspaces.shown(), 1);
        workspaces.go(7);
        assert_eq!(workspaces.shown(), 1);
    }
}
