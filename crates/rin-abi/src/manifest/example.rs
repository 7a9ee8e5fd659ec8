//! A worked example of a manifest: one relationship, and what the strategy proposes for it.
//!
//! It is documentation that a test can run, so it can be turned into a batch of one row.

use std::slice;

use rin_core::{Batch, Column, ColumnData, ColumnRequest, Moment, StrategyError, Text, Values};

use crate::columns::{F32, I64, U32, U64, UTF8, kind_of};

/// A worked example.
#[derive(Clone, PartialEq, Debug)]
pub struct Example {
    /// What it shows, as a person reads it.
    pub text: Text,
    /// The moment at which it is judged.
    pub now: Moment,
    /// The columns that have a value; all others are null.
    pub row: Vec<(Column, ExampleValue)>,
    /// What the strategy proposes.
    pub expect: Expect,
}

/// What a strategy proposes in a worked example.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expect {
    /// Nothing.
    Nothing,
    /// This first of all, by the positions of kind and reason.
    Proposal {
        /// Position of the kind.
        kind: u32,
        /// Position of the reason.
        reason: u32,
    },
}

/// A value in the type of its column.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum ExampleValue {
    /// A count.
    U32(u32),
    /// An id.
    U64(u64),
    /// A moment in ms.
    I64(i64),
    /// A measure.
    F32(f32),
    /// A text.
    Text(String),
}

impl ExampleValue {
    /// Reads a value in the column's type; `None` if it has another.
    pub(super) fn new(column: Column, value: &toml::Value) -> Option<Self> {
        use toml::Value;
        Some(match (kind_of(column), value) {
            (U32, Value::Integer(n)) => Self::U32(u32::try_from(*n).ok()?),
            (U64, Value::Integer(n)) => Self::U64(u64::try_from(*n).ok()?),
            (I64, Value::Integer(n)) => Self::I64(*n),
            #[expect(clippy::cast_precision_loss, reason = "a measure has seven digits")]
            (F32, Value::Integer(n)) => Self::F32(*n as f32),
            #[expect(clippy::cast_possible_truncation, reason = "a measure has seven digits")]
            (F32, Value::Float(x)) if x.is_finite() => Self::F32(*x as f32),
            (UTF8, Value::String(text)) if text.len() <= crate::MAX_TEXT => {
                Self::Text(text.clone())
            }
            _ => return None,
        })
    }

    /// Returns a value of the column's type that stands where a row has none.
    pub fn null(column: Column) -> Self {
        match kind_of(column) {
            U32 => Self::U32(0),
            U64 => Self::U64(0),
            I64 => Self::I64(0),
            UTF8 => Self::Text(String::new()),
            _ => Self::F32(0.0),
        }
    }
}

impl From<u32> for ExampleValue {
    fn from(count: u32) -> Self {
        Self::U32(count)
    }
}

impl From<u64> for ExampleValue {
    fn from(id: u64) -> Self {
        Self::U64(id)
    }
}

impl From<i64> for ExampleValue {
    fn from(ms: i64) -> Self {
        Self::I64(ms)
    }
}

impl From<f32> for ExampleValue {
    fn from(measure: f32) -> Self {
        Self::F32(measure)
    }
}

impl From<&str> for ExampleValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Example {
    /// Shows the example as a batch of one row with the columns asked for.
    ///
    /// # Errors
    /// [`StrategyError`] if a column cannot be made; it does not happen to a checked manifest.
    pub fn with_batch<R>(
        &self,
        requests: &[ColumnRequest],
        body: impl FnOnce(&Batch<'_>) -> R,
    ) -> Result<R, StrategyError> {
        let cells: Vec<_> = requests.iter().map(|request| self.cell(request.column)).collect();
        let columns: Vec<_> = cells.iter().map(Cell::data).collect();
        Ok(body(&Batch::new(1, self.now, 0, &columns)?))
    }

    fn cell(&self, column: Column) -> Cell {
        let given = self.row.iter().find(|(named, _)| *named == column).map(|(_, value)| value);
        let value = given.cloned().unwrap_or_else(|| ExampleValue::null(column));
        let end = match &value {
            ExampleValue::Text(text) => i32::try_from(text.len()).unwrap_or(i32::MAX),
            _ => 0,
        };
        Cell { column, value, offsets: [0, end], validity: [u8::from(given.is_some())] }
    }
}

/// One column of one row.
struct Cell {
    column: Column,
    value: ExampleValue,
    offsets: [i32; 2],
    validity: [u8; 1],
}

impl Cell {
    fn data(&self) -> ColumnData<'_> {
        let values = match &self.value {
            ExampleValue::U32(n) => Values::U32(slice::from_ref(n)),
            ExampleValue::U64(n) => Values::U64(slice::from_ref(n)),
            ExampleValue::I64(n) => Values::I64(slice::from_ref(n)),
            ExampleValue::F32(x) => Values::F32(slice::from_ref(x)),
            ExampleValue::Text(text) => {
                Values::Utf8 { offsets: &self.offsets, bytes: text.as_bytes() }
            }
        };
        ColumnData { column: self.column, values, validity: Some(&self.validity) }
    }
}
