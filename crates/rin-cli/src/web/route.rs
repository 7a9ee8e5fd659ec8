//! Which path is answered by what.

mod language;
mod week;

use std::sync::Arc;

use axum::{
    Router, middleware,
    response::{Html, IntoResponse as _, Redirect, Response},
    routing::get,
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
        .route("/week", get(week::show))
        .fallback(async |visit: Visit| refusal::nowhere(&visit))
        .layer(middleware::from_fn_with_state(Arc::clone(house), guard::guard))
        .with_state(Arc::clone(house))
}

/// Puts a page into the shell.
fn shown(visit: &Visit, (place, title): (Place, &str), body: &Markup) -> Response {
    let frame = Frame { visit, title, current: Some(place) };
    Html(shell::shell(&frame, body).into_string()).into_response()
}
