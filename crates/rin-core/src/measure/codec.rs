//! The stable byte form of a tie state: small, versioned, the same on every machine.
//!
//! One byte of version, then variable-length integers (7 bits a byte, low first, signed ones in zigzag): the days
//! as first and gaps with their two counts, then for each direction whether it is there, its kinds, and its first,
//! last and last asking moment as distances. A typical state of four contact days takes about thirty bytes.

use super::state::{ContactDay, Span, TieState};
use crate::{Day, InteractionKinds, Moment};

const VERSION: u8 = 1;

/// Why bytes are no tie state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// Written by a later version.
    #[error("tie state of version {0}, this program knows {VERSION}")]
    Version(u8),
    /// The bytes end too early or go on too long.
    #[error("tie state has a wrong length")]
    Length,
    /// A number lies outside its range, or days are not in order.
    #[error("tie state holds a value out of range")]
    Value,
}

impl TieState {
    /// Returns the stable byte form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(16 + 4 * self.days.len());
        self.write_bytes(&mut out);
        out
    }

    /// Appends the stable byte form.
    pub fn write_bytes(&self, out: &mut Vec<u8>) {
        out.push(VERSION);
        put(out, self.days.len() as u64);
        let mut previous = 0;
        for day in &self.days {
            let number = i64::from(day.day.number());
            put_signed(out, number.wrapping_sub(previous));
            put(out, u64::from(day.received));
            put(out, u64::from(day.sent));
            previous = number;
        }
        let base = self.days.first().map_or(0, |day| day.day.start().unix_ms());
        put_span(out, self.received, base);
        put_span(out, self.sent, base);
    }

    /// Reads the stable byte form back.
    ///
    /// # Errors
    /// [`StateError`] if the bytes are of a later version, cut, too long or out of range; never panics.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut state = Self::default();
        state.read_bytes(bytes)?;
        Ok(state)
    }

    /// Becomes what the bytes say and keeps its own memory for it; after an error its content is arbitrary.
    pub(super) fn read_bytes(&mut self, bytes: &[u8]) -> Result<(), StateError> {
        self.clear();
        let (&version, rest) = bytes.split_first().ok_or(StateError::Length)?;
        if version != VERSION {
            return Err(StateError::Version(version));
        }
        let mut input = rest;
        let n_days = take(&mut input)?;
        // Each day takes at least three bytes, so a lying count cannot ask for more memory than it sent.
        let n_days = usize::try_from(n_days).ok().filter(|n| *n <= input.len() / 3);
        let n_days = n_days.ok_or(StateError::Length)?;
        self.days.reserve(n_days);
        let mut previous: Option<i64> = None;
        for _ in 0..n_days {
            let gap = take_signed(&mut input)?;
            let number = previous.unwrap_or(0).checked_add(gap).ok_or(StateError::Value)?;
            if previous.is_some_and(|before| number <= before) {
                return Err(StateError::Value);
            }
            previous = Some(number);
            self.days.push(ContactDay {
                day: Day::from_number(i32::try_from(number).map_err(|_| StateError::Value)?),
                received: take_u32(&mut input)?,
                sent: take_u32(&mut input)?,
            });
        }
        let base = self.days.first().map_or(0, |day| day.day.start().unix_ms());
        self.received = take_span(&mut input, base)?;
        self.sent = take_span(&mut input, base)?;
        if input.is_empty() { Ok(()) } else { Err(StateError::Length) }
    }
}

fn put_span(out: &mut Vec<u8>, span: Option<Span>, base: i64) {
    let Some(span) = span else { return put(out, 0) };
    // The lowest two bits say that the span is there and whether anything in it asks; the kinds follow.
    let asks = u64::from(span.last_asking.is_some());
    put(out, u64::from(span.kinds.bits()) << 2 | asks << 1 | 1);
    put_signed(out, span.first.unix_ms().wrapping_sub(base));
    put_signed(out, span.last.unix_ms().wrapping_sub(span.first.unix_ms()));
    if let Some(asking) = span.last_asking {
        put_signed(out, span.last.unix_ms().wrapping_sub(asking.unix_ms()));
    }
}

fn take_span(input: &mut &[u8], base: i64) -> Result<Option<Span>, StateError> {
    let head = take(input)?;
    if head & 1 == 0 {
        return Ok(None);
    }
    let kinds = u16::try_from(head >> 2).map_err(|_| StateError::Value)?;
    let first = base.wrapping_add(take_signed(input)?);
    let last = first.wrapping_add(take_signed(input)?);
    let asking = if head & 2 == 0 { None } else { Some(last.wrapping_sub(take_signed(input)?)) };
    Ok(Some(Span {
        first: Moment::from_unix_ms(first),
        last: Moment::from_unix_ms(last),
        last_asking: asking.map(Moment::from_unix_ms),
        kinds: InteractionKinds::from_bits(kinds),
    }))
}

fn put(out: &mut Vec<u8>, mut value: u64) {
    while 0x7f < value {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, value.wrapping_shl(1).cast_unsigned() ^ (value >> 63).cast_unsigned());
}

#[inline]
fn take(input: &mut &[u8]) -> Result<u64, StateError> {
    // Most numbers are below 128.
    if let Some((&byte, rest)) = input.split_first()
        && byte < 0x80
    {
        *input = rest;
        return Ok(u64::from(byte));
    }
    take_long(input)
}

fn take_long(input: &mut &[u8]) -> Result<u64, StateError> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = input.split_first().ok_or(StateError::Length)?;
        *input = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && 1 < bits {
            return Err(StateError::Value);
        }
        value |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(StateError::Value)
}

fn take_signed(input: &mut &[u8]) -> Result<i64, StateError> {
    let raw = take(input)?;
    Ok((raw >> 1).cast_signed() ^ -((raw & 1).cast_signed()))
}

fn take_u32(input: &mut &[u8]) -> Result<u32, StateError> {
    u32::try_from(take(input)?).map_err(|_| StateError::Value)
}
