//! Does a plugin keep its promises? Named cases, each with a worker of its own, so that a crash costs that case only.
//!
//! The cases teach: each says what it tests and why, and what it found in the words of a manifest's example. A case
//! that builds on another is left out when that one fails, so that one fault is told once and where it is.

mod bomb;
mod cases;
mod fuzz;
mod random;
mod reader;
mod report;
mod sample;
mod settings;
mod start;
mod steadiness;
mod strategy;
mod words;
mod world;

use std::time::Instant;

use rin_core::Text;

use self::{
    cases::{Case, For, cases},
    report::Verdict,
    sample::Sample,
    words::{same, say},
};
pub use self::{
    fuzz::{FuzzFailure, FuzzReport, FuzzRequest, fuzz_plugin},
    report::{CaseReport, CheckReport, CheckRequest, Outcome},
};
use crate::{Connection, Found, Ledger, Loading, Params, Plugin, load};

/// A case as it is documented.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct CheckCase {
    /// Its stable name.
    pub name: &'static str,
    /// What it tests and why.
    pub about: Text,
    /// Whether it is about strategies only.
    pub for_strategies: bool,
    /// Whether it is about readers only.
    pub for_readers: bool,
}

/// Returns every case, in the order in which they are tried.
pub fn check_cases() -> Vec<CheckCase> {
    let show = |case: &Case| CheckCase {
        name: case.name,
        about: case.about(),
        for_strategies: case.who == For::Strategies,
        for_readers: case.who == For::Readers,
    };
    cases().iter().map(show).collect()
}

/// Checks a plugin, and tells of each case as soon as it has come out.
///
/// # Example
/// ```no_run
/// use rin_host::{CheckRequest, check_plugin, find_at};
///
/// let found = find_at("plugins/club".as_ref()).unwrap();
/// let report = check_plugin(&found, &CheckRequest::default(), &mut |case| println!("{}", case.name));
/// assert!(report.is_fine());
/// ```
pub fn check_plugin(
    found: &Found,
    request: &CheckRequest,
    heard: &mut dyn FnMut(&CaseReport),
) -> CheckReport {
    let info = &found.manifest.info;
    let mut report = CheckReport {
        plugin: info.id.clone(),
        version: info.version.clone(),
        seed: request.seed,
        cases: Vec::new(),
    };
    let bench = Bench::new(found, request);
    for case in cases() {
        let started = Instant::now();
        let verdict = judge(&bench, case, &report);
        let case = CaseReport {
            name: case.name,
            about: case.about(),
            outcome: verdict.outcome,
            what: verdict.what,
            took: started.elapsed(),
        };
        tracing::debug!(case = case.name, outcome = case.outcome.name(), "checked");
        heard(&case);
        report.cases.push(case);
    }
    report
}

/// Tries a case, unless there is a reason not to.
fn judge(bench: &Result<Bench<'_>, Verdict>, case: &Case, before: &CheckReport) -> Verdict {
    if let Some(need) = blocker(case, before) {
        return Verdict::skipped(say!(
            "it builds on {need}, which did not pass",
            "es baut auf {need} auf, und das ist nicht bestanden"
        ));
    }
    let bench = match bench {
        Ok(bench) => bench,
        Err(verdict) if case.name == cases::FIRST => return verdict.clone(),
        Err(_) => {
            return Verdict::skipped(say!(
                "the plugin cannot be loaded",
                "das Plugin lässt sich nicht laden"
            ));
        }
    };
    let provides = bench.found.manifest.provides;
    match case.who {
        _ if bench.request.skip.iter().any(|name| name == case.name) => {
            Verdict::skipped(say!("it was asked to be left out", "es sollte ausgelassen werden"))
        }
        For::Strategies if !provides.strategy => {
            Verdict::skipped(say!("it provides no strategy", "es bietet keine Strategie"))
        }
        For::Readers if !provides.reader => {
            Verdict::skipped(say!("it provides no reader", "es bietet keinen Leser"))
        }
        _ => {
            bench.plugin.how_often_forgotten();
            quietly(|| (case.run)(bench)).unwrap_or_else(|verdict| verdict)
        }
    }
}

/// Does something without the warnings and errors that a plugin logs, which are meant where everything is tried on
/// purpose. Whoever listens more closely hears them.
fn quietly<R>(body: impl FnOnce() -> R) -> R {
    if tracing::enabled!(target: "rin_host::plugin", tracing::Level::INFO) {
        return body();
    }
    tracing::subscriber::with_default(tracing::subscriber::NoSubscriber::default(), body)
}

/// Returns the case that did not pass and on which this one builds, however indirectly.
fn blocker(case: &Case, before: &CheckReport) -> Option<&'static str> {
    let is_bad =
        |name: &str| before.cases.iter().any(|case| case.name == name && case.outcome.is_bad());
    case.needs.iter().find_map(|need| {
        let further = || blocker(cases().iter().find(|case| case.name == *need)?, before);
        if is_bad(need) { Some(*need) } else { further() }
    })
}

/// A plugin on the bench, and what to check it with.
struct Bench<'a> {
    found: &'a Found,
    request: &'a CheckRequest,
    plugin: Bytes,
    params: Params,
    samples: Result<Vec<Sample>, Text>,
}

/// The plugin's bytes with the ledger of this check.
struct Bytes {
    plugin: Plugin,
    ledger: Ledger,
}

impl Bytes {
    /// A crash in one case is no reason not to try the next.
    fn how_often_forgotten(&self) {
        self.ledger.forgive(self.plugin.sha256());
    }
}

impl<'a> Bench<'a> {
    fn new(found: &'a Found, request: &'a CheckRequest) -> Result<Self, Verdict> {
        let params = Params::check(&found.manifest, &request.params)
            .map_err(|error| Verdict::failed(same(error)))?;
        let ledger = Ledger::default();
        let plugin = Bytes { plugin: load(found, &loading(found, request, &ledger))?, ledger };
        let samples = sample::open(found, &request.samples);
        Ok(Self { found, request, plugin, params, samples })
    }

    /// Starts an instance in a worker of its own.
    fn connect(&self) -> Result<Box<dyn Connection>, Verdict> {
        self.connect_with(&self.params)
    }

    fn connect_with(&self, params: &Params) -> Result<Box<dyn Connection>, Verdict> {
        Ok(self.plugin.plugin.connect(params)?)
    }

    /// Starts an instance that is ended at its first forbidden system call.
    fn connect_strictly(&self) -> Result<Box<dyn Connection>, Verdict> {
        let how = loading(self.found, self.request, &self.plugin.ledger);
        let plugin = load(self.found, &Loading { strict: true, ..how })?;
        Ok(plugin.connect(&self.params)?)
    }

    fn manifest(&self) -> &'a crate::Manifest {
        &self.found.manifest
    }

    /// Returns the samples, or why there are none.
    fn samples(&self) -> Result<&[Sample], Verdict> {
        match &self.samples {
            Ok(samples) if samples.is_empty() => Err(Verdict::skipped(say!(
                "there is no sample: put exports into a folder samples beside the manifest, or name one with --sample",
                "es gibt kein Beispiel: Exporte in einen Ordner samples neben dem Manifest legen, oder eines mit --sample nennen",
            ))),
            Ok(samples) => Ok(samples),
            Err(what) => Err(Verdict::failed(what.clone())),
        }
    }
}

/// Returns how a plugin is loaded here: as asked, with all made-up people visible, and with a ledger of its own.
fn loading(found: &Found, request: &CheckRequest, ledger: &Ledger) -> Loading {
    let columns = found.manifest.info.columns.iter().map(|one| one.column);
    Loading {
        permitted: columns.filter(|column| column.is_personal()).collect(),
        ledger: ledger.clone(),
        ..request.how.clone()
    }
}
