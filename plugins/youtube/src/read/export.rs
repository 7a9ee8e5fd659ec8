//! Which files of a source belong to an export, and whether parts of it are missing.
//!
//! An export is cut into zips of two gigabytes, `takeout-20230101T000000Z-001.zip` and so on; people keep the first.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{Moment, Source},
};

use super::sheet::{self, Kind};

/// Tables and pages looked into.
const LOOKED_AT: usize = 4_000;
/// The length of a zip that another one follows.
const CUT_AT: u64 = 2 << 30;

/// The export in a source.
#[derive(Default)]
pub(super) struct Export<'a> {
    pub(super) files: Vec<(Kind, &'a ArchiveFile)>,
    pub(super) others: u64,
}

impl<'a> Export<'a> {
    pub(super) fn find(archive: &'a Archive<'_>) -> Self {
        let mut export = Self::default();
        for file in archive.files().iter().take(LOOKED_AT) {
            match sheet::kind_of(archive, file) {
                Some(kind) => export.files.push((kind, file)),
                None => export.others += u64::from(file.base().to_lowercase().ends_with(".csv")),
            }
        }
        export.files.sort_by_key(|(kind, file)| (*kind, number_of(file.base()), file.name()));
        export
    }

    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = &'a ArchiveFile> {
        self.files.iter().filter(move |(own, _)| *own == kind).map(|(_, file)| *file)
    }

    /// Whether anything in it is about people.
    pub(super) fn is_some(&self) -> bool {
        self.files.iter().any(|(kind, _)| !matches!(kind, Kind::History | Kind::Videos))
    }

    /// Returns when it was made, if it is packed: a loose file's time is that of its copying.
    pub(super) fn made(&self) -> Option<Moment> {
        let archived = self.files.iter().filter(|(_, file)| file.is_archived());
        archived.filter_map(|(_, file)| file.modified()).max()
    }

    /// Returns the lists of subscriptions of the newest export, and those of older ones beside it.
    pub(super) fn subscriptions(&self) -> (Vec<&'a ArchiveFile>, Vec<&'a ArchiveFile>) {
        let all = || self.of(Kind::Subscriptions).chain(self.of(Kind::SubscriptionsJson));
        let newest = all().filter(|file| file.is_archived()).max_by_key(|file| file.modified());
        let label = |file: &ArchiveFile| {
            file.name().strip_suffix(file.path()).unwrap_or_default().to_owned()
        };
        let is_new = |file: &&ArchiveFile| newest.is_none_or(|newest| label(newest) == label(file));
        all().partition(is_new)
    }
}

/// Returns the number that tells a further file of the same name, `comments(1).csv`; 0 for the first.
fn number_of(base: &str) -> u32 {
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem).trim_end_matches(')');
    let begin = stem.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    stem.get(begin..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Returns the zips of a source that say that others belong to them which are not there.
pub(super) fn torn(source: &dyn Source) -> Vec<String> {
    let mut numbers: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    let mut torn = BTreeSet::new();
    let parts = source.entries().iter().filter_map(|entry| {
        let (base, _) = entry.name.rsplit_once('.')?;
        let (series, number) = base.rsplit_once('-')?;
        let is_numbered = number.len() == 3 && series.rsplit('/').next()?.starts_with("takeout-");
        Some((entry, series.to_owned(), number.parse::<u32>().ok()?)).filter(|_| is_numbered)
    });
    let parts: Vec<_> = parts.collect();
    for (_, series, number) in &parts {
        numbers.entry(series.clone()).or_default().insert(*number);
    }
    for (entry, series, number) in &parts {
        let has = |number: u32| numbers.get(series).is_some_and(|all| all.contains(&number));
        let is_followed = entry.size < CUT_AT || has(number + 1);
        if !(is_followed && (*number <= 1 || has(number - 1))) {
            torn.insert(entry.name.clone());
        }
    }
    let is_part = |name: &str| parts.iter().any(|(entry, _, _)| entry.name == name);
    let cut = source.entries().iter().filter(|entry| entry.size == CUT_AT && !is_part(&entry.name));
    torn.extend(cut.map(|entry| entry.name.clone()));
    torn.into_iter().collect()
}
