//! Folding a whole log into tie states: millions of interactions, one state for each pair of accounts.
//!
//! The log is split by pair into shares that fit the processor's cache, then each share is grouped and folded. The
//! core starts no threads: a caller that has some gives each its own part of the log to [`partition`] and its own
//! shares to [`fold_share`], and gets the same bytes as one thread would. Pairs are ordered by a bijective mix of
//! their ids, so that shares are contiguous in that order and joining them is concatenation.

use std::cmp::Ordering;

use super::{
    codec::{StateError, put_slice, write_join},
    state::TieState,
};
use crate::{AccountId, Interaction};

/// A share is spread over this many runs (as a power of two) before it is sorted.
const RUN_BITS: u32 = 11;

/// One state for each unordered pair of accounts, in compact bytes.
///
/// Seen from the account with the smaller id: what went from it to the other is *sent*.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StateTable {
    /// Mixed pair ids, ascending.
    keys: Vec<u64>,
    /// End of each state in `bytes`.
    ends: Vec<u64>,
    bytes: Vec<u8>,
}

/// A part of a log split into shares.
#[derive(Clone, Debug)]
pub struct Partition {
    shares: Vec<Vec<Interaction>>,
}

impl Partition {
    /// Returns how many shares there are.
    pub const fn shares(&self) -> usize {
        self.shares.len()
    }

    /// Returns one share, in the order of the log.
    pub fn share(&self, number: usize) -> &[Interaction] {
        self.shares.get(number).map_or(&[], Vec::as_slice)
    }
}

/// Folds a log with one thread; interactions of an account with itself are left out.
///
/// # Example
/// ```
/// use rin_core::{fold, AccountId, Interaction, InteractionKind, Moment};
/// let (a, b) = (AccountId::new(1), AccountId::new(2));
/// let at = Moment::from_unix_ms(0);
/// let log = [
///     Interaction { at, from: a, to: b, kind: InteractionKind::Reply },
///     Interaction { at: at.plus_days(3.0), from: b, to: a, kind: InteractionKind::Reply },
/// ];
/// let states = fold(&log);
/// assert_eq!(states.get(b, a)?.unwrap().contact_days(), 2);
/// # Ok::<(), rin_core::StateError>(())
/// ```
pub fn fold(log: &[Interaction]) -> StateTable {
    // Each share is given back as soon as it is folded.
    let shares = partition(log, shares_for(log.len())).shares;
    StateTable::concat(shares.into_iter().map(|share| fold_share(&[&share])))
}

/// Returns into how many shares a log of that many interactions is best split.
pub const fn shares_for(interactions: usize) -> usize {
    let shares = interactions / 16_384;
    if shares < 1 {
        1
    } else if 4_096 < shares {
        4_096
    } else {
        shares.next_power_of_two()
    }
}

/// Splits a part of a log into `shares` (rounded up to a power of two, at most 65,536) by pair, keeping its order.
pub fn partition(log: &[Interaction], shares: usize) -> Partition {
    let bits = shares.clamp(1, 1 << 16).next_power_of_two().trailing_zeros();
    let share_of = |it: &Interaction| share_of(mix(pair(it)), bits);
    let mut counts = vec![0; 1 << bits];
    for it in log {
        if let Some(count) = counts.get_mut(share_of(it)) {
            *count += 1;
        }
    }
    let mut shares: Vec<Vec<Interaction>> = counts.into_iter().map(Vec::with_capacity).collect();
    for it in log {
        if let Some(share) = shares.get_mut(share_of(it)) {
            share.push(*it);
        }
    }
    Partition { shares }
}

/// Folds one share, given as the same-numbered share of each partition of the log.
pub fn fold_share(parts: &[&[Interaction]]) -> StateTable {
    let order = by_pair(parts);
    let mut table = StateTable::default();
    let mut state = TieState::default();
    for group in order.chunk_by(|a, b| a.0 == b.0) {
        state.clear();
        for (_, it) in group {
            state.add(it.at, it.direction_from_smaller(), it.kind);
        }
        if let Some((key, _)) = group.first() {
            state.write_bytes(&mut table.bytes);
            table.end_state(*key);
        }
    }
    table
}

/// Returns the interactions of a share with their mixed pairs, by pair and then by time.
///
/// Spread by the highest bits in which the pairs differ, then sorted in runs of a few: half the time of one sort.
fn by_pair(parts: &[&[Interaction]]) -> Vec<(u64, Interaction)> {
    let with_others = || parts.iter().flat_map(|part| part.iter()).filter(|it| it.from != it.to);
    let keys = || with_others().map(|it| mix(pair(it)));
    let (low, high) = keys().fold((u64::MAX, 0), |(low, high), key| (low.min(key), high.max(key)));
    let common = (low ^ high).leading_zeros();
    let run_of = |key: u64| share_of(key.checked_shl(common).unwrap_or_default(), RUN_BITS);
    let starts = starts(keys().map(run_of), 1 << RUN_BITS);
    let count = starts.last().copied().unwrap_or_default();
    let mut order = Vec::new();
    if let Some(any) = with_others().next() {
        order.resize(count, (0, *any));
    }
    let mut next = starts.clone();
    for it in with_others() {
        let key = mix(pair(it));
        put(&mut order, &mut next, run_of(key), (key, *it));
    }
    for run in starts.windows(2) {
        if let [start, end] = *run
            && let Some(run) = order.get_mut(start..end)
        {
            run.sort_by_key(|(key, it)| (*key, it.at));
        }
    }
    order
}

/// Returns where each of `n` classes starts, and where the last ends, when things are laid out by class.
fn starts(classes: impl Iterator<Item = usize>, n: usize) -> Vec<usize> {
    let mut starts = vec![0; n + 1];
    for class in classes {
        if let Some(count) = starts.get_mut(class + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// Puts a thing at the next place of its class.
fn put<T>(out: &mut [T], next: &mut [usize], class: usize, thing: T) {
    if let Some(place) = next.get_mut(class) {
        if let Some(slot) = out.get_mut(*place) {
            *slot = thing;
        }
        *place += 1;
    }
}

impl StateTable {
    /// Joins the tables of shares, given in the order of their numbers.
    pub fn concat(shares: impl IntoIterator<Item = Self>) -> Self {
        let mut shares = shares.into_iter();
        // The first is taken as it is, so that joining two halves copies one.
        let mut all = shares.next().unwrap_or_default();
        for share in shares {
            let base = all.bytes.len() as u64;
            all.keys.extend_from_slice(&share.keys);
            all.ends.extend(share.ends.iter().map(|end| base + end));
            all.bytes.extend_from_slice(&share.bytes);
        }
        all
    }

    /// Returns how many pairs have a state.
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no pair has a state.
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Returns the bytes of memory its content takes.
    pub const fn content_bytes(&self) -> usize {
        self.bytes.len() + (self.keys.len() + self.ends.len()) * size_of::<u64>()
    }

    /// Returns the state between two accounts, seen from the one with the smaller id.
    ///
    /// # Errors
    /// [`StateError`] if the stored bytes are damaged.
    pub fn get(&self, a: AccountId, b: AccountId) -> Result<Option<TieState>, StateError> {
        let key = mix(pair_of(a, b));
        self.keys
            .binary_search(&key)
            .ok()
            .map(|at| TieState::from_bytes(self.slice(at)))
            .transpose()
    }

    /// Returns every pair (smaller id first) with the bytes of its state, in an order that depends on the ids only.
    pub fn iter(&self) -> impl Iterator<Item = (AccountId, AccountId, &[u8])> {
        self.keys.iter().enumerate().map(|(at, key)| {
            let pair = unmix(*key);
            let low = AccountId::new((pair >> 32) as u32);
            let high = AccountId::new((pair & 0xffff_ffff) as u32);
            (low, high, self.slice(at))
        })
    }

    /// Joins the states of another part of the same log.
    ///
    /// # Errors
    /// [`StateError`] if stored bytes are damaged.
    ///
    /// # Complexity
    /// Linear in both.
    pub fn merge(&self, other: &Self) -> Result<Self, StateError> {
        let mut out = Self {
            keys: Vec::with_capacity(self.len() + other.len()),
            ends: Vec::with_capacity(self.len() + other.len()),
            bytes: Vec::with_capacity(self.bytes.len() + other.bytes.len()),
        };
        let mut joiner = Joiner::default();
        let (mut ours, mut theirs) = (self.rows(), other.rows());
        let (mut our, mut their) = (ours.next(), theirs.next());
        while let (Some(one), Some(two)) = (our, their) {
            match one.key.cmp(&two.key) {
                Ordering::Less => out.push_row(one),
                Ordering::Equal => joiner.join(one, two, &mut out)?,
                Ordering::Greater => out.push_row(two),
            }
            if one.key <= two.key {
                our = ours.next();
            }
            if two.key <= one.key {
                their = theirs.next();
            }
        }
        for row in our.into_iter().chain(ours).chain(their).chain(theirs) {
            out.push_row(row);
        }
        Ok(out)
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut start = 0;
        self.keys.iter().zip(&self.ends).map(move |(&key, &end)| {
            let onward = usize::try_from(start).ok().and_then(|start| self.bytes.get(start..));
            let len = usize::try_from(end.saturating_sub(start)).unwrap_or_default();
            start = end;
            Row { key, onward: onward.unwrap_or_default(), len }
        })
    }

    fn push_row(&mut self, row: Row<'_>) {
        put_slice(&mut self.bytes, row.onward, row.len);
        self.end_state(row.key);
    }

    fn end_state(&mut self, key: u64) {
        self.keys.push(key);
        self.ends.push(self.bytes.len() as u64);
    }

    fn slice(&self, at: usize) -> &[u8] {
        let end = self.ends.get(at).copied().unwrap_or_default();
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let range = usize::try_from(start.unwrap_or_default()).ok().zip(usize::try_from(end).ok());
        range.and_then(|(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }
}

/// One state of a table.
#[derive(Clone, Copy)]
struct Row<'a> {
    key: u64,
    /// The bytes of the state and of those after it.
    onward: &'a [u8],
    len: usize,
}

impl<'a> Row<'a> {
    fn bytes(&self) -> &'a [u8] {
        self.onward.get(..self.len).unwrap_or_default()
    }
}

/// Joins states of the same pair; the memory it needs when days interleave is kept.
#[derive(Default)]
struct Joiner {
    one: TieState,
    two: TieState,
    joined: TieState,
}

impl Joiner {
    fn join(&mut self, one: Row<'_>, two: Row<'_>, out: &mut StateTable) -> Result<(), StateError> {
        if !write_join((one.onward, one.len), (two.onward, two.len), &mut out.bytes) {
            self.one.read_bytes(one.bytes())?;
            self.two.read_bytes(two.bytes())?;
            self.joined.set_merged(&self.one, &self.two);
            self.joined.write_bytes(&mut out.bytes);
        }
        out.end_state(one.key);
        Ok(())
    }
}

fn pair(it: &Interaction) -> u64 {
    pair_of(it.from, it.to)
}

fn pair_of(a: AccountId, b: AccountId) -> u64 {
    let (low, high) = (a.min(b), a.max(b));
    u64::from(low.get()) << 32 | u64::from(high.get())
}

fn share_of(key: u64, bits: u32) -> usize {
    usize::try_from(key.checked_shr(64 - bits).unwrap_or_default()).unwrap_or_default()
}

/// Spreads pairs evenly and can be undone: the 64-bit finaliser of `MurmurHash3` (Appleby, public domain).
const fn mix(pair: u64) -> u64 {
    let mut x = pair;
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ x >> 33
}

/// Undoes [`mix`]: the multipliers are the inverses modulo 2^64.
const fn unmix(key: u64) -> u64 {
    let mut x = key;
    x ^= x >> 33;
    x = x.wrapping_mul(0x9cb4_b2f8_1293_37db);
    x ^= x >> 33;
    x = x.wrapping_mul(0x4f74_430c_22a5_4005);
    x ^ x >> 33
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Direction, InteractionKind, Moment};

    fn log() -> impl Strategy<Value = Vec<Interaction>> {
        let one = (0_i64..30, 0_u32..6, 0_u32..6, 1_u8..9).prop_map(|(day, from, to, kind)| {
            Interaction {
                at: Moment::from_unix_ms(day * 40_000_000),
                from: AccountId::new(from),
                to: AccountId::new(to),
                kind: InteractionKind::from_number(kind).unwrap(),
            }
        });
        prop::collection::vec(one, 0..120)
    }

    proptest! {
        #[test]
        fn the_mix_can_be_undone(pair: u64) {
            prop_assert_eq!(unmix(mix(pair)), pair);
        }

        #[test]
        fn shares_and_parts_do_not_matter(log in log(), shares in 1_usize..20, cut in 0_usize..120) {
            let whole = fold(&log);
            let (left, right) = log.split_at(cut.min(log.len()));
            let (a, b) = (partition(left, shares), partition(right, shares));
            let split = (0..a.shares()).map(|n| fold_share(&[a.share(n), b.share(n)]));
            prop_assert_eq!(&StateTable::concat(split), &whole);
            prop_assert_eq!(&fold(left).merge(&fold(right)).unwrap(), &whole);
            prop_assert_eq!(&fold(right).merge(&fold(left)).unwrap(), &whole);
        }

        #[test]
        fn each_pair_has_the_state_of_its_own_interactions(log in log()) {
            let table = fold(&log);
            for (low, high, bytes) in table.iter() {
                let mut expected = TieState::default();
                for it in &log {
                    if (it.from, it.to) == (low, high) {
                        expected.add(it.at, Direction::Sent, it.kind);
                    } else if (it.from, it.to) == (high, low) {
                        expected.add(it.at, Direction::Received, it.kind);
                    }
                }
                prop_assert_eq!(TieState::from_bytes(bytes).unwrap(), expected.clone());
                prop_assert_eq!(table.get(high, low).unwrap(), Some(expected));
            }
            let others = log.iter().filter(|it| it.from != it.to);
            let events: u64 = table.iter().map(|(_, _, bytes)| {
                let (received, sent) = TieState::from_bytes(bytes).unwrap().counts();
                received + sent
            }).sum();
            prop_assert_eq!(events, others.count() as u64);
        }
    }
}
