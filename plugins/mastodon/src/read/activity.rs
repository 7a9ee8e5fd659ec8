//! One item of an outbox, in every shape its eras and relatives wrote it.
//!
//! Fields are taken as whatever they are, a text, a list, an object with an id: what is named differently is still
//! the same thing, and a field nobody needs must not cost the item.

use std::{collections::HashSet, fmt};

use rin_plugin::text::Labels;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

/// An item of `orderedItems`.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub(crate) struct Activity {
    id: Value,
    #[serde(rename = "type")]
    kind: Value,
    actor: Value,
    published: Value,
    to: Value,
    cc: Value,
    pub(crate) object: Object,
}

/// What an activity is about.
#[derive(Default, Debug)]
pub(crate) enum Object {
    /// Nothing usable.
    #[default]
    None,
    /// Only its URI.
    Uri(String),
    /// The post itself.
    Note(Box<Note>),
}

/// A post.
#[derive(Deserialize, Default, Debug)]
#[serde(default)]
pub(crate) struct Note {
    id: Value,
    published: Value,
    #[serde(rename = "attributedTo")]
    attributed_to: Value,
    #[serde(rename = "inReplyTo")]
    in_reply_to: Value,
    to: Value,
    cc: Value,
    tag: Value,
    content: Value,
    quote: Value,
    #[serde(rename = "quoteUri")]
    quote_uri: Value,
    #[serde(rename = "quoteUrl")]
    quote_url: Value,
    #[serde(rename = "_misskey_quote")]
    misskey_quote: Value,
}

/// The kinds of posts that stand in outboxes without an activity around them.
const POSTS: [&str; 8] =
    ["Note", "Article", "Question", "Page", "Image", "Video", "Audio", "Event"];

/// Somebody named in a post.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Mention<'a> {
    /// The actor's URI.
    pub(crate) href: &'a str,
    /// `@user@host`, or `@user` on the author's own server; empty if it is not said.
    pub(crate) name: &'a str,
}

impl Activity {
    /// Reads an item; a field that stands twice counts as it stands last.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().or_else(|| {
            let value: Value = serde_json::from_slice(bytes).ok()?;
            serde_json::from_value(value).ok()
        })
    }

    pub(crate) fn id(&self) -> Option<&str> {
        id_of(&self.id)
    }

    pub(crate) fn kind(&self) -> &str {
        self.kind.as_str().unwrap_or_default()
    }

    pub(crate) fn actor(&self) -> Option<&str> {
        id_of(&self.actor)
    }

    /// Returns it as the making of a post, if it is a bare post of `owner`, as some outboxes hold them.
    pub(crate) fn or_post_by(mut self, owner: &str, bytes: &[u8]) -> Self {
        if POSTS.contains(&self.kind()) && self.actor.is_null() {
            let note: Option<Note> = serde_json::from_slice(bytes).ok();
            if let Some(note) = note.filter(|note| note.is_by(owner)) {
                self.kind = "Create".into();
                self.object = Object::Note(Box::new(note));
            }
        }
        self
    }

    /// Returns its time as it is written, its own or its post's.
    pub(crate) fn published(&self) -> Option<&str> {
        let of_note = match &self.object {
            Object::Note(note) => note.published.as_str(),
            _ => None,
        };
        self.published.as_str().or(of_note)
    }

    /// Returns everybody it is addressed to, collections among them.
    pub(crate) fn audience(&self) -> Vec<&str> {
        let mut all = ids_of(&self.to);
        all.extend(ids_of(&self.cc));
        if let (true, Object::Note(note)) = (all.is_empty(), &self.object) {
            all = ids_of(&note.to);
            all.extend(ids_of(&note.cc));
        }
        all
    }
}

impl Note {
    pub(crate) fn id(&self) -> Option<&str> {
        id_of(&self.id)
    }

    /// Returns whose it is; of several, such as a video's maker and its channel, the first.
    pub(crate) fn attributed_to(&self) -> Option<&str> {
        ids_of(&self.attributed_to).into_iter().next()
    }

    fn is_by(&self, owner: &str) -> bool {
        ids_of(&self.attributed_to).contains(&owner)
    }

    pub(crate) fn in_reply_to(&self) -> Option<&str> {
        id_of(&self.in_reply_to)
    }

    /// Returns the post it quotes, in any of the four spellings.
    pub(crate) fn quote(&self) -> Option<&str> {
        [&self.quote, &self.quote_uri, &self.quote_url, &self.misskey_quote]
            .into_iter()
            .find_map(id_of)
    }

    /// Takes its hashtags, and the addresses its text links to; of the text itself nothing is kept.
    pub(crate) fn take_labels(&self, labels: &mut Labels) {
        for tag in self.tags("Hashtag") {
            labels.add_hashtag(tag.get("name").and_then(Value::as_str).unwrap_or_default());
        }
        for link in links(self.content.as_str().unwrap_or_default()) {
            labels.add_link(&link);
        }
    }

    fn tags<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        let tags = match &self.tag {
            Value::Array(tags) => tags.as_slice(),
            one => std::slice::from_ref(one),
        };
        tags.iter().filter(move |tag| tag.get("type").and_then(Value::as_str) == Some(kind))
    }

    /// Returns whom it names, each once.
    pub(crate) fn mentions(&self) -> Vec<Mention<'_>> {
        let mut mentions = Vec::new();
        let mut seen = HashSet::new();
        for tag in self.tags("Mention") {
            let Some(href) =
                tag.get("href").and_then(Value::as_str).filter(|href| !href.is_empty())
            else {
                continue;
            };
            let name = tag.get("name").and_then(Value::as_str).unwrap_or_default();
            if seen.insert(href) {
                mentions.push(Mention { href, name });
            }
        }
        mentions
    }
}

/// Returns where the anchors of a post's text lead that are neither mentions nor hashtags.
fn links(html: &str) -> impl Iterator<Item = String> {
    html.split("<a ").skip(1).filter_map(|rest| {
        let (anchor, _) = rest.split_once('>')?;
        let (_, link) = anchor.split_once("href=\"")?;
        let (link, _) = link.split_once('"')?;
        let is_name = anchor.contains("mention") || anchor.contains("hashtag");
        (!is_name).then(|| link.replace("&amp;", "&"))
    })
}

/// Whether an address of an audience is everybody or somebody's followers, not a person.
pub(crate) fn is_collection(uri: &str) -> bool {
    let public = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];
    public.contains(&uri) || uri.ends_with("/followers") || uri.contains("/followers/")
}

/// Returns the text, or the id of the object; `None` if it is neither or empty.
pub(crate) fn id_of(value: &Value) -> Option<&str> {
    let id = match value {
        Value::Object(object) => object.get("id")?.as_str(),
        other => other.as_str(),
    };
    id.filter(|id| !id.is_empty())
}

/// Returns the ids of a list, or of the one thing that stands in its place.
pub(crate) fn ids_of(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(all) => all.iter().filter_map(id_of).collect(),
        one => id_of(one).into_iter().collect(),
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a post or its URI")
    }

    fn visit_str<E>(self, uri: &str) -> Result<Object, E> {
        Ok(Object::Uri(uri.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object, A::Error> {
        Note::deserialize(MapAccessDeserializer::new(map)).map(|note| Object::Note(Box::new(note)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Object, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Object::None)
    }

    fn visit_unit<E>(self) -> Result<Object, E> {
        Ok(Object::None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Object, E> {
        Ok(Object::None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Object, E> {
        Ok(Object::None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Object, E> {
        Ok(Object::None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Object, E> {
        Ok(Object::None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashtags_and_links_are_told_and_names_are_not() {
        let content = concat!(
            "<p><a href=\"https://a.example/@ann\" class=\"u-url mention\">@ann</a> ",
            "<a href=\"https://a.example/tags/lesewoche\" class=\"mention hashtag\">#</a> secret words ",
            "<a href=\"https://b.example/?x=1&amp;y=2\" rel=\"nofollow\">b</a> <a href=\"https://cut",
        );
        let tags = serde_json::json!([
            {"type": "Hashtag", "name": "#LeseWoche"},
            {"type": "Mention", "href": "x", "name": "@a"},
            7,
        ]);
        let note = Note { content: content.into(), tag: tags, ..Note::default() };
        let mut labels = Labels::default();
        note.take_labels(&mut labels);
        assert_eq!(labels.as_str(), "#lesewoche\nhttps://b.example/?x=1&y=2");
        let odd: Note =
            serde_json::from_str(r#"{"tag":{"type":"Hashtag"},"content":{"de":"x"}}"#).unwrap();
        odd.take_labels(&mut labels);
        assert_eq!(labels.as_str().lines().count(), 2);
    }

    #[test]
    fn odd_shapes_cost_nothing() {
        for text in [
            r#"{"id":{"id":"i"},"type":"Create","to":"a","cc":["b",{"id":"c"},7],"object":[1]}"#,
            r#"{"id":"x","id":"i","type":"Create","to":["a","b"],"cc":"c","object":null,"@context":[{}],"@context":1}"#,
        ] {
            let item = Activity::parse(text.as_bytes()).unwrap();
            assert_eq!((item.id(), item.kind()), (Some("i"), "Create"));
            assert_eq!(item.audience(), ["a", "b", "c"]);
            assert!(matches!(item.object, Object::None));
        }
        assert!(Activity::parse(b"7").is_none());
        assert!(Activity::parse(b"{\"id\":NaN}").is_none());
        assert!(Activity::parse(b"{\"id\":\"M\xfcller\"}").is_none());
    }
}
