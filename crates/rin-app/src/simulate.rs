//! Which way of spending minutes keeps most ties alive: a year of one's own network, lived through with each.
//!
//! Contact that comes by itself follows what the network's own past shows, and where that is too little what public
//! networks have in common; each way meets the same luck, several years of it. The figures are of a world as it was
//! fitted: which way is better is surer than how many ties it keeps.

mod at_once;
mod error;
mod verdict;
mod view;
mod years;

use std::path::{Path, PathBuf};

use rin_core::{
    AccountId, AnswerLaw, Day, Hawkes, History, Knowledge, Minutes, Moment, World, WorldDraw,
};

pub(crate) use self::{
    at_once::all_at_once,
    verdict::{LUCK, TOO_SHORT},
    view::estimate,
};
pub use self::{
    error::SimulateError,
    view::{ContactView, EstimateView, SimulatedPolicyView, SimulationSourceView, SimulationView},
};
use crate::{
    Lang, Session, SessionError,
    calibrate::history,
    log_file,
    people::{People, US},
    platform::common_staying_power,
};

/// Fewer contact days after a tie's first than this teach no network of its own.
const LEAST_REPEATS: usize = 200;
/// Of more ties than this a sample is lived through, so that it takes seconds.
const MOST_TIES: usize = 5_000;
/// Longest horizon of the examples learned from, in days.
const LEARN_DAYS: f64 = 180.0;
/// So many of them must lie in the past.
const LEARN_PARTS: f64 = 3.0;

/// What is to be lived through.
#[derive(Clone, PartialEq, Debug)]
pub struct SimulateRequest {
    /// Which network.
    pub network: SimulatedNetwork,
    /// The budget of a week; `None` for the setting in `rin.toml`.
    pub minutes: Option<Minutes>,
    /// What one contact costs; above zero.
    pub minutes_a_touch: Minutes,
    /// How many days are lived through.
    pub days: u32,
    /// How often, each time with other luck; two or more show intervals.
    pub years: u32,
    /// Where the drawing starts.
    pub seed: u64,
    /// Whether ties matter unequally: importance is drawn, lognormal.
    pub is_unequal: bool,
    /// The moment from which is lived; what happened later is left out.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Which network is lived through.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SimulatedNetwork {
    /// The user's own, out of the store.
    Own,
    /// The log in a file, everybody's ties.
    File(PathBuf),
    /// A made-up one of so many ties.
    Generated(usize),
}

/// A network ready to be lived through.
pub(crate) struct Ready {
    /// Its ties are named by us and the other party's node.
    pub(crate) world: World,
    /// What our planner knows of it.
    pub(crate) knowledge: Knowledge,
    /// `network`, `file` or `generated`.
    kind: &'static str,
    name: String,
    /// Ties left out because they have been silent for too long.
    dormant: usize,
    /// Ties that the sample leaves out.
    left_out: usize,
    /// Whether contact by itself was learned from its own past.
    pub(crate) is_learned: bool,
}

impl Ready {
    /// Takes a sample if there are more ties than that: they come in the order of a lot, so the first ones are one.
    pub(crate) fn sampled(mut self, most: usize) -> Self {
        let all = self.world.ties.len();
        self.world.ties.truncate(most);
        self.left_out += all - self.world.ties.len();
        self
    }
}

impl Session {
    /// Lives through a year of a network under each way of spending the minutes; `progress` hears how many years of how
    /// many are done.
    ///
    /// # Errors
    /// [`SessionError`] if the store or the file cannot be read, or nobody is in it.
    pub fn simulate(
        &self,
        request: &SimulateRequest,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<SimulationView, SessionError> {
        let plan = &self.config.plan;
        let horizon = self.config.forecast.horizon_days;
        let ready = match &request.network {
            SimulatedNetwork::Own => self
                .own_network(request.now, (request.seed, request.is_unequal))?
                .sampled(MOST_TIES),
            SimulatedNetwork::File(path) => file(path, request, plan.dormant_after_days)?,
            SimulatedNetwork::Generated(ties) => generated(*ties, request),
        };
        let minutes = request.minutes.unwrap_or_else(|| Minutes::new(plan.minutes_per_week));
        Ok(lived(ready, request, (minutes, horizon), progress)?)
    }

    /// Returns the user's own network as of a moment, all of it, ready to be lived through.
    pub(crate) fn own_network(
        &self,
        now: Moment,
        drawn: (u64, bool),
    ) -> Result<Ready, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        if people.own.is_empty() {
            return Err(SimulateError::NoOwn.into());
        }
        let history = history(&reader, &people)?;
        let start = people.covered_until(now).unwrap_or(now).day();
        let past = Past {
            history: &history,
            egos: Some(&[US]),
            start: following(start),
            dormant_days: self.config.plan.dormant_after_days,
            k: common_staying_power(people.platforms.values()),
        };
        Ok(past.ready(drawn, "network", self.shown_dir()))
    }
}

/// Lives through a log in a file or a made-up network, with no folder of one's own.
///
/// # Errors
/// [`SimulateError`] if the file cannot be read, nobody is in it, or one's own network was asked for.
pub fn simulate_without_session(
    request: &SimulateRequest,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<SimulationView, SimulateError> {
    let config = crate::Config::default();
    let ready = match &request.network {
        SimulatedNetwork::Own => return Err(SimulateError::NoOwn),
        SimulatedNetwork::File(path) => file(path, request, config.plan.dormant_after_days)?,
        SimulatedNetwork::Generated(ties) => generated(*ties, request),
    };
    let minutes = Minutes::new(config.plan.minutes_per_week);
    let minutes = request.minutes.unwrap_or(minutes);
    lived(ready, request, (minutes, config.forecast.horizon_days), progress)
}

fn lived(
    mut ready: Ready,
    request: &SimulateRequest,
    (minutes, horizon_days): (Minutes, f64),
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<SimulationView, SimulateError> {
    if ready.world.ties.is_empty() {
        return Err(SimulateError::Nobody { name: ready.name, dormant: ready.dormant });
    }
    ready.knowledge.model.horizon_days = horizon_days;
    let a_touch = request.minutes_a_touch.max(Minutes::from_seconds(1));
    let year = rin_core::SimulationRequest {
        days: request.days,
        touches_a_day: minutes.get() / a_touch.get() / 7.0,
        horizon_days,
        ..rin_core::SimulationRequest::default()
    };
    let seeds: Vec<u64> =
        (0..u64::from(request.years)).map(|year| request.seed.wrapping_add(year)).collect();
    let years = years::live(&ready, &year, &seeds, progress);
    Ok(view::view(&ready, request, (minutes, &year), &years))
}

/// A past that a network is made of.
struct Past<'a> {
    history: &'a History,
    egos: Option<&'a [AccountId]>,
    start: Day,
    dormant_days: f64,
    k: Option<f64>,
}

impl Past<'_> {
    /// Makes it ready; drawn are the order of the ties and, if they matter unequally, how much.
    fn ready(&self, (seed, is_unequal): (u64, bool), kind: &'static str, name: String) -> Ready {
        let span = self.history.first().map_or(0.0, |first| self.start.start().days_since(first));
        let mut knowledge =
            Knowledge::learned(self.history, self.start, LEARN_DAYS.min(span / LEARN_PARTS));
        knowledge.k = self.k.unwrap_or(knowledge.k);
        let (organic, is_learned) = self.contact();
        if !is_learned {
            knowledge.hawkes = organic;
        }
        let drawn = |dormant_days| {
            let draw = WorldDraw {
                egos: self.egos,
                start: self.start,
                ties: usize::MAX,
                dormant_days,
                is_unequal,
                seed,
            };
            World::drawn(self.history, &draw, organic, knowledge.answers)
        };
        let world = drawn(self.dormant_days);
        let dormant = drawn(f64::INFINITY).ties.len() - world.ties.len();
        Ready { world, knowledge, kind, name, dormant, left_out: 0, is_learned }
    }

    /// Returns how contact comes by itself: by these ties' own past if there is enough of it.
    fn contact(&self) -> (Hawkes, bool) {
        let ours = |ends: (AccountId, AccountId)| {
            self.egos.is_none_or(|egos| egos.contains(&ends.0) || egos.contains(&ends.1))
        };
        let examples = self.history.examples(self.start, 1.0, 2);
        let ties = || examples.iter().filter(|one| ours(one.pair)).map(|one| one.tie);
        let repeats: usize = ties().map(|tie| tie.days.len() - 1).sum();
        let fitted = (LEAST_REPEATS <= repeats).then(|| Hawkes::fit(ties())).flatten();
        fitted.map_or((World::COMMON_CONTACT, false), |organic| (organic, true))
    }
}

fn file(path: &Path, request: &SimulateRequest, dormant_days: f64) -> Result<Ready, SimulateError> {
    let log = log_file::read(path)?;
    let interactions = log.interactions.into_iter().filter(|it| it.at <= request.now).collect();
    let history = History::new(interactions);
    let name = path.display().to_string();
    let Some(last) = history.last() else {
        return Err(SimulateError::Nobody { name, dormant: 0 });
    };
    let start = following(last.day());
    let past = Past { history: &history, egos: None, start, dormant_days, k: None };
    Ok(past.ready((request.seed, request.is_unequal), "file", name).sampled(MOST_TIES))
}

fn generated(ties: usize, request: &SimulateRequest) -> Ready {
    let draw = WorldDraw {
        egos: None,
        start: request.now.day(),
        ties,
        dormant_days: 365.0,
        is_unequal: request.is_unequal,
        seed: request.seed,
    };
    let world = World::generated(&draw, AnswerLaw::default());
    let knowledge = Knowledge { hawkes: world.organic, ..Knowledge::default() };
    Ready {
        world,
        knowledge,
        kind: "generated",
        name: String::new(),
        dormant: 0,
        left_out: 0,
        is_learned: false,
    }
}

/// Returns the day after, so that what happened on a day is past.
fn following(day: Day) -> Day {
    Day::from_number(day.number().saturating_add(1))
}

#[cfg(test)]
mod tests;
