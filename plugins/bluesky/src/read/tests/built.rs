//! Small repositories built record by record, for what no export at hand contains.

use ipld_core::cid::{Cid, multihash::Multihash};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::*;

const OWNER: &str = "did:plc:owner";
/// 2026-06-01T00:00:00Z as a TID of clock 0.
const REVISION: &str = "3mn6rk4ns2222";
/// The key of a record taken at 2025-04-01T00:00:00Z.
const KEY: &str = "3llpkvwccuu3k";

#[derive(Serialize)]
struct Commit<'a> {
    did: &'a str,
    version: u8,
    data: Cid,
    #[serde(skip_serializing_if = "Option::is_none")]
    rev: Option<&'a str>,
}

#[derive(Serialize)]
struct Node {
    l: Option<Cid>,
    e: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    p: u64,
    #[serde(serialize_with = "as_bytes")]
    k: String,
    v: Cid,
    t: Option<Cid>,
}

fn as_bytes<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(text.as_bytes())
}

#[derive(Serialize)]
struct Header {
    roots: Vec<Cid>,
    version: u8,
}

fn add(sections: &mut Vec<u8>, block: &[u8]) -> Cid {
    let link = Cid::new_v1(0x71, Multihash::wrap(0x12, &Sha256::digest(block)).unwrap());
    push(sections, &[link.to_bytes().as_slice(), block].concat());
    link
}

/// Writes a length below 2¹⁴ in two bytes, then what has that length.
fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    let len = u16::try_from(bytes.len()).unwrap();
    out.extend_from_slice(&[len.to_le_bytes()[0] | 0x80, (len << 1).to_be_bytes()[0]]);
    out.extend_from_slice(bytes);
}

/// Builds a repository of one node; without a revision it is one of 2023.
fn repository(rev: Option<&str>, records: &[(&str, Value)]) -> Vec<u8> {
    let cbor = |value: &Value| serde_ipld_dagcbor::to_vec(value).unwrap();
    let mut sections = Vec::new();
    let e: Vec<Entry> = records
        .iter()
        .map(|(key, value)| {
            let v = add(&mut sections, &cbor(value));
            Entry { p: 0, k: (*key).to_owned(), v, t: None }
        })
        .collect();
    let data = add(&mut sections, &serde_ipld_dagcbor::to_vec(&Node { l: None, e }).unwrap());
    let version = if rev.is_some() { 3 } else { 2 };
    let commit = Commit { did: OWNER, version, data, rev };
    let root = add(&mut sections, &serde_ipld_dagcbor::to_vec(&commit).unwrap());
    let header = Header { roots: vec![root], version: 1 };
    let mut out = Vec::new();
    push(&mut out, &serde_ipld_dagcbor::to_vec(&header).unwrap());
    out.extend_from_slice(&sections);
    out
}

fn read_records(records: &[(&str, Value)]) -> Taken {
    read_one("a.car", &repository(Some(REVISION), records)).unwrap()
}

fn at(text: &str) -> Moment {
    crate::read::moment::parse(text).unwrap()
}

fn follow(subject: &str, created: &str) -> Value {
    json!({ "$type": "app.bsky.graph.follow", "subject": subject, "createdAt": created })
}

fn post(fields: &Value) -> Value {
    let mut post =
        json!({ "$type": "app.bsky.feed.post", "text": "", "createdAt": "2025-01-01T00:00:00Z" });
    post.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    post
}

fn mention(did: &str) -> Value {
    json!({ "index": {}, "features": [{ "$type": "app.bsky.richtext.facet#mention", "did": did }] })
}

fn uri(author: &str) -> Value {
    json!({ "uri": format!("at://{author}/app.bsky.feed.post/1"), "cid": "x" })
}

/// Returns kind and other side of every interaction.
fn addressed(taken: &Taken) -> Vec<(&'static str, &str)> {
    taken.interactions.iter().map(|i| (i.2.name(), i.4.as_str())).collect()
}

#[test]
fn of_several_follows_of_one_account_the_earliest_counts() {
    let taken = read_records(&[
        ("app.bsky.graph.follow/1", follow("did:plc:a", "2025-03-01T00:00:00Z")),
        ("app.bsky.graph.follow/2", follow("did:plc:a", "2024-03-01T00:00:00Z")),
        ("app.bsky.graph.follow/3", follow("did:plc:a", "2025-05-01T00:00:00Z")),
        ("app.bsky.graph.block/1", follow("did:plc:a", "2025-06-01T00:00:00Z")),
        ("app.bsky.graph.follow/4", follow(OWNER, "2025-05-01T00:00:00Z")),
        ("app.bsky.graph.follow/5", follow("anna.example", "2025-05-01T00:00:00Z")),
    ]);
    let ties: Vec<_> = taken.ties.iter().map(|tie| (tie.1.as_str(), tie.2, tie.3)).collect();
    assert_eq!(
        ties,
        [
            ("did:plc:a", TieKind::Follow, TieStart::Exact(at("2024-03-01T00:00:00Z"))),
            ("did:plc:a", TieKind::Block, TieStart::Exact(at("2025-06-01T00:00:00Z"))),
        ]
    );
    assert_eq!(taken.count("duplicate-tie"), 2);
    assert_eq!(taken.count("to-self"), 1);
    assert_eq!(taken.count("no-did"), 1);
}

#[test]
fn a_post_addresses_each_person_once_and_a_reply_comes_before_a_mention() {
    let reply = |author: &str| json!({ "root": uri("did:plc:root"), "parent": uri(author) });
    let taken = read_records(&[
        (
            "app.bsky.feed.post/1",
            post(&json!({
                "reply": reply("did:plc:a"),
                "facets": [mention("did:plc:a"), mention("did:plc:b"), mention("did:plc:b")],
                "embed": { "$type": "app.bsky.embed.record", "record": uri("did:plc:b") },
            })),
        ),
        (
            "app.bsky.feed.post/2",
            post(&json!({ "reply": reply(OWNER), "facets": [mention(OWNER)] })),
        ),
        ("app.bsky.feed.post/3", post(&json!({ "reply": reply("anna.example") }))),
        ("app.bsky.feed.post/4", post(&json!({ "facets": [mention("anna.example")] }))),
        ("app.bsky.feed.post/5", post(&json!({}))),
    ]);
    let expected = [("reply", "did:plc:a"), ("mention", "did:plc:b"), ("quote", "did:plc:b")];
    assert_eq!(addressed(&taken), expected);
    assert!(taken.interactions.iter().all(|i| i.0 == format!("at://{OWNER}/app.bsky.feed.post/1")));
    assert_eq!(taken.count("to-self"), 1, "a mention of oneself in a reply to oneself is the same");
    assert_eq!(taken.count("no-did"), 2);
}

#[test]
fn likes_of_services_and_quotes_of_feeds_address_nobody() {
    let labeler = "at://did:plc:a/app.bsky.labeler.service/self";
    let generator = json!({ "uri": "at://did:plc:a/app.bsky.feed.generator/x", "cid": "x" });
    let embed = json!({ "$type": "app.bsky.embed.record", "record": generator });
    let taken = read_records(&[
        (
            "app.bsky.feed.like/1",
            json!({ "subject": { "uri": labeler }, "createdAt": "2025-01-01T00:00:00Z" }),
        ),
        ("app.bsky.feed.post/1", post(&json!({ "embed": embed }))),
    ]);
    assert_eq!(addressed(&taken), []);
    assert_eq!(taken.count("not-a-post"), 2);
}

#[test]
fn lists_name_their_contacts_unless_they_moderate() {
    let list = |purpose: &str, name: &str| json!({ "name": name, "purpose": format!("app.bsky.graph.defs#{purpose}") });
    let item = |list: &str, subject: &str| {
        json!({
            "list": format!("at://{OWNER}/app.bsky.graph.list/{list}"),
            "subject": subject,
            "createdAt": "2025-01-01T00:00:00Z",
        })
    };
    // The entries stand before their lists here, which the order of keys does not forbid in a part.
    let taken = read_records(&[
        ("app.bsky.graph.listitem/1", item("clubs", "did:plc:a")),
        ("app.bsky.graph.listitem/2", item("pack", "did:plc:a")),
        ("app.bsky.graph.listitem/3", item("spam", "did:plc:b")),
        ("app.bsky.graph.listitem/4", item("gone", "did:plc:c")),
        (
            "app.bsky.graph.listitem/5",
            json!({ "list": "at://did:plc:d/app.bsky.graph.list/clubs", "subject": "did:plc:c" }),
        ),
        ("app.bsky.graph.list/clubs", list("curatelist", "Clubs")),
        ("app.bsky.graph.list/pack", list("referencelist", "Starter")),
        ("app.bsky.graph.list/spam", list("modlist", "Spam")),
        (
            "app.bsky.graph.listblock/1",
            json!({ "subject": "at://did:plc:d/app.bsky.graph.list/1" }),
        ),
    ]);
    let ties: Vec<_> =
        taken.ties.iter().map(|tie| (tie.1.as_str(), tie.2, tie.4.as_str())).collect();
    let contact = TieKind::Contact;
    assert_eq!(ties, [("did:plc:a", contact, "Clubs"), ("did:plc:a", contact, "Starter")]);
    assert_eq!(taken.count("unknown-list"), 2, "one is gone and one is somebody else's");
    assert_eq!((taken.count("moderation-list"), taken.count("list-block")), (1, 1));
}

#[test]
fn a_record_without_a_possible_date_is_told() {
    let like = |created: Value| json!({ "subject": uri("did:plc:a"), "createdAt": created });
    let records = [
        ("app.bsky.feed.like/a", like(json!("2031-01-01T00:00:00Z"))),
        ("app.bsky.feed.like/b", json!({ "subject": uri("did:plc:a") })),
        (&format!("app.bsky.feed.like/{KEY}"), like(json!("tomorrow"))),
        ("app.bsky.graph.follow/a", follow("did:plc:a", "")),
    ];
    let key_time = at("2025-04-01T00:00:00Z");
    let taken = read_records(&records);
    assert_eq!(taken.interactions.iter().map(|i| i.1).collect::<Vec<_>>(), [key_time]);
    assert_eq!((taken.count("no-date"), taken.count("odd-date")), (3, 1));
    assert_eq!(taken.ties[0].3, TieStart::AtOrBefore(at("2026-06-01T00:00:00Z")));
    // Without a revision nobody knows when the list stood.
    let early = read_one("a.car", &repository(None, &records)).unwrap();
    assert_eq!(early.ties[0].3, TieStart::Unknown);
    assert_eq!(early.coverage[0].3, Some(key_time));
    assert_eq!(early.count("no-revision"), 1);
}

#[test]
fn a_record_of_the_wrong_shape_is_left_out_and_told() {
    let taken = read_records(&[
        ("app.bsky.feed.like/1", json!({ "subject": "at://did:plc:a/app.bsky.feed.post/1" })),
        ("app.bsky.feed.like/2", json!([1, 2])),
        ("app.bsky.graph.follow/1", json!({ "subject": 7 })),
    ]);
    assert_eq!(taken.troubles("a.car"), BTreeMap::from([("bad-record", 3)]));
    assert_eq!(taken.coverage[0].2, TieKinds::of(&[TieKind::Block]), "a follow may be missing");
}

#[test]
fn of_two_exports_of_one_account_the_newer_tells_the_ties() {
    let like = json!({ "subject": uri("did:plc:a"), "createdAt": "2025-01-01T00:00:00Z" });
    let old = repository(
        Some(KEY),
        &[
            ("app.bsky.feed.like/1", like.clone()),
            ("app.bsky.graph.follow/1", follow("did:plc:gone", "2024-01-01T00:00:00Z")),
        ],
    );
    let new = repository(
        Some(REVISION),
        &[
            ("app.bsky.feed.like/2", like),
            ("app.bsky.graph.follow/2", follow("did:plc:stays", "2024-01-01T00:00:00Z")),
        ],
    );
    // The name must not matter, so the older one comes first once and last once.
    for (first, second) in [(&old, &new), (&new, &old)] {
        let source =
            MemorySource::new().at(NOW).with_file("a.car", first).with_file("b.car", second);
        let taken = read_all(&source).unwrap();
        let followed: Vec<&str> = taken.ties.iter().map(|tie| tie.1.as_str()).collect();
        assert_eq!(followed, ["did:plc:stays"]);
        assert_eq!(taken.interactions.len(), 2);
        assert_eq!(taken.count("older-export"), 1);
        let complete = taken.coverage.iter().filter(|coverage| coverage.2 != TieKinds::NONE);
        assert_eq!(complete.count(), 1);
    }
}

#[test]
fn a_name_comes_from_the_one_profile_and_is_not_endless() {
    let profile = |name: &str| json!({ "displayName": name });
    let taken = read_records(&[
        ("app.bsky.actor.profile/self", profile("Anna")),
        ("app.bsky.actor.profile/zzz", profile("Somebody else")),
    ]);
    assert_eq!(taken.accounts[0].2, "Anna");
    let taken = read_records(&[("app.bsky.actor.profile/self", profile(&"ü".repeat(5_000)))]);
    assert_eq!(taken.accounts[0].2, "ü".repeat(320));
}

#[test]
fn a_revision_after_the_import_is_not_believed() {
    let bytes = repository(Some("7777777777777"), &[]);
    let taken = read_one("a.car", &bytes).unwrap();
    assert_eq!((taken.coverage[0].3, taken.accounts[0].4), (Some(NOW), Some(NOW)));
}

#[test]
fn a_handle_is_told_even_without_a_repository() {
    let document = br#"{"id":"did:plc:other","alsoKnownAs":["at://other.example"]}"#;
    let source = MemorySource::new()
        .at(NOW)
        .with_file("a.car", &repository(Some(REVISION), &[]))
        .with_dated_file("other.json", document, at("2025-01-01T00:00:00Z"));
    let taken = read_all(&source).unwrap();
    let told =
        ("did:plc:other", "other.example", AccountFlags::NONE, Some(at("2025-01-01T00:00:00Z")));
    let other = &taken.accounts[1];
    assert_eq!((other.0.as_str(), other.1.as_str(), other.3, other.4), told);
}

#[test]
fn a_block_that_occurs_twice_is_one() {
    let follow = json!({"$type": "app.bsky.graph.follow", "subject": "did:plc:ann",
        "createdAt": "2025-04-01T00:00:00.000Z"});
    let key = format!("app.bsky.graph.follow/{KEY}");
    let once = repository(Some(REVISION), &[(&key, follow)]);
    // The header, two bytes of its length before it, stands once.
    let header = 2 + (usize::from(once[0] & 0x7f) | usize::from(once[1]) << 7);
    let twice = [&once, &once[header..]].concat();
    let expected = read_one("a.car", &once).unwrap();
    assert_eq!(expected.ties.len(), 1);
    assert_eq!(read_one("a.car", &twice).unwrap(), expected);
}
