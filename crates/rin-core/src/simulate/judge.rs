//! What each policy thinks of a tie on a day: the higher, the sooner it is written to; none is not at all.

use super::{Knowledge, World, index, policy::Policy, seen::Seen};
use crate::{
    Staying, Touch,
    backtest::peers::{crowd_dev, life_os, orbit, own_gap, ping_crm, savannah},
    random::share,
};

/// Keeps a policy's lots apart from what happens by itself.
const LOTS: u64 = 0x5eed;
/// Layers of a fixed cadence: up to which rank, and every how many days.
const LAYERS: [(usize, f64); 4] = [(5, 7.0), (20, 14.0), (70, 30.0), (220, 90.0)];
/// How often everybody else is due, in days.
const OUTER: f64 = 180.0;
/// Saturation of the decay index: at this strength a tie is worth half.
const KAPPA: f64 = 1.0;
/// Half-life of the decay index in days.
const HALF_LIFE: f64 = 90.0;

/// A policy with all it may go by.
pub(super) struct Judge<'a> {
    pub(super) policy: Policy,
    pub(super) knowledge: &'a Knowledge,
    pub(super) world: &'a World,
    pub(super) seed: u64,
}

impl Judge<'_> {
    /// Returns what the policy thinks of a tie.
    pub(super) fn index(&self, seen: &Seen<'_>, number: u64) -> Option<f64> {
        let weight = seen.tie.importance;
        Some(match self.policy {
            Policy::Nothing => return None,
            Policy::Strongest => seen.tie.strength(),
            Policy::Cadence => return due(seen),
            Policy::RoundRobin => seen.since_touch().unwrap_or(f64::MAX),
            Policy::Random => share(self.seed ^ LOTS, number << 20 | u64::from(seen.today)),
            Policy::Overdue => -own_gap(&seen.facts),
            Policy::OverdueWeighted => -own_gap(&seen.facts) * weight,
            Policy::Orbit => orbit(&seen.facts),
            Policy::Savannah => return (30.0 <= seen.silence()).then(|| savannah(&seen.facts)),
            Policy::PingCrm => return ping(seen),
            Policy::LifeOs => return life(seen),
            Policy::CrowdDev => crowd_dev(&seen.facts),
            Policy::Reset
            | Policy::Decay
            | Policy::Unlikely
            | Policy::Greedy
            | Policy::Ours
            | Policy::OursHawkes
            | Policy::AllKnowing => weight * self.worth(seen),
        })
    }

    /// Returns what the policies that reckon think a touch is worth, but for the weight.
    fn worth(&self, seen: &Seen<'_>) -> f64 {
        let knowledge = self.knowledge;
        let (silence, contact_days) = (seen.silence(), seen.contact_days());
        let horizon = knowledge.model.horizon_days;
        let rule = Staying::by_sqrt_rule(knowledge.k, contact_days);
        let answer = || knowledge.answers.probability(silence, contact_days);
        match self.policy {
            Policy::Reset => answer() * index::reset(&rule, horizon, silence),
            Policy::Decay => answer() * index::decay(seen.tie.strength(), HALF_LIFE, KAPPA),
            Policy::Unlikely => 1.0 - rule.contact_within(horizon, silence),
            Policy::Greedy => {
                let after = Staying::by_sqrt_rule(knowledge.k, contact_days + 1.0);
                let alive = rule.contact_within(horizon, silence);
                answer() * (after.contact_within(horizon, 0.0) - alive)
            }
            Policy::OursHawkes => answer() * knowledge.hawkes.quiet(&seen.tie.decayed, horizon),
            // Each contact day adds the same to every tie's hazard, so the gain is the probability of silence times a
            // number that all ties share.
            Policy::AllKnowing => {
                let quiet = self.world.organic.quiet(&seen.tie.decayed, horizon);
                self.world.answers.probability(silence, contact_days) * quiet
            }
            _ => {
                let (alive, recent) = (seen.tie.alive, seen.tie.recent());
                Touch { importance: 1.0, effect: answer(), alive, recent }.worth()
            }
        }
    }
}

/// Returns by how many days a tie is over its layer's interval.
fn due(seen: &Seen<'_>) -> Option<f64> {
    let layer = LAYERS.iter().find(|(up_to, _)| seen.tie.rank < *up_to);
    let interval = layer.map_or(OUTER, |(_, days)| *days);
    let silence = seen.since_touch().map_or(seen.silence(), |days| days.min(seen.silence()));
    (interval <= silence).then_some(silence - interval)
}

/// Returns `PingCRM`'s priority: its score, halved after two unanswered touches; active and dormant are told apart by
/// [`is_dormant`].
fn ping(seen: &Seen<'_>) -> Option<f64> {
    let score = ping_crm(&seen.facts);
    let interval = if 7.0 <= score {
        30.0
    } else if 4.0 <= score {
        60.0
    } else {
        180.0
    };
    let recent = seen.tie.touches.iter().flatten().filter(|day| seen.today - **day <= 30);
    let ghosted = seen.tie.unanswered.min(u32::try_from(recent.count()).unwrap_or(u32::MAX));
    let priority = if ghosted == 2 { score / 2.0 } else { score };
    (interval <= seen.silence() && ghosted < 3).then_some(priority)
}

/// Whether `PingCRM` lists a tie among the dormant.
pub(super) fn is_dormant(seen: &Seen<'_>) -> bool {
    180.0 < seen.silence()
}

fn life(seen: &Seen<'_>) -> Option<f64> {
    let silence = seen.silence();
    let stage = if 45.0 <= silence { 1.0 } else { 0.0 };
    (30.0 <= silence).then(|| stage + life_os(&seen.facts))
}
