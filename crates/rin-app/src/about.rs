//! All that is kept about one party, row by row: what one shows somebody who asks what is known of them.

use std::collections::BTreeMap;

use rin_store::{AboutRows, Cell};
use serde::Serialize;

use crate::{Lang, Moment, PartyView, Session, SessionError, party::find, people::People};

/// All that is kept about one party.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AboutView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// What Rin makes of it: the figures and the latest events.
    pub party: PartyView,
    /// Every row that mentions them, by table; the tables are documented in the file itself.
    pub tables: Vec<AboutTableView>,
}

/// The rows of one table about a party.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AboutTableView {
    /// The table.
    pub table: &'static str,
    /// What it holds, as a clause.
    pub holds: &'static str,
    /// The rows: by column, as the file holds them. Times are milliseconds since 1970 in UTC.
    pub rows: Vec<BTreeMap<String, CellView>>,
}

/// A value as the file holds it.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
pub enum CellView {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text.
    Text(String),
    /// So many bytes that are no text: the summary of a relationship's interactions.
    Bytes {
        /// How many.
        bytes: usize,
    },
}

impl Session {
    /// Shows all that is kept about one party.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn about(&self, query: &str, now: Moment, lang: Lang) -> Result<AboutView, SessionError> {
        self.undisguised()?;
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let party = find(&people, query)?;
        let tables = reader.about(party)?;
        drop(reader);
        let shown = self.party(&party.get().to_string(), now, lang)?;
        let tables = tables.into_iter().map(|one| table(one, lang)).collect();
        Ok(AboutView { schema: "rin.about/1", party: shown, tables })
    }
}

fn table(found: AboutRows, lang: Lang) -> AboutTableView {
    let columns = found.columns;
    let rows = found.rows.into_iter().map(|row| {
        let cells = row.into_iter().map(|cell| match cell {
            Cell::Null => CellView::Null,
            Cell::Integer(number) => CellView::Integer(number),
            Cell::Real(number) => CellView::Real(number),
            Cell::Text(text) => CellView::Text(text),
            Cell::Bytes(bytes) => CellView::Bytes { bytes },
        });
        columns.iter().cloned().zip(cells).collect()
    });
    AboutTableView { table: found.table, holds: holds(found.table, lang), rows: rows.collect() }
}

/// Says what a table holds about somebody.
pub(crate) fn holds(table: &str, lang: Lang) -> &'static str {
    let (en, de) = match table {
        "label" => {
            ("hashtags and links of your interactions", "Hashtags und Links eurer Interaktionen")
        }
        "interaction" => ("interactions", "Interaktionen"),
        "tie_seen" => {
            ("ties, as each export shows them", "Verbindungen, wie jeder Export sie zeigt")
        }
        "tie_state" => ("summaries of interactions", "Zusammenfassungen der Interaktionen"),
        "coverage" => {
            ("what exports show of their accounts", "was Exporte von ihren Konten zeigen")
        }
        "own" => ("whether an account is yours", "ob ein Konto deins ist"),
        "note" => ("your notes", "deine Notizen"),
        "plan_place" => {
            ("days and members of lines of plans", "Tage und Zuständige von Planzeilen")
        }
        "plan_line" => ("lines of plans", "Planzeilen"),
        "decision" => ("your answers to proposals", "deine Antworten auf Vorschläge"),
        "campaign_mark" => ("your word on campaigns", "dein Wort zu Kampagnen"),
        "origin" => ("how the relationship began", "wie die Beziehung begann"),
        "tag" => ("your tags", "deine Schlagworte"),
        "tier" => ("how close they stood last", "wie nah sie zuletzt standen"),
        "account" => ("accounts, with names and handles", "Konten mit Namen und Handles"),
        "party" => ("the party itself", "die Partei selbst"),
        _ => ("more", "Weiteres"),
    };
    lang.pick(en, de)
}
