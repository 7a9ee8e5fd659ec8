//! How probable another contact is: one trait, our model and others' behind it.
//!
//! A forecast sees a tie as it stood at a moment ([`TieFacts`]) and says how probable contact within so many days is.
//! Whatever implements [`Forecast`] can be put on the scales of a back-test beside ours.

mod calibrate;
mod counts;
mod facts;
mod features;
mod law;
pub(crate) mod matrix;
mod model;
mod models;
mod normal;
mod queue;
mod regression;
mod revival;
mod staying;

pub use self::{
    calibrate::{Calibration, CalibrationRequest, Validation, calibrate},
    facts::{End, Ends, Example, TieFacts},
    law::{LAW_VERSION, LawPrior, StayingLaw},
    model::{ForecastModel, Law, Outlook},
    models::{CommonLaw, OwnK, OwnLaw, SqrtRule},
    queue::LapseQueue,
    staying::Staying,
};
pub(crate) use self::{
    normal::{below as normal_below, quantile as normal_quantile},
    revival::BY_SILENCE as REVIVAL_BY_SILENCE,
};

/// A way to say how probable another contact is.
///
/// # Example
/// ```
/// use rin_core::{Forecast, TieFacts};
///
/// /// Says of everybody that they will be heard of again as often as not.
/// struct Coin;
///
/// impl Forecast for Coin {
///     fn name(&self) -> &str {
///         "coin"
///     }
///
///     fn contact_within(&self, _: &TieFacts<'_>, _: f64) -> f64 {
///         0.5
///     }
/// }
/// ```
pub trait Forecast {
    /// Returns its name in lower case, as tables show it.
    fn name(&self) -> &str;

    /// Learns from ties whose next `horizon_days` are known.
    ///
    /// Called once, before anything is asked; the same examples in the same order must give the same forecast. Without
    /// it there is nothing to learn.
    fn learn(&mut self, examples: &[Example<'_>], horizon_days: f64) {
        let _ = (examples, horizon_days);
    }

    /// Returns the probability of contact within `days`, `0..=1`.
    fn contact_within(&self, tie: &TieFacts<'_>, days: f64) -> f64;

    /// Returns a number that is larger for ties that are likelier to go on, if it tells more apart than the probability.
    fn rank(&self, tie: &TieFacts<'_>, days: f64) -> f64 {
        self.contact_within(tie, days)
    }

    /// Returns how many interactions are expected within `days`, if it says.
    fn expected(&self, tie: &TieFacts<'_>, days: f64) -> Option<f64> {
        let _ = (tie, days);
        None
    }

    /// Returns the probability of at most `count` interactions within `days`, if it says.
    fn at_most(&self, tie: &TieFacts<'_>, days: f64, count: u32) -> Option<f64> {
        let _ = (tie, days, count);
        None
    }
}
