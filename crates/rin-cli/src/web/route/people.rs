//! Whom we know, and one of them.

pub(super) mod said;

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use rin_app::{Level, PartySearchRequest};
use serde::Deserialize;

use super::shown;
use crate::web::{
    House,
    page::{party, people},
    refusal::Trouble,
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

/// What was just done, for the page to say so.
#[derive(Deserialize, Debug)]
pub(super) struct News {
    #[serde(default)]
    apart: String,
}

/// Shows one of them.
pub(super) async fn one(
    State(house): State<Arc<House>>,
    Path(party): Path<u32>,
    Query(news): Query<News>,
    visit: Visit,
) -> Response {
    known(&house, (party, &news), &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn known(
    house: &House,
    (number, news): (u32, &News),
    visit: &Visit,
) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let query = number.to_string();
    let parts = said::numbers(&news.apart);
    let asked = house.sessions.ask(move |session| {
        let known = session.portrait(&query, now, lang)?;
        let apart = if parts.is_empty() { Vec::new() } else { session.names(&parts)? };
        Ok((known, apart))
    });
    let (known, apart) = asked.await?;
    let page = party::page(&party::Party { known: &known, apart: &apart }, lang);
    Ok(shown(visit, (Place::People, &known.party.name), &page))
}
