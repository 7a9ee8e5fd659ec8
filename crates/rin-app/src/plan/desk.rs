//! One desk a platform: its table of assessed relationships, its strategy's answer and its norms.

use std::collections::BTreeMap;

use rin_core::{
    AccountFlags, ForecastModel, Moment, Norm, Offer, PastAction, PlanLine, PlanQuestion,
    PlatformId, Proposed, Row, Strategy, StrategyInfo, Table, assess, propose,
};

use super::{PlanRequest, importance::Weights, team::Team};
use crate::{
    Lang, Session,
    people::{People, name_of},
};

/// A platform's relationships and what its strategy says of them.
pub(crate) struct Desk {
    pub(super) platform: String,
    pub(super) info: StrategyInfo,
    norms: Vec<Norm>,
    table: Table,
    proposals: Vec<Proposed>,
}

impl Desk {
    pub(super) fn offer(&self) -> Offer<'_> {
        Offer {
            info: &self.info,
            table: &self.table,
            proposals: &self.proposals,
            norms: &self.norms,
        }
    }
}

/// The strategies in the order of the desks; one that failed once is not asked again.
pub(super) struct Strategies {
    all: Vec<Option<Box<dyn Strategy>>>,
}

impl Strategies {
    /// Asks a strategy about a later week; one that fails costs its own answer and nothing else.
    pub(super) fn ask(
        &mut self,
        question: &PlanQuestion<'_>,
        desks: &[Desk],
        seed: u64,
        problems: &mut Vec<String>,
    ) -> Option<Vec<Proposed>> {
        let slot = self.all.get_mut(question.offer)?;
        let asked = propose(slot.as_mut()?.as_mut(), question.table, question.now, seed);
        match asked {
            Ok(proposals) => Some(proposals),
            Err(error) => {
                *slot = None;
                let platform = desks.get(question.offer).map_or("?", |desk| &desk.platform);
                problems.push(format!("{platform}: {error}"));
                Some(Vec::new())
            }
        }
    }
}

impl Session {
    /// Lays out a desk for every platform that has a strategy and relationships; what goes wrong is told.
    pub(super) fn desks(
        &mut self,
        tables: BTreeMap<PlatformId, Table>,
        people: &People,
        past: &[PastAction],
        request: &PlanRequest,
    ) -> (Vec<Desk>, Strategies, Vec<String>) {
        let (mut desks, mut all, mut problems) = (Vec::new(), Vec::new(), Vec::new());
        for (platform, mut table) in tables {
            let platform = people.platform(platform).to_owned();
            let opened = self.strategy_of(&platform, request.lang).and_then(|mut strategy| {
                table.settle(&strategy.info().id, past);
                Ok((open(platform, strategy.as_mut(), table, request)?, strategy))
            });
            match opened {
                Ok((desk, strategy)) => {
                    desks.push(desk);
                    all.push(Some(strategy));
                }
                Err(problem) => problems.push(problem),
            }
        }
        problems.extend(self.plugins.crash_notes(request.now, request.lang));
        (desks, Strategies { all }, problems)
    }

    fn strategy_of(&mut self, platform: &str, lang: Lang) -> Result<Box<dyn Strategy>, String> {
        let found = self.plugins.strategy(platform, &self.config);
        let strategy = found.map_err(|error| error.told(lang))?;
        strategy.ok_or_else(|| {
            lang.pick(
                format!("No plugin plans for {platform}: install one or set --plugin-path."),
                format!("Kein Plugin plant für {platform}: eines installieren oder --plugin-path setzen."),
            )
        })
    }
}

/// Asks a strategy; one that fails costs its own answer and nothing else.
fn open(
    platform: String,
    strategy: &mut dyn Strategy,
    table: Table,
    request: &PlanRequest,
) -> Result<Desk, String> {
    let proposals = propose(strategy, &table, request.now, request.seed)
        .map_err(|error| format!("{platform}: {error}"))?;
    tracing::debug!(platform, rows = table.len(), proposals = proposals.len(), "asked");
    let (info, norms) = (strategy.info().clone(), strategy.norms().to_vec());
    Ok(Desk { platform, info, norms, table, proposals })
}

/// Assesses everybody and lays out a table for each platform.
pub(super) fn tables(
    people: &People,
    now: Moment,
    model: &ForecastModel,
    weights: &Weights,
) -> BTreeMap<PlatformId, Table> {
    let mut tables: BTreeMap<PlatformId, Table> = BTreeMap::new();
    for (&party, relationship) in &people.relationships {
        let Some(overall) = people.assess(party, relationship, now, model) else { continue };
        let last_sent = relationship.last_sent();
        let importance = weights.of(people, party, relationship, now);
        for contact in &relationship.contacts {
            let Some(known) = people.accounts.get(&contact.account) else { continue };
            // Where an account is deleted, suspended or moved away, nobody reads what is written to it.
            if known.flags.contains(AccountFlags::GONE) {
                continue;
            }
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
                importance,
                flags: people.flags(relationship, known.id),
                name: &name_of(known),
                handle: known.account.handle.as_deref().unwrap_or_default(),
            });
        }
    }
    tables
}

/// Returns what the store keeps of a line.
pub(super) fn stored(line: &PlanLine, desks: &[Desk], team: &Team) -> Option<rin_store::PlanLine> {
    let desk = desks.get(line.offer)?;
    Some(rin_store::PlanLine {
        party: line.party,
        platform: desk.platform.clone(),
        strategy: desk.info.id.clone(),
        action: desk.info.kinds.get(line.kind)?.id.clone(),
        reason: desk.info.reasons.get(line.reason)?.id.clone(),
        minutes: line.minutes,
        earliest: Some(line.earliest),
        due: line.due,
        day: Some(line.day),
        member: team.seats.get(line.seat)?.name.clone(),
    })
}
