//! Relationships in a tray: how a batch goes to a worker without a value being looked at.

use std::ops::Range;

use rin_abi::host::fits;
use rin_core::{Batch, Column, ColumnData, ColumnRequest, Moment, Values};

use super::wire::{Eye, Garbled, Pen};
use crate::{CallFault, part::Part};

/// Where a column may begin: the alignment of every value, and of a cache line.
const ALIGN: usize = 64;

const ABSENT: u8 = 0;
const U32: u8 = 1;
const U64: u8 = 2;
const I64: u8 = 3;
const F32: u8 = 4;
const UTF8: u8 = 5;

/// Finds the columns asked for, in the order asked for; `None` stands for one that it can do without.
pub(crate) fn asked<'a>(
    batch: &Batch<'a>,
    requests: &[ColumnRequest],
) -> Result<Vec<Option<ColumnData<'a>>>, CallFault> {
    let find = |request: &ColumnRequest| {
        let found = batch.columns().iter().find(|data| data.column == request.column && fits(data));
        match found {
            None if !request.is_optional => {
                Err(CallFault::MissingColumn { name: request.column.name() })
            }
            found => Ok(found.copied()),
        }
    };
    requests.iter().map(find).collect()
}

/// Returns how many bytes of a tray a part of the columns takes.
fn room(columns: &[Option<ColumnData<'_>>], part: Part) -> usize {
    let room = |data: &ColumnData<'_>| {
        let width = match data.values {
            Values::U32(_) | Values::F32(_) | Values::Utf8 { .. } => 4,
            _ => 8,
        };
        let text = match data.values {
            Values::Utf8 { offsets, .. } => own_text(offsets.get(part.from..=part.to)).len(),
            _ => 0,
        };
        // Bits, the last offset, and what is left free between one thing and the next.
        width * part.rows() + text + part.rows() / 8 + 4 * ALIGN
    };
    columns.iter().flatten().map(room).fold(0, usize::saturating_add)
}

/// Returns where the text of these offsets lies.
fn own_text(offsets: Option<&[i32]>) -> Range<usize> {
    let place = |offset: Option<&i32>| offset.and_then(|at| usize::try_from(*at).ok());
    let offsets = offsets.unwrap_or_default();
    place(offsets.first()).unwrap_or_default()..place(offsets.last()).unwrap_or_default()
}

/// Lays a part of the columns into a tray, writes where they lie, and returns how far the tray is used; `None` if there
/// is no room.
pub(crate) fn lay(
    columns: &[Option<ColumnData<'_>>],
    requests: &[ColumnRequest],
    part: Part,
    tray: &mut [u8],
    pen: &mut Pen,
) -> Option<usize> {
    if tray.len() < room(columns, part) {
        return None;
    }
    let mut layer = Layer { tray, at: 0, fits: true };
    pen.u64(part.rows() as u64).u64(columns.len() as u64);
    for (data, request) in columns.iter().zip(requests) {
        pen.u32(request.column.id());
        match data {
            Some(data) => layer.column(data, part, pen),
            None => {
                pen.u8(ABSENT);
            }
        }
    }
    layer.fits.then_some(layer.at)
}

/// Fills a tray from its beginning.
struct Layer<'t> {
    tray: &'t mut [u8],
    at: usize,
    fits: bool,
}

impl Layer<'_> {
    fn column(&mut self, data: &ColumnData<'_>, part: Part, pen: &mut Pen) {
        let Part { from, to } = part;
        match data.values {
            Values::U32(values) => self.numbers(U32, values.get(from..to), pen),
            Values::U64(values) => self.numbers(U64, values.get(from..to), pen),
            Values::I64(values) => self.numbers(I64, values.get(from..to), pen),
            Values::F32(values) => self.numbers(F32, values.get(from..to), pen),
            Values::Utf8 { offsets, bytes } => self.texts(offsets.get(from..=to), bytes, pen),
            _ => {
                pen.u8(ABSENT);
                return;
            }
        }
        pen.flag(data.validity.is_some());
        if let Some(bits) = data.validity {
            self.raw(bits.get(from / 8..to.div_ceil(8)).unwrap_or_default(), pen);
        }
    }

    fn numbers<T: Number>(&mut self, kind: u8, values: Option<&[T]>, pen: &mut Pen) {
        pen.u8(kind);
        self.raw(as_bytes(values.unwrap_or_default()), pen);
    }

    /// Lays texts down with offsets that begin at 0, so that only the part's own text goes.
    fn texts(&mut self, offsets: Option<&[i32]>, bytes: &[u8], pen: &mut Pen) {
        let text = bytes.get(own_text(offsets)).unwrap_or_default();
        let offsets = offsets.unwrap_or_default();
        let first = offsets.first().copied().unwrap_or_default();
        let own: Vec<i32> = offsets.iter().map(|offset| offset.wrapping_sub(first)).collect();
        self.numbers(UTF8, Some(&own), pen);
        self.raw(text, pen);
    }

    fn raw(&mut self, bytes: &[u8], pen: &mut Pen) {
        pen.u64(self.at as u64).u64(bytes.len() as u64);
        let room = self.tray.get_mut(self.at..).and_then(|rest| rest.get_mut(..bytes.len()));
        match room {
            Some(room) => room.copy_from_slice(bytes),
            None => self.fits = false,
        }
        self.at = (self.at + bytes.len()).next_multiple_of(ALIGN);
    }
}

/// A batch as it lies in the tray.
pub(crate) struct Laid<'t> {
    pub(crate) rows: usize,
    pub(crate) columns: Vec<ColumnData<'t>>,
}

/// Finds a batch in a tray.
pub(crate) fn find<'t>(eye: &mut Eye<'_>, tray: &'t [u8]) -> Result<Laid<'t>, Garbled> {
    let rows = usize::try_from(eye.u64()?).map_err(|_| Garbled)?;
    let mut columns = Vec::new();
    for _ in 0..eye.u64()? {
        let column = Column::from_id(eye.u32()?);
        let values = match eye.u8()? {
            ABSENT => continue,
            U32 => Values::U32(numbers(eye, tray)?),
            U64 => Values::U64(numbers(eye, tray)?),
            I64 => Values::I64(numbers(eye, tray)?),
            F32 => Values::F32(numbers(eye, tray)?),
            UTF8 => Values::Utf8 { offsets: numbers(eye, tray)?, bytes: raw(eye, tray)? },
            _ => return Err(Garbled),
        };
        let validity = if eye.flag()? { Some(raw(eye, tray)?) } else { None };
        columns.extend(column.map(|column| ColumnData { column, values, validity }));
    }
    Ok(Laid { rows, columns })
}

fn raw<'t>(eye: &mut Eye<'_>, tray: &'t [u8]) -> Result<&'t [u8], Garbled> {
    let (at, len) = (eye.u64()?, eye.u64()?);
    let at = usize::try_from(at).map_err(|_| Garbled)?;
    let len = usize::try_from(len).map_err(|_| Garbled)?;
    tray.get(at..).and_then(|rest| rest.get(..len)).ok_or(Garbled)
}

/// A number that any bytes are a value of, and that is nothing but its bytes.
trait Number: Copy + 'static {}
impl Number for u32 {}
impl Number for u64 {}
impl Number for i64 {}
impl Number for i32 {}
impl Number for f32 {}

#[expect(unsafe_code, reason = "shows numbers as the bytes they are")]
const fn as_bytes<T: Number>(numbers: &[T]) -> &[u8] {
    // SAFETY: a `Number` has no bytes that are not its own, and any byte is a value.
    unsafe { std::slice::from_raw_parts(numbers.as_ptr().cast(), size_of_val(numbers)) }
}

#[expect(unsafe_code, reason = "shows bytes as the numbers they were")]
fn numbers<'t, T: Number>(eye: &mut Eye<'_>, tray: &'t [u8]) -> Result<&'t [T], Garbled> {
    let bytes = raw(eye, tray)?;
    // SAFETY: any bytes are a value of a `Number`, of which this file lists all.
    let (before, numbers, after) = unsafe { bytes.align_to::<T>() };
    if before.is_empty() && after.is_empty() { Ok(numbers) } else { Err(Garbled) }
}

/// Makes a batch of what was found; `None` if its columns are not as long as it says.
pub(crate) fn batch<'a>(laid: &'a Laid<'a>, now_ms: i64, seed: u64) -> Option<Batch<'a>> {
    Batch::new(laid.rows, Moment::from_unix_ms(now_ms), seed, &laid.columns).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_batch_arrives_as_it_was() {
        let silence: Vec<f32> = (0..20_u8).map(f32::from).collect();
        let offsets: Vec<i32> = (0..=20).map(|row| 3 * row).collect();
        let text: Vec<u8> = (0..20).flat_map(|row| format!("n{row:02}").into_bytes()).collect();
        let validity = [0b1010_1010, 0xFF, 0b0101];
        let columns = [
            ColumnData {
                column: Column::SilenceDays,
                values: Values::F32(&silence),
                validity: Some(&validity),
            },
            ColumnData {
                column: Column::Name,
                values: Values::Utf8 { offsets: &offsets, bytes: &text },
                validity: None,
            },
        ];
        let whole = Batch::new(20, Moment::from_unix_ms(9), 4, &columns).unwrap();
        let requests = [
            ColumnRequest::required(Column::SilenceDays),
            ColumnRequest::optional(Column::Alive),
            ColumnRequest::optional(Column::Name),
        ];
        let asked = asked(&whole, &requests).unwrap();
        // Numbers are found where they may begin, as in a tray.
        let mut room = [0_u64; 512];
        let tray = bytes_of(&mut room);
        for (from, to) in [(0, 20), (8, 20), (8, 16), (0, 8), (16, 20)] {
            let mut pen = Pen::default();
            let used = lay(&asked, &requests, Part { from, to }, tray, &mut pen).unwrap();
            let laid = find(&mut Eye::new(&pen.bytes), &tray[..used]).unwrap();
            let part = batch(&laid, 9, 4).unwrap();
            assert_eq!((part.rows(), part.now().unix_ms(), part.seed()), (to - from, 9, 4));
            for row in 0..to - from {
                let column =
                    |batch: &Batch<'_>, row| batch.f32(Column::SilenceDays).unwrap().get(row);
                assert_eq!(column(&part, row), column(&whole, from + row), "{from} {row}");
                let name =
                    |batch: &Batch<'_>, row| batch.text(Column::Name, row).map(str::to_owned);
                assert_eq!(name(&part, row), name(&whole, from + row), "{from} {row}");
            }
            assert!(part.f32(Column::Alive).is_err());
        }
        let all = Part { from: 0, to: 20 };
        assert_eq!(lay(&asked, &requests, all, &mut tray[..64], &mut Pen::default()), None);
    }

    #[expect(unsafe_code, reason = "shows numbers as the bytes they are")]
    fn bytes_of(numbers: &mut [u64]) -> &mut [u8] {
        // SAFETY: any byte of a number is a value, and any bytes are a number.
        unsafe { numbers.align_to_mut::<u8>() }.1
    }
}
