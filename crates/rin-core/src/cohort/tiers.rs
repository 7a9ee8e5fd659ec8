//! How close those who came and went were: the balance of each tier, and who rose and fell between them.
//!
//! A tier counts those of its ties that are alive; a tie that lapses is lost from the tier it had when the period began, and
//! one that comes is counted in the tier it has when the period ends. So each tier's balance adds up, all four
//! together are the balance of the whole, and a month in which everybody stays while half of them drift apart does not look
//! like one in which nothing happened.

use super::{Balance, CohortRequest, CohortTie, Step, is_known, steps};
use crate::{Moment, TieState, Tier, Window, tier_at};

/// One period, tier by tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TierRow {
    /// The period.
    pub period: Window,
    /// Its tiers, the loosest first; `None` if the sources do not reach over all of it.
    pub tiers: Option<[TierBalance; 4]>,
}

/// What came, went and moved in one tier: `before + into_sight + won + revived − lost + risen_into + fallen_into − risen_out
/// − fallen_out = alive`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct TierBalance {
    /// Which.
    pub tier: Tier,
    /// What came and went.
    pub balance: Balance,
    /// What moved.
    pub moves: TierMoves,
}

/// Ties that were alive when a period began and when it ended, and had another tier then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct TierMoves {
    /// Came from a looser tier.
    pub risen_into: usize,
    /// Went to a closer one.
    pub risen_out: usize,
    /// Came from a closer tier.
    pub fallen_into: usize,
    /// Went to a looser one.
    pub fallen_out: usize,
}

impl TierRow {
    /// Returns how many ties rose and how many fell; `None` if the period is not known.
    ///
    /// # Example
    /// See [`cohort_by_tier`].
    pub fn risen_and_fallen(&self) -> Option<(usize, usize)> {
        let tiers = self.tiers.as_ref()?;
        let sum = |of: fn(&TierMoves) -> usize| tiers.iter().map(|one| of(&one.moves)).sum();
        Some((sum(|moves| moves.risen_into), sum(|moves| moves.fallen_into)))
    }
}

/// Says how a part of the network came and went, by how close it was ([`tier_at`]: up at once, down slowly).
///
/// # Complexity
/// That of [`cohort`](super::cohort).
///
/// # Example
/// ```
/// use rin_core::{
///     CohortRequest, CohortTie, Coverage, Day, Direction, ForecastModel, InteractionKind, InteractionKinds, TieState, Window,
///     cohort_by_tier,
/// };
/// let day = |n: i32| Day::from_number(n).start();
/// let mut state = TieState::default();
/// // Weekly contact from day 420 to day 600: close within the first month, inner after three.
/// for n in (420..600).step_by(7) {
///     state.add(day(n), Direction::Sent, InteractionKind::Message);
/// }
/// let periods: Vec<_> = (14..20).map(|n| Window::new(day(30 * n), day(30 * n + 30))).collect();
/// let rows = cohort_by_tier(&CohortRequest {
///     ties: &[CohortTie { state: &state, coverage: Coverage { received: InteractionKinds::ALL, ..Coverage::default() } }],
///     periods: &periods,
///     known: Window::new(day(0), day(590)),
///     settling_days: 180,
///     model: &ForecastModel::by_sqrt_rule(1.0),
/// });
/// let won: Vec<usize> = rows[0].tiers.unwrap().iter().map(|one| one.balance.won).collect();
/// assert_eq!(won, [0, 0, 1, 0]); // five contacts in its first month: close
/// assert_eq!(rows[2].risen_and_fallen(), Some((1, 0)));
/// assert_eq!(rows[5].tiers, None); // the sources end in the middle of it
/// ```
pub fn cohort_by_tier(request: &CohortRequest<'_>) -> Vec<TierRow> {
    let empty = Tier::ALL.map(|tier| TierBalance {
        tier,
        balance: Balance::default(),
        moves: TierMoves::default(),
    });
    let row = |period: &Window| TierRow {
        period: *period,
        tiers: is_known(request, period).then_some(empty),
    };
    let mut rows: Vec<TierRow> = request.periods.iter().map(row).collect();
    for tie in request.ties {
        follow(request, tie, &mut rows);
    }
    rows
}

/// Adds one tie to the balances.
fn follow(request: &CohortRequest<'_>, tie: &CohortTie<'_>, rows: &mut [TierRow]) {
    for (row, step) in rows.iter_mut().zip(steps(request, tie)) {
        let TierRow { period, tiers: Some(tiers) } = row else { continue };
        let Some(step) = step else { continue };
        let start = held(tie.state, period.start());
        let end = held(tie.state, period.end());
        for one in tiers {
            one.count(step, start, end);
        }
    }
}

impl TierBalance {
    /// Counts what one tie, which had these tiers when a period began and ended, is to this tier.
    fn count(&mut self, step: Step, start: Tier, end: Tier) {
        // What was alive and lapses has not come to another tier first.
        let last = if step.before && !step.alive { start } else { end };
        let (was_here, is_here) = (step.before && start == self.tier, last == self.tier);
        let balance = &mut self.balance;
        if is_here {
            balance.count(Step { before: was_here, ..step });
        } else {
            balance.before += usize::from(was_here);
        }
        if !(step.before && step.alive) {
            return;
        }
        let moves = &mut self.moves;
        let is_rise = start < end;
        match (was_here, is_here) {
            (true, false) if is_rise => moves.risen_out += 1,
            (true, false) => moves.fallen_out += 1,
            (false, true) if is_rise => moves.risen_into += 1,
            (false, true) => moves.fallen_into += 1,
            _ => {}
        }
    }
}

/// Returns the tier of a tie just before a moment; a contact of that day belongs to the next period.
fn held(state: &TieState, at: Moment) -> Tier {
    let before = Moment::from_unix_ms(at.unix_ms().saturating_sub(1));
    tier_at(state.days(), before).map_or(Tier::Loose, |held| held.tier)
}
