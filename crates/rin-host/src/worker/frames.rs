//! One message in one piece: its length and kind, then its fields.

use std::io::{self, Read};

use super::wire::{Garbled, Pen};

/// Bytes before a message's fields.
const HEAD: usize = 8;
/// Bytes asked for at once.
const GULP: usize = 64 << 10;

/// Begins a message.
pub(crate) fn frame(kind: u8) -> Pen {
    Pen { bytes: vec![0, 0, 0, 0, kind, 0, 0, 0] }
}

/// Ends a message and returns its bytes.
pub(crate) fn finish(mut pen: Pen) -> Vec<u8> {
    // A message of 4 GiB would be refused by its reader like any that is too long.
    let len = u32::try_from(pen.bytes.len().saturating_sub(HEAD)).unwrap_or(u32::MAX);
    if let Some(head) = pen.bytes.first_chunk_mut() {
        *head = len.to_le_bytes();
    }
    pen.bytes
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

    /// Returns the next message that is complete: its kind and fields.
    ///
    /// # Errors
    /// [`Garbled`] if it says that it is longer than any.
    pub(crate) fn next(&mut self) -> Result<Option<(u8, &[u8])>, Garbled> {
        let rest = self.buffer.get(self.start..self.end).unwrap_or_default();
        let Some((head, rest)) = rest.split_first_chunk::<HEAD>() else { return Ok(None) };
        let [l0, l1, l2, l3, kind, ..] = *head;
        let len = u32::from_le_bytes([l0, l1, l2, l3]) as usize;
        if self.longest < len {
            return Err(Garbled);
        }
        let Some(fields) = rest.get(..len) else { return Ok(None) };
        self.start += HEAD + len;
        Ok(Some((kind, fields)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_all(inbox: &mut Inbox) -> Vec<(u8, Vec<u8>)> {
        let next = || inbox.next().unwrap().map(|(kind, fields)| (kind, fields.to_vec()));
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn messages_come_out_whole_however_they_arrive() {
        let mut first = frame(3);
        first.u32(7);
        let bytes = [finish(first), finish(frame(9))].concat();
        for step in 1..bytes.len() {
            let mut inbox = Inbox::new(100);
            let mut seen = Vec::new();
            for piece in bytes.chunks(step) {
                assert_eq!(inbox.fill(&mut &*piece).unwrap(), piece.len());
                seen.extend(take_all(&mut inbox));
            }
            assert_eq!(seen, [(3, vec![7, 0, 0, 0]), (9, vec![])]);
        }
    }

    #[test]
    fn a_message_that_says_it_is_endless_is_not_waited_for() {
        let mut inbox = Inbox::new(100);
        inbox.fill(&mut &[255, 255, 255, 255, 1, 0, 0, 0][..]).unwrap();
        assert_eq!(inbox.next(), Err(Garbled));
    }
}
