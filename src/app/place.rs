//! Where the window is: taken from the desktop to be remembered, and given back at the next start.

use winit::dpi::{LogicalSize, PhysicalPosition, PhysicalSize};
use winit::event_loop::ActiveEventLoop;
use winit::monitor::MonitorHandle;
use winit::window::{Window, WindowAttributes};

use crate::ui::layout_file::WindowPlace;

/// Size at first, points.
const SIZE: LogicalSize<f64> = LogicalSize::new(1600.0, 1000.0);
/// Smallest size, points.
const LEAST: LogicalSize<f64> = LogicalSize::new(720.0, 480.0);
/// How much of the window must lie on a monitor, pixels.
const IN_SIGHT: i64 = 80;

/// Size and place of a new window: those remembered, as far as the monitors there are allow.
pub fn attributes(
    event_loop: &ActiveEventLoop,
    remembered: Option<WindowPlace>,
) -> WindowAttributes {
    let size = remembered.map_or(SIZE, |place| {
        let (width, height) = place.size;
        LogicalSize::new(f64::from(width), f64::from(height))
    });
    let mut size = LogicalSize::new(size.width.max(LEAST.width), size.height.max(LEAST.height));
    let monitors: Vec<MonitorHandle> = event_loop.available_monitors().collect();
    let rooms = monitors
        .iter()
        .map(|monitor| monitor.size().to_logical::<f64>(monitor.scale_factor()));
    let largest =
        rooms.reduce(|a, b| LogicalSize::new(a.width.max(b.width), a.height.max(b.height)));
    if let Some(room) = largest {
        size = LogicalSize::new(size.width.min(room.width), size.height.min(room.height));
    }
    let attributes = WindowAttributes::default()
        .with_inner_size(size)
        .with_min_inner_size(LEAST)
        .with_maximized(remembered.is_some_and(|place| place.maximised));
    match remembered.and_then(|place| place.position) {
        Some((x, y)) if in_sight(&monitors, (x, y), size) => {
            attributes.with_position(PhysicalPosition::new(x, y))
        }
        _ => attributes,
    }
}

fn in_sight(monitors: &[MonitorHandle], (x, y): (i32, i32), size: LogicalSize<f64>) -> bool {
    monitors.iter().any(|monitor| {
        let size: PhysicalSize<u32> = size.to_physical(monitor.scale_factor());
        let (at, room) = (monitor.position(), monitor.size());
        let shared = |a: i32, length: u32, b: i32, other: u32| {
            let end = (i64::from(a) + i64::from(length)).min(i64::from(b) + i64::from(other));
            end - i64::from(a).max(i64::from(b))
        };
        shared(x, size.width, at.x, room.width) >= IN_SIGHT
            && shared(y, size.height, at.y, room.height) >= IN_SIGHT
            // The title must be in reach.
            && y >= at.y - 8
    })
}

/// Where the window is. While it fills the desktop or the screen, what it goes back to is kept.
pub fn of(window: &Window, before: Option<WindowPlace>) -> WindowPlace {
    let maximised = window.is_maximized();
    if (maximised || window.fullscreen().is_some())
        && let Some(before) = before
    {
        return WindowPlace {
            maximised,
            ..before
        };
    }
    let size: LogicalSize<f32> = window.inner_size().to_logical(window.scale_factor());
    let position = window.outer_position().ok();
    WindowPlace {
        size: (size.width.round(), size.height.round()),
        position: position.map(|at| (at.x, at.y)),
        maximised,
    }
}
