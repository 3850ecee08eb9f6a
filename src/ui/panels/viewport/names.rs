//! The names of bones beside them, in the 3D view. Those that matter most come first, and a name that would
//! cover another is left out.

use std::cmp::Ordering;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Ui, Vec2, vec2};

use crate::model::id::BoneId;
use crate::model::rig::Rig;
use crate::model::view::Projection;
use crate::ui::desk::Desk;

/// Bones shorter than this on the screen have no name unless they are selected, points.
const SHORTEST: f32 = 22.0;
/// Names at most.
const MOST: usize = 120;
/// Space between a bone and its name.
const ASIDE: f32 = 6.0;
/// How far a bone reaches to its sides in its middle, against its length, and at most.
const WIDTH: (f32, f32) = (0.06, 10.0);
/// Where the halo is drawn, points from the text.
const HALO: [Vec2; 4] = [
    vec2(-1.0, -0.75),
    vec2(1.0, -0.75),
    vec2(-1.0, 0.75),
    vec2(1.0, 0.75),
];

/// How much a name matters; later ones less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Active,
    Selected,
    Plain,
}

/// A name that wants a place.
#[derive(Clone, Copy, Debug)]
struct Wanted<'a> {
    name: &'a str,
    rank: Rank,
    /// The bone's middle.
    at: Pos2,
    /// From there to its tail.
    half: Vec2,
}

impl Wanted<'_> {
    /// Its length on the screen.
    fn length(&self) -> f32 {
        2.0 * self.half.length()
    }
}

/// Draws the names, where the view shows them; `rect` is the panel.
pub fn names_ui(ui: &Ui, desk: &Desk, rect: Rect) {
    if !desk.view.shows_names() {
        return;
    }
    let theme = desk.theme;
    let mut taken = Vec::with_capacity(MOST);
    let painter = ui.painter().with_clip_rect(rect);
    for wanted in wanted(desk, rect) {
        let galley = galley(ui, wanted.name);
        let Some(place) = place(&wanted, galley.size(), rect, &taken) else {
            continue;
        };
        taken.push(place);
        let color = match wanted.rank {
            Rank::Active => *theme.b_active_edge,
            Rank::Selected => *theme.b_sel_edge,
            Rank::Plain => *theme.vp_text,
        };
        let halo = *theme.base;
        for offset in HALO {
            painter.galley_with_override_text_color(place.min + offset, galley.clone(), halo);
        }
        painter.galley_with_override_text_color(place.min, galley, color);
        if taken.len() >= MOST {
            break;
        }
    }
}

fn galley(ui: &Ui, name: &str) -> Arc<Galley> {
    let font = FontId::proportional(11.0);
    ui.painter()
        .layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER)
}

/// The names of the bones in the picture, those that matter most first.
fn wanted<'a>(desk: &Desk<'a>, rect: Rect) -> Vec<Wanted<'a>> {
    let size = glam::Vec2::new(rect.width(), rect.height());
    let projection = Projection::new(&desk.view.camera, size);
    let document = desk.document;
    let mut found = Vec::new();
    for (id, rig) in document.rig_ids().zip(document.rigs.iter()) {
        let Some(posed) = desk.poses.pose(id) else {
            continue;
        };
        let world_from_armature = rig.world_from_armature();
        let is_active_rig = document.active_rig == Some(id);
        let pixel = |point: glam::Vec3| {
            let (at, _) = projection.point(world_from_armature.transform_point3(point))?;
            Some(rect.min + vec2(at.x, at.y))
        };
        let bones = rig.armature.ids().filter(|&bone| rig.visible(bone));
        // The name of the bone under the pointer stands in a chip of its own.
        let bones = bones.filter(|&bone| *desk.hover != Some((id, bone)));
        found.extend(bones.filter_map(|bone| {
            let head = pixel(posed.head(bone)?)?;
            let tail = pixel(posed.tail(bone)?)?;
            let rank = rank(rig, bone, is_active_rig);
            let wanted = Wanted {
                name: rig.armature.name(bone),
                rank,
                at: head + (tail - head) * 0.5,
                half: (tail - head) * 0.5,
            };
            let counts = rank < Rank::Plain || wanted.length() >= SHORTEST;
            (counts && rect.contains(wanted.at)).then_some(wanted)
        }));
    }
    found.sort_by(before);
    found
}

fn rank(rig: &Rig, bone: BoneId, is_active_rig: bool) -> Rank {
    if !rig.is_selected(bone) {
        Rank::Plain
    } else if is_active_rig && rig.active_bone == Some(bone) {
        Rank::Active
    } else {
        Rank::Selected
    }
}

fn before(a: &Wanted, b: &Wanted) -> Ordering {
    let longer = b.length().total_cmp(&a.length());
    a.rank.cmp(&b.rank).then(longer)
}

/// Where a name goes: to the right of an upright bone or to its left, above a lying one or below; whole, and
/// clear of the names that have a place.
fn place(wanted: &Wanted, size: Vec2, rect: Rect, taken: &[Rect]) -> Option<Rect> {
    let (part, most) = WIDTH;
    let aside = ASIDE + (wanted.length() * part).min(most);
    let lies = wanted.half.x.abs() > 1.5 * wanted.half.y.abs();
    let way = if lies {
        vec2(0.0, -aside - 0.5 * size.y + 4.0)
    } else {
        vec2(aside + 0.5 * size.x, 0.0)
    };
    let places = [way, -way].map(|way| Rect::from_center_size(wanted.at + way, size));
    places.into_iter().find(|place| {
        rect.contains_rect(*place) && !taken.iter().any(|other| other.intersects(*place))
    })
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    fn wanted(name: &str, rank: Rank, at: Pos2, half: Vec2) -> Wanted<'_> {
        Wanted {
            name,
            rank,
            at,
            half,
        }
    }

    #[test]
    fn a_name_goes_to_the_left_where_the_right_is_taken_and_nowhere_when_both_are() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(200.0, 100.0));
        // 50 points long: 3 to each side, and 6 of space.
        let upright = wanted("bone", Rank::Plain, pos2(100.0, 50.0), vec2(0.0, -25.0));
        let size = vec2(40.0, 14.0);
        let right = place(&upright, size, rect, &[]).unwrap();
        assert_eq!(right.left_center(), pos2(109.0, 50.0));
        let left = place(&upright, size, rect, &[right]).unwrap();
        assert_eq!(left.right_center(), pos2(91.0, 50.0));
        assert_eq!(place(&upright, size, rect, &[right, left]), None);
        let corner = wanted("bone", Rank::Plain, pos2(199.0, 1.0), vec2(0.0, -25.0));
        assert_eq!(place(&corner, size, rect, &[]), None);
    }

    #[test]
    fn the_name_of_a_lying_bone_stands_above_it() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(200.0, 100.0));
        let lying = wanted("bone", Rank::Plain, pos2(100.0, 50.0), vec2(25.0, 0.0));
        let above = place(&lying, vec2(40.0, 14.0), rect, &[]).unwrap();
        assert_eq!(above.center_bottom(), pos2(100.0, 45.0));
    }

    #[test]
    fn the_active_bone_comes_first_then_the_selected_then_the_longest() {
        let of = |name, rank, length| wanted(name, rank, Pos2::ZERO, vec2(length, 0.0));
        let mut all = [
            of("short", Rank::Plain, 30.0),
            of("long", Rank::Plain, 60.0),
            of("selected", Rank::Selected, 5.0),
            of("active", Rank::Active, 1.0),
        ];
        all.sort_by(before);
        assert_eq!(
            all.map(|wanted| wanted.name),
            ["active", "selected", "long", "short"]
        );
    }
}
