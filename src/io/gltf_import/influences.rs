//! Which joints move a vertex, and how much: any number of sets of four, made to sum to one.

use gltf::{Primitive as Source, Semantic};

use crate::io::gltf_import::accessor::{Accessors, Integers};
use crate::io::gltf_import::place::{Fault, Within};
use crate::model::mesh::{Influence, Primitive};

struct Set {
    joints: Vec<[u32; 4]>,
    weights: Vec<[f32; 4]>,
}

/// Reads all sets of joints and weights into the primitive, whose positions are there already.
pub fn read(
    source: &Source,
    place: &str,
    accessors: &Accessors,
    joints: usize,
    primitive: &mut Primitive,
) -> Result<(), Fault> {
    let count = primitive.positions.len();
    let mut sets = Vec::new();
    for number in 0.. {
        let Some(set) = read_set(source, place, accessors, number, count)? else {
            break;
        };
        sets.push(set);
    }
    let mut starts = Vec::with_capacity(count + 1);
    let mut influences = Vec::with_capacity(count * 2);
    starts.push(0);
    for vertex in 0..count {
        let begin = influences.len();
        let own = sets.iter().flat_map(|set| set.influences(vertex));
        influences.extend(own.filter(|influence| influence.weight > 0.0));
        normalize(&mut influences, begin);
        starts.push(u32::try_from(influences.len()).unwrap_or(u32::MAX));
    }
    if let Some(wrong) = influences.iter().find(|i| i.joint as usize >= joints) {
        return Err(format!(
            "{place}: JOINTS: joint {} does not exist; its skin has {joints}",
            wrong.joint
        ));
    }
    primitive.influence_starts = starts;
    primitive.influences = influences;
    Ok(())
}

impl Set {
    fn influences(&self, vertex: usize) -> impl Iterator<Item = Influence> + '_ {
        let joints = self.joints.get(vertex).copied().unwrap_or_default();
        let weights = self.weights.get(vertex).copied().unwrap_or_default();
        let pairs = joints.into_iter().zip(weights);
        pairs.map(|(joint, weight)| Influence { joint, weight })
    }
}

fn read_set(
    source: &Source,
    place: &str,
    accessors: &Accessors,
    number: u32,
    count: usize,
) -> Result<Option<Set>, Fault> {
    let joints = source.get(&Semantic::Joints(number));
    let weights = source.get(&Semantic::Weights(number));
    let (Some(joints), Some(weights)) = (joints, weights) else {
        return Ok(None);
    };
    let joints_place = format!("{place}, JOINTS_{number}");
    let weights_place = format!("{place}, WEIGHTS_{number}");
    for (accessor, place) in [(&joints, &joints_place), (&weights, &weights_place)] {
        let length = accessor.count();
        if length != count {
            return Err(format!(
                "{place}: has {length} elements for {count} vertices"
            ));
        }
    }
    Ok(Some(Set {
        joints: accessors.whole(&joints).within(joints_place)?,
        weights: accessors
            .floats(&weights, Integers::Fractions)
            .within(weights_place)?,
    }))
}

/// Makes the weights from `begin` on sum to one; a vertex without any follows the first joint.
fn normalize(influences: &mut Vec<Influence>, begin: usize) {
    let own = influences.get_mut(begin..).unwrap_or_default();
    let largest = own.iter().map(|i| i.weight).fold(0.0, f32::max);
    if largest.is_finite() && largest > 0.0 {
        // Divided by the largest first, so that very large and very small weights survive the sum.
        let sum: f32 = own.iter().map(|i| i.weight / largest).sum();
        for influence in own {
            influence.weight = influence.weight / largest / sum;
        }
        return;
    }
    influences.truncate(begin);
    influences.push(Influence {
        joint: 0,
        weight: 1.0,
    });
}
