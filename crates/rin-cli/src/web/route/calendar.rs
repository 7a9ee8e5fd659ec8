//! The plan as a calendar for other programs: they have no cookie, so their address carries a secret of its own.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};

use crate::web::{House, refusal, refusal::Trouble, visit::Visit};

/// Below this path whoever knows the secret in it may read, and nothing else is there.
const FEED: &str = "/calendar/";
/// What the address ends with.
const ENDING: &str = ".ics";

/// Whether that is the path of a calendar.
pub(in crate::web) fn is_one(path: &str) -> bool {
    path.strip_prefix(FEED).is_some_and(|rest| rest.ends_with(ENDING))
}

/// Returns the whole address of the calendar on this machine.
pub(crate) fn address(port: u16, secret: &str) -> String {
    format!("http://127.0.0.1:{port}{FEED}{secret}{ENDING}")
}

/// Answers with the calendar; with another secret there is nothing.
pub(super) async fn feed(
    State(house): State<Arc<House>>,
    visit: Visit,
    Path(file): Path<String>,
) -> Response {
    match read(&house, &visit, &file).await {
        Ok(Some(text)) => {
            ([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()
        }
        Ok(None) => refusal::bare(StatusCode::NOT_FOUND, visit.lang),
        // Whoever asks may not see more than that it failed.
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn read(house: &House, visit: &Visit, file: &str) -> Result<Option<String>, Trouble> {
    let Some(secret) = file.strip_suffix(ENDING).map(str::to_owned) else { return Ok(None) };
    let (now, lang) = (house.context.now()?, visit.lang);
    house.sessions.ask(move |session| session.calendar(&secret, now, lang)).await
}

/// Draws a secret, and goes back to the week, which shows the address.
pub(super) async fn renew(State(house): State<Arc<House>>, visit: Visit) -> Response {
    match house.sessions.ask(|session| session.renew_calendar_secret()).await {
        Ok(_) => Redirect::to("/week?calendar=new").into_response(),
        Err(trouble) => trouble.page(&visit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_calendar_is_read_without_a_cookie() {
        assert!(is_one("/calendar/0123.ics") && is_one("/calendar/.ics"));
        for other in ["/calendar", "/calendar/", "/calendar/x", "/week/x.ics", "/calendar.ics"] {
            assert!(!is_one(other), "{other}");
        }
        assert_eq!(address(7373, "ab"), "http://127.0.0.1:7373/calendar/ab.ics");
    }
}
