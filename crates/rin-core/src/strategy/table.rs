//! Assessed relationships of one platform, as owned columns ready to be lent to a strategy.

use std::collections::BTreeMap;

use super::{Batch, Column, ColumnData, ColumnRequest, Course, StrategyError, Values};
use crate::{AccountId, Assessment, Moment, PartyId, PastAction};

/// One relationship as one platform sees it: an account of another party, with what is known here and overall.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Row<'a> {
    /// The other side's account on this platform.
    pub account: AccountId,
    /// The party behind it.
    pub party: PartyId,
    /// What is known over all platforms.
    pub overall: &'a Assessment,
    /// What is known on this platform; `None` if there was contact elsewhere only.
    pub here: Option<&'a Assessment>,
    /// When we last wrote to the party, on any platform.
    pub last_sent: Option<Moment>,
    /// How much the user cares; 1 = as usual, and so is a number that cannot be.
    pub importance: f32,
    /// See [`Column::Flags`].
    pub flags: u32,
    /// The name shown.
    pub name: &'a str,
    /// The handle.
    pub handle: &'a str,
}

/// Assessed relationships of one platform, one row for each account of another party.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub(crate) account: Vec<u64>,
    pub(crate) party: Vec<u64>,
    pub(crate) last: Nullable<i64>,
    pub(crate) first: Nullable<i64>,
    pub(crate) received: Nullable<u32>,
    pub(crate) sent: Vec<u32>,
    pub(crate) contact_days: Vec<u32>,
    pub(crate) silence_days: Vec<f32>,
    pub(crate) strength: Vec<f32>,
    pub(crate) reciprocity: Nullable<f32>,
    pub(crate) rhythm_days: Nullable<f32>,
    pub(crate) alive: Vec<f32>,
    pub(crate) lapse: Vec<i64>,
    pub(crate) open: Nullable<i64>,
    pub(crate) unanswered: Nullable<u32>,
    pub(crate) importance: Vec<f32>,
    pub(crate) flags: Vec<u32>,
    pub(crate) names: Texts,
    pub(crate) handles: Texts,
    /// For the planner alone: when we last wrote, ms UTC, or the beginning of time.
    pub(crate) last_sent: Vec<i64>,
    /// For the planner alone: the probability of being alive, now and right after a contact.
    pub(crate) outlook: Vec<(f64, f64)>,
    /// For the planner alone: days with contact, each halved every thirty days.
    pub(crate) recent: Vec<f32>,
    /// For the planner alone: how it will go on.
    pub(crate) course: Vec<Course>,
}

impl Table {
    /// Returns how many rows it has.
    pub const fn len(&self) -> usize {
        self.account.len()
    }

    /// Whether it has no rows.
    pub const fn is_empty(&self) -> bool {
        self.account.is_empty()
    }

    /// Returns the account in a row.
    pub fn account(&self, row: usize) -> Option<AccountId> {
        self.account.get(row).and_then(|id| u32::try_from(*id).ok()).map(AccountId::new)
    }

    /// Returns the party in a row.
    pub fn party(&self, row: usize) -> Option<PartyId> {
        self.party.get(row).and_then(|id| u32::try_from(*id).ok()).map(PartyId::new)
    }

    /// Appends a row.
    #[expect(clippy::cast_possible_truncation, reason = "measures are shown in single precision")]
    pub fn push(&mut self, row: &Row<'_>) {
        let ms = |moment: Option<Moment>| moment.map(Moment::unix_ms);
        self.account.push(u64::from(row.account.get()));
        self.party.push(u64::from(row.party.get()));
        self.last.push(ms(row.here.map(|here| here.last)));
        self.first.push(ms(row.here.map(|here| here.first)));
        self.received.push(row.here.and_then(|here| here.received));
        self.sent.push(row.here.map_or(0, |here| here.sent));
        self.contact_days.push(row.overall.contact_days);
        self.silence_days.push(row.overall.silence_days as f32);
        self.strength.push(row.overall.strength as f32);
        self.reciprocity.push(row.overall.reciprocity.map(|share| share as f32));
        self.rhythm_days.push(row.overall.rhythm_days.map(|days| days as f32));
        self.alive.push(row.overall.alive as f32);
        self.lapse.push(row.overall.lapse.unix_ms());
        self.open.push(ms(row.here.and_then(|here| here.open_since)));
        self.unanswered.push(row.overall.unanswered);
        let is_sensible = row.importance.is_finite() && 0.0 <= row.importance;
        self.importance.push(if is_sensible { row.importance } else { 1.0 });
        self.flags.push(row.flags);
        self.names.push(row.name);
        self.handles.push(row.handle);
        self.outlook.push((row.overall.alive, row.overall.alive_after));
        self.recent.push(row.overall.recent as f32);
        self.course.push(Course::new(row.overall));
        self.last_sent.push(row.last_sent.map_or(i64::MIN, Moment::unix_ms));
    }

    /// Takes a message for answered if something was done for its party since by the strategy that plans from this
    /// table, or by nobody knows which: our own record knows of it before the next export does.
    ///
    /// ```
    /// # use rin_core::{Moment, PartyId, PastAction, Table};
    /// let mut table = Table::default();
    /// # let (party, at) = (PartyId::new(7), Moment::from_unix_ms(0));
    /// let done = PastAction { party, at, strategy: "org.rin.mail".into(), kind: "answer".into() };
    /// table.settle("org.rin.mail", &[done]);
    /// ```
    pub fn settle(&mut self, strategy: &str, past: &[PastAction]) {
        let mut done: BTreeMap<PartyId, Moment> = BTreeMap::new();
        for action in past.iter().filter(|one| one.strategy.is_empty() || one.strategy == strategy)
        {
            let last = done.entry(action.party).or_insert(action.at);
            *last = action.at.max(*last);
        }
        if done.is_empty() {
            return;
        }
        for row in 0..self.len() {
            let last = self.party(row).and_then(|party| done.get(&party));
            let is_answered =
                self.open.get(row).zip(last).is_some_and(|(open, last)| open <= last.unix_ms());
            if is_answered {
                self.open.set(row, None);
            }
        }
    }

    /// Lends the columns a strategy asks for, `rows` rows at a time (rounded up to a multiple of eight), together
    /// with the number of the first row.
    ///
    /// # Errors
    /// Whatever `each` returns.
    pub fn for_each_batch<E: From<StrategyError>>(
        &self,
        wanted: &[ColumnRequest],
        rows: usize,
        (now, seed): (Moment, u64),
        mut each: impl FnMut(usize, &Batch<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let step = rows.clamp(1, 1 << 24).next_multiple_of(8);
        for start in (0..self.len()).step_by(step) {
            let end = (start + step).min(self.len());
            let columns: Vec<ColumnData<'_>> =
                wanted.iter().map(|request| self.column(request.column, start, end)).collect();
            each(start, &Batch::new(end - start, now, seed, &columns)?)?;
        }
        Ok(())
    }

    /// Lends one column from `start` (a multiple of eight) to `end`.
    fn column(&self, column: Column, start: usize, end: usize) -> ColumnData<'_> {
        let mut validity = None;
        let mut null = |bits| {
            validity = part(bits, start / 8, end.div_ceil(8));
        };
        let values = match column {
            Column::Account => Values::U64(slice(&self.account, start, end)),
            Column::Party => Values::U64(slice(&self.party, start, end)),
            Column::LastMs => Values::I64(self.last.lend(start, end, &mut null)),
            Column::FirstMs => Values::I64(self.first.lend(start, end, &mut null)),
            Column::Received => Values::U32(self.received.lend(start, end, &mut null)),
            Column::Sent => Values::U32(slice(&self.sent, start, end)),
            Column::ContactDays => Values::U32(slice(&self.contact_days, start, end)),
            Column::SilenceDays => Values::F32(slice(&self.silence_days, start, end)),
            Column::Strength => Values::F32(slice(&self.strength, start, end)),
            Column::Reciprocity => Values::F32(self.reciprocity.lend(start, end, &mut null)),
            Column::RhythmDays => Values::F32(self.rhythm_days.lend(start, end, &mut null)),
            Column::Alive => Values::F32(slice(&self.alive, start, end)),
            Column::LapseMs => Values::I64(slice(&self.lapse, start, end)),
            Column::OpenMs => Values::I64(self.open.lend(start, end, &mut null)),
            Column::Unanswered => Values::U32(self.unanswered.lend(start, end, &mut null)),
            Column::Importance => Values::F32(slice(&self.importance, start, end)),
            Column::Flags => Values::U32(slice(&self.flags, start, end)),
            Column::Name => self.names.lend(start, end),
            Column::Handle => self.handles.lend(start, end),
        };
        ColumnData { column, values, validity }
    }
}

/// A column with gaps: values and Arrow's bitmap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nullable<T> {
    values: Vec<T>,
    bits: Vec<u8>,
}

impl<T: Copy + Default> Nullable<T> {
    fn push(&mut self, value: Option<T>) {
        let row = self.values.len();
        if row.is_multiple_of(8) {
            self.bits.push(0);
        }
        if let (Some(_), Some(byte)) = (value, self.bits.last_mut()) {
            *byte |= 1 << (row % 8);
        }
        self.values.push(value.unwrap_or_default());
    }

    /// Changes the value of a row that is there.
    pub(crate) fn set(&mut self, row: usize, value: Option<T>) {
        if let (Some(slot), Some(byte)) = (self.values.get_mut(row), self.bits.get_mut(row / 8)) {
            *slot = value.unwrap_or_default();
            let bit = 1 << (row % 8);
            *byte = if value.is_some() { *byte | bit } else { *byte & !bit };
        }
    }

    pub(crate) fn get(&self, row: usize) -> Option<T> {
        let is_valid = self.bits.get(row / 8).is_some_and(|byte| byte >> (row % 8) & 1 == 1);
        self.values.get(row).copied().filter(|_| is_valid)
    }

    fn lend<'a>(&'a self, start: usize, end: usize, null: &mut impl FnMut(&'a [u8])) -> &'a [T] {
        null(&self.bits);
        slice(&self.values, start, end)
    }
}

/// A column of texts in Arrow's layout; beyond 2 GiB further texts stay empty.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    offsets: Vec<i32>,
    bytes: Vec<u8>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { offsets: vec![0], bytes: Vec::new() }
    }
}

impl Texts {
    fn push(&mut self, text: &str) {
        let end = i32::try_from(self.bytes.len() + text.len());
        if end.is_ok() {
            self.bytes.extend_from_slice(text.as_bytes());
        }
        let last = self.offsets.last().copied().unwrap_or_default();
        self.offsets.push(end.unwrap_or(last));
    }

    fn lend(&self, start: usize, end: usize) -> Values<'_> {
        Values::Utf8 { offsets: slice(&self.offsets, start, end + 1), bytes: &self.bytes }
    }
}

fn slice<T>(values: &[T], start: usize, end: usize) -> &[T] {
    part(values, start, end).unwrap_or_default()
}

fn part<T>(values: &[T], start: usize, end: usize) -> Option<&[T]> {
    values.get(start..end)
}
