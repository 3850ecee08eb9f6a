// Bones as octahedra, boxes or bars with outlines, marks and joint dots, widths in points whatever the
// distance. An instance is a bone; its vertices are, in drawing order: 12 triangles of faces, 12 edges below
// (thin inner lines and the dark halo), 12 edges above (the rim), one bar, one ring, two dots. What a bone
// does not need lands outside the picture.

struct Bone {
    // World space.
    @location(0) head: vec3<f32>,
    // Points.
    @location(1) rim_width: f32,
    @location(2) tail: vec3<f32>,
    @location(3) halo_width: f32,
    // From the middle of the solid to its first corner, and to its second.
    @location(4) ring_x: vec3<f32>,
    @location(5) dot_radius: f32,
    @location(6) ring_y: vec3<f32>,
    // A bit for each face that faces the eye, in three groups of 4, then the flags below. Of an octahedron
    // the faces at the head and those at the tail; of a box the head's end, the sides and the tail's end.
    @location(7) flags: u32,
    // Gamma-encoded; the alpha is that of the faces.
    @location(8) fill: vec4<f32>,
    @location(9) rim: vec4<f32>,
    @location(10) dot_color: vec4<f32>,
    // How bright the faces are: of an octahedron at the head and at the tail, of a box its ends and sides.
    @location(11) head_shades: vec4<f32>,
    @location(12) tail_shades: vec4<f32>,
}

// A box instead of an octahedron.
const BOX = 0x1000u;
// A bar instead of a solid.
const BAR = 0x2000u;
// A thinner bar.
const WIRE = 0x4000u;
// A bar of a fixed small width, without dots.
const SHORT = 0x8000u;
// The rim is dashed: the bone has inverse kinematics.
const DASHED = 0x10000u;
// The fill is hatched: the bone is locked.
const HATCHED = 0x20000u;
// A ring between head and tail: the bone is constrained.
const RINGED = 0x40000u;
// What shows between the dashes is the colour of inverse kinematics, as the dashes have another.
const TWO_TONE = 0x80000u;

// How a part is filled, beside DASHED, HATCHED and TWO_TONE.
const SEGMENTED = 1u;
const ROUND = 2u;

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) fill: vec4<f32>,
    @location(1) @interpolate(flat) rim: vec4<f32>,
    // Pixels: radius of the fill, of the rim around it, of the halo around both; then that of the circle
    // which is drawn instead of its middle.
    @location(2) @interpolate(flat) radii: vec4<f32>,
    @location(3) place: vec2<f32>,
    @location(4) @interpolate(flat) length: f32,
    @location(5) @interpolate(flat) marks: u32,
    // From head to tail, 0 to 1, on the sides of a box.
    @location(6) along: f32,
}

// Whether this pipeline draws what is behind the mesh: a quarter as strong, and without rims.
override HIDDEN: bool = false;

const FACES = 36u;
const EDGES = 72u;
const RING_AT = 0.12;
// Where the ring of constrained bones is.
const MARK_AT = 0.55;

// What a vertex belongs to: a triangle, or a round line. One of everything keeps drivers in software fast,
// for they run both sides of a branch.
struct Part {
    drawn: bool,
    a: vec3<f32>,
    b: vec3<f32>,
    fill: vec4<f32>,
    rim: vec4<f32>,
    // Points; none in a triangle, whose corner is `a`.
    radii: vec4<f32>,
    marks: u32,
    along: f32,
}

fn has(bone: Bone, flag: u32) -> bool {
    return (bone.flags & flag) != 0u;
}

// Corner of the solid, counter-clockwise seen from the tail; of a box at either end.
fn corner(bone: Bone, number: u32, at_tail: bool) -> vec3<f32> {
    let direction = select(bone.ring_x, bone.ring_y, (number & 1u) == 1u);
    let middle = select(RING_AT, select(0.0, 1.0, at_tail), has(bone, BOX));
    return mix(bone.head, bone.tail, middle) + select(direction, -direction, (number & 2u) == 2u);
}

// 1 where a face faces the eye: the one between this corner and the next, of a group.
fn facing(bone: Bone, number: u32, group: u32) -> u32 {
    return (bone.flags >> (group * 4u + (number & 3u))) & 1u;
}

fn face(bone: Bone, index: u32) -> Part {
    let triangle = index / 3u;
    let third = index % 3u;
    var out: Part;
    var group = triangle / 4u;
    var number = triangle & 3u;
    var bright = select(bone.head_shades, bone.tail_shades, group == 1u)[number];
    if has(bone, BOX) {
        // Two triangles make a quad of the corners 0 1 2 and 0 2 3.
        let part = triangle / 2u;
        let way = third + select(0u, 1u, (triangle & 1u) == 1u && third > 0u);
        let is_end = part == 0u || part == 5u;
        number = select((part - 1u) & 3u, 0u, is_end);
        group = select(1u, part / 5u * 2u, is_end);
        bright = select(bone.tail_shades[number], bone.head_shades[part / 5u], is_end);
        let turned = select(number + u32(way == 1u || way == 2u), way, is_end);
        let at_tail = select(way >= 2u, part == 5u, is_end);
        out.a = corner(bone, turned, at_tail);
        out.along = f32(at_tail);
        out.marks = select(SEGMENTED, 0u, is_end);
    } else {
        let tip = select(bone.head, bone.tail, group == 1u);
        out.a = select(corner(bone, number + max(third, 1u) - 1u, false), tip, third == 0u);
    }
    out.drawn = facing(bone, number, group) == 1u;
    out.fill = vec4<f32>(mix(frame.edge.rgb, bone.fill.rgb, bright), bone.fill.a);
    out.marks |= bone.flags & HATCHED;
    return out;
}

// Of an octahedron edges 0 to 3 lead from the head to the ring, 4 to 7 around it, 8 to 11 from it to the
// tail; of a box around the head's end, along it, around the tail's end.
fn outline(bone: Bone, edge: u32, above: bool) -> Part {
    let number = edge & 3u;
    let kind = edge >> 2u;
    let is_box = has(bone, BOX);
    let here = corner(bone, number, kind == 2u);
    let next = corner(bone, number + 1u, kind == 2u);
    let is_around = (kind == 1u) != is_box;
    let groups = select(vec2<u32>(kind >> 1u, (kind + 1u) >> 1u), vec2<u32>(min(kind, 1u), max(kind, 1u)), is_box);
    let beside = select(number + 3u, number, is_around);
    let seen = facing(bone, beside, groups.x) + facing(bone, number, groups.y);
    let is_border = seen == 1u;
    var out: Part;
    let end = select(bone.tail, corner(bone, number, true), is_box);
    out.a = select(here, bone.head, kind == 0u && !is_box);
    out.b = select(end, next, is_around);
    if !is_around && !is_box && kind == 0u {
        out.b = here;
    }
    var width = 0.75;
    out.fill = vec4<f32>(frame.edge.rgb, 0.35);
    out.drawn = !above && seen == 2u;
    if is_border && above {
        out.drawn = true;
        out.fill = bone.rim;
        out.marks = bone.flags & (DASHED | TWO_TONE);
        width = bone.rim_width;
    } else if is_border && bone.halo_width > 0.0 {
        out.drawn = true;
        out.fill.a = 0.8;
        width = bone.rim_width + bone.halo_width;
    }
    out.drawn = out.drawn && !HIDDEN;
    out.radii = vec4<f32>(vec3<f32>(0.5 * width), 0.0);
    return out;
}

fn bar(bone: Bone) -> Part {
    let short = has(bone, SHORT);
    let wire = has(bone, WIRE);
    let radius = select(select(2.5, 0.75, wire), 1.5, short);
    // A full rim would be fatter than what it is around.
    let rim_width = select(select(bone.rim_width, min(bone.rim_width, 1.0), short || wire), 0.0, HIDDEN);
    // Half of the rim of a bar lies inside, as that of a solid does.
    let inner = select(radius - 0.5 * rim_width, radius, short || wire);
    let halo = select(bone.halo_width * 0.5, 0.0, short || HIDDEN);
    var out: Part;
    out.drawn = has(bone, BAR | SHORT);
    out.a = bone.head;
    out.b = bone.tail;
    out.fill = vec4<f32>(bone.fill.rgb, 1.0);
    out.rim = bone.rim;
    out.radii = vec4<f32>(inner, inner + rim_width, inner + rim_width + halo, 0.0);
    out.marks = bone.flags & (DASHED | HATCHED | TWO_TONE);
    return out;
}

fn mark(bone: Bone) -> Part {
    var out: Part;
    out.drawn = has(bone, RINGED) && !has(bone, SHORT);
    out.a = mix(bone.head, bone.tail, MARK_AT);
    out.b = out.a;
    out.fill = vec4<f32>(frame.constrained.rgb, 1.0);
    out.rim = vec4<f32>(frame.edge.rgb, 0.8);
    out.radii = vec4<f32>(0.875, 1.625, 1.625, 3.5);
    return out;
}

fn joint_dot(bone: Bone, at_tail: bool) -> Part {
    var out: Part;
    out.drawn = !has(bone, SHORT);
    out.a = select(bone.head, bone.tail, at_tail);
    out.b = out.a;
    out.fill = bone.dot_color;
    out.rim = vec4<f32>(frame.edge.rgb, 1.0);
    out.radii = vec4<f32>(bone.dot_radius + vec3<f32>(-0.5, 0.5, 0.5), 0.0);
    out.marks = ROUND;
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
        part.drawn = part.drawn && !has(bone, BAR | SHORT);
        return part;
    }
    let rest = (index - FACES - 2u * EDGES) / 6u;
    if rest == 0u {
        return bar(bone);
    }
    if rest == 1u {
        return mark(bone);
    }
    return joint_dot(bone, rest == 3u);
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
    out.marks = part.marks;
    out.along = part.along;
    let a = frame.clip_from_world * vec4<f32>(part.a, 1.0);
    if index < FACES {
        out.position = a;
        // Everywhere inside.
        out.radii = vec4<f32>(1e9, 1e9, 1e9, 0.0);
        return out;
    }
    let b = frame.clip_from_world * vec4<f32>(part.b, 1.0);
    out.radii = part.radii * frame.pixels_per_point;
    let reach = max(out.radii.y, out.radii.z) + out.radii.w + 0.5;
    let corner = quad_corner(a, b, index % 6u, reach);
    out.position = corner.position;
    out.place = corner.place;
    out.length = corner.length;
    return out;
}

// How much of a pixel lies on a dash of a line, at a place along it.
fn on_dash(along: f32) -> f32 {
    let dash = 4.0 * frame.pixels_per_point;
    let period = 6.5 * frame.pixels_per_point;
    let at = along - period * floor(along / period);
    return coverage(min(abs(at - 0.5 * dash) - 0.5 * dash, period - at));
}

// How much of a pixel lies on a stripe of the hatching at 45 degrees.
fn on_stripe(position: vec2<f32>) -> f32 {
    let pitch = 5.0 * frame.pixels_per_point;
    let at = (position.x + position.y) * 0.70710678;
    let from_middle = abs(at - pitch * floor(at / pitch) - 0.5 * pitch);
    return coverage(from_middle - 0.75 * frame.pixels_per_point);
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    var distance = distance_to_segment(in.place, in.length);
    distance = select(distance, abs(distance - in.radii.w), in.radii.w > 0.0);
    let fill = coverage(distance - in.radii.x);
    let rim = coverage(distance - in.radii.y);
    let halo = coverage(distance - in.radii.z) * 0.8;
    // Four segments.
    let quarter = in.along * 4.0;
    let to_line = abs(fract(quarter + 0.5) - 0.5) / max(fwidth(quarter), 1e-6);
    var inner = in.fill;
    if (in.marks & SEGMENTED) != 0u {
        inner = over(vec4<f32>(frame.edge.rgb, 0.6 * inner.a * coverage(to_line - 0.5 * frame.pixels_per_point)), inner);
    }
    if (in.marks & HATCHED) != 0u {
        inner = over(vec4<f32>(frame.edge.rgb, select(0.75, 0.19, HIDDEN) * on_stripe(in.position.xy)), inner);
    }
    // A joint that is large enough is a ball.
    if (in.marks & ROUND) != 0u {
        let aside = in.place / max(in.radii.x, 1e-3);
        let bright = 0.62 + 0.3 * (aside.y - aside.x) * 0.8 + 0.38 * sqrt(max(1.0 - dot(aside, aside), 0.0));
        let ball = smoothstep(3.0, 4.5, in.radii.x / frame.pixels_per_point);
        inner = vec4<f32>(mix(inner.rgb, mix(frame.edge.rgb, inner.rgb, clamp(bright, 0.0, 1.0)), ball), inner.a);
    }
    var border = in.rim;
    if (in.marks & DASHED) != 0u {
        let gap = select(frame.edge, frame.kinematic, (in.marks & TWO_TONE) != 0u);
        let dash = on_dash(in.place.x);
        border = vec4<f32>(mix(gap.rgb, border.rgb, dash), border.a);
        inner = vec4<f32>(mix(gap.rgb, inner.rgb, dash), inner.a);
    }
    // Outer to inner, each over the one before.
    var color = vec4<f32>(frame.edge.rgb, halo * select(0.0, 1.0, in.radii.z > in.radii.y));
    let rim_alpha = border.a * rim * select(0.0, 1.0, in.radii.y > in.radii.x);
    color = over(vec4<f32>(border.rgb, rim_alpha), color);
    return over(vec4<f32>(inner.rgb, inner.a * fill), color);
}

fn over(top: vec4<f32>, below: vec4<f32>) -> vec4<f32> {
    let alpha = top.a + below.a * (1.0 - top.a);
    let sum = top.rgb * top.a + below.rgb * below.a * (1.0 - top.a);
    return vec4<f32>(sum / max(alpha, 1e-5), alpha);
}
