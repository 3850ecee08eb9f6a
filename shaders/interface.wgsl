// The panels' shapes, as egui gives them: triangles with a color and a place in a texture.
//
// One texture lookup per pixel and nothing else, so that a processor can draw a whole window often enough.

struct Screen {
    // Size in points.
    size: vec2<f32>,
    unused: vec2<f32>,
};

@group(0) @binding(0) var<uniform> screen: Screen;
@group(1) @binding(0) var shapes_texture: texture_2d<f32>;
@group(1) @binding(1) var shapes_sampler: sampler;

struct Corner {
    @builtin(position) position: vec4<f32>,
    @location(0) place: vec2<f32>,
    // Gamma space, premultiplied.
    @location(1) color: vec4<f32>,
};

@vertex
fn vertex(
    @location(0) position: vec2<f32>,
    @location(1) place: vec2<f32>,
    @location(2) color: vec4<f32>,
) -> Corner {
    var corner: Corner;
    let share = position / screen.size;
    corner.position = vec4<f32>(2.0 * share.x - 1.0, 1.0 - 2.0 * share.y, 0.0, 1.0);
    corner.place = place;
    corner.color = color;
    return corner;
}

// For targets that take numbers as they are.
@fragment
fn plain(corner: Corner) -> @location(0) vec4<f32> {
    return corner.color * textureSample(shapes_texture, shapes_sampler, corner.place);
}

// For targets that turn linear light into gamma space.
@fragment
fn linear(corner: Corner) -> @location(0) vec4<f32> {
    let color = corner.color * textureSample(shapes_texture, shapes_sampler, corner.place);
    let low = color.rgb / 12.92;
    let high = pow((color.rgb + 0.055) / 1.055, vec3<f32>(2.4));
    return vec4<f32>(select(high, low, color.rgb < vec3<f32>(0.04045)), color.a);
}
