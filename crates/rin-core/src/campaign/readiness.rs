//! Whether a campaign may start: the questions that decide if what it wins will be kept, each with the figures behind it.
//!
//! Asked before anything is spent. A *stop* means that ties would be won for nothing or a platform's rule be broken; a
//! *warn* that something is thin or not known. Nothing is taken for granted: what the data cannot show is a warning, not
//! an ok.

mod influx;

pub use self::influx::Influx;
use super::{Campaign, Measure};
use crate::{
    Coverage, InteractionKinds, Interval, Minutes, Moment, Programme, Remark, TieKinds, Verdict,
    Window,
};

/// What is known before a campaign starts.
#[derive(Clone, Copy, Debug)]
pub struct ReadinessRequest<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The programme it names, if there is one of that name.
    pub programme: Option<&'a Programme>,
    /// Other campaigns that were started.
    pub others: &'a [Campaign],
    /// What is known of each platform of the campaign, in the campaign's order.
    pub platforms: &'a [PlatformFacts],
    /// How many relationships were won in the past.
    pub influx: &'a Influx,
    /// What one action for one relationship takes; `None` if neither decisions nor proposals tell.
    pub minutes_per_action: Option<Minutes>,
    /// What was spent a week on tending lately, as the user says; `None` if nothing was said.
    pub spent_per_week: Option<Minutes>,
    /// Whether any source has reported hashtags or links.
    pub has_labels: bool,
}

/// What is known of a platform.
#[derive(Clone, PartialEq, Debug)]
pub struct PlatformFacts {
    /// Its short name.
    pub platform: String,
    /// What the sources see of our accounts there; `None` if none was imported.
    pub coverage: Option<Coverage>,
    /// What its strategy says; `None` if no strategy could be asked.
    pub remarks: Option<Vec<Remark>>,
}

/// One answer of a check.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Check {
    /// What was asked.
    pub question: Question,
    /// How it came out.
    pub verdict: Verdict,
    /// Platform or campaign it is about; empty for the whole.
    pub about: String,
    /// The figure behind it; `None` if it is not known.
    pub found: Option<f64>,
    /// The limit it is held against; `None` if that is not known.
    pub limit: Option<f64>,
    /// The interval of the figure, 90 %, where it is an estimate.
    pub interval: Option<Interval>,
    /// What the strategy says, for [`Question::Norm`].
    pub remark: Option<Remark>,
}

/// What is asked before a campaign starts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Question {
    /// Does the programme run beyond the window? Days it goes on after it, against the days of aftercare.
    ProgrammeGoesOn,
    /// Is aftercare reserved? Its minutes in all, against what the ties expected need once each.
    AftercareReserved,
    /// Is it within the programme's budget, with that of other campaigns? Minutes a week against those free.
    AftercareFits,
    /// Who answers when the temporary team has left? People of the programme, against one.
    WhoAnswers,
    /// Can what comes be tended? Relationships expected, against those the aftercare is enough for.
    Influx,
    /// Does the team have the time that is planned? Minutes planned, against those there are.
    TeamHasTime,
    /// Is a norm of the platform broken?
    Norm,
    /// Can the goal be measured? Platforms on which it can, against all of the campaign's.
    GoalMeasurable,
    /// Can what it wins be recognised by its marks?
    MarksSeen,
    /// Is another campaign at work at the same time and place? Days they have in common, against none.
    Overlap,
}

/// Answers every question about a campaign, in the order of [`Question`].
///
/// # Example
/// ```
/// use rin_core::{Aftercare, Campaign, Day, Goal, Influx, Marks, Member, Minutes, PlatformFacts, PlatformPlan,
///     Question, ReadinessRequest, Verdict, Window, readiness};
/// let day = |number| Day::from_number(number).start();
/// let campaign = Campaign {
///     id: "summer".into(),
///     name: "Summer".into(),
///     programme: "Library".into(),
///     window: Window::new(day(20_600), day(20_642)),
///     minutes: Minutes::new(1_800.0),
///     money: None,
///     team: vec![Member::new("clara", Minutes::new(300.0))],
///     goal: Goal::default(),
///     platforms: vec![PlatformPlan { platform: "mastodon".into(), ..PlatformPlan::default() }],
///     marks: Marks::default(),
///     aftercare: Aftercare { minutes_per_week: Minutes::new(45.0), days: 90 },
/// };
/// let facts = PlatformFacts { platform: "mastodon".into(), coverage: None, remarks: None };
/// // There is no programme that could keep what it wins.
/// let checks = readiness(&ReadinessRequest {
///     campaign: &campaign,
///     programme: None,
///     others: &[],
///     platforms: &[facts],
///     influx: &Influx::default(),
///     minutes_per_action: None,
///     spent_per_week: None,
///     has_labels: false,
/// });
/// assert_eq!((checks[0].question, checks[0].verdict), (Question::ProgrammeGoesOn, Verdict::Stop));
/// ```
pub fn readiness(request: &ReadinessRequest<'_>) -> Vec<Check> {
    let mut checks =
        vec![programme_goes_on(request), aftercare_reserved(request), aftercare_fits(request)];
    let platforms = &request.campaign.platforms;
    checks.extend(platforms.iter().map(|plan| who_answers(request, &plan.platform)));
    checks.push(influx(request));
    checks.push(team_has_time(request.campaign));
    checks.extend(request.platforms.iter().flat_map(norms));
    checks.push(goal_measurable(request));
    checks.extend(marks_seen(request));
    checks.extend(request.others.iter().filter_map(|other| overlap(request.campaign, other)));
    checks
}

impl Check {
    fn new(question: Question, verdict: Verdict, found: Option<f64>, limit: Option<f64>) -> Self {
        let (about, interval, remark) = (String::new(), None, None);
        Self { question, verdict, about, found, limit, interval, remark }
    }

    fn about(self, about: &str) -> Self {
        Self { about: about.to_owned(), ..self }
    }
}

fn programme_goes_on(request: &ReadinessRequest<'_>) -> Check {
    let campaign = request.campaign;
    let window = campaign.window;
    let run = request.programme.and_then(|programme| programme.run_at(window.start()));
    let beyond = run.map(|run| run.end().days_since(window.end()));
    let aftercare = f64::from(campaign.aftercare.days);
    let verdict = match beyond {
        None => Verdict::Stop,
        Some(beyond) if beyond <= 0.0 => Verdict::Stop,
        Some(beyond) if beyond < aftercare => Verdict::Warn,
        Some(_) => Verdict::Ok,
    };
    Check::new(Question::ProgrammeGoesOn, verdict, beyond, Some(aftercare))
}

fn aftercare_reserved(request: &ReadinessRequest<'_>) -> Check {
    let minutes = aftercare_minutes(request.campaign);
    let needed = expected(request)
        .zip(request.minutes_per_action)
        .map(|((mean, _), action)| mean * action.get());
    let verdict = match needed {
        _ if minutes <= 0.0 => Verdict::Stop,
        Some(needed) if minutes < needed => Verdict::Warn,
        _ => Verdict::Ok,
    };
    Check::new(Question::AftercareReserved, verdict, Some(minutes), needed)
}

/// Compares what all campaigns have reserved of the programme in this one's aftercare with what it then has a week.
fn aftercare_fits(request: &ReadinessRequest<'_>) -> Check {
    let campaign = request.campaign;
    let window = campaign.aftercare_window();
    let same = |other: &&Campaign| other.programme == campaign.programme;
    let others: Vec<&Campaign> = request.others.iter().filter(same).collect();
    // The most is reserved at the start of one of them.
    let starts = others.iter().map(|other| other.aftercare_window().start());
    let starts = starts.chain([window.start()]).filter(|start| window.contains(*start));
    let reserved = starts
        .map(|at| {
            let at_once = others.iter().filter(|other| other.aftercare_window().contains(at));
            at_once.map(|other| other.aftercare.minutes_per_week.get()).sum::<f64>()
        })
        .fold(0.0, f64::max);
    let wanted = campaign.aftercare.minutes_per_week.get() + reserved;
    let budget = request.programme.map_or(0.0, |programme| weekly(programme, window));
    let free = budget - request.spent_per_week.map_or(0.0, Minutes::get);
    let verdict = match wanted {
        wanted if budget < wanted => Verdict::Stop,
        wanted if free < wanted => Verdict::Warn,
        _ => Verdict::Ok,
    };
    Check::new(Question::AftercareFits, verdict, Some(wanted), Some(free.max(0.0)))
}

fn who_answers(request: &ReadinessRequest<'_>, platform: &str) -> Check {
    let count = |at: Moment| {
        request.programme.map_or(0, |programme| programme.answering(platform, at).count())
    };
    let window = request.campaign.aftercare_window();
    // Whoever leaves at the very end was there all the time.
    let (first, last) = (count(window.start()), count(window.end().plus_days(-1.0)));
    let verdict = match (first, last) {
        (0, _) => Verdict::Stop,
        (_, 0) => Verdict::Warn,
        _ => Verdict::Ok,
    };
    Check::new(Question::WhoAnswers, verdict, Some(to_f64(first.min(last))), Some(1.0))
        .about(platform)
}

/// Compares what is expected to come with what the aftercare is enough for, one action for each.
fn influx(request: &ReadinessRequest<'_>) -> Check {
    let campaign = request.campaign;
    let action = request.minutes_per_action.map(Minutes::get).filter(|minutes| 0.0 < *minutes);
    let enough_for = action.map(|action| (aftercare_minutes(campaign) / action).floor());
    let (mean, interval) = expected(request).unzip();
    let interval = interval.flatten();
    let verdict = match (mean, enough_for) {
        (Some(mean), Some(limit)) => {
            let low = interval.map_or(mean, |interval| interval.low);
            let high = interval.map_or(mean, |interval| interval.high);
            match limit {
                limit if limit < low => Verdict::Stop,
                limit if limit < high => Verdict::Warn,
                _ => Verdict::Ok,
            }
        }
        _ => Verdict::Warn,
    };
    Check { interval, ..Check::new(Question::Influx, verdict, mean, enough_for) }
}

/// Returns how many relationships are expected, with the interval where the past tells one; what the campaign means to
/// win is expected at least.
fn expected(request: &ReadinessRequest<'_>) -> Option<(f64, Option<Interval>)> {
    let goal = &request.campaign.goal;
    let target = match goal.measure {
        Some(Measure::Won) => f64::from(goal.target),
        _ => 0.0,
    };
    match request.influx.expected(request.campaign.window.days()) {
        Some((mean, Interval { low, high })) => {
            let interval = Interval { low: low.max(target), high: high.max(target) };
            Some((mean.max(target), Some(interval)))
        }
        None => (0.0 < target).then_some((target, None)),
    }
}

fn team_has_time(campaign: &Campaign) -> Check {
    let weeks = campaign.window.days() / 7.0;
    let plans = campaign.platforms.iter();
    let planned = weeks * plans.map(|plan| plan.minutes_per_week.get()).sum::<f64>();
    let team: f64 = campaign
        .team
        .iter()
        .map(|member| {
            let until = member.until.unwrap_or(campaign.window.end());
            let there = Window::new(campaign.window.start(), until.min(campaign.window.end()));
            member.minutes_per_week.get() * there.days() / 7.0
        })
        .sum();
    let limit = team.min(campaign.minutes.get());
    // Half a minute is lost to rounding.
    let verdict = if limit + 0.5 < planned { Verdict::Warn } else { Verdict::Ok };
    Check::new(Question::TeamHasTime, verdict, Some(planned), Some(limit))
}

fn norms(facts: &PlatformFacts) -> Vec<Check> {
    let Some(remarks) = &facts.remarks else {
        let unknown = Check::new(Question::Norm, Verdict::Warn, None, None);
        return vec![unknown.about(&facts.platform)];
    };
    if remarks.is_empty() {
        return vec![Check::new(Question::Norm, Verdict::Ok, None, None).about(&facts.platform)];
    }
    let check = |remark: &Remark| {
        let (found, limit) = (Some(remark.found), Some(remark.limit));
        let check = Check::new(Question::Norm, remark.verdict, found, limit).about(&facts.platform);
        Check { remark: Some(remark.clone()), ..check }
    };
    remarks.iter().map(check).collect()
}

fn goal_measurable(request: &ReadinessRequest<'_>) -> Check {
    let goal = &request.campaign.goal;
    let can = |facts: &&PlatformFacts| {
        facts.coverage.is_some_and(|seen| {
            let hears = seen.received != InteractionKinds::NONE;
            let lists = seen.ties_to != TieKinds::NONE;
            match goal.measure {
                Some(Measure::Received) => hears,
                _ => hears || lists || seen.sent != InteractionKinds::NONE,
            }
        })
    };
    let measurable = request.platforms.iter().filter(can).count();
    let verdict = match (goal.measure, measurable) {
        (None, _) => Verdict::Warn,
        (Some(_), 0) => Verdict::Stop,
        (Some(_), some) if some < request.platforms.len() || goal.target == 0 => Verdict::Warn,
        _ => Verdict::Ok,
    };
    let found = goal.measure.map(|_| to_f64(measurable));
    Check::new(Question::GoalMeasurable, verdict, found, Some(to_f64(request.platforms.len())))
}

/// Asks whether hashtags and links can be seen at all, if the campaign goes by them.
fn marks_seen(request: &ReadinessRequest<'_>) -> Option<Check> {
    let marks = &request.campaign.marks;
    let by_labels = !(marks.hashtags.is_empty() && marks.links.is_empty());
    by_labels.then(|| {
        let verdict = if request.has_labels { Verdict::Ok } else { Verdict::Warn };
        let count = to_f64(marks.hashtags.len() + marks.links.len());
        Check::new(Question::MarksSeen, verdict, None, Some(count))
    })
}

fn overlap(campaign: &Campaign, other: &Campaign) -> Option<Check> {
    campaign.overlaps(other).then(|| {
        let days = campaign.window.intersection(other.window).days();
        let by_dates = campaign.marks.is_by_dates_alone() || other.marks.is_by_dates_alone();
        let verdict = if by_dates { Verdict::Warn } else { Verdict::Ok };
        Check::new(Question::Overlap, verdict, Some(days), Some(0.0)).about(&other.name)
    })
}

/// Returns all minutes that are reserved for what it wins.
fn aftercare_minutes(campaign: &Campaign) -> f64 {
    campaign.aftercare.minutes_per_week.get() * campaign.aftercare_window().days() / 7.0
}

/// Returns what a programme has a week within a window, over the part of it that is paid for by now: what comes after
/// is asked by [`Question::ProgrammeGoesOn`].
fn weekly(programme: &Programme, window: Window) -> f64 {
    let paid = programme.run_at(window.start()).map(|run| run.intersection(window));
    let weeks = paid.map_or(0.0, |paid| paid.days() / 7.0);
    if 0.0 < weeks { programme.minutes_within(window).get() / weeks } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests;
