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
    /// What both have in common: over everybody both had contact with, the sum of √(*D*₉₀ of the one · *D*₉₀ of the other).
    pub common: f64,
    /// How many days the log reaches back.
    pub log_days: f64,
}

/// What is known of one end of a tie from everything it took part in, anywhere.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct End {
    /// Days since it last took part in anything.
    pub silence_days: f64,
    /// Interactions it took part in.
    pub interactions: f64,
    /// Parties it has had contact with.
    pub degree: f64,
    /// Days on which it took part in anything, each halved every thirty days.
    pub active_30: f64,
    /// The same, halved every hundred and eighty days.
    pub active_180: f64,
    /// Days among the last hundred and eighty on which it took part in anything.
    pub active_days: f64,
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

    /// Returns *D*ₕ now: each contact day, halved every `half_life_days` from its start up to `as_of`.
    pub fn decayed_days(&self, half_life_days: f64) -> f64 {
        let ages = self.days.iter().map(|day| self.as_of.days_since(day.day.start()).max(0.0));
        ages.map(|age| (-age / half_life_days).exp2()).sum()
    }
}
