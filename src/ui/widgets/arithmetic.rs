//! Sums in number fields: `45/2`, `-(3 + 1.5) * 2`.

/// The value of a sum; nothing if it is none.
pub fn evaluate(text: &str) -> Option<f64> {
    let text = text.replace(',', ".").replace('\u{2212}', "-");
    let mut signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    signs.reverse();
    let value = sum(&mut signs)?;
    (signs.is_empty() && value.is_finite()).then_some(value)
}

/// The signs that are left, the next one last.
type Signs = Vec<char>;

fn sum(signs: &mut Signs) -> Option<f64> {
    let mut value = product(signs)?;
    while let Some(&sign @ ('+' | '-')) = signs.last() {
        signs.pop();
        let next = product(signs)?;
        value += if sign == '+' { next } else { -next };
    }
    Some(value)
}

fn product(signs: &mut Signs) -> Option<f64> {
    let mut value = factor(signs)?;
    while let Some(&sign @ ('*' | '/')) = signs.last() {
        signs.pop();
        let next = factor(signs)?;
        value = if sign == '*' {
            value * next
        } else {
            value / next
        };
    }
    Some(value)
}

fn factor(signs: &mut Signs) -> Option<f64> {
    match signs.last()? {
        '-' => {
            signs.pop();
            Some(-factor(signs)?)
        }
        '+' => {
            signs.pop();
            factor(signs)
        }
        '(' => {
            signs.pop();
            let value = sum(signs)?;
            (signs.pop()? == ')').then_some(value)
        }
        _ => number(signs),
    }
}

fn number(signs: &mut Signs) -> Option<f64> {
    let mut digits = String::new();
    while let Some(sign) = signs.pop_if(|sign| sign.is_ascii_digit() || *sign == '.') {
        digits.push(sign);
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_worked_out() {
        assert_eq!(evaluate("45/2"), Some(22.5));
        assert_eq!(evaluate(" -(3 + 1.5) * 2 "), Some(-9.0));
        assert_eq!(evaluate("1,5"), Some(1.5));
        assert_eq!(evaluate("\u{2212}2--3"), Some(1.0));
        for wrong in ["", "1/0", "(1", "two", "1 2 +"] {
            assert_eq!(evaluate(wrong), None, "{wrong}");
        }
    }
}
