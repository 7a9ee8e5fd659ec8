//! The four public networks of the protocol, each with its truth and with what a planner could know at its cut-off.

use std::path::Path;

use rin_core::{AnswerLaw, Day, Example, Hawkes, History, Knowledge, World, WorldDraw};

use crate::evaluate::read::read as read_log;

/// Ties of a world.
const TIES: usize = 1_000;
/// Longest silence in days.
const DORMANT_DAYS: f64 = 365.0;

/// A data set as the protocol fixes it.
struct Known {
    name: &'static str,
    file: &'static str,
    /// Days after the first row.
    cut: f64,
    /// Horizon of the examples that the law of staying is learned from, as long as the past allows.
    learn_days: f64,
    /// *k* of the √ rule.
    k: f64,
    /// Who answers in the world.
    answers: AnswerLaw,
}

/// Answers on public wall posts.
const WALL: AnswerLaw = AnswerLaw { level: -0.359, by_silence: -0.134, by_contact_days: 0.25 };

const KNOWN: [Known; 4] = [
    Known {
        name: "lean",
        file: "lean_zulip",
        cut: 2_150.0,
        learn_days: 180.0,
        k: 0.6,
        answers: AnswerLaw { level: 0.912, by_silence: -0.262, by_contact_days: 0.199 },
    },
    Known { name: "fb", file: "fb_wall", cut: 270.0, learn_days: 90.0, k: 1.0, answers: WALL },
    Known {
        name: "eu",
        file: "eu_email",
        cut: 340.0,
        learn_days: 150.0,
        k: 1.5,
        answers: AnswerLaw { level: -0.555, by_silence: -0.207, by_contact_days: 0.25 },
    },
    // Review trailers say who reviewed, not who answered: answers are those of wall posts.
    Known {
        name: "uboot",
        file: "uboot_reviews",
        cut: 6_200.0,
        learn_days: 180.0,
        k: 0.5,
        answers: WALL,
    },
];

/// A network with its truth.
#[derive(Debug)]
pub(super) struct Set {
    pub(super) name: &'static str,
    pub(super) knowledge: Knowledge,
    history: History,
    start: Day,
    organic: Hawkes,
    answers: AnswerLaw,
}

impl Set {
    /// Draws the world of a seed.
    pub(super) fn world(&self, is_unequal: bool, seed: u64) -> World {
        let draw = WorldDraw {
            egos: None,
            start: self.start,
            ties: TIES,
            dormant_days: DORMANT_DAYS,
            is_unequal,
            seed,
        };
        World::drawn(&self.history, &draw, self.organic, self.answers)
    }

    /// Returns the truth and what was learned, in a line.
    pub(super) fn about(&self) -> String {
        let hawkes = |model: &Hawkes| {
            let weights = model.weights.map(|weight| format!("{weight:.2}")).join(", ");
            format!("base {:.5}, weights {weights}", model.base)
        };
        let law = |law: &AnswerLaw| {
            format!("{:.3}, {:.3}, {:.3}", law.level, law.by_silence, law.by_contact_days)
        };
        format!(
            "{}: contact {} (learned before the cut-off: {}); answers {} (learned: {})",
            self.name,
            hawkes(&self.organic),
            hawkes(&self.knowledge.hawkes),
            law(&self.answers),
            law(&self.knowledge.answers),
        )
    }
}

/// Reads the sets and learns from them.
pub(super) fn read(dir: &Path) -> Result<Vec<Set>, String> {
    KNOWN.iter().map(|known| set(dir, known)).collect()
}

fn set(dir: &Path, known: &Known) -> Result<Set, String> {
    eprintln!("{}: reading", known.name);
    let history = read_log(&dir.join(format!("{}.csv.gz", known.file)))?;
    let is_empty = || format!("{}: nothing happened", known.file);
    let (first, last) = history.first().zip(history.last()).ok_or_else(is_empty)?;
    let start = first.plus_days(known.cut).day();
    let whole = history.examples(last.day(), 1.0, 2);
    let ties = whole.iter().map(|one: &Example<'_>| one.tie);
    let organic = Hawkes::fit(ties).ok_or_else(is_empty)?;
    let mut knowledge = Knowledge::learned(&history, start, known.learn_days);
    knowledge.k = known.k;
    Ok(Set { name: known.name, knowledge, start, organic, answers: known.answers, history })
}
