//! Constraints of a bone, as data: kind, target and settings under Blender's names.
//!
//! A constraint always holds every setting of its kind; what a kind has and starts from stands in
//! `constraint_defaults.rs`. Nothing here solves anything.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::{Map, Value, json};

use crate::choice;
use crate::model::constraint_defaults::{Preset, presets};
use crate::model::pose::Custom;
use crate::model::record::Put;
use crate::record;

choice! {
    /// What a constraint does.
    pub enum ConstraintKind: Ik {
        /// Follows a solved camera; without effect here
        CameraSolver = "CAMERA_SOLVER", "Camera Solver", "Motion Tracking";
        /// Follows a tracked point; without effect here
        FollowTrack = "FOLLOW_TRACK", "Follow Track";
        /// Follows a solved object; without effect here
        ObjectSolver = "OBJECT_SOLVER", "Object Solver";
        /// Goes where the target is
        CopyLocation = "COPY_LOCATION", "Copy Location", "Transform";
        /// Turns as the target does
        CopyRotation = "COPY_ROTATION", "Copy Rotation";
        /// Takes the target's scale
        CopyScale = "COPY_SCALE", "Copy Scale";
        /// Takes the target's whole transform
        CopyTransforms = "COPY_TRANSFORMS", "Copy Transforms";
        /// Stays within a distance of the target
        LimitDistance = "LIMIT_DISTANCE", "Limit Distance";
        /// Keeps the location within bounds
        LimitLocation = "LIMIT_LOCATION", "Limit Location";
        /// Keeps the angles within bounds
        LimitRotation = "LIMIT_ROTATION", "Limit Rotation";
        /// Keeps the scale within bounds
        LimitScale = "LIMIT_SCALE", "Limit Scale";
        /// Makes up on two axes for scaling on the third
        MaintainVolume = "MAINTAIN_VOLUME", "Maintain Volume";
        /// Maps one property of the target to one of the owner
        Transform = "TRANSFORM", "Transformation";
        /// Reads a baked file; without effect here
        TransformCache = "TRANSFORM_CACHE", "Transform Cache";
        /// Stays on a curve
        ClampTo = "CLAMP_TO", "Clamp To", "Tracking";
        /// Points at the target by the smallest turn
        DampedTrack = "DAMPED_TRACK", "Damped Track";
        /// Bends a chain so that its end reaches the target
        Ik = "IK", "Inverse Kinematics";
        /// Points at the target by turning about one axis
        LockedTrack = "LOCKED_TRACK", "Locked Track";
        /// Lays a chain along a curve
        SplineIk = "SPLINE_IK", "Spline IK";
        /// Points at the target and stretches to reach it
        StretchTo = "STRETCH_TO", "Stretch To";
        /// Points at the target with an up axis
        TrackTo = "TRACK_TO", "Track To";
        /// Plays an action as the target moves
        Action = "ACTION", "Action", "Relationship";
        /// Follows several bones by weight
        Armature = "ARMATURE", "Armature";
        /// Follows the target as a child would
        ChildOf = "CHILD_OF", "Child Of";
        /// Does not pass beyond the target's plane
        Floor = "FLOOR", "Floor";
        /// Moves along a curve
        FollowPath = "FOLLOW_PATH", "Follow Path";
        /// Turns about another point
        Pivot = "PIVOT", "Pivot";
        /// Stays on the surface of a mesh
        Shrinkwrap = "SHRINKWRAP", "Shrinkwrap";
    }
}

choice! {
    /// The space in which a constraint reads or writes a transform.
    pub enum ConstraintSpace: World {
        /// World space
        World = "WORLD", "World Space";
        /// The space of a chosen bone or object
        Custom = "CUSTOM", "Custom Space";
        /// Armature space
        Pose = "POSE", "Pose Space";
        /// Relative to the parent, rest included
        LocalWithParent = "LOCAL_WITH_PARENT", "Local With Parent";
        /// Relative to rest
        Local = "LOCAL", "Local Space";
        /// Relative to rest, turned to the owner's axes
        LocalOwnerOrient = "LOCAL_OWNER_ORIENT", "Local Space (Owner Orientation)";
    }
}

record! {
    /// One of the bones that an Armature constraint follows.
    pub struct ConstraintTarget {
        /// A bone of the same armature, or of the rig that is named beside it.
        pub target_bone: Option<String> = None;
        /// Another rig, or an empty.
        pub target_object: Option<String> = None;
        /// Its share.
        pub weight: f64 = 1.0;
    }
}

impl ConstraintTarget {
    /// As files have it; the object is named only where there is one.
    fn value(&self) -> Value {
        let mut value = json!({"target_bone": self.target_bone, "weight": self.weight});
        if let (Some(object), Some(fields)) = (&self.target_object, value.as_object_mut()) {
            fields.insert("target_object".to_owned(), json!(object));
        }
        value
    }
}

/// A constraint of a bone.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// What it does.
    pub kind: ConstraintKind,
    /// Unique in its stack.
    pub name: String,
    /// The bone it looks at; the kind must have one.
    pub target_bone: Option<String>,
    /// The pole of an inverse-kinematics chain.
    pub pole_bone: Option<String>,
    /// The bone whose space `CUSTOM` means.
    pub space_bone: Option<String>,
    /// The empty it looks at, or the other rig whose bone it looks at; none: a bone of its own armature.
    pub target_object: Option<String>,
    /// The other rig, or the empty, of the pole.
    pub pole_object: Option<String>,
    /// The other rig, or the empty, of the space.
    pub space_object: Option<String>,
    /// Whether it looks at the armature's own object.
    pub target_self: bool,
    /// The bones of an Armature constraint.
    pub targets: Vec<ConstraintTarget>,
    /// The action of an Action constraint.
    pub action: Option<String>,
    /// Rows of the matrix that a Child Of constraint applies first; none: not yet computed.
    pub inverse_matrix: Option<[[f64; 4]; 4]>,
    /// How much of its result counts, 0 to 1.
    pub influence: f64,
    /// Switched off by the user.
    pub mute: bool,
    /// Switched on; what `mute` is the other side of.
    pub enabled: bool,
    /// Where the owner's transform is read and written.
    pub owner_space: ConstraintSpace,
    /// Where the target's transform is read.
    pub target_space: ConstraintSpace,
    /// Every other setting of the kind.
    pub settings: BTreeMap<String, Custom>,
}

impl Constraint {
    /// A constraint with the settings that its kind starts from.
    pub fn new(kind: ConstraintKind) -> Self {
        let settings = presets(kind)
            .iter()
            .filter_map(|(name, preset)| Some(((*name).to_owned(), preset.custom()?)));
        Self {
            kind,
            name: kind.stack_name().to_owned(),
            target_bone: None,
            pole_bone: None,
            space_bone: None,
            target_object: None,
            pole_object: None,
            space_object: None,
            target_self: false,
            targets: Vec::new(),
            action: None,
            inverse_matrix: None,
            influence: 1.0,
            mute: false,
            enabled: true,
            owner_space: match kind {
                ConstraintKind::ChildOf => ConstraintSpace::Pose,
                ConstraintKind::Action => ConstraintSpace::Local,
                _ => ConstraintSpace::World,
            },
            target_space: ConstraintSpace::World,
            settings: settings.collect(),
        }
    }

    /// Whether constraints of this kind have the setting.
    pub fn has(&self, setting: &str) -> bool {
        presets(self.kind).iter().any(|(name, _)| *name == setting)
    }

    /// Whether constraints of this kind have the field in a file, be it a setting or one that all have.
    pub fn knows(&self, field: &str) -> bool {
        const COMMON: [&str; 12] = [
            "type",
            "name",
            "space_bone",
            "target_object",
            "pole_object",
            "space_object",
            "target_self",
            "owner_space",
            "target_space",
            "mute",
            "enabled",
            "influence",
        ];
        COMMON.contains(&field) || self.has(field)
    }

    /// A constraint from the fields of a file: missing ones get their default, unknown ones are ignored.
    ///
    /// # Errors
    /// What is wrong, where the type is missing or unknown or a field has the wrong type.
    pub fn from_fields(fields: &Map<String, Value>) -> Result<Self, String> {
        let kind = fields.get("type").ok_or("a constraint without a `type`")?;
        let kind =
            serde_json::from_value(kind.clone()).map_err(|e| format!("constraint type: {e}"))?;
        let mut made = Self::new(kind);
        for (name, value) in fields {
            made.take(name, value)
                .map_err(|e| format!("constraint setting `{name}`: {e}"))?;
        }
        Ok(made)
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), serde_json::Error> {
        let value = value.clone();
        match name {
            "name" => self.name = serde_json::from_value(value)?,
            "target_bone" => self.target_bone = serde_json::from_value(value)?,
            "pole_bone" => self.pole_bone = serde_json::from_value(value)?,
            "space_bone" => self.space_bone = serde_json::from_value(value)?,
            "target_object" => self.target_object = serde_json::from_value(value)?,
            "pole_object" => self.pole_object = serde_json::from_value(value)?,
            "space_object" => self.space_object = serde_json::from_value(value)?,
            "target_self" => self.target_self = serde_json::from_value(value)?,
            "targets" => self.targets = serde_json::from_value(value)?,
            "action" => self.action = serde_json::from_value(value)?,
            "inverse_matrix" => self.inverse_matrix = serde_json::from_value(value)?,
            "influence" => self.influence = serde_json::from_value(value)?,
            "mute" => self.mute = serde_json::from_value(value)?,
            "enabled" => self.enabled = serde_json::from_value(value)?,
            "owner_space" => self.owner_space = serde_json::from_value(value)?,
            "target_space" => self.target_space = serde_json::from_value(value)?,
            _ => {
                if let Some(setting) = self.settings.get_mut(name) {
                    let whole = matches!(setting, Custom::Float(_))
                        .then(|| value.as_f64())
                        .flatten();
                    *setting = match whole {
                        Some(number) => Custom::Float(number),
                        None => serde_json::from_value(value)?,
                    };
                }
            }
        }
        Ok(())
    }

    /// The fields as files have them; `sparse` leaves out what equals the default of the kind.
    pub fn fields(&self, sparse: bool) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("type".to_owned(), json!(self.kind));
        fields.insert("name".to_owned(), json!(self.name));
        for (name, _) in presets(self.kind) {
            match *name {
                "target_bone" => fields.insert("target_bone".to_owned(), json!(self.target_bone)),
                "pole_bone" => fields.insert("pole_bone".to_owned(), json!(self.pole_bone)),
                "action" => fields.insert("action".to_owned(), json!(self.action)),
                "inverse_matrix" => {
                    fields.insert("inverse_matrix".to_owned(), self.inverse_value())
                }
                "targets" => fields.insert(
                    "targets".to_owned(),
                    self.targets.iter().map(ConstraintTarget::value).collect(),
                ),
                _ => None,
            };
        }
        let named = [
            ("space_bone", &self.space_bone),
            ("target_object", &self.target_object),
            ("pole_object", &self.pole_object),
            ("space_object", &self.space_object),
        ];
        for (field, name) in named {
            if let Some(name) = name {
                fields.insert(field.to_owned(), json!(name));
            }
        }
        if self.target_self {
            fields.insert("target_self".to_owned(), json!(true));
        }
        fields.insert("owner_space".to_owned(), json!(self.owner_space));
        fields.insert("target_space".to_owned(), json!(self.target_space));
        fields.insert("mute".to_owned(), json!(self.mute));
        fields.insert("enabled".to_owned(), json!(self.enabled));
        fields.insert("influence".to_owned(), json!(self.influence));
        for (name, value) in &self.settings {
            fields.insert(name.clone(), json!(value));
        }
        if sparse {
            let rest = Self::new(self.kind).fields(false);
            let computed = self.inverse_matrix.is_some();
            fields.retain(|name, value| {
                name == "type"
                    || rest.get(name) != Some(value)
                    || computed && name == "inverse_matrix"
            });
        }
        fields
    }

    /// A matrix that is not computed yet reads as no change at all.
    fn inverse_value(&self) -> Value {
        const IDENTITY: [[f64; 4]; 4] = [
            [1.0, 0.0, 0.0, 0.0],
            [0.0, 1.0, 0.0, 0.0],
            [0.0, 0.0, 1.0, 0.0],
            [0.0, 0.0, 0.0, 1.0],
        ];
        json!(self.inverse_matrix.unwrap_or(IDENTITY))
    }
}

impl Put for Constraint {
    fn put<S: Serializer>(&self, serializer: S, sparse: bool) -> Result<S::Ok, S::Error> {
        serde::Serialize::serialize(&self.fields(sparse), serializer)
    }
}

impl serde::Serialize for Constraint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.put(serializer, true)
    }
}

impl<'de> Deserialize<'de> for Constraint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        let made = Self::from_fields(&fields).map_err(D::Error::custom)?;
        match fields.keys().find(|field| !made.knows(field)) {
            Some(field) => Err(D::Error::custom(format_args!(
                "constraint setting `{field}` is not known"
            ))),
            None => Ok(made),
        }
    }
}

impl Preset {
    /// The value of a plain setting; nothing for the ones that [`Constraint`] holds as fields.
    fn custom(self) -> Option<Custom> {
        Some(match self {
            Self::Bool(value) => Custom::Bool(value),
            Self::Int(value) => Custom::Int(value),
            Self::Float(value) => Custom::Float(value),
            Self::Text(value) => Custom::Text(value.to_owned()),
            Self::Vector(value) => Custom::Numbers(value.to_vec()),
            Self::Field => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_child_of_works_in_pose_space_and_has_its_inverse_pending() {
        let made = Constraint::new(ConstraintKind::ChildOf);
        assert_eq!(made.owner_space, ConstraintSpace::Pose);
        assert_eq!(made.inverse_matrix, None);
    }

    #[test]
    fn a_sparse_constraint_reads_back_as_itself() {
        let mut made = Constraint::new(ConstraintKind::Ik);
        made.settings
            .insert("chain_count".to_owned(), Custom::Int(2));
        made.target_bone = Some("hand".to_owned());
        let fields = made.fields(true);
        assert_eq!(fields.len(), 3);
        assert_eq!(Constraint::from_fields(&fields), Ok(made));
    }
}
