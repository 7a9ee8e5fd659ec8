//! The tie state: a small mergeable summary of a relationship's interactions.
//!
//! It is a commutative monoid: [`TieState::default`] is its zero, [`TieState::add`] takes one interaction,
//! [`TieState::merge`] joins two summaries of *different* interactions, and any order and any split give the same
//! value bit for bit, because it holds only sets, counts, minima and maxima and no floating-point sum. Contact
//! days are a set because the model counts days, not messages (METHODS.md, section 1); decayed sums are derived
//! from the sorted days when asked for.

use std::{borrow::Cow, cmp::Ordering};

use crate::{Day, Direction, InteractionKind, InteractionKinds, Moment};

/// What happened on one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ContactDay {
    /// The UTC day.
    pub day: Day,
    /// Interactions received that day.
    pub received: u32,
    /// Interactions sent that day.
    pub sent: u32,
}

/// First, last and kinds of one direction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// First interaction.
    pub first: Moment,
    /// Last interaction.
    pub last: Moment,
    /// Last interaction that asks for an answer, if any did.
    pub last_asking: Option<Moment>,
    /// Kinds seen.
    pub kinds: InteractionKinds,
}

impl Span {
    fn merge(a: Option<Self>, b: Option<Self>) -> Option<Self> {
        match (a, b) {
            (Some(a), Some(b)) => Some(Self {
                first: a.first.min(b.first),
                last: a.last.max(b.last),
                last_asking: a.last_asking.max(b.last_asking),
                kinds: a.kinds | b.kinds,
            }),
            (a, b) => a.or(b),
        }
    }
}

/// The mergeable summary of the interactions of one relationship, or of one pair of accounts.
///
/// # Example
/// ```
/// use rin_core::{Direction, InteractionKind, Moment, TieState};
/// let at = |day: i64| Moment::from_unix_ms(day * 86_400_000);
/// let mut a = TieState::default();
/// a.add(at(10), Direction::Sent, InteractionKind::Reply);
/// let mut b = TieState::default();
/// b.add(at(12), Direction::Received, InteractionKind::Mention);
/// let mut ab = a.clone();
/// ab.merge(&b);
/// b.merge(&a);
/// assert_eq!(ab, b);
/// assert_eq!(TieState::from_bytes(&ab.to_bytes()), Ok(ab));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TieState {
    pub(super) days: Vec<ContactDay>,
    pub(super) received: Option<Span>,
    pub(super) sent: Option<Span>,
}

impl TieState {
    /// Takes one interaction.
    ///
    /// # Complexity
    /// Constant at the end of time, linear in the number of contact days elsewhere.
    pub fn add(&mut self, at: Moment, direction: Direction, kind: InteractionKind) {
        let (received, sent) = match direction {
            Direction::Received => (1, 0),
            Direction::Sent => (0, 1),
        };
        self.add_day(ContactDay { day: at.day(), received, sent });
        let one = Span {
            first: at,
            last: at,
            last_asking: kind.asks_for_answer().then_some(at),
            kinds: InteractionKinds::of(&[kind]),
        };
        let span = match direction {
            Direction::Received => &mut self.received,
            Direction::Sent => &mut self.sent,
        };
        *span = Span::merge(*span, Some(one));
    }

    /// Joins the summary of other interactions of the same relationship.
    ///
    /// # Complexity
    /// Linear in the contact days of both.
    pub fn merge(&mut self, other: &Self) {
        let mut merged = Self::default();
        merged.set_merged(self, other);
        *self = merged;
    }

    /// Joins what another source saw of the *same* interactions: of each day's counts the larger holds.
    ///
    /// A set union, so it is commutative, associative and idempotent: two overlapping exports may be joined twice and
    /// in any order. Where each of them saw only a part of a day, the counts are a lower bound; where single
    /// interactions can be told apart by an id, remove doubles first and use [`merge`](Self::merge).
    ///
    /// # Example
    /// ```
    /// use rin_core::{Direction, InteractionKind, Moment, TieState};
    /// let mut export = TieState::default();
    /// export.add(Moment::from_unix_ms(0), Direction::Sent, InteractionKind::Reply);
    /// let before = export.clone();
    /// export.unite(&before);
    /// assert_eq!(export, before);
    /// ```
    pub fn unite(&mut self, other: &Self) {
        let mut united = Self::default();
        united.set_joined(self, other, larger);
        *self = united;
    }

    /// Becomes the join of two summaries and keeps its own memory for it.
    pub(super) fn set_merged(&mut self, one: &Self, two: &Self) {
        self.set_joined(one, two, sum);
    }

    fn set_joined(
        &mut self,
        one: &Self,
        two: &Self,
        join: impl Fn(ContactDay, ContactDay) -> ContactDay,
    ) {
        self.received = Span::merge(one.received, two.received);
        self.sent = Span::merge(one.sent, two.sent);
        self.days.clear();
        self.days.reserve(one.days.len() + two.days.len());
        let (mut left, mut right) = (one.days.as_slice(), two.days.as_slice());
        while let (Some((a, after_a)), Some((b, after_b))) =
            (left.split_first(), right.split_first())
        {
            self.days.push(match a.day.cmp(&b.day) {
                Ordering::Less => *a,
                Ordering::Equal => join(*a, *b),
                Ordering::Greater => *b,
            });
            left = if a.day <= b.day { after_a } else { left };
            right = if b.day <= a.day { after_b } else { right };
        }
        self.days.extend_from_slice(left);
        self.days.extend_from_slice(right);
    }

    /// Returns the same relationship seen from the other side: sent and received change places.
    #[must_use]
    pub fn flipped(&self) -> Self {
        let flip = |day: &ContactDay| ContactDay { received: day.sent, sent: day.received, ..*day };
        Self {
            days: self.days.iter().map(flip).collect(),
            received: self.sent,
            sent: self.received,
        }
    }

    /// Returns the days with contact, ascending.
    pub fn days(&self) -> &[ContactDay] {
        &self.days
    }

    /// Returns how many distinct days had contact.
    pub const fn contact_days(&self) -> usize {
        self.days.len()
    }

    /// Returns what was received, if anything was.
    pub const fn received(&self) -> Option<Span> {
        self.received
    }

    /// Returns what was sent, if anything was.
    pub const fn sent(&self) -> Option<Span> {
        self.sent
    }

    /// Returns when they last addressed us, if nothing of ours has gone back since: an answer is owed.
    pub fn open_since(&self) -> Option<Moment> {
        let asked = self.received.and_then(|span| span.last_asking)?;
        self.sent.is_none_or(|sent| sent.last < asked).then_some(asked)
    }

    /// Returns when we last addressed them, if nothing of theirs has come back since: an answer is awaited.
    pub fn awaited_since(&self) -> Option<Moment> {
        let asked = self.sent.and_then(|span| span.last_asking)?;
        self.received.is_none_or(|received| received.last < asked).then_some(asked)
    }

    /// Returns on how many days we wrote since we last heard from them.
    pub fn unanswered_days(&self) -> usize {
        let heard = self.received.map(|span| span.last);
        let since = heard.map_or(0, |at| self.days.partition_point(|day| day.day < at.day()));
        let late = self.days.get(since..).unwrap_or_default();
        late.iter()
            .filter(|day| match heard {
                Some(at) if day.day == at.day() => self.sent.is_some_and(|sent| at < sent.last),
                _ => true,
            })
            .filter(|day| 0 < day.sent)
            .count()
    }

    /// Returns the first interaction either way.
    pub fn first(&self) -> Option<Moment> {
        [self.received, self.sent].into_iter().flatten().map(|span| span.first).min()
    }

    /// Returns the last interaction either way.
    pub fn last(&self) -> Option<Moment> {
        [self.received, self.sent].into_iter().flatten().map(|span| span.last).max()
    }

    /// Returns how many interactions were received and sent.
    pub fn counts(&self) -> (u64, u64) {
        self.days.iter().fold((0, 0), |(received, sent), day| {
            (received + u64::from(day.received), sent + u64::from(day.sent))
        })
    }

    /// Returns what of it had happened by a moment; contacts of the day after count too, since clocks go wrong.
    ///
    /// Of the last day left only the day is known, so its contacts count as at its end, or at `now` if that is earlier.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Direction, InteractionKind, Moment, TieState};
    /// let day = |n: f64| Moment::from_unix_ms(0).plus_days(n);
    /// let mut state = TieState::default();
    /// for at in [1.0, 5.0, 90.0] {
    ///     state.add(day(at), Direction::Sent, InteractionKind::Reply);
    /// }
    /// assert_eq!(state.known_at(day(30.0)).contact_days(), 2);
    /// assert_eq!(state.known_at(day(90.0)), std::borrow::Cow::Borrowed(&state));
    /// ```
    pub fn known_at(&self, now: Moment) -> Cow<'_, Self> {
        let reach = now.plus_days(1.0).day();
        let known = self.days.partition_point(|day| day.day <= reach);
        if known == self.days.len() {
            return Cow::Borrowed(self);
        }
        let days = self.days.get(..known).unwrap_or_default().to_vec();
        let last = |counts: fn(&ContactDay) -> u32| {
            days.iter()
                .rev()
                .find(|day| 0 < counts(day))
                .map(|day| day.day.start().plus_days(1.0).min(now))
        };
        let cut = |span: Option<Span>, last: Option<Moment>| {
            let (span, last) = (span?, last?);
            let last = span.last.min(last).max(span.first);
            let last_asking = span.last_asking.map(|asked| asked.min(last));
            Some(Span { last, last_asking, ..span })
        };
        let (received, sent) = (last(|day| day.received), last(|day| day.sent));
        let (received, sent) = (cut(self.received, received), cut(self.sent, sent));
        Cow::Owned(Self { days, received, sent })
    }

    /// Whether nothing ever happened.
    pub const fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// Empties it and keeps its memory.
    pub(crate) fn clear(&mut self) {
        self.days.clear();
        self.received = None;
        self.sent = None;
    }

    fn add_day(&mut self, day: ContactDay) {
        let at = match self.days.last() {
            Some(last) if day.day <= last.day => self.days.partition_point(|d| d.day < day.day),
            _ => self.days.len(),
        };
        match self.days.get_mut(at) {
            Some(same) if same.day == day.day => *same = sum(*same, day),
            _ => self.days.insert(at, day),
        }
    }
}

fn sum(a: ContactDay, b: ContactDay) -> ContactDay {
    ContactDay {
        day: a.day,
        received: a.received.saturating_add(b.received),
        sent: a.sent.saturating_add(b.sent),
    }
}

fn larger(a: ContactDay, b: ContactDay) -> ContactDay {
    ContactDay { day: a.day, received: a.received.max(b.received), sent: a.sent.max(b.sent) }
}

#[cfg(test)]
mod tests;
