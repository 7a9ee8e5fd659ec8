//! Joining two states as bytes, where the days of one lie before those of the other: the usual case of a log that was
//! folded in parts, and twice as fast as reading both.

#![expect(
    clippy::inline_always,
    reason = "a number is read in a dozen instructions, and a merge calls for twenty a pair"
)]

use super::{MORE, VERSION, gather, put, put_any, put_signed, unzigzag};
use crate::{Day, Moment};

/// Appends the byte form of the join of two states if the days of one lie before those of the other.
///
/// Then the days are copied as they are. Says whether it could; if not, nothing is appended and the states are to be
/// read in full. Each state is given by bytes that begin with it and by its length: the bytes beyond are looked at
/// but not used, which spares minding the end at every number.
pub(in crate::measure) fn write_join(
    one: (&[u8], usize),
    two: (&[u8], usize),
    out: &mut Vec<u8>,
) -> bool {
    let (Some(one), Some(two)) = (Outline::read(one.0, one.1), Outline::read(two.0, two.1)) else {
        return false;
    };
    let (early, late) = if one.first_day < two.first_day { (&one, &two) } else { (&two, &one) };
    let last = early.received.last.max(early.sent.last);
    let last = i64::from(Moment::from_unix_ms(last).day().number());
    if late.first_day <= last {
        return false;
    }
    out.push(VERSION);
    put(out, early.n_days + late.n_days);
    put_signed(out, early.first_day);
    put_slice(out, early.days, early.days_len);
    put_signed(out, late.first_day - last);
    put_slice(out, late.days, late.days_len);
    early.received.join(&late.received).write(early.base, out);
    early.sent.join(&late.sent).write(early.base, out);
    true
}

/// Appends the first `len` bytes of a slice; short ones in a copy of known length, which is faster.
#[inline]
pub(in crate::measure) fn put_slice(out: &mut Vec<u8>, bytes: &[u8], len: usize) {
    if let Some(chunk) = bytes.first_chunk::<32>()
        && len <= chunk.len()
    {
        let end = out.len() + len;
        out.extend_from_slice(chunk);
        out.truncate(end);
    } else {
        out.extend_from_slice(bytes.get(..len).unwrap_or(bytes));
    }
}

/// A state with its days left in bytes.
struct Outline<'a> {
    n_days: u64,
    first_day: i64,
    base: i64,
    /// The counts of the first day and all later days, and what follows.
    days: &'a [u8],
    days_len: usize,
    received: SpanNumbers,
    sent: SpanNumbers,
}

impl<'a> Outline<'a> {
    /// Reads the usual forms; returns nothing for rare and for damaged ones.
    #[inline(always)]
    fn read(input: &'a [u8], len: usize) -> Option<Self> {
        let (&version, rest) = input.split_first()?;
        let mut numbers = Numbers { rest, broken: version != VERSION };
        let n_days = numbers.next(true);
        let first_day = unzigzag(numbers.next(true));
        let base = Day::from_number(i32::try_from(first_day).ok()?).start().unix_ms();
        let n_skipped = usize::try_from(n_days).ok().filter(|n| *n <= len / 3)?;
        let days = numbers.rest;
        let days_len = ended_after(days, (3 * n_skipped).checked_sub(1)?)?;
        numbers.rest = days.get(days_len..)?;
        let received = SpanNumbers::read(&mut numbers, base);
        let sent = SpanNumbers::read(&mut numbers, base);
        let whole = numbers.rest.len() + len == input.len() && !numbers.broken;
        let some = (received.head | sent.head) & 1 == 1;
        (whole && some).then_some(Self { n_days, first_day, base, days, days_len, received, sent })
    }
}

/// A [`Span`] as its numbers, with values that change no minimum and no maximum for what is not there.
struct SpanNumbers {
    /// As in the byte form: kinds, whether anything asks, whether it is there.
    head: u64,
    first: i64,
    last: i64,
    asking: i64,
}

impl SpanNumbers {
    #[inline(always)]
    fn read(numbers: &mut Numbers<'_>, base: i64) -> Self {
        let head = numbers.next(true);
        if head & 1 == 0 {
            return Self { head, first: i64::MAX, last: i64::MIN, asking: i64::MIN };
        }
        let asks = head & 2 == 2;
        let first = base.wrapping_add(unzigzag(numbers.next(true)));
        let last = first.wrapping_add(unzigzag(numbers.next(true)));
        let asking = last.wrapping_sub(unzigzag(numbers.next(asks)));
        Self { head, first, last, asking: if asks { asking } else { i64::MIN } }
    }

    #[inline(always)]
    fn join(&self, other: &Self) -> Self {
        Self {
            head: self.head | other.head,
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            asking: self.asking.max(other.asking),
        }
    }

    #[inline(always)]
    fn write(&self, base: i64, out: &mut Vec<u8>) {
        put_any(out, self.head);
        if self.head & 1 == 1 {
            put_signed(out, self.first.wrapping_sub(base));
            put_signed(out, self.last.wrapping_sub(self.first));
        }
        if self.head & 2 == 2 {
            put_signed(out, self.last.wrapping_sub(self.asking));
        }
    }
}

/// Reads numbers of up to eight bytes without a branch on their length.
struct Numbers<'a> {
    rest: &'a [u8],
    /// Something could not be read, and what was read since means nothing.
    broken: bool,
}

impl Numbers<'_> {
    /// Reads a number if one is there, else stays and returns 0.
    #[inline(always)]
    fn next(&mut self, there: bool) -> u64 {
        let word = self.rest.first_chunk().map_or(u64::MAX, |chunk| u64::from_le_bytes(*chunk));
        let ends = !word & MORE;
        self.broken |= ends == 0;
        let len = if there { ends.trailing_zeros() as usize / 8 + 1 } else { 0 };
        self.rest = self.rest.get(len..).unwrap_or_default();
        let until_end = ends ^ ends.wrapping_sub(1);
        if there { gather(word & !MORE & until_end) } else { 0 }
    }
}

/// Returns how many bytes that many numbers take.
#[inline(always)]
pub(super) fn ended_after(bytes: &[u8], mut numbers: usize) -> Option<usize> {
    const ONES: u64 = MORE >> 7;
    let mut len = 0;
    loop {
        let chunk = bytes.get(len..)?.first_chunk()?;
        // Every byte holds how many numbers have ended up to there.
        let ended = ((!u64::from_le_bytes(*chunk) & MORE) >> 7).wrapping_mul(ONES);
        let in_all = (ended >> 56) as usize;
        if numbers <= in_all {
            let wanted = 0x80_u64.wrapping_sub(numbers as u64).wrapping_mul(ONES);
            let after = (ended.wrapping_add(wanted) & MORE) >> 7;
            return Some(len + 9 - (after.wrapping_mul(ONES) >> 56) as usize);
        }
        numbers -= in_all;
        len += 8;
    }
}
