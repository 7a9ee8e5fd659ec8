//! Fits the law of a pause to cases by maximum likelihood.
//!
//! Three numbers and a smooth likelihood: each is tried one step up and down, and steps are halved where none helps
//! (Hooke and Jeeves 1961). A set counts with the root of its cases, so that the largest does not speak for all.

use rin_core::PauseLaw;

use super::find::Case;

/// The first step and the last one.
const STEPS: (f64, f64) = (0.4, 0.004);

/// Returns the law that makes what became of all cases most probable.
pub(super) fn fit(sets: &[&[Case]]) -> PauseLaw {
    let value = |law: &PauseLaw| sets.iter().map(|cases| log_likelihood(law, cases)).sum::<f64>();
    let mut best = PauseLaw { level: 0.0, lasting: 0.3, spread: 0.8 };
    let mut most = value(&best);
    let mut step = STEPS.0;
    while STEPS.1 < step {
        let before = most;
        for (number, way) in [(0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0), (2, 1.0), (2, -1.0)] {
            let tried = moved(&best, number, way * step);
            let found = value(&tried);
            if most < found {
                (best, most) = (tried, found);
            }
        }
        if most <= before {
            step /= 2.0;
        }
    }
    best
}

fn moved(law: &PauseLaw, number: usize, by: f64) -> PauseLaw {
    match number {
        0 => PauseLaw { level: law.level + by, ..*law },
        1 => PauseLaw { lasting: law.lasting + by, ..*law },
        _ => PauseLaw { spread: law.spread * by.exp(), ..*law },
    }
}

fn log_likelihood(law: &PauseLaw, cases: &[Case]) -> f64 {
    let sum: f64 = cases.iter().map(|case| law.log_likelihood(&case.ties, case.days)).sum();
    sum / super::to_f64(cases.len().max(1)).sqrt()
}
