//! The eras: until 2018 with a table and a script a month, 2019 at the top and unwrapped, since 2020 in `data`.

use super::*;

fn month(posts: &Value) -> Vec<u8> {
    format!("Grailbird.data.tweets_2013_01 = \n{posts:#}").into_bytes()
}

fn old_tweet(id: &str, fields: &Value) -> Value {
    let mut tweet = json!({
        "id_str": id, "id": id.parse::<u64>().unwrap(), "created_at": "2013-01-24 02:02:37 +0000", "text": "x",
        "entities": {"user_mentions": [], "urls": [], "hashtags": []},
        "user": {"id_str": OWN, "screen_name": "mara", "name": "Mara"},
    });
    for (key, value) in fields.as_object().unwrap() {
        tweet[key] = value.clone();
    }
    tweet
}

const TABLE: &str = "\"tweet_id\",\"in_reply_to_status_id\",\"in_reply_to_user_id\",\"timestamp\",\"source\",\"text\",\"retweeted_status_id\",\"retweeted_status_user_id\",\"retweeted_status_timestamp\",\"expanded_urls\"\n";

fn table(rows: &str) -> MemorySource {
    MemorySource::new().at(NOW).with_file("tweets.csv", format!("{TABLE}{rows}").as_bytes())
}

#[test]
fn grailbird_scripts_name_the_owner_and_the_shared_writer() {
    let posts = json!([
        old_tweet(
            "294278399000000001",
            &json!({"in_reply_to_user_id": 12, "in_reply_to_screen_name": "ann"})
        ),
        old_tweet(
            "294278399000000002",
            &json!({
                "text": "RT @ben: x", "retweeted_status": {"user": {"id_str": BEN, "screen_name": "ben"}},
            })
        ),
        old_tweet(
            "294278399000000003",
            &json!({"entities": {"user_mentions": [mention(ANN, "ann")]}})
        ),
    ]);
    let details = "var user_details =  {\n \"screen_name\" : \"mara\", \"full_name\" : \"Mara\", \"id\" : 1400000000000000001, \"created_at\" : \"2008-07-01 10:00:00 +0000\" }";
    let payload = "var payload_details =  {\"tweets\" : 3, \"created_at\" : \"2017-04-30 23:59:59 +0000\", \"lang\" : \"en\"}";
    let source =
        MemorySource::new().at(NOW).with_file("x/data/js/tweets/2013_01.js", &month(&posts));
    let alone = read_all(&source);
    let expected = [
        "294278399000000001 reply me -> 12",
        "294278399000000002 share me -> 1226063409110618708",
        "294278399000000003 mention me -> 144781521050584354",
    ];
    assert_eq!(events(&alone), expected);
    check_finding(&alone, "owner-proven note x/data/js/tweets/2013_01.js:0 ×1");
    let whole = source
        .with_file("x/data/js/user_details.js", details.as_bytes())
        .with_file("x/data/js/payload_details.js", payload.as_bytes())
        .with_file(
            "x/tweets.csv",
            format!("{TABLE}\"5\",,\"12\",\"2013-01-24 02:02:37 +0000\"\n").as_bytes(),
        );
    let whole = read_all(&whole);
    assert_eq!(events(&whole), expected);
    assert_eq!(whole.lines[0], format!("account {OWN} alias= handle=mara name=Mara flags=3"));
    check_finding(&whole, "table-passed note x/tweets.csv:0 ×1");
    let made = moment::moment("2017-04-30 23:59:59 +0000").unwrap().unix_ms();
    check_coverage(&whole, &format!("until={made}"));
    check_finding(&whole, "no-messages note");
}

#[test]
fn the_table_alone_yields_replies_shares_and_quotes_but_no_mentions() {
    let rows = "\"294278399000000001\",\"5\",\"12\",\"2013-01-24 02:02:37 +0000\",\"web\",\"@ann hi\",\"\",\"\",\"\",\"\"\n\
        \"294278399000000002\",\"\",\"\",\"2013-01-24 02:02:38 +0000\",\"web\",\"RT @ben: x\",\"7\",\"13\",\"2013-01-20 00:00:00 +0000\",\"\"\n\
        \"294278399000000003\",\"\",\"\",\"2013-01-24 02:02:39 +0000\",\"web\",\"look #Eins\",\"\",\"\",\"\",\"https://twitter.com/cy/status/9,https://a.example/x\"\n";
    let recorder = read_all(&table(rows));
    let lines: Vec<&str> =
        ["reply", "share", "quote"].into_iter().flat_map(|kind| recorder.of(kind)).collect();
    assert_eq!(
        lines,
        [
            "reply me -> 12 at=1358992957000 id=294278399000000001",
            "share me -> 13 at=1358992958000 id=294278399000000002",
            "quote me -> @cy at=1358992959000 id=294278399000000003 labels=#eins https://a.example/x",
        ]
    );
    let sent = bits(&[InteractionKind::Reply, InteractionKind::Share, InteractionKind::Quote]);
    check_coverage(&recorder, &format!("sent={sent} received=0"));
}

#[test]
fn an_answer_to_an_own_post_in_the_table_proves_whose_it_is() {
    let rows = "\"294278399000000001\",\"\",\"\",\"2013-01-24 02:02:37 +0000\",\"\",\"x\"\n\
        \"294278399000000002\",\"294278399000000001\",\"77\",\"2013-01-24 02:02:38 +0000\",\"\",\"y\"\n\
        \"294278399000000003\",\"5\",\"12\",\"2013-01-24 02:02:39 +0000\",\"\",\"z\"\n";
    let recorder = read_all(&table(rows));
    assert_eq!(recorder.of("reply").count(), 1);
    assert!(recorder.of("reply").all(|line| line.starts_with("reply 77 -> 12 ")));
    check_finding(&recorder, "owner-proven note tweets.csv:0 ×1");
    check_finding(&recorder, "own-post note tweets.csv:3 ×1");
}

#[test]
fn the_user_may_say_whose_files_they_are() {
    let rows = "\"294278399000000001\",\"5\",\"12\",\"2013-01-24 02:02:37 +0000\",\"\",\"x\"\n";
    let mut recorder = Recorder::default();
    let params = Params::default().with_text("account-id", " 4711 ");
    X::new(&params).unwrap().read(&table(rows), &mut recorder).unwrap();
    assert!(recorder.of("reply").all(|line| line.starts_with("reply 4711 -> 12 ")));
    assert_eq!(recorder.count("owner-unknown"), 0);
}

#[test]
fn a_broken_table_says_where() {
    let recorder =
        read_all(&table("\"1\",\"\",\"\",\"2013-01-24 02:02:37 +0000\",\"\",\"open\n\"2\",,,\n"));
    check_finding(&recorder, "open-quote warning tweets.csv:2 ×1");
    let other = MemorySource::new()
        .at(NOW)
        .with_file("tweets.csv", b"tweet_id,in_reply_to_status_id\n1,2\n");
    check_finding(&read_all(&other), "no-column error tweets.csv:1 ×1");
}

#[test]
fn unwrapped_files_of_2019_lie_at_the_top() {
    let posts = json!([
        {"id_str": "1160912399800131584", "created_at": "Mon Aug 12 13:36:15 +0000 2019", "full_text": "x", "entities": {"user_mentions": [mention(ANN, "ann")]}},
    ]);
    let followers = json!([{"follower": {"accountId": "73747798"}}]);
    let zip = zip_of(&[
        ("account.js", &account()),
        ("tweet.js", &script("tweet", &posts)),
        ("follower.js", &script("follower", &followers)),
    ]);
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("twitter-2019.zip", &zip));
    assert_eq!(events(&recorder), ["1160912399800131584 mention me -> 144781521050584354"]);
    // No user link and no manifest: the list stood when the zip was made.
    let made = 1_706_788_800_000_i64;
    assert_eq!(
        recorder.of("follow").next().unwrap(),
        format!("follow 73747798 -> {OWN} start=<={made} label=")
    );
}

#[test]
fn headers_tell_times_where_posts_are_missing() {
    let list = json!([{"tweet": {"tweet_id": "1979736667021087142", "user_id": OWN, "created_at": "Sun Oct 19 02:29:37 +0000 2025"}}]);
    let source =
        MemorySource::new().at(NOW).with_file("tweet-headers.js", &script("tweet_headers", &list));
    let recorder = read_all(&source);
    let at = moment::moment("Sun Oct 19 02:29:37 +0000 2025").unwrap().unix_ms();
    check_coverage(
        &recorder,
        &format!("{OWN} sent=0 received=0 held=0 to=0 since={at} until={at}"),
    );
    check_finding(&recorder, "headers-only note");
}
