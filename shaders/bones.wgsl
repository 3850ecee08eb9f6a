// Bones as octahedra or bars with outlines and joint dots, widths in points whatever the distance.
// An instance is a bone; its vertices are, in drawing order: 8 faces, 12 edges below (thin inner lines and the
// dark halo), 12 edges above (the rim), one bar, two dots. What a bone does not need lands outside the picture.

struct Bone {
    // World space.
    @location(0) head: vec3<f32>,
    // Points.
    @location(1) rim_width: f32,
    @location(2) tail: vec3<f32>,
    @location(3) halo_width: f32,
    // Any direction that is not along the bone; corners of the ring lie towards it.
    @location(4) side: vec3<f32>,
    @location(5) dot_radius: f32,
    // Gamma-encoded; the alpha is that of the faces.
    @location(6) fill: vec4<f32>,
    @location(7) rim: vec4<f32>,
    @location(8) dot_color: vec4<f32>,
    @location(9) stick: u32,
}

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) fill: vec4<f32>,
    @location(1) @interpolate(flat) rim: vec4<f32>,
    // Pixels: radius of the fill, of the rim around it, of the halo around both.
    @location(2) @interpolate(flat) radii: vec3<f32>,
    @location(3) place: vec2<f32>,
    @location(4) @interpolate(flat) length: f32,
}

// Whether this pipeline draws what is behind the mesh: a quarter as strong, and without rims.
override HIDDEN: bool = false;

const FACES = 24u;
const EDGES = 72u;
const SHORT_POINTS = 24.0;
const RING_AT = 0.12;
const RING_RADIUS = 0.1;

struct Shape {
    head: vec3<f32>,
    tail: vec3<f32>,
    ring_centre: vec3<f32>,
    x: vec3<f32>,
    y: vec3<f32>,
}

fn shape_of(bone: Bone) -> Shape {
    let axis = bone.tail - bone.head;
    let length = max(length(axis), 1e-12);
    let along = axis / length;
    var x = bone.side - along * dot(bone.side, along);
    if dot(x, x) < 1e-8 {
        x = select(vec3<f32>(1.0, 0.0, 0.0), vec3<f32>(0.0, 0.0, 1.0), abs(along.x) > 0.7);
        x -= along * dot(x, along);
    }
    x = normalize(x);
    let ring = bone.head + axis * RING_AT;
    let w = (frame.clip_from_world * vec4<f32>(ring, 1.0)).w;
    let pixel = max(w, 0.0) * frame.world_per_pixel * frame.pixels_per_point;
    let radius = clamp(length * RING_RADIUS, 3.0 * pixel, 16.0 * pixel);
    return Shape(bone.head, bone.tail, ring, x * radius, cross(along, x) * radius);
}

// Corner of the ring, counter-clockwise seen from the tail.
fn ring(shape: Shape, number: u32) -> vec3<f32> {
    let turn = number % 4u;
    let direction = select(shape.x, shape.y, turn % 2u == 1u);
    return shape.ring_centre + select(direction, -direction, turn >= 2u);
}

// Normal of the face between ring corners `number` and the next, on the head's or the tail's side.
fn face_normal(shape: Shape, number: u32, at_tail: bool) -> vec3<f32> {
    let a = ring(shape, number);
    let b = ring(shape, number + 1u);
    if at_tail {
        return cross(b - a, shape.tail - a);
    }
    return cross(shape.head - a, b - a);
}

fn faces_eye(shape: Shape, number: u32, at_tail: bool) -> bool {
    let normal = face_normal(shape, number, at_tail);
    return dot(normal, towards_eye(ring(shape, number))) > 0.0;
}

fn clip(world: vec3<f32>) -> vec4<f32> {
    return frame.clip_from_world * vec4<f32>(world, 1.0);
}

fn nothing() -> Vertex {
    var out: Vertex;
    out.position = NOWHERE;
    return out;
}

fn faded(color: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(color.rgb, color.a * select(1.0, 0.25, HIDDEN));
}

fn face(bone: Bone, index: u32) -> Vertex {
    let shape = shape_of(bone);
    let number = (index / 3u) % 4u;
    let at_tail = index >= 12u;
    if !faces_eye(shape, number, at_tail) {
        return nothing();
    }
    let corner = index % 3u;
    var world = select(shape.head, shape.tail, at_tail);
    if corner > 0u {
        world = ring(shape, number + corner - 1u);
    }
    let normal = normalize(face_normal(shape, number, at_tail));
    let bright = clamp(0.74 + 0.38 * dot(normal, frame.key_light), 0.0, 1.0);
    var out: Vertex;
    out.position = clip(world);
    out.fill = faded(vec4<f32>(mix(frame.edge.rgb, bone.fill.rgb, bright), bone.fill.a));
    // Everywhere inside.
    out.radii = vec3<f32>(1e9);
    return out;
}

// A round line around a segment: fill, rim, halo, by their radii in pixels.
fn round_line(a: vec4<f32>, b: vec4<f32>, index: u32, radii: vec3<f32>) -> Vertex {
    let corner = quad_corner(a, b, index, max(radii.y, radii.z) + 1.0);
    var out: Vertex;
    out.position = corner.position;
    out.place = corner.place;
    out.length = corner.length;
    out.radii = radii;
    return out;
}

struct Edge {
    a: vec3<f32>,
    b: vec3<f32>,
    // How many of its two faces face the eye.
    facing: u32,
}

fn nth_edge(shape: Shape, edge: u32) -> Edge {
    let number = edge % 4u;
    let here = ring(shape, number);
    if edge < 4u {
        let count = u32(faces_eye(shape, number + 3u, false)) + u32(faces_eye(shape, number, false));
        return Edge(shape.head, here, count);
    }
    if edge < 8u {
        let count = u32(faces_eye(shape, number, false)) + u32(faces_eye(shape, number, true));
        return Edge(here, ring(shape, number + 1u), count);
    }
    let count = u32(faces_eye(shape, number + 3u, true)) + u32(faces_eye(shape, number, true));
    return Edge(here, shape.tail, count);
}

fn outline(bone: Bone, index: u32, above: bool) -> Vertex {
    let edge = nth_edge(shape_of(bone), index / 6u);
    let is_border = edge.facing == 1u;
    var color = frame.edge;
    var width = 0.75;
    if is_border && above {
        color = select(bone.rim, vec4<f32>(frame.edge.rgb, 1.0), HIDDEN);
        width = select(bone.rim_width, 1.0, HIDDEN);
    } else if is_border && bone.halo_width > 0.0 && !HIDDEN {
        color.a = 0.8;
        width = bone.rim_width + bone.halo_width;
    } else if edge.facing == 2u && !above {
        color.a = 0.35;
    } else {
        return nothing();
    }
    let radius = 0.5 * width * frame.pixels_per_point;
    var out = round_line(clip(edge.a), clip(edge.b), index % 6u, vec3<f32>(radius));
    out.fill = faded(color);
    return out;
}

fn bar(bone: Bone, index: u32, short: bool) -> Vertex {
    let inner = select(2.5, 1.5, short);
    // On a short bone a full rim would be fatter than the bone.
    let rim_width = select(bone.rim_width, min(bone.rim_width, 1.5), short || HIDDEN);
    let halo = select(bone.halo_width * 0.5, 0.0, short || HIDDEN);
    let radii = vec3<f32>(inner, inner + rim_width, inner + rim_width + halo) * frame.pixels_per_point;
    var out = round_line(clip(bone.head), clip(bone.tail), index, radii);
    out.fill = faded(vec4<f32>(bone.fill.rgb, 1.0));
    out.rim = faded(select(bone.rim, vec4<f32>(frame.edge.rgb, 1.0), HIDDEN));
    return out;
}

fn joint_dot(bone: Bone, index: u32) -> Vertex {
    let at = clip(select(bone.head, bone.tail, index >= 6u));
    let radius = bone.dot_radius;
    let radii = vec3<f32>(radius - 0.5, radius + 0.5, radius + 0.5) * frame.pixels_per_point;
    var out = round_line(at, at, index % 6u, radii);
    out.fill = faded(bone.dot_color);
    out.rim = faded(vec4<f32>(frame.edge.rgb, 1.0));
    return out;
}

@vertex
fn vertex(bone: Bone, @builtin(vertex_index) index: u32) -> Vertex {
    // By its size and distance, not as foreshortened: else a bone would change its style while orbiting, and
    // one that points at the eye would all but vanish.
    let pixel = max(clip(mix(bone.head, bone.tail, RING_AT)).w, 0.0) * frame.world_per_pixel;
    let short = distance(bone.head, bone.tail) < SHORT_POINTS * pixel * frame.pixels_per_point;
    let is_bar = short || bone.stick != 0u;
    if index < FACES + 2u * EDGES {
        if is_bar {
            return nothing();
        }
        if index < FACES {
            return face(bone, index);
        }
        let edge_index = index - FACES;
        return outline(bone, edge_index % EDGES, edge_index >= EDGES);
    }
    let rest = index - FACES - 2u * EDGES;
    if rest < 6u {
        if !is_bar {
            return nothing();
        }
        return bar(bone, rest, short);
    }
    if short {
        return nothing();
    }
    return joint_dot(bone, rest - 6u);
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    let distance = distance_to_segment(in.place, in.length);
    let fill = coverage(distance - in.radii.x);
    let rim = coverage(distance - in.radii.y);
    let halo = coverage(distance - in.radii.z) * 0.8;
    // Outer to inner, each over the one before.
    var color = vec4<f32>(frame.edge.rgb, halo * select(0.0, 1.0, in.radii.z > in.radii.y));
    let rim_alpha = in.rim.a * rim * select(0.0, 1.0, in.radii.y > in.radii.x);
    color = over(vec4<f32>(in.rim.rgb, rim_alpha), color);
    return over(vec4<f32>(in.fill.rgb, in.fill.a * fill), color);
}

fn over(top: vec4<f32>, below: vec4<f32>) -> vec4<f32> {
    let alpha = top.a + below.a * (1.0 - top.a);
    let sum = top.rgb * top.a + below.rgb * below.a * (1.0 - top.a);
    return vec4<f32>(sum / max(alpha, 1e-5), alpha);
}
