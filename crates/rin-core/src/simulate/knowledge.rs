//! What a planner has learned from the past before the first day: all that it may judge by later.

use crate::{
    AnswerLaw, Day, Example, ForecastModel, Hawkes, History, Law, Staying, StayingLaw, TieFacts,
};

/// Horizons before the start at which ties are looked at to learn the law of staying.
const LEARN_BEFORE: [f64; 3] = [1.0, 1.5, 2.0];

/// What a planner learned from the past.
///
/// # Example
/// ```
/// use rin_core::{ForecastModel, Knowledge};
/// let knowledge = Knowledge::default();
/// assert_eq!(knowledge.model, ForecastModel::default());
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Knowledge {
    /// The forecast, with *H*: alive is whoever is heard of within it.
    pub model: ForecastModel,
    /// A Hawkes process of the same past, for the one policy that uses it.
    pub hawkes: Hawkes,
    /// Who answers, as far as is known.
    pub answers: AnswerLaw,
    /// *k* of the √ rule, for the policies that go by it.
    pub k: f64,
}

impl Default for Knowledge {
    /// Knows what public data sets have in common.
    fn default() -> Self {
        Self {
            model: ForecastModel::default(),
            hawkes: Hawkes::default(),
            answers: AnswerLaw::default(),
            k: 1.0,
        }
    }
}

impl Knowledge {
    /// Learns from what lay before a day, looking at ties alone: what their ends do elsewhere is no part of the world.
    ///
    /// `learn_days` is the horizon of the examples, 180 where the past is long enough; what there is too little of is
    /// taken as public data sets have it.
    ///
    /// # Complexity
    /// That of [`StayingLaw::learn`] and [`Hawkes::fit`].
    ///
    /// # Example
    /// ```
    /// use rin_core::{AccountId, History, Interaction, InteractionKind, Knowledge, Moment};
    /// let start = Moment::from_unix_ms(1_700_006_400_000);
    /// let log = (0..400).map(|n| Interaction {
    ///     at: start.plus_days(f64::from(n)),
    ///     from: AccountId::new(0),
    ///     to: AccountId::new(1 + n * 7 % 40),
    ///     kind: InteractionKind::Message,
    /// });
    /// let history = History::new(log.collect());
    /// let knowledge = Knowledge::learned(&history, start.plus_days(400.0).day(), 90.0);
    /// assert!(0.0 < knowledge.hawkes.base);
    /// ```
    pub fn learned(history: &History, start: Day, learn_days: f64) -> Self {
        let common = Self::default();
        let mut past = Vec::new();
        for day in history.learning_days(start, learn_days, &LEARN_BEFORE) {
            past.extend(alone(history.examples(day, learn_days, 2)));
        }
        let model = ForecastModel::by(StayingLaw::learn(&past, learn_days));
        let now = alone(history.examples(start, 1.0, 2));
        let hawkes = Hawkes::fit(now.map(|one| one.tie)).unwrap_or(common.hawkes);
        let answers = AnswerLaw::fit(history, start).unwrap_or(common.answers);
        Self { model, hawkes, answers, k: common.k }
    }

    /// Returns the probability of being alive by the forecast.
    pub(super) fn alive(&self, tie: &TieFacts<'_>) -> f64 {
        let staying = match &self.model.law {
            Law::Staying(law) => law.staying(tie),
            Law::Sqrt(rule) => Staying::by_sqrt_rule(rule.k, tie.contact_days()),
        };
        staying.contact_within(self.model.horizon_days, tie.silence_days())
    }
}

/// Forgets what the ends do elsewhere.
fn alone(examples: Vec<Example<'_>>) -> impl Iterator<Item = Example<'_>> {
    examples.into_iter().map(|mut one| {
        one.tie.ends = None;
        one
    })
}
