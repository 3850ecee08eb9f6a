//! Keys of one property, as a value field asks for them.

use crate::model::fcurve::FCurve;
use crate::model::id::{BoneId, RigId};
use crate::ops::anim::{delete, insert, shown};
use crate::ops::context::Context;
use crate::ops::operator::{Exec, Info, Operator, Poll, Refusal};
use crate::ops::scripting::pose::{find, find_rig};
use crate::ops::shared::channels;
use crate::ops::shared::keyed_action::{self, action_frame};
use crate::props;

macro_rules! button_operator {
    ($(#[doc = $doc:expr])* $name:ident, $id:literal, $label:literal, $exec:expr) => {
        props! {
            $(#[doc = $doc])*
            pub struct $name {
                /// Every component of the property, not the one alone.
                all: bool = true;
                /// The rig; left out, the active one.
                rig: String = String::new(), HINT.hidden();
                /// The bone; left out, the property is one of the rig itself.
                bone: String = String::new(), HINT.hidden();
                /// The property, as curves name it.
                property: String = String::new(), HINT.hidden();
                /// Which component.
                index: i32 = 0, HINT.hidden();
            }
        }

        impl Operator for $name {
            const INFO: Info = Info::new($id, $label).script_only();

            fn poll(cx: &Context) -> Poll {
                cx.need_rig()
            }

            fn exec(&self, cx: &mut Context) -> Exec {
                let index = u32::try_from(self.index).ok().filter(|_| !self.all);
                if !self.all && index.is_none() {
                    let problem = format!("there is no component {}", self.index);
                    return Err(Refusal::Error(problem));
                }
                let of = Property::find(cx, &self.rig, &self.bone, &self.property, index)?;
                $exec(cx, of)
            }
        }
    };
}

button_operator!(
    /// Set a key of a property at the current frame, to the value it has.
    KeyframeInsertButton,
    "anim.keyframe_insert_button",
    "Insert Keyframe (Field)",
    |cx: &mut Context, of: Property| {
        let rig = cx.doc.rigs.get(of.rig.index());
        let rig = rig.ok_or(Refusal::Nothing)?;
        let mut held = channels::property(rig, of.bone, of.name);
        held.retain(|held| of.index.is_none_or(|index| held.index == index));
        if held.is_empty() {
            return Err(of.unknown());
        }
        insert::insert(cx, vec![(of.rig, held)])
    }
);

button_operator!(
    /// Delete the key of a property at the current frame.
    KeyframeDeleteButton,
    "anim.keyframe_delete_button",
    "Delete Keyframe (Field)",
    |cx: &mut Context, of: Property| {
        let frame = cx.doc.scene.frame;
        let at = action_frame(cx.doc, of.rig, frame);
        let tally = keyed_action::remove_at(cx.doc, of.rig, at, |curve| of.has(curve));
        delete::tell(cx, &tally, &format!("at frame {}", shown(frame)));
        Ok(())
    }
);

button_operator!(
    /// Delete every key of a property, at all frames.
    KeyframeClearButton,
    "anim.keyframe_clear_button",
    "Clear Keyframes (Field)",
    |cx: &mut Context, of: Property| {
        let tally = keyed_action::clear(cx.doc, of.rig, |curve| of.has(curve));
        delete::tell(cx, &tally, "at any frame");
        Ok(())
    }
);

/// A property of a bone, or of a rig itself, or one component of it.
struct Property<'a> {
    rig: RigId,
    bone: Option<BoneId>,
    bone_name: &'a str,
    name: &'a str,
    index: Option<u32>,
}

impl<'a> Property<'a> {
    fn find(
        cx: &Context,
        rig: &str,
        bone_name: &'a str,
        name: &'a str,
        index: Option<u32>,
    ) -> Result<Self, Refusal> {
        let id = find_rig(cx, rig)?;
        let rig = cx.doc.rigs.get(id.index()).ok_or(Refusal::Nothing)?;
        let bone = match bone_name {
            "" => None,
            name => Some(find(rig, name)?),
        };
        Ok(Self {
            rig: id,
            bone,
            bone_name,
            name,
            index,
        })
    }

    fn has(&self, curve: &FCurve) -> bool {
        curve.bone.as_deref().unwrap_or_default() == self.bone_name
            && *curve.property == *self.name
            && self.index.is_none_or(|index| curve.index == index)
    }

    fn unknown(&self) -> Refusal {
        let owner = match self.bone_name {
            "" => "the rig".to_owned(),
            bone => format!("bone `{bone}`"),
        };
        Refusal::Error(format!(
            "{owner} has no property `{}` that could be keyed",
            self.name
        ))
    }
}
