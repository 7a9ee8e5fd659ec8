//! Whose archive it is: the account in `actor.json`.

use jiff::Timestamp;
use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, FactKind, Moment},
    text::Facts,
};
use serde_json::Value;

use super::{
    activity::{id_of, ids_of},
    address::{Address, is_below},
};

/// The account whose archive is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Owner {
    /// The actor's URI.
    pub(crate) id: String,
    /// What people type.
    pub(crate) address: Option<Address>,
    /// The name shown.
    pub(crate) name: String,
    /// What is said of it.
    pub(crate) flags: AccountFlags,
    /// When it was made; the server rounds it to a day.
    pub(crate) published: Option<Moment>,
    /// Other accounts it says are the same person's.
    pub(crate) also_known_as: Vec<String>,
    /// Its followers, whom posts are addressed to as one.
    pub(crate) followers: Option<String>,
    /// The account it moved to.
    pub(crate) moved_to: Option<String>,
    /// Addresses in the fields of its profile.
    fields: Vec<String>,
    /// The beginning of its posts' addresses in a browser, `https://host/@name`.
    url: Option<String>,
}

impl Owner {
    /// Reads `actor.json`; `None` if it names no actor.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let actor: Value = serde_json::from_slice(bytes).ok()?;
        let id = actor.get("id").and_then(id_of)?;
        let text = |key: &str| actor.get(key).and_then(Value::as_str);
        let at_path = Address::of_actor(id);
        let own_host = super::address::host_of(id);
        // `webfinger` is the only place that tells the address of a server whose names live on another host.
        let address = text("webfinger")
            .and_then(|address| Address::parse(address, None))
            .or_else(|| Address::parse(text("preferredUsername")?, own_host.as_deref()))
            .or(at_path);
        let kind = match text("type").unwrap_or_default() {
            "Person" => AccountFlags::PERSON,
            "Service" | "Application" => AccountFlags::BOT,
            "Group" | "Organization" => AccountFlags::ORGANISATION,
            _ => AccountFlags::NONE,
        };
        let moved_to = actor.get("movedTo").and_then(id_of).map(str::to_owned);
        let gone = if moved_to.is_some() { AccountFlags::GONE } else { AccountFlags::NONE };
        let known = actor.get("alsoKnownAs").map(ids_of).unwrap_or_default();
        Some(Self {
            id: id.to_owned(),
            address,
            name: text("name").unwrap_or_default().to_owned(),
            flags: kind.with(gone),
            published: text("published").and_then(moment),
            also_known_as: known.into_iter().map(str::to_owned).collect(),
            followers: actor.get("followers").and_then(id_of).map(str::to_owned),
            moved_to,
            fields: actor.get("attachment").map(fields).unwrap_or_default(),
            url: text("url").filter(|url| url.contains("/@")).map(str::to_owned),
        })
    }

    /// Makes the owner of an outbox that has no actor beside it.
    pub(crate) fn from_uri(id: &str) -> Self {
        Self { id: id.to_owned(), address: Address::of_actor(id), ..Self::default() }
    }

    /// Makes it of what people type.
    pub(crate) fn from_address(address: Address) -> Self {
        Self { id: address.id(), address: Some(address), ..Self::default() }
    }

    /// Returns what its profile says of who stands behind it: its pages, other accounts, and addresses in its fields.
    pub(crate) fn facts(&self) -> Facts {
        let mut facts = Facts::default();
        facts.add(FactKind::Page, &self.id);
        facts.add(FactKind::Page, self.url.as_deref().unwrap_or_default());
        for link in self.also_known_as.iter().chain(&self.moved_to).chain(&self.fields) {
            facts.add(FactKind::Link, link);
        }
        facts
    }

    /// Whether the URI is this account or one of its posts, as far as the URI shows.
    pub(crate) fn is_own(&self, uri: &str) -> bool {
        uri == self.id
            || is_below(uri, &self.id)
            || self.url.as_deref().is_some_and(|url| is_below(uri, url))
    }

    /// Returns the host its local users' addresses end in.
    pub(crate) fn host(&self) -> Option<&str> {
        self.address.as_ref().map(Address::host)
    }

    /// Returns it as a record, seen so at `seen`.
    pub(crate) fn record<'a>(
        &'a self,
        alias: &'a str,
        handle: &'a str,
        seen: Option<Moment>,
        facts: &'a str,
    ) -> AccountRecord<'a> {
        let flags = self.flags.with(AccountFlags::OWNER).with(AccountFlags::PRIVATE_EXPORT);
        AccountRecord { id: &self.id, alias, handle, name: &self.name, flags, seen, facts }
    }
}

/// Returns the addresses in the fields of a profile, whose values are HTML.
fn fields(attachment: &Value) -> Vec<String> {
    let values = attachment.as_array().into_iter().flatten();
    let values = values.filter_map(|field| field.get("value")?.as_str());
    let address = |value: &str| {
        let link = value.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next());
        link.unwrap_or(value).trim().to_owned()
    };
    values.map(address).filter(|address| address.starts_with("http")).collect()
}

/// Returns the moment of an ISO time with zone, as actors and posts hold it.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let at: Timestamp = text.trim().parse().ok()?;
    Some(Moment::from_unix_ms(at.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_profile_are_links_where_they_hold_an_address() {
        let owner = Owner::parse(
            br#"{"id":"https://a.example/users/ann","attachment":[
                {"type":"PropertyValue","name":"Web","value":"<a href=\"https://ann.example/\" rel=\"me\">ann</a>"},
                {"type":"PropertyValue","name":"Town","value":"Bonn"},
                {"type":"PropertyValue","name":"Code","value":"https://github.com/ann"}]}"#,
        )
        .unwrap();
        let facts = "page a.example/users/ann\nlink ann.example\nlink github.com/ann";
        assert_eq!(owner.facts().as_str(), facts);
    }

    #[test]
    fn an_owner_is_read_with_its_kind_and_its_other_accounts() {
        let owner = Owner::parse(
            br#"{"id":"https://a.example/ap/users/7","type":"Service","preferredUsername":"Ann","name":"Ann B",
            "url":"https://a.example/@Ann","published":"2022-11-10T00:00:00Z","movedTo":"https://b.example/users/ann",
            "alsoKnownAs":["https://c.example/users/ann"]}"#,
        )
        .unwrap();
        assert_eq!(owner.address.as_ref().unwrap().id(), "acct:ann@a.example");
        assert_eq!(owner.flags, AccountFlags::BOT.with(AccountFlags::GONE));
        assert_eq!(owner.published, Some(Moment::from_unix_ms(1_668_038_400_000)));
        let facts = "page a.example/ap/users/7\npage a.example/@ann\nlink c.example/users/ann\nlink b.example/users/ann";
        assert_eq!(owner.facts().as_str(), facts);
        assert_eq!(owner.also_known_as, ["https://c.example/users/ann"]);
        assert!(owner.is_own("https://a.example/ap/users/7/statuses/1"));
        assert!(owner.is_own("https://a.example/@Ann/1"));
        assert!(!owner.is_own("https://a.example/ap/users/77/statuses/1"));
    }

    #[test]
    fn the_address_may_live_on_another_host_than_the_actor() {
        let owner = Owner::parse(
            br#"{"id":"https://social.a.example/users/ann","webfinger":"ann@a.example","preferredUsername":"ann"}"#,
        );
        assert_eq!(owner.unwrap().address.unwrap().handle(), "ann@a.example");
        assert_eq!(Owner::parse(b"<html>"), None);
        assert_eq!(Owner::parse(b"{\"type\":\"Person\"}"), None);
    }

    #[test]
    fn times_are_read_with_and_without_fractions() {
        assert_eq!(moment("2016-11-01T20:36:49Z"), Some(Moment::from_unix_ms(1_478_032_609_000)));
        assert_eq!(
            moment("2016-11-01T20:36:49.250+00:00"),
            Some(Moment::from_unix_ms(1_478_032_609_250))
        );
        for bad in ["", "yesterday", "2016-11-01", "2016-02-31T00:00:00Z"] {
            assert_eq!(moment(bad), None, "{bad}");
        }
    }
}
