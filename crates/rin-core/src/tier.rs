//! How close a relationship is, in a word: named tiers that rise at once and fall slowly.
//!
//! A tier is read off the strength, contact days each halved every ninety days, at marks that have a meaning: a tie kept
//! up every *g* days has a strength of 90/(*g* ln 2) in the long run. That it rises at once and falls only after one, three
//! or twelve months below its mark is the rule of the Orbit model (2022, MIT): nobody falls out of a circle for a holiday.

use crate::{ContactDay, Day, Moment};

/// Half-life in days of the strength.
const HALF_LIFE: f64 = 90.0;

/// How close a relationship is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tier {
    /// In touch less often than once a quarter.
    Loose,
    /// In touch once a quarter or more often.
    Regular,
    /// In touch once a month or more often.
    Close,
    /// In touch once a fortnight or more often.
    Inner,
}

impl Tier {
    /// All of them, the loosest first.
    pub const ALL: [Self; 4] = [Self::Loose, Self::Regular, Self::Close, Self::Inner];

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loose => "loose",
            Self::Regular => "regular",
            Self::Close => "close",
            Self::Inner => "inner",
        }
    }

    /// Returns the tier of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.name() == name)
    }

    /// Returns how many days apart contacts are at its mark; none for the loosest.
    pub const fn rhythm_days(self) -> f64 {
        match self {
            Self::Loose => f64::INFINITY,
            Self::Regular => 90.0,
            Self::Close => 30.0,
            Self::Inner => 14.0,
        }
    }

    /// Returns the strength from which on a tie belongs to it: 0, 1.44, 4.33 and 9.27.
    ///
    /// # Example
    /// ```
    /// use rin_core::Tier;
    /// assert!((Tier::Close.mark() - 4.328).abs() < 1e-3);
    /// ```
    pub fn mark(self) -> f64 {
        HALF_LIFE / (self.rhythm_days() * std::f64::consts::LN_2)
    }

    /// Returns how many days a tie stays in it below its mark: a month, a quarter, a year.
    pub const fn patience_days(self) -> f64 {
        match self {
            Self::Loose => f64::INFINITY,
            Self::Regular => 30.0,
            Self::Close => 91.0,
            Self::Inner => 365.0,
        }
    }

    /// Returns the tier that a strength reaches.
    pub fn of_strength(strength: f64) -> Self {
        let reached = Self::ALL.into_iter().rev().find(|tier| tier.mark() <= strength);
        reached.unwrap_or(Self::Loose)
    }

    const fn below(self) -> Self {
        match self {
            Self::Inner => Self::Close,
            Self::Close => Self::Regular,
            Self::Regular | Self::Loose => Self::Loose,
        }
    }
}

/// The tier a relationship holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeldTier {
    /// Which.
    pub tier: Tier,
    /// Since when.
    pub since: Moment,
    /// When its mark was reached last, or it fell to it.
    pub met: Moment,
}

/// Takes the next look at a relationship: it rises at once, and falls one tier when it has been below its mark for as
/// long as the tier's patience, for each tier anew.
///
/// # Example
/// ```
/// use rin_core::{Day, Tier, next_tier};
/// let day = |n| Day::from_number(n).start();
/// let risen = next_tier(None, Tier::Close, day(0));
/// assert_eq!(next_tier(Some(risen), Tier::Loose, day(90)).tier, Tier::Close); // not yet
/// assert_eq!(next_tier(Some(risen), Tier::Loose, day(91)).tier, Tier::Regular);
/// assert_eq!(next_tier(Some(risen), Tier::Loose, day(121)).tier, Tier::Loose);
/// ```
pub fn next_tier(held: Option<HeldTier>, measured: Tier, at: Moment) -> HeldTier {
    let Some(mut held) = held.filter(|held| measured <= held.tier) else {
        return HeldTier { tier: measured, since: at, met: at };
    };
    while measured < held.tier {
        let falls = held.met.plus_days(held.tier.patience_days());
        if at < falls {
            return held;
        }
        held = HeldTier { tier: held.tier.below(), since: falls, met: falls };
    }
    HeldTier { met: at, ..held }
}

/// Returns the tier a relationship holds at a moment, from its contact days in ascending order; `None` before the first.
///
/// Days after the moment are left out, so what is said of the past does not change.
///
/// # Complexity
/// Linear in the contact days.
///
/// # Example
/// ```
/// use rin_core::{Direction, InteractionKind, Moment, Tier, TieState, tier_at};
/// let start = Moment::from_unix_ms(1_700_000_000_000);
/// let mut state = TieState::default();
/// for week in 0..52 {
///     state.add(start.plus_days(7.0 * f64::from(week)), Direction::Sent, InteractionKind::Reply);
/// }
/// let tier = |days| tier_at(state.days(), start.plus_days(days)).map(|held| held.tier);
/// assert_eq!((tier(-1.0), tier(0.5), tier(360.0)), (None, Some(Tier::Loose), Some(Tier::Inner)));
/// assert_eq!(tier(700.0), Some(Tier::Inner)); // below the mark for less than a year
/// assert_eq!((tier(890.0), tier(910.0), tier(930.0)), (Some(Tier::Close), Some(Tier::Regular), Some(Tier::Loose)));
/// ```
pub fn tier_at(days: &[ContactDay], at: Moment) -> Option<HeldTier> {
    let mut held: Option<HeldTier> = None;
    let mut last: Option<(Day, f64)> = None;
    for day in days.iter().map(|one| one.day).take_while(|day| day.start() <= at) {
        let mut strength = 1.0;
        if let (Some((before, old)), Some(tier)) = (last, held) {
            held = Some(fade(tier, before, old, day.start()));
            strength += old * decay(day.start().days_since(before.start()));
        }
        held = Some(next_tier(held, Tier::of_strength(strength), day.start()));
        last = Some((day, strength));
    }
    let (day, strength) = last?;
    Some(fade(held?, day, strength, at))
}

/// Follows a tier through a silence that began with a strength: the marks are left one after another.
fn fade(mut held: HeldTier, since: Day, strength: f64, until: Moment) -> HeldTier {
    let mut tier = Tier::of_strength(strength);
    while Tier::Loose < tier {
        // So long the strength stays at or above the mark.
        let left = since.start().plus_days(HALF_LIFE * (strength / tier.mark()).log2());
        held = next_tier(Some(held), tier, left.min(until));
        tier = tier.below();
    }
    let measured = Tier::of_strength(strength * decay(until.days_since(since.start())));
    next_tier(Some(held), measured, until)
}

fn decay(days: f64) -> f64 {
    (-days / HALF_LIFE).exp2()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::LOG2_E;

    use proptest::prelude::*;

    use super::*;

    fn days(numbers: &[i32]) -> Vec<ContactDay> {
        let day = |n: &i32| ContactDay { day: Day::from_number(*n), received: 0, sent: 1 };
        numbers.iter().map(day).collect()
    }

    #[test]
    fn marks_are_the_strengths_of_rhythms() {
        for (tier, mark) in Tier::ALL.into_iter().zip([0.0, LOG2_E, 4.328_085, 9.274_468]) {
            assert!((tier.mark() - mark).abs() < 1e-6, "{tier:?}");
            assert_eq!(Tier::of_strength(tier.mark()), tier);
            assert_eq!(Tier::from_name(tier.name()), Some(tier));
        }
    }

    #[test]
    fn a_holiday_costs_nobody_their_circle() {
        let monthly: Vec<i32> = (0..24).map(|n| 30 * n).collect();
        let state = days(&monthly);
        let tier = |day| tier_at(&state, Day::from_number(day).start()).unwrap().tier;
        assert_eq!(tier(690), Tier::Close);
        assert_eq!(tier(690 + 80), Tier::Close);
        assert_eq!(tier(690 + 400), Tier::Loose);
    }

    proptest! {
        #[test]
        fn a_replay_agrees_with_looking_every_day(gaps in prop::collection::vec(1_i32..160, 1..40)) {
            let mut numbers = vec![0];
            for gap in gaps {
                numbers.push(numbers.last().unwrap() + gap);
            }
            let all = days(&numbers);
            let mut held = None;
            let mut strength = 0.0_f64;
            for n in 0..numbers.last().unwrap() + 500 {
                strength = strength * decay(1.0) + f64::from(u8::from(numbers.contains(&n)));
                let at = Day::from_number(n).start();
                held = Some(next_tier(held, Tier::of_strength(strength), at));
                // Who looks once a day sees a mark left up to a day early, and each fall after it.
                let known = all.iter().position(|day| at < day.day.start()).unwrap_or(all.len());
                let replayed = tier_at(&all, at).unwrap().tier;
                let soon = tier_at(&all[..known], at.plus_days(4.0)).unwrap().tier;
                let tier = held.unwrap().tier;
                prop_assert!(soon <= tier && tier <= replayed, "{n}: {soon:?} {tier:?} {replayed:?}");
            }
        }

        #[test]
        fn what_is_said_of_the_past_stays(gaps in prop::collection::vec(1_i32..90, 1..30), at in 0_i32..900) {
            let mut numbers = vec![0];
            for gap in gaps {
                numbers.push(numbers.last().unwrap() + gap);
            }
            let known: Vec<i32> = numbers.iter().copied().filter(|day| *day <= at).collect();
            let moment = Day::from_number(at).start();
            prop_assert_eq!(tier_at(&days(&numbers), moment), tier_at(&days(&known), moment));
        }
    }
}
