//! The same facts as every era wrote them, and the ways people hand them over.

use std::collections::BTreeSet;

use super::*;

fn facts(seen: &Recorder) -> BTreeSet<String> {
    let kinds =
        ["friend", "follow", "subscriber", "endorser", "member", "comment", "reaction", "message"];
    kinds.iter().flat_map(|kind| seen.of(kind)).map(str::to_owned).collect()
}

fn comment(title: &str) -> Value {
    json!({"timestamp": THEN, "title": doubled(title), "data": [
        {"comment": {"timestamp": THEN, "comment": doubled("Schön #Lesewoche https://b.example/x."), "author": doubled("Mära B")}}]})
}

fn reaction(title: &str) -> Value {
    json!({"timestamp": THEN, "title": doubled(title), "data": [{"reaction": {"reaction": "LIKE", "actor": doubled("Mära B")}}]})
}

/// The layout of 2018 to 2020, whose keys have no version.
fn first_era() -> MemorySource {
    files(&[
        (PROFILE, json!({"profile": {"name": {"full_name": doubled("Mära B")}}})),
        ("friends/friends.json", json!({"friends": [named("Änn", THEN)]})),
        ("following_and_followers/following.json", json!({"following": [named("Ben", THEN)]})),
        (
            "comments/comments.json",
            json!({"comments": [comment("Mära B commented on Änn's post.")]}),
        ),
        (
            "likes_and_reactions/posts_and_comments.json",
            json!({"reactions": [reaction("Mära B likes Änn's post.")]}),
        ),
        (
            "messages/inbox/ann_1a/message_1.json",
            talk(&["Änn", "Mära B"], &[("Änn", 1_600_000_000)]),
        ),
    ])
}

fn eras() -> [MemorySource; 3] {
    let [said, liked] = ["Mära B commented on Änn's post.", "Mära B likes Änn's post."];
    let talk = || talk(&["Änn", "Mära B"], &[("Änn", 1_600_000_000)]);
    [
        files(&[
            (PROFILE, profile()),
            ("friends_and_followers/friends.json", json!({"friends_v2": [named("Änn", THEN)]})),
            (
                "friends_and_followers/who_you've_followed.json",
                json!({"following_v3": [named("Ben", THEN)]}),
            ),
            ("comments_and_reactions/comments.json", json!({"comments_v2": [comment(said)]})),
            (
                "comments_and_reactions/posts_and_comments.json",
                json!({"reactions_v2": [reaction(liked)]}),
            ),
            ("messages/inbox/ann_1a/message_1.json", talk()),
        ]),
        files(&[
            ("x/personal_information/profile_information/profile_information.json", profile()),
            (
                "x/connections/friends/your_friends.json",
                json!({"friends_v2": [named("Änn", THEN)]}),
            ),
            (
                "x/connections/followers/who_you_ve_followed.json",
                json!({"following_v3": [named("Ben", THEN)]}),
            ),
            (
                "x/your_activity_across_facebook/comments_and_reactions/comments.json",
                json!({"comments_v2": [comment(said)]}),
            ),
            (
                "x/your_activity_across_facebook/comments_and_reactions/likes_and_reactions_1.json",
                json!([reaction(liked)]),
            ),
            ("x/your_activity_across_facebook/messages/inbox/ann_1a/message_1.json", talk()),
        ]),
        files(&[
            (
                "personal_information/profile_information/profile_information.json",
                json!({"profile_v3": {"name": {"full_name": doubled("Mära B")}}}),
            ),
            ("connections/friends/your_friends.json", json!({"friends_v2": [named("Änn", THEN)]})),
            (
                "connections/followers/who_you_ve_followed.json",
                json!({"following_v3": [named("Ben", THEN)]}),
            ),
            (
                "your_facebook_activity/comments_and_reactions/comments.json",
                json!({"comments_v2": [comment("Mära B hat den Beitrag von Änn kommentiert.")]}),
            ),
            (
                "your_facebook_activity/comments_and_reactions/likes_and_reactions.json",
                json!([reaction("Mära B gefällt der Beitrag von Änn.")]),
            ),
            ("your_facebook_activity/messages/inbox/ann_1a/message_1.json", talk()),
        ]),
    ]
}

#[test]
fn the_eras_say_the_same() {
    let expected: BTreeSet<String> = [
        "friend name:Mära B -> name:Änn start=1750000000000 label=",
        "follow name:Mära B -> name:Ben start=1750000000000 label=",
        "comment name:Mära B -> name:Änn at=1750000000000 id=comment/1750000000 labels=#lesewoche https://b.example/x",
        "reaction name:Mära B -> name:Änn at=1750000000000 id=reaction/1750000000",
        "message thread:1a -> name:Mära B at=1600000000000 id=message/1a/1600000000000",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    for source in eras() {
        assert_eq!(probe(&source), Probe::CERTAIN);
        assert_eq!(facts(&read_all(&source)), expected);
    }
    assert_eq!(probe(&first_era()), Probe::LIKELY);
    assert_eq!(facts(&read_all(&first_era())), expected);
}

#[test]
fn pages_and_groups_are_organisations() {
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "pages/pages_you_follow.json",
            json!({"pages_followed_v2": [{"timestamp": THEN, "data": [{"name": doubled("Bücherei")}], "title": "x"}]}),
        ),
        ("pages/pages_you've_liked.json", json!({"page_likes_v2": [named("Bücherei", THEN)]})),
        (
            "groups/your_group_membership_activity.json",
            json!({"groups_joined_v2": [{"timestamp": THEN, "data": [{"name": "Garten"}], "title": "x"}]}),
        ),
        (
            "friends_and_followers/removed_friends.json",
            json!({"deleted_friends_v2": [named("Ann", THEN)]}),
        ),
    ]));
    assert_eq!(
        all(&seen, "subscriber"),
        ["subscriber name:Mära B -> page:Bücherei start=1750000000000 label="]
    );
    assert_eq!(
        all(&seen, "endorser"),
        ["endorser name:Mära B -> page:Bücherei start=1750000000000 label="]
    );
    assert_eq!(
        all(&seen, "member"),
        ["member name:Mära B -> group:Garten start=1750000000000 label="]
    );
    assert_eq!(all(&seen, "friend"), ["friend name:Mära B -> name:Ann start=? label="]);
    assert_eq!(seen.of("account").filter(|line| line.ends_with("flags=8")).count(), 2);
}

#[test]
fn packed_in_a_wrapper_folder_or_in_parts_it_is_the_same() {
    let whole = [
        (PROFILE, profile()),
        ("connections/friends/your_friends.json", json!({"friends_v2": [named("Änn", THEN)]})),
        (
            "your_facebook_activity/messages/inbox/ann_1a/message_1.json",
            talk(&["Änn", "Mära B"], &[("Änn", THEN)]),
        ),
        (
            "your_facebook_activity/messages/inbox/ann_1a/message_2.json",
            talk(&["Änn", "Mära B"], &[("Mära B", THEN)]),
        ),
    ];
    let expected = facts(&read_all(&files(&whole)));
    assert_eq!(expected.len(), 3);
    let one = MemorySource::new().at(NOW).with_file("any.zip", &zipped(&whole));
    assert_eq!(facts(&read_all(&one)), expected);
    let two = MemorySource::new()
        .at(NOW)
        .with_file("part-1.zip", &zipped(&whole[..3]))
        .with_file("part-2.zip", &zipped(&whole[3..]));
    assert_eq!(facts(&read_all(&two)), expected);
    let wrapped: Vec<(String, Value)> =
        whole.iter().map(|(name, value)| (format!("My export/{name}"), value.clone())).collect();
    let wrapped: Vec<(&str, Value)> = wrapped.iter().map(|(n, v)| (&**n, v.clone())).collect();
    assert_eq!(facts(&read_all(&files(&wrapped))), expected);
}

#[test]
fn of_two_downloads_the_newer_lists_are_read_and_all_events() {
    let export = |friend: &str, seconds: i64| {
        zipped(&[
            (PROFILE, profile()),
            ("connections/friends/your_friends.json", json!({"friends_v2": [named(friend, THEN)]})),
            (
                "your_facebook_activity/messages/inbox/ann_1a/message_1.json",
                talk(&["Änn", "Mära B"], &[("Änn", seconds)]),
            ),
        ])
    };
    let source = MemorySource::new()
        .at(NOW)
        .with_file("facebook-mara.b-2024-01-02-aa.zip", &export("Old", THEN))
        .with_file("facebook-mara.b-2026-01-02-bb.zip", &export("New", THEN + 9));
    let seen = read_all(&source);
    assert_eq!(all(&seen, "friend"), ["friend name:Mära B -> name:New start=1750000000000 label="]);
    assert_eq!((seen.count("message"), seen.count("older-copy")), (2, 1));
}

#[test]
fn the_owner_is_known_by_profile_word_comments_or_conversations() {
    let list = ("friends_and_followers/friends.json", json!({"friends_v2": [named("Ann", THEN)]}));
    assert_eq!(refused(&files(std::slice::from_ref(&list)), ""), "no-owner");
    let mut seen = Recorder::default();
    read(&files(std::slice::from_ref(&list)), "Mara", &mut seen).unwrap();
    assert_eq!(all(&seen, "friend"), ["friend name:Mara -> name:Ann start=1750000000000 label="]);
    let said = (
        "comments_and_reactions/comments.json",
        json!({"comments_v2": [comment("Mära B commented on Ann's post.")]}),
    );
    let one = ("messages/inbox/a_1/message_1.json", talk(&["Ann", "Mära B"], &[]));
    let two = ("messages/inbox/b_2/message_1.json", talk(&["Ben", "Mära B"], &[]));
    for parts in [vec![list.clone(), said], vec![list, one, two]] {
        let seen = read_all(&files(&parts));
        assert!(
            seen.of("account").next().unwrap().starts_with("account name:Mära B "),
            "{:?}",
            seen.lines
        );
    }
    let other = json!({"profile_v2": {"name": {"full_name": "Other"}}});
    let both = files(&[
        ("a/profile_information/profile_information.json", profile()),
        ("b/profile_information/profile_information.json", other),
    ]);
    assert_eq!(refused(&both, ""), "several-owners");
}

#[test]
fn web_pages_and_other_files_are_refused_by_name() {
    let page = MemorySource::new()
        .with_file("your_facebook_activity/messages/inbox/a_1/message_1.html", b"<html></html>");
    assert_eq!((probe(&page), refused(&page, "")), (Probe::LIKELY, "html-export"));
    let other = MemorySource::new().with_file("notes.json", b"{\"a\": 1}");
    assert_eq!((probe(&other), refused(&other, "")), (Probe::NO, "no-archive"));
}

#[test]
fn conversations_alone_may_be_of_either_platform_and_instagram_says_so_itself() {
    let talk = || talk(&["Ann", "Mära B"], &[("Ann", THEN)]);
    let alone = files(&[("messages/inbox/a_1/message_1.json", talk())]);
    assert_eq!(probe(&alone), Probe::new(40));
    let instagram = files(&[("your_instagram_activity/messages/inbox/a_1/message_1.json", talk())]);
    assert_eq!(probe(&instagram), Probe::NO);
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    assert_eq!(differs_by_order(&synth(), |source| read_all(source)), None);
}
