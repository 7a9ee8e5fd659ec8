//! How far a plugin is shut in, told as the system granted it and not as it was asked for.

use std::fmt;

/// How far a plugin is shut in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that holds or does not")]
pub struct Confinement {
    /// It runs in a process of its own, so that a crash is not this program's.
    pub process: bool,
    /// Processor time, open files, and what else a process can take from others are limited.
    pub limits: bool,
    /// Memory is limited.
    pub memory: bool,
    /// It can open no file and no connection (Landlock).
    pub files: bool,
    /// It can call the system for nothing but memory and its answers (seccomp).
    pub calls: bool,
}

impl Confinement {
    /// Nothing: it runs in this process.
    pub const NONE: Self =
        Self { process: false, limits: false, memory: false, files: false, calls: false };
    /// Everything there is.
    pub const FULL: Self =
        Self { process: true, limits: true, memory: true, files: true, calls: true };

    /// Whether nothing is missing.
    pub fn is_full(self) -> bool {
        self.missing().next().is_none()
    }

    /// Returns what is missing, in words that follow "without".
    pub fn missing(self) -> impl Iterator<Item = &'static str> {
        let parts = [
            (self.process, "a process of its own"),
            (self.limits, "limits on time and files"),
            (self.memory, "a limit on memory"),
            (self.files, "a lock on files and connections (Landlock)"),
            (self.calls, "a filter on system calls (seccomp)"),
        ];
        parts.into_iter().filter(|(has, _)| !has).map(|(_, name)| name)
    }
}

impl fmt::Display for Confinement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_full() {
            return f.write_str("fully confined");
        }
        if !self.process {
            return f.write_str("in this process");
        }
        let missing: Vec<_> = self.missing().collect();
        // Who can open any file and connection is not shut in, whatever else is limited.
        let word = if self.files { "confined" } else { "in a process of its own, but" };
        write!(f, "{word} without {}", missing.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(Confinement::FULL.to_string(), "fully confined");
        assert_eq!(Confinement::NONE.to_string(), "in this process");
        let partly = Confinement { calls: false, limits: false, ..Confinement::FULL };
        assert_eq!(
            partly.to_string(),
            "confined without limits on time and files and a filter on system calls (seccomp)"
        );
        let limited = Confinement { files: false, calls: false, ..Confinement::FULL };
        assert_eq!(
            limited.to_string(),
            "in a process of its own, but without a lock on files and connections (Landlock) and \
             a filter on system calls (seccomp)"
        );
    }
}
