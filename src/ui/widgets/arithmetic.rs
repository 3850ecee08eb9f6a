//! Sums in number fields: `45/2`, `-(3 + 1.5) * 2`, `31.08+15d`, `1.2cm`, `2^0.5`, `pi/2 r`.
//!
//! A unit follows its number and brings it to the field's own unit. What cannot be read is told in a line.

/// What a field measures, so that units can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// A plain number; `%` is a hundredth.
    #[default]
    Number,
    /// Degrees.
    Angle,
    /// Metres.
    Length,
    /// Hundredths, shown as such.
    Percent,
}

impl Measure {
    /// What the unit behind a field's number says of it.
    pub fn of(unit: &str) -> Self {
        match unit.trim() {
            "°" => Self::Angle,
            "m" => Self::Length,
            "%" => Self::Percent,
            _ => Self::Number,
        }
    }

    /// The units it has, with how many of the field's own units each is.
    fn units(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Number => &[("%", 0.01)],
            Self::Percent => &[("%", 1.0)],
            Self::Angle => &[
                ("°", 1.0),
                ("d", 1.0),
                ("deg", 1.0),
                ("r", 180.0 / std::f64::consts::PI),
                ("rad", 180.0 / std::f64::consts::PI),
            ],
            Self::Length => &[
                ("m", 1.0),
                ("cm", 0.01),
                ("mm", 0.001),
                ("km", 1000.0),
                ("in", 0.0254),
                ("ft", 0.3048),
            ],
        }
    }
}

/// The value of a sum.
///
/// # Errors
/// One line that says what was found instead of what.
pub fn evaluate(text: &str, measure: Measure) -> Result<f64, String> {
    let text = text.replace(',', ".").replace('\u{2212}', "-");
    let mut signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    if signs.is_empty() {
        return Err("Nothing was typed".to_owned());
    }
    signs.reverse();
    let mut sum = Sum { signs, measure };
    let value = sum.sum()?;
    match sum.signs.last() {
        Some(sign) => Err(format!("“{sign}” was not expected here")),
        None if value.is_finite() => Ok(value),
        None => Err("That is no finite number".to_owned()),
    }
}

/// What is left of a sum.
struct Sum {
    /// The next sign last.
    signs: Vec<char>,
    measure: Measure,
}

impl Sum {
    fn sum(&mut self) -> Result<f64, String> {
        let mut value = self.product()?;
        while let Some(sign) = self.signs.pop_if(|sign| matches!(sign, '+' | '-')) {
            let next = self.product()?;
            value += if sign == '+' { next } else { -next };
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<f64, String> {
        let mut value = self.factor()?;
        while let Some(sign) = self.signs.pop_if(|sign| matches!(sign, '*' | '/')) {
            let next = self.factor()?;
            match sign {
                '*' => value *= next,
                _ if next == 0.0 => return Err("Nothing can be divided by 0".to_owned()),
                _ => value /= next,
            }
        }
        Ok(value)
    }

    fn factor(&mut self) -> Result<f64, String> {
        match self.signs.pop_if(|sign| matches!(sign, '+' | '-')) {
            Some('-') => Ok(-self.factor()?),
            Some(_) => self.factor(),
            None => {
                let base = self.part()?;
                match self.signs.pop_if(|sign| *sign == '^') {
                    Some(_) => Ok(base.powf(self.factor()?)),
                    None => Ok(base),
                }
            }
        }
    }

    fn part(&mut self) -> Result<f64, String> {
        let value = match self.signs.last() {
            None => return Err("A number is missing at the end".to_owned()),
            Some('(') => {
                self.signs.pop();
                let value = self.sum()?;
                self.signs
                    .pop_if(|sign| *sign == ')')
                    .ok_or("A “)” is missing")?;
                value
            }
            Some(sign) if sign.is_ascii_digit() || *sign == '.' => self.number()?,
            Some(sign) if sign.is_alphabetic() => return self.constant(),
            Some(sign) => return Err(format!("“{sign}” is no number")),
        };
        let unit = self.word();
        Ok(value * self.unit(&unit)?)
    }

    fn number(&mut self) -> Result<f64, String> {
        let mut digits = String::new();
        while let Some(sign) = self
            .signs
            .pop_if(|sign| sign.is_ascii_digit() || *sign == '.')
        {
            digits.push(sign);
        }
        let number = digits.parse();
        number.map_err(|_| format!("“{digits}” is no number"))
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        let letter = |sign: &mut char| sign.is_alphabetic() || matches!(sign, '°' | '%');
        while let Some(sign) = self.signs.pop_if(letter) {
            word.push(sign);
        }
        word
    }

    fn unit(&self, unit: &str) -> Result<f64, String> {
        let units = self.measure.units();
        let found = units.iter().find(|(name, _)| *name == unit);
        match found {
            Some((_, factor)) => Ok(*factor),
            None if unit.is_empty() => Ok(1.0),
            None => {
                let names: Vec<&str> = units.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                Err(format!("No unit “{unit}” here; there are {names}"))
            }
        }
    }

    fn constant(&mut self) -> Result<f64, String> {
        let word = self.word();
        match word.as_str() {
            "pi" => Ok(std::f64::consts::PI),
            "pir" | "pirad" if self.measure == Measure::Angle => Ok(180.0),
            _ => Err(format!("“{word}” is no number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<f64> {
        evaluate(text, Measure::Number).ok()
    }

    #[test]
    fn sums_are_worked_out() {
        assert_eq!(plain("45/2"), Some(22.5));
        assert_eq!(plain(" -(3 + 1.5) * 2 "), Some(-9.0));
        assert_eq!(plain("1,5"), Some(1.5));
        assert_eq!(plain("\u{2212}2--3"), Some(1.0));
        assert_eq!(plain("31.08+15"), Some(46.08));
        assert_eq!(plain("-2^2"), Some(-4.0));
        assert_eq!(plain("50%"), Some(0.5));
        for wrong in ["", "1/0", "(1", "two", "1 2 +", "1..2", "3m", "2)"] {
            assert_eq!(plain(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn units_come_to_that_of_the_field() {
        let near = |text, measure, wanted: f64| {
            let value = evaluate(text, measure).unwrap();
            assert!((value - wanted).abs() < 1e-9, "{text} is {value}");
        };
        near("45d + 5", Measure::Angle, 50.0);
        near("pi r", Measure::Angle, 180.0);
        near("30°*2", Measure::Angle, 60.0);
        near("1.2cm", Measure::Length, 0.012);
        near("1m - 250mm", Measure::Length, 0.75);
        near("35%", Measure::Percent, 35.0);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let told = |text| evaluate(text, Measure::Length).unwrap_err();
        assert_eq!(
            told("5q"),
            "No unit “q” here; there are m, cm, mm, km, in, ft"
        );
        assert_eq!(told("abc"), "“abc” is no number");
        assert_eq!(told("1+"), "A number is missing at the end");
    }
}
