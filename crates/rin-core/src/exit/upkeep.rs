//! The least that keeps a network through a pause, and what it takes to get it back afterwards.
//!
//! A contact is answered with the probability of the rule behind every plan, and holds from then on by the law of revival;
//! the gain is what that adds to the probability of contact after the pause. Gains of different parties add up, so the
//! largest gain per minute comes first. Where all contacts cost the same, no other choice of as few contacts gains more
//! (exchange one of the chosen for one left out: the sum cannot rise). Where they do not, it is a knapsack to be covered,
//! and what it costs at least is known: the same order with its last contact cut to measure (Dantzig 1957).

use super::law::{AtRisk, Conduct};
use crate::{ForecastModel, Minutes, PartyId, answer_probability};

/// Days from one possible contact to the next.
const STEP: f64 = 7.0;
/// A pause is looked at in no more steps than this.
const MOST_STEPS: usize = 520;

/// A pause, and what is to be kept through it.
#[derive(Clone, Copy, Debug)]
pub struct UpkeepRequest<'a> {
    /// The ties as they stand when it begins.
    pub ties: &'a [AtRisk],
    /// How many days it lasts, above zero.
    pub days: f64,
    /// Days after it within which contact counts.
    pub horizon_days: f64,
    /// Share of what going on would keep that is to be kept, `0..=1`.
    pub share: f64,
    /// The law of revival is part of it.
    pub model: &'a ForecastModel,
}

/// One contact during a pause.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct UpkeepStep {
    /// With whom.
    pub party: PartyId,
    /// How many days after the pause began.
    pub days: f64,
    /// What it costs.
    pub minutes: Minutes,
    /// Probability that it leads to a contact.
    pub answer: f64,
    /// What it adds to the importance kept.
    pub gain: f64,
}

/// The contacts that keep the share asked for.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Upkeep {
    /// The contacts, by gain per minute.
    pub touches: Vec<UpkeepStep>,
    /// Their time.
    pub minutes: Minutes,
    /// Less time than this cannot be enough, in minutes; `None` if no time is enough.
    pub least_minutes: Option<f64>,
    /// Share of what going on would keep that is kept without any of them.
    pub share_without: f64,
    /// The same with them.
    pub share_with: f64,
}

/// Returns the contacts that keep a share of what going on would keep, or all that gain anything where that is not enough.
///
/// # Complexity
/// *n* log *n* in the ties, and linear in the weeks of the pause for each.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, ForecastModel, Minutes, PartyId, Staying, UpkeepRequest, upkeep};
/// let tie = |number: u32| AtRisk {
///     party: PartyId::new(number),
///     staying: Staying { shape: 0.1 * f64::from(number), alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance: 1.0,
///     minutes: Minutes::new(4.0),
/// };
/// let ties: Vec<AtRisk> = (1..=10).map(tie).collect();
/// let model = ForecastModel::default();
/// let request = UpkeepRequest { ties: &ties, days: 120.0, horizon_days: 180.0, share: 0.9, model: &model };
/// let kept = upkeep(&request);
/// assert!(kept.share_without < 0.9 && 0.9 <= kept.share_with);
/// assert!(kept.touches.len() < 10);
/// ```
pub fn upkeep(request: &UpkeepRequest<'_>) -> Upkeep {
    let sum = |conduct| {
        let alive = |tie: &AtRisk| tie.left(conduct, request.days, request.horizon_days);
        request.ties.iter().map(|tie| tie.importance * alive(tie)).sum::<f64>()
    };
    let (full, base) = (sum(Conduct::Engaged), sum(Conduct::Returned));
    let offers = by_worth(request.ties.iter().filter_map(|tie| best_touch(request, tie)));
    let taken = cover(&offers, request.share * full - base);
    let touches = offers.get(..taken.count).unwrap_or_default().to_vec();
    let share = |kept: f64| if 0.0 < full { kept / full } else { 1.0 };
    Upkeep {
        minutes: Minutes::new(touches.iter().map(|touch| touch.minutes.get()).sum()),
        least_minutes: taken.least_minutes,
        share_without: share(base),
        share_with: share(base + taken.gain),
        touches,
    }
}

/// What it takes to have the network again that going on would have kept.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub struct ReEntry {
    /// Importance missing on the day of coming back.
    pub missing: f64,
    /// Minutes of contacts that make up for it, on top of what coming back brings by itself; `None` if one contact with
    /// each is not enough.
    pub minutes: Option<Minutes>,
    /// Contacts in it, or all that gain anything.
    pub contacts: usize,
    /// What they bring.
    pub gained: f64,
}

/// Returns what it takes to get back on the day the pause ends; `share` is of what going on would keep.
///
/// # Complexity
/// *n* log *n* in the ties.
///
/// # Example
/// ```
/// use rin_core::{AtRisk, ForecastModel, Minutes, PartyId, Staying, UpkeepRequest, re_entry};
/// let tie = AtRisk {
///     party: PartyId::new(1),
///     staying: Staying { shape: 0.6, alpha_days: 10.0, log_sd: 0.3 },
///     silence_days: 20.0,
///     contact_days: 9.0,
///     importance: 1.0,
///     minutes: Minutes::new(4.0),
/// };
/// let model = ForecastModel::default();
/// let request = UpkeepRequest { ties: &[tie; 20], days: 0.0, horizon_days: 180.0, share: 1.0, model: &model };
/// assert_eq!(re_entry(&request).contacts, 0); // nothing is missing of a pause of no day
/// assert!(0.0 < re_entry(&UpkeepRequest { days: 90.0, ..request }).missing);
/// ```
pub fn re_entry(request: &UpkeepRequest<'_>) -> ReEntry {
    let (days, horizon) = (request.days, request.horizon_days);
    let sum = |conduct| {
        request
            .ties
            .iter()
            .map(|tie| tie.importance * tie.left(conduct, days, horizon))
            .sum::<f64>()
    };
    let missing = (request.share * sum(Conduct::Engaged) - sum(Conduct::Returned)).max(0.0);
    let touch = |tie: &AtRisk| {
        let silence = tie.silence_days + days;
        let again =
            request.model.revived(tie.contact_days + 1.0, silence).contact_within(horizon, 0.0);
        gain(tie, days, again, tie.left(Conduct::Returned, days, horizon))
    };
    let offers = by_worth(request.ties.iter().filter_map(touch));
    let taken = cover(&offers, missing);
    let minutes = offers.iter().take(taken.count).map(|touch| touch.minutes.get()).sum();
    ReEntry {
        missing,
        minutes: taken.least_minutes.map(|_| Minutes::new(minutes)),
        contacts: taken.count,
        gained: taken.gain,
    }
}

/// Returns the contact at the best time of the pause; none if no time gains anything.
fn best_touch(request: &UpkeepRequest<'_>, tie: &AtRisk) -> Option<UpkeepStep> {
    let (days, horizon) = (request.days, request.horizon_days);
    let without = tie.left(Conduct::Returned, days, horizon);
    let times = (0..MOST_STEPS).map(|n| STEP * f64::from(u32::try_from(n).unwrap_or(u32::MAX)));
    let touches = times.take_while(|at| *at < days).filter_map(|at| {
        let staying = request.model.revived(tie.contact_days + 1.0, tie.silence_days + at);
        // From the contact on it is a tie in touch that is left alone for the rest of the pause.
        let touched = AtRisk { staying, silence_days: 0.0, ..*tie };
        gain(tie, at, touched.left(Conduct::Returned, days - at, horizon), without)
    });
    touches.max_by(|a, b| a.gain.total_cmp(&b.gain))
}

fn gain(tie: &AtRisk, at: f64, with: f64, without: f64) -> Option<UpkeepStep> {
    let answer = answer_probability(tie.silence_days + at, tie.contact_days);
    let gain = tie.importance * answer * (with - without);
    (0.0 < gain).then_some(UpkeepStep {
        party: tie.party,
        days: at,
        minutes: tie.minutes,
        answer,
        gain,
    })
}

/// Returns contacts by gain per minute, then by party.
fn by_worth(touches: impl Iterator<Item = UpkeepStep>) -> Vec<UpkeepStep> {
    let worth = |touch: &UpkeepStep| touch.gain / touch.minutes.get().max(1.0 / 60.0);
    let mut touches: Vec<UpkeepStep> = touches.collect();
    touches.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.party.cmp(&b.party)));
    touches
}

/// How many of the first contacts are enough.
struct Cover {
    count: usize,
    gain: f64,
    /// `None` if all are not enough.
    least_minutes: Option<f64>,
}

fn cover(offers: &[UpkeepStep], wanted: f64) -> Cover {
    let (mut count, mut gain, mut minutes) = (0, 0.0, 0.0);
    for touch in offers {
        if wanted <= gain {
            break;
        }
        let part = ((wanted - gain) / touch.gain).min(1.0);
        minutes += part * touch.minutes.get();
        gain += touch.gain;
        count += 1;
    }
    Cover { count, gain, least_minutes: (wanted <= gain).then_some(minutes) }
}

#[cfg(test)]
mod tests;
