//! The window: winit's events to the program, frames when they are wanted and none when nothing happens.

use std::sync::Arc;
use std::time::Instant;

use anyhow::anyhow;
use egui_winit::accesskit_winit::{Event as AccessEvent, WindowEvent as AccessKind};
use winit::application::ApplicationHandler;
use winit::dpi::PhysicalPosition;
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::{Fullscreen, WindowAttributes, WindowId};

use crate::app::frame::Screen;
use crate::app::keeping::Keeping;
use crate::app::panic::Watch;
use crate::app::{icon, input, place};
use crate::ui::app::App;

/// Name under which desktops know the window.
const APP_ID: &str = "io.keypose.Keypose";
/// Tells on standard error how long the first frame took.
const LOG_START: &str = "KEYPOSE_LOG_START";

/// What wakes the loop from outside.
enum Wake {
    /// egui wants a frame at this time.
    Frame(Instant),
    /// A screen reader asks for something.
    Access(AccessEvent),
    /// The system wants the program to end.
    End,
}

impl From<AccessEvent> for Wake {
    fn from(event: AccessEvent) -> Self {
        Self::Access(event)
    }
}

/// The program with its window.
struct Shell {
    app: App,
    ctx: egui::Context,
    proxy: EventLoopProxy<Wake>,
    screen: Option<Screen>,
    failure: Option<anyhow::Error>,
    keeping: Keeping,
    began: Instant,
    shown: bool,
    title: String,
    /// When the next frame is wanted.
    next: Option<Instant>,
    /// Whether something happened since the last frame that must be over before a key is taken.
    waits: bool,
}

/// Opens the window and runs until it is closed.
///
/// # Errors
/// There is no display, or no graphics driver.
pub fn run(mut app: App, began: Instant) -> anyhow::Result<()> {
    let state = app.folders.as_ref().map(|folders| folders.state.clone());
    let event_loop = EventLoop::<Wake>::with_user_event()
        .build()
        .map_err(|error| {
            // winit says where in its own source it noticed; the user needs only what.
            let reason = error.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            let reason = reason.rsplit(": ").next().unwrap_or(reason);
            let reason = reason.trim_end_matches('.').to_owned();
            anyhow!("no display to open a window on ({reason}); `keypose render` draws without one")
        })?;
    event_loop.set_control_flow(ControlFlow::Wait);
    let ctx = egui::Context::default();
    app.install(&ctx);
    app.clipboard.connected = true;
    let proxy = event_loop.create_proxy();
    let wake = proxy.clone();
    ctx.set_request_repaint_callback(move |info| {
        if let Some(time) = Instant::now().checked_add(info.delay) {
            // The loop has ended if nobody takes it.
            let _ = wake.send_event(Wake::Frame(time));
        }
    });
    listen_for_signals(&event_loop);
    let mut shell = Shell {
        keeping: Keeping::begin(&mut app),
        app,
        ctx,
        proxy,
        screen: None,
        failure: None,
        began,
        shown: false,
        title: String::new(),
        next: None,
        waits: false,
    };
    let ran = Watch::install(state).guard(|| event_loop.run_app(&mut shell));
    shell.app.keep_layout();
    match ran {
        Ok(result) => {
            let left = result.is_ok() && shell.app.quit;
            match left {
                true => shell.keeping.end(),
                false => shell.keeping.keep(&shell.app.session),
            }
            result?;
            shell.failure.map_or(Ok(()), Err)
        }
        Err(crash) => {
            shell.keeping.rescue(&shell.app.session);
            crash.tell(&shell.app.session);
            Err(anyhow!(crash.line()))
        }
    }
}

impl Shell {
    fn open(&mut self, event_loop: &ActiveEventLoop) -> anyhow::Result<()> {
        self.title = self.app.title();
        let remembered = self.app.frame.window;
        let attributes = named(
            place::attributes(event_loop, remembered)
                .with_title(&self.title)
                .with_window_icon(icon::icon())
                .with_visible(false),
        );
        let window = event_loop.create_window(attributes);
        let window =
            Arc::new(window.map_err(|error| anyhow!("no window could be opened: {error}"))?);
        let mut screen = Screen::new(event_loop, window.clone(), &self.ctx)?;
        // accesskit refuses windows that are visible already.
        screen
            .state
            .init_accesskit(event_loop, &window, self.proxy.clone());
        window.set_visible(true);
        if remembered.is_some_and(|place| place.maximised) {
            // X11 forgets it of windows that were not visible yet.
            window.set_maximized(true);
        }
        self.screen = Some(screen);
        window.request_redraw();
        Ok(())
    }

    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(screen) = &mut self.screen else {
            return;
        };
        self.waits = false;
        self.next = None;
        let delay = screen.frame(event_loop, &mut self.app);
        self.keeping.update(&mut self.app);
        if !std::mem::replace(&mut self.shown, true) {
            let frame = &mut self.app.frame;
            frame.window = Some(place::of(&screen.window, frame.window));
            if std::env::var_os(LOG_START).is_some() {
                let since = self.began.elapsed().as_secs_f32();
                eprintln!("first frame after {since:.2} s");
            }
        }
        obey(&mut self.app, &self.ctx, &screen.window);
        let title = self.app.title();
        if title != self.title {
            screen.window.set_title(&title);
            self.title = title;
        }
        if delay.is_zero() {
            screen.window.request_redraw();
        } else {
            self.wanted(Instant::now().checked_add(delay));
        }
        if self.app.quit {
            event_loop.exit();
        }
    }

    /// A frame is wanted at this time.
    fn wanted(&mut self, time: Option<Instant>) {
        let Some(time) = time else {
            return;
        };
        self.next = Some(self.next.map_or(time, |next| next.min(time)));
    }

    fn key(&mut self, event_loop: &ActiveEventLoop, event: &winit::event::KeyEvent) -> bool {
        if event.state != ElementState::Pressed {
            return false;
        }
        if self.waits {
            // A click before this key must have had its effect, and what was opened have the keyboard.
            self.frame(event_loop);
        }
        let modifiers = self.app.modifiers();
        let press = input::key_press(event, modifiers);
        let used = press.is_some_and(|press| self.app.key(&self.ctx, press));
        if let Some(screen) = &mut self.screen {
            screen.exchange(&mut self.app);
        }
        // What was opened must have the keyboard before the key that follows, and what this key closes
        // must be gone.
        self.waits |= self.app.is_asking();
        self.keeping.update(&mut self.app);
        used
    }

    /// Tells the program where the window is, to be remembered.
    fn note_place(&mut self) {
        if let Some(screen) = self.screen.as_ref().filter(|_| self.shown) {
            let frame = &mut self.app.frame;
            frame.window = Some(place::of(&screen.window, frame.window));
            frame.full_screen = screen.window.fullscreen().is_some();
            self.redraw();
        }
    }

    fn redraw(&self) {
        if let Some(screen) = &self.screen {
            screen.window.request_redraw();
        }
    }

    fn event(&mut self, event_loop: &ActiveEventLoop, event: &WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => return self.frame(event_loop),
            WindowEvent::CloseRequested => {
                self.app.close_requested(&self.ctx);
                self.redraw();
            }
            WindowEvent::Resized(size) => {
                if let Some(screen) = &mut self.screen {
                    screen.resized(size.width, size.height);
                }
                self.note_place();
            }
            WindowEvent::Moved(_) => self.note_place(),
            WindowEvent::ModifiersChanged(held) => {
                let held = input::modifiers(held.state());
                self.app.set_modifiers(&self.ctx, held);
            }
            WindowEvent::Focused(false) => self.app.focus_lost(&self.ctx),
            WindowEvent::MouseInput { .. } | WindowEvent::CursorMoved { .. } => {
                self.waits = true;
            }
            WindowEvent::KeyboardInput {
                event,
                is_synthetic: false,
                ..
            } if self.key(event_loop, event) => {
                if self.app.quit {
                    event_loop.exit();
                }
                return self.redraw();
            }
            _ => {}
        }
        if let Some(screen) = &mut self.screen
            && screen.state.on_window_event(&screen.window, event).repaint
        {
            screen.window.request_redraw();
        }
    }
}

impl ApplicationHandler<Wake> for Shell {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.screen.is_none()
            && let Err(error) = self.open(event_loop)
        {
            self.failure = Some(error);
            event_loop.exit();
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        self.event(event_loop, &event);
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::End => event_loop.exit(),
            Wake::Frame(time) => self.wanted(Some(time)),
            Wake::Access(event) => {
                let Some(screen) = &mut self.screen else {
                    return;
                };
                match event.window_event {
                    AccessKind::InitialTreeRequested => self.ctx.enable_accesskit(),
                    AccessKind::ActionRequested(request) => {
                        screen.state.on_accesskit_action_request(request);
                    }
                    AccessKind::AccessibilityDeactivated => self.ctx.disable_accesskit(),
                }
                self.redraw();
            }
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let now = Instant::now();
        if self.next.is_some_and(|time| time <= now) {
            self.next = None;
            self.redraw();
        }
        let mut autosave = self.keeping.deadline(&self.app);
        if autosave.is_some_and(|time| time <= now) {
            self.keeping.update(&mut self.app);
            autosave = self.keeping.deadline(&self.app);
        }
        let next = self.next.into_iter().chain(autosave).min();
        event_loop.set_control_flow(next.map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }
}

/// Does to the window what the program asked for in the last frame.
fn obey(app: &mut App, ctx: &egui::Context, window: &winit::window::Window) {
    if std::mem::take(&mut app.frame.toggle_full_screen) {
        let full = window.fullscreen().is_none();
        window.set_fullscreen(full.then_some(Fullscreen::Borderless(None)));
        app.frame.full_screen = full;
    }
    if let Some(at) = app.take_pointer_jump() {
        let pixels = at.to_vec2() * egui_winit::pixels_per_point(ctx, window);
        let at = PhysicalPosition::new(pixels.x, pixels.y);
        if window.set_cursor_position(at).is_err() {
            app.refuse_pointer_jump();
        }
    }
}

/// Ends the loop when the system or the terminal wants the program to end; unsaved work is then kept.
#[cfg(unix)]
fn listen_for_signals(event_loop: &EventLoop<Wake>) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Without it such a signal ends the program at once; the journal holds the work even then.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else {
        return;
    };
    let proxy = event_loop.create_proxy();
    std::thread::spawn(move || {
        for _ in signals.forever() {
            // The loop has ended if nobody takes it.
            let _ = proxy.send_event(Wake::End);
        }
    });
}

#[cfg(not(unix))]
fn listen_for_signals(_event_loop: &EventLoop<Wake>) {}

#[cfg(target_os = "linux")]
fn named(attributes: WindowAttributes) -> WindowAttributes {
    use winit::platform::{wayland, x11};
    let attributes = x11::WindowAttributesExtX11::with_name(attributes, APP_ID, APP_ID);
    wayland::WindowAttributesExtWayland::with_name(attributes, APP_ID, APP_ID)
}

#[cfg(not(target_os = "linux"))]
fn named(attributes: WindowAttributes) -> WindowAttributes {
    let _ = APP_ID;
    attributes
}
