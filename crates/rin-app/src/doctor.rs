//! Is everything in order: folder, store, settings, plugins?

use std::path::Path;

use rin_core::Moment;
use serde::Serialize;

use crate::{Config, Lang, Plugins, SessionError};

/// The outcome of all checks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct DoctorView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Whether all of them are fine.
    pub is_fine: bool,
    /// Each check.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Check {
    /// What was looked at.
    pub what: String,
    /// Whether it is fine.
    pub is_fine: bool,
    /// What was found.
    pub found: String,
    /// What to do; empty if nothing.
    pub remedy: String,
}

impl DoctorView {
    /// Looks at everything; the store is read, never written. A plugin that crashes meanwhile is written down.
    pub fn new(dir: &Path, plugins: &mut Plugins, now: Moment, lang: Lang) -> Self {
        let mut checks = vec![store(dir, lang), settings(dir, lang)];
        // Settings that cannot be read are told above; the plugins are then tried with their defaults.
        let config = Config::read(dir).unwrap_or_default();
        checks.extend(plugins.checks(&config, lang));
        checks.extend(
            plugins
                .note_crashes(now)
                .unwrap_or_else(|error| vec![error])
                .into_iter()
                .map(|error| check("plugins".to_owned(), Err(SessionError::from(error)), lang)),
        );
        let is_fine = checks.iter().all(|check| check.is_fine);
        Self { schema: "rin.doctor/1", is_fine, checks }
    }
}

fn store(dir: &Path, lang: Lang) -> Check {
    let what = lang.pick("store", "Speicher").to_owned();
    let read = || -> Result<String, SessionError> {
        let store = rin_store::Store::open_read_only(dir)?;
        store.check()?;
        let counts = store.read()?.counts()?;
        let (sources, accounts, events) = (counts.sources, counts.accounts, counts.interactions);
        let sources = lang.count(sources, ("source", "Quelle"), ("sources", "Quellen"));
        let accounts = lang.count(accounts, ("account", "Konto"), ("accounts", "Konten"));
        let events =
            lang.count(events, ("interaction", "Interaktion"), ("interactions", "Interaktionen"));
        let sound = lang.pick("sound", "in Ordnung");
        Ok(format!("{sound}: {sources}, {accounts}, {events}"))
    };
    check(what, read(), lang)
}

fn settings(dir: &Path, lang: Lang) -> Check {
    let what = crate::config::FILE.to_owned();
    let read = || -> Result<String, SessionError> {
        Config::read(dir)?;
        Ok(lang.pick("valid", "gültig").to_owned())
    };
    check(what, read(), lang)
}

/// Turns an answer into a check.
pub(crate) fn check(what: String, answer: Result<String, SessionError>, lang: Lang) -> Check {
    match answer {
        Ok(found) => Check { what, is_fine: true, found, remedy: String::new() },
        Err(error) => {
            let remedy = error.remedy().map(|text| lang.text(&text).to_owned());
            let mut found = error.to_string();
            let mut cause = std::error::Error::source(&error);
            while let Some(error) = cause {
                found.push_str(": ");
                found.push_str(error.to_string().trim_end());
                cause = error.source();
            }
            Check { what, is_fine: false, found, remedy: remedy.unwrap_or_default() }
        }
    }
}
