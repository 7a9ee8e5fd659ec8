//! This week's plan, and what is said to its lines.

use std::sync::Arc;

use axum::{
    Form,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use rin_app::{Answer, AnswerRequest, LATER_DAYS, Minutes, Moment, WeekRequest, parse_moment};
use serde::Deserialize;

use super::{calendar, shown};
use crate::{
    error::Error,
    web::{
        House,
        page::week::{self, Week},
        refusal::{self, Trouble},
        shell::Place,
        visit::Visit,
    },
};

/// What was just said or taken back, for the page to say so.
#[derive(Deserialize, Debug)]
pub(super) struct News {
    said: Option<i64>,
    undone: Option<String>,
    calendar: Option<String>,
}

/// Shows the week.
pub(super) async fn show(
    State(house): State<Arc<House>>,
    Query(news): Query<News>,
    visit: Visit,
) -> Response {
    made(&house, &news, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn made(house: &House, news: &News, visit: &Visit) -> Result<Response, Trouble> {
    let lang = visit.lang;
    let now = house.context.now()?;
    let request =
        WeekRequest { now, minutes: None, seed: 0, is_fresh: false, is_trial: false, lang };
    let asked = house.sessions.ask(move |session| {
        let (plan, answers) = (session.week(&request)?, session.answers(now, lang)?);
        Ok((plan, answers, session.kept_calendar_secret()?))
    });
    let (plan, answers, secret) = asked.await?;
    let calendar = secret.map(|secret| calendar::address(house.port, &secret));
    let title = lang.pick("Week", "Woche");
    let undone = news
        .undone
        .as_ref()
        .map(|name| lang.pick(format!("Taken back: {name}."), format!("Zurückgenommen: {name}.")));
    let week = Week {
        plan: &plan,
        answers: &answers,
        just_said: news.said,
        just_undone: undone.as_deref(),
        calendar: calendar.as_deref(),
        is_calendar_new: news.calendar.is_some(),
    };
    Ok(shown(visit, (Place::Week, title), &week::page(&week, lang)))
}

/// What is said to a line.
#[derive(Deserialize, Debug)]
pub(super) struct Said {
    plan: i64,
    line: u32,
    answer: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    until: String,
}

/// Keeps what was said to a line, and goes back to the week.
pub(super) async fn answer(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Said>, axum::extract::rejection::FormRejection>,
) -> Response {
    let Ok(Form(said)) = form else { return refusal::unreadable(&visit) };
    keep(&house, &said, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn keep(house: &House, said: &Said, visit: &Visit) -> Result<Response, Trouble> {
    let now = house.context.now()?;
    let Some(answer) = understood(said, now, house)? else {
        return Ok(refusal::unreadable(visit));
    };
    let (plan, line, lang) = (Some(said.plan), said.line, visit.lang);
    let request = AnswerRequest { plan, line, answer, now, lang };
    let view = house.sessions.ask(move |session| session.answer(&request)).await?;
    Ok(Redirect::to(&format!("/week?said={}", view.number)).into_response())
}

/// Returns what was meant; `None` if it means nothing.
fn understood(said: &Said, now: Moment, house: &House) -> Result<Option<Answer>, Error> {
    let (minutes, until) = (said.minutes.trim(), said.until.trim());
    Ok(match said.answer.as_str() {
        "done" if minutes.is_empty() => Some(Answer::Done(None)),
        "done" => {
            let minutes = minutes.parse::<f64>().ok().filter(|n| (0.0..=10_080.0).contains(n));
            minutes.map(|minutes| Answer::Done(Some(Minutes::new(minutes))))
        }
        "later" if until.is_empty() => Some(Answer::Later(now.plus_days(LATER_DAYS))),
        "later" => Some(Answer::Later(parse_moment(until, &house.context.zone)?)),
        "never" => Some(Answer::Never),
        _ => None,
    })
}

/// Which answer is taken back.
#[derive(Deserialize, Debug)]
pub(super) struct Undo {
    answer: i64,
}

/// Takes an answer back, and goes back to the week.
pub(super) async fn undo(
    State(house): State<Arc<House>>,
    visit: Visit,
    form: Result<Form<Undo>, axum::extract::rejection::FormRejection>,
) -> Response {
    let Ok(Form(undo)) = form else { return refusal::unreadable(&visit) };
    take_back(&house, undo.answer, &visit).await.unwrap_or_else(|trouble| trouble.page(&visit))
}

async fn take_back(house: &House, number: i64, visit: &Visit) -> Result<Response, Trouble> {
    let (now, lang) = (house.context.now()?, visit.lang);
    let asked = house.sessions.ask(move |session| session.undo_answer(number, now, lang));
    let name = crate::web::shell::encoded(&asked.await?.name);
    Ok(Redirect::to(&format!("/week?undone={name}")).into_response())
}
