//! Which exports lie in a source: the tables of each, and when it was made.
//!
//! One request gives a small archive at once and a large one a day later; people unpack them, keep last year's beside
//! them, or name one table alone.

use std::collections::BTreeMap;

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::Moment,
};

use super::signs;

/// What a table of an export holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Profile,
    Connections,
    Messages,
    Invitations,
    Vouching,
    CompanyFollows,
    MemberFollows,
    Reactions,
    Comments,
    Shares,
}

impl Kind {
    /// Returns what a file is, by its name; browsers and exports number further ones, `Comments_2.csv`.
    pub(super) fn of(base: &str) -> Option<Self> {
        let base = base.to_lowercase();
        if signs::vouching(&base).is_some() {
            return Some(Self::Vouching);
        }
        let stem = base.strip_suffix(".csv")?.replace('_', " ");
        let stem =
            stem.trim_end_matches(|letter: char| letter.is_ascii_digit() || " ()".contains(letter));
        Some(match stem {
            "profile" => Self::Profile,
            "connections" => Self::Connections,
            "messages" => Self::Messages,
            "invitations" => Self::Invitations,
            "company follows" => Self::CompanyFollows,
            "member follows" => Self::MemberFollows,
            "reactions" | "votes" => Self::Reactions,
            "comments" => Self::Comments,
            "shares" => Self::Shares,
            _ => return None,
        })
    }

    /// Words that the heading of such a table has and hardly another's.
    pub(super) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Profile => &["first name", "maiden name"],
            Self::Connections => &["first name", "connected on"],
            Self::Messages => &["from", "folder"],
            Self::Invitations => &["sent at", "direction"],
            Self::Vouching => &["first name"],
            Self::CompanyFollows => &["organization", "followed on"],
            Self::MemberFollows => &["date", "fullname"],
            Self::Reactions => &["date", "type", "link"],
            Self::Comments => &["date", "link", "message"],
            Self::Shares => &["date", "sharelink"],
        }
    }
}

/// One export of one account.
#[derive(Default)]
pub(super) struct Export<'a> {
    pub(super) files: Vec<(Kind, &'a ArchiveFile)>,
    pub(super) others: u64,
}

impl<'a> Export<'a> {
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &'a ArchiveFile> {
        self.files.iter().filter(move |(own, _)| *own == kind).map(|(_, file)| *file)
    }

    /// Returns when it was made, if it is packed: a loose file's time is that of its copying.
    pub(super) fn made(&self) -> Option<Moment> {
        let archived = self.files.iter().filter(|(_, file)| file.is_archived());
        archived.filter_map(|(_, file)| file.modified()).max()
    }

    /// Whether no table is in both: the small and the large archive of one request.
    pub(super) fn is_apart_from(&self, other: &Self) -> bool {
        self.files.iter().all(|(kind, _)| other.of(*kind).next().is_none())
    }
}

/// Finds the exports of a source, the newest first.
pub(super) fn find<'a>(archive: &'a Archive<'_>) -> Vec<Export<'a>> {
    let mut by_folder: BTreeMap<&str, Export<'a>> = BTreeMap::new();
    for file in archive.files() {
        if let Some(kind) = Kind::of(file.base()) {
            by_folder.entry(file.folder()).or_default().files.push((kind, file));
        }
    }
    for file in archive.files() {
        let is_table = file.base().to_lowercase().ends_with(".csv");
        let export = by_folder.iter_mut().find(|(folder, _)| file.folder().starts_with(**folder));
        if let Some((_, export)) = export
            && is_table
            && Kind::of(file.base()).is_none()
        {
            export.others += 1;
        }
    }
    let mut found: Vec<Export<'a>> = by_folder.into_values().collect();
    found.sort_by_key(|export| std::cmp::Reverse(export.made()));
    let mut joined: Vec<Export<'a>> = Vec::new();
    for mut export in found {
        export.files.sort_by_key(|(kind, file)| (*kind, file.name()));
        match joined.iter_mut().find(|known| known.is_apart_from(&export)) {
            Some(known) => {
                known.files.append(&mut export.files);
                known.others += export.others;
            }
            None => joined.push(export),
        }
    }
    joined
}
