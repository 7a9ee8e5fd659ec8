//! What is planned, answered and committed to, and how the network came and went.

use std::collections::BTreeMap;

use rin_store::DecisionKind;

use super::{Cell, RowWriter, Source, utc};
use crate::{
    BalanceView, CohortBy, CohortReportRequest, SessionError, people::member,
    programme::programmes, time::date_of,
};

pub(super) const PLAN: &[&str] = &[
    "plan",
    "line",
    "made_at",
    "party",
    "name",
    "platform",
    "action",
    "reason",
    "minutes",
    "day",
    "member",
    "earliest",
    "due",
    "answer",
    "answered_at",
];

pub(super) const DECISIONS: &[&str] =
    &["at", "party", "name", "answer", "minutes", "until", "plan", "line"];

pub(super) const PROGRAMMES: &[&str] =
    &["programme", "from", "until", "minutes", "money", "members", "platforms", "goals", "ended"];

pub(super) const CAMPAIGNS: &[&str] = &[
    "campaign",
    "name",
    "programme",
    "state",
    "from",
    "until",
    "aftercare_until",
    "platforms",
    "budget_minutes",
    "budget_money",
    "minutes",
    "money",
    "won",
];

pub(super) const COHORTS: &[&str] = &[
    "by",
    "group",
    "from",
    "until",
    "before",
    "into_sight",
    "won",
    "revived",
    "lost",
    "alive",
    "won_alive",
    "risen_into",
    "risen_out",
    "fallen_into",
    "fallen_out",
];

/// Months of cohorts written at most: as many as can be asked for.
const MONTHS: u32 = 600;

impl Source<'_> {
    pub(super) fn plan(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        let Some(plan) = self.reader.last_plan()? else { return Ok(()) };
        let mut answers = BTreeMap::new();
        for (_, decision) in self.reader.decisions()?.into_iter().rev() {
            if let Some((_, line)) = decision.answers.filter(|(id, _)| *id == plan.id) {
                answers.insert(line, decision);
            }
        }
        for (number, line) in (1_u32..).zip(&plan.lines) {
            let answer = answers.get(&number);
            let who = member(self.reader.disguise(), &line.member);
            rows.row(&[
                Cell::Count(plan.id.get().unsigned_abs()),
                Cell::count(number),
                utc(plan.header.made_at),
                Cell::count(line.party.get()),
                Cell::Text(self.name(line.party)),
                Cell::text(&line.platform),
                Cell::text(&line.action),
                Cell::text(&line.reason),
                Cell::Number(line.minutes.get()),
                line.day.map_or(Cell::Missing, |day| Cell::Text(date_of(day))),
                Cell::maybe(Some(who.as_str()).filter(|who| !who.is_empty())),
                line.earliest.map_or(Cell::Missing, |at| self.date(at)),
                line.due.map_or(Cell::Missing, |at| self.date(at)),
                Cell::maybe(answer.map(|one| one.kind.name())),
                answer.map_or(Cell::Missing, |one| utc(one.at)),
            ]);
        }
        Ok(())
    }

    /// Writes what was answered and not taken back, the first first.
    pub(super) fn decisions(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        for (_, one) in self.reader.decisions()?.into_iter().rev() {
            let (minutes, until) = match one.kind {
                DecisionKind::Done { minutes } => (Cell::Number(minutes.get()), Cell::Missing),
                DecisionKind::Later { until } => (Cell::Missing, self.date(until)),
                _ => (Cell::Missing, Cell::Missing),
            };
            let (plan, line) = one.answers.unzip();
            rows.row(&[
                utc(one.at),
                Cell::count(one.party.get()),
                Cell::Text(self.name(one.party)),
                Cell::text(one.kind.name()),
                minutes,
                until,
                plan.map_or(Cell::Missing, |plan| Cell::Count(plan.get().unsigned_abs())),
                line.map_or(Cell::Missing, Cell::count),
            ]);
        }
        Ok(())
    }

    /// Writes a row for each period of each programme.
    pub(super) fn programmes(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        for kept in programmes(self.reader, self.session.store.path())? {
            let programme = kept.programme;
            let members = programme.team.iter().map(|one| self.session.member_name(&one.name));
            let members: Vec<String> = members.collect();
            for period in &programme.periods {
                rows.row(&[
                    Cell::text(&programme.name),
                    self.date(period.window.start()),
                    self.date(period.window.end()),
                    Cell::Number(period.minutes.get()),
                    period.money.map_or(Cell::Missing, Cell::Number),
                    Cell::list(&members),
                    Cell::list(&programme.platforms),
                    Cell::list(&programme.goals),
                    programme.ended.map_or(Cell::Missing, |ended| self.date(ended)),
                ]);
            }
        }
        Ok(())
    }

    /// Writes what is planned and what was started; how many a campaign won only of the latter.
    pub(super) fn campaigns(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        let origins = self.origins()?;
        let won = |id: &str| {
            let parties = self.people.relationships.keys();
            parties.filter(|party| origins.campaign_of(**party) == Some(id)).count()
        };
        let started = self.session.started_in(self.reader)?;
        for row in self.session.campaigns(self.request.now)?.campaigns {
            let kept = started.iter().find(|one| one.campaign.id == row.id);
            let planned = || self.session.planned(&row.id).ok().map(|(_, campaign)| campaign);
            let campaign = kept.map(|one| one.campaign.clone()).or_else(planned);
            let of = campaign.as_ref();
            let platforms = of.map(|one| {
                let names: Vec<&str> = one.platforms.iter().map(|it| &*it.platform).collect();
                Cell::list(&names)
            });
            let number = |number: Option<f64>| number.map_or(Cell::Missing, Cell::Number);
            rows.row(&[
                Cell::text(&row.id),
                Cell::text(&row.name),
                Cell::maybe(of.map(|one| one.programme.as_str())),
                Cell::text(row.state),
                Cell::maybe(row.from.as_deref()),
                Cell::maybe(row.until.as_deref()),
                Cell::maybe(row.aftercare_until.as_deref()),
                platforms.unwrap_or(Cell::Missing),
                number(of.map(|one| one.minutes.get())),
                number(of.and_then(|one| one.money)),
                number(row.minutes),
                number(row.money),
                kept.map_or(Cell::Missing, |_| Cell::size(won(&row.id))),
            ]);
        }
        Ok(())
    }

    /// Writes every month of every group, by everything a network is divided by.
    pub(super) fn cohorts(&self, rows: &mut RowWriter<'_>) -> Result<(), SessionError> {
        let all =
            [CohortBy::Month, CohortBy::Platform, CohortBy::Tag, CohortBy::Origin, CohortBy::Tier];
        for by in all {
            let crate::ExportRequest { now, lang } = self.request;
            let request = CohortReportRequest {
                by,
                months: MONTHS,
                filter: rin_core::Filter::default(),
                now,
                lang,
            };
            let view = self.session.cohort(&request)?;
            let months =
                view.groups.iter().flat_map(|one| one.months.iter().map(move |it| (one, it)));
            for (group, month) in months {
                let head = [view.by, &group.name, &month.from, &month.until].map(Cell::text);
                rows.row(&[&head[..], &balance(month.balance.as_ref())].concat());
            }
        }
        Ok(())
    }
}

fn balance(balance: Option<&BalanceView>) -> Vec<Cell> {
    let Some(one) = balance else { return vec![Cell::Missing; COHORTS.len() - 4] };
    let all =
        [one.before, one.into_sight, one.won, one.revived, one.lost, one.alive, one.won_alive];
    let moves = one.moves.map(|it| [it.risen_into, it.risen_out, it.fallen_into, it.fallen_out]);
    let moves = moves.map_or_else(|| vec![Cell::Missing; 4], |it| it.map(Cell::size).to_vec());
    [all.map(Cell::size).to_vec(), moves].concat()
}
