//! Which campaign won whom: by the user's word, by a label, or by the dates.
//!
//! A relationship begins with its first contact or with the known start of a tie, whichever is first; where neither is known,
//! with the first sight of it in a list that a campaign names. If that lies within the window of a campaign and on one
//! of its platforms, the campaign is credited, if it goes by dates alone; otherwise only if a tie stands in one of its lists,
//! on one of its platforms and seen there at any time, or an interaction within the window carries one of its hashtags or
//! links. Lists are kept by hand and mostly filled when a campaign is over, so the day somebody was put there decides nothing
//! if it is known when the relationship began. Of several marks of one campaign the list is named, since somebody meant it.
//!
//! Of two campaigns that could both be credited, one that goes by a label is, and of two alike the one that began last. The
//! user's word stands above all.

use std::collections::BTreeMap;

use rin_core::{AccountId, Moment, PartyId, TieStart};
use rin_store::{CampaignMark, Origin, OriginMark, Reader};

use crate::{
    SessionError,
    campaign::Started,
    people::{People, Relationship},
};

/// Whom campaigns won, as far as that is written down or can be told.
pub(crate) struct Origins {
    written: BTreeMap<PartyId, Origin>,
    told: BTreeMap<PartyId, Origin>,
}

impl Origins {
    /// Reads what is written and tells the rest.
    pub(crate) fn read(
        reader: &Reader<'_>,
        people: &People,
        campaigns: &[Started],
    ) -> Result<Self, SessionError> {
        let written = reader.origins()?.into_iter().map(|one| (one.party, one)).collect();
        let mut told: BTreeMap<PartyId, Origin> = BTreeMap::new();
        let marks = reader.campaign_marks()?;
        let mut campaigns: Vec<&Started> = campaigns.iter().collect();
        campaigns
            .sort_by_key(|one| (one.campaign.window.start().unix_ms(), one.campaign.id.clone()));
        for one in campaigns {
            let id = &one.campaign.id;
            let labelled = labelled(reader, people, one)?;
            let new = people.relationships.iter().filter_map(|(&party, relationship)| {
                let mark = marks.iter().find(|mark| mark.party == party && mark.campaign == *id);
                let by_itself = credit(people, one, relationship, labelled.get(&party));
                let begun = begun(people, relationship).map(|(at, _)| at);
                let (won_at, how) = judged(mark, by_itself, begun)?;
                let is_better = told.get(&party).is_none_or(|other| rank(other.how) <= rank(how));
                is_better.then(|| Origin { party, campaign: Some(id.clone()), won_at, how })
            });
            let new: Vec<Origin> = new.collect();
            told.extend(new.into_iter().map(|origin| (origin.party, origin)));
        }
        Ok(Self { written, told })
    }

    fn of(&self, party: PartyId) -> Option<&Origin> {
        self.written.get(&party).or_else(|| self.told.get(&party))
    }

    /// Returns the campaign that won a party.
    pub(crate) fn campaign_of(&self, party: PartyId) -> Option<&str> {
        self.of(party)?.campaign.as_deref()
    }

    /// Returns when a party was won.
    pub(crate) fn won_at(&self, party: PartyId) -> Option<Moment> {
        self.of(party).map(|origin| origin.won_at)
    }

    /// Returns how many of a campaign's were recognised by what.
    pub(super) fn by_mark(&self, campaign: &str) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        let parties = self.told.keys().chain(self.written.keys());
        let parties: std::collections::BTreeSet<_> = parties.collect();
        for origin in parties.into_iter().filter_map(|party| self.of(*party)) {
            if origin.campaign.as_deref() == Some(campaign) {
                *counts.entry(origin.how.name()).or_default() += 1;
            }
        }
        counts
    }

    /// Returns what can be told and is not written, of campaigns that are over.
    pub(super) fn unwritten(&self, is_over: impl Fn(&str) -> bool) -> Vec<Origin> {
        let new = self.told.iter().filter(|(party, _)| !self.written.contains_key(party));
        let over = new.filter(|(_, origin)| origin.campaign.as_deref().is_some_and(&is_over));
        over.map(|(_, origin)| origin.clone()).collect()
    }
}

/// Puts the user's word above what can be told without it.
fn judged(
    mark: Option<&CampaignMark>,
    by_itself: Option<(Moment, OriginMark)>,
    begun: Option<Moment>,
) -> Option<(Moment, OriginMark)> {
    match mark {
        None => by_itself,
        Some(mark) if mark.won => Some((begun.unwrap_or(mark.at), OriginMark::Hand)),
        Some(_) => None,
    }
}

const fn rank(how: OriginMark) -> u8 {
    match how {
        OriginMark::Dates => 0,
        OriginMark::Hand => 2,
        _ => 1,
    }
}

/// Returns when a relationship began and on which platform; `None` if it stood before anything is known of it.
pub(crate) fn begun<'a>(people: &'a People, one: &Relationship) -> Option<(Moment, &'a str)> {
    let contacts = one
        .contacts
        .iter()
        .filter_map(|one| Some((one.state.first()?, platform(people, one.account)?)));
    let starts = one.ties.iter().filter_map(|tie| match tie.start {
        TieStart::Exact(at) => Some((at, platform(people, other(people, tie.from, tie.to)?)?)),
        _ => None,
    });
    let begun = contacts.chain(starts).min_by_key(|(at, _)| *at)?;
    stood(one).is_none_or(|stood| begun.0 <= stood).then_some(begun)
}

/// Returns the moment by which a relationship stood, where it is not known since when.
fn stood(one: &Relationship) -> Option<Moment> {
    let stood = one.ties.iter().filter_map(|tie| match tie.start {
        TieStart::AtOrBefore(at) => Some(at),
        _ => None,
    });
    stood.min()
}

fn platform(people: &People, account: AccountId) -> Option<&str> {
    Some(people.accounts.get(&account)?.account.key.platform.as_str())
}

/// Returns the end that is not ours of what stands or happens between us and somebody else.
fn other(people: &People, from: AccountId, to: AccountId) -> Option<AccountId> {
    match (people.own.contains(&from), people.own.contains(&to)) {
        (true, false) => Some(to),
        (false, true) => Some(from),
        _ => None,
    }
}

/// What shows that a campaign had to do with a relationship.
#[derive(Clone, Copy)]
struct Label {
    how: OriginMark,
    /// When it was first seen; `None` if no source tells.
    seen: Option<Moment>,
}

/// Says whether a campaign is credited with a relationship, since when, and by what.
fn credit(
    people: &People,
    one: &Started,
    relationship: &Relationship,
    label: Option<&Label>,
) -> Option<(Moment, OriginMark)> {
    let campaign = &one.campaign;
    if let Some((at, platform)) = begun(people, relationship) {
        let is_within = campaign.window.contains(at) && campaign.is_on(platform);
        let is_by_dates = campaign.marks.is_by_dates_alone();
        let how = if is_by_dates { OriginMark::Dates } else { label?.how };
        return is_within.then_some((at, how));
    }
    let Label { how: OriginMark::List, seen } = *label? else { return None };
    // Whoever stood somewhere before was known before.
    let seen = seen.filter(|seen| stood(relationship).is_none_or(|stood| *seen <= stood))?;
    campaign.window.contains(seen).then_some((seen, OriginMark::List))
}

/// Returns who stands in one of the campaign's lists on its platforms, and with whom there was an interaction within the
/// window that carries one of its hashtags or links.
fn labelled(
    reader: &Reader<'_>,
    people: &People,
    one: &Started,
) -> Result<BTreeMap<PartyId, Label>, SessionError> {
    let campaign = &one.campaign;
    let marks = &campaign.marks;
    let mut found: BTreeMap<PartyId, Label> = BTreeMap::new();
    for list in &marks.lists {
        for listed in reader.listed(list)? {
            let Some(other) = other(people, listed.from, listed.to) else { continue };
            let is_on = platform(people, other).is_some_and(|platform| campaign.is_on(platform));
            let Some(party) = people.party_of(other).filter(|_| is_on) else { continue };
            let new = Label { how: OriginMark::List, seen: listed.since };
            let label = found.entry(party).or_insert(new);
            label.seen = [label.seen, new.seen].into_iter().flatten().min();
        }
    }
    let hashtags = marks.hashtags.iter().map(|label| (label, OriginMark::Hashtag));
    let links = marks.links.iter().map(|label| (label, OriginMark::Link));
    for (label, how) in hashtags.chain(links) {
        let seen = reader.labelled(label)?.into_iter();
        for seen in seen.filter(|seen| campaign.window.contains(seen.at)) {
            let other = other(people, seen.from, seen.to);
            if let Some(party) = other.and_then(|other| people.party_of(other)) {
                found.entry(party).or_insert(Label { how, seen: Some(seen.at) });
            }
        }
    }
    Ok(found)
}
