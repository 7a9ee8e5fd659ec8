//! Questions in a tray that this process can only read, answers in the slots of one that it fills.

use std::{fs::File, sync::Arc};

use super::{
    super::super::{
        SLOT, SLOTS,
        frames::{Inbox, Message},
        mark,
        message::{MAX_QUESTION, ask},
    },
    Desk, Laid, Stop, leave,
};
use crate::memory::Tray;

/// A worker's end where memory can be shared.
#[derive(Debug)]
pub(in super::super) struct Trays {
    control: File,
    inbox: Inbox,
    questions: Arc<Tray>,
    answers: Tray,
    /// Slots that are empty, and the one to be filled next.
    free: usize,
    fill_next: usize,
}

impl Trays {
    pub(in super::super) const fn new(control: File, questions: Arc<Tray>, answers: Tray) -> Self {
        let inbox = Inbox::new(MAX_QUESTION);
        Self { control, inbox, questions, answers, free: SLOTS, fill_next: 0 }
    }

    fn next(&mut self) -> (u8, u64, Vec<u8>) {
        loop {
            match self.inbox.next() {
                Ok(Some(Message { kind, turn, fields })) => return (kind, turn, fields.to_vec()),
                Ok(None) => {}
                Err(_) => leave(),
            }
            if !matches!(self.inbox.fill(&mut self.control), Ok(1..)) {
                leave();
            }
        }
    }
}

impl Desk for Trays {
    fn hear(&mut self) -> (u8, u64, Vec<u8>) {
        loop {
            match self.next() {
                (ask::EMPTIED, ..) => self.free += 1,
                message => return message,
            }
        }
    }

    fn begin(&mut self) {
        self.free = SLOTS;
    }

    fn laid(&self) -> Arc<dyn Laid> {
        Arc::clone(&self.questions) as Arc<dyn Laid>
    }

    fn place(&mut self, bytes: &[u8]) -> Option<u32> {
        while self.free == 0 {
            match self.next() {
                (ask::EMPTIED, ..) => self.free += 1,
                _ => leave(),
            }
        }
        let slot = self.fill_next;
        if !self.answers.put(slot * SLOT, bytes) {
            leave();
        }
        self.fill_next = (slot + 1) % SLOTS;
        self.free -= 1;
        u32::try_from(slot).ok()
    }

    fn mark(&self, turn: u64, answered: u32) -> bool {
        self.answers.set_mark(mark(turn, answered));
        true
    }
}

impl Laid for Tray {
    fn bytes(&self) -> &[u8] {
        self.bytes()
    }
}

impl Stop for Tray {
    fn is_wanted(&self, _turn: u64) -> bool {
        self.is_stopped()
    }
}
