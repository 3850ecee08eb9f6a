// Motion paths: a line from each point to the next, and dots on the points where there is room for them.
// An instance is a point with the place of the next one; 6 vertices for the line, 6 for the dot.

// 1 where a mesh hides what is drawn: it shines through faintly.
override HIDDEN: f32 = 0.0;

const LINE = 0.75;
const DOT = 1.6;
const CURRENT_DOT = 3.5;
// Points closer than this have no dots.
const ROOM = 7.0;
// How opaque the part before the current frame is.
const PAST = 0.45;

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) color: vec4<f32>,
    @location(1) place: vec2<f32>,
    // Pixels; below 0 the line's half width, else the dot's radius.
    @location(2) @interpolate(flat) size: f32,
}

fn dot_corner(clip: vec4<f32>, corner: u32, reach: f32) -> Corner {
    return quad_corner(clip, clip, corner, reach);
}

@vertex
fn vertex(
    @builtin(vertex_index) index: u32,
    @location(0) point: vec3<f32>,
    @location(1) at: f32,
    @location(2) color: vec4<f32>,
    @location(3) next: vec3<f32>,
) -> Vertex {
    var out: Vertex;
    out.position = NOWHERE;
    let a = frame.clip_from_world * vec4<f32>(point, 1.0);
    let b = frame.clip_from_world * vec4<f32>(next, 1.0);
    let points = frame.pixels_per_point;
    out.color = color;
    let current = abs(at - frame.current_frame) < 0.5;
    if at < frame.current_frame - 0.5 {
        out.color.a *= PAST;
    }
    if HIDDEN > 0.5 {
        out.color.a *= 0.3;
    }
    var corner: Corner;
    if index < 6u {
        out.size = -LINE * points;
        corner = quad_corner(a, b, index, LINE * points + 0.5);
    } else {
        if a.z < 0.0 || a.w <= 0.0 {
            return out;
        }
        let way = distance(pixel_of(a), pixel_of(b));
        if !current && (b.w <= 0.0 || way < ROOM * points) {
            return out;
        }
        out.size = select(DOT, CURRENT_DOT, current) * points;
        if current {
            out.color = vec4<f32>(mix(color.rgb, vec3<f32>(1.0), 0.6), out.color.a);
        }
        corner = dot_corner(a, index - 6u, out.size + 0.5);
    }
    out.position = corner.position;
    out.place = corner.place;
    return out;
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    let outside = select(length(in.place) - in.size, abs(in.place.y) + in.size, in.size < 0.0);
    return vec4<f32>(in.color.rgb, in.color.a * coverage(outside));
}
