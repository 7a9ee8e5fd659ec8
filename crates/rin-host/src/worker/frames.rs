//! One message in one piece: its length, its kind and its turn, then its fields.
//!
//! The turn is a number that a host thinks up for each question, and that stands in everything said until the question
//! is answered. Nobody can know it before, so what was written ahead of a question is no answer to it.

use std::{
    hash::{BuildHasher as _, RandomState},
    io::{self, Read},
};

use super::wire::{Eye, Garbled, Pen};

/// Bytes before a message's fields.
const HEAD: usize = 16;
/// Bytes asked for at once.
const GULP: usize = 64 << 10;

/// Begins a message.
pub(crate) fn frame(kind: u8) -> Pen {
    let mut pen = Pen::default();
    pen.u32(0).u32(kind.into()).u64(0);
    pen
}

/// Ends a message of this turn and returns its bytes.
pub(crate) fn finish(mut pen: Pen, turn: u64) -> Vec<u8> {
    // A message of 4 GiB would be refused by its reader like any that is too long.
    let len = u32::try_from(pen.bytes.len().saturating_sub(HEAD)).unwrap_or(u32::MAX);
    if let Some(room) = pen.bytes.first_chunk_mut() {
        *room = len.to_le_bytes();
    }
    if let Some(room) = pen.bytes.get_mut(8..HEAD).and_then(|rest| rest.first_chunk_mut()) {
        *room = turn.to_le_bytes();
    }
    pen.bytes
}

/// What marks everything that is said about one question.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    /// Keys that the system made up: without them nobody can tell the next number from the last.
    keys: RandomState,
    questions: u64,
    pub(crate) number: u64,
}

impl Turn {
    /// Begins the turn of another question.
    pub(crate) fn begin(&mut self) {
        self.questions += 1;
        self.number = self.keys.hash_one(self.questions);
    }
}

/// A message that is complete.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Message<'a> {
    pub(crate) kind: u8,
    pub(crate) turn: u64,
    pub(crate) fields: &'a [u8],
}

/// Messages as they come in.
#[derive(Debug)]
pub(crate) struct Inbox {
    /// Room that is kept, since a fresh one for every message would cost more than the message.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The longest message taken.
    longest: usize,
}

impl Inbox {
    pub(crate) const fn new(longest: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, end: 0, longest }
    }

    /// Reads what is there, and returns how much; 0 at the end.
    pub(crate) fn fill(&mut self, from: &mut impl Read) -> io::Result<usize> {
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.buffer.len() < self.end + GULP {
            // A long message needs more room; twice as much each time keeps the copying small.
            self.buffer.resize((self.end + GULP).max(2 * self.buffer.len()), 0);
        }
        loop {
            match from.read(self.buffer.get_mut(self.end..).unwrap_or_default()) {
                Ok(n) => {
                    self.end += n;
                    return Ok(n);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns the next message that is complete.
    ///
    /// # Errors
    /// [`Garbled`] if it says that it is longer than any.
    pub(crate) fn next(&mut self) -> Result<Option<Message<'_>>, Garbled> {
        let rest = self.buffer.get(self.start..self.end).unwrap_or_default();
        let Some((head, rest)) = rest.split_at_checked(HEAD) else { return Ok(None) };
        let mut eye = Eye::new(head);
        let (len, [kind, ..]) = (eye.u32()? as usize, eye.u32()?.to_le_bytes());
        let turn = eye.u64()?;
        if self.longest < len {
            return Err(Garbled);
        }
        let Some(fields) = rest.get(..len) else { return Ok(None) };
        self.start += HEAD + len;
        Ok(Some(Message { kind, turn, fields }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_all(inbox: &mut Inbox) -> Vec<(u8, u64, Vec<u8>)> {
        let next = || inbox.next().unwrap().map(|it| (it.kind, it.turn, it.fields.to_vec()));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn messages_come_out_whole_however_they_arrive() {
        let mut first = frame(3);
        first.u32(7);
        let bytes = [finish(first, 5), finish(frame(9), u64::MAX)].concat();
        for step in 1..bytes.len() {
            let mut inbox = Inbox::new(100);
            let mut seen = Vec::new();
            for piece in bytes.chunks(step) {
                assert_eq!(inbox.fill(&mut &*piece).unwrap(), piece.len());
                seen.extend(take_all(&mut inbox));
            }
            assert_eq!(seen, [(3, 5, vec![7, 0, 0, 0]), (9, u64::MAX, vec![])]);
        }
    }

    #[test]
    fn a_message_that_says_it_is_endless_is_not_waited_for() {
        let mut inbox = Inbox::new(100);
        inbox.fill(&mut &[255; 16][..]).unwrap();
        assert_eq!(inbox.next(), Err(Garbled));
    }
}
