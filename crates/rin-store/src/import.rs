//! Takes one source into the store: all of it or, if anything goes wrong or the program is killed, none of it.
//!
//! One transaction per source, bounded memory, and keys that come from the records themselves: importing a source
//! twice, or two that overlap, adds only what is new. What cannot be used is counted and kept as a finding.

mod accounts;
pub(crate) mod events;
mod findings;
mod sink;

use std::error::Error;

use rin_core::{AccountId, AccountKey, Moment, RecordSink};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use self::sink::Sink;
use crate::{SourceId, Store, StoreError, own::OwnReason, schema};

/// The longest text a record may carry, in bytes.
const MAX_TEXT: usize = 2048;

/// What is imported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SourceInfo<'a> {
    /// The platform's short name in ASCII lower case, at most 64 bytes: `mastodon`.
    pub platform: &'a str,
    /// The id of the plugin that reads it.
    pub plugin: &'a str,
    /// That plugin's version.
    pub version: &'a str,
    /// How the user calls it: the file's name.
    pub name: &'a str,
    /// The same for the same bytes, another for others; not empty.
    pub fingerprint: &'a str,
    /// The moment of the import.
    pub now: Moment,
}

impl Default for SourceInfo<'_> {
    /// Returns one without a platform and a fingerprint, which must be given.
    fn default() -> Self {
        Self {
            platform: "",
            plugin: "",
            version: "",
            name: "",
            fingerprint: "",
            now: Moment::from_unix_ms(0),
        }
    }
}

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes of the source read, as the reader says.
    pub done: u64,
    /// Bytes of the source; 0 if the reader has not said.
    pub total: u64,
    /// Records taken.
    pub records: u64,
}

/// How many records of one sort were new.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Rows the store did not have.
    pub new: u64,
    /// Records that the store had already, from this source or another.
    pub known: u64,
}

impl Tally {
    fn count(&mut self, is_new: bool) {
        *(if is_new { &mut self.new } else { &mut self.known }) += 1;
    }
}

/// The owner of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Owner {
    /// The account.
    pub account: AccountId,
    /// Its key.
    pub key: AccountKey,
    /// Whether only the owner can have made the export.
    pub is_private: bool,
    /// Whether this import made the account one of ours.
    pub became_own: bool,
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct ImportReport {
    /// The source as stored.
    pub source: SourceId,
    /// Whether a source of that fingerprint was there before.
    pub was_known: bool,
    /// Records taken, of any sort.
    pub records: u64,
    /// Accounts; one that is only named by a tie or an event counts as new too.
    pub accounts: Tally,
    /// Sightings of ties.
    pub ties: Tally,
    /// Interactions.
    pub interactions: Tally,
    /// Records about coverage.
    pub coverage: Tally,
    /// Findings kept, the store's own among them.
    pub findings: u64,
    /// Records the store refused; the findings say why.
    pub refused: u64,
    /// The owners the source names, by key.
    pub owners: Vec<Owner>,
}

/// Why an import was given up. The store is as before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError<E: Error + 'static> {
    /// The reader failed.
    #[error("the source could not be read")]
    Read(#[source] E),
    /// The source is not described as it must be.
    #[error("the {field} of the source {what}")]
    Info {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl Store {
    /// Imports what `read` puts into the sink.
    ///
    /// # Errors
    /// [`ImportError`]; the store is then as before.
    ///
    /// # Complexity
    /// Linear in the records, whatever their order; memory is bounded, at some 100 MB.
    pub fn import<E: Error + 'static>(
        &mut self,
        info: &SourceInfo<'_>,
        read: impl FnOnce(&mut dyn RecordSink) -> Result<(), E>,
    ) -> Result<ImportReport, ImportError<E>> {
        self.import_watched(info, &mut |_| {}, read)
    }

    /// Imports like [`import`](Self::import) and tells `watch` how far it is, several times a second of work.
    ///
    /// # Errors
    /// [`ImportError`]; the store is then as before.
    pub fn import_watched<E: Error + 'static>(
        &mut self,
        info: &SourceInfo<'_>,
        watch: &mut dyn FnMut(Progress),
        read: impl FnOnce(&mut dyn RecordSink) -> Result<(), E>,
    ) -> Result<ImportReport, ImportError<E>> {
        check_info(info)?;
        let span = tracing::info_span!("import", source = tracing::field::Empty).entered();
        let path = self.path.clone();
        let fail = |error| ImportError::Store(StoreError::new(&path, error));
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        schema::name_kinds(&transaction).map_err(fail)?;
        let place = find_place(&transaction, info).map_err(fail)?;
        let Some(place) = place else {
            return Err(ImportError::Info { field: "platform", what: "would be the 257th" });
        };
        span.record("source", place.source.get());
        let mut sink = Sink::new(&transaction, info, &place, watch).map_err(fail)?;
        let answer = read(&mut sink);
        // The sink's own failure is why the reader was stopped, so it is told instead of the reader's answer.
        let report = match (sink.take_failure(), answer) {
            (Some(error), _) => return Err(fail(error)),
            (None, Err(error)) => return Err(ImportError::Read(error)),
            (None, Ok(())) => sink.finish().map_err(fail)?,
        };
        transaction.commit().map_err(fail)?;
        tracing::info!(
            records = report.records,
            interactions = report.interactions.new,
            ties = report.ties.new,
            accounts = report.accounts.new,
            findings = report.findings,
            "imported"
        );
        // The import stands; a log that cannot be emptied right now is emptied by the next one.
        if let Err(error) = self.checkpoint() {
            tracing::warn!(%error, "the write-ahead log stays for now");
        }
        Ok(report)
    }
}

/// Where the records of a source go.
struct Place {
    platform: u8,
    source: SourceId,
    was_known: bool,
}

fn check_info<E: Error + 'static>(info: &SourceInfo<'_>) -> Result<(), ImportError<E>> {
    let is_short_name = |text: &str| {
        !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_'))
    };
    if !is_short_name(info.platform) {
        return Err(ImportError::Info {
            field: "platform",
            what: "must be a short name in ASCII lower case",
        });
    }
    if info.fingerprint.is_empty() {
        return Err(ImportError::Info { field: "fingerprint", what: "must not be empty" });
    }
    let texts = [info.plugin, info.version, info.name, info.fingerprint];
    if texts.iter().any(|text| MAX_TEXT < text.len()) {
        return Err(ImportError::Info { field: "description", what: "is too long" });
    }
    Ok(())
}

/// Finds or makes the rows of the platform and the source; `None` if there are 256 platforms already.
fn find_place(connection: &Connection, info: &SourceInfo<'_>) -> rusqlite::Result<Option<Place>> {
    let Some(platform) = find_platform(connection, info.platform)? else { return Ok(None) };
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM source WHERE platform = ? AND fingerprint = ?")?
        .query_row((platform, info.fingerprint), |row| row.get(0))
        .optional()?;
    let source = if let Some(source) = known {
        // A newer reader may find more in the same bytes; its findings take the place of the former ones.
        connection
            .prepare_cached("UPDATE source SET plugin = ?2, plugin_version = ?3 WHERE id = ?1")?
            .execute((source, info.plugin, info.version))?;
        connection.prepare_cached("DELETE FROM finding WHERE source = ?")?.execute([source])?;
        source
    } else {
        connection
            .prepare_cached(
                "INSERT INTO source (platform, plugin, plugin_version, name, fingerprint, imported_at)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .insert((
                platform,
                info.plugin,
                info.version,
                info.name,
                info.fingerprint,
                info.now.unix_ms(),
            ))?
    };
    Ok(Some(Place { platform, source: SourceId(source), was_known: known.is_some() }))
}

fn find_platform(connection: &Connection, name: &str) -> rusqlite::Result<Option<u8>> {
    let known = connection
        .prepare_cached("SELECT id FROM platform WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(known);
    }
    let next: u32 =
        connection
            .query_row("SELECT ifnull(max(id) + 1, 0) FROM platform", [], |row| row.get(0))?;
    let Ok(next) = u8::try_from(next) else { return Ok(None) };
    connection.execute("INSERT INTO platform (id, name) VALUES (?, ?)", (next, name))?;
    Ok(Some(next))
}

/// Decides which of the owners become ours; `owners` holds whether each one's export is private.
fn adopt(
    connection: &Connection,
    platform: u8,
    owners: &[(u32, bool)],
    now: Moment,
) -> rusqlite::Result<Vec<bool>> {
    let only_owner = owners.len() == 1 && !crate::own::any_on(connection, platform)?;
    owners
        .iter()
        .map(|&(account, is_private)| match (is_private, only_owner) {
            (true, _) => crate::own::suggest(connection, account, OwnReason::PrivateExport, now),
            (false, true) => crate::own::suggest(connection, account, OwnReason::OnlyOwner, now),
            (false, false) => Ok(false),
        })
        .collect()
}
