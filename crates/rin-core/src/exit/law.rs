//! What becomes of one tie while we go on, pause, or fall silent for good.
//!
//! The law of staying says how a tie's silence goes on whatever its cause. Of somebody who decides about their silence
//! it is off in a way that could be measured: with *z* = *s*·ln((α+*u*+*L*+*H*)/(α+*u*+*L*)) by the law for *L* days
//! of pause, a tie had contact within *H* days after with probability 1 − exp(−*z*·exp(*c*₀ + *c*₁ ln((*L*+30)/120) +
//! σε)). ε, standard normal, is shared by all ties of one person: whoever comes back half-heartedly loses with
//! everybody at once. *c*₀, *c*₁ and σ are of maximum likelihood over people in six public data sets who wrote on, who
//! paused for sixty days and more, and who never wrote again (`cargo xtask pauses`, docs/METHODS.md, "Exit").

use crate::{Minutes, PartyId, Staying};

/// Pauses learned from lasted this many days at least; shorter ones lie between them and none.
const SHORTEST_PAUSE: f64 = 60.0;

/// What we do from the day on that is asked about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Conduct {
    /// We go on writing as before.
    Engaged,
    /// We write to nobody until the day asked about, then come back as people do.
    Returned,
    /// We write to nobody until the day asked about, nor in the half-year after it.
    Silent,
}

/// One tie that a pause puts at risk, as it stands when the pause begins.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AtRisk {
    /// With whom.
    pub party: PartyId,
    /// Its staying power.
    pub staying: Staying,
    /// *u*: days since the last contact.
    pub silence_days: f64,
    /// *m*: days with contact.
    pub contact_days: f64,
    /// *w*: how much it matters; 1 is usual.
    pub importance: f64,
    /// What one contact costs.
    pub minutes: Minutes,
}

/// How far a conduct departs from the law of staying.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PauseLaw {
    /// *c*₀: ln of the factor on *z* after ninety days.
    pub level: f64,
    /// *c*₁: how it grows with the length.
    pub lasting: f64,
    /// σ: how far all ties of one person depart together.
    pub spread: f64,
}

impl PauseLaw {
    /// Returns what public data sets have in common.
    pub const fn of(conduct: Conduct) -> Self {
        match conduct {
            Conduct::Engaged => Self { level: 0.581, lasting: 0.369, spread: 0.663 },
            Conduct::Returned => Self { level: 0.069, lasting: 0.331, spread: 0.862 },
            Conduct::Silent => Self { level: -3.594, lasting: -0.600, spread: 1.747 },
        }
    }

    /// Returns ln of the factor on *z* after so many days.
    pub fn shift(&self, days: f64) -> f64 {
        self.level + self.lasting * ((days.max(0.0) + 30.0) / 120.0).ln()
    }
}

impl Conduct {
    /// Returns ln of the factor on *z* after so many days, and the spread, from what public data sets have in common.
    ///
    /// Nobody has paused on the first day: from going on to the shortest pause that was learned from both run in a
    /// straight line.
    pub(super) fn at(self, days: f64) -> (f64, f64) {
        let law = PauseLaw::of(self);
        if self != Self::Returned || SHORTEST_PAUSE <= days {
            return (law.shift(days), law.spread);
        }
        let share = days.max(0.0) / SHORTEST_PAUSE;
        let on = PauseLaw::of(Self::Engaged);
        let between = |start: f64, end: f64| start + share * (end - start);
        (between(on.shift(0.0), law.shift(SHORTEST_PAUSE)), between(on.spread, law.spread))
    }
}

impl AtRisk {
    /// Returns *z* by the law of staying: minus the logarithm of the probability of no contact within `horizon_days`
    /// after `days` of silence more.
    pub fn unforced(&self, days: f64, horizon_days: f64) -> f64 {
        let past = self.staying.alpha_days + self.silence_days.max(0.0) + days.max(0.0);
        self.staying.shape * (horizon_days.max(0.0) / past).ln_1p()
    }

    /// Returns *z* with the factor of a conduct, of a person who departs from the law no more and no less than most.
    ///
    /// Whoever paused longer came back to more, so that by the law somebody long silent would have more to hope for from
    /// a longer pause. That is a fact about people who come back, none about pauses: no pause leaves more of anybody
    /// than a shorter one. As *z* with its factor rises and then falls, the least so far stands at either end.
    pub(super) fn forced(&self, conduct: Conduct, days: f64, horizon_days: f64) -> f64 {
        let at = |days: f64| self.unforced(days, horizon_days) * conduct.at(days).0.exp();
        if conduct == Conduct::Returned && SHORTEST_PAUSE < days {
            return at(days).min(at(SHORTEST_PAUSE));
        }
        at(days)
    }

    /// Returns the probability of contact within `horizon_days` after so many days, of a person who departs from the
    /// law no more and no less than most.
    pub(super) fn left(&self, conduct: Conduct, days: f64, horizon_days: f64) -> f64 {
        -(-self.forced(conduct, days, horizon_days)).exp_m1()
    }
}
