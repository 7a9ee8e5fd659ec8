//! A campaign's report as plain data.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use rin_core::{
    Answer, Change, Effect, Group, Interrupted, InterruptedError, Interval, Outcome, PerTie, Window,
};
use serde::Serialize;

use super::{
    origin::Origins,
    parties,
    words::{Words, too_few},
};
use crate::{Lang, WeekView, campaign::Started, decide::name, people::People, time::iso_date};

/// What a campaign brought.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CampaignReportView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Its short name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// Until when the sources see, ISO 8601.
    pub known_until: String,
    /// Until when it is known who was alive: half a year earlier, ISO 8601.
    pub lives_known_until: String,
    /// Two sentences: whether what it won lasts, and whether it won more than would have come.
    pub verdict: Vec<String>,
    /// Whether what it won lasts.
    pub lasting: AnswerView,
    /// Whether it won more than would have come.
    pub influx: AnswerView,
    /// The ties it won.
    pub won: GroupView,
    /// By what they were recognised: `dates`, `list`, `hashtag`, `link`, `hand`.
    pub won_by: BTreeMap<&'static str, usize>,
    /// Those won otherwise in comparable windows.
    pub otherwise: GroupView,
    /// These windows.
    pub compared: Vec<SpanView>,
    /// How many times as fast its ties end; `None` if that cannot be told.
    pub hazard: Option<RatioView>,
    /// How many days longer its ties live.
    pub mean: Option<MeanView>,
    /// New ties a week.
    pub new_ties: SeriesView,
    /// Interactions a week.
    pub interactions: SeriesView,
    /// What it cost.
    pub cost: CampaignCostView,
    /// Its ties alive by the forecast.
    pub alive: usize,
    /// Whom it won and nobody has tended since; `None` if the sources do not show what we do.
    pub basket: Option<BasketView>,
    /// What has to be known to read the figures.
    pub notes: Vec<String>,
}

/// The answer to one of the two questions.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AnswerView {
    /// `better`, `worse`, `no difference shown`, `too early` or `too few`.
    pub is: &'static str,
    /// Probability of such a difference by chance.
    pub p: Option<f64>,
    /// Below which it counts.
    pub sure: f64,
    /// Until when something has to be known for an answer, ISO 8601.
    pub not_before: String,
}

/// From when until when.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SpanView {
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
}

/// Ties of one origin.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct GroupView {
    /// How many.
    pub ties: usize,
    /// Of these, too young to tell how long they live.
    pub too_young: usize,
    /// Days after which half have ended.
    pub median_days: Option<f64>,
    /// How many are there after so many days.
    pub alive: Vec<AliveView>,
    /// The share that survives.
    pub curve: Vec<CurveStepView>,
    /// How many days the longest was followed.
    pub last_days: f64,
}

/// How many are alive at an age; intervals of 95 % for what was seen, of 90 % for what is forecast.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AliveView {
    /// The age in days.
    pub days: u32,
    /// Share by what was seen.
    pub share: Option<f64>,
    /// Lower end.
    pub share_low: Option<f64>,
    /// Upper end.
    pub share_high: Option<f64>,
    /// Mean probability as forecast at that age.
    pub forecast: Option<f64>,
    /// Lower end.
    pub forecast_low: Option<f64>,
    /// Upper end.
    pub forecast_high: Option<f64>,
    /// On how many ties the forecast rests.
    pub forecast_ties: usize,
}

/// One fall of a curve.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct CurveStepView {
    /// Days since it was won.
    pub days: f64,
    /// Share that goes on beyond.
    pub share: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Ties in sight just before.
    pub at_risk: usize,
}

/// A ratio with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct RatioView {
    /// The ratio.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Two mean lives and their difference with its 95 % interval, in days.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct MeanView {
    /// Within how many days.
    pub within_days: f64,
    /// Of the campaign's.
    pub won: f64,
    /// Of the others.
    pub otherwise: f64,
    /// The first less the second.
    pub difference: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Weeks of the campaign against those before and after.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct SeriesView {
    /// What is counted: `new ties`, `received` or `all`.
    pub counted: &'static str,
    /// A week's mean during it.
    pub seen: Option<f64>,
    /// What the trend before would have brought.
    pub expected: Option<f64>,
    /// The difference.
    pub during: Option<ChangeView>,
    /// The difference after it.
    pub after: Option<ChangeView>,
    /// Whether platforms it did not touch are taken into account.
    pub has_control: bool,
    /// Weeks before, during and after it.
    pub weeks: Option<[usize; 3]>,
    /// Why nothing can be said.
    pub problem: Option<String>,
}

/// A change a week with its 95 % interval.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct ChangeView {
    /// By how much.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Probability of so large a change by chance.
    pub p: f64,
}

/// What it cost; `None` where that was not written down when it ended.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct CampaignCostView {
    /// Minutes.
    pub minutes: Option<f64>,
    /// Money.
    pub money: Option<f64>,
    /// Minutes for each tie won.
    pub minutes_per_won: Option<f64>,
    /// Money for each tie won.
    pub money_per_won: Option<f64>,
    /// Minutes for each tie still alive.
    pub minutes_per_alive: Option<f64>,
    /// Money for each tie still alive.
    pub money_per_alive: Option<f64>,
}

/// The ties that were won and left standing.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BasketView {
    /// How many.
    pub ties: usize,
    /// What can be done for them this week, as the strategies propose and the norms allow.
    pub lines: Vec<BasketLineView>,
    /// Minutes that takes.
    pub minutes: f64,
    /// The others, those first for whom a contact does most.
    pub others: Vec<String>,
}

/// One thing to do for one of them.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BasketLineView {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Where.
    pub platform: String,
    /// What to do.
    pub what: String,
    /// What it costs in minutes.
    pub minutes: f64,
    /// Probability of being alive if nobody acts.
    pub alive: f64,
    /// The same after a contact.
    pub alive_after: f64,
}

/// Turns what was found into a view.
pub(super) struct Shower<'a> {
    pub(super) people: &'a People,
    pub(super) started: &'a Started,
    pub(super) origins: &'a Origins,
    pub(super) week: &'a WeekView,
    pub(super) known: Window,
    pub(super) is_received: bool,
    pub(super) zone: &'a TimeZone,
    pub(super) lang: Lang,
}

impl Shower<'_> {
    pub(super) fn view(&self, found: &Effect) -> CampaignReportView {
        let campaign = &self.started.campaign;
        let words = Words { found, lang: self.lang };
        CampaignReportView {
            schema: "rin.campaign-report/1",
            id: campaign.id.clone(),
            name: campaign.name.clone(),
            from: iso_date(campaign.window.start(), self.zone),
            until: iso_date(campaign.window.end(), self.zone),
            known_until: iso_date(self.known.end(), &TimeZone::UTC),
            lives_known_until: iso_date(found.lives_known_until.start(), &TimeZone::UTC),
            verdict: vec![words.lasting(), words.influx()],
            lasting: answer(&found.lasting),
            influx: answer(&found.influx),
            won: group(&found.won),
            won_by: self.origins.by_mark(&campaign.id),
            otherwise: group(&found.otherwise),
            compared: found.compared.iter().map(|window| span(*window)).collect(),
            hazard: found.hazard.map(|one| RatioView {
                value: one.ratio,
                low: one.interval.low,
                high: one.interval.high,
            }),
            mean: found.mean.map(|one| MeanView {
                within_days: one.until_days,
                won: one.one,
                otherwise: one.other,
                difference: one.difference,
                low: one.interval.low,
                high: one.interval.high,
            }),
            new_ties: self.series("new ties", &found.new_ties),
            interactions: self
                .series(if self.is_received { "received" } else { "all" }, &found.interactions),
            cost: self.cost(found),
            alive: found.alive,
            basket: self.basket(found),
            notes: words.notes(),
        }
    }

    fn series(
        &self,
        counted: &'static str,
        found: &Result<Interrupted, InterruptedError>,
    ) -> SeriesView {
        let weeks = found.as_ref().ok();
        SeriesView {
            counted,
            seen: weeks.map(|one| one.seen),
            expected: weeks.map(|one| one.expected),
            during: weeks.map(|one| change(&one.during)),
            after: weeks.and_then(|one| one.after.as_ref()).map(change),
            has_control: weeks.is_some_and(|one| one.control.is_some()),
            weeks: weeks.map(|one| one.periods),
            problem: found.as_ref().err().map(|error| too_few(*error, self.lang)),
        }
    }

    fn cost(&self, found: &Effect) -> CampaignCostView {
        let end = self.started.stored.end;
        let (PerTie { minutes, money, .. }, alive) = (found.per_won, found.per_alive);
        CampaignCostView {
            minutes: end.map(|end| end.minutes.get()),
            money: end.and_then(|end| end.money),
            minutes_per_won: minutes,
            money_per_won: money,
            minutes_per_alive: alive.minutes,
            money_per_alive: alive.money,
        }
    }

    fn basket(&self, found: &Effect) -> Option<BasketView> {
        let left = found.basket.as_ref()?;
        let parties = parties(left);
        let lines = self.week.lines.iter().filter(|line| parties.contains(&line.party));
        let lines: Vec<BasketLineView> = lines
            .map(|line| BasketLineView {
                party: line.party,
                name: line.name.clone(),
                platform: line.platform.clone(),
                what: line.what.clone(),
                minutes: line.minutes,
                alive: line.alive,
                alive_after: line.alive_after,
            })
            .collect();
        let is_planned =
            |party: rin_core::PartyId| lines.iter().any(|line| line.party == party.get());
        let others = left.iter().map(|one| one.party).filter(|party| !is_planned(*party));
        Some(BasketView {
            ties: left.len(),
            minutes: lines.iter().fold(0.0, |sum, line| sum + line.minutes),
            others: others.map(|party| name(self.people, party)).collect(),
            lines,
        })
    }
}

fn span(window: Window) -> SpanView {
    SpanView {
        from: iso_date(window.start(), &TimeZone::UTC),
        until: iso_date(window.end(), &TimeZone::UTC),
    }
}

fn answer(answer: &Answer) -> AnswerView {
    let is = match answer.outcome {
        Outcome::Better => "better",
        Outcome::Worse => "worse",
        Outcome::NoDifferenceShown => "no difference shown",
        Outcome::TooEarly => "too early",
        _ => "too few",
    };
    let not_before = iso_date(answer.not_before, &TimeZone::UTC);
    AnswerView { is, p: answer.p, sure: answer.sure, not_before }
}

fn group(group: &Group) -> GroupView {
    let low = |interval: Option<Interval>| interval.map(|one| one.low);
    let high = |interval: Option<Interval>| interval.map(|one| one.high);
    let alive = group.alive.iter().map(|one| AliveView {
        days: one.days,
        share: one.share,
        share_low: low(one.share_interval),
        share_high: high(one.share_interval),
        forecast: one.forecast,
        forecast_low: low(one.forecast_interval),
        forecast_high: high(one.forecast_interval),
        forecast_ties: one.forecast_ties,
    });
    let curve = group.curve.steps().iter().map(|step| CurveStepView {
        days: step.days,
        share: step.share,
        low: step.interval.low,
        high: step.interval.high,
        at_risk: step.at_risk,
    });
    GroupView {
        ties: group.ties,
        too_young: group.too_young,
        median_days: group.curve.median(),
        alive: alive.collect(),
        curve: curve.collect(),
        last_days: group.curve.last_days(),
    }
}

const fn change(change: &Change) -> ChangeView {
    let Interval { low, high } = change.interval;
    ChangeView { value: change.value, low, high, p: change.p }
}
