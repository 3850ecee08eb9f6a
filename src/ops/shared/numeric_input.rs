//! Numbers typed while an operator follows the mouse: digits, point, sign, reciprocal, several components.

/// One to three numbers being typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumericInput {
    texts: [String; 3],
    negative: [bool; 3],
    reciprocal: [bool; 3],
    place: usize,
    touched: bool,
}

impl NumericInput {
    /// Whether anything was typed, so that the mouse no longer counts.
    pub fn active(&self) -> bool {
        self.touched
    }

    /// Takes a character; whether it meant something.
    pub fn type_character(&mut self, character: char) -> bool {
        let Some(text) = self.texts.get_mut(self.place) else {
            return false;
        };
        match character {
            '0'..='9' => text.push(character),
            '.' | ',' if !text.contains('.') => text.push('.'),
            '-' => flip(&mut self.negative, self.place),
            '/' => flip(&mut self.reciprocal, self.place),
            _ => return false,
        }
        self.touched = true;
        true
    }

    /// Takes the last character back; on an empty component everything.
    pub fn erase(&mut self) {
        let empty = self
            .texts
            .get_mut(self.place)
            .is_none_or(|text| text.pop().is_none());
        if empty {
            *self = Self::default();
        }
    }

    /// Takes the whole component back.
    pub fn erase_component(&mut self) {
        if let Some(text) = self.texts.get_mut(self.place) {
            text.clear();
        }
        set(&mut self.negative, self.place, false);
        set(&mut self.reciprocal, self.place, false);
    }

    /// Goes to the next (or previous) of `count` components.
    pub fn step(&mut self, count: usize, forward: bool) {
        let count = count.clamp(1, 3);
        self.place = (self.place + if forward { 1 } else { count - 1 }) % count;
        self.touched = true;
    }

    /// The component that is being typed.
    pub fn place(&self) -> usize {
        self.place
    }

    /// The number of a component; nothing if it was not typed.
    pub fn value(&self, component: usize) -> Option<f32> {
        let text = self.texts.get(component)?;
        let sign = if self.negative.get(component) == Some(&true) {
            -1.0
        } else {
            1.0
        };
        let number: f32 = if text.is_empty() || text == "." {
            return None;
        } else {
            text.parse().ok()?
        };
        let inverse = self.reciprocal.get(component) == Some(&true) && number != 0.0;
        Some(sign * if inverse { 1.0 / number } else { number })
    }

    /// What was typed of a component, as it is shown.
    pub fn text(&self, component: usize) -> String {
        let at = |flags: &[bool; 3]| flags.get(component) == Some(&true);
        let sign = if at(&self.negative) { "\u{2212}" } else { "" };
        let slash = if at(&self.reciprocal) { "1/" } else { "" };
        format!(
            "{sign}{slash}{}",
            self.texts.get(component).map_or("", String::as_str)
        )
    }
}

fn flip(flags: &mut [bool; 3], place: usize) {
    if let Some(flag) = flags.get_mut(place) {
        *flag = !*flag;
    }
}

fn set(flags: &mut [bool; 3], place: usize, value: bool) {
    if let Some(flag) = flags.get_mut(place) {
        *flag = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> NumericInput {
        let mut input = NumericInput::default();
        for character in text.chars() {
            input.type_character(character);
        }
        input
    }

    #[test]
    fn the_sign_may_come_at_any_time() {
        assert_eq!(typed("45").value(0), Some(45.0));
        assert_eq!(typed("4-5").value(0), Some(-45.0));
        assert_eq!(typed("4-5-").value(0), Some(45.0));
        assert_eq!(typed("4/").value(0), Some(0.25));
    }

    #[test]
    fn erasing_an_empty_number_gives_the_mouse_back() {
        let mut input = typed("4");
        input.erase();
        assert!(input.active());
        assert_eq!(input.value(0), None);
        input.erase();
        assert!(!input.active());
    }

    #[test]
    fn tab_goes_round_the_components() {
        let mut input = typed("1");
        input.step(3, true);
        input.type_character('2');
        assert_eq!((input.value(0), input.value(1)), (Some(1.0), Some(2.0)));
        input.step(3, true);
        input.step(3, true);
        assert_eq!(input.place(), 0);
    }
}
