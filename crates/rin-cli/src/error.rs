//! What went wrong, why, and what to do: three lines and an exit code.
//!
//! Exit codes: 0 done, 1 failed, 2 asked for something that cannot be, 3 done in part (an import with errors).

use std::{
    error::Error as _,
    io::{self, Write as _},
    process::ExitCode,
};

use rin_app::{DevError, Lang, MomentError, NewPluginError, SessionError};

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Error {
    /// The application could not do it.
    Session(SessionError),
    /// A day or moment is none.
    Moment(MomentError),
    /// No plugin could be written.
    NewPlugin(NewPluginError),
    /// A plugin could not be built and tried.
    Dev(DevError),
    /// Something was asked for that does not go together.
    Usage {
        /// What, in English.
        en: &'static str,
        /// The same in German.
        de: &'static str,
    },
    /// The answer could not be written.
    Output(io::Error),
}

impl From<SessionError> for Error {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

impl From<NewPluginError> for Error {
    fn from(error: NewPluginError) -> Self {
        Self::NewPlugin(error)
    }
}

impl From<DevError> for Error {
    fn from(error: DevError) -> Self {
        Self::Dev(error)
    }
}

impl From<MomentError> for Error {
    fn from(error: MomentError) -> Self {
        Self::Moment(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// An error in the words of a person.
#[derive(Debug)]
pub(crate) struct Told {
    /// What happened.
    pub(crate) what: String,
    /// Why, and why that.
    pub(crate) because: Vec<String>,
    /// What to do about it.
    pub(crate) remedy: Option<String>,
    /// The exit code it ends a command with.
    pub(crate) code: u8,
}

impl Error {
    /// Says what, why and what next.
    pub(crate) fn told(&self, lang: Lang) -> Told {
        let (what, remedy, code) = match self {
            Self::Session(error) => {
                let code = if error.is_usage() { 2 } else { 1 };
                (error.message(lang), error.remedy(), code)
            }
            Self::Moment(MomentError { text }) => {
                let what = lang.pick(
                    format!("`{text}` is neither a day (2026-08-17) nor a moment (2026-08-17T09:00:00+02:00)"),
                    format!("`{text}` ist weder ein Tag (2026-08-17) noch ein Zeitpunkt (2026-08-17T09:00:00+02:00)"),
                );
                (what, None, 2)
            }
            Self::NewPlugin(error) => (error.to_string(), error.remedy(), 2),
            Self::Dev(error) => (error.to_string(), error.remedy(), 1),
            Self::Usage { en, de } => (lang.pick(*en, *de).to_owned(), None, 2),
            Self::Output(error) => (error.to_string(), None, 1),
        };
        let mut source = match self {
            Self::Session(error) => error.source(),
            Self::NewPlugin(error) => error.source(),
            Self::Dev(error) => error.source(),
            _ => None,
        };
        let mut because = Vec::new();
        while let Some(cause) = source {
            because.push(cause.to_string().trim_end().to_owned());
            source = cause.source();
        }
        Told { what, because, remedy: remedy.map(|text| lang.text(&text).to_owned()), code }
    }

    /// Prints what, why and what next to stderr, and returns the exit code.
    pub(crate) fn report(&self, lang: Lang) -> ExitCode {
        // Whoever closed the pipe has read enough.
        if let Self::Output(error) | Self::Session(SessionError::Output { source: error }) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return ExitCode::SUCCESS;
        }
        let told = self.told(lang);
        let mut lines = vec![format!("{}: {}", lang.pick("error", "Fehler"), told.what)];
        for cause in &told.because {
            let because = lang.pick("because", "denn");
            lines.push(format!("  {because}: {}", cause.replace('\n', "\n    ")));
        }
        if let Some(remedy) = told.remedy {
            lines.push(format!("  {}: {remedy}", lang.pick("what to do", "was tun")));
        }
        // With stderr gone there is nobody left to tell.
        lines.push(String::new());
        drop(io::stderr().write_all(lines.join("\n").as_bytes()));
        ExitCode::from(told.code)
    }
}
