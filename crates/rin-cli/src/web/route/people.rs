//! Whom we know, one of them, and the user's words for them.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Path, Query, State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use rin_app::{Level, PartySearchRequest, TagRequest};
use serde::Deserialize;

use super::shown;
use crate::web::{
    House,
    page::{party, people},
    refusal::{self, Trouble},
    shell::Place,
    visit::Visit,
};

/// People shown at once.
const SHOWN: usize = 200;

/// Whom is looked for.
#[derive(Deserialize, Debug)]
pub(super) struct Search {
    #[serde(default)]
    text: String,
    #[serde(default)]
    level: String,
}

/// Lists them.
pub(super) async fn list(
    State(house): State<Arc<House>>,
    Query(search): Query<Search>,
    visit: Visit,
) -> Response {
    found(&house, &search, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn found(house: &House, search: &Search, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let levels = [Level::Alive, Level::Fading, Level::Lapsed];
    let request = PartySearchRequest {
        text: search.text.clone(),
        level: levels.into_iter().find(|level| level.name() == search.level),
        now: house.context.now()?,
        limit: SHOWN,
    };
    let view = house.sessions.ask(move |session| session.search(&request)).await?;
    let people = people::People { list: &view, text: &search.text, level: &search.level };
    let title = lang.pick("People", "Menschen");
    Ok(shown(visit, (Place::People, title), &people::page(&people, lang)))
}

/// Shows one of them.
pub(super) async fn one(
    State(house): State<Arc<House>>,
    Path(party): Path<u32>,
    visit: Visit,
) -> Response {
    known(&house, party, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn known(house: &House, party: u32, visit: &Visit) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let query = party.to_string();
    let asked = house
        .sessions
        .ask(move |session| Ok((session.party(&query, now, lang)?, session.course(&query, now)?)));
    let (view, course) = asked.await?;
    Ok(shown(visit, (Place::People, &view.name), &party::page(&view, &course, lang)))
}

/// A word for somebody.
#[derive(Deserialize, Debug)]
pub(super) struct Word {
    party: u32,
    tag: String,
}

/// Gives somebody a word.
pub(super) async fn tag(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Word>, FormRejection>,
) -> Response {
    let Ok(Form(word)) = form else { return refusal::unreadable(&visit) };
    change(&house, word, &visit, true).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

/// Takes a word away.
pub(super) async fn untag(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Word>, FormRejection>,
) -> Response {
    let Ok(Form(word)) = form else { return refusal::unreadable(&visit) };
    change(&house, word, &visit, false).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn change(
    house: &House,
    word: Word,
    visit: &Visit,
    is_given: bool,
) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let to = format!("/people/{}", word.party);
    let asked = house.sessions.ask(move |session| {
        let who = word.party.to_string();
        let request = TagRequest { who: &who, tag: &word.tag, now, lang };
        if is_given { session.add_tag(&request) } else { session.remove_tag(&request) }
    });
    asked.await?;
    Ok(Redirect::to(&to).into_response())
}
