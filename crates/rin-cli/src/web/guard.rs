//! What a request must show before anybody looks at it, and what every answer says to the browser.
//!
//! | what | against |
//! |---|---|
//! | `Host` is ours, else 421 | a foreign name that is pointed at this machine |
//! | whatever is no reading comes from our own page, else 403 | a foreign page that sends a form here |
//! | the cookie, else 401; for the calendar the secret in its address, else 404 | other users of this machine |
//! | small bodies, whole within ten seconds, else 413 or 408 | whoever sends without end, or never ends |
//! | a policy that allows nothing but our own files | names in exports that are meant to be run |

use std::{sync::Arc, time::Duration};

use axum::{
    body::{self, Body},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use tokio::time;

use super::{House, asset, refusal, route, visit::Visit};

/// Bytes of a form.
const FORM_BYTES: usize = 64 << 10;
/// How long a form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(10);
/// The cookie that shows who may look.
pub(super) const COOKIE: &str = "rin-key";
/// Below this path bodies are long and are read piece by piece, with limits of their own.
const LONG: &str = "/import/file/";

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Lets a request through, or refuses it.
pub(super) async fn guard(
    State(house): State<Arc<House>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match admit(&house, request).await {
        Ok(request) => next.run(request).await,
        Err(refused) => *refused,
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn admit(house: &House, request: Request) -> Result<Request, Box<Response>> {
    let refuse =
        |status| Err(Box::new(refusal::bare(status, Visit::of(house, request.headers()).lang)));
    if !is_our_host(request.headers(), request.uri(), house.port) {
        return refuse(StatusCode::MISDIRECTED_REQUEST);
    }
    let is_reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_reading && !is_from_our_page(request.headers(), house.port) {
        return refuse(StatusCode::FORBIDDEN);
    }
    let path = request.uri().path();
    if asset::is_one(path) || (is_reading && route::calendar::is_one(path)) {
        return Ok(request);
    }
    if let Some(given) = key_given(request.uri()) {
        if is_reading && house.key.fits_address(given) {
            return Err(Box::new(welcome(house)));
        }
        return refuse(StatusCode::UNAUTHORIZED);
    }
    let cookie = cookie(request.headers(), COOKIE);
    if !cookie.is_some_and(|given| house.key.fits_cookie(given)) {
        return refuse(StatusCode::UNAUTHORIZED);
    }
    if is_reading || request.uri().path().starts_with(LONG) {
        return Ok(request);
    }
    let lang = Visit::of(house, request.headers()).lang;
    whole(request).await.map_err(|status| Box::new(refusal::bare(status, lang)))
}

/// Reads a form's body, within its limits.
async fn whole(request: Request) -> Result<Request, StatusCode> {
    let (parts, body) = request.into_parts();
    match time::timeout(FORM_TIME, body::to_bytes(body, FORM_BYTES)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Gives the cookie, and sends on to the page without the word in its address.
fn welcome(house: &House) -> Response {
    let cookie = format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", house.key.in_cookie());
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

fn is_our_host(headers: &HeaderMap, uri: &Uri, port: u16) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_ours = |name: &str| ours(port).iter().any(|one| one == name);
    host.to_str().is_ok_and(is_ours) && uri.authority().is_none_or(|name| is_ours(name.as_str()))
}

/// Whether the browser says that our own page sent this. One that says nothing is not believed.
fn is_from_our_page(headers: &HeaderMap, port: u16) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let (site, origin) = (said("sec-fetch-site"), said("origin"));
    let is_ours =
        |origin: &str| ours(port).iter().any(|host| origin.strip_prefix("http://") == Some(host));
    (site.is_some() || origin.is_some())
        && site.is_none_or(|site| site == "same-origin")
        && origin.is_none_or(is_ours)
}

/// Returns the names under which this page is reached.
fn ours(port: u16) -> [String; 2] {
    ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"))
}

fn key_given(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|part| part.strip_prefix("key="))
}

/// Returns what a cookie holds.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let line = |(name, value): &(&'static str, &'static str)| {
            (name.parse().unwrap(), HeaderValue::from_static(value))
        };
        lines.iter().map(line).collect()
    }

    #[test]
    fn only_our_own_names_are_hosts() {
        let is_ours = |host| is_our_host(&headers(&[("host", host)]), &Uri::from_static("/"), 7373);
        assert!(is_ours("127.0.0.1:7373") && is_ours("localhost:7373"));
        for host in ["evil.example:7373", "127.0.0.1", "127.0.0.1:80", "localhost.evil:7373", ""] {
            assert!(!is_ours(host), "{host}");
        }
        assert!(!is_our_host(&headers(&[]), &Uri::from_static("/"), 7373));
        let foreign = Uri::from_static("http://evil.example:7373/");
        assert!(!is_our_host(&headers(&[("host", "127.0.0.1:7373")]), &foreign, 7373));
    }

    #[test]
    fn only_our_own_page_sends() {
        let is_ours = |lines: &[_]| is_from_our_page(&headers(lines), 7373);
        assert!(is_ours(&[("origin", "http://127.0.0.1:7373")]));
        assert!(is_ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!is_ours(&[]));
        assert!(!is_ours(&[("origin", "http://127.0.0.1:8080")]));
        assert!(!is_ours(&[("origin", "null")]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!is_ours(&[("sec-fetch-site", site), ("origin", "http://127.0.0.1:7373")]));
        }
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let headers = headers(&[("cookie", "rin-key2=a; x=rin-key=b; rin-key=c")]);
        assert_eq!(cookie(&headers, COOKIE), Some("c"));
        assert_eq!(cookie(&headers, "none"), None);
    }
}
