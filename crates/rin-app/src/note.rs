//! The user's own notes about people: written with the day they are about, changed, taken away, found again by a filter.

use rin_core::{Filter, Moment, PartyId, Text};
use rin_store::{Note, NoteId, Reader};
use serde::Serialize;

use crate::{
    Lang, MatchRequest, Session, SessionError,
    decide::name,
    party::find,
    people::{People, clean},
    time::iso_date,
};

/// Longest note, in characters: a page.
pub(crate) const LONGEST: usize = 4_000;

/// A note to be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AddNoteRequest<'a> {
    /// Their number, handle, or a part of their name.
    pub who: &'a str,
    /// What it says; line breaks and what steers a terminal become spaces.
    pub text: &'a str,
    /// The moment it is about; `None` for now.
    pub at: Option<Moment>,
    /// The moment it is written.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A note to be written anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EditNoteRequest<'a> {
    /// Its number.
    pub note: i64,
    /// What it says instead; `None` to leave it.
    pub text: Option<&'a str>,
    /// The moment it is about instead; `None` to leave it.
    pub at: Option<Moment>,
    /// The moment it is written.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// Which notes are listed.
#[derive(Clone, PartialEq, Debug)]
pub struct NoteListRequest<'a> {
    /// Only those about this party: number, handle, or a part of the name; `None` for all.
    pub who: Option<&'a str>,
    /// Only those about whom this is about; [`Filter::default`] for everybody.
    pub filter: Filter,
    /// The moment asked about.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// A note written, changed or taken away.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NoteView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// The note as it stands, or stood.
    pub note: NoteRow,
    /// What was done, as a sentence.
    pub said: String,
}

/// Notes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NotesView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// By party; of one party the latest first.
    pub notes: Vec<NoteRow>,
    /// What to know about the filter, as sentences.
    pub remarks: Vec<String>,
}

/// One note.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NoteRow {
    /// Its number; `rin note remove 1` means this.
    pub note: i64,
    /// The party's number.
    pub party: u32,
    /// Who.
    pub name: String,
    /// The day it is about, ISO 8601.
    pub day: String,
    /// What it says.
    pub text: String,
}

/// Why a note cannot be kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoteError {
    /// It says nothing.
    #[error("a note without words says nothing")]
    Empty,
    /// It is longer than a page.
    #[error("a note has at most {LONGEST} characters, this one has {length}")]
    TooLong {
        /// How many it has.
        length: usize,
    },
    /// There is no such note.
    #[error("there is no note {note}")]
    Unknown {
        /// What was asked for.
        note: i64,
    },
}

impl NoteError {
    pub(crate) fn remedy(&self) -> Text {
        let (en, de) = match self {
            Self::Empty => (
                "Say for example: rin note add ADA \"Met at the book fair\"",
                "Zum Beispiel: rin note add ADA \"Auf der Buchmesse getroffen\"",
            ),
            Self::TooLong { .. } => (
                "Split it, or keep the long text elsewhere.",
                "Teilen, oder den langen Text anderswo aufheben.",
            ),
            Self::Unknown { .. } => {
                ("See the numbers with: rin note list", "Die Nummern zeigt: rin note list")
            }
        };
        Text { en: en.to_owned(), de: de.to_owned() }
    }
}

impl Session {
    /// Writes a note about somebody.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, the note says nothing or too much, or the store cannot be written.
    pub fn add_note(&mut self, request: &AddNoteRequest<'_>) -> Result<NoteView, SessionError> {
        let text = words(request.text)?;
        let people = People::read(&self.store.read()?)?;
        let party = find(&people, request.who)?;
        let at = request.at.unwrap_or(request.now);
        let note = Note { party, at, written: request.now, text };
        let id = self.store.add_note(&note)?;
        let row = self.row_of(&people, id, note);
        let said = request.lang.pick(
            format!("Note {} about {} is kept.", row.note, row.name),
            format!("Notiz {} zu {} ist aufgehoben.", row.note, row.name),
        );
        Ok(NoteView { schema: "rin.note/1", note: row, said })
    }

    /// Writes a note anew.
    ///
    /// # Errors
    /// [`SessionError`] if there is no such note, it says nothing or too much, or the store cannot be written.
    pub fn edit_note(&mut self, request: &EditNoteRequest<'_>) -> Result<NoteView, SessionError> {
        let (people, id, mut note) = self.kept_note(request.note)?;
        if let Some(text) = request.text {
            note.text = words(text)?;
        }
        note.at = request.at.unwrap_or(note.at);
        self.store.edit_note(id, &note.text, request.at, request.now)?;
        let row = self.row_of(&people, id, note);
        let said = request.lang.pick(
            format!("Note {} about {} is changed.", row.note, row.name),
            format!("Notiz {} zu {} ist geändert.", row.note, row.name),
        );
        Ok(NoteView { schema: "rin.note/1", note: row, said })
    }

    /// Takes a note away for good.
    ///
    /// # Errors
    /// [`SessionError`] if there is no such note, or the store cannot be written.
    pub fn remove_note(&mut self, note: i64, lang: Lang) -> Result<NoteView, SessionError> {
        let (people, id, note) = self.kept_note(note)?;
        self.store.remove_note(id)?;
        let row = self.row_of(&people, id, note);
        let said = lang.pick(
            format!("Note {} about {} is gone.", row.note, row.name),
            format!("Notiz {} zu {} ist gelöscht.", row.note, row.name),
        );
        Ok(NoteView { schema: "rin.note/1", note: row, said })
    }

    /// Lists notes.
    ///
    /// # Errors
    /// [`SessionError`] if nobody or several fit, or the store cannot be read.
    pub fn notes(&self, request: &NoteListRequest<'_>) -> Result<NotesView, SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let only = request.who.map(|who| find(&people, who)).transpose()?;
        let filter = request.filter.clone();
        let (now, lang) = (request.now, request.lang);
        let is_everybody = filter.is_everybody();
        let asked = MatchRequest { filter, now, lang };
        let matching = if is_everybody { None } else { Some(self.matching(&asked)?) };
        let notes = reader.notes()?.into_iter().filter(|(_, note)| {
            let matching = matching.as_ref();
            matching.is_none_or(|matching| matching.contains(note.party.get()))
                && only.is_none_or(|only| only == note.party)
        });
        let notes = notes.map(|(id, note)| self.row_of(&people, id, note)).collect();
        let remarks = matching.map(|matching| matching.remarks).unwrap_or_default();
        Ok(NotesView { schema: "rin.notes/1", notes, remarks })
    }

    /// Returns the notes about one party, the latest first.
    pub(crate) fn notes_about(
        &self,
        reader: &Reader<'_>,
        people: &People,
        party: PartyId,
    ) -> Result<Vec<NoteRow>, SessionError> {
        let notes = reader.notes()?.into_iter().filter(|(_, note)| note.party == party);
        Ok(notes.map(|(id, note)| self.row_of(people, id, note)).collect())
    }

    fn kept_note(&self, note: i64) -> Result<(People, NoteId, Note), SessionError> {
        let reader = self.store.read()?;
        let people = People::read(&reader)?;
        let kept = reader.notes()?.into_iter().find(|(id, _)| id.get() == note);
        let (id, note) = kept.ok_or(NoteError::Unknown { note })?;
        Ok((people, id, note))
    }

    fn row_of(&self, people: &People, id: NoteId, note: Note) -> NoteRow {
        NoteRow {
            note: id.get(),
            party: note.party.get(),
            name: name(people, note.party),
            day: iso_date(note.at, &self.zone),
            // One's own words may name anybody.
            text: if self.is_disguised() { "…".to_owned() } else { note.text },
        }
    }
}

/// Returns a note as one harmless line.
fn words(text: &str) -> Result<String, NoteError> {
    let text = clean(text);
    let length = text.chars().count();
    match length {
        0 => Err(NoteError::Empty),
        1..=LONGEST => Ok(text),
        _ => Err(NoteError::TooLong { length }),
    }
}
