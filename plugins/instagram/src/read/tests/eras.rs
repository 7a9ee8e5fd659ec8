//! The same facts as every era wrote them, and the ways people hand them over.

use std::collections::BTreeSet;

use super::*;

/// What does not depend on the era: ties and events, without what is said about files.
fn facts(seen: &Recorder) -> BTreeSet<String> {
    let kinds = ["follow", "reaction", "comment", "mention", "message", "block"];
    kinds.iter().flat_map(|kind| seen.of(kind)).map(str::to_owned).collect()
}

fn flat_2022() -> MemorySource {
    files(&[
        ("account_information/personal_information.json", profile()),
        (
            "followers_and_following/followers.json",
            json!({"relationships_followers": [listed("ann", THEN)]}),
        ),
        (
            "followers_and_following/following.json",
            json!({"relationships_following": [listed("ben", THEN)]}),
        ),
        (
            "likes/liked_posts.json",
            json!({"likes_media_likes": [{"title": "ann", "media_list_data": [],
            "string_list_data": [{"href": "https://www.instagram.com/p/x/", "value": doubled("👍"), "timestamp": THEN}]}]}),
        ),
        (
            "comments/post_comments.json",
            json!({"comments_media_comments": [{"title": "ben", "media_list_data": [],
            "string_list_data": [{"href": "", "value": doubled("Schön @cara! #Lesewoche"), "timestamp": THEN}]}]}),
        ),
    ])
}

fn nested_2023() -> MemorySource {
    files(&[
        ("x/personal_information/personal_information.json", profile()),
        ("x/connections/followers_and_following/followers_1.json", json!([listed("Ann", THEN)])),
        (
            "x/connections/followers_and_following/following.json",
            json!({"relationships_following": [listed("ben", THEN)]}),
        ),
        (
            "x/your_instagram_activity/likes/liked_posts.json",
            json!({"likes_media_likes": [{"title": "ann",
            "string_list_data": [{"href": "https://www.instagram.com/reel/x/", "value": doubled("👍"), "timestamp": THEN}]}]}),
        ),
        (
            "x/your_instagram_activity/comments/post_comments_1.json",
            json!({"comments_media_comments": [{"media_list_data": [{"uri": ""}],
            "string_map_data": {
                doubled("Kommentar"): {"value": doubled("Schön @cara! #Lesewoche")},
                "Medieninhaber": {"value": "ben"},
                "Zeit": {"timestamp": THEN}}}]}),
        ),
    ])
}

fn labelled_2025() -> MemorySource {
    let owner = |name: &str| {
        json!({"title": doubled("Eigentümer"), "dict": [{"title": "", "dict": [
        {"label": "URL", "value": format!("https://www.instagram.com/{name}/"), "href": format!("https://www.instagram.com/{name}/")},
        {"label": "Name", "value": doubled("Ännchen")},
        {"label": "Nutzername", "value": name}]}]})
    };
    files(&[
        ("personal_information/personal_information/personal_information.json", profile()),
        ("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)])),
        (
            "connections/followers_and_following/following.json",
            json!({"relationships_following": [
            {"title": "ben", "string_list_data": [{"href": "https://www.instagram.com/_u/ben", "timestamp": THEN}]}]}),
        ),
        (
            "your_instagram_activity/likes/liked_posts.json",
            json!([{"timestamp": THEN, "media": [], "fbid": "18012345678901234567",
            "label_values": [{"label": "URL", "value": "https://www.instagram.com/p/x/", "href": "https://www.instagram.com/p/x/"}, owner("ann")]}]),
        ),
        (
            "your_instagram_activity/comments/post_comments_1.json",
            json!([{"timestamp": THEN, "label_values": [
            {"label": "Kommentar", "value": doubled("Schön @cara! #Lesewoche")}, owner("ben")]}]),
        ),
    ])
}

#[test]
fn the_eras_say_the_same() {
    let expected: BTreeSet<String> = [
        "follow ann -> mara start=1750000000000 label=",
        "follow mara -> ben start=1750000000000 label=",
        "reaction mara -> ann at=1750000000000 id=like/1750000000",
        "comment mara -> ben at=1750000000000 id=comment/1750000000 labels=#lesewoche",
        "mention mara -> cara at=1750000000000 id=comment/1750000000 labels=#lesewoche",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    for source in [flat_2022(), nested_2023(), labelled_2025()] {
        assert_eq!(probe(&source), Probe::CERTAIN);
        let seen = read_all(&source);
        assert_eq!(facts(&seen), expected);
        assert_eq!(finding(&seen, "bad-row"), "");
    }
}

#[test]
fn since_autumn_2025_u_hrefs_are_many_people_and_not_one() {
    let rows: Vec<Value> = (0..444)
        .map(|n| {
            json!({"title": "", "string_list_data": [
            {"href": format!("https://www.instagram.com/_u/person.{n}"), "timestamp": THEN}]})
        })
        .collect();
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "connections/followers_and_following/following.json",
            json!({"relationships_following": rows}),
        ),
    ]));
    assert_eq!(seen.count("follow"), 444);
    assert!(seen.lines.iter().all(|line| !line.contains(" _u ")));
}

#[test]
fn personal_information_moved_twice_and_is_found_at_each_place() {
    for place in [
        "account_information/personal_information.json",
        "personal_information/personal_information.json",
        "personal_information/personal_information/personal_information.json",
    ] {
        let seen = read_all(&files(&[(place, profile())]));
        let owner = seen.of("account").next();
        assert_eq!(owner, Some("account mara alias= handle=mara name=Mära flags=3"), "{place}");
    }
}

#[test]
fn packed_in_a_wrapper_folder_or_in_parts_it_is_the_same() {
    let whole = [
        (PROFILE, profile()),
        ("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)])),
        ("connections/followers_and_following/followers_2.json", json!([listed("ben", THEN)])),
        ("connections/followers_and_following/followers_10.json", json!([listed("cara", THEN)])),
    ];
    let three = |number: &str| whole[3].0.replace("10", number);
    let whole =
        [whole[0].clone(), whole[1].clone(), whole[2].clone(), (&*three("3"), whole[3].1.clone())];
    let expected = facts(&read_all(&files(&whole)));
    assert_eq!(expected.len(), 3);
    let one = MemorySource::new().at(NOW).with_file("any.zip", &zipped(&whole));
    assert_eq!(facts(&read_all(&one)), expected);
    let two = MemorySource::new()
        .at(NOW)
        .with_file("part-1.zip", &zipped(&whole[..2]))
        .with_file("part-2.zip", &zipped(&whole[2..]));
    let seen = read_all(&two);
    assert_eq!((facts(&seen), finding(&seen, "missing-part")), (expected.clone(), String::new()));
    let wrapped: Vec<(String, Value)> =
        whole.iter().map(|(name, value)| (format!("My export/{name}"), value.clone())).collect();
    let wrapped: Vec<(&str, Value)> = wrapped.iter().map(|(n, v)| (&**n, v.clone())).collect();
    assert_eq!(facts(&read_all(&files(&wrapped))), expected);
}

#[test]
fn lists_alone_belong_to_whom_the_archive_is_named_after() {
    let list =
        [("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)]))];
    let source = MemorySource::new().at(NOW).with_file(&format!("{ZIP}.zip"), &zipped(&list));
    let seen = read_all(&source);
    assert_eq!(all(&seen, "follow"), ["follow ann -> mara start=1750000000000 label="]);
    // Otherwise the user says whose they are, or nobody does.
    let loose = files(&[("followers_1.json", list[0].1.clone())]);
    assert_eq!(refused(&loose, ""), "no-owner");
    let mut seen = Recorder::default();
    read(&loose, "me.too", &mut seen).unwrap();
    assert_eq!(all(&seen, "follow"), ["follow ann -> me.too start=1750000000000 label="]);
    assert_eq!(own_name(Some("@Me.Too")).unwrap(), "me.too");
    assert_eq!(own_name(None).unwrap(), "");
    assert_eq!(own_name(Some("not a name")).unwrap_err().key, "me");
}

#[test]
fn of_two_downloads_the_newer_lists_are_read_and_all_events() {
    let like = |name: &str, seconds: i64| {
        json!({"likes_media_likes": [{"title": name,
        "string_list_data": [{"href": "", "value": "", "timestamp": seconds}]}]})
    };
    let old = [
        ("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)])),
        ("connections/followers_and_following/followers_2.json", json!([listed("ben", THEN)])),
        ("your_instagram_activity/likes/liked_posts.json", like("ann", THEN)),
    ];
    let new = [
        ("connections/followers_and_following/followers_1.json", json!([listed("cara", THEN)])),
        ("your_instagram_activity/likes/liked_posts.json", like("ben", THEN + 9)),
    ];
    let source = MemorySource::new()
        .at(NOW)
        .with_file("instagram-mara-2024-01-02-aa.zip", &zipped(&old))
        .with_file("instagram-mara-2026-01-02-bb.zip", &zipped(&new));
    let seen = read_all(&source);
    assert_eq!(all(&seen, "follow"), ["follow cara -> mara start=1750000000000 label="]);
    assert_eq!((seen.count("reaction"), seen.count("older-copy")), (2, 2));
}

#[test]
fn exports_of_two_accounts_stay_apart() {
    let list =
        [("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)]))];
    let source = MemorySource::new()
        .at(NOW)
        .with_file("instagram-ben-2026-01-02-aa.zip", &zipped(&list))
        .with_file("instagram-cara-2026-01-02-bb.zip", &zipped(&list))
        .with_file(
            "loose/following.json",
            json!({"relationships_following": [listed("d", THEN)]}).to_string().as_bytes(),
        );
    let seen = read_all(&source);
    assert_eq!(
        all(&seen, "follow"),
        [
            "follow ann -> ben start=1750000000000 label=",
            "follow ann -> cara start=1750000000000 label="
        ]
    );
    assert_eq!(finding(&seen, "list-owner-unknown"), "error loose/following.json:0 ×1");
}

#[test]
fn lists_unpacked_under_the_name_of_their_archive_are_that_account_s() {
    let name = "instagram-mara-2026-01-02-bb/connections/followers_and_following/followers_1.json";
    let seen = read_all(&files(&[(name, json!([listed("ann", THEN)]))]));
    assert_eq!(all(&seen, "follow"), ["follow ann -> mara start=1750000000000 label="]);
}

#[test]
fn the_format_until_2020_and_html_are_refused_by_name() {
    let old = files(&[("connections.json", json!({"followers": {"ann": "2020-01-01T00:00:00"}}))]);
    assert_eq!(refused(&old, ""), "old-format");
    let page = MemorySource::new()
        .with_file("connections/followers_and_following/followers_1.html", b"<html></html>")
        .with_file("start_here.html", b"<html></html>");
    assert_eq!((probe(&page), refused(&page, "")), (Probe::LIKELY, "html-export"));
    let other = MemorySource::new().with_file("notes.txt", b"x");
    assert_eq!((probe(&other), refused(&other, "")), (Probe::NO, "no-archive"));
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    assert_eq!(differs_by_order(&synth(), |source| read_all(source)), None);
}
