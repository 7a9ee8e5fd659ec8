//! The ways of spending the minutes that are compared, each by its name.
//!
//! Those of other products follow what is published of them, as far as days of contact carry it (their idea, no line of
//! their code). Products that give a score and no plan are taken at their word: whoever has the highest score is on top.

/// A way to choose whom to write to.
///
/// # Example
/// ```
/// use rin_core::Policy;
/// assert_eq!(Policy::ALL[0].name(), "nothing");
/// assert_eq!(Policy::named("ours"), Some(Policy::Ours));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub enum Policy {
    /// Nobody is written to.
    Nothing,
    /// The sum of contact days, each halved every ninety days, highest first.
    Strongest,
    /// Fixed days by layer, as Monica and Dex have them: the strongest 5 every week, the next 15 every fortnight, 50
    /// every month, 150 every quarter, the rest twice a year; counted from any contact or touch, longest due first.
    Cadence,
    /// Whoever was written to longest ago.
    RoundRobin,
    /// By lot.
    Random,
    /// The longest silence measured by the tie's own mean gap.
    Overdue,
    /// The same times importance.
    OverdueWeighted,
    /// The closed index of a tie whose silence a touch resets.
    Reset,
    /// The closed index *W* of a tie that decays.
    Decay,
    /// Importance times the probability of not being alive, by the √ rule.
    Unlikely,
    /// Importance, probability of an answer and gain in the probability of being alive, by the √ rule.
    Greedy,
    /// Orbit's score: contact days that fade to nine tenths a month.
    Orbit,
    /// Savannah: conversations within a year, of those silent for thirty days.
    Savannah,
    /// `PingCRM`: three of five touches for the active, two for the dormant, each by score; intervals of 30, 60 and 180 days;
    /// nobody who left three touches of thirty days unanswered.
    PingCrm,
    /// `LifeOS`: silent for forty-five days first, then for thirty, each by score.
    LifeOs,
    /// crowd.dev's engagement.
    CrowdDev,
    /// The worth by which our planner spends the minutes: [`Touch`](crate::Touch).
    Ours,
    /// The same by a Hawkes process fitted to the past: what the planner could know if contact were of that kind.
    OursHawkes,
    /// Greedy by the world's own truth.
    AllKnowing,
}

impl Policy {
    /// All of them, doing nothing first and knowing all last.
    pub const ALL: [Self; 19] = [
        Self::Nothing,
        Self::Strongest,
        Self::Cadence,
        Self::RoundRobin,
        Self::Random,
        Self::Overdue,
        Self::OverdueWeighted,
        Self::Reset,
        Self::Decay,
        Self::Unlikely,
        Self::Greedy,
        Self::Orbit,
        Self::Savannah,
        Self::PingCrm,
        Self::LifeOs,
        Self::CrowdDev,
        Self::Ours,
        Self::OursHawkes,
        Self::AllKnowing,
    ];

    /// Returns its name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Strongest => "strongest first",
            Self::Cadence => "fixed cadence",
            Self::RoundRobin => "round robin",
            Self::Random => "random",
            Self::Overdue => "most overdue",
            Self::OverdueWeighted => "most overdue × weight",
            Self::Reset => "reset index",
            Self::Decay => "decay index",
            Self::Unlikely => "weight × (1 − p)",
            Self::Greedy => "greedy, √ rule",
            Self::Orbit => "orbit-like",
            Self::Savannah => "savannah-like",
            Self::PingCrm => "pingcrm-like",
            Self::LifeOs => "lifeos-like",
            Self::CrowdDev => "crowd.dev-like",
            Self::Ours => "ours",
            Self::OursHawkes => "ours, hawkes",
            Self::AllKnowing => "all-knowing",
        }
    }

    /// Returns the one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}
