//! Panels, menus, keys: everything on the screen, without a window of its own.
//!
//! [`app::App`] holds a session and what shows it. Panels read the document through a [`desk::Desk`] and
//! write [`acts`], which are done after drawing. Keys come from [`keymap`], menus from [`menus`]; both only
//! name calls, so that a new operator needs a line there and nothing here.

pub mod acts;
pub mod app;
pub mod auto_key;
pub mod clipboard;
pub mod desk;
pub mod dialogs;
mod draw;
pub mod endless;
pub mod fonts;
pub mod form;
pub mod frame;
pub mod gizmo;
pub mod glide;
pub mod hints;
pub mod icons;
pub mod input;
pub mod keymap;
pub mod keys;
pub mod layout_file;
pub mod menu_bar;
pub mod menu_columns;
pub mod menu_ui;
pub mod menus;
pub mod panels;
pub mod playback;
pub mod pointer;
pub mod preferences;
pub mod recent;
pub mod run;
pub mod search;
pub mod settings;
pub mod status_bar;
pub mod theme;
pub mod tiles;
pub mod time_axis;
mod time_pointer;
pub mod toasts;
mod trackpad;
pub mod unkeyed;
pub mod widgets;
pub mod workspace_tabs;
pub mod workspaces;
