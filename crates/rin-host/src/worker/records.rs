//! What a plugin hands over, on its way from a worker to its host.
//!
//! The host decodes a private copy and checks every number, so that a worker can make up any record it likes but no
//! impossible one.

use rin_abi::{
    Status,
    host::{Odd, TakeRecords},
};
use rin_core::{
    AccountFlags, AccountRecord, CoverageRecord, Finding, InteractionKind, InteractionKinds,
    InteractionRecord, Moment, Proposal, Record, Remark, Severity, Text, TieEnd, TieKind, TieKinds,
    TieRecord, TieStart, Verdict,
};

use super::wire::{Eye, Garbled, Pen};

const ACCOUNT: u8 = 1;
const TIE: u8 = 2;
const INTERACTION: u8 = 3;
const COVERAGE: u8 = 4;
const FINDING: u8 = 5;
const UNKNOWN: u8 = 6;
const FAULT: u8 = 7;
const PORTION: u8 = 8;

/// Writes a record, or what is odd about it.
pub(crate) fn write_record(pen: &mut Pen, record: &Result<Record<'_>, Odd>) {
    match record {
        Ok(Record::Account(it)) => {
            pen.u8(ACCOUNT).text(it.id).text(it.alias).text(it.handle).text(it.name).text(it.facts);
            moment(pen.u32(it.flags.bits()), it.seen);
        }
        Ok(Record::Tie(it)) => write_tie(pen, it),
        Ok(Record::Interaction(it)) => {
            pen.u8(INTERACTION).text(it.id).text(it.from).text(it.to).text(it.labels);
            pen.i64(it.at.unix_ms()).u8(it.kind.number());
        }
        Ok(Record::Coverage(it)) => {
            pen.u8(COVERAGE).text(it.account);
            pen.u32(it.sent.bits().into()).u32(it.received.bits().into());
            pen.u32(it.ties_held.bits().into()).u32(it.ties_to.bits().into());
            moment(pen, it.since);
            moment(pen, it.until);
        }
        Ok(Record::Finding(it)) => write_finding(pen.u8(FINDING), it),
        Ok(_) | Err(Odd::Unknown) => {
            pen.u8(UNKNOWN);
        }
        Err(Odd::Fault(fault)) => {
            pen.u8(FAULT).text(&fault.to_string());
        }
    }
}

fn moment(pen: &mut Pen, moment: Option<Moment>) {
    pen.flag(moment.is_some()).i64(moment.map_or(0, Moment::unix_ms));
}

fn write_tie(pen: &mut Pen, it: &TieRecord<'_>) {
    pen.u8(TIE).text(it.from).text(it.to).text(it.label).u8(it.kind.number());
    match it.start {
        TieStart::Unknown => pen.u8(0).i64(0),
        TieStart::Exact(at) => pen.u8(1).i64(at.unix_ms()),
        TieStart::AtOrBefore(at) => pen.u8(2).i64(at.unix_ms()),
    };
    match it.end {
        TieEnd::Open => pen.u8(0).i64(0).i64(0),
        TieEnd::Exact(at) => pen.u8(1).i64(at.unix_ms()).i64(0),
        TieEnd::Between { after, by } => pen.u8(2).i64(after.unix_ms()).i64(by.unix_ms()),
    };
}

/// Writes a finding.
pub(crate) fn write_finding(pen: &mut Pen, it: &Finding<'_>) {
    pen.u8(it.severity as u8).text(it.code).text(it.file).u64(it.place).u64(it.count);
    pen.text(it.en).text(it.de);
}

/// Reads records and hands them over; what the worker said was wrong with one comes back as text.
pub(crate) fn read_records(
    bytes: &[u8],
    take: &mut dyn TakeRecords,
) -> Result<Result<Status, String>, Garbled> {
    let mut eye = Eye::new(bytes);
    while !eye.is_at_end() {
        let record = match eye.u8()? {
            UNKNOWN => Err(Odd::Unknown),
            FAULT => return Ok(Err(eye.text()?.to_owned())),
            kind => read_record(kind, &mut eye)?.ok_or(Odd::Unknown),
        };
        let status = take.record(record);
        if !status.is_ok() {
            return Ok(Ok(status));
        }
    }
    Ok(Ok(Status::OK))
}

/// Reads one record; `None` if it is of a kind that is not known.
fn read_record<'a>(kind: u8, eye: &mut Eye<'a>) -> Result<Option<Record<'a>>, Garbled> {
    Ok(Some(match kind {
        ACCOUNT => Record::Account(AccountRecord {
            id: eye.text()?,
            alias: eye.text()?,
            handle: eye.text()?,
            name: eye.text()?,
            facts: eye.text()?,
            flags: AccountFlags::from_bits(eye.u32()?),
            seen: read_moment(eye)?,
        }),
        TIE => return read_tie(eye),
        INTERACTION => {
            let (id, from, to, labels) = (eye.text()?, eye.text()?, eye.text()?, eye.text()?);
            let at = Moment::from_unix_ms(eye.i64()?);
            let Some(kind) = InteractionKind::from_number(eye.u8()?) else { return Ok(None) };
            Record::Interaction(InteractionRecord { id, at, from, to, kind, labels })
        }
        COVERAGE => Record::Coverage(CoverageRecord {
            account: eye.text()?,
            sent: InteractionKinds::from_bits(low(eye.u32()?)),
            received: InteractionKinds::from_bits(low(eye.u32()?)),
            ties_held: TieKinds::from_bits(low(eye.u32()?)),
            ties_to: TieKinds::from_bits(low(eye.u32()?)),
            since: read_moment(eye)?,
            until: read_moment(eye)?,
        }),
        FINDING => Record::Finding(read_finding(eye)?),
        _ => return Err(Garbled),
    }))
}

/// Returns the kinds this version has room for.
const fn low(set: u32) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "higher bits are meant to go")]
    let low = set as u16;
    low
}

fn read_moment(eye: &mut Eye<'_>) -> Result<Option<Moment>, Garbled> {
    let (is_there, ms) = (eye.flag()?, eye.i64()?);
    Ok(is_there.then(|| Moment::from_unix_ms(ms)))
}

fn read_tie<'a>(eye: &mut Eye<'a>) -> Result<Option<Record<'a>>, Garbled> {
    let at = Moment::from_unix_ms;
    let (from, to, label) = (eye.text()?, eye.text()?, eye.text()?);
    let kind = TieKind::from_number(eye.u8()?);
    let start = match (eye.u8()?, at(eye.i64()?)) {
        (0, _) => TieStart::Unknown,
        (1, at) => TieStart::Exact(at),
        (2, at) => TieStart::AtOrBefore(at),
        _ => return Err(Garbled),
    };
    let end = match (eye.u8()?, at(eye.i64()?), at(eye.i64()?)) {
        (0, ..) => TieEnd::Open,
        (1, at, _) => TieEnd::Exact(at),
        (2, after, by) => TieEnd::Between { after, by },
        _ => return Err(Garbled),
    };
    Ok(kind.map(|kind| Record::Tie(TieRecord { from, to, kind, start, end, label })))
}

/// Reads a finding.
pub(crate) fn read_finding<'a>(eye: &mut Eye<'a>) -> Result<Finding<'a>, Garbled> {
    Ok(Finding {
        severity: Severity::from_number(eye.u8()?),
        code: eye.text()?,
        file: eye.text()?,
        place: eye.u64()?,
        count: eye.u64()?,
        en: eye.text()?,
        de: eye.text()?,
    })
}

/// Writes a proposal; `Err` is what is wrong with it.
pub(crate) fn write_proposal(pen: &mut Pen, proposal: &Result<Proposal<'_>, rin_abi::Fault>) {
    let it = match proposal {
        Ok(it) => it,
        Err(fault) => {
            pen.u8(FAULT).text(&fault.to_string());
            return;
        }
    };
    let row = Row {
        at: it.row as u64,
        kind: it.kind,
        reason: it.reason,
        figures: [it.minutes, it.effect, it.earliest_days, it.due_days, it.confidence],
        note: u32::try_from(it.note.len()).unwrap_or(u32::MAX),
    };
    // Room first and values into it: copying what was just put together piece by piece would wait for every piece.
    pen.bytes.extend_from_slice(&[0; PROPOSAL]);
    if let Some(room) = pen.bytes.last_chunk_mut() {
        row.write(room);
    }
    if !it.note.is_empty() {
        pen.bytes.extend_from_slice(it.note.as_bytes());
    }
}

/// Writes that what follows is about the next portion.
pub(crate) fn write_portion(pen: &mut Pen) {
    pen.u8(PORTION);
}

/// Bytes of a proposal without its note.
pub(crate) const PROPOSAL: usize = 41;

/// A proposal without its note, in bytes of a fixed number: there may be one for every relationship.
struct Row {
    at: u64,
    kind: u32,
    reason: u32,
    figures: [f32; 5],
    note: u32,
}

impl Row {
    fn write(&self, bytes: &mut [u8; PROPOSAL]) {
        bytes[1..9].copy_from_slice(&self.at.to_le_bytes());
        bytes[9..13].copy_from_slice(&self.kind.to_le_bytes());
        bytes[13..17].copy_from_slice(&self.reason.to_le_bytes());
        for (room, figure) in bytes[17..37].as_chunks_mut().0.iter_mut().zip(self.figures) {
            *room = figure.to_le_bytes();
        }
        bytes[37..41].copy_from_slice(&self.note.to_le_bytes());
    }

    fn of_bytes(bytes: &[u8; PROPOSAL]) -> Self {
        let word = |at: usize| {
            let [a, b, c, d] = [0, 1, 2, 3].map(|i| bytes.get(at + i).copied().unwrap_or_default());
            u32::from_le_bytes([a, b, c, d])
        };
        Self {
            at: u64::from(word(1)) | u64::from(word(5)) << 32,
            kind: word(9),
            reason: word(13),
            figures: [17, 21, 25, 29, 33].map(|at| f32::from_bits(word(at))),
            note: word(37),
        }
    }
}

/// What stands in a row of proposals: each portion's begin with a word of their own.
pub(crate) enum Proposed<'a> {
    /// A proposal, of which nothing has been checked.
    Proposal(Proposal<'a>),
    /// What the worker found wrong with one.
    Fault(&'a str),
    /// What follows is about the next portion.
    Portion,
}

/// Reads one proposal.
pub(crate) fn read_proposal<'a>(eye: &mut Eye<'a>) -> Result<Proposed<'a>, Garbled> {
    let Some(bytes @ [0, ..]) = eye.rest().first_chunk::<PROPOSAL>() else {
        return match eye.u8()? {
            FAULT => eye.text().map(Proposed::Fault),
            PORTION => Ok(Proposed::Portion),
            _ => Err(Garbled),
        };
    };
    let row = Row::of_bytes(bytes);
    eye.take(PROPOSAL)?;
    let note = match row.note {
        0 => "",
        n => std::str::from_utf8(eye.take(n as usize)?).map_err(|_| Garbled)?,
    };
    let [minutes, effect, earliest_days, due_days, confidence] = row.figures;
    Ok(Proposed::Proposal(Proposal {
        row: usize::try_from(row.at).unwrap_or(usize::MAX),
        kind: row.kind,
        reason: row.reason,
        minutes,
        effect,
        earliest_days,
        due_days,
        confidence,
        note,
    }))
}

/// Writes a remark of a review; `Err` is what is wrong with it.
pub(crate) fn write_remark(pen: &mut Pen, remark: &Result<Remark, rin_abi::Fault>) {
    match remark {
        Ok(it) => {
            pen.u8(0).u8(it.verdict as u8).text(&it.norm).f64(it.found).f64(it.limit);
            pen.text(&it.text.en).text(&it.text.de);
        }
        Err(fault) => {
            pen.u8(FAULT).text(&fault.to_string());
        }
    }
}

/// Reads one remark; `Err` is what the worker found wrong with it.
pub(crate) fn read_remark(eye: &mut Eye<'_>) -> Result<Result<Remark, String>, Garbled> {
    match eye.u8()? {
        0 => {}
        FAULT => return Ok(Err(eye.text()?.to_owned())),
        _ => return Err(Garbled),
    }
    let verdict = match eye.u8()? {
        0 => Verdict::Ok,
        1 => Verdict::Warn,
        _ => Verdict::Stop,
    };
    Ok(Ok(Remark {
        verdict,
        norm: eye.text()?.to_owned(),
        found: eye.f64()?,
        limit: eye.f64()?,
        text: Text { en: eye.text()?.to_owned(), de: eye.text()?.to_owned() },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposals_arrive_bit_for_bit_and_cut_off_ones_do_not() {
        let proposal = Proposal {
            row: usize::MAX,
            kind: 7,
            reason: u32::MAX,
            minutes: f32::NAN,
            effect: -0.0,
            earliest_days: f32::NEG_INFINITY,
            due_days: f32::MIN_POSITIVE,
            confidence: 0.75,
            note: "grün",
        };
        let mut pen = Pen::default();
        write_proposal(&mut pen, &Ok(proposal));
        write_proposal(&mut pen, &Ok(Proposal::default()));
        let mut eye = Eye::new(&pen.bytes);
        for expected in [proposal, Proposal::default()] {
            let Ok(Proposed::Proposal(read)) = read_proposal(&mut eye) else { unreachable!() };
            assert_eq!(format!("{read:?}"), format!("{expected:?}"));
            assert_eq!(read.effect.to_bits(), expected.effect.to_bits());
        }
        assert!(eye.is_at_end());
        for end in 0..PROPOSAL {
            assert!(read_proposal(&mut Eye::new(&pen.bytes[..end])).is_err(), "{end}");
        }
    }
}
