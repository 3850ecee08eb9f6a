//! Numbers out of buffers: accessors with strides, sparse parts and normalised integers.
//!
//! Every range is checked against view and buffer before anything is read or allocated.

use std::cell::Cell;

use crate::io::gltf_import::json::{At, Fault};
use crate::io::gltf_import::requirements;

/// Numbers that all accessors of a file may give together: a small file can ask for any number of zeros.
const MAX_NUMBERS: usize = 1 << 27;

/// The type of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Component {
    I8,
    U8,
    I16,
    U16,
    U32,
    F32,
}

impl Component {
    fn of(code: usize) -> Option<Self> {
        Some(match code {
            5120 => Self::I8,
            5121 => Self::U8,
            5122 => Self::I16,
            5123 => Self::U16,
            5125 => Self::U32,
            5126 => Self::F32,
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::U32 | Self::F32 => 4,
        }
    }

    /// The number in little-endian bytes of the right length, as a fraction if `normalized`.
    fn float(self, bytes: &[u8], normalized: bool) -> f32 {
        let bits = self.bits(bytes);
        let (value, most) = match self {
            Self::F32 => return f32::from_bits(bits),
            Self::I8 => (f32::from(bits as u8 as i8), 127.0),
            Self::U8 => (bits as f32, 255.0),
            Self::I16 => (f32::from(bits as u16 as i16), 32767.0),
            Self::U16 => (bits as f32, 65535.0),
            Self::U32 => (bits as f32, u32::MAX as f32),
        };
        if normalized {
            (value / most).max(-1.0)
        } else {
            value
        }
    }

    fn bits(self, bytes: &[u8]) -> u32 {
        match *bytes {
            [a] => u32::from(a),
            [a, b] => u32::from(u16::from_le_bytes([a, b])),
            [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }
}

/// How integers become floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// As the accessor's own flag says.
    AsFlagged,
    /// Always as fractions of their largest value: colours, weights.
    Fractions,
}

/// Elements of equal size at equal distances.
struct Span<'a> {
    bytes: &'a [u8],
    stride: usize,
}

/// Elements that replace others.
struct Sparse<'a> {
    places: Vec<usize>,
    values: Span<'a>,
}

/// An accessor whose ranges have been checked.
struct Layout<'a> {
    component: Component,
    normalized: bool,
    count: usize,
    base: Option<Span<'a>>,
    sparse: Option<Sparse<'a>>,
}

/// The accessors of a file and the buffers that they read.
pub struct Accessors<'a> {
    buffers: &'a [Vec<u8>],
    views: Vec<At<'a>>,
    accessors: Vec<At<'a>>,
    given: Cell<usize>,
}

impl<'a> Accessors<'a> {
    /// The accessors of a tree.
    pub fn new(root: &At<'a>, buffers: &'a [Vec<u8>]) -> Result<Self, Fault> {
        Ok(Self {
            buffers,
            views: root.list("bufferViews", "bufferView")?,
            accessors: root.list("accessors", "accessor")?,
            given: Cell::new(0),
        })
    }

    fn accessor(&self, user: &At) -> Result<&At<'a>, Fault> {
        let index = user.as_index("accessor", self.accessors.len())?;
        self.accessors
            .get(index)
            .ok_or_else(|| user.fault("does not exist"))
    }

    /// Counts numbers that are copied from elsewhere towards the limit of the file.
    pub fn charge(&self, numbers: usize) -> Result<(), Fault> {
        let given = self.given.get().saturating_add(numbers);
        if given > MAX_NUMBERS {
            return Err("holds more than can be shown".to_owned());
        }
        self.given.set(given);
        Ok(())
    }

    /// Numbers per element of the accessor that `user` names: 3 for `VEC3`.
    pub fn width(&self, user: &At) -> Result<usize, Fault> {
        let at = self.accessor(user)?;
        let kind = at.need("type").and_then(|kind| {
            let text = kind.as_text()?;
            width_of(text).ok_or_else(|| kind.fault(format_args!("{text:?} is no type")))
        });
        kind.map_err(|fault| user.fault(fault))
    }

    /// Whether the accessor that `user` names holds anything besides zeros.
    pub fn has_data(&self, user: &At) -> Result<bool, Fault> {
        let at = self.accessor(user)?;
        Ok(at.get("bufferView")?.is_some() || at.get("sparse")?.is_some())
    }

    /// Elements of `N` floats. They may be infinite or not a number.
    pub fn floats<const N: usize>(
        &self,
        user: &At,
        integers: Integers,
    ) -> Result<Vec<[f32; N]>, Fault> {
        let layout = self.layout::<N>(user)?;
        let component = layout.component;
        let normalized = layout.normalized || integers == Integers::Fractions;
        Ok(layout.read(|bytes| component.float(bytes, normalized)))
    }

    /// Elements of `N` whole numbers without sign.
    pub fn whole<const N: usize>(&self, user: &At) -> Result<Vec<[u32; N]>, Fault> {
        let layout = self.layout::<N>(user)?;
        let component = layout.component;
        if !matches!(component, Component::U8 | Component::U16 | Component::U32) {
            return Err(user.fault("its accessor does not hold whole numbers without sign"));
        }
        Ok(layout.read(|bytes| component.bits(bytes)))
    }

    /// The bytes of the buffer view that `user` names.
    pub fn view(&self, user: &At) -> Result<&'a [u8], Fault> {
        let index = user.as_index("bufferView", self.views.len())?;
        let at = self
            .views
            .get(index)
            .ok_or_else(|| user.fault("does not exist"))?;
        let buffer_index = at.need("buffer")?.as_index("buffer", self.buffers.len())?;
        let buffer = self
            .buffers
            .get(buffer_index)
            .map_or(&[][..], Vec::as_slice);
        let start = at.count("byteOffset")?.unwrap_or(0);
        let length = at.need("byteLength")?.whole()?;
        let end = start.checked_add(length);
        let bytes = end.and_then(|end| buffer.get(start..end));
        if let Some(bytes) = bytes {
            return Ok(bytes);
        }
        for name in ["EXT_meshopt_compression", "KHR_meshopt_compression"] {
            if at.extension(name)?.is_some() {
                return Err(at.fault(requirements::compressed(name)));
            }
        }
        Err(at.fault(format_args!(
            "reaches past the end of buffer {buffer_index}"
        )))
    }

    fn layout<const N: usize>(&self, user: &At) -> Result<Layout<'a>, Fault> {
        let width = self.width(user)?;
        if width != N {
            return Err(user.fault(format_args!(
                "its accessor has {width} numbers per element instead of {N}"
            )));
        }
        let at = self.accessor(user)?;
        self.checked_layout(at, N)
            .map_err(|fault| user.fault(fault))
    }

    fn checked_layout(&self, at: &At<'a>, width: usize) -> Result<Layout<'a>, Fault> {
        let component = component_of(at)?;
        let count = at.need("count")?.whole()?;
        self.charge(count.saturating_mul(width))
            .map_err(|_| at.fault(format_args!("a count of {count} is more than can be held")))?;
        let element = component.size() * width;
        let base = match at.get("bufferView")? {
            Some(view) => Some(self.span(at, &view, element, count, true)?),
            None => None,
        };
        let sparse = match at.get("sparse")? {
            Some(sparse) => Some(self.sparse(&sparse, element, count)?),
            None => None,
        };
        Ok(Layout {
            component,
            normalized: at.flag("normalized")?,
            count,
            base,
            sparse,
        })
    }

    /// The elements of `holder`, which names a view and an offset in it.
    fn span(
        &self,
        holder: &At,
        view: &At,
        element: usize,
        count: usize,
        strided: bool,
    ) -> Result<Span<'a>, Fault> {
        let bytes = self.view(view)?;
        let index = view.whole()?;
        let given = match self.views.get(index) {
            Some(at) if strided => at.count("byteStride")?.unwrap_or(0),
            _ => 0,
        };
        let stride = if given == 0 { element } else { given };
        if stride < element {
            return Err(holder.fault(format_args!(
                "its elements of {element} bytes overlap: bufferView {index} has a byteStride of {stride}"
            )));
        }
        let start = holder.count("byteOffset")?.unwrap_or(0);
        let last = count.saturating_sub(1).checked_mul(stride);
        let size = last.and_then(|last| last.checked_add(if count == 0 { 0 } else { element }));
        let end = size.and_then(|size| size.checked_add(start));
        let Some(bytes) = end.and_then(|end| bytes.get(start..end)) else {
            return Err(format!(
                "{} reads past the end of bufferView {index}",
                holder.place()
            ));
        };
        Ok(Span { bytes, stride })
    }

    fn sparse(&self, at: &At<'a>, element: usize, total: usize) -> Result<Sparse<'a>, Fault> {
        let count = at.need("count")?.whole()?;
        if count > total {
            return Err(at.fault(format_args!("replaces {count} elements of {total}")));
        }
        let (indices, values) = (at.need("indices")?, at.need("values")?);
        let component = component_of(&indices)?;
        let view = indices.need("bufferView")?;
        let span = self.span(&indices, &view, component.size(), count, false)?;
        let places: Vec<usize> = span
            .bytes
            .chunks_exact(component.size())
            .map(|bytes| component.bits(bytes) as usize)
            .collect();
        if let Some(place) = places.iter().find(|&&place| place >= total) {
            return Err(indices.fault(format_args!("element {place} does not exist")));
        }
        let view = values.need("bufferView")?;
        let values = self.span(&values, &view, element, count, false)?;
        Ok(Sparse { places, values })
    }
}

impl Layout<'_> {
    fn read<const N: usize, T: Copy + Default>(&self, number: impl Fn(&[u8]) -> T) -> Vec<[T; N]> {
        let size = self.component.size();
        let element = |bytes: &[u8]| {
            let mut numbers = [T::default(); N];
            for (slot, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(size)) {
                *slot = number(bytes);
            }
            numbers
        };
        let mut elements: Vec<[T; N]> = match &self.base {
            Some(span) => span.bytes.chunks(span.stride).map(element).collect(),
            None => vec![[T::default(); N]; self.count],
        };
        if let Some(sparse) = &self.sparse {
            let values = sparse.values.bytes.chunks(sparse.values.stride);
            for (&place, value) in sparse.places.iter().zip(values.map(element)) {
                if let Some(slot) = elements.get_mut(place) {
                    *slot = value;
                }
            }
        }
        elements
    }
}

fn component_of(at: &At) -> Result<Component, Fault> {
    let kind = at.need("componentType")?;
    let code = kind.whole()?;
    Component::of(code).ok_or_else(|| kind.fault(format_args!("{code} is no component type")))
}

fn width_of(kind: &str) -> Option<usize> {
    Some(match kind {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" | "MAT2" => 4,
        "MAT3" => 9,
        "MAT4" => 16,
        _ => return None,
    })
}
