//! Answering: one question after the other, each with everything the plugin hands over and then its status.

use std::{
    cell::RefCell,
    time::{Duration, Instant},
};

use rin_abi::{
    Fault, Status,
    host::{Instance, Odd, TakeProposals, TakeRecords},
};
use rin_core::{Batch, ColumnRequest, Finding, Proposal, Record, StrategyError};

use super::{
    super::{
        SLOT, columns,
        frames::frame,
        message::{ask, read_brief, tell},
        records::{write_finding, write_portion, write_proposal, write_record, write_remark},
        wire::{Eye, Garbled, Pen},
    },
    line::Line,
    source::Files,
};
use crate::{checks::most_proposals, part::Part, seat::MAX_REMARKS};

/// A person sees no more news of the progress than this.
const SELDOM: Duration = Duration::from_millis(20);

/// Answers until the host is gone.
pub(super) fn answer_all(
    line: &mut Line,
    mut instance: Instance,
    requests: &[ColumnRequest],
    again: &dyn Fn() -> Result<Instance, Status>,
) {
    let wire = line.wire();
    let mut room = Vec::new();
    loop {
        let (kind, fields) = line.hear_question();
        let mut eye = Eye::new(&fields);
        if kind == ask::RENEW {
            // The earlier one is ended first, so that no two of them are ever there at once.
            drop(instance);
            let made = again();
            wire.end_call();
            end(line, made.as_ref().err().copied().unwrap_or(Status::OK), &[]);
            let Ok(made) = made else { return };
            instance = made;
            continue;
        }
        let answered = match kind {
            ask::PROPOSE => propose(line, &mut instance, (requests, room), &mut eye),
            ask::REVIEW => review(line, &mut instance, &mut eye),
            ask::PROBE => probe(line, &mut instance, &mut eye),
            ask::READ => read(line, &mut instance, &mut eye),
            ask::RESET => Ok((instance.reset(), Vec::new())),
            _ => Ok((Status::UNSUPPORTED, Vec::new())),
        };
        wire.end_call();
        let (status, rest) = answered.unwrap_or((Status::INTERNAL, Vec::new()));
        end(line, status, &rest);
        // Kept for the next answer, as large as the largest so far.
        room = rest;
        room.clear();
    }
}

fn end(line: &mut Line, status: Status, rest: &[u8]) {
    line.hand_over(tell::END, &status.code().to_le_bytes(), rest);
}

/// A status, and what was not handed over yet.
type Answer = Result<(Status, Vec<u8>), Garbled>;

fn propose(
    line: &mut Line,
    instance: &mut Instance,
    (requests, room): (&[ColumnRequest], Vec<u8>),
    eye: &mut Eye<'_>,
) -> Answer {
    let (now_ms, seed) = (eye.i64()?, eye.u64()?);
    let tray = line.laid();
    let laid = columns::find(eye, tray.bytes())?;
    let Some(batch) = columns::batch(&laid, now_ms, seed) else { return Err(Garbled) };
    let mut out = Proposals { pen: Pen { bytes: room }, line, left: 0 };
    let mut status = Status::OK;
    for (part, answered) in (Part { from: 0, to: batch.rows() }).portions().zip(1..) {
        // The first is the plugin's own affair: it knows when it is to stop.
        if 0 < part.from && out.line.is_stopped() {
            status = Status::CANCELLED;
            break;
        }
        out.begin(part);
        let ask = |batch: &Batch<'_>| instance.propose(batch, requests, &mut out);
        status = match batch.part(part.from, part.to, ask) {
            Ok(status) => status,
            Err(StrategyError::MissingColumn { .. }) => Status::ARG,
            Err(_) => Status::INTERNAL,
        };
        if !status.is_ok() {
            break;
        }
        out.line.mark(answered);
    }
    Ok((status, out.pen.bytes))
}

/// Hands over what is more than a slot takes, up to the item that was begun at `before`.
fn flush(pen: &mut Pen, before: usize, line: &mut Line) {
    if SLOT < pen.bytes.len() {
        line.hand_over(tell::FULL, &[], pen.bytes.get(..before).unwrap_or_default());
        pen.bytes.drain(..before);
    }
}

/// Takes proposals, as many as the host does and one more, by which it knows that there were too many.
struct Proposals<'l> {
    pen: Pen,
    line: &'l mut Line,
    left: u64,
}

impl Proposals<'_> {
    /// Takes what is proposed for these rows.
    fn begin(&mut self, part: Part) {
        self.left = most_proposals(part.rows()).saturating_add(1);
        let before = self.pen.bytes.len();
        write_portion(&mut self.pen);
        flush(&mut self.pen, before, self.line);
    }
}

impl TakeProposals for Proposals<'_> {
    fn take(&mut self, proposal: Result<Proposal<'_>, Fault>) -> Status {
        let Some(left) = self.left.checked_sub(1) else { return Status::FULL };
        self.left = left;
        let before = self.pen.bytes.len();
        write_proposal(&mut self.pen, &proposal);
        flush(&mut self.pen, before, self.line);
        if proposal.is_ok() { Status::OK } else { Status::ARG }
    }
}

fn review(line: &mut Line, instance: &mut Instance, eye: &mut Eye<'_>) -> Answer {
    let brief = read_brief(eye)?;
    let mut pen = Pen::default();
    let mut taken = 0;
    let status = instance.review(&brief, &mut |remark| {
        // One more than the host takes, by which it knows that there were too many.
        if MAX_REMARKS < taken {
            return Status::FULL;
        }
        taken += 1;
        let before = pen.bytes.len();
        write_remark(&mut pen, &remark);
        flush(&mut pen, before, line);
        if remark.is_ok() { Status::OK } else { Status::ARG }
    });
    Ok((status, pen.bytes))
}

fn probe(line: &mut Line, instance: &mut Instance, eye: &mut Eye<'_>) -> Answer {
    let line = RefCell::new(line);
    let files = Files::read(eye, &line)?;
    let answer = instance.probe(&files);
    Ok((Status::from_code(answer), Vec::new()))
}

fn read(line: &mut Line, instance: &mut Instance, eye: &mut Eye<'_>) -> Answer {
    let line = RefCell::new(line);
    let files = Files::read(eye, &line)?;
    let mut out = Records { pen: Pen::default(), line: &line, told: None };
    let status = instance.read(&files, &mut out);
    Ok((status, out.pen.bytes))
}

/// Takes records until the host wants no more.
struct Records<'l> {
    pen: Pen,
    line: &'l RefCell<&'l mut Line>,
    /// When the host was told last how far the reading is.
    told: Option<Instant>,
}

impl Records<'_> {
    /// Hands over everything, so that what is said next comes after it.
    fn hand_over(&mut self) {
        if !self.pen.bytes.is_empty() {
            self.line.borrow_mut().hand_over(tell::FULL, &[], &self.pen.bytes);
            self.pen.bytes.clear();
        }
    }

    fn status(&self) -> Status {
        let is_stopped = self.line.borrow().is_stopped();
        if is_stopped { Status::CANCELLED } else { Status::OK }
    }
}

impl TakeRecords for Records<'_> {
    fn record(&mut self, record: Result<Record<'_>, Odd>) -> Status {
        let before = self.pen.bytes.len();
        write_record(&mut self.pen, &record);
        flush(&mut self.pen, before, &mut self.line.borrow_mut());
        if let Err(Odd::Fault(_)) = record { Status::ARG } else { self.status() }
    }

    fn progress(&mut self, done: u64, total: u64) -> Status {
        let is_news = self.told.is_none_or(|at| SELDOM <= at.elapsed()) || total <= done;
        if !is_news {
            return self.status();
        }
        self.told = Some(Instant::now());
        let mut pen = frame(tell::PROGRESS);
        pen.u64(done).u64(total);
        self.line.borrow().tell(pen);
        self.status()
    }

    fn fail(&mut self, why: Finding<'_>) -> Status {
        self.hand_over();
        let mut pen = frame(tell::FAIL);
        write_finding(&mut pen, &why);
        self.line.borrow().tell(pen);
        Status::OK
    }
}
