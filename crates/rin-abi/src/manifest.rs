//! What a plugin is, read from its `plugin.toml` without running a line of its code.
//!
//! The host shows, permits and refuses by this file alone; the library must tell the same story. Unknown keys are
//! refused, because a misspelt limit that is silently ignored is worse than an error.

mod check;
mod example;
mod norm;
mod profile;
mod shape;

use std::fmt;

use rin_core::{Column, Norm, StrategyInfo, Text};

pub use self::{
    example::{Example, ExampleValue, Expect},
    profile::ProfileLink,
};
use crate::{PROVIDES_READER, PROVIDES_STRATEGY};

/// What stands in a `plugin.toml`.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub struct Manifest {
    /// Id, version, name, licence, platform, columns, kinds and reasons.
    pub info: StrategyInfo,
    /// Where people look at an account of its platform.
    pub profile: Option<ProfileLink>,
    /// What it can do.
    pub provides: Provides,
    /// The personal columns it wants to see; each needs the user's consent.
    pub permissions: Vec<Column>,
    /// Its parameters; values are handed over in this order.
    pub params: Vec<Param>,
    /// The platform's limits and customs.
    pub norms: Vec<Norm>,
    /// Worked examples: documentation and test in one.
    pub examples: Vec<Example>,
    /// Its libraries, where the file name is not the usual one or the bytes are pinned.
    pub targets: Vec<Target>,
}

/// What a plugin can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Provides {
    /// It reads exports.
    pub reader: bool,
    /// It proposes actions.
    pub strategy: bool,
}

impl Provides {
    /// Returns it as the descriptor carries it.
    pub(crate) const fn bits(self) -> u32 {
        (if self.reader { PROVIDES_READER } else { 0 })
            | (if self.strategy { PROVIDES_STRATEGY } else { 0 })
    }
}

/// A parameter a user may set.
#[derive(Clone, PartialEq, Debug)]
pub struct Param {
    /// Its name in the configuration.
    pub key: String,
    /// What it may be.
    pub kind: ParamKind,
    /// What it does, as a person reads it.
    pub text: Text,
}

/// What a parameter may be, and what it is if nobody sets it.
#[derive(Clone, PartialEq, Debug)]
pub enum ParamKind {
    /// A number.
    Number {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// If not set.
        default: f64,
    },
    /// On or off; 1 or 0 at the boundary.
    Switch {
        /// If not set.
        default: bool,
    },
    /// A text.
    Text {
        /// If not set.
        default: String,
    },
}

impl ParamKind {
    pub(crate) const fn number(&self) -> u32 {
        match self {
            Self::Number { .. } => 1,
            Self::Switch { .. } => 2,
            Self::Text { .. } => 3,
        }
    }
}

/// The value of a parameter, as it is handed over.
#[derive(Clone, PartialEq, Debug)]
pub enum ParamValue {
    /// A number, or a switch as 1 or 0.
    Number(f64),
    /// A text.
    Text(String),
}

/// One library of a plugin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The target triple it runs on.
    pub triple: String,
    /// Its file name beside the manifest.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal, if pinned.
    pub sha256: Option<String>,
}

impl Manifest {
    /// Reads a manifest; `file` is only for the error.
    ///
    /// # Errors
    /// [`ManifestError`] naming file, line and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, ManifestError> {
        // Some editors put a byte order mark before everything.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        shape::read(text)
            .and_then(check::manifest)
            .map_err(|slip| ManifestError::locate(file, text, slip))
    }

    /// Returns the values of all parameters if the user sets none.
    pub fn defaults(&self) -> Vec<ParamValue> {
        self.params.iter().map(Param::default_value).collect()
    }
}

impl Param {
    /// Returns its value if the user sets none.
    pub fn default_value(&self) -> ParamValue {
        match &self.kind {
            ParamKind::Number { default, .. } => ParamValue::Number(*default),
            ParamKind::Switch { default } => ParamValue::Number(f64::from(u8::from(*default))),
            ParamKind::Text { default } => ParamValue::Text(default.clone()),
        }
    }
}

/// What is wrong with a manifest, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ManifestError {
    /// The file as it was named to the parser.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// The known word that was probably meant.
    pub hint: Option<String>,
}

impl std::error::Error for ManifestError {}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "; did you mean `{hint}`?"),
            None => Ok(()),
        }
    }
}

impl ManifestError {
    fn locate(file: &str, text: &str, slip: Slip) -> Self {
        let line = 1 + text.get(..slip.at).unwrap_or_default().matches('\n').count();
        Self { file: file.to_owned(), line, what: slip.what, hint: slip.hint }
    }
}

/// What is wrong at which byte.
#[derive(Debug)]
struct Slip {
    at: usize,
    what: String,
    hint: Option<String>,
}

#[cfg(test)]
pub(crate) const EXAMPLE: &str = include_str!("manifest/example.toml");

#[cfg(test)]
mod tests;
