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
    // From the middle of the ring to its first corner, and to its second.
    @location(4) ring_x: vec3<f32>,
    @location(5) dot_radius: f32,
    @location(6) ring_y: vec3<f32>,
    // A bit for each face that faces the eye, 4 at the head and 4 at the tail; then `BAR` and `SHORT`.
    @location(7) flags: u32,
    // Gamma-encoded; the alpha is that of the faces.
    @location(8) fill: vec4<f32>,
    @location(9) rim: vec4<f32>,
    @location(10) dot_color: vec4<f32>,
    // How bright the faces are.
    @location(11) head_shades: vec4<f32>,
    @location(12) tail_shades: vec4<f32>,
}

// A bar instead of an octahedron.
const BAR = 256u;
// A thin bar without dots.
const SHORT = 512u;

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
const RING_AT = 0.12;

// What a vertex belongs to: a triangle, or a round line. One of everything keeps drivers in software fast,
// for they run both sides of a branch.
struct Part {
    drawn: bool,
    a: vec3<f32>,
    b: vec3<f32>,
    fill: vec4<f32>,
    rim: vec4<f32>,
    // Points; none in a triangle, whose corner is `a`.
    radii: vec3<f32>,
}

// Corner of the ring, counter-clockwise seen from the tail.
fn ring(bone: Bone, number: u32) -> vec3<f32> {
    let direction = select(bone.ring_x, bone.ring_y, (number & 1u) == 1u);
    return mix(bone.head, bone.tail, RING_AT) + select(direction, -direction, (number & 2u) == 2u);
}

// 1 where the face between this corner and the next faces the eye, on the head's or the tail's side.
fn facing(bone: Bone, number: u32, side: u32) -> u32 {
    return (bone.flags >> (side * 4u + (number & 3u))) & 1u;
}

fn face(bone: Bone, index: u32) -> Part {
    let side = index / 12u;
    let number = (index / 3u) % 4u;
    let corner = index % 3u;
    let tip = select(bone.head, bone.tail, side == 1u);
    var out: Part;
    out.drawn = facing(bone, number, side) == 1u;
    out.a = select(ring(bone, number + max(corner, 1u) - 1u), tip, corner == 0u);
    let bright = select(bone.head_shades, bone.tail_shades, side == 1u)[number];
    out.fill = vec4<f32>(mix(frame.edge.rgb, bone.fill.rgb, bright), bone.fill.a);
    return out;
}

// Edges 0 to 3 lead from the head to the ring, 4 to 7 around it, 8 to 11 from it to the tail.
fn outline(bone: Bone, edge: u32, above: bool) -> Part {
    let number = edge & 3u;
    let kind = edge >> 2u;
    let here = ring(bone, number);
    let beside = select(number + 3u, number, kind == 1u);
    let seen = facing(bone, beside, kind >> 1u) + facing(bone, number, (kind + 1u) >> 1u);
    let is_border = seen == 1u;
    let has_halo = bone.halo_width > 0.0 && !HIDDEN;
    var out: Part;
    out.a = select(here, bone.head, kind == 0u);
    out.b = select(select(here, ring(bone, number + 1u), kind == 1u), bone.tail, kind == 2u);
    var width = 0.75;
    out.fill = vec4<f32>(frame.edge.rgb, 0.35);
    out.drawn = !above && seen == 2u;
    if is_border && above {
        out.drawn = true;
        out.fill = select(bone.rim, vec4<f32>(frame.edge.rgb, 1.0), HIDDEN);
        width = select(bone.rim_width, 1.0, HIDDEN);
    } else if is_border && has_halo {
        out.drawn = true;
        out.fill.a = 0.8;
        width = bone.rim_width + bone.halo_width;
    }
    out.radii = vec3<f32>(0.5 * width);
    return out;
}

fn bar(bone: Bone) -> Part {
    let short = (bone.flags & SHORT) != 0u;
    let inner = select(2.5, 1.5, short);
    // On a short bone a full rim would be fatter than the bone.
    let rim_width = select(bone.rim_width, min(bone.rim_width, 1.5), short || HIDDEN);
    let halo = select(bone.halo_width * 0.5, 0.0, short || HIDDEN);
    var out: Part;
    out.drawn = (bone.flags & (BAR | SHORT)) != 0u;
    out.a = bone.head;
    out.b = bone.tail;
    out.fill = vec4<f32>(bone.fill.rgb, 1.0);
    out.rim = select(bone.rim, vec4<f32>(frame.edge.rgb, 1.0), HIDDEN);
    out.radii = vec3<f32>(inner, inner + rim_width, inner + rim_width + halo);
    return out;
}

fn joint_dot(bone: Bone, at_tail: bool) -> Part {
    var out: Part;
    out.drawn = (bone.flags & SHORT) == 0u;
    out.a = select(bone.head, bone.tail, at_tail);
    out.b = out.a;
    out.fill = bone.dot_color;
    out.rim = vec4<f32>(frame.edge.rgb, 1.0);
    out.radii = bone.dot_radius + vec3<f32>(-0.5, 0.5, 0.5);
    return out;
}

fn part_of(bone: Bone, index: u32) -> Part {
    if index < FACES + 2u * EDGES {
        var part: Part;
        if index < FACES {
            part = face(bone, index);
        } else {
            let number = (index - FACES) / 6u;
            part = outline(bone, number % 12u, number >= 12u);
        }
        part.drawn = part.drawn && (bone.flags & (BAR | SHORT)) == 0u;
        return part;
    }
    let rest = (index - FACES - 2u * EDGES) / 6u;
    if rest == 0u {
        return bar(bone);
    }
    return joint_dot(bone, rest == 2u);
}

@vertex
fn vertex(bone: Bone, @builtin(vertex_index) index: u32) -> Vertex {
    let part = part_of(bone, index);
    var out: Vertex;
    out.position = NOWHERE;
    if !part.drawn {
        return out;
    }
    let opacity = vec4<f32>(1.0, 1.0, 1.0, select(1.0, 0.25, HIDDEN));
    out.fill = part.fill * opacity;
    out.rim = part.rim * opacity;
    let a = frame.clip_from_world * vec4<f32>(part.a, 1.0);
    if index < FACES {
        out.position = a;
        // Everywhere inside.
        out.radii = vec3<f32>(1e9);
        return out;
    }
    let b = frame.clip_from_world * vec4<f32>(part.b, 1.0);
    out.radii = part.radii * frame.pixels_per_point;
    let corner = quad_corner(a, b, index % 6u, max(out.radii.y, out.radii.z) + 0.5);
    out.position = corner.position;
    out.place = corner.place;
    out.length = corner.length;
    return out;
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
