//! Seeded worlds for tests and benches: the same seed gives the same world on every machine.

mod campaign;
mod people;

pub use self::{
    campaign::{CampaignWorld, Truth},
    people::{PeopleAccount, PeopleScore, PeopleWorld, people_world},
};
pub use crate::random::Random;
use crate::{AccountId, Interaction, InteractionKind, Moment};

/// Returns a log of interactions in time order over six years, with power-law activity on both sides.
///
/// Few accounts write and receive most of it, and most pairs meet once or twice: with 20 million interactions among
/// half a million accounts there are about 4.4 interactions a pair.
pub fn power_law_log(interactions: usize, accounts: u32, seed: u64) -> Vec<Interaction> {
    let mut random = Random::new(seed);
    let start = Moment::from_unix_ms(1_577_836_800_000);
    let length = 6.0 * 365.0;
    let step = length / to_f64(interactions.max(1));
    let mut at = 0.0;
    let kinds = InteractionKind::ALL;
    (0..interactions)
        .map(|_| {
            at += step * 2.0 * random.unit();
            let from = power_law(&mut random, accounts);
            // Everybody has few partners of their own, drawn by a law of their own.
            let partner = power_law(&mut random, 20);
            let to =
                Random::new(u64::from(from) << 32 | u64::from(partner)).below(u64::from(accounts));
            let kind = usize::try_from(random.below(5)).ok().and_then(|n| kinds.get(n));
            let (from, to) = if random.below(2) == 0 { (from, low(to)) } else { (low(to), from) };
            Interaction {
                at: start.plus_days(at),
                from: AccountId::new(from),
                to: AccountId::new(to),
                kind: kind.copied().unwrap_or(InteractionKind::Reply),
            }
        })
        .collect()
}

/// Draws a number below `end` with density falling as a power.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of `end` fits where `end` fits"
)]
fn power_law(random: &mut Random, end: u32) -> u32 {
    (f64::from(end) * random.unit().powi(3)) as u32
}

#[expect(clippy::cast_possible_truncation, reason = "account numbers are below 2^32")]
const fn low(x: u64) -> u32 {
    x as u32
}

#[expect(clippy::cast_precision_loss, reason = "a count stays far below 2^53")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}
