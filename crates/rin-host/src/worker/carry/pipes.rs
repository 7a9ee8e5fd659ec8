//! Everything in messages through pipes: what every system offers.
//!
//! A pipe can be read and written by waiting only, and a host waits for nobody longer than it wants to. So a thread
//! each reads what the worker says, reads what it prints, and writes what it is told; the host waits at a channel.
//! That channel is short: a worker that floods waits for its host and not the other way round.

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    sync::mpsc::{self, Receiver, Sender, SyncSender},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    super::{
        QUESTIONS,
        frames::{Inbox, finish, frame},
        message::ask,
        system::Ends,
        wire::Garbled,
    },
    Carrier,
};

/// Bytes read at a time; an inbox takes as many at once.
const READING: usize = 64 << 10;
/// Pieces read ahead of the host.
const AHEAD: usize = 8;
/// How long the last printed words of a worker that has closed its connection are waited for.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// What a host holds of a worker.
#[derive(Debug)]
pub(crate) struct Pipes {
    tray: Vec<u8>,
    says: Option<Sender<Vec<u8>>>,
    pieces: Option<Receiver<Piece>>,
    said: VecDeque<Vec<u8>>,
    printed: VecDeque<Vec<u8>>,
    /// Whether there is an end to what it says, and to what it prints.
    has_ended: bool,
    has_printed: bool,
    answered: (u64, u32),
    ends: Ends,
    threads: Vec<JoinHandle<()>>,
}

/// What was read; nothing at the end.
#[derive(Debug)]
enum Piece {
    Said(Vec<u8>),
    Printed(Vec<u8>),
}

impl Pipes {
    /// Begins to read and write.
    pub(crate) fn new(ends: Ends) -> io::Result<Self> {
        let (to, pieces) = mpsc::sync_channel(AHEAD);
        let (says, messages) = mpsc::channel();
        let (mut speaks, hears, prints) = ends.open()?;
        let also_to = to.clone();
        let threads = vec![
            spawn("rin-worker-hears", move || read_all(hears, &to, Piece::Said))?,
            spawn("rin-worker-prints", move || read_all(prints, &also_to, Piece::Printed))?,
            spawn("rin-worker-speaks", move || write_all(&mut speaks, &messages))?,
        ];
        Ok(Self {
            tray: vec![0; QUESTIONS],
            says: Some(says),
            pieces: Some(pieces),
            said: VecDeque::new(),
            printed: VecDeque::new(),
            has_ended: false,
            has_printed: false,
            answered: (0, 0),
            ends,
            threads,
        })
    }

    /// Waits for the next piece.
    fn take(&mut self, longest: Duration) -> bool {
        let Some(pieces) = &self.pieces else { return false };
        match pieces.recv_timeout(longest) {
            Ok(Piece::Said(bytes)) => {
                self.has_ended |= bytes.is_empty();
                self.said.push_back(bytes);
            }
            Ok(Piece::Printed(bytes)) if bytes.is_empty() => self.has_printed = true,
            Ok(Piece::Printed(bytes)) => self.printed.push_back(bytes),
            Err(_) => return false,
        }
        true
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}

/// Hands on what is read until there is no more, and then nothing once.
fn read_all(mut from: impl Read, to: &SyncSender<Piece>, piece: fn(Vec<u8>) -> Piece) {
    let mut buffer = vec![0; READING];
    loop {
        let n = match from.read(&mut buffer) {
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
        };
        let is_taken = to.send(piece(buffer.get(..n).unwrap_or_default().to_vec())).is_ok();
        if n == 0 || !is_taken {
            return;
        }
    }
}

fn write_all(to: &mut impl Write, messages: &Receiver<Vec<u8>>) {
    for message in messages {
        if to.write_all(&message).is_err() {
            return;
        }
    }
}

impl Carrier for Pipes {
    fn send(&mut self, message: Vec<u8>) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        self.says.as_ref().ok_or_else(gone)?.send(message).map_err(|_| gone())
    }

    fn tray(&mut self) -> &mut [u8] {
        &mut self.tray
    }

    fn lend(&mut self, len: usize, turn: u64) -> io::Result<()> {
        let mut pen = frame(ask::TRAY);
        pen.bytes.extend_from_slice(self.tray.get(..len).unwrap_or_default());
        self.send(finish(pen, turn))
    }

    fn stop(&mut self, turn: u64) {
        // Whoever is gone has stopped.
        drop(self.send(finish(frame(ask::STOP), turn)));
    }

    /// A wish to stop is one of its turn only.
    fn go_on(&mut self) {}

    fn answered(&self, turn: u64) -> u32 {
        if self.answered.0 == turn { self.answered.1 } else { 0 }
    }

    fn hear_answered(&mut self, turn: u64, answered: u32) -> Result<(), Garbled> {
        self.answered = (turn, answered);
        Ok(())
    }

    fn empty(&mut self, _slot: usize, _room: &mut [u8]) -> Result<(), Garbled> {
        Err(Garbled)
    }

    fn wait(&mut self, longest: Duration) -> (bool, bool) {
        if self.said.is_empty() && self.printed.is_empty() {
            self.take(longest);
        }
        (!self.said.is_empty(), !self.printed.is_empty())
    }

    fn read(&mut self, inbox: &mut Inbox) -> io::Result<usize> {
        match self.said.pop_front() {
            Some(bytes) => inbox.fill(&mut &*bytes),
            None => Ok(0),
        }
    }

    fn read_printed(&mut self, room: &mut [u8]) -> usize {
        while self.printed.is_empty() && self.has_ended && !self.has_printed {
            if !self.take(LAST_WORDS) {
                break;
            }
        }
        let Some(mut bytes) = self.printed.pop_front() else { return 0 };
        let n = bytes.len().min(room.len());
        let (now, later) = bytes.split_at(n);
        room.get_mut(..n).unwrap_or_default().copy_from_slice(now);
        if !later.is_empty() {
            bytes = later.to_vec();
            self.printed.push_front(bytes);
        }
        n
    }
}

impl Drop for Pipes {
    fn drop(&mut self) {
        (self.says, self.pieces) = (None, None);
        if self.ends.close() {
            for thread in self.threads.drain(..) {
                // A thread that panicked has nothing to say that matters here.
                drop(thread.join());
            }
        }
    }
}
