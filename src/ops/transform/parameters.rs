//! What the parameters of all transforms have in common: axes to choose from, and how a call names its
//! frame of axes.

use glam::{Mat3, Quat, Vec3};

use crate::choice;
use crate::math::rotation;
use crate::model::transform_settings::OrientType;
use crate::model::view::View;
use crate::ops::operator::Refusal;
use crate::ops::props::Data;
use crate::ops::transform::orientation::Frame;
use crate::ops::transform::targets::Targets;

choice! {
    /// One of three axes.
    pub enum OrientAxis: Z {
        /// The first axis
        X = "X", "X";
        /// The second axis
        Y = "Y", "Y";
        /// The third axis
        Z = "Z", "Z";
    }
}

impl OrientAxis {
    /// Its column of a frame.
    pub fn of(self, frame: Mat3) -> Vec3 {
        match self {
            Self::X => frame.x_axis,
            Self::Y => frame.y_axis,
            Self::Z => frame.z_axis,
        }
    }
}

/// Three axes that a script may give as a frame.
pub type OrientMatrix = Data<Option<[[f32; 3]; 3]>>;
/// A point that a script may give, world space.
pub type Point = Data<Option<[f32; 3]>>;
/// The rotation of a view, `[w, x, y, z]`, world from view.
pub type ViewRotation = Data<Option<[f32; 4]>>;

/// How a call names its frame of axes.
#[derive(Clone, Copy, Debug)]
pub struct Axes {
    /// Whose axes.
    pub orientation: OrientType,
    /// Axes that are given.
    pub matrix: Option<[[f32; 3]; 3]>,
    /// What the given axes stand for: they count only for this orientation.
    pub matrix_type: OrientType,
    /// The view that the call was made in; none: the current one.
    pub view: Option<[f32; 4]>,
}

impl Axes {
    /// The frame; the given axes where they count.
    ///
    /// # Errors
    /// A refusal where a parameter holds something that is no number.
    pub fn frame(&self, targets: &Targets, view: &View) -> Result<Frame, Refusal> {
        match self.matrix.filter(|_| self.orientation == self.matrix_type) {
            Some(matrix) => {
                finite("orient_matrix", matrix.as_flattened())?;
                Ok(Frame::given(Mat3::from_cols_array_2d(&matrix)))
            }
            None => {
                let rotation = view_rotation(self.view, view)?;
                Ok(Frame::new(targets, self.orientation, rotation))
            }
        }
    }
}

/// World from view: as given, or of the current camera.
///
/// # Errors
/// A refusal where the given rotation holds something that is no number.
pub fn view_rotation(given: Option<[f32; 4]>, view: &View) -> Result<Quat, Refusal> {
    match given {
        Some(given) => {
            finite("view_rotation", &given)?;
            Ok(rotation::normalized(rotation::quat_from_wxyz(given)))
        }
        None => Ok(view.camera.rotation),
    }
}

/// A point that was given, if it is one.
///
/// # Errors
/// A refusal where it holds something that is no number.
pub fn point(given: &Point) -> Result<Option<[f32; 3]>, Refusal> {
    if let Some(point) = &given.0 {
        finite("center_override", point)?;
    }
    Ok(given.0)
}

fn finite(name: &str, numbers: &[f32]) -> Result<(), Refusal> {
    if numbers.iter().all(|number| number.is_finite()) {
        Ok(())
    } else {
        Err(Refusal::error(format!("`{name}` must hold finite numbers")))
    }
}
