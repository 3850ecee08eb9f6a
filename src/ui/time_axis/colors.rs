//! The colours of keys and time, ready to draw with.

use egui::Color32;

use crate::model::fcurve::KeyKind;
use crate::ui::theme::Theme;

/// Colours of a time editor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeColors {
    keyframe: Color32,
    breakdown: Color32,
    hold: Color32,
    extreme: Color32,
    jitter: Color32,
    generated: Color32,
    /// Selected keys.
    pub gold: Color32,
    /// The outline of keys and the marks on them.
    pub edge: Color32,
    /// The right half of a key that only some channels have.
    pub half: Color32,
    /// The ground of the key area.
    pub track: Color32,
    /// A value that holds.
    pub bar: Color32,
    /// A straight way from key to key.
    pub straight: Color32,
    /// Behind keys at the playhead.
    pub halo: Color32,
}

impl TimeColors {
    /// Those of a theme.
    pub fn of(theme: &Theme) -> Self {
        Self {
            keyframe: *theme.k_key,
            breakdown: *theme.k_breakdown,
            hold: *theme.k_hold,
            extreme: *theme.k_extreme,
            jitter: *theme.k_jitter,
            generated: *theme.k_generated,
            gold: *theme.gold,
            edge: *theme.k_edge,
            half: *theme.k_half,
            track: *theme.track,
            bar: *theme.k_bar,
            straight: *theme.green,
            halo: theme.accent.gamma_multiply(0.38),
        }
    }

    /// The colour of a key that is not selected.
    pub fn kind(&self, kind: KeyKind) -> Color32 {
        match kind {
            KeyKind::Keyframe => self.keyframe,
            KeyKind::Breakdown => self.breakdown,
            KeyKind::MovingHold => self.hold,
            KeyKind::Extreme => self.extreme,
            KeyKind::Jitter => self.jitter,
            KeyKind::Generated => self.generated,
        }
    }

    /// The colour of a key.
    pub fn key(&self, kind: KeyKind, selected: bool) -> Color32 {
        match selected {
            true => self.gold,
            false => self.kind(kind),
        }
    }
}
