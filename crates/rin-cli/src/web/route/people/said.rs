//! What the user says of somebody: words, notes, and who is one with whom.

use std::sync::Arc;

use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use rin_app::{
    AddNoteRequest, MergePeopleRequest, Session, SessionError, SplitPeopleRequest, TagRequest,
    parse_moment,
};
use serde::Deserialize;

use crate::web::{
    House,
    refusal::{self, Trouble},
    visit::Visit,
};

/// Parties that one account can be taken apart into at most; more are nobody's page.
const PARTS: usize = 16;

type Sent<T> = Result<Form<T>, FormRejection>;

/// Asks a session, and goes on to where it says.
async fn said(
    house: &House,
    question: impl FnOnce(&mut Session) -> Result<String, SessionError> + Send + 'static,
) -> Result<Response, Trouble> {
    Ok(Redirect::to(&house.sessions.ask(question).await?).into_response())
}

fn page_of(party: u32) -> String {
    format!("/people/{party}")
}

/// A word for somebody.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Word {
    party: u32,
    tag: String,
}

/// Gives somebody a word.
pub(in crate::web::route) async fn tag(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Word>,
) -> Response {
    let Ok(Form(word)) = form else { return refusal::unreadable(&visit) };
    let how: Change = |session, request| session.add_tag(request).map(drop);
    changed(&house, &visit, word, how).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

/// Takes a word away.
pub(in crate::web::route) async fn untag(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Word>,
) -> Response {
    let Ok(Form(word)) = form else { return refusal::unreadable(&visit) };
    let how: Change = |session, request| session.remove_tag(request).map(drop);
    changed(&house, &visit, word, how).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

type Change = fn(&mut Session, &TagRequest<'_>) -> Result<(), SessionError>;

async fn changed(
    house: &House,
    visit: &Visit,
    word: Word,
    how: Change,
) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let question = move |session: &mut Session| {
        let who = word.party.to_string();
        how(session, &TagRequest { who: &who, tag: &word.tag, now, lang })?;
        Ok(page_of(word.party))
    };
    said(house, question).await
}

/// A note about somebody.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Note {
    party: u32,
    text: String,
    #[serde(default)]
    day: String,
}

/// Writes a note.
pub(in crate::web::route) async fn note(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Note>,
) -> Response {
    let Ok(Form(note)) = form else { return refusal::unreadable(&visit) };
    written(&house, &visit, note).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn written(house: &House, visit: &Visit, note: Note) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let day = Some(note.day.trim()).filter(|day| !day.is_empty());
    let at = day.map(|day| parse_moment(day, &house.context.zone)).transpose();
    let at = at.map_err(crate::error::Error::from)?;
    let question = move |session: &mut Session| {
        let who = note.party.to_string();
        session.add_note(&AddNoteRequest { who: &who, text: &note.text, at, now, lang })?;
        Ok(page_of(note.party))
    };
    said(house, question).await
}

/// A note that is to go.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Unnote {
    party: u32,
    note: i64,
}

/// Takes a note away for good.
pub(in crate::web::route) async fn unnote(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Unnote>,
) -> Response {
    let Ok(Form(gone)) = form else { return refusal::unreadable(&visit) };
    let lang = visit.lang;
    let question = move |session: &mut Session| {
        session.remove_note(gone.note, lang)?;
        Ok(page_of(gone.party))
    };
    said(&house, question).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

/// An account that is somebody else's.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Part {
    account: String,
}

/// Takes an account out of its party, and shows whom that makes.
pub(in crate::web::route) async fn part(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Part>,
) -> Response {
    let Ok(Form(part)) = form else { return refusal::unreadable(&visit) };
    parted(&house, &visit, part.account).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn parted(house: &House, visit: &Visit, account: String) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let question = move |session: &mut Session| {
        let request = SplitPeopleRequest { who: &account, why: "", now, lang };
        let parties = session.split_people(&request)?.parties;
        let numbers: Vec<String> = parties.iter().map(|it| it.party.to_string()).collect();
        let first = parties.first().map_or(0, |party| party.party);
        Ok(format!("{}?apart={}", page_of(first), numbers.join(",")))
    };
    said(house, question).await
}

/// Parties that are one after all.
#[derive(Deserialize, Debug)]
pub(in crate::web::route) struct Join {
    parties: String,
}

/// Makes several parties one again.
pub(in crate::web::route) async fn join(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Sent<Join>,
) -> Response {
    let Ok(Form(join)) = form else { return refusal::unreadable(&visit) };
    let parties = numbers(&join.parties);
    let [first, others @ ..] = parties.as_slice() else { return refusal::unreadable(&visit) };
    let (first, others) = (*first, others.to_vec());
    joined(&house, &visit, first, others).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn joined(
    house: &House,
    visit: &Visit,
    first: u32,
    others: Vec<u32>,
) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let question = move |session: &mut Session| {
        let mut party = first;
        for other in others {
            let (one, other) = (party.to_string(), other.to_string());
            let request = MergePeopleRequest { one: &one, other: &other, why: "", now, lang };
            let view = session.merge_people(&request)?;
            party = view.parties.first().map_or(party, |it| it.party);
        }
        Ok(page_of(party))
    };
    said(house, question).await
}

/// Returns the numbers of parties in a text; what is none, or too much, is left out.
pub(super) fn numbers(text: &str) -> Vec<u32> {
    text.split(',').filter_map(|part| part.trim().parse().ok()).take(PARTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_names_nobody() {
        assert_eq!(numbers("12, 40"), [12, 40]);
        assert_eq!(numbers("<b>,-1,99999999999,,7"), [7]);
        assert_eq!(numbers(&"1,".repeat(1_000)).len(), PARTS);
    }
}
