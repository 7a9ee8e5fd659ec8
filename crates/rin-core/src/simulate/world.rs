//! A network whose truth is known: ties with their past, how contact comes about by itself, and who answers.

use super::seen::{Living, fades};
use crate::{AccountId, AnswerLaw, ContactDay, Day, Hawkes, History, random::share};

/// Days that a made-up world has behind it when it begins.
const PAST_DAYS: u32 = 1_460;
/// Keeps what happened in a made-up past apart from what is lived through later.
const PAST: u64 = 0x9a57;

/// A network to be lived through, with its truth.
///
/// # Example
/// ```
/// use rin_core::{AnswerLaw, Day, Hawkes, World};
/// let world = World {
///     start: Day::from_number(20_000),
///     ties: Vec::new(),
///     organic: Hawkes::default(),
///     answers: AnswerLaw::default(),
/// };
/// assert!(world.ties.is_empty());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct World {
    /// The first day that is lived through; everything in the ties' past lies before it.
    pub start: Day,
    /// The ties.
    pub ties: Vec<WorldTie>,
    /// How contact comes about by itself.
    pub organic: Hawkes,
    /// Who answers.
    pub answers: AnswerLaw,
}

/// One tie of a world.
#[derive(Clone, PartialEq, Debug)]
pub struct WorldTie {
    /// Its two ends, the smaller id first; nothing but a name here, by which ties can be picked out.
    pub ends: (AccountId, AccountId),
    /// The days with contact before the start, ascending; a tie without any is never written to.
    pub days: Vec<ContactDay>,
    /// How much it matters; 1 as usual, above zero.
    pub importance: f64,
}

/// Which ties of a history make up a world.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WorldDraw<'a> {
    /// Only ties of one of these; `None` is all ties.
    pub egos: Option<&'a [AccountId]>,
    /// The first day that is lived through.
    pub start: Day,
    /// How many ties are drawn; all if there are fewer.
    pub ties: usize,
    /// Ties of longer silence, in days, are left out: the evidence for plans reaches a year.
    pub dormant_days: f64,
    /// Whether ties matter unequally: importance is then drawn from a lognormal distribution with median 1 and σ = 1.
    pub is_unequal: bool,
    /// Where the drawing starts.
    pub seed: u64,
}

impl World {
    /// Draws a world from real ties: pairs with two interactions or more, heard of within `dormant_days`.
    ///
    /// # Complexity
    /// *n* log *n* in the pairs.
    ///
    /// # Example
    /// ```
    /// use rin_core::{AccountId, AnswerLaw, Hawkes, History, Interaction, InteractionKind, Moment, World, WorldDraw};
    /// let start = Moment::from_unix_ms(1_700_006_400_000);
    /// let log = (0..60).map(|n| Interaction {
    ///     at: start.plus_days(f64::from(n)),
    ///     from: AccountId::new(0),
    ///     to: AccountId::new(1 + n % 6),
    ///     kind: InteractionKind::Message,
    /// });
    /// let history = History::new(log.collect());
    /// let draw = WorldDraw {
    ///     egos: None,
    ///     start: start.plus_days(60.0).day(),
    ///     ties: 4,
    ///     dormant_days: 365.0,
    ///     is_unequal: false,
    ///     seed: 1,
    /// };
    /// let world = World::drawn(&history, &draw, Hawkes::default(), AnswerLaw::default());
    /// assert_eq!(world.ties.len(), 4);
    /// ```
    pub fn drawn(
        history: &History,
        draw: &WorldDraw<'_>,
        organic: Hawkes,
        answers: AnswerLaw,
    ) -> Self {
        let as_of = draw.start.start();
        let is_meant = |ends: (AccountId, AccountId)| {
            draw.egos.is_none_or(|egos| egos.contains(&ends.0) || egos.contains(&ends.1))
        };
        let mut ties: Vec<((AccountId, AccountId), &[ContactDay])> = history
            .at(draw.start)
            .filter(|pair| is_meant(pair.ends))
            .filter(|pair| as_of.days_since(pair.last) <= draw.dormant_days)
            .filter(|pair| 2 <= pair.days.iter().map(|day| day.received + day.sent).sum::<u32>())
            .map(|pair| (pair.ends, pair.days))
            .collect();
        let lot = |ends: &(AccountId, AccountId)| {
            let both = u64::from(ends.0.get()) << 32 | u64::from(ends.1.get());
            share(draw.seed, both)
        };
        ties.sort_unstable_by(|(a, _), (b, _)| lot(a).total_cmp(&lot(b)).then(a.cmp(b)));
        ties.truncate(draw.ties);
        let tie = |(number, (ends, days)): (u64, ((AccountId, AccountId), &[ContactDay]))| {
            WorldTie { ends, days: days.to_vec(), importance: draw.importance(number) }
        };
        let ties = (0..).zip(ties).map(tie).collect();
        Self { start: draw.start, ties, organic, answers }
    }

    /// How contact comes by itself where too little past is known: the mean over four public networks of chat, wall
    /// posts, mail and code reviews (of the base the geometric mean).
    pub const COMMON_CONTACT: Hawkes = Hawkes { base: 0.0004, weights: [0.39, 0.12, 0.24, 0.08] };

    /// Makes a world up: each tie begins within the four years before the start and lives by
    /// [`COMMON_CONTACT`](Self::COMMON_CONTACT); those heard of within `dormant_days` are there when it begins.
    ///
    /// # Complexity
    /// Ties times the days of four years, a few tens of nanoseconds each, several times if few are left.
    ///
    /// # Example
    /// ```
    /// use rin_core::{AnswerLaw, Day, World, WorldDraw};
    /// let draw = WorldDraw {
    ///     egos: None,
    ///     start: Day::from_number(20_000),
    ///     ties: 20,
    ///     dormant_days: 365.0,
    ///     is_unequal: true,
    ///     seed: 7,
    /// };
    /// let world = World::generated(&draw, AnswerLaw::default());
    /// assert_eq!(world.ties.len(), 20);
    /// assert_eq!(world, World::generated(&draw, AnswerLaw::default()));
    /// ```
    pub fn generated(draw: &WorldDraw<'_>, answers: AnswerLaw) -> Self {
        let mut ties = Vec::new();
        // Everybody has a chance of a quarter or so, so that this ends; the bound is for a silence nobody can have.
        let most = 1_000 * to_u64(draw.ties).saturating_add(1);
        for number in 0..most {
            if draw.ties <= ties.len() {
                break;
            }
            let days = past(draw, number);
            let heard = |day: &ContactDay| {
                draw.start.start().days_since(day.day.start()) <= draw.dormant_days
            };
            if days.last().is_some_and(heard) {
                let ends = made_up(ties.len());
                ties.push(WorldTie { ends, days, importance: draw.importance(number) });
            }
        }
        Self { start: draw.start, ties, organic: Self::COMMON_CONTACT, answers }
    }
}

impl WorldDraw<'_> {
    fn importance(&self, number: u64) -> f64 {
        if self.is_unequal { lognormal(self.seed, number) } else { 1.0 }
    }
}

/// Returns the ends of a made-up tie: ours, and a party by its place.
fn made_up(place: usize) -> (AccountId, AccountId) {
    let other = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
    (AccountId::new(0), AccountId::new(other))
}

/// Lives through a tie's past.
fn past(draw: &WorldDraw<'_>, number: u64) -> Vec<ContactDay> {
    let seed = draw.seed ^ PAST;
    let fades = fades();
    let first = whole(share(seed, number) * f64::from(PAST_DAYS));
    let mut tie = Living::default();
    for ago in (1..=PAST_DAYS - first).rev() {
        let organic = 1.0 - World::COMMON_CONTACT.quiet(&tie.decayed, 1.0);
        let drawn = share(seed, (number + 1) << 21 | u64::from(ago));
        let is_contact = tie.days.is_empty() || drawn < organic;
        if is_contact {
            let day = Day::from_number(draw.start.number().saturating_sub_unsigned(ago));
            tie.days.push(ContactDay { day, received: 1, sent: 1 });
        }
        tie.age(is_contact, &fades);
    }
    tie.days
}

/// Returns exp of a standard normal number, by Box and Muller (1958).
fn lognormal(seed: u64, number: u64) -> f64 {
    // Other numbers of the same seed decide what happens; these are counted from the far end.
    let place = u64::MAX - 2 * number;
    let (one, two) = (share(seed, place), share(seed, place - 1));
    ((-2.0 * (1.0 - one).ln()).sqrt() * (std::f64::consts::TAU * two).cos()).exp()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "below the days of the past, and never negative"
)]
const fn whole(days: f64) -> u32 {
    days as u32
}

const fn to_u64(count: usize) -> u64 {
    count as u64
}
