//! How long a plan takes: assess, propose and plan, a million relationships over a week and 50,000 over six.
//!
//! Prints one line a figure: name, value, unit, separated by tabs. Two arguments ask for one case instead: how many
//! relationships, over how many days; memory is then that case's alone.
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::print_stdout, reason = "its output is its purpose")]
#![expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]

use std::time::Instant;

use rin_core::{
    AccountId, ActionKind, Batch, Column, ColumnRequest, Coverage, Direction, ForecastModel,
    InteractionKind, Minutes, Moment, Norm, Offer, PartyId, PlanRequest, Proposal, ProposalSink,
    Reason, Row, Rule, Strategy, StrategyError, StrategyInfo, Table, Text, TieState,
    answer_probability, assess, plan_ahead, propose, testing::Random,
};

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|arg| arg.parse().ok());
    match (given.next(), given.next()) {
        (Some(count), days) => run(count, days.unwrap_or(7)),
        _ => [(50_000, 42), (1_000_000, 7)].into_iter().for_each(|(count, days)| run(count, days)),
    }
}

/// Plans over so many relationships and days, and prints what it took.
fn run(count: u32, days: u32) {
    let now = Moment::from_unix_ms(1_786_000_000_000);
    let states: Vec<Vec<u8>> = (0..count).map(|n| state(u64::from(n), now).to_bytes()).collect();
    let start = Instant::now();
    let table = table(&states, now);
    let assessed = start.elapsed().as_secs_f64();
    let mut hello = Hello(info());
    let proposals = propose(&mut hello, &table, now, 1).unwrap_or_default();
    let proposed = start.elapsed().as_secs_f64();
    let norms = [cooldown()];
    let info = hello.0.clone();
    let offer = Offer { info: &info, table: &table, proposals: &proposals, norms: &norms };
    let request = PlanRequest { days, ..PlanRequest::new(now, Minutes::new(240.0)) };
    let made = plan_ahead(&request, &[offer], |question| {
        propose(&mut hello, question.table, question.now, 1).ok()
    });
    let planned = start.elapsed().as_secs_f64();

    println!("relationships\t{count}\t");
    println!("days\t{days}\t");
    println!("proposals of the first week\t{}\t", proposals.len());
    println!("lines\t{}\t", made.lines.len());
    println!("assess\t{:.0}\tns a relationship", assessed * 1e9 / f64::from(count));
    println!("propose\t{:.0}\tns a relationship", (proposed - assessed) * 1e9 / f64::from(count));
    let weeks = made.weeks.len() as f64;
    let a_proposal = (planned - proposed) * 1e9 / proposals.len() as f64 / weeks;
    println!("plan\t{a_proposal:.0}\tns a proposal and week");
    println!("all of it, wall\t{planned:.2}\ts");
    if let Some(seconds) = cpu_seconds() {
        println!("processor time so far, making up the world counted in\t{seconds:.2}\ts");
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory, states of the relationships counted in\t{peak:.0}\tMiB");
    }
}

fn table(states: &[Vec<u8>], now: Moment) -> Table {
    let model = ForecastModel::default();
    let mut table = Table::default();
    for (n, bytes) in (0..).zip(states) {
        let Ok(state) = TieState::from_bytes(bytes) else { continue };
        let Some(seen) = assess(&state, &Coverage::default(), now, &model) else { continue };
        table.push(&Row {
            account: AccountId::new(n),
            party: PartyId::new(n),
            overall: &seen,
            here: Some(&seen),
            last_sent: state.sent().map(|span| span.last),
            importance: 1.0,
            flags: 0,
            name: "",
            handle: "",
        });
    }
    table
}

/// Returns the processor time the process has used, where the system tells (Linux, hundredths of a second).
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut words = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut ticks = || words.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / 100.0)
}

/// Returns the most memory the process has had, where the system tells (Linux).
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1_024.0)
}

fn state(seed: u64, now: Moment) -> TieState {
    let mut random = Random::new(seed);
    let mut state = TieState::default();
    let mut back = 1_000.0 * random.unit().powi(2);
    for _ in 0..=random.below(8) {
        let direction = if random.below(2) == 0 { Direction::Sent } else { Direction::Received };
        state.add(now.plus_days(-back), direction, InteractionKind::Reply);
        back += 60.0 * random.unit();
    }
    state
}

struct Hello(StrategyInfo);

impl Strategy for Hello {
    fn info(&self) -> &StrategyInfo {
        &self.0
    }

    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        let contacts = batch.u32(Column::ContactDays)?;
        for row in 0..batch.rows() {
            let (Some(days), Some(m)) = (silence.get(row), contacts.get(row)) else { continue };
            #[expect(clippy::cast_possible_truncation, reason = "a share needs no more")]
            let effect = answer_probability(f64::from(days), f64::from(m)) as f32;
            sink.push(&Proposal { row, minutes: 5.0, effect, ..Proposal::default() })?;
        }
        Ok(())
    }
}

fn info() -> StrategyInfo {
    let text = Text::default();
    StrategyInfo {
        columns: vec![
            ColumnRequest::required(Column::SilenceDays),
            ColumnRequest::required(Column::ContactDays),
        ],
        kinds: vec![ActionKind { id: "hello".into(), text: text.clone() }],
        reasons: vec![Reason { id: "silent".into(), text }],
        ..StrategyInfo::default()
    }
}

fn cooldown() -> Norm {
    Norm {
        id: "cooldown".into(),
        kinds: Vec::new(),
        rule: Rule::CooldownDays(14.0),
        source: "bench".into(),
        text: Text::default(),
    }
}
