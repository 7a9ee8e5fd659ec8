//! What is asked of the planner: whose time, over which days, and what is to be heeded.

use super::PlanPolicy;
use crate::{Day, Minutes, Moment, PartyId};

/// A plan is for a year at most: beyond, everything rests on guesses about guesses.
pub(super) const MAX_DAYS: u32 = 366;

/// What is asked of the planner.
///
/// # Example
/// ```
/// use rin_core::{Minutes, Moment, PlanRequest, Seat};
/// let now = Moment::from_unix_ms(1_700_000_000_000);
/// let six_weeks = PlanRequest {
///     days: 42,
///     team: vec![Seat::new("anna", Minutes::new(60.0)), Seat::new("ben", Minutes::new(30.0))],
///     ..PlanRequest::new(now, Minutes::ZERO)
/// };
/// assert_eq!((six_weeks.party_lines, six_weeks.party_days), (1, 14));
/// ```
#[derive(Clone, Debug)]
pub struct PlanRequest<'a> {
    /// The moment from which is planned.
    pub now: Moment,
    /// By how many minutes the clock on the user's wall is ahead of UTC: days are counted by it.
    pub utc_offset_minutes: i32,
    /// How many days the plan covers, today included; 1 to 366, what lies outside counts as the nearest.
    pub days: u32,
    /// How many days the running week still has, today included; 1 to 7. The weeks after it have seven.
    pub first_week_days: u32,
    /// Who does it. Nobody does nothing.
    pub team: Vec<Seat>,
    /// At most so much time in the whole plan; `None` for what the team has.
    pub total: Option<Minutes>,
    /// Days on which nothing is planned.
    pub quiet: &'a [Day],
    /// *θ*: whoever is alive with less than this probability has lapsed.
    pub threshold: f64,
    /// Who has been silent longer is dormant and not planned for; 365 is how far the evidence for the index reaches.
    pub dormant_days: f64,
    /// Breaks ties between equal proposals, so that nobody is always last.
    pub seed: u64,
    /// What we did lately, also what no export shows yet.
    pub past: &'a [PastAction],
    /// Whom never to contact.
    pub barred: &'a [PartyId],
    /// Whom to leave alone until when.
    pub postponed: &'a [(PartyId, Moment)],
    /// At most so many lines for one party in any `party_days` days, over all platforms.
    pub party_lines: u32,
    /// See `party_lines`; 14 days is the cool-down that the simulation behind the index used.
    pub party_days: u32,
    /// What the last plan said and nobody has answered: it stays as far as it can.
    pub keep: &'a [KeptLine],
    /// By what proposals are ordered.
    pub policy: PlanPolicy,
    /// For the policies of other products, their score of each party ([`PlanPolicy::score`]).
    pub scores: &'a [(PartyId, f64)],
}

impl PlanRequest<'_> {
    /// Asks for seven days of one person with so many minutes, half as the threshold and nothing to heed.
    pub fn new(now: Moment, minutes: Minutes) -> Self {
        Self {
            now,
            utc_offset_minutes: 0,
            days: 7,
            first_week_days: 7,
            team: vec![Seat::new("", minutes)],
            total: None,
            quiet: &[],
            threshold: 0.5,
            dormant_days: 365.0,
            seed: 1,
            past: &[],
            barred: &[],
            postponed: &[],
            party_lines: 1,
            party_days: 14,
            keep: &[],
            policy: PlanPolicy::default(),
            scores: &[],
        }
    }

    /// Returns the time that the team has in a week.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Minutes, Moment, PlanRequest};
    /// let request = PlanRequest::new(Moment::from_unix_ms(0), Minutes::new(30.0));
    /// assert_eq!(request.minutes_per_week(), Minutes::new(30.0));
    /// ```
    pub fn minutes_per_week(&self) -> Minutes {
        self.team.iter().fold(Minutes::ZERO, |sum, seat| sum + seat.minutes_per_week)
    }
}

/// A member of the team, with the time they have.
///
/// # Example
/// ```
/// use rin_core::{Minutes, Seat};
/// let ben = Seat { platforms: vec!["mastodon".into()], ..Seat::new("ben", Minutes::new(30.0)) };
/// assert!(ben.tends("mastodon") && !ben.tends("bluesky"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Who.
    pub name: String,
    /// How much time they have a week.
    pub minutes_per_week: Minutes,
    /// How much of it on one day at most; `None` for as much as the week has.
    pub minutes_per_day: Option<Minutes>,
    /// Time of the running week that is spent already.
    pub spent: Minutes,
    /// Time of today that is spent already, part of `spent`.
    pub spent_today: Minutes,
    /// The platforms they tend; empty for all.
    pub platforms: Vec<String>,
    /// Days on which they are not there.
    pub days_off: Vec<Day>,
    /// The first day on which they are no longer in the team; `None` if they stay.
    pub until: Option<Day>,
}

impl Seat {
    /// Makes somebody who tends every platform on any day.
    pub fn new(name: impl Into<String>, minutes_per_week: Minutes) -> Self {
        Self {
            name: name.into(),
            minutes_per_week,
            minutes_per_day: None,
            spent: Minutes::ZERO,
            spent_today: Minutes::ZERO,
            platforms: Vec::new(),
            days_off: Vec::new(),
            until: None,
        }
    }

    /// Whether they tend a platform.
    pub fn tends(&self, platform: &str) -> bool {
        self.platforms.is_empty() || self.platforms.iter().any(|one| one == platform)
    }
}

/// Something we did for a party. It counts against the cool-down of every strategy, and against the quotas of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PastAction {
    /// For whom.
    pub party: PartyId,
    /// When.
    pub at: Moment,
    /// Id of the strategy that had proposed it; empty if none had.
    pub strategy: String,
    /// Id of the kind of action; empty if it was of none.
    pub kind: String,
}

/// A line of the last plan that nobody has answered.
///
/// It stays with its day and its member if the same strategy still proposes the same kind of action for the party in
/// that week, nothing forbids it there, and nothing clearly better would take its place: nobody waits for an answer
/// that there is no time for otherwise, and its worth per minute is at least four fifths of that of the line which a plan
/// made anew would have instead, the least of the old against the best of the new. A line whose day is over stays with
/// its member and gets another day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptLine {
    /// For whom.
    pub party: PartyId,
    /// Id of the strategy that proposed it.
    pub strategy: String,
    /// Id of the kind of action.
    pub kind: String,
    /// The day it was planned for.
    pub day: Day,
    /// Name of the member who was to do it.
    pub seat: String,
}
