//! The tiles in the program: shown, then changed as their menus and drags ask.

use egui::accesskit::Role;
use egui::{Rect, Ui, pos2};

use crate::ui::app::App;
use crate::ui::panels::Pane;
use crate::ui::tiles::{Edit, TileBehavior, arrange};

/// Where the 3D view is while no tile shows it.
const NOWHERE: Rect = Rect {
    min: pos2(-1.0, -1.0),
    max: pos2(-1.0, -1.0),
};

impl App {
    /// Shows the panels in all of the space there is.
    pub(in crate::ui) fn tiles(&mut self, ui: &mut Ui) {
        self.fit_tiles(ui.available_size());
        let (hovered, focus) = (self.pane, self.frame.focus.take());
        let (bare, maximised) = (self.bare_view(), self.frame.is_maximised());
        let (desk, panels, tree) = self.parts();
        let mut behavior = TileBehavior {
            desk,
            panels,
            hovered,
            focus,
            maximised,
            bare,
            count: arrange::panes(tree).len(),
            edits: Vec::new(),
        };
        let dragged = tree.dragged_id(ui.ctx());
        tree.ui(&mut behavior, ui);
        name_edges(ui);
        behavior.hover_border(ui, tree);
        if let Some(dragged) = dragged {
            arrange::untangle(tree, dragged);
        }
        let edits = behavior.edits;
        self.panes = arrange::rects(tree);
        if !edits.is_empty() {
            self.edit_tiles(edits);
            ui.ctx().request_repaint();
        }
    }

    /// Does what the menus of tiles asked for.
    fn edit_tiles(&mut self, edits: Vec<Edit>) {
        for edit in edits {
            if let Edit::Maximise(pane) = edit {
                self.toggle_alone(pane, false);
                continue;
            }
            self.show_all();
            let current = &mut self.workspaces.current;
            let (tree, fit) = (&mut current.tree, &mut current.fit);
            let at = |tree: &egui_tiles::Tree<Pane>, pane: Pane| {
                let tile = tree.tiles.find_pane(&pane)?;
                Some(arrange::group(&tree.tiles, tile))
            };
            match edit {
                Edit::Split(pane, side, other) => {
                    if let Some(at) = at(tree, pane) {
                        arrange::split(tree, fit, at, side, other, None);
                    }
                }
                Edit::Join(pane, other) => {
                    if let Some(at) = at(tree, pane) {
                        arrange::join(tree, at, other);
                    }
                }
                Edit::Close(pane) => arrange::close(tree, pane),
                Edit::Maximise(_) => {}
            }
        }
    }

    /// Before the tiles are drawn: sizes for this room, and no 3D view where no tile shows it.
    fn fit_tiles(&mut self, size: egui::Vec2) {
        let current = &mut self.workspaces.current;
        if let Some(alone) = self.frame.alone {
            // A tab of the group that was closed or a drag may have taken it away.
            if current.tree.tiles.find_pane(&alone.pane).is_none() {
                self.show_all();
            }
        } else {
            current.fit.apply(&mut current.tree, size);
        }
        self.panels.viewport.rect = NOWHERE;
        self.panels.viewport.chips.clear();
        self.panels.timeline.hide();
    }

    /// The tile of the 3D view, where it stands alone.
    fn bare_view(&self) -> Option<egui_tiles::TileId> {
        let tiles = &self.workspaces.current.tree.tiles;
        let view = tiles.find_pane(&Pane::Viewport)?;
        let group = tiles.get_container(arrange::group(tiles, view));
        let alone = group.is_none_or(|group| group.num_children() < 2);
        alone.then_some(view)
    }
}

/// Tells a screen reader what the edges between panels are; the crate gives them no name.
fn name_edges(ui: &Ui) {
    let ctx = ui.ctx();
    let layer = ui.layer_id();
    let reached: Vec<egui::Id> = ctx.viewport(|viewport| {
        let widgets = &viewport.this_pass.widgets;
        let reached = widgets.get_layer(layer);
        let reached = reached.filter(|widget| widget.sense.is_focusable());
        reached.map(|widget| widget.id).collect()
    });
    for id in reached {
        if ctx.has_accesskit_node(id) {
            ctx.accesskit_node_builder(id, |node| {
                if node.role() == Role::Unknown && node.label().is_none() {
                    node.set_role(Role::Splitter);
                    node.set_label("Edge between panels");
                }
            });
        }
    }
}
