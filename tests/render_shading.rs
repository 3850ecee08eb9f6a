//! Shadings, floor and shadow of the viewport, told apart by their pixels.

#[path = "common/cylinder.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod cylinder;
#[path = "render/picture.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod picture;

use glam::{Quat, Vec3};
use keypose::model::document::Document;
use keypose::model::mesh::Material;
use keypose::model::view::{Shading, View};
use keypose::render::ViewportColors;
use keypose::render::colors::SILHOUETTE_GROUND;
use picture::{Picture, Studio};

fn near(pixel: [u8; 4], color: [f32; 4], tolerance: u8) -> bool {
    let wanted = color.map(|c| (c * 255.0).round() as u8);
    let pairs = pixel.iter().zip(wanted).take(3);
    pairs.into_iter().all(|(a, b)| a.abs_diff(b) <= tolerance)
}

fn changes(rows: &[bool]) -> usize {
    rows.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

fn unlit(base_color: [f32; 4]) -> Material {
    Material {
        base_color,
        unlit: true,
        ..Material::default()
    }
}

/// A red cylinder on the upper bone, with its figure shaded.
fn shaded(studio: &mut Studio, shading: Shading, selected: bool) -> Picture {
    let red = unlit([1.0, 0.0, 0.0, 1.0]);
    let mut document = cylinder::document(vec![cylinder::carried(red)]);
    if selected {
        document.rig_mut().unwrap().selected = [cylinder::LOWER.index()].into_iter().collect();
    }
    let view = View {
        shading,
        in_front: false,
        ..View::default()
    };
    studio.shoot(&document, &view)
}

#[test]
fn clay_has_neither_colour_nor_texture() {
    let mut studio = Studio::new();
    let middle = studio.pixel(Vec3::new(-0.06, 0.0, 0.75));
    let textured = shaded(&mut studio, Shading::Material, false).at(middle);
    assert!(textured[0] > 200 && textured[1] < 80, "{textured:?}");
    let clay = shaded(&mut studio, Shading::Solid, false).at(middle);
    assert!(clay[0] > 90 && clay[0].abs_diff(clay[2]) < 30, "{clay:?}");
}

#[test]
fn a_wireframe_hides_nothing() {
    let mut studio = Studio::new();
    let theme = ViewportColors::default();
    let wires = shaded(&mut studio, Shading::Wireframe, false);
    let solid = shaded(&mut studio, Shading::Solid, false);
    // The bone inside is as strong as it is in front.
    let bone = studio.pixel(Vec3::Z * 0.68);
    let green = wires.at(bone)[1];
    assert!(green > solid.at(bone)[1].saturating_sub(60) && green > 60);
    assert!(near(
        wires.at(studio.pixel(Vec3::Z * 0.98)),
        theme.vp_top,
        140
    ));
    // Along a row beside the bone lines and gaps take turns.
    let (x, y) = studio.pixel(Vec3::Z * 0.9);
    let row: Vec<bool> = (x - 12..x + 12)
        .map(|x| wires.at((x, y))[0].abs_diff(wires.at((5, y))[0]) > 12)
        .collect();
    assert!(changes(&row) >= 2, "{row:?}");
}

#[test]
fn a_silhouette_is_flat_and_dark_on_plain_ground() {
    let mut studio = Studio::new();
    let picture = shaded(&mut studio, Shading::Silhouette, false);
    let ground = picture.count(SILHOUETTE_GROUND, 2);
    let figure = picture.at(studio.pixel(Vec3::Z * 0.75));
    assert!(
        figure[..3].iter().all(|&channel| channel < 40),
        "{figure:?}"
    );
    let dark = picture.count(figure.map(|channel| f32::from(channel) / 255.0), 1);
    let all = (picture.width * picture.height) as usize;
    assert!(
        ground + dark > all * 97 / 100,
        "{ground} and {dark} of {all}"
    );
    // A selected bone is drawn, the other not.
    let selected = shaded(&mut studio, Shading::Silhouette, true);
    assert!(selected.count(ViewportColors::default().b_sel_edge, 8) > 10);
    assert!(selected.count(SILHOUETTE_GROUND, 2) < ground);
}

#[test]
fn floor_and_bones_are_left_out_one_by_one() {
    let mut studio = Studio::new();
    let document = cylinder::document(Vec::new());
    let mut shoot = |floor, bones| {
        let view = View {
            floor,
            bones,
            ..View::default()
        };
        studio.shoot(&document, &view)
    };
    let (all, floor, bones) = (shoot(true, true), shoot(true, false), shoot(false, true));
    let nothing = shoot(false, false);
    assert!(all != floor && all != bones && floor != bones);
    assert!(nothing == studio.shoot(&Document::default(), &picture::bare()));
}

#[test]
fn an_axis_that_comes_from_behind_the_eye_is_drawn_from_any_distance() {
    let mut studio = Studio::new();
    studio.camera.rotation = Quat::from_rotation_z(0.4) * Quat::from_rotation_x(1.3);
    for step in 0..40 {
        studio.camera.distance = 0.5 * 1.13f32.powi(step);
        studio.camera.target = Vec3::Z * 0.1 * studio.camera.distance;
        let picture = studio.shoot(&Document::default(), &View::default());
        let greens = picture.rgba.chunks_exact(4).filter(|pixel| {
            let [red, green] = [pixel[0], pixel[1]].map(i32::from);
            green - red > 15
        });
        let reds = picture.rgba.chunks_exact(4);
        let reds = reds.filter(|pixel| i32::from(pixel[0]) - i32::from(pixel[1]) > 15);
        let counts = (greens.count(), reds.count());
        assert!(counts.0 > 30 && counts.1 > 30, "step {step}: {counts:?}");
    }
}

#[test]
fn a_figure_darkens_the_floor_it_stands_on() {
    let mut studio = Studio::new();
    studio.camera.rotation = Quat::from_rotation_x(60f32.to_radians());
    let document = cylinder::document(vec![cylinder::skin(1)]);
    let view = View {
        bones: false,
        ..View::default()
    };
    let mut green = |document: &Document, x: f32| {
        let picture = studio.shoot(document, &view);
        let at = studio.pixel(Vec3::new(x, -0.03, 0.0));
        i32::from(picture.at(at)[1])
    };
    let darker = |x, green: &mut dyn FnMut(&Document, f32) -> i32| {
        green(&Document::default(), x) - green(&document, x)
    };
    let (near, far) = (darker(0.125, &mut green), darker(0.9, &mut green));
    assert!(near >= 3, "{near}");
    assert!(far.abs() <= 1, "{far}");
}
