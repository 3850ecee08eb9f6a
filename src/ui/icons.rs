//! The icons in use: code points of Phosphor 2.1, the same in the regular and the filled font.

/// `arrow-clockwise`
pub const ARROW_CLOCKWISE: &str = "\u{e036}";
/// `arrow-u-up-left`
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
/// `arrow-u-up-right`
pub const ARROW_U_UP_RIGHT: &str = "\u{e08c}";
/// `arrow-up`
pub const ARROW_UP: &str = "\u{e08e}";
/// `arrows-out-cardinal`
pub const ARROWS_OUT_CARDINAL: &str = "\u{e0a4}";
/// `bone`
pub const BONE: &str = "\u{e7f2}";
/// `caret-down`
pub const CARET_DOWN: &str = "\u{e136}";
/// `caret-right`
pub const CARET_RIGHT: &str = "\u{e13a}";
/// `check`
pub const CHECK: &str = "\u{e182}";
/// `check-circle`
pub const CHECK_CIRCLE: &str = "\u{e184}";
/// `circle-half`
pub const CIRCLE_HALF: &str = "\u{e18c}";
/// `clipboard-text`
pub const CLIPBOARD_TEXT: &str = "\u{e198}";
/// `copy`
pub const COPY: &str = "\u{e1ca}";
/// `crosshair-simple`
pub const CROSSHAIR_SIMPLE: &str = "\u{e1d8}";
/// `cube`
pub const CUBE: &str = "\u{e1da}";
/// `cursor`
pub const CURSOR: &str = "\u{e1dc}";
/// `dots-three-vertical`
pub const DOTS_THREE_VERTICAL: &str = "\u{e208}";
/// `download-simple`
pub const DOWNLOAD_SIMPLE: &str = "\u{e20c}";
/// `eye`
pub const EYE: &str = "\u{e220}";
/// `eye-slash`
pub const EYE_SLASH: &str = "\u{e224}";
/// `floppy-disk`
pub const FLOPPY_DISK: &str = "\u{e248}";
/// `folder-open`
pub const FOLDER_OPEN: &str = "\u{e256}";
/// `folder-simple`
pub const FOLDER_SIMPLE: &str = "\u{e25a}";
/// `frame-corners`
pub const FRAME_CORNERS: &str = "\u{e626}";
/// `funnel-simple`
pub const FUNNEL_SIMPLE: &str = "\u{e268}";
/// `globe-simple`
pub const GLOBE_SIMPLE: &str = "\u{e28e}";
/// `info`
pub const INFO: &str = "\u{e2ce}";
/// `intersect`
pub const INTERSECT: &str = "\u{e2d2}";
/// `lock-simple`
pub const LOCK_SIMPLE: &str = "\u{e308}";
/// `lock-simple-open`
pub const LOCK_SIMPLE_OPEN: &str = "\u{e30a}";
/// `magnifying-glass`
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
/// `mouse-left-click`
pub const MOUSE_LEFT_CLICK: &str = "\u{e334}";
/// `mouse-middle-click`
pub const MOUSE_MIDDLE_CLICK: &str = "\u{e338}";
/// `mouse-right-click`
pub const MOUSE_RIGHT_CLICK: &str = "\u{e336}";
/// `perspective`
pub const PERSPECTIVE: &str = "\u{ebe6}";
/// `person-simple`
pub const PERSON_SIMPLE: &str = "\u{e72e}";
/// `resize`
pub const RESIZE: &str = "\u{ed6e}";
/// `sliders-horizontal`
pub const SLIDERS_HORIZONTAL: &str = "\u{e434}";
/// `target`
pub const TARGET: &str = "\u{e47c}";
/// `tree-structure`
pub const TREE_STRUCTURE: &str = "\u{e67c}";
/// `warning`
pub const WARNING: &str = "\u{e4e0}";
/// `x`
pub const X: &str = "\u{e4f6}";
/// `x-circle`
pub const X_CIRCLE: &str = "\u{e4f8}";
