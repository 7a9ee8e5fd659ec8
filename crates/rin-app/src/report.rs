//! A month, a quarter or a year of the network on one page: who is alive, won, lost, taken up again, and what it took.
//!
//! The balance is over the whole period at once: who lapsed and came back within it counts as neither. A period
//! that the sources do not reach over is told as far as they do, and says so; beyond that nothing is told.

mod balance;
mod chart;
mod html;
mod markdown;
mod period;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use rin_core::{Campaign, Moment, PartyId, Window};
use rin_store::{DecisionKind, Reader};
use serde::Serialize;

use self::balance::{Course, Part};
pub use self::period::parse_period;
use crate::{
    BalanceView, CohortMonthView, Lang, Session, SessionError,
    cohort::{known, months},
    decide::name,
    effect::Origins,
    people::People,
    time::iso_date,
};

/// How long the period is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ReportSpan {
    /// A month of the calendar.
    #[default]
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A year of the calendar.
    Year,
}

/// Which period is reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReportRequest {
    /// How long it is.
    pub span: ReportSpan,
    /// A moment in it; `None` for the last one that the sources reach over.
    pub of: Option<Moment>,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A period of the network.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReportView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// What the period is called: `March 2026`, `Q1 2026`, `2026`.
    pub title: String,
    /// Its first day, ISO 8601.
    pub from: String,
    /// The day after its last, ISO 8601.
    pub until: String,
    /// From when the sources see, ISO 8601.
    pub known_since: String,
    /// Until when, ISO 8601.
    pub known_until: String,
    /// Whether they see only a part of the period; the figures are those of that part.
    pub is_partial: bool,
    /// What came and went; `None` if the sources see none of it.
    pub whole: Option<BalanceView>,
    /// The last twelve months up to its end, as far as they are known whole, the earliest first.
    pub months: Vec<CohortMonthView>,
    /// The same by platform, the largest first.
    pub by_platform: Vec<ReportGroupView>,
    /// The same by tag; empty if nobody is tagged.
    pub by_tag: Vec<ReportGroupView>,
    /// What it took, as far as the user says so.
    pub effort: EffortView,
    /// In contact for the first time, by when they were met.
    pub won: Vec<ReportPartyView>,
    /// Lapsed before and in contact again.
    pub revived: Vec<ReportPartyView>,
    /// Alive before and lapsed when it ended.
    pub lost: Vec<ReportPartyView>,
    /// Campaigns that ran in it.
    pub campaigns: Vec<ReportCampaignView>,
    /// What it says, in sentences.
    pub said: Vec<String>,
    /// What the figures do not cover, in sentences.
    pub unknown: Vec<String>,
}

/// A part of the network in the period.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ReportGroupView {
    /// What it is called.
    pub name: String,
    /// What came and went; `None` if the sources see none of the period.
    pub balance: Option<BalanceView>,
    /// Minutes said to be spent on it; `None` if nothing was said to be done.
    pub minutes: Option<f64>,
}

/// What was done in the period, as the user says.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct EffortView {
    /// Minutes spent; `None` if nothing was ever said to be done: that is not known to be none.
    pub minutes: Option<f64>,
    /// How many lines of plans were done.
    pub lines: usize,
    /// For how many parties.
    pub parties: usize,
    /// The minutes that running programmes had for it; `None` if none ran.
    pub budget_minutes: Option<f64>,
}

/// Somebody who came or went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportPartyView {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// Where there was contact.
    pub platforms: Vec<String>,
}

/// A campaign that ran in the period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ReportCampaignView {
    /// Its short name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// Whom it won up to now.
    pub won: usize,
}

impl Session {
    /// Reports a period.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn report(&self, request: &ReportRequest) -> Result<ReportView, SessionError> {
        let reader = self.store.read()?;
        let mut people = People::read(&reader)?;
        let model = self.model(&reader, &people)?;
        let known = known(&people, request.now);
        let span = request.span.window(request.of, known);
        let seen = span.intersection(known);
        let seen = (seen.start() < seen.end()).then_some(seen);
        let end = span.end().min(known.end()).max(known.start());
        let months = months(Window::new(known.start(), end), 12);
        let asked: Vec<Window> = months.iter().copied().chain(seen).collect();
        let course = Course::read((&reader, &mut people), (known, &asked), &model)?;
        let told = Told { session: self, reader: &reader, people: &people, course, seen, span };
        let done = done(&reader, span)?;
        let [won, revived, lost] = told.came_and_went();
        let mut view = ReportView {
            schema: "rin.report/1",
            title: request.span.title(span, request.lang),
            from: day(span.start()),
            until: day(span.end()),
            known_since: day(known.start()),
            known_until: day(known.end()),
            is_partial: seen.is_some_and(|seen| seen != span),
            whole: told.balance(|part| part.platform.is_none()),
            months: told.months(&months),
            by_platform: told.by_platform(&done)?,
            by_tag: told.by_tag(&done, request.lang)?,
            effort: self.effort(&reader, span, &done)?,
            won,
            revived,
            lost,
            campaigns: told.campaigns()?,
            said: Vec::new(),
            unknown: Vec::new(),
        };
        (view.said, view.unknown) = words::told(&view, request.lang);
        Ok(view)
    }

    fn effort(
        &self,
        reader: &Reader<'_>,
        span: Window,
        done: &[Done],
    ) -> Result<EffortView, SessionError> {
        let is_any = !reader.decisions()?.is_empty();
        let parties: BTreeSet<PartyId> = done.iter().map(|one| one.party).collect();
        let kept = self.kept()?;
        let budgets: Vec<f64> = kept
            .iter()
            .map(|kept| kept.programme.minutes_within(span).get())
            .filter(|minutes| 0.0 < *minutes)
            .collect();
        Ok(EffortView {
            minutes: is_any.then(|| done.iter().map(|one| one.minutes).sum()),
            lines: done.len(),
            parties: parties.len(),
            budget_minutes: (!budgets.is_empty()).then(|| budgets.iter().sum()),
        })
    }
}

/// What a report is told from.
struct Told<'a> {
    session: &'a Session,
    reader: &'a Reader<'a>,
    people: &'a People,
    course: Course,
    /// The part of the period that is known, if any is.
    seen: Option<Window>,
    span: Window,
}

impl Told<'_> {
    fn balance(&self, is_meant: impl Fn(&Part) -> bool) -> Option<BalanceView> {
        self.course.balances(&[self.seen?], is_meant).into_iter().next()
    }

    fn months(&self, months: &[Window]) -> Vec<CohortMonthView> {
        let balances = self.course.balances(months, |part| part.platform.is_none());
        let month = |(window, balance): (&Window, BalanceView)| CohortMonthView {
            from: day(window.start()),
            until: day(window.end()),
            balance: Some(balance),
        };
        months.iter().zip(balances).map(month).collect()
    }

    fn by_platform(&self, done: &[Done]) -> Result<Vec<ReportGroupView>, SessionError> {
        let is_any = !self.reader.decisions()?.is_empty();
        let names: BTreeSet<&str> =
            self.course.parts.iter().filter_map(|part| part.platform.as_deref()).collect();
        let group = |name: &str| {
            let here = done.iter().filter(|one| one.platform.as_deref() == Some(name));
            ReportGroupView {
                name: name.to_owned(),
                balance: self.balance(|part| part.platform.as_deref() == Some(name)),
                minutes: is_any.then(|| here.map(|one| one.minutes).sum()),
            }
        };
        Ok(largest_first(names.into_iter().map(group).collect()))
    }

    /// Returns a group for each tag and one for those without; nothing if nobody is tagged.
    fn by_tag(&self, done: &[Done], lang: Lang) -> Result<Vec<ReportGroupView>, SessionError> {
        let is_any = !self.reader.decisions()?.is_empty();
        let mut tags: BTreeMap<String, BTreeSet<PartyId>> = BTreeMap::new();
        for tag in self.reader.tags()? {
            tags.entry(tag.tag).or_default().insert(tag.party);
        }
        let tagged: BTreeSet<PartyId> = tags.values().flatten().copied().collect();
        if tagged.is_empty() {
            return Ok(Vec::new());
        }
        let group = |name: &str, is_meant: &dyn Fn(&PartyId) -> bool| {
            let theirs = done.iter().filter(|one| is_meant(&one.party));
            ReportGroupView {
                name: name.to_owned(),
                balance: self.balance(|part| part.platform.is_none() && is_meant(&part.party)),
                minutes: is_any.then(|| theirs.map(|one| one.minutes).sum()),
            }
        };
        let each = tags.iter().map(|(tag, parties)| group(tag, &|party| parties.contains(party)));
        let mut groups = largest_first(each.collect());
        let rest = lang.pick("without a tag", "ohne Schlagwort");
        groups.push(group(rest, &|party| !tagged.contains(party)));
        Ok(groups)
    }

    /// Returns who was won, taken up again and lost, in the order of parties.
    fn came_and_went(&self) -> [Vec<ReportPartyView>; 3] {
        let mut found = [Vec::new(), Vec::new(), Vec::new()];
        let Some(seen) = self.seen else { return found };
        let parts = self.course.parts.iter().enumerate();
        for (number, part) in parts.filter(|(_, part)| part.platform.is_none()) {
            let balance = self.course.balance_of(number, seen);
            let counts = [balance.won, balance.revived, balance.lost];
            for (list, _) in found.iter_mut().zip(counts).filter(|(_, count)| 0 < *count) {
                list.push(self.party(part.party));
            }
        }
        found
    }

    fn party(&self, party: PartyId) -> ReportPartyView {
        let one = self.people.relationships.get(&party);
        let contacts = one.into_iter().flat_map(|one| &one.contacts);
        let known = contacts.filter_map(|contact| self.people.accounts.get(&contact.account));
        let mut platforms: Vec<String> =
            known.map(|known| known.account.key.platform.clone()).collect();
        platforms.dedup();
        ReportPartyView { party: party.get(), name: name(self.people, party), platforms }
    }

    fn campaigns(&self) -> Result<Vec<ReportCampaignView>, SessionError> {
        let started = self.session.started_in(self.reader)?;
        let origins = Origins::read(self.reader, self.people, &started)?;
        let won = |id: &str| {
            let parties = self.people.relationships.keys();
            parties.filter(|party| origins.campaign_of(**party) == Some(id)).count()
        };
        let within = started.iter().map(|one| &one.campaign).filter(|one| {
            let common = one.window.intersection(self.span);
            common.start() < common.end()
        });
        let date = |moment| iso_date(moment, &self.session.zone);
        let row = |one: &Campaign| ReportCampaignView {
            id: one.id.clone(),
            name: one.name.clone(),
            from: date(one.window.start()),
            until: date(one.window.end()),
            won: won(&one.id),
        };
        Ok(within.map(row).collect())
    }
}

fn largest_first(mut groups: Vec<ReportGroupView>) -> Vec<ReportGroupView> {
    let size = |group: &ReportGroupView| group.balance.map_or(0, |one| one.alive.max(one.before));
    groups.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.name.cmp(&b.name)));
    groups
}

/// Something that was said to be done.
struct Done {
    party: PartyId,
    minutes: f64,
    /// Where, if the plan it stood in is still kept.
    platform: Option<String>,
}

fn done(reader: &Reader<'_>, span: Window) -> Result<Vec<Done>, SessionError> {
    let mut done = Vec::new();
    for (_, decision) in reader.decisions()? {
        let DecisionKind::Done { minutes } = decision.kind else { continue };
        if !span.contains(decision.at) {
            continue;
        }
        let line = match decision.answers {
            Some((plan, line)) => reader.plan(plan)?.and_then(|plan| {
                let at = usize::try_from(line).ok()?.checked_sub(1)?;
                plan.lines.into_iter().nth(at)
            }),
            None => None,
        };
        let platform = line.map(|line| line.platform);
        done.push(Done { party: decision.party, minutes: minutes.get(), platform });
    }
    Ok(done)
}

fn day(moment: Moment) -> String {
    iso_date(moment, &TimeZone::UTC)
}
