//! Writes the whole network as text that depends on the records alone.
//!
//! No row number, no time or order of import, no source: two stores that were fed the same records in any order, in
//! any number of pieces and any number of times give the same bytes. That is what the store promises, and so this is
//! its test and a way to compare two stores with `diff`. Fields are separated by tabs. At the end stands what the user
//! decided once and no import brings back: programmes, campaigns, origins, tags, tiers and notes, each party named by its
//! accounts. Which accounts are ours is not part of it.

mod said;

use std::{collections::BTreeMap, fmt::Write as _, io};

use rin_core::{AccountId, Coverage, Moment, Tie, TieEnd, TieStart, TieState};
use rusqlite::Row;

use crate::{
    Reader, Store, StoreError,
    account::Said,
    scan::{AccountOrder, TieOrder, TieReader, read_coverage},
    states,
};

impl Store {
    /// Writes the network in canonical form.
    ///
    /// # Errors
    /// [`StoreError`] if the file cannot be read, [`StoreError::Output`] if `out` cannot be written.
    pub fn dump(&self, out: &mut impl io::Write) -> Result<(), StoreError> {
        let reader = self.read()?;
        let mut dump = Dump { reader: &reader, out, failure: None };
        let written = dump
            .line("rin network 1")
            .and_then(|()| dump.accounts())
            .and_then(|()| dump.ties())
            .and_then(|()| dump.interactions())
            .and_then(|()| dump.coverage())
            .and_then(|()| dump.states())
            .and_then(|()| dump.labels())
            .and_then(|()| dump.facts())
            .and_then(|()| dump.said());
        match dump.failure {
            Some(source) => Err(StoreError::Output { path: self.path.clone(), source }),
            None => written,
        }
    }
}

struct Dump<'a, W> {
    reader: &'a Reader<'a>,
    out: &'a mut W,
    /// What the writer said; reading is then given up.
    failure: Option<io::Error>,
}

impl<W: io::Write> Dump<'_, W> {
    fn line(&mut self, line: &str) -> Result<(), StoreError> {
        let written = self.write(line);
        self.reader.at(written)
    }

    /// Writes a line; the error only ends the reading, the cause is kept.
    fn write(&mut self, line: &str) -> rusqlite::Result<()> {
        self.out.write_all(line.as_bytes()).and_then(|()| self.out.write_all(b"\n")).map_err(
            |error| {
                self.failure = Some(error);
                rusqlite::Error::InvalidQuery
            },
        )
    }

    fn accounts(&mut self) -> Result<(), StoreError> {
        let reader = self.reader;
        reader.each_account_in(AccountOrder::Key, |known, attributes| {
            let mut line = String::from("account");
            field(&mut line, &known.account.key.platform);
            field(&mut line, &known.account.key.id);
            for said in [&attributes.handle, &attributes.name] {
                field(&mut line, said.as_ref().map_or("", |said: &Said| &said.text));
                field(&mut line, &text(said.as_ref().and_then(|said| said.seen)));
            }
            field(&mut line, &known.flags.bits().to_string());
            field(&mut line, &text(known.seen));
            field(&mut line, &text(known.last_active));
            known.aliases.iter().for_each(|alias| field(&mut line, alias));
            self.write(&line)
        })
    }

    fn facts(&mut self) -> Result<(), StoreError> {
        let sql =
            "SELECT DISTINCT p.name, c.key, f.kind, f.text, f.first_seen, f.last_seen FROM fact f
                     JOIN account a ON a.id = f.account JOIN account c ON c.id = a.canonical
                     JOIN platform p ON p.id = a.platform ORDER BY 1, 2, 3, 4, 5, 6";
        self.reader.visit(sql, [], |row| {
            let mut line = String::from("fact");
            texts(&mut line, row, 0..2)?;
            field(&mut line, &row.get::<_, u8>(2)?.to_string());
            texts(&mut line, row, 3..4)?;
            for column in 4..6 {
                field(
                    &mut line,
                    &text(row.get::<_, Option<i64>>(column)?.map(Moment::from_unix_ms)),
                );
            }
            self.write(&line)
        })
    }

    fn ties(&mut self) -> Result<(), StoreError> {
        let reader = self.reader;
        reader.at(TieReader::new(reader.connection()).and_then(|mut ties| {
            ties.each(TieOrder::Key, |tie| {
                let line = tie_line(reader, &tie)?;
                self.write(&line)
            })
        }))
    }

    fn interactions(&mut self) -> Result<(), StoreError> {
        let sql = "SELECT i.t, i.id, p.name, ca.key, cb.key, i.kind FROM interaction i
                     JOIN account a ON a.id = i.src JOIN account ca ON ca.id = a.canonical
                     JOIN account b ON b.id = i.dst JOIN account cb ON cb.id = b.canonical
                     JOIN platform p ON p.id = a.platform ORDER BY i.t, i.id";
        self.reader.visit(sql, [], |row| {
            let mut line =
                format!("interaction\t{}\t{:016x}", row.get::<_, i64>(0)?, row.get::<_, i64>(1)?);
            texts(&mut line, row, 2..5)?;
            field(&mut line, &row.get::<_, u8>(5)?.to_string());
            self.write(&line)
        })
    }

    /// Writes what the sources see of each account together: how an export was cut does not belong to the network.
    fn coverage(&mut self) -> Result<(), StoreError> {
        let sql =
            "SELECT p.name, ca.key, c.sent, c.received, c.ties_held, c.ties_to, c.since, c.until
                     FROM coverage c
                     JOIN account a ON a.id = c.account JOIN account ca ON ca.id = a.canonical
                     JOIN platform p ON p.id = a.platform";
        let mut all: BTreeMap<String, Coverage> = BTreeMap::new();
        self.reader.visit(sql, [], |row| {
            let mut head = String::from("coverage");
            texts(&mut head, row, 0..2)?;
            let seen = all.entry(head).or_default();
            *seen = seen.merge(read_coverage(row, 2)?);
            Ok(())
        })?;
        for (mut line, seen) in all {
            for kinds in [seen.sent.bits(), seen.received.bits()] {
                field(&mut line, &kinds.to_string());
            }
            for kinds in [seen.ties_held.bits(), seen.ties_to.bits()] {
                field(&mut line, &kinds.to_string());
            }
            for moment in [seen.since, seen.until] {
                let ms = moment.map(|moment| moment.unix_ms().to_string());
                field(&mut line, &ms.unwrap_or_default());
            }
            self.line(&line)?;
        }
        Ok(())
    }

    fn states(&mut self) -> Result<(), StoreError> {
        let sql =
            "SELECT p.name, min(ca.key, cb.key), max(ca.key, cb.key), ca.key < cb.key, s.state
                     FROM tie_state s
                     JOIN account a ON a.id = s.lo JOIN account ca ON ca.id = a.canonical
                     JOIN account b ON b.id = s.hi JOIN account cb ON cb.id = b.canonical
                     JOIN platform p ON p.id = a.platform
                    WHERE ca.id <> cb.id ORDER BY 1, 2, 3";
        let mut open: Option<(String, TieState)> = None;
        self.reader.visit(sql, [], |row| {
            let mut head = String::from("state");
            texts(&mut head, row, 0..3)?;
            let mut state = states::read(row, 4)?;
            if !row.get::<_, bool>(3)? {
                state = state.flipped();
            }
            let complete = match &mut open {
                Some((same, joined)) if *same == head => {
                    joined.merge(&state);
                    None
                }
                _ => open.replace((head, state)),
            };
            complete.map_or(Ok(()), |complete| self.write(&state_line(&complete)))
        })?;
        open.map_or(Ok(()), |complete| self.line(&state_line(&complete)))
    }
}

fn tie_line(reader: &Reader<'_>, tie: &Tie) -> rusqlite::Result<String> {
    let key = |account: AccountId| -> rusqlite::Result<(String, String)> {
        reader
            .connection()
            .prepare_cached(
                "SELECT p.name, a.key FROM account a JOIN platform p ON p.id = a.platform WHERE a.id = ?",
            )?
            .query_row([account.get()], |row| Ok((row.get(0)?, row.get(1)?)))
    };
    let (platform, from) = key(tie.from)?;
    let (_, to) = key(tie.to)?;
    let start = match tie.start {
        TieStart::Unknown => "unknown".to_owned(),
        TieStart::AtOrBefore(at) => format!("at or before {}", at.unix_ms()),
        TieStart::Exact(at) => format!("exact {}", at.unix_ms()),
    };
    let end = match tie.end {
        TieEnd::Open => "open".to_owned(),
        TieEnd::Exact(at) => format!("exact {}", at.unix_ms()),
        TieEnd::Between { after, by } => format!("between {} {}", after.unix_ms(), by.unix_ms()),
    };
    let mut line = String::from("tie");
    for text in [&platform, &from, &to, tie.kind.name(), &start, &end] {
        field(&mut line, text);
    }
    Ok(line)
}

fn state_line((head, state): &(String, TieState)) -> String {
    let mut line = format!("{head}\t");
    for byte in state.to_bytes() {
        // Writing into a text cannot fail.
        let _ = write!(line, "{byte:02x}");
    }
    line
}

/// Appends the texts in some columns.
fn texts(
    line: &mut String,
    row: &Row<'_>,
    mut columns: std::ops::Range<usize>,
) -> rusqlite::Result<()> {
    columns.try_for_each(|column| {
        field(line, row.get_ref(column)?.as_str()?);
        Ok(())
    })
}

fn text(moment: Option<Moment>) -> String {
    moment.map(|moment| moment.unix_ms().to_string()).unwrap_or_default()
}

/// Appends a tab and the text with whatever would break the line written as an escape.
fn field(line: &mut String, text: &str) {
    line.push('\t');
    for character in text.chars() {
        if character == '\\' || character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
}
