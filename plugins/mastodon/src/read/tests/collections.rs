//! Collections of `ActivityStreams` 2.0 as other software gives them out; every test is named after what it guards.

use super::*;

const CONTEXT: &str = "https://www.w3.org/ns/activitystreams";

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn ties(recorder: &Recorder) -> Vec<&str> {
    let ends = recorder.of("follow").map(|line| line.split(" start").next().unwrap());
    ends.map(|line| line.trim_start_matches("follow ")).collect()
}

fn coverage(recorder: &Recorder) -> Vec<&str> {
    recorder.of("coverage").map(|line| line.split_once(" sent=").unwrap().1).collect()
}

#[test]
fn followers_and_followed_are_actors_or_their_addresses() {
    let following = json!({
        "@context": CONTEXT, "id": "https://a.example/users/ann/following", "type": "Collection", "totalItems": 3,
        "items": [
            "https://p.example/accounts/bo",
            {"id": "https://f.example/profile/cy", "type": "Person", "preferredUsername": "cy", "name": "Cy"},
            {"id": "https://p.example/video-channels/news", "type": "Group", "preferredUsername": "news"},
        ],
    });
    let followers =
        json!(["https://m.example/users/9abc", "@dee@g.example", "https://m.example/users/9abc"]);
    let source = source(&[post(1, &json!({}), &[])])
        .with_file("following.json", &bytes(&following))
        .with_file("followers.json", &bytes(&followers));
    let recorder = read_all(&source);
    assert_eq!(
        ties(&recorder),
        [
            "https://m.example/users/9abc -> https://a.example/users/ann",
            "acct:dee@g.example -> https://a.example/users/ann",
            "https://a.example/users/ann -> https://p.example/accounts/bo",
            "https://a.example/users/ann -> https://f.example/profile/cy",
            "https://a.example/users/ann -> https://p.example/video-channels/news",
        ]
    );
    let cy = recorder.of("account").find(|line| line.contains("f.example")).unwrap();
    assert!(cy.contains("alias=acct:cy@f.example handle=cy@f.example name=Cy "), "{cy}");
    check_finding(&recorder, "duplicate-row note followers.json:3 ×1");
    // Both lists are whole: who is missing from a later one has gone.
    assert!(coverage(&recorder)[0].contains(" held=2 to=2 "), "{:?}", coverage(&recorder));
    assert!(!findings(&recorder).iter().any(|line| line.starts_with("following-not-covered")));
}

#[test]
fn a_page_or_a_cover_shows_who_is_in_it_and_ends_nobody() {
    let pages = [
        json!({"@context": CONTEXT, "type": "OrderedCollectionPage", "next": "https://a.example/following?page=2",
            "orderedItems": ["https://b.example/users/bob"]}),
        json!({"@context": CONTEXT, "type": "OrderedCollection", "totalItems": 120, "first": "https://a.example/f?page=1"}),
        json!({"@context": CONTEXT, "type": "OrderedCollection", "totalItems": 2, "orderedItems": [BOB]}),
    ];
    for (page, count) in pages.iter().zip([1, 0, 1]) {
        let source = source(&[post(1, &json!({}), &[])]).with_file("following.json", &bytes(page));
        let recorder = read_all(&source);
        assert_eq!(recorder.count("follow"), count, "{page}");
        assert!(coverage(&recorder)[0].contains(" held=0 to=0 "), "{page}");
        check_finding(&recorder, "part-of-collection warning following.json:0 ×1");
    }
}

#[test]
fn an_outbox_in_pages_is_one_and_reaches_as_far_back_as_its_pages() {
    let page = |items: &[Value], next: Option<&str>| {
        let mut page =
            json!({"@context": CONTEXT, "type": "OrderedCollectionPage", "orderedItems": items});
        if let Some(next) = next {
            page["next"] = next.into();
        }
        bytes(&page)
    };
    let newer =
        page(&[post(2, &json!({}), &[(CY, "@cy@c.example")])], Some("https://a.example/o?page=2"));
    let older = page(&[post(1, &json!({}), &[(BOB, "@bob@b.example")])], None);
    let first =
        MemorySource::new().with_file("actor.json", &actor()).with_file("outbox.json", &newer);
    let recorder = read_all(&first);
    assert_eq!(sent(&recorder), ["2 mention https://c.example/ap/users/7"]);
    check_finding(&recorder, "part-of-collection warning outbox.json:0 ×1");
    assert!(coverage(&recorder)[0].contains(" since=1672531202000 until=1672531202000"));

    let list = b"Account address\nbob@b.example\n";
    let both = first.with_file("outbox-2.json", &older).with_file("following_accounts.csv", list);
    let recorder = read_all(&both);
    let mut all = sent(&recorder);
    all.sort();
    assert_eq!(
        all,
        ["1 mention https://b.example/users/bob", "2 mention https://c.example/ap/users/7"]
    );
    assert!(
        coverage(&recorder)
            .iter()
            .any(|one| one.contains(" since=1668038400000 until=1672531201000"))
    );
    // The list stood when the newest page did.
    assert!(recorder.of("follow").all(|line| line.contains("start=<=1672531202000")));
}

#[test]
fn a_cover_of_an_outbox_is_no_damage() {
    let cover = json!({"@context": CONTEXT, "type": "OrderedCollection", "totalItems": 7, "first": "https://a.example/o?page=1"});
    let source = MemorySource::new()
        .with_file("actor.json", &actor())
        .with_file("outbox.json", &bytes(&cover));
    let recorder = read_all(&source);
    check_finding(&recorder, "part-of-collection warning outbox.json:0 ×1");
    assert!(coverage(&recorder)[0].starts_with("0 "), "{:?}", coverage(&recorder));
}

#[test]
fn bare_posts_and_dated_likes_are_read_and_posts_of_others_are_not() {
    let note = |number: u32, by: &Value| {
        json!({"id": format!("{ANN}/statuses/{number}"), "type": "Article", "attributedTo": by, "to": [PUBLIC],
            "published": "2023-01-01T00:00:01Z", "tag": [{"type": "Mention", "href": BOB, "name": "@bob@b.example"}]})
    };
    let channel =
        json!([{"type": "Person", "id": ANN}, {"type": "Group", "id": "https://a.example/c/news"}]);
    let like = json!({"id": format!("{ANN}/statuses/4"), "type": "Like", "actor": ANN,
        "published": "2023-01-01T00:00:04Z", "object": "https://b.example/users/bob/statuses/9"});
    let items = json!({"@context": CONTEXT, "type": "Collection",
        "items": [note(1, &json!(ANN)), note(2, &channel), note(3, &json!(BOB)), like]});
    let source = MemorySource::new()
        .with_file("account.json", &actor())
        .with_file("outbox.json", &bytes(&items));
    let recorder = read_all(&source);
    assert_eq!(
        sent(&recorder),
        ["1 mention https://b.example/users/bob", "2 mention https://b.example/users/bob"]
    );
    let liked: Vec<_> = recorder.of("reaction").collect();
    assert_eq!(liked.len(), 1);
    assert!(liked[0].contains("-> https://b.example/users/bob at=1672531204000"), "{liked:?}");
    check_finding(&recorder, "unknown-item warning outbox.json:3 ×1");
}

#[test]
fn followers_by_any_address_are_many_and_not_one() {
    let actor = json!({"@context": CONTEXT, "id": ANN, "type": "Person", "preferredUsername": "ann",
        "followers": "https://a.example/c/ann-fans"});
    let to = |uri: &str, number: u32| {
        post(number, &json!({"to": [uri], "cc": [BOB]}), &[(BOB, "@bob@b.example")])
    };
    let items = [
        to("https://a.example/c/ann-fans", 1),
        to("https://f.example/followers/ann", 2),
        to(CY, 3),
    ];
    let source = MemorySource::new()
        .with_file("actor.json", &bytes(&actor))
        .with_file("outbox.json", &outbox(&items));
    let kinds: Vec<_> = sent(&read_all(&source))
        .iter()
        .map(|line| line.rsplit_once(' ').unwrap().0.to_owned())
        .collect();
    assert_eq!(kinds, ["1 mention", "2 mention", "3 message", "3 message"]);
}

#[test]
fn files_of_the_same_names_by_others_are_left_to_them() {
    let instagram = br#"{"relationships_following":[{"title":"ann"}]}"#;
    let loose = MemorySource::new().with_file("following.json", instagram);
    assert_eq!(probe(&loose), Probe::NO);
    let beside =
        source(&[post(1, &json!({}), &[])]).with_file("instagram/following.json", instagram);
    assert_eq!(read_all(&beside).count("follow"), 0);
    let ours = json!({"@context": CONTEXT, "type": "Collection", "items": []});
    assert_eq!(
        probe(&MemorySource::new().with_file("followers.json", &bytes(&ours))),
        Probe::CERTAIN
    );
    assert_eq!(
        error_of(&MemorySource::new().with_file("followers.json", &bytes(&ours))),
        "no-owner followers.json"
    );
}

#[test]
fn the_examples_of_the_standard_are_answered() {
    let folder = std::path::Path::new("../../../shared/data/archives/activitystreams/w3c");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("skipped: {} is not here", folder.display());
        return;
    };
    let fail = std::fs::read_dir(folder.join("fail")).unwrap();
    let mut count = 0;
    for path in entries.chain(fail).map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let text = std::fs::read(&path).unwrap();
        for name in ["outbox.json", "following.json", "followers.json", "account.json"] {
            let source =
                MemorySource::new().with_file("actor.json", &actor()).with_file(name, &text);
            let mut recorder = Recorder::default();
            read(&source, &mut recorder)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
        count += 1;
    }
    assert_eq!(count, 233);
}
