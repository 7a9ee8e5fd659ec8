//! Which files of a source belong to an archive, and in what order its parts stand.
//!
//! An archive cuts long lists into numbered files, `issues_000001.json`; lists fetched from the platform's interface
//! have the same names without numbers.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::Moment,
};

/// What a file of an archive holds, in the order in which files are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Repositories,
    Users,
    Bots,
    Organizations,
    Teams,
    Issues,
    PullRequests,
    IssueComments,
    Reviews,
    ReviewComments,
    CommitComments,
}

impl Kind {
    /// The kinds whose records somebody wrote to somebody.
    pub(super) const WRITTEN: [Self; 6] = [
        Self::Issues,
        Self::PullRequests,
        Self::IssueComments,
        Self::Reviews,
        Self::ReviewComments,
        Self::CommitComments,
    ];

    fn of(stem: &str) -> Option<Self> {
        Some(match stem.replace('-', "_").as_str() {
            "repositories" => Self::Repositories,
            "users" => Self::Users,
            "bots" => Self::Bots,
            "organizations" => Self::Organizations,
            "teams" => Self::Teams,
            "issues" => Self::Issues,
            "pull_requests" => Self::PullRequests,
            "issue_comments" => Self::IssueComments,
            "pull_request_reviews" => Self::Reviews,
            "pull_request_review_comments" => Self::ReviewComments,
            "commit_comments" => Self::CommitComments,
            _ => return None,
        })
    }
}

/// A file of an archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) kind: Kind,
    /// Its number among those of its kind; 0 for none.
    pub(super) number: u32,
    pub(super) file: &'a ArchiveFile,
}

impl<'a> Part<'a> {
    pub(super) fn of(file: &'a ArchiveFile) -> Option<Self> {
        let base = file.base().to_ascii_lowercase();
        let stem = base.strip_suffix(".json")?;
        let (stem, number) = match stem.rsplit_once('_') {
            Some((stem, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                (stem, digits.parse().ok()?)
            }
            _ => (stem, 0),
        };
        Some(Self { kind: Kind::of(stem)?, number, file })
    }
}

/// One archive.
#[derive(Default)]
pub(super) struct Export<'a> {
    pub(super) parts: Vec<Part<'a>>,
    /// Files about other things than who wrote to whom.
    pub(super) others: u64,
    /// Whether it says the version of its format, as an archive that was downloaded whole does.
    pub(super) has_schema: bool,
}

impl<'a> Export<'a> {
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &'a ArchiveFile> {
        self.parts.iter().filter(move |part| part.kind == kind).map(|part| part.file)
    }

    /// Returns when it was made, if it is packed: a loose file's time is that of its copying.
    pub(super) fn made(&self) -> Option<Moment> {
        let archived = self.parts.iter().filter(|part| part.file.is_archived());
        archived.filter_map(|part| part.file.modified()).max()
    }

    /// Returns the kinds of which a numbered part is missing, with the last one that is there.
    pub(super) fn torn(&self) -> Vec<(Kind, &'a ArchiveFile)> {
        let mut last: BTreeMap<Kind, (&Part<'a>, BTreeSet<u32>)> = BTreeMap::new();
        for part in self.parts.iter().filter(|part| 0 < part.number) {
            let entry = last.entry(part.kind).or_insert_with(|| (part, BTreeSet::new()));
            entry.0 = part;
            entry.1.insert(part.number);
        }
        let is_torn = |(part, numbers): &(&Part<'a>, BTreeSet<u32>)| {
            usize::try_from(part.number) != Ok(numbers.len())
        };
        let torn = last.into_values().filter(is_torn);
        torn.map(|(part, _)| (part.kind, part.file)).collect()
    }
}

/// Finds the archives of a source, the newest first.
pub(super) fn find<'a>(archive: &'a Archive<'_>) -> Vec<Export<'a>> {
    let mut by_folder: BTreeMap<&str, Export<'a>> = BTreeMap::new();
    for file in archive.files() {
        if let Some(part) = Part::of(file) {
            by_folder.entry(file.folder()).or_default().parts.push(part);
        }
    }
    for file in archive.files().iter().filter(|file| Part::of(file).is_none()) {
        let is_list = file.base().to_ascii_lowercase().ends_with(".json");
        if let (true, Some(export)) = (is_list, by_folder.get_mut(file.folder())) {
            export.has_schema |= file.base() == "schema.json";
            export.others += u64::from(file.base() != "schema.json");
        }
    }
    let mut found: Vec<Export<'a>> = by_folder.into_values().collect();
    for export in &mut found {
        export.parts.sort_by_key(|part| (part.kind, part.number, part.file.name()));
    }
    found.sort_by_key(|export| std::cmp::Reverse(export.made()));
    join(found)
}

/// Joins several downloads that hold different parts of one archive.
fn join(found: Vec<Export<'_>>) -> Vec<Export<'_>> {
    let mut joined: Vec<Export<'_>> = Vec::new();
    for mut export in found {
        let is_apart = |known: &&mut Export<'_>| {
            let has = |part: &Part<'_>| {
                known.parts.iter().any(|own| (own.kind, own.number) == (part.kind, part.number))
            };
            !export.parts.iter().any(has)
        };
        match joined.iter_mut().find(is_apart) {
            Some(known) => {
                known.parts.append(&mut export.parts);
                known.parts.sort_by_key(|part| (part.kind, part.number, part.file.name()));
                known.others += export.others;
                known.has_schema |= export.has_schema;
            }
            None => joined.push(export),
        }
    }
    joined
}
