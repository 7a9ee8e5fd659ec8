//! Rin's core inside another program: who is about to lapse, and what to do with half an hour?
//!
//! Only `rin-core`: no files, no plugins, no clock. The strategy is compiled in.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use rin_core::{
    ActionKind, Batch, Column, ColumnRequest, ForecastModel, Interaction, InteractionKind, Minutes,
    Moment, Network, NetworkError, Offer, PartyId, PlanRequest, PlatformId, Proposal, ProposalSink,
    Reason, Strategy, StrategyError, StrategyInfo, Text, answer_probability, assess, plan, propose,
};

/// Call people who fall silent.
struct Calls(StrategyInfo);

impl Strategy for Calls {
    fn info(&self) -> &StrategyInfo {
        &self.0
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        for row in 0..batch.rows() {
            if let Some(days) = silence.get(row).filter(|days| 14.0 < *days) {
                #[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
                let effect = answer_probability(f64::from(days), 1.0) as f32;
                sink.push(&Proposal { row, minutes: 10.0, effect, ..Proposal::default() })?;
            }
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let now = Moment::from_unix_ms(1_787_000_000_000);
    let network = network(now)?;
    let model = ForecastModel::default();
    for one in network.relationships() {
        let Some(seen) = assess(&one.state(), &one.coverage(), now, &model) else { continue };
        let (name, alive) = (name(&network, one.party()), 100.0 * seen.alive);
        println!("{name}: {}, a contact within half a year with {alive:.0} %", seen.level.name());
    }

    let text = Text { en: "call".into(), de: "anrufen".into() };
    let mut calls = Calls(StrategyInfo {
        id: "org.example.calls".into(),
        columns: vec![ColumnRequest::required(Column::SilenceDays)],
        kinds: vec![ActionKind { id: "call".into(), text: text.clone() }],
        reasons: vec![Reason { id: "silent".into(), text }],
        ..StrategyInfo::default()
    });
    let table = network.table(PlatformId::new(0), now, &model);
    let proposals = propose(&mut calls, &table, now, 1)?;
    let offer = Offer { info: calls.info(), table: &table, proposals: &proposals, norms: &[] };
    let request = PlanRequest::new(now, Minutes::new(30.0));
    let week = plan(&request, &[offer]);
    for line in &week.lines {
        let (before, after) = (100.0 * line.facts.alive, 100.0 * line.facts.alive_after);
        let name = name(&network, line.party);
        println!(
            "call {name}: {} min, {before:.0} % -> {after:.0} % if it leads to a contact",
            line.minutes
        );
    }
    println!("{} of {} minutes spent", week.spent, request.minutes_per_week());
    Ok(())
}

/// Five people, called in different rhythms until different days.
fn network(now: Moment) -> Result<Network, NetworkError> {
    let mut builder = Network::builder();
    let us = builder.account("phone", "us")?;
    builder.own(us);
    let people = [
        ("Ann", 40, 7.0, 3.0),
        ("Ben", 25, 14.0, 150.0),
        ("Cem", 3, 30.0, 60.0),
        ("Dora", 12, 9.0, 20.0),
        ("Elif", 1, 1.0, 300.0),
    ];
    for (name, calls, rhythm, silence) in people {
        let them = builder.account("phone", name)?;
        for call in 0..calls {
            let at = now.plus_days(-silence - rhythm * f64::from(call));
            builder.interaction(Interaction {
                at,
                from: us,
                to: them,
                kind: InteractionKind::Visit,
            });
        }
    }
    Ok(builder.build())
}

fn name(network: &Network, party: PartyId) -> &str {
    network.relationship(party).accounts().next().map_or("?", |(_, account)| &account.key.id)
}
