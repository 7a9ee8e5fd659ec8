//! The plugins, and one of them.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::shown;
use crate::web::{House, page::plugins, refusal::Trouble, shell::Place, visit::Visit};

/// Lists them.
pub(super) async fn list(State(house): State<Arc<House>>, visit: Visit) -> Response {
    found(&house, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn found(house: &House, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let view = house.sessions.ask(move |session| Ok(session.plugin_list(lang))).await?;
    Ok(shown(visit, (Place::Plugins, "Plugins"), &plugins::list(&view, lang)))
}

/// Shows one, by its id.
pub(super) async fn one(
    State(house): State<Arc<House>>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    known(&house, id, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn known(house: &House, id: String, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let view = house.sessions.ask(move |session| session.plugin(&id, lang)).await?;
    Ok(shown(visit, (Place::Plugins, &view.name), &plugins::page(&view, lang)))
}
