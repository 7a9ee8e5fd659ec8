//! A plugin in this very process: for embedders who trust what they load.
//!
//! A panic inside is caught by the plugin's own side and costs the instance. A crash is a crash of this process,
//! which is why strangers' plugins run elsewhere.

use std::{fmt, sync::Arc};

use rin_abi::{Manifest, Source, Status, host::Instance};
use rin_core::{
    Batch, Brief, Column, ColumnData, Norm, ProposalSink, RecordSink, Remark, StrategyError,
};

use crate::{
    CallError, CallFault, Canceller, Connection,
    checks::{CheckedProposals, CheckedRecords},
    services::Office,
};

/// Remarks taken from one review.
const MAX_REMARKS: usize = 1024;

/// An instance loaded into this process.
pub(crate) struct InProcess {
    instance: Instance,
    manifest: Arc<Manifest>,
    /// Columns the plugin would like and the user has not allowed.
    withheld: Vec<Column>,
    office: Arc<Office>,
    is_spent: bool,
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").field("id", &self.manifest.info.id).finish_non_exhaustive()
    }
}

impl InProcess {
    pub(crate) fn new(
        instance: Instance,
        manifest: Arc<Manifest>,
        withheld: Vec<Column>,
        office: Arc<Office>,
    ) -> Self {
        Self { instance, manifest, withheld, office, is_spent: false }
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
    fn end(&mut self, status: Status, noticed: Option<CallFault>) -> Result<(), CallError> {
        let said = self.office.end();
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
        let mut checked = CheckedProposals::new(&manifest.info, batch.rows(), sink);
        let columns = &manifest.info.columns;
        let called = self.instance.propose(batch, columns, &mut checked);
        let (noticed, taken) = (checked.fault, checked.taken);
        let status = match called {
            Ok(status) => status,
            Err(StrategyError::MissingColumn { name }) => {
                return Err(self.error(CallFault::MissingColumn { name }));
            }
            Err(_) => Status::INTERNAL,
        };
        tracing::trace!(taken, "proposals");
        self.end(status, noticed)
    }
}

impl Connection for InProcess {
    fn describe(&self) -> &Manifest {
        &self.manifest
    }

    fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), CallError> {
        let span =
            tracing::debug_span!("propose", plugin = self.manifest.info.id, rows = batch.rows());
        let _entered = span.enter();
        if !self.instance.is_strategy() {
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
        let lied = |what: String| self.error(CallFault::Lied { what });
        let norms = self.instance.norms().map_err(|fault| lied(fault.to_string()))?;
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
        let status = self.instance.review(brief, &mut |remark| {
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
        self.end(status, noticed)?;
        Ok(remarks)
    }

    fn probe(&mut self, source: &dyn Source) -> Result<u8, CallError> {
        let files = source.entries().len();
        let span = tracing::debug_span!("probe", plugin = self.manifest.info.id, files);
        let _entered = span.enter();
        if !self.instance.is_reader() {
            return Err(self.error(CallFault::Unsupported { what: "reader" }));
        }
        self.begin()?;
        let answer = self.instance.probe(source);
        let percent = u8::try_from(answer).ok().filter(|percent| *percent <= 100);
        let lied = CallFault::Lied { what: format!("{answer} percent sure") };
        let noticed = (percent.is_none() && 0 <= answer).then_some(lied);
        self.end(Status::from_code(answer.min(0)), noticed)?;
        Ok(percent.unwrap_or_default())
    }

    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), CallError> {
        let files = source.entries().len();
        let span = tracing::debug_span!("read", plugin = self.manifest.info.id, files);
        let _entered = span.enter();
        if !self.instance.is_reader() {
            return Err(self.error(CallFault::Unsupported { what: "reader" }));
        }
        self.begin()?;
        let mut checked = CheckedRecords::new(sink);
        let status = self.instance.read(source, &mut checked);
        if status.is_ok() {
            checked.finish();
        }
        tracing::debug!(records = checked.taken, "read");
        let CheckedRecords { fault, why, .. } = checked;
        let why = if status == Status::SOURCE { why } else { None };
        self.end(status, fault.or(why))
    }

    fn reset(&mut self) -> Result<(), CallError> {
        self.begin()?;
        let status = self.instance.reset();
        self.end(status, None)
    }

    fn canceller(&self) -> Canceller {
        self.office.canceller().clone()
    }
}
