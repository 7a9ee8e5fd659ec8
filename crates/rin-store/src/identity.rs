//! What is said of who stands behind accounts, and which accounts are one party by the user's word or by rule.
//!
//! A word is kept by the accounts it is about, never by the parties, and nothing is joined in place: [`Reader`] computes
//! who is one from the words that stand. So another order of imports changes nothing, and a word taken back leaves
//! everything as it would be without it: tags, decisions and origins lie where they were said. A word that was taken back
//! stays in the file, dated, and counts no longer. What rules say is a function of what is imported; it is written anew
//! whole each time, and never against the user.

use rin_core::{AccountId, FactKind, Moment, PartyGroups, PartyId, facts, normal_fact};
use rusqlite::{Connection, Row, Transaction};

use crate::{
    Reader, Store, StoreError,
    column::{damaged, moment, moment_or_none, ms},
};

/// Facts taken from one record.
const MOST_FACTS: usize = 64;

/// One thing that sources say of who stands behind an account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[non_exhaustive]
pub struct StoredFact {
    /// Whose it is.
    pub account: AccountId,
    /// What kind of thing.
    pub kind: FactKind,
    /// What, in the normal form.
    pub text: String,
    /// The first report that says so, if one with a date does.
    pub first_seen: Option<Moment>,
    /// The last report that says so.
    pub last_seen: Option<Moment>,
}

/// Who said that two accounts are one party or two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum SaidBy {
    /// The user.
    User,
    /// A rule, as it is certain.
    Rule,
}

impl SaidBy {
    pub(crate) const ALL: [Self; 2] = [Self::User, Self::Rule];

    /// Returns the number in the file.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::User => 1,
            Self::Rule => 2,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Rule => "rule",
        }
    }
}

/// A word that stands: two accounts are of one party, or of two.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct IdentityWord {
    /// One account.
    pub a: AccountId,
    /// The other.
    pub b: AccountId,
    /// Whether they are one.
    pub is_same: bool,
    /// Who says so.
    pub by: SaidBy,
    /// Why, in words.
    pub why: String,
    /// Since when.
    pub at: Moment,
}

impl Store {
    /// Says for the user that both accounts are of one party; what was said against it is taken back.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such account, or [`StoreError`] if it cannot be written.
    pub fn join(
        &mut self,
        a: AccountId,
        b: AccountId,
        why: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let (one, other) = {
            let reader = self.read()?;
            (reader.accounts_with(a)?, reader.accounts_with(b)?)
        };
        self.write_words(|transaction| {
            take_back(transaction, false, &one, &other, now)?;
            say(
                transaction,
                &IdentityWord {
                    a,
                    b,
                    is_same: true,
                    by: SaidBy::User,
                    why: why.to_owned(),
                    at: now,
                },
            )
        })
    }

    /// Says for the user that none of `those` accounts is of one party with any of the `others`.
    ///
    /// What said that they are is taken back; those who were one only through one of the other side stay one.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such account, or [`StoreError`] if it cannot be written.
    pub fn part(
        &mut self,
        those: &[AccountId],
        others: &[AccountId],
        why: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let word = |a: AccountId, b: AccountId, is_same| IdentityWord {
            a,
            b,
            is_same,
            by: SaidBy::User,
            why: why.to_owned(),
            at: now,
        };
        self.write_words(|transaction| {
            take_back(transaction, true, those, others, now)?;
            for (a, b) in those.iter().flat_map(|a| others.iter().map(move |b| (*a, *b))) {
                say(transaction, &word(a, b, false))?;
            }
            Ok(())
        })?;
        let loose = self.read()?.loose(those.windows(2).chain(others.windows(2)))?;
        self.write_words(|transaction| {
            loose.iter().try_for_each(|(a, b)| say(transaction, &word(*a, *b, true)))
        })
    }

    /// Keeps what rules say is one party, with the reason of each, in the place of what they said before; returns how
    /// many of the words are new.
    ///
    /// # Errors
    /// [`StoreError::Unknown`] if there is no such account, or [`StoreError`] if it cannot be written.
    pub fn keep_certain(
        &mut self,
        pairs: &[(AccountId, AccountId, String)],
        now: Moment,
    ) -> Result<usize, StoreError> {
        let before: Vec<IdentityWord> = {
            let words = self.read()?.identity_words()?;
            words.into_iter().filter(|word| word.by == SaidBy::Rule).collect()
        };
        let is_in =
            |word: &IdentityWord| pairs.iter().any(|(a, b, _)| (word.a, word.b) == (*a, *b));
        let gone: Vec<&IdentityWord> = before.iter().filter(|word| !is_in(word)).collect();
        let is_new =
            |a: AccountId, b: AccountId| before.iter().all(|word| (word.a, word.b) != (a, b));
        let fresh: Vec<_> = pairs.iter().filter(|(a, b, _)| is_new(*a, *b)).collect();
        self.write_words(|transaction| {
            for word in &gone {
                transaction
                    .prepare_cached(
                        "UPDATE identity SET undone_at = ?3 WHERE a = ?1 AND b = ?2 AND said_by = 2
                            AND undone_at IS NULL",
                    )?
                    .execute((word.a.get(), word.b.get(), now.unix_ms()))?;
            }
            for (a, b, why) in &fresh {
                let (by, why) = (SaidBy::Rule, why.clone());
                say(transaction, &IdentityWord { a: *a, b: *b, is_same: true, by, why, at: now })?;
            }
            Ok(())
        })?;
        Ok(fresh.len())
    }

    fn write_words(
        &mut self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let fail = |error| StoreError::new(&path, error);
        let transaction = self.connection.transaction().map_err(fail)?;
        write(&transaction).map_err(fail)?;
        transaction.commit().map_err(fail)
    }
}

impl Reader<'_> {
    /// Returns every fact, by account, kind and text.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn facts(&self) -> Result<Vec<StoredFact>, StoreError> {
        let sql = "SELECT account, kind, text, first_seen, last_seen FROM fact";
        let mut facts = self.rows(sql, [], |row| self.fact(row))?;
        // Aliases of one account may say the same.
        facts.sort_unstable();
        facts.dedup_by(|next, kept| {
            let is_same =
                (next.account, next.kind) == (kept.account, kept.kind) && next.text == kept.text;
            if is_same {
                kept.first_seen = kept.first_seen.into_iter().chain(next.first_seen).min();
                kept.last_seen = kept.last_seen.max(next.last_seen);
            }
            is_same
        });
        Ok(facts)
    }

    fn fact(&self, row: &Row<'_>) -> rusqlite::Result<StoredFact> {
        let number: u8 = row.get(1)?;
        let kind = FactKind::from_number(number);
        Ok(StoredFact {
            account: self.account(row, 0)?,
            kind: kind.ok_or_else(|| damaged(format!("fact kind {number} is unknown")))?,
            text: row.get(2)?,
            first_seen: moment_or_none(row, 3)?,
            last_seen: moment_or_none(row, 4)?,
        })
    }

    /// Returns the words that stand, the one said first first.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn identity_words(&self) -> Result<Vec<IdentityWord>, StoreError> {
        let sql = "SELECT a, b, is_same, said_by, why, made_at FROM identity WHERE undone_at IS NULL ORDER BY id";
        self.rows(sql, [], |row| {
            let number: u8 = row.get(3)?;
            let by = SaidBy::ALL.into_iter().find(|by| by.number() == number);
            Ok(IdentityWord {
                a: self.account(row, 0)?,
                b: self.account(row, 1)?,
                is_same: row.get(2)?,
                by: by.ok_or_else(|| damaged(format!("identity said by {number} is unknown")))?,
                why: row.get(4)?,
                at: moment(row, 5)?,
            })
        })
    }

    /// Returns which parties are one by the user's word alone, without what rules say.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn groups_of_user(&self) -> Result<PartyGroups, StoreError> {
        self.at(groups(self.connection(), "AND i.said_by = 1"))
    }

    /// Returns the party of an account as it was imported, whoever it was joined with.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn imported_parties(&self) -> Result<Vec<(AccountId, PartyId)>, StoreError> {
        self.rows("SELECT id, party FROM account WHERE canonical = id ORDER BY id", [], |row| {
            Ok((AccountId::new(row.get(0)?), PartyId::new(row.get(1)?)))
        })
    }

    /// Returns the accounts of the party behind an account, ascending; none if there is no such account.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read.
    pub fn accounts_with(&self, account: AccountId) -> Result<Vec<AccountId>, StoreError> {
        let Some(party) = self.party_behind(account)? else { return Ok(Vec::new()) };
        let mut accounts = Vec::new();
        for member in self.groups.parties.members(party) {
            let sql = "SELECT id FROM account WHERE party = ? AND canonical = id";
            accounts.extend(self.rows(sql, [member.get()], |row| row.get(0).map(AccountId::new))?);
        }
        accounts.sort_unstable();
        Ok(accounts)
    }

    /// Returns the parties that are one with a party, itself among them, ascending.
    pub fn members(&self, party: PartyId) -> Vec<PartyId> {
        self.groups.parties.members(party)
    }

    /// Returns the pairs that are not of one party.
    fn loose<'a>(
        &self,
        pairs: impl Iterator<Item = &'a [AccountId]>,
    ) -> Result<Vec<(AccountId, AccountId)>, StoreError> {
        let mut loose = Vec::new();
        for pair in pairs {
            let [a, b] = pair else { continue };
            if self.party_behind(*a)? != self.party_behind(*b)? {
                loose.push((*a, *b));
            }
        }
        Ok(loose)
    }

    /// Returns the party behind an account, by the one that stands for all joined with it.
    fn party_behind(&self, account: AccountId) -> Result<Option<PartyId>, StoreError> {
        let sql = "SELECT party FROM account WHERE id = ?";
        let found = self.rows(sql, [account.get()], |row| self.party(row, 0))?;
        Ok(found.into_iter().next())
    }

    /// Returns the party a column names, by the one that stands for all joined with it.
    pub(crate) fn party(&self, row: &Row<'_>, column: usize) -> rusqlite::Result<PartyId> {
        Ok(self.groups.parties.stands_for(PartyId::new(row.get(column)?)))
    }
}

/// Returns which parties are one by the words that stand.
pub(crate) fn groups(connection: &Connection, which: &str) -> rusqlite::Result<PartyGroups> {
    let sql = format!(
        "SELECT x.party, y.party FROM identity i JOIN account x ON x.id = i.a JOIN account y ON y.id = i.b
          WHERE i.undone_at IS NULL AND i.is_same {which}"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let pairs = statement
        .query_map([], |row| Ok((PartyId::new(row.get(0)?), PartyId::new(row.get(1)?))))?;
    Ok(PartyGroups::new(pairs.collect::<rusqlite::Result<Vec<_>>>()?))
}

/// Takes back the words of that kind between two sides, whoever said them.
fn take_back(
    transaction: &Transaction<'_>,
    is_same: bool,
    those: &[AccountId],
    others: &[AccountId],
    now: Moment,
) -> rusqlite::Result<()> {
    let mut update = transaction.prepare_cached(
        "UPDATE identity SET undone_at = ?4 WHERE undone_at IS NULL AND is_same = ?3
            AND (SELECT canonical FROM account WHERE id = a) IN (?1, ?2)
            AND (SELECT canonical FROM account WHERE id = b) IN (?1, ?2)",
    )?;
    for (a, b) in
        those.iter().flat_map(|a| others.iter().map(move |b| (a, b))).filter(|(a, b)| a != b)
    {
        update.execute((a.get(), b.get(), is_same, now.unix_ms()))?;
    }
    Ok(())
}

fn say(transaction: &Transaction<'_>, word: &IdentityWord) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO identity (made_at, a, b, is_same, said_by, why) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute((
            word.at.unix_ms(),
            word.a.get(),
            word.b.get(),
            word.is_same,
            word.by.number(),
            &word.why,
        ))?;
    Ok(())
}

/// Keeps what a record says of who stands behind an account.
pub(crate) fn keep_facts(
    connection: &Connection,
    account: u32,
    lines: &str,
    seen: Option<Moment>,
) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO fact (account, kind, text, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?4)
         ON CONFLICT DO UPDATE SET
            first_seen = min(ifnull(first_seen, ?4), ifnull(?4, first_seen)),
            last_seen = max(ifnull(last_seen, ?4), ifnull(?4, last_seen))",
    )?;
    for fact in facts(lines).take(MOST_FACTS) {
        if let Some(text) = normal_fact(fact.kind, fact.text) {
            insert.execute((account, fact.kind.number(), text, ms(seen)))?;
        }
    }
    Ok(())
}
