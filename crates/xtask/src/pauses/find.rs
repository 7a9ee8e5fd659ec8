//! Who really paused in a log, who went on, and what of their ties was left: what the forecast of a pause is held against.
//!
//! The log is looked at every seven days. Somebody with ten ties or more who had been writing and then wrote to nobody
//! for sixty days has paused; what was known of their ties is taken from the look before, so nothing of the pause is in
//! it. A tie is left if it had contact within half a year of the moment asked about, or as much of that as the log holds.

use std::collections::BTreeMap;

use rin_core::{
    AccountId, AtRisk, Conduct, Day, Example, History, LawPrior, Minutes, Moment, PartyId,
    StayingLaw, Window,
};

/// Days from one look at the log to the next.
const STEP: i32 = 7;
/// Days without anything written that are a pause.
const PAUSE: f64 = 60.0;
/// Ties whoever is looked at has at least.
const LEAST_TIES: usize = 10;
/// Days of silence after which a tie is no longer counted among those that could be lost.
const DORMANT: f64 = 365.0;
/// Half a year, after which what is left is counted.
const HORIZON: f64 = 180.0;
/// Less than this after the moment asked about shows nothing.
const LEAST_HORIZON: f64 = 30.0;
/// Days after which the law is learned anew.
const RENEWED: i64 = 28;
/// Who did not pause is looked at once in so many looks.
const CONTROL_STEP: usize = 4;

/// Somebody at a moment, and what became of their ties.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) who: AccountId,
    pub(super) conduct: Conduct,
    /// Days from the look to the moment asked about.
    pub(super) days: f64,
    /// Days after that in which contact counts.
    pub(super) horizon_days: f64,
    /// Each tie's *z* by the law of staying alone, and whether it was left.
    pub(super) ties: Vec<(f64, bool)>,
    /// The ties as the forecast takes them.
    pub(super) at_risk: Vec<AtRisk>,
}

/// Finds every case in a log.
pub(super) fn cases(history: &History, prior: &LawPrior) -> Vec<Case> {
    let Some((first, last)) = history.first().zip(end(history)) else { return Vec::new() };
    let written = written(history);
    let mut laws = Laws { history, prior, first, kept: None };
    let mut found = Vec::new();
    let days = (1..).map(|n| first.plus_days(f64::from(n * STEP)).day());
    for (number, cut) in days.take_while(|day| day.start() < last).enumerate() {
        let asked = asked(&written, cut, last, number);
        if asked.is_empty() {
            continue;
        }
        let law = laws.at(cut);
        let examples = history.examples(cut, 0.0, 2);
        for one in asked {
            found.extend(case(history, &examples, &law, one, last));
        }
    }
    found
}

/// Whom to look at, and when to count.
#[derive(Clone, Copy, Debug)]
struct Asked {
    who: AccountId,
    conduct: Conduct,
    from: Moment,
    until: Moment,
}

/// Returns who wrote when, ascending.
fn written(history: &History) -> BTreeMap<AccountId, Vec<Moment>> {
    let mut written: BTreeMap<AccountId, Vec<Moment>> = BTreeMap::new();
    for it in history.log() {
        written.entry(it.from).or_default().push(it.at);
    }
    for moments in written.values_mut() {
        moments.sort_unstable();
    }
    written
}

/// Returns who had been writing until a look and what they did then.
fn asked(
    written: &BTreeMap<AccountId, Vec<Moment>>,
    cut: Day,
    last: Moment,
    number: usize,
) -> Vec<Asked> {
    let from = cut.start();
    let mut asked = Vec::new();
    for (who, moments) in written {
        let next = moments.partition_point(|at| *at < from);
        let Some(before) = next.checked_sub(1).and_then(|at| moments.get(at)) else { continue };
        if f64::from(STEP) < from.days_since(*before) {
            continue;
        }
        let next = moments.get(next).copied();
        let silent = next.unwrap_or(last).days_since(from);
        if PAUSE <= silent {
            let one = Asked { who: *who, conduct: Conduct::Returned, from, until: from };
            asked.extend(next.map(|until| Asked { until, ..one }));
            // Of a silence as much is asked about as leaves half a year of it to count, at a month drawn by lot.
            let most = if next.is_some() { silent - HORIZON } else { silent - LEAST_HORIZON };
            if 0.0 <= most {
                let until =
                    from.plus_days(30.0 * f64::from(who.get() % 13).min((most / 30.0).floor()));
                asked.push(Asked { conduct: Conduct::Silent, until, ..one });
            }
        } else if number % CONTROL_STEP == who.index() % CONTROL_STEP {
            let days = 30.0 * f64::from(who.get() % 13);
            let until = from.plus_days(days);
            let end = until.plus_days(HORIZON).min(last);
            if goes_on(moments, from, end) {
                asked.push(Asked { who: *who, conduct: Conduct::Engaged, from, until });
            }
        }
    }
    asked
}

/// Whether somebody wrote on without a pause.
fn goes_on(moments: &[Moment], from: Moment, end: Moment) -> bool {
    let start = moments.partition_point(|at| *at < from);
    let mut before = from;
    for at in moments.get(start..).unwrap_or_default() {
        if PAUSE <= at.days_since(before) {
            return false;
        }
        before = *at;
        if end <= before {
            return true;
        }
    }
    end.days_since(before) < PAUSE
}

fn case(
    history: &History,
    examples: &[Example<'_>],
    law: &StayingLaw,
    asked: Asked,
    last: Moment,
) -> Option<Case> {
    let horizon_days = last.days_since(asked.until).min(HORIZON);
    if horizon_days < LEAST_HORIZON {
        return None;
    }
    let days = asked.until.days_since(asked.from);
    let window = Window::new(asked.until, asked.until.plus_days(horizon_days));
    let (mut ties, mut at_risk) = (Vec::new(), Vec::new());
    for example in examples {
        let (one, other) = example.pair;
        if (one != asked.who && other != asked.who) || DORMANT < example.tie.silence_days() {
            continue;
        }
        let tie = AtRisk {
            party: PartyId::new(0),
            staying: law.staying(&example.tie),
            silence_days: example.tie.silence_days(),
            contact_days: example.tie.contact_days(),
            importance: 1.0,
            minutes: Minutes::ZERO,
        };
        ties.push((tie.unforced(days, horizon_days), history.had_contact(example.pair, window)));
        at_risk.push(tie);
    }
    (LEAST_TIES <= ties.len()).then_some(Case {
        who: asked.who,
        conduct: asked.conduct,
        days,
        horizon_days,
        ties,
        at_risk,
    })
}

/// The law as it would have been learned, renewed every four weeks.
struct Laws<'a> {
    history: &'a History,
    prior: &'a LawPrior,
    first: Moment,
    kept: Option<(Day, StayingLaw)>,
}

impl Laws<'_> {
    fn at(&mut self, cut: Day) -> StayingLaw {
        if let Some((learned, law)) = &self.kept
            && cut.days_since(*learned) < RENEWED
        {
            return law.clone();
        }
        let past = cut.start().days_since(self.first);
        let horizon = [180.0, 90.0, 60.0, 30.0].into_iter().find(|days| 3.0 * days <= past);
        let law = horizon.map_or_else(
            || StayingLaw::before(self.prior),
            |days| {
                let past = [1.0, 1.5, 2.0].map(|factor| {
                    let day = cut.start().plus_days(-factor * days).day();
                    self.history.examples(day, days, 2)
                });
                StayingLaw::learn_from(self.prior, &past.concat(), days)
            },
        );
        self.kept = Some((cut, law.clone()));
        law
    }
}

/// Returns when ninety-nine in a hundred interactions lie behind: a log that thins out shows no silence, it ends.
fn end(history: &History) -> Option<Moment> {
    let mut all: Vec<Moment> = history.log().iter().map(|it| it.at).collect();
    all.sort_unstable();
    all.get(all.len() * 99 / 100).copied()
}
