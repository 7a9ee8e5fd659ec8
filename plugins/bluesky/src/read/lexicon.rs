//! The parts of Bluesky's records that say who did what to whom; everything else, above all text, is skipped.
//!
//! Shapes are those of the published lexicons (<https://github.com/bluesky-social/atproto/tree/main/lexicons>).
//! Fields are borrowed from the block and unknown ones ignored, so that a record of a later version still reads.

use rin_plugin::text::Labels;
use serde::Deserialize;

pub(super) const POST: &str = "app.bsky.feed.post";
pub(super) const LIKE: &str = "app.bsky.feed.like";
pub(super) const REPOST: &str = "app.bsky.feed.repost";
pub(super) const FOLLOW: &str = "app.bsky.graph.follow";
pub(super) const BLOCK: &str = "app.bsky.graph.block";
pub(super) const LIST: &str = "app.bsky.graph.list";
pub(super) const LIST_ITEM: &str = "app.bsky.graph.listitem";
pub(super) const LIST_BLOCK: &str = "app.bsky.graph.listblock";
pub(super) const PROFILE: &str = "app.bsky.actor.profile";

/// The first block of a repository: whose it is and where its tree begins.
#[derive(Deserialize)]
pub(super) struct Commit<'a> {
    pub(super) did: &'a str,
    pub(super) version: u64,
    pub(super) data: ipld_core::cid::Cid,
    /// A TID; repositories of 2023 (version 2) have none.
    #[serde(borrow)]
    pub(super) rev: Option<&'a str>,
}

/// A like or a repost: something that points at one record.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pointer<'a> {
    #[serde(borrow)]
    pub(super) subject: Reference<'a>,
    #[serde(borrow)]
    pub(super) created_at: Option<&'a str>,
}

/// A record somewhere, by its at-URI.
#[derive(Deserialize)]
pub(super) struct Reference<'a> {
    pub(super) uri: &'a str,
}

/// A follow or a block: something that points at one account.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Edge<'a> {
    pub(super) subject: &'a str,
    #[serde(borrow)]
    pub(super) created_at: Option<&'a str>,
}

/// An account's place in a list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListItem<'a> {
    pub(super) subject: &'a str,
    pub(super) list: &'a str,
    #[serde(borrow)]
    pub(super) created_at: Option<&'a str>,
}

/// A list of accounts.
#[derive(Deserialize)]
pub(super) struct List<'a> {
    pub(super) name: &'a str,
    pub(super) purpose: &'a str,
}

/// What an account says about itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Profile<'a> {
    #[serde(borrow)]
    pub(super) display_name: Option<&'a str>,
}

/// A post.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Post<'a> {
    #[serde(borrow)]
    pub(super) created_at: Option<&'a str>,
    #[serde(borrow)]
    reply: Option<Reply<'a>>,
    #[serde(borrow)]
    facets: Option<Vec<Facet<'a>>>,
    /// How early posts (2022 and 2023) said what facets say.
    #[serde(borrow)]
    entities: Option<Vec<Entity<'a>>>,
    #[serde(borrow)]
    embed: Option<Embed<'a>>,
    /// Hashtags beside the text.
    #[serde(borrow)]
    tags: Option<Vec<&'a str>>,
}

#[derive(Deserialize)]
struct Reply<'a> {
    #[serde(borrow)]
    parent: Reference<'a>,
}

#[derive(Deserialize)]
struct Facet<'a> {
    #[serde(borrow)]
    features: Vec<Feature<'a>>,
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(rename = "$type")]
    kind: &'a str,
    #[serde(borrow)]
    did: Option<&'a str>,
    #[serde(borrow)]
    tag: Option<&'a str>,
    #[serde(borrow)]
    uri: Option<&'a str>,
}

#[derive(Deserialize)]
struct Entity<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    value: &'a str,
}

#[derive(Deserialize)]
struct Embed<'a> {
    #[serde(rename = "$type")]
    kind: &'a str,
    #[serde(borrow)]
    record: Option<Embedded<'a>>,
    #[serde(borrow)]
    external: Option<External<'a>>,
}

/// The card of a page.
#[derive(Deserialize)]
struct External<'a> {
    #[serde(borrow)]
    uri: Option<&'a str>,
}

/// `{uri, cid}` in a plain quote, `{record: {uri, cid}}` in one with pictures.
#[derive(Deserialize)]
struct Embedded<'a> {
    #[serde(borrow)]
    uri: Option<&'a str>,
    #[serde(borrow)]
    record: Option<Reference<'a>>,
}

impl<'a> Post<'a> {
    /// Returns the at-URI of the post it answers.
    pub(super) fn parent(&self) -> Option<&'a str> {
        self.reply.as_ref().map(|reply| reply.parent.uri)
    }

    /// Returns the at-URI of the record it quotes.
    pub(super) fn quoted(&self) -> Option<&'a str> {
        let embed = self.embed.as_ref()?;
        let embedded = embed.record.as_ref()?;
        match embed.kind {
            "app.bsky.embed.record" => embedded.uri,
            "app.bsky.embed.recordWithMedia" => embedded.record.as_ref().map(|record| record.uri),
            _ => None,
        }
    }

    /// Takes its hashtags, and the addresses it links to.
    pub(super) fn take_labels(&self, labels: &mut Labels) {
        let features = self.facets.iter().flatten().flat_map(|facet| &facet.features);
        for feature in features {
            match feature.kind {
                "app.bsky.richtext.facet#tag" => {
                    labels.add_hashtag(feature.tag.unwrap_or_default());
                }
                "app.bsky.richtext.facet#link" => labels.add_link(feature.uri.unwrap_or_default()),
                _ => {}
            }
        }
        for tag in self.tags.iter().flatten() {
            labels.add_hashtag(tag);
        }
        for entity in self.entities.iter().flatten().filter(|entity| entity.kind == "link") {
            labels.add_link(entity.value);
        }
        let card = self.embed.as_ref().and_then(|embed| embed.external.as_ref());
        labels.add_link(card.and_then(|card| card.uri).unwrap_or_default());
    }

    /// Returns whom it mentions, as written, one after the other.
    pub(super) fn mentions(&self) -> impl Iterator<Item = &'a str> {
        let features = self.facets.iter().flatten().flat_map(|facet| &facet.features);
        let mentioned = features
            .filter(|feature| feature.kind == "app.bsky.richtext.facet#mention")
            .filter_map(|feature| feature.did);
        let entities = self.entities.iter().flatten();
        mentioned
            .chain(entities.filter(|entity| entity.kind == "mention").map(|entity| entity.value))
    }
}

/// The parts of an at-URI.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct AtUri<'a> {
    /// A DID, or a handle in careless writers' records.
    pub(super) authority: &'a str,
    pub(super) collection: &'a str,
    pub(super) rkey: &'a str,
}

impl<'a> AtUri<'a> {
    /// Takes an at-URI apart; `None` if it names no record.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("at://")?.split('/');
        let uri = Self { authority: parts.next()?, collection: parts.next()?, rkey: parts.next()? };
        let is_whole = ![uri.authority, uri.collection, uri.rkey].contains(&"");
        (parts.next().is_none() && is_whole).then_some(uri)
    }
}

/// Whether a text is a DID: `did:`, a method in lower case, `:`, an identifier (<https://atproto.com/specs/did>).
pub(super) fn is_did(text: &str) -> bool {
    let Some((method, id)) = text.strip_prefix("did:").and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    let is_id_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"._:%-".contains(&byte);
    text.len() <= 2048
        && !method.is_empty()
        && method.bytes().all(|byte| byte.is_ascii_lowercase())
        && id.bytes().all(is_id_byte)
        && !id.is_empty()
        && !id.ends_with([':', '%'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_at_uri_has_three_parts() {
        let uri = AtUri::parse("at://did:plc:abc/app.bsky.feed.post/3jqgeti2acb4c").unwrap();
        assert_eq!(
            (uri.authority, uri.collection, uri.rkey),
            ("did:plc:abc", POST, "3jqgeti2acb4c")
        );
        for text in [
            "",
            "at://",
            "at://did:plc:abc",
            "at://a/b/",
            "at://a//c",
            "https://a/b/c",
            "at://a/b/c/d",
        ] {
            assert_eq!(AtUri::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_did_is_told_from_a_handle() {
        for text in
            ["did:plc:lh634eliukx4r2yfex56palq", "did:web:example.com%3A8080", "did:web:a:b"]
        {
            assert!(is_did(text), "{text}");
        }
        for text in [
            "",
            "did:",
            "did:plc",
            "did:plc:",
            "did:PLC:abc",
            "anna.example",
            "did:plc:a b",
            "did:plc:a:",
        ] {
            assert!(!is_did(text), "{text}");
        }
    }

    #[test]
    fn hostile_cbor_is_an_error_and_costs_nothing() {
        let with_field = |value: &[u8]| [b"\xa1\x61x".as_slice(), value].concat();
        let cases = [
            with_field(&vec![0x81; 1 << 20]),
            with_field(&[0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            with_field(&[0x7b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
            with_field(&[0x9f, 0x01]),
            [b"\xa1\x66facets\x9b".as_slice(), &[0xff; 8]].concat(),
            vec![0x81; 1 << 20],
        ];
        for bytes in cases {
            assert!(serde_ipld_dagcbor::from_slice::<Post<'_>>(&bytes).is_err());
        }
        assert!(serde_ipld_dagcbor::from_slice::<Post<'_>>(&with_field(&[0x80])).is_ok());
    }

    #[test]
    fn mentions_are_read_from_facets_and_from_early_entities() {
        // {"entities": [{"type": "mention", "value": "did:plc:a"}, {"type": "link", "value": "b"}]}
        let early = b"\xa1\x68entities\x82\xa2\x64type\x67mention\x65value\x69did:plc:a\xa2\x64type\x64link\x65value\x61b";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(early).unwrap();
        assert_eq!(post.mentions().collect::<Vec<_>>(), ["did:plc:a"]);
        // {"facets": [{"features": [{"did": "did:plc:c", "$type": "app.bsky.richtext.facet#mention"}]}]}
        let facets = b"\xa1\x66facets\x81\xa1\x68features\x81\xa2\x63did\x69did:plc:c\x65$type\x78\x1fapp.bsky.richtext.facet#mention";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(facets).unwrap();
        assert_eq!(post.mentions().collect::<Vec<_>>(), ["did:plc:c"]);
    }

    #[test]
    fn hashtags_and_links_are_labels() {
        // {"tags": ["Rin"], "embed": {"$type": "x", "external": {"uri": "https://a.b"}},
        //  "facets": [{"features": [{"tag": "Lesewoche", "$type": "app.bsky.richtext.facet#tag"}]}]}
        let post = b"\xa3\x64tags\x81\x63Rin\x65embed\xa2\x65$type\x61x\x68external\xa1\x63uri\x6bhttps://a.b\x66facets\x81\xa1\x68features\x81\xa2\x63tag\x69Lesewoche\x65$type\x78\x1bapp.bsky.richtext.facet#tag";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(post).unwrap();
        let mut labels = Labels::default();
        post.take_labels(&mut labels);
        assert_eq!(labels.as_str(), "#lesewoche\n#rin\nhttps://a.b");
        let early = b"\xa1\x68entities\x81\xa2\x64type\x64link\x65value\x6bhttps://c.d";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(early).unwrap();
        labels.clear();
        post.take_labels(&mut labels);
        assert_eq!(labels.as_str(), "https://c.d");
    }

    #[test]
    fn a_quote_is_found_with_and_without_pictures() {
        // {"embed": {"$type": "app.bsky.embed.record", "record": {"uri": "at://x"}}}
        let plain =
            b"\xa1\x65embed\xa2\x65$type\x75app.bsky.embed.record\x66record\xa1\x63uri\x66at://x";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(plain).unwrap();
        assert_eq!(post.quoted(), Some("at://x"));
        // {"embed": {"$type": "app.bsky.embed.recordWithMedia", "record": {"record": {"uri": "at://y"}}}}
        let media = b"\xa1\x65embed\xa2\x65$type\x78\x1eapp.bsky.embed.recordWithMedia\x66record\xa1\x66record\xa1\x63uri\x66at://y";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(media).unwrap();
        assert_eq!(post.quoted(), Some("at://y"));
        let link = b"\xa1\x65embed\xa1\x65$type\x77app.bsky.embed.external";
        let post: Post<'_> = serde_ipld_dagcbor::from_slice(link).unwrap();
        assert_eq!(post.quoted(), None);
    }
}
