//! Why nothing could be tested, and what to do about it, in both languages.

use std::path::PathBuf;

use rin_core::{Day, History, Text};

use crate::{Lang, LogFileError};

/// Horizons of past that a test needs.
const HORIZONS: f64 = 5.0;

/// Why nothing could be tested.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BacktestError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] LogFileError),
    /// Nobody in the file is called so.
    #[error("nobody in {} is called `{name}`", path.display())]
    UnknownEgo {
        /// As asked.
        name: String,
        /// The file.
        path: PathBuf,
    },
    /// There is nothing from this platform in the network.
    #[error("there is nothing from `{name}` in your network")]
    UnknownPlatform {
        /// As asked.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// No account is known to be ours.
    #[error("it is not known which accounts are yours")]
    NoOwn,
    /// Nothing ever happened.
    #[error("there is no interaction to look back at")]
    Empty,
    /// A file holds nothing between two by now.
    #[error("{} holds no interaction between two by now, of {rows} rows", path.display())]
    EmptyFile {
        /// The file.
        path: PathBuf,
        /// Its rows.
        rows: usize,
    },
    /// The past is too short.
    #[error(
        "the past spans {days:.0} days, and testing a horizon of {horizon} days needs {needed:.0}"
    )]
    TooShort {
        /// From the first to the last interaction.
        days: f64,
        /// What one cut needs.
        needed: f64,
        /// *H*.
        horizon: f64,
    },
    /// What came after a cut is not known yet.
    #[error("what came within {horizon} days after {} is not known yet", Lang::En.day(*cut))]
    NotOver {
        /// The cut.
        cut: Day,
        /// *H*.
        horizon: f64,
        /// The latest cut of which it is known, if there is one.
        latest: Option<Day>,
    },
    /// Nobody had enough contact.
    #[error("nobody had contact twice before any of the days looked back at")]
    NoTie {
        /// *H*.
        horizon: f64,
    },
    /// The test cannot be carried out as asked.
    #[error(transparent)]
    Test(rin_core::BacktestError),
}

impl BacktestError {
    /// Takes what the test says and adds what a person needs to act.
    pub(super) fn of(error: rin_core::BacktestError, history: &History, horizon: f64) -> Self {
        match error {
            _ if history.is_empty() => Self::Empty,
            rin_core::BacktestError::TooShort { days, needed } => {
                Self::TooShort { days, needed, horizon }
            }
            rin_core::BacktestError::NotOver { cut } => {
                let end = history.last().map(|last| last.plus_days(1.0).day());
                let latest = end.map(|end| end.start().plus_days(-horizon).day());
                let is_there = |day: &Day| history.first().is_some_and(|first| first < day.start());
                Self::NotOver { cut, horizon, latest: latest.filter(is_there) }
            }
            rin_core::BacktestError::NoTie => Self::NoTie { horizon },
            other => Self::Test(other),
        }
    }

    /// Returns what happened.
    pub fn message(&self, lang: Lang) -> String {
        let german = match self {
            Self::UnknownEgo { name, path } => {
                format!("in {} heißt niemand `{name}`", path.display())
            }
            Self::UnknownPlatform { name, .. } => {
                format!("in deinem Netz gibt es nichts von `{name}`")
            }
            Self::NoOwn => "es ist nicht bekannt, welche Konten deine sind".to_owned(),
            Self::Empty => "es gibt keine Interaktion, auf die sich zurückblicken ließe".to_owned(),
            Self::EmptyFile { path, rows } => format!(
                "{} enthält bis jetzt keine Interaktion zwischen zweien, von {rows} Zeilen",
                path.display()
            ),
            Self::TooShort { days, needed, horizon } => format!(
                "die Vergangenheit umfasst {days:.0} Tage, und eine Frist von {} Tagen zu prüfen braucht {needed:.0}",
                Lang::De.number(*horizon)
            ),
            Self::NotOver { cut, horizon, .. } => format!(
                "was binnen {} Tagen nach dem {} kam, ist noch nicht bekannt",
                Lang::De.number(*horizon),
                Lang::De.day(*cut)
            ),
            Self::NoTie { .. } => {
                "mit niemandem gab es zweimal Kontakt vor den Tagen, von denen aus zurückgeblickt wird".to_owned()
            }
            Self::File(_) | Self::Test(_) => self.to_string(),
        };
        lang.pick(self.to_string(), german)
    }

    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::File(error) => return error.remedy(),
            Self::UnknownEgo { .. } => (
                "Give a src or dst exactly as it stands in the file.".to_owned(),
                "Ein src oder dst genau so angeben, wie es in der Datei steht.".to_owned(),
            ),
            Self::UnknownPlatform { known, .. } => {
                let known = known.join(", ");
                (format!("There is: {known}."), format!("Es gibt: {known}."))
            }
            Self::NoOwn => (
                "Say which: rin own add HANDLE".to_owned(),
                "Nennen mit: rin own add HANDLE".to_owned(),
            ),
            Self::Empty => (
                "Import an export: rin import PATH; or give a file: rin backtest FILE".to_owned(),
                "Einen Export importieren: rin import PFAD; oder eine Datei angeben: rin backtest DATEI".to_owned(),
            ),
            Self::EmptyFile { .. } => (
                "Check t (seconds since 1970, not in the future) and that src and dst differ.".to_owned(),
                "t prüfen (Sekunden seit 1970, nicht in der Zukunft), und dass src und dst verschieden sind.".to_owned(),
            ),
            Self::TooShort { days, .. } => shorter((days / HORIZONS).floor()),
            Self::NotOver { latest: Some(latest), .. } => (
                format!("The latest day that can be cut at is {0}: --cut {0}", iso(*latest)),
                format!("Der späteste mögliche Schnitt ist {0}: --cut {0}", iso(*latest)),
            ),
            Self::NotOver { latest: None, .. } => shorter(0.0),
            Self::NoTie { horizon } => shorter((horizon / 2.0).floor()),
            Self::Test(_) => (
                "Leave the option out to get its default.".to_owned(),
                "Die Angabe weglassen; dann gilt die Vorgabe.".to_owned(),
            ),
        };
        Text { en, de }
    }
}

/// Advises a shorter horizon, or more of the past where none is short enough.
fn shorter(days: f64) -> (String, String) {
    if days < 1.0 {
        return (
            "It needs more of the past: import older exports too.".to_owned(),
            "Es braucht mehr Vergangenheit: auch ältere Exporte importieren.".to_owned(),
        );
    }
    (
        format!("Look less far ahead: --horizon {days:.0}; or import older exports too."),
        format!(
            "Weniger weit vorausschauen: --horizon {days:.0}; oder auch ältere Exporte importieren."
        ),
    )
}

/// Returns a day as it is typed.
fn iso(day: Day) -> String {
    crate::time::iso_date(day.start(), &jiff::tz::TimeZone::UTC)
}
