//! How the network came and went, month by month: as a whole, by platform, by tag, by origin, by how close it was.
//!
//! The balance of each month is the core's; here relationships are put into groups. A relationship stands in every group
//! that it belongs to: somebody on two platforms or with two tags is counted in both, so groups need not add up to the whole. Tiers do:
//! everybody holds one at a time, and who changes it moves from one group to another.

mod tiers;

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use rin_core::{
    Balance, CohortRow, CohortTie, Coverage, Day, Filter, Moment, PartyId, SILENCE_DAYS, TieState,
    Window, cohort,
};
use rin_store::Reader;
use serde::Serialize;

use crate::{
    Lang, MatchRequest, Session, SessionError,
    effect::Origins,
    people::{People, Relationship},
    time::iso_date,
};

/// By what the network is divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CohortBy {
    /// Not at all: its months one by one.
    #[default]
    Month,
    /// By where there was contact.
    Platform,
    /// By the user's tags.
    Tag,
    /// By the campaign that won them.
    Origin,
    /// By how close they were; who draws closer rises at once, who drifts apart falls slowly.
    Tier,
}

/// What is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct CohortReportRequest {
    /// By what the network is divided.
    pub by: CohortBy,
    /// How many months back; whole ones, and no more than the sources reach.
    pub months: u32,
    /// Only whom this is about, as they stand at that moment; [`Filter::default`] for everybody.
    pub filter: Filter,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of names.
    pub lang: Lang,
}

/// How the network came and went.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CohortView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// `month`, `platform`, `tag`, `origin` or `tier`.
    pub by: &'static str,
    /// From when the sources see, ISO 8601.
    pub known_since: String,
    /// Until when, ISO 8601.
    pub known_until: String,
    /// The groups, the largest first; a single one by month; the closest first by tier.
    pub groups: Vec<CohortGroupView>,
    /// How many rose and fell, month by month, the earliest first; empty unless by tier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<MovedView>,
    /// The filter in its one spelling; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// What to know about the filter, as sentences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

/// How many relationships drew closer and drifted apart in a month.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MovedView {
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// Alive before and after, and in a closer tier; `None` if the sources do not reach over all of it.
    pub rose: Option<usize>,
    /// Alive before and after, and in a looser tier.
    pub fell: Option<usize>,
}

/// A part of the network.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CohortGroupView {
    /// What it is called.
    pub name: String,
    /// Relationships with any contact; by tier, those that hold it when what is known ends.
    pub ties: usize,
    /// All its months together; `None` if none of them is known.
    pub whole: Option<BalanceView>,
    /// Month by month, the earliest first.
    pub months: Vec<CohortMonthView>,
}

/// A month of a part of the network.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CohortMonthView {
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// What happened; `None` if the sources do not reach over all of it.
    pub balance: Option<BalanceView>,
}

/// What came and went: `before + into_sight + won + revived − lost = alive`, and with `moves` by tier what moved besides:
/// `+ risen_into + fallen_into − risen_out − fallen_out`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct BalanceView {
    /// Alive when it began.
    pub before: usize,
    /// Met for the first time so soon after the sources begin that they may have been there before.
    pub into_sight: usize,
    /// In contact for the first time.
    pub won: usize,
    /// Lapsed before, and in contact again.
    pub revived: usize,
    /// Lapsed.
    pub lost: usize,
    /// Alive when it ended.
    pub alive: usize,
    /// Of those won, alive today, as far as is known.
    pub won_alive: usize,
    /// Who changed their tier and stayed alive; only by tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moves: Option<MovesView>,
}

/// Relationships alive before and after that have another tier by then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct MovesView {
    /// Came from a looser tier.
    pub risen_into: usize,
    /// Went to a closer one.
    pub risen_out: usize,
    /// Came from a closer tier.
    pub fallen_into: usize,
    /// Went to a looser one.
    pub fallen_out: usize,
}

/// Relationships of a group, each with what happened and what is seen of it.
type Group = Vec<(TieState, Coverage)>;

impl Session {
    /// Says how the network came and went.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn cohort(&self, request: &CohortReportRequest) -> Result<CohortView, SessionError> {
        let reader = self.store.read()?;
        let (people, remarks) = self.of_cohort(&reader, request)?;
        let model = self.model(&reader, &people)?;
        let known = known(&people, request.now);
        let periods = months(known, request.months);
        let asked = rin_core::CohortRequest {
            ties: &[],
            periods: &periods,
            known,
            settling_days: SILENCE_DAYS,
            model: &model,
        };
        let (groups, moved) = if request.by == CohortBy::Tier {
            let all: Group = people.relationships.values().filter_map(tie).collect();
            tiers::view(&rin_core::CohortRequest { ties: &ties(&all), ..asked }, request.lang)
        } else {
            let groups = self.groups(&reader, &people, request)?;
            let group = |(name, group): (String, Group)| {
                let rows = cohort(&rin_core::CohortRequest { ties: &ties(&group), ..asked });
                let known: Vec<_> =
                    rows.iter().filter_map(|row| row.balance).map(balance_view).collect();
                let months = rows.iter().map(month).collect();
                CohortGroupView { name, ties: group.len(), whole: whole(&known), months }
            };
            let mut groups: Vec<_> = groups.into_iter().map(group).collect();
            groups.sort_by(|a, b| b.ties.cmp(&a.ties).then_with(|| a.name.cmp(&b.name)));
            (groups, Vec::new())
        };
        Ok(CohortView {
            schema: "rin.cohort/1",
            by: request.by.name(),
            known_since: iso_date(known.start(), &TimeZone::UTC),
            known_until: iso_date(known.end(), &TimeZone::UTC),
            groups,
            moved,
            filter: request.filter.to_string(),
            remarks,
        })
    }

    /// Reads everybody and keeps whom the filter is about; says what is to be known about it.
    fn of_cohort(
        &self,
        reader: &Reader<'_>,
        request: &CohortReportRequest,
    ) -> Result<(People, Vec<String>), SessionError> {
        if request.filter.is_everybody() {
            return Ok((People::read(reader)?, Vec::new()));
        }
        let asked =
            MatchRequest { filter: request.filter.clone(), now: request.now, lang: request.lang };
        let matching = self.matching(&asked)?;
        let mut people = People::read(reader)?;
        people.relationships.retain(|party, _| matching.contains(party.get()));
        Ok((people, matching.remarks))
    }

    fn groups(
        &self,
        reader: &Reader<'_>,
        people: &People,
        request: &CohortReportRequest,
    ) -> Result<BTreeMap<String, Group>, SessionError> {
        let mut names: BTreeMap<PartyId, Vec<String>> = BTreeMap::new();
        let other = match request.by {
            CohortBy::Platform => return Ok(by_platform(people)),
            CohortBy::Month | CohortBy::Tier => request.lang.pick("all", "alle"),
            CohortBy::Tag => {
                for tag in reader.tags()? {
                    names.entry(tag.party).or_default().push(tag.tag);
                }
                request.lang.pick("without a tag", "ohne Schlagwort")
            }
            CohortBy::Origin => {
                let campaigns = self.started_in(reader)?;
                let origins = Origins::read(reader, people, &campaigns)?;
                for party in people.relationships.keys() {
                    let campaign = origins.campaign_of(*party).map(str::to_owned);
                    names.entry(*party).or_default().extend(campaign);
                }
                request.lang.pick("without a campaign", "ohne Kampagne")
            }
        };
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (party, one) in &people.relationships {
            let Some(tie) = tie(one) else { continue };
            match names.get(party).filter(|names| !names.is_empty()) {
                None => groups.entry(other.to_owned()).or_default().push(tie),
                Some(names) => {
                    let each = names.iter().cloned();
                    each.for_each(|name| groups.entry(name).or_default().push(tie.clone()));
                }
            }
        }
        Ok(groups)
    }
}

impl CohortBy {
    const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Platform => "platform",
            Self::Tag => "tag",
            Self::Origin => "origin",
            Self::Tier => "tier",
        }
    }
}

fn tie(one: &Relationship) -> Option<(TieState, Coverage)> {
    let coverage = one.contacts.iter().map(|contact| contact.coverage).reduce(Coverage::common)?;
    Some((one.state(), coverage))
}

fn ties(group: &Group) -> Vec<CohortTie<'_>> {
    group.iter().map(|(state, coverage)| CohortTie { state, coverage: *coverage }).collect()
}

/// Groups contacts by platform; somebody's accounts on one platform are one relationship.
fn by_platform(people: &People) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for one in people.relationships.values() {
        let mut here: BTreeMap<&str, Relationship> = BTreeMap::new();
        for contact in &one.contacts {
            let Some(known) = people.accounts.get(&contact.account) else { continue };
            let platform = known.account.key.platform.as_str();
            here.entry(platform).or_default().contacts.push(contact.clone());
        }
        for (platform, part) in here {
            groups.entry(platform.to_owned()).or_default().extend(tie(&part));
        }
    }
    groups
}

/// Returns from when until when the sources of all our accounts tell everything.
pub(crate) fn known(people: &People, now: Moment) -> Window {
    let contacts = people.relationships.values().flat_map(|one| &one.contacts);
    let first = contacts.filter_map(|one| one.state.first()).min();
    let since = people.own.iter().filter_map(|own| people.coverage_of(*own).since).max().max(first);
    let until = people.covered_until(now).unwrap_or(now);
    let start = since.unwrap_or(until).day().number().saturating_add(1);
    Window::new(Day::from_number(start).start(), until.day().start())
}

/// Returns the last whole months, the earliest first.
pub(crate) fn months(known: Window, count: u32) -> Vec<Window> {
    let date = |moment: Moment| {
        let timestamp = Timestamp::from_millisecond(moment.unix_ms()).ok()?;
        Some(timestamp.to_zoned_datetime(TimeZone::UTC).date().first_of_month())
    };
    let start = |date: Date| {
        let zoned = date.to_zoned_datetime(TimeZone::UTC).ok()?;
        Some(Moment::from_unix_ms(zoned.timestamp().as_millisecond()))
    };
    let mut months = Vec::new();
    let mut end = date(known.end());
    while let Some(until) = end
        && months.len() < count as usize
    {
        let from = until.checked_sub(1.month()).ok();
        let Some(window) = from.and_then(start).zip(start(until)) else { break };
        if window.0 < known.start() {
            break;
        }
        months.push(Window::new(window.0, window.1));
        end = from;
    }
    months.reverse();
    months
}

fn month(row: &CohortRow) -> CohortMonthView {
    CohortMonthView {
        from: iso_date(row.period.start(), &TimeZone::UTC),
        until: iso_date(row.period.end(), &TimeZone::UTC),
        balance: row.balance.map(balance_view),
    }
}

const fn balance_view(balance: Balance) -> BalanceView {
    BalanceView {
        before: balance.before,
        into_sight: balance.into_sight,
        won: balance.won,
        revived: balance.revived,
        lost: balance.lost,
        alive: balance.alive,
        won_alive: balance.won_alive,
        moves: None,
    }
}

/// Adds months up; `None` if there are none.
fn whole(known: &[BalanceView]) -> Option<BalanceView> {
    let sum = |of: fn(&BalanceView) -> usize| known.iter().map(of).sum();
    let (first, last) = (known.first()?, known.last()?);
    let moved = |of: fn(&MovesView) -> usize| {
        known.iter().filter_map(|one| one.moves.as_ref()).map(of).sum()
    };
    Some(BalanceView {
        before: first.before,
        into_sight: sum(|one| one.into_sight),
        won: sum(|one| one.won),
        revived: sum(|one| one.revived),
        lost: sum(|one| one.lost),
        alive: last.alive,
        won_alive: sum(|one| one.won_alive),
        moves: first.moves.map(|_| MovesView {
            risen_into: moved(|one| one.risen_into),
            risen_out: moved(|one| one.risen_out),
            fallen_into: moved(|one| one.fallen_into),
            fallen_out: moved(|one| one.fallen_out),
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_and_within_what_is_known() {
        let day = |text: &str| crate::parse_moment(text, &TimeZone::UTC).unwrap();
        let known = Window::new(day("2026-01-15"), day("2026-05-20"));
        let found = months(known, 12);
        let shown: Vec<_> = found.iter().map(|one| iso_date(one.start(), &TimeZone::UTC)).collect();
        assert_eq!(shown, ["2026-02-01", "2026-03-01", "2026-04-01"]);
        assert_eq!(found.last().unwrap().end(), day("2026-05-01"));
        assert_eq!(months(known, 1).len(), 1);
        assert_eq!(months(Window::new(day("2026-01-15"), day("2026-02-20")), 12), []);
    }
}
