//! Pictures as tests see them: drawn small, read back, compared.

use keypose::eval::evaluator::DocumentEvaluator;
use keypose::eval::keyed::KeyedDocument;
use keypose::model::document::Document;
use keypose::model::view::{Camera, View};
use keypose::render::{FrameInput, Gpu, Viewport, ViewportColors};

use glam::{Quat, Vec2, Vec3};

/// Pixels of every picture.
pub const SIZE: (u32, u32) = (160, 120);

/// A device; without one the test fails and says what to install.
pub fn gpu() -> Gpu {
    match Gpu::headless() {
        Ok(gpu) => gpu,
        Err(error) => panic!("{error}"),
    }
}

/// Looks along +Y at the middle of a metre, from the front and a little above.
pub fn camera() -> Camera {
    Camera {
        target: Vec3::new(0.0, 0.0, 0.5),
        rotation: Quat::from_rotation_x(80f32.to_radians()),
        distance: 2.0,
        ..Camera::default()
    }
}

/// No bones, no floor.
pub fn bare() -> View {
    View {
        overlays: false,
        ..View::default()
    }
}

/// A device and a viewport.
pub struct Studio {
    pub gpu: Gpu,
    pub viewport: Viewport,
    pub poses: DocumentEvaluator,
    pub keyed: KeyedDocument,
    pub camera: Camera,
}

impl Studio {
    pub fn new() -> Self {
        let gpu = gpu();
        Self {
            viewport: Viewport::new(&gpu),
            gpu,
            poses: DocumentEvaluator::default(),
            keyed: KeyedDocument::default(),
            camera: camera(),
        }
    }

    pub fn shoot(&mut self, document: &Document, view: &View) -> Picture {
        self.shoot_in(document, view, SIZE)
    }

    pub fn shoot_in(&mut self, document: &Document, view: &View, size: (u32, u32)) -> Picture {
        self.poses.evaluate(document);
        self.keyed.update(document, false);
        let input = FrameInput {
            document,
            poses: &self.poses,
            keyed: Some(&self.keyed),
            camera: &self.camera,
            view,
            size,
            pixels_per_point: 1.0,
            hovered: None,
            hovered_empty: None,
            theme: &ViewportColors::default(),
        };
        self.viewport.draw(&self.gpu, &input);
        let (width, height, rgba) = self.viewport.read_rgba(&self.gpu).unwrap();
        Picture {
            width,
            height,
            rgba,
        }
    }

    /// Where a world point lies in the picture.
    pub fn pixel(&self, point: Vec3) -> (u32, u32) {
        let size = Vec2::new(SIZE.0 as f32, SIZE.1 as f32);
        let (pixel, _) = self.camera.project(point, size).unwrap();
        (pixel.x as u32, pixel.y as u32)
    }
}

/// Rows of RGBA, top first.
#[derive(Clone, PartialEq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl Picture {
    pub fn at(&self, (x, y): (u32, u32)) -> [u8; 4] {
        let start = ((y * self.width + x) * 4) as usize;
        self.rgba[start..start + 4].try_into().unwrap()
    }

    /// How many pixels are within `tolerance` of a colour, per channel.
    pub fn count(&self, color: [f32; 4], tolerance: u8) -> usize {
        let wanted = color.map(|c| (c * 255.0).round() as u8);
        let near = |pixel: &[u8]| {
            let channels = pixel.iter().zip(wanted).take(3);
            channels
                .into_iter()
                .all(|(a, b)| a.abs_diff(b) <= tolerance)
        };
        self.rgba.chunks_exact(4).filter(|p| near(p)).count()
    }

    /// Mean difference of a channel, and how many pixels differ by more than 24 in any.
    pub fn difference(&self, other: &Self) -> (f32, usize) {
        assert_eq!((self.width, self.height), (other.width, other.height));
        let pairs = self.rgba.iter().zip(&other.rgba);
        let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        let pixels = self.rgba.chunks_exact(4).zip(other.rgba.chunks_exact(4));
        let far = pixels.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 24));
        (sum as f32 / self.rgba.len() as f32, far.count())
    }

    /// Fails unless the picture is that of `tests/golden/<name>.png`, but for what drivers may do
    /// differently. `UPDATE_SNAPSHOTS=1` writes the file; a failure leaves its picture beside it.
    pub fn assert_golden(&self, name: &str) {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        let path = folder.join(format!("{name}.png"));
        let save = |path: &std::path::Path| {
            let color = image::ColorType::Rgba8;
            image::save_buffer(path, &self.rgba, self.width, self.height, color).unwrap();
        };
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            save(&path);
            return;
        }
        let golden = image::open(&path).unwrap().to_rgba8();
        let golden = Self {
            width: golden.width(),
            height: golden.height(),
            rgba: golden.into_raw(),
        };
        let (mean, far) = self.difference(&golden);
        if mean > 1.0 || far > self.rgba.len() / 4 / 200 {
            save(&folder.join(format!("{name}.new.png")));
            panic!("{name} differs: {mean} on average, {far} pixels by much; see {name}.new.png");
        }
    }
}
