//! Which ties stand or stood, computed from all sightings and complete lists together.

use std::collections::{BTreeMap, HashMap};

use rin_core::{AccountId, Moment, Tie, TieKind};
use rusqlite::{Connection, Row};

use super::{Reader, people::read_coverage, visit_rows};
use crate::{
    StoreError,
    column::{account_id, end, start, tie_kind},
    snapshot::{Mark, Seen, periods, sight},
};

/// Which ties come, and in which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TieOrder {
    /// Those of our accounts, by row.
    Own,
    /// All, by row.
    Row,
    /// All, by platform and keys, the same in every store.
    Key,
}

impl TieOrder {
    fn sql(self) -> String {
        let tail = match self {
            Self::Own => {
                "WHERE a.canonical IN (SELECT m.canonical FROM own o JOIN account m ON m.id = o.account)
                    OR b.canonical IN (SELECT m.canonical FROM own o JOIN account m ON m.id = o.account)
                 ORDER BY a.canonical, b.canonical, s.kind"
            }
            Self::Row => "ORDER BY a.canonical, b.canonical, s.kind",
            Self::Key => {
                "JOIN account ca ON ca.id = a.canonical JOIN account cb ON cb.id = b.canonical
                 JOIN platform p ON p.id = a.platform
                 ORDER BY p.name, ca.key, cb.key, s.kind"
            }
        };
        format!(
            "SELECT a.canonical, b.canonical, s.kind, s.source, s.start_kind, s.start_at,
                    s.end_kind, s.end_after, s.end_at
               FROM tie_seen s JOIN account a ON a.id = s.src JOIN account b ON b.id = s.dst {tail}"
        )
    }
}

impl Reader<'_> {
    /// Hands over every tie that an account of ours holds or that is held to one, each period of it by itself.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn each_own_tie(&self, mut visit: impl FnMut(Tie)) -> Result<(), StoreError> {
        // Accounts the user said are not ours stand in table `own` too.
        let is_ours =
            |tie: &Tie| [tie.from, tie.to].iter().any(|end| self.groups.is_own(end.get()));
        self.at(TieReader::new(self.connection()).and_then(|mut ties| {
            ties.each(TieOrder::Own, |tie| {
                Some(tie).filter(is_ours).into_iter().for_each(&mut visit);
                Ok(())
            })
        }))
    }
}

impl Reader<'_> {
    /// Hands over every tie, those among others too, each period of it by itself, by the accounts at its ends.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn each_tie(&self, mut visit: impl FnMut(Tie)) -> Result<(), StoreError> {
        self.at(TieReader::new(self.connection()).and_then(|mut ties| {
            ties.each(TieOrder::Row, |tie| {
                visit(tie);
                Ok(())
            })
        }))
    }
}

/// A tie that stands in a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Who holds it.
    pub from: AccountId,
    /// Whom it points to.
    pub to: AccountId,
    /// Since when it stands there, or when it was first seen there; `None` if the source tells no moment at all.
    pub since: Option<Moment>,
}

impl Reader<'_> {
    /// Returns the ties that stand or stood in a list of that name, in the order of their accounts.
    ///
    /// Capitals and spaces at either end make no other list of it.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn listed(&self, list: &str) -> Result<Vec<Listed>, StoreError> {
        self.at(Lists::read(self.connection())
            .and_then(|lists| listed(self.connection(), &lists, &one_spelling(list))))
    }
}

fn listed(connection: &Connection, lists: &Lists, wanted: &str) -> rusqlite::Result<Vec<Listed>> {
    let mut found: BTreeMap<(AccountId, AccountId), Option<Moment>> = BTreeMap::new();
    let sql = "SELECT a.canonical, b.canonical, s.kind, s.source, s.start_kind, s.start_at, s.label
                 FROM tie_seen s JOIN account a ON a.id = s.src JOIN account b ON b.id = s.dst
                WHERE s.label <> ''";
    visit_rows(connection, sql, [], |row| {
        if one_spelling(row.get_ref(6)?.as_str()?) != wanted {
            return Ok(());
        }
        let key = (account_id(row, 0)?, account_id(row, 1)?, tie_kind(row, 2)?);
        let since = match start(row, 4, 5)?.stood_at() {
            Some(at) => Some(at),
            None => lists.seen_at(row.get(3)?, key).into_iter().min(),
        };
        let first = found.entry((key.0, key.1)).or_insert(since);
        *first = [*first, since].into_iter().flatten().min();
        Ok(())
    })?;
    Ok(found.into_iter().map(|((from, to), since)| Listed { from, to, since }).collect())
}

fn one_spelling(list: &str) -> String {
    list.trim().to_lowercase()
}

/// A tie whose sightings are still coming.
type Key = (AccountId, AccountId, TieKind);

/// Reads sightings and turns each tie's into periods.
pub(crate) struct TieReader<'c> {
    connection: &'c Connection,
    lists: Lists,
}

impl<'c> TieReader<'c> {
    pub(crate) fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        Ok(Self { connection, lists: Lists::read(connection)? })
    }

    pub(crate) fn each(
        &mut self,
        order: TieOrder,
        mut visit: impl FnMut(Tie) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut open: Option<(Key, Vec<Mark>)> = None;
        visit_rows(self.connection, &order.sql(), [], |row| {
            let key = (account_id(row, 0)?, account_id(row, 1)?, tie_kind(row, 2)?);
            if open.as_ref().is_none_or(|(tie, _)| *tie != key)
                && let Some(complete) = open.replace((key, Vec::new()))
            {
                self.close(complete, &mut visit)?;
            }
            if let Some((_, marks)) = &mut open {
                self.sight(row, key, marks)?;
            }
            Ok(())
        })?;
        open.map_or(Ok(()), |complete| self.close(complete, &mut visit))
    }

    fn sight(&self, row: &Row<'_>, key: Key, marks: &mut Vec<Mark>) -> rusqlite::Result<()> {
        let seen_at = self.lists.seen_at(row.get(3)?, key);
        sight(marks, start(row, 4, 5)?, end(row, 6, 7, 8)?, &seen_at);
        Ok(())
    }

    fn close(
        &self,
        (key, mut marks): (Key, Vec<Mark>),
        visit: &mut impl FnMut(Tie) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let missing = self.lists.complete(key).map(|(_, at)| at);
        marks.extend(missing.map(|at| Mark { at: Some(at), seen: Seen::Missing }));
        let (from, to, kind) = key;
        periods(marks).into_iter().try_for_each(|period| {
            visit(Tie { from, to, kind, start: period.start, end: period.end })
        })
    }
}

/// What the sources list, and when.
struct Lists {
    /// By the account that stands for the one covered.
    of_account: HashMap<u32, Vec<List>>,
    /// The moment of each source as a whole.
    of_source: HashMap<i64, Moment>,
}

/// One source's list of the ties of one account.
struct List {
    source: i64,
    at: Moment,
    held: rin_core::TieKinds,
    to: rin_core::TieKinds,
}

impl Lists {
    fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut of_account: HashMap<u32, Vec<List>> = HashMap::new();
        let mut of_source: HashMap<i64, Moment> = HashMap::new();
        let sql = "SELECT c.source, a.canonical, c.sent, c.received, c.ties_held, c.ties_to, c.since, c.until
                     FROM coverage c JOIN account a ON a.id = c.account WHERE c.until IS NOT NULL";
        visit_rows(connection, sql, [], |row| {
            let source = row.get(0)?;
            let seen = read_coverage(row, 2)?;
            let Some(at) = seen.until else { return Ok(()) };
            let whole = of_source.entry(source).or_insert(at);
            *whole = at.max(*whole);
            let list = List { source, at, held: seen.ties_held, to: seen.ties_to };
            of_account.entry(row.get(1)?).or_default().push(list);
            Ok(())
        })?;
        Ok(Self { of_account, of_source })
    }

    fn of(&self, account: AccountId) -> impl Iterator<Item = &List> {
        self.of_account.get(&account.get()).into_iter().flatten()
    }

    /// Returns source and moment of every list in which the tie would stand if it stood then.
    fn complete(&self, (from, to, kind): Key) -> impl Iterator<Item = (i64, Moment)> {
        let held = self.of(from).filter(move |list| list.held.contains(kind));
        let pointing = self.of(to).filter(move |list| list.to.contains(kind));
        held.chain(pointing).map(|list| (list.source, list.at))
    }

    /// Returns the moments at which `source` shows the tie.
    ///
    /// Those of its complete lists; otherwise the moment up to which it sees either account, otherwise that of the
    /// source as a whole, otherwise none.
    fn seen_at(&self, source: i64, key: Key) -> Vec<Moment> {
        let complete: Vec<Moment> = self
            .complete(key)
            .filter(|(list_source, _)| *list_source == source)
            .map(|(_, at)| at)
            .collect();
        if !complete.is_empty() {
            return complete;
        }
        let (from, to, _) = key;
        let near = self.of(from).chain(self.of(to)).filter(|list| list.source == source);
        let near = near.map(|list| list.at).max();
        near.or_else(|| self.of_source.get(&source).copied()).into_iter().collect()
    }
}
