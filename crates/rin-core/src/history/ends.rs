//! What was known at a moment of everybody's activity and partners.

use std::collections::HashMap;

use super::ends_of;
use crate::{AccountId, End, Ends, Interaction, Moment};

/// Half-life of activity in days.
const ACTIVITY_HALF_LIFE: f64 = 30.0;

/// Everybody's activity and partners before a moment.
#[derive(Debug)]
pub(super) struct Around {
    people: HashMap<AccountId, Person>,
}

#[derive(Debug, Default)]
struct Person {
    last: Option<Moment>,
    silence_days: f64,
    activity: f64,
    /// Ascending.
    partners: Vec<AccountId>,
}

impl Around {
    /// Looks at a log by pair and time, up to a moment.
    pub(super) fn new(log: &[Interaction], as_of: Moment) -> Self {
        let mut people: HashMap<AccountId, Person> = HashMap::new();
        for run in log.chunk_by(|a, b| ends_of(a) == ends_of(b)) {
            let known = run.partition_point(|it| it.at < as_of);
            let (Some(known), Some(first)) = (run.get(..known), run.first()) else { continue };
            let Some(last) = known.last() else { continue };
            let activity: f64 =
                known.iter().map(|it| (-as_of.days_since(it.at) / ACTIVITY_HALF_LIFE).exp2()).sum();
            let (one, other) = ends_of(first);
            for (person, partner) in [(one, other), (other, one)] {
                let person = people.entry(person).or_default();
                person.last = person.last.max(Some(last.at));
                person.activity += activity;
                person.partners.push(partner);
            }
        }
        for person in people.values_mut() {
            person.silence_days = person.last.map_or(0.0, |last| as_of.days_since(last));
            person.partners.sort_unstable();
        }
        Self { people }
    }

    /// Returns what was known of two people.
    pub(super) fn ends(&self, (one, other): (AccountId, AccountId)) -> Ends {
        let (Some(one), Some(other)) = (self.people.get(&one), self.people.get(&other)) else {
            return Ends::default();
        };
        Ends { one: one.end(), other: other.end(), common: common(&one.partners, &other.partners) }
    }
}

impl Person {
    fn end(&self) -> End {
        End {
            silence_days: self.silence_days,
            activity: self.activity,
            degree: u32::try_from(self.partners.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Returns how many two ascending lists have in common.
fn common(mut a: &[AccountId], mut b: &[AccountId]) -> u32 {
    let mut count = 0;
    while let (Some((x, after_x)), Some((y, after_y))) = (a.split_first(), b.split_first()) {
        count += u32::from(x == y);
        a = if x <= y { after_x } else { a };
        b = if y <= x { after_y } else { b };
    }
    count
}
