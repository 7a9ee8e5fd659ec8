//! How far ahead is forecast: as far as was asked, or as far as the past allows.

use rin_core::{Day, History, default_cuts};

use super::{BacktestError, BacktestHorizonView};
use crate::Lang;

/// Horizons that are tried, longest first.
const LADDER: [f64; 5] = [180.0, 90.0, 60.0, 30.0, 14.0];

/// A horizon and the cuts that go with it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Horizon {
    pub(super) days: f64,
    pub(super) cuts: Vec<Day>,
    why: Why,
}

/// Why it is this one.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Why {
    /// It was asked for.
    Asked,
    /// It is the forecast's own.
    Forecast,
    /// The past is too short for the forecast's own: what that needs, what there is.
    Past { wanted: f64, needed: f64, there: f64 },
    /// The cuts given lie too late for the forecast's own.
    Cuts { wanted: f64 },
}

impl Horizon {
    /// Chooses: `asked`, or else `wanted` (the forecast's) or the longest shorter one that can be tested.
    pub(super) fn choose(
        history: &History,
        asked: Option<f64>,
        wanted: f64,
        cuts: &[Day],
    ) -> Result<Self, BacktestError> {
        if let Some(days) = asked {
            let cuts = if cuts.is_empty() {
                default_cuts(history, days)
                    .map_err(|error| BacktestError::of(error, history, days))?
            } else {
                cuts.to_vec()
            };
            return Ok(Self { days, cuts, why: Why::Asked });
        }
        let shorter = LADDER.into_iter().filter(|days| *days < wanted);
        let mut first = None;
        let mut last = None;
        for days in std::iter::once(wanted).chain(shorter) {
            let found = if cuts.is_empty() {
                default_cuts(history, days)
            } else {
                seen_to_the_end(history, cuts, days).map(|()| cuts.to_vec())
            };
            match found {
                Ok(cuts) => {
                    let why = first.map_or(Why::Forecast, |error| why(&error, wanted));
                    return Ok(Self { days, cuts, why });
                }
                Err(error) => {
                    first.get_or_insert_with(|| error.clone());
                    last = Some((error, days));
                }
            }
        }
        let (error, days) = last.unwrap_or((rin_core::BacktestError::NoCut, wanted));
        Err(BacktestError::of(error, history, days))
    }

    /// Says which it is and why.
    pub(super) fn view(&self, lang: Lang) -> BacktestHorizonView {
        let days = lang.number(self.days);
        let why = match self.why {
            Why::Asked => {
                lang.pick("It was asked for.".to_owned(), "So wurde es verlangt.".to_owned())
            }
            Why::Forecast => lang.pick(
                "The horizon is the forecast's own.".to_owned(),
                "Die Frist ist die der Vorhersage.".to_owned(),
            ),
            Why::Past { wanted, needed, there } => {
                let (wanted, needed) = (lang.number(wanted), lang.number(needed));
                let there = lang.number(there.floor());
                lang.pick(
                    format!("The forecast's own, {wanted} days, needs a past of {needed} days; there are {there}. {days} days is the longest that can be tested."),
                    format!("Die Frist der Vorhersage, {wanted} Tage, braucht {needed} Tage Vergangenheit; es gibt {there}. {days} Tage ist die längste, die sich prüfen lässt."),
                )
            }
            Why::Cuts { wanted } => {
                let wanted = lang.number(wanted);
                lang.pick(
                    format!("What came {wanted} days after the last cut is not known yet. {days} days is the longest that can be tested."),
                    format!("Was {wanted} Tage nach dem letzten Schnitt kam, ist noch nicht bekannt. {days} Tage ist die längste Frist, die sich prüfen lässt."),
                )
            }
        };
        BacktestHorizonView { days: self.days, is_asked: self.why == Why::Asked, why }
    }
}

fn why(error: &rin_core::BacktestError, wanted: f64) -> Why {
    match error {
        rin_core::BacktestError::TooShort { days, needed } => {
            Why::Past { wanted, needed: *needed, there: *days }
        }
        _ => Why::Cuts { wanted },
    }
}

/// Whether what came after every cut is known, as the back-test itself will ask.
fn seen_to_the_end(
    history: &History,
    cuts: &[Day],
    days: f64,
) -> Result<(), rin_core::BacktestError> {
    let end = history.last().map(|last| last.plus_days(1.0).day().start());
    let late = cuts.iter().find(|cut| end.is_none_or(|end| end < cut.start().plus_days(days)));
    late.map_or(Ok(()), |&cut| Err(rin_core::BacktestError::NotOver { cut }))
}
