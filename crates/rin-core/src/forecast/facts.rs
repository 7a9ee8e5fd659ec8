//! What a forecast may look at: one tie as it stood at a moment, and what was known of its two ends.

use crate::{AccountId, ContactDay, Moment};

/// One tie as it stood at a moment.
#[derive(Clone, Copy, Debug)]
pub struct TieFacts<'a> {
    /// The days with contact before `as_of`, ascending; never empty.
    ///
    /// *Sent* and *received* are as seen from us, or from the end with the smaller id where none of the two is ours.
    pub days: &'a [ContactDay],
    /// First contact.
    pub first: Moment,
    /// Last contact.
    pub last: Moment,
    /// The moment it is true for.
    pub as_of: Moment,
    /// What is known of the two ends besides; `None` if only the tie itself was looked at.
    pub ends: Option<Ends>,
}

/// What is known of the two ends of a tie.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Ends {
    /// The end with the smaller id, or us.
    pub one: End,
    /// The other.
    pub other: End,
    /// Parties both have had contact with.
    pub common: u32,
}

/// What is known of one end of a tie from everything it did and received, anywhere.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct End {
    /// Days since it last took part in anything.
    pub silence_days: f64,
    /// Interactions it took part in, each halved every thirty days.
    pub activity: f64,
    /// Parties it has had contact with.
    pub degree: u32,
}

/// A tie at a moment, and what became of it.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// How it stood.
    pub tie: TieFacts<'a>,
    /// Its two ends, the smaller id first.
    pub pair: (AccountId, AccountId),
    /// Interactions within the horizon after that.
    pub interactions: u32,
}

impl Example<'_> {
    /// Whether there was another contact.
    pub const fn is_contact(&self) -> bool {
        0 < self.interactions
    }
}

impl TieFacts<'_> {
    /// Returns the days since the last contact, with their fraction; never below zero.
    pub fn silence_days(&self) -> f64 {
        self.as_of.days_since(self.last).max(0.0)
    }

    /// Returns how many distinct days had contact.
    #[expect(clippy::cast_precision_loss, reason = "far fewer days than 2^53")]
    pub const fn contact_days(&self) -> f64 {
        self.days.len() as f64
    }

    /// Returns how many interactions there were.
    pub fn interactions(&self) -> f64 {
        self.days.iter().map(|day| f64::from(day.received) + f64::from(day.sent)).sum()
    }

    /// Returns the days from the first to the last contact, with their fraction.
    pub fn span_days(&self) -> f64 {
        self.last.days_since(self.first).max(0.0)
    }

    /// Returns *D*ₕ now: each contact day, halved every `half_life_days` up to `as_of`.
    pub fn decayed_days(&self, half_life_days: f64) -> f64 {
        let today = self.as_of.day();
        let aged = self.days.iter().map(|day| to_f64(today.days_since(day.day).max(0)));
        aged.map(|age| (-age / half_life_days).exp2()).sum()
    }
}

#[expect(clippy::cast_precision_loss, reason = "days stay far below 2^53")]
const fn to_f64(days: i64) -> f64 {
    days as f64
}
