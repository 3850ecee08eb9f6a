//! Keeps the sizes of panels when that of the window changes: beside the 3D view they stay as wide or high as
//! the user made them, and the view takes the rest. Rows and columns without it are scaled as a whole.

use std::collections::BTreeMap;

use egui::{Vec2, vec2};
use egui_tiles::{Container, LinearDir, Shares, Tile, TileId, Tiles, Tree};

use crate::ui::panels::Pane;
use crate::ui::theme::GAP;

/// Width and height of the 3D view below which the panels beside it give way, points.
const VIEW: Vec2 = vec2(320.0, 200.0);

/// What is known of a row or column.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Its length in the last frame, points; 0 before the first.
    length: f32,
    /// Size that each tile should have, points, by its id.
    wanted: BTreeMap<u64, f32>,
    /// Size that each was given.
    given: BTreeMap<u64, f32>,
}

/// The sizes that the panels of a tree should have.
#[derive(Clone, Debug, Default)]
pub struct Fit {
    known: BTreeMap<u64, Known>,
}

impl Fit {
    /// The sizes that a row or column begins with.
    pub(super) fn want(&mut self, container: TileId, sizes: &[(TileId, f32)]) {
        let known = Known {
            wanted: sizes.iter().map(|(tile, size)| (tile.0, *size)).collect(),
            ..Known::default()
        };
        self.known.insert(container.0, known);
    }

    /// Takes the shares of a row or column as they are.
    pub(super) fn forget(&mut self, container: TileId) {
        self.known.remove(&container.0);
    }

    /// The size that a tile should have, points; before the first frame its share.
    pub(super) fn size(&self, holder: &Container, container: TileId, child: TileId) -> f32 {
        let known = self.known.get(&container.0);
        let size = known.and_then(|known| known.wanted.get(&child.0)).copied();
        let share = || match holder {
            Container::Linear(linear) => linear.shares[child] * 100.0,
            _ => 100.0,
        };
        let size = size.unwrap_or_else(share);
        if size.is_finite() {
            size.round().clamp(1.0, 100_000.0)
        } else {
            100.0
        }
    }

    /// Sets the shares for this size of the whole.
    pub fn apply(&mut self, tree: &mut Tree<Pane>, size: Vec2) {
        let Some(root) = tree.root() else {
            return;
        };
        if size.min_elem() >= 1.0 {
            self.apply_to(&mut tree.tiles, root, size, 0);
        }
        let tiles = &tree.tiles;
        self.known.retain(|id, _| tiles.get(TileId(*id)).is_some());
    }

    fn apply_to(&mut self, tiles: &mut Tiles<Pane>, id: TileId, size: Vec2, depth: usize) {
        let Some(Container::Linear(linear)) = tiles.get_container(id) else {
            return;
        };
        // Trees are built from plans and by hand; nobody docks a hundred tiles into each other.
        if depth > 100 {
            return;
        }
        let (dir, children) = (linear.dir, linear.children.clone());
        let view = children.iter().position(|child| holds_view(tiles, *child));
        let across = dir == LinearDir::Horizontal;
        let (length, least) = if across {
            (size.x, VIEW.x)
        } else {
            (size.y, VIEW.y)
        };
        let room = (length - GAP * (children.len().max(1) - 1) as f32).max(1.0);
        let Some(Tile::Container(Container::Linear(linear))) = tiles.get_mut(id) else {
            return;
        };
        let known = self.known.entry(id.0).or_default();
        let sizes = known.sizes(&children, view, &mut linear.shares, (length, room, least));
        for (child, along) in children.into_iter().zip(sizes) {
            let size = if across {
                vec2(along, size.y)
            } else {
                vec2(size.x, along)
            };
            self.apply_to(tiles, child, size, depth + 1);
        }
    }
}

impl Known {
    /// The size of each tile; where the length or the tiles changed, the shares are set to it.
    fn sizes(
        &mut self,
        children: &[TileId],
        view: Option<usize>,
        shares: &mut Shares,
        (length, room, least): (f32, f32, f32),
    ) -> Vec<f32> {
        let sum: f32 = children.iter().map(|&child| shares[child]).sum();
        let shown = |child: TileId, room: f32| shares[child] / sum.max(f32::EPSILON) * room;
        let same = self.given.len() == children.len()
            && children
                .iter()
                .all(|child| self.given.contains_key(&child.0));
        let old_room = room - length + self.length;
        let resized = |known: &Self| {
            let moved = |child: &TileId| {
                let given = known.given.get(&child.0).copied().unwrap_or_default();
                (shown(*child, old_room) - given).abs() > 0.5
            };
            same && children.iter().any(moved)
        };
        if resized(self) {
            self.wanted = children
                .iter()
                .map(|&c| (c.0, shown(c, old_room)))
                .collect();
        } else if same && (self.length - length).abs() < 0.5 {
            return children.iter().map(|&child| shown(child, room)).collect();
        }
        for &child in children {
            let now = shown(child, room);
            self.wanted.entry(child.0).or_insert(now);
        }
        self.wanted.retain(|id, _| children.contains(&TileId(*id)));
        let sizes = self.spread(children, view, room, least);
        self.length = length;
        self.given = children
            .iter()
            .map(|c| c.0)
            .zip(sizes.iter().copied())
            .collect();
        for (child, size) in children.iter().zip(&sizes) {
            shares.set_share(*child, size / room * children.len() as f32);
        }
        sizes
    }

    /// Spreads the room: the panels get what they want, the view the rest; without a view all are scaled.
    fn spread(
        &mut self,
        children: &[TileId],
        view: Option<usize>,
        room: f32,
        least: f32,
    ) -> Vec<f32> {
        let wanted = |child: &TileId| self.wanted.get(&child.0).copied().unwrap_or(100.0);
        let view = view.and_then(|place| children.get(place)).copied();
        let others = children.iter().filter(|child| Some(**child) != view);
        let sum: f32 = others.map(wanted).sum();
        let scale = match view {
            Some(_) => ((room - least).max(room / 3.0) / sum.max(1.0)).min(1.0),
            None => room / sum.max(1.0),
        };
        let rest = room - sum * scale;
        if let Some(view) = view {
            self.wanted.insert(view.0, rest);
        }
        let wanted = |child: &TileId| self.wanted.get(&child.0).copied().unwrap_or(100.0);
        let size = |child: &TileId| match Some(*child) == view {
            true => rest,
            false => wanted(child) * scale,
        };
        children.iter().map(size).collect()
    }
}

fn holds_view(tiles: &Tiles<Pane>, id: TileId) -> bool {
    match tiles.get(id) {
        Some(Tile::Pane(pane)) => *pane == Pane::Viewport,
        Some(Tile::Container(container)) => {
            container.children().any(|child| holds_view(tiles, *child))
        }
        None => false,
    }
}
