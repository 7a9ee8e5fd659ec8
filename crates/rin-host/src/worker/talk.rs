//! Listening to a worker with patience: until it has answered, has died, or has had its time.

use std::{
    io,
    time::{Duration, Instant},
};

use rin_abi::{LogLevel, host::Services as _};

use super::{
    SLOT,
    frames::{Message, finish, frame},
    message::{ask, tell},
    spawn::{Hands, Running},
    wire::{Eye, Garbled, Pen},
};
use crate::{
    CallFault,
    services::{Office, clean},
};

/// How often somebody's wish to stop is looked for.
const LOOK: Duration = Duration::from_millis(10);
/// Log lines taken in one call, however they are called.
const MAX_LOGGED: u64 = 20_000;
/// Messages between two looks at the clock.
const BETWEEN_LOOKS: u64 = 1024;
/// How much longer than it may be waited for a worker may keep its host busy.
const BUSY: u32 = 4;
/// What is kept of what a library prints: its last words explain an end.
const LAST_WORDS: usize = 2048;
/// What is read of it at a time.
const READING: usize = 16 << 10;
/// A pipe that is not widened by somebody privileged holds a megabyte at most.
const READINGS_AT_END: usize = (1 << 20) / READING;

/// How long is waited. Only waiting counts, not what the host does meanwhile.
#[derive(Debug)]
pub(crate) struct Patience {
    left: Duration,
    silence: Duration,
    grace: Duration,
    /// What is told if it runs out.
    whole: Duration,
    /// Portions of the question, each of which has as long, and those that have been answered.
    portions: u32,
    answered: u32,
    has_given_up: bool,
    begun: Instant,
    heard: u64,
    /// What the library printed last in this call.
    last_words: Vec<u8>,
    logged: u64,
}

/// What a message means for the one who listens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Next {
    GoOn,
    Done,
    /// Nothing more is wanted; what still comes until the end is not looked at.
    GiveUp,
}

impl Patience {
    /// Waits `whole` in all, and `silence` for each sign of life.
    pub(crate) fn new(whole: Duration, silence: Duration, grace: Duration) -> Self {
        Self {
            left: whole,
            silence,
            grace,
            whole,
            portions: 1,
            answered: 0,
            has_given_up: false,
            begun: Instant::now(),
            heard: 0,
            last_words: Vec::new(),
            logged: 0,
        }
    }

    /// Waits as long for each of so many portions.
    pub(crate) fn for_each_of(self, portions: usize) -> Self {
        Self { portions: u32::try_from(portions).unwrap_or(u32::MAX), ..self }
    }

    /// Begins to wait anew if another portion has been answered: as often as there are portions, whoever says so.
    fn renew(&mut self, hands: &Hands) {
        if self.portions == 1 {
            return;
        }
        let answered = hands.answered();
        if self.answered < answered && answered < self.portions && !self.has_given_up {
            self.answered = answered;
            self.left = self.whole;
            self.begun = Instant::now();
        }
    }

    /// Asks to stop, and waits only a little longer.
    fn give_up(&mut self, hands: &mut Hands) {
        if !self.has_given_up {
            self.has_given_up = true;
            self.left = self.left.min(self.grace);
            hands.carrier.stop(hands.turn.number);
        }
    }

    fn out(&self) -> CallFault {
        if self.has_given_up {
            return CallFault::Cancelled;
        }
        let after = if self.left.is_zero() { self.whole } else { self.silence };
        CallFault::Late { after }
    }

    /// Counts a message; one who never pauses is looked at by the clock all the same.
    fn count(&mut self, hands: &Hands) -> Result<(), CallFault> {
        self.heard += 1;
        if !self.heard.is_multiple_of(BETWEEN_LOOKS) {
            return Ok(());
        }
        self.renew(hands);
        let after = self.whole.saturating_mul(BUSY);
        if after < self.begun.elapsed() { Err(CallFault::Late { after }) } else { Ok(()) }
    }

    fn hear_words(&mut self, words: &[u8]) {
        self.last_words.extend_from_slice(words);
        let surplus = self.last_words.len().saturating_sub(LAST_WORDS);
        self.last_words.drain(..surplus);
    }

    /// Returns the last line that was printed.
    fn last_line(&self) -> String {
        let text = String::from_utf8_lossy(&self.last_words);
        let lines = text.lines().map(str::trim);
        clean(lines.rev().find(|line| !line.is_empty()).unwrap_or_default())
    }
}

impl Hands {
    /// Says something to the worker, in the turn of the last question.
    pub(crate) fn say(&mut self, pen: Pen) -> Result<(), CallFault> {
        let sent = self.carrier.send(finish(pen, self.turn.number));
        sent.map_err(|error| self.unsaid(&error))
    }

    /// Lets the worker see the first bytes of the tray, in the turn of the last question.
    pub(crate) fn lend(&mut self, len: usize) -> Result<(), CallFault> {
        let lent = self.carrier.lend(len, self.turn.number);
        lent.map_err(|error| self.unsaid(&error))
    }

    fn unsaid(&self, error: &io::Error) -> CallFault {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
                CallFault::Late { after: self.patience }
            }
            // It is gone; how is found out by whoever buries it.
            _ => CallFault::Crashed { how: String::new() },
        }
    }

    /// Returns how many portions of the last question a worker says it has answered.
    pub(crate) fn answered(&self) -> u32 {
        self.carrier.answered(self.turn.number)
    }

    /// Adds what a worker has put into a slot or a message of this kind to `bytes`, and gives the slot back.
    ///
    /// Copied, it does not matter any more what the worker does with its tray.
    pub(crate) fn empty(
        &mut self,
        kind: u8,
        eye: &mut Eye<'_>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), CallFault> {
        if !eye.flag().map_err(garbled)? {
            bytes.extend_from_slice(eye.rest());
            return Ok(());
        }
        let mut read = || Ok((eye.u32()? as usize, eye.u32()? as usize));
        let (slot, len) = read().map_err(garbled)?;
        if SLOT < len {
            return Err(garbled(Garbled));
        }
        let had = bytes.len();
        bytes.resize(had + len, 0);
        let room = bytes.get_mut(had..).unwrap_or_default();
        self.carrier.empty(slot, room).map_err(garbled)?;
        // Before the next question a worker needs no slot, and then knows that all are empty.
        if kind == tell::END { Ok(()) } else { self.say(frame(ask::EMPTIED)) }
    }
}

/// Whoever hears what a worker says: its kind, its fields, and the hands to answer with.
pub(crate) type Hear<'a> = dyn FnMut(u8, &[u8], &mut Hands) -> Result<Next, CallFault> + 'a;

impl Running {
    /// Listens until `hear` is done; log lines go to the office.
    ///
    /// # Errors
    /// [`CallFault`] if it died, took too long, or said what cannot be read. It must be buried then.
    pub(crate) fn listen(
        &mut self,
        patience: &mut Patience,
        office: &Office,
        hear: &mut Hear<'_>,
    ) -> Result<(), CallFault> {
        loop {
            let Some(Message { kind, turn, fields }) = self.inbox.next().map_err(garbled)? else {
                self.wait(patience, office)?;
                continue;
            };
            patience.count(&self.hands)?;
            if turn != self.hands.turn.number {
                return Err(CallFault::Lied { what: "an answer to another question".to_owned() });
            }
            let next = match kind {
                tell::LOG => log(fields, patience, office).map(|()| Next::GoOn)?,
                tell::ANSWERED => {
                    let answered = Eye::new(fields).u32().map_err(garbled)?;
                    self.hands.carrier.hear_answered(turn, answered).map_err(garbled)?;
                    Next::GoOn
                }
                kind => hear(kind, fields, &mut self.hands)?,
            };
            match next {
                Next::GoOn => {}
                Next::GiveUp => patience.give_up(&mut self.hands),
                Next::Done => break,
            }
        }
        self.hands.carrier.go_on();
        Ok(())
    }

    /// Waits for the next bytes.
    fn wait(&mut self, patience: &mut Patience, office: &Office) -> Result<(), CallFault> {
        let mut silence = patience.silence;
        loop {
            if office.canceller().is_cancelled() {
                patience.give_up(&mut self.hands);
            }
            patience.renew(&self.hands);
            let left = silence.min(patience.left);
            if left.is_zero() {
                return Err(patience.out());
            }
            let begin = Instant::now();
            let (wire, printed) = self.hands.carrier.wait(left.min(LOOK));
            let waited = begin.elapsed();
            silence = silence.saturating_sub(waited);
            patience.left = patience.left.saturating_sub(waited);
            if printed {
                let _ = self.hear_printed(patience);
            }
            if wire {
                break;
            }
        }
        if matches!(self.hands.carrier.read(&mut self.inbox), Ok(1..)) {
            return Ok(());
        }
        // It is gone. What it printed last explains why, as far as anything does; a pipe holds more than one reading.
        for _ in 0..READINGS_AT_END {
            if !self.hear_printed(patience) {
                break;
            }
        }
        Err(CallFault::Crashed { how: patience.last_line() })
    }

    /// Takes what was printed, keeps the last of it, and forgets the rest; whether there was anything.
    fn hear_printed(&mut self, patience: &mut Patience) -> bool {
        let mut buffer = [0; READING];
        let n = self.hands.carrier.read_printed(&mut buffer);
        patience.hear_words(buffer.get(..n).unwrap_or_default());
        n != 0
    }
}

fn log(fields: &[u8], patience: &mut Patience, office: &Office) -> Result<(), CallFault> {
    let mut eye = Eye::new(fields);
    let mut read = || Ok((eye.u32()?, eye.u32()?, eye.text()?, eye.text()?));
    let (level, dropped, target, message) = read().map_err(garbled)?;
    patience.logged += 1;
    if MAX_LOGGED < patience.logged {
        return Err(CallFault::Flooded { what: "log lines", limit: MAX_LOGGED });
    }
    office.add_dropped(dropped);
    if let Some(level) = LogLevel::from_number(level) {
        office.log(level, target, message);
    }
    Ok(())
}

/// A worker that says what cannot be read is not the one that was started.
pub(crate) fn garbled(_: Garbled) -> CallFault {
    CallFault::Lied { what: "an answer that is none".to_owned() }
}
