//! Made-up relationships in columns, and what a strategy says about them.

use rin_core::{
    Batch, Column, ColumnData, Moment, Proposal, ProposalSink, Stop, Strategy, StrategyError,
    Values,
};

/// Relationships in columns, the same for the same seed.
pub(crate) struct World {
    silence: Vec<f32>,
    contact_days: Vec<u32>,
    validity: Vec<u8>,
    name_offsets: Vec<i32>,
    names: Vec<u8>,
}

impl World {
    pub(crate) fn new(rows: usize, seed: u64) -> Self {
        let mut state = seed;
        let mut next = move || {
            // splitmix64, whose constants are its definition.
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            u16::try_from((mixed ^ (mixed >> 31)) >> 48).unwrap()
        };
        let mut name_offsets = vec![0];
        let mut names = Vec::new();
        for row in 0..rows {
            names.extend(format!("Ann {row}").bytes());
            name_offsets.push(i32::try_from(names.len()).unwrap());
        }
        Self {
            silence: (0..rows).map(|_| f32::from(next()) / 100.0).collect(),
            contact_days: (0..rows).map(|_| u32::from(next()) % 400).collect(),
            // One row in sixteen has never been in contact.
            validity: (0..rows.div_ceil(8))
                .map(|_| u8::try_from(next() & 0xFF).unwrap() | 0x7F)
                .collect(),
            name_offsets,
            names,
        }
    }

    /// Shows a range of rows, which must begin at a multiple of eight.
    pub(crate) fn rows<R>(&self, from: usize, to: usize, body: impl FnOnce(&Batch<'_>) -> R) -> R {
        let to = to.min(self.silence.len());
        let validity = Some(&self.validity[from / 8..]);
        let columns = [
            data(Column::SilenceDays, Values::F32(&self.silence[from..to]), validity),
            data(Column::ContactDays, Values::U32(&self.contact_days[from..to]), None),
            data(
                Column::Name,
                Values::Utf8 { offsets: &self.name_offsets[from..=to], bytes: &self.names },
                None,
            ),
        ];
        let now = Moment::from_unix_ms(1_700_000_000_000);
        body(&Batch::new(to - from, now, 7, &columns).unwrap())
    }

    /// Asks about all rows, some at a time, and returns every proposal as bits.
    pub(crate) fn ask(&self, strategy: &mut dyn Strategy, at_a_time: usize) -> Vec<Said> {
        let mut said = Vec::new();
        for from in (0..self.silence.len()).step_by(at_a_time) {
            let mut sink = Ear { first_row: from, said: &mut said, room: usize::MAX };
            self.rows(from, from + at_a_time, |batch| strategy.propose(batch, &mut sink)).unwrap();
        }
        said
    }

    /// Asks once about the first eight rows.
    pub(crate) fn ask_once(&self, strategy: &mut dyn Strategy) -> Result<Vec<Said>, StrategyError> {
        let mut said = Vec::new();
        let mut sink = Ear { first_row: 0, said: &mut said, room: usize::MAX };
        self.rows(0, 8, |batch| strategy.propose(batch, &mut sink))?;
        Ok(said)
    }
}

fn data<'a>(column: Column, values: Values<'a>, validity: Option<&'a [u8]>) -> ColumnData<'a> {
    ColumnData { column, values, validity }
}

/// A proposal as it was said: row, kind, reason, every figure bit for bit, and the note.
pub(crate) type Said = (usize, u32, u32, [u32; 5], String);

/// Hears proposals until it has no room.
pub(crate) struct Ear<'a> {
    pub(crate) first_row: usize,
    pub(crate) said: &'a mut Vec<Said>,
    pub(crate) room: usize,
}

impl ProposalSink for Ear<'_> {
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        if self.said.len() == self.room {
            return Err(Stop);
        }
        let Proposal {
            row,
            kind,
            reason,
            minutes,
            effect,
            earliest_days,
            due_days,
            confidence,
            note,
        } = *proposal;
        let figures = [minutes, effect, earliest_days, due_days, confidence].map(f32::to_bits);
        self.said.push((self.first_row + row, kind, reason, figures, note.to_owned()));
        Ok(())
    }
}
