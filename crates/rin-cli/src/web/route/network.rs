//! The network: its page, and the dots of its picture.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use rin_app::{NetworkRequest, NetworkView};
use serde::Deserialize;

use super::shown;
use crate::{
    error::Told,
    web::{
        House, kept,
        page::{self, network::Picture},
        refusal::Trouble,
        shell::Place,
        visit::Visit,
    },
};

/// What is asked.
#[derive(Deserialize, Debug)]
pub(super) struct Asked {
    #[serde(default)]
    filter: String,
    group: Option<usize>,
}

/// Shows the network.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Response {
    let lang = visit.lang;
    let title = lang.pick("Network", "Netz");
    match view(&house, &visit, &asked).await {
        Ok(view) => shown(&visit, (Place::Network, title), &page::network::page(&view, lang)),
        Err(trouble) => match trouble.usage(lang) {
            Some(told) => {
                let remedy = told.remedy.unwrap_or_default();
                let body = page::network::not_understood(
                    (&asked.filter, asked.group),
                    (&told.what, &remedy),
                    lang,
                );
                let page = shown(&visit, (Place::Network, title), &body);
                (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
            }
            None => trouble.page(&visit),
        },
    }
}

/// Answers with the dots, or says in the language why a filter has none.
pub(super) async fn picture(
    State(house): State<Arc<House>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Response {
    let trouble = match view(&house, &visit, &asked).await {
        Ok(view) => return Json(Picture::of(&view)).into_response(),
        Err(trouble) => trouble,
    };
    match trouble.usage(visit.lang) {
        Some(Told { what, remedy, .. }) => {
            let said = serde_json::json!({ "what": what, "remedy": remedy });
            (StatusCode::UNPROCESSABLE_ENTITY, Json(said)).into_response()
        }
        None => trouble.page(&visit),
    }
}

async fn view(house: &House, visit: &Visit, asked: &Asked) -> Result<Arc<NetworkView>, Trouble> {
    let request = NetworkRequest {
        filter: asked.filter.clone(),
        group: asked.group,
        most: NetworkRequest::MOST,
        now: kept::hour(house)?,
        lang: visit.lang,
    };
    let asked = format!("network {:?} {:?} {}", request.lang, request.group, request.filter);
    kept::view(house, asked, move |session| session.network(&request)).await
}
