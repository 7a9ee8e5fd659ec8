//! Worlds whose best forecast is known, and what must change nothing.

use std::{cell::RefCell, rc::Rc};

use super::*;
use crate::{
    Difference, Interaction, InteractionKind, Metric, Moment, TieFacts, baselines, random::Random,
};

const START: i64 = 1_600_041_600_000;
/// Staying power of the world.
const K: f64 = 0.7;

/// A world in which contact follows the √ rule with this *k*: after *m* days of contact, silence outlasts *t* days with
/// probability (1+*t*)^(−*s*), *s* = .2·*k*·√*m*. Every pair begins with up to forty days in a row.
fn world(pairs: u32, k: f64) -> Vec<Interaction> {
    let mut random = Random::new(11);
    let mut log = Vec::new();
    for pair in 0..pairs {
        let (from, to) = (AccountId::new(pair % 60), AccountId::new(60 + pair));
        let row = 1 + random.below(40);
        let (mut at, mut days) = (800.0 * random.unit(), Vec::new());
        while at < 1_000.0 {
            log.push(contact(at, from, to));
            let day = log.last().map(|it| it.at.day());
            if days.last() != Some(&day) {
                days.push(day);
            }
            let shape = 0.2 * k * f64::from(u32::try_from(days.len()).unwrap()).sqrt();
            let gap = (1.0 - random.unit()).powf(-1.0 / shape) - 1.0;
            at += if u64::try_from(days.len()).unwrap() < row { 1.0 } else { gap };
        }
    }
    log
}

fn contact(day: f64, from: AccountId, to: AccountId) -> Interaction {
    let at = Moment::from_unix_ms(START).plus_days(day);
    Interaction { at, from, to, kind: InteractionKind::Reply }
}

/// The law of that world.
struct True(f64);

impl Forecast for True {
    fn name(&self) -> &'static str {
        "true"
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        let past = 1.0 + tie.silence_days();
        1.0 - (past / (past + days)).powf(0.2 * self.0 * tie.contact_days().sqrt())
    }
}

fn all(k: f64) -> Vec<Box<dyn Forecast>> {
    let mut all = baselines();
    all.push(Box::new(True(k)));
    all
}

fn run(log: Vec<Interaction>, request: impl Fn(&History) -> BacktestRequest) -> Backtest {
    let history = History::new(log);
    backtest(&history, &request(&history), &|| all(K), &mut |_, _| ()).unwrap()
}

fn against_true(history: &History) -> BacktestRequest {
    let mut request = BacktestRequest::new(60.0, default_cuts(history, 60.0).unwrap());
    request.reference = Some("true".to_owned());
    request
}

fn value(result: &Backtest, name: &str, metric: Metric) -> f64 {
    let forecast = result.pooled.iter().find(|one| one.name == name).unwrap();
    forecast.get(metric).unwrap().value.unwrap()
}

#[test]
fn the_true_law_wins() {
    let result = run(world(2_000, K), against_true);
    assert_eq!((result.cuts.len(), result.replicates), (3, 200));
    for rule in result.pooled.iter().filter(|rule| rule.name != "true") {
        for metric in [
            Metric::Auc,
            Metric::AucRecent,
            Metric::AveragePrecision,
            Metric::LogLoss,
            Metric::Brier,
        ] {
            let compared = rule.get(metric).unwrap().compared.unwrap();
            let lost = (0.0 < compared.by) == metric.is_loss();
            assert!(lost, "{} {metric:?} {compared:?}", rule.name);
        }
        assert_ne!(rule.get(Metric::LogLoss).unwrap().compared.unwrap().is, Difference::Better);
    }
    let truth = result.pooled.last().unwrap();
    let days_since = &result.pooled[1];
    assert_eq!(days_since.get(Metric::Auc).unwrap().compared.unwrap().is, Difference::Worse);
    assert!(value(&result, "true", Metric::CalibrationError) < 0.02);
    let inside = |row: &&crate::ReliabilityRow| {
        row.interval.0 <= row.predicted && row.predicted <= row.interval.1
    };
    assert!(8 <= truth.reliability.iter().filter(inside).count(), "{:?}", truth.reliability);
    let (ours, theirs) = (truth.warnings, days_since.warnings);
    assert_eq!((ours.alive, ours.lapses), (theirs.alive, theirs.lapses));
    assert!(
        theirs.hits < ours.hits && theirs.hits_by_chance() < theirs.hits,
        "{ours:?} {theirs:?}"
    );
}

#[test]
fn the_order_of_the_log_changes_nothing() {
    let log = world(400, K);
    let mut mixed = log.clone();
    let mut random = Random::new(5);
    mixed.sort_by_cached_key(|_| random.bits());
    assert_ne!(log, mixed);
    assert_eq!(run(log, against_true), run(mixed, against_true));
}

#[test]
fn without_signal_all_is_noise() {
    // Everybody meets by the same lot, once in sixty days, whatever happened before.
    let mut random = Random::new(3);
    let mut log = Vec::new();
    for pair in 0..1_500 {
        let mut at = 0.0;
        while at < 400.0 {
            log.push(contact(at, AccountId::new(pair % 50), AccountId::new(50 + pair)));
            at += -60.0 * (1.0 - random.unit()).ln();
        }
    }
    let result = run(log, |history| {
        let mut request = BacktestRequest::new(30.0, default_cuts(history, 30.0).unwrap());
        request.reference = Some("days since".to_owned());
        request
    });
    for rule in &result.pooled {
        let auc = rule.get(Metric::Auc).unwrap();
        assert!((auc.value.unwrap() - 0.5).abs() < 0.03, "{} {auc:?}", rule.name);
        let is = auc.compared.map_or(Difference::Noise, |compared| compared.is);
        assert_eq!(is, Difference::Noise, "{} {auc:?}", rule.name);
    }
}

/// What the tie was, and what was said of it.
type Said = Rc<RefCell<Vec<(usize, u64)>>>;

/// Says what a rule says and writes it down.
struct Spy(Box<dyn Forecast>, Said);

impl Forecast for Spy {
    fn name(&self) -> &'static str {
        "spy"
    }

    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        self.0.learn(examples, horizon_days);
    }

    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        let said = self.0.contact_within(tie, days);
        self.1.borrow_mut().push((tie.days.len(), said.to_bits()));
        said
    }

    fn rank(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.0.rank(tie, days)
    }
}

#[test]
fn what_came_after_the_cut_is_never_learned() {
    let log = world(400, K);
    let cut = Moment::from_unix_ms(START).plus_days(900.0).day();
    let before: Vec<_> = log.iter().copied().filter(|it| it.at < cut.start()).collect();
    // After the cut everybody meets daily in one world; in the other nobody but strangers do.
    let pairs: Vec<_> = log.iter().map(|it| (it.from, it.to)).collect();
    let busy = pairs.iter().map(|(from, to)| contact(930.0, *from, *to));
    let quiet = [contact(965.0, AccountId::new(9_000), AccountId::new(9_001))];
    let said = |after: Vec<Interaction>| {
        let history = History::new([before.clone(), after].concat());
        let said = Said::default();
        let spies = || {
            let spy = |one| Box::new(Spy(one, Rc::clone(&said))) as Box<dyn Forecast>;
            baselines().into_iter().map(spy).collect()
        };
        let request = BacktestRequest::new(60.0, vec![cut]);
        let result = backtest(&history, &request, &spies, &mut |_, _| ()).unwrap();
        (result.contacts, said.take())
    };
    let (busy, quiet) = (said([busy.collect(), quiet.to_vec()].concat()), said(quiet.to_vec()));
    assert_eq!((busy.0 * baselines().len(), quiet.0), (busy.1.len(), 0));
    assert_eq!(busy.1, quiet.1);
}

#[test]
fn learning_is_over_at_the_cut() {
    let cut = Day::from_number(1_000);
    let (from, to) = (AccountId::new(1), AccountId::new(2));
    let (at, kind) = (Day::from_number(1).start(), InteractionKind::Reply);
    let history = History::new(vec![Interaction { at, from, to, kind }]);
    let days = |factors| -> Vec<_> {
        history.learning_days(cut, 90.5, factors).into_iter().map(Day::number).collect()
    };
    assert_eq!(days(&[1.0, 2.0, 0.5, 1.5]), [819, 864, 909]);
}

#[test]
fn a_thin_tail_is_not_tested_on() {
    let busy =
        (0..2_000).map(|n| contact(f64::from(n) / 5.0, AccountId::new(n % 9), AccountId::new(9)));
    let thin =
        (0..4).map(|n| contact(f64::from(400 + 100 * n), AccountId::new(0), AccountId::new(9)));
    let last = |history: &History, horizon| {
        let last = *default_cuts(history, horizon).unwrap().last().unwrap();
        last.days_since(history.first().unwrap().day())
    };
    let whole = History::new(busy.clone().chain(thin).collect());
    // The last hundredth began on day 396 and took 304 days: longer than sixty, so it ends there.
    assert_eq!(last(&whole, 60.0), 336);
    // Without the tail the last hundredth took four days.
    assert_eq!(last(&History::new(busy.collect()), 60.0), 339);
}

#[test]
fn only_the_egos_count() {
    let ego = AccountId::new(7);
    let result = run(world(600, K), |history| BacktestRequest {
        egos: Some(vec![ego]),
        ..BacktestRequest::new(60.0, default_cuts(history, 60.0).unwrap())
    });
    assert!(result.cuts.iter().all(|cut| 0 < cut.ties && cut.ties <= 10));
    assert!(result.pooled.iter().all(|one| one.measured.iter().all(|one| one.compared.is_none())));
}

#[test]
fn what_cannot_be_tested_is_said() {
    let history = History::new(world(50, K));
    let end = history.last().unwrap().day();
    let told = |request: &BacktestRequest| {
        let result = backtest(&history, request, &|| all(K), &mut |_, _| ());
        result.unwrap_err().to_string()
    };
    assert_eq!(told(&BacktestRequest::new(30.0, vec![])), "no cut was given");
    let late = format!(
        "what came after the cut at day {} since 1970-01-01 is not known yet",
        end.number()
    );
    assert_eq!(told(&BacktestRequest::new(30.0, vec![end])), late);
    let early = BacktestRequest::new(30.0, vec![Day::from_number(0)]);
    assert_eq!(told(&early), "no tie had enough interactions before any cut");
    let named = BacktestRequest { reference: Some("oracle".to_owned()), ..early };
    assert_eq!(told(&named), "no forecast is called 'oracle'");
    let short = default_cuts(&history, 300.0).unwrap_err().to_string();
    assert!(short.ends_with("and a test of this horizon needs 1500"), "{short}");
    assert!(default_cuts(&history, f64::NAN).is_err());
    let steps = RefCell::new(Vec::new());
    let request = BacktestRequest::new(30.0, default_cuts(&history, 30.0).unwrap());
    let mut progress = |done, of| steps.borrow_mut().push((done, of));
    backtest(&history, &request, &|| all(K), &mut progress).unwrap();
    assert_eq!(steps.take().last(), Some(&(36, 36)));
}
