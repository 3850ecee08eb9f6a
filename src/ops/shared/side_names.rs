//! Left and right in bone names: `hand.L`, `L_hand`, `LeftHand`, and their mirror names.

/// The name of the other side, or the name itself where it has none.
///
/// Understood are a letter at the end or start (`.`, space, `-` or `_` between) and the words left and
/// right at the start or end of longer names. A number at the end, `.001`, is kept unless `strip_number`.
pub fn flip(name: &str, strip_number: bool) -> String {
    if name.len() < 3 {
        return name.to_owned();
    }
    let (stem, number) = split_number(name);
    let number = if strip_number { "" } else { number };
    let flipped = flip_suffix(stem)
        .or_else(|| flip_prefix(stem))
        .or_else(|| flip_word(stem));
    match flipped {
        Some(flipped) => flipped + number,
        None => stem.to_owned() + number,
    }
}

/// The name without its number, and the number with its point: `arm.001` is `arm`, `.001`.
fn split_number(name: &str) -> (&str, &str) {
    let ends_in_digit = name.ends_with(|c: char| c.is_ascii_digit());
    let cut = name.rfind('.').filter(|_| ends_in_digit);
    let cut = cut.filter(|&at| name.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit));
    cut.map_or((name, ""), |at| name.split_at(at))
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b'.' | b' ' | b'-' | b'_')
}

fn other_letter(byte: u8) -> Option<char> {
    Some(match byte {
        b'l' => 'r',
        b'r' => 'l',
        b'L' => 'R',
        b'R' => 'L',
        _ => return None,
    })
}

fn flip_suffix(stem: &str) -> Option<String> {
    let [.., separator, letter] = stem.as_bytes() else {
        return None;
    };
    let other = other_letter(*letter).filter(|_| is_separator(*separator) && stem.len() > 1)?;
    Some(format!("{}{other}", stem.get(..stem.len() - 1)?))
}

fn flip_prefix(stem: &str) -> Option<String> {
    let [letter, separator, ..] = stem.as_bytes() else {
        return None;
    };
    let other = other_letter(*letter).filter(|_| is_separator(*separator))?;
    Some(format!("{other}{}", stem.get(1..)?))
}

fn flip_word(stem: &str) -> Option<String> {
    if stem.len() <= 5 {
        return None;
    }
    let lower = stem.to_ascii_lowercase();
    for (word, [small, large, title]) in [
        ("right", ["left", "LEFT", "Left"]),
        ("left", ["right", "RIGHT", "Right"]),
    ] {
        // Only the first occurrence counts, and only at one of the ends.
        let Some(at) = lower.find(word) else { continue };
        let end = at + word.len();
        if at != 0 && end != stem.len() {
            continue;
        }
        let found = stem.as_bytes().get(at..end)?;
        let replacement = match found {
            [first, ..] if first.is_ascii_lowercase() => small,
            [_, second, ..] if second.is_ascii_uppercase() => large,
            _ => title,
        };
        return Some(format!(
            "{}{replacement}{}",
            stem.get(..at)?,
            stem.get(end..)?
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_flip_as_in_blender() {
        for (name, flipped) in [
            ("Bone.L", "Bone.R"),
            ("L.Bone", "R.Bone"),
            ("A.L.R", "A.L.L"),
            ("ArmLeft", "ArmRight"),
            ("LEFTARM", "RIGHTARM"),
            ("arm.right.001", "arm.left.001"),
            ("arm left", "arm right"),
            ("rightright", "leftright"),
            ("Upright", "Upleft"),
            ("bright", "bleft"),
            ("lEft_x", "right_x"),
            ("hand_l", "hand_r"),
        ] {
            assert_eq!(flip(name, false), flipped);
        }
        for name in [
            "Left",
            "RIGHT",
            "xLeftx",
            "R_",
            "BoneL",
            "R.001",
            "Bone.R.1a",
            ".L",
            "L",
        ] {
            assert_eq!(flip(name, false), name);
        }
        assert_eq!(flip("arm.L.003", true), "arm.R");
    }
}
