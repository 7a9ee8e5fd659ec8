//! Which campaign won whom: by the user's word, by a label, or by the dates.
//!
//! A relationship begins with its first contact or with the known start of a tie, whichever is first. If that lies within the
//! window of a campaign and on one of its platforms, the campaign is credited, if it goes by dates alone; otherwise
//! only if an interaction within the window carries one of its hashtags or links. Of two campaigns that could both be
//! credited, one that goes by a label is, and of two alike the one that began last. The user's word stands above all.

use std::collections::BTreeMap;

use rin_core::{Moment, PartyId, TieStart, Window};
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
    pub(super) fn won_at(&self, party: PartyId) -> Option<Moment> {
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
pub(super) fn begun<'a>(people: &'a People, one: &Relationship) -> Option<(Moment, &'a str)> {
    let platform =
        |id: &rin_core::AccountId| Some(people.accounts.get(id)?.account.key.platform.as_str());
    let contacts =
        one.contacts.iter().filter_map(|one| Some((one.state.first()?, platform(&one.account)?)));
    let other =
        |tie: &rin_core::Tie| if people.own.contains(&tie.from) { tie.to } else { tie.from };
    let starts = one.ties.iter().filter_map(|tie| match tie.start {
        TieStart::Exact(at) => Some((at, platform(&other(tie))?)),
        _ => None,
    });
    let begun = contacts.chain(starts).min_by_key(|(at, _)| *at)?;
    let stood = one.ties.iter().filter_map(|tie| match tie.start {
        TieStart::AtOrBefore(at) => Some(at),
        _ => None,
    });
    stood.min().is_none_or(|stood| begun.0 <= stood).then_some(begun)
}

/// Says whether a campaign is credited with a relationship, since when, and by what.
fn credit(
    people: &People,
    one: &Started,
    relationship: &Relationship,
    label: Option<&(Moment, OriginMark)>,
) -> Option<(Moment, OriginMark)> {
    let campaign = &one.campaign;
    let (at, platform) = begun(people, relationship)?;
    let is_within = campaign.window.contains(at) && campaign.is_on(platform);
    if !is_within {
        return None;
    }
    if campaign.marks.is_by_dates_alone() {
        return Some((at, OriginMark::Dates));
    }
    label.map(|(_, how)| (at, *how))
}

/// Returns with whom there was an interaction within the window that carries one of the campaign's labels.
fn labelled(
    reader: &Reader<'_>,
    people: &People,
    one: &Started,
) -> Result<BTreeMap<PartyId, (Moment, OriginMark)>, SessionError> {
    let campaign = &one.campaign;
    let marks = &campaign.marks;
    let hashtags = marks.hashtags.iter().map(|label| (label, OriginMark::Hashtag));
    let links = marks.links.iter().map(|label| (label, OriginMark::Link));
    let mut found = BTreeMap::new();
    let window: Window = campaign.window;
    for (label, how) in hashtags.chain(links) {
        for seen in reader.labelled(label)?.into_iter().filter(|seen| window.contains(seen.at)) {
            let other = if people.own.contains(&seen.from) { seen.to } else { seen.from };
            if let Some(party) = people.party_of(other) {
                found.entry(party).or_insert((seen.at, how));
            }
        }
    }
    Ok(found)
}
