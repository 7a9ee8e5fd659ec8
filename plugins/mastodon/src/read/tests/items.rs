//! The items of an outbox: who is meant by what.

use super::*;

#[test]
fn a_reply_is_to_the_author_and_a_mention_to_the_others() {
    let mentions = [(BOB, "@Bob@b.example"), (CY, "@cy@c.example")];
    check(
        &[
            post(1, &json!({"inReplyTo": format!("{BOB}/statuses/9")}), &mentions),
            post(2, &json!({"inReplyTo": format!("{CY}/statuses/9")}), &mentions),
            post(3, &json!({"inReplyTo": null}), &mentions[..1]),
            // The author's mention was taken out: the path still says whose post it was.
            post(4, &json!({"inReplyTo": format!("{BOB}/statuses/9")}), &mentions[1..]),
        ],
        &[
            "1 reply https://b.example/users/bob",
            "1 mention https://c.example/ap/users/7",
            "2 reply https://c.example/ap/users/7",
            "2 mention https://b.example/users/bob",
            "3 mention https://b.example/users/bob",
            "4 reply https://b.example/users/bob",
            "4 mention https://c.example/ap/users/7",
        ],
    );
}

#[test]
fn a_reply_by_a_uri_that_shows_no_name_goes_to_the_only_one_mentioned_from_there() {
    let pleroma = "https://p.example/users/pia";
    let object = json!({"inReplyTo": "https://p.example/objects/0-1"});
    let items = [
        post(1, &object, &[(pleroma, "@pia@p.example"), (BOB, "@bob@b.example")]),
        post(2, &object, &[(BOB, "@bob@b.example")]),
        post(3, &object, &[]),
        post(4, &object, &[(pleroma, "@pia"), ("https://p.example/users/per", "@per")]),
        post(5, &json!({"inReplyTo": "https://d.example/@dan/7"}), &[]),
        post(
            6,
            &json!({"inReplyTo": "https://d.example/@dan/7"}),
            &[("https://d.example/ap/users/1", "@dan@d.example")],
        ),
    ];
    let recorder = read_all(&source(&items));
    assert_eq!(
        sent(&recorder),
        [
            "1 reply https://p.example/users/pia",
            "1 mention https://b.example/users/bob",
            "2 mention https://b.example/users/bob",
            "4 mention https://p.example/users/pia",
            "4 mention https://p.example/users/per",
            "5 reply acct:dan@d.example",
            "6 reply https://d.example/ap/users/1",
        ]
    );
    check_finding(&recorder, "reply-author-unknown warning outbox.json:2 ×3");
}

#[test]
fn self_replies_are_not_interactions_with_others() {
    let own = |number: u32| json!({"inReplyTo": format!("{ANN}/statuses/{number}")});
    let items = [
        post(1, &json!({}), &[]),
        post(2, &own(1), &[]),
        post(3, &json!({"inReplyTo": "https://a.example/@ann/2"}), &[(BOB, "@bob@b.example")]),
        // Another account of the same server whose name begins alike.
        post(4, &json!({"inReplyTo": "https://a.example/users/anna/statuses/1"}), &[]),
        // Ann's own name in the tags.
        post(5, &json!({}), &[(ANN, "@ann")]),
    ];
    let recorder = read_all(&source(&items));
    assert_eq!(
        sent(&recorder),
        ["3 mention https://b.example/users/bob", "4 reply https://a.example/users/anna"]
    );
    check_finding(&recorder, "own-post note outbox.json:2 ×2");
}

#[test]
fn self_replies_are_known_where_the_uri_shows_no_name() {
    let mut first = post(1, &json!({"id": "https://a.example/objects/1"}), &[]);
    first["id"] = json!("https://a.example/activities/1");
    let items = [first, post(2, &json!({"inReplyTo": "https://a.example/objects/1"}), &[])];
    let recorder = read_all(&source(&items));
    assert_eq!(sent(&recorder), Vec::<String>::new());
    check_finding(&recorder, "own-post note outbox.json:2 ×1");
}

#[test]
fn boosts_have_their_author_in_cc() {
    let followers = "https://a.example/users/ann/followers";
    let items = [
        boost(1, &json!(format!("{BOB}/statuses/1")), &[BOB, followers]),
        boost(
            2,
            &json!("https://p.example/objects/1"),
            &["https://p.example/users/pia", followers],
        ),
        boost(3, &json!(format!("{BOB}/statuses/2")), &[followers]),
        boost(4, &json!("https://p.example/objects/2"), &[followers]),
        boost(5, &json!(format!("{ANN}/statuses/1")), &[ANN, followers]),
        boost(6, &json!(format!("{BOB}/statuses/3")), &[CY, BOB]),
    ];
    let recorder = read_all(&source(&items));
    assert_eq!(
        sent(&recorder),
        [
            "1 share https://b.example/users/bob",
            "2 share https://p.example/users/pia",
            "3 share https://b.example/users/bob",
            "6 share https://b.example/users/bob",
        ]
    );
    check_finding(&recorder, "boost-author-unknown warning outbox.json:4 ×1");
    check_finding(&recorder, "own-post note outbox.json:5 ×1");
}

#[test]
fn an_own_post_for_followers_lies_inside_its_boost() {
    let note = json!({"id": format!("{ANN}/statuses/1"), "type": "Note", "attributedTo": ANN});
    let other = json!({"id": "https://p.example/objects/3", "type": "Note", "attributedTo": BOB});
    let recorder = read_all(&source(&[boost(2, &note, &[]), boost(3, &other, &[])]));
    assert_eq!(sent(&recorder), ["3 share https://b.example/users/bob"]);
    check_finding(&recorder, "own-post note outbox.json:1 ×1");
}

#[test]
fn a_post_to_actors_only_is_a_message_to_each() {
    let to = json!({"to": [BOB, CY, ANN], "cc": [], "inReplyTo": format!("{BOB}/statuses/9")});
    let to_one = json!({"to": BOB, "cc": []});
    check(
        &[post(1, &to, &[(BOB, "@bob@b.example")]), post(2, &to_one, &[])],
        &[
            "1 message https://b.example/users/bob",
            "1 message https://c.example/ap/users/7",
            "2 message https://b.example/users/bob",
        ],
    );
}

#[test]
fn a_public_post_has_labels_and_a_message_has_none() {
    let text = "<a href=\"https://c.example/festival\">c</a>";
    let told = |to: &Value| json!({"to": to, "cc": [], "content": text});
    let public = "https://www.w3.org/ns/activitystreams#Public";
    let items = [
        post(1, &told(&json!([public])), &[(BOB, "@bob@b.example")]),
        post(2, &told(&json!([BOB])), &[(BOB, "@bob@b.example")]),
        post(3, &json!({"to": [public]}), &[(BOB, "@bob@b.example")]),
    ];
    let recorder = read_all(&source(&items));
    let labels = |kind| recorder.of(kind).map(|line| line.split_once(" labels=").map(|it| it.1));
    let link = Some("https://c.example/festival");
    assert_eq!(labels("mention").collect::<Vec<_>>(), [link, None]);
    assert_eq!(labels("message").collect::<Vec<_>>(), [None]);
}

#[test]
fn items_to_nobody_are_counted() {
    let to_nobody = || json!({"to": [], "cc": []});
    let items = [post(1, &to_nobody(), &[]), post(2, &to_nobody(), &[(BOB, "@bob@b.example")])];
    let recorder = read_all(&source(&items));
    assert_eq!(sent(&recorder), ["2 message https://b.example/users/bob"]);
    check_finding(&recorder, "to-nobody note outbox.json:1 ×1");
}

#[test]
fn quotes_are_read_in_four_spellings() {
    let spellings = ["quote", "quoteUri", "quoteUrl", "_misskey_quote"];
    let items: Vec<Value> = (1..)
        .zip(spellings)
        .map(|(number, key)| post(number, &json!({key: format!("{BOB}/statuses/9")}), &[]))
        .chain([
            post(
                5,
                &json!({"quote": {"type": "Note", "id": format!("{BOB}/statuses/9")}}),
                &[(BOB, "@bob@b.example")],
            ),
            post(6, &json!({"quote": format!("{ANN}/statuses/1"), "quoteUri": "x"}), &[]),
            post(7, &json!({"quote": "https://p.example/objects/1"}), &[]),
        ])
        .collect();
    let recorder = read_all(&source(&items));
    let mut expected: Vec<String> = (1..=5).map(|n| format!("{n} quote {BOB}")).collect();
    expected.push(format!("5 mention {BOB}"));
    assert_eq!(sent(&recorder), expected);
    check_finding(&recorder, "own-post note outbox.json:6 ×1");
    check_finding(&recorder, "quote-author-unknown warning outbox.json:7 ×1");
}

#[test]
fn the_key_ordered_items_may_stand_twice_and_the_total_may_be_wrong() {
    let item = post(1, &json!({}), &[(BOB, "@bob@b.example")]);
    let text = format!(
        r#"{{"@context":"x","type":"OrderedCollection","totalItems":99,"orderedItems":[],"@context":["x"],"orderedItems":[{item}]}}"#
    );
    let source = MemorySource::new()
        .with_file("actor.json", &actor())
        .with_file("outbox.json", text.as_bytes());
    let recorder = read_all(&source);
    assert_eq!(sent(&recorder), ["1 mention https://b.example/users/bob"]);
    assert_eq!(recorder.count("bad-item"), 0);
}

#[test]
fn items_may_have_their_own_context_and_a_signature() {
    let mut item = post(1, &json!({"@context": "x"}), &[(BOB, "@bob@b.example")]);
    item["@context"] =
        json!(["https://www.w3.org/ns/activitystreams", {"ostatus": "http://ostatus.org#"}]);
    item["signature"] = json!({"type": "RsaSignature2017", "signatureValue": "x=="});
    check(&[item], &["1 mention https://b.example/users/bob"]);
}

#[test]
fn questions_are_posts_and_unknown_items_are_counted() {
    let mut question =
        post(1, &json!({"type": "Question", "oneOf": []}), &[(BOB, "@bob@b.example")]);
    question["object"]["endTime"] = json!("2023-02-01T00:00:00Z");
    let mut undated = post(3, &json!({}), &[]);
    undated["published"] = json!(null);
    undated["object"]["published"] = json!("soon");
    let mut foreign = post(4, &json!({}), &[(BOB, "@bob@b.example")]);
    foreign["actor"] = json!(BOB);
    let future = post(5, &json!({"published": "2999-01-01T00:00:00Z"}), &[(BOB, "@bob@b.example")]);
    let items = [
        question,
        json!({"type": "Like", "actor": ANN, "published": "2023-01-01T00:00:00Z"}),
        undated,
        foreign,
        future,
        json!(7),
    ];
    let recorder = read_all(&source(&items));
    assert_eq!(sent(&recorder), ["1 mention https://b.example/users/bob"]);
    for (code, place) in [
        ("unknown-item", 2),
        ("no-date", 3),
        ("foreign-item", 4),
        ("future-date", 5),
        ("bad-item", 6),
    ] {
        check_finding(&recorder, &format!("{code} warning outbox.json:{place} ×1"));
    }
}

fn accounts(recorder: &Recorder) -> Vec<&str> {
    recorder.of("account").skip(1).map(|line| line.trim_end_matches(" name= flags=0")).collect()
}

#[test]
fn accounts_carry_both_names_of_one_actor() {
    let items = [
        boost(1, &json!(format!("{BOB}/statuses/1")), &[BOB]),
        // The names of this server live on another host: the mention says so and is reported as well.
        post(2, &json!({}), &[(BOB, "@Bob@brand.example"), (CY, "@cy@c.example")]),
        post(
            3,
            &json!({}),
            &[(BOB, "@Bob@brand.example"), ("https://a.example/users/dot", "@dot")],
        ),
        post(
            4,
            &json!({}),
            &[
                ("https://m.example/users/123abc", "@eve@m.example"),
                ("https://f.example/users/fay", "@fay"),
            ],
        ),
        boost(
            5,
            &json!("https://g.example/ap/users/9/statuses/1"),
            &["https://g.example/ap/users/9"],
        ),
    ];
    assert_eq!(
        accounts(&read_all(&source(&items))),
        [
            "account https://b.example/users/bob alias=acct:bob@b.example handle=bob@b.example",
            "account https://b.example/users/bob alias=acct:bob@brand.example handle=bob@brand.example",
            "account https://c.example/ap/users/7 alias=acct:cy@c.example handle=cy@c.example",
            "account https://a.example/users/dot alias=acct:dot@a.example handle=dot@a.example",
            "account https://m.example/users/123abc alias=acct:eve@m.example handle=eve@m.example",
            "account https://f.example/users/fay alias=acct:fay@f.example handle=fay@f.example",
            "account https://g.example/ap/users/9 alias= handle=",
        ]
    );
}

#[test]
fn hosts_of_other_scripts_meet_their_punycode() {
    let nare = "https://xn--69aa8bzb.xn--y9a3aq/users/nare";
    let source = source(&[boost(1, &json!(format!("{nare}/statuses/1")), &[nare])])
        .with_file("following_accounts.csv", "Account address\n@nare@թութ.հայ\n".as_bytes());
    let recorder = read_all(&source);
    assert_eq!(
        accounts(&recorder),
        [
            "account https://xn--69aa8bzb.xn--y9a3aq/users/nare alias=acct:nare@թութ.հայ handle=nare@թութ.հայ",
            "account acct:nare@թութ.հայ alias= handle=nare@թութ.հայ",
        ]
    );
    assert_eq!(
        recorder.of("follow").collect::<Vec<_>>(),
        ["follow https://a.example/users/ann -> acct:nare@թութ.հայ start=<=1672531201000 label="]
    );
}

#[test]
fn an_owner_may_have_a_numeric_id() {
    let actor = br#"{"id":"https://a.example/ap/users/115","type":"Group","preferredUsername":"Library","name":"L",
        "url":"https://a.example/@Library","movedTo":"https://z.example/users/l","alsoKnownAs":["https://y.example/users/l"]}"#;
    let item = json!({
        "type": "Create", "actor": {"id": "https://a.example/ap/users/115"}, "published": "2026-07-01T00:00:00Z",
        "object": {"id": "https://a.example/ap/users/115/statuses/2", "inReplyTo": "https://a.example/ap/users/115/statuses/1",
            "to": ["https://a.example/ap/users/115/followers"], "tag": {"type": "Mention", "href": BOB, "name": "@bob@b.example"}},
    });
    let source = MemorySource::new()
        .with_file("actor.json", actor)
        .with_file("outbox.json", &outbox(&[item]));
    let recorder = read_all(&source);
    assert_eq!(
        recorder.lines[0],
        "account https://a.example/ap/users/115 alias=acct:library@a.example handle=library@a.example name=L flags=43"
    );
    assert_eq!(
        recorder.of("mention").collect::<Vec<_>>(),
        [
            "mention https://a.example/ap/users/115 -> https://b.example/users/bob at=1782864000000 id=https://a.example/ap/users/115/statuses/2"
        ]
    );
    check_finding(&recorder, "also-known-as note actor.json:0 ×1");
    check_finding(&recorder, "moved note actor.json:0 ×1");
    // No other account is joined to it.
    assert!(!recorder.lines.iter().any(|line| line.contains("y.example")));
}
