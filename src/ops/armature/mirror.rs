//! How the active rig mirrors: the kind of its mirror, and which bone is the mirror image of which.

use std::sync::Arc;

use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::model::settings;
use crate::ops::context::Context;
use crate::ops::event::Event;
use crate::ops::operator::{Exec, Info, Offer, Operator, Poll, Refusal, Start};
use crate::ops::scripting::pose::{find, find_rig};
use crate::ops::shared::mirror::pairing::{How, Pairing, Partner};
use crate::ops::shared::mirror::rests::Rests;
use crate::{choice, props};

/// How many bones are offered as partners beside those that are selected.
const OFFERED: usize = 8;

props! {
    /// Choose what the mirror image of a pose is on this rig.
    pub struct MirrorKind {
        /// What the mirror image is.
        r#type: settings::MirrorKind = settings::MirrorKind::Channels, HINT.label("Mirror");
    }
}

impl Operator for MirrorKind {
    const INFO: Info = Info::new("armature.mirror_kind", "Kind of Mirror");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()
    }

    fn invoke(&mut self, _cx: &Context, _event: &Event) -> Start {
        Start::Menu("type")
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let rig = cx.rig_mut()?;
        if rig.options.mirror_kind != self.r#type {
            Arc::make_mut(&mut rig.options).mirror_kind = self.r#type;
        }
        Ok(())
    }
}

choice! {
    /// What the mirror image of a bone is.
    pub enum PartnerChoice: Bone {
        /// Another bone
        Bone = "BONE", "Bone";
        /// The bone itself, which lies in the middle
        Itself = "ITSELF", "Itself";
        /// No bone: it is left alone
        None = "NONE", "None";
        /// As names, or else places at rest, say
        Automatic = "AUTOMATIC", "Automatic";
    }
}

props! {
    /// Say which bone is the mirror image of the active one, where names and places do not.
    pub struct MirrorPartner {
        /// What the mirror image is.
        r#type: PartnerChoice = PartnerChoice::Bone, HINT.label("Type").transient();
        /// The bone on the other side.
        partner: String = String::new(), HINT.label("Partner").transient();
        /// The bone; left out, the active one.
        bone: String = String::new(), HINT.hidden().transient();
        /// The rig; left out, the active one.
        rig: String = String::new(), HINT.hidden().transient();
    }
}

impl Operator for MirrorPartner {
    const INFO: Info = Info::new("armature.mirror_partner", "Mirror Partner");

    fn poll(cx: &Context) -> Poll {
        cx.need_rig()?;
        let some = cx
            .doc
            .rig()
            .is_some_and(|rig| !rig.armature.bones.is_empty());
        match some {
            true => Ok(()),
            false => Err("The rig has no bones".to_owned()),
        }
    }

    fn invoke(&mut self, cx: &Context, _event: &Event) -> Start {
        let asked = self.r#type == PartnerChoice::Bone && self.partner.is_empty();
        let bone = cx.rig().and_then(|rig| Ok((rig, self.bone(rig)?)));
        match bone {
            Ok((rig, bone)) if asked && self.rig.is_empty() => {
                Start::Offer(offers(rig, bone, true))
            }
            _ => Start::Run,
        }
    }

    fn exec(&self, cx: &mut Context) -> Exec {
        let id = find_rig(cx, &self.rig)?;
        let rig = cx.doc.rig_at_mut(id).ok_or(Refusal::Nothing)?;
        let bone = self.bone(rig)?;
        let name = rig.armature.name(bone).to_owned();
        let mut options = rig.options.as_ref().clone();
        match self.r#type {
            PartnerChoice::Itself => options.pair(&name, Some(&name)),
            PartnerChoice::None => options.pair(&name, None),
            PartnerChoice::Automatic => options.unpair(&name),
            PartnerChoice::Bone if self.partner.is_empty() => {
                return Err(Refusal::error("Name the bone that is the mirror image"));
            }
            PartnerChoice::Bone => {
                find(rig, &self.partner)?;
                options.pair(&name, Some(&self.partner));
            }
        }
        if options != *rig.options {
            rig.options = Arc::new(options);
        }
        let partner = Pairing::new(rig).partner(bone);
        let text = words(rig, bone, partner);
        cx.info(format!("Mirror partner of {name}: {text}"));
        Ok(())
    }

    fn idle(&self) -> &'static [&'static str] {
        match self.r#type {
            PartnerChoice::Bone => &[],
            _ => &["partner"],
        }
    }
}

impl MirrorPartner {
    fn bone(&self, rig: &Rig) -> Result<BoneId, Refusal> {
        if !self.bone.is_empty() {
            return find(rig, &self.bone);
        }
        rig.active_bone
            .ok_or_else(|| Refusal::error("No bone is active; click one first"))
    }
}

/// What is known of the mirror image of a bone, in words.
pub fn words(rig: &Rig, bone: BoneId, partner: Option<Partner>) -> String {
    let Some(Partner { bone: other, how }) = partner else {
        return "none found".to_owned();
    };
    let other = match other {
        Some(other) if other == bone => "itself".to_owned(),
        Some(other) => rig.armature.name(other).to_owned(),
        None => "none".to_owned(),
    };
    match how {
        How::Corrected => format!("{other} (chosen)"),
        How::Name => format!("{other} (by name)"),
        How::Rest => format!("{other} (by place)"),
    }
}

/// The calls that give a bone another mirror partner: as names and places say, none, itself, the other
/// selected bone, and the bones whose rest lies nearest to the mirror image. The rig is named unless it is the
/// active one.
pub fn offers(rig: &Rig, bone: BoneId, active: bool) -> Vec<Offer> {
    let name = rig.armature.name(bone);
    let of_rig = match active {
        true => String::new(),
        false => format!(", rig: {:?}", rig.name),
    };
    let corrected = rig.options.mirror_partners.get(name);
    let current = Pairing::new(rig).image(bone);
    let offer = |label: String, arguments: &str, on: bool| Offer {
        label,
        call: format!("armature.mirror_partner({arguments}bone: {name:?}{of_rig})"),
        on: Some(on),
    };
    let automatic = format!("Automatic: {}", automatically(rig, bone));
    let itself = corrected.is_some() && current == Some(bone);
    let mut offers = vec![
        offer(automatic, "type: AUTOMATIC, ", corrected.is_none()),
        offer("None".to_owned(), "type: NONE, ", corrected == Some(&None)),
        offer("Itself".to_owned(), "type: ITSELF, ", itself),
    ];
    for other in candidates(rig, bone, current) {
        let other_name = rig.armature.name(other);
        let on = corrected.is_some() && current == Some(other);
        offers.push(offer(
            other_name.to_owned(),
            &format!("partner: {other_name:?}, "),
            on,
        ));
    }
    offers
}

/// What names and places say of a bone.
fn automatically(rig: &Rig, bone: BoneId) -> String {
    let mut options = rig.options.as_ref().clone();
    options.unpair(rig.armature.name(bone));
    let rig = Rig {
        options: Arc::new(options),
        ..rig.clone()
    };
    words(&rig, bone, Pairing::new(&rig).partner(bone))
}

fn candidates(rig: &Rig, bone: BoneId, current: Option<BoneId>) -> Vec<BoneId> {
    let rests = Rests::new(&rig.armature);
    let selected = rig.selected_bones();
    let other = match selected.as_slice() {
        [a, b] if *a == bone => Some(*b),
        [a, b] if *b == bone => Some(*a),
        _ => None,
    };
    let mut near: Vec<BoneId> = rig.armature.ids().collect();
    near.sort_by(|a, b| rests.off(bone, *a).total_cmp(&rests.off(bone, *b)));
    let mut found: Vec<BoneId> = Vec::new();
    for id in current.into_iter().chain(other).chain(near) {
        if id != bone && !found.contains(&id) && found.len() < OFFERED {
            found.push(id);
        }
    }
    found
}
