// The figure's shadow on the floor: a soft spot below each bone, darker the nearer the bone is.

struct Spot {
    // World XY, metres.
    @location(0) centre: vec2<f32>,
    @location(1) radius: f32,
    // Opacity in its middle.
    @location(2) strength: f32,
}

struct Vertex {
    @builtin(position) position: vec4<f32>,
    // From the middle, 1 at the border.
    @location(0) place: vec2<f32>,
    @location(1) @interpolate(flat) strength: f32,
}

@vertex
fn vertex(spot: Spot, @builtin(vertex_index) index: u32) -> Vertex {
    let right = select(-1.0, 1.0, index == 1u || index == 2u || index == 4u);
    let up = select(-1.0, 1.0, index == 2u || index == 4u || index == 5u);
    var out: Vertex;
    out.place = vec2<f32>(right, up);
    out.strength = spot.strength;
    let world = vec3<f32>(spot.centre + out.place * spot.radius, 0.0);
    out.position = frame.clip_from_world * vec4<f32>(world, 1.0);
    return out;
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    let inside = max(1.0 - dot(in.place, in.place), 0.0);
    return vec4<f32>(0.0, 0.0, 0.0, in.strength * inside * inside);
}
