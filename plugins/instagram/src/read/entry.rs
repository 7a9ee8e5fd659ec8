//! One row of an export, whatever era wrote it: who is meant, when, and the public words in it.
//!
//! Names of fields inside `string_map_data` and `label_values` are in the language of the owner and doubly encoded.
//! So a field is known by what it holds wherever that tells: a moment is what has a timestamp, a profile is an address
//! with one part. Only where two fields could both be the name, the few labels known here decide.

use std::borrow::Cow;

use rin_plugin::text::repair;
use serde_json::Value;

use super::name;

/// What the author of a post is called, by language.
const OWNER_LABELS: [&str; 3] = ["media owner", "medieninhaber", "medieninhaber/in"];
/// What a comment is called.
const COMMENT_LABELS: [&str; 2] = ["comment", "kommentar"];
/// What a user name is called, by language.
const USER_NAME_LABELS: [&str; 14] = [
    "username",
    "user name",
    "benutzername",
    "nutzername",
    "nom d’utilisateur",
    "nom d'utilisateur",
    "nombre de usuario",
    "nome utente",
    "nome de usuário",
    "gebruikersnaam",
    "nazwa użytkownika",
    "användarnamn",
    "brugernavn",
    "kullanıcı adı",
];
/// What the name shown is called in a profile.
const SHOWN_LABELS: [&str; 7] = ["name", "nom", "nombre", "nome", "naam", "namn", "navn"];
/// How deep labels may lie in labels.
const DEPTH: usize = 8;
/// Fields of one row that are looked at.
const FIELDS: usize = 256;

/// Why a row names nobody.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Nobody {
    /// It is not said.
    Unnamed,
    /// It is said, and what is the name and what the text cannot be told apart.
    Unclear,
    /// The account was deleted.
    Deleted,
}

/// One field of a row.
struct Field<'v> {
    label: String,
    value: Cow<'v, str>,
    href: &'v str,
    timestamp: i64,
}

/// Returns the name in a row of a list of people: value, title or address, by era.
pub(super) fn person(row: &Value) -> Result<String, Nobody> {
    let link = row.get("string_list_data").and_then(|links| links.get(0));
    let texts = [text_of(link, "value"), text_of(Some(row), "title")];
    let given: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    if given.iter().any(|text| name::is_deleted(text)) {
        return Err(Nobody::Deleted);
    }
    // With Threads the title is the display name, and the value beside it the user name.
    let by_value = name::user_name(text_of(link, "value"));
    let by_address = || name::of_address(text_of(link, "href"));
    let by_title = || name::user_name(text_of(Some(row), "title"));
    match by_value.or_else(by_address).or_else(by_title) {
        Some(name) => Ok(name),
        None => by_labels(row),
    }
}

/// Returns the display name beside the user name in a row, where there is one.
pub(super) fn display_name(row: &Value) -> Option<String> {
    let title = text_of(Some(row), "title");
    let value = row.get("string_list_data").and_then(|links| links.get(0));
    let is_beside = !title.is_empty() && !text_of(value, "value").is_empty();
    is_beside.then(|| repair(title).into_owned())
}

/// Returns the author of the post that was liked or commented.
pub(super) fn author(row: &Value) -> Result<String, Nobody> {
    if row.get("label_values").is_some() {
        return by_labels(row);
    }
    let fields = map_fields(row);
    if !fields.is_empty() {
        return by_fields(&fields);
    }
    let title = text_of(Some(row), "title");
    if name::is_deleted(title) {
        return Err(Nobody::Deleted);
    }
    let link = row.get("string_list_data").and_then(|links| links.get(0));
    let found = name::user_name(title).or_else(|| name::of_address(text_of(link, "href")));
    found.ok_or(Nobody::Unnamed)
}

/// Returns the text of a comment where it is known to be that.
pub(super) fn comment(row: &Value) -> Option<String> {
    let is_comment = |field: &Field<'_>| COMMENT_LABELS.contains(&field.label.as_str());
    let mut fields = map_fields(row);
    if fields.is_empty() {
        collect(row.get("label_values"), 0, &mut fields);
    }
    if let Some(field) = fields.into_iter().find(is_comment) {
        return Some(field.value.into_owned());
    }
    let link = row.get("string_list_data").and_then(|links| links.get(0));
    Some(repair(text_of(link, "value")).into_owned()).filter(|text| !text.is_empty())
}

/// Returns the seconds since 1970 that a row is dated with; 0 stands for a date that is not said.
pub(super) fn seconds(row: &Value) -> i64 {
    let of = |value: Option<&Value>, key: &str| {
        value.and_then(|value| value.get(key)).and_then(Value::as_i64).unwrap_or(0)
    };
    let link = row.get("string_list_data").and_then(|links| links.get(0));
    let plain =
        [of(link, "timestamp"), of(Some(row), "timestamp"), of(Some(row), "creation_timestamp")];
    if let Some(found) = plain.into_iter().find(|seconds| *seconds != 0) {
        return found;
    }
    let mut fields = map_fields(row);
    collect(row.get("label_values"), 0, &mut fields);
    fields.iter().map(|field| field.timestamp).find(|seconds| *seconds != 0).unwrap_or(0)
}

/// What a profile says of its owner.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Profile {
    pub(super) user: Option<String>,
    /// The name shown.
    pub(super) shown: String,
    /// Everything it says.
    pub(super) values: Vec<String>,
}

/// Returns what the row of a profile says.
pub(super) fn profile(row: &Value) -> Profile {
    let mut fields = map_fields(row);
    collect(row.get("label_values"), 0, &mut fields);
    let called = |labels: &[&str]| {
        let field = fields.iter().find(|field| labels.contains(&field.label.as_str()));
        field.map(|field| field.value.clone().into_owned()).unwrap_or_default()
    };
    let user = name::user_name(&called(&USER_NAME_LABELS));
    let shown = called(&SHOWN_LABELS);
    let values = fields.into_iter().map(|field| field.value.into_owned());
    Profile { user, shown, values: values.filter(|value| !value.is_empty()).collect() }
}

/// Returns the text under a key; empty if there is none.
pub(super) fn text_of<'v>(value: Option<&'v Value>, key: &str) -> &'v str {
    value.and_then(|value| value.get(key)).and_then(Value::as_str).unwrap_or_default()
}

/// Decides by the fields of `string_map_data` which of them is the author.
fn by_fields(fields: &[Field<'_>]) -> Result<String, Nobody> {
    let said = |field: &&Field<'_>| field.timestamp == 0 && !field.value.is_empty();
    let said: Vec<&Field<'_>> = fields.iter().filter(said).collect();
    let called =
        |labels: &[&str]| said.iter().position(|field| labels.contains(&field.label.as_str()));
    let owner = called(&OWNER_LABELS);
    let comment = called(&COMMENT_LABELS);
    if let Some(field) = owner.and_then(|at| said.get(at)) {
        let is_deleted = name::is_deleted(&field.value);
        return name::user_name(&field.value).filter(|_| !is_deleted).ok_or(if is_deleted {
            Nobody::Deleted
        } else {
            Nobody::Unnamed
        });
    }
    let others = said.iter().enumerate().filter(|(at, _)| Some(*at) != comment);
    let names: Vec<String> =
        others.filter_map(|(_, field)| name::user_name(&field.value)).collect();
    match names.as_slice() {
        [] => Err(Nobody::Unnamed),
        // One word alone may be the comment, of somebody who commented on their own post.
        [_] if said.len() == 1 && comment.is_none() => Err(Nobody::Unclear),
        [one] => Ok(one.clone()),
        _ => Err(Nobody::Unclear),
    }
}

/// Decides by `label_values`: an address of a profile or of somebody's post, or what is called a user name.
fn by_labels(row: &Value) -> Result<String, Nobody> {
    let mut fields = Vec::new();
    collect(row.get("label_values"), 0, &mut fields);
    let mut names: Vec<String> = Vec::new();
    for field in &fields {
        let is_called = USER_NAME_LABELS.contains(&field.label.as_str())
            || OWNER_LABELS.contains(&field.label.as_str());
        if is_called && name::is_deleted(&field.value) {
            return Err(Nobody::Deleted);
        }
        let by_address = || name::of_address(&field.value).or_else(|| name::of_address(field.href));
        let found = if is_called { name::user_name(&field.value) } else { by_address() };
        names.extend(found.filter(|name| !names.contains(name)));
    }
    match names.as_slice() {
        [] => Err(Nobody::Unnamed),
        [one] => Ok(one.clone()),
        _ => Err(Nobody::Unclear),
    }
}

/// Returns the fields of `string_map_data`.
fn map_fields(row: &Value) -> Vec<Field<'_>> {
    let map = row.get("string_map_data").and_then(Value::as_object);
    let fields = map.into_iter().flatten().take(FIELDS).map(|(key, value)| Field {
        label: label(key),
        value: repair(text_of(Some(value), "value")),
        href: text_of(Some(value), "href"),
        timestamp: value.get("timestamp").and_then(Value::as_i64).unwrap_or(0),
    });
    fields.collect()
}

/// Gathers the labels of a row, those inside `dict` too.
fn collect<'v>(values: Option<&'v Value>, depth: usize, fields: &mut Vec<Field<'v>>) {
    let list = values.and_then(Value::as_array).into_iter().flatten();
    for value in list {
        if DEPTH <= depth || FIELDS <= fields.len() {
            return;
        }
        if value.get("label").is_some() {
            fields.push(Field {
                label: label(text_of(Some(value), "label")),
                value: repair(text_of(Some(value), "value")),
                href: text_of(Some(value), "href"),
                timestamp: value.get("timestamp_value").and_then(Value::as_i64).unwrap_or(0),
            });
        }
        collect(value.get("dict"), depth + 1, fields);
        collect(value.get("vec"), depth + 1, fields);
    }
}

fn label(raw: &str) -> String {
    repair(raw).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Writes a text as Meta does.
    fn doubled(text: &str) -> String {
        text.bytes().map(char::from).collect()
    }

    fn map(fields: &[(&str, &str)]) -> Value {
        let mut row = json!({"string_map_data": {"Time": {"href": "", "value": "", "timestamp": 1_700_000_000}}});
        for (key, value) in fields {
            row["string_map_data"][doubled(key)] =
                json!({"href": "", "value": doubled(value), "timestamp": 0});
        }
        row
    }

    #[test]
    fn localised_and_mojibake_keys_are_no_obstacle() {
        for (comment, owner) in [
            ("Comment", "Media Owner"),
            ("Kommentar", "Medieninhaber"),
            ("Commentaire", "Propriétaire du média"),
            ("Комментарий", "Владелец медиа"),
            ("コメント", "メディア所有者"),
        ] {
            let row = map(&[(comment, "Schön! 🌻"), (owner, "ann.a")]);
            assert_eq!(author(&row), Ok("ann.a".to_owned()), "{owner}");
            assert_eq!(seconds(&row), 1_700_000_000);
        }
        // A comment that could be a name needs a label that is known.
        let named = map(&[("Kommentar", "super"), ("Medieninhaber", "ann.a")]);
        assert_eq!(author(&named), Ok("ann.a".to_owned()));
        let half = map(&[("Kommentar", "super"), ("Eigner", "ann.a")]);
        assert_eq!(author(&half), Ok("ann.a".to_owned()));
        let neither = map(&[("Commentaire", "super"), ("Propriétaire", "ann.a")]);
        assert_eq!(author(&neither), Err(Nobody::Unclear));
        assert_eq!(author(&map(&[("Commentaire", "super")])), Err(Nobody::Unclear));
        assert_eq!(author(&map(&[("Commentaire", "Ganz super!")])), Err(Nobody::Unnamed));
        assert_eq!(comment(&named).as_deref(), Some("super"));
    }

    #[test]
    fn a_timestamp_of_0_inside_string_map_data_is_no_date() {
        let mut row = map(&[("Media Owner", "ann")]);
        row["string_map_data"]["Time"]["timestamp"] = 0.into();
        assert_eq!(seconds(&row), 0);
    }

    #[test]
    fn the_newest_rows_name_their_author_inside_nested_labels() {
        let row = json!({"timestamp": 1_760_000_000, "media": [], "label_values": [
            {"label": "URL", "value": "https://www.instagram.com/p/x/", "href": "https://www.instagram.com/p/x/"},
            {"title": doubled("Eigentümer"), "dict": [{"title": "", "dict": [
                {"label": "URL", "value": "https://www.instagram.com/ann.a/", "href": "https://www.instagram.com/ann.a/"},
                {"label": "Name", "value": doubled("Ännchen")},
                {"label": "Nutzername", "value": "ann.a"},
            ]}]},
        ], "fbid": "18112233445566778899"});
        assert_eq!(author(&row), Ok("ann.a".to_owned()));
        assert_eq!(seconds(&row), 1_760_000_000);
        let two = json!({"label_values": [{"label": "Username", "value": "ann"}, {"label": "Username", "value": "ben"}]});
        assert_eq!(author(&two), Err(Nobody::Unclear));
        assert_eq!(author(&json!({"label_values": null})), Err(Nobody::Unnamed));
        let gone = json!({"label_values": [{"label": "Username", "value": "__deleted__1"}]});
        assert_eq!(author(&gone), Err(Nobody::Deleted));
    }

    #[test]
    fn people_are_named_by_value_title_or_address() {
        let row = |title: &str, link: Value| json!({"title": title, "string_list_data": [link]});
        let old = row(
            "",
            json!({"href": "https://www.instagram.com/ann", "value": "Ann", "timestamp": 7}),
        );
        assert_eq!((person(&old), seconds(&old)), (Ok("ann".to_owned()), 7));
        let new = row("ann", json!({"href": "https://www.instagram.com/_u/ann", "timestamp": 7}));
        assert_eq!(person(&new), Ok("ann".to_owned()));
        let threads = row(
            "Ann Ä",
            json!({"href": "https://www.threads.net/ann", "value": "ANN", "timestamp": 7}),
        );
        assert_eq!(person(&threads), Ok("ann".to_owned()));
        assert_eq!(display_name(&threads).as_deref(), Some("Ann Ä"));
        assert_eq!(display_name(&new), None);
        assert_eq!(
            person(&row("", json!({"href": "https://www.instagram.com/_u/"}))),
            Err(Nobody::Unnamed)
        );
        assert_eq!(person(&row("", json!({"value": "__deleted__1"}))), Err(Nobody::Deleted));
        for odd in [
            json!(null),
            json!(7),
            json!([]),
            json!({"string_list_data": "x"}),
            json!({"string_list_data": null}),
        ] {
            assert_eq!(person(&odd), Err(Nobody::Unnamed));
            assert_eq!((author(&odd), seconds(&odd)), (Err(Nobody::Unnamed), 0));
        }
    }
}
