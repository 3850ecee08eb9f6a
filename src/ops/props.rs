//! Parameters of operators: one declaration gives the struct, its defaults, its documentation, the form
//! that shows it and the text that calls it.

use crate::model::choice::Choice;

/// A parameter lent to a form, which reads and changes it in place.
pub enum Value<'a> {
    /// On or off.
    Bool(&'a mut bool),
    /// A whole number.
    Int(&'a mut i32),
    /// A number.
    Float(&'a mut f32),
    /// A line of text.
    Text(&'a mut String),
    /// One of several items.
    Choice(&'a mut dyn Choice),
    /// Several numbers, one per axis.
    Vector(&'a mut [f32]),
    /// Several switches, one per axis.
    Flags(&'a mut [bool]),
    /// Structured data, for scripts only.
    Data,
}

/// A type that parameters can have.
pub trait Param {
    /// Lends the value.
    fn value(&mut self) -> Value<'_>;
}

macro_rules! plain_param {
    ($($ty:ty => $item:ident),*) => { $(impl Param for $ty {
        fn value(&mut self) -> Value<'_> {
            Value::$item(self)
        }
    })* };
}
plain_param!(bool => Bool, i32 => Int, f32 => Float, String => Text);

impl<C: Choice> Param for C {
    fn value(&mut self) -> Value<'_> {
        Value::Choice(self)
    }
}

impl<const N: usize> Param for [f32; N] {
    fn value(&mut self) -> Value<'_> {
        Value::Vector(self)
    }
}

impl<const N: usize> Param for [bool; N] {
    fn value(&mut self) -> Value<'_> {
        Value::Flags(self)
    }
}

/// Wraps structured data that only scripts set.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Data<T>(pub T);

impl<T> Param for Data<T> {
    fn value(&mut self) -> Value<'_> {
        Value::Data
    }
}

/// What a number measures; it decides how a form shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A plain number.
    #[default]
    None,
    /// Radians, shown as degrees.
    Angle,
    /// Metres.
    Length,
    /// A factor, shown with a slider where it has limits.
    Factor,
    /// A frame.
    Frame,
}

/// How a parameter is shown, limited and remembered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hint {
    /// What the user reads; none: made from the name.
    pub label: Option<&'static str>,
    /// Values from scripts and forms are clamped to this.
    pub range: Option<(f32, f32)>,
    /// What a slider offers.
    pub soft_range: Option<(f32, f32)>,
    /// The switch beside it that takes the limits away while it is on.
    pub beyond: Option<&'static str>,
    /// What it measures.
    pub unit: Unit,
    /// Not shown in forms.
    pub hidden: bool,
    /// Starts from its default at each call.
    pub transient: bool,
    /// Has no default: a call must give it.
    pub required: bool,
}

/// The hint that says nothing, to build upon.
pub const HINT: Hint = Hint {
    label: None,
    range: None,
    soft_range: None,
    beyond: None,
    unit: Unit::None,
    hidden: false,
    transient: false,
    required: false,
};

impl Hint {
    /// What the user reads.
    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = Some(label);
        self
    }

    /// Hard limits; an infinite side has none.
    pub const fn range(mut self, min: f32, max: f32) -> Self {
        self.range = Some((min, max));
        self
    }

    /// What a slider offers.
    pub const fn soft_range(mut self, min: f32, max: f32) -> Self {
        self.soft_range = Some((min, max));
        self
    }

    /// The limits count only while this switch is off.
    pub const fn beyond(mut self, switch: &'static str) -> Self {
        self.beyond = Some(switch);
        self
    }

    /// What the number measures.
    pub const fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Not shown in forms.
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Has no default: a call must give it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Starts from its default at each call.
    pub const fn transient(mut self) -> Self {
        self.transient = true;
        self
    }
}

/// A parameter's description.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name in scripts.
    pub name: &'static str,
    /// What it does, from the doc comment.
    pub doc: &'static str,
    /// How it is shown, limited and remembered.
    pub hint: Hint,
}

impl Field {
    /// What its numbers are clamped to while these switches are on.
    pub fn limits(&self, on: &[&str]) -> (f32, f32) {
        let free = self.hint.beyond.is_some_and(|switch| on.contains(&switch));
        let range = self.hint.range.filter(|_| !free);
        range.unwrap_or((f32::NEG_INFINITY, f32::INFINITY))
    }

    /// What the user reads.
    pub fn label(&self) -> String {
        let words = |name: &str| {
            let word = |word: &str| {
                let mut letters = word.chars();
                let first = letters.next().map(|c| c.to_ascii_uppercase());
                first.into_iter().chain(letters).collect::<String>()
            };
            name.split('_').map(word).collect::<Vec<_>>().join(" ")
        };
        self.hint
            .label
            .map_or_else(|| words(self.name), str::to_owned)
    }
}

/// The switches that are on.
pub fn switched_on(fields: &[Field], values: &[Value]) -> Vec<&'static str> {
    let fields = fields.iter().map(|field| field.name);
    let on = fields.zip(values);
    on.filter_map(|(name, value)| matches!(value, Value::Bool(true)).then_some(name))
        .collect()
}

/// A struct of parameters.
pub trait Props {
    /// What the operator does, from the doc comment.
    const DOC: &'static str;
    /// Descriptions, in the order of [`Props::values`].
    const FIELDS: &'static [Field];

    /// Lends every parameter.
    fn values(&mut self) -> Vec<Value<'_>>;

    /// Name and script text of every parameter that differs from its default.
    fn changed(&self) -> Vec<(&'static str, String)>;

    /// The required parameter that was not given.
    fn missing(&mut self) -> Option<&'static str> {
        let unset = |(field, value): (&Field, Value)| {
            let Value::Choice(choice) = value else {
                return None;
            };
            (field.hint.required && !choice.is_set()).then_some(field.name)
        };
        Self::FIELDS.iter().zip(self.values()).find_map(unset)
    }

    /// Brings numbers into their ranges.
    ///
    /// # Errors
    /// A line that names the parameter which is not a finite number.
    fn sanitize(&mut self) -> Result<(), String> {
        let on = switched_on(Self::FIELDS, &self.values());
        for (field, value) in Self::FIELDS.iter().zip(self.values()) {
            let (min, max) = field.limits(&on);
            match value {
                Value::Float(number) => clamp(number, min, max, field.name)?,
                Value::Vector(numbers) => {
                    for number in numbers {
                        clamp(number, min, max, field.name)?;
                    }
                }
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "limits of whole numbers fit"
                )]
                Value::Int(number) => *number = (*number).clamp(min as i32, max as i32),
                _ => {}
            }
        }
        Ok(())
    }
}

fn clamp(number: &mut f32, min: f32, max: f32, name: &str) -> Result<(), String> {
    if !number.is_finite() {
        return Err(format!("`{name}` must be a finite number, not {number}"));
    }
    *number = number.clamp(min, max);
    Ok(())
}

/// A doc comment as one text for a tooltip: lines joined, no final period.
pub fn tooltip(doc: &str) -> String {
    let lines: Vec<&str> = doc
        .lines()
        .map(str::trim)
        .take_while(|line| !line.is_empty())
        .collect();
    lines.join(" ").trim_end_matches('.').to_owned()
}

/// Script text of a value.
pub fn text<T: serde::Serialize>(value: &T) -> String {
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.to_string(value).unwrap_or_default()
}

/// Declares a struct of parameters: `props! { /// doc  pub struct Name { /// doc  field: Type = default, HINT; } }`,
/// or one with the parameters of another struct: `props! { /// doc  pub struct Name(Shared); }`.
#[macro_export]
macro_rules! props {
    ($(#[doc = $doc:expr])* $vis:vis struct $name:ident($shared:ty);) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        $vis struct $name(
            /// The parameters.
            pub $shared,
        );

        impl $crate::ops::props::Props for $name {
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const FIELDS: &'static [$crate::ops::props::Field] =
                <$shared as $crate::ops::props::Props>::FIELDS;

            fn values(&mut self) -> Vec<$crate::ops::props::Value<'_>> {
                $crate::ops::props::Props::values(&mut self.0)
            }

            fn changed(&self) -> Vec<(&'static str, String)> {
                $crate::ops::props::Props::changed(&self.0)
            }
        }
    };
    ($(#[doc = $doc:expr])* $vis:vis struct $name:ident {
        $( $(#[doc = $field_doc:expr])* $field:ident : $ty:ty = $default:expr $(, $hint:expr)?; )*
    }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        $vis struct $name { $( $(#[doc = $field_doc])* pub $field: $ty, )* }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        impl $crate::ops::props::Props for $name {
            const DOC: &'static str = concat!($($doc, "\n"),*);
            const FIELDS: &'static [$crate::ops::props::Field] = &[$(
                $crate::ops::props::Field {
                    name: $crate::model::record::field_name(stringify!($field)),
                    doc: concat!($($field_doc, "\n"),*),
                    hint: {
                        #[allow(unused_imports)]
                        use $crate::ops::props::HINT;
                        #[allow(unused_variables)]
                        let hint = HINT;
                        $(let hint = $hint;)?
                        hint
                    },
                },
            )*];

            fn values(&mut self) -> Vec<$crate::ops::props::Value<'_>> {
                vec![$($crate::ops::props::Param::value(&mut self.$field)),*]
            }

            fn changed(&self) -> Vec<(&'static str, String)> {
                #[allow(unused_variables)]
                let rest = Self::default();
                #[allow(unused_mut)]
                let mut changed = Vec::new();
                $(
                    if self.$field != rest.$field {
                        let name = $crate::model::record::field_name(stringify!($field));
                        changed.push((name, $crate::ops::props::text(&self.$field)));
                    }
                )*
                changed
            }
        }
    };
}

#[cfg(test)]
mod tests;
