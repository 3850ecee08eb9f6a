//! Moves panels about in a tree of tiles. Every panel stands in a group of tabs, alone or with others; what a
//! drag leaves in another form is put right by [`untangle`].

use egui::Rect;
use egui_tiles::{Container, Linear, LinearDir, SimplificationOptions, Tile, TileId, Tiles, Tree};

use crate::ui::panels::Pane;
use crate::ui::theme::GAP;
use crate::ui::tiles::fit::Fit;
use crate::ui::tiles::plan::{BONES_WIDTH, PROPERTIES_WIDTH, TIMELINE_HEIGHT};

/// Height of the log where it is opened by itself, points.
const LOG_HEIGHT: f32 = 160.0;

/// What is tidied up in every frame.
pub const TIDY: SimplificationOptions = SimplificationOptions {
    prune_empty_tabs: true,
    prune_empty_containers: true,
    prune_single_child_tabs: false,
    prune_single_child_containers: true,
    all_panes_must_have_tabs: true,
    join_nested_linear_containers: true,
    flatten_tabs_in_tabs: true,
};

/// Where a panel goes, seen from the tile that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To its left.
    Left,
    /// To its right.
    Right,
    /// Below it.
    Below,
}

/// Where each panel that can be seen is, with its header; left to right, top to bottom.
pub fn rects(tree: &Tree<Pane>) -> Vec<(Pane, Rect)> {
    let mut rects = Vec::new();
    for id in tree.active_tiles() {
        let Some(pane) = tree.tiles.get_pane(&id) else {
            continue;
        };
        if let Some(rect) = tree.tiles.rect(group(&tree.tiles, id)) {
            rects.push((*pane, rect));
        }
    }
    rects
}

/// Every panel of a tree, those behind other tabs included.
pub fn panes(tree: &Tree<Pane>) -> Vec<Pane> {
    let all = Pane::ALL.iter().copied();
    all.filter(|pane| tree.tiles.find_pane(pane).is_some())
        .collect()
}

/// The group of tabs that a panel stands in, else the panel itself.
pub fn group(tiles: &Tiles<Pane>, pane: TileId) -> TileId {
    let parent = tiles.parent_of(pane);
    let tabs = |id: &TileId| matches!(tiles.get_container(*id), Some(Container::Tabs(_)));
    parent.filter(tabs).unwrap_or(pane)
}

/// Shows a panel: brings its tab to the front, or opens it at its usual place.
pub fn show(tree: &mut Tree<Pane>, fit: &mut Fit, pane: Pane) {
    if let Some(tile) = tree.tiles.find_pane(&pane) {
        tree.make_active(|id, _| id == tile);
        return;
    }
    let Some(root) = tree.root() else {
        let tile = tree.tiles.insert_pane(pane);
        tree.root = Some(tree.tiles.insert_tab_tile(vec![tile]));
        return;
    };
    let view = tree.tiles.find_pane(&Pane::Viewport);
    let view = view.map(|tile| group(&tree.tiles, tile));
    let properties = tree.tiles.find_pane(&Pane::Properties);
    let (at, side, size) = match (pane, properties) {
        (Pane::Log, _) => (view.unwrap_or(root), Side::Below, Some(LOG_HEIGHT)),
        (Pane::Timeline, _) => (root, Side::Below, Some(TIMELINE_HEIGHT)),
        (Pane::Bones, _) => (above(tree, root), Side::Left, Some(BONES_WIDTH)),
        (Pane::Properties, _) => (above(tree, root), Side::Right, Some(PROPERTIES_WIDTH)),
        (Pane::Viewport, Some(tile)) => (group(&tree.tiles, tile), Side::Left, None),
        (Pane::Viewport, None) => (above(tree, root), Side::Right, None),
    };
    split(tree, fit, at, side, pane, size);
}

/// What stands above a timeline that is as wide as the window; else everything.
fn above(tree: &Tree<Pane>, root: TileId) -> TileId {
    let timeline = tree.tiles.find_pane(&Pane::Timeline);
    let timeline = timeline.map(|tile| group(&tree.tiles, tile));
    match tree.tiles.get_container(root) {
        Some(Container::Linear(linear)) if linear.dir == LinearDir::Vertical => {
            match linear.children.as_slice() {
                [first, last] if Some(*last) == timeline => *first,
                _ => root,
            }
        }
        _ => root,
    }
}

/// Puts a panel beside a tile, wherever it was before; without a size it gets half of the tile's.
pub fn split(
    tree: &mut Tree<Pane>,
    fit: &mut Fit,
    at: TileId,
    side: Side,
    pane: Pane,
    size: Option<f32>,
) {
    let new = tree.tiles.insert_tab_tile(Vec::new());
    join(tree, new, pane);
    let dir = match side {
        Side::Below => LinearDir::Vertical,
        Side::Left | Side::Right => LinearDir::Horizontal,
    };
    let rect = tree.tiles.rect(at);
    let length = rect.map_or(1000.0, |rect| match dir {
        LinearDir::Horizontal => rect.width(),
        LinearDir::Vertical => rect.height(),
    });
    let size = size.unwrap_or((length - GAP) / 2.0);
    // Where there is hardly room each gets half.
    let part = (size / (length - GAP).max(1.0)).clamp(0.05, 0.5);
    let before = side == Side::Left;
    let parent = tree.tiles.parent_of(at);
    if let Some(parent) = parent.filter(|parent| insert(tree, *parent, dir, at, new, part, before))
    {
        fit.forget(parent);
        return;
    }
    let children = if before { vec![new, at] } else { vec![at, new] };
    let mut linear = Linear::new(dir, children);
    linear.shares.set_share(at, 2.0 * (1.0 - part));
    linear.shares.set_share(new, 2.0 * part);
    let wrapper = tree.tiles.insert_container(linear);
    replace(tree, parent, at, wrapper);
}

/// Puts a tile beside another in a row or column that goes the right way already.
fn insert(
    tree: &mut Tree<Pane>,
    parent: TileId,
    dir: LinearDir,
    at: TileId,
    new: TileId,
    part: f32,
    before: bool,
) -> bool {
    let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(parent) else {
        return false;
    };
    let place = linear.children.iter().position(|child| *child == at);
    let Some(place) = place.filter(|_| linear.dir == dir) else {
        return false;
    };
    let share = linear.shares[at];
    linear.shares.set_share(at, share * (1.0 - part));
    linear.shares.set_share(new, share * part);
    let place = if before { place } else { place + 1 };
    linear.children.insert(place, new);
    true
}

/// Puts `new` where `old` stands in its parent; without a parent it becomes the root.
fn replace(tree: &mut Tree<Pane>, parent: Option<TileId>, old: TileId, new: TileId) {
    let parent = parent.and_then(|parent| tree.tiles.get_mut(parent));
    let children = match parent {
        Some(Tile::Container(Container::Linear(linear))) => {
            linear.shares.replace_with(old, new);
            &mut linear.children
        }
        Some(Tile::Container(Container::Tabs(tabs))) => {
            if tabs.active == Some(old) {
                tabs.active = Some(new);
            }
            &mut tabs.children
        }
        _ => {
            tree.root = Some(new);
            return;
        }
    };
    children
        .iter_mut()
        .filter(|child| **child == old)
        .for_each(|child| *child = new);
}

/// Moves a panel into a group of tabs, in front of the others.
pub fn join(tree: &mut Tree<Pane>, group: TileId, pane: Pane) {
    let found = tree.tiles.find_pane(&pane);
    let tile = found.unwrap_or_else(|| tree.tiles.insert_pane(pane));
    tree.move_tile_to_container(tile, group, usize::MAX, false);
    if let Some(Tile::Container(Container::Tabs(tabs))) = tree.tiles.get_mut(group) {
        tabs.set_active(tile);
    }
    tree.simplify(&TIDY);
}

/// Closes a panel; the last one stays.
pub fn close(tree: &mut Tree<Pane>, pane: Pane) {
    if panes(tree).len() > 1
        && let Some(tile) = tree.tiles.find_pane(&pane)
    {
        tree.remove_recursively(tile);
        tree.simplify(&TIDY);
    }
}

/// Shows the group of one panel alone, or all again.
pub fn show_alone(tree: &mut Tree<Pane>, pane: Option<Pane>) {
    let tile = pane.and_then(|pane| tree.tiles.find_pane(&pane));
    let kept = tile.map(|tile| group(&tree.tiles, tile));
    let ids: Vec<TileId> = tree.tiles.tile_ids().collect();
    for id in ids {
        let pane = tree.tiles.get_pane(&id).is_some();
        let hidden = pane && kept.is_some_and(|kept| group(&tree.tiles, id) != kept);
        tree.set_visible(id, !hidden);
    }
}

/// After a drag: where a panel was dropped beside one that stands among tabs, it goes beside the whole group.
pub fn untangle(tree: &mut Tree<Pane>, dropped: TileId) {
    let Some(split) = tree.tiles.parent_of(dropped) else {
        return;
    };
    let Some(Container::Linear(linear)) = tree.tiles.get_container(split) else {
        return;
    };
    let other = linear
        .children
        .iter()
        .copied()
        .find(|child| *child != dropped);
    let tabs = tree.tiles.parent_of(split);
    let (Some(other), Some(tabs)) = (other, tabs) else {
        return;
    };
    if !matches!(tree.tiles.get_container(tabs), Some(Container::Tabs(_))) {
        return;
    }
    let above = tree.tiles.parent_of(tabs);
    replace(tree, Some(tabs), split, other);
    replace(tree, Some(split), other, tabs);
    replace(tree, above, tabs, split);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::tiles::plan::{Part, Plan};

    fn tabs(panels: &[Pane]) -> Plan {
        Plan::Tabs {
            shown: panels.len() - 1,
            panels: panels.to_vec(),
        }
    }

    fn sizes_off(plan: &Plan) -> Plan {
        let part = |part: &Part| Part {
            size: 1.0,
            holds: sizes_off(&part.holds),
        };
        match plan {
            Plan::Tabs { .. } => plan.clone(),
            Plan::Row(parts) => Plan::Row(parts.iter().map(part).collect()),
            Plan::Column(parts) => Plan::Column(parts.iter().map(part).collect()),
        }
    }

    fn of(holds: Plan) -> Part {
        Part { size: 1.0, holds }
    }

    fn over_timeline(plan: Plan) -> Plan {
        Plan::Column(vec![of(plan), of(tabs(&[Pane::Timeline]))])
    }

    fn check(tree: &Tree<Pane>, fit: &Fit, wanted: Plan) {
        let found = Plan::of(tree, fit).unwrap();
        assert_eq!(found.check(), Ok(()));
        assert_eq!(sizes_off(&found), wanted);
    }

    #[test]
    fn the_log_opens_below_the_view_and_closes_without_a_trace() {
        let (mut tree, mut fit) = Plan::standard().build();
        show(&mut tree, &mut fit, Pane::Log);
        let middle = Plan::Column(vec![of(tabs(&[Pane::Viewport])), of(tabs(&[Pane::Log]))]);
        let row = |middle| {
            let row = Plan::Row(vec![
                of(tabs(&[Pane::Bones])),
                of(middle),
                of(tabs(&[Pane::Properties])),
            ]);
            over_timeline(row)
        };
        check(&tree, &fit, row(middle));
        close(&mut tree, Pane::Log);
        check(&tree, &fit, row(tabs(&[Pane::Viewport])));
    }

    #[test]
    fn closed_panels_come_back_to_their_usual_places_and_the_last_one_stays() {
        let (mut tree, mut fit) = Plan::standard().build();
        for pane in [Pane::Viewport, Pane::Bones] {
            close(&mut tree, pane);
        }
        check(&tree, &fit, over_timeline(tabs(&[Pane::Properties])));
        close(&mut tree, Pane::Timeline);
        close(&mut tree, Pane::Properties);
        check(&tree, &fit, tabs(&[Pane::Properties]));
        for pane in [Pane::Timeline, Pane::Viewport, Pane::Bones] {
            show(&mut tree, &mut fit, pane);
            tree.simplify(&TIDY);
        }
        check(&tree, &fit, sizes_off(&Plan::standard()));
    }

    #[test]
    fn a_panel_joins_the_tabs_of_another_and_leaves_them_by_a_split() {
        let (mut tree, mut fit) = Plan::standard().build();
        let view = tree.tiles.find_pane(&Pane::Viewport).unwrap();
        let at = group(&tree.tiles, view);
        join(&mut tree, at, Pane::Bones);
        let both = tabs(&[Pane::Viewport, Pane::Bones]);
        let row = Plan::Row(vec![of(both), of(tabs(&[Pane::Properties]))]);
        check(&tree, &fit, over_timeline(row));
        split(&mut tree, &mut fit, at, Side::Below, Pane::Bones, None);
        tree.simplify(&TIDY);
        let column = Plan::Column(vec![of(tabs(&[Pane::Viewport])), of(tabs(&[Pane::Bones]))]);
        let row = Plan::Row(vec![of(column), of(tabs(&[Pane::Properties]))]);
        check(&tree, &fit, over_timeline(row));
    }

    #[test]
    fn what_is_dropped_beside_a_tab_goes_beside_its_group() {
        let (mut tree, fit) = Plan::Row(vec![
            of(tabs(&[Pane::Bones, Pane::Viewport])),
            of(tabs(&[Pane::Properties])),
        ])
        .build();
        // As egui_tiles leaves it: the tab that was pointed at became a column.
        let view = tree.tiles.find_pane(&Pane::Viewport).unwrap();
        let tabs_tile = group(&tree.tiles, view);
        let dropped = tree.tiles.insert_pane(Pane::Log);
        let column = tree.tiles.insert_vertical_tile(vec![view, dropped]);
        replace(&mut tree, Some(tabs_tile), view, column);
        untangle(&mut tree, dropped);
        tree.simplify(&TIDY);
        let column = Plan::Column(vec![
            of(tabs(&[Pane::Bones, Pane::Viewport])),
            of(tabs(&[Pane::Log])),
        ]);
        let row = Plan::Row(vec![of(column), of(tabs(&[Pane::Properties]))]);
        check(&tree, &fit, row);
    }
}
