//! The worker's end of the connection: messages, slots, log lines.

use std::{
    fs::File,
    io::Write as _,
    os::fd::OwnedFd,
    process,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use rin_abi::{LogLevel, host::Services};

use super::super::{
    SHORT, SLOT, SLOTS,
    frames::{Inbox, Message, finish, frame},
    mark,
    message::{ask, tell},
    wire::{Eye, Pen},
};
use crate::memory::Tray;

/// Log lines sent in one call; beyond it they are counted.
const MAX_LINES: u32 = 1000;
/// Lines of errors sent beyond that, since the last of them explains a failure.
const MORE_ERRORS: u32 = 100;
/// Longest text of a log line, in bytes.
const MAX_LINE: usize = 4096;
/// Longest message of a host, whom a worker trusts: the names of a source's files.
const MAX_QUESTION: usize = 256 << 20;

/// What can be said from anywhere.
#[derive(Debug)]
pub(super) struct Wire {
    file: Mutex<File>,
    /// The turn of the question that is being answered.
    turn: AtomicU64,
    questions: Arc<Tray>,
    max_level: AtomicU32,
    lines: AtomicU32,
    dropped: AtomicU32,
}

impl Wire {
    pub(super) fn set_max_level(&self, level: Option<LogLevel>) {
        self.max_level.store(level.map_or(0, LogLevel::number), Ordering::Relaxed);
    }

    /// Ends a call: says how many lines were kept back.
    pub(super) fn end_call(&self) {
        self.lines.store(0, Ordering::Relaxed);
        let dropped = self.dropped.swap(0, Ordering::Relaxed);
        if dropped != 0 {
            self.send_line(0, dropped, "", "");
        }
    }

    fn send(&self, pen: Pen) {
        let message = finish(pen, self.turn.load(Ordering::Relaxed));
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if file.write_all(&message).is_err() {
            leave();
        }
    }

    fn send_line(&self, level: u32, dropped: u32, target: &str, text: &str) {
        let mut pen = frame(tell::LOG);
        pen.u32(level).u32(dropped).text(cut(target)).text(cut(text));
        self.send(pen);
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_LINE)).unwrap_or(text)
}

/// Ends this process: the host is gone, and nobody hears anything else.
#[expect(clippy::exit, reason = "there is no way back through a plugin's call")]
fn leave() -> ! {
    process::exit(0)
}

impl Services for Wire {
    fn log(&self, level: LogLevel, target: &str, message: &str) {
        let most = MAX_LINES + if level == LogLevel::Error { MORE_ERRORS } else { 0 };
        if most <= self.lines.fetch_add(1, Ordering::Relaxed) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.send_line(level.number(), 0, target, message);
    }

    fn is_cancelled(&self) -> bool {
        self.questions.is_stopped()
    }

    fn max_level(&self) -> Option<LogLevel> {
        LogLevel::from_number(self.max_level.load(Ordering::Relaxed))
    }
}

/// The worker's end of the connection.
#[derive(Debug)]
pub(super) struct Line {
    control: File,
    inbox: Inbox,
    wire: Arc<Wire>,
    library: Option<OwnedFd>,
    pub(super) questions: Arc<Tray>,
    answers: Tray,
    /// Slots that are empty, and the one to be filled next.
    free: usize,
    fill_next: usize,
}

impl Line {
    pub(super) fn new(
        control: OwnedFd,
        library: OwnedFd,
        questions: Arc<Tray>,
        answers: Tray,
    ) -> Self {
        let control = File::from(control);
        let Ok(speaks) = control.try_clone() else { leave() };
        let wire = Wire {
            file: Mutex::new(speaks),
            turn: AtomicU64::new(0),
            questions: Arc::clone(&questions),
            max_level: AtomicU32::new(0),
            lines: AtomicU32::new(0),
            dropped: AtomicU32::new(0),
        };
        Self {
            control,
            inbox: Inbox::new(MAX_QUESTION),
            wire: Arc::new(wire),
            library: Some(library),
            questions,
            answers,
            free: SLOTS,
            fill_next: 0,
        }
    }

    pub(super) fn wire(&self) -> Arc<Wire> {
        Arc::clone(&self.wire)
    }

    pub(super) fn take_library(&mut self) -> Option<OwnedFd> {
        self.library.take()
    }

    /// Says something.
    pub(super) fn tell(&self, pen: Pen) {
        self.wire.send(pen);
    }

    /// Waits for the next question. Who asks one has emptied every slot.
    pub(super) fn hear_question(&mut self) -> (u8, Vec<u8>) {
        let question = self.hear();
        self.free = SLOTS;
        question
    }

    /// Waits for what the host says next.
    fn hear(&mut self) -> (u8, Vec<u8>) {
        loop {
            match self.next() {
                (ask::EMPTIED, _) => self.free += 1,
                message => return message,
            }
        }
    }

    /// Waits until a slot is empty.
    fn wait_for_slot(&mut self) {
        while self.free == 0 {
            match self.next() {
                (ask::EMPTIED, _) => self.free += 1,
                _ => leave(),
            }
        }
    }

    fn next(&mut self) -> (u8, Vec<u8>) {
        loop {
            match self.inbox.next() {
                Ok(Some(Message { kind, turn, fields })) => {
                    self.wire.turn.store(turn, Ordering::Relaxed);
                    return (kind, fields.to_vec());
                }
                Ok(None) => {}
                Err(_) => leave(),
            }
            if !matches!(self.inbox.fill(&mut self.control), Ok(1..)) {
                leave();
            }
        }
    }

    /// Hands over what fits a slot, and says so in a message of this kind, which begins with `head`.
    pub(super) fn hand_over(&mut self, kind: u8, head: &[u8], bytes: &[u8]) {
        let mut pen = frame(kind);
        pen.bytes.extend_from_slice(head);
        if bytes.len() <= SHORT {
            pen.flag(false).bytes.extend_from_slice(bytes);
            self.tell(pen);
            return;
        }
        self.wait_for_slot();
        let (slot, len) = (self.fill_next, bytes.len());
        if !self.answers.put(slot * SLOT, bytes) {
            leave();
        }
        self.fill_next = (slot + 1) % SLOTS;
        self.free -= 1;
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        pen.flag(true).u32(short(slot)).u32(short(len));
        self.tell(pen);
    }

    /// Says how many portions of the question have been answered, without waking anybody.
    pub(super) fn mark(&self, answered: u32) {
        self.answers.set_mark(mark(self.wire.turn.load(Ordering::Relaxed), answered));
    }

    /// Asks for bytes of a file, which then lie at the beginning of the tray; negative is a status.
    pub(super) fn want(&mut self, entry: u64, offset: u64, len: u64) -> i64 {
        let mut pen = frame(tell::WANT);
        pen.u64(entry).u64(offset).u64(len);
        self.tell(pen);
        let (kind, fields) = self.hear();
        match Eye::new(&fields).i64() {
            Ok(n) if kind == ask::BYTES => n,
            _ => leave(),
        }
    }
}
