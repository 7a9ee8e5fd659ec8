//! This week's plan: assess everybody, ask every platform's strategy, spend the minutes.

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::tz::TimeZone;
use rin_core::{
    ForecastModel, Minutes, Moment, Offer, PartyId, PastAction, Plan, PlanLine, PlanRequest,
    PlatformId, Proposed, Row, Seat, Strategy, Table, Window, assess, plan, propose,
};
use rin_store::{
    Decision, DecisionId, DecisionKind, PlanHeader, PlanId, Reader, Standing, StoreError,
};
use serde::Serialize;

use crate::{
    Lang, Session, SessionError,
    people::{People, handle_of, name_of},
    reason,
    time::{iso_date, week_of},
};

/// Exports that end longer ago than this are worth renewing: a month, in which most of the plan's figures change.
const STALE_DAYS: f64 = 31.0;

/// What week is asked for.
#[derive(Clone, Debug)]
pub struct WeekRequest {
    /// The moment from which is planned.
    pub now: Moment,
    /// How much time the week has; `None` for the setting in `rin.toml`.
    pub minutes: Option<Minutes>,
    /// Breaks ties between equal proposals.
    pub seed: u64,
    /// Whether the plan is not to be kept, so that answers still mean the last one.
    pub is_trial: bool,
    /// The language of sentences.
    pub lang: Lang,
}

/// This week's plan.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WeekView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plan's number in the store; `None` if it was not kept: a trial, or none could be made.
    pub plan: Option<i64>,
    /// First day, ISO 8601.
    pub start: String,
    /// Last day, ISO 8601.
    pub end: String,
    /// Until when the sources see; figures are as of then.
    pub covered_until: Option<String>,
    /// The week's time in minutes.
    pub budget_minutes: f64,
    /// Minutes already done this week.
    pub done_minutes: f64,
    /// Minutes planned.
    pub planned_minutes: f64,
    /// How many more relationships are expected to be alive if the plan is carried out.
    pub gain: f64,
    /// What to do, in order.
    pub lines: Vec<WeekLine>,
    /// What was proposed and left out.
    pub left_out: LeftOutView,
    /// Whether there is no relationship at all.
    pub is_empty: bool,
    /// Whether the sources end more than a month before the moment planned for.
    pub is_stale: bool,
    /// What went wrong on the way: platforms whose rules gave no answer.
    pub problems: Vec<String>,
}

/// One thing to do.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WeekLine {
    /// Its number, from 1; `rin done 1` means this.
    pub line: usize,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// What to type to reach them, if known.
    pub handle: Option<String>,
    /// Where.
    pub platform: String,
    /// The kind of action, a stable name.
    pub action: String,
    /// What to do, as a sentence.
    pub what: String,
    /// Why, as a sentence.
    pub why: String,
    /// The figures behind it, as a sentence.
    pub facts: String,
    /// What it costs.
    pub minutes: f64,
    /// By when, ISO 8601, if somebody waits.
    pub due: Option<String>,
    /// Whether somebody waits for it.
    pub owed: bool,
    /// Probability of being alive if nobody acts.
    pub alive: f64,
    /// The same after a contact.
    pub alive_after: f64,
    /// Probability that the action leads to a contact.
    pub effect: f64,
    /// When it is expected to lapse if nobody acts, ISO 8601.
    pub lapse: String,
    /// Last contact on this platform, ISO 8601.
    pub last: Option<String>,
    /// Days of silence.
    pub silence_days: f64,
    /// Days with contact on all platforms.
    pub contact_days: u32,
}

/// How many proposals were left out, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOutView {
    /// Blocked, muted or marked never.
    pub never: usize,
    /// The user said later, or the time has not come.
    pub later: usize,
    /// Silent for too long to be planned for.
    pub dormant: usize,
    /// Contacted too recently.
    pub cooldown: usize,
    /// Too many contacts without an answer.
    pub unanswered: usize,
    /// A limit of the platform.
    pub norm: usize,
    /// Another action for the same party is in the plan.
    pub same_party: usize,
    /// No time left.
    pub time: usize,
}

/// A strategy and everything it is asked about.
struct Desk {
    platform: String,
    strategy: Box<dyn Strategy>,
    table: Table,
    proposals: Vec<Proposed>,
}

impl Session {
    /// Makes this week's plan and keeps it, so that a line can be answered.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or written.
    pub fn week(&mut self, request: &WeekRequest) -> Result<WeekView, SessionError> {
        let zone = self.zone.clone();
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let model = self.model(&reader, &people)?;
        let standings = reader.standings()?;
        let decisions = reader.decisions()?;
        let past = past(&reader, &decisions)?;
        drop(reader);
        let week = week_of(request.now, &zone);
        let set = Minutes::new(self.config.plan.minutes_per_week);
        let budget = request.minutes.unwrap_or(set);
        let done = done_in(week, &decisions);
        let mut problems = Vec::new();
        let mut desks = self.desks(&people, request, &model, &mut problems);
        desks.retain_mut(|desk| ask(desk, request, &mut problems));
        problems.extend(self.plugins.crash_notes(request.now, request.lang));
        let wishes = Wishes::new(&people, &standings, past);
        let days = days_left(request.now, week.end());
        let plan_request = PlanRequest {
            days,
            first_week_days: days,
            team: vec![Seat { spent: done, ..Seat::new("", budget) }],
            threshold: model.threshold,
            dormant_days: self.config.plan.dormant_after_days,
            seed: request.seed,
            past: &wishes.past,
            barred: &wishes.barred,
            postponed: &wishes.postponed,
            ..PlanRequest::new(request.now, Minutes::ZERO)
        };
        let offers: Vec<Offer<'_>> = desks.iter().map(Desk::offer).collect();
        let made = plan(&plan_request, &offers);
        let header = PlanHeader {
            made_at: request.now,
            start: request.now,
            end: week.end(),
            budget,
            seed: request.seed,
        };
        let stored: Vec<_> =
            made.lines.iter().filter_map(|line| stored(line, &desks, &offers)).collect();
        // A plan that could not be made does not take the place of the last one.
        let could_plan = problems.is_empty() || !made.lines.is_empty();
        let is_plan = !request.is_trial && could_plan;
        let number = if is_plan { Some(self.store.save_plan(&header, &stored)?) } else { None };
        let shower = Shower { people: &people, desks: &desks, offers: &offers, zone: &zone };
        Ok(WeekView {
            schema: "rin.week/1",
            plan: number.map(PlanId::get),
            start: iso_date(week.start(), &zone),
            end: iso_date(week.end().plus_days(-0.5), &zone),
            covered_until: people.covered_until(request.now).map(|until| iso_date(until, &zone)),
            budget_minutes: budget.get(),
            done_minutes: done.get(),
            planned_minutes: made.spent.get(),
            gain: made.gain,
            lines: shower.lines(&made, request.lang),
            left_out: left_out(&made),
            is_empty: people.relationships.is_empty(),
            is_stale: is_stale(&people, request.now),
            problems,
        })
    }

    /// Lays out a table for every platform that has a strategy and relationships.
    fn desks(
        &mut self,
        people: &People,
        request: &WeekRequest,
        model: &ForecastModel,
        problems: &mut Vec<String>,
    ) -> Vec<Desk> {
        let tables = tables(people, request.now, model);
        let mut desks = Vec::new();
        for (platform, table) in tables {
            let platform = people.platform(platform).to_owned();
            match self.plugins.strategy(&platform, &self.config) {
                Ok(Some(strategy)) => {
                    desks.push(Desk { platform, strategy, table, proposals: Vec::new() });
                }
                Ok(None) => problems.push(request.lang.pick(
                    format!("No plugin plans for {platform}: install one or set --plugin-path."),
                    format!("Kein Plugin plant für {platform}: eines installieren oder --plugin-path setzen."),
                )),
                Err(error) => problems.push(error.told(request.lang)),
            }
        }
        desks
    }
}

fn is_stale(people: &People, now: Moment) -> bool {
    people.covered_until(now).is_some_and(|until| STALE_DAYS < now.days_since(until))
}

/// Assesses everybody and lays out a table for each platform.
fn tables(people: &People, now: Moment, model: &ForecastModel) -> BTreeMap<PlatformId, Table> {
    let mut tables: BTreeMap<PlatformId, Table> = BTreeMap::new();
    for (&party, relationship) in &people.relationships {
        let Some(overall) = people.assess(party, relationship, now, model) else { continue };
        let last_sent = relationship.last_sent();
        for contact in &relationship.contacts {
            let Some(known) = people.accounts.get(&contact.account) else { continue };
            // Of what is known here, a table takes dates and counts; with one account they are those overall.
            let here = match relationship.contacts.as_slice() {
                [_] => Some(overall),
                _ => assess(&contact.state, &contact.coverage, now, model),
            };
            tables.entry(known.account.platform).or_default().push(&Row {
                account: known.id,
                party,
                overall: &overall,
                here: here.as_ref(),
                last_sent,
                importance: 1.0,
                flags: people.flags(relationship, known.id),
                name: &name_of(known),
                handle: known.account.handle.as_deref().unwrap_or_default(),
            });
        }
    }
    tables
}

impl Desk {
    fn offer(&self) -> Offer<'_> {
        Offer {
            info: self.strategy.info(),
            table: &self.table,
            proposals: &self.proposals,
            norms: self.strategy.norms(),
        }
    }
}

/// Asks a strategy; one that fails costs its own answer and nothing else.
fn ask(desk: &mut Desk, request: &WeekRequest, problems: &mut Vec<String>) -> bool {
    match propose(desk.strategy.as_mut(), &desk.table, request.now, request.seed) {
        Ok(proposals) => {
            tracing::debug!(
                platform = desk.platform,
                rows = desk.table.len(),
                proposals = proposals.len(),
                "asked"
            );
            desk.proposals = proposals;
            true
        }
        Err(error) => {
            problems.push(format!("{}: {error}", desk.platform));
            false
        }
    }
}

/// Returns the time that was spent in a week, as the user says.
fn done_in(week: Window, decisions: &[(DecisionId, Decision)]) -> Minutes {
    let decisions = decisions.iter().map(|(_, decision)| decision);
    decisions.filter(|decision| week.contains(decision.at)).fold(Minutes::ZERO, |sum, decision| {
        match decision.kind {
            DecisionKind::Done { minutes } => sum + minutes,
            _ => sum,
        }
    })
}

/// Returns what was done, with the strategy and kind of the line it answered.
fn past(
    reader: &Reader<'_>,
    decisions: &[(DecisionId, Decision)],
) -> Result<Vec<PastAction>, StoreError> {
    let mut plans = BTreeMap::new();
    let mut past = Vec::new();
    for (_, decision) in decisions {
        if !matches!(decision.kind, DecisionKind::Done { .. }) {
            continue;
        }
        let mut action = PastAction {
            party: decision.party,
            at: decision.at,
            strategy: String::new(),
            kind: String::new(),
        };
        if let Some((plan, line)) = decision.answers {
            if let Entry::Vacant(slot) = plans.entry(plan) {
                slot.insert(reader.plan(plan)?);
            }
            let lines = plans.get(&plan).and_then(Option::as_ref).map(|plan| plan.lines.as_slice());
            let at = usize::try_from(line).ok().and_then(|line| line.checked_sub(1));
            if let Some(line) = lines.zip(at).and_then(|(lines, at)| lines.get(at)) {
                action.strategy.clone_from(&line.strategy);
                action.kind.clone_from(&line.action);
            }
        }
        past.push(action);
    }
    Ok(past)
}

/// What the user and the store say about whom to leave alone.
struct Wishes {
    past: Vec<PastAction>,
    barred: Vec<PartyId>,
    postponed: Vec<(PartyId, Moment)>,
}

impl Wishes {
    fn new(people: &People, standings: &[Standing], past: Vec<PastAction>) -> Self {
        let never = standings.iter().filter(|one| one.never).map(|one| one.party);
        Self {
            past,
            barred: people.barred.iter().copied().chain(never).collect(),
            postponed: standings
                .iter()
                .filter_map(|one| Some((one.party, one.postponed_until?)))
                .collect(),
        }
    }
}

/// Turns lines into what a person reads.
struct Shower<'a> {
    people: &'a People,
    desks: &'a [Desk],
    offers: &'a [Offer<'a>],
    zone: &'a TimeZone,
}

impl Shower<'_> {
    fn lines(&self, made: &Plan, lang: Lang) -> Vec<WeekLine> {
        let lines = made.lines.iter().enumerate();
        lines.filter_map(|(at, line)| self.line(at + 1, line, lang)).collect()
    }

    fn line(&self, number: usize, line: &PlanLine, lang: Lang) -> Option<WeekLine> {
        let offer = self.offers.get(line.offer)?;
        let known = self.people.accounts.get(&line.account)?;
        let kind = offer.info.kinds.get(line.kind)?;
        let why = offer.info.reasons.get(line.reason)?;
        let date = |moment: Moment| iso_date(moment, self.zone);
        Some(WeekLine {
            line: number,
            party: line.party.get(),
            name: name_of(known),
            handle: handle_of(known),
            platform: self.desks.get(line.offer)?.platform.clone(),
            action: kind.id.clone(),
            what: lang.text(&kind.text).to_owned(),
            why: reason::fill(lang.text(&why.text), &line.facts, lang, self.zone),
            facts: reason::facts(&line.facts, lang, self.zone),
            minutes: line.minutes.get(),
            due: line.due.map(date),
            owed: line.facts.open_since.is_some(),
            alive: line.facts.alive,
            alive_after: line.facts.alive_after,
            effect: line.facts.effect,
            lapse: date(line.facts.lapse),
            last: line.facts.last.map(date),
            silence_days: line.facts.silence_days,
            contact_days: line.facts.contact_days,
        })
    }
}

fn stored(line: &PlanLine, desks: &[Desk], offers: &[Offer<'_>]) -> Option<rin_store::PlanLine> {
    let offer = offers.get(line.offer)?;
    Some(rin_store::PlanLine {
        party: line.party,
        platform: desks.get(line.offer)?.platform.clone(),
        strategy: offer.info.id.clone(),
        action: offer.info.kinds.get(line.kind)?.id.clone(),
        reason: offer.info.reasons.get(line.reason)?.id.clone(),
        minutes: line.minutes,
        earliest: Some(line.earliest),
        due: line.due,
        day: Some(line.day),
        member: String::new(),
    })
}

const fn left_out(made: &Plan) -> LeftOutView {
    let left = made.left_out;
    LeftOutView {
        never: left.barred,
        later: left.postponed,
        dormant: left.dormant,
        cooldown: left.cooldown,
        unanswered: left.unanswered,
        norm: left.norm,
        same_party: left.same_party,
        time: left.budget,
    }
}

/// Returns how many days of the week are left, today included.
fn days_left(now: Moment, end: Moment) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a week has seven days"
    )]
    let days = end.days_since(now).ceil().clamp(1.0, 7.0) as u32;
    days
}
