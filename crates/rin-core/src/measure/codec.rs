//! The stable byte form of a tie state: small, versioned, the same on every machine.
//!
//! One byte of version, then variable-length integers (7 bits a byte, low first, signed ones in zigzag): the days
//! as first and gaps with their two counts, then for each direction whether it is there, its kinds, and its first,
//! last and last asking moment as distances. A typical state of four contact days takes about thirty bytes.

mod join;

pub(super) use self::join::{put_slice, write_join};
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

#[inline]
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

#[inline]
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

/// The highest bit of every byte: set in all bytes of a number but its last.
const MORE: u64 = 0x8080_8080_8080_8080;

#[inline]
fn put(out: &mut Vec<u8>, value: u64) {
    // Most numbers are below 128.
    if value < 0x80 {
        out.push((value & 0x7f) as u8);
    } else {
        put_any(out, value);
    }
}

/// Appends a number of a length that is hard to foretell: eight bytes, cut to what it needs.
#[inline]
fn put_any(out: &mut Vec<u8>, value: u64) {
    if value >> 56 != 0 {
        return put_long(out, value);
    }
    let before_last = (value | 1).ilog2() / 7;
    let more = MORE & ((1 << (8 * before_last)) - 1);
    let end = out.len() + before_last as usize + 1;
    out.extend_from_slice(&(spread(value) | more).to_le_bytes());
    out.truncate(end);
}

#[cold]
fn put_long(out: &mut Vec<u8>, mut value: u64) {
    while 0x7f < value {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

#[inline]
fn put_signed(out: &mut Vec<u8>, value: i64) {
    put_any(out, zigzag(value));
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

/// Reads a number of any length; up to eight bytes without a branch on the length.
#[inline]
fn take_long(input: &mut &[u8]) -> Result<u64, StateError> {
    if let Some(chunk) = input.first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let last = (!word & MORE).trailing_zeros();
        if let Some(rest) = input.get(last as usize / 8 + 1..)
            && last < 64
        {
            *input = rest;
            return Ok(gather(word & !MORE & u64::MAX >> (63 - last)));
        }
    }
    take_bytewise(input)
}

fn take_bytewise(input: &mut &[u8]) -> Result<u64, StateError> {
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

#[inline]
fn take_signed(input: &mut &[u8]) -> Result<i64, StateError> {
    take_long(input).map(unzigzag)
}

#[inline]
fn take_u32(input: &mut &[u8]) -> Result<u32, StateError> {
    u32::try_from(take(input)?).map_err(|_| StateError::Value)
}

#[inline]
const fn zigzag(value: i64) -> u64 {
    value.wrapping_shl(1).cast_unsigned() ^ (value >> 63).cast_unsigned()
}

#[inline]
const fn unzigzag(raw: u64) -> i64 {
    (raw >> 1).cast_signed() ^ -((raw & 1).cast_signed())
}

/// Moves the bits of a number below 2^56 so that seven stand in each byte, low first.
const fn spread(value: u64) -> u64 {
    // In each step the upper half of every field moves up: a multiple of it is added.
    let x = value + (value & 0x00ff_ffff_f000_0000) * 15;
    let x = x + (x & 0x0fff_c000_0fff_c000) * 3;
    x + (x & 0x3f80_3f80_3f80_3f80)
}

/// Undoes [`spread`].
const fn gather(bytes: u64) -> u64 {
    let x = bytes - ((bytes & 0x7f00_7f00_7f00_7f00) >> 1);
    let x = x - ((x & 0x3fff_0000_3fff_0000) >> 2) * 3;
    x - ((x & 0x0fff_ffff_0000_0000) >> 4) * 15
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{join::ended_after, *};
    use crate::{Direction, InteractionKind};

    fn states() -> impl Strategy<Value = Vec<(u8, u8, bool, u8)>> {
        prop::collection::vec((0_u8..60, 0_u8..24, any::<bool>(), 1_u8..9), 1..12)
    }

    fn state(events: &[(u8, u8, bool, u8)], from_day: i64) -> TieState {
        let mut state = TieState::default();
        for &(day, hour, sent, kind) in events {
            let hours = (from_day + i64::from(day)) * 24 + i64::from(hour);
            let direction = if sent { Direction::Sent } else { Direction::Received };
            let kind = InteractionKind::from_number(kind).unwrap();
            state.add(Moment::from_unix_ms(hours * 3_600_000), direction, kind);
        }
        state
    }

    proptest! {
        #[test]
        fn numbers_of_every_length_come_back(value: u64, shift in 0_u32..64, after in 0_usize..12) {
            let value = value >> shift;
            let (mut bytes, mut bytewise) = (Vec::new(), Vec::new());
            put(&mut bytes, value);
            put_long(&mut bytewise, value);
            prop_assert_eq!(&bytes, &bytewise);
            prop_assert_eq!(ended_after(&[bytes.as_slice(), &[0; 16]].concat(), 1), Some(bytes.len()));
            bytes.resize(bytes.len() + after, 0xff);
            let mut input = bytes.as_slice();
            prop_assert_eq!(take(&mut input), Ok(value));
            prop_assert_eq!(input.len(), after);
            let mut input = bytes.as_slice();
            prop_assert_eq!(take_signed(&mut input), Ok(unzigzag(value)));
            prop_assert_eq!(zigzag(unzigzag(value)), value);
        }

        #[test]
        fn joined_bytes_are_those_of_the_joined_state(
            (a, b, gap, after) in (states(), states(), -70_i64..9_000, 0_usize..12)
        ) {
            let (a, b) = (state(&a, -30), state(&b, gap - 30));
            let mut joined = a.clone();
            joined.merge(&b);
            let with_more = |state: &TieState| {
                let mut bytes = state.to_bytes();
                let len = bytes.len();
                bytes.resize(len + after, 0x55);
                (bytes, len)
            };
            let ((a_bytes, a_len), (b_bytes, b_len)) = (with_more(&a), with_more(&b));
            let mut out = vec![7];
            let could = write_join((&a_bytes, a_len), (&b_bytes, b_len), &mut out);
            let disjoint = a.last().unwrap().day() < b.first().unwrap().day()
                || b.last().unwrap().day() < a.first().unwrap().day();
            prop_assert!(disjoint || !could);
            prop_assert!(could || !disjoint || after < 8);
            let expected = if could { joined.to_bytes() } else { Vec::new() };
            prop_assert_eq!(&out[1..], expected.as_slice());
        }
    }
}
