//! Rows and lists that mislead: broken dates, doubles, deleted accounts, unknown targets, periods.

use super::*;

fn friends(rows: &Value) -> Recorder {
    read_all(&files(&[
        (PROFILE, profile()),
        ("friends_and_followers/friends.json", json!({"friends_v2": rows})),
    ]))
}

#[test]
fn broken_dates_leave_a_tie_undated_and_an_event_out() {
    let seen = friends(&json!([
        named("a", 0),
        named("b", -62_169_958_800),
        named("c", 852_076_800),
        named("d", 4_102_444_800)
    ]));
    assert_eq!(seen.of("friend").filter(|line| line.contains("start=?")).count(), 4);
    assert!(finding(&seen, "undated-tie").ends_with("×3"));
    assert!(finding(&seen, "future-date").ends_with("×1"));
    let like = |at: i64| json!({"timestamp": at, "title": "Mara likes Ann's post.", "data": []});
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "comments_and_reactions/posts_and_comments.json",
            json!({"reactions_v2": [like(0), like(i64::MIN), like(i64::MAX), like(THEN)]}),
        ),
    ]));
    assert!(finding(&seen, "no-date").ends_with("×2"));
    assert!(finding(&seen, "future-date").ends_with("×1"));
}

#[test]
fn namesakes_merge_and_it_is_said() {
    let seen =
        friends(&json!([named("Dmitri", THEN), named("Dmitri", THEN + 1), named("Dmitri", THEN)]));
    assert_eq!(seen.count("friend"), 2);
    assert_eq!(seen.of("account").filter(|line| line.contains("Dmitri")).count(), 1);
    assert!(finding(&seen, "namesake").starts_with("warning"));
    assert!(finding(&seen, "duplicate-row").starts_with("note"));
}

#[test]
fn deleted_accounts_and_rows_without_a_name_are_counted() {
    let seen = friends(
        &json!([named("Facebook User", THEN), {"timestamp": THEN}, named("Ann", 1_400_000_000)]),
    );
    assert_eq!(
        (seen.count("friend"), seen.count("deleted-account"), seen.count("bad-name")),
        (1, 1, 1)
    );
    // A row that could not be read: the list is not complete.
    assert!(seen.of("coverage").next().unwrap().contains("held=0"));
}

#[test]
fn an_export_of_some_last_period_ends_no_ties() {
    let seen = friends(&json!([named("Ann", THEN)]));
    assert!(seen.of("coverage").next().unwrap().contains("held=0"));
    assert!(finding(&seen, "period-unknown").starts_with("note"));
    let seen = friends(&json!([named("Ann", THEN), named("Ben", 1_400_000_000)]));
    let held = TieKinds::of(&[TieKind::Friend]).bits();
    assert!(seen.of("coverage").next().unwrap().contains(&format!("held={held} ")));
}

#[test]
fn what_a_sentence_does_not_say_is_counted_and_not_guessed() {
    let row = |title: &str| json!({"timestamp": THEN, "title": doubled(title), "data": [{"comment": {"comment": "x", "author": doubled("Mära B")}}]});
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        ("friends_and_followers/friends.json", json!({"friends_v2": [named("Zoë Ź", THEN)]})),
        (
            "comments_and_reactions/comments.json",
            json!({"comments_v2": [
                row("Mära B commented on a post."),
                row("Mära B commented on her own post."),
                row("Mära B skomentowała post użytkownika Zoë Ź."),
                row("Mära B skomentowała post użytkownika Nikt."),
                row("Mära B commented on Facebook User's post."),
                json!({"timestamp": THEN, "data": []}),
            ]}),
        ),
    ]));
    assert_eq!(
        all(&seen, "comment"),
        ["comment name:Mära B -> name:Zoë Ź at=1750000000000 id=comment/1750000000"]
    );
    assert!(finding(&seen, "target-unknown").ends_with("×3"));
    assert!(finding(&seen, "own-post").ends_with("×1"));
    assert!(finding(&seen, "deleted-account").ends_with("×1"));
}

#[test]
fn comments_in_groups_carry_no_labels() {
    let row = |group: Value| {
        let mut comment = json!({"comment": "#Lesewoche", "author": "x"});
        if group != Value::Null {
            comment["group"] = group;
        }
        json!({"timestamp": THEN, "title": "Mara commented on Ann's post.", "data": [{"comment": comment}]})
    };
    let read = |group: Value| {
        let seen = read_all(&files(&[
            (PROFILE, json!({"profile_v2": {"name": {"full_name": "Mara"}}})),
            ("comments_and_reactions/comments.json", json!({"comments_v2": [row(group)]})),
        ]));
        seen.of("comment").next().unwrap().to_owned()
    };
    assert!(read(Value::Null).ends_with(" labels=#lesewoche"));
    assert!(!read("Garten".into()).contains("labels"));
}

#[test]
fn those_tagged_in_own_posts_are_named() {
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "posts/your_posts_1.json",
            json!([
                {"timestamp": THEN, "data": [{"post": "x"}], "tags": [{"name": doubled("Änn")}, {"name": doubled("Mära B")}]},
                {"timestamp": THEN + 1, "tags": ["Ben"]},
            ]),
        ),
    ]));
    assert_eq!(
        all(&seen, "mention"),
        [
            "mention name:Mära B -> name:Änn at=1750000000000 id=post/1750000000",
            "mention name:Mära B -> name:Ben at=1750000001000 id=post/1750000001",
        ]
    );
}

#[test]
fn a_download_of_instagram_beside_it_is_left_to_instagram() {
    let theirs = files(&[
        (
            "instagram/your_instagram_activity/messages/inbox/x_9/message_1.json",
            talk(&["Xen", "Mära B"], &[("Xen", THEN)]),
        ),
        (
            "instagram/connections/followers_and_following/following.json",
            json!({"relationships_following": []}),
        ),
    ]);
    assert_eq!(probe(&theirs), Probe::NO);
    let both = |prefix: &str| {
        let friends = json!({"friends_v2": [named("Ann", THEN)]});
        let ours = talk(&["Ann", "Mära B"], &[("Ann", THEN)]);
        theirs
            .clone()
            .with_file(&format!("{prefix}{PROFILE}"), profile().to_string().as_bytes())
            .with_file(
                &format!("{prefix}connections/friends/your_friends.json"),
                friends.to_string().as_bytes(),
            )
            .with_file(
                &format!("{prefix}your_facebook_activity/messages/inbox/a_1/message_1.json"),
                ours.to_string().as_bytes(),
            )
    };
    for prefix in ["facebook/", ""] {
        let source = both(prefix);
        assert_eq!(probe(&source), Probe::CERTAIN, "{prefix}");
        let seen = read_all(&source);
        assert_eq!(
            (seen.count("friend"), seen.count("message")),
            (1, 1),
            "{prefix}: {:#?}",
            seen.lines
        );
    }
}

#[test]
fn addresses_stand_beside_friends_until_2020_and_in_the_profile() {
    let seen = read_all(&files(&[
        (
            PROFILE,
            json!({"profile": {"name": {"full_name": doubled("Mära B")},
                "emails": {"emails": ["Mara@b.example", 7], "previous_emails": ["old@b.example"]},
                "profile_uri": "https://www.facebook.com/mara.b"}}),
        ),
        (
            "friends/friends.json",
            json!({"friends": [
                {"name": "Ann", "timestamp": THEN, "contact_info": "Ann@a.example"},
                {"name": "Ben", "timestamp": THEN, "contact_info": "+49 170 1"},
                {"name": "Cem", "timestamp": THEN}]}),
        ),
    ]));
    assert_eq!(seen.count("friend"), 3);
    assert_eq!(
        seen.facts,
        [
            "name:Mära B page facebook.com/mara.b",
            "name:Mära B mail mara@b.example",
            "name:Ann mail ann@a.example"
        ]
    );
}
