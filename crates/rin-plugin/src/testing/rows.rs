//! Made-up relationships to ask a strategy about, beside the worked examples of its manifest.

use rin_abi::ExampleValue;
use rin_core::{
    Batch, Column, ColumnData, Moment, Proposal, ProposalSink, Stop, Strategy, StrategyError,
    Values,
};

use crate::{Compiled, Plugin};

/// Made-up relationships, one a row.
///
/// A column that a row does not name is null there. The strategy sees the columns its manifest asks for and no others.
///
/// # Example
/// ```
/// use rin_plugin::{Compiled, prelude::*, testing::Rows};
///
/// /// Says hello after a month.
/// struct Hello;
///
/// impl Plugin for Hello {
///     const MANIFEST: &'static str = r#"
///         id = "org.example.hello"
///         version = "0.1.0"
///         name = "Hello"
///         license = "MIT"
///         platform = "example"
///         abi = 1
///         provides = ["strategy"]
///         columns = ["silence-days"]
///         kind = [{ id = "hello", en = "Say hello", de = "Sich melden" }]
///         reason = [{ id = "silent", en = "Silent for {days} days.", de = "Seit {days} Tagen still." }]
///     "#;
///
///     fn new(_: &Params) -> Result<Self, PluginError> {
///         Ok(Self)
///     }
///
///     fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), StrategyError> {
///         let silence = batch.f32(Column::SilenceDays)?;
///         for row in 0..batch.rows() {
///             if silence.get(row).is_some_and(|days| 30.0 < days) {
///                 sink.push(&Proposal { row, minutes: 5.0, effect: 0.4, ..Proposal::default() })?;
///             }
///         }
///         Ok(())
///     }
/// }
///
/// let said = Rows::default()
///     .with_row(&[(Column::SilenceDays, 12.0_f32.into())])
///     .with_row(&[(Column::SilenceDays, 40.0_f32.into())])
///     .with_row(&[])
///     .ask(&mut Compiled::<Hello>::new()?)?;
/// assert_eq!(said.len(), 1);
/// assert_eq!((said[0].row, said[0].kind.as_str(), said[0].minutes), (1, "hello", 5.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rows {
    now: Moment,
    seed: u64,
    made_up: Vec<Vec<(Column, ExampleValue)>>,
}

/// One proposal of a strategy, with the names of its kind and reason.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// The row it is about, counted from 0.
    pub row: usize,
    /// The id of its kind; empty if the manifest declares none of that position.
    pub kind: String,
    /// The id of its reason; empty if the manifest declares none of that position.
    pub reason: String,
    /// What it costs, in minutes.
    pub minutes: f32,
    /// Probability that it leads to a contact.
    pub effect: f32,
    /// Days from now before which it makes no sense.
    pub earliest_days: f32,
    /// Days from now after which it is too late.
    pub due_days: f32,
    /// How sure the strategy is.
    pub confidence: f32,
    /// Its remark.
    pub note: String,
}

impl Default for Rows {
    /// No rows, judged at 2023-11-14T22:13:20Z.
    fn default() -> Self {
        Self::at(Moment::from_unix_ms(1_700_000_000_000))
    }
}

impl Rows {
    /// Begins without rows, to be judged at `now`, with the seed 0.
    pub const fn at(now: Moment) -> Self {
        Self { now, seed: 0, made_up: Vec::new() }
    }

    /// Returns it with another seed.
    #[must_use]
    pub fn seeded(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Returns it with one more relationship.
    #[must_use]
    pub fn with_row(mut self, values: &[(Column, ExampleValue)]) -> Self {
        self.made_up.push(values.to_vec());
        self
    }

    /// Asks a plugin's strategy about all rows at once and returns its proposals in the order they came.
    ///
    /// # Errors
    /// [`StrategyError::MissingColumn`] naming a column that was given a value of another type, and whatever the
    /// strategy says.
    pub fn ask<P: Plugin>(&self, plugin: &mut Compiled<P>) -> Result<Vec<Said>, StrategyError> {
        let asked = plugin.info().columns.clone();
        let stored: Vec<(Column, Stored)> = asked
            .iter()
            .map(|request| Ok((request.column, self.column(request.column)?)))
            .collect::<Result<_, StrategyError>>()?;
        let columns: Vec<_> = stored.iter().map(|(column, stored)| stored.data(*column)).collect();
        let batch = Batch::new(self.made_up.len(), self.now, self.seed, &columns)?;
        let mut heard = Heard(Vec::new());
        plugin.propose(&batch, &mut heard)?;
        let info = plugin.info();
        for (said, kind, reason) in &mut heard.0 {
            let kind = usize::try_from(*kind).ok().and_then(|at| info.kinds.get(at));
            let reason = usize::try_from(*reason).ok().and_then(|at| info.reasons.get(at));
            said.kind = kind.map(|kind| kind.id.clone()).unwrap_or_default();
            said.reason = reason.map(|reason| reason.id.clone()).unwrap_or_default();
        }
        Ok(heard.0.into_iter().map(|(said, ..)| said).collect())
    }

    fn column(&self, column: Column) -> Result<Stored, StrategyError> {
        let mut validity = vec![0; self.made_up.len().div_ceil(8)];
        let mut cells = Cells::of(&ExampleValue::null(column));
        for (at, row) in self.made_up.iter().enumerate() {
            let given = row.iter().rev().find(|(named, _)| *named == column).map(|(_, one)| one);
            if let (Some(byte), true) = (validity.get_mut(at / 8), given.is_some()) {
                *byte |= 1 << (at % 8);
            }
            let value = given.cloned().unwrap_or_else(|| ExampleValue::null(column));
            if !cells.push(value) {
                return Err(StrategyError::MissingColumn { name: column.name() });
            }
        }
        Ok(Stored { cells, validity })
    }
}

/// One column of all rows.
struct Stored {
    cells: Cells,
    validity: Vec<u8>,
}

enum Cells {
    U32(Vec<u32>),
    U64(Vec<u64>),
    I64(Vec<i64>),
    F32(Vec<f32>),
    Text { offsets: Vec<i32>, bytes: Vec<u8> },
}

impl Cells {
    fn of(null: &ExampleValue) -> Self {
        match null {
            ExampleValue::U32(_) => Self::U32(Vec::new()),
            ExampleValue::U64(_) => Self::U64(Vec::new()),
            ExampleValue::I64(_) => Self::I64(Vec::new()),
            ExampleValue::Text(_) => Self::Text { offsets: vec![0], bytes: Vec::new() },
            _ => Self::F32(Vec::new()),
        }
    }

    /// Appends a value; `false` if it is of another type.
    fn push(&mut self, value: ExampleValue) -> bool {
        match (self, value) {
            (Self::U32(all), ExampleValue::U32(one)) => all.push(one),
            (Self::U64(all), ExampleValue::U64(one)) => all.push(one),
            (Self::I64(all), ExampleValue::I64(one)) => all.push(one),
            (Self::F32(all), ExampleValue::F32(one)) => all.push(one),
            (Self::Text { offsets, bytes }, ExampleValue::Text(one)) => {
                bytes.extend_from_slice(one.as_bytes());
                let Ok(end) = i32::try_from(bytes.len()) else { return false };
                offsets.push(end);
            }
            _ => return false,
        }
        true
    }
}

impl Stored {
    fn data(&self, column: Column) -> ColumnData<'_> {
        let values = match &self.cells {
            Cells::U32(all) => Values::U32(all),
            Cells::U64(all) => Values::U64(all),
            Cells::I64(all) => Values::I64(all),
            Cells::F32(all) => Values::F32(all),
            Cells::Text { offsets, bytes } => Values::Utf8 { offsets, bytes },
        };
        ColumnData { column, values, validity: Some(&self.validity) }
    }
}

/// What was proposed, with the positions of kind and reason.
struct Heard(Vec<(Said, u32, u32)>);

impl ProposalSink for Heard {
    fn push(&mut self, proposal: &Proposal<'_>) -> Result<(), Stop> {
        let said = Said {
            row: proposal.row,
            kind: String::new(),
            reason: String::new(),
            minutes: proposal.minutes,
            effect: proposal.effect,
            earliest_days: proposal.earliest_days,
            due_days: proposal.due_days,
            confidence: proposal.confidence,
            note: proposal.note.to_owned(),
        };
        self.0.push((said, proposal.kind, proposal.reason));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_another_type_is_refused_by_its_column() {
        let rows = Rows::default().with_row(&[(Column::SilenceDays, 3_u32.into())]);
        let error = rows.column(Column::SilenceDays).err();
        assert_eq!(error, Some(StrategyError::MissingColumn { name: "silence-days" }));
    }

    #[test]
    fn rows_without_a_value_are_null_and_texts_lie_end_to_end() {
        let mut rows = Rows::default().with_row(&[]);
        for _ in 0..8 {
            rows = rows.with_row(&[(Column::Name, "Ann".into())]);
        }
        let stored = rows.column(Column::Name).unwrap();
        let columns = [stored.data(Column::Name)];
        let batch = Batch::new(9, rows.now, rows.seed, &columns).unwrap();
        let names: Vec<_> = (0..9).map(|row| batch.text(Column::Name, row)).collect();
        assert_eq!(names[0], None);
        assert_eq!(names[1..], [Some("Ann"); 8]);
    }
}
