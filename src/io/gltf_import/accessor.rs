//! Numbers out of buffers, read by the `gltf` crate once every range has been checked here.
//!
//! The crate's iterators trust counts, offsets and strides, and its readers know no quantised positions.

use std::cell::Cell;
use std::fmt::Display;

use gltf::Accessor;
use gltf::accessor::sparse::{IndexType, Sparse};
use gltf::accessor::util::ItemIter;
use gltf::accessor::{DataType, Item, Iter};
use gltf::buffer::{Buffer, View};

use crate::io::gltf_import::place::{Fault, Within};
use crate::io::gltf_import::requirements;

/// Numbers that all accessors of a file may give together: a small file can ask for any number of zeros.
const MAX_NUMBERS: usize = 1 << 27;

/// Elements that an accessor without bytes of its own may have, beside one for each four bytes of the file.
const MAX_ZEROS: usize = 1 << 17;

/// How integers become floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// As the accessor's own flag says.
    AsFlagged,
    /// Always as fractions of their largest value: colours, weights.
    Fractions,
}

/// `N` numbers that stand side by side.
struct Row<C, const N: usize>([C; N]);

impl<C: Item + Copy, const N: usize> Item for Row<C, N> {
    fn from_slice(slice: &[u8]) -> Self {
        let mut row = Self::zero();
        let numbers = slice.chunks_exact(size_of::<C>());
        for (slot, bytes) in row.0.iter_mut().zip(numbers) {
            *slot = C::from_slice(bytes);
        }
        row
    }

    fn zero() -> Self {
        Self([C::zero(); N])
    }
}

/// The buffers of a file, and how many numbers were read from them.
pub struct Accessors<'a> {
    buffers: &'a [Vec<u8>],
    given: Cell<usize>,
}

impl<'a> Accessors<'a> {
    /// Reads from these buffers.
    pub fn new(buffers: &'a [Vec<u8>]) -> Self {
        Self {
            buffers,
            given: Cell::new(0),
        }
    }

    /// Elements that an accessor without bytes may have: other attributes of the same points have bytes.
    fn zeros(&self) -> usize {
        let bytes: usize = self.buffers.iter().map(Vec::len).sum();
        MAX_ZEROS + bytes / 4
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

    /// Elements of `N` floats. They may be infinite or not a number.
    pub fn floats<const N: usize>(
        &self,
        accessor: &Accessor,
        integers: Integers,
    ) -> Result<Vec<[f32; N]>, Fault> {
        self.check(accessor, N)?;
        let fractions = accessor.normalized() || integers == Integers::Fractions;
        let scaled = |value: f32, most: f32| {
            if fractions {
                (value / most).max(-1.0)
            } else {
                value
            }
        };
        Ok(match accessor.data_type() {
            DataType::F32 => self.rows(accessor, |n: f32| n),
            DataType::I8 => self.rows(accessor, |n: i8| scaled(n.into(), 127.0)),
            DataType::U8 => self.rows(accessor, |n: u8| scaled(n.into(), 255.0)),
            DataType::I16 => self.rows(accessor, |n: i16| scaled(n.into(), 32767.0)),
            DataType::U16 => self.rows(accessor, |n: u16| scaled(n.into(), 65535.0)),
            DataType::U32 => self.rows(accessor, |n: u32| scaled(n as f32, u32::MAX as f32)),
        })
    }

    /// Elements of `N` whole numbers without sign.
    pub fn whole<const N: usize>(&self, accessor: &Accessor) -> Result<Vec<[u32; N]>, Fault> {
        self.check(accessor, N)?;
        Ok(match accessor.data_type() {
            DataType::U8 => self.rows(accessor, |n: u8| n.into()),
            DataType::U16 => self.rows(accessor, |n: u16| n.into()),
            DataType::U32 => self.rows(accessor, |n: u32| n),
            _ => return Err("its accessor does not hold whole numbers without sign".to_owned()),
        })
    }

    /// Reads an accessor that has been checked.
    fn rows<C: Item + Copy, T: Copy + Default, const N: usize>(
        &self,
        accessor: &Accessor,
        number: impl Fn(C) -> T + Copy,
    ) -> Vec<[T; N]> {
        let count = accessor.count();
        let bytes = |buffer: Buffer| self.buffers.get(buffer.index()).map(Vec::as_slice);
        let rows = match count {
            0 => None,
            _ => Iter::<Row<C, N>>::new(accessor.clone(), bytes),
        };
        match rows {
            Some(rows) => rows.map(|row| row.0.map(number)).collect(),
            None => vec![[T::default(); N]; count],
        }
    }

    /// The bytes of a buffer view.
    pub fn view(&self, view: &View) -> Result<&'a [u8], Fault> {
        let index = view.buffer().index();
        let buffer = self.buffers.get(index).map_or(&[][..], Vec::as_slice);
        let end = view.offset().checked_add(view.length());
        if let Some(bytes) = end.and_then(|end| buffer.get(view.offset()..end)) {
            return Ok(bytes);
        }
        let place = format!("bufferView {}", view.index());
        for name in requirements::MESHOPT {
            if view.extension_value(name).is_some() {
                return Err(requirements::compressed(name)).within(place);
            }
        }
        Err(format!("reaches past the end of buffer {index}")).within(place)
    }

    /// Passes if the accessor has `width` numbers per element, all of them inside its buffers.
    fn check(&self, accessor: &Accessor, width: usize) -> Result<(), Fault> {
        let given = accessor.dimensions().multiplicity();
        if given != width {
            return Err(format!(
                "its accessor has {given} numbers per element instead of {width}"
            ));
        }
        let (count, size) = (accessor.count(), accessor.size());
        let place = format_args!("accessor {}", accessor.index());
        self.charge(count.saturating_mul(width))
            .map_err(|_| format!("{place}: a count of {count} is more than can be held"))?;
        match accessor.view() {
            Some(view) => drop(self.span(place, &view, accessor.offset(), size, count)?),
            None if count > self.zeros() => {
                return Err(format!(
                    "{place}: a count of {count} zeros is more than the file needs"
                ));
            }
            None => {}
        }
        match accessor.sparse() {
            Some(sparse) => self.check_sparse(&format!("{place}, sparse"), &sparse, size, count),
            None => Ok(()),
        }
    }

    /// The bytes of the elements that start at an offset of a view.
    fn span(
        &self,
        place: impl Display,
        view: &View,
        start: usize,
        size: usize,
        count: usize,
    ) -> Result<&'a [u8], Fault> {
        let bytes = self.view(view)?;
        let index = view.index();
        let stride = view.stride().unwrap_or(size);
        if stride < size {
            return Err(format!(
                "{place}: its elements of {size} bytes overlap: bufferView {index} has a byteStride of {stride}"
            ));
        }
        let length = match count {
            0 => Some(0),
            _ => (count - 1)
                .checked_mul(stride)
                .and_then(|last| last.checked_add(size)),
        };
        let end = length.and_then(|length| length.checked_add(start));
        end.and_then(|end| bytes.get(start..end))
            .ok_or_else(|| format!("{place} reads past the end of bufferView {index}"))
    }

    fn check_sparse(
        &self,
        place: &str,
        sparse: &Sparse,
        size: usize,
        total: usize,
    ) -> Result<(), Fault> {
        let (count, indices, values) = (sparse.count(), sparse.indices(), sparse.values());
        if count == 0 || count > total {
            return Err(format!("{place}: replaces {count} elements of {total}"));
        }
        let kind = indices.index_type();
        let view = indices.view();
        let place_of_indices = format!("{place}, indices");
        let bytes = self.span(
            &place_of_indices,
            &view,
            indices.offset(),
            kind.size(),
            count,
        )?;
        let stride = view.stride().unwrap_or(kind.size());
        let places: Vec<u32> = match kind {
            IndexType::U8 => ItemIter::<u8>::new(bytes, stride).map(u32::from).collect(),
            IndexType::U16 => ItemIter::<u16>::new(bytes, stride).map(u32::from).collect(),
            IndexType::U32 => ItemIter::<u32>::new(bytes, stride).collect(),
        };
        if let Some(wrong) = places.iter().find(|&&place| place as usize >= total) {
            return Err(format!(
                "{place_of_indices}: element {wrong} does not exist"
            ));
        }
        if !places.is_sorted_by(|a, b| a < b) {
            return Err(format!("{place_of_indices}: are not in ascending order"));
        }
        let place = format!("{place}, values");
        self.span(&place, &values.view(), values.offset(), size, count)?;
        Ok(())
    }
}
