//! A plugin's reader.

use std::fmt;

use rin_abi::{Manifest, Source};
use rin_core::RecordSink;

use crate::{CallError, Canceller, Confinement, Connection};

/// A plugin's reader.
pub struct PluginReader {
    connection: Box<dyn Connection>,
}

impl fmt::Debug for PluginReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.connection.describe().info.id;
        f.debug_struct("PluginReader").field("id", id).finish_non_exhaustive()
    }
}

impl PluginReader {
    /// Takes a connection.
    pub fn new(connection: Box<dyn Connection>) -> Self {
        Self { connection }
    }

    /// Returns what the plugin is.
    pub fn manifest(&self) -> &Manifest {
        self.connection.describe()
    }

    /// Returns how sure it is, in percent, that the source is an export of its platform.
    ///
    /// # Errors
    /// [`CallError`] saying what the plugin did instead.
    pub fn probe(&mut self, source: &dyn Source) -> Result<u8, CallError> {
        self.connection.probe(source)
    }

    /// Reads a source. On an error everything the sink has taken must be thrown away.
    ///
    /// # Errors
    /// [`CallError`] saying what the plugin did instead; an unreadable source with what to do about it.
    pub fn read(
        &mut self,
        source: &dyn Source,
        sink: &mut dyn RecordSink,
    ) -> Result<(), CallError> {
        self.connection.read(source, sink)
    }

    /// Returns how far it is shut in.
    pub fn confinement(&self) -> Confinement {
        self.connection.confinement()
    }

    /// Returns the process it runs in, if that is another one and lives.
    pub fn process(&self) -> Option<u32> {
        self.connection.process()
    }

    /// Returns what stops it, from any thread.
    pub fn canceller(&self) -> Canceller {
        self.connection.canceller()
    }
}
