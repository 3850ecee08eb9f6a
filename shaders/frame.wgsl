// What every pass knows about the picture, and how lines of a width in pixels are made of quads.
// Put in front of each pass's shader.

struct Frame {
    clip_from_world: mat4x4<f32>,
    // World space.
    eye: vec3<f32>,
    // 1 where lines in depth stay parallel, else 0.
    orthographic: f32,
    // Unit length, from the target to the eye.
    backward: vec3<f32>,
    pixels_per_point: f32,
    // Unit length, towards the lights.
    key_light: vec3<f32>,
    // Lines on each side of the centre.
    grid_reach: f32,
    fill_light: vec3<f32>,
    grid_radius: f32,
    rim_light: vec3<f32>,
    // Of the document.
    current_frame: f32,
    // Pixels.
    size: vec2<f32>,
    grid_centre: vec2<f32>,
    // Finer and coarser level: metres between lines, and how strongly each is drawn.
    grid_steps: vec2<f32>,
    grid_weights: vec2<f32>,
    // Colours are gamma-encoded.
    top: vec4<f32>,
    bottom: vec4<f32>,
    minor: vec4<f32>,
    major: vec4<f32>,
    axis_x: vec4<f32>,
    axis_y: vec4<f32>,
    edge: vec4<f32>,
    // Bones with inverse kinematics, and with other constraints.
    kinematic: vec4<f32>,
    constrained: vec4<f32>,
}

@group(0) @binding(0) var<uniform> frame: Frame;

// From a world point towards the eye, not of unit length.
fn towards_eye(world: vec3<f32>) -> vec3<f32> {
    return mix(frame.eye - world, frame.backward, frame.orthographic);
}

// Pixels from the middle of the picture, Y up.
fn pixel_of(clip: vec4<f32>) -> vec2<f32> {
    return clip.xy / clip.w * 0.5 * frame.size;
}

// `a`, moved along the line to `b` until it is in front of the near plane.
fn in_front(a: vec4<f32>, b: vec4<f32>) -> vec4<f32> {
    if a.z >= 0.0 || b.z <= 0.0 {
        return a;
    }
    let clipped = mix(a, b, a.z / (a.z - b.z));
    // On the plane, whatever rounding says.
    return vec4<f32>(clipped.xy, max(clipped.z, 0.0), clipped.w);
}

const NOWHERE = vec4<f32>(2.0, 2.0, 2.0, 1.0);

struct Corner {
    // Clip space with w = 1: what is interpolated runs evenly over the screen.
    position: vec4<f32>,
    // Pixels along the segment from its start, and across it.
    place: vec2<f32>,
    // Pixels from start to end.
    length: f32,
    // 0 at the segment's start, 1 at its end.
    end: f32,
}

// One of the six corners of the quad that holds everything within `reach` pixels of a segment.
fn quad_corner(start: vec4<f32>, stop: vec4<f32>, corner: u32, reach: f32) -> Corner {
    var out: Corner;
    let a = in_front(start, stop);
    let b = in_front(stop, start);
    if min(a.z, b.z) < 0.0 || min(a.w, b.w) <= 0.0 {
        out.position = NOWHERE;
        return out;
    }
    let from_pixel = pixel_of(a);
    let way = pixel_of(b) - from_pixel;
    out.length = length(way);
    let along = select(vec2<f32>(1.0, 0.0), way / out.length, out.length > 1e-3);
    let across = vec2<f32>(-along.y, along.x);
    out.end = f32(corner == 1u || corner == 2u || corner == 4u);
    let side = select(-1.0, 1.0, corner == 2u || corner == 4u || corner == 5u);
    out.place = vec2<f32>(mix(-reach, out.length + reach, out.end), side * reach);
    let pixel = from_pixel + along * out.place.x + across * out.place.y;
    let depth = mix(a.z / a.w, b.z / b.w, out.end);
    out.position = vec4<f32>(pixel / (0.5 * frame.size), depth, 1.0);
    return out;
}

// Pixels from a place to its segment.
fn distance_to_segment(place: vec2<f32>, length_of_segment: f32) -> f32 {
    let beyond = max(max(-place.x, place.x - length_of_segment), 0.0);
    return length(vec2<f32>(beyond, place.y));
}

// How much of a pixel lies inside of a shape whose border is `distance` pixels outside of it.
fn coverage(distance: f32) -> f32 {
    return clamp(0.5 - distance, 0.0, 1.0);
}

fn gamma_encoded(linear: vec3<f32>) -> vec3<f32> {
    let value = clamp(linear, vec3<f32>(0.0), vec3<f32>(1.0));
    let curved = 1.055 * pow(value, vec3<f32>(1.0 / 2.4)) - 0.055;
    return select(curved, value * 12.92, value <= vec3<f32>(0.0031308));
}
