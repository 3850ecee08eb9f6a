//! One turned or carved piece of wood: closed rings along an axis, joined by a smooth curve.
//!
//! A piece lives in its own space: Y along the axis, X across, Z to its front. It starts and ends at
//! a point, so that it is closed and may reach into the next piece without ever opening a gap.

use std::f64::consts::TAU;

use glam::{DAffine3, DVec2, DVec3};

/// A cross section: a superellipse with its own front and back half.
#[derive(Clone, Copy, Debug)]
pub struct Ring {
    /// Place along the axis, half width, depth to the front and to the back, metres.
    along: f64,
    half: f64,
    front: f64,
    back: f64,
    /// The centre, metres off the axis.
    centre: DVec2,
    /// Exponents of the front and back half: 2 is an ellipse, more is squarer.
    front_power: f64,
    back_power: f64,
    /// 0 is the light wood of the limbs, 1 the dark wood of the balls.
    tone: f64,
}

/// A round section.
pub fn round(along: f64, radius: f64) -> Ring {
    egg(along, radius, radius, radius)
}

/// An ellipse.
pub fn oval(along: f64, half: f64, depth: f64) -> Ring {
    egg(along, half, depth, depth)
}

/// A section with another depth to the front than to the back.
pub fn egg(along: f64, half: f64, front: f64, back: f64) -> Ring {
    Ring {
        along,
        half,
        front,
        back,
        centre: DVec2::ZERO,
        front_power: 2.0,
        back_power: 2.0,
        tone: 0.0,
    }
}

impl Ring {
    /// Moves the centre.
    pub fn at(mut self, x: f64, z: f64) -> Self {
        self.centre = DVec2::new(x, z);
        self
    }

    /// Makes the front and back half squarer.
    pub fn square(mut self, front: f64, back: f64) -> Self {
        (self.front_power, self.back_power) = (front, back);
        self
    }

    /// Turned from the dark wood.
    pub fn dark(mut self) -> Self {
        self.tone = 1.0;
        self
    }

    fn numbers(&self) -> [f64; 9] {
        [
            self.along,
            self.half,
            self.front,
            self.back,
            self.centre.x,
            self.centre.y,
            self.front_power,
            self.back_power,
            self.tone,
        ]
    }

    fn from_numbers(n: [f64; 9]) -> Self {
        let [
            along,
            half,
            front,
            back,
            x,
            z,
            front_power,
            back_power,
            tone,
        ] = n;
        Self {
            along,
            half: half.max(0.0),
            front: front.max(0.0),
            back: back.max(0.0),
            centre: DVec2::new(x, z),
            front_power,
            back_power,
            tone,
        }
    }

    /// The same ring seen across the axis: the curve runs straight through its end points.
    fn beyond(&self) -> Self {
        Self {
            half: -self.half,
            front: -self.front,
            back: -self.back,
            ..*self
        }
    }

    fn point(&self, turn: f64) -> DVec3 {
        let (sin, cos) = (turn * TAU).sin_cos();
        let (depth, power) = if sin >= 0.0 {
            (self.front, self.front_power)
        } else {
            (self.back, self.back_power)
        };
        let bent = |v: f64| v.signum() * v.abs().powf(2.0 / power);
        DVec3::new(
            self.centre.x + self.half * bent(cos),
            self.along,
            self.centre.y + depth * bent(sin),
        )
    }

    fn gap(&self, other: &Self) -> f64 {
        let d = DVec3::new(
            self.along - other.along,
            self.half - other.half,
            self.front - other.front,
        );
        let back = self.back - other.back;
        (d.length_squared() + back * back + self.centre.distance_squared(other.centre)).sqrt()
    }
}

/// What moves a piece.
#[derive(Clone, Debug)]
pub enum Holder {
    /// One bone.
    Bone(String),
    /// The hand, with the palm bones gaining towards the knuckles.
    Palm,
}

/// A piece of the figure.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The picture of its wood; pieces of one name share it.
    pub wood: &'static str,
    pub holder: Holder,
    /// Armature space from the piece's space.
    pub place: DAffine3,
    pub rings: Vec<Ring>,
    /// Columns around and rows along of the finished mesh.
    pub columns: usize,
    pub rows: usize,
    /// A last change to every point.
    pub warp: fn(DVec3) -> DVec3,
}

/// The mesh of one piece, in its own space; `rows` x (`columns` + 1) points.
pub struct Grid {
    pub points: Vec<DVec3>,
    pub normals: Vec<DVec3>,
    pub uvs: Vec<DVec2>,
    pub triangles: Vec<[usize; 3]>,
}

/// The curve through a piece's rings, and where along it the rows lie.
pub struct Surface {
    rings: Vec<Ring>,
    knots: Vec<f64>,
    /// Knot value and share of the length of each row.
    rows: Vec<(f64, f64)>,
    warp: fn(DVec3) -> DVec3,
}

/// Fine steps along the curve for measuring it.
const FINE: usize = 600;
/// How much a full half turn of the profile draws rows, against its whole length.
const CURVE: f64 = 0.35;

impl Piece {
    /// Whether it starts and ends at a point.
    pub fn is_closed(&self) -> bool {
        let ends = [self.rings.first(), self.rings.last()];
        ends.into_iter()
            .flatten()
            .all(|ring| ring.half.max(ring.front).max(ring.back) == 0.0)
    }

    pub fn surface(&self) -> Surface {
        let mut rings = Vec::with_capacity(self.rings.len() + 2);
        rings.extend(self.rings.get(1).map(Ring::beyond));
        rings.extend_from_slice(&self.rings);
        rings.extend(self.rings.iter().rev().nth(1).map(Ring::beyond));
        let mut knots = vec![0.0];
        for pair in rings.windows(2) {
            if let [a, b] = pair {
                let last = knots.last().copied().unwrap_or_default();
                knots.push(last + a.gap(b).max(1e-6).sqrt());
            }
        }
        let mut surface = Surface {
            rings,
            knots,
            rows: Vec::new(),
            warp: self.warp,
        };
        surface.rows = surface.spread(self.rows);
        surface
    }

    pub fn grid(&self) -> Grid {
        let surface = self.surface();
        let (columns, rows) = (self.columns, self.rows);
        let mut grid = Grid {
            points: Vec::new(),
            normals: Vec::new(),
            uvs: Vec::new(),
            triangles: Vec::new(),
        };
        for (_, v) in &surface.rows {
            for column in 0..=columns {
                // The last column repeats the first one exactly; only its picture differs.
                let turn = (column % columns) as f64 / columns as f64;
                grid.points.push(surface.point(turn, *v));
                grid.uvs
                    .push(DVec2::new(column as f64 / columns as f64, *v));
            }
        }
        let at = |row: usize, column: usize| row * (columns + 1) + column;
        for row in 0..rows - 1 {
            for column in 0..columns {
                let (a, b) = (at(row, column), at(row, column + 1));
                let (c, d) = (at(row + 1, column), at(row + 1, column + 1));
                // The diagonals are mirrored too, so that the middle pieces are symmetrical.
                let far = (4 * column + 2) / columns;
                let (first, second) = if far == 0 || far == 3 {
                    ([a, d, b], [a, c, d])
                } else {
                    ([a, c, b], [b, c, d])
                };
                let ends = [row > 0, row < rows - 2];
                match ends {
                    [true, true] => grid.triangles.extend([first, second]),
                    [true, false] => grid.triangles.push([a, c, b]),
                    _ => grid.triangles.push([a, c, d]),
                }
            }
        }
        grid.normals = normals(&grid, columns, rows);
        grid
    }
}

/// Area-weighted normals over the four-sided faces, with the seam and both end points welded.
fn normals(grid: &Grid, columns: usize, rows: usize) -> Vec<DVec3> {
    let weld = |i: usize| {
        let (row, column) = (i / (columns + 1), i % (columns + 1));
        let column = if row == 0 || row == rows - 1 {
            0
        } else {
            column % columns
        };
        row * (columns + 1) + column
    };
    let mut sums = vec![DVec3::ZERO; grid.points.len()];
    for row in 0..rows - 1 {
        for column in 0..columns {
            let a = row * (columns + 1) + column;
            let quad = [a, a + 1, a + columns + 1, a + columns + 2];
            let [p, q, r, s] = quad.map(|i| grid.points[i]);
            let face = (r - q).cross(s - p);
            for corner in quad {
                sums[weld(corner)] += face;
            }
        }
    }
    (0..sums.len())
        .map(|i| sums[weld(i)].normalize_or(DVec3::Y))
        .collect()
}

impl Surface {
    /// The point at a share of a turn and a share of the length.
    pub fn point(&self, turn: f64, v: f64) -> DVec3 {
        (self.warp)(self.ring(v).point(turn))
    }

    /// 0 for the light wood, 1 for the dark, at a share of the length.
    pub fn tone(&self, v: f64) -> f64 {
        self.ring(v).tone
    }

    /// Length along the axis and greatest girth, metres.
    pub fn size(&self) -> DVec2 {
        let rings: Vec<Ring> = (0..=60).map(|i| self.ring(f64::from(i) / 60.0)).collect();
        let length = rings.windows(2).map(|w| w[0].gap(&w[1])).sum();
        let girth = |r: &Ring| TAU * 0.5 * (r.half + (r.front + r.back) * 0.5);
        DVec2::new(rings.iter().map(girth).fold(0.0, f64::max), length)
    }

    fn ring(&self, v: f64) -> Ring {
        let last = self.rows.len() - 1;
        let next = self
            .rows
            .partition_point(|(_, share)| *share < v)
            .clamp(1, last);
        let ((k0, v0), (k1, v1)) = (self.rows[next - 1], self.rows[next]);
        let t = ((v - v0) / (v1 - v0).max(1e-12)).clamp(0.0, 1.0);
        self.at_knot(k0 + (k1 - k0) * t)
    }

    /// Centripetal Catmull-Rom: no loops, however close the rings are.
    fn at_knot(&self, knot: f64) -> Ring {
        let span = self
            .knots
            .partition_point(|k| *k <= knot)
            .clamp(2, self.knots.len() - 2);
        let k: [f64; 4] = std::array::from_fn(|i| self.knots[span - 2 + i]);
        let p: [[f64; 9]; 4] = std::array::from_fn(|i| self.rings[span - 2 + i].numbers());
        let mix = |a: [f64; 9], b: [f64; 9], from: f64, to: f64| -> [f64; 9] {
            let t = (knot - from) / (to - from);
            std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t)
        };
        let a: [[f64; 9]; 3] = std::array::from_fn(|i| mix(p[i], p[i + 1], k[i], k[i + 1]));
        let b: [[f64; 9]; 2] = std::array::from_fn(|i| mix(a[i], a[i + 1], k[i], k[i + 2]));
        let mut smooth = mix(b[0], b[1], k[1], k[2]);
        // Wood changes at a cut, so its tone must not swing past its ends.
        smooth[8] = mix(p[1], p[2], k[1], k[2])[8];
        Ring::from_numbers(smooth)
    }

    /// Places the rows so that long and strongly curved stretches get more of them.
    fn spread(&self, rows: usize) -> Vec<(f64, f64)> {
        let (from, to) = (self.knots[1], self.knots[self.knots.len() - 2]);
        let knot = |i: usize| from + (to - from) * i as f64 / FINE as f64;
        let fine: Vec<Ring> = (0..=FINE).map(|i| self.at_knot(knot(i))).collect();
        let steps: Vec<f64> = fine.windows(2).map(|w| w[0].gap(&w[1])).collect();
        let headings: Vec<DVec2> = fine
            .windows(2)
            .map(|w| DVec2::new(w[1].along - w[0].along, w[1].front - w[0].front))
            .collect();
        let total: f64 = steps.iter().sum();
        let mut cost = vec![(0.0, 0.0)];
        for (i, step) in steps.iter().enumerate() {
            let turn = if i == 0 {
                0.0
            } else {
                headings[i - 1].angle_to(headings[i]).abs()
            };
            let turn = if turn.is_finite() { turn } else { 0.0 };
            let (length, spent) = cost[i];
            cost.push((
                length + step / total,
                spent + step / total + CURVE * turn / TAU * 2.0,
            ));
        }
        let whole = cost[FINE].1;
        (0..rows)
            .map(|row| {
                let want = whole * row as f64 / (rows - 1) as f64;
                let next = cost.partition_point(|c| c.1 < want).clamp(1, FINE);
                let ((l0, c0), (l1, c1)) = (cost[next - 1], cost[next]);
                let t = ((want - c0) / (c1 - c0).max(1e-12)).clamp(0.0, 1.0);
                (
                    knot(next - 1) + (knot(next) - knot(next - 1)) * t,
                    l0 + (l1 - l0) * t,
                )
            })
            .collect()
    }
}
