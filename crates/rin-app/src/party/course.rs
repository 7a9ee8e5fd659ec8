//! How a relationship went and is expected to go on: month by month, and from its last contact into the future.
//!
//! The curve answers one question for each day: if nobody acts until then, how probable is a contact within the horizon
//! after it. At the day the figures are as of, it is the probability shown everywhere else.

use std::collections::BTreeMap;

use rin_core::{Assessment, Coverage, InteractionKinds};
use serde::Serialize;

use super::{Sought, platform_of};
use crate::{Session, time::iso_date};

/// Points of a curve.
const POINTS: u32 = 60;
/// The curve goes on for at least so many days after the day the figures are as of, and at most for so many.
const REACH: (f64, f64) = (180.0, 1_095.0);
/// It goes on beyond the lapse by this share of the way there.
const BEYOND: f64 = 1.25;

/// How a relationship went and is expected to go on.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyCourseView {
    /// Interactions by month and platform, ascending; months without any are left out.
    pub months: Vec<CourseMonthView>,
    /// The day the figures are as of, ISO 8601; `None` if there was no contact.
    pub as_of: Option<String>,
    /// The probability below which a relationship counts as lapsed.
    pub threshold: f64,
    /// How far ahead a probability looks, in days.
    pub horizon_days: f64,
    /// When it is expected to lapse, ISO 8601; `None` if there was no contact.
    pub lapse: Option<String>,
    /// The curve from the last contact on; empty if there was none.
    pub points: Vec<CoursePointView>,
}

/// The interactions of one month on one platform.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CourseMonthView {
    /// Year and month, ISO 8601.
    pub month: String,
    /// Where.
    pub platform: String,
    /// By us; `null` where no source shows that.
    pub sent: Option<u32>,
    /// By them; `null` where no source shows that.
    pub received: Option<u32>,
}

/// One point of the curve.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CoursePointView {
    /// The day, ISO 8601.
    pub day: String,
    /// Days since the last contact.
    pub silence_days: f64,
    /// Probability of a contact within the horizon after that day, if there is none until then.
    pub alive: f64,
    /// Its 90 % interval.
    pub alive_range: [f64; 2],
}

impl Session {
    /// Tells how a relationship went and is expected to go on.
    pub(super) fn course_view(&self, sought: &Sought<'_>) -> PartyCourseView {
        let seen = sought.seen.as_ref();
        PartyCourseView {
            months: self.months(sought),
            as_of: seen.map(|seen| iso_date(seen.as_of, &self.zone)),
            threshold: sought.model.threshold,
            horizon_days: sought.model.horizon_days,
            lapse: seen.map(|seen| iso_date(seen.lapse, &self.zone)),
            points: seen.map(|seen| self.curve(seen)).unwrap_or_default(),
        }
    }

    fn months(&self, sought: &Sought<'_>) -> Vec<CourseMonthView> {
        let people = &sought.people;
        let mut months: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
        for event in &sought.events {
            let is_sent = people.own.contains(&event.from);
            let other = if is_sent { event.to } else { event.from };
            let day = iso_date(event.at, &self.zone);
            let month = day.rsplit_once('-').map_or(day.as_str(), |(month, _)| month).to_owned();
            let (sent, received) = months.entry((month, platform_of(people, other))).or_default();
            *(if is_sent { sent } else { received }) += 1;
        }
        let contacts = people.relationships.get(&sought.party).map(|one| one.contacts.as_slice());
        let contacts = contacts.unwrap_or_default();
        // Nothing seen is nothing only where a source would have shown it.
        let is_covered = |platform: &str, kinds: fn(&Coverage) -> InteractionKinds| {
            let mut here =
                contacts.iter().filter(|one| platform_of(people, one.account) == platform);
            here.any(|one| !kinds(&one.coverage).is_empty())
        };
        let view = |((month, platform), (sent, received)): ((String, String), (u32, u32))| {
            let is_sent_known = 0 < sent || is_covered(&platform, |coverage| coverage.sent);
            let is_received_known =
                0 < received || is_covered(&platform, |coverage| coverage.received);
            CourseMonthView {
                month,
                platform,
                sent: is_sent_known.then_some(sent),
                received: is_received_known.then_some(received),
            }
        };
        months.into_iter().map(view).collect()
    }

    fn curve(&self, seen: &Assessment) -> Vec<CoursePointView> {
        let to_lapse = seen.lapse.days_since(seen.as_of);
        let reach = seen.silence_days + (BEYOND * to_lapse).clamp(REACH.0, REACH.1);
        let step = reach / f64::from(POINTS);
        let even = (0..=POINTS).map(|n| step * f64::from(n));
        // The day the figures are as of is a point of its own, so that the curve goes through what is shown elsewhere.
        let mut silences: Vec<f64> = even.chain([seen.silence_days]).collect();
        silences.sort_by(f64::total_cmp);
        silences.dedup();
        let point = |silence_days: f64| {
            let range = seen.staying.range_within(seen.horizon_days, silence_days);
            CoursePointView {
                day: iso_date(seen.last.plus_days(silence_days), &self.zone),
                silence_days,
                alive: seen.staying.contact_within(seen.horizon_days, silence_days),
                alive_range: [range.low, range.high],
            }
        };
        silences.into_iter().map(point).collect()
    }
}
