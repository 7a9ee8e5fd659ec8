//! This week's plan, and what is said to its lines.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use rin_app::WeekRequest;

use super::shown;
use crate::web::{House, page, refusal::Trouble, shell::Place, visit::Visit};

/// Shows the week.
pub(super) async fn show(State(house): State<Arc<House>>, visit: Visit) -> Response {
    answer(&house, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn answer(house: &House, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let now = house.context.now()?;
    let request =
        WeekRequest { now, minutes: None, seed: 0, is_fresh: false, is_trial: false, lang };
    let view = house.sessions.ask(move |session| session.week(&request)).await?;
    let title = lang.pick("Week", "Woche");
    Ok(shown(visit, (Place::Week, title), &page::week::page(&view, lang)))
}
