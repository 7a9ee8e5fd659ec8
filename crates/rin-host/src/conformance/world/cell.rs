//! One value of a made-up relationship, and a column of them in Arrow's layout.

use rin_core::{Column, ColumnData, Values};

/// One value, or none, in the type of its column.
#[derive(Clone, PartialEq, Debug)]
pub(in super::super) enum Cell {
    /// A count.
    U32(Option<u32>),
    /// An id.
    U64(Option<u64>),
    /// A moment in ms.
    I64(Option<i64>),
    /// A measure.
    F32(Option<f32>),
    /// A text.
    Text(Option<String>),
}

impl Cell {
    /// Returns the cell without a value.
    pub(in super::super) const fn null(column: Column) -> Self {
        match column {
            Column::Account | Column::Party => Self::U64(None),
            Column::LastMs | Column::FirstMs | Column::LapseMs | Column::OpenMs => Self::I64(None),
            Column::Received
            | Column::Sent
            | Column::ContactDays
            | Column::Unanswered
            | Column::Flags => Self::U32(None),
            Column::Name | Column::Handle => Self::Text(None),
            _ => Self::F32(None),
        }
    }

    /// Returns what the type of a column can hold and no real relationship has.
    pub(super) fn extremes(column: Column) -> Vec<Self> {
        let texts = ["", "\0", "ünï\u{202e}çødé", "\u{1b}[31m"];
        match Self::null(column) {
            Self::U32(_) => [0, 1, u32::MAX - 1, u32::MAX].map(|n| Self::U32(Some(n))).into(),
            Self::U64(_) => [0, u64::MAX].map(|n| Self::U64(Some(n))).into(),
            Self::I64(_) => [i64::MIN, -1, 0, super::NOW + 1, 32_503_680_000_000, i64::MAX]
                .map(|n| Self::I64(Some(n)))
                .into(),
            Self::F32(_) => [
                f32::NAN,
                f32::INFINITY,
                f32::NEG_INFINITY,
                f32::MAX,
                f32::MIN,
                f32::MIN_POSITIVE,
                -1.0,
                -0.0,
                0.0,
            ]
            .map(|x| Self::F32(Some(x)))
            .into(),
            Self::Text(_) => {
                let long = "n".repeat(rin_abi::MAX_TEXT);
                let texts = texts.into_iter().chain([long.as_str()]);
                texts.map(|text| Self::Text(Some(text.to_owned()))).collect()
            }
        }
    }

    /// Writes the value as TOML does; `None` if there is none.
    pub(super) fn in_words(&self) -> Option<String> {
        match self {
            Self::U32(n) => n.map(|n| n.to_string()),
            Self::U64(n) => n.map(|n| n.to_string()),
            Self::I64(n) => n.map(|n| n.to_string()),
            Self::F32(x) => x.map(|x| format!("{x:?}").to_lowercase()),
            Self::Text(text) => text.as_ref().map(|text| {
                let short: String = text.chars().take(40).collect();
                format!("{short:?}")
            }),
        }
    }
}

/// A column laid out.
pub(super) struct Laid {
    column: Owned,
    validity: Option<Vec<u8>>,
}

enum Owned {
    U32(Vec<u32>),
    U64(Vec<u64>),
    I64(Vec<i64>),
    F32(Vec<f32>),
    Text { offsets: Vec<i32>, bytes: Vec<u8> },
}

/// Lays cells out one after the other. A column in which nothing is missing has no bitmap, as Arrow allows.
pub(super) fn lay<'a>(
    column: Column,
    cells: impl ExactSizeIterator<Item = Option<&'a Cell>>,
) -> Laid {
    let mut validity = vec![0_u8; cells.len().div_ceil(8)];
    let mut missing = 0_usize;
    let mut owned = match Cell::null(column) {
        Cell::U32(_) => Owned::U32(Vec::new()),
        Cell::U64(_) => Owned::U64(Vec::new()),
        Cell::I64(_) => Owned::I64(Vec::new()),
        Cell::F32(_) => Owned::F32(Vec::new()),
        Cell::Text(_) => Owned::Text { offsets: vec![0], bytes: Vec::new() },
    };
    for (row, cell) in cells.enumerate() {
        let is_there = owned.push(cell);
        match validity.get_mut(row / 8) {
            Some(byte) if is_there => *byte |= 1 << (row % 8),
            _ => missing += 1,
        }
    }
    Laid { column: owned, validity: (missing != 0).then_some(validity) }
}

impl Owned {
    /// Adds a cell and returns whether it has a value.
    fn push(&mut self, cell: Option<&Cell>) -> bool {
        match (self, cell) {
            (Self::U32(values), Some(Cell::U32(value))) => add(values, *value),
            (Self::U64(values), Some(Cell::U64(value))) => add(values, *value),
            (Self::I64(values), Some(Cell::I64(value))) => add(values, *value),
            (Self::F32(values), Some(Cell::F32(value))) => add(values, *value),
            (Self::Text { offsets, bytes }, Some(Cell::Text(text))) => {
                bytes.extend(text.iter().flat_map(|text| text.bytes()));
                offsets.push(i32::try_from(bytes.len()).unwrap_or(i32::MAX));
                text.is_some()
            }
            _ => false,
        }
    }
}

fn add<T: Default>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let is_there = value.is_some();
    values.push(value.unwrap_or_default());
    is_there
}

impl Laid {
    pub(super) fn data(&self, column: Column) -> ColumnData<'_> {
        let values = match &self.column {
            Owned::U32(values) => Values::U32(values),
            Owned::U64(values) => Values::U64(values),
            Owned::I64(values) => Values::I64(values),
            Owned::F32(values) => Values::F32(values),
            Owned::Text { offsets, bytes } => Values::Utf8 { offsets, bytes },
        };
        ColumnData { column, values, validity: self.validity.as_deref() }
    }
}
