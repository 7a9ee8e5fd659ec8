//! The host's end of what carries messages and contents to a worker and back.
//!
//! On Linux columns and files' bytes lie in memory that both see ([`trays`]). Where there is no such memory that can
//! be sealed, everything goes in messages through pipes ([`pipes`]): slower, and the same to everybody above.

pub(crate) mod pipes;
#[cfg(target_os = "linux")]
pub(crate) mod trays;

use std::{fmt, io, time::Duration};

use super::{frames::Inbox, wire::Garbled};

/// A host's end of the connection to a worker.
pub(crate) trait Carrier: fmt::Debug + Send {
    /// Sends a message that is finished.
    fn send(&mut self, message: Vec<u8>) -> io::Result<()>;

    /// Returns the tray into which a host lays what it asks about.
    fn tray(&mut self) -> &mut [u8];

    /// Lets the worker see the first `len` bytes of the tray, in this turn.
    fn lend(&mut self, len: usize, turn: u64) -> io::Result<()>;

    /// Tells the worker that nothing more is wanted in this turn.
    fn stop(&mut self, turn: u64);

    /// Takes that back before the next turn.
    fn go_on(&mut self);

    /// Returns how many portions of this turn's question the worker says it has answered.
    fn answered(&self, turn: u64) -> u32;

    /// Takes the same from a message of this turn.
    ///
    /// # Errors
    /// [`Garbled`] where it is said in another way.
    fn hear_answered(&mut self, turn: u64, answered: u32) -> Result<(), Garbled>;

    /// Fills `room` with what the worker has put into a slot.
    ///
    /// # Errors
    /// [`Garbled`] where there are no slots, or none that long.
    fn empty(&mut self, slot: usize, room: &mut [u8]) -> Result<(), Garbled>;

    /// Waits until the worker has said or printed something, or has ended; which of the two.
    fn wait(&mut self, longest: Duration) -> (bool, bool);

    /// Reads what the worker has said, and returns how much; 0 at the end. Called when a wait says that there is some.
    fn read(&mut self, inbox: &mut Inbox) -> io::Result<usize>;

    /// Reads what was printed, and returns how much; 0 if there is nothing at the moment, or never again.
    fn read_printed(&mut self, room: &mut [u8]) -> usize;
}
