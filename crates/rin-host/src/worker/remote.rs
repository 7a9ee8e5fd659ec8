//! The host's side: one instance in a worker, which is started again if it dies.
//!
//! A crash costs an answer. The next question starts a fresh worker, later the more often that has happened, and after
//! the third crash of the same bytes none any more. A batch in which a strategy crashed is asked once more in two
//! halves: what was an accident is mended by that, and what was not is narrowed down.

mod hear;

use std::{sync::Arc, thread, time::Duration};

use rin_abi::{
    Manifest, ParamValue, Provides, Source, Status,
    host::{Description, Services as _, TakeRemark},
};
use rin_core::{Batch, Brief, ColumnData, ColumnRequest, Norm};

use self::hear::{Answer, Told, hand_on, hear_reading, hear_start, lend, room, write_files};
use super::{
    columns,
    frames::frame,
    message::{Norms, Opening, PROTOCOL, ask, tell, write_brief},
    records::read_remark,
    spawn::Running,
    talk::{Hear, Next, Patience, garbled},
    wire::{Eye, Pen},
};
use crate::{
    CallFault, Confinement, Isolation, LoadFault, Loading,
    bytes::Bytes,
    call::after_colon,
    checks::{CheckedProposals, CheckedRecords},
    part::Part,
    seat::Seat,
    services::Office,
};

/// The first pause before a worker is started again; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(50);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// What an instance in a worker is started from.
pub(crate) struct Start {
    pub(crate) manifest: Arc<Manifest>,
    pub(crate) bytes: Arc<Bytes>,
    pub(crate) values: Vec<ParamValue>,
    pub(crate) how: Arc<Loading>,
    pub(crate) office: Arc<Office>,
}

/// An instance in a worker.
pub(crate) struct Remote {
    start: Start,
    /// `None` between a crash and the next question.
    running: Option<Running>,
    ready: Ready,
    restarts: u32,
    /// Portions that the worker buried last had answered of its last question, as it said.
    answered: u32,
    /// Whether rows are asked about again whose crash has been counted.
    is_counted: bool,
    /// Room for answers, kept from call to call.
    room: Vec<Vec<u8>>,
}

/// What an instance says when it is ready.
#[derive(Default)]
struct Ready {
    confinement: Confinement,
    provides: Provides,
    norms: Norms,
}

impl Remote {
    /// Starts a worker and an instance in it.
    pub(crate) fn start(start: Start) -> Result<Self, LoadFault> {
        let mut remote = Self {
            start,
            running: None,
            ready: Ready::default(),
            restarts: 0,
            answered: 0,
            is_counted: false,
            room: Vec::new(),
        };
        remote.running = Some(remote.open()?);
        Ok(remote)
    }

    /// Starts a worker and waits until its instance is ready.
    fn open(&mut self) -> Result<Running, LoadFault> {
        let Start { bytes, how, .. } = &self.start;
        if how.ledger.is_quarantined(&bytes.sha256) {
            return Err(LoadFault::Quarantined { crashes: how.ledger.count(&bytes.sha256) });
        }
        let running = Running::start(bytes, how)?;
        let mut pen = frame(ask::START);
        self.opening(&running)?.write(&mut pen);
        let (mut ready, mut refused) = (Ready::default(), None);
        let patience = self.patience(how.limits.answer);
        let running = self.converse(running, (0, pen), patience, &mut |kind, fields, _| {
            hear_start(kind, &mut Eye::new(fields), &mut ready, &mut refused)
        });
        match (running, refused) {
            (Err(fault), _) => Err(as_load_fault(fault)),
            (Ok(_), Some(fault)) => Err(self.in_its_words(fault)),
            (Ok(mut running), None) => {
                self.ready = ready;
                running.has_opened();
                Ok(running)
            }
        }
    }

    fn opening(&self, running: &Running) -> Result<Opening, LoadFault> {
        let Start { manifest, values, how, office, .. } = &self.start;
        Ok(Opening {
            protocol: PROTOCOL,
            host: std::process::id(),
            memory: how.limits.memory,
            processor_s: how.limits.processor.as_secs(),
            is_required: how.isolation == Isolation::Required,
            is_strict: how.strict,
            max_level: office.max_level().map_or(0, rin_abi::LogLevel::number),
            library: running.library()?,
            expected: Description::of(manifest).to_lists(),
            columns: manifest.info.columns.clone(),
            values: values.clone(),
        })
    }

    /// Returns a refusal with what the plugin logged about it.
    fn in_its_words(&self, fault: LoadFault) -> LoadFault {
        let said = self.start.office.end();
        match fault {
            LoadFault::Params { .. } => LoadFault::Params { said },
            LoadFault::Create { code, .. } => LoadFault::Create { code, said },
            fault => fault,
        }
    }

    fn patience(&self, whole: Duration) -> Patience {
        let limits = self.start.how.limits;
        Patience::new(whole, whole, limits.grace)
    }

    /// Returns the worker that lives, or a fresh one.
    fn take_running(&mut self) -> Result<Running, CallFault> {
        if let Some(running) = self.running.take() {
            return Ok(running);
        }
        let pause = PAUSE.saturating_mul(1 << self.restarts.min(10)).min(LONGEST_PAUSE);
        self.restarts += 1;
        let Start { bytes, how, .. } = &self.start;
        if !how.ledger.is_quarantined(&bytes.sha256) {
            thread::sleep(pause);
        }
        self.open().map_err(|fault| match fault {
            LoadFault::Quarantined { crashes } => CallFault::Quarantined { crashes },
            LoadFault::Late { after } => CallFault::Late { after },
            LoadFault::Crashed { how } => CallFault::Crashed { how },
            other => CallFault::Crashed { how: other.to_string() },
        })
    }

    /// Says something, about so many bytes of the tray, and listens until `hear` is done. If that does not come about, the
    /// worker is buried.
    fn converse(
        &mut self,
        mut running: Running,
        (used, message): (usize, Pen),
        mut patience: Patience,
        hear: &mut Hear<'_>,
    ) -> Result<Running, CallFault> {
        let office = &self.start.office;
        running.hands.turn.begin();
        let lent = if used == 0 { Ok(()) } else { running.hands.lend(used) };
        let said = lent.and_then(|()| running.hands.say(message));
        match said.and_then(|()| running.listen(&mut patience, office, hear)) {
            Ok(()) => Ok(running),
            Err(fault) => {
                self.answered = running.hands.answered();
                Err(self.bury(running, fault))
            }
        }
    }

    /// Ends a worker that gave no answer, and counts it unless it was stopped at somebody's wish or counted before.
    fn bury(&self, running: Running, fault: CallFault) -> CallFault {
        let fault = match fault {
            CallFault::Cancelled => return CallFault::Cancelled,
            CallFault::Crashed { how: words } => {
                CallFault::Crashed { how: format!("{}{}", running.bury(), after_colon(&words)) }
            }
            fault => fault,
        };
        let Start { manifest, bytes, how, .. } = &self.start;
        let plugin = &manifest.info.id;
        let crashes = if self.is_counted {
            how.ledger.count(&bytes.sha256)
        } else {
            how.ledger.add(&bytes.sha256, plugin, &fault.to_string())
        };
        tracing::warn!(plugin, crashes, "the plugin {fault}");
        fault
    }

    /// Asks something and waits for the answer; `answer` says what room it has.
    fn answer_to(
        &mut self,
        running: Running,
        message: (usize, Pen),
        (mut answer, patience): (Answer, Patience),
    ) -> Result<Answer, CallFault> {
        let running = self.converse(running, message, patience, &mut |kind, fields, hands| {
            answer.hear(kind, fields, hands)
        })?;
        self.running = Some(running);
        Ok(answer)
    }

    /// Asks something that has only a status for an answer.
    fn status_of(&mut self, message: Pen) -> Result<Status, CallFault> {
        let running = self.take_running()?;
        let patience = self.patience(self.start.how.limits.answer);
        Ok(self.answer_to(running, (0, message), (Answer::default(), patience))?.status)
    }

    /// Asks for proposals about a part of a batch; `None` if it does not fit into the tray.
    fn ask(
        &mut self,
        question: &Question<'_>,
        part: Part,
    ) -> Result<Option<(Status, Vec<u8>)>, CallFault> {
        let mut running = self.take_running()?;
        let mut pen = frame(ask::PROPOSE);
        pen.i64(question.batch.now().unix_ms()).u64(question.batch.seed());
        let (columns, requests) = (&question.columns, question.requests);
        let tray = running.hands.carrier.tray();
        let Some(used) = columns::lay(columns, requests, part, tray, &mut pen) else {
            self.running = Some(running);
            return Ok(None);
        };
        let bytes = self.room.pop().unwrap_or_default();
        let answer = Answer { bytes, room: room(part), ..Answer::default() };
        let patience = self.patience(self.start.how.limits.answer).for_each_of(part.n_portions());
        let answer = self.answer_to(running, (used, pen), (answer, patience))?;
        Ok(Some((answer.status, answer.bytes)))
    }

    /// Asks about everything, in parts that fit into the tray, and once more in halves about rows that crash it.
    fn ask_all(
        &mut self,
        question: &Question<'_>,
        answers: &mut Vec<(Part, Vec<u8>)>,
    ) -> Result<Status, CallFault> {
        let mut parts = vec![Part { from: 0, to: question.batch.rows() }];
        let mut crashed: Vec<Part> = Vec::new();
        while let Some(part) = parts.pop() {
            self.is_counted = crashed.iter().any(|earlier| earlier.has(part));
            let asked = self.ask(question, part);
            self.is_counted = false;
            let (status, bytes) = match asked {
                Ok(Some(answer)) => answer,
                Ok(None) => {
                    let too_large =
                        CallFault::Status { code: Status::ARG.code(), said: String::new() };
                    let (first, second) = part.halves().ok_or(too_large)?;
                    parts.extend([second, first]);
                    continue;
                }
                Err(CallFault::Crashed { how }) => {
                    let narrower = self.narrow(part, how, &mut crashed)?;
                    parts.extend(narrower.into_iter().rev());
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            answers.push((part, bytes));
            if !status.is_ok() {
                return Ok(status);
            }
        }
        Ok(Status::OK)
    }

    /// Returns how a part is asked about again that crashed in one of its portions.
    ///
    /// # Errors
    /// The crash, if it did so before.
    fn narrow(
        &self,
        part: Part,
        how: String,
        crashed: &mut Vec<Part>,
    ) -> Result<Vec<Part>, CallFault> {
        let bad = part.portion(self.answered as usize);
        let Some(earlier) = crashed.iter().find(|earlier| earlier.has(bad)) else {
            crashed.push(bad);
            return Ok(part.around(bad));
        };
        if *earlier == bad {
            return Err(CallFault::Crashed { how });
        }
        let (from, last) = (bad.from, bad.to - 1);
        Err(CallFault::Crashed { how: format!("{how} (in rows {from} to {last} of a batch)") })
    }
}

/// Says what became of a call in the words of a start.
fn as_load_fault(fault: CallFault) -> LoadFault {
    match fault {
        CallFault::Crashed { how } => LoadFault::Crashed { how },
        CallFault::Late { after } => LoadFault::Late { after },
        CallFault::Quarantined { crashes } => LoadFault::Quarantined { crashes },
        other => LoadFault::Crashed { how: format!("it {other}") },
    }
}

/// What is asked about a batch.
struct Question<'a> {
    batch: &'a Batch<'a>,
    columns: Vec<Option<ColumnData<'a>>>,
    requests: &'a [ColumnRequest],
}

impl Seat for Remote {
    fn provides(&self) -> Provides {
        self.ready.provides
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        requests: &[ColumnRequest],
        take: &mut CheckedProposals<'_>,
    ) -> Result<Status, CallFault> {
        let columns = columns::asked(batch, requests)?;
        let question = Question { batch, columns, requests };
        let mut answers = Vec::new();
        let status = self.ask_all(&question, &mut answers)?;
        for (part, mut bytes) in answers {
            hand_on(part, &bytes, take)?;
            bytes.clear();
            self.room.push(bytes);
        }
        Ok(status)
    }

    fn norms(&mut self) -> Result<Option<(Vec<Norm>, usize)>, CallFault> {
        let norms = self.ready.norms.clone().transpose();
        norms.map_err(|what| CallFault::Lied { what })
    }

    fn review(&mut self, brief: &Brief, take: TakeRemark<'_>) -> Result<Status, CallFault> {
        let mut pen = frame(ask::REVIEW);
        write_brief(&mut pen, brief);
        let running = self.take_running()?;
        let patience = self.patience(self.start.how.limits.answer);
        let answer = self.answer_to(running, (0, pen), (Answer::default(), patience))?;
        let mut eye = Eye::new(&answer.bytes);
        while !eye.is_at_end() {
            let remark = read_remark(&mut eye).map_err(garbled)?;
            let remark = remark.map_err(|what| CallFault::Lied { what })?;
            if !take(Ok(remark)).is_ok() {
                return Ok(Status::ARG);
            }
        }
        Ok(answer.status)
    }

    fn probe(&mut self, source: &dyn Source) -> Result<i32, CallFault> {
        let mut pen = frame(ask::PROBE);
        write_files(&mut pen, source);
        let mut answer = Answer::default();
        let running = self.take_running()?;
        let patience = self.patience(self.start.how.limits.answer);
        let running = self.converse(running, (0, pen), patience, &mut |kind, fields, hands| {
            if kind == tell::WANT {
                return lend(source, fields, hands).map(|()| Next::GoOn);
            }
            answer.hear(kind, fields, hands)
        })?;
        self.running = Some(running);
        Ok(answer.status.code())
    }

    fn read(
        &mut self,
        source: &dyn Source,
        take: &mut CheckedRecords<'_>,
    ) -> Result<Status, CallFault> {
        let mut pen = frame(ask::READ);
        write_files(&mut pen, source);
        let limits = self.start.how.limits;
        let sizes = source.entries().iter().map(|entry| entry.size);
        let n_bytes = sizes.fold(0, u64::saturating_add);
        let whole = limits.read + Duration::from_secs(n_bytes >> 20);
        let patience = Patience::new(whole, limits.silence, limits.grace);
        let mut told = Told::new(n_bytes);
        let running = self.take_running()?;
        let heard = self.converse(running, (0, pen), patience, &mut |kind, fields, hands| {
            if kind == tell::WANT {
                return lend(source, fields, hands).map(|()| Next::GoOn);
            }
            hear_reading(kind, fields, hands, take, &mut told)
        });
        match heard {
            Ok(running) => {
                self.running = Some(running);
                Ok(told.status)
            }
            // It was the taker who wanted no more; why is known there.
            Err(CallFault::Cancelled) if take.fault.is_some() => Ok(Status::CANCELLED),
            Err(fault) => Err(fault),
        }
    }

    fn reset(&mut self) -> Result<Status, CallFault> {
        self.status_of(frame(ask::RESET))
    }

    fn renew(&mut self) -> Result<Status, CallFault> {
        self.status_of(frame(ask::RENEW))
    }

    fn confinement(&self) -> Confinement {
        self.ready.confinement
    }

    fn process(&self) -> Option<u32> {
        self.running.as_ref().map(Running::process)
    }
}
