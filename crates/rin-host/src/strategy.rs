//! A plugin's strategy, the same to everybody above as one compiled in.

use std::fmt;

use rin_core::{Batch, Brief, Norm, ProposalSink, Remark, Strategy, StrategyError, StrategyInfo};

use crate::{CallError, CallFault, Canceller, Confinement, Connection};

/// A plugin's strategy.
pub struct PluginStrategy {
    connection: Box<dyn Connection>,
    norms: Vec<Norm>,
}

impl fmt::Debug for PluginStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PluginStrategy").field("id", &self.info().id).finish_non_exhaustive()
    }
}

impl PluginStrategy {
    /// Takes a connection and asks it for its norms.
    ///
    /// # Errors
    /// [`CallError`] if the plugin provides no strategy or its norms are impossible.
    pub fn new(mut connection: Box<dyn Connection>) -> Result<Self, CallError> {
        if !connection.describe().provides.strategy {
            let plugin = connection.describe().info.id.clone();
            return Err(CallError { plugin, fault: CallFault::Unsupported { what: "strategy" } });
        }
        let norms = connection.norms()?;
        Ok(Self { connection, norms })
    }

    /// Returns what stops it, from any thread.
    pub fn canceller(&self) -> Canceller {
        self.connection.canceller()
    }

    /// Returns how far it is shut in.
    pub fn confinement(&self) -> Confinement {
        self.connection.confinement()
    }

    /// Returns the process it runs in, if that is another one and lives.
    pub fn process(&self) -> Option<u32> {
        self.connection.process()
    }

    /// Makes it as if it had just been started.
    ///
    /// # Errors
    /// [`CallError`] if that fails.
    pub fn reset(&mut self) -> Result<(), CallError> {
        self.connection.reset()
    }

    /// Proposes actions as [`Strategy::propose`] does, with the whole error.
    ///
    /// # Errors
    /// [`CallError`] saying what the plugin did instead.
    pub fn ask(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), CallError> {
        self.connection.propose(batch, sink)
    }
}

impl Strategy for PluginStrategy {
    fn info(&self) -> &StrategyInfo {
        &self.connection.describe().info
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        self.connection.propose(batch, sink).map_err(strategy_error)
    }

    fn norms(&self) -> &[Norm] {
        &self.norms
    }

    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, StrategyError> {
        self.connection.review(brief).map_err(strategy_error)
    }
}

fn strategy_error(error: CallError) -> StrategyError {
    match error.fault {
        CallFault::MissingColumn { name } => StrategyError::MissingColumn { name },
        CallFault::Cancelled => StrategyError::Stopped,
        fault => StrategyError::Failed { id: error.plugin, what: fault.to_string() },
    }
}
