//! The part of a dump that no import brings back: programmes, campaigns, and what is said of parties.
//!
//! A party is written as the platform and key of the first of its accounts, because its number differs from store to
//! store. Labels stand here too, each with the identity of its event.

use std::io;

use rusqlite::{Row, types::ValueRef};

use super::{Dump, field};
use crate::StoreError;

/// Each with its name and a query whose rows are written as they are, in an order that no row number decides.
const SAID: [(&str, &str); 7] = [
    ("programme", "SELECT programme, at, k.name, body FROM programme_event e
                     JOIN kind k ON k.family = 'programme' AND k.number = e.kind ORDER BY programme, e.id"),
    ("campaign", "SELECT id, programme, body, started_at, despite, ended_at, seconds, money
                    FROM campaign ORDER BY id"),
    ("mark", "SELECT m.campaign, n.platform, n.key, m.won, m.at FROM campaign_mark m
                JOIN named n ON n.party = m.party ORDER BY 1, 2, 3"),
    ("origin", "SELECT n.platform, n.key, o.campaign, o.won_at, k.name FROM origin o
                  JOIN named n ON n.party = o.party
                  JOIN kind k ON k.family = 'origin' AND k.number = o.how ORDER BY 1, 2"),
    ("tag", "SELECT n.platform, n.key, t.tag, t.since FROM tag t
               JOIN named n ON n.party = t.party ORDER BY 1, 2, 3"),
    ("tier", "SELECT n.platform, n.key, t.tier, t.since FROM tier t
                JOIN named n ON n.party = t.party ORDER BY 1, 2"),
    ("note", "SELECT p.name, c.key, n.at, n.written, n.text FROM note n
                JOIN account a ON a.id = n.account JOIN account c ON c.id = a.canonical
                JOIN platform p ON p.id = c.platform ORDER BY 1, 2, 3, 4, 5"),
];

/// Parties by the first of their accounts.
const NAMED: &str = "WITH named AS (
    SELECT party, platform, key FROM (
        SELECT a.party, p.name AS platform, a.key,
               row_number() OVER (PARTITION BY a.party ORDER BY p.name, a.key) AS nth
          FROM account a JOIN platform p ON p.id = a.platform WHERE a.canonical = a.id)
     WHERE nth = 1) ";

impl<W: io::Write> Dump<'_, W> {
    pub(super) fn labels(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT label, t, interaction FROM label ORDER BY label, t, interaction";
        self.reader.visit(sql, [], |row| {
            let (label, t, id): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let mut line = String::from("label");
            field(&mut line, &label);
            field(&mut line, &t.to_string());
            field(&mut line, &format!("{id:016x}"));
            self.write(&line)
        })
    }

    pub(super) fn said(&mut self) -> Result<(), StoreError> {
        for (name, sql) in SAID {
            self.reader
                .visit(&format!("{NAMED}{sql}"), [], |row| self.write(&line_of(name, row)?))?;
        }
        Ok(())
    }
}

fn line_of(name: &str, row: &Row<'_>) -> rusqlite::Result<String> {
    let mut line = String::from(name);
    for column in 0..row.as_ref().column_count() {
        field(&mut line, &value(row.get_ref(column)?)?);
    }
    Ok(line)
}

/// Returns a value as it is written; nothing for none.
fn value(value: ValueRef<'_>) -> rusqlite::Result<String> {
    Ok(match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(_) => value.as_str()?.to_owned(),
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
    })
}
