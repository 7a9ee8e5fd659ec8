//! What is odd about exports: roots of every year, empty sections, text files, names, dates.

use super::*;

const FANS: &str = r#"[{"Date":"2021-05-04 06:35:40","UserName":"@Ann"}]"#;

/// Returns the follows as `from -> to start`.
fn follows(recorder: &Recorder) -> Vec<String> {
    let cut = |line: &str| line.replacen("follow ", "", 1).replace(" label=", "");
    recorder.of("follow").map(cut).collect()
}

#[test]
fn lists_are_found_under_the_roots_of_every_year() {
    for (root, list) in [
        ("Activity", "Follower List"),
        ("Your Activity", "Follower"),
        ("Profile And Settings", "Follower"),
        ("Renamed Once More", "Somehow"),
    ] {
        let recorder = read_all(&with(&format!(r#""{root}":{{"{list}":{{"FansList":{FANS}}}}}"#)));
        assert_eq!(follows(&recorder), ["ann -> mara start=1620110140000"], "{root}");
    }
    let nested = format!(
        r#""Profile And Settings":{{"Following":{{"Following":{FANS}}}}},"App Settings":{{"Block":{{"BlockList":[{{"Date":"2021-05-04 06:35:40","UserName":"troll"}}]}}}}"#
    );
    let recorder = read_all(&with(&nested));
    assert_eq!(follows(&recorder), ["mara -> ann start=1620110140000"]);
    assert_eq!(recorder.of("block").count(), 1);
}

#[test]
fn null_in_place_of_a_list_is_unknown_and_an_empty_list_is_none() {
    let list = |value: &str| {
        read_all(&with(&format!(r#""Activity":{{"Follower List":{{"FansList":{value}}}}}"#)))
    };
    check_coverage(&list("null"), "held=0 to=0");
    check_finding(&list("null"), "no-followers note user_data_tiktok.json:0 ×1");
    let follow = TieKinds::of(&[TieKind::Follow]).bits();
    check_coverage(&list("[]"), &format!("held=0 to={follow}"));
    let recorder =
        read_all(&with(r#""Activity":null,"Comment":null,"Direct Messages":null,"Video":null"#));
    check_coverage(&recorder, "mara sent=0 received=0 held=0 to=0");
}

fn chat(key: &str, messages: &str) -> Recorder {
    read_all(&with(&format!(
        r#""Direct Messages":{{"Chat History":{{"ChatHistory":{{"{key}":[{messages}]}}}}}}"#
    )))
}

const SENT: &str = r#"{"Date":"2022-01-01 00:00:00","From":"mara","Content":"x"}"#;
const GOT: &str = r#"{"Date":"2022-01-02 00:00:00 UTC","From":"ANN","Content":"x"}"#;

fn messages(recorder: &Recorder) -> Vec<&str> {
    recorder.of("message").map(|line| line.split(" id=").next().unwrap()).collect()
}

#[test]
fn messages_go_both_ways_and_nothing_of_their_text_is_kept() {
    for key in ["Chat History with ann:", "Chat History with Ann", "Chat History with ann::"] {
        let recorder = chat(key, &format!("{SENT},{GOT}"));
        assert_eq!(
            messages(&recorder),
            ["message mara -> ann at=1640995200000", "message ann -> mara at=1641081600000"]
        );
        assert!(recorder.of("message").all(|line| !line.contains("labels=")));
    }
}

#[test]
fn messages_of_one_second_are_several_and_the_same_when_read_again() {
    let recorder = chat("Chat History with ann:", &format!("{SENT},{SENT}"));
    let ids: Vec<&str> =
        recorder.of("message").map(|line| line.split(" id=").nth(1).unwrap()).collect();
    assert_eq!(ids, ["message:ann:mara:1640995200000", "message:ann:mara:1640995200000:2"]);
}

#[test]
fn messages_of_groups_are_counted() {
    let recorder = read_all(&with(&format!(
        r#""Direct Message":{{"Group Chat":{{"GroupChat":{{"Group Chat History with us:":[{SENT}]}}}}}}"#
    )));
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "group-message note user_data_tiktok.json:1 ×1");
}

#[test]
fn likes_and_comments_are_for_somebody_only_if_their_address_says_whom() {
    let likes = r#"{"Date":"2022-01-01 00:00:00","VideoLink":"https://www.tiktokv.com/share/video/7066991272618894950/"},{"date":"2022-01-01 00:00:00","link":"https://www.tiktok.com/@Ann/video/7066991272618894951"}"#;
    let comments = r##"{"date":"2022-01-01 00:00:00","comment":"#Woche","url":"https://www.tiktok.com/@ann/video/7066991272618894951"},{"Date":"2022-01-01 00:00:00","Comment":"x","url":""}"##;
    let recorder = read_all(&with(&format!(
        r#""Likes and Favorites":{{"Like List":{{"ItemFavoriteList":[{likes}]}}}},"Comment":{{"Comments":{{"CommentsList":[{comments}]}}}}"#
    )));
    assert_eq!(recorder.of("reaction").count(), 1);
    let comment = recorder.of("comment").next().unwrap();
    assert!(
        comment.starts_with("comment mara -> ann at=1640995200000")
            && comment.ends_with("labels=#woche")
    );
    check_finding(&recorder, "likes-without-author note user_data_tiktok.json:1 ×1");
    check_finding(&recorder, "comments-without-target note user_data_tiktok.json:2 ×1");
    check_coverage(&recorder, "sent=0 received=0");
}

#[test]
fn who_is_nobody_leaves_a_list_incomplete_and_a_date_that_cannot_be_does_not() {
    let fans = |entry: &str| {
        read_all(&with(&format!(r#""Activity":{{"Follower List":{{"FansList":[{entry}]}}}}"#)))
    };
    let recorder = fans(r#"{"Date":"2021-05-04 06:35:40","UserName":"N/A"}"#);
    check_finding(&recorder, "no-name warning user_data_tiktok.json:1 ×1");
    check_coverage(&recorder, "to=0");
    let recorder = fans(
        r#"{"Date":"N/A","UserName":"ann"},{"Date":"1970-01-01 00:00:00","UserName":"ben"},{"Date":"","UserName":"MARA"}"#,
    );
    assert!(follows(&recorder).iter().all(|line| line.contains("start=<=")));
    check_finding(&recorder, "no-day note user_data_tiktok.json:1 ×2");
    check_finding(&recorder, "own-row note user_data_tiktok.json:3 ×1");
    let odd = chat(
        "Chat History with ann:",
        r#"{"Date":"soon","From":"ann"},{"Date":"2022-01-01 00:00:00"}"#,
    );
    check_finding(&odd, "no-date warning user_data_tiktok.json:1 ×1");
    check_finding(&odd, "no-name warning user_data_tiktok.json:2 ×1");
    check_coverage(&odd, "sent=0 received=0");
}

#[test]
fn the_owner_is_the_profile_or_who_writes_beside_the_others_or_said_or_unknown() {
    let bare = |roots: &str| {
        MemorySource::new().at(NOW).with_file("user_data.json", format!("{{{roots}}}").as_bytes())
    };
    let chats = format!(
        r#""Direct Messages":{{"ChatHistory":{{"Chat History with ann:":[{GOT},{SENT}],"Chat History with ben:":[{SENT}]}}}}"#
    );
    check_coverage(&read_all(&bare(&chats)), "coverage mara ");
    check_coverage(&read_with(&bare(""), "@Zoe"), "coverage zoe ");
    let recorder = read_all(&bare(""));
    check_finding(&recorder, "owner-unknown warning user_data.json:0 ×1");
    assert!(recorder.lines[0].starts_with("account me:owner alias= handle=me "));
}

#[test]
fn a_key_that_stands_twice_is_read_twice_and_a_mark_is_passed() {
    let twice = format!(
        r#""Activity":{{"Follower List":{{"FansList":{FANS},"FansList":[{{"Date":"2021-05-04 06:35:40","UserName":"ben"}}]}}}}"#
    );
    let bytes = format!("\u{feff}{}", export(&twice));
    let recorder =
        read_all(&MemorySource::new().at(NOW).with_file("user_data.json", bytes.as_bytes()));
    assert_eq!(follows(&recorder).len(), 2);
    assert!(findings(&recorder).iter().all(|line| !line.contains(" error ")));
}

#[test]
fn text_files_are_read_in_any_language_and_folder() {
    let chats = ">>> Chat History with ann::\n\n2022-01-02 00:00:00 UTC ann: hola\nque tal: bien\n2022-01-01 00:00:00 UTC mara: a\n\n>>> Chat History with ben::\n\n2022-01-03 00:00:00 UTC mara: x\n";
    let list = "Date: 2021-05-04 06:35:40 UTC\nUsername: ann\n\nDate: 2021-05-05 06:35:40 UTC\nUsername: ben\n";
    let source = MemorySource::new()
        .at(NOW)
        .with_file("TikTok/Mensajes directos/Mensajes.txt", chats.as_bytes())
        .with_file("TikTok/Your Activity/Follower.txt", list.as_bytes())
        .with_file("TikTok/Your Activity/Following.txt", list.as_bytes())
        .with_file("TikTok/Other.txt", b"No data");
    let recorder = read_all(&source);
    assert_eq!(recorder.count("follow"), 4);
    assert_eq!(
        messages(&recorder),
        [
            "message ann -> mara at=1641081600000",
            "message mara -> ann at=1640995200000",
            "message mara -> ben at=1641168000000"
        ]
    );
    let messages = InteractionKinds::of(&[InteractionKind::Message]).bits();
    check_coverage(&recorder, &format!("mara sent={messages} received={messages} held=2 to=2"));
    let named = MemorySource::new()
        .at(NOW)
        .with_file("Profile Information.txt", b"Username: zoe\n")
        .with_file("Follower.txt", list.as_bytes());
    check_coverage(&read_all(&named), "coverage zoe ");
}

#[test]
fn what_is_never_asked_for_is_passed_over_at_any_depth_and_length() {
    let watched: Vec<String> =
        (0..5000).map(|n| format!(r#"{{"Date":"x","Link":"{n}","more":[[{n}]]}}"#)).collect();
    let roots = format!(
        r#""Activity":{{"Video Browsing History":{{"VideoList":[{}]}},"Follower List":{{"FansList":{FANS}}}}}"#,
        watched.join(",")
    );
    assert_eq!(follows(&read_all(&with(&roots))).len(), 1);
}

#[test]
fn a_name_is_an_address_too() {
    let roots = format!(r#""Activity":{{"Follower List":{{"FansList":{FANS}}}}}"#);
    let recorder = read_all(&with(&roots));
    assert_eq!(recorder.facts, ["mara page tiktok.com/@mara", "ann page tiktok.com/@ann"]);
    let nobody = MemorySource::new().at(NOW).with_file("user_data.json", b"{\"Activity\":{}}");
    assert_eq!(read_all(&nobody).facts, [""; 0]);
}

#[test]
fn an_account_that_never_did_anything_is_an_export() {
    let roots = r#""Activity":{"Follower List":{"FansList":null},"Following List":{"Following":null},"Like List":{"ItemFavoriteList":null}},"App Settings":null,"Comment":{"Comments":{"CommentsList":null}},"Direct Messages":{"Chat History":{"ChatHistory":{}}},"Likes and Favorites":null,"Video":{"Videos":{"VideoList":null}}"#;
    let source = with(roots);
    assert_eq!(probe_of(&source), Probe::CERTAIN);
    let recorder = read_all(&source);
    assert_eq!(recorder.count("account"), 1);
    let messages = InteractionKinds::of(&[InteractionKind::Message]).bits();
    check_coverage(
        &recorder,
        &format!(
            "mara sent={messages} received={messages} held=0 to=0 since=? until=1800000000000"
        ),
    );
    assert!(findings(&recorder).iter().all(|line| line.contains(" note ")), "{recorder:?}");
}

#[test]
fn keys_of_an_entry_are_read_in_every_spelling() {
    let at = "2022-01-01 00:00:00";
    let link = "https://www.tiktok.com/@ann/video/7066991272618894951";
    let likes = ["VideoLink", "Link", "link", "url"]
        .map(|key| format!(r#"{{"Date":"{at}","{key}":"{link}/{key}"}}"#));
    let fans = [("Date", "UserName"), ("date", "userName"), ("Date", "Username")]
        .map(|(date, name)| format!(r#"{{"{date}":"{at}","{name}":"{name}{date}"}}"#));
    let recorder = read_all(&with(&format!(
        r#""Activity":{{"Like List":{{"ItemFavoriteList":[{}]}},"Follower":{{"FansList":[{}]}}}},"Comment":{{"Comments":{{"CommentsList":[{{"date":"{at}","comment":"x","url":"{link}"}}]}}}}"#,
        likes.join(","),
        fans.join(",")
    )));
    assert_eq!((recorder.count("reaction"), recorder.count("comment")), (4, 1));
    let dated = |line: &&str| line.ends_with("start=1640995200000 label=");
    assert_eq!(recorder.of("follow").filter(dated).count(), 3);
}
