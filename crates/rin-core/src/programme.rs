//! The lasting commitment: who tends the network where, and what it may cost, period after period.
//!
//! Relationships need a long breath, so a programme has no end by itself: its budget is renewed, adjusted or ended on
//! purpose. Every such step makes another value out of the one before and leaves that one as it was; whoever keeps
//! both has the history. Calendars are the caller's: a period is a window, and a year is what the caller's calendar
//! says.

mod step;

pub use self::step::{Adjustment, Gap, ProgrammeError};
use crate::{Minutes, Moment, Window};

/// Days of a week.
const WEEK: f64 = 7.0;

/// A lasting commitment to a network.
///
/// # Example
/// ```
/// use rin_core::{Commitment, Day, Gap, Member, Minutes, Period, Programme, Window};
/// let day = |number| Day::from_number(number).start();
/// let year = |from: i32| Period {
///     window: Window::new(day(from), day(from + 364)),
///     minutes: Minutes::new(52.0 * 90.0),
///     money: None,
/// };
/// let commitment = Commitment {
///     name: "Library".into(),
///     team: vec![Member::new("anna", Minutes::new(60.0)), Member::new("ben", Minutes::new(30.0))],
///     ..Commitment::default()
/// };
/// let programme = Programme::begin(commitment, year(20_000))?;
/// let week = Window::new(day(20_007), day(20_014));
/// assert_eq!(programme.minutes_within(week), Minutes::new(90.0));
/// // Renewed for a second year, then ended on purpose in the middle of it.
/// let renewed = programme.renew(year(20_364), Gap::Refused)?;
/// let ended = renewed.end(day(20_500))?;
/// assert!(renewed.is_running_at(day(20_600)) && !ended.is_running_at(day(20_600)));
/// # Ok::<(), rin_core::ProgrammeError>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Programme {
    /// What it is called; no two programmes of one user are called alike.
    pub name: String,
    /// What it is for, in the user's words.
    pub goals: Vec<String>,
    /// Who tends the network.
    pub team: Vec<Member>,
    /// Short names of the platforms it is about; empty for all.
    pub platforms: Vec<String>,
    /// What it may cost and when, in the order of time; none overlaps another.
    pub periods: Vec<Period>,
    /// When it was ended, if it was.
    pub ended: Option<Moment>,
}

/// What a programme is begun with, besides its first period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Commitment {
    /// What it is called.
    pub name: String,
    /// What it is for, in the user's words.
    pub goals: Vec<String>,
    /// Who tends the network.
    pub team: Vec<Member>,
    /// Short names of the platforms it is about; empty for all.
    pub platforms: Vec<String>,
}

/// Somebody of a team.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// What they are called; no two of one team are called alike.
    pub name: String,
    /// What they have for it each week.
    pub minutes_per_week: Minutes,
    /// Short names of the platforms they tend; empty for all of the programme or campaign.
    pub platforms: Vec<String>,
    /// When they leave, if that is known; they are no longer there at that moment.
    pub until: Option<Moment>,
}

/// What a programme may cost within a window.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Period {
    /// From when until when.
    pub window: Window,
    /// Working time for all of it.
    pub minutes: Minutes,
    /// Money for all of it in the user's currency; `None` if money is no matter.
    pub money: Option<f64>,
}

impl Member {
    /// Returns somebody who stays and tends every platform.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Member, Minutes, Moment};
    /// let anna = Member::new("anna", Minutes::new(60.0));
    /// assert!(anna.tends("mastodon") && anna.is_there_at(Moment::from_unix_ms(0)));
    /// ```
    pub fn new(name: impl Into<String>, minutes_per_week: Minutes) -> Self {
        Self { name: name.into(), minutes_per_week, platforms: Vec::new(), until: None }
    }

    /// Whether that platform is theirs.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Member, Minutes};
    /// let ben = Member { platforms: vec!["mastodon".into()], ..Member::new("ben", Minutes::new(30.0)) };
    /// assert!(ben.tends("mastodon") && !ben.tends("github"));
    /// ```
    pub fn tends(&self, platform: &str) -> bool {
        self.platforms.is_empty() || self.platforms.iter().any(|one| one == platform)
    }

    /// Whether they have not left at that moment.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Day, Member, Minutes};
    /// let leaves = Day::from_number(20_000).start();
    /// let ben = Member { until: Some(leaves), ..Member::new("ben", Minutes::new(30.0)) };
    /// assert!(ben.is_there_at(leaves.plus_days(-1.0)) && !ben.is_there_at(leaves));
    /// ```
    pub fn is_there_at(&self, at: Moment) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}

impl Programme {
    /// Returns the period whose budget is spent at that moment; `None` before, between and after periods and once the
    /// programme has been ended.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(20_000), day(20_364));
    /// let first = Period { window, minutes: Minutes::new(3_120.0), money: None };
    /// let programme = Programme::begin(commitment, first)?;
    /// assert_eq!(programme.period_at(day(20_100)), Some(&first));
    /// assert_eq!(programme.period_at(day(20_364)), None);
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn period_at(&self, at: Moment) -> Option<&Period> {
        if self.ended.is_some_and(|ended| ended <= at) {
            return None;
        }
        self.periods.iter().find(|period| period.window.contains(at))
    }

    /// Whether there is a budget to spend at that moment.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(20_000), day(20_364));
    /// let first = Period { window, minutes: Minutes::new(3_120.0), money: None };
    /// let programme = Programme::begin(commitment, first)?;
    /// assert!(programme.is_running_at(day(20_000)) && !programme.is_running_at(day(19_999)));
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn is_running_at(&self, at: Moment) -> bool {
        self.period_at(at).is_some()
    }

    /// Returns from when until when it has a budget at a moment, over periods that follow without a gap; `None` if it
    /// does not run then.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Gap, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let year = |from, to| Period {
    ///     window: Window::new(day(from), day(to)),
    ///     minutes: Minutes::new(3_120.0),
    ///     money: None,
    /// };
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let programme = Programme::begin(commitment, year(20_000, 20_365))?;
    /// let programme = programme.renew(year(20_365, 20_730), Gap::Refused)?;
    /// assert_eq!(programme.run_at(day(20_100)), Some(Window::new(day(20_000), day(20_730))));
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn run_at(&self, at: Moment) -> Option<Window> {
        let mut run = self.period_at(at)?.window;
        // Each pass takes in at least one more period, or it changes nothing.
        for _ in &self.periods {
            let windows = self.periods.iter().map(|period| period.window);
            run = windows.fold(run, |run, next| joined(run, next).unwrap_or(run));
        }
        Some(Window::new(run.start(), self.ended.map_or(run.end(), |ended| run.end().min(ended))))
    }

    /// Returns the working time there is within a window: of every period its share by days, and at no time more than
    /// those of the team who are there have for it.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let ben = Member { until: Some(day(20_014)), ..Member::new("ben", Minutes::new(30.0)) };
    /// let team = vec![Member::new("anna", Minutes::new(60.0)), ben];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(20_000), day(20_028));
    /// let period = Period { window, minutes: Minutes::new(4.0 * 90.0), money: None };
    /// let programme = Programme::begin(commitment, period)?;
    /// // Two weeks with both of them, two with Anna alone.
    /// assert_eq!(programme.minutes_within(window), Minutes::new(2.0 * 90.0 + 2.0 * 60.0));
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn minutes_within(&self, window: Window) -> Minutes {
        let minutes: f64 = self.periods.iter().map(|period| self.minutes_of(period, window)).sum();
        Minutes::new(minutes)
    }

    /// Returns those who tend that platform and are there at that moment.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let ben = Member { platforms: vec!["github".into()], ..Member::new("ben", Minutes::new(30.0)) };
    /// let team = vec![Member::new("anna", Minutes::new(60.0)), ben];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(20_000), day(20_028));
    /// let period = Period { window, minutes: Minutes::new(360.0), money: None };
    /// let programme = Programme::begin(commitment, period)?;
    /// let names: Vec<&str> = programme.answering("mastodon", day(20_001)).map(|one| one.name.as_str()).collect();
    /// assert_eq!(names, ["anna"]);
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn answering<'a>(
        &'a self,
        platform: &'a str,
        at: Moment,
    ) -> impl Iterator<Item = &'a Member> {
        let is_ours = self.is_about(platform);
        self.team.iter().filter(move |member| {
            is_ours
                && Minutes::ZERO < member.minutes_per_week
                && member.tends(platform)
                && member.is_there_at(at)
        })
    }

    /// Whether it is about that platform.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let commitment = Commitment {
    ///     name: "Library".into(),
    ///     team: vec![Member::new("anna", Minutes::new(60.0))],
    ///     platforms: vec!["mastodon".into()],
    ///     ..Commitment::default()
    /// };
    /// let window = Window::new(day(20_000), day(20_028));
    /// let period = Period { window, minutes: Minutes::new(240.0), money: None };
    /// let programme = Programme::begin(commitment, period)?;
    /// assert!(programme.is_about("mastodon") && !programme.is_about("github"));
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn is_about(&self, platform: &str) -> bool {
        self.platforms.is_empty() || self.platforms.iter().any(|one| one == platform)
    }

    /// Returns what a period gives to a window, in minutes.
    fn minutes_of(&self, period: &Period, window: Window) -> f64 {
        let days = period.window.days();
        if days <= 0.0 {
            return 0.0;
        }
        let per_day = period.minutes.get() / days;
        let within = self.until_ended(period.window.intersection(window));
        // Between two of these moments the team stays the same.
        let mut cuts: Vec<Moment> = self.team.iter().filter_map(|member| member.until).collect();
        cuts.retain(|cut| within.contains(*cut));
        cuts.extend([within.start(), within.end()]);
        cuts.sort_unstable();
        let pieces = cuts.iter().zip(cuts.iter().skip(1));
        pieces
            .map(|(from, to)| per_day.min(self.team_minutes_per_day(*from)) * to.days_since(*from))
            .sum()
    }

    fn team_minutes_per_day(&self, at: Moment) -> f64 {
        let there = self.team.iter().filter(|member| member.is_there_at(at));
        there.map(|member| member.minutes_per_week.get()).sum::<f64>() / WEEK
    }

    fn until_ended(&self, window: Window) -> Window {
        let end = self.ended.map_or(window.end(), |ended| window.end().min(ended));
        Window::new(window.start(), end)
    }
}

/// Returns both as one, if no gap is between them.
fn joined(one: Window, other: Window) -> Option<Window> {
    let touch = one.start() <= other.end() && other.start() <= one.end();
    touch.then(|| Window::new(one.start().min(other.start()), one.end().max(other.end())))
}

#[cfg(test)]
mod tests;
