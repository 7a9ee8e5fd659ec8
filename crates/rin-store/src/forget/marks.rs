//! By what a forgotten account is known again: hashes of its id, its handle and its addresses under a secret of this store.
//!
//! Ids and handles are few enough to be tried out one by one, so a plain hash would hide nothing from whoever has a list of
//! them; with the secret, whoever has the hashes alone learns nothing. HMAC with SHA-256 (RFC 2104). Names are not hashed: others
//! are called the same. Nor is what a profile only links to, which may be somebody else's, nor a mail address that others
//! who stay have as well.

use std::collections::{BTreeSet, HashMap};

use rin_core::{AccountRecord, FactKind, facts, normal_fact};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Who, secret};

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;
/// Under what each sort of mark is hashed; an address is one on every platform.
const ID: &str = "id";
const HANDLE: &str = "handle";
const MAIL: &str = "mail";
const PAGE: &str = "page";

/// Which erased party a mark is of, by a number drawn for it; `None` for marks of earlier versions.
pub(crate) type Person = Option<i64>;

/// Who is not to come back.
#[derive(Debug, Default)]
pub(crate) struct Forgotten {
    key: String,
    hashes: HashMap<[u8; 32], Person>,
}

/// How a record was found to be about somebody who was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Match {
    pub(crate) person: Person,
    /// Whether nothing but a mail address or page says so.
    pub(crate) is_by_address: bool,
}

impl Forgotten {
    /// Reads all hashes.
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let Some(key) = secret(connection)? else { return Ok(Self::default()) };
        let mut select = connection.prepare_cached("SELECT hash, person FROM forgotten")?;
        let hashes = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Self { key, hashes: hashes.collect::<rusqlite::Result<_>>()? })
    }

    /// Whether an account with that id is to be left out.
    pub(crate) fn has_id(&self, platform: &str, id: &str) -> bool {
        self.get(ID, platform, id).is_some()
    }

    /// Returns whom of the erased a record is about, by its ids, its handle or an address that it says is theirs.
    pub(crate) fn of_record(&self, platform: &str, record: &AccountRecord<'_>) -> Option<Match> {
        if self.hashes.is_empty() {
            return None;
        }
        let ids = [record.id, record.alias].into_iter().filter(|id| !id.is_empty());
        let by_id = ids.into_iter().find_map(|id| self.get(ID, platform, id));
        if let Some(person) = by_id.or_else(|| self.by_handle(platform, record.handle)) {
            return Some(Match { person, is_by_address: false });
        }
        let said = facts(record.facts).map(|fact| (fact.kind, fact.text));
        let person = addresses(record.handle, said)
            .iter()
            .find_map(|(what, text)| self.get(what, "", text))?;
        Some(Match { person, is_by_address: true })
    }

    /// Returns the lines of facts but for those that are an address of somebody who was erased.
    pub(crate) fn strip(&self, lines: &str) -> String {
        let is_kept = |line: &&str| {
            let said = facts(line).map(|fact| (fact.kind, fact.text));
            addresses("", said).iter().all(|(what, text)| self.get(what, "", text).is_none())
        };
        lines.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
    }

    /// Whether nobody is.
    pub(crate) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Whether a sentence names somebody by id, handle or address.
    pub(crate) fn is_named_in(&self, platform: &str, text: &str) -> bool {
        let is_around = |letter: char| !letter.is_alphanumeric();
        !self.hashes.is_empty()
            && text.split(|letter: char| letter.is_whitespace() || letter == '"').any(|word| {
                let bare = word.trim_matches(is_around);
                [word, bare].iter().any(|word| {
                    self.has_id(platform, word)
                        || self.by_handle(platform, word).is_some()
                        || addresses_of(word)
                            .iter()
                            .any(|(what, text)| self.get(what, "", text).is_some())
                })
            })
    }

    fn by_handle(&self, platform: &str, handle: &str) -> Option<Person> {
        let handle = normal_handle(handle);
        if handle.is_empty() { None } else { self.get(HANDLE, platform, &handle) }
    }

    fn get(&self, what: &str, platform: &str, text: &str) -> Option<Person> {
        if self.hashes.is_empty() {
            return None;
        }
        self.hashes.get(&hash(&self.key, what, platform, text)).copied()
    }
}

/// Returns a handle in the spelling in which it is compared.
pub(crate) fn normal_handle(handle: &str) -> String {
    handle.trim().trim_start_matches('@').to_lowercase()
}

/// Returns the addresses that are an account's own: of its handle and of what is said to be its mail or its page.
fn addresses<'s>(
    handle: &str,
    said: impl Iterator<Item = (FactKind, &'s str)>,
) -> BTreeSet<(&'static str, String)> {
    let mut found = of_handle(handle);
    found.extend(said.filter_map(|(kind, text)| {
        let what = match kind {
            FactKind::Mail => MAIL,
            FactKind::Page | FactKind::Vouched => PAGE,
            _ => return None,
        };
        Some((what, normal_fact(kind, text)?))
    }));
    found
}

/// Returns the addresses that a handle like `ann@example.org` is: of mail, or of a page.
fn of_handle(handle: &str) -> BTreeSet<(&'static str, String)> {
    let handle = normal_handle(handle);
    if !handle.contains('@') {
        return BTreeSet::new();
    }
    let mail = normal_fact(FactKind::Mail, &handle).map(|text| (MAIL, text));
    let page = normal_fact(FactKind::Page, &format!("acct:{handle}")).map(|text| (PAGE, text));
    mail.into_iter().chain(page).collect()
}

/// Returns all addresses that a word may be.
fn addresses_of(word: &str) -> BTreeSet<(&'static str, String)> {
    let page = [(FactKind::Page, word)].into_iter().filter(|_| word.contains(['.', '/']));
    addresses(word, page)
}

/// Keeps the hashes of accounts of one party that are about to be erased.
pub(super) fn mark(connection: &Connection, who: &Who, person: Person) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR IGNORE INTO meta (key, value) VALUES ('forgotten key', hex(randomblob(32)))",
        [],
    )?;
    let Some(key) = secret(connection)? else { return Ok(()) };
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO forgotten (hash, person) VALUES (?, ?)")?;
    let mut keep = |what: &str, platform: &str, text: &str| {
        insert.execute((hash(&key, what, platform, text), person))
    };
    let mut select = connection.prepare_cached(
        "SELECT p.name, a.key, a.handle FROM account a JOIN platform p ON p.id = a.platform
          WHERE a.id IN (SELECT value FROM json_each(?))",
    )?;
    let mut rows = select.query([&who.accounts])?;
    while let Some(row) = rows.next()? {
        let (platform, id): (String, String) = (row.get(0)?, row.get(1)?);
        keep(ID, &platform, &id)?;
        if let Some(handle) = row.get::<_, Option<String>>(2)? {
            keep(HANDLE, &platform, &normal_handle(&handle))?;
            for (what, text) in of_handle(&handle) {
                keep(what, "", &text)?;
            }
        }
    }
    // Pages are 1, cards 3, mail 4. A page is its account's own; the others may be a household's or an office's.
    let mut select = connection.prepare_cached(
        "SELECT f.kind, f.text FROM fact f WHERE f.account IN (SELECT value FROM json_each(?1))
            AND (f.kind = 1 OR f.kind IN (3, 4) AND NOT EXISTS (
                SELECT 1 FROM fact o WHERE o.text = f.text AND o.kind IN (1, 3, 4)
                   AND o.account NOT IN (SELECT value FROM json_each(?1))))",
    )?;
    let mut rows = select.query([&who.accounts])?;
    while let Some(row) = rows.next()? {
        let text: String = row.get(1)?;
        keep(if row.get::<_, u8>(0)? == FactKind::Mail.number() { MAIL } else { PAGE }, "", &text)?;
    }
    Ok(())
}

/// Returns a number for a party that is about to be erased.
pub(super) fn draw_person(connection: &Connection) -> rusqlite::Result<Person> {
    connection.query_row("SELECT random()", [], |row| row.get(0)).map(Some)
}

/// Lifts the marks of every party that one of the names is of; returns how many parties and marks that were.
pub(super) fn lift(connection: &Connection, names: &[&str]) -> rusqlite::Result<(u64, u64)> {
    let Some(key) = secret(connection)? else { return Ok((0, 0)) };
    let mut select = connection.prepare("SELECT name FROM platform")?;
    let platforms = select.query_map([], |row| row.get(0))?;
    let platforms: Vec<String> = platforms.collect::<rusqlite::Result<_>>()?;
    let forgotten = Forgotten::read(connection)?;
    let (mut people, mut loose) = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        let mut hashes: Vec<[u8; 32]> = Vec::new();
        for platform in &platforms {
            hashes.push(hash(&key, ID, platform, name.trim()));
            hashes.push(hash(&key, HANDLE, platform, &normal_handle(name)));
        }
        let all = addresses_of(name.trim());
        hashes.extend(all.iter().map(|(what, text)| hash(&key, what, "", text)));
        for hash in hashes {
            match forgotten.hashes.get(&hash) {
                Some(Some(person)) => _ = people.insert(*person),
                Some(None) => _ = loose.insert(hash),
                None => {}
            }
        }
    }
    let mut n_marks = 0;
    for person in &people {
        n_marks += connection.execute("DELETE FROM forgotten WHERE person = ?", [person])?;
    }
    for hash in &loose {
        n_marks += connection.execute("DELETE FROM forgotten WHERE hash = ?", [hash])?;
    }
    // Of marks before version 7 nobody knows which are of one party.
    let n_people = people.len() + usize::from(!loose.is_empty());
    Ok((n_people as u64, n_marks as u64))
}

fn hash(key: &str, what: &str, platform: &str, text: &str) -> [u8; 32] {
    // Lengths before the texts, so that no two lists of texts hash alike.
    let message =
        format!("{}:{what}{}:{platform}{}:{text}", what.len(), platform.len(), text.len());
    hmac(key.as_bytes(), message.as_bytes())
}

/// HMAC with SHA-256 and a key of one block at most.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| -> Vec<u8> {
        let key = key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK);
        key.map(|byte| byte ^ with).collect()
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_standard() {
        // RFC 4231, test case 2.
        let found = hmac(b"Jefe", b"what do ya want for nothing?");
        let first = found.first_chunk().map(|bytes| u64::from_be_bytes(*bytes));
        let last = found.last_chunk().map(|bytes| u64::from_be_bytes(*bytes));
        assert_eq!((first, last), (Some(0x5bdc_c146_bf60_754e), Some(0x9dec_58b9_64ec_3843)));
    }

    #[test]
    fn parts_do_not_run_into_one_another_and_the_key_counts() {
        assert_ne!(hash("k", "id", "ab", "c"), hash("k", "id", "a", "bc"));
        assert_ne!(hash("k", "id", "a", "b"), hash("l", "id", "a", "b"));
        assert_ne!(hash("k", "id", "a", "b"), hash("k", "handle", "a", "b"));
    }

    #[test]
    fn a_sentence_that_names_somebody_is_known() {
        let hashes = [(hash("k", "handle", "x", "ada@b.example"), None)].into();
        let forgotten = Forgotten { key: "k".into(), hashes };
        assert!(forgotten.is_named_in("x", "The post of \"@Ada@b.example\" has no date."));
        assert!(forgotten.is_named_in("x", "Gone: ada@b.example."));
        assert!(!forgotten.is_named_in("x", "Gone: ida@b.example."));
        assert!(!forgotten.is_named_in("y", "Gone: ada@b.example."));
        let hashes = [(hash("k", "page", "", "b.example/@ada"), Some(7))].into();
        let forgotten = Forgotten { key: "k".into(), hashes };
        for text in ["See https://B.example/@Ada.", "Gone: @ada@b.example", "b.example/@ada is odd"]
        {
            assert!(forgotten.is_named_in("y", text), "{text}");
        }
        assert!(!forgotten.is_named_in("y", "See https://b.example/@ida."));
    }

    #[test]
    fn an_account_is_known_again_by_what_is_its_own() {
        let hashes = [
            (hash("k", "mail", "", "ada@b.example"), Some(7)),
            (hash("k", "page", "", "b.example/@ada"), Some(7)),
        ];
        let forgotten = Forgotten { key: "k".into(), hashes: hashes.into() };
        let found = |handle, facts| {
            let record = AccountRecord { id: "1", handle, facts, ..AccountRecord::default() };
            forgotten.of_record("x", &record)
        };
        let ada = Some(Match { person: Some(7), is_by_address: true });
        assert_eq!(found("Ada@b.example", ""), ada);
        assert_eq!(found("", "mail ADA+x@b.example"), ada);
        assert_eq!(found("", "page https://b.example/@Ada"), ada);
        assert_eq!(found("", "vouched b.example/@ada"), ada);
        // Whoever links to her is not her.
        assert_eq!(found("ada", "link b.example/@ada\nplace Bonn"), None);
        let kept = forgotten.strip("mail ada@b.example\nlink b.example/@ada\nplace Bonn");
        assert_eq!(kept, "link b.example/@ada\nplace Bonn");
    }

    #[test]
    fn a_mark_of_an_earlier_version_is_lifted_alone() {
        let mut connection = Connection::open_in_memory().unwrap();
        crate::migrate::migrate(&mut connection, crate::migrate::STEPS).unwrap();
        connection.execute("INSERT INTO meta VALUES ('forgotten key', 'k')", []).unwrap();
        connection.execute("INSERT INTO platform (id, name) VALUES (0, 'x')", []).unwrap();
        for handle in ["ada", "ben"] {
            let mark = hash("k", HANDLE, "x", handle);
            connection.execute("INSERT INTO forgotten (hash) VALUES (?)", [mark]).unwrap();
        }
        assert_eq!(lift(&connection, &["@Ada"]), Ok((1, 1)));
        let left = Forgotten::read(&connection).unwrap();
        assert_eq!((left.by_handle("x", "ada"), left.by_handle("x", "ben")), (None, Some(None)));
    }
}
