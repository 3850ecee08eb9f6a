//! Triangles out of lists, strips and fans, and normals where the file gives none.

use glam::Vec3;
use gltf::mesh::Mode;

use crate::model::mesh::{Influence, Primitive};

/// Triangles from the vertices of a list, strip or fan; incomplete ones are left out.
pub fn triangles(mode: Mode, vertices: &[u32]) -> Vec<u32> {
    match mode {
        Mode::TriangleStrip => strip(vertices),
        Mode::TriangleFan => fan(vertices),
        _ => {
            let whole = vertices.len() / 3 * 3;
            vertices.get(..whole).unwrap_or_default().to_vec()
        }
    }
}

fn strip(vertices: &[u32]) -> Vec<u32> {
    let mut indices = Vec::with_capacity(vertices.len().saturating_sub(2) * 3);
    for (place, corner) in vertices.windows(3).enumerate() {
        if let [a, b, c] = *corner {
            // Every second triangle of a strip runs the other way round.
            let triangle = if place % 2 == 0 { [a, b, c] } else { [a, c, b] };
            indices.extend(triangle);
        }
    }
    indices
}

fn fan(vertices: &[u32]) -> Vec<u32> {
    let Some((&middle, rim)) = vertices.split_first() else {
        return Vec::new();
    };
    let mut indices = Vec::with_capacity(rim.len().saturating_sub(1) * 3);
    for edge in rim.windows(2) {
        if let [a, b] = *edge {
            indices.extend([a, b, middle]);
        }
    }
    indices
}

/// Brings normals to unit length; one of no length points up.
pub fn normalize(normals: &mut [[f32; 3]]) {
    for normal in normals {
        *normal = Vec3::from(*normal).normalize_or(Vec3::Z).to_array();
    }
}

/// Gives every triangle vertices of its own and the normal of its plane, as glTF asks for where a file
/// has no normals.
pub fn make_flat(primitive: &mut Primitive) {
    let order = std::mem::take(&mut primitive.indices);
    primitive.positions = picked(&primitive.positions, &order);
    primitive.uvs = picked(&primitive.uvs, &order);
    primitive.colors = picked(&primitive.colors, &order);
    pick_influences(primitive, &order);
    primitive.normals = primitive
        .positions
        .chunks_exact(3)
        .flat_map(|corners| [plane_normal(corners); 3])
        .collect();
    primitive.indices = (0..).take(primitive.positions.len()).collect();
}

fn plane_normal(corners: &[[f32; 3]]) -> [f32; 3] {
    let &[a, b, c] = corners else {
        return Vec3::Z.to_array();
    };
    let (a, b, c) = (Vec3::from(a), Vec3::from(b), Vec3::from(c));
    // Unit sides keep very small triangles from vanishing.
    let (side, other) = ((b - a).normalize_or_zero(), (c - a).normalize_or_zero());
    side.cross(other).normalize_or(Vec3::Z).to_array()
}

fn picked<T: Copy>(items: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|&index| items.get(index as usize).copied())
        .collect()
}

fn pick_influences(primitive: &mut Primitive, order: &[u32]) {
    if primitive.influence_starts.is_empty() {
        return;
    }
    let mut starts = Vec::with_capacity(order.len() + 1);
    let mut influences: Vec<Influence> = Vec::with_capacity(order.len());
    starts.push(0);
    for &vertex in order {
        let vertex = vertex as usize;
        if let Some(&[start, end]) = primitive.influence_starts.get(vertex..vertex + 2) {
            let own = primitive.influences.get(start as usize..end as usize);
            influences.extend_from_slice(own.unwrap_or_default());
        }
        starts.push(u32::try_from(influences.len()).unwrap_or(u32::MAX));
    }
    primitive.influence_starts = starts;
    primitive.influences = influences;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_and_fans_keep_the_side_that_faces_out() {
        assert_eq!(
            triangles(Mode::TriangleStrip, &[0, 1, 2, 3]),
            [0, 1, 2, 1, 3, 2]
        );
        assert_eq!(
            triangles(Mode::TriangleFan, &[0, 1, 2, 3]),
            [1, 2, 0, 2, 3, 0]
        );
        assert_eq!(triangles(Mode::Triangles, &[0, 1, 2, 3]), [0, 1, 2]);
    }

    #[test]
    fn a_shared_vertex_gets_one_normal_per_plane() {
        let mut corner = Primitive {
            positions: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            indices: vec![0, 1, 2, 0, 3, 1],
            ..Primitive::default()
        };
        make_flat(&mut corner);
        assert_eq!(corner.positions.len(), 6);
        assert_eq!(corner.normals[0], [0.0, 0.0, 1.0]);
        assert_eq!(corner.normals[3], [0.0, 1.0, 0.0]);
    }
}
