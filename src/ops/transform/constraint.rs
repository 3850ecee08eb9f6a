//! Along which axes a drag goes, and how the axis keys go round: the view's orientation, the other one, free.

use crate::model::choice::Choice;
use crate::model::transform_settings::OrientType;
use crate::ops::event::ModalKey;

const NAMES: [&str; 3] = ["X", "Y", "Z"];

/// The axes that a drag leaves free, 0 to 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// All of them.
    Free,
    /// Only this one.
    Along(usize),
    /// All but this one.
    Locking(usize),
}

impl Limit {
    /// What an axis key asks for.
    pub fn of_key(key: ModalKey) -> Option<Self> {
        Some(match key {
            ModalKey::AxisX => Self::Along(0),
            ModalKey::AxisY => Self::Along(1),
            ModalKey::AxisZ => Self::Along(2),
            ModalKey::PlaneX => Self::Locking(0),
            ModalKey::PlaneY => Self::Locking(1),
            ModalKey::PlaneZ => Self::Locking(2),
            ModalKey::Free => Self::Free,
            _ => return None,
        })
    }

    /// What the parameter `constraint_axis` asks for.
    pub fn of_flags(flags: [bool; 3]) -> Self {
        match flags {
            [true, false, false] => Self::Along(0),
            [false, true, false] => Self::Along(1),
            [false, false, true] => Self::Along(2),
            [false, true, true] => Self::Locking(0),
            [true, false, true] => Self::Locking(1),
            [true, true, false] => Self::Locking(2),
            _ => Self::Free,
        }
    }

    /// The parameter `constraint_axis`.
    pub fn flags(self) -> [bool; 3] {
        [0, 1, 2].map(|axis| match self {
            Self::Free => false,
            Self::Along(only) => axis == only,
            Self::Locking(locked) => axis != locked,
        })
    }

    /// The axes that may change.
    pub fn axes(self) -> &'static [usize] {
        match self {
            Self::Free => &[0, 1, 2],
            Self::Along(0) => &[0],
            Self::Along(1) => &[1],
            Self::Along(_) => &[2],
            Self::Locking(0) => &[1, 2],
            Self::Locking(1) => &[0, 2],
            Self::Locking(_) => &[0, 1],
        }
    }

    /// The axis that it names.
    pub fn axis(self) -> Option<usize> {
        match self {
            Self::Free => None,
            Self::Along(axis) | Self::Locking(axis) => Some(axis),
        }
    }
}

/// The letter of an axis.
pub fn axis_name(axis: usize) -> &'static str {
    NAMES.get(axis).copied().unwrap_or_default()
}

/// Along which axes a drag goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// The axes that are free.
    pub limit: Limit,
    /// Whose axes.
    pub orientation: OrientType,
    home: OrientType,
    second: bool,
}

impl Constraint {
    /// No constraint; `home` is the orientation that an axis key means first.
    pub fn free(home: OrientType) -> Self {
        Self {
            limit: Limit::Free,
            orientation: home,
            home,
            second: false,
        }
    }

    /// The constraint of a call.
    pub fn of_call(flags: [bool; 3], orientation: OrientType, home: OrientType) -> Self {
        let limit = Limit::of_flags(flags);
        if limit == Limit::Free {
            return Self::free(home);
        }
        Self {
            limit,
            orientation,
            home,
            second: orientation != home,
        }
    }

    /// Takes an axis key: first the home orientation, then the other one, then free.
    pub fn press(&mut self, limit: Limit) {
        if limit != self.limit || limit == Limit::Free {
            *self = Self {
                limit,
                ..Self::free(self.home)
            };
        } else if self.second {
            *self = Self::free(self.home);
        } else {
            self.second = true;
            self.orientation = match self.home {
                OrientType::Global => OrientType::Local,
                _ => OrientType::Global,
            };
        }
    }

    /// Words on it, such as `along Local X`; nothing while it is free.
    pub fn note(&self) -> String {
        let verb = match self.limit {
            Limit::Free => return String::new(),
            Limit::Along(_) => "along",
            Limit::Locking(_) => "locking",
        };
        let axis = self.limit.axis().map_or("", axis_name);
        format!("{verb} {} {axis}", self.orientation.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_key_goes_from_the_home_orientation_to_the_other_one_to_free() {
        for (home, other) in [
            (OrientType::Global, "along Local X"),
            (OrientType::View, "along Global X"),
        ] {
            let mut constraint = Constraint::free(home);
            constraint.press(Limit::Along(0));
            assert_eq!(constraint.note(), format!("along {} X", home.label()));
            constraint.press(Limit::Along(0));
            assert_eq!(constraint.note(), other);
            constraint.press(Limit::Along(0));
            assert_eq!(constraint, Constraint::free(home));
        }
    }

    #[test]
    fn another_axis_starts_anew() {
        let mut constraint = Constraint::free(OrientType::Global);
        constraint.press(Limit::Along(0));
        constraint.press(Limit::Along(0));
        constraint.press(Limit::Locking(0));
        assert_eq!(constraint.note(), "locking Global X");
        assert_eq!(constraint.limit.flags(), [false, true, true]);
    }

    #[test]
    fn flags_and_limits_name_each_other() {
        for key in [ModalKey::AxisY, ModalKey::PlaneZ, ModalKey::Free] {
            let limit = Limit::of_key(key).unwrap();
            assert_eq!(Limit::of_flags(limit.flags()), limit);
        }
    }
}
