//! Which accounts are one and the same: groups joined by the aliases that sources report.
//!
//! The one that stands for a group is its smallest key, native ids before addresses (`acct:`), so it does not depend
//! on the order of reports. The log is never rewritten: rows keep the account they named, and `account.canonical`
//! leads from it to the group. Chains are kept in memory and written once, so that a source that reports a long
//! chain backwards costs its length, not the square of it.

use std::collections::HashMap;

use rusqlite::Connection;

/// Joins kept in memory before they are written.
const KEPT: usize = 100_000;

/// The joins of one import that are not in the file yet.
#[derive(Debug, Default)]
pub(crate) struct Aliases {
    /// From an account that stood for its group to one of the group it now belongs to.
    joined: HashMap<u32, u32>,
}

impl Aliases {
    /// Notes that both are the same account.
    pub(crate) fn join(&mut self, connection: &Connection, a: u32, b: u32) -> rusqlite::Result<()> {
        let a = self.find(connection, a)?;
        let b = self.find(connection, b)?;
        if a == b {
            return Ok(());
        }
        let (stands, joins) =
            if rank(connection, a)? < rank(connection, b)? { (a, b) } else { (b, a) };
        self.joined.insert(joins, stands);
        if KEPT <= self.joined.len() { self.write(connection) } else { Ok(()) }
    }

    /// Returns the account that stands for the group of `account`.
    fn find(&mut self, connection: &Connection, account: u32) -> rusqlite::Result<u32> {
        let mut passed = Vec::new();
        let mut at = account;
        loop {
            if let Some(&next) = self.joined.get(&at) {
                passed.push(at);
                at = next;
                continue;
            }
            let written = canonical(connection, at)?;
            if written == at {
                break;
            }
            at = written;
        }
        self.joined.extend(passed.into_iter().map(|joined| (joined, at)));
        Ok(at)
    }

    /// Writes all joins into the file.
    pub(crate) fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut joined: Vec<u32> = self.joined.keys().copied().collect();
        joined.sort_unstable();
        for account in joined {
            let stands = self.find(connection, account)?;
            join_rows(connection, account, stands)?;
        }
        self.joined.clear();
        Ok(())
    }
}

fn canonical(connection: &Connection, account: u32) -> rusqlite::Result<u32> {
    connection
        .prepare_cached("SELECT canonical FROM account WHERE id = ?")?
        .query_row([account], |row| row.get(0))
}

/// Returns what decides who stands for a group: the least does.
fn rank(connection: &Connection, account: u32) -> rusqlite::Result<(bool, String)> {
    let key: String = connection
        .prepare_cached("SELECT key FROM account WHERE id = ?")?
        .query_row([account], |row| row.get(0))?;
    Ok((key.starts_with("acct:"), key))
}

/// Makes `account` and all it stood for members of the group of `stands`, and one party of both parties.
fn join_rows(connection: &Connection, account: u32, stands: u32) -> rusqlite::Result<()> {
    let run = |sql: &str| connection.prepare_cached(sql)?.execute((account, stands));
    run("UPDATE account SET canonical = ?2 WHERE canonical = ?1 AND canonical <> id")?;
    run("UPDATE account SET canonical = ?2 WHERE id = ?1")?;
    let party = |id: u32| -> rusqlite::Result<u32> {
        connection
            .prepare_cached("SELECT party FROM account WHERE id = ?")?
            .query_row([id], |row| row.get(0))
    };
    join_parties(connection, party(account)?, party(stands)?)
}

fn join_parties(connection: &Connection, from: u32, into: u32) -> rusqlite::Result<()> {
    if from == into {
        return Ok(());
    }
    for sql in [
        "UPDATE account SET party = ?2 WHERE party = ?1",
        "UPDATE decision SET party = ?2 WHERE party = ?1",
        "UPDATE plan_line SET party = ?2 WHERE party = ?1",
        "UPDATE party SET name = ifnull(party.name, old.name),
                          kind = iif(party.kind = 0, old.kind, party.kind)
           FROM party AS old WHERE old.id = ?1 AND party.id = ?2",
    ] {
        connection.prepare_cached(sql)?.execute((from, into))?;
    }
    // Nearly all joined parties are fresh from the import, so one look saves the rest.
    if connection.prepare_cached(IS_SPOKEN_OF)?.query_row([from], |row| row.get(0))? {
        for sql in JOIN_WHAT_IS_SAID {
            connection.prepare_cached(sql)?.execute((from, into))?;
        }
    }
    connection.prepare_cached("DELETE FROM party WHERE id = ?")?.execute([from])?;
    Ok(())
}

const IS_SPOKEN_OF: &str = "SELECT EXISTS (SELECT 1 FROM origin WHERE party = ?1)
     OR EXISTS (SELECT 1 FROM campaign_mark WHERE party = ?1)
     OR EXISTS (SELECT 1 FROM tag WHERE party = ?1) OR EXISTS (SELECT 1 FROM tier WHERE party = ?1)";

/// Of what both had: the first origin stays, the last word on a campaign, the tag had longest and the last tier.
const JOIN_WHAT_IS_SAID: [&str; 8] = [
    "DELETE FROM origin WHERE 1 < (SELECT count(*) FROM origin WHERE party IN (?1, ?2))
        AND party = iif((SELECT won_at FROM origin WHERE party = ?1)
                         < (SELECT won_at FROM origin WHERE party = ?2), ?2, ?1)",
    "UPDATE origin SET party = ?2 WHERE party = ?1",
    "INSERT INTO campaign_mark (campaign, party, won, at)
         SELECT campaign, ?2, won, at FROM campaign_mark WHERE party = ?1
         ON CONFLICT DO UPDATE SET won = excluded.won, at = excluded.at WHERE at < excluded.at",
    "DELETE FROM campaign_mark WHERE party = ?1 AND ?2",
    "INSERT INTO tag (party, tag, since) SELECT ?2, tag, since FROM tag WHERE party = ?1
         ON CONFLICT DO UPDATE SET since = min(since, excluded.since)",
    "DELETE FROM tag WHERE party = ?1 AND ?2",
    "INSERT INTO tier (party, tier, since) SELECT ?2, tier, since FROM tier WHERE party = ?1
         ON CONFLICT DO UPDATE SET tier = excluded.tier, since = excluded.since
             WHERE since < excluded.since",
    "DELETE FROM tier WHERE party = ?1 AND ?2",
];
