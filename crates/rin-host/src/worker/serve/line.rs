//! The worker's end of the connection: messages, slots, log lines.

use std::{
    fs::File,
    io::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
};

use rin_abi::{LogLevel, host::Services};

use super::{
    super::{
        SHORT,
        frames::{finish, frame},
        message::{ask, tell},
        wire::{Eye, Pen},
    },
    desk::{Desk, Laid, Stop, leave},
};

/// Log lines sent in one call; beyond it they are counted.
const MAX_LINES: u32 = 1000;
/// Lines of errors sent beyond that, since the last of them explains a failure.
const MORE_ERRORS: u32 = 100;
/// Longest text of a log line, in bytes.
const MAX_LINE: usize = 4096;

/// What can be said from anywhere.
#[derive(Debug)]
pub(super) struct Wire {
    file: Mutex<File>,
    /// The turn of the question that is being answered.
    turn: AtomicU64,
    stop: Arc<dyn Stop>,
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
        self.stop.is_wanted(self.turn.load(Ordering::Relaxed))
    }

    fn max_level(&self) -> Option<LogLevel> {
        LogLevel::from_number(self.max_level.load(Ordering::Relaxed))
    }
}

/// The worker's end of the connection.
#[derive(Debug)]
pub(super) struct Line {
    desk: Box<dyn Desk>,
    wire: Arc<Wire>,
}

impl Line {
    pub(super) fn new(speaks: File, desk: Box<dyn Desk>, stop: Arc<dyn Stop>) -> Self {
        let wire = Wire {
            file: Mutex::new(speaks),
            turn: AtomicU64::new(0),
            stop,
            max_level: AtomicU32::new(0),
            lines: AtomicU32::new(0),
            dropped: AtomicU32::new(0),
        };
        Self { desk, wire: Arc::new(wire) }
    }

    pub(super) fn wire(&self) -> Arc<Wire> {
        Arc::clone(&self.wire)
    }

    /// Returns what the host has laid down for the question.
    pub(super) fn laid(&self) -> Arc<dyn Laid> {
        self.desk.laid()
    }

    /// Whether the host wants nothing more of this answer.
    pub(super) fn is_stopped(&self) -> bool {
        self.wire.is_cancelled()
    }

    /// Says something.
    pub(super) fn tell(&self, pen: Pen) {
        self.wire.send(pen);
    }

    /// Waits for the next question.
    pub(super) fn hear_question(&mut self) -> (u8, Vec<u8>) {
        let question = self.hear();
        self.desk.begin();
        question
    }

    /// Waits for what the host says next.
    fn hear(&mut self) -> (u8, Vec<u8>) {
        let (kind, turn, fields) = self.desk.hear();
        self.wire.turn.store(turn, Ordering::Relaxed);
        (kind, fields)
    }

    /// Hands over what fits a slot, and says so in a message of this kind, which begins with `head`.
    pub(super) fn hand_over(&mut self, kind: u8, head: &[u8], bytes: &[u8]) {
        let mut pen = frame(kind);
        pen.bytes.extend_from_slice(head);
        let slot = if bytes.len() <= SHORT { None } else { self.desk.place(bytes) };
        match slot {
            Some(slot) => {
                let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                pen.flag(true).u32(slot).u32(len);
            }
            None => pen.flag(false).bytes.extend_from_slice(bytes),
        }
        self.tell(pen);
    }

    /// Says how many portions of the question have been answered.
    pub(super) fn mark(&self, answered: u32) {
        if !self.desk.mark(self.wire.turn.load(Ordering::Relaxed), answered) {
            let mut pen = frame(tell::ANSWERED);
            pen.u32(answered);
            self.tell(pen);
        }
    }

    /// Asks for bytes of a file, which are then what is laid; negative is a status.
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
