//! A plan is made without the plugin that crashes.

use rin_core::{
    AccountId, Coverage, Direction, ForecastModel, InteractionKind, Minutes, Moment, Offer,
    PartyId, PlanRequest, Proposed, Row, Strategy, Table, TieState, assess, plan, propose,
};

use super::{caged, lay, open};

const NOW: Moment = Moment::from_unix_ms(1_700_000_000_000);

/// Eight people who wrote three weeks ago.
fn table() -> Table {
    let mut state = TieState::default();
    state.add(NOW.plus_days(-21.0), Direction::Received, InteractionKind::Reply);
    let model = ForecastModel::default();
    let overall = assess(&state, &Coverage::default(), NOW, &model).unwrap();
    let mut table = Table::default();
    for n in 0..8 {
        table.push(&Row {
            account: AccountId::new(n),
            party: PartyId::new(n),
            overall: &overall,
            here: Some(&overall),
            last_sent: None,
            importance: 1.0,
            flags: 0,
            name: "",
            handle: "",
        });
    }
    table
}

#[test]
fn it_goes_on_without_the_one_that_crashes() {
    let (Some(calm), Some(bad)) = (lay("calm"), lay("segfault")) else { return };
    let how = caged();
    let mut strategies = [open(&bad, &how).unwrap(), open(&calm, &how).unwrap()];
    let table = table();
    let ask = |strategy: &mut dyn Strategy| propose(strategy, &table, NOW, 1);
    let mut ends = Vec::new();
    for _ in 0..3 {
        let answers: Vec<Result<Vec<Proposed>, _>> =
            strategies.iter_mut().map(|strategy| ask(strategy)).collect();
        let offers: Vec<_> = strategies
            .iter()
            .zip(&answers)
            .filter_map(|(strategy, answer)| {
                let proposals = answer.as_deref().ok()?;
                let (info, norms) = (strategy.info(), strategy.norms());
                Some(Offer { info, table: &table, proposals, norms })
            })
            .collect();
        assert_eq!(offers.len(), 1);
        let lines = plan(&PlanRequest::new(NOW, Minutes::new(60.0)), &offers).lines;
        assert_eq!(lines.len(), 1, "the proposal of the one that answers");
        ends.push(answers[0].as_ref().unwrap_err().to_string());
    }
    let says = |at: usize, what: &str| {
        assert!(ends[at].contains("org.rin.zoo.segfault") && ends[at].contains(what), "{ends:?}");
    };
    says(0, "crashed");
    says(1, "crashed");
    says(2, "has crashed 3 times and is not run any more");
}
