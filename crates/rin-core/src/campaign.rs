//! A finite overlay on a lasting programme: a window, a budget, a team for a while, and what is owed afterwards.
//!
//! A campaign can only support what goes on anyway, so it names the programme that keeps what it wins. What it plans on
//! a platform is what a [`Strategy`](crate::Strategy) reviews; how the ties it wins are recognised, and what tending
//! them takes once it has ended, are said before it starts.

mod label;
mod readiness;

pub use self::{
    label::normal_label,
    readiness::{Check, Influx, PlatformFacts, Question, ReadinessRequest, readiness},
};
use crate::{Brief, Member, Minutes, Window};

/// A finite overlay on a programme.
///
/// # Example
/// ```
/// use rin_core::{Aftercare, Campaign, Day, Goal, Marks, Member, Minutes, PlatformPlan, Window};
/// let day = |number| Day::from_number(number).start();
/// let campaign = Campaign {
///     id: "reading-summer".into(),
///     name: "Reading summer".into(),
///     programme: "Library".into(),
///     window: Window::new(day(20_600), day(20_642)),
///     minutes: Minutes::new(1_800.0),
///     money: Some(400.0),
///     team: vec![Member::new("clara", Minutes::new(300.0))],
///     goal: Goal::default(),
///     platforms: vec![PlatformPlan { platform: "mastodon".into(), posts_per_week: 5.0, ..PlatformPlan::default() }],
///     marks: Marks::default(),
///     aftercare: Aftercare { minutes_per_week: Minutes::new(45.0), days: 90 },
/// };
/// assert_eq!(campaign.aftercare_window(), Window::new(day(20_642), day(20_732)));
/// assert!(campaign.marks.is_by_dates_alone());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Campaign {
    /// Short name for files and commands, in ASCII lower case with hyphens.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The programme it supports, by name.
    pub programme: String,
    /// From when until when.
    pub window: Window,
    /// Working time for all of it.
    pub minutes: Minutes,
    /// Money for all of it in the user's currency; `None` if money is no matter.
    pub money: Option<f64>,
    /// Who works on it; mostly people who leave when it ends.
    pub team: Vec<Member>,
    /// What it is for.
    pub goal: Goal,
    /// What is planned on each platform.
    pub platforms: Vec<PlatformPlan>,
    /// How the ties it wins are recognised.
    pub marks: Marks,
    /// What is kept for them once it has ended.
    pub aftercare: Aftercare,
}

/// What a campaign is for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Goal {
    /// In the user's words.
    pub words: String,
    /// What is counted; `None` if nothing is.
    pub measure: Option<Measure>,
    /// How many of it are wanted.
    pub target: u32,
}

/// What can be counted of a campaign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Measure {
    /// Relationships won within the window.
    Won,
    /// Of these, those still alive so many days after the end.
    AliveAfter {
        /// Days after the end.
        days: u32,
    },
    /// Interactions that others begin with us within the window.
    Received,
}

/// What a campaign plans on one platform; a strategy reviews it as a [`Brief`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PlatformPlan {
    /// The platform's short name.
    pub platform: String,
    /// Own posts a week.
    pub posts_per_week: f64,
    /// First contacts a week to people who have no tie to us.
    pub strangers_per_week: f64,
    /// Private messages a week.
    pub messages_per_week: f64,
    /// Working time a week.
    pub minutes_per_week: Minutes,
    /// Whether any of it would be posted by a program.
    pub automated: bool,
}

/// How the ties a campaign wins are recognised: what begins within its window on one of its platforms, and if lists,
/// hashtags or links are named, only what carries one of them. What the user marks by hand stands above all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Labels of ties: the lists or groups they stand in.
    pub lists: Vec<String>,
    /// Hashtags in the normal form of [`normal_label`].
    pub hashtags: Vec<String>,
    /// Links in the normal form of [`normal_label`].
    pub links: Vec<String>,
    /// Whether only what is marked by hand counts.
    pub by_hand: bool,
}

/// What a programme owes to the ties a campaign won once it has ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Aftercare {
    /// Working time a week, out of the programme's budget.
    pub minutes_per_week: Minutes,
    /// For how many days after the end.
    pub days: u32,
}

impl Campaign {
    /// Returns from when until when the ties it won are tended.
    ///
    /// # Example
    /// See [`Campaign`].
    pub fn aftercare_window(&self) -> Window {
        let end = self.window.end();
        Window::new(end, end.plus_days(f64::from(self.aftercare.days)))
    }

    /// Whether something is planned on that platform.
    ///
    /// # Example
    /// ```
    /// # use rin_core::{Aftercare, Campaign, Goal, Marks, Minutes, PlatformPlan, Window};
    /// let plan = PlatformPlan { platform: "mastodon".into(), ..PlatformPlan::default() };
    /// # let campaign = Campaign {
    /// #     id: "a".into(), name: "A".into(), programme: "P".into(), window: Window::ALWAYS,
    /// #     minutes: Minutes::ZERO, money: None, team: vec![], goal: Goal::default(),
    /// #     platforms: vec![], marks: Marks::default(), aftercare: Aftercare::default(),
    /// # };
    /// let campaign = Campaign { platforms: vec![plan], ..campaign };
    /// assert!(campaign.is_on("mastodon") && !campaign.is_on("github"));
    /// ```
    pub fn is_on(&self, platform: &str) -> bool {
        self.platforms.iter().any(|plan| plan.platform == platform)
    }

    /// Returns what a strategy is asked about what is planned on its platform.
    ///
    /// # Example
    /// ```
    /// # use rin_core::{Aftercare, Campaign, Goal, Marks, Minutes, PlatformPlan, Window};
    /// # let campaign = Campaign {
    /// #     id: "a".into(), name: "A".into(), programme: "P".into(), window: Window::ALWAYS,
    /// #     minutes: Minutes::ZERO, money: None, team: vec![], goal: Goal::default(),
    /// #     platforms: vec![], marks: Marks::default(), aftercare: Aftercare::default(),
    /// # };
    /// let plan = PlatformPlan { platform: "mastodon".into(), posts_per_week: 5.0, ..PlatformPlan::default() };
    /// let brief = campaign.brief(&plan);
    /// assert_eq!((brief.window, brief.team), (campaign.window, 0));
    /// ```
    pub fn brief(&self, plan: &PlatformPlan) -> Brief {
        let team = self.team.iter().filter(|member| member.tends(&plan.platform)).count();
        Brief {
            window: self.window,
            posts_per_week: plan.posts_per_week,
            strangers_per_week: plan.strangers_per_week,
            messages_per_week: plan.messages_per_week,
            minutes_per_week: plan.minutes_per_week,
            team: u32::try_from(team).unwrap_or(u32::MAX),
            automated: plan.automated,
        }
    }

    /// Whether both are at work at a time on one platform, so that what either wins cannot be told apart by dates.
    ///
    /// # Example
    /// ```
    /// # use rin_core::{Aftercare, Campaign, Day, Goal, Marks, Minutes, PlatformPlan, Window};
    /// # let day = |number| Day::from_number(number).start();
    /// # let campaign = Campaign {
    /// #     id: "a".into(), name: "A".into(), programme: "P".into(), window: Window::new(day(1), day(9)),
    /// #     minutes: Minutes::ZERO, money: None, team: vec![], goal: Goal::default(),
    /// #     platforms: vec![PlatformPlan { platform: "mastodon".into(), ..PlatformPlan::default() }],
    /// #     marks: Marks::default(), aftercare: Aftercare::default(),
    /// # };
    /// let later = Campaign { window: Window::new(day(9), day(20)), ..campaign.clone() };
    /// assert!(campaign.overlaps(&campaign) && !campaign.overlaps(&later));
    /// ```
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.window.intersection(other.window).is_empty()
            && self.platforms.iter().any(|plan| other.is_on(&plan.platform))
    }
}

impl Marks {
    /// Whether nothing but the window and the platforms tells what was won.
    ///
    /// # Example
    /// See [`Campaign`].
    pub fn is_by_dates_alone(&self) -> bool {
        let named = [&self.lists, &self.hashtags, &self.links];
        !self.by_hand && named.iter().all(|labels| labels.is_empty())
    }
}
