//! The lists of accounts that a server gives out as CSV beside the archive: whom one follows, mutes, blocks, keeps in
//! lists, and, from other software, who follows.
//!
//! A row is an address and nothing else: no date, no actor URI. A list counts as complete only if every row of it
//! could be read, because what is missing from a complete list is taken to have ended.

use std::collections::HashSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{
        AccountRecord, Moment, ReadError, Record, RecordSink, Stop, TieEnd, TieKind, TieKinds,
        TieRecord, TieStart,
    },
    text::{Row, Table},
};

use super::{actor::Owner, address::Address, hash_of, say};

/// Some 400,000 rows.
const MAX_BYTES: usize = 16 << 20;
const HEADINGS: [&str; 3] = ["account address", "account_address", "acct"];

/// A list known by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum List {
    Following,
    Followers,
    Lists,
    Muted,
    Blocked,
    BlockedDomains,
    Bookmarks,
}

/// What the lists of one owner cover completely.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Complete {
    pub(crate) held: TieKinds,
    pub(crate) to_owner: TieKinds,
}

/// Whom the lists are about and when they stood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) owner: &'a Owner,
    pub(crate) until: Moment,
}

impl List {
    /// Returns the list a file is, by its name; browsers number a second download, `following_accounts (1).csv`.
    pub(crate) fn of(base: &str) -> Option<(Self, u32)> {
        let base = base.to_lowercase();
        let stem = base.strip_suffix(".csv")?;
        let (stem, number) = match stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('(')) {
            Some((stem, number)) => (stem.trim_end(), number.parse().ok()?),
            None => (stem, 0),
        };
        let list = match stem {
            "following_accounts" => Self::Following,
            "followers" | "follower_accounts" => Self::Followers,
            "lists" => Self::Lists,
            "muted_accounts" => Self::Muted,
            "blocked_accounts" => Self::Blocked,
            "blocked_domains" => Self::BlockedDomains,
            "bookmarks" => Self::Bookmarks,
            _ => return None,
        };
        Some((list, number))
    }

    /// Whether a file of this name is nobody else's: `lists.csv` may be anything.
    pub(crate) fn is_telling(self) -> bool {
        matches!(self, Self::Following | Self::Muted | Self::Blocked | Self::BlockedDomains)
    }

    const fn tie(self) -> Option<TieKind> {
        match self {
            Self::Following | Self::Followers => Some(TieKind::Follow),
            Self::Lists => Some(TieKind::Contact),
            Self::Muted => Some(TieKind::Mute),
            Self::Blocked => Some(TieKind::Block),
            Self::BlockedDomains | Self::Bookmarks => None,
        }
    }
}

/// Reads one list.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; a list that cannot be read is a finding.
pub(crate) fn read(
    archive: &Archive<'_>,
    (file, list): (&ArchiveFile, List),
    frame: Frame<'_>,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<Complete, ReadError> {
    let text = match archive.text_of(file, MAX_BYTES) {
        Ok(text) => text,
        Err(error) => {
            findings.add_error(&error);
            return Ok(Complete::default());
        }
    };
    let Some(kind) = list.tie() else {
        count_only(list, file, Table::new(&text, b','), findings);
        return Ok(Complete::default());
    };
    let mut rows =
        Rows { list, kind, frame, file: file.name(), seen: HashSet::new(), is_whole: true };
    let table = Table::new(&text, b',');
    if let Some(line) = table.open_quote() {
        rows.is_whole = false;
        findings.add(say::finding("open-quote", file.name(), line));
    }
    rows.read(table, sink, findings)?;
    if !rows.is_whole {
        return Ok(Complete::default());
    }
    let kinds = TieKinds::of(&[kind]);
    Ok(match list {
        List::Followers => Complete { to_owner: kinds, ..Complete::default() },
        _ => Complete { held: kinds, ..Complete::default() },
    })
}

fn count_only(list: List, file: &ArchiveFile, table: Table<'_>, findings: &mut Findings) {
    let code = match list {
        List::BlockedDomains => "domains-not-people",
        _ => "bookmarks-without-date",
    };
    let count = table.count() as u64;
    if 0 < count {
        findings.add(say::counted(code, file.name(), count));
    }
}

struct Rows<'a> {
    list: List,
    kind: TieKind,
    frame: Frame<'a>,
    file: &'a str,
    /// Hashes of the rows read: the rows themselves would fill the memory.
    seen: HashSet<u64>,
    is_whole: bool,
}

impl Rows<'_> {
    fn read(
        &mut self,
        table: Table<'_>,
        sink: &mut dyn RecordSink,
        findings: &mut Findings,
    ) -> Result<(), Stop> {
        let is_lists = self.list == List::Lists;
        let mut column = usize::from(is_lists);
        let mut is_empty = true;
        for (number, row) in table.enumerate() {
            if let (0, Some(found)) = (number, row.position(&HEADINGS)) {
                column = found;
                is_empty = false;
                continue;
            }
            // Servers and other software word headings as they like; without an @ a row names nobody.
            if number == 0 && (0..row.len()).all(|column| !row.get(column).contains('@')) {
                continue;
            }
            is_empty = false;
            let label = if is_lists { row.get(0) } else { "" };
            match self.judge(&row, column, label) {
                Ok(address) => self.tie(&address, label, sink)?,
                Err(code) => {
                    // A list that names its owner is somebody else's, or of a server that wrote the owner in every row.
                    self.is_whole &= code == "duplicate-row";
                    findings.add(say::finding(code, self.file, row.line()));
                }
            }
        }
        // Nobody on a list is what an empty one says, and what a download that failed says too. Some servers give out
        // blocks and lists without a heading, but a block taken for ended is worse than one kept for too long.
        if is_empty {
            self.is_whole = false;
            findings.add(say::finding("empty-list", self.file, 0));
        }
        Ok(())
    }

    /// Returns the address of a row, or the code of what is wrong with it.
    fn judge(&mut self, row: &Row, column: usize, label: &str) -> Result<Address, &'static str> {
        if row.has_nul() {
            return Err("bad-address");
        }
        let owner = self.frame.owner;
        // A server writes every host, its own too; a name alone is some other table's.
        let address = Address::parse(row.get(column), None).ok_or("bad-address")?;
        if owner.address.as_ref() == Some(&address) {
            return Err("own-row");
        }
        if !self.seen.insert(hash_of((label, &address))) {
            return Err("duplicate-row");
        }
        Ok(address)
    }

    fn tie(&self, address: &Address, label: &str, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        let id = address.id();
        let handle = address.handle();
        sink.record(Record::Account(AccountRecord {
            id: &id,
            handle: &handle,
            ..AccountRecord::default()
        }))?;
        let owner = self.frame.owner.id.as_str();
        let (from, to) = if self.list == List::Followers { (&*id, owner) } else { (owner, &*id) };
        sink.record(Record::Tie(TieRecord {
            from,
            to,
            kind: self.kind,
            start: TieStart::AtOrBefore(self.frame.until),
            end: TieEnd::Open,
            label,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_known_by_name_and_numbered_downloads_too() {
        assert_eq!(List::of("following_accounts.csv"), Some((List::Following, 0)));
        assert_eq!(List::of("Following_Accounts (2).CSV"), Some((List::Following, 2)));
        assert_eq!(List::of("lists(1).csv"), Some((List::Lists, 1)));
        for other in ["following_accounts.json", "accounts.csv", "lists (x).csv", "my lists.csv"] {
            assert_eq!(List::of(other), None, "{other}");
        }
    }
}
