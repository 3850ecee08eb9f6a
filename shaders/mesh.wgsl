// Meshes that follow bones: any number of weighted joints per vertex, light in linear space.

struct Draw {
    // Linear.
    base_color: vec4<f32>,
    // Where the mesh's matrices start: first the one for vertices without a joint, then the joints.
    palette_start: u32,
    joints: u32,
    alpha_cutoff: f32,
    flags: u32,
}

const UNLIT = 1u;
const MIRRORED = 2u;
const DOUBLE_SIDED = 4u;
// Neither texture nor colours of vertices count, but for their alpha.
const PLAIN = 8u;

struct Influence {
    joint: u32,
    weight: f32,
}

// World space from joint or mesh space.
@group(0) @binding(1) var<storage, read> palette: array<mat4x4<f32>>;
@group(0) @binding(2) var<storage, read> draws: array<Draw>;
@group(1) @binding(0) var<storage, read> influences: array<Influence>;
@group(1) @binding(1) var base_texture: texture_2d<f32>;
@group(1) @binding(2) var base_sampler: sampler;

struct VertexIn {
    @location(0) position: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) uv: vec2<f32>,
    @location(3) color: vec4<f32>,
    // Where the vertex's influences start, and how many there are.
    @location(4) influences: vec2<u32>,
}

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) world: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) uv: vec2<f32>,
    @location(3) color: vec4<f32>,
    @location(4) @interpolate(flat) flags: u32,
    @location(5) @interpolate(flat) alpha_cutoff: f32,
    @location(6) @interpolate(flat) plain: vec3<f32>,
}

fn world_from_mesh(draw: u32, own: vec2<u32>) -> mat4x4<f32> {
    let start = draws[draw].palette_start;
    if own.y == 0u || draws[draw].joints == 0u {
        return palette[start];
    }
    let last = draws[draw].joints - 1u;
    var sum = mat4x4<f32>();
    for (var i = own.x; i < own.x + own.y; i++) {
        sum += influences[i].weight * palette[start + 1u + min(influences[i].joint, last)];
    }
    return sum;
}

// The normal under any linear map, squeezed, sheared or mirrored: the cofactors stay finite where the
// inverse does not.
fn turned_normal(map: mat4x4<f32>, normal: vec3<f32>) -> vec3<f32> {
    let cofactors = mat3x3<f32>(
        cross(map[1].xyz, map[2].xyz),
        cross(map[2].xyz, map[0].xyz),
        cross(map[0].xyz, map[1].xyz),
    );
    let turned = cofactors * normal * select(1.0, -1.0, dot(map[0].xyz, cofactors[0]) < 0.0);
    // Scaled up first: the cofactors of a rig in millimetres square to nothing.
    let largest = max(max(abs(turned.x), abs(turned.y)), abs(turned.z));
    if largest <= 0.0 {
        return vec3<f32>(0.0);
    }
    return normalize(turned / largest);
}

@vertex
fn vertex(in: VertexIn, @builtin(instance_index) draw: u32) -> Vertex {
    let map = world_from_mesh(draw, in.influences);
    let world = map * vec4<f32>(in.position, 1.0);
    var out: Vertex;
    out.position = frame.clip_from_world * vec4<f32>(world.xyz, 1.0);
    out.world = world.xyz;
    out.normal = turned_normal(map, in.normal);
    out.uv = in.uv;
    out.color = in.color * draws[draw].base_color;
    out.flags = draws[draw].flags;
    out.alpha_cutoff = draws[draw].alpha_cutoff;
    out.plain = draws[draw].base_color.rgb;
    return out;
}

// A wooden figure in a studio: warm key from the upper left of the camera, cool fill from the right, light
// from behind on the rim, sky and floor around; a gentle shoulder instead of clipping.
fn lit(base: vec3<f32>, n: vec3<f32>, v: vec3<f32>) -> vec3<f32> {
    // The key wraps a little around the form, as a large soft lamp does.
    let key = max(0.0, (dot(n, frame.key_light) + 0.12) / 1.12);
    let fill = max(0.0, dot(n, frame.fill_light));
    let rim = max(0.0, dot(n, frame.rim_light));
    let sky = 0.5 + 0.5 * n.z;
    let facing = max(0.0, dot(n, v));
    // Without shadows the ground would light the undersides too much: darken what looks down and away.
    let open = mix(0.62, 1.0, sky);
    let halfway = normalize(frame.key_light + v);
    // The 32nd power, by squaring.
    var gloss = max(0.0, dot(n, halfway));
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss;
    gloss *= gloss * 0.13 * min(key * 4.0, 1.0);
    let away = 1.0 - facing;
    let grazing = away * away * away * 0.1 * (0.3 + rim) * open;
    let light = 0.98 * key * vec3<f32>(1.02, 0.98, 0.92)
        + fill * open * vec3<f32>(0.13, 0.15, 0.20)
        + open * (0.07 + 0.15 * sky) * vec3<f32>(0.95, 1.0, 1.1)
        + rim * 0.30 * vec3<f32>(0.95, 0.98, 1.05);
    let sum = (base * light + gloss + grazing) * 1.05;
    return sum / (1.0 + sum * 0.18);
}

fn shaded(in: Vertex, front: bool) -> vec4<f32> {
    var base = in.color * textureSample(base_texture, base_sampler, in.uv);
    if (in.flags & PLAIN) != 0u {
        base = vec4<f32>(in.plain, base.a);
    }
    var color = base.rgb;
    if (in.flags & UNLIT) == 0u {
        let from_behind = (in.flags & DOUBLE_SIDED) != 0u && front == ((in.flags & MIRRORED) != 0u);
        let n = normalize(in.normal) * select(1.0, -1.0, from_behind);
        color = lit(base.rgb, n, normalize(towards_eye(in.world)));
    }
    return vec4<f32>(gamma_encoded(color), base.a);
}

@fragment
fn opaque(in: Vertex, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    return vec4<f32>(shaded(in, front).rgb, 1.0);
}

@fragment
fn masked(in: Vertex, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    let color = shaded(in, front);
    if color.a < in.alpha_cutoff {
        discard;
    }
    return vec4<f32>(color.rgb, 1.0);
}

@fragment
fn blended(in: Vertex, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    return shaded(in, front);
}

// An edge of a triangle, fainter where the surface looks away: one sees front from back.
@fragment
fn wire(in: Vertex) -> @location(0) vec4<f32> {
    let facing = dot(normalize(in.normal), normalize(towards_eye(in.world)));
    let strength = mix(0.05, 0.3, smoothstep(-0.25, 0.4, facing));
    return vec4<f32>(gamma_encoded(in.plain), strength);
}
