//! Posts: whom they answer, name, share and quote.

use super::*;

#[test]
fn a_reply_goes_to_whom_it_answers_and_the_others_named_are_mentions() {
    let recorder = check(
        &[tweet(
            1,
            &json!({
                "in_reply_to_user_id_str": ANN, "in_reply_to_status_id_str": "5", "in_reply_to_screen_name": "ann",
                "user_mentions": [mention(ANN, "ann"), mention(BEN, "ben"), mention(OWN, "mara"), mention(BEN, "ben")],
                "urls": [{"expanded_url": "https://b.example/x"}], "hashtags": [{"text": "LeseWoche"}],
            }),
        )],
        &["1 reply me -> 144781521050584354", "1 mention me -> 1226063409110618708"],
    );
    assert!(
        recorder.of("reply").all(|line| line.ends_with("labels=#lesewoche https://b.example/x"))
    );
    assert!(recorder.lines.contains(&format!("account {ANN} alias= handle=ann name=ANN flags=0")));
    assert_eq!(recorder.count("account"), 4, "{:#?}", recorder.lines);
}

#[test]
fn a_reply_without_the_screen_name_still_has_its_id() {
    let fields = json!({"in_reply_to_user_id_str": ANN, "in_reply_to_status_id_str": "5"});
    let recorder = check(&[tweet(1, &fields)], &["1 reply me -> 144781521050584354"]);
    assert_eq!(recorder.count("account"), 1, "of whom nothing is said but the id");
}

#[test]
fn a_reply_without_an_account_counts_only_for_those_it_names() {
    let fields = json!({"in_reply_to_status_id_str": "5", "user_mentions": [mention(BEN, "ben")]});
    let recorder = check(&[tweet(1, &fields)], &["1 mention me -> 1226063409110618708"]);
    check_finding(&recorder, "reply-author-unknown warning data/tweets.js:");
}

#[test]
fn a_mention_of_minus_one_is_somebody_who_is_gone() {
    let fields = json!({"user_mentions": [mention("-1", "ghost"), mention(ANN, "ann")]});
    let recorder = check(&[tweet(1, &fields)], &["1 mention me -> 144781521050584354"]);
    check_finding(&recorder, "gone note data/tweets.js:");
}

#[test]
fn an_answer_to_oneself_is_no_contact() {
    let fields = json!({"in_reply_to_user_id_str": OWN, "in_reply_to_status_id_str": "5"});
    let recorder = check(&[tweet(1, &fields)], &[]);
    check_finding(&recorder, "own-post note data/tweets.js:");
}

#[test]
fn a_share_is_only_the_text_and_the_first_mention() {
    let recorder = check(
        &[
            tweet(
                1,
                &json!({"full_text": "RT @Ann: hear @ben", "user_mentions": [mention(ANN, "ann"), mention(BEN, "ben")]}),
            ),
            tweet(
                2,
                &json!({"full_text": "RT @ghost: x", "user_mentions": [mention("-1", "ghost")]}),
            ),
            tweet(3, &json!({"full_text": "RT @mara: x", "user_mentions": [mention(OWN, "mara")]})),
        ],
        &["1 share me -> 144781521050584354", "2 share me -> @ghost"],
    );
    check_finding(&recorder, "by-name note data/tweets.js:");
    check_finding(&recorder, "own-post note data/tweets.js:");
}

#[test]
fn a_quote_is_only_the_address_of_a_status() {
    let url = |url: &str| json!({"urls": [{"expanded_url": url}]});
    let recorder = check(
        &[
            tweet(1, &url("https://twitter.com/Ann/status/5")),
            tweet(2, &url("https://x.com/stranger/status/6")),
            tweet(3, &url("https://twitter.com/mara/status/7")),
            tweet(4, &url(&format!("https://twitter.com/old_mara/status/{}", number_of(1)))),
            tweet(5, &url("https://twitter.com/i/web/status/8")),
            // Whose the handle was stands in a later post.
            tweet(6, &json!({"user_mentions": [mention(ANN, "ann")]})),
        ],
        &[
            "6 mention me -> 144781521050584354",
            "1 quote me -> 144781521050584354",
            "2 quote me -> @stranger",
        ],
    );
    assert!(
        recorder
            .lines
            .iter()
            .any(|line| line == "account @stranger alias= handle=stranger name= flags=0")
    );
    assert!(recorder.of("quote").all(|line| !line.contains("labels=")), "a quoted post is no page");
}

#[test]
fn a_handle_that_two_accounts_had_leads_to_neither() {
    check(
        &[
            tweet(1, &json!({"user_mentions": [mention(ANN, "ann")]})),
            tweet(2, &json!({"user_mentions": [mention(BEN, "Ann")]})),
            tweet(3, &json!({"urls": [{"expanded_url": "https://x.com/ann/status/5"}]})),
        ],
        &[
            "1 mention me -> 144781521050584354",
            "2 mention me -> 1226063409110618708",
            "3 quote me -> @ann",
        ],
    );
}

#[test]
fn retweeted_and_favorited_are_always_false_and_believed_by_nobody() {
    let fields = json!({"retweeted": true, "favorited": true, "full_text": "not one"});
    check(&[tweet(1, &fields)], &[]);
}

#[test]
fn dates_before_the_platform_began_are_taken_from_the_id() {
    let fields = |date: &str| json!({"created_at": date, "user_mentions": [mention(ANN, "ann")]});
    let list = [
        tweet(1, &fields("Mon Jan 06 10:00:00 +0000 1997")),
        tweet(2, &fields("Mon Jan 06 10:00:00 +0000 2003")),
    ];
    let recorder = read_all(&posted(&list));
    let expected = moment::of_id(&number_of(1)).unwrap().unix_ms();
    assert!(recorder.of("mention").all(|line| line.contains(&format!("at={expected} "))));
    check_finding(&recorder, "odd-date note data/tweets.js:");
    let old = json!([{"id_str": "20", "created_at": "nonsense", "full_text": "x"}]);
    let source = MemorySource::new().at(NOW).with_file("account.js", &account());
    let recorder = read_all(&source.with_file("tweet.js", &script("tweet", &old)));
    check_finding(&recorder, "no-date warning tweet.js:");
}

#[test]
fn order_does_not_matter() {
    let fields = |id: &str, handle: &str| json!({"user_mentions": [mention(id, handle)], "urls": [{"expanded_url": "https://x.com/ann/status/5"}]});
    let list = [
        tweet(1, &fields(ANN, "ann")),
        tweet(2, &fields(BEN, "ben")),
        tweet(3, &fields(ANN, "ann_new")),
    ];
    let mut back = list.clone();
    back.reverse();
    let sorted = |list: &[Value]| {
        let mut lines = read_all(&posted(list)).lines;
        lines.sort();
        lines
    };
    let strip = |lines: Vec<String>| {
        lines.into_iter().filter(|line| !line.contains(" note ")).collect::<Vec<_>>()
    };
    assert_eq!(strip(sorted(&list)), strip(sorted(&back)));
}

#[test]
fn an_edited_post_is_one_post() {
    let fields = |initial: Option<String>| {
        let edit =
            initial.map_or(json!({"initial": {}}), |id| json!({"edit": {"initialTweetId": id}}));
        json!({"edit_info": edit, "user_mentions": [mention(ANN, "ann")]})
    };
    let list = [tweet(1, &fields(None)), tweet(2, &fields(Some(number_of(1))))];
    let ids: Vec<String> = events(&read_all(&posted(&list)));
    assert_eq!(ids, ["1 mention me -> 144781521050584354"; 2], "the store keeps one of them");
}

#[test]
fn control_characters_are_mended() {
    let mut bytes =
        tweets(&[tweet(1, &json!({"full_text": "a~b", "user_mentions": [mention(ANN, "ann")]}))]);
    let at = bytes.iter().position(|byte| *byte == b'~').unwrap();
    bytes[at] = 0x0b;
    let source = MemorySource::new().at(NOW).with_file("account.js", &account());
    let recorder = read_all(&source.with_file("tweets.js", &bytes));
    assert_eq!(events(&recorder), ["1 mention me -> 144781521050584354"]);
    check_finding(&recorder, "mended note tweets.js:");
}

#[test]
fn texts_are_escaped_and_never_kept() {
    let list = [tweet(
        1,
        &json!({"full_text": "secret &amp; quiet @ann", "user_mentions": [mention(ANN, "ann")]}),
    )];
    let recorder = read_all(&posted(&list));
    assert!(recorder.lines.iter().all(|line| !line.contains("secret") && !line.contains("amp")));
}

#[test]
fn community_posts_count_and_long_texts_and_likes_are_counted() {
    let note =
        json!([{"noteTweet": {"noteTweetId": "1", "createdAt": "2023-08-12T16:10:37.000Z"}}]);
    let like =
        json!([{"like": {"tweetId": "5", "expandedUrl": "https://twitter.com/i/web/status/5"}}]);
    let post = json!([tweet(9, &json!({"user_mentions": [mention(ANN, "ann")]}))]);
    let source = posted(&[])
        .with_file("data/note-tweet.js", &script("note_tweet", &note))
        .with_file("data/like.js", &script("like", &like))
        .with_file("data/community-tweet.js", &script("community_tweet", &post))
        .with_file("data/ad-engagements.js", &script("ad_engagements", &json!([])));
    let recorder = read_all(&source);
    assert_eq!(events(&recorder), ["9 mention me -> 144781521050584354"]);
    check_finding(&recorder, "long-texts note data/note-tweet.js:0 ×1");
    check_finding(&recorder, "likes-without-author note data/like.js:0 ×1");
    check_finding(&recorder, "other-files note :0 ×1");
    assert_eq!(recorder.count("reaction"), 0);
}
