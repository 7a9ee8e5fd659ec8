//! The network for other programs: every table as CSV or JSON Lines, the web of ties as GEXF or `GraphML`, address cards.
//!
//! Everything is written row by row as it is read, so that a log of millions of rows needs no memory. Column names are a
//! promise: `docs/EXPORT.md` lists them, columns are added at the end and never renamed. What no source covers is empty
//! or `null`, never zero.

mod card;
mod course;
mod gexf;
mod graph;
mod graphml;
mod log;
mod parties;
mod rows;
mod xml;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use jiff::Timestamp;
use rin_core::{AccountFlags, AccountId, Moment, PartyId};
use rin_store::Reader;
use serde::Serialize;

pub use self::rows::TableFormat;
use self::rows::{Cell, RowWriter};
pub(crate) use self::xml::escaped;
use crate::{
    Lang, Session, SessionError,
    effect::Origins,
    people::{People, name_of},
    time::iso_date,
};

/// A table of the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportTable {
    /// People and organisations.
    Parties,
    /// Their accounts and ours.
    Accounts,
    /// Follows, contacts, memberships, with their periods.
    Ties,
    /// What is between us and each party, with all figures.
    Relationships,
    /// The log.
    Interactions,
    /// The user's words for parties.
    Tags,
    /// The last plan, with the answers given.
    Plan,
    /// Everything answered to plans.
    Decisions,
    /// Programmes by period.
    Programmes,
    /// Campaigns, planned and started.
    Campaigns,
    /// How the network came and went, by month.
    Cohorts,
}

impl ExportTable {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 11] = [
        Self::Parties,
        Self::Accounts,
        Self::Ties,
        Self::Relationships,
        Self::Interactions,
        Self::Tags,
        Self::Plan,
        Self::Decisions,
        Self::Programmes,
        Self::Campaigns,
        Self::Cohorts,
    ];

    /// Returns its name, which is also that of its file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parties => "parties",
            Self::Accounts => "accounts",
            Self::Ties => "ties",
            Self::Relationships => "relationships",
            Self::Interactions => "interactions",
            Self::Tags => "tags",
            Self::Plan => "plan",
            Self::Decisions => "decisions",
            Self::Programmes => "programmes",
            Self::Campaigns => "campaigns",
            Self::Cohorts => "cohorts",
        }
    }

    /// Returns its columns, in their order.
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Parties => parties::PARTIES,
            Self::Accounts => parties::ACCOUNTS,
            Self::Relationships => parties::RELATIONSHIPS,
            Self::Tags => parties::TAGS,
            Self::Ties => log::TIES,
            Self::Interactions => log::INTERACTIONS,
            Self::Plan => course::PLAN,
            Self::Decisions => course::DECISIONS,
            Self::Programmes => course::PROGRAMMES,
            Self::Campaigns => course::CAMPAIGNS,
            Self::Cohorts => course::COHORTS,
        }
    }
}

/// A form in which programs that draw networks read them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GraphFormat {
    /// GEXF 1.3 with beginnings and ends, for Gephi.
    Gexf,
    /// `GraphML`, for everything else.
    GraphMl,
}

/// As of when is written, and in which language sentences are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExportRequest {
    /// The moment figures are of.
    pub now: Moment,
    /// The language of names that are ours, e.g. of groups.
    pub lang: Lang,
}

/// What was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExportView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Each file or stream.
    pub written: Vec<WrittenView>,
}

/// One file or stream that was written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct WrittenView {
    /// What it holds: the name of a table, `network` or `cards`.
    pub what: &'static str,
    /// The file, if it is one.
    pub file: Option<String>,
    /// Rows, cards, or nodes and edges together.
    pub rows: u64,
}

impl ExportView {
    /// Makes it of what was written.
    pub const fn new(written: Vec<WrittenView>) -> Self {
        Self { schema: "rin.export/1", written }
    }
}

impl Session {
    /// Writes a table; returns how many rows it has.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or `out` cannot be written.
    pub fn export_table(
        &self,
        (table, format): (ExportTable, TableFormat),
        request: ExportRequest,
        out: &mut dyn io::Write,
    ) -> Result<u64, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let source = Source::new(self, (&reader, &people), request);
        let mut rows = RowWriter::new(format, table.columns(), out);
        match table {
            ExportTable::Parties => source.parties(&mut rows),
            ExportTable::Accounts => {
                source.accounts(&mut rows);
                Ok(())
            }
            ExportTable::Relationships => source.relationships(&mut rows),
            ExportTable::Tags => source.tags(&mut rows),
            ExportTable::Ties => source.ties(&mut rows),
            ExportTable::Interactions => source.interactions(&mut rows),
            ExportTable::Plan => source.plan(&mut rows),
            ExportTable::Decisions => source.decisions(&mut rows),
            ExportTable::Programmes => source.programmes(&mut rows),
            ExportTable::Campaigns => source.campaigns(&mut rows),
            ExportTable::Cohorts => source.cohorts(&mut rows),
        }?;
        rows.finish().map_err(|source| SessionError::Output { source })
    }

    /// Writes who stands in which relation to whom; returns how many nodes and edges.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or `out` cannot be written.
    pub fn export_graph(
        &self,
        format: GraphFormat,
        request: ExportRequest,
        out: &mut dyn io::Write,
    ) -> Result<u64, SessionError> {
        let reader = self.store.read()?;
        let people = People::read_at(&reader, request.now)?;
        let source = Source::new(self, (&reader, &people), request);
        let graph = source.graph()?;
        let written = match format {
            GraphFormat::Gexf => gexf::write(&graph, out),
            GraphFormat::GraphMl => graphml::write(&graph, out),
        };
        written.map_err(|source| SessionError::Output { source })?;
        Ok((graph.nodes.len() + graph.edges.len()) as u64)
    }

    /// Writes an address card (vCard 4.0) for everybody but us; returns how many.
    ///
    /// # Errors
    /// [`SessionError`] if the store cannot be read or `out` cannot be written.
    pub fn export_cards(
        &self,
        request: ExportRequest,
        out: &mut dyn io::Write,
    ) -> Result<u64, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let source = Source::new(self, (&reader, &people), request);
        let cards = source.cards()?;
        let written = cards.iter().try_for_each(|card| card.write(out));
        written.map_err(|source| SessionError::Output { source })?;
        Ok(cards.len() as u64)
    }
}

/// What is read from.
struct Source<'a> {
    session: &'a Session,
    reader: &'a Reader<'a>,
    people: &'a People,
    request: ExportRequest,
    /// The accounts of every party, so that finding them does not go through all.
    by_party: BTreeMap<PartyId, Vec<AccountId>>,
}

impl<'a> Source<'a> {
    fn new(
        session: &'a Session,
        (reader, people): (&'a Reader<'a>, &'a People),
        request: ExportRequest,
    ) -> Self {
        let mut by_party: BTreeMap<PartyId, Vec<AccountId>> = BTreeMap::new();
        for known in people.accounts.values() {
            by_party.entry(known.account.party).or_default().push(known.id);
        }
        Self { session, reader, people, request, by_party }
    }

    /// Returns a party's accounts.
    fn accounts_of(&self, party: PartyId) -> &[AccountId] {
        self.by_party.get(&party).map_or(&[], Vec::as_slice)
    }

    fn tags_of(&self) -> Result<BTreeMap<PartyId, Vec<String>>, SessionError> {
        let mut tags: BTreeMap<PartyId, Vec<String>> = BTreeMap::new();
        for tag in self.reader.tags()? {
            tags.entry(tag.party).or_default().push(tag.tag);
        }
        Ok(tags)
    }

    fn origins(&self) -> Result<Origins, SessionError> {
        let campaigns = self.session.started_in(self.reader)?;
        Origins::read(self.reader, self.people, &campaigns)
    }

    fn platforms(&self, accounts: &[AccountId]) -> Vec<&'a str> {
        let known = accounts.iter().filter_map(|account| self.people.accounts.get(account));
        let platforms: BTreeSet<&str> =
            known.map(|known| known.account.key.platform.as_str()).collect();
        platforms.into_iter().collect()
    }

    fn platform(&self, account: AccountId) -> Cell {
        let known = self.people.accounts.get(&account);
        known.map_or(Cell::Missing, |known| Cell::text(&known.account.key.platform))
    }

    fn party(&self, account: AccountId) -> Cell {
        self.people.party_of(account).map_or(Cell::Missing, |party| Cell::count(party.get()))
    }

    fn date(&self, moment: Moment) -> Cell {
        Cell::Text(iso_date(moment, &self.session.zone))
    }

    fn name(&self, party: PartyId) -> String {
        let first = self.accounts_of(party).first();
        let known = first.and_then(|account| self.people.accounts.get(account));
        known.map_or_else(|| "?".to_owned(), name_of)
    }
}

/// Returns what the sources say a party is: a program, an organisation, a person; `None` if none does.
fn kind(people: &People, accounts: &[AccountId]) -> Option<&'static str> {
    let flags = accounts.iter().filter_map(|account| Some(people.accounts.get(account)?.flags));
    let all = flags.fold(AccountFlags::NONE, AccountFlags::with);
    let kinds = [
        (AccountFlags::BOT, "bot"),
        (AccountFlags::ORGANISATION, "organisation"),
        (AccountFlags::PERSON, "person"),
    ];
    kinds.into_iter().find(|(flag, _)| all.contains(*flag)).map(|(_, kind)| kind)
}

/// Returns a moment as RFC 3339 in UTC; nothing for one that no calendar knows.
fn utc(moment: Moment) -> Cell {
    Timestamp::from_millisecond(moment.unix_ms())
        .map_or(Cell::Missing, |at| Cell::Text(at.to_string()))
}
