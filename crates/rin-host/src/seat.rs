//! What stands around an instance wherever it sits: permissions before a call, judgement after it.
//!
//! A [`Seat`] carries a question to an instance and its answer back, and believes nothing of it. [`Seated`] makes a
//! [`Connection`] of any seat, so that a plugin in this process and one in a worker are judged by the same code.

use std::{fmt, sync::Arc};

use rin_abi::{Manifest, Provides, Source, Status, host::TakeRemark};
use rin_core::{
    Batch, Brief, Column, ColumnData, ColumnRequest, Norm, ProposalSink, RecordSink, Remark,
};

use crate::{
    CallError, CallFault, Canceller, Confinement, Connection,
    checks::{CheckedProposals, CheckedRecords},
    services::Office,
};

/// Where an instance sits. What comes back has not been judged; an error means that there is no answer at all.
pub(crate) trait Seat: Send {
    /// Returns what it can do, as it says itself.
    fn provides(&self) -> Provides;

    /// Asks for proposals about the columns in `requests` and no others, a portion of the rows at a time.
    fn propose(
        &mut self,
        batch: &Batch<'_>,
        requests: &[ColumnRequest],
        take: &mut CheckedProposals<'_>,
    ) -> Result<Status, CallFault>;

    /// Returns its norms and how many more have an unknown rule; `None` if those of the manifest hold.
    fn norms(&mut self) -> Result<Option<(Vec<Norm>, usize)>, CallFault>;

    /// Asks for a review.
    fn review(&mut self, brief: &Brief, take: TakeRemark<'_>) -> Result<Status, CallFault>;

    /// Asks how sure it is, in percent; negative is a status.
    fn probe(&mut self, source: &dyn Source) -> Result<i32, CallFault>;

    /// Has it read a source.
    fn read(
        &mut self,
        source: &dyn Source,
        take: &mut CheckedRecords<'_>,
    ) -> Result<Status, CallFault>;

    /// Has it forget everything.
    fn reset(&mut self) -> Result<Status, CallFault>;

    /// Ends the instance and starts another.
    fn renew(&mut self) -> Result<Status, CallFault>;

    /// Returns how far it is shut in.
    fn confinement(&self) -> Confinement;

    /// Returns the process it runs in, if that is another one and lives.
    fn process(&self) -> Option<u32>;
}

/// Remarks taken from one review.
pub(crate) const MAX_REMARKS: usize = 1024;

/// An instance on its seat, as a connection.
pub(crate) struct Seated<S> {
    seat: S,
    manifest: Arc<Manifest>,
    /// Columns the plugin would like and the user has not allowed.
    withheld: Vec<Column>,
    office: Arc<Office>,
    is_spent: bool,
}

impl<S> fmt::Debug for Seated<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Seated").field("id", &self.manifest.info.id).finish_non_exhaustive()
    }
}

impl<S: Seat> Seated<S> {
    pub(crate) fn new(
        seat: S,
        manifest: Arc<Manifest>,
        withheld: Vec<Column>,
        office: Arc<Office>,
    ) -> Self {
        Self { seat, manifest, withheld, office, is_spent: false }
    }

    fn error(&self, fault: CallFault) -> CallError {
        CallError { plugin: self.manifest.info.id.clone(), fault }
    }

    /// Refuses a call that cannot go well.
    fn begin(&self) -> Result<(), CallError> {
        if self.is_spent {
            return Err(self.error(CallFault::Poisoned));
        }
        if self.office.canceller().is_cancelled() {
            return Err(self.error(CallFault::Cancelled));
        }
        self.office.begin();
        Ok(())
    }

    /// Judges a call by its status and by what the host noticed meanwhile, which weighs more.
    fn end(
        &mut self,
        answer: Result<Status, CallFault>,
        noticed: Option<CallFault>,
    ) -> Result<(), CallError> {
        let said = self.office.end();
        let status = answer.map_err(|fault| self.error(fault))?;
        if status == Status::PANIC {
            self.is_spent = true;
        }
        let fault = match noticed {
            _ if status == Status::PANIC => CallFault::of_status(status, said),
            Some(fault) => fault,
            None if status.is_ok() => return Ok(()),
            None => CallFault::of_status(status, said),
        };
        tracing::debug!(
            plugin = self.manifest.info.id,
            code = status.code(),
            "a call gave no answer"
        );
        Err(self.error(fault))
    }

    fn call_propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), CallError> {
        let manifest = Arc::clone(&self.manifest);
        let mut checked = CheckedProposals::new(&manifest.info, sink);
        let columns = &manifest.info.columns;
        let answer = self.seat.propose(batch, columns, &mut checked);
        let (noticed, taken) = (checked.fault, checked.taken);
        tracing::trace!(taken, "proposals");
        self.end(answer, noticed)
    }
}

impl<S: Seat> Connection for Seated<S> {
    fn describe(&self) -> &Manifest {
        &self.manifest
    }

    fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), CallError> {
        let span =
            tracing::debug_span!("propose", plugin = self.manifest.info.id, rows = batch.rows());
        let _entered = span.enter();
        if !self.seat.provides().strategy {
            return Err(self.error(CallFault::Unsupported { what: "strategy" }));
        }
        self.begin()?;
        if self.withheld.is_empty() {
            return self.call_propose(batch, sink);
        }
        let shown = |data: &&ColumnData<'_>| !self.withheld.contains(&data.column);
        let columns: Vec<_> = batch.columns().iter().filter(shown).copied().collect();
        match Batch::new(batch.rows(), batch.now(), batch.seed(), &columns) {
            Ok(batch) => self.call_propose(&batch, sink),
            Err(error) => Err(self.error(CallFault::Lied { what: error.to_string() })),
        }
    }

    fn norms(&mut self) -> Result<Vec<Norm>, CallError> {
        let norms = self.seat.norms().map_err(|fault| self.error(fault))?;
        let lied = |what: String| self.error(CallFault::Lied { what });
        let Some((norms, unknown)) = norms else { return Ok(self.manifest.norms.clone()) };
        if unknown != 0 {
            tracing::warn!(plugin = self.manifest.info.id, unknown, "norms of an unknown rule");
        }
        let declared = |id: &String| self.manifest.info.kinds.iter().any(|kind| kind.id == *id);
        match norms.iter().flat_map(|norm| &norm.kinds).find(|kind| !declared(kind)) {
            Some(kind) => Err(lied(format!("a norm for the undeclared kind {kind}"))),
            None => Ok(norms),
        }
    }

    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, CallError> {
        let span = tracing::debug_span!("review", plugin = self.manifest.info.id);
        let _entered = span.enter();
        self.begin()?;
        let (mut remarks, mut noticed) = (Vec::new(), None);
        let answer = self.seat.review(brief, &mut |remark| {
            let fault = match remark {
                Err(fault) => CallFault::Lied { what: fault.to_string() },
                Ok(remark) if remarks.len() < MAX_REMARKS => {
                    remarks.push(remark);
                    return Status::OK;
                }
                Ok(_) => CallFault::Flooded { what: "remarks", limit: MAX_REMARKS as u64 },
            };
            noticed = Some(fault);
            Status::ARG
        });
        self.end(answer, noticed)?;
        Ok(remarks)
    }

    fn probe(&mut self, source: &dyn Source) -> Result<u8, CallError> {
        let files = source.entries().len();
        let span = tracing::debug_span!("probe", plugin = self.manifest.info.id, files);
        let _entered = span.enter();
        if !self.seat.provides().reader {
            return Err(self.error(CallFault::Unsupported { what: "reader" }));
        }
        self.begin()?;
        let answer = match self.seat.probe(source) {
            Ok(answer) => answer,
            Err(fault) => return self.end(Err(fault), None).map(|()| 0),
        };
        let percent = u8::try_from(answer).ok().filter(|percent| *percent <= 100);
        let lied = CallFault::Lied { what: format!("{answer} percent sure") };
        let noticed = (percent.is_none() && 0 <= answer).then_some(lied);
        self.end(Ok(Status::from_code(answer.min(0))), noticed)?;
        Ok(percent.unwrap_or_default())
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), CallError> {
        let files = source.entries().len();
        let span = tracing::debug_span!("read", plugin = self.manifest.info.id, files);
        let _entered = span.enter();
        if !self.seat.provides().reader {
            return Err(self.error(CallFault::Unsupported { what: "reader" }));
        }
        self.begin()?;
        let mut checked = CheckedRecords::new(sink);
        let answer = self.seat.read(source, &mut checked);
        if answer == Ok(Status::OK) {
            checked.finish();
        }
        tracing::debug!(records = checked.taken, "read");
        let CheckedRecords { fault, why, .. } = checked;
        let why = if answer == Ok(Status::SOURCE) { why } else { None };
        self.end(answer, fault.or(why))
    }

    fn reset(&mut self) -> Result<(), CallError> {
        self.begin()?;
        let answer = self.seat.reset();
        self.end(answer, None)
    }

    fn renew(&mut self) -> Result<(), CallError> {
        self.office.begin();
        let answer = self.seat.renew();
        self.is_spent = false;
        self.end(answer, None)
    }

    fn confinement(&self) -> Confinement {
        self.seat.confinement()
    }

    fn process(&self) -> Option<u32> {
        self.seat.process()
    }

    fn canceller(&self) -> Canceller {
        self.office.canceller().clone()
    }
}
