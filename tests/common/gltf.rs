//! Small glTF files made by code: a tree and one buffer, written as `.glb` or `.gltf`.

use serde_json::{Value, json};

/// A file in the making.
#[derive(Clone)]
pub struct Builder {
    /// The tree, all of it open to change.
    pub json: Value,
    /// The only buffer.
    pub bin: Vec<u8>,
}

impl Builder {
    /// A file whose scene lists these nodes.
    pub fn new(scene_nodes: &[usize]) -> Self {
        let json = json!({
            "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": scene_nodes}],
            "nodes": [], "meshes": [], "skins": [], "materials": [], "textures": [], "images": [],
            "accessors": [], "bufferViews": [], "extensionsUsed": [],
        });
        Self {
            json,
            bin: Vec::new(),
        }
    }

    /// Adds an item to a list of the tree and gives its index.
    pub fn push(&mut self, list: &str, item: Value) -> usize {
        let items = self.json[list].as_array_mut().expect("a list of the tree");
        items.push(item);
        items.len() - 1
    }

    /// Adds a node.
    pub fn node(&mut self, node: Value) -> usize {
        self.push("nodes", node)
    }

    /// Adds a mesh of one primitive.
    pub fn mesh(&mut self, primitive: Value) -> usize {
        self.push("meshes", json!({"primitives": [primitive]}))
    }

    /// Adds bytes and a view of them.
    pub fn view(&mut self, bytes: &[u8]) -> usize {
        while !self.bin.len().is_multiple_of(4) {
            self.bin.push(0);
        }
        let start = self.bin.len();
        self.bin.extend_from_slice(bytes);
        let view = json!({"buffer": 0, "byteOffset": start, "byteLength": bytes.len()});
        self.push("bufferViews", view)
    }

    /// Adds an accessor of its own view.
    pub fn accessor(&mut self, bytes: &[u8], component: u32, kind: &str, count: usize) -> usize {
        let view = self.view(bytes);
        let accessor =
            json!({"bufferView": view, "componentType": component, "type": kind, "count": count});
        self.push("accessors", accessor)
    }

    /// Adds an accessor of floats.
    pub fn floats(&mut self, kind: &str, numbers: &[f32]) -> usize {
        let width = match kind {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            "VEC4" => 4,
            _ => 16,
        };
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.accessor(&bytes, 5126, kind, numbers.len() / width)
    }

    /// Adds an accessor of 16-bit indices.
    pub fn shorts(&mut self, kind: &str, numbers: &[u16]) -> usize {
        let width = if kind == "VEC4" { 4 } else { 1 };
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.accessor(&bytes, 5123, kind, numbers.len() / width)
    }

    /// Adds the positions of a triangle: (0,0,0), (1,0,0), (0,1,0).
    pub fn triangle(&mut self) -> usize {
        self.floats("VEC3", &[0., 0., 0., 1., 0., 0., 0., 1., 0.])
    }

    /// The tree with its buffer declared; with a URI or for the binary chunk.
    fn tree(&self, uri: Option<&str>) -> String {
        let mut json = self.json.clone();
        let mut buffer = json!({"byteLength": self.bin.len()});
        if let Some(uri) = uri {
            buffer["uri"] = json!(uri);
        }
        if json.get("buffers").is_none() && !self.bin.is_empty() {
            json["buffers"] = json!([buffer]);
        }
        json.to_string()
    }

    /// The bytes of a `.gltf` whose buffer has this URI.
    pub fn gltf(&self, uri: &str) -> Vec<u8> {
        self.tree(Some(uri)).into_bytes()
    }

    /// The bytes of a `.glb`.
    pub fn glb(&self) -> Vec<u8> {
        let mut tree = self.tree(None).into_bytes();
        tree.resize(tree.len().next_multiple_of(4), b' ');
        let mut bin = self.bin.clone();
        bin.resize(bin.len().next_multiple_of(4), 0);
        let mut bytes = b"glTF\x02\0\0\0\0\0\0\0".to_vec();
        for (kind, chunk) in [(b"JSON", tree), (b"BIN\0", bin)] {
            bytes.extend((chunk.len() as u32).to_le_bytes());
            bytes.extend(kind);
            bytes.extend(chunk);
        }
        let length = (bytes.len() as u32).to_le_bytes();
        bytes[8..12].copy_from_slice(&length);
        bytes
    }
}

/// The bytes as a data URI, in base64.
pub fn data_uri(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = "data:application/octet-stream;base64,".to_owned();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, &b| bits << 8 | u32::from(b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() {
                digit.into()
            } else {
                '='
            });
        }
    }
    text
}

/// A PNG of one colour.
pub fn png(width: u32, height: u32, rgba: [u8; 4]) -> Vec<u8> {
    let picture = image::RgbaImage::from_pixel(width, height, image::Rgba(rgba));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture in memory can be written");
    bytes.into_inner()
}

/// A character of two joints under an armature node: one skinned triangle, one prop on the second joint.
///
/// Nodes: 0 `Scene`, 1 `Hero`, 2 `hips` at (0, 1, 0), 3 `spine` 1 above, 4 `body` (skinned), 5 `sword`.
pub fn character() -> Builder {
    let mut b = Builder::new(&[0]);
    let positions = b.triangle();
    let joints = b.shorts("VEC4", &[0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
    let weights = b.floats("VEC4", &[1., 1., 0., 0., 0., 3., 0., 0., 0., 0., 0., 0.]);
    let skinned = b.mesh(json!({"attributes":
        {"POSITION": positions, "JOINTS_0": joints, "WEIGHTS_0": weights}}));
    let rigid = b.mesh(json!({"attributes": {"POSITION": positions}}));
    b.node(json!({"name": "Scene", "children": [1]}));
    b.node(json!({"name": "Hero", "children": [4, 2]}));
    b.node(json!({"name": "hips", "children": [3], "translation": [0, 1, 0]}));
    b.node(json!({"name": "spine", "children": [5], "translation": [0, 1, 0]}));
    b.node(json!({"name": "body", "mesh": skinned, "skin": 0, "translation": [9, 9, 9]}));
    b.node(json!({"name": "sword", "mesh": rigid, "translation": [0, 0, 2]}));
    b.push("skins", json!({"joints": [2, 3]}));
    b
}
