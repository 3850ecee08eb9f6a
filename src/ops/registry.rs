//! The table of operators, and the form in which it lends them to everything that knows none of them.

use std::any::Any;

use crate::ops::call::{self, CallError};
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Flow, Header, Info, Modal, Operator, Poll, Refusal, Start};
use crate::ops::props::{Field, Value};

/// An operator with its parameters, whatever its type.
pub trait AnyOperator {
    /// What is fixed about it.
    fn info(&self) -> Info;
    /// Whether it can run, else why not.
    fn poll(&self, cx: &Context) -> Poll;
    /// How it starts when a user chooses it.
    fn invoke(&mut self, cx: &Context, event: &Event) -> Start;
    /// Does it.
    fn exec(&self, cx: &mut Context) -> Exec;
    /// Descriptions of the parameters.
    fn fields(&self) -> &'static [Field];
    /// Lends the parameters, in the order of the descriptions.
    fn values(&mut self) -> Vec<Value<'_>>;
    /// The parameters that mean nothing beside the others' values.
    fn idle(&self) -> &'static [&'static str];
    /// Brings numbers into their ranges, or says which is none.
    fn sanitize(&mut self) -> Result<(), String>;
    /// Name and script text of each parameter that differs from its default.
    fn changed(&self) -> Vec<(&'static str, String)>;
    /// Whether it follows the mouse.
    fn is_modal(&self) -> bool;
    /// Starts following the mouse; nothing if it never does.
    fn begin(&mut self, cx: &Context, event: &Event) -> Option<Begun>;
    /// Takes an event.
    fn handle(&mut self, drag: &mut dyn Any, cx: &Context, event: &Event) -> Flow;
    /// What the header shows.
    fn header(&self, drag: &dyn Any) -> Header;
    /// A copy.
    fn boxed_clone(&self) -> Box<dyn AnyOperator>;

    /// The call as script text, with the changed parameters only.
    fn call_text(&self) -> String {
        let arguments: Vec<_> = self
            .changed()
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        format!("{}({})", self.info().id, arguments.join(", "))
    }
}

impl Clone for Box<dyn AnyOperator> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}

/// What an operator that follows the mouse remembers, or why it does not start.
type Begun = Result<Box<dyn Any>, Refusal>;

/// How a type of operator begins, handles and shows: the part that only modal ones have.
struct Follow<T> {
    begin: fn(&mut T, &Context, &Event) -> Begun,
    handle: fn(&mut T, &mut dyn Any, &Context, &Event) -> Flow,
    header: fn(&T, &dyn Any) -> Header,
}

impl<T> Clone for Follow<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Follow<T> {}

fn follow<T: Modal>() -> Follow<T> {
    Follow {
        begin: |op, cx, event| Ok(Box::new(op.begin(cx, event)?)),
        handle: |op, drag, cx, event| match drag.downcast_mut::<T::Drag>() {
            Some(drag) => op.handle(drag, cx, event),
            None => Flow::Cancel,
        },
        header: |op, drag| {
            drag.downcast_ref::<T::Drag>()
                .map(|drag| op.header(drag))
                .unwrap_or_default()
        },
    }
}

struct Erased<T> {
    op: T,
    follow: Option<Follow<T>>,
}

impl<T: Operator> AnyOperator for Erased<T> {
    fn info(&self) -> Info {
        T::INFO
    }
    fn poll(&self, cx: &Context) -> Poll {
        T::poll(cx)
    }
    fn invoke(&mut self, cx: &Context, event: &Event) -> Start {
        self.op.invoke(cx, event)
    }
    fn exec(&self, cx: &mut Context) -> Exec {
        let required = T::FIELDS.iter().any(|field| field.hint.required);
        if let Some(name) = required.then(|| self.op.clone().missing()).flatten() {
            return Err(Refusal::Error(format!(
                "`{name}` is missing: it has no default, so the call must give it"
            )));
        }
        self.op.exec(cx)
    }
    fn fields(&self) -> &'static [Field] {
        T::FIELDS
    }
    fn values(&mut self) -> Vec<Value<'_>> {
        self.op.values()
    }
    fn idle(&self) -> &'static [&'static str] {
        self.op.idle()
    }
    fn sanitize(&mut self) -> Result<(), String> {
        self.op.sanitize()
    }
    fn changed(&self) -> Vec<(&'static str, String)> {
        self.op.changed()
    }
    fn is_modal(&self) -> bool {
        self.follow.is_some()
    }
    fn begin(&mut self, cx: &Context, event: &Event) -> Option<Begun> {
        Some((self.follow?.begin)(&mut self.op, cx, event))
    }
    fn handle(&mut self, drag: &mut dyn Any, cx: &Context, event: &Event) -> Flow {
        self.follow.map_or(Flow::Cancel, |follow| {
            (follow.handle)(&mut self.op, drag, cx, event)
        })
    }
    fn header(&self, drag: &dyn Any) -> Header {
        self.follow
            .map(|follow| (follow.header)(&self.op, drag))
            .unwrap_or_default()
    }
    fn boxed_clone(&self) -> Box<dyn AnyOperator> {
        Box::new(Self {
            op: self.op.clone(),
            follow: self.follow,
        })
    }
}

/// An operator that runs at once, with its parameters.
pub fn boxed<T: Operator>(op: T) -> Box<dyn AnyOperator> {
    Box::new(Erased { op, follow: None })
}

/// One line of the registry.
#[derive(Clone, Copy)]
pub struct Entry {
    /// What is fixed about the operator.
    pub info: Info,
    /// What it does, in its own words.
    pub doc: &'static str,
    /// Descriptions of the parameters.
    pub fields: &'static [Field],
    make: fn() -> Box<dyn AnyOperator>,
    from_ron: fn(&str) -> Result<Box<dyn AnyOperator>, CallError>,
    from_json: fn(&serde_json::Value) -> Result<Box<dyn AnyOperator>, String>,
}

impl Entry {
    /// The operator with its defaults.
    pub fn make(&self) -> Box<dyn AnyOperator> {
        (self.make)()
    }

    /// The operator with parameters from script text, `(name: value, …)`.
    ///
    /// # Errors
    /// What is wrong with which parameter.
    pub fn parse(&self, arguments: &str) -> Result<Box<dyn AnyOperator>, CallError> {
        let mut op = (self.from_ron)(arguments)?;
        op.sanitize()
            .map_err(|message| CallError { column: 1, message })?;
        Ok(op)
    }

    /// The operator with parameters from script text, its numbers as they stand.
    ///
    /// # Errors
    /// As for [`parse`](Self::parse).
    pub fn parse_exact(&self, arguments: &str) -> Result<Box<dyn AnyOperator>, CallError> {
        (self.from_ron)(arguments)
    }

    /// The operator with parameters from a JSON object.
    ///
    /// # Errors
    /// What is wrong with which parameter.
    pub fn parse_json(
        &self,
        arguments: &serde_json::Value,
    ) -> Result<Box<dyn AnyOperator>, String> {
        let mut op = (self.from_json)(arguments)?;
        op.sanitize()?;
        Ok(op)
    }
}

/// The entry of an operator that runs at once.
pub const fn op<T: Operator>() -> Entry {
    Entry {
        info: T::INFO,
        doc: T::DOC,
        fields: T::FIELDS,
        make: || {
            Box::new(Erased {
                op: T::default(),
                follow: None,
            })
        },
        from_ron: |text| {
            Ok(Box::new(Erased {
                op: call::arguments::<T>(text)?,
                follow: None,
            }))
        },
        from_json: |value| {
            Ok(Box::new(Erased {
                op: call::json_arguments::<T>(value)?,
                follow: None,
            }))
        },
    }
}

/// The entry of an operator that follows the mouse.
pub const fn modal<T: Modal>() -> Entry {
    Entry {
        info: T::INFO,
        doc: T::DOC,
        fields: T::FIELDS,
        make: || {
            Box::new(Erased {
                op: T::default(),
                follow: Some(follow::<T>()),
            })
        },
        from_ron: |text| {
            Ok(Box::new(Erased {
                op: call::arguments::<T>(text)?,
                follow: Some(follow::<T>()),
            }))
        },
        from_json: |value| {
            Ok(Box::new(Erased {
                op: call::json_arguments::<T>(value)?,
                follow: Some(follow::<T>()),
            }))
        },
    }
}

/// The families, in the order of the reference.
pub const FAMILIES: &[&[Entry]] = &[
    crate::ops::pose::POSE,
    crate::ops::armature::ARMATURE,
    crate::ops::constraint::CONSTRAINT,
    crate::ops::object::OBJECT,
    crate::ops::bone::BONE,
    crate::ops::transform::TRANSFORM,
    crate::ops::anim::ANIM,
    crate::ops::action::ACTION,
    crate::ops::marker::MARKER,
    crate::ops::view3d::VIEW3D,
    crate::ops::view2d::VIEW2D,
    crate::ops::time::TIME,
    crate::ops::keying::KEYING,
    crate::ops::outliner::OUTLINER,
    crate::ops::screen::SCREEN,
    crate::ops::scripting::SCRIPTING,
    crate::ops::editor::EDITOR,
];

/// Every operator.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The operator of this id.
pub fn find(id: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.info.id == id)
}

/// The id that `wanted` was most likely meant to be.
pub fn nearest(wanted: &str) -> Option<&'static str> {
    call::nearest(wanted, entries().map(|entry| entry.info.id))
}
