//! Takes the records of one source as they come, checks them, and puts them where they belong.
//!
//! A failure of the store is kept here and the reader is told to stop: the reader's interface knows only "stop", and
//! the cause must not be lost on the way.

use std::collections::BTreeMap;

use rin_core::{
    AccountFlags, AccountId, AccountKey, AccountRecord, CoverageRecord, Finding, InteractionRecord,
    Moment, Record, RecordSink, Stop, TieEnd, TieRecord, TieStart,
};
use rusqlite::Connection;

use super::{
    ImportReport, MAX_TEXT, Owner, Place, Progress, SourceInfo, Tally,
    accounts::Accounts,
    events::Events,
    findings::{Cause, Findings, cut},
};
use crate::{
    alias::Aliases,
    column::{end_columns, ms, start_columns},
    identity,
};

/// Records between two signs of life.
const WATCHED: u64 = 1 << 16;
/// Owners considered; more are no export of a person or a team.
const MAX_OWNERS: usize = 256;
/// Coverage records of one source about one account; more would make the reading of ties slow.
const MAX_COVERAGE: i64 = 16;
/// 1970-01-01 and 2201-01-01, the first moment after the years that are believed.
const BELIEVED: std::ops::Range<i64> = 0..7_289_654_400_000;

/// The taker of one source's records, inside its transaction.
pub(super) struct Sink<'a> {
    connection: &'a Connection,
    info: &'a SourceInfo<'a>,
    place: &'a Place,
    watch: &'a mut dyn FnMut(Progress),
    progress: Progress,
    accounts: Accounts,
    aliases: Aliases,
    events: Events,
    findings: Findings,
    /// Owners and whether only they can have made the export.
    owners: BTreeMap<u32, bool>,
    /// Records about accounts that were there before the record.
    known_accounts: u64,
    aliases_before: u64,
    ties: Tally,
    coverage: Tally,
    refused: u64,
    failure: Option<rusqlite::Error>,
}

impl RecordSink for Sink<'_> {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if self.failure.is_some() {
            return Err(Stop);
        }
        self.progress.records += 1;
        if self.progress.records.is_multiple_of(WATCHED) {
            (self.watch)(self.progress);
        }
        self.take(&record).map_err(|error| {
            self.failure = Some(error);
            Stop
        })
    }

    fn progress(&mut self, done: u64, total: u64) {
        self.progress.done = done;
        self.progress.total = total;
        (self.watch)(self.progress);
    }
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        connection: &'a Connection,
        info: &'a SourceInfo<'a>,
        place: &'a Place,
        watch: &'a mut dyn FnMut(Progress),
    ) -> rusqlite::Result<Self> {
        let source = place.source.get();
        Ok(Self {
            connection,
            info,
            place,
            watch,
            progress: Progress::default(),
            accounts: Accounts::new(connection, place.platform, info.platform)?,
            aliases: Aliases::default(),
            events: Events::new(source, info.platform),
            findings: Findings::new(source),
            owners: BTreeMap::new(),
            known_accounts: 0,
            aliases_before: count_aliases(connection)?,
            ties: Tally::default(),
            coverage: Tally::default(),
            refused: 0,
            failure: None,
        })
    }

    pub(super) fn take_failure(&mut self) -> Option<rusqlite::Error> {
        self.failure.take()
    }

    /// Writes what is still in memory and says what was done.
    pub(super) fn finish(mut self) -> rusqlite::Result<ImportReport> {
        let connection = self.connection;
        self.events.finish(connection)?;
        self.aliases.write(connection)?;
        if !self.accounts.late.is_empty() {
            crate::forget::erase_late(connection, &self.accounts.late)?;
        }
        self.findings.finish(connection)?;
        connection
            .prepare_cached(
                "UPDATE source SET until = (SELECT max(until) FROM coverage WHERE source = ?1) WHERE id = ?1",
            )?
            .execute([self.place.source.get()])?;
        // A second key of an account is a row of its own and no account.
        let aliases = count_aliases(connection)?.saturating_sub(self.aliases_before);
        Ok(ImportReport {
            source: self.place.source,
            was_known: self.place.was_known,
            records: self.progress.records,
            accounts: Tally {
                new: self.accounts.new.saturating_sub(aliases),
                known: self.known_accounts,
            },
            ties: self.ties,
            interactions: self.events.tally,
            coverage: self.coverage,
            findings: self.findings.kept,
            refused: self.refused,
            owners: self.adopt_owners()?,
        })
    }

    fn adopt_owners(&self) -> rusqlite::Result<Vec<Owner>> {
        // Two ids of one account are one owner.
        let mut owners: BTreeMap<String, (u32, bool)> = BTreeMap::new();
        let mut select = self.connection.prepare_cached(
            "SELECT c.id, c.key FROM account a JOIN account c ON c.id = a.canonical WHERE a.id = ?",
        )?;
        for (row, is_private) in &self.owners {
            let (id, key) = select.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
            owners.entry(key).or_insert((id, false)).1 |= *is_private;
        }
        let rows: Vec<(u32, bool)> = owners.values().copied().collect();
        let became = super::adopt(self.connection, self.place.platform, &rows, self.info.now)?;
        let owner = |((key, (id, is_private)), became_own)| Owner {
            account: AccountId::new(id),
            key: AccountKey::new(self.info.platform, key),
            is_private,
            became_own,
        };
        Ok(owners.into_iter().zip(became).map(owner).collect())
    }

    fn take(&mut self, record: &Record<'_>) -> rusqlite::Result<()> {
        match record {
            Record::Account(record) => self.take_account(record),
            Record::Tie(record) => self.take_tie(record),
            Record::Interaction(record) => self.take_interaction(record),
            Record::Coverage(record) => self.take_coverage(record),
            Record::Finding(finding) => self.take_finding(finding),
            _ => {
                self.refuse(Cause::UnknownRecord);
                Ok(())
            }
        }
    }

    fn take_account(&mut self, record: &AccountRecord<'_>) -> rusqlite::Result<()> {
        let connection = self.connection;
        if let Err(cause) = check_ids(&[record.id]).and(check_length(record.alias)) {
            self.refuse(cause);
            return Ok(());
        }
        let record = AccountRecord {
            handle: self.short(record.handle),
            name: self.short(record.name),
            seen: self.believable(record.seen),
            ..*record
        };
        if self.accounts.leaves_out(connection, &record)? {
            self.leave_out();
            return Ok(());
        }
        let n_new = self.accounts.new;
        let Some(row) = self.accounts.describe(connection, &record)? else {
            self.leave_out();
            return Ok(());
        };
        self.known_accounts += u64::from(self.accounts.new == n_new);
        if !record.facts.is_empty() {
            let facts = self.accounts.without_forgotten(record.facts);
            identity::keep_facts(connection, row, &facts, record.seen)?;
        }
        if !record.alias.is_empty()
            && record.alias != record.id
            && let Some(alias) = self.accounts.row(connection, record.alias)?
        {
            self.aliases.join(connection, row, alias)?;
        }
        if record.flags.contains(AccountFlags::OWNER) {
            self.note_owner(row, record.flags.contains(AccountFlags::PRIVATE_EXPORT));
        }
        Ok(())
    }

    fn note_owner(&mut self, row: u32, is_private: bool) {
        if self.owners.len() < MAX_OWNERS || self.owners.contains_key(&row) {
            *self.owners.entry(row).or_insert(false) |= is_private;
        } else {
            self.findings.note(Cause::ManyOwners, self.progress.records);
        }
    }

    fn take_tie(&mut self, record: &TieRecord<'_>) -> rusqlite::Result<()> {
        if let Err(cause) = check_ids(&[record.from, record.to]).and(check_end(record.end)) {
            self.refuse(cause);
            return Ok(());
        }
        let Some((from, to)) = self.both(record.from, record.to)? else { return Ok(()) };
        let start = match self.believable(record.start.stood_at()) {
            Some(_) => record.start,
            None => TieStart::Unknown,
        };
        let label = self.short(record.label);
        let (start_kind, start_at) = start_columns(start);
        let (end_kind, end_after, end_at) = end_columns(record.end);
        let kind = record.kind.number();
        let source = self.place.source.get();
        let n_written = self
            .connection
            .prepare_cached(
                "INSERT INTO tie_seen (src, dst, kind, source, start_kind, start_at, end_kind, end_after, end_at, label)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                from, to, kind, source, start_kind, start_at, end_kind, end_after, end_at, label,
            ))?;
        self.ties.count(n_written != 0);
        Ok(())
    }

    fn take_interaction(&mut self, record: &InteractionRecord<'_>) -> rusqlite::Result<()> {
        let checked = check_ids(&[record.id, record.from, record.to]).and(check_date(record.at));
        if let Err(cause) = checked {
            self.refuse(cause);
            return Ok(());
        }
        let Some((from, to)) = self.both(record.from, record.to)? else { return Ok(()) };
        self.events.push(self.connection, record, from, to)
    }

    fn take_coverage(&mut self, record: &CoverageRecord<'_>) -> rusqlite::Result<()> {
        if let Err(cause) = check_ids(&[record.account]) {
            self.refuse(cause);
            return Ok(());
        }
        let Some(account) = self.accounts.row(self.connection, record.account)? else {
            self.leave_out();
            return Ok(());
        };
        let source = self.place.source.get();
        let known: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM coverage WHERE account = ? AND source = ?")?
            .query_row((account, source), |row| row.get(0))?;
        if MAX_COVERAGE <= known {
            self.refuse(Cause::ManyCoverage);
            return Ok(());
        }
        let n_written = self
            .connection
            .prepare_cached(
                "INSERT INTO coverage (source, account, sent, received, ties_held, ties_to, since, until)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            )?
            .execute((
                source,
                account,
                record.sent.bits(),
                record.received.bits(),
                record.ties_held.bits(),
                record.ties_to.bits(),
                ms(self.believable(record.since)),
                ms(self.believable(record.until)),
            ))?;
        self.coverage.count(n_written != 0);
        Ok(())
    }

    /// A reader's words are kept unless they name somebody who was erased.
    fn take_finding(&mut self, finding: &Finding<'_>) -> rusqlite::Result<()> {
        let texts = [finding.en, finding.de, finding.file];
        if texts.iter().any(|text| self.accounts.is_forgotten_in(text)) {
            self.leave_out();
            return Ok(());
        }
        self.findings.take(self.connection, finding, self.progress.records)
    }

    /// Returns the rows of both ends; `None`, and counted, if one of them was erased.
    fn both(&mut self, from: &str, to: &str) -> rusqlite::Result<Option<(u32, u32)>> {
        let from = self.accounts.row(self.connection, from)?;
        let to = self.accounts.row(self.connection, to)?;
        if from.is_none() || to.is_none() {
            self.leave_out();
        }
        Ok(from.zip(to))
    }

    /// Leaves the record at hand out because it is about somebody who was erased.
    fn leave_out(&mut self) {
        self.findings.note(Cause::Forgotten, self.progress.records);
    }

    /// Leaves the record at hand out and counts why.
    fn refuse(&mut self, cause: Cause) {
        self.refused += 1;
        self.findings.note(cause, self.progress.records);
    }

    /// Returns a text that may be cut, which is counted.
    fn short<'t>(&mut self, text: &'t str) -> &'t str {
        let short = cut(text);
        if short.len() < text.len() {
            self.findings.note(Cause::LongText, self.progress.records);
        }
        short
    }

    /// Returns a moment that is only of use if it can be true; otherwise that is counted.
    fn believable(&mut self, moment: Option<Moment>) -> Option<Moment> {
        let moment = moment?;
        if check_date(moment).is_ok() {
            return Some(moment);
        }
        self.findings.note(Cause::BadDate, self.progress.records);
        None
    }
}

fn check_ids(ids: &[&str]) -> Result<(), Cause> {
    if ids.iter().any(|id| id.is_empty()) {
        return Err(Cause::NoId);
    }
    ids.iter().try_for_each(|id| check_length(id))
}

fn check_length(id: &str) -> Result<(), Cause> {
    if id.len() <= MAX_TEXT { Ok(()) } else { Err(Cause::LongId) }
}

fn check_date(moment: Moment) -> Result<(), Cause> {
    if BELIEVED.contains(&moment.unix_ms()) { Ok(()) } else { Err(Cause::BadDate) }
}

/// An end that cannot be true would make the tie stand for ever, so the whole record is refused.
fn check_end(end: TieEnd) -> Result<(), Cause> {
    match end {
        TieEnd::Open => Ok(()),
        TieEnd::Exact(at) => check_date(at),
        TieEnd::Between { after, by } => check_date(after).and(check_date(by)),
    }
}

/// Returns how many rows are second keys of an account; an index holds just these.
fn count_aliases(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT count(*) FROM account WHERE canonical <> id")?
        .query_row([], |row| row.get::<_, i64>(0))
        .map(|n| u64::try_from(n).unwrap_or_default())
}
