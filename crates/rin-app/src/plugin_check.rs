//! Does a plugin keep its promises? For authors, before anybody else runs it.
//!
//! Nothing of the user's is shown to it and nothing needs to be approved: it runs confined, on made-up relationships
//! and its own samples.

use std::{path::PathBuf, time::Duration};

use rin_core::Text;
use rin_host::{
    CaseReport, CheckRequest, Found, FuzzRequest, Loading, Outcome, ParamError, Params, Problem,
    check_cases, find_at,
};
use serde::Serialize;

use crate::{Lang, SessionError};

/// Which plugin to check, and with what.
#[derive(Clone, Debug, Default)]
pub struct PluginCheckRequest {
    /// A folder with `plugin.toml`, or a manifest.
    pub path: PathBuf,
    /// Parameters other than the defaults, as `KEY=VALUE`.
    pub settings: Vec<String>,
    /// The seed of all chance.
    pub seed: u64,
    /// Exports for its reader; without any, those in the folder `samples` beside its manifest.
    pub samples: Vec<PathBuf>,
    /// Cases to leave out.
    pub skip: Vec<String>,
}

/// How long to try rounds of chance.
#[derive(Clone, Debug, Default)]
pub struct PluginFuzzRequest {
    /// With what; its seed is that of the first round.
    pub check: PluginCheckRequest,
    /// Rounds after which to end.
    pub rounds: Option<u64>,
    /// Time after which to end.
    pub time: Option<Duration>,
}

/// How a check came out.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PluginCheckView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// Its library.
    pub file: String,
    /// The seed of all chance.
    pub seed: u64,
    /// Whether nothing must be mended.
    pub is_fine: bool,
    /// Cases that came out as they should.
    pub passed: usize,
    /// Cases that found something allowed but unwise.
    pub warned: usize,
    /// Cases that were not tried.
    pub skipped: usize,
    /// Cases that found a fault.
    pub failed: usize,
    /// Cases in which the plugin panicked, crashed or gave no answer.
    pub crashed: usize,
    /// Each case.
    pub cases: Vec<CheckedCaseView>,
}

/// How one case came out.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CheckedCaseView {
    /// Its stable name.
    pub name: &'static str,
    /// What it tests and why.
    pub about: String,
    /// `passed`, `warned`, `skipped`, `failed` or `crashed`.
    pub outcome: &'static str,
    /// What was found; empty if there is nothing to say.
    pub what: String,
    /// How long it took, in milliseconds.
    pub ms: u64,
}

/// How rounds of chance came out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PluginFuzzView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The plugin's id.
    pub plugin: String,
    /// Its version.
    pub version: String,
    /// The seed of the first round.
    pub seed: u64,
    /// Rounds tried.
    pub rounds: u64,
    /// Whether none failed.
    pub is_fine: bool,
    /// The round that failed.
    pub failure: Option<FailedRoundView>,
}

/// A round that failed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FailedRoundView {
    /// Its seed, which makes it again.
    pub seed: u64,
    /// `failed` or `crashed`.
    pub outcome: &'static str,
    /// What happened.
    pub what: String,
}

/// Why a plugin cannot be checked as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PluginCheckError {
    /// There is no plugin at the path.
    #[error("there is no plugin at {}: {problem}", path.display())]
    NotThere {
        /// The path.
        path: PathBuf,
        /// What is wrong with what is there.
        problem: Box<Problem>,
    },
    /// A setting has no value.
    #[error("the setting `{setting}` is not of the form KEY=VALUE")]
    Setting {
        /// As it was given.
        setting: String,
    },
    /// A setting does not fit the plugin.
    #[error(transparent)]
    Param(#[from] ParamError),
    /// No case is called so.
    #[error("no case is called `{name}`; there are {}", known.join(", "))]
    UnknownCase {
        /// As it was given.
        name: String,
        /// The cases there are.
        known: Vec<&'static str>,
    },
}

impl PluginCheckError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::NotThere { .. } => (
                "Name the folder that holds plugin.toml and the library, or the manifest itself.",
                "Den Ordner nennen, in dem plugin.toml und die Bibliothek liegen, oder das Manifest selbst.",
            ),
            Self::Setting { .. } => {
                ("Write for example: --set minutes=5", "Zum Beispiel schreiben: --set minutes=5")
            }
            Self::Param(_) => (
                "See its parameters in plugin.toml under [[param]].",
                "Seine Parameter stehen in plugin.toml unter [[param]].",
            ),
            Self::UnknownCase { .. } => (
                "Leave out --skip, or name one of these.",
                "--skip weglassen oder einen davon nennen.",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

/// Checks a plugin; `heard` is told each case that has come out, and of how many.
///
/// # Errors
/// [`SessionError::Check`] if there is no plugin, or it cannot be checked as asked. A plugin that fails is no error.
pub fn check_plugin(
    request: &PluginCheckRequest,
    lang: Lang,
    heard: &mut dyn FnMut(&str, usize),
) -> Result<PluginCheckView, SessionError> {
    let (found, check) = prepare(request)?;
    let total = check_cases().len();
    let report =
        rin_host::check_plugin(&found, &check, &mut |case: &CaseReport| heard(case.name, total));
    let case = |case: &CaseReport| CheckedCaseView {
        name: case.name,
        about: lang.text(&case.about).to_owned(),
        outcome: case.outcome.name(),
        what: lang.text(&case.what).to_owned(),
        ms: u64::try_from(case.took.as_millis()).unwrap_or(u64::MAX),
    };
    Ok(PluginCheckView {
        schema: "rin.plugin-check/1",
        plugin: report.plugin.clone(),
        version: report.version.clone(),
        file: found.library.display().to_string(),
        seed: report.seed,
        is_fine: report.is_fine(),
        passed: report.count(Outcome::Passed),
        warned: report.count(Outcome::Warned),
        skipped: report.count(Outcome::Skipped),
        failed: report.count(Outcome::Failed),
        crashed: report.count(Outcome::Crashed),
        cases: report.cases.iter().map(case).collect(),
    })
}

/// Tries rounds of chance until one fails; `heard` is told the number of each as it begins.
///
/// # Errors
/// As [`check_plugin`].
pub fn fuzz_plugin(
    request: &PluginFuzzRequest,
    lang: Lang,
    heard: &mut dyn FnMut(u64),
) -> Result<PluginFuzzView, SessionError> {
    let (found, check) = prepare(&request.check)?;
    let fuzz = FuzzRequest { check, rounds: request.rounds, time: request.time };
    let report = rin_host::fuzz_plugin(&found, &fuzz, heard);
    let failure = report.failure.map(|failure| FailedRoundView {
        seed: failure.seed,
        outcome: failure.outcome.name(),
        what: lang.text(&failure.what).to_owned(),
    });
    Ok(PluginFuzzView {
        schema: "rin.plugin-fuzz/1",
        plugin: report.plugin,
        version: report.version,
        seed: report.seed,
        rounds: report.rounds,
        is_fine: failure.is_none(),
        failure,
    })
}

/// Finds the plugin and reads what it is to be checked with.
fn prepare(request: &PluginCheckRequest) -> Result<(Found, CheckRequest), PluginCheckError> {
    let path = &request.path;
    let found = find_at(path).map_err(|problem| PluginCheckError::NotThere {
        path: path.clone(),
        problem: Box::new(problem),
    })?;
    let known: Vec<_> = check_cases().iter().map(|case| case.name).collect();
    if let Some(name) = request.skip.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(PluginCheckError::UnknownCase { name: name.clone(), known });
    }
    let params = request.settings.iter().map(|one| setting(one)).collect::<Result<_, _>>()?;
    Params::check(&found.manifest, &params)?;
    let check = CheckRequest {
        how: Loading::default(),
        params,
        seed: request.seed,
        samples: request.samples.clone(),
        skip: request.skip.clone(),
    };
    Ok((found, check))
}

/// Reads `KEY=VALUE`; what is no TOML is a text.
fn setting(text: &str) -> Result<(String, toml::Value), PluginCheckError> {
    let wrong = || PluginCheckError::Setting { setting: text.to_owned() };
    let (key, value) = text.split_once('=').ok_or_else(wrong)?;
    let parsed = value.trim().parse().unwrap_or_else(|_| toml::Value::String(value.to_owned()));
    Ok((key.trim().to_owned(), parsed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_toml_or_a_text() {
        let read = |text: &str| setting(text).map_err(|error| error.to_string());
        assert_eq!(read("minutes=5").unwrap(), ("minutes".into(), toml::Value::Integer(5)));
        assert_eq!(read("formal = true").unwrap(), ("formal".into(), toml::Value::Boolean(true)));
        assert_eq!(read("mode=calm").unwrap(), ("mode".into(), "calm".into()));
        let error = "the setting `mode` is not of the form KEY=VALUE";
        assert_eq!(read("mode").unwrap_err(), error);
    }
}
