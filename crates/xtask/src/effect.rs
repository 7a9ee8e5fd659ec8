//! `cargo xtask effect`: how often what is said of a campaign is true, in drawn worlds where the truth is known.
//!
//! The table of docs/METHODS.md comes from it. An error in one world in twenty is what is promised, so it takes two thousand
//! worlds to tell it from one in sixteen.

use std::{sync::Mutex, thread};

use rin_core::{
    Effect, Interval, Outcome, effect,
    testing::{CampaignWorld, Truth},
};

/// Worlds that are drawn if nothing else is said.
pub(crate) const WORLDS: u64 = 2_000;

/// A kind of campaign.
struct Case {
    name: &'static str,
    truth: Truth,
}

/// How often something was said or held.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    worlds: u32,
    shorter: u32,
    longer: u32,
    more: u32,
    fewer: u32,
    false_alarm: u32,
    ratio: Share,
    mean: Share,
    lift: Share,
}

/// How many intervals held the truth.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    held: u32,
    of: u32,
}

/// Draws worlds of every kind and prints how often what was said of them is true.
pub(crate) fn run(worlds: u64) {
    println!(
        "| campaign | ties last shorter | longer | more won | fewer | false alarm | interval of the hazard ratio | of \
         the mean life | of the ties a week |\n|---|---|---|---|---|---|---|---|---|"
    );
    for case in cases() {
        let tally = tally(&case.truth, worlds);
        let share = |n: u32| format!("{:.3}", f64::from(n) / f64::from(tally.worlds.max(1)));
        let cells = [
            share(tally.shorter),
            share(tally.longer),
            share(tally.more),
            share(tally.fewer),
            share(tally.false_alarm),
            tally.ratio.print(),
            tally.mean.print(),
            tally.lift.print(),
        ];
        println!("| {} | {} |", case.name, cells.join(" | "));
    }
}

fn cases() -> Vec<Case> {
    let case = |name, truth| Case { name, truth };
    let steady = |truth| Truth { wandering: 0.0, memory: 0.0, ..truth };
    let brief = |truth| Truth { shape: 0.5, scale_days: 30.0, ..truth };
    let lively = |truth| Truth { wandering: 0.4, memory: 0.5, ..truth };
    vec![
        case("A: 150 ties, twice the hazard", Truth::short_lived(150)),
        case("B: 150 ties like others", Truth::alike(150)),
        case("C: no effect", Truth::no_effect()),
        case("A with 40 ties", Truth::short_lived(40)),
        case("B with 40 ties", Truth::alike(40)),
        case("A, steady weeks", steady(Truth::short_lived(150))),
        case("B, steady weeks", steady(Truth::alike(150))),
        case("C, steady weeks", steady(Truth::no_effect())),
        case("A, many ends on the first day", brief(Truth::short_lived(150))),
        case("B, many ends on the first day", brief(Truth::alike(150))),
        case("C, weeks that wander far", lively(Truth::no_effect())),
    ]
}

fn tally(truth: &Truth, worlds: u64) -> Tally {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let whole = Mutex::new(Tally::default());
    let work = |first: u64| {
        let mut part = Tally::default();
        for seed in (first..worlds).step_by(usize::try_from(threads).unwrap_or(1)) {
            let world = CampaignWorld::draw(truth, seed);
            part.add(truth, &effect(&world.request(&world.ties())));
        }
        if let Ok(mut whole) = whole.lock() {
            whole.join(part);
        }
    };
    thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || work(first));
        }
    });
    whole.into_inner().unwrap_or_default()
}

impl Tally {
    fn add(&mut self, truth: &Truth, found: &Effect) {
        let is = |outcome: Outcome, wanted: Outcome| u32::from(outcome == wanted);
        let (lasting, influx) = (found.lasting.outcome, found.influx.outcome);
        self.worlds += 1;
        self.shorter += is(lasting, Outcome::Worse);
        self.longer += is(lasting, Outcome::Better);
        self.more += is(influx, Outcome::Better);
        self.fewer += is(influx, Outcome::Worse);
        let is_said = |outcome: Outcome| matches!(outcome, Outcome::Better | Outcome::Worse);
        let is_alike = (truth.hazard_ratio - 1.0).abs() < 1e-9;
        let is_false = is_said(lasting) && is_alike || is_said(influx) && truth.extra == 0;
        self.false_alarm += u32::from(is_false);
        if let Some(hazard) = found.hazard {
            self.ratio.add(hazard.interval, truth.hazard_ratio);
        }
        if let Some(mean) = found.mean {
            let within = |is_ours| truth.mean_within(whole(mean.until_days), is_ours);
            self.mean.add(mean.interval, within(true) - within(false));
        }
        if let Ok(weeks) = &found.new_ties {
            self.lift.add(weeks.during.interval, truth.lift());
        }
    }

    fn join(&mut self, other: Self) {
        self.worlds += other.worlds;
        self.shorter += other.shorter;
        self.longer += other.longer;
        self.more += other.more;
        self.fewer += other.fewer;
        self.false_alarm += other.false_alarm;
        for (one, other) in [
            (&mut self.ratio, other.ratio),
            (&mut self.mean, other.mean),
            (&mut self.lift, other.lift),
        ] {
            one.held += other.held;
            one.of += other.of;
        }
    }
}

impl Share {
    fn add(&mut self, interval: Interval, truth: f64) {
        self.of += 1;
        self.held += u32::from(interval.low <= truth && truth <= interval.high);
    }

    fn print(self) -> String {
        if self.of == 0 {
            "–".to_owned()
        } else {
            format!("{:.3}", f64::from(self.held) / f64::from(self.of))
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days within a year")]
const fn whole(days: f64) -> u32 {
    days as u32
}
