//! The icons at hand: code points of Phosphor 2.1, the same in the regular and the filled font.

/// `anchor-simple`
pub const ANCHOR_SIMPLE: &str = "\u{e5d8}";
/// `arrow-clockwise`
pub const ARROW_CLOCKWISE: &str = "\u{e036}";
/// `arrow-down`
pub const ARROW_DOWN: &str = "\u{e03e}";
/// `arrow-line-left`
pub const ARROW_LINE_LEFT: &str = "\u{e062}";
/// `arrow-square-out`
pub const ARROW_SQUARE_OUT: &str = "\u{e5de}";
/// `arrow-u-up-left`
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
/// `arrow-u-up-right`
pub const ARROW_U_UP_RIGHT: &str = "\u{e08c}";
/// `arrow-up`
pub const ARROW_UP: &str = "\u{e08e}";
/// `arrows-clockwise`
pub const ARROWS_CLOCKWISE: &str = "\u{e094}";
/// `arrows-left-right`
pub const ARROWS_LEFT_RIGHT: &str = "\u{e0a0}";
/// `arrows-out-cardinal`
pub const ARROWS_OUT_CARDINAL: &str = "\u{e0a4}";
/// `bell`
pub const BELL: &str = "\u{e0ce}";
/// `bezier-curve`
pub const BEZIER_CURVE: &str = "\u{eb00}";
/// `bone`
pub const BONE: &str = "\u{e7f2}";
/// `bookmark-simple`
pub const BOOKMARK_SIMPLE: &str = "\u{e0ea}";
/// `camera`
pub const CAMERA: &str = "\u{e10e}";
/// `caret-down`
pub const CARET_DOWN: &str = "\u{e136}";
/// `caret-left`
pub const CARET_LEFT: &str = "\u{e138}";
/// `caret-line-left`
pub const CARET_LINE_LEFT: &str = "\u{e132}";
/// `caret-line-right`
pub const CARET_LINE_RIGHT: &str = "\u{e130}";
/// `caret-right`
pub const CARET_RIGHT: &str = "\u{e13a}";
/// `caret-up`
pub const CARET_UP: &str = "\u{e13c}";
/// `chart-line`
pub const CHART_LINE: &str = "\u{e154}";
/// `check`
pub const CHECK: &str = "\u{e182}";
/// `check-circle`
pub const CHECK_CIRCLE: &str = "\u{e184}";
/// `circle-dashed`
pub const CIRCLE_DASHED: &str = "\u{e602}";
/// `circle-half`
pub const CIRCLE_HALF: &str = "\u{e18c}";
/// `clipboard-text`
pub const CLIPBOARD_TEXT: &str = "\u{e198}";
/// `clock-counter-clockwise`
pub const CLOCK_COUNTER_CLOCKWISE: &str = "\u{e1a0}";
/// `command`
pub const COMMAND: &str = "\u{e1c4}";
/// `copy`
pub const COPY: &str = "\u{e1ca}";
/// `corners-out`
pub const CORNERS_OUT: &str = "\u{e1d0}";
/// `crosshair`
pub const CROSSHAIR: &str = "\u{e1d6}";
/// `crosshair-simple`
pub const CROSSHAIR_SIMPLE: &str = "\u{e1d8}";
/// `cube`
pub const CUBE: &str = "\u{e1da}";
/// `cube-focus`
pub const CUBE_FOCUS: &str = "\u{ed0a}";
/// `cursor`
pub const CURSOR: &str = "\u{e1dc}";
/// `diamonds-four`
pub const DIAMONDS_FOUR: &str = "\u{e8f4}";
/// `dots-six-vertical`
pub const DOTS_SIX_VERTICAL: &str = "\u{eae2}";
/// `dots-three`
pub const DOTS_THREE: &str = "\u{e1fe}";
/// `dots-three-vertical`
pub const DOTS_THREE_VERTICAL: &str = "\u{e208}";
/// `download-simple`
pub const DOWNLOAD_SIMPLE: &str = "\u{e20c}";
/// `eye`
pub const EYE: &str = "\u{e220}";
/// `eye-slash`
pub const EYE_SLASH: &str = "\u{e224}";
/// `eyedropper`
pub const EYEDROPPER: &str = "\u{e568}";
/// `fast-forward`
pub const FAST_FORWARD: &str = "\u{e6a6}";
/// `film-strip`
pub const FILM_STRIP: &str = "\u{e792}";
/// `flag-pennant`
pub const FLAG_PENNANT: &str = "\u{ecf0}";
/// `flip-horizontal`
pub const FLIP_HORIZONTAL: &str = "\u{ed6a}";
/// `floppy-disk`
pub const FLOPPY_DISK: &str = "\u{e248}";
/// `folder-open`
pub const FOLDER_OPEN: &str = "\u{e256}";
/// `folder-simple`
pub const FOLDER_SIMPLE: &str = "\u{e25a}";
/// `footprints`
pub const FOOTPRINTS: &str = "\u{ea88}";
/// `frame-corners`
pub const FRAME_CORNERS: &str = "\u{e626}";
/// `funnel-simple`
pub const FUNNEL_SIMPLE: &str = "\u{e268}";
/// `gear-six`
pub const GEAR_SIX: &str = "\u{e272}";
/// `ghost`
pub const GHOST: &str = "\u{e62a}";
/// `globe-simple`
pub const GLOBE_SIMPLE: &str = "\u{e28e}";
/// `grid-four`
pub const GRID_FOUR: &str = "\u{e296}";
/// `hand-fist`
pub const HAND_FIST: &str = "\u{e57a}";
/// `hand-grabbing`
pub const HAND_GRABBING: &str = "\u{e57c}";
/// `hand-palm`
pub const HAND_PALM: &str = "\u{e57e}";
/// `image`
pub const IMAGE: &str = "\u{e2ca}";
/// `info`
pub const INFO: &str = "\u{e2ce}";
/// `intersect`
pub const INTERSECT: &str = "\u{e2d2}";
/// `key`
pub const KEY: &str = "\u{e2d6}";
/// `keyboard`
pub const KEYBOARD: &str = "\u{e2d8}";
/// `lasso`
pub const LASSO: &str = "\u{edc6}";
/// `layout`
pub const LAYOUT: &str = "\u{e6d6}";
/// `line-segments`
pub const LINE_SEGMENTS: &str = "\u{e6d4}";
/// `link-break`
pub const LINK_BREAK: &str = "\u{e2e4}";
/// `link-simple`
pub const LINK_SIMPLE: &str = "\u{e2e6}";
/// `list-bullets`
pub const LIST_BULLETS: &str = "\u{e2f2}";
/// `lock-simple`
pub const LOCK_SIMPLE: &str = "\u{e308}";
/// `lock-simple-open`
pub const LOCK_SIMPLE_OPEN: &str = "\u{e30a}";
/// `magic-wand`
pub const MAGIC_WAND: &str = "\u{e6b6}";
/// `magnet-straight`
pub const MAGNET_STRAIGHT: &str = "\u{e682}";
/// `magnifying-glass`
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
/// `minus`
pub const MINUS: &str = "\u{e32a}";
/// `moon`
pub const MOON: &str = "\u{e330}";
/// `mouse-left-click`
pub const MOUSE_LEFT_CLICK: &str = "\u{e334}";
/// `mouse-middle-click`
pub const MOUSE_MIDDLE_CLICK: &str = "\u{e338}";
/// `mouse-right-click`
pub const MOUSE_RIGHT_CLICK: &str = "\u{e336}";
/// `mouse-simple`
pub const MOUSE_SIMPLE: &str = "\u{e644}";
/// `palette`
pub const PALETTE: &str = "\u{e6c8}";
/// `path`
pub const PATH: &str = "\u{e39c}";
/// `pause`
pub const PAUSE: &str = "\u{e39e}";
/// `pencil-simple`
pub const PENCIL_SIMPLE: &str = "\u{e3b4}";
/// `person`
pub const PERSON: &str = "\u{e3a8}";
/// `person-simple`
pub const PERSON_SIMPLE: &str = "\u{e72e}";
/// `person-simple-run`
pub const PERSON_SIMPLE_RUN: &str = "\u{e730}";
/// `perspective`
pub const PERSPECTIVE: &str = "\u{ebe6}";
/// `play`
pub const PLAY: &str = "\u{e3d0}";
/// `plus`
pub const PLUS: &str = "\u{e3d4}";
/// `push-pin`
pub const PUSH_PIN: &str = "\u{e3e2}";
/// `question`
pub const QUESTION: &str = "\u{e3e8}";
/// `record`
pub const RECORD: &str = "\u{e3ee}";
/// `repeat`
pub const REPEAT: &str = "\u{e3f6}";
/// `resize`
pub const RESIZE: &str = "\u{ed6e}";
/// `rewind`
pub const REWIND: &str = "\u{e6a8}";
/// `rows`
pub const ROWS: &str = "\u{e5a2}";
/// `selection`
pub const SELECTION: &str = "\u{e69a}";
/// `sidebar-simple`
pub const SIDEBAR_SIMPLE: &str = "\u{ec24}";
/// `skip-back`
pub const SKIP_BACK: &str = "\u{e5a4}";
/// `skip-forward`
pub const SKIP_FORWARD: &str = "\u{e5a6}";
/// `sliders-horizontal`
pub const SLIDERS_HORIZONTAL: &str = "\u{e434}";
/// `smiley`
pub const SMILEY: &str = "\u{e436}";
/// `sort-ascending`
pub const SORT_ASCENDING: &str = "\u{e444}";
/// `speedometer`
pub const SPEEDOMETER: &str = "\u{ee74}";
/// `squares-four`
pub const SQUARES_FOUR: &str = "\u{e464}";
/// `stack`
pub const STACK: &str = "\u{e466}";
/// `star`
pub const STAR: &str = "\u{e46a}";
/// `sun`
pub const SUN: &str = "\u{e472}";
/// `swap`
pub const SWAP: &str = "\u{e83c}";
/// `tag`
pub const TAG: &str = "\u{e478}";
/// `target`
pub const TARGET: &str = "\u{e47c}";
/// `terminal-window`
pub const TERMINAL_WINDOW: &str = "\u{eae8}";
/// `text-t`
pub const TEXT_T: &str = "\u{e48a}";
/// `timer`
pub const TIMER: &str = "\u{e492}";
/// `trash`
pub const TRASH: &str = "\u{e4a6}";
/// `tree-structure`
pub const TREE_STRUCTURE: &str = "\u{e67c}";
/// `upload-simple`
pub const UPLOAD_SIMPLE: &str = "\u{e4c0}";
/// `users-three`
pub const USERS_THREE: &str = "\u{e68e}";
/// `video-camera`
pub const VIDEO_CAMERA: &str = "\u{e4da}";
/// `warning`
pub const WARNING: &str = "\u{e4e0}";
/// `warning-circle`
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
/// `wave-sine`
pub const WAVE_SINE: &str = "\u{ea9a}";
/// `x`
pub const X: &str = "\u{e4f6}";
/// `x-circle`
pub const X_CIRCLE: &str = "\u{e4f8}";
