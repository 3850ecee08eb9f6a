//! Around which point and along which axes bones are moved, turned and scaled.

use crate::choice;

choice! {
    /// The point that stays where it is while bones are turned or scaled.
    pub enum PivotPoint: MedianPoint {
        /// The middle of the box around the heads of the bones
        BoundingBoxCenter = "BOUNDING_BOX_CENTER", "Bounding Box Center";
        /// Every bone its own head
        IndividualOrigins = "INDIVIDUAL_ORIGINS", "Individual Origins";
        /// The mean of the heads of the bones
        MedianPoint = "MEDIAN_POINT", "Median Point";
        /// The head of the active bone
        ActiveElement = "ACTIVE_ELEMENT", "Active Element";
    }
}

choice! {
    /// The axes that bones are moved along, turned about or scaled along.
    pub enum OrientType: Global {
        /// The axes of the world
        Global = "GLOBAL", "Global";
        /// The axes of each bone as it is posed
        Local = "LOCAL", "Local";
        /// The mean of the axes of the bones
        Normal = "NORMAL", "Normal";
        /// The axes that the Euler angles of each bone turn about
        Gimbal = "GIMBAL", "Gimbal";
        /// Right, up and towards the viewer
        View = "VIEW", "View";
        /// The axes of the parent of the active bone
        Parent = "PARENT", "Parent";
    }
}
