//! Which cut-offs and horizons a data set is tested at, and what is asked of the forecast there.
//!
//! The cases of the known sets are fixed, so that figures of different days can be compared; any other file is cut as
//! a user's own history would be.

use rin_core::{Day, History, default_cuts};

/// Horizons of the protocol in days.
const HORIZONS: [f64; 3] = [30.0, 90.0, 180.0];

/// A public data set with fixed cases.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    /// Name of its file without `.csv.gz`.
    file: &'static str,
    /// The platform's *k* under the √ rule.
    pub(super) k: f64,
    /// Horizon in days, and cut-offs in days after the first row.
    cases: &'static [(f64, &'static [i32])],
    /// A cut-off with a row of its own.
    pub(super) also: Option<i32>,
    /// Area under the curve asked for, at the cut-off with a row of its own or over all.
    pub(super) auc: Option<(f64, Option<i32>)>,
    /// Largest calibration error asked for.
    pub(super) calibration: Option<f64>,
}

/// Share of counts that 90 % intervals are to cover.
pub(super) const COVERAGE: (f64, f64) = (0.87, 0.93);

const NINE_LEAN: &[(f64, &[i32])] =
    &[(30.0, &[1600, 2150, 2700]), (90.0, &[1600, 2150, 2700]), (180.0, &[1600, 2150, 2700])];
const NINE_UBOOT: &[(f64, &[i32])] =
    &[(30.0, &[5500, 6200, 6900]), (90.0, &[5500, 6200, 6900]), (180.0, &[5500, 6200, 6900])];

const KNOWN: &[Known] = &[
    Known {
        name: "lean",
        file: "lean_zulip",
        k: 0.6,
        cases: NINE_LEAN,
        also: Some(2700),
        auc: Some((0.934, Some(2700))),
        calibration: Some(0.025),
    },
    Known {
        name: "uboot",
        file: "uboot_reviews",
        k: 0.5,
        cases: NINE_UBOOT,
        also: Some(6900),
        auc: Some((0.931, None)),
        calibration: Some(0.025),
    },
    Known {
        name: "eu",
        file: "eu_email",
        k: 1.5,
        cases: &[(30.0, &[340]), (90.0, &[340]), (180.0, &[340])],
        also: None,
        auc: Some((0.842, None)),
        calibration: Some(0.025),
    },
    Known {
        name: "fb",
        file: "fb_wall",
        k: 1.0,
        cases: &[(30.0, &[270, 330]), (90.0, &[270])],
        also: None,
        auc: Some((0.765, None)),
        calibration: Some(0.025),
    },
    Known {
        name: "college",
        file: "college",
        k: 0.6,
        cases: &[(30.0, &[90, 130])],
        also: None,
        auc: Some((0.893, None)),
        calibration: None,
    },
    Known {
        name: "reality",
        file: "reality_calls",
        k: 1.5,
        cases: &[(30.0, &[74])],
        also: None,
        auc: Some((0.773, None)),
        calibration: None,
    },
    Known {
        name: "git",
        file: "git_reviews",
        k: 0.5,
        cases: &[(90.0, &[6500]), (180.0, &[5500, 6500])],
        also: None,
        auc: None,
        calibration: None,
    },
];

/// The sets over which means were published.
pub(super) const MEAN_OF: [&str; 6] = ["lean", "uboot", "eu", "fb", "college", "reality"];

/// One horizon and where a history is cut for it.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Case {
    pub(super) horizon_days: f64,
    pub(super) cuts: Vec<Day>,
}

/// Returns the known set kept in a file of this name, without `.csv.gz`.
pub(crate) fn known(file: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.file == file)
}

/// Returns the place of a set in tables: known ones first.
pub(crate) fn order(file: &str) -> usize {
    KNOWN.iter().position(|known| known.file == file).unwrap_or(KNOWN.len())
}

/// Returns the day of a cut-off so many days after the first row.
pub(super) fn day(history: &History, after: i32) -> Option<Day> {
    Some(history.first()?.plus_days(f64::from(after)).day())
}

/// Returns the fixed cases of a known set.
pub(super) fn fixed(known: &Known, history: &History) -> Vec<Case> {
    let case = |(horizon_days, cuts): &(f64, &[i32])| Case {
        horizon_days: *horizon_days,
        cuts: cuts.iter().filter_map(|after| day(history, *after)).collect(),
    };
    known.cases.iter().map(case).collect()
}

/// Returns the cases of any other history: each horizon of the protocol that it is long enough for, or else the
/// longest whole number of days.
pub(super) fn by_span(history: &History) -> Vec<Case> {
    let case = |horizon_days: f64| {
        let cuts = default_cuts(history, horizon_days).ok()?;
        Some(Case { horizon_days, cuts })
    };
    let cases: Vec<_> = HORIZONS.into_iter().filter_map(case).collect();
    if !cases.is_empty() {
        return cases;
    }
    (1..30).rev().map(f64::from).find_map(case).into_iter().collect()
}
