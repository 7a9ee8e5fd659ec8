//! Relationships as flat columns in Arrow's layout: borrowed, typed, with a validity bitmap.
//!
//! Columns instead of rows because a strategy then reads only what it asked for, a loop over one column runs at
//! the memory's speed, and the same bytes cross the plugin boundary without a copy.

use super::StrategyError;
use crate::Moment;

macro_rules! columns {
    ($($(#[$doc:meta])* $variant:ident = $id:literal $name:literal,)*) => {
        /// A column a strategy may ask for. Ids from 1000 are personal data and need the user's permission.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u32)]
        #[non_exhaustive]
        pub enum Column {
            $($(#[$doc])* $variant = $id,)*
        }

        impl Column {
            /// Every column this version knows.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// Returns the column of that id, if this version knows it.
            pub const fn from_id(id: u32) -> Option<Self> {
                match id {
                    $($id => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Returns its name as manifests write it.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

columns! {
    /// `u64`: stable number of the row's account, the same in every batch of one run.
    Account = 1 "account",
    /// `u64`: stable number of the party behind it.
    Party = 2 "party",
    /// `i64`, ms UTC: last contact on this platform; null if never.
    LastMs = 3 "last-ms",
    /// `i64`, ms UTC: first contact on this platform; null if never.
    FirstMs = 4 "first-ms",
    /// `u32`: interactions received on this platform; null if not covered.
    Received = 5 "received",
    /// `u32`: interactions sent on this platform.
    Sent = 6 "sent",
    /// `u32`: distinct days with contact, all platforms.
    ContactDays = 7 "contact-days",
    /// `f32`, days: silence since the last contact on any platform; null if never.
    SilenceDays = 8 "silence-days",
    /// `f32`: strength shown, decayed contact days.
    Strength = 9 "strength",
    /// `f32` in `0..=1`: share of the rarer direction, 1 = balanced; null if one direction is not covered.
    Reciprocity = 10 "reciprocity",
    /// `f32`, days: mean gap between contact days; null below two.
    RhythmDays = 11 "rhythm-days",
    /// `f32` in `0..=1`: probability that the relationship is alive.
    Alive = 12 "alive",
    /// `i64`, ms UTC: expected lapse if nobody acts; null if never in contact.
    LapseMs = 13 "lapse-ms",
    /// `i64`, ms UTC: when they addressed us on this platform and have had no answer since; null if nothing is open.
    OpenMs = 14 "open-ms",
    /// `u32`: contacts we sent in a row that were not answered; null if not covered.
    Unanswered = 15 "unanswered",
    /// `f32`: how much the user cares; 1 = as usual.
    Importance = 16 "importance",
    /// `u32`: 1 = we follow them, 2 = they follow us, 4 = contact or friend, 8 = organisation, 16 = bot.
    Flags = 17 "flags",
    /// UTF-8, personal: the name shown.
    Name = 1000 "name",
    /// UTF-8, personal: the handle.
    Handle = 1001 "handle",
}

impl Column {
    /// Returns its id at the plugin boundary.
    pub const fn id(self) -> u32 {
        self as u32
    }

    /// Whether it is personal data.
    pub const fn is_personal(self) -> bool {
        1000 <= self.id()
    }

    /// Returns the column that manifests call `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// A column a strategy asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ColumnRequest {
    /// Which.
    pub column: Column,
    /// Whether it can do without.
    pub is_optional: bool,
}

impl ColumnRequest {
    /// Asks for a column it cannot do without.
    pub const fn required(column: Column) -> Self {
        Self { column, is_optional: false }
    }

    /// Asks for a column it can do without.
    pub const fn optional(column: Column) -> Self {
        Self { column, is_optional: true }
    }
}

/// The values of one column, one for each row.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum Values<'a> {
    /// 32-bit counts.
    U32(&'a [u32]),
    /// 64-bit ids.
    U64(&'a [u64]),
    /// Moments in ms.
    I64(&'a [i64]),
    /// Measures.
    F32(&'a [f32]),
    /// Text: row `r` is `bytes[offsets[r]..offsets[r + 1]]`.
    Utf8 {
        /// One more than there are rows, ascending.
        offsets: &'a [i32],
        /// All texts end to end.
        bytes: &'a [u8],
    },
}

impl Values<'_> {
    /// Returns how many rows it has.
    pub const fn len(&self) -> usize {
        match self {
            Self::U32(v) => v.len(),
            Self::U64(v) => v.len(),
            Self::I64(v) => v.len(),
            Self::F32(v) => v.len(),
            Self::Utf8 { offsets, .. } => offsets.len().saturating_sub(1),
        }
    }

    /// Whether it has no rows.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One borrowed column.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ColumnData<'a> {
    /// Which.
    pub column: Column,
    /// Its values.
    pub values: Values<'a>,
    /// Arrow bitmap, bit set = the row has a value; absent = all have one.
    pub validity: Option<&'a [u8]>,
}

impl ColumnData<'_> {
    /// Returns the values of the rows from `from`, a multiple of eight, to `to`, of which there must be so many.
    fn part(&self, from: usize, to: usize) -> Self {
        let values = match self.values {
            Values::U32(values) => Values::U32(part(values, from, to)),
            Values::U64(values) => Values::U64(part(values, from, to)),
            Values::I64(values) => Values::I64(part(values, from, to)),
            Values::F32(values) => Values::F32(part(values, from, to)),
            Values::Utf8 { offsets, bytes } => {
                Values::Utf8 { offsets: part(offsets, from, to + 1), bytes }
            }
        };
        let validity = self.validity.map(|bits| part(bits, from / 8, to.div_ceil(8)));
        Self { column: self.column, values, validity }
    }
}

fn part<T>(values: &[T], from: usize, to: usize) -> &[T] {
    values.get(from..to).unwrap_or_default()
}

/// Some relationships on one platform, as columns.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    rows: usize,
    now: Moment,
    seed: u64,
    columns: &'a [ColumnData<'a>],
}

impl<'a> Batch<'a> {
    /// Makes a batch; columns that do not have exactly `rows` values are refused.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] naming the first column of a wrong length.
    pub fn new(
        rows: usize,
        now: Moment,
        seed: u64,
        columns: &'a [ColumnData<'a>],
    ) -> Result<Self, StrategyError> {
        for data in columns {
            let bits_fit = data.validity.is_none_or(|bits| rows.div_ceil(8) <= bits.len());
            if data.values.len() != rows || !bits_fit {
                return Err(StrategyError::MissingColumn { name: data.column.name() });
            }
        }
        Ok(Self { rows, now, seed, columns })
    }

    /// Shows the rows from `from`, a multiple of eight, to `to` as a batch of their own; fewer if there are not so many.
    pub fn part<R>(&self, from: usize, to: usize, show: impl FnOnce(&Batch<'_>) -> R) -> R {
        let to = to.min(self.rows);
        let from = from.min(to);
        let columns: Vec<_> = self.columns.iter().map(|data| data.part(from, to)).collect();
        show(&Batch { rows: to - from, columns: &columns, ..*self })
    }

    /// Returns how many rows it has.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Returns the moment for which is planned.
    pub const fn now(&self) -> Moment {
        self.now
    }

    /// Returns the seed of all chance.
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns the columns as they lie.
    pub const fn columns(&self) -> &'a [ColumnData<'a>] {
        self.columns
    }

    /// Returns a column of 32-bit counts.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if it is not there or has another type.
    pub fn u32(&self, column: Column) -> Result<Slice<'a, u32>, StrategyError> {
        self.typed(column, |values| if let Values::U32(v) = values { Some(v) } else { None })
    }

    /// Returns a column of 64-bit ids.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if it is not there or has another type.
    pub fn u64(&self, column: Column) -> Result<Slice<'a, u64>, StrategyError> {
        self.typed(column, |values| if let Values::U64(v) = values { Some(v) } else { None })
    }

    /// Returns a column of moments in ms.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if it is not there or has another type.
    pub fn i64(&self, column: Column) -> Result<Slice<'a, i64>, StrategyError> {
        self.typed(column, |values| if let Values::I64(v) = values { Some(v) } else { None })
    }

    /// Returns a column of measures.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] if it is not there or has another type.
    pub fn f32(&self, column: Column) -> Result<Slice<'a, f32>, StrategyError> {
        self.typed(column, |values| if let Values::F32(v) = values { Some(v) } else { None })
    }

    /// Returns the text of one row; `None` if the column is absent, the row is null or its bytes are no UTF-8.
    pub fn text(&self, column: Column, row: usize) -> Option<&'a str> {
        let data = self.find(column)?;
        let Values::Utf8 { offsets, bytes } = data.values else { return None };
        if !is_valid(data.validity, row) {
            return None;
        }
        let start = usize::try_from(*offsets.get(row)?).ok()?;
        let end = usize::try_from(*offsets.get(row + 1)?).ok()?;
        std::str::from_utf8(bytes.get(start..end)?).ok()
    }

    fn find(&self, column: Column) -> Option<&'a ColumnData<'a>> {
        self.columns.iter().find(|data| data.column == column)
    }

    fn typed<T>(
        &self,
        column: Column,
        cast: impl Fn(Values<'a>) -> Option<&'a [T]>,
    ) -> Result<Slice<'a, T>, StrategyError> {
        self.find(column)
            .and_then(|data| Some(Slice { values: cast(data.values)?, validity: data.validity }))
            .ok_or(StrategyError::MissingColumn { name: column.name() })
    }
}

/// The values of one typed column.
#[derive(Clone, Copy, Debug)]
pub struct Slice<'a, T> {
    values: &'a [T],
    validity: Option<&'a [u8]>,
}

impl<'a, T: Copy> Slice<'a, T> {
    /// Returns the value of `row`, or `None` if it is null or beyond the end.
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        let value = *self.values.get(row)?;
        is_valid(self.validity, row).then_some(value)
    }

    /// Returns all values; those of null rows are arbitrary.
    pub const fn values(&self) -> &'a [T] {
        self.values
    }
}

#[inline]
fn is_valid(validity: Option<&[u8]>, row: usize) -> bool {
    validity.is_none_or(|bits| bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1))
}
