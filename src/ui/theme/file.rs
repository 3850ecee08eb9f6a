//! The theme's file: the bundled looks, with the user's own colours over them.
//!
//! The bundled file names every colour of `dark` and `light`; `high_contrast` names what it changes of
//! `dark`. The user's file names only what it changes. A wrong line there leaves the bundled colour.

use egui::Color32;

use crate::io::preferences::Look;
use crate::io::settings_text::{Fault, Faults, fields, shown};
use crate::ops::call;
use crate::ui::theme::Theme;

/// The file's name, among the assets and in the user's folder of settings.
pub const FILE: &str = "theme.ron";

const BUNDLED: &str = include_str!("../../../assets/theme.ron");

/// The colours of a look, name and value as they are written.
type Colors<'a> = Vec<(&'a str, &'a str)>;

/// A look with the user's own colours over it, and what is wrong with the user's file.
///
/// # Errors
/// Where the bundled file is wrong: what is unknown or missing.
pub fn theme(look: Look, own: Option<&str>) -> Result<(Theme, Vec<Fault>), String> {
    let mut bundled = Faults::of(FILE);
    let looks = looks(BUNDLED, &mut bundled);
    let mut colors = match look {
        Look::Dark | Look::HighContrast => colors(&looks, "dark"),
        Look::Light => colors(&looks, "light"),
    };
    if look == Look::HighContrast {
        let more = looks.iter().filter(|line| line.look == "high_contrast");
        more.for_each(|line| lay(&mut colors, line, &mut bundled));
    }
    if let Some(fault) = bundled.list.into_iter().next() {
        return Err(format!("the bundled {fault}"));
    }
    let mut faults = Faults::of(FILE);
    let lines = own
        .map(|own| self::looks(own, &mut faults))
        .unwrap_or_default();
    for line in lines {
        let mut other = self::colors(&looks, "dark");
        // The lines of the other looks are checked, too: who edits the file sees every fault at once.
        let target = match line.look == name(look) {
            true => &mut colors,
            false => &mut other,
        };
        lay(target, &line, &mut faults);
    }
    faults.list.sort_by_key(|fault| fault.line);
    Ok((read(look, &colors)?, faults.list))
}

/// The name of a look in the file.
fn name(look: Look) -> &'static str {
    match look {
        Look::Dark => "dark",
        Look::Light => "light",
        Look::HighContrast => "high_contrast",
    }
}

/// A colour of a file.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    look: &'a str,
    name: &'a str,
    value: &'a str,
}

/// Every colour of a file, whichever look it is of.
fn looks<'a>(text: &'a str, faults: &mut Faults) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for look in fields(text, 1, faults) {
        if !Look::ALL.iter().any(|known| name(*known) == look.name) {
            let message = format!(
                "no look `{}`; valid are dark, light, high_contrast",
                look.name
            );
            faults.tell(look.line, message);
            continue;
        }
        let line = |field: crate::io::settings_text::Field<'a>| Line {
            number: field.line,
            look: look.name,
            name: field.name,
            value: field.value,
        };
        lines.extend(
            fields(look.value, look.value_line, faults)
                .into_iter()
                .map(line),
        );
    }
    lines
}

fn colors<'a>(lines: &[Line<'a>], look: &str) -> Colors<'a> {
    let own = lines.iter().filter(|line| line.look == look);
    own.map(|line| (line.name, line.value)).collect()
}

/// Takes a line in, if its name and value are right.
fn lay<'a>(colors: &mut Colors<'a>, line: &Line<'a>, faults: &mut Faults) {
    let names: Vec<&str> = colors.iter().map(|(name, _)| *name).collect();
    let Some((_, value)) = colors.iter_mut().find(|(name, _)| *name == line.name) else {
        let nearest = call::nearest(line.name, names.into_iter());
        faults.tell(line.number, call::unknown("colour", line.name, nearest));
        return;
    };
    let wanted = if value.starts_with('"') {
        color(line.value)
            .is_none()
            .then_some("a colour like \"#rrggbb\"")
    } else {
        let number = line
            .value
            .parse()
            .ok()
            .filter(|number: &f32| (0.0..=4.0).contains(number));
        number.is_none().then_some("a number from 0 to 4")
    };
    match wanted {
        Some(wanted) => {
            let message = format!(
                "`{}`: expected {wanted}, found {}",
                line.name,
                shown(line.value)
            );
            faults.tell(line.number, message);
        }
        None => *value = line.value,
    }
}

/// A colour in quotes.
fn color(value: &str) -> Option<Color32> {
    let hex = value.strip_prefix('"')?.strip_suffix('"')?;
    let digits = hex.strip_prefix('#')?;
    let plain = digits.chars().all(|digit| digit.is_ascii_hexdigit());
    Color32::from_hex(hex).ok().filter(|_| plain)
}

/// The look with all of its fields.
fn read(look: Look, colors: &Colors) -> Result<Theme, String> {
    let fields: Vec<String> = colors
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let theme: Theme = ron::from_str(&format!("({})", fields.join(",\n")))
        .map_err(|error| format!("the bundled {FILE}, {}: {}", name(look), error.code))?;
    Ok(Theme {
        look,
        dark: look != Look::Light,
        ..theme
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_is_whole() {
        for look in Look::ALL {
            let (theme, faults) = theme(*look, None).unwrap();
            assert!(faults.is_empty());
            assert_eq!(theme.look, *look);
        }
        let (contrast, _) = theme(Look::HighContrast, None).unwrap();
        assert_eq!(*contrast.panel, Color32::BLACK);
        assert_eq!(
            (contrast.text_2, contrast.line),
            (contrast.text, contrast.line_strong)
        );
        assert_eq!(contrast.rim_more, 0.5);
    }

    #[test]
    fn the_user_s_colours_lie_over_those_of_their_look() {
        let own = "(\n dark: (\n accent: \"#ff0000\",\n ),\n light: (accent: \"#00f\"),\n)";
        let accent = |look| *theme(look, Some(own)).unwrap().0.accent;
        assert_eq!(accent(Look::Dark), Color32::RED);
        assert_eq!(accent(Look::Light), Color32::BLUE);
        assert_eq!(
            accent(Look::HighContrast),
            *Theme::bundled(true).unwrap().accent
        );
    }

    #[test]
    fn wrong_lines_are_told_and_leave_the_bundled_colour() {
        let own = "(\n dark: (\n acent: \"#ff0000\",\n text: \"red\",\n grid_a: \"#fff\",\n line: \"#123456\",\n ),\n night: (),\n)";
        let (theme, faults) = theme(Look::Dark, Some(own)).unwrap();
        let faults: Vec<String> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(
            faults,
            [
                "theme.ron:3: no colour `acent`; did you mean `accent`?",
                "theme.ron:4: `text`: expected a colour like \"#rrggbb\", found \"red\"",
                "theme.ron:5: `grid_a`: expected a number from 0 to 4, found \"#fff\"",
                "theme.ron:8: no look `night`; valid are dark, light, high_contrast",
            ]
        );
        assert_eq!(*theme.line, Color32::from_rgb(0x12, 0x34, 0x56));
        assert_eq!(theme.text, Theme::bundled(true).unwrap().text);
    }

    /// How much brighter one colour is than the other, as the guidelines for accessible pages count it.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let light = |color: Color32| {
            let part = |byte: u8| {
                let part = f32::from(byte) / 255.0;
                match part <= 0.04045 {
                    true => part / 12.92,
                    false => ((part + 0.055) / 1.055).powf(2.4),
                }
            };
            0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b()) + 0.05
        };
        let (a, b) = (light(a), light(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_can_be_read_in_every_look() {
        assert!((contrast(Color32::WHITE, Color32::BLACK) - 21.0).abs() < 0.01);
        for look in Look::ALL {
            let (t, _) = theme(*look, None).unwrap();
            let pairs = [
                ("text on panel", t.text, t.panel),
                ("text on field", t.text, t.field),
                ("text on popup", t.text, t.popup),
                ("text_2 on panel", t.text_2, t.panel),
                ("text_2 on popup", t.text_2, t.popup),
                ("text_2 on base", t.text_2, t.base),
                ("text_2 on accent_tint", t.text_2, t.accent_tint),
                ("accent_on on accent_fill", t.accent_on, t.accent_fill),
                ("f_anim_text on f_anim", t.f_anim_text, t.f_anim),
                ("f_key_text on f_key", t.f_key_text, t.f_key),
                ("f_changed_text on f_changed", t.f_changed_text, t.f_changed),
                ("playhead_on on playhead", t.playhead_on, t.playhead),
                ("orange on panel", t.orange, t.panel),
                ("red on panel", t.red, t.panel),
                ("green on panel", t.green, t.panel),
                ("gold_text on panel", t.gold_text, t.panel),
            ];
            for (what, text, ground) in pairs {
                let contrast = contrast(*text, *ground);
                assert!(contrast >= 4.5, "{look:?}: {what} {contrast}");
            }
        }
    }

    #[test]
    fn what_is_unknown_or_missing_in_a_look_is_named() {
        let mut lines = Faults::of(FILE);
        let looks = looks(BUNDLED, &mut lines);
        let mut colors = colors(&looks, "light");
        let lost = colors.remove(3);
        let error = read(Look::Light, &colors).unwrap_err();
        assert!(
            error.contains("theme.ron, light") && error.contains(lost.0),
            "{error}"
        );
        colors.push(lost);
        colors.push(("mauve", "\"#fff\""));
        let error = read(Look::Light, &colors).unwrap_err();
        assert!(error.contains("mauve"), "{error}");
    }
}
