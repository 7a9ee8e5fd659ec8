//! What differs between systems where a worker is fed through pipes: its ends, its limits, and how it is ended.
//!
//! Each system answers the same questions in a file of its own.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) use self::unix::take_over;
#[cfg(unix)]
pub(crate) use self::unix::{Ends, Hold, Line, exit_in_words, leave_at_once, limit};
#[cfg(target_os = "linux")]
pub(crate) use self::unix::{MAX_FILES, lower, take_out};
#[cfg(windows)]
pub(crate) use self::windows::{Ends, Hold, Line, exit_in_words, leave_at_once, limit, take_over};

/// The first byte a host says: files in memory come with it.
#[cfg(target_os = "linux")]
pub(crate) const SEALED: u8 = b'F';
/// The first byte a host says: everything goes through pipes.
pub(crate) const PIPES: u8 = b'P';
