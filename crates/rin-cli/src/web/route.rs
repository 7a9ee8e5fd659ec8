//! Which path is answered by what.

pub(super) mod calendar;
mod campaigns;
mod exit;
mod import;
mod language;
mod network;
mod people;
mod plugins;
mod programme;
mod week;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use maud::Markup;

use super::{
    House, asset, guard, refusal,
    shell::{self, Frame, Place},
    visit::Visit,
};

/// Returns everything that can be asked for, behind the guard.
pub(super) fn router(house: &Arc<House>) -> Router {
    Router::new()
        .route("/", get(async || Redirect::to(Place::Week.path())))
        .route("/asset/{name}", get(asset::file))
        .route("/language/{lang}", get(language::choose))
        .route("/calendar/{file}", get(calendar::feed))
        .route("/week/calendar", post(calendar::renew))
        .route("/campaigns", get(campaigns::list))
        .route("/campaigns/{name}", get(campaigns::one))
        .route("/exit", get(exit::show))
        .route("/exit/handover", get(exit::handover))
        .route("/network", get(network::show))
        .route("/network/picture", get(network::picture))
        .route("/programme", get(programme::show))
        .route("/week", get(week::show))
        .route("/week/answer", post(week::answer))
        .route("/week/undo", post(week::undo))
        .route("/people", get(people::list))
        .route("/people/{party}", get(people::one))
        .route("/people/tag", post(people::said::tag))
        .route("/people/untag", post(people::said::untag))
        .route("/people/note", post(people::said::note))
        .route("/people/unnote", post(people::said::unnote))
        .route("/people/part", post(people::said::part))
        .route("/people/join", post(people::said::join))
        .route("/plugins", get(plugins::list))
        .route("/plugins/{id}", get(plugins::one))
        .route("/import", get(import::begin_here).post(import::begin))
        .route("/import/{number}", get(import::report))
        .route("/import/path", post(import::from_path))
        .route("/import/file/{number}", post(import::file).layer(DefaultBodyLimit::disable()))
        .route("/import/start/{number}", post(import::start))
        .route("/import/events/{number}", get(import::events))
        .route("/own", post(import::own))
        .fallback(async |visit: Visit| refusal::nowhere(&visit))
        .layer(middleware::from_fn_with_state(Arc::clone(house), guard::guard))
        .with_state(Arc::clone(house))
}

/// Puts a page into the shell.
fn shown(visit: &Visit, (place, title): (Place, &str), body: &Markup) -> Response {
    let frame = Frame { visit, title, current: Some(place) };
    Html(shell::shell(&frame, body).into_string()).into_response()
}
