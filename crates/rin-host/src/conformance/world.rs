//! Made-up relationships for exactly the columns a strategy asks for: plausible ones, and ones that nobody has.
//!
//! A world is kept row by row, so that any choice and order of its rows can be laid out as a batch. Plausible rows hang
//! together as real ones do: whoever was never in contact has no silence, no rhythm and no last contact.

mod cell;

use rin_core::{Batch, Column, Moment, Proposal, ProposalSink, Stop, StrategyError, Text};

use super::{
    random::Random,
    words::{same, say},
};
use crate::{CallError, CallFault, Connection, Manifest};

pub(super) use self::cell::Cell;

/// The moment for which is planned: 2026-01-01.
pub(super) const NOW: i64 = 1_767_225_600_000;
/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// Relationships.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) now: i64,
    pub(super) seed: u64,
}

/// A proposal as it was said: row, kind, reason, every figure bit for bit, and the note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Said {
    pub(super) row: usize,
    kind: u32,
    reason: u32,
    figures: [u32; 5],
    note: String,
}

impl World {
    /// Makes plausible relationships.
    pub(super) fn plausible(manifest: &Manifest, rows: usize, seed: u64) -> Self {
        let columns: Vec<_> = manifest.info.columns.iter().map(|one| one.column).collect();
        let mut random = Random::new(seed);
        let rows = (0..rows).map(|row| plausible_row(&columns, row, &mut random)).collect();
        Self { columns, rows, now: NOW, seed }
    }

    /// Makes relationships nobody has: each column takes each of its extremes while the others are plausible, and then
    /// all of them are extreme at once.
    pub(super) fn extreme(manifest: &Manifest, seed: u64) -> Self {
        let mut world = Self::plausible(manifest, 1, seed);
        let Some(plain) = world.rows.pop() else { return world };
        let mut longest = 0;
        for (at, column) in world.columns.iter().enumerate() {
            let extremes = Cell::extremes(*column);
            longest = longest.max(extremes.len());
            world.rows.extend(extremes.into_iter().map(|extreme| {
                let mut row = plain.clone();
                row.splice(at..=at, [extreme]);
                row
            }));
        }
        for turn in 0..longest {
            let cell = |(at, column): (usize, &Column)| {
                let extremes = Cell::extremes(*column);
                let pick = (turn + at) % extremes.len().max(1);
                extremes.get(pick).cloned().unwrap_or_else(|| Cell::null(*column))
            };
            world.rows.push(world.columns.iter().enumerate().map(cell).collect());
        }
        world
    }

    /// Makes relationships as they come: mostly plausible, some cells missing, some extreme.
    pub(super) fn wild(manifest: &Manifest, rows: usize, random: &mut Random) -> Self {
        Self::plausible(manifest, rows, random.bits()).map(|column, cell| match random.below(20) {
            0 => Cell::null(column),
            1 => random.pick(&Cell::extremes(column)).unwrap_or(cell),
            _ => cell,
        })
    }

    /// Returns it with no value in these columns.
    pub(super) fn without_values(&self, empty: impl Fn(Column) -> bool) -> Self {
        let keep = |column, cell| if empty(column) { Cell::null(column) } else { cell };
        self.clone().map(keep)
    }

    /// Returns it with what `change` makes of each cell.
    fn map(mut self, mut change: impl FnMut(Column, Cell) -> Cell) -> Self {
        for row in &mut self.rows {
            let cells = std::mem::take(row).into_iter().zip(&self.columns);
            *row = cells.map(|(cell, column)| change(*column, cell)).collect();
        }
        self
    }

    /// Returns the numbers of all rows.
    pub(super) fn order(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    /// Lays rows out as a batch with these columns.
    pub(super) fn with_batch<R>(
        &self,
        rows: &[usize],
        columns: &[Column],
        body: impl FnOnce(&Batch<'_>) -> R,
    ) -> Result<R, StrategyError> {
        let position = |column: &Column| self.columns.iter().position(|one| one == column);
        let laid: Vec<_> = columns
            .iter()
            .filter_map(|column| {
                let at = position(column)?;
                let cells = rows.iter().map(|row| self.rows.get(*row).and_then(|row| row.get(at)));
                Some((*column, cell::lay(*column, cells)))
            })
            .collect();
        let data: Vec<_> = laid.iter().map(|(column, laid)| laid.data(*column)).collect();
        let now = Moment::from_unix_ms(self.now);
        Ok(body(&Batch::new(rows.len(), now, self.seed, &data)?))
    }

    /// Writes a row as a manifest's example does.
    pub(super) fn in_words(&self, row: usize) -> String {
        let cells = self.rows.get(row).into_iter().flatten().zip(&self.columns);
        let cells = cells
            .filter_map(|(cell, column)| Some(format!("{} = {}", column.name(), cell.in_words()?)));
        format!("row = {{ {} }}", cells.collect::<Vec<_>>().join(", "))
    }
}

impl Said {
    /// Says what was proposed with the manifest's names.
    pub(super) fn in_words(&self, manifest: &Manifest) -> String {
        let info = &manifest.info;
        let kind = info.kinds.get(self.kind as usize).map_or("?", |kind| &kind.id);
        let reason = info.reasons.get(self.reason as usize).map_or("?", |reason| &reason.id);
        let [minutes, effect, earliest, due, sure] = self.figures.map(f32::from_bits);
        let figures = format!(
            "minutes {minutes}, effect {effect}, earliest {earliest}, due {due}, confidence {sure}"
        );
        let note = if self.note.is_empty() { "" } else { ", with a note" };
        format!("{kind} for {reason} ({figures}{note})")
    }
}

/// Asks about rows in this order, so many at a time, and returns what was said about them, by row.
pub(super) fn ask(
    connection: &mut dyn Connection,
    world: &World,
    order: &[usize],
    at_a_time: usize,
) -> Result<Vec<Said>, CallError> {
    let mut said = Vec::new();
    for rows in order.chunks(at_a_time.max(1)) {
        said.extend(ask_once(connection, world, rows, &world.columns)?);
    }
    said.sort_by_key(|one| one.row);
    Ok(said)
}

/// Asks about these rows at once, showing these columns.
pub(super) fn ask_once(
    connection: &mut dyn Connection,
    world: &World,
    rows: &[usize],
    columns: &[Column],
) -> Result<Vec<Said>, CallError> {
    let mut ear = Ear { rows, said: Vec::new(), room: usize::MAX };
    propose(connection, world, columns, &mut ear)?;
    ear.said.sort_by_key(|one| one.row);
    Ok(ear.said)
}

/// Asks about the rows of an ear.
pub(super) fn propose(
    connection: &mut dyn Connection,
    world: &World,
    columns: &[Column],
    ear: &mut Ear<'_>,
) -> Result<(), CallError> {
    let rows = ear.rows;
    let answer = world.with_batch(rows, columns, |batch| connection.propose(batch, ear));
    answer.unwrap_or_else(|error| {
        let plugin = connection.describe().info.id.clone();
        Err(CallError { plugin, fault: CallFault::Lied { what: error.to_string() } })
    })
}

/// Hears proposals until it has no room.
pub(super) struct Ear<'a> {
    pub(super) rows: &'a [usize],
    pub(super) said: Vec<Said>,
    pub(super) room: usize,
}

impl ProposalSink for Ear<'_> {
    fn push(&mut self, one: &Proposal<'_>) -> Result<(), Stop> {
        if self.said.len() == self.room {
            return Err(Stop);
        }
        let figures = [one.minutes, one.effect, one.earliest_days, one.due_days, one.confidence];
        self.said.push(Said {
            row: self.rows.get(one.row).copied().unwrap_or_default(),
            kind: one.kind,
            reason: one.reason,
            figures: figures.map(f32::to_bits),
            note: one.note.to_owned(),
        });
        Ok(())
    }
}

/// Says for which row two answers differ first, and how; `None` if they are alike.
pub(super) fn difference(
    world: &World,
    manifest: &Manifest,
    before: &[Said],
    after: &[Said],
) -> Option<Text> {
    if before == after {
        return None;
    }
    let at = before.iter().zip(after).position(|(a, b)| a != b);
    let at = at.unwrap_or(before.len().min(after.len()));
    let row = before.get(at).into_iter().chain(after.get(at)).map(|said| said.row).min()?;
    let words = |said: &[Said]| {
        let first = said.iter().skip(at).find(|said| said.row == row);
        first.map_or_else(|| say!("nothing", "nichts"), |said| same(said.in_words(manifest)))
    };
    let (row, before, after) = (world.in_words(row), words(before), words(after));
    Some(Text {
        en: format!("for {row} it said {}, then {}", before.en, after.en),
        de: format!("zu {row} sagte es {}, dann {}", before.de, after.de),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "made-up measures have seven digits")]
fn plausible_row(columns: &[Column], row: usize, random: &mut Random) -> Vec<Cell> {
    let is_known = !random.once_in(16);
    let is_covered = !random.once_in(8);
    let days = if is_known { 1 + random.below(400) } else { 0 };
    let days = u32::try_from(days).unwrap_or_default();
    // Squared, because most silences are short.
    let silence = random.unit().powi(2) * 700.0;
    let last = NOW - (silence * 86_400_000.0) as i64;
    let first = last - i64::from(days) * 3 * DAY;
    let count = |random: &mut Random, end| u32::try_from(random.below(end)).unwrap_or_default();
    let share = random.unit() as f32;
    let cell = |column: &Column| {
        let known = |cell| if is_known { cell } else { Cell::null(*column) };
        let covered = |cell| if is_covered { cell } else { Cell::null(*column) };
        match column {
            Column::Account | Column::Party => Cell::U64(Some(row as u64)),
            Column::LastMs => known(Cell::I64(Some(last))),
            Column::FirstMs => known(Cell::I64(Some(first))),
            Column::LapseMs => known(Cell::I64(Some(last + 90 * DAY))),
            Column::OpenMs if random.once_in(5) => known(Cell::I64(Some(last))),
            Column::OpenMs => Cell::I64(None),
            Column::Received => covered(Cell::U32(Some(count(random, 500)))),
            Column::Unanswered => covered(Cell::U32(Some(count(random, 6)))),
            Column::Sent => Cell::U32(Some(count(random, 500))),
            Column::ContactDays => Cell::U32(Some(days)),
            Column::Flags => Cell::U32(Some(count(random, 32))),
            Column::SilenceDays => known(Cell::F32(Some(silence as f32))),
            Column::RhythmDays if days < 2 => Cell::F32(None),
            Column::RhythmDays => known(Cell::F32(Some(1.0 + share * 60.0))),
            Column::Strength => Cell::F32(Some(share * 40.0)),
            Column::Reciprocity => covered(Cell::F32(Some(share))),
            Column::Importance => Cell::F32(Some(1.0)),
            Column::Name => Cell::Text(Some(format!("Ann {row}"))),
            Column::Handle => Cell::Text(Some(format!("ann{row}@a.example"))),
            _ => Cell::F32(Some(share)),
        }
    };
    columns.iter().map(cell).collect()
}
