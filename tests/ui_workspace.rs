//! Workspaces, tiles and what is remembered of them, driven without a window.

#[path = "common/ui.rs"]
mod common;

use std::path::Path;

use common::{Ui, press};
use egui::accesskit::Role;
use egui::{Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glam::Vec3;
use keypose::io::folders::Folders;
use keypose::ops::runner::Session;
use keypose::ui::app::App;
use keypose::ui::fonts;
use keypose::ui::layout_file::{self, Layout, WindowPlace};
use keypose::ui::panels::Pane;
use keypose::ui::theme::Theme;
use keypose::ui::tiles::arrange;
use proptest::test_runner::{Config, TestRunner};

fn started(app: App) -> Ui {
    Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_max_steps(20)
        .with_context_setup(|ctx| {
            ctx.set_fonts(fonts::definitions());
            Theme::bundled(true).unwrap().apply(ctx);
        })
        .build_ui_state(|ui, app: &mut App| app.ui(ui), app)
}

fn mannequin() -> Ui {
    let mut session = Session::default();
    let call = "wm.read_homefile(mannequin: true)";
    session.run_text(call).unwrap();
    let mut ui = started(App::new(session).unwrap());
    ui.run();
    ui
}

fn remembering(home: &Path) -> Ui {
    let mut app = App::new(Session::default()).unwrap();
    app.folders = Some(Folders::under(home));
    app.recall_layout();
    let mut ui = started(app);
    steps(&mut ui);
    ui
}

/// A second and a half of frames.
fn steps(ui: &mut Ui) {
    for _ in 0..8 {
        ui.step();
    }
}

fn run(ui: &mut Ui, call: &str) {
    let op = keypose::ops::call::parse(call).unwrap();
    let ctx = ui.ctx.clone();
    ui.state_mut().start(&ctx, op);
    ui.run();
}

fn button(ui: &mut Ui, pos: Pos2, pressed: bool) {
    ui.event(egui::Event::PointerMoved(pos));
    ui.event(egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    ui.step();
}

fn shown(ui: &Ui) -> Vec<Pane> {
    let app = ui.state();
    let all = Pane::ALL.iter().copied();
    all.filter(|pane| app.shows_panel(*pane)).collect()
}

/// Where a panel is, with its header.
fn place(ui: &Ui, pane: Pane) -> Rect {
    let rects = arrange::rects(&ui.state().workspaces.current.tree);
    rects
        .into_iter()
        .find(|(found, _)| *found == pane)
        .unwrap()
        .1
}

fn names(ui: &Ui) -> Vec<String> {
    let all = ui.state().workspaces.iter();
    all.map(|workspace| workspace.name.clone()).collect()
}

const STANDARD: [Pane; 4] = [
    Pane::Bones,
    Pane::Viewport,
    Pane::Properties,
    Pane::Timeline,
];

#[test]
fn the_hovered_panel_takes_the_window_and_gives_it_back() {
    let mut ui = mannequin();
    let before = ui.state().panels.viewport.rect;
    ui.hover_at(before.center());
    ui.run();
    press(&mut ui, "Ctrl+Space");
    assert_eq!(shown(&ui), [Pane::Viewport]);
    // The test's window has a margin of 8, and the program one of 4.
    assert_eq!(ui.state().panels.viewport.rect.width(), 1256.0);
    press(&mut ui, "Escape");
    assert_eq!(shown(&ui), STANDARD);
    assert_eq!(ui.state().panels.viewport.rect, before);

    ui.hover_at(place(&ui, Pane::Bones).center());
    ui.run();
    press(&mut ui, "Ctrl+Alt+Space");
    assert_eq!(shown(&ui), [Pane::Bones]);
    let whole = place(&ui, Pane::Bones);
    assert!((whole.height() - 784.0).abs() < 0.01);
    assert!(ui.query_by_role_and_label(Role::Button, "File").is_none());
    assert!(!ui.state().panels.viewport.rect.is_positive());
    press(&mut ui, "Ctrl+Alt+Space");
    assert_eq!(shown(&ui), STANDARD);
    ui.get_by_role_and_label(Role::Button, "File");
}

#[test]
fn panels_close_by_their_menus_and_come_back_by_the_window_menu() {
    let mut ui = mannequin();
    let width = place(&ui, Pane::Bones).width();
    let closes = |ui: &mut Ui, label: &str| {
        ui.get_by_role_and_label(Role::Button, label).click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItem, "Close").click();
        ui.run();
    };
    closes(&mut ui, "3D View panel menu");
    let others = [Pane::Bones, Pane::Properties, Pane::Timeline];
    assert_eq!(shown(&ui), others);
    assert!(!ui.state().panels.viewport.rect.is_positive());
    closes(&mut ui, "Bones panel menu");
    closes(&mut ui, "Timeline panel menu");
    ui.get_by_role_and_label(Role::Button, "Properties panel menu")
        .click();
    ui.run();
    let close = ui.get_by_role_and_label(Role::MenuItem, "Close");
    assert!(close.accesskit_node().is_disabled());
    ui.key_press(egui::Key::Escape);
    ui.run();
    for label in ["Timeline", "3D View", "Bones"] {
        ui.get_by_role_and_label(Role::Button, "Window").click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItemCheckBox, label)
            .click();
        ui.run();
    }
    assert_eq!(shown(&ui), STANDARD);
    assert!((place(&ui, Pane::Bones).width() - width).abs() < 2.0);
    let [bones, view, properties, timeline] = STANDARD.map(|pane| place(&ui, pane));
    assert!(bones.right() < view.left() && view.right() < properties.left());
    assert!(timeline.top() > bones.bottom() && timeline.width() > 1200.0);
}

#[test]
fn the_log_opens_below_the_view_160_high() {
    let mut ui = mannequin();
    let bones = place(&ui, Pane::Bones);
    ui.state_mut().show_panel(Pane::Log);
    ui.run();
    ui.step();
    let (log, view) = (place(&ui, Pane::Log), place(&ui, Pane::Viewport));
    assert!((log.height() - 160.0).abs() < 1.5, "{log}");
    assert!((log.top() - view.bottom() - 4.0).abs() < 0.1);
    assert_eq!(log.x_range(), view.x_range());
    assert_eq!(place(&ui, Pane::Bones), bones);
    ui.set_size(vec2(1280.0, 1000.0));
    ui.run();
    assert!((place(&ui, Pane::Log).height() - 160.0).abs() < 1.5);
    run(&mut ui, "screen.panel_toggle(type: LOG)");
    assert_eq!(shown(&ui), STANDARD);
}

#[test]
fn a_menu_splits_and_joins() {
    let mut ui = mannequin();
    let choose = |ui: &mut Ui, menu: &str, panel: &str| {
        ui.get_by_role_and_label(Role::Button, "Bones panel menu")
            .click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItem, menu).click();
        ui.run();
        ui.get_by_role_and_label(Role::MenuItem, panel).click();
        ui.run();
    };
    choose(&mut ui, "Split Below", "Properties");
    let (bones, below) = (place(&ui, Pane::Bones), place(&ui, Pane::Properties));
    assert!((below.top() - bones.bottom() - 4.0).abs() < 0.1);
    assert_eq!(bones.x_range(), below.x_range());
    choose(&mut ui, "Add as Tab", "Properties");
    let beside = [Pane::Viewport, Pane::Properties, Pane::Timeline];
    assert_eq!(shown(&ui), beside);
    ui.get_by_role_and_label(Role::Tab, "Bones").click();
    ui.run();
    assert_eq!(shown(&ui), [Pane::Bones, Pane::Viewport, Pane::Timeline]);
}

#[test]
fn a_tab_is_dragged_beside_and_into_the_view() {
    let mut ui = mannequin();
    let drag = |ui: &mut Ui, tab: &str, to: Pos2| {
        let from = ui.get_by_role_and_label(Role::Tab, tab).rect().center();
        button(ui, from, true);
        for part in [0.3, 0.7, 1.0] {
            ui.event(egui::Event::PointerMoved(from.lerp(to, part)));
            ui.step();
        }
        button(ui, to, false);
        ui.run();
    };
    let view = place(&ui, Pane::Viewport);
    let to = view.center_bottom() - vec2(0.0, view.height() / 5.0);
    drag(&mut ui, "Bones", to);
    let (bones, view) = (place(&ui, Pane::Bones), place(&ui, Pane::Viewport));
    assert!(bones.top() > view.bottom(), "{bones} {view}");
    let to = place(&ui, Pane::Viewport).center();
    drag(&mut ui, "Bones", to);
    assert_eq!(shown(&ui), [Pane::Bones, Pane::Properties, Pane::Timeline]);
    ui.get_by_role_and_label(Role::Tab, "3D View").click();
    ui.run();
    assert_eq!(
        shown(&ui),
        [Pane::Viewport, Pane::Properties, Pane::Timeline]
    );
    assert!(ui.state().panels.viewport.rect.top() > place(&ui, Pane::Viewport).top());
}

#[test]
fn the_view_is_moved_by_its_own_menu_button() {
    let mut ui = mannequin();
    let button_of = |ui: &Ui| {
        let button = ui.get_by_role_and_label(Role::Button, "3D View panel menu");
        button.rect().center()
    };
    let (from, bones) = (button_of(&ui), place(&ui, Pane::Bones));
    let to = bones.center_bottom() - vec2(0.0, bones.height() / 5.0);
    button(&mut ui, from, true);
    for part in [0.3, 0.7, 1.0] {
        ui.event(egui::Event::PointerMoved(from.lerp(to, part)));
        ui.step();
    }
    button(&mut ui, to, false);
    ui.run();
    let (view, bones) = (place(&ui, Pane::Viewport), place(&ui, Pane::Bones));
    assert!(
        (view.top() - bones.bottom() - 4.0).abs() < 0.1,
        "{view} {bones}"
    );
    assert_eq!(view.x_range(), bones.x_range());
}

#[test]
fn workspaces_are_copied_named_switched_and_deleted() {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::Button, "New Workspace")
        .click();
    ui.run();
    assert_eq!(names(&ui), ["Pose", "Pose 2", "Animate"]);
    ui.state_mut().show_panel(Pane::Log);
    ui.run();
    press(&mut ui, "Ctrl+PageUp");
    assert_eq!(shown(&ui), STANDARD);
    press(&mut ui, "Ctrl+PageDown");
    assert!(shown(&ui).contains(&Pane::Log));
    run(&mut ui, "workspace.rename()");
    ui.event(egui::Event::Text("Hands".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Enter);
    ui.run();
    assert_eq!(names(&ui), ["Pose", "Hands", "Animate"]);
    ui.get_by_role_and_label(Role::Tab, "Hands").hover();
    ui.run();
    ui.key_press(egui::Key::F2);
    ui.run();
    ui.event(egui::Event::Text("Feet".to_owned()));
    ui.run();
    ui.key_press(egui::Key::Escape);
    ui.run();
    assert_eq!(names(&ui), ["Pose", "Hands", "Animate"]);
    ui.get_by_role_and_label(Role::Tab, "Hands")
        .click_secondary();
    ui.run();
    ui.get_by_role_and_label(Role::MenuItem, "Reset Layout")
        .click();
    ui.run();
    assert_eq!(shown(&ui), STANDARD);
    run(&mut ui, "workspace.restore()");
    assert!(shown(&ui).contains(&Pane::Log));
    run(&mut ui, "workspace.delete()");
    assert_eq!(names(&ui), ["Pose", "Animate"]);
    press(&mut ui, "Ctrl+PageUp");
    for _ in 0..2 {
        run(&mut ui, "workspace.delete()");
    }
    let toasts = &ui.state().toasts.0;
    let said: Vec<&str> = toasts
        .iter()
        .map(|toast| toast.report.text.as_str())
        .collect();
    assert_eq!(
        said,
        [
            "Reset the layout of Hands",
            "Deleted the workspace Hands",
            "Deleted the workspace Pose"
        ]
    );
    assert_eq!(toasts[1].buttons[0].0, "Undo");
    assert_eq!(names(&ui), ["Animate"]);
    assert_eq!(
        ui.state().message().unwrap().text,
        "The last workspace stays"
    );
}

const PANELS: [&str; 4] = [
    "Bones panel",
    "3D View panel",
    "Properties panel",
    "Timeline panel",
];

#[test]
fn the_keyboard_reaches_every_panel_until_the_pointer_moves() {
    let mut ui = mannequin();
    let mut reached = Vec::new();
    for _ in 0..4 {
        press(&mut ui, "F6");
        let focused = |name: &str| {
            let node = ui.get_by_role_and_label(Role::Region, name);
            node.accesskit_node().is_focused()
        };
        reached.push(PANELS.into_iter().find(|panel| focused(panel)).unwrap());
    }
    assert_eq!(reached, PANELS);
    for _ in 0..2 {
        press(&mut ui, "Shift+F6");
    }
    press(&mut ui, "A");
    let selected = |ui: &Ui| {
        let rig = ui.state().session.document.rig().unwrap();
        rig.selected_bones().len()
    };
    assert!(selected(&ui) > 10, "A selects all in the 3D view");
    ui.hover_at(place(&ui, Pane::Properties).center());
    ui.run();
    press(&mut ui, "Alt+A");
    assert!(selected(&ui) > 10, "the properties do not know Alt A");
}

/// Drags `hips` to the right by 300 points, with the edge of the view in between or not.
fn dragged(start: f32) -> Vec3 {
    let mut ui = mannequin();
    ui.get_by_role_and_label(Role::TreeItem, "hips").click();
    ui.run();
    let view = ui.state().panels.viewport.rect;
    let from = egui::pos2(view.left() + view.width() * start, view.center().y);
    ui.hover_at(from);
    ui.run();
    press(&mut ui, "G");
    let mut real = from;
    for _ in 0..30 {
        real.x += 10.0;
        ui.event(egui::Event::PointerMoved(real));
        ui.step();
        if let Some(to) = ui.state_mut().take_pointer_jump() {
            assert!(view.contains(to), "{to}");
            real = to;
            ui.event(egui::Event::PointerMoved(real));
            ui.step();
        }
    }
    assert_eq!(real.x < from.x, start > 0.7);
    press(&mut ui, "Enter");
    let rig = ui.state().session.document.rig().unwrap();
    let hips = rig.armature.find("hips").unwrap();
    rig.channel(hips).unwrap().location
}

#[test]
fn a_drag_goes_on_where_the_pointer_comes_back_in() {
    let (straight, wrapped) = (dragged(0.2), dragged(0.9));
    assert!(straight.length() > 0.1, "{straight}");
    assert!(straight.distance(wrapped) < 2e-3, "{straight} {wrapped}");
}

#[test]
fn the_layout_is_remembered() {
    let home = tempfile::tempdir().unwrap();
    let mut ui = remembering(home.path());
    ui.state_mut().frame.window = Some(WindowPlace {
        size: (900.0, 700.0),
        position: Some((12, -3)),
        maximised: true,
    });
    ui.state_mut().show_panel(Pane::Log);
    run_quietly(&mut ui, "workspace.duplicate()");
    run_quietly(&mut ui, "screen.panel_toggle(type: BONES)");
    let before = ui.state().workspaces.current.plan();
    let text = std::fs::read_to_string(home.path().join("state/layout.ron")).unwrap();
    assert!(
        text.contains("version: 1") && text.contains("Log"),
        "{text}"
    );

    let ui = remembering(home.path());
    assert_eq!(names(&ui), ["Pose", "Pose 2", "Animate"]);
    assert_eq!(ui.state().workspaces.shown(), 1);
    assert_eq!(ui.state().workspaces.current.plan(), before);
    let kept = [Pane::Viewport, Pane::Properties, Pane::Timeline, Pane::Log];
    assert_eq!(shown(&ui), kept);
    let window = ui.state().frame.window.unwrap();
    assert!(window.maximised && window.size == (900.0, 700.0));
    assert!(ui.state().toasts.0.is_empty());
}

fn run_quietly(ui: &mut Ui, call: &str) {
    let op = keypose::ops::call::parse(call).unwrap();
    let ctx = ui.ctx.clone();
    ui.state_mut().start(&ctx, op);
    steps(ui);
}

#[test]
fn a_layout_of_no_use_is_kept_aside_and_told() {
    let tabs = |panels: &str| format!("Tabs(shown: 0, panels: [{panels}])");
    let file = |version: u32, holds: &str| {
        format!(
            "(version: {version}, window: None, shown: 0, workspaces: [(name: \"Pose\", holds: {holds})])"
        )
    };
    let deep = |depth: usize| {
        let (open, close) = ("Row([(size: 1, holds: ", ")])");
        format!(
            "{}{}{}",
            open.repeat(depth),
            tabs("Log"),
            close.repeat(depth)
        )
    };
    assert!(Layout::parse(&file(1, &deep(7))).is_ok());
    let size = |size: &str| file(1, &format!("Row([(size: {size}, holds: {})])", tabs("Log")));
    assert!(Layout::parse(&size("12")).is_ok());
    let bad = [
        String::new(),
        "\u{0}\u{1}".to_owned(),
        file(1, &tabs("Logs")),
        file(1, &tabs("")),
        file(1, &tabs("Log, Log")),
        file(1, "Row([])"),
        file(2, &tabs("Log")),
        file(1, &deep(30)),
        file(1, &deep(2000)),
        size("NaN"),
        size("-3"),
        size("1e30"),
        "(version: 9, nothing: \"of this is known\")".to_owned(),
        "(version: 1, window: None, shown: 0, workspaces: [])".to_owned(),
        "x".repeat(1 << 20),
    ];
    for text in bad {
        let home = tempfile::tempdir().unwrap();
        let state = home.path().join("state");
        std::fs::create_dir(&state).unwrap();
        std::fs::write(state.join("layout.ron"), &text).unwrap();
        let ui = remembering(home.path());
        assert_eq!(shown(&ui), STANDARD);
        let told = &ui.state().toasts.0[0].report.text;
        assert!(told.contains("layout.ron:"), "{told}");
        let kept = std::fs::read_to_string(state.join("layout.ron.bad")).unwrap();
        assert!(kept == text, "{told}");
    }
    let newer = Layout::parse("(version: 9, nothing: 1)").unwrap_err();
    assert!(newer.contains("version 9"), "{newer}");
}

#[test]
fn a_layout_from_before_the_timeline_opens_as_it_was() {
    let tabs = |panel: &str| format!("(size: 300, holds: Tabs(shown: 0, panels: [{panel}]))");
    let row = ["Bones", "Viewport", "Properties"].map(tabs).join(", ");
    let text = format!(
        "(version: 1, window: None, shown: 0, workspaces: [(name: \"Mine\", holds: Row([{row}]))])"
    );
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("state");
    std::fs::create_dir(&state).unwrap();
    std::fs::write(state.join("layout.ron"), text).unwrap();
    let ui = remembering(home.path());
    assert_eq!(names(&ui), ["Mine"]);
    assert_eq!(shown(&ui), [Pane::Bones, Pane::Viewport, Pane::Properties]);
    assert!(ui.state().toasts.0.is_empty());
}

/// A layout with everything in it.
fn rich() -> String {
    let mut ui = mannequin();
    ui.state_mut().show_panel(Pane::Log);
    run(&mut ui, "workspace.duplicate()");
    run(&mut ui, "screen.panel_toggle(type: BONES)");
    let window = WindowPlace {
        size: (1600.0, 1000.0),
        position: Some((0, 0)),
        maximised: false,
    };
    let layout = Layout::of(&ui.state().workspaces, Some(window));
    layout.text().unwrap()
}

/// Reads the text as a file and shows a frame of what comes of it.
fn survives(bytes: &[u8]) {
    let home = tempfile::tempdir().unwrap();
    let path = layout_file::path(home.path());
    std::fs::write(&path, bytes).unwrap();
    let mut app = App::new(Session::default()).unwrap();
    if let Ok(Some(layout)) = layout_file::read(&path) {
        app.workspaces = layout.workspaces();
    }
    let ctx = egui::Context::default();
    app.install(&ctx);
    let size = vec2(1280.0, 800.0);
    for _ in 0..2 {
        let input = egui::RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            ..egui::RawInput::default()
        };
        let output = ctx.run_ui(input, |ui| app.ui(ui));
        output.drop_without_applying_deltas();
    }
    let panes = arrange::rects(&app.workspaces.current.tree);
    assert!(!panes.is_empty());
    for (pane, rect) in panes {
        assert!(rect.is_finite() && rect.width() >= 0.0, "{pane:?} {rect}");
    }
}

#[test]
fn a_damaged_layout_gives_a_usable_tree() {
    let text = rich();
    assert!(Layout::parse(&text).is_ok(), "{text}");
    for part in 0..20 {
        survives(&text.as_bytes()[..text.len() * part / 20]);
    }
    let mut runner = TestRunner::new(Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    });
    let length = text.len();
    let damage = proptest::collection::vec((0..length, proptest::num::u8::ANY), 1..6);
    let result = runner.run(&damage, |damage| {
        let mut bytes = text.clone().into_bytes();
        for (at, byte) in damage {
            bytes[at] = byte;
        }
        survives(&bytes);
        Ok(())
    });
    result.unwrap();
    // Digits alone: sizes and places that parse but may be wild.
    let digits: Vec<usize> = text
        .match_indices(|c: char| c.is_ascii_digit())
        .map(|m| m.0)
        .collect();
    let wild = proptest::collection::vec((0..digits.len(), 0..12_usize), 1..4);
    let result = runner.run(&wild, |wild| {
        let mut bytes = text.clone().into_bytes();
        for (digit, with) in wild {
            bytes[digits[digit]] = b"0123456789e-"[with];
        }
        survives(&bytes);
        Ok(())
    });
    result.unwrap();
}
