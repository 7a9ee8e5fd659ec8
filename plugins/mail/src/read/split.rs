//! Where one letter of a mailbox ends and the next begins.
//!
//! A mailbox is letters one after the other, each behind a line that begins with `From `. Texts hold such lines too,
//! and not every program marks them. So a line parts letters only behind a blank one, only with a time and a year in
//! it, and only in front of a header. Bodies pass by and are never kept.

use std::{
    io::{self, BufRead},
    mem,
};

use memchr::memchr;

use super::letter::is_read;

/// Bytes of a header kept; what stands behind them, a long way of delivery, is not needed.
const MOST_HEAD: usize = 256 << 10;
/// Bytes of a line of a header kept: some two thousand addresses.
const MOST_FIELD: usize = 64 << 10;
/// What a file in UTF-8 may begin with.
const MARK_OF_UTF8: &[u8] = b"\xef\xbb\xbf";
/// Bytes of a line looked at outside of headers.
const MOST_LINE: usize = 512;

/// The letters of a mailbox, or the one of a file that holds a letter alone.
pub(super) struct Letters<R> {
    reader: R,
    /// The header of the letter at hand.
    pub(super) head: Vec<u8>,
    /// The line before it, which may hold its date; empty for a letter alone.
    pub(super) mark: Vec<u8>,
    /// The line it begins on, counted from 1.
    pub(super) place: u64,
    /// Whether the file ends inside the header.
    pub(super) is_cut: bool,
    is_started: bool,
    is_alone: bool,
    upcoming: Upcoming,
    line: Vec<u8>,
    number: u64,
}

/// What was read of the letter after the one at hand, in memory that is used again.
#[derive(Default)]
struct Upcoming {
    mark: Vec<u8>,
    first: Vec<u8>,
    place: Option<u64>,
}

impl<R: BufRead> Letters<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            head: Vec::new(),
            mark: Vec::new(),
            place: 0,
            is_cut: false,
            is_started: false,
            is_alone: false,
            upcoming: Upcoming::default(),
            line: Vec::new(),
            number: 0,
        }
    }

    /// Goes to the next letter; `false` if there is none.
    ///
    /// # Errors
    /// Those of the reader; what was handed over before stands.
    pub(super) fn advance(&mut self) -> io::Result<bool> {
        self.head.clear();
        if !self.begin()? {
            return Ok(false);
        }
        self.is_cut = !self.pass_head()?;
        if !self.is_alone && !self.is_cut {
            self.pass_body()?;
        }
        Ok(true)
    }

    /// Comes to the first line of a header.
    fn begin(&mut self) -> io::Result<bool> {
        if let Some(place) = self.upcoming.place.take() {
            self.place = place;
            mem::swap(&mut self.mark, &mut self.upcoming.mark);
            self.head.extend_from_slice(&self.upcoming.first);
            return Ok(true);
        }
        if self.is_started {
            return Ok(false);
        }
        self.is_started = true;
        while self.read_line(MOST_FIELD)? {
            // Some editors put a mark before the first letter.
            if self.number == 1 && self.line.starts_with(MARK_OF_UTF8) {
                self.line.drain(..MARK_OF_UTF8.len());
            }
            if is_blank(&self.line) {
                continue;
            }
            self.place = self.number;
            self.is_alone = !self.line.starts_with(b"From ");
            if self.is_alone {
                self.head.extend_from_slice(&self.line);
            } else {
                self.mark.clone_from(&self.line);
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// Takes of the header what is read of it, and its first line; `false` if the file ends in it.
    fn pass_head(&mut self) -> io::Result<bool> {
        let mut is_kept = true;
        while self.read_line(MOST_FIELD)? {
            if is_blank(&self.line) {
                self.head.extend_from_slice(b"\r\n");
                return Ok(true);
            }
            if !self.line.starts_with(b" ") && !self.line.starts_with(b"\t") {
                is_kept = is_read(&self.line);
            }
            if is_kept {
                self.keep_line();
            }
        }
        Ok(false)
    }

    /// Adds the line to the header, while there is room.
    fn keep_line(&mut self) {
        if self.head.len() + self.line.len() <= MOST_HEAD {
            let end: &[u8] = if self.line.ends_with(b"\n") { b"" } else { b"\n" };
            self.head.extend_from_slice(&self.line);
            self.head.extend_from_slice(end);
        }
    }

    /// Passes the body by, up to the line behind which the next letter begins.
    fn pass_body(&mut self) -> io::Result<()> {
        let mut was_blank = true;
        while self.read_line(MOST_LINE)? {
            if was_blank && is_mark(&self.line) && self.ends_here()? {
                return Ok(());
            }
            was_blank = is_blank(&self.line);
        }
        Ok(())
    }

    /// Looks behind a line that may part two letters; `true` if a header begins there.
    fn ends_here(&mut self) -> io::Result<bool> {
        let place = self.number;
        self.upcoming.mark.clone_from(&self.line);
        let is_head = self.read_line(MOST_FIELD)? && is_field(&self.line);
        if is_head {
            self.upcoming.first.clone_from(&self.line);
            self.upcoming.place = Some(place);
        }
        Ok(is_head)
    }

    /// Reads a line and keeps its first `most` bytes; `false` at the end.
    fn read_line(&mut self, most: usize) -> io::Result<bool> {
        self.line.clear();
        let mut has_any = false;
        loop {
            let bytes = self.reader.fill_buf()?;
            if bytes.is_empty() {
                self.number += u64::from(has_any);
                return Ok(has_any);
            }
            has_any = true;
            let found = memchr(b'\n', bytes);
            let end = found.map_or(bytes.len(), |at| at + 1);
            let kept = end.min(most.saturating_sub(self.line.len()));
            self.line.extend_from_slice(bytes.get(..kept).unwrap_or_default());
            self.reader.consume(end);
            if found.is_some() {
                self.number += 1;
                return Ok(true);
            }
        }
    }
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b'\r' | b'\n'))
}

/// Whether a line can part two letters: `From `, and behind it a time and a year.
pub(super) fn is_mark(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace);
    let is_digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        let mut parts = word.split(|byte| *byte == b':');
        let has_digits = |part: &[u8]| (1..=2).contains(&part.len()) && is_digits(part);
        word.contains(&b':') && parts.all(has_digits)
    };
    let is_year = |word: &[u8]| {
        word.len() == 4 && is_digits(word) && (word.starts_with(b"19") || word.starts_with(b"20"))
    };
    words().any(is_time) && words().any(is_year)
}

/// Whether a line begins a header: a word of visible letters and a colon.
pub(super) fn is_field(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    !name.is_empty() && name.len() < line.len() && name.iter().all(u8::is_ascii_graphic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<(u64, bool)> {
        let mut letters = Letters::new(text.as_bytes());
        let mut found = Vec::new();
        while letters.advance().unwrap() {
            found.push((letters.place, letters.is_cut));
        }
        found
    }

    const MARK: &str = "From 1@xxx Mon Sep 04 07:11:05 +0000 2023\n";

    #[test]
    fn letters_are_parted_only_behind_a_blank_line_before_a_header() {
        assert_eq!(
            places(&format!("{MARK}A: 1\n\nx\n\n{MARK}A: 2\n\ny\n")),
            [(1, false), (6, false)]
        );
        let crlf = format!("{MARK}A: 1\n\nx\n\n{MARK}A: 2\n\ny\n").replace('\n', "\r\n");
        assert_eq!(places(&crlf), [(1, false), (6, false)]);
        for inside in [
            format!("{MARK}A: 1\n\nx\n{MARK}A: 2\n\n"),
            format!("{MARK}A: 1\n\nx\n\nFrom here on\nA: 2\n\n"),
            format!("{MARK}A: 1\n\nx\n\nFrom 10:00 in 2023 we read\nonce more.\n\n"),
            format!("{MARK}A: 1\n\nx\n\n>{MARK}A: 2\n\n"),
        ] {
            assert_eq!(places(&inside), [(1, false)], "{inside}");
        }
        assert_eq!(places(&format!("{MARK}A: 1\n\n{MARK}A: 2\n\n")), [(1, false), (4, false)]);
    }

    #[test]
    fn a_letter_alone_and_one_cut_off_are_seen() {
        assert_eq!(places(&format!("\n\nA: 1\n\nx\n\n{MARK}A: 2\n\n")), [(3, false)]);
        assert_eq!(places("A: 1\nTo: ann@exa"), [(1, true)]);
        assert_eq!(places(MARK), [(1, true)]);
        assert_eq!(places(""), []);
    }

    #[test]
    fn a_long_line_costs_no_more_memory_than_a_short_one() {
        let text = format!("{MARK}A: {}\n\n{}\n", "x".repeat(1 << 20), "y".repeat(1 << 20));
        let mut letters = Letters::new(text.as_bytes());
        assert!(letters.advance().unwrap() && !letters.is_cut);
        assert!(letters.head.len() < MOST_HEAD + 4 && letters.line.capacity() <= 2 * MOST_FIELD);
        assert!(!letters.advance().unwrap());
    }
}
