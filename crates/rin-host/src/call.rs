//! How a call into a plugin can go wrong.

use std::{fmt, time::Duration};

use rin_abi::Status;
use rin_core::Finding;

/// A call into a plugin that gave no answer. What was handed over before it failed must not be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("plugin {plugin} {fault}")]
pub struct CallError {
    /// The plugin's id.
    pub plugin: String,
    /// What happened.
    pub fault: CallFault,
}

/// What happened in a call that gave no answer; reads on after the plugin's id.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallFault {
    /// It says that it failed.
    #[error("failed with status {code}{}", after_colon(said))]
    Status {
        /// Its status.
        code: i32,
        /// The last error it logged; may be empty.
        said: String,
    },
    /// It panicked, and this instance of it is of no more use.
    #[error("{}", panicked(said))]
    Panicked {
        /// Where, as far as it said so: `panicked at src/lib.rs:7`, or the last error it logged; may be empty.
        said: String,
    },
    /// It panicked in an earlier call.
    #[error("has panicked before and must be started afresh")]
    Poisoned,
    /// It handed over something that cannot be.
    #[error("handed over something impossible: {what}")]
    Lied {
        /// What.
        what: String,
    },
    /// It handed over more than anybody can use.
    #[error("handed over more than {limit} {what}")]
    Flooded {
        /// What.
        what: &'static str,
        /// The most that is taken.
        limit: u64,
    },
    /// A column it cannot do without is not there.
    #[error("needs column {name}")]
    MissingColumn {
        /// The column.
        name: &'static str,
    },
    /// The source as a whole is unreadable.
    #[error("cannot read the source: {0}")]
    Unreadable(Box<UnreadableSource>),
    /// Somebody asked it to stop.
    #[error("was asked to stop")]
    Cancelled,
    /// Its process ended in the middle of the call.
    #[error("crashed: {how}")]
    Crashed {
        /// How it ended, and what it said last.
        how: String,
    },
    /// It did not answer in time, and its process was ended.
    #[error("gave no answer within {} s and was ended", seconds(*after))]
    Late {
        /// How long was waited.
        after: Duration,
    },
    /// It has crashed too often and is not run any more.
    #[error("has crashed {crashes} times and is not run any more")]
    Quarantined {
        /// How often.
        crashes: u32,
    },
    /// It has no strategy or no reader.
    #[error("provides no {what}")]
    Unsupported {
        /// What it does not provide.
        what: &'static str,
    },
}

pub(crate) fn after_colon(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// Returns seconds as people write them.
pub(crate) fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

/// Says once that it panicked, since the kit's own line begins with that word.
fn panicked(said: &str) -> String {
    if said.starts_with("panicked") {
        said.to_owned()
    } else {
        format!("panicked{}", after_colon(said))
    }
}

impl CallFault {
    /// Returns what a status stands for, in the plugin's own words.
    pub(crate) fn of_status(status: Status, said: String) -> Self {
        match status {
            Status::PANIC => Self::Panicked { said },
            Status::CANCELLED => Self::Cancelled,
            status => Self::Status { code: status.code(), said },
        }
    }
}

/// Why a source as a whole could not be read: a finding that outlives the call.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UnreadableSource {
    /// A short stable name, e.g. `truncated`.
    pub code: String,
    /// The file inside the source; may be empty.
    pub file: String,
    /// Line, item or byte from 1; 0 for none.
    pub place: u64,
    /// What is wrong and what to do, in English.
    pub en: String,
    /// The same in German.
    pub de: String,
}

impl From<Finding<'_>> for UnreadableSource {
    fn from(finding: Finding<'_>) -> Self {
        Self {
            code: finding.code.to_owned(),
            file: finding.file.to_owned(),
            place: finding.place,
            en: finding.en.to_owned(),
            de: finding.de.to_owned(),
        }
    }
}

impl fmt::Display for UnreadableSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            write!(f, "{}: ", self.file)?;
        }
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_once() {
        for (said, expected) in [
            ("", "plugin org.example.x panicked"),
            ("panicked at src/lib.rs:7", "plugin org.example.x panicked at src/lib.rs:7"),
            ("no more room", "plugin org.example.x panicked: no more room"),
        ] {
            let fault = CallFault::of_status(Status::PANIC, said.to_owned());
            let error = CallError { plugin: "org.example.x".to_owned(), fault };
            assert_eq!(error.to_string(), expected);
        }
    }
}
