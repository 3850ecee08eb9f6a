//! An arrangement of panels as plain data: what is kept in a file, and what a tree of tiles is built from.
//!
//! It can say less than a tree can: panels stand in groups of tabs, and groups stand in rows and columns. So
//! there are no cycles, no empty tiles and nothing dangling. Sizes are points.

use std::collections::BTreeSet;

use egui_tiles::{Container, Linear, LinearDir, Tile, TileId, Tiles, Tree};
use serde::{Deserialize, Serialize};

use crate::ui::panels::Pane;
use crate::ui::theme::GAP;
use crate::ui::tiles::fit::Fit;

/// Sizes of the standard arrangement, points.
pub const BONES_WIDTH: f32 = 236.0;
/// Width of the properties at first, points.
pub const PROPERTIES_WIDTH: f32 = 292.0;
/// Width of the 3D view in a window of the usual size, points.
const VIEW_WIDTH: f32 = 1056.0;

/// Height of the timeline at first, points.
pub const TIMELINE_HEIGHT: f32 = 232.0;
/// Height of what stands above it in a window of the usual size, points.
const REST_HEIGHT: f32 = 702.0;

/// How many rows and columns may stand within each other.
const DEPTH: usize = 8;
/// Sizes that a panel can have, points.
const SIZES: std::ops::RangeInclusive<f32> = 1.0..=100_000.0;

/// An arrangement, or a part of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Plan {
    /// Panels in one place, a tab each.
    Tabs {
        /// The tab that is shown.
        shown: usize,
        /// The panels.
        panels: Vec<Pane>,
    },
    /// Parts side by side.
    Row(Vec<Part>),
    /// Parts one below the other.
    Column(Vec<Part>),
}

/// A part with its size along the row or column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Width in a row, height in a column, points.
    pub size: f32,
    /// What stands there.
    pub holds: Plan,
}

impl Plan {
    /// Bones, 3D view, properties; below them the timeline.
    pub fn standard() -> Self {
        let above = Self::Row(vec![
            Self::part(Pane::Bones, BONES_WIDTH),
            Self::part(Pane::Viewport, VIEW_WIDTH),
            Self::part(Pane::Properties, PROPERTIES_WIDTH),
        ]);
        let above = Part {
            size: REST_HEIGHT,
            holds: above,
        };
        Self::Column(vec![above, Self::part(Pane::Timeline, TIMELINE_HEIGHT)])
    }

    /// For animating: 3D view and properties, below them a large timeline.
    pub fn animate() -> Self {
        let above = Self::Row(vec![
            Self::part(Pane::Viewport, BONES_WIDTH + VIEW_WIDTH + GAP),
            Self::part(Pane::Properties, PROPERTIES_WIDTH),
        ]);
        let large = TIMELINE_HEIGHT * 1.75;
        let above = Part {
            size: REST_HEIGHT + TIMELINE_HEIGHT - large,
            holds: above,
        };
        Self::Column(vec![above, Self::part(Pane::Timeline, large)])
    }

    fn part(pane: Pane, size: f32) -> Part {
        Part {
            size,
            holds: Self::Tabs {
                shown: 0,
                panels: vec![pane],
            },
        }
    }

    /// Checks what was read from a file.
    ///
    /// # Errors
    /// What makes no sense.
    pub fn check(&self) -> Result<(), String> {
        let mut seen = Vec::new();
        self.check_part(DEPTH, &mut seen)
    }

    fn check_part(&self, depth: usize, seen: &mut Vec<Pane>) -> Result<(), String> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("rows and columns go deeper than {DEPTH}"));
        };
        match self {
            Self::Tabs { shown, panels } => {
                if *shown >= panels.len() {
                    return Err(format!(
                        "tab {shown} is to be shown of {} panels",
                        panels.len()
                    ));
                }
                for pane in panels {
                    if seen.contains(pane) {
                        return Err(format!("the panel {pane:?} is there twice"));
                    }
                    seen.push(*pane);
                }
                Ok(())
            }
            Self::Row(parts) | Self::Column(parts) => {
                if parts.is_empty() {
                    return Err("a row or column is empty".to_owned());
                }
                parts.iter().try_for_each(|part| {
                    if !SIZES.contains(&part.size) {
                        return Err(format!("{} points are no size", part.size));
                    }
                    part.holds.check_part(depth, seen)
                })
            }
        }
    }

    /// The tiles, with the sizes that the panels want.
    pub fn build(&self) -> (Tree<Pane>, Fit) {
        let mut tiles = Tiles::default();
        let mut fit = Fit::default();
        let root = self.build_part(&mut tiles, &mut fit);
        (Tree::new(egui::Id::unique("workspace"), root, tiles), fit)
    }

    fn build_part(&self, tiles: &mut Tiles<Pane>, fit: &mut Fit) -> TileId {
        let (dir, parts) = match self {
            Self::Tabs { shown, panels } => {
                let panes: Vec<TileId> = panels.iter().map(|p| tiles.insert_pane(*p)).collect();
                let active = panes.get(*shown).copied();
                let mut tabs = egui_tiles::Tabs::new(panes);
                if let Some(active) = active {
                    tabs.set_active(active);
                }
                return tiles.insert_container(tabs);
            }
            Self::Row(parts) => (LinearDir::Horizontal, parts),
            Self::Column(parts) => (LinearDir::Vertical, parts),
        };
        let built = |part: &Part| (part.holds.build_part(tiles, fit), part.size);
        let built: Vec<(TileId, f32)> = parts.iter().map(built).collect();
        let mut linear = Linear::new(dir, built.iter().map(|(tile, _)| *tile).collect());
        let whole: f32 = built.iter().map(|(_, size)| size).sum();
        for (tile, size) in &built {
            // Shares around 1, so that a tile which egui_tiles adds gets a fair one.
            let share = size / whole.max(1.0) * built.len() as f32;
            linear.shares.set_share(*tile, share);
        }
        let tile = tiles.insert_container(linear);
        fit.want(tile, &built);
        tile
    }

    /// What a tree shows; nothing if it has no panel.
    pub fn of(tree: &Tree<Pane>, fit: &Fit) -> Option<Self> {
        Self::of_part(&tree.tiles, fit, tree.root()?, &mut BTreeSet::new())
    }

    fn of_part(
        tiles: &Tiles<Pane>,
        fit: &Fit,
        tile: TileId,
        seen: &mut BTreeSet<u64>,
    ) -> Option<Self> {
        if !seen.insert(tile.0) {
            return None;
        }
        match tiles.get(tile)? {
            Tile::Pane(pane) => Some(Self::Tabs {
                shown: 0,
                panels: vec![*pane],
            }),
            Tile::Container(Container::Tabs(tabs)) => {
                let pane = |tile: &TileId| Some((*tile, *tiles.get_pane(tile)?));
                let panes: Vec<(TileId, Pane)> = tabs.children.iter().filter_map(pane).collect();
                let active = |(tile, _): &(TileId, Pane)| Some(*tile) == tabs.active;
                let shown = panes.iter().position(active).unwrap_or(0);
                let panels: Vec<Pane> = panes.into_iter().map(|(_, pane)| pane).collect();
                (!panels.is_empty()).then_some(Self::Tabs { shown, panels })
            }
            Tile::Container(container) => {
                let vertical = matches!(
                    container,
                    Container::Linear(Linear {
                        dir: LinearDir::Vertical,
                        ..
                    })
                );
                let part = |child: &TileId| {
                    Some(Part {
                        size: fit.size(container, tile, *child),
                        holds: Self::of_part(tiles, fit, *child, seen)?,
                    })
                };
                let parts: Vec<Part> = container.children().filter_map(part).collect();
                match (parts.is_empty(), vertical) {
                    (true, _) => None,
                    (false, true) => Some(Self::Column(parts)),
                    (false, false) => Some(Self::Row(parts)),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_gives_the_same_plan_again() {
        let plan = Plan::Row(vec![
            Part {
                size: 236.0,
                holds: Plan::Tabs {
                    shown: 1,
                    panels: vec![Pane::Bones, Pane::Properties],
                },
            },
            Part {
                size: 900.0,
                holds: Plan::Column(vec![
                    Part {
                        size: 600.0,
                        holds: Plan::Tabs {
                            shown: 0,
                            panels: vec![Pane::Viewport],
                        },
                    },
                    Part {
                        size: 160.0,
                        holds: Plan::Tabs {
                            shown: 0,
                            panels: vec![Pane::Log],
                        },
                    },
                ]),
            },
        ]);
        assert_eq!(plan.check(), Ok(()));
        let (tree, fit) = plan.build();
        assert_eq!(Plan::of(&tree, &fit), Some(plan));
    }

    #[test]
    fn nonsense_is_found() {
        let tabs = |panels: &[Pane]| Plan::Tabs {
            shown: 0,
            panels: panels.to_vec(),
        };
        let row = |size| {
            Plan::Row(vec![Part {
                size,
                holds: tabs(&[Pane::Log]),
            }])
        };
        assert!(row(100.0).check().is_ok());
        for size in [f32::NAN, f32::INFINITY, 0.0, -1.0] {
            assert!(row(size).check().is_err(), "{size}");
        }
        assert!(Plan::Column(Vec::new()).check().is_err());
        assert!(tabs(&[]).check().is_err());
        assert!(tabs(&[Pane::Log, Pane::Log]).check().is_err());
        let mut deep = row(100.0);
        for _ in 0..DEPTH {
            deep = Plan::Column(vec![Part {
                size: 1.0,
                holds: deep,
            }]);
        }
        assert!(deep.check().is_err());
    }
}
