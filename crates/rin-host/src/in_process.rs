//! A plugin in this very process: for embedders who trust what they load.
//!
//! A panic inside is caught by the plugin's own side and costs the instance. A crash is a crash of this process,
//! which is why strangers' plugins run elsewhere.

use std::sync::Arc;

use rin_abi::{
    ParamValue, Provides, Source, Status,
    host::{Entry, Instance, Services, TakeRemark},
};
use rin_core::{Batch, Brief, ColumnRequest, Norm, StrategyError};

use crate::{
    CallFault, Confinement,
    checks::{CheckedProposals, CheckedRecords},
    part::Part,
    seat::Seat,
};

/// An instance in this process, and what another is made of.
pub(crate) struct InProcess {
    instance: Option<Instance>,
    entry: Entry,
    values: Vec<ParamValue>,
    services: Arc<dyn Services>,
}

impl InProcess {
    /// Makes an instance.
    pub(crate) fn new(
        entry: Entry,
        values: &[ParamValue],
        services: Arc<dyn Services>,
    ) -> Result<Self, Status> {
        let mut seat = Self { instance: None, entry, values: values.to_vec(), services };
        seat.start()?;
        Ok(seat)
    }

    fn start(&mut self) -> Result<(), Status> {
        // The earlier one is ended first, so that no two of them are ever there at once.
        self.instance = None;
        self.instance = Some(self.entry.create(&self.values, Arc::clone(&self.services))?);
        Ok(())
    }

    fn instance(&mut self) -> Result<&mut Instance, CallFault> {
        self.instance.as_mut().ok_or(CallFault::Poisoned)
    }
}

impl Seat for InProcess {
    fn provides(&self) -> Provides {
        let instance = self.instance.as_ref();
        Provides {
            reader: instance.is_some_and(Instance::is_reader),
            strategy: instance.is_some_and(Instance::is_strategy),
        }
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        requests: &[ColumnRequest],
        take: &mut CheckedProposals<'_>,
    ) -> Result<Status, CallFault> {
        let services = Arc::clone(&self.services);
        let instance = self.instance()?;
        for part in (Part { from: 0, to: batch.rows() }).portions() {
            if 0 < part.from && services.is_cancelled() {
                return Ok(Status::CANCELLED);
            }
            take.begin(part);
            let ask = |batch: &Batch<'_>| instance.propose(batch, requests, take);
            match batch.part(part.from, part.to, ask) {
                Ok(status) if status.is_ok() && take.fault.is_none() => {}
                Err(StrategyError::MissingColumn { name }) => {
                    return Err(CallFault::MissingColumn { name });
                }
                failed => return Ok(failed.unwrap_or(Status::INTERNAL)),
            }
        }
        Ok(Status::OK)
    }

    fn norms(&mut self) -> Result<Option<(Vec<Norm>, usize)>, CallFault> {
        self.instance()?.norms().map_err(|fault| CallFault::Lied { what: fault.to_string() })
    }

    fn review(&mut self, brief: &Brief, take: TakeRemark<'_>) -> Result<Status, CallFault> {
        Ok(self.instance()?.review(brief, take))
    }

    fn probe(&mut self, source: &dyn Source) -> Result<i32, CallFault> {
        Ok(self.instance()?.probe(source))
    }

    fn read(
        &mut self,
        source: &dyn Source,
        take: &mut CheckedRecords<'_>,
    ) -> Result<Status, CallFault> {
        Ok(self.instance()?.read(source, take))
    }

    fn reset(&mut self) -> Result<Status, CallFault> {
        Ok(self.instance()?.reset())
    }

    fn renew(&mut self) -> Result<Status, CallFault> {
        Ok(self.start().err().unwrap_or(Status::OK))
    }

    fn confinement(&self) -> Confinement {
        Confinement::NONE
    }

    fn process(&self) -> Option<u32> {
        None
    }
}
