//! Questions and answers in messages alone, which a thread of their own takes in.
//!
//! It hears a wish to stop while the plugin is busy, and ends the process when the host is gone, whatever the plugin
//! does at that moment.

use std::{
    fs::File,
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use super::{
    super::super::{
        frames::{Inbox, Message},
        message::{MAX_QUESTION, ask},
        system::leave_at_once,
    },
    Desk, Laid, Stop, leave,
};

/// Where laid bytes may begin: the alignment of every value, and of a cache line.
const ALIGN: usize = 64;
/// Room on the stack of the thread, which only reads and copies.
const STACK: usize = 256 << 10;

/// A worker's end where there are pipes and nothing else.
#[derive(Debug)]
pub(in super::super) struct Pipes {
    letters: Receiver<Letter>,
    laid: Arc<Sheet>,
}

/// What was taken in.
#[derive(Debug)]
enum Letter {
    Message(u8, u64, Vec<u8>),
    Laid(Sheet),
}

/// The turn in which nothing more is wanted; 0 is none's.
#[derive(Debug, Default)]
pub(in super::super) struct Wish(AtomicU64);

impl Pipes {
    /// Begins to take in what the host says.
    pub(in super::super) fn new(hears: File) -> io::Result<(Self, Arc<Wish>)> {
        let (to, letters) = mpsc::channel();
        let wish = Arc::new(Wish::default());
        let wished = Arc::clone(&wish);
        let take = move || {
            take_all(hears, &to, &wished);
            leave_at_once()
        };
        thread::Builder::new().stack_size(STACK).spawn(take)?;
        Ok((Self { letters, laid: Arc::default() }, wish))
    }
}

/// Takes in what is said until nothing more can be.
fn take_all(mut hears: File, to: &Sender<Letter>, wish: &Wish) {
    let mut inbox = Inbox::new(MAX_QUESTION);
    loop {
        let is_taken = match inbox.next() {
            Ok(Some(message)) => take_in(message, to, wish),
            Ok(None) => matches!(inbox.fill(&mut hears), Ok(1..)),
            Err(_) => false,
        };
        if !is_taken {
            return;
        }
    }
}

/// Takes in a message; `false` if nobody wants it.
fn take_in(message: Message<'_>, to: &Sender<Letter>, wish: &Wish) -> bool {
    let Message { kind, turn, fields } = message;
    let letter = match kind {
        ask::STOP => {
            wish.0.store(turn, Ordering::Relaxed);
            return true;
        }
        ask::TRAY => Letter::Laid(Sheet::of(fields)),
        kind => Letter::Message(kind, turn, fields.to_vec()),
    };
    to.send(letter).is_ok()
}

impl Desk for Pipes {
    fn hear(&mut self) -> (u8, u64, Vec<u8>) {
        loop {
            match self.letters.recv() {
                Ok(Letter::Message(kind, turn, fields)) => return (kind, turn, fields),
                Ok(Letter::Laid(sheet)) => self.laid = Arc::new(sheet),
                Err(_) => leave(),
            }
        }
    }

    fn begin(&mut self) {}

    fn laid(&self) -> Arc<dyn Laid> {
        Arc::clone(&self.laid) as Arc<dyn Laid>
    }

    fn place(&mut self, _bytes: &[u8]) -> Option<u32> {
        None
    }

    fn mark(&self, _turn: u64, _answered: u32) -> bool {
        false
    }
}

impl Stop for Wish {
    fn is_wanted(&self, turn: u64) -> bool {
        self.0.load(Ordering::Relaxed) == turn
    }
}

/// Bytes that begin where any number may.
#[derive(Debug, Default)]
struct Sheet {
    bytes: Vec<u8>,
    skipped: usize,
}

impl Sheet {
    fn of(bytes: &[u8]) -> Self {
        let mut room: Vec<u8> = Vec::with_capacity(bytes.len() + ALIGN);
        let skipped = room.as_ptr().align_offset(ALIGN).min(ALIGN);
        room.resize(skipped, 0);
        room.extend_from_slice(bytes);
        Self { bytes: room, skipped }
    }
}

impl Laid for Sheet {
    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.skipped..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_begins_where_every_number_may() {
        for n in [0_u8, 1, 63, 200] {
            let bytes: Vec<u8> = (0..n).collect();
            let sheet = Sheet::of(&bytes);
            assert_eq!(sheet.bytes(), bytes);
            assert_eq!(sheet.bytes().as_ptr().align_offset(ALIGN), 0);
        }
    }

    #[test]
    fn a_wish_to_stop_is_one_of_its_turn() {
        let wish = Wish::default();
        wish.0.store(7, Ordering::Relaxed);
        assert!(wish.is_wanted(7) && !wish.is_wanted(8));
    }
}
