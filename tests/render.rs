//! The viewport, drawn for real. A machine without any graphics driver fails these tests, and the message
//! names the package to install.

#[path = "common/cylinder.rs"]
mod cylinder;
#[path = "render/picture.rs"]
mod picture;

use std::f32::consts::FRAC_PI_2;
use std::sync::Arc;

use cylinder::{LOWER, UPPER};
use glam::Vec3;
use keypose::model::document::Document;
use keypose::model::mesh::{Material, Texture};
use keypose::model::view::{BoneStyle, View};
use keypose::render::colors::rgb;
use keypose::render::{ViewportColors, shader};
use picture::{Picture, Studio, bare};
use wgpu::naga;

fn unlit(base_color: [f32; 4]) -> Material {
    Material {
        base_color,
        unlit: true,
        ..Material::default()
    }
}

/// A carried cylinder of this material, seen at its middle.
fn material_at_the_middle(material: Material) -> ([u8; 4], Picture) {
    let mut studio = Studio::new();
    let document = cylinder::document(vec![cylinder::carried(material)]);
    let picture = studio.shoot(&document, &bare());
    (picture.at(studio.pixel(Vec3::Z * 0.75)), picture)
}

fn skinned() -> Document {
    cylinder::document(vec![cylinder::skin(1)])
}

#[test]
fn every_shader_is_valid() {
    for (name, source) in shader::ALL {
        let module = match naga::front::wgsl::parse_str(source) {
            Ok(module) => module,
            Err(error) => panic!("{name}: {}", error.emit_to_string(source)),
        };
        let flags = naga::valid::ValidationFlags::all();
        let capabilities = naga::valid::Capabilities::empty();
        if let Err(error) = naga::valid::Validator::new(flags, capabilities).validate(&module) {
            panic!("{name}: {}", error.emit_to_string(source));
        }
    }
}

#[test]
fn a_machine_without_a_driver_is_told_what_to_install() {
    let message = keypose::render::Error::NoAdapter.to_string();
    assert!(message.contains("mesa-vulkan-drivers"), "{message}");
}

#[test]
fn a_mesh_stands_where_it_should_and_follows_its_pose() {
    let mut studio = Studio::new();
    let empty = studio.shoot(&Document::default(), &bare());
    let mut document = skinned();
    let upright = studio.shoot(&document, &bare());
    cylinder::bend(&mut document, FRAC_PI_2 * 0.9);
    studio.camera.rotation = glam::Quat::from_rotation_z(FRAC_PI_2) * studio.camera.rotation;
    let bent = studio.shoot(&document, &bare());
    let differs = |picture: &Picture, point| {
        let pixel = studio.pixel(point);
        picture.at(pixel)[0].abs_diff(empty.at(pixel)[0]) > 20
    };
    let (foot, top) = (Vec3::Z * 0.25, Vec3::Z * 0.9);
    assert!(differs(&upright, foot) && differs(&upright, top));
    assert!(!differs(&upright, Vec3::Z * 1.1));
    assert!(differs(&bent, foot) && !differs(&bent, top));
    // The upper bone's X is the world's, and its Z is -Y: there the top goes.
    let reached = [Vec3::Y, Vec3::NEG_Y].map(|way| differs(&bent, Vec3::Z * 0.52 + way * 0.35));
    assert_eq!(reached, [false, true]);
}

#[test]
fn ten_influences_per_vertex_are_as_good_as_two() {
    let mut studio = Studio::new();
    let mut shoot = |copies| {
        let mut document = cylinder::document(vec![cylinder::skin(copies)]);
        cylinder::bend(&mut document, 0.8);
        studio.shoot(&document, &bare())
    };
    let (two, ten) = (shoot(1), shoot(5));
    assert_eq!(two.difference(&ten).1, 0);
}

#[test]
fn a_rigid_mesh_follows_its_bone() {
    let mut studio = Studio::new();
    let mut document = cylinder::document(vec![cylinder::carried(unlit([1.0, 0.0, 0.0, 1.0]))]);
    let middle = studio.pixel(Vec3::Z * 0.75);
    assert_eq!(
        studio.shoot(&document, &bare()).at(middle),
        [255, 0, 0, 255]
    );
    cylinder::bend(&mut document, FRAC_PI_2);
    assert_ne!(
        studio.shoot(&document, &bare()).at(middle),
        [255, 0, 0, 255]
    );
    if let Some(rig) = document.rig_mut() {
        rig.location = Vec3::new(0.4, 0.0, 0.25);
    }
    let moved = studio.pixel(Vec3::new(0.4, 0.0, 0.75));
    assert_eq!(studio.shoot(&document, &bare()).at(moved), [255, 0, 0, 255]);
}

#[test]
fn a_mirrored_rig_is_not_turned_inside_out() {
    let mut studio = Studio::new();
    let mut document = skinned();
    let plain = studio.shoot(&document, &bare());
    if let Some(rig) = document.rig_mut() {
        rig.scale = Vec3::new(1.0, -1.0, 1.0);
    }
    let mirrored = studio.shoot(&document, &bare());
    // A cylinder is its own mirror image.
    assert!(
        plain.difference(&mirrored).0 < 0.5,
        "{:?}",
        plain.difference(&mirrored)
    );
}

#[test]
fn colours_are_linear_inside_and_gamma_encoded_outside() {
    let (pixel, _) = material_at_the_middle(unlit([0.5, 0.0, 1.0, 1.0]));
    assert!(pixel[0].abs_diff(188) <= 1, "{pixel:?}");
    assert_eq!(pixel[1..], [0, 255, 255]);
}

#[test]
fn a_texture_larger_than_the_device_can_hold_is_scaled_down() {
    let texture = |width: u32, height: u32| Texture {
        width,
        height,
        rgba: [128, 64, 32, 255].repeat((width * height) as usize),
    };
    let most = picture::gpu().device.limits().max_texture_dimension_2d;
    for size in [(3, 5), (most + 2, 2)] {
        let mut material = unlit([1.0; 4]);
        material.texture = Some(Arc::new(texture(size.0, size.1)));
        let (pixel, _) = material_at_the_middle(material);
        let wanted = [128u8, 64, 32];
        let near = pixel.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 1);
        assert!(near, "{size:?}: {pixel:?}");
    }
}

#[test]
fn alpha_cuts_or_blends_as_the_material_says() {
    let red = [1.0, 0.0, 0.0, 0.4];
    let opaque = material_at_the_middle(unlit(red)).0;
    assert_eq!(opaque, [255, 0, 0, 255]);
    let mut masked = unlit(red);
    masked.alpha_cutoff = Some(0.5);
    let cut = material_at_the_middle(masked).0;
    assert!(cut[0] < 60, "{cut:?}");
    let mut blended = unlit(red);
    blended.blended = true;
    let mix = material_at_the_middle(blended).0;
    let wanted = 0.4 * 255.0 + 0.6 * f32::from(cut[0]);
    assert!((f32::from(mix[0]) - wanted).abs() < 4.0, "{mix:?}");
    assert_eq!(mix[3], 255);
}

#[test]
fn states_of_bones_have_their_colours() {
    let mut studio = Studio::new();
    let theme = ViewportColors::default();
    let mut document = cylinder::document(Vec::new());
    let normal = studio.shoot(&document, &View::default());
    assert_eq!(normal.count(theme.b_active_edge, 2), 0);
    if let Some(rig) = document.rig_mut() {
        rig.selected = [LOWER.index(), UPPER.index()].into_iter().collect();
        rig.active_bone = Some(UPPER);
    }
    let selected = studio.shoot(&document, &View::default());
    assert!(selected.count(theme.b_active_edge, 2) > 20);
    assert!(selected.count(theme.b_sel_edge, 2) > 20);
    if let Some(rig) = document.rig_mut() {
        rig.hidden = [UPPER.index()].into_iter().collect();
    }
    let hidden = studio.shoot(&document, &View::default());
    assert_eq!(hidden.count(theme.b_active_edge, 2), 0);
    assert!(hidden.count(theme.b_sel_edge, 2) > 20);
}

#[test]
fn bones_shine_through_only_faintly_unless_they_are_in_front() {
    let mut studio = Studio::new();
    let document = cylinder::document(vec![cylinder::carried(unlit([0.0, 0.0, 0.0, 1.0]))]);
    let middle = studio.pixel(Vec3::Z * 0.68);
    let mut green = |in_front| {
        let view = View {
            in_front,
            ..View::default()
        };
        studio.shoot(&document, &view).at(middle)[1]
    };
    let (in_front, behind) = (green(true), green(false));
    assert!(in_front > 60, "{in_front}");
    assert!((5..50).contains(&behind), "{behind}");
}

#[test]
fn without_overlays_there_are_neither_bones_nor_floor() {
    let mut studio = Studio::new();
    let nothing = studio.shoot(&Document::default(), &bare());
    let bones = cylinder::document(Vec::new());
    assert!(studio.shoot(&bones, &bare()) == nothing);
    assert!(studio.shoot(&Document::default(), &View::default()) != nothing);
}

#[test]
fn a_mesh_is_uploaded_once_and_forgotten_when_nothing_holds_it() {
    let mut studio = Studio::new();
    let mut document = skinned();
    let before = document.clone();
    studio.shoot(&document, &bare());
    cylinder::bend(&mut document, 0.5);
    studio.shoot(&document, &bare());
    assert_eq!(studio.viewport.uploads(), (1, 0));
    if let Some(rig) = document.rig_mut() {
        rig.meshes = Arc::default();
    }
    studio.shoot(&document, &bare());
    assert_eq!(
        studio.viewport.uploads(),
        (1, 0),
        "an undo step still holds it"
    );
    drop(before);
    studio.shoot(&document, &bare());
    assert_eq!(studio.viewport.uploads(), (0, 0));
}

#[test]
fn impossible_sizes_are_cut_down() {
    let mut studio = Studio::new();
    let most = studio.gpu.device.limits().max_texture_dimension_2d;
    let picture = studio.shoot_in(&skinned(), &View::default(), (most + 7, 0));
    assert_eq!((picture.width, picture.height), (most, 1));
}

#[test]
fn a_camera_inside_of_a_bone_draws_something() {
    let mut studio = Studio::new();
    studio.camera.distance = 0.01;
    for orthographic in [false, true] {
        studio.camera.orthographic = orthographic;
        studio.shoot(&skinned(), &View::default());
    }
}

#[test]
fn pictures_are_as_they_were() {
    let mut studio = Studio::new();
    let mut document = skinned();
    cylinder::bend(&mut document, 0.7);
    if let Some(rig) = document.rig_mut() {
        rig.selected = [UPPER.index()].into_iter().collect();
        rig.active_bone = Some(UPPER);
    }
    studio.camera.rotation = glam::Quat::from_rotation_z(0.8) * studio.camera.rotation;
    studio
        .shoot(&document, &View::default())
        .assert_golden("bent_in_front");
    let stick = View {
        in_front: false,
        bone_style: BoneStyle::Stick,
        ..View::default()
    };
    studio
        .shoot(&document, &stick)
        .assert_golden("bent_stick_behind");
}

#[test]
fn a_colour_set_wins_over_the_side() {
    let mut studio = Studio::new();
    let mut document = cylinder::document(Vec::new());
    let stick = View {
        bone_style: BoneStyle::Stick,
        ..View::default()
    };
    let theme = ViewportColors::default();
    let picture = studio.shoot(&document, &stick);
    assert!(picture.count(theme.b_torso, 3) > 20 && picture.count(theme.b_left, 3) > 20);
    if let Some(bone) = document.rig_mut().and_then(|rig| rig.bone_mut(LOWER)) {
        bone.color = "THEME01".to_owned();
    }
    let picture = studio.shoot(&document, &stick);
    assert_eq!(picture.count(theme.b_torso, 3), 0);
    assert!(picture.count(rgb(0xd9605a), 3) > 20);
}
