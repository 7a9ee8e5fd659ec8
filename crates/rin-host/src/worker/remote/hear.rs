//! What a worker says, and what its host makes of it.
//!
//! Everything here comes from the far side of the lead: it is copied first, then read, then judged.

use rin_abi::{
    Provides, Source, Status,
    host::{TakeProposals as _, TakeRecords as _},
};

use super::{
    super::{
        MAX_PIECE,
        frames::frame,
        message::{ask, read_norms, read_refusal, tell},
        records::{PROPOSAL, Proposed, read_finding, read_proposal, read_records},
        spawn::Hands,
        talk::{Next, garbled},
        wire::{Eye, Garbled, Pen},
    },
    Ready,
};
use crate::{
    CallFault, Confinement, LoadFault,
    checks::{CheckedProposals, CheckedRecords, most_proposals},
    part::Part,
};

/// Bytes of notes taken in one answer.
const MAX_NOTES: usize = 16 << 20;

/// Bytes of records taken from a source of no length.
const MAX_RECORDS: u64 = 256 << 20;
/// Bytes of records taken beyond that for each byte of a source; an archive may hold many times its own length.
const RECORDS_PER_BYTE: u64 = 200;

/// Hears what a worker says until its instance is ready.
pub(super) fn hear_start(
    kind: u8,
    eye: &mut Eye<'_>,
    ready: &mut Ready,
    refused: &mut Option<LoadFault>,
) -> Result<Next, CallFault> {
    let mut read = || match kind {
        tell::HELLO => {
            let (limits, memory) = (eye.flag()?, eye.flag()?);
            let (files, calls) = (eye.flag()?, eye.flag()?);
            ready.confinement = Confinement { process: true, limits, memory, files, calls };
            Ok(Next::GoOn)
        }
        tell::READY => {
            ready.provides = Provides { reader: eye.flag()?, strategy: eye.flag()? };
            ready.norms = read_norms(eye)?;
            Ok(Next::Done)
        }
        tell::REFUSED => {
            *refused = Some(read_refusal(eye)?);
            Ok(Next::Done)
        }
        _ => Err(Garbled),
    };
    read().map_err(garbled)
}

/// A status, and everything that was handed over before it.
pub(super) struct Answer {
    pub(super) status: Status,
    pub(super) bytes: Vec<u8>,
    /// The most that is kept.
    pub(super) room: usize,
}

impl Default for Answer {
    fn default() -> Self {
        Self { status: Status::INTERNAL, bytes: Vec::new(), room: MAX_NOTES }
    }
}

impl Answer {
    pub(super) fn hear(
        &mut self,
        kind: u8,
        fields: &[u8],
        hands: &mut Hands,
    ) -> Result<Next, CallFault> {
        let mut eye = Eye::new(fields);
        if kind == tell::END {
            self.status = Status::from_code(eye.i32().map_err(garbled)?);
        } else if kind != tell::FULL {
            return Err(garbled(Garbled));
        }
        hands.empty(kind, &mut eye, &mut self.bytes)?;
        if self.room < self.bytes.len() {
            return Err(CallFault::Flooded { what: "bytes of an answer", limit: self.room as u64 });
        }
        Ok(if kind == tell::END { Next::Done } else { Next::GoOn })
    }
}

/// Writes the names of a source's files.
pub(super) fn write_files(pen: &mut Pen, source: &dyn Source) {
    pen.i64(source.now().unix_ms()).count(source.entries().len());
    for entry in source.entries() {
        pen.text(&entry.name).u64(entry.size).flag(entry.modified.is_some());
        pen.i64(entry.modified.map_or(0, rin_core::Moment::unix_ms));
    }
}

/// Reads a piece of a file for a worker and says how long it is.
pub(super) fn lend(source: &dyn Source, fields: &[u8], hands: &mut Hands) -> Result<(), CallFault> {
    let mut eye = Eye::new(fields);
    let mut read = || Ok((eye.u64()?, eye.u64()?, eye.u64()?));
    let (entry, offset, len) = read().map_err(garbled)?;
    let entry = usize::try_from(entry).unwrap_or(usize::MAX);
    let len = usize::try_from(len).unwrap_or(usize::MAX).min(MAX_PIECE);
    let room = hands.carrier.tray().get_mut(..len);
    let n = match room.map(|room| source.read_at(entry, offset, room)) {
        Some(Ok(n)) => i64::try_from(n.min(len)).unwrap_or_default(),
        Some(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            Status::ARG.code().into()
        }
        _ => Status::SOURCE.code().into(),
    };
    hands.lend(usize::try_from(n).unwrap_or_default())?;
    let mut pen = frame(ask::BYTES);
    pen.i64(n);
    hands.say(pen)
}

/// Hands proposals about a part on, as what they are: about one of its portions after the other.
pub(super) fn hand_on(
    part: Part,
    bytes: &[u8],
    take: &mut CheckedProposals<'_>,
) -> Result<(), CallFault> {
    let mut portions = part.portions();
    let mut eye = Eye::new(bytes);
    while !eye.is_at_end() {
        let status = match read_proposal(&mut eye).map_err(garbled)? {
            Proposed::Proposal(proposal) => take.take(Ok(proposal)),
            Proposed::Fault(what) => take.lied(what.to_owned()),
            Proposed::Portion => {
                take.begin(portions.next().ok_or(Garbled).map_err(garbled)?);
                Status::OK
            }
        };
        if !status.is_ok() {
            break;
        }
    }
    Ok(())
}

/// Returns how many bytes of proposals are taken about a part.
pub(super) fn room(part: Part) -> usize {
    let room = |portion: Part| {
        let most = usize::try_from(most_proposals(portion.rows())).unwrap_or(usize::MAX);
        most.saturating_mul(PROPOSAL)
    };
    part.portions().map(room).fold(MAX_NOTES, usize::saturating_add)
}

/// What a reader has said so far.
pub(super) struct Told {
    pub(super) status: Status,
    /// What was handed over last.
    bytes: Vec<u8>,
    /// Bytes handed over in all, and the most that is taken.
    total: u64,
    most: u64,
}

impl Told {
    /// Begins with nothing; a source of `n_bytes` may become so many bytes of records and no more.
    pub(super) fn new(n_bytes: u64) -> Self {
        let most = MAX_RECORDS.saturating_add(n_bytes.saturating_mul(RECORDS_PER_BYTE));
        Self { status: Status::INTERNAL, bytes: Vec::new(), total: 0, most }
    }
}

/// Hears what a reader says.
pub(super) fn hear_reading(
    kind: u8,
    fields: &[u8],
    hands: &mut Hands,
    take: &mut CheckedRecords<'_>,
    told: &mut Told,
) -> Result<Next, CallFault> {
    let mut eye = Eye::new(fields);
    let answer = match kind {
        tell::PROGRESS => {
            let mut read = || Ok((eye.u64()?, eye.u64()?));
            let (done, total) = read().map_err(garbled)?;
            take.progress(done, total)
        }
        tell::FAIL => take.fail(read_finding(&mut eye).map_err(garbled)?),
        tell::FULL | tell::END => {
            if kind == tell::END {
                told.status = Status::from_code(eye.i32().map_err(garbled)?);
            }
            told.bytes.clear();
            hands.empty(kind, &mut eye, &mut told.bytes)?;
            told.total += told.bytes.len() as u64;
            if told.most < told.total {
                return Err(CallFault::Flooded { what: "bytes of records", limit: told.most });
            }
            let taken = if take.fault.is_some() {
                Ok(Status::ARG)
            } else {
                read_records(&told.bytes, take).map_err(garbled)?
            };
            taken.unwrap_or_else(|what| take.lied(what))
        }
        _ => return Err(garbled(Garbled)),
    };
    Ok(match kind {
        tell::END => Next::Done,
        _ if answer.is_ok() => Next::GoOn,
        _ => Next::GiveUp,
    })
}
