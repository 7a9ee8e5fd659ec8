//! The language of the page, kept in a cookie.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::Deserialize;

use crate::web::visit::LANGUAGE;

/// Where to go on.
#[derive(Deserialize, Debug)]
pub(super) struct Back {
    #[serde(default)]
    to: String,
}

/// Keeps the language chosen and goes back.
pub(super) async fn choose(Path(lang): Path<String>, Query(back): Query<Back>) -> Response {
    let lang = if lang == "de" { "de" } else { "en" };
    let cookie = format!("{LANGUAGE}={lang}; Path=/; SameSite=Strict; Max-Age=31536000; HttpOnly");
    ([(header::SET_COOKIE, cookie)], Redirect::to(inside(&back.to))).into_response()
}

/// Returns a path of this page, whatever was asked for.
fn inside(path: &str) -> &str {
    let is_ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(inside("/week?all=1"), "/week?all=1");
        for foreign in ["", "//evil.example", "https://evil.example", "/\\evil", "/a\r\nb", "x"] {
            assert_eq!(inside(foreign), "/", "{foreign:?}");
        }
    }
}
