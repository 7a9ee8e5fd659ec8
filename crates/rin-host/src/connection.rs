//! One instance of a plugin, wherever it runs: in this process, or confined in another.
//!
//! Only plain core types cross here, so that everything above is the same for both.

use rin_abi::{Manifest, Source};
use rin_core::{Batch, Brief, Norm, ProposalSink, RecordSink, Remark};

use crate::{CallError, Canceller, Confinement};

/// One instance of a plugin.
///
/// An error costs the answer: whatever a sink took in the failed call must be thrown away.
pub trait Connection: Send {
    /// Returns what the plugin is; the library was found to say the same.
    fn describe(&self) -> &Manifest;

    /// Proposes actions for the rows of a batch.
    ///
    /// A plugin is shown at most 8,192 of them at once, and answers for each such portion by itself.
    ///
    /// # Errors
    /// [`CallError`] saying what the plugin did instead.
    fn propose(&mut self, batch: &Batch<'_>, sink: &mut dyn ProposalSink) -> Result<(), CallError>;

    /// Returns the norms in force: the instance's own, else the manifest's.
    ///
    /// # Errors
    /// As [`Connection::propose`].
    fn norms(&mut self) -> Result<Vec<Norm>, CallError>;

    /// Reviews a campaign.
    ///
    /// # Errors
    /// As [`Connection::propose`].
    fn review(&mut self, brief: &Brief) -> Result<Vec<Remark>, CallError>;

    /// Returns how sure the plugin is, in percent, that the source is an export of its platform.
    ///
    /// # Errors
    /// As [`Connection::propose`].
    fn probe(&mut self, source: &dyn Source) -> Result<u8, CallError>;

    /// Reads a source.
    ///
    /// # Errors
    /// As [`Connection::propose`].
    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), CallError>;

    /// Makes the instance as if it had just been started.
    ///
    /// # Errors
    /// As [`Connection::propose`].
    fn reset(&mut self) -> Result<(), CallError>;

    /// Ends the instance and starts another in its place, with the same parameters.
    ///
    /// # Errors
    /// As [`Connection::propose`]; the connection is of no more use then.
    fn renew(&mut self) -> Result<(), CallError>;

    /// Returns what stops it, from any thread.
    fn canceller(&self) -> Canceller;

    /// Returns how far it is shut in.
    fn confinement(&self) -> Confinement;

    /// Returns the process it runs in, if that is another one and lives.
    fn process(&self) -> Option<u32>;
}
