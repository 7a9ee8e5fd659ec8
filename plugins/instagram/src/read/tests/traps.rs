//! Rows and lists that mislead: broken dates, doubles, deleted accounts, missing parts, periods.

use super::*;

fn lists(followers: Value, following: Value) -> Recorder {
    read_all(&files(&[
        (PROFILE, profile()),
        ("connections/followers_and_following/followers_1.json", followers),
        ("connections/followers_and_following/following.json", following),
    ]))
}

fn coverage(seen: &Recorder) -> &str {
    seen.of("coverage").next().unwrap()
}

#[test]
fn broken_dates_leave_a_tie_undated_and_an_event_out() {
    let rows = [0, -62_169_958_800, 852_076_800, 4_102_444_800]
        .map(|at| listed(&format!("p{at}").replace('-', "m"), at));
    let seen = lists(json!(rows), json!({"relationships_following": []}));
    assert_eq!(seen.of("follow").filter(|line| line.contains("start=?")).count(), 4);
    assert!(finding(&seen, "undated-tie").ends_with("×3"));
    assert!(finding(&seen, "future-date").ends_with("×1"));
    let like = |at: i64| json!({"title": "ann", "string_list_data": [{"timestamp": at}]});
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "likes/liked_posts.json",
            json!({"likes_media_likes": [like(0), like(-62_169_958_800), like(i64::MAX), like(THEN)]}),
        ),
    ]));
    assert_eq!(
        (seen.count("reaction"), finding(&seen, "no-date")),
        (1, "warning likes/liked_posts.json:23 ×2".to_owned())
    );
    assert!(finding(&seen, "future-date").ends_with("×1"));
}

#[test]
fn case_variants_and_duplicate_follows_are_one() {
    let seen = lists(
        json!([listed("Ann", THEN), listed("ANN", THEN + 1), listed("mara", THEN)]),
        json!({"relationships_following": null}),
    );
    assert_eq!(all(&seen, "follow"), ["follow ann -> mara start=1750000000000 label="]);
    assert!(finding(&seen, "duplicate-row").ends_with("×1"));
    assert!(finding(&seen, "own-row").ends_with("×1"));
}

#[test]
fn deleted_accounts_in_lists_are_counted_and_break_nothing() {
    let seen = lists(
        json!([listed("__deleted__20c4", THEN), listed("ann", 1_600_000_000), listed("ben", THEN)]),
        json!({"relationships_following": []}),
    );
    assert_eq!(seen.count("follow"), 2);
    assert!(finding(&seen, "deleted-account").starts_with("note"));
    assert!(coverage(&seen).contains(&format!("to={}", TieKinds::of(&[TieKind::Follow]).bits())));
}

#[test]
fn a_list_with_a_bad_row_or_a_missing_part_is_not_complete() {
    let old = || listed("old", 1_500_000_000);
    let seen = lists(
        json!([old(), listed("ann", THEN), {"title": "two words"}]),
        json!({"relationships_following": [old()]}),
    );
    assert!(
        coverage(&seen).contains(&format!("held={} to=0", TieKinds::of(&[TieKind::Follow]).bits()))
    );
    assert!(finding(&seen, "bad-name").starts_with("warning"));
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        ("connections/followers_and_following/followers_2.json", json!([old()])),
    ]));
    assert_eq!(
        finding(&seen, "missing-part"),
        format!("warning {LISTS_FOLDER}/followers_2.json:0 ×1")
    );
    assert!(coverage(&seen).contains("to=0"));
    assert_eq!(seen.count("follow"), 1);
}

#[test]
fn an_export_of_some_last_period_ends_no_ties() {
    let young = || {
        (json!([listed("ann", THEN)]), json!({"relationships_following": [listed("ben", THEN)]}))
    };
    let seen = lists(young().0, young().1);
    assert!(coverage(&seen).contains("held=0 to=0"));
    assert!(finding(&seen, "period-unknown").starts_with("note"));
    // The account is as young as the lists: then they are complete.
    let signup = json!({"account_history_registration_info": [{"string_map_data": {
        "Time": {"href": "", "value": "", "timestamp": THEN - 86_400}}}]});
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        ("connections/followers_and_following/followers_1.json", young().0),
        ("connections/followers_and_following/following.json", young().1),
        ("security_and_login_information/login_and_profile_creation/signup_details.json", signup),
    ]));
    assert!(coverage(&seen).contains("held=2 to=2"), "{}", coverage(&seen));
    assert_eq!(finding(&seen, "period-unknown"), "");
}

#[test]
fn who_was_unfollowed_blocked_or_kept_close_is_read_as_that() {
    let row = |key: &str, name: &str| json!({key: [listed(name, THEN)]});
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "followers_and_following/recently_unfollowed_profiles.json",
            row("relationships_unfollowed_users", "ann"),
        ),
        (
            "followers_and_following/blocked_profiles.json",
            row("relationships_blocked_users", "ben"),
        ),
        (
            "followers_and_following/restricted_profiles.json",
            row("relationships_restricted_users", "cara"),
        ),
        ("followers_and_following/close_friends.json", row("relationships_close_friends", "dora")),
        (
            "followers_and_following/pending_follow_requests.json",
            row("relationships_follow_requests_sent", "emil"),
        ),
        (
            "followers_and_following/recent_follow_requests.json",
            row("relationships_permanent_follow_requests", "finn"),
        ),
    ]));
    assert_eq!(all(&seen, "follow"), ["follow mara -> ann start=? label="]);
    assert_eq!(all(&seen, "block"), ["block mara -> ben start=1750000000000 label="]);
    assert_eq!(all(&seen, "mute"), ["mute mara -> cara start=1750000000000 label=restricted"]);
    assert_eq!(
        all(&seen, "contact"),
        ["contact mara -> dora start=1750000000000 label=close friends"]
    );
    assert_eq!((seen.count("requests"), seen.count("account")), (2, 5));
}

#[test]
fn own_posts_and_comments_on_them_name_people_and_are_no_contact_with_oneself() {
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "your_instagram_activity/content/posts_1.json",
            json!([
                {"media": [{"uri": "", "creation_timestamp": THEN, "title": doubled("Mit @ann.a und @Mara, für @ben! #Lesewoche https://b.example/x")}]},
                {"title": "Later @cara", "creation_timestamp": THEN + 9, "media": [{"title": ""}, {"title": ""}]},
            ]),
        ),
        (
            "your_instagram_activity/comments/post_comments_1.json",
            json!([
                {"string_map_data": {"Comment": {"value": "@ann.a thanks"}, "Media Owner": {"value": "mara"}, "Time": {"timestamp": THEN}}},
            ]),
        ),
        (
            "your_instagram_activity/comments/reels_comments.json",
            json!({"comments_reels_comments": [
                {"string_map_data": {"Comment": {"value": "wow"}, "Media Owner": {"value": "ben"}, "Time": {"timestamp": THEN}}},
            ]}),
        ),
    ]));
    assert_eq!(
        all(&seen, "mention"),
        [
            "mention mara -> ann.a at=1750000000000 id=comment/1750000000",
            "mention mara -> ann.a at=1750000000000 id=post/1750000000 labels=#lesewoche https://b.example/x",
            "mention mara -> ben at=1750000000000 id=post/1750000000 labels=#lesewoche https://b.example/x",
            "mention mara -> cara at=1750000009000 id=post/1750000009",
        ]
    );
    assert_eq!(
        all(&seen, "comment"),
        ["comment mara -> ben at=1750000000000 id=comment/1750000000"]
    );
    assert!(finding(&seen, "own-post").ends_with("×1"));
}

#[test]
fn threads_of_both_domains_share_the_people_and_not_the_owner() {
    let person = |name: &str, domain: &str| {
        json!({"title": "Ann", "string_list_data": [
        {"href": format!("https://www.threads.{domain}/@{name}"), "value": name, "timestamp": THEN}]})
    };
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (
            "connections/followers_and_following/following.json",
            json!({"relationships_following": [listed("ann", THEN)]}),
        ),
        (
            "your_instagram_activity/threads/following.json",
            json!({"text_post_app_text_post_app_following": [person("ANN", "net"), person("ben", "com")]}),
        ),
    ]));
    assert_eq!(
        all(&seen, "follow"),
        [
            "follow mara -> ann start=1750000000000 label=",
            "follow threads:mara -> ann start=1750000000000 label=Threads",
            "follow threads:mara -> ben start=1750000000000 label=Threads",
        ]
    );
    assert_eq!(seen.count("coverage"), 2);
}

#[test]
fn the_moment_of_the_export_is_that_of_its_archive() {
    let list =
        [("connections/followers_and_following/followers_1.json", json!([listed("ann", THEN)]))];
    let packed = MemorySource::new().at(NOW).with_file(&format!("{ZIP}.zip"), &zipped(&list));
    // 2026-01-02 03:04:06, as the zip says.
    assert!(coverage(&read_all(&packed)).ends_with("until=1767323046000"));
    let name = format!("{ZIP}/{}", list[0].0);
    let unpacked = files(&[(&name, list[0].1.clone())]);
    // Noon of the day in the folder's name.
    assert!(coverage(&read_all(&unpacked)).ends_with("until=1767355200000"));
    let loose = files(&[(PROFILE, profile()), (list[0].0, list[0].1.clone())]);
    assert!(coverage(&read_all(&loose)).ends_with("until=1750000000000"));
}

#[test]
fn a_download_of_facebook_beside_it_is_left_to_facebook() {
    let source = files(&[
        (
            "facebook/your_facebook_activity/messages/inbox/x_9/message_1.json",
            talk(&["Xen", "Mära"], &[("Xen", THEN)]),
        ),
        (
            "facebook/connections/followers/following.json",
            json!({"following_v3": [{"name": "Ann", "timestamp": THEN}]}),
        ),
        (&format!("instagram/{PROFILE}"), profile()),
        (
            &format!("instagram/{LISTS_FOLDER}/following.json"),
            json!({"relationships_following": [listed("ben", THEN)]}),
        ),
        (
            "instagram/your_instagram_activity/messages/inbox/a_1/message_1.json",
            talk(&["Ann", "Mära"], &[("Ann", THEN)]),
        ),
    ]);
    assert_eq!(probe(&source), Probe::CERTAIN);
    let seen = read_all(&source);
    assert_eq!((seen.count("follow"), seen.count("message")), (1, 1), "{:#?}", seen.lines);
}

#[test]
fn a_user_name_is_an_address_too() {
    let liked = json!([{"title": "ben", "string_list_data": [{"href": "https://www.instagram.com/p/x/", "value": "👍", "timestamp": THEN}]}]);
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        (&format!("{LISTS_FOLDER}/followers_1.json"), json!([listed("Ann", THEN)])),
        ("likes/liked_posts.json", json!({"likes_media_likes": liked})),
    ]));
    let pages: Vec<&str> = seen.facts.iter().map(String::as_str).collect();
    assert_eq!(
        pages,
        [
            "mara page instagram.com/mara",
            "ann page instagram.com/ann",
            "ben page instagram.com/ben"
        ]
    );
    // Who is shown by a name alone has no address.
    let seen = read_all(&files(&[
        (PROFILE, profile()),
        ("messages/inbox/ann_17/message_1.json", talk(&["Ann Bee", "Mära"], &[("Ann Bee", THEN)])),
    ]));
    assert_eq!(seen.facts, ["mara page instagram.com/mara"]);
}
