// The floor: lines at two steps, fading out around the view's target, and the axes X and Y.
// An instance is a line; the last two are the axes.

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) color: vec4<f32>,
    @location(1) place: vec2<f32>,
    // World XY over w, and 1 over w: their quotient is right in perspective.
    @location(2) floor_place: vec3<f32>,
}

struct Line {
    color: vec4<f32>,
    // Across the line, metres.
    offset: f32,
    along_x: bool,
}

fn nth_line(instance: u32) -> Line {
    let per_direction = u32(frame.grid_reach) * 2u + 1u;
    let per_level = per_direction * 2u;
    let coarse = instance / per_level;
    if coarse == 2u || (coarse == 1u && frame.grid_weights.y <= 0.0) {
        let along_x = (instance - per_level * coarse) == 0u;
        return Line(select(frame.axis_y, frame.axis_x, along_x), 0.0, along_x);
    }
    let in_level = instance - coarse * per_level;
    let along_x = in_level < per_direction;
    let step = select(frame.grid_steps.x, frame.grid_steps.y, coarse == 1u);
    let centre = select(frame.grid_centre.x, frame.grid_centre.y, along_x);
    let number = round(centre / step) + f32(in_level % per_direction) - frame.grid_reach;
    let is_major = abs(number - 4.0 * round(number * 0.25)) < 0.5;
    var color = select(frame.minor, frame.major, is_major);
    color.a *= select(frame.grid_weights.x, frame.grid_weights.y, coarse == 1u);
    // Seen from the side all lines fall on one: fade them, or they add up to a bright bar.
    let height = mix(abs(frame.eye.z) / frame.grid_radius, abs(frame.backward.z), frame.orthographic);
    color.a *= smoothstep(0.0, 0.08, height);
    if number == 0.0 {
        color.a = 0.0;
    }
    return Line(color, number * step, along_x);
}

@vertex
fn vertex(@builtin(vertex_index) index: u32, @builtin(instance_index) instance: u32) -> Vertex {
    var out: Vertex;
    out.position = NOWHERE;
    let line = nth_line(instance);
    let from_centre = line.offset - select(frame.grid_centre.x, frame.grid_centre.y, line.along_x);
    let half_squared = frame.grid_radius * frame.grid_radius - from_centre * from_centre;
    if half_squared <= 0.0 || line.color.a <= 0.0 {
        return out;
    }
    let half_chord = sqrt(half_squared);
    var start = vec3<f32>(line.offset, frame.grid_centre.y - half_chord, 0.0);
    var stop = vec3<f32>(line.offset, frame.grid_centre.y + half_chord, 0.0);
    if line.along_x {
        start = vec3<f32>(frame.grid_centre.x - half_chord, line.offset, 0.0);
        stop = vec3<f32>(frame.grid_centre.x + half_chord, line.offset, 0.0);
    }
    let a = frame.clip_from_world * vec4<f32>(start, 1.0);
    let b = frame.clip_from_world * vec4<f32>(stop, 1.0);
    let corner = quad_corner(a, b, index, 0.5 * frame.pixels_per_point + 0.5);
    // The near plane may have moved an end: take its place and w from where it is now.
    let start_moved = select(0.0, a.z / (a.z - b.z), a.z < 0.0);
    let stop_moved = select(1.0, a.z / (a.z - b.z), b.z < 0.0);
    let at = mix(start_moved, stop_moved, corner.end);
    let w = mix(a.w, b.w, at);
    out.position = corner.position;
    out.color = line.color;
    out.place = corner.place;
    out.floor_place = vec3<f32>(mix(start.xy, stop.xy, at), 1.0) / w;
    return out;
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    let place = in.floor_place.xy / in.floor_place.z;
    let fade = clamp(1.0 - distance(place, frame.grid_centre) / frame.grid_radius, 0.0, 1.0);
    let inside = coverage(abs(in.place.y) - 0.5 * frame.pixels_per_point);
    return vec4<f32>(in.color.rgb, in.color.a * fade * inside);
}
