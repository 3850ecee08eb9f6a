//! What every panel gets: the document to read, the look, and a list to write acts to.

use egui::{Color32, Ui};

use crate::eval::evaluator::DocumentEvaluator;
use crate::eval::keyed::KeyedDocument;
use crate::io::preferences::Preferences;
use crate::io::recent::Recent;
use crate::model::document::Document;
use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::model::view::View;
use crate::ops::context::FileState;
use crate::ops::event::Modifiers;
use crate::ops::operator::{Header, Info};
use crate::ops::registry::AnyOperator;
use crate::ops::runner::log::Log;
use crate::render::colors::{self, Side};
use crate::ui::acts::{Acts, BoneRef};
use crate::ui::keymap::Keymap;
use crate::ui::playback;
use crate::ui::theme::{self, Theme};
use crate::ui::widgets::{keycap, keycap_width};

/// What panels read and write.
pub struct Desk<'a> {
    /// The document; while an operator follows the mouse, its preview.
    pub document: &'a Document,
    /// What the user sees.
    pub view: &'a View,
    /// The document's file.
    pub file: &'a FileState,
    /// Whether the document differs from its file.
    pub unsaved: bool,
    /// Colours.
    pub theme: &'a Theme,
    /// What the user prefers.
    pub preferences: &'a Preferences,
    /// Files that were used lately, the newest first.
    pub recent: &'a [Recent],
    /// What was called and said.
    pub log: &'a Log,
    /// Keys, for tooltips and hints.
    pub keymap: &'a Keymap,
    /// Where the bones are now.
    pub poses: &'a DocumentEvaluator,
    /// Which channels are animated, keyed at the current frame or changed.
    pub keyed: &'a KeyedDocument,
    /// The operator that follows the mouse.
    pub running: Option<(Info, Header)>,
    /// The operator that ran last; while one follows the mouse, that one.
    pub last: Option<Box<dyn AnyOperator>>,
    /// Whether the animation plays, and how fast.
    pub playback: playback::Shown,
    /// Keys held down.
    pub modifiers: Modifiers,
    /// Counts presses of buttons and keys: edits of one press become one step.
    pub gesture: u64,
    /// The bone under the pointer, in whichever panel.
    pub hover: &'a mut Option<BoneRef>,
    /// The empty under the pointer, in whichever panel, by its place in the document's list.
    pub hover_empty: &'a mut Option<usize>,
    /// What to do after drawing.
    pub acts: &'a mut Acts,
}

impl Desk<'_> {
    /// The active rig with its active bone.
    pub fn active(&self) -> Option<(&Rig, BoneId)> {
        let rig = self.document.rig()?;
        let bone = rig.active_bone?;
        rig.armature.bone(bone)?;
        Some((rig, bone))
    }

    /// A bone's colour, as the 3D view draws it: that of its colour set, its collection or its side.
    pub fn bone_color(&self, rig: &Rig, bone: BoneId) -> Color32 {
        let Some(data) = rig.armature.bone(bone) else {
            return *self.theme.b_torso;
        };
        let side = Side::of(&data.name);
        let (theme, setup) = (self.theme.viewport(), rig.setup(bone));
        let [r, g, b, a] = colors::fill(&theme, &rig.armature, bone, setup, side);
        let byte = |part: f32| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let byte = (part.clamp(0.0, 1.0) * 255.0).round() as u8;
            byte
        };
        Color32::from_rgba_unmultiplied(byte(r), byte(g), byte(b), byte(a))
    }

    /// A tooltip: name, keys, what it does.
    pub fn tooltip(&self, ui: &mut Ui, label: &str, call: &str, doc: &str) {
        let chord = self.keymap.chord_of(call);
        let caps = chord.map(|chord| chord.caps()).unwrap_or_default();
        if !caps.is_empty() {
            ui.set_min_width(ui.spacing().tooltip_width);
        }
        ui.horizontal(|ui| {
            let name = egui::RichText::new(label).font(theme::medium(12.0));
            ui.label(name.color(*self.theme.text_strong));
            // The keys stand at the right, as in menus.
            let gap = ui.spacing().item_spacing.x;
            let keys: f32 = caps.iter().map(|cap| keycap_width(ui, cap) + gap).sum();
            ui.add_space((ui.available_width() - keys + gap).max(0.0));
            for cap in &caps {
                keycap(ui, self.theme, cap);
            }
        });
        if !doc.is_empty() {
            ui.label(egui::RichText::new(doc).color(*self.theme.text_2));
        }
    }
}
