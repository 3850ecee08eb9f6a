//! The bendy-bone values of a pose, added to those at rest (scale: multiplied).

use egui::Ui;

use crate::ui::desk::Desk;
use crate::ui::panels::properties::grid::note;
use crate::ui::panels::properties::subject::{BoneGroup, Subject};
use crate::ui::panels::properties::transform::plain_ui;
use crate::ui::panels::properties::values::{FACTORS, Group, Part};

const CURVE: &[Part] = &[
    Part::number("X", 0.0).axis(0),
    Part::number("Z", 0.0).axis(2),
];
const ENDS: &[Part] = &[Part::number("In", 0.0), Part::number("Out", 0.0)];
const ROLLS: &[Part] = &[Part::angle("In"), Part::angle("Out")];

const GROUPS: &[BoneGroup] = &[
    BoneGroup {
        group: Group {
            title: "Curve In",
            parts: CURVE,
        },
        channels: &[("bbone_curveinx", 0), ("bbone_curveinz", 0)],
        read: |_, setup| vec![setup.bbone.bbone_curveinx, setup.bbone.bbone_curveinz],
        write: |values| fields(&["bbone_curveinx", "bbone_curveinz"], values),
    },
    BoneGroup {
        group: Group {
            title: "Curve Out",
            parts: CURVE,
        },
        channels: &[("bbone_curveoutx", 0), ("bbone_curveoutz", 0)],
        read: |_, setup| vec![setup.bbone.bbone_curveoutx, setup.bbone.bbone_curveoutz],
        write: |values| fields(&["bbone_curveoutx", "bbone_curveoutz"], values),
    },
    BoneGroup {
        group: Group {
            title: "Roll",
            parts: ROLLS,
        },
        channels: &[("bbone_rollin", 0), ("bbone_rollout", 0)],
        read: |_, setup| vec![setup.bbone.bbone_rollin, setup.bbone.bbone_rollout],
        write: |values| fields(&["bbone_rollin", "bbone_rollout"], values),
    },
    BoneGroup {
        group: Group {
            title: "Ease",
            parts: ENDS,
        },
        channels: &[("bbone_easein", 0), ("bbone_easeout", 0)],
        read: |_, setup| vec![setup.bbone.bbone_easein, setup.bbone.bbone_easeout],
        write: |values| fields(&["bbone_easein", "bbone_easeout"], values),
    },
    BoneGroup {
        group: Group {
            title: "Scale In",
            parts: FACTORS,
        },
        channels: &[
            ("bbone_scalein", 0),
            ("bbone_scalein", 1),
            ("bbone_scalein", 2),
        ],
        read: |_, setup| setup.bbone.bbone_scalein.to_vec(),
        write: |values| format!("bbone: {{\"bbone_scalein\": {values:?}}}"),
    },
    BoneGroup {
        group: Group {
            title: "Scale Out",
            parts: FACTORS,
        },
        channels: &[
            ("bbone_scaleout", 0),
            ("bbone_scaleout", 1),
            ("bbone_scaleout", 2),
        ],
        read: |_, setup| setup.bbone.bbone_scaleout.to_vec(),
        write: |values| format!("bbone: {{\"bbone_scaleout\": {values:?}}}"),
    },
];

fn fields(names: &[&str], values: &[f32]) -> String {
    let pairs = names.iter().zip(values);
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("\"{name}\": {value:?}"))
        .collect();
    format!("bbone: {{{}}}", pairs.join(", "))
}

/// Shows the section.
pub fn bendy_ui(ui: &mut Ui, desk: &mut Desk, subject: Subject) {
    let bone = subject.rig.armature.bone(subject.bone);
    let segments = bone.map_or(1, |bone| bone.bbone.bbone_segments);
    if segments <= 1 {
        note(
            ui,
            desk.theme,
            "The bone has one segment and stays straight",
        );
    }
    for group in GROUPS {
        plain_ui(ui, desk, subject, group);
    }
}
