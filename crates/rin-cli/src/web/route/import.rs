//! Importing on the page: files sent one by one, progress as events, the report.

mod events;
mod upload;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

pub(super) use self::{events::events, upload::file};
use super::shown;
use crate::web::{
    House,
    imports::Stage,
    page::import,
    refusal::{self, Trouble},
    shell::Place,
    visit::Visit,
};

/// Shows where files are dropped, and what was imported so far.
pub(super) async fn begin_here(State(house): State<Arc<House>>, visit: Visit) -> Response {
    standing(&house, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn standing(house: &House, visit: &Visit) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let status = house.sessions.ask(move |session| session.status(now, lang)).await?;
    Ok(page(visit, &import::begin(&status, lang)))
}

/// Makes room for the files of one import, and returns its number.
pub(super) async fn begin(State(house): State<Arc<House>>) -> Response {
    match house.imports.begin() {
        Ok(number) => axum::Json(serde_json::json!({ "job": number })).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Reads what was sent.
pub(super) async fn start(
    State(house): State<Arc<House>>,
    Path(number): Path<u64>,
    visit: Visit,
) -> Response {
    let Some(job) = house.imports.get(number) else { return refusal::nowhere(&visit) };
    job.start(None, &house.context, visit.lang);
    StatusCode::ACCEPTED.into_response()
}

/// A place on this machine.
#[derive(Deserialize, Debug)]
pub(super) struct Spot {
    path: String,
}

/// Reads what lies at a place on this machine.
pub(super) async fn from_path(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Spot>, FormRejection>,
) -> Response {
    let Ok(Form(place)) = form else { return refusal::unreadable(&visit) };
    let path = PathBuf::from(place.path.trim());
    if !path.is_absolute() {
        return refusal::unreadable(&visit);
    }
    let job = house.imports.begin().ok().and_then(|n| Some((n, house.imports.get(n)?)));
    let Some((number, job)) = job else { return Trouble::Ended.page(&visit) };
    job.start(Some(path), &house.context, visit.lang);
    Redirect::to(&format!("/import/{number}")).into_response()
}

/// Shows how far an import is, or what it brought.
pub(super) async fn report(
    State(house): State<Arc<House>>,
    Path(number): Path<u64>,
    visit: Visit,
) -> Response {
    let Some(job) = house.imports.get(number) else { return refusal::nowhere(&visit) };
    let lang = visit.lang;
    let body = match job.stage() {
        Stage::Collecting | Stage::Reading(..) => import::running(number, lang),
        Stage::Read(view) => import::report(&view, lang),
        Stage::Failed(told) => refusal::failed(&told, lang),
    };
    page(&visit, &body)
}

/// An account that is said to be ours.
#[derive(Deserialize, Debug)]
pub(super) struct Own {
    account: String,
}

/// Notes that an account is ours, and goes on to the week.
pub(super) async fn own(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Own>, FormRejection>,
) -> Response {
    let Ok(Form(own)) = form else { return refusal::unreadable(&visit) };
    mark(&house, own.account).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn mark(house: &House, account: String) -> Result<Response, Trouble> {
    let now = house.context.now()?;
    house.sessions.ask(move |session| session.set_own(&account, true, now)).await?;
    Ok(Redirect::to("/import").into_response())
}

fn page(visit: &Visit, body: &maud::Markup) -> Response {
    let title = visit.lang.pick("Import", "Import");
    shown(visit, (Place::Import, title), body)
}
