//! Drawn worlds in which what a campaign brought is known, so that what is said of it can be checked.
//!
//! Ties come at a rate that wanders from week to week, live for a time with a hazard that falls with age, as ties do, and are
//! in contact until the day they end. A campaign adds some, whose hazard is a multiple of the others'.

use super::Random;
use crate::{
    Cost, Counted, Coverage, Day, Direction, EffectRequest, ForecastModel, InteractionKind,
    InteractionKinds, Minutes, PartyId, SILENCE_DAYS, TieState, Window, WonTie,
};

/// First day of every such world.
const START: i32 = 18_000;
/// Days from its first to the campaign's first.
const BEFORE: i32 = 560;
/// Days of the campaign.
const LENGTH: i32 = 42;
/// Days from the campaign's end to the end of what is known.
const AFTER: i32 = 545;
/// Its id.
const CAMPAIGN: &str = "campaign";

/// What is true of a world.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Truth {
    /// Ties that the campaign wins on average and nothing else would have.
    pub extra: u32,
    /// Their hazard over that of others.
    pub hazard_ratio: f64,
    /// Ties that come anyway, a week.
    pub weekly: f64,
    /// Standard deviation of the logarithm of that rate, which wanders from week to week.
    pub wandering: f64,
    /// Correlation of the rate with that of the week before.
    pub memory: f64,
    /// Weibull shape of a life: below 1 the hazard falls with age.
    pub shape: f64,
    /// Weibull scale of a life, in days.
    pub scale_days: f64,
}

impl Truth {
    /// A campaign that wins ties which end twice as fast as others.
    pub const fn short_lived(extra: u32) -> Self {
        Self { hazard_ratio: 2.0, ..Self::alike(extra) }
    }

    /// A campaign that wins ties like any others.
    pub const fn alike(extra: u32) -> Self {
        Self {
            extra,
            hazard_ratio: 1.0,
            weekly: 10.0,
            wandering: 0.2,
            memory: 0.3,
            shape: 0.7,
            scale_days: 90.0,
        }
    }

    /// A campaign that does nothing: what comes in its window would have come.
    pub const fn no_effect() -> Self {
        Self::alike(0)
    }

    /// Returns the true mean life within so many whole days, of ties won by the campaign or otherwise.
    pub fn mean_within(&self, days: u32, is_campaign: bool) -> f64 {
        let ratio = if is_campaign { self.hazard_ratio } else { 1.0 };
        // A life counts the day it began, so it is longer than d whole days if the tie lived for d.
        (0..days).map(|d| (-ratio * (f64::from(d) / self.scale_days).powf(self.shape)).exp()).sum()
    }

    /// Returns by how many ties a week the campaign's weeks are above the others.
    pub fn lift(&self) -> f64 {
        7.0 * f64::from(self.extra) / f64::from(LENGTH)
    }
}

/// A drawn world.
#[derive(Clone, Debug)]
pub struct CampaignWorld {
    ties: Vec<Drawn>,
    interactions: Vec<Counted>,
    model: ForecastModel,
    is_by_dates: bool,
}

#[derive(Clone, Debug)]
struct Drawn {
    won: Day,
    is_extra: bool,
    state: TieState,
}

impl CampaignWorld {
    /// Draws a world; the same truth and seed give the same one.
    pub fn draw(truth: &Truth, seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut ties = Vec::new();
        let total = BEFORE + LENGTH + AFTER;
        let mut level = normal(&mut random);
        for week in 0..total.div_euclid(7) {
            let rate = truth.weekly * (truth.wandering * level).exp();
            level = truth.memory * level
                + (1.0 - truth.memory * truth.memory).sqrt() * normal(&mut random);
            for _ in 0..poisson(&mut random, rate) {
                let won = START + 7 * week + below(&mut random, 7);
                ties.push(drawn(&mut random, truth, won, false));
            }
        }
        for _ in 0..poisson(&mut random, f64::from(truth.extra)) {
            let won = START + BEFORE + below(&mut random, LENGTH);
            ties.push(drawn(&mut random, truth, won, true));
        }
        let mut interactions = Vec::new();
        for tie in &ties {
            let days = tie.state.days().iter();
            interactions
                .extend(days.map(|day| Counted { day: day.day, count: day.sent + day.received }));
        }
        let is_by_dates = truth.extra == 0;
        Self { ties, interactions, model: ForecastModel::by_sqrt_rule(1.0), is_by_dates }
    }

    /// Returns the window of the campaign.
    pub fn window() -> Window {
        window(START + BEFORE, START + BEFORE + LENGTH)
    }

    /// Returns the ties as they would be reported; those a campaign without any is credited with began in its window.
    pub fn ties(&self) -> Vec<WonTie<'_>> {
        let received = InteractionKinds::ALL;
        let coverage = Coverage { received, sent: received, ..Coverage::default() };
        let is_within = |tie: &Drawn| Self::window().contains(tie.won.start());
        let is_won = |tie: &Drawn| tie.is_extra || self.is_by_dates && is_within(tie);
        let numbered = (0..).zip(&self.ties);
        let tie = numbered.map(|(number, tie)| WonTie {
            party: PartyId::new(number),
            won: tie.won,
            origin: is_won(tie).then_some(CAMPAIGN),
            state: &tie.state,
            coverage,
        });
        tie.collect()
    }

    /// Returns the question what the campaign brought, of ties that [`Self::ties`] returned.
    pub fn request<'a>(&'a self, ties: &'a [WonTie<'a>]) -> EffectRequest<'a> {
        EffectRequest {
            campaign: CAMPAIGN,
            window: Self::window(),
            others: &[],
            ties,
            known: window(START, START + BEFORE + LENGTH + AFTER),
            silence_days: SILENCE_DAYS,
            interactions: &self.interactions,
            control_ties: None,
            control_interactions: None,
            cost: Cost { minutes: Some(Minutes::new(1_800.0)), money: Some(400.0) },
            model: &self.model,
        }
    }
}

fn window(from: i32, to: i32) -> Window {
    Window::new(Day::from_number(from).start(), Day::from_number(to).start())
}

/// Draws a tie that begins on a day, with contacts until it ends and no silence that would end it earlier.
fn drawn(random: &mut Random, truth: &Truth, won: i32, is_extra: bool) -> Drawn {
    let ratio = if is_extra { truth.hazard_ratio } else { 1.0 };
    let life = truth.scale_days * (exponential(random) / ratio).powf(1.0 / truth.shape);
    let won = Day::from_number(won);
    let mut state = TieState::default();
    let mut add = |days: f64, direction| {
        state.add(won.start().plus_days(days), direction, InteractionKind::Reply);
    };
    let mut at = 0.0;
    // Beyond a hundred years nothing is known anyway.
    while at < life.min(4_000.0) {
        add(at, if random.below(2) == 0 { Direction::Sent } else { Direction::Received });
        at += (21.0 * exponential(random)).clamp(0.2, 150.0);
    }
    add(life.min(4_000.0), Direction::Received);
    Drawn { won, is_extra, state }
}

fn exponential(random: &mut Random) -> f64 {
    -(1.0 - random.unit()).ln()
}

/// Draws a standard normal value (Box and Muller 1958).
fn normal(random: &mut Random) -> f64 {
    let radius = (2.0 * exponential(random)).sqrt();
    radius * (std::f64::consts::TAU * random.unit()).cos()
}

/// Draws a count by adding up exponential waiting times.
fn poisson(random: &mut Random, mean: f64) -> u32 {
    let (mut count, mut waited) = (0, exponential(random));
    while waited < mean {
        count += 1;
        waited += exponential(random);
    }
    count
}

fn below(random: &mut Random, end: i32) -> i32 {
    let drawn = random.below(u64::from(end.unsigned_abs()));
    i32::try_from(drawn).unwrap_or_default()
}
