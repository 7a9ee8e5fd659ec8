//! The records of an archive one by one: who, where and when, out of JSON that either an archive or the platform's
//! interface wrote.
//!
//! Accounts are named by addresses, `https://github.com/ann`, in an archive and by objects with a `login` in the
//! interface's answers. Logins differ by more than their case, so they are kept in lower case.

use std::{borrow::Cow, fmt, io::Read};

use jiff::Timestamp;
use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault, FileReader},
    prelude::{Moment, ReadError, Stop},
    text::{Item, Items, ItemsError, json_array, stamp},
};
use serde::{
    Deserialize,
    de::{Deserializer, IgnoredAny, MapAccess, Visitor},
};
use serde_json_borrow::Value;

/// The longest record; a review's comment holds a piece of the change.
const MAX_ITEM: usize = 4 << 20;
/// What says who began something: its address, who wrote it, and of a repository whether everybody can read it.
const HEAD: [&str; 4] = ["html_url", "url", "user", "private"];
/// 2007-10-01, the month of the platform's first commit (<https://en.wikipedia.org/wiki/GitHub>).
const OPENED: Moment = Moment::from_unix_ms(1_191_196_800_000);
const DAY_MS: i64 = 86_400_000;
/// The longest login, with room for a server's name.
const MAX_LOGIN: usize = 200;
/// The account that stands for everybody who deleted theirs.
pub(super) const GHOST: &str = "ghost";

/// Hands over the records of a file one after the other.
///
/// # Errors
/// [`ItemsError`] after what stands before the fault has been handed over.
pub(super) fn each(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    mut each: impl FnMut(Item<'_>, Option<Value<'_>>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let reader = open(archive, file)?;
    json_array(reader, MAX_ITEM, |item| {
        let value = serde_json::from_slice::<Value<'_>>(item.bytes).ok();
        each(item, value.filter(Value::is_object))
    })
}

fn open<'s>(archive: &Archive<'s>, file: &ArchiveFile) -> Result<FileReader<'s>, ItemsError> {
    archive.open_file(file).map_err(|error| match error {
        ReadError::Unreadable { code, place, en, de, .. } => {
            ItemsError::Fault(Fault { code, place, en, de })
        }
        _ => ItemsError::Stopped,
    })
}

/// Hands over of each record what says who began it, and passes the rest by; `None` for what is no record.
///
/// # Errors
/// As [`each`].
pub(super) fn each_head(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    mut each: impl FnMut(Option<Value<'_>>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let reader = open(archive, file)?;
    json_array(reader, MAX_ITEM, |item| {
        let head = std::str::from_utf8(item.bytes).ok();
        each(head.and_then(|text| serde_json::from_str::<Head<'_>>(text).ok()).map(|head| head.0))
    })
}

/// An object with the fields of a record that say who began it, and no others.
struct Head<'v>(Value<'v>);

impl<'de> Deserialize<'de> for Head<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeadVisitor)
    }
}

struct HeadVisitor;

impl<'de> Visitor<'de> for HeadVisitor {
    type Value = Head<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Head<'de>, A::Error> {
        let mut fields = Vec::with_capacity(HEAD.len());
        while let Some(key) = map.next_key::<Key<'_>>()? {
            if let Some(name) = HEAD.into_iter().find(|name| *name == key.0) {
                fields.push((name, map.next_value::<Value<'de>>()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Head(Value::Object(fields.into())))
    }
}

/// A key of an object, borrowed where no letter of it is written otherwise.
#[derive(Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

/// Returns the beginning of a file as text; empty for one that cannot be read, which says why when it is.
pub(super) fn head_of(archive: &Archive<'_>, file: &ArchiveFile) -> String {
    let mut head = Vec::new();
    let read = archive.open_file(file).map(|reader| reader.take(4096).read_to_end(&mut head));
    if read.is_err() {
        return String::new();
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Returns what stands under a key of an object; of a key that is there twice the last one counts.
pub(super) fn field<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v Value<'v>> {
    let fields = value.as_object()?.as_vec();
    fields.iter().rev().find(|(known, _)| **known == *key).map(|(_, value)| value)
}

/// Returns the text under the first of `keys` that holds one.
pub(super) fn text<'v>(value: &'v Value<'_>, keys: &[&str]) -> &'v str {
    let found =
        keys.iter().filter_map(|key| field(value, key)?.as_str()).find(|text| !text.is_empty());
    found.unwrap_or_default()
}

/// Returns the account under a key: the id of an address or of an object; `None` for one that is gone.
pub(super) fn account(value: &Value<'_>, key: &str) -> Option<String> {
    let named = field(value, key)?;
    match named {
        Value::Str(address) => id_of(address),
        Value::Object(_) => {
            let login = text(named, &["login"]).to_lowercase();
            id_of(text(named, &["html_url", "url"])).or_else(|| is_login(&login).then_some(login))
        }
        _ => None,
    }
    .filter(|id| id != GHOST)
}

/// Returns the id in an account's address: its login, with the server behind it if that is not the public one.
pub(super) fn id_of(address: &str) -> Option<String> {
    let (host, path) = split(address)?;
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let login = match (parts.next()?, parts.next()) {
        // Programs live below their own path.
        ("apps" | "bots", Some(name)) if !name.ends_with("[bot]") => format!("{name}[bot]"),
        ("apps" | "bots" | "orgs" | "users", Some(name)) => name.to_owned(),
        (login, None) => login.to_owned(),
        _ => return None,
    };
    let login = login.to_lowercase();
    is_login(&login).then(|| on(login, &host))
}

/// Returns the owner in the address of a repository, or of anything in one.
pub(super) fn owner_of(address: &str) -> Option<String> {
    let (host, path) = split(address)?;
    let path = path.strip_prefix("repos/").unwrap_or(path);
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (owner, _) = (parts.next()?.to_lowercase(), parts.next()?);
    is_login(&owner).then(|| on(owner, &host))
}

/// Returns the word for the issue or request that an address leads to, or into: `owner/name#4`.
pub(super) fn thread_of(address: &str) -> Option<String> {
    let (host, path) = split(address)?;
    let path = path.strip_prefix("repos/").unwrap_or(path);
    let mut parts = path.split('/');
    let (owner, name, kind, number) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let number = number.split(['#', '?']).next().unwrap_or_default();
    let is_thread = ["issues", "pull", "pulls"].contains(&kind);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let lower = || {
        let mut word = format!("{owner}/{name}#{number}");
        if word.is_ascii() {
            word.make_ascii_lowercase();
            return word;
        }
        word.to_lowercase()
    };
    (is_thread && is_number).then(|| on(lower(), &host))
}

/// Parts an address into its server and its path; that of the public interface is the public server.
fn split(address: &str) -> Option<(Cow<'_, str>, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = match host {
        "github.com" | "api.github.com" => Cow::Borrowed("github.com"),
        host => {
            let host = host.to_lowercase();
            let bare = host.strip_prefix("www.").or(host.strip_prefix("api.")).unwrap_or(&host);
            Cow::Owned(bare.to_owned())
        }
    };
    Some((host, path.strip_prefix("api/v3/").unwrap_or(path)))
}

fn on(name: String, host: &str) -> String {
    if host == "github.com" { name } else { format!("{name}@{host}") }
}

/// Whether a word can be a login; old ones hold an underscore, programs' end in `[bot]`.
pub(super) fn is_login(login: &str) -> bool {
    let name = login.strip_suffix("[bot]").unwrap_or(login);
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    !name.starts_with('-') && !name.is_empty() && login.len() <= MAX_LOGIN && name.bytes().all(fits)
}

/// Whether an id is that of a program.
pub(super) fn is_bot(id: &str) -> bool {
    id.split('@').next().is_some_and(|login| login.ends_with("[bot]"))
}

/// Returns when something was written; `None` for a date that cannot be.
pub(super) fn moment(value: &Value<'_>, now: Moment) -> Option<Moment> {
    let written = text(value, &["submitted_at", "created_at"]);
    let at = match stamp(written) {
        Some((at, "Z")) => at,
        _ => Moment::from_unix_ms(written.parse::<Timestamp>().ok()?.as_millisecond()),
    };
    let until = now.unix_ms().saturating_add(DAY_MS);
    (OPENED <= at && at.unix_ms() <= until).then_some(at)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn accounts_are_read_from_addresses_objects_and_programs() {
        let id =
            |value: serde_json::Value| account(&Value::from(&json!({ "user": value })), "user");
        assert_eq!(id(json!("https://github.com/Ann")).as_deref(), Some("ann"));
        assert_eq!(
            id(json!("https://github.com/apps/dependabot")).as_deref(),
            Some("dependabot[bot]")
        );
        assert_eq!(id(json!("https://github.com/renovate[bot]")).as_deref(), Some("renovate[bot]"));
        assert_eq!(id(json!("https://git.example/ann")).as_deref(), Some("ann@git.example"));
        let object = json!({"login": "Ann", "url": "https://api.github.com/users/Ann"});
        assert_eq!(id(object).as_deref(), Some("ann"));
        assert_eq!(id(json!({"login": "Ann"})).as_deref(), Some("ann"));
        for none in [
            json!(null),
            json!("https://github.com/ghost"),
            json!("ann"),
            json!(7),
            json!("https://github.com/a/b/c"),
        ] {
            assert_eq!(id(none.clone()), None, "{none}");
        }
    }

    #[test]
    fn an_issue_is_the_same_in_every_spelling_of_its_address() {
        for address in [
            "https://github.com/Club/Site/issues/4",
            "https://github.com/club/site/pull/4/files#r363017488",
            "https://github.com/club/site/issues/4#issuecomment-9",
            "https://api.github.com/repos/club/site/issues/4",
        ] {
            assert_eq!(thread_of(address).as_deref(), Some("club/site#4"), "{address}");
            assert_eq!(owner_of(address).as_deref(), Some("club"), "{address}");
        }
        for none in
            ["https://github.com/club/site", "https://github.com/club/site/issues/x", "4", ""]
        {
            assert_eq!(thread_of(none), None, "{none}");
        }
    }

    #[test]
    fn a_date_before_the_platform_or_after_tomorrow_is_none() {
        let now = Moment::from_unix_ms(1_800_000_000_000);
        let at = |text: &str| {
            let value = json!({ "created_at": text });
            moment(&Value::from(&value), now).map(Moment::unix_ms)
        };
        assert_eq!(at("2020-01-04T05:33:06Z"), Some(1_578_115_986_000));
        assert_eq!(at("2020-01-04T06:33:06.000+01:00"), Some(1_578_115_986_000));
        for none in ["", "1970-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "2020-13-01T00:00:00Z"] {
            assert_eq!(at(none), None, "{none}");
        }
    }
}
