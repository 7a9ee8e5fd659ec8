//! Whom we know: the list of relationships, and everything known of one of them.

mod course;
mod error;
mod portrait;
mod search;

use rin_core::{
    AccountId, Assessment, Direction, Filter, ForecastModel, Interaction, Moment, PartyId, Tie,
    TieEnd, TieStart,
};
use rin_store::{KnownAccount, Reader};
use serde::Serialize;

pub use self::{
    course::{CourseMonthView, CoursePointView, PartyCourseView},
    error::PartyError,
    portrait::{AccountPlaceView, PartyPortraitView},
    search::PartySearchRequest,
};
use crate::{
    Lang, MatchRequest, Session, SessionError, filter, outlook,
    people::{People, Relationship, clean, handle_of, name_of},
    time::iso_date,
};

/// Which relationships are listed.
#[derive(Clone, PartialEq, Debug)]
pub struct PartyListRequest {
    /// The moment asked about.
    pub now: Moment,
    /// Only this level (`alive`, `fading`, `lapsed`); empty for all.
    pub level: Option<rin_core::Level>,
    /// Only whom this is about; [`Filter::default`] for everybody.
    pub filter: Filter,
    /// At most so many.
    pub limit: usize,
    /// The language of sentences.
    pub lang: Lang,
}

/// Our relationships: fading ones first, then by lapse date.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyListView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// How many there are, shown or not.
    pub total: usize,
    /// The filter in its one spelling; empty if there is none.
    pub filter: String,
    /// With how many whom the filter is about no source shows any contact: they have no figures and are not listed.
    pub without_contact: usize,
    /// How many more might be meant: what is known does not decide them.
    pub undecided: usize,
    /// What to know about the filter, as sentences.
    pub remarks: Vec<String>,
    /// The first of them.
    pub parties: Vec<PartyRow>,
}

/// One relationship in the list.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyRow {
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What to type to reach them, if known.
    pub handle: Option<String>,
    /// Where there was contact.
    pub platforms: Vec<String>,
    /// `alive`, `fading`, `lapsed`.
    pub level: &'static str,
    /// Probability of being alive.
    pub alive: f64,
    /// Its 90 % interval.
    pub alive_range: [f64; 2],
    /// When it is expected to lapse if nobody acts, ISO 8601.
    pub lapse: String,
    /// Last contact, ISO 8601.
    pub last: String,
    /// Days with contact.
    pub contact_days: u32,
    /// Since when they wait for an answer, ISO 8601.
    pub open_since: Option<String>,
}

/// Everything known of one party.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The party's number.
    pub party: u32,
    /// Whether it is we ourselves.
    pub is_own: bool,
    /// Who.
    pub name: String,
    /// Its accounts: platform, handle or native id.
    pub accounts: Vec<(String, String)>,
    /// The figures; `None` if there was no contact that a source shows.
    pub assessment: Option<AssessmentView>,
    /// Ties between us and them.
    pub ties: Vec<TieView>,
    /// The latest events, latest first.
    pub events: Vec<EventView>,
    /// How many events there are.
    pub n_events: usize,
    /// What the sources cannot show about them, as sentences.
    pub unknown: Vec<String>,
}

/// What can be said of a relationship; what is not covered is `null`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AssessmentView {
    /// Until when it is known, ISO 8601.
    pub as_of: String,
    /// `alive`, `fading`, `lapsed`.
    pub level: &'static str,
    /// Probability of another contact within the horizon.
    pub alive: f64,
    /// Its 90 % interval.
    pub alive_range: [f64; 2],
    /// The same probability right after a contact.
    pub alive_after: f64,
    /// Contacts a day to be expected now.
    pub hazard: f64,
    /// Their 90 % interval.
    pub hazard_range: [f64; 2],
    /// The horizon in days.
    pub horizon_days: f64,
    /// When it is expected to lapse if nobody acts, ISO 8601.
    pub lapse: String,
    /// 90 % interval of that day, ISO 8601.
    pub lapse_range: [String; 2],
    /// Interactions expected within the horizon.
    pub expected: f64,
    /// 90 % interval of how many there will be.
    pub expected_range: [f64; 2],
    /// Contact days, each halved every ninety days.
    pub strength: f64,
    /// First and last contact, ISO 8601.
    pub first: String,
    /// Last contact, ISO 8601.
    pub last: String,
    /// Distinct days with contact.
    pub contact_days: u32,
    /// Interactions received.
    pub received: Option<u32>,
    /// Interactions sent.
    pub sent: u32,
    /// Smaller over larger direction.
    pub reciprocity: Option<f64>,
    /// Its 90 % interval.
    pub reciprocity_range: Option<[f64; 2]>,
    /// Mean days between contact days.
    pub rhythm_days: Option<f64>,
    /// 90 % interval of that mean.
    pub rhythm_range: Option<[f64; 2]>,
    /// Pace of the last ninety days over the pace before, and its 90 % interval.
    pub momentum: Option<(f64, [f64; 2])>,
    /// Since when they wait for an answer, ISO 8601.
    pub open_since: Option<String>,
    /// Since when we wait for an answer of theirs, ISO 8601.
    pub awaited_since: Option<String>,
    /// Days on which we wrote since we last heard.
    pub unanswered: Option<u32>,
    /// The forecast and the dated facts behind it, in sentences.
    pub told: Vec<String>,
}

/// One tie between us and them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TieView {
    /// Where.
    pub platform: String,
    /// Its kind.
    pub kind: &'static str,
    /// `sent` if we hold it, `received` if they do.
    pub direction: &'static str,
    /// Since when, ISO 8601, as far as known.
    pub since: Option<String>,
    /// Whether it may be older than that.
    pub is_older: bool,
    /// Last seen, ISO 8601, if it ended.
    pub until: Option<String>,
}

/// One event.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct EventView {
    /// When, ISO 8601.
    pub day: String,
    /// Where.
    pub platform: String,
    /// What.
    pub kind: &'static str,
    /// `sent` or `received`.
    pub direction: &'static str,
}

/// A party that was asked about, found and looked at.
struct Sought<'s> {
    reader: Reader<'s>,
    people: People,
    party: PartyId,
    model: ForecastModel,
    ties: Vec<Tie>,
    seen: Option<Assessment>,
    events: Vec<Interaction>,
}

/// Events shown of one party.
const EVENTS: usize = 20;
/// Parties named where a query fits several.
const SHOWN: usize = 8;

impl Session {
    /// Lists our relationships.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read.
    pub fn parties(&self, request: &PartyListRequest) -> Result<PartyListView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let asked =
            MatchRequest { filter: request.filter.clone(), now: request.now, lang: request.lang };
        let sieve = self.sieve(&reader, &people, &asked)?;
        let none = Relationship::default();
        let (mut all, mut without_contact, mut undecided) = (Vec::new(), 0, 0);
        for party in people.others() {
            let one = people.relationships.get(&party).unwrap_or(&none);
            let seen = people.assess(party, one, request.now, &model);
            let is_level = |seen: &Assessment| request.level.is_none_or(|one| one == seen.level);
            match (sieve.answer(party, one, seen.as_ref()), seen) {
                (Some(true), Some(seen)) if is_level(&seen) => all.push((party, one, seen)),
                (Some(true), None) if !request.filter.is_everybody() => without_contact += 1,
                (None, seen) => undecided += usize::from(seen.as_ref().is_none_or(is_level)),
                _ => {}
            }
        }
        all.sort_by_key(|(party, _, seen)| ordered(*party, seen));
        let rows = all.iter().take(request.limit);
        let parties = rows.map(|(party, one, seen)| self.row(&people, *party, one, seen)).collect();
        let mut remarks = self.remarks(&reader, &people, &asked)?;
        remarks.extend(filter::undecided_words(undecided, request.lang));
        Ok(PartyListView {
            schema: "rin.parties/1",
            total: all.len(),
            filter: request.filter.to_string(),
            without_contact,
            undecided,
            remarks,
            parties,
        })
    }

    /// Shows everything known of one party: by number, handle, or a part of its name.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn party(&self, query: &str, now: Moment, lang: Lang) -> Result<PartyView, SessionError> {
        let sought = self.sought(query, now)?;
        Ok(self.party_view(&sought, now, lang))
    }

    /// Finds a party and looks at it once, for everything that is shown of it.
    fn sought(&self, query: &str, now: Moment) -> Result<Sought<'_>, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, now)?;
        let party = find(&people, query)?;
        let model = self.model(&reader, &people)?;
        let relationship = people.relationships.get(&party).cloned().unwrap_or_default();
        let seen = people.assess(party, &relationship, now, &model);
        let events = reader.events_with(party)?;
        Ok(Sought { reader, people, party, model, ties: relationship.ties, seen, events })
    }

    fn party_view(&self, sought: &Sought<'_>, now: Moment, lang: Lang) -> PartyView {
        let Sought { people, party, seen, events, .. } = sought;
        let shown = events.iter().rev().take(EVENTS).map(|it| {
            let is_sent = people.own.contains(&it.from);
            let other = if is_sent { it.to } else { it.from };
            EventView {
                day: iso_date(it.at, &self.zone),
                platform: platform_of(people, other),
                kind: it.kind.name(),
                direction: direction(is_sent),
            }
        });
        let accounts = people.accounts_of(*party).map(|known| {
            let account = &known.account;
            let handle = handle_of(known).unwrap_or_else(|| clean(&account.key.id));
            (account.key.platform.clone(), handle)
        });
        PartyView {
            schema: "rin.party/1",
            party: party.get(),
            is_own: people.accounts_of(*party).any(|known| known.is_own),
            name: crate::decide::name(people, *party),
            accounts: accounts.collect(),
            unknown: unknown(seen.as_ref(), now, lang, self),
            assessment: seen.as_ref().map(|seen| self.assessment(seen, lang)),
            ties: sought.ties.iter().map(|tie| self.tie(people, tie)).collect(),
            events: shown.collect(),
            n_events: events.len(),
        }
    }

    fn row(
        &self,
        people: &People,
        party: PartyId,
        relationship: &Relationship,
        seen: &Assessment,
    ) -> PartyRow {
        let contacts = relationship.contacts.iter();
        let accounts: Vec<_> =
            contacts.filter_map(|contact| people.accounts.get(&contact.account)).collect();
        let mut platforms: Vec<_> =
            accounts.iter().map(|known| known.account.key.platform.clone()).collect();
        platforms.dedup();
        PartyRow {
            party: party.get(),
            name: accounts.first().map_or_else(|| "?".to_owned(), |known| name_of(known)),
            handle: accounts.first().and_then(|known| handle_of(known)),
            platforms,
            level: seen.level.name(),
            alive: seen.alive,
            alive_range: [seen.alive_range.low, seen.alive_range.high],
            lapse: iso_date(seen.lapse, &self.zone),
            last: iso_date(seen.last, &self.zone),
            contact_days: seen.contact_days,
            open_since: seen.open_since.map(|since| iso_date(since, &self.zone)),
        }
    }

    fn assessment(&self, seen: &Assessment, lang: Lang) -> AssessmentView {
        let date = |moment| iso_date(moment, &self.zone);
        AssessmentView {
            as_of: date(seen.as_of),
            level: seen.level.name(),
            alive: seen.alive,
            alive_range: [seen.alive_range.low, seen.alive_range.high],
            alive_after: seen.alive_after,
            hazard: seen.hazard,
            hazard_range: [seen.hazard_range.low, seen.hazard_range.high],
            horizon_days: self.config.forecast.horizon_days,
            lapse: date(seen.lapse),
            lapse_range: [date(seen.lapse_range.0), date(seen.lapse_range.1)],
            expected: seen.expected,
            expected_range: [seen.expected_range.low, seen.expected_range.high],
            strength: seen.strength,
            first: date(seen.first),
            last: date(seen.last),
            contact_days: seen.contact_days,
            received: seen.received,
            sent: seen.sent,
            reciprocity: seen.reciprocity,
            reciprocity_range: seen.reciprocity_range.map(|range| [range.low, range.high]),
            rhythm_days: seen.rhythm_days,
            rhythm_range: seen.rhythm_range.map(|range| [range.low, range.high]),
            momentum: seen.momentum.map(|pace| (pace.ratio, [pace.range.low, pace.range.high])),
            open_since: seen.open_since.map(date),
            awaited_since: seen.awaited_since.map(date),
            unanswered: seen.unanswered,
            told: outlook::told(seen, self.config.forecast.horizon_days, lang, &self.zone),
        }
    }

    fn tie(&self, people: &People, tie: &Tie) -> TieView {
        let is_ours = people.own.contains(&tie.from);
        let date = |moment| iso_date(moment, &self.zone);
        TieView {
            platform: platform_of(people, tie.from),
            kind: tie.kind.name(),
            direction: direction(is_ours),
            since: tie.start.stood_at().map(date),
            is_older: !matches!(tie.start, TieStart::Exact(_)),
            until: match tie.end {
                TieEnd::Open => None,
                TieEnd::Exact(at) | TieEnd::Between { after: at, .. } => Some(date(at)),
            },
        }
    }
}

/// Returns by what relationships are ordered: fading ones first, then by lapse date.
fn ordered(party: PartyId, seen: &Assessment) -> (u8, Moment, PartyId) {
    let level = match seen.level {
        rin_core::Level::Fading => 0,
        rin_core::Level::Alive => 1,
        rin_core::Level::Lapsed => 2,
    };
    (level, seen.lapse, party)
}

/// Says what cannot be known about a relationship.
fn unknown(seen: Option<&Assessment>, now: Moment, lang: Lang, session: &Session) -> Vec<String> {
    let Some(seen) = seen else {
        let text = ("No source shows any contact.", "Keine Quelle zeigt einen Kontakt.");
        return vec![lang.pick(text.0, text.1).to_owned()];
    };
    let mut unknown = Vec::new();
    if seen.received.is_none() {
        let en = "What they wrote to you is not covered by any source.";
        let de = "Was sie dir schrieben, deckt keine Quelle ab.";
        unknown.push(lang.pick(en, de).to_owned());
    }
    if seen.as_of < now {
        let day = lang.date(seen.as_of, &session.zone);
        unknown.push(lang.pick(
            format!("Nothing is known after {day}: the figures are as of then."),
            format!("Nach dem {day} ist nichts bekannt: die Zahlen gelten für diesen Tag."),
        ));
    }
    unknown
}

pub(crate) fn find(people: &People, query: &str) -> Result<PartyId, PartyError> {
    if let Ok(number) = query.trim_start_matches('#').parse().map(PartyId::new) {
        let is_there = people.accounts_of(number).next().is_some();
        return is_there.then_some(number).ok_or_else(|| nobody(query));
    }
    let found = find_fitting(people, query);
    let mut parties: Vec<PartyId> = found.iter().map(|known| known.account.party).collect();
    parties.sort_unstable();
    parties.dedup();
    match parties.as_slice() {
        [] => Err(nobody(query)),
        [party] => Ok(*party),
        _ => Err(several(query, &found)),
    }
}

/// Finds one account by its handle, native id, or a part of its name or handle.
pub(crate) fn find_account<'p>(
    people: &'p People,
    query: &str,
) -> Result<&'p KnownAccount, PartyError> {
    match find_fitting(people, query).as_slice() {
        [] => Err(nobody(query)),
        [known] => Ok(known),
        found => Err(several(query, found)),
    }
}

/// Returns the accounts whose handle, name or native id is the query, else those whose handle or name holds it.
pub(crate) fn find_fitting<'p>(people: &'p People, query: &str) -> Vec<&'p KnownAccount> {
    let wanted = query.trim_start_matches('@').to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let names = |known: &KnownAccount| {
        let names = [known.account.handle.as_deref(), known.account.name.as_deref()];
        names.into_iter().flatten().map(str::to_lowercase).collect::<Vec<_>>()
    };
    let is_it = |known: &&KnownAccount| {
        known.account.key.id == query
            || known.aliases.iter().any(|alias| alias == query)
            || names(known).contains(&wanted)
    };
    let exact: Vec<_> = people.accounts.values().filter(is_it).collect();
    if !exact.is_empty() {
        return exact;
    }
    let holds = |known: &&KnownAccount| names(known).iter().any(|name| name.contains(&wanted));
    people.accounts.values().filter(holds).collect()
}

fn nobody(query: &str) -> PartyError {
    PartyError::Nobody { query: clean(query) }
}

fn several(query: &str, found: &[&KnownAccount]) -> PartyError {
    let name = |known: &&KnownAccount| {
        let handle = handle_of(known).unwrap_or_else(|| clean(&known.account.key.id));
        format!("{} {handle}", known.account.party.get())
    };
    let mut names: Vec<String> = found.iter().take(SHOWN).map(name).collect();
    if SHOWN < found.len() {
        names.push("...".to_owned());
    }
    PartyError::Several { query: clean(query), n: found.len(), names }
}

fn platform_of(people: &People, account: AccountId) -> String {
    let known = people.accounts.get(&account);
    known.map_or_else(|| "?".to_owned(), |known| known.account.key.platform.clone())
}

const fn direction(is_sent: bool) -> &'static str {
    match if is_sent { Direction::Sent } else { Direction::Received } {
        Direction::Sent => "sent",
        Direction::Received => "received",
    }
}
