//! Who asks, as far as it matters for the answer: the language chosen.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use rin_app::Lang;

use super::{House, guard};

/// The cookie that holds the language.
pub(super) const LANGUAGE: &str = "rin-lang";

/// One request's own circumstances.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The language chosen on the page, or else the program's.
    pub(super) lang: Lang,
    /// The path and query asked for, to come back to.
    pub(super) here: String,
}

impl Visit {
    /// Reads them out of a request's head.
    pub(super) fn of(house: &House, headers: &HeaderMap) -> Self {
        let chosen = guard::cookie(headers, LANGUAGE).and_then(Lang::from_tag);
        Self { lang: chosen.unwrap_or(house.context.lang), here: "/".to_owned() }
    }
}

impl FromRequestParts<Arc<House>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Infallible> {
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Self { here, ..Self::of(house, &parts.headers) })
    }
}
