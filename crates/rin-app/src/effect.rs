//! What a campaign brought: whom it won, whether they stay, what would have come anyway, what it cost.
//!
//! The figures are the core's; here the store's relationships become ties with an origin, and the answer becomes sentences.
//! An origin is written once, when the campaign is over, and never changed: later marks and imports do not rewrite whose
//! doing a relationship was.

mod origin;
mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use rin_core::{
    Campaign, Cost, Counted, Coverage, Day, EffectRequest, Moment, PartyId, SILENCE_DAYS, TieState,
    Window, WonTie, effect,
};

pub(crate) use self::origin::{Origins, begun};
use self::view::Shower;
pub use self::view::{
    AliveView, AnswerView as CampaignAnswerView, BasketLineView, BasketView, CampaignCostView,
    CampaignReportView, ChangeView as SeriesChangeView, CurveStepView, GroupView, MeanView,
    RatioView, SeriesView, SpanView,
};
use crate::{
    Lang, Session, SessionError, WeekRequest,
    campaign::Started,
    people::{People, Relationship},
};

/// Minutes that no plan of a week uses up: all that strategies propose and norms allow.
const WITHOUT_END: f64 = 10_000.0;

/// What is asked of a campaign that was started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CampaignReportRequest {
    /// Its short name.
    pub name: String,
    /// The moment it is asked.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

impl Session {
    /// Says what a campaign brought; at any time after its start.
    ///
    /// # Errors
    /// [`SessionError`] if it was not started, or the store cannot be read or written.
    pub fn campaign_report(
        &mut self,
        request: &CampaignReportRequest,
    ) -> Result<CampaignReportView, SessionError> {
        self.keep_origins(request.now)?;
        let week = WeekRequest {
            now: request.now,
            minutes: Some(rin_core::Minutes::new(WITHOUT_END)),
            seed: 1,
            is_trial: true,
            is_fresh: true,
            lang: request.lang,
        };
        let week = self.week(&week)?;
        let started = self.started_named(&request.name)?;
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let campaigns = self.started_in(&reader)?;
        let origins = Origins::read(&reader, &people, &campaigns)?;
        let known = known(&people, &started.campaign, request.now);
        let facts = Facts::new(&people, &started.campaign, &origins);
        let others = others(&campaigns, &started.campaign);
        let ties = facts.ties();
        let found = effect(&EffectRequest {
            campaign: &started.campaign.id,
            window: whole_days(started.campaign.window),
            others: &others,
            ties: &ties,
            known,
            silence_days: SILENCE_DAYS,
            interactions: &facts.interactions,
            control_ties: facts.control_ties.as_deref(),
            control_interactions: facts.control_interactions.as_deref(),
            cost: cost(&started),
            model: &model,
        });
        let shower = Shower {
            people: &people,
            started: &started,
            origins: &origins,
            week: &week,
            known,
            is_received: facts.is_received,
            zone: &self.zone,
            lang: request.lang,
        };
        Ok(shower.view(&found))
    }

    /// Writes down whom campaigns that are over have won, for whom nothing is written yet; returns how many.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub(crate) fn keep_origins(&mut self, now: Moment) -> Result<usize, SessionError> {
        let reader = self.store.read()?;
        let campaigns = self.started_in(&reader)?;
        if campaigns.is_empty() {
            return Ok(0);
        }
        let people = People::read(&reader)?;
        let origins = Origins::read(&reader, &people, &campaigns)?;
        drop(reader);
        let is_over = |id: &str| {
            let one = campaigns.iter().find(|one| one.campaign.id == id);
            one.is_some_and(|one| {
                one.campaign.window.end() <= known(&people, &one.campaign, now).end()
            })
        };
        Ok(self.store.keep_origins(&origins.unwritten(is_over))?)
    }
}

fn cost(started: &Started) -> Cost {
    started
        .stored
        .end
        .map_or_else(Cost::default, |end| Cost { minutes: Some(end.minutes), money: end.money })
}

/// Returns the windows of other campaigns on one of its platforms.
fn others(campaigns: &[Started], campaign: &Campaign) -> Vec<Window> {
    let shares = |other: &&Started| {
        other.campaign.id != campaign.id
            && other.campaign.platforms.iter().any(|plan| campaign.is_on(&plan.platform))
    };
    campaigns.iter().filter(shares).map(|other| whole_days(other.campaign.window)).collect()
}

/// Returns the UTC days of a window, which is what relationships are counted in.
fn whole_days(window: Window) -> Window {
    Window::new(window.start().day().start(), window.end().day().start())
}

/// Returns from when until when the sources about the campaign's platforms tell everything.
///
/// What lies within half a year of their beginning is left out: who was known before seems to be met anew then.
fn known(people: &People, campaign: &Campaign, now: Moment) -> Window {
    let is_on = |id: &rin_core::AccountId| {
        people.accounts.get(id).is_some_and(|known| campaign.is_on(&known.account.key.platform))
    };
    let ours: Vec<Coverage> =
        people.own.iter().filter(|own| is_on(own)).map(|own| people.coverage_of(*own)).collect();
    let until = ours.iter().filter_map(|seen| seen.until).min().map_or(now, |until| until.min(now));
    let contacts = people.relationships.values().flat_map(|one| &one.contacts);
    let first =
        contacts.filter(|one| is_on(&one.account)).filter_map(|one| one.state.first()).min();
    let since = ours.iter().filter_map(|seen| seen.since).max().max(first).unwrap_or(until);
    // A day of which a part is known is not known.
    let start = Day::from_number(since.day().number().saturating_add(1)).start();
    Window::new(start.plus_days(f64::from(SILENCE_DAYS)), until.day().start())
}

/// A relationship and how it began.
struct Begun {
    party: PartyId,
    at: Day,
    /// The campaign's short name.
    origin: Option<String>,
    state: TieState,
    coverage: Coverage,
}

/// What the core is asked about, laid out.
struct Facts {
    won: Vec<Begun>,
    interactions: Vec<Counted>,
    /// Whether only what others did is counted.
    is_received: bool,
    control_ties: Option<Vec<Counted>>,
    control_interactions: Option<Vec<Counted>>,
}

impl Facts {
    fn new(people: &People, campaign: &Campaign, origins: &Origins) -> Self {
        let is_on = |platform: &str| campaign.is_on(platform);
        let is_elsewhere = |platform: &str| !campaign.is_on(platform);
        let coverage = |one: &Relationship| {
            one.contacts.iter().map(|contact| contact.coverage).reduce(Coverage::common)
        };
        let mut won = Vec::new();
        for (&party, one) in &people.relationships {
            let origin = origins.campaign_of(party);
            let is_ours = origin == Some(campaign.id.as_str());
            let credited = origins.won_at(party).filter(|_| is_ours);
            let begun = || begun(people, one).filter(|(_, platform)| is_on(platform));
            let Some(at) = credited.or_else(|| Some(begun()?.0)) else { continue };
            won.push(Begun {
                party,
                at: at.day(),
                origin: origin.map(str::to_owned),
                state: one.state(),
                coverage: coverage(one).unwrap_or_default(),
            });
        }
        let is_received = people.own.iter().all(|own| {
            let known = people.accounts.get(own);
            let is_here = known.is_some_and(|known| is_on(&known.account.key.platform));
            !is_here || people.coverage_of(*own).sees_received()
        });
        let elsewhere = people.relationships.values().filter_map(|one| begun(people, one));
        let elsewhere: Vec<Counted> = elsewhere
            .filter(|(_, platform)| is_elsewhere(platform))
            .map(|(at, _)| Counted { day: at.day(), count: 1 })
            .collect();
        let contacts = counted(people, is_elsewhere, is_received);
        Self {
            won,
            interactions: counted(people, is_on, is_received),
            is_received,
            control_ties: (!elsewhere.is_empty()).then_some(elsewhere),
            control_interactions: (!contacts.is_empty()).then_some(contacts),
        }
    }

    fn ties(&self) -> Vec<WonTie<'_>> {
        let ties = self.won.iter().map(|one| WonTie {
            party: one.party,
            won: one.at,
            origin: one.origin.as_deref(),
            state: &one.state,
            coverage: one.coverage,
        });
        ties.collect()
    }
}

/// Counts interactions by day on platforms.
fn counted(people: &People, is_on: impl Fn(&str) -> bool, is_received: bool) -> Vec<Counted> {
    let mut days: BTreeMap<Day, u32> = BTreeMap::new();
    let contacts = people.relationships.values().flat_map(|one| &one.contacts);
    for contact in contacts {
        let Some(known) = people.accounts.get(&contact.account) else { continue };
        if !is_on(&known.account.key.platform) {
            continue;
        }
        for day in contact.state.days() {
            let sent = if is_received { 0 } else { day.sent };
            *days.entry(day.day).or_default() += day.received + sent;
        }
    }
    days.into_iter().map(|(day, count)| Counted { day, count }).collect()
}

/// Returns the parties whose ties a set of relationships holds, for tests of membership.
fn parties(left: &[rin_core::LeftStanding]) -> BTreeSet<u32> {
    left.iter().map(|one| one.party.get()).collect()
}
