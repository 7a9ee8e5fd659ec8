//! Who is there: platforms, accounts, parties, and what the sources can see of our accounts.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use rin_core::{
    Account, AccountFlags, AccountId, AccountKey, Coverage, InteractionKinds, Moment, Party,
    PartyId, PartyKind, PlatformId, TieKinds,
};
use rusqlite::{OptionalExtension, Row};

use super::{Reader, visit_rows};
use crate::{
    StoreError,
    account::{Attributes, Said, attribute_columns},
    column::{damaged, moment_or_none},
};

/// An account with all that its sources and aliases say together.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct KnownAccount {
    /// Its index in this store.
    pub id: AccountId,
    /// Key, platform, party, handle and name.
    pub account: Account,
    /// Other native ids of the same account, sorted.
    pub aliases: Vec<String>,
    /// What the sources say of it.
    pub flags: AccountFlags,
    /// The latest report about it.
    pub seen: Option<Moment>,
    /// Its own latest interaction that any source shows.
    pub last_active: Option<Moment>,
    /// Whether it is ours.
    pub is_own: bool,
}

/// A party with its accounts.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct KnownParty {
    /// Its index in this store.
    pub id: PartyId,
    /// Kind and name as the user says, otherwise as the accounts say.
    pub party: Party,
    /// Its accounts, ascending.
    pub accounts: Vec<AccountId>,
}

/// In which order accounts come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccountOrder {
    /// By row, the fastest.
    Row,
    /// By platform and key, the same in every store.
    Key,
}

/// An account's own row and the reports of its aliases.
struct Group {
    attributes: Attributes,
    aliases: Vec<String>,
}

impl Reader<'_> {
    /// Returns the platforms and their names.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn platforms(&self) -> Result<Vec<(PlatformId, String)>, StoreError> {
        self.rows("SELECT id, name FROM platform ORDER BY id", [], |row| {
            Ok((PlatformId::new(row.get(0)?), row.get(1)?))
        })
    }

    /// Hands over every account, in ascending order of its index.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn each_account(&self, mut visit: impl FnMut(KnownAccount)) -> Result<(), StoreError> {
        self.each_account_in(AccountOrder::Row, |mut account, _| {
            if let Some(disguise) = self.disguise() {
                disguise.account(&mut account);
            }
            visit(account);
            Ok(())
        })
    }

    /// Returns the account with that key or alias.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn account_by_key(&self, key: &AccountKey) -> Result<Option<AccountId>, StoreError> {
        let found = self
            .connection()
            .query_row(
                "SELECT a.canonical FROM account a JOIN platform p ON p.id = a.platform
                  WHERE p.name = ? AND a.key = ?",
                (&key.platform, &key.id),
                |row| row.get(0),
            )
            .optional();
        Ok(self.at(found)?.map(AccountId::new))
    }

    pub(crate) fn each_account_in(
        &self,
        order: AccountOrder,
        mut visit: impl FnMut(KnownAccount, &Attributes) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut groups = self.alias_groups()?;
        let select = concat!(
            "SELECT a.id, p.name, a.key, a.platform, a.party, ",
            attribute_columns!(),
            " FROM account a JOIN platform p ON p.id = a.platform WHERE a.canonical = a.id ORDER BY "
        );
        let order = match order {
            AccountOrder::Row => "a.id",
            AccountOrder::Key => "p.name, a.key",
        };
        self.visit(&format!("{select}{order}"), [], |row| {
            let id = row.get(0)?;
            let mut attributes = Attributes::read(row, 5)?;
            let mut aliases = Vec::new();
            if let Some(group) = groups.remove(&id) {
                attributes.merge(group.attributes);
                aliases = group.aliases;
            }
            let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone());
            let account = Account {
                key: AccountKey { platform: row.get(1)?, id: row.get(2)? },
                platform: PlatformId::new(row.get(3)?),
                party: self.party(row, 4)?,
                handle: text(&attributes.handle),
                name: text(&attributes.name),
            };
            let known = KnownAccount {
                id: AccountId::new(id),
                account,
                aliases,
                flags: attributes.flags,
                seen: attributes.seen,
                last_active: attributes.last_active,
                is_own: self.groups.is_own(id),
            };
            visit(known, &attributes)
        })
    }

    /// Returns what the aliases say, by the account that stands for them.
    fn alias_groups(&self) -> Result<HashMap<u32, Group>, StoreError> {
        let mut groups: HashMap<u32, Group> = HashMap::new();
        let sql = concat!(
            "SELECT a.canonical, a.key, ",
            attribute_columns!(),
            " FROM account a WHERE a.canonical <> a.id ORDER BY a.key"
        );
        self.visit(sql, [], |row| {
            let group = groups.entry(row.get(0)?).or_insert_with(|| Group {
                attributes: Attributes::default(),
                aliases: Vec::new(),
            });
            group.attributes.merge(Attributes::read(row, 2)?);
            group.aliases.push(row.get(1)?);
            Ok(())
        })?;
        Ok(groups)
    }

    /// Hands over every party, in ascending order of its index; those joined of several come last, by the least of them.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn each_party(&self, mut visit: impl FnMut(KnownParty)) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT a.party, q.kind, q.name, a.canonical, a.id, ",
            attribute_columns!(),
            " FROM party q JOIN account a ON a.party = q.id ORDER BY a.party, a.id"
        );
        let mut open: Option<OpenParty> = None;
        // Those joined with others are complete when all have come.
        let mut joined: BTreeMap<u32, OpenParty> = BTreeMap::new();
        let is_joined = |id: u32| self.groups.parties.is_joined(PartyId::new(id));
        self.visit(sql, [], |row| {
            let id: u32 = row.get(0)?;
            if is_joined(id) {
                let stands = self.party(row, 0)?.get();
                let next = OpenParty::read(row)?;
                return match joined.entry(stands) {
                    Entry::Vacant(free) => free.insert(next).take(row),
                    Entry::Occupied(mut taken) => taken.get_mut().join(next).take(row),
                };
            }
            if open.as_ref().is_none_or(|party| party.id != id)
                && let Some(complete) = open.replace(OpenParty::read(row)?)
            {
                visit(complete.close(self));
            }
            open.as_mut().map_or(Ok(()), |party| party.take(row))
        })?;
        if let Some(last) = open {
            visit(last.close(self));
        }
        for party in joined.into_values() {
            visit(party.close(self));
        }
        Ok(())
    }

    /// Returns what the sources see of each account, ours and others, taken together; an account no source speaks
    /// of is missing.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn coverage(&self) -> Result<Vec<(AccountId, Coverage)>, StoreError> {
        let mut all: HashMap<u32, Coverage> = HashMap::new();
        let sql = "SELECT account, sent, received, ties_held, ties_to, since, until FROM coverage";
        self.at(visit_rows(self.connection(), sql, [], |row| {
            let account = self.account(row, 0)?.get();
            let joined = all.entry(account).or_default();
            *joined = joined.merge(read_coverage(row, 1)?);
            Ok(())
        }))?;
        let mut all: Vec<_> =
            all.into_iter().map(|(id, seen)| (AccountId::new(id), seen)).collect();
        all.sort_unstable_by_key(|(account, _)| *account);
        Ok(all)
    }
}

/// Reads the six columns of coverage from number `first` on.
pub(crate) fn read_coverage(row: &Row<'_>, first: usize) -> rusqlite::Result<Coverage> {
    Ok(Coverage {
        sent: InteractionKinds::from_bits(row.get(first)?),
        received: InteractionKinds::from_bits(row.get(first + 1)?),
        ties_held: TieKinds::from_bits(row.get(first + 2)?),
        ties_to: TieKinds::from_bits(row.get(first + 3)?),
        since: moment_or_none(row, first + 4)?,
        until: moment_or_none(row, first + 5)?,
    })
}

/// A party whose accounts are still coming.
struct OpenParty {
    id: u32,
    kind: PartyKind,
    name: Option<String>,
    accounts: Vec<u32>,
    attributes: Attributes,
}

impl OpenParty {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = match row.get::<_, u8>(1)? {
            0 => PartyKind::Unknown,
            1 => PartyKind::Person,
            2 => PartyKind::Organisation,
            3 => PartyKind::Bot,
            number => return Err(damaged(format!("party kind {number} is unknown"))),
        };
        let (accounts, attributes) = (Vec::new(), Attributes::default());
        Ok(Self { id: row.get(0)?, kind, name: row.get(2)?, accounts, attributes })
    }

    /// Takes what the user said of another party that is one with this.
    fn join(&mut self, other: Self) -> &mut Self {
        if self.kind == PartyKind::Unknown {
            self.kind = other.kind;
        }
        self.name = self.name.take().or(other.name);
        self
    }

    fn take(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let (stands, account): (u32, u32) = (row.get(3)?, row.get(4)?);
        if stands == account {
            self.accounts.push(account);
        }
        self.attributes.merge(Attributes::read(row, 5)?);
        Ok(())
    }

    fn close(self, reader: &Reader<'_>) -> KnownParty {
        let kind = match self.kind {
            PartyKind::Unknown => self.attributes.party_kind(),
            said => said,
        };
        let is_own = self.accounts.iter().any(|&account| reader.groups.is_own(account));
        let name = self.name.or(self.attributes.name.map(|said| said.text));
        let is_organisation = kind == PartyKind::Organisation;
        let name = match reader.disguise() {
            Some(disguise) => name.map(|_| disguise.party(self.id, is_organisation)),
            None => name,
        };
        KnownParty {
            id: PartyId::new(self.id),
            party: Party { kind, name, is_own },
            accounts: self.accounts.into_iter().map(AccountId::new).collect(),
        }
    }
}
