//! Which column says who, whom, when, what: by the names that tables use, or by those the user says.

use rin_plugin::prelude::{FactKind, Params, PluginError};

use super::word::{self, Deed};

/// What a column says; the order of [`NAMES`].
pub(super) const FROM: usize = 0;
pub(super) const TO: usize = 1;
pub(super) const AT: usize = 2;
pub(super) const KIND: usize = 3;
pub(super) const UNTIL: usize = 4;
pub(super) const ID: usize = 5;
pub(super) const NAME: usize = 6;
/// What is said of whom the row is with, beside the name.
pub(super) const FACTS: [(usize, FactKind); 4] =
    [(7, FactKind::Mail), (8, FactKind::Link), (9, FactKind::Organisation), (10, FactKind::Place)];
/// How many columns are looked for.
pub(super) const COLUMNS: usize = 11;

/// The setting that names a column, and the names known without it, in lower case.
const NAMES: [(&str, &[&str]); COLUMNS] = [
    (
        "from-column",
        &["from", "src", "source", "sender", "author", "actor", "von", "absender", "quelle", "wer"],
    ),
    (
        "to-column",
        &[
            "to",
            "dst",
            "target",
            "destination",
            "recipient",
            "receiver",
            "an",
            "nach",
            "empfänger",
            "ziel",
            "wen",
        ],
    ),
    (
        "at-column",
        &[
            "at",
            "t",
            "time",
            "timestamp",
            "ts",
            "date",
            "datetime",
            "when",
            "since",
            "start",
            "created_at",
            "datum",
            "zeit",
            "zeitpunkt",
            "wann",
            "seit",
        ],
    ),
    ("kind-column", &["kind", "type", "action", "relation", "event", "verb", "art", "typ", "was"]),
    ("until-column", &["until", "end", "ended_at", "bis", "ende"]),
    ("id-column", &["id", "event_id", "message_id", "uuid", "nummer"]),
    // A bare `name` or `mail` may be anybody's, the owner's too.
    ("name-column", &["contact_name", "kontakt_name"]),
    ("mail-column", &["contact_mail", "contact_email", "kontakt_mail", "kontakt_email"]),
    ("page-column", &["contact_page", "contact_url", "kontakt_seite", "kontakt_url"]),
    (
        "organisation-column",
        &[
            "contact_organisation",
            "contact_organization",
            "contact_company",
            "kontakt_organisation",
            "kontakt_firma",
        ],
    ),
    ("place-column", &["contact_place", "contact_city", "kontakt_ort", "kontakt_stadt"]),
];

/// What the user says about tables.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Settings {
    names: [Vec<String>; COLUMNS],
    /// Who the owner is; empty if it shall be worked out.
    pub(super) me: String,
    /// What a row without a kind says; `None` if nothing is known.
    pub(super) kind: Option<Deed>,
}

impl Settings {
    /// Takes the settings.
    ///
    /// # Errors
    /// [`PluginError`] if the kind for rows without one is no word that is known.
    pub(crate) fn new(params: &Params) -> Result<Self, PluginError> {
        let said = |key: &str| params.text(key).unwrap_or_default().trim().to_owned();
        let names = NAMES.map(|(key, usual)| match said(key).to_lowercase() {
            word if word.is_empty() => usual.iter().map(|name| (*name).to_owned()).collect(),
            word => vec![word],
        });
        let kind = said("kind");
        let deed = word::deed(&kind);
        if deed.is_none() && !kind.is_empty() {
            let what = format!("must be a kind such as message, visit or friend, not {kind}");
            return Err(PluginError { key: "kind".to_owned(), what });
        }
        Ok(Self { names, me: said("me"), kind: deed })
    }

    /// Returns where each column stands among `fields`, the first name that is there counting; `None` without the two
    /// that say who and whom.
    pub(super) fn places(&self, fields: &[String]) -> Option<[Option<usize>; COLUMNS]> {
        let place = |names: &Vec<String>| {
            names.iter().find_map(|name| fields.iter().position(|field| field == name))
        };
        let places = self.names.each_ref().map(place);
        let is_one = matches!(places, [Some(from), Some(to), ..] if from != to);
        is_one.then_some(places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(fields: &[&str], settings: &Settings) -> Option<[Option<usize>; COLUMNS]> {
        let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
        settings.places(&fields)
    }

    #[test]
    fn columns_are_known_by_usual_names_and_by_those_said() {
        let usual = Settings::new(&Params::default()).unwrap();
        let found = places(&["kind", "dst", "src", "t"], &usual).unwrap();
        assert_eq!(found[..UNTIL], [Some(2), Some(1), Some(3), Some(0)]);
        assert!(found[UNTIL..].iter().all(Option::is_none));
        assert_eq!(places(&["from", "x"], &usual), None);
        let said = Params::default().with_text("to-column", "Partner").with_text("kind", "call");
        let said = Settings::new(&said).unwrap();
        assert!(places(&["von", "partner"], &said).is_some() && said.kind.is_some());
        assert_eq!(places(&["von", "an"], &said), None);
        let odd = Params::default().with_text("kind", "poke");
        assert_eq!(Settings::new(&odd).unwrap_err().key, "kind");
    }
}
