//! How many connections are kept: a fixed number, and whoever has been idle longest makes room.
//!
//! Ten thousand connections that say nothing would otherwise take every file the process may open. A request comes at
//! once and is answered soon, so the one who waits longest is the one who has least to lose; an open stream of events
//! is taken up again by the browser itself.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use tokio::task::AbortHandle;

/// Connections kept at once; below the number of files that systems usually allow.
pub(super) const ROOM: usize = 256;

/// The connections there are.
#[derive(Clone, Debug, Default)]
pub(super) struct Guests(Arc<Mutex<Vec<Guest>>>);

#[derive(Debug)]
struct Guest {
    number: u64,
    since: Instant,
    ends: AbortHandle,
}

impl Guests {
    /// Takes a connection in; if there is no room, ends the one that has been idle longest.
    pub(super) fn enter(&self, number: u64, ends: AbortHandle) {
        let mut guests = self.lock();
        if ROOM <= guests.len() {
            let idle = guests.iter().enumerate().min_by_key(|(_, guest)| guest.since);
            if let Some(at) = idle.map(|(at, _)| at) {
                guests.swap_remove(at).ends.abort();
            }
        }
        guests.push(Guest { number, since: Instant::now(), ends });
    }

    /// Notes that a connection has asked for something.
    pub(super) fn asked(&self, number: u64) {
        if let Some(guest) = self.lock().iter_mut().find(|guest| guest.number == number) {
            guest.since = Instant::now();
        }
    }

    /// Notes that a connection is over.
    pub(super) fn leave(&self, number: u64) {
        self.lock().retain(|guest| guest.number != number);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Guest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
