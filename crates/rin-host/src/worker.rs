//! A plugin in a process of its own: strangers' code, on a lead.
//!
//! One worker serves one instance. On Linux the host says what it wants over a socket and lays columns and files' bytes
//! into a tray that the worker can only read; the worker fills a tray of its own, which the host reads as a file.
//! Elsewhere the same is said through pipes, contents and all. Nothing a worker says is believed: the host copies, then
//! checks, and ends whoever is late, floods, or says what is no answer.

mod carry;
mod columns;
#[cfg(target_os = "linux")]
mod confine;
mod frames;
mod message;
mod records;
mod remote;
mod serve;
mod spawn;
mod system;
mod talk;
mod wire;

pub(crate) use self::remote::{Remote, Start};
pub use self::serve::serve;

/// Says in one word of shared memory how many portions of a question have been answered, so that no word about an earlier one is taken
/// for it.
#[cfg(target_os = "linux")]
const fn mark(turn: u64, answered: u32) -> u64 {
    turn << 32 | answered as u64
}

/// Bytes of the tray into which the host lays columns and pieces of files.
const QUESTIONS: usize = 8 << 20;
/// Bytes of a slot in the tray into which the worker lays what a plugin hands over.
const SLOT: usize = 512 << 10;
/// Slots, so that one can be filled while the other is emptied.
#[cfg(target_os = "linux")]
const SLOTS: usize = 2;
/// Bytes of all slots.
#[cfg(target_os = "linux")]
const ANSWERS: usize = SLOT * SLOTS;
/// The longest message a worker may send: what fills a slot, and the few numbers before it.
const MAX_MESSAGE: usize = SLOT + 64;
/// What is short enough to go in the message itself.
const SHORT: usize = 16 << 10;
/// The longest piece of a file lent at once.
const MAX_PIECE: usize = 1 << 20;
