//! A limit or custom of a platform, with its source.

use super::Text;

/// A limit or custom of a platform.
#[derive(Clone, PartialEq, Debug)]
pub struct Norm {
    /// Stable name in ASCII.
    pub id: String,
    /// Ids of the action kinds it limits; empty for all of them.
    pub kinds: Vec<String>,
    /// The limit itself.
    pub rule: Rule,
    /// Where the number comes from: an address or a document.
    pub source: String,
    /// What it says, as a person reads it.
    pub text: Text,
}

/// A limit the planner can hold.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// The same party is addressed at most once in this many days, whoever acted.
    CooldownDays(f64),
    /// At most this many actions a day.
    PerDay(u32),
    /// At most this many actions in seven days.
    PerWeek(u32),
    /// After this many unanswered contacts in a row the party is left alone.
    MaxUnanswered(u32),
    /// A post holds at most this many characters; shown, not planned with.
    MaxLength(u32),
}

impl Rule {
    /// Returns the number and value that stand for it in files and at the plugin boundary.
    pub fn to_parts(self) -> (u32, f64) {
        match self {
            Self::CooldownDays(days) => (1, days),
            Self::PerDay(n) => (2, f64::from(n)),
            Self::PerWeek(n) => (3, f64::from(n)),
            Self::MaxUnanswered(n) => (4, f64::from(n)),
            Self::MaxLength(n) => (5, f64::from(n)),
        }
    }

    /// Returns the rule of that number and value; `None` if unknown or the value is no such limit.
    pub fn from_parts(number: u32, value: f64) -> Option<Self> {
        if !(value.is_finite() && 0.0 <= value && value <= f64::from(u32::MAX)) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range was checked above; a fraction of a count is cut"
        )]
        let count = value as u32;
        match number {
            1 => Some(Self::CooldownDays(value)),
            2 => Some(Self::PerDay(count)),
            3 => Some(Self::PerWeek(count)),
            4 => Some(Self::MaxUnanswered(count)),
            5 => Some(Self::MaxLength(count)),
            _ => None,
        }
    }
}
