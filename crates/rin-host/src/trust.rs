//! Which plugins may run: those that came with the program, and those the user has approved, byte for byte.
//!
//! An approval names the bytes by their SHA-256, so that a file changed afterwards is not run until it is approved
//! again. It is kept in one file a person can read, `rin-plugins.lock`, together with who has crashed how often.
//! Nothing here knows the time or asks anybody: moments and consent come from the caller.

mod file;

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rin_core::{Column, Day, Moment, Text};

use crate::{Crashes, Found, Isolation, Ledger, LoadError, Loading, Origin, bytes};

/// Which plugins may run, and what for.
#[derive(Debug)]
pub struct Trust {
    path: PathBuf,
    kept: Kept,
    /// What runs in this process counts here.
    ledger: Ledger,
}

/// What stands in the file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Kept {
    approvals: Vec<Approval>,
    revoked: Vec<Revocation>,
    crashed: Vec<Crashes>,
}

/// One build of a plugin that the user lets run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// The plugin's id.
    pub id: String,
    /// Its version; for people, since the bytes are what counts.
    pub version: String,
    /// SHA-256 of its library in lower-case hexadecimal.
    pub sha256: String,
    /// Where it runs.
    pub isolation: Isolation,
    /// The personal columns it may see.
    pub permissions: Vec<Column>,
    /// The day of the approval.
    pub date: Day,
}

/// A plugin the user does not let run, wherever it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revocation {
    /// The plugin's id.
    pub id: String,
    /// Since when.
    pub date: Day,
}

/// How one build of a plugin stands with the user.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Standing {
    /// It came with the program and needs no approval.
    Shipped,
    /// These very bytes were approved.
    Approved,
    /// Other bytes were approved.
    Changed {
        /// Version of those.
        version: String,
        /// SHA-256 of those.
        sha256: String,
    },
    /// Nobody has approved it.
    Unknown,
    /// The user took the approval back, or does not want it although it came with the program.
    Revoked,
    /// It has crashed too often.
    Quarantined {
        /// How often.
        crashes: u32,
    },
}

impl Standing {
    /// Whether it may run.
    pub const fn may_run(&self) -> bool {
        matches!(self, Self::Shipped | Self::Approved)
    }

    /// Returns its stable name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Approved => "approved",
            Self::Changed { .. } => "changed",
            Self::Unknown => "unknown",
            Self::Revoked => "revoked",
            Self::Quarantined { .. } => "quarantined",
        }
    }
}

/// A plugin that may not run.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("plugin {plugin} is not used: {}", why(standing))]
pub struct NotTrusted {
    /// Its id.
    pub plugin: String,
    /// How it stands.
    pub standing: Standing,
}

fn why(standing: &Standing) -> String {
    match standing {
        Standing::Changed { version, .. } => {
            format!("its bytes have changed since you approved version {version}")
        }
        Standing::Revoked => "you have revoked it".to_owned(),
        Standing::Quarantined { crashes } => {
            format!("it has crashed {crashes} times and is not run any more")
        }
        Standing::Unknown | Standing::Shipped | Standing::Approved => {
            "you have not approved it".to_owned()
        }
    }
}

/// Why the file of approvals cannot be used. No plugin runs then, since nobody knows which may.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// It cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
    /// It holds what it must not.
    #[error("{}:{line}: {what}{}", path.display(), Hint(hint.as_deref()))]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
        /// The known word that was probably meant.
        hint: Option<String>,
    },
    /// It cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Arc<io::Error>,
    },
}

struct Hint<'a>(Option<&'a str>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |hint| write!(f, "; did you mean `{hint}`?"))
    }
}

impl TrustError {
    /// Returns what to do about it.
    pub fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Read { .. } => (
                "Make the file readable for you. Until then no plugin runs.",
                "Die Datei für dich lesbar machen. Bis dahin läuft kein Plugin.",
            ),
            Self::Syntax { .. } => (
                "Mend the line, or delete the file and approve your plugins again. Until then no plugin runs.",
                "Die Zeile berichtigen, oder die Datei löschen und die Plugins neu genehmigen. Bis dahin läuft kein Plugin.",
            ),
            Self::Write { .. } => (
                "Make the folder writable for you and see that there is room on the disk.",
                "Den Ordner für dich schreibbar machen und nachsehen, ob auf der Platte Platz ist.",
            ),
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

impl Found {
    /// Reads its library and returns the SHA-256 of the bytes; runs nothing.
    ///
    /// # Errors
    /// [`LoadError`] if there is no whole library to read.
    pub fn sha256(&self) -> Result<String, LoadError> {
        bytes::sha256(&self.library).map_err(|fault| LoadError {
            plugin: self.manifest.info.id.clone(),
            file: self.library.clone(),
            fault,
        })
    }
}

impl Trust {
    /// The file's name.
    pub const FILE: &'static str = "rin-plugins.lock";

    /// Reads the file at `path`; one that is not there is as good as empty.
    ///
    /// # Errors
    /// [`TrustError`] if it cannot be read or holds what it must not.
    pub fn read(path: &Path) -> Result<Self, TrustError> {
        let kept = file::read(path)?;
        let ledger = Ledger::with(kept.crashed.clone());
        Ok(Self { path: path.to_owned(), kept, ledger })
    }

    /// Returns the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns what was approved of a plugin.
    pub fn approval(&self, id: &str) -> Option<&Approval> {
        self.kept.approvals.iter().find(|approval| approval.id == id)
    }

    /// Returns who has crashed how often.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns how a build stands.
    pub fn standing(&self, found: &Found, sha256: &str) -> Standing {
        let id = &found.manifest.info.id;
        if self.kept.revoked.iter().any(|revoked| revoked.id == *id) {
            return Standing::Revoked;
        }
        if self.ledger.is_quarantined(sha256) {
            return Standing::Quarantined { crashes: self.ledger.count(sha256) };
        }
        match self.approval(id) {
            Some(approval) if approval.sha256 == sha256 => Standing::Approved,
            // An update of the program brings other bytes; they are the program's, as the earlier ones were.
            _ if found.origin == Origin::Shipped => Standing::Shipped,
            Some(approval) => Standing::Changed {
                version: approval.version.clone(),
                sha256: approval.sha256.clone(),
            },
            None => Standing::Unknown,
        }
    }

    /// Returns how a build is to be loaded: these bytes and no others, where and with which columns as approved.
    ///
    /// `usual` says what holds for every plugin. Where it requires confinement, that goes before any approval.
    ///
    /// # Errors
    /// [`NotTrusted`] if it may not run.
    pub fn loading(
        &self,
        found: &Found,
        sha256: &str,
        usual: &Loading,
    ) -> Result<Loading, NotTrusted> {
        let plugin = &found.manifest.info.id;
        let standing = self.standing(found, sha256);
        if !standing.may_run() {
            return Err(NotTrusted { plugin: plugin.clone(), standing });
        }
        let mut how = Loading {
            sha256: Some(sha256.to_owned()),
            permitted: Vec::new(),
            ledger: self.ledger.clone(),
            ..usual.clone()
        };
        let approval = self.approval(plugin).filter(|_| standing == Standing::Approved);
        if let Some(approval) = approval {
            how.permitted.clone_from(&approval.permissions);
            if usual.isolation != Isolation::Required {
                how.isolation = approval.isolation;
            }
        }
        Ok(how)
    }

    /// Lets a build run, in place of an earlier one of the same plugin. Its crashes are forgotten.
    ///
    /// # Errors
    /// [`TrustError`] if the file cannot be read or written.
    pub fn approve(&mut self, approval: Approval) -> Result<(), TrustError> {
        self.ledger.forgive(&approval.sha256);
        self.change(|kept| {
            kept.revoked.retain(|revoked| revoked.id != approval.id);
            kept.crashed.retain(|crashes| crashes.sha256 != approval.sha256);
            kept.approvals.retain(|known| known.id != approval.id);
            kept.approvals.push(approval);
        })
    }

    /// Lets no build of a plugin run any more, wherever it came from, until it is approved again.
    ///
    /// # Errors
    /// [`TrustError`] if the file cannot be read or written.
    pub fn revoke(&mut self, id: &str, date: Day) -> Result<(), TrustError> {
        self.change(|kept| {
            kept.approvals.retain(|approval| approval.id != id);
            kept.revoked.retain(|revoked| revoked.id != id);
            kept.revoked.push(Revocation { id: id.to_owned(), date });
        })
    }

    /// Writes down the crashes that have come since the file was read; returns those.
    ///
    /// # Errors
    /// [`TrustError`] if the file cannot be read or written.
    pub fn note_crashes(&mut self, now: Moment) -> Result<Vec<Crashes>, TrustError> {
        let written = |new: &Crashes| {
            let known = self.kept.crashed.iter().find(|known| known.sha256 == new.sha256);
            known.map_or(0, |known| known.count)
        };
        let mut fresh = self.ledger.entries();
        fresh.retain(|entry| written(entry) != entry.count);
        if fresh.is_empty() {
            return Ok(fresh);
        }
        for entry in &mut fresh {
            entry.noted = Some(now.day().start());
        }
        self.change(|kept| {
            kept.crashed.retain(|known| fresh.iter().all(|new| new.sha256 != known.sha256));
            kept.crashed.extend(fresh.iter().cloned());
        })?;
        Ok(fresh)
    }

    /// Changes the file as it is at this moment, so that what another process wrote meanwhile is kept.
    fn change(&mut self, change: impl FnOnce(&mut Kept)) -> Result<(), TrustError> {
        let mut kept = file::read(&self.path)?;
        change(&mut kept);
        kept.sort();
        file::write(&self.path, &kept)?;
        self.kept = kept;
        Ok(())
    }
}

impl Kept {
    /// Puts everything in the order in which it is written, whatever order it was done in.
    fn sort(&mut self) {
        self.approvals.sort_by(|a, b| a.id.cmp(&b.id));
        self.revoked.sort_by(|a, b| a.id.cmp(&b.id));
        self.crashed.sort_by(|a, b| (&a.plugin, &a.sha256).cmp(&(&b.plugin, &b.sha256)));
        for approval in &mut self.approvals {
            approval.permissions.sort_by_key(|column| column.id());
            approval.permissions.dedup();
        }
    }
}

#[cfg(test)]
mod tests;
