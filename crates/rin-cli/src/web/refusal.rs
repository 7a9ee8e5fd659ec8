//! Answers that are no page: what went wrong, why, and what to do.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use maud::{Markup, html};
use rin_app::Lang;

use super::{
    shell::{self, Frame},
    visit::Visit,
};
use crate::error::{Error, Told};

/// Why a session gave no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It said why.
    Said(Box<Error>),
    /// It broke off.
    Ended,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Said(Box::new(error))
    }
}

impl Trouble {
    /// Returns what was asked wrongly, if it was that, so that a page can say so in its place.
    pub(super) fn usage(&self, lang: Lang) -> Option<Told> {
        let Self::Said(error) = self else { return None };
        Some(error.told(lang)).filter(|told| told.code == 2)
    }

    /// Makes a page of it.
    pub(super) fn page(&self, visit: &Visit) -> Response {
        let lang = visit.lang;
        let (status, told) = match self {
            Self::Said(error) => {
                let told = error.told(lang);
                let is_users = told.code == 2;
                let status = if is_users {
                    StatusCode::UNPROCESSABLE_ENTITY
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                (status, told)
            }
            Self::Ended => (StatusCode::INTERNAL_SERVER_ERROR, broken_off(lang)),
        };
        let body = failed(&told, lang);
        let title = lang.pick("That did not work", "Das ging nicht");
        let page = shell::shell(&Frame { visit, title, current: None }, &body);
        (status, Html(page.into_string())).into_response()
    }
}

/// Shows what went wrong, why, and what to do.
pub(super) fn failed(told: &Told, lang: Lang) -> Markup {
    html! {
        section.notice.bad role="alert" {
            h1 { (lang.pick("That did not work", "Das ging nicht")) }
            p { (told.what) }
            @for cause in &told.because { p.faint { (lang.pick("because: ", "denn: ")) (cause) } }
            @if let Some(remedy) = &told.remedy { p { (remedy) } }
        }
    }
}

fn broken_off(lang: Lang) -> Told {
    Told {
        what: lang
            .pick("the calculation broke off", "die Berechnung ist abgebrochen")
            .to_owned(),
        because: Vec::new(),
        remedy: Some(
            lang.pick(
                "Load the page again. If it happens again, the terminal that runs it says more.",
                "Die Seite neu laden. Geschieht es wieder, sagt das Terminal, in dem sie läuft, mehr.",
            )
            .to_owned(),
        ),
        code: 1,
    }
}

/// Answers that what was sent means nothing here: no form of this page sends it.
pub(super) fn unreadable(visit: &Visit) -> Response {
    let lang = visit.lang;
    let title = lang.pick("Not understood", "Nicht verstanden");
    let what = lang.pick(
        "What was sent is not what this page asks for. Go back and try again.",
        "Was gesendet wurde, ist nicht, wonach diese Seite fragt. Zurückgehen und neu versuchen.",
    );
    let body = html! { section.notice.bad role="alert" { h1 { (title) } p { (what) } } };
    let page = shell::shell(&Frame { visit, title, current: None }, &body);
    (StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response()
}

/// Answers that there is no such page.
pub(super) fn nowhere(visit: &Visit) -> Response {
    let lang = visit.lang;
    let title = lang.pick("There is nothing here", "Hier ist nichts");
    let body = html! {
        section.notice {
            h1 { (title) }
            p { a href="/" { (lang.pick("To the start", "Zum Anfang")) } }
        }
    };
    let page = shell::shell(&Frame { visit, title, current: None }, &body);
    (StatusCode::NOT_FOUND, Html(page.into_string())).into_response()
}

/// Refuses without showing anything of the page: whoever sees this has not shown that they may look.
pub(super) fn bare(status: StatusCode, lang: Lang) -> Response {
    let (title, what) = match status {
        StatusCode::UNAUTHORIZED => lang.pick(
            (
                "This page needs its key",
                "Open the address that `rin serve` printed; it is a new one each time.",
            ),
            (
                "Diese Seite braucht ihren Schlüssel",
                "Die Adresse öffnen, die `rin serve` ausgegeben hat; sie ist jedes Mal neu.",
            ),
        ),
        StatusCode::FORBIDDEN => lang.pick(
            ("Sent from elsewhere", "Only this page's own forms are taken."),
            ("Von woanders gesendet", "Angenommen wird nur, was diese Seite selbst sendet."),
        ),
        StatusCode::MISDIRECTED_REQUEST => lang.pick(
            ("Wrong name", "This page answers under 127.0.0.1 and localhost only."),
            ("Falscher Name", "Diese Seite antwortet nur unter 127.0.0.1 und localhost."),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => lang.pick(
            ("Too much", "What was sent is longer than anything this page asks for."),
            ("Zu viel", "Was gesendet wurde, ist länger als alles, wonach diese Seite fragt."),
        ),
        StatusCode::NOT_FOUND => lang.pick(
            ("There is nothing here", "A calendar's address is good until it is renewed."),
            ("Hier ist nichts", "Die Adresse eines Kalenders gilt, bis sie erneuert wird."),
        ),
        _ => lang.pick(
            ("Too slow", "What was sent did not arrive in time."),
            ("Zu langsam", "Was gesendet wurde, kam nicht rechtzeitig an."),
        ),
    };
    let body = html! { section.notice { h1 { (title) } p { (what) } } };
    (status, Html(shell::bare(lang, title, &body).into_string())).into_response()
}
