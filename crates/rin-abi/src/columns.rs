//! Relationships as columns: how a batch is lent to a plugin without copying a value.
#![expect(unsafe_code, reason = "lends slices as pointers and takes them back")]

use rin_core::Column;

use crate::raw::{Plain, Sized32};

/// Marks a column in the descriptor that the plugin can do without.
pub const COLUMN_OPTIONAL: u32 = 0x8000_0000;

/// `RIN_T_*`: the type of a column's values.
const NONE: u32 = 0;
pub(crate) const U32: u32 = 1;
pub(crate) const U64: u32 = 2;
pub(crate) const I64: u32 = 3;
pub(crate) const F32: u32 = 4;
pub(crate) const UTF8: u32 = 5;

/// `rin_column`: one flat column in Arrow's layout.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawColumn {
    pub(crate) id: u32,
    pub(crate) kind: u32,
    pub(crate) data: *const u8,
    pub(crate) bytes: *const u8,
    pub(crate) n_bytes: u64,
    pub(crate) validity: *const u8,
}

/// `rin_batch`: some relationships on one platform.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawBatch {
    pub(crate) size: u32,
    pub(crate) n_cols: u32,
    pub(crate) n_rows: u64,
    pub(crate) now_ms: i64,
    pub(crate) seed: u64,
    pub(crate) cols: *const RawColumn,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawColumn {}
// SAFETY: begins with its size; numbers and pointers only.
unsafe impl Sized32 for RawBatch {}

/// Returns the type that the boundary promises for a column; 0 for one it does not know.
pub(crate) fn kind_of(column: Column) -> u32 {
    use Column as C;
    match column {
        C::Account | C::Party => U64,
        C::LastMs | C::FirstMs | C::LapseMs | C::OpenMs => I64,
        C::Received | C::Sent | C::ContactDays | C::Unanswered | C::Flags => U32,
        C::SilenceDays
        | C::Strength
        | C::Reciprocity
        | C::RhythmDays
        | C::Alive
        | C::Importance => F32,
        C::Name | C::Handle => UTF8,
        _ => NONE,
    }
}

/// The lending side.
pub(crate) mod host {
    use std::ptr;

    use rin_core::{Batch, ColumnData, ColumnRequest, StrategyError, Values};

    use super::{F32, I64, NONE, RawBatch, RawColumn, U32, U64, UTF8, kind_of};
    use crate::raw::size32;

    /// Lends the columns asked for to `body`, in the order asked for, and nothing else of the batch.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if one it cannot do without is absent or has another type than promised.
    pub(crate) fn lend<R>(
        batch: &Batch<'_>,
        requests: &[ColumnRequest],
        body: impl FnOnce(&RawBatch) -> R,
    ) -> Result<R, StrategyError> {
        let mut cols = Vec::with_capacity(requests.len());
        for request in requests {
            let found =
                batch.columns().iter().find(|data| data.column == request.column && fits(data));
            match found {
                Some(data) => cols.push(raw(data)),
                None if request.is_optional => cols.push(absent(request.column.id())),
                None => {
                    return Err(StrategyError::MissingColumn { name: request.column.name() });
                }
            }
        }
        Ok(body(&RawBatch {
            size: size32::<RawBatch>(),
            n_cols: u32::try_from(cols.len()).unwrap_or(u32::MAX),
            n_rows: batch.rows() as u64,
            now_ms: batch.now().unix_ms(),
            seed: batch.seed(),
            cols: cols.as_ptr(),
        }))
    }

    /// Whether a column's values have the type that the boundary promises for it.
    pub fn fits(data: &ColumnData<'_>) -> bool {
        kind_of(data.column) == kind_of_values(&data.values)
    }

    const fn kind_of_values(values: &Values<'_>) -> u32 {
        match values {
            Values::U32(_) => U32,
            Values::U64(_) => U64,
            Values::I64(_) => I64,
            Values::F32(_) => F32,
            Values::Utf8 { .. } => UTF8,
            _ => NONE,
        }
    }

    const fn absent(id: u32) -> RawColumn {
        RawColumn {
            id,
            kind: NONE,
            data: ptr::null(),
            bytes: ptr::null(),
            n_bytes: 0,
            validity: ptr::null(),
        }
    }

    fn raw(data: &ColumnData<'_>) -> RawColumn {
        let mut column = absent(data.column.id());
        column.kind = kind_of_values(&data.values);
        column.validity = data.validity.map_or(ptr::null(), <[u8]>::as_ptr);
        match data.values {
            Values::U32(values) => column.data = values.as_ptr().cast(),
            Values::U64(values) => column.data = values.as_ptr().cast(),
            Values::I64(values) => column.data = values.as_ptr().cast(),
            Values::F32(values) => column.data = values.as_ptr().cast(),
            Values::Utf8 { offsets, bytes } => {
                column.data = offsets.as_ptr().cast();
                column.bytes = bytes.as_ptr();
                column.n_bytes = bytes.len() as u64;
            }
            _ => {}
        }
        column
    }
}

/// The borrowing side.
pub(crate) mod plugin {
    use std::slice;

    use rin_core::{Batch, Column, ColumnData, Moment, Values};

    use super::{F32, I64, NONE, RawBatch, RawColumn, U32, U64, UTF8};
    use crate::{
        Fault,
        raw::{array, sized},
    };

    const MAX_COLUMNS: u64 = 1024;

    /// Shows the lent columns to `body`; absent ones and ones this version does not know are left out.
    ///
    /// # Errors
    /// [`Fault`] if the host has handed over something unusable.
    ///
    /// # Safety
    /// `batch` is null or what a host passes to `propose`, during that call.
    pub unsafe fn with_batch<R>(
        batch: *const RawBatch,
        body: impl FnOnce(&Batch<'_>) -> R,
    ) -> Result<R, Fault> {
        // SAFETY: the caller's promise.
        let batch = unsafe { sized("the batch", batch) }?;
        let max = isize::MAX as u64 / 8 - 1;
        let rows = usize::try_from(batch.n_rows).ok().filter(|_| batch.n_rows <= max);
        let rows = rows.ok_or(Fault::TooLong { what: "the batch", len: batch.n_rows, max })?;
        // SAFETY: the host lends that many columns for the call.
        let raw = unsafe { array("the columns", batch.cols, batch.n_cols.into(), MAX_COLUMNS) }?;
        let mut columns = Vec::with_capacity(batch.n_cols as usize);
        for column in raw {
            // SAFETY: the host lends `rows` values in every column for the call.
            columns.extend(unsafe { column_data(column, rows) }?);
        }
        let now = Moment::from_unix_ms(batch.now_ms);
        let batch = Batch::new(rows, now, batch.seed, &columns);
        let batch = batch.map_err(|_| Fault::Number { what: "a row count", number: 0 })?;
        Ok(body(&batch))
    }

    /// # Safety
    /// The column's pointers are null or good for `rows` values of its type during `'a`.
    unsafe fn column_data<'a>(
        raw: RawColumn,
        rows: usize,
    ) -> Result<Option<ColumnData<'a>>, Fault> {
        let Some(column) = Column::from_id(raw.id).filter(|_| raw.kind != NONE) else {
            return Ok(None);
        };
        // SAFETY (each): the caller's promise for this column's type.
        let values = match raw.kind {
            // SAFETY: as above.
            U32 => Values::U32(unsafe { values(raw.data, rows) }?),
            // SAFETY: as above.
            U64 => Values::U64(unsafe { values(raw.data, rows) }?),
            // SAFETY: as above.
            I64 => Values::I64(unsafe { values(raw.data, rows) }?),
            // SAFETY: as above.
            F32 => Values::F32(unsafe { values(raw.data, rows) }?),
            UTF8 => {
                let what = "a text column";
                let too_long = Fault::TooLong { what, len: raw.n_bytes, max: isize::MAX as u64 };
                let n_bytes = isize::try_from(raw.n_bytes).map_err(|_| too_long)?;
                // SAFETY: as above; Arrow has one offset more than rows.
                let offsets = unsafe { values(raw.data, rows + 1) }?;
                // SAFETY: the host lends that many bytes.
                let bytes = unsafe { values(raw.bytes, n_bytes.unsigned_abs()) }?;
                Values::Utf8 { offsets, bytes }
            }
            _ => return Ok(None),
        };
        let validity = if raw.validity.is_null() {
            None
        } else {
            // SAFETY: the host lends one bit a row.
            Some(unsafe { values_of_bits(raw.validity, rows) }?)
        };
        Ok(Some(ColumnData { column, values, validity }))
    }

    /// # Safety
    /// `bits` is null or good for one bit a row during `'a`.
    unsafe fn values_of_bits<'a>(bits: *const u8, rows: usize) -> Result<&'a [u8], Fault> {
        // SAFETY: the caller's promise.
        unsafe { values(bits, rows.div_ceil(8)) }
    }

    /// # Safety
    /// `data` is null or good for `n` values during `'a`; `T` is a number.
    unsafe fn values<'a, T>(data: *const u8, n: usize) -> Result<&'a [T], Fault> {
        let data = data.cast::<T>();
        if n == 0 {
            return Ok(&[]);
        }
        if data.is_null() {
            return Err(Fault::Null { what: "a column" });
        }
        if !data.is_aligned() {
            return Err(Fault::Misaligned { what: "a column" });
        }
        // SAFETY: not null, aligned, at most isize::MAX bytes (the batch's rows were capped); the rest is promised.
        Ok(unsafe { slice::from_raw_parts(data, n) })
    }
}

#[cfg(test)]
mod tests {
    use rin_core::{Batch, ColumnData, ColumnRequest, Moment, StrategyError, Values};

    use super::*;

    #[test]
    fn a_plugin_sees_exactly_what_it_asked_for() {
        let silence = [1.5, 2.5, f32::NAN];
        let days = [1_u32, 2, 3];
        let offsets = [0_i32, 1, 1, 3];
        let columns = [
            data(Column::ContactDays, Values::U32(&days), None),
            data(Column::Name, Values::Utf8 { offsets: &offsets, bytes: b"aXY" }, Some(&[0b101])),
            data(Column::SilenceDays, Values::F32(&silence), Some(&[0b011])),
        ];
        let batch = Batch::new(3, Moment::from_unix_ms(-7), 42, &columns).unwrap();
        let asked = [
            ColumnRequest::required(Column::SilenceDays),
            ColumnRequest { column: Column::Alive, is_optional: true },
            ColumnRequest::required(Column::Name),
        ];
        let seen = |batch: &Batch<'_>| {
            assert_eq!((batch.rows(), batch.now().unix_ms(), batch.seed()), (3, -7, 42));
            let silence = batch.f32(Column::SilenceDays).unwrap();
            assert_eq!([0, 1, 2].map(|row| silence.get(row)), [Some(1.5), Some(2.5), None]);
            assert_eq!(
                [0, 1, 2].map(|row| batch.text(Column::Name, row)),
                [Some("a"), None, Some("XY")]
            );
            assert!(batch.u32(Column::ContactDays).is_err(), "not asked for");
            assert!(batch.f32(Column::Alive).is_err(), "the host has none");
        };
        host::lend(&batch, &asked, |raw| {
            assert_eq!(raw.n_cols, 3, "an absent column keeps its position");
            // SAFETY: the batch was lent by the host's half just now.
            unsafe { plugin::with_batch(raw, seen) }.unwrap();
        })
        .unwrap();
    }

    #[test]
    fn a_missing_or_mistyped_column_is_named() {
        let days = [1_u32];
        let columns = [data(Column::SilenceDays, Values::U32(&days), None)];
        let batch = Batch::new(1, Moment::from_unix_ms(0), 0, &columns).unwrap();
        for column in [Column::SilenceDays, Column::Alive] {
            let lent = host::lend(&batch, &[ColumnRequest::required(column)], |_| ());
            assert_eq!(lent, Err(StrategyError::MissingColumn { name: column.name() }));
        }
    }

    #[test]
    fn every_column_has_a_type() {
        assert!(Column::ALL.into_iter().all(|column| kind_of(column) != NONE));
    }

    fn data<'a>(column: Column, values: Values<'a>, validity: Option<&'a [u8]>) -> ColumnData<'a> {
        ColumnData { column, values, validity }
    }
}
