//! Which rows of which table are about somebody. Erasing goes down this list and showing reads it, so that neither can know a
//! table that the other does not; a test compares it with the tables there are.

use rusqlite::{Connection, types::Value};

use super::{AboutRows, Who};

/// The rows of one table that are about somebody.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) table: &'static str,
    /// Which rows; `?1` is a list of accounts and `?2` of parties, in JSON.
    condition: &'static str,
}

/// Rows that hang on others come before them.
pub(crate) const TRACES: &[Trace] = &[
    Trace {
        table: "label",
        condition: "(t, interaction) IN (SELECT t, id FROM interaction
            WHERE src IN (SELECT value FROM json_each(?1)) OR dst IN (SELECT value FROM json_each(?1)))",
    },
    Trace { table: "interaction", condition: "src IN (SELECT value FROM json_each(?1)) OR dst IN (SELECT value FROM json_each(?1))" },
    Trace { table: "tie_seen", condition: "src IN (SELECT value FROM json_each(?1)) OR dst IN (SELECT value FROM json_each(?1))" },
    Trace { table: "tie_state", condition: "lo IN (SELECT value FROM json_each(?1)) OR hi IN (SELECT value FROM json_each(?1))" },
    Trace { table: "coverage", condition: "account IN (SELECT value FROM json_each(?1))" },
    Trace { table: "own", condition: "account IN (SELECT value FROM json_each(?1))" },
    Trace { table: "fact", condition: "account IN (SELECT value FROM json_each(?1))" },
    Trace { table: "identity", condition: "a IN (SELECT value FROM json_each(?1)) OR b IN (SELECT value FROM json_each(?1))" },
    Trace { table: "note", condition: "account IN (SELECT value FROM json_each(?1))" },
    Trace {
        table: "plan_place",
        condition: "(plan, line) IN (SELECT plan, line FROM plan_line WHERE party IN (SELECT value FROM json_each(?2)))",
    },
    Trace { table: "plan_line", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "decision", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "campaign_mark", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "origin", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "tag", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "tier", condition: "party IN (SELECT value FROM json_each(?2))" },
    Trace { table: "account", condition: "id IN (SELECT value FROM json_each(?1))" },
    Trace { table: "party", condition: "id IN (SELECT value FROM json_each(?2))" },
];

impl Trace {
    /// Both lists are named in every statement, used or not.
    fn sql(&self, what: &str) -> String {
        format!("{what} FROM {} WHERE ({}) AND ?1 <> '' AND ?2 <> ''", self.table, self.condition)
    }

    pub(super) fn delete(&self, connection: &Connection, who: &Who) -> rusqlite::Result<u64> {
        let n_rows = connection.execute(&self.sql("DELETE"), (&who.accounts, &who.parties))?;
        Ok(n_rows as u64)
    }

    pub(super) fn rows(&self, connection: &Connection, who: &Who) -> rusqlite::Result<AboutRows> {
        let mut select = connection.prepare(&self.sql("SELECT *"))?;
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let n_columns = columns.len();
        let rows = select.query_map((&who.accounts, &who.parties), |row| {
            (0..n_columns).map(|at| row.get::<_, Value>(at).map(Into::into)).collect()
        })?;
        Ok(AboutRows { table: self.table, columns, rows: rows.collect::<rusqlite::Result<_>>()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migrate::{STEPS, migrate};

    /// Tables that hold nothing about a party: of these, sources and findings may name one in their words, and are searched for it;
    /// in a campaign or a programme only the user's own words could.
    const NOT_ABOUT_PEOPLE: &[&str] = &[
        "meta",
        "kind",
        "platform",
        "source",
        "finding",
        "plan",
        "calibration",
        "programme_event",
        "campaign",
        "forgotten",
    ];

    #[test]
    fn every_table_is_either_searched_or_known_to_be_about_nobody() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, STEPS).unwrap();
        let mut tables: Vec<String> = connection
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            )
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let mut listed: Vec<&str> = TRACES.iter().map(|trace| trace.table).collect();
        listed.extend(NOT_ABOUT_PEOPLE);
        listed.sort_unstable();
        tables.sort_unstable();
        assert_eq!(tables, listed);
        // A column that refers to a party or an account makes its table one of those searched.
        for table in NOT_ABOUT_PEOPLE {
            let refers: Option<String> = crate::column::first(
                &connection,
                &format!("SELECT \"table\" FROM pragma_foreign_key_list('{table}') WHERE \"table\" IN ('party', 'account')"),
            )
            .unwrap();
            assert_eq!(refers, None, "{table}");
        }
    }
}
