//! The rows of the timeline with their names, below the ruler and above the markers.

use std::sync::Arc;

use egui::scroll_area::ScrollSource;
use egui::{
    Color32, FontId, Painter, Rect, Role, ScrollArea, Sense, Shape, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::ui::acts::quoted;
use crate::ui::desk::Desk;
use crate::ui::panels::timeline::rows::Row;
use crate::ui::panels::timeline::{Places, TimelinePanel, strips};
use crate::ui::theme::{self, ROW, Theme};
use crate::ui::time_axis::colors::TimeColors;
use crate::ui::time_axis::diamonds::Diamonds;
use crate::ui::time_axis::ground::{self, RowKind, Times};
use crate::ui::time_axis::ticks::Tick;
use crate::ui::time_axis::{TimeAxis, keys, marks, ruler};
use crate::ui::widgets::{clipped_text, focus_ring};

/// What the mesh of keys was made for.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    generation: u64,
    axis: TimeAxis,
    /// The rows that can be seen, and where the first of them begins.
    rows: std::ops::Range<usize>,
    top: f32,
    colors: TimeColors,
}

/// The keys as they were drawn last.
pub(super) struct Drawn {
    wanted: Wanted,
    shape: Shape,
}

/// What is the same for all that is drawn of one frame.
pub(super) struct Scene {
    pub(super) axis: TimeAxis,
    pub(super) ticks: Vec<Tick>,
    pub(super) times: Times,
}

impl TimelinePanel {
    /// Shows ruler, rows and markers.
    pub(super) fn body_ui(&mut self, ui: &mut Ui, desk: &mut Desk, places: &Places) {
        let axis = TimeAxis::new(&desk.view.timeline, places.area, ui.pixels_per_point());
        let scene = &desk.document.scene;
        let steps = ruler::steps(&axis, desk.view.timeline.seconds, scene.fps);
        let scene = Scene {
            axis,
            ticks: steps.ticks(&axis),
            times: Times::of(scene),
        };
        self.corner_ui(ui, desk, places);
        self.rows_ui(ui, desk, places, &scene);
        strips::markers_ui(ui, desk, places, &scene);
        strips::bands_ui(ui, desk, places);
        strips::ruler_ui(ui, desk, places, &scene);
    }

    /// What stands over the names: how many bones are listed, and how many keys they have.
    fn corner_ui(&self, ui: &mut Ui, desk: &Desk, places: &Places) {
        let bones = self.rows.all().len().saturating_sub(1);
        let noun = if bones == 1 { "bone" } else { "bones" };
        let words = match desk.view.timeline.only_selected {
            true => format!("{bones} selected {noun}"),
            false => format!("{bones} keyed {noun}"),
        };
        let rect = Rect::from_x_y_ranges(places.names.x_range(), places.ruler.y_range());
        let room = rect.shrink2(vec2(8.0, 0.0));
        let font = FontId::proportional(12.0);
        clipped_text(ui, room, &words, font, *desk.theme.text_2);
    }

    fn rows_ui(&mut self, ui: &mut Ui, desk: &mut Desk, places: &Places, scene: &Scene) {
        let whole = Rect::from_min_max(places.names.min, places.area.max);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(whole).id_salt("rows"));
        let pointer = ui.input(|input| input.pointer.hover_pos());
        // Over the keys the wheel means time.
        let mouse_wheel = pointer.is_some_and(|at| places.names.contains(at));
        let height = self.rows.all().len() as f32 * ROW;
        let mut area = ScrollArea::vertical()
            .auto_shrink(false)
            .scroll_source(ScrollSource {
                mouse_wheel,
                ..ScrollSource::SCROLL_BAR
            });
        let wanted = std::mem::take(&mut self.scroll);
        if wanted != 0.0 {
            let most = (height - whole.height()).max(0.0);
            area = area.vertical_scroll_offset((self.scrolled() + wanted).clamp(0.0, most));
        }
        area.show_viewport(&mut inner, |ui, seen| {
            ui.set_height(height);
            let top = ui.max_rect().top();
            let first = (seen.top() / ROW).floor().max(0.0) as usize;
            let last = ((seen.bottom() / ROW).ceil().max(0.0) as usize).min(self.rows.all().len());
            let range = first.min(last)..last;
            self.shown(ui, desk, places, scene, range, top);
        });
    }

    /// How far the rows were scrolled in the last frame, points.
    fn scrolled(&self) -> f32 {
        let (Some(drawn), Some(places)) = (&self.drawn, &self.places) else {
            return 0.0;
        };
        places.area.top() - drawn.wanted.top
    }

    /// Draws some of the rows; `top` is where the first of all rows begins.
    fn shown(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk,
        places: &Places,
        scene: &Scene,
        range: std::ops::Range<usize>,
        top: f32,
    ) {
        let theme = desk.theme;
        let rows = self.rows.all().get(range.clone()).unwrap_or_default();
        let place = |place: usize| {
            let min = pos2(
                places.names.left(),
                top + (range.start + place) as f32 * ROW,
            );
            Rect::from_min_size(min, vec2(places.names.width() + places.area.width(), ROW))
        };
        let grounds: Vec<(Rect, RowKind)> = rows
            .iter()
            .enumerate()
            .map(|(number, row)| (place(number), kind_of(desk, row)))
            .collect();
        let painter = ui
            .painter()
            .with_clip_rect(places.area.intersect(ui.clip_rect()));
        let (colors, scale) = (TimeColors::of(theme), scene.axis.scale);
        let mut mesh = Diamonds::new(colors, scale);
        let (axis, times) = (&scene.axis, &scene.times);
        ground::ground(
            &mut mesh,
            theme,
            axis,
            places.area,
            &grounds,
            &scene.ticks,
            times,
        );
        for (row, (rect, _)) in rows.iter().zip(&grounds) {
            if let Some(mark) = marks::at(&row.marks, times.frame) {
                let at = pos2(axis.edge(mark.frame), rect.center().y);
                mesh.halo(at, mark.kind);
            }
        }
        painter.add(mesh.shape());
        for (row, (rect, kind)) in rows.iter().zip(&grounds) {
            name_ui(ui, desk, places, row, *rect, *kind);
        }
        let wanted = Wanted {
            generation: self.rows.generation(),
            axis: scene.axis,
            rows: range,
            top,
            colors,
        };
        self.keys_ui(&painter, wanted);
        if self.rows.keys() == 0 {
            strips::empty_ui(ui, desk, places);
        }
        area_info(ui, places, self.rows.keys());
    }

    /// Draws the keys: those of the last frame, if nothing of them changed.
    fn keys_ui(&mut self, painter: &Painter, wanted: Wanted) {
        if let Some(drawn) = self.drawn.as_ref().filter(|drawn| drawn.wanted == wanted) {
            painter.add(drawn.shape.clone());
            return;
        }
        let mut mesh = Diamonds::new(wanted.colors, wanted.axis.scale);
        let rows = self.rows.all().get(wanted.rows.clone()).unwrap_or_default();
        for (row, number) in rows.iter().zip(wanted.rows.clone()) {
            let y = wanted.top + (number as f32 + 0.5) * ROW;
            keys::row(&mut mesh, &wanted.axis, y, &row.marks);
        }
        let shape = mesh.shape();
        painter.add(shape.clone());
        self.drawn = Some(Drawn { wanted, shape });
    }
}

fn rig_of<'a>(desk: &'a Desk, row: &Row) -> Option<&'a Arc<Rig>> {
    desk.document.rigs.get(row.rig?.index())
}

fn kind_of(desk: &Desk, row: &Row) -> RowKind {
    let Some(rig) = rig_of(desk, row) else {
        return RowKind::Summary;
    };
    match row.bone.is_some_and(|bone| rig.is_selected(bone)) {
        true => RowKind::Selected,
        false => RowKind::Group,
    }
}

/// The name of a row; a click selects its bone.
fn name_ui(ui: &mut Ui, desk: &mut Desk, places: &Places, row: &Row, rect: Rect, kind: RowKind) {
    let rect = rect.with_max_x(places.names.right());
    let theme = desk.theme;
    let painter = ui.painter().clone();
    let own = row.rig.zip(row.bone);
    let clip = places.names.intersect(ui.clip_rect());
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .id_salt((row.rig, &row.name)),
    );
    inner.set_clip_rect(clip);
    let ui = &mut inner;
    let sense = if own.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, ui.scope_id().with("name"), sense);
    let selected = kind == RowKind::Selected;
    response.widget_info(|| match own {
        Some(_) => WidgetInfo::selected(Role::ListItem, true, selected, &*row.name),
        None => WidgetInfo::labeled(Role::Label, true, &*row.name),
    });
    let hovered = own.is_some() && (response.hovered() || *desk.hover == own);
    let painter = painter.with_clip_rect(clip);
    painter.rect_filled(rect, 0, name_fill(theme, kind, hovered));
    let mut left = rect.left() + 8.0;
    let rig = rig_of(desk, row).cloned();
    if let (Some(rig), Some(bone)) = (&rig, row.bone) {
        let bar = Rect::from_center_size(pos2(left + 1.5, rect.center().y), vec2(3.0, 12.0));
        painter.rect_filled(bar, 1, desk.bone_color(rig, bone));
        left += 10.0;
    }
    let (font, color) = match kind {
        RowKind::Summary => (theme::medium(12.0), *theme.text_strong),
        _ if row.bone.is_none() => (FontId::proportional(12.0), *theme.text_2),
        _ => (FontId::proportional(12.0), *theme.text_strong),
    };
    let room = Rect::from_min_max(pos2(left, rect.top()), rect.max - vec2(8.0, 0.0));
    clipped_text(ui, room, &row.name, font, color);
    focus_ring(ui, theme, &response);
    if own.is_some() && response.hovered() {
        *desk.hover = own;
    }
    if let (Some(rig), Some(bone)) = (rig, row.bone)
        && response.clicked()
    {
        select(ui, desk, row, &rig, bone);
    }
}

fn name_fill(theme: &Theme, kind: RowKind, hovered: bool) -> Color32 {
    match kind {
        _ if hovered => *theme.field_hover,
        RowKind::Selected => *theme.accent_tint,
        kind => ground::row_color(theme, kind),
    }
}

/// Selects the bone of a row: alone, or with Shift or Ctrl beside the others.
fn select(ui: &Ui, desk: &mut Desk, row: &Row, rig: &Rig, bone: BoneId) {
    let held = ui.input(|input| input.modifiers);
    let how = if held.shift || held.command {
        ", toggle: true"
    } else {
        ""
    };
    let other = match desk.document.active_rig == row.rig {
        true => String::new(),
        false => format!(", rig: {}", quoted(&rig.name)),
    };
    let name = quoted(rig.armature.name(bone));
    desk.acts
        .run(&format!("view3d.select(bone: {name}{other}{how})"), "");
}

/// Tells a screen reader of the keys, which are no widgets.
fn area_info(ui: &mut Ui, places: &Places, keys: usize) {
    let id = ui.scope_id().with("keys");
    let response = ui.interact(places.area, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{keys} keys")));
}
