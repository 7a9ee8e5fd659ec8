//! Rows with text, collected until they are worth a call across the boundary.
//!
//! The text lies end to end in one buffer and a row holds positions until it is lent, because the buffer may move
//! while it grows. One allocation each, used again after every call.

use std::ptr;

use crate::raw::RawStr;

/// Rows collected before a call.
const MAX_ROWS: usize = 256;
/// Bytes of text collected before a call; a longer row crosses alone.
const MAX_BYTES: usize = 32 * 1024;

/// A row that holds texts.
pub(crate) trait Texts {
    /// Returns every text in it.
    fn texts(&mut self) -> impl Iterator<Item = &mut RawStr>;
}

/// Rows collected, with their texts.
pub(crate) struct Pack<T> {
    rows: Vec<T>,
    text: Vec<u8>,
}

impl<T: Texts> Pack<T> {
    pub(crate) const fn new() -> Self {
        Self { rows: Vec::new(), text: Vec::new() }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a row with that many bytes of text still fits; an empty pack takes any.
    pub(crate) const fn has_room(&self, bytes: usize) -> bool {
        self.rows.is_empty()
            || (self.rows.len() < MAX_ROWS
                && bytes <= MAX_BYTES
                && self.text.len() + bytes <= MAX_BYTES)
    }

    /// Keeps a text and returns what stands for it in a row.
    pub(crate) fn text(&mut self, text: &str) -> RawStr {
        if text.is_empty() {
            return RawStr::EMPTY;
        }
        let place = ptr::without_provenance(self.text.len());
        self.text.extend_from_slice(text.as_bytes());
        RawStr { ptr: place, len: text.len() as u64 }
    }

    pub(crate) fn push(&mut self, row: T) {
        self.rows.push(row);
    }

    /// Lends all rows to `body` as pointer, number and distance, and forgets them.
    pub(crate) fn lend<R>(&mut self, body: impl FnOnce(*const T, u64, u64) -> R) -> R {
        if !self.text.is_empty() {
            let base = self.text.as_ptr();
            for text in self.rows.iter_mut().flat_map(Texts::texts) {
                text.ptr = base.wrapping_add(text.ptr.addr());
            }
        }
        let answer = body(self.rows.as_ptr(), self.rows.len() as u64, size_of::<T>() as u64);
        self.clear();
        answer
    }

    /// Forgets all rows, and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.text.clear();
    }
}

impl Texts for crate::RawAction {
    fn texts(&mut self) -> impl Iterator<Item = &mut RawStr> {
        [&mut self.note].into_iter()
    }
}
