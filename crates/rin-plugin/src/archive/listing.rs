//! The list of files while it is made: what is taken, what is refused, which of two of the same name wins.

use std::collections::HashMap;

use rin_core::{Moment, Severity};

use super::{
    ArchiveFile, Fault, Findings, Limits, OwnedFinding,
    file::Body,
    name::{self, Name},
};

/// Files found so far, in all containers.
pub(super) struct Listing {
    pub(super) files: Vec<ArchiveFile>,
    pub(super) findings: Findings,
    pub(super) limits: Limits,
}

/// One archive being listed.
pub(super) struct Container<'l> {
    pub(super) listing: &'l mut Listing,
    label: &'l str,
    known: HashMap<String, usize>,
}

impl Listing {
    pub(super) fn new(limits: Limits) -> Self {
        Self { files: Vec::new(), findings: Findings::default(), limits }
    }

    /// Starts the archive that is called `label`.
    pub(super) fn container<'l>(&'l mut self, label: &'l str) -> Container<'l> {
        Container { listing: self, label, known: HashMap::new() }
    }

    /// Notes that a whole container or its rest could not be read.
    pub(super) fn fail(&mut self, label: &str, fault: Fault) {
        self.findings.add(OwnedFinding::new(Severity::Error, label, fault));
    }
}

impl Container<'_> {
    /// Judges an entry's name; `None` if the entry is left out.
    pub(super) fn path(&mut self, raw: &[u8]) -> Option<String> {
        match name::judge(raw, self.listing.limits.name_bytes) {
            Name::Good(path) => Some(path),
            Name::Leftover => None,
            Name::Bad => {
                let shown =
                    String::from_utf8_lossy(raw.get(..raw.len().min(200)).unwrap_or_default());
                self.refuse(&shown, Severity::Warning, Fault::new(
                    "bad-name",
                    "Files whose name leads out of the archive or is no path were left out. Download the archive again if something is missing.",
                    "Dateien, deren Name aus dem Archiv hinausführt oder kein Pfad ist, wurden ausgelassen. Lade das Archiv neu herunter, wenn etwas fehlt.",
                ));
                None
            }
        }
    }

    /// Counts an entry that is left out.
    pub(super) fn refuse(&mut self, path: &str, severity: Severity, fault: Fault) {
        let file = format!("{}/{path}", self.label);
        self.listing.findings.add_under(self.label, OwnedFinding::new(severity, &file, fault));
    }

    /// Counts an entry that is a link, a device or another thing that is no file.
    pub(super) fn refuse_special(&mut self, path: &str) {
        self.refuse(
            path,
            Severity::Warning,
            Fault::new(
                "no-file",
                "Links, devices and other entries that are no files were left out. Download the archive again if something is missing.",
                "Verweise, Geräte und andere Einträge, die keine Dateien sind, wurden ausgelassen. Lade das Archiv neu herunter, wenn etwas fehlt.",
            ),
        );
    }

    /// Takes a file; of two with the same name the later one stands.
    ///
    /// Returns `false` if there are too many files already.
    pub(super) fn add(
        &mut self,
        path: String,
        size: u64,
        modified: Option<Moment>,
        body: Body,
    ) -> bool {
        if self.listing.limits.entries <= self.listing.files.len() {
            self.refuse(
                &path,
                Severity::Error,
                Fault::new(
                    "too-many-files",
                    format!(
                        "The archive holds more than {} files; the rest was not read. Unpack it and import the folder without its media.",
                        self.listing.limits.entries
                    ),
                    format!(
                        "Das Archiv enthält mehr als {} Dateien; der Rest wurde nicht gelesen. Entpacke es und importiere den Ordner ohne die Medien.",
                        self.listing.limits.entries
                    ),
                ),
            );
            return false;
        }
        if name::is_archive(&path) {
            self.refuse(&path, Severity::Note, Fault::new(
                "nested-archive",
                "Archives inside the archive are not opened. Unpack them and import them by themselves if they belong to the export.",
                "Archive im Archiv werden nicht geöffnet. Entpacke sie und importiere sie einzeln, wenn sie zum Export gehören.",
            ));
        }
        let file = ArchiveFile::inside(self.label, &path, Some(size), modified, body);
        if let Some(slot) = self.known.get(&path).and_then(|at| self.listing.files.get_mut(*at)) {
            *slot = file;
            self.refuse(
                &path,
                Severity::Warning,
                Fault::new(
                    "duplicate-name",
                    "The archive holds several files of the same name; the last one was read. Download it again if something is missing.",
                    "Das Archiv enthält mehrere Dateien gleichen Namens; gelesen wurde die letzte. Lade es neu herunter, wenn etwas fehlt.",
                ),
            );
        } else {
            self.known.insert(path, self.listing.files.len());
            self.listing.files.push(file);
        }
        true
    }
}
