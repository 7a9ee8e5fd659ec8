//! The programme, and what its budget keeps alive when that is asked.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Response,
};
use rin_app::{BudgetQuestion, ProgrammeRequestError, Session, SessionError, ShowProgrammeRequest};
use serde::Deserialize;

use super::shown;
use crate::web::{House, kept, page, refusal::Trouble, shell::Place, visit::Visit};

/// What is asked.
#[derive(Deserialize, Debug)]
pub(super) struct Asked {
    #[serde(default)]
    name: String,
    /// Anything but nothing asks for what the budget keeps alive.
    #[serde(default)]
    budget: String,
}

/// Shows the programme.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Response {
    answer(&house, &visit, asked).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn answer(house: &House, visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let name = Some(asked.name).filter(|name| !name.is_empty());
    let asking = format!("programme {lang:?} {name:?} {}", asked.budget);
    let request = ShowProgrammeRequest { name, now: kept::hour(house)?, lang };
    let has_budget = !asked.budget.is_empty();
    let question = move |session: &mut Session| {
        let view = if has_budget {
            let question = BudgetQuestion { keep: None, share: 1.0 };
            session.programme_with_budget(&request, &question, &|_, _| {})
        } else {
            session.programme(&request)
        };
        match view {
            Ok(view) => Ok(Some(view)),
            Err(SessionError::Programme(ProgrammeRequestError::None)) => Ok(None),
            Err(other) => Err(other),
        }
    };
    let view = kept::view(house, asking, question).await?;
    let body = match &*view {
        Some(view) => page::programme::page(view, lang),
        None => page::programme::none(lang),
    };
    Ok(shown(visit, (Place::Programme, lang.pick("Programme", "Programm")), &body))
}
