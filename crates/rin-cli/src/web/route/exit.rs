//! A pause or an exit thought through, and a handover judged.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Response,
};
use rin_app::{ExitRequest, ExitView, HandoverRequest, Moment, OwnView, Session, parse_moment};
use serde::Deserialize;

use super::shown;
use crate::{
    error::Error,
    web::{
        House, kept,
        page::{self, exit::Asked},
        refusal::Trouble,
        shell::Place,
        visit::Visit,
    },
};

/// Share of what going on would keep that upkeep and coming back aim at.
const KEEP: f64 = 0.8;

/// What is asked.
#[derive(Deserialize, Debug)]
pub(super) struct Exit {
    #[serde(default)]
    platform: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

/// Shows what it costs.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    visit: Visit,
    Query(asked): Query<Exit>,
) -> Response {
    answer(&house, &visit, asked).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn answer(house: &House, visit: &Visit, asked: Exit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let now = kept::hour(house)?;
    let Exit { platform, from, until } = asked;
    let from_at = day(house, &from)?.unwrap_or(now);
    let request = ExitRequest {
        platform: Some(platform.clone()).filter(|name| !name.is_empty()),
        from: from_at,
        until: day(house, &until)?,
        keep: KEEP,
        now,
        lang,
    };
    let question = move |session: &mut Session| {
        let view = session.exit_simulate(&request)?;
        Ok((view, session.status(now, lang)?.own))
    };
    let asked = format!("exit {lang:?} {platform} {from} {until}");
    let both = kept::view::<(ExitView, Vec<OwnView>)>(house, asked, question).await?;
    let (view, own) = &*both;
    let asked = Asked { platform, from: view.from.clone(), until };
    let body = page::exit::page(view, &asked, own, lang);
    Ok(shown(visit, (Place::Exit, lang.pick("Exit", "Ausstieg")), &body))
}

fn day(house: &House, text: &str) -> Result<Option<Moment>, Error> {
    let text = Some(text.trim()).filter(|text| !text.is_empty());
    Ok(text.map(|text| parse_moment(text, &house.context.zone)).transpose()?)
}

/// Who hands over to whom.
#[derive(Deserialize, Debug)]
pub(super) struct Handover {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

/// Shows a handover judged.
pub(super) async fn handover(
    State(house): State<Arc<House>>,
    visit: Visit,
    Query(asked): Query<Handover>,
) -> Response {
    judged(&house, &visit, asked).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn judged(house: &House, visit: &Visit, asked: Handover) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let Handover { from, to } = asked;
    let request = HandoverRequest { from, to, bundle: None, now: house.context.now()?, lang };
    let view = house.sessions.ask(move |session| session.exit_handover(&request)).await?;
    let body = page::exit::handover(&view, lang);
    Ok(shown(visit, (Place::Exit, lang.pick("Handover", "Übergabe")), &body))
}
