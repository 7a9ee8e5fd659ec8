//! Gathers what a check of a campaign looks at: the programme, other campaigns, the past, what an action takes, and what
//! every platform's strategy says.

use rin_core::{
    Campaign, Check, Coverage, Influx, Minutes, Moment, PlatformFacts, ReadinessRequest, TieStart,
    Verdict, Window, readiness,
};
use rin_store::{Decision, DecisionKind, Reader, StoreError};
use serde::Serialize;

use super::{
    Started,
    words::{Words, name as question_name},
};
use crate::{
    Lang, Session, SessionError, WeekRequest,
    people::{People, Relationship},
    time::iso_date,
};

/// How many past windows of the campaign's length are looked at: with six weeks each about a year.
const PAST_WINDOWS: u32 = 8;
/// From so many things done on, their minutes tell more than proposals do.
const ENOUGH_DONE: usize = 5;
/// How far back time spent is looked at: twelve weeks.
const LATELY_DAYS: f64 = 84.0;

/// A campaign to be checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckCampaignRequest {
    /// Its short name.
    pub name: String,
    /// The moment.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Whether a campaign may start.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CampaignCheckView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Its short name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The programme it supports.
    pub programme: String,
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// The gravest answer: `ok`, `warn` or `stop`.
    pub verdict: &'static str,
    /// The same as a sentence.
    pub said: String,
    /// Every answer.
    pub checks: Vec<CheckView>,
    /// What went wrong on the way: plugins that gave no answer.
    pub problems: Vec<String>,
}

/// One answer of a check.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CheckView {
    /// A stable name of what was asked.
    pub question: &'static str,
    /// Platform or campaign it is about; empty for the whole.
    pub about: String,
    /// `ok`, `warn` or `stop`.
    pub verdict: &'static str,
    /// The figure behind it, if it is known.
    pub found: Option<f64>,
    /// The limit it is held against, if that is known.
    pub limit: Option<f64>,
    /// Lower end of the figure's 90 % interval, where it is an estimate.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// What is so, as a sentence.
    pub said: String,
    /// What to do, as a sentence; none if it is well.
    pub remedy: Option<String>,
}

impl Session {
    /// Checks whether a campaign may start.
    ///
    /// # Errors
    /// [`SessionError`] if its file cannot be used, or the store cannot be read.
    pub fn check_campaign(
        &mut self,
        request: &CheckCampaignRequest,
    ) -> Result<CampaignCheckView, SessionError> {
        let (_, campaign) = self.planned(&request.name)?;
        let mut problems = Vec::new();
        let remarks = self.reviews(&campaign, request.lang, &mut problems);
        let proposed = self.proposed_minutes(&campaign, request)?;
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let started = self.started_in(&reader)?;
        let others = started.iter().map(|one| &one.campaign);
        let others: Vec<Campaign> = others.filter(|one| one.id != campaign.id).cloned().collect();
        let decisions: Vec<Decision> =
            reader.decisions()?.into_iter().map(|(_, decision)| decision).collect();
        let platforms: Vec<PlatformFacts> = remarks
            .into_iter()
            .map(|(platform, remarks)| PlatformFacts {
                coverage: coverage_on(&people, &platform),
                remarks,
                platform,
            })
            .collect();
        let influx = influx(&people, &campaign, &started, request.now);
        let kept = self.kept()?;
        let programme = kept.iter().find(|kept| kept.programme.name == campaign.programme);
        let checks = readiness(&ReadinessRequest {
            campaign: &campaign,
            programme: programme.map(|kept| &kept.programme),
            others: &others,
            platforms: &platforms,
            influx: &influx,
            minutes_per_action: done_minutes(&decisions, request.now).or(proposed),
            spent_per_week: spent_per_week(&decisions, request.now),
            has_labels: has_labels(&reader, &campaign)?,
        });
        let words = Words { campaign: &campaign, influx: &influx, lang: request.lang };
        Ok(CampaignCheckView {
            schema: "rin.campaign-check/1",
            id: campaign.id.clone(),
            name: campaign.name.clone(),
            programme: campaign.programme.clone(),
            from: iso_date(campaign.window.start(), &self.zone),
            until: iso_date(campaign.window.end(), &self.zone),
            verdict: verdict(checks.iter().map(|check| check.verdict).max().unwrap_or(Verdict::Ok)),
            said: words.whole(&checks),
            checks: checks.iter().map(|check| view(check, &words)).collect(),
            problems,
        })
    }

    /// Asks the strategy of every platform what it says to the campaign; `None` where none could be asked.
    fn reviews(
        &mut self,
        campaign: &Campaign,
        lang: Lang,
        problems: &mut Vec<String>,
    ) -> Vec<(String, Option<Vec<rin_core::Remark>>)> {
        let mut reviews = Vec::new();
        for plan in &campaign.platforms {
            let remarks = match self.plugins.strategy(&plan.platform, &self.config) {
                Ok(None) => None,
                Ok(Some(mut strategy)) => match strategy.review(&campaign.brief(plan)) {
                    Ok(remarks) => Some(remarks),
                    Err(error) => {
                        problems.push(format!("{}: {error}", plan.platform));
                        None
                    }
                },
                Err(error) => {
                    problems.push(error.told(lang));
                    None
                }
            };
            reviews.push((plan.platform.clone(), remarks));
        }
        reviews
    }

    /// Returns what an action takes that strategies propose on the campaign's platforms in this week.
    fn proposed_minutes(
        &mut self,
        campaign: &Campaign,
        request: &CheckCampaignRequest,
    ) -> Result<Option<Minutes>, SessionError> {
        let week = WeekRequest {
            now: request.now,
            minutes: None,
            seed: 1,
            is_trial: true,
            is_fresh: true,
            lang: request.lang,
        };
        let lines = self.week(&week)?.lines;
        let minutes = lines.iter().filter(|line| campaign.is_on(&line.platform));
        Ok(mean(minutes.map(|line| line.minutes)))
    }
}

fn view(check: &Check, words: &Words<'_>) -> CheckView {
    CheckView {
        question: question_name(check.question),
        about: check.about.clone(),
        verdict: verdict(check.verdict),
        found: check.found,
        limit: check.limit,
        low: check.interval.map(|interval| interval.low),
        high: check.interval.map(|interval| interval.high),
        said: words.said(check),
        remedy: words.remedy(check),
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warn",
        Verdict::Stop => "stop",
    }
}

/// Returns what the sources see of all our accounts on a platform together.
fn coverage_on(people: &People, platform: &str) -> Option<Coverage> {
    let here = people.own.iter().filter(|own| {
        let known = people.accounts.get(own);
        known.is_some_and(|known| known.account.key.platform == platform)
    });
    here.map(|own| people.coverage_of(*own)).reduce(Coverage::merge)
}

/// Counts what was won in past windows of the campaign's length, and in past campaigns.
fn influx(people: &People, campaign: &Campaign, started: &[Started], now: Moment) -> Influx {
    let on = |platform: &str| campaign.is_on(platform);
    let mut won: Vec<Moment> =
        people.relationships.values().filter_map(|one| won_at(people, one, on)).collect();
    won.sort_unstable();
    let days = campaign.window.days();
    let end = people.covered_until(now).unwrap_or(now);
    let count = |window: Window| {
        let before = |at: Moment| won.partition_point(|one| *one < at);
        u32::try_from(before(window.end()) - before(window.start())).unwrap_or(u32::MAX)
    };
    let past = started.iter().map(|one| one.campaign.window).filter(|window| window.end() <= end);
    let campaigns = past.map(|window| (count(window), window.days())).collect();
    let mut ordinary = Vec::new();
    // Who was known before the sources begin seems to be won in their first days, so one window's length is left out.
    let first = covered_since(people, campaign, &won).map(|since| since.plus_days(days));
    for number in 1..=PAST_WINDOWS {
        let to = end.plus_days(-days * f64::from(number - 1));
        let window = Window::new(to.plus_days(-days), to);
        let is_known = first.is_some_and(|first| first <= window.start());
        let is_free = started.iter().all(|one| one.campaign.window.intersection(window).is_empty());
        if is_known && is_free {
            ordinary.push(count(window));
        }
    }
    Influx { days, ordinary, campaigns }
}

/// Returns from when on the sources of our accounts on the campaign's platforms see, or else the first thing won.
fn covered_since(people: &People, campaign: &Campaign, won: &[Moment]) -> Option<Moment> {
    let here = people.own.iter().filter(|own| {
        people.accounts.get(own).is_some_and(|known| campaign.is_on(&known.account.key.platform))
    });
    let since = here.filter_map(|own| people.coverage_of(*own).since).max();
    let first = won.first().copied();
    match (since, first) {
        (Some(since), Some(first)) => Some(since.max(first)),
        (since, first) => first.or(since),
    }
}

/// Returns when a relationship began on one of the platforms: its first contact or the known start of a tie.
fn won_at(people: &People, one: &Relationship, on: impl Fn(&str) -> bool) -> Option<Moment> {
    let here = |account: &rin_core::AccountId| {
        people.accounts.get(account).is_some_and(|known| on(&known.account.key.platform))
    };
    let contacts = one.contacts.iter().filter(|contact| here(&contact.account));
    let contacts = contacts.filter_map(|contact| contact.state.first());
    let ties = one.ties.iter().filter(|tie| here(&tie.from)).filter_map(|tie| match tie.start {
        TieStart::Exact(at) => Some(at),
        _ => None,
    });
    contacts.chain(ties).min()
}

/// Returns what an action took in the last year, as the user says; `None` if too little was done.
pub(crate) fn done_minutes(decisions: &[Decision], now: Moment) -> Option<Minutes> {
    let year = Window::new(now.plus_days(-365.0), now);
    let done: Vec<f64> = done(decisions, year).map(|(_, minutes)| minutes.get()).collect();
    if done.len() < ENOUGH_DONE { None } else { mean(done.into_iter()) }
}

/// Returns what was spent a week lately, since the first thing done; `None` if nothing was.
fn spent_per_week(decisions: &[Decision], now: Moment) -> Option<Minutes> {
    let lately = Window::new(now.plus_days(-LATELY_DAYS), now);
    let first = done(decisions, Window::new(lately.start(), now)).map(|(at, _)| at).min()?;
    let weeks = (now.days_since(first) / 7.0).max(1.0);
    let minutes: f64 = done(decisions, lately).map(|(_, minutes)| minutes.get()).sum();
    Some(Minutes::new(minutes / weeks))
}

fn done(decisions: &[Decision], within: Window) -> impl Iterator<Item = (Moment, Minutes)> + '_ {
    let done = decisions.iter().filter_map(|decision| match decision.kind {
        DecisionKind::Done { minutes } => Some((decision.at, minutes)),
        _ => None,
    });
    done.filter(move |(at, _)| within.contains(*at))
}

fn mean(minutes: impl Iterator<Item = f64>) -> Option<Minutes> {
    let (sum, count) = minutes.fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
    (0.0 < count).then(|| Minutes::new(sum / count))
}

/// Whether any source has reported what the campaign goes by, or anything of its kind.
fn has_labels(reader: &Reader<'_>, campaign: &Campaign) -> Result<bool, StoreError> {
    let marks = &campaign.marks;
    if marks.hashtags.is_empty() && marks.links.is_empty() {
        return Ok(false);
    }
    reader.has_labels()
}
