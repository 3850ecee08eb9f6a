// A vertical gradient behind everything.

struct Vertex {
    @builtin(position) position: vec4<f32>,
    @location(0) height: f32,
}

@vertex
fn vertex(@builtin(vertex_index) index: u32) -> Vertex {
    let corner = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 4.0 - 1.0;
    return Vertex(vec4<f32>(corner, 1.0, 1.0), corner.y * 0.5 + 0.5);
}

@fragment
fn fragment(in: Vertex) -> @location(0) vec4<f32> {
    // A little noise below one step of eight bits: no bands in a gradient this gentle.
    let seed = dot(floor(in.position.xy), vec2<f32>(0.06711056, 0.00583715));
    let noise = (fract(52.9829189 * fract(seed)) - 0.5) / 255.0;
    return vec4<f32>(mix(frame.bottom.rgb, frame.top.rgb, in.height) + noise, 1.0);
}
