//! The worker's end of what carries messages and contents: where questions are found, and answers laid.

pub(super) mod pipes;
#[cfg(target_os = "linux")]
pub(super) mod trays;

use std::{fmt, process, sync::Arc};

/// A worker's end of the connection to its host. Whatever it is asked after the host is gone ends the process.
pub(super) trait Desk: fmt::Debug {
    /// Waits for what the host says next: its kind, its turn, its fields.
    fn hear(&mut self) -> (u8, u64, Vec<u8>);

    /// Begins with a question. Who asks one has emptied every slot.
    fn begin(&mut self);

    /// Returns what the host has laid down for this turn.
    fn laid(&self) -> Arc<dyn Laid>;

    /// Lays an answer into a slot and says which; `None` if it is to go in a message.
    fn place(&mut self, bytes: &[u8]) -> Option<u32>;

    /// Says how many portions of a question have been answered; `false` if that is to be said in a message.
    fn mark(&self, turn: u64, answered: u32) -> bool;
}

/// Bytes that the host has laid down.
pub(super) trait Laid {
    fn bytes(&self) -> &[u8];
}

/// Whether the host wants nothing more.
pub(super) trait Stop: fmt::Debug + Send + Sync {
    fn is_wanted(&self, turn: u64) -> bool;
}

/// Ends this process: the host is gone, and nobody hears anything else.
#[expect(clippy::exit, reason = "there is no way back through a plugin's call")]
pub(super) fn leave() -> ! {
    process::exit(0)
}
