//! By what a forgotten account is known again: a hash of its id and of its handle under a secret of this store.
//!
//! Ids and handles are few enough to be tried out one by one, so a plain hash would hide nothing from whoever has a list of
//! them; with the secret, whoever has the hashes alone learns nothing. HMAC with SHA-256 (RFC 2104). Names are not hashed: others
//! are called the same.

use std::collections::HashSet;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{Who, secret};

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;

/// Who is not to come back.
#[derive(Debug, Default)]
pub(crate) struct Forgotten {
    key: String,
    hashes: HashSet<[u8; 32]>,
}

impl Forgotten {
    /// Reads all hashes.
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let Some(key) = secret(connection)? else { return Ok(Self::default()) };
        let mut select = connection.prepare_cached("SELECT hash FROM forgotten")?;
        let hashes = select.query_map([], |row| row.get::<_, [u8; 32]>(0))?;
        Ok(Self { key, hashes: hashes.collect::<rusqlite::Result<_>>()? })
    }

    /// Whether an account with that id is to be left out.
    pub(crate) fn has_id(&self, platform: &str, id: &str) -> bool {
        self.has("id", platform, id)
    }

    /// Whether an account with that handle is to be left out.
    pub(crate) fn has_handle(&self, platform: &str, handle: &str) -> bool {
        !self.hashes.is_empty()
            && !handle.is_empty()
            && self.has("handle", platform, &normal_handle(handle))
    }

    /// Whether a sentence names somebody by id or handle.
    pub(crate) fn is_named_in(&self, platform: &str, text: &str) -> bool {
        let is_around = |letter: char| !letter.is_alphanumeric();
        !self.hashes.is_empty()
            && text.split(|letter: char| letter.is_whitespace() || letter == '"').any(|word| {
                let bare = word.trim_matches(is_around);
                [word, bare]
                    .iter()
                    .any(|word| self.has_id(platform, word) || self.has_handle(platform, word))
            })
    }

    fn has(&self, what: &str, platform: &str, text: &str) -> bool {
        !self.hashes.is_empty() && self.hashes.contains(&hash(&self.key, what, platform, text))
    }
}

/// Returns a handle in the spelling in which it is compared.
pub(crate) fn normal_handle(handle: &str) -> String {
    handle.trim().trim_start_matches('@').to_lowercase()
}

/// Keeps the hashes of accounts that are about to be erased.
pub(super) fn mark(connection: &Connection, who: &Who) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR IGNORE INTO meta (key, value) VALUES ('forgotten key', hex(randomblob(32)))",
        [],
    )?;
    let Some(key) = secret(connection)? else { return Ok(()) };
    let mut select = connection.prepare_cached(
        "SELECT p.name, a.key, a.handle FROM account a JOIN platform p ON p.id = a.platform
          WHERE a.id IN (SELECT value FROM json_each(?))",
    )?;
    let mut insert =
        connection.prepare_cached("INSERT OR IGNORE INTO forgotten (hash) VALUES (?)")?;
    let mut rows = select.query([&who.accounts])?;
    while let Some(row) = rows.next()? {
        let (platform, id): (String, String) = (row.get(0)?, row.get(1)?);
        insert.execute([hash(&key, "id", &platform, &id)])?;
        if let Some(handle) = row.get::<_, Option<String>>(2)? {
            insert.execute([hash(&key, "handle", &platform, &normal_handle(&handle))])?;
        }
    }
    Ok(())
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
        let hashes = [hash("k", "handle", "x", "ada@b.example")].into();
        let forgotten = Forgotten { key: "k".into(), hashes };
        assert!(forgotten.is_named_in("x", "The post of \"@Ada@b.example\" has no date."));
        assert!(forgotten.is_named_in("x", "Gone: ada@b.example."));
        assert!(!forgotten.is_named_in("x", "Gone: ida@b.example."));
        assert!(!forgotten.is_named_in("y", "Gone: ada@b.example."));
    }
}
