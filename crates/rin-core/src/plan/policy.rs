//! In whose order the minutes are spent: ours, or that of another product or rule of thumb.
//!
//! A policy changes the order of what is proposed and nothing else: budgets, norms, cool-downs and wishes hold, and
//! what somebody waits for comes first under each. So two plans differ by the policy alone.

use std::collections::BTreeMap;

use super::PlanRequest;
use crate::{PartyId, Table, TieFacts, backtest::peers};

/// After how many days of silence a contact is due, by score from the top: `PingCRM`'s intervals (idea only).
const INTERVALS: [f64; 3] = [30.0, 60.0, 180.0];

/// By what proposals are ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub enum PlanPolicy {
    /// Worth per minute: how much more of the network stays alive.
    #[default]
    Worth,
    /// A fixed number of days for each layer, as reminders of address books have it (Monica's *stay in touch*, Dex's
    /// *keep in touch*): whoever is furthest past their thirty, sixty or hundred and eighty days. Layers by strength:
    /// contact once a fortnight, once a quarter ([`Tier`](crate::Tier)).
    FixedDays,
    /// The longest silence as a multiple of the tie's own rhythm; without one, of a day.
    MostOverdue,
    /// The most contact days, each halved every ninety days.
    StrongestFirst,
    /// Orbit's tie strength (2022, MIT).
    Orbit,
    /// Savannah's connection (AGPL; idea only): distinct conversations within a year.
    Savannah,
    /// `PingCRM`'s (AGPL; idea only): whoever is past the interval of their score, the higher score first.
    PingCrm,
    /// `LifeOS`'s (GPL; idea only): whoever is to be reached out to at forty-five days of silence, then who is slipping
    /// at thirty, the higher metric first.
    LifeOs,
    /// crowd.dev's engagement (Apache-2.0), the most engaged first.
    CrowdDev,
}

impl PlanPolicy {
    /// All of them, ours first.
    pub const ALL: [Self; 9] = [
        Self::Worth,
        Self::FixedDays,
        Self::MostOverdue,
        Self::StrongestFirst,
        Self::Orbit,
        Self::Savannah,
        Self::PingCrm,
        Self::LifeOs,
        Self::CrowdDev,
    ];

    /// Returns its name in lower case, with hyphens.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Worth => "worth",
            Self::FixedDays => "fixed-days",
            Self::MostOverdue => "most-overdue",
            Self::StrongestFirst => "strongest-first",
            Self::Orbit => "orbit",
            Self::Savannah => "savannah",
            Self::PingCrm => "ping-crm",
            Self::LifeOs => "life-os",
            Self::CrowdDev => "crowd-dev",
        }
    }

    /// Returns the product's score of a tie, `None` where the policy needs none: for [`PlanRequest::scores`].
    ///
    /// # Example
    /// ```
    /// use rin_core::{Direction, InteractionKind, Moment, PlanPolicy, TieFacts, TieState};
    /// let at = Moment::from_unix_ms(1_700_000_000_000);
    /// let mut state = TieState::default();
    /// state.add(at, Direction::Sent, InteractionKind::Reply);
    /// let tie = TieFacts { days: state.days(), first: at, last: at, as_of: at, ends: None };
    /// assert_eq!(PlanPolicy::Savannah.score(&tie), Some(1.0)); // one conversation within the year
    /// assert_eq!(PlanPolicy::Worth.score(&tie), None);
    /// ```
    pub fn score(self, tie: &TieFacts<'_>) -> Option<f64> {
        match self {
            Self::Orbit => Some(peers::orbit(tie)),
            Self::Savannah => Some(peers::savannah(tie)),
            Self::PingCrm => Some(peers::ping_crm(tie)),
            Self::LifeOs => Some(peers::life_os(tie)),
            Self::CrowdDev => Some(peers::crowd_dev(tie)),
            Self::Worth | Self::FixedDays | Self::MostOverdue | Self::StrongestFirst => None,
        }
    }

    /// Returns how early a tie comes, larger first; `None` for our own order, which is by worth.
    fn rank(self, tie: &Known) -> Option<f64> {
        let step = |marks: [f64; 2], value: f64| match (marks[0] <= value, marks[1] <= value) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let past = |layer: usize| tie.silence_days - INTERVALS.get(layer).unwrap_or(&180.0);
        Some(match self {
            Self::Worth => return None,
            Self::FixedDays => past(step([9.3, 1.44], tie.strength)),
            Self::MostOverdue => tie.silence_days / tie.rhythm_days.unwrap_or(1.0).max(1.0),
            Self::StrongestFirst => tie.strength,
            // Scores run to ten, so a hundred puts everybody who is due before everybody who is not.
            Self::PingCrm if 0.0 <= past(step([7.0, 4.0], tie.score)) => 100.0 + tie.score,
            Self::LifeOs if 45.0 <= tie.silence_days => 200.0 + tie.score,
            Self::LifeOs if 30.0 <= tie.silence_days => 100.0 + tie.score,
            Self::Orbit | Self::Savannah | Self::CrowdDev | Self::PingCrm | Self::LifeOs => {
                tie.score
            }
        })
    }
}

/// What a policy looks at.
#[derive(Clone, Copy, Debug)]
struct Known {
    silence_days: f64,
    rhythm_days: Option<f64>,
    strength: f64,
    score: f64,
}

/// The policy with the scores it needs, ready to be asked.
#[derive(Debug)]
pub(super) struct Ranks {
    policy: PlanPolicy,
    scores: BTreeMap<PartyId, f64>,
}

impl Ranks {
    pub(super) fn new(request: &PlanRequest<'_>) -> Self {
        Self { policy: request.policy, scores: request.scores.iter().copied().collect() }
    }

    /// Returns the rank of a row; `None` if the order is ours.
    pub(super) fn of(&self, party: PartyId, table: &Table, row: usize) -> Option<f64> {
        if self.policy == PlanPolicy::Worth {
            return None;
        }
        let known = Known {
            silence_days: table.silence_days.get(row).copied().map_or(0.0, f64::from),
            rhythm_days: table.rhythm_days.get(row).map(f64::from),
            strength: table.strength.get(row).copied().map_or(0.0, f64::from),
            score: self.scores.get(&party).copied().unwrap_or_default(),
        };
        self.policy.rank(&known).map(|rank| if rank.is_finite() { rank } else { 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(policy: PlanPolicy, ties: &[Known]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..ties.len()).collect();
        let rank = |at: &usize| policy.rank(&ties[*at]).unwrap();
        order.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
        order
    }

    #[test]
    fn each_policy_keeps_its_own_order() {
        let tie = |silence_days, rhythm_days, strength, score| Known {
            silence_days,
            rhythm_days,
            strength,
            score,
        };
        // Weekly and twenty days silent; monthly and fifty; once, half a year ago; hardly known, a year ago.
        let ties = [
            tie(20.0, Some(7.0), 15.0, 8.0),
            tie(50.0, Some(30.0), 3.0, 5.0),
            tie(190.0, None, 0.2, 1.0),
            tie(360.0, Some(300.0), 0.1, 0.5),
        ];
        assert_eq!(order(PlanPolicy::FixedDays, &ties), [3, 2, 0, 1]);
        assert_eq!(order(PlanPolicy::MostOverdue, &ties), [2, 0, 1, 3]);
        assert_eq!(order(PlanPolicy::StrongestFirst, &ties), [0, 1, 2, 3]);
        // Whoever is past the interval of their score comes first, the higher score first.
        assert_eq!(order(PlanPolicy::PingCrm, &ties), [2, 3, 0, 1]);
        assert_eq!(order(PlanPolicy::LifeOs, &ties), [1, 2, 3, 0]);
        assert_eq!(order(PlanPolicy::Orbit, &ties), [0, 1, 2, 3]);
    }

    #[test]
    fn names_are_all_different() {
        let mut names = PlanPolicy::ALL.map(PlanPolicy::name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
