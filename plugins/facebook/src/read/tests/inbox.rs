//! Conversations: who is who, which messages count, and the encrypted ones beside them.

use super::*;

const BOX: &str = "messages/inbox";

fn in_box(folder: &str) -> String {
    format!("{BOX}/{folder}/message_1.json")
}

fn with(talks: &[(String, Value)]) -> Recorder {
    let mut all = vec![(PROFILE, profile())];
    all.extend(talks.iter().map(|(name, value)| (&**name, value.clone())));
    read_all(&files(&all))
}

#[test]
fn messages_run_both_ways_and_nothing_of_their_text_is_kept() {
    let seen = with(&[(
        in_box("ann_1a"),
        talk(&["Änn", "Mära B"], &[("Mära B", THEN + 60), ("Änn", THEN)]),
    )]);
    assert_eq!(
        all(&seen, "message"),
        [
            "message name:Mära B -> thread:1a at=1750000060000 id=message/1a/1750000060000",
            "message thread:1a -> name:Mära B at=1750000000000 id=message/1a/1750000000000",
        ]
    );
    assert!(
        seen.lines
            .contains(&"account name:Änn alias=thread:1a handle= name=Änn flags=0".to_owned())
    );
}

#[test]
fn a_message_to_a_group_goes_to_each_and_one_from_it_to_the_owner() {
    let names = ["Ann", "Ben", "Mära B"];
    let seen = with(&[(
        in_box("plan_9"),
        talk(&names, &[("Mära B", THEN), ("Ben", THEN + 1), ("Gone Away", THEN + 2)]),
    )]);
    assert_eq!(
        all(&seen, "message"),
        [
            "message name:Mära B -> name:Ann at=1750000000000 id=message/9/1750000000000",
            "message name:Mära B -> name:Ben at=1750000000000 id=message/9/1750000000000",
            "message name:Ben -> name:Mära B at=1750000001000 id=message/9/1750000001000",
            "message name:Gone Away -> name:Mära B at=1750000002000 id=message/9/1750000002000",
        ]
    );
    let many: Vec<String> = (0..18).map(|n| format!("N{n}")).chain(["Mära B".to_owned()]).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let seen = with(&[(in_box("fair_8"), talk(&many, &[("Mära B", THEN)]))]);
    assert_eq!((seen.count("message"), seen.count("big-group")), (0, 1));
}

#[test]
fn deleted_accounts_are_gone_and_have_no_name() {
    let seen = with(&[
        (in_box("facebookuser_5"), talk(&["Facebook User", "Mära B"], &[("Facebook User", THEN)])),
        (
            in_box("group_7"),
            talk(
                &["Facebook-Nutzer", "Ann", "Mära B"],
                &[("Facebook-Nutzer", THEN), ("Ann", THEN)],
            ),
        ),
    ]);
    assert!(seen.lines.contains(&"account thread:5 alias= handle= name= flags=32".to_owned()));
    assert_eq!(seen.count("message"), 2);
}

#[test]
fn the_encrypted_second_download_goes_on_where_the_export_ends() {
    let before = (in_box("ann_1a"), talk(&["Änn", "Mära B"], &[("Änn", 1_600_000_000)]));
    let later = (
        "Änn_7.json".to_owned(),
        secret(&["Änn", "Mära B"], &[("Mära B", THEN), ("Änn", THEN + 5)]),
    );
    let alone = with(std::slice::from_ref(&before));
    assert!(finding(&alone, "encrypted-missing").is_empty(), "the export itself ends before");
    let seen = with(&[before, later.clone()]);
    assert_eq!(
        all(&seen, "message"),
        [
            "message thread:1a -> name:Mära B at=1600000000000 id=message/1a/1600000000000",
            "message name:Mära B -> name:Änn at=1750000000000 id=message/e2ee/1750000000000",
            "message name:Änn -> name:Mära B at=1750000005000 id=message/e2ee/1750000005000",
        ]
    );
    assert_eq!(finding(&seen, "encrypted-missing"), "");
    assert!(all(&seen, "coverage")[1].ends_with("until=1750000005000"));
    // By itself it says who the owner is only with a word, or by a second conversation.
    let only = files(&[(&*later.0, later.1.clone())]);
    assert_eq!((probe(&only), refused(&only, "")), (Probe::LIKELY, "no-owner"));
    let mut seen = Recorder::default();
    read(&only, "Mära B", &mut seen).unwrap();
    assert_eq!((seen.count("message"), seen.count("encrypted-alone")), (2, 1));
    let both = files(&[
        (&*later.0, later.1),
        ("Ben_8.json", secret(&["Ben", "Mära B"], &[("Ben", THEN)])),
    ]);
    assert_eq!(read_all(&both).count("message"), 3);
}

#[test]
fn without_the_encrypted_download_silence_since_2024_is_unknown_and_no_lapse() {
    let seen = with(&[
        (in_box("ann_1a"), talk(&["Änn", "Mära B"], &[("Änn", 1_600_000_000)])),
        (
            "friends_and_followers/friends.json".to_owned(),
            json!({"friends_v2": [named("Änn", THEN)]}),
        ),
    ]);
    assert!(finding(&seen, "encrypted-missing").starts_with("warning"));
    assert!(
        all(&seen, "coverage")[0].contains("received=0")
            && all(&seen, "coverage")[0].ends_with("until=1750000000000")
    );
    assert!(all(&seen, "coverage")[1].ends_with("until=1701820800000"));
}

#[test]
fn requests_of_strangers_comings_and_messages_taken_back_are_counted() {
    let mut odd = talk(
        &["Ann", "Mära B"],
        &[("Ann", THEN), ("Ann", THEN + 1), ("", THEN + 2), ("Ann", THEN + 3)],
    );
    odd["messages"][0]["is_unsent"] = true.into();
    odd["messages"][1]["type"] = "Subscribe".into();
    let stranger = "messages/filtered_threads/x_4/message_1.json".to_owned();
    let seen = with(&[(in_box("a_1"), odd), (stranger, talk(&["X", "Mära B"], &[("X", THEN)]))]);
    assert_eq!(seen.count("message"), 1);
    for code in ["unsent", "comings", "no-sender", "strangers-messages"] {
        assert_eq!(seen.count(code), 1, "{code}");
    }
}

#[test]
fn a_changed_own_name_is_found_by_being_everywhere() {
    let one = |name: &str| talk(&[name, "Mara Neu"], &[("Mara Neu", THEN)]);
    let seen = with(&[(in_box("a_1"), one("Ann")), (in_box("b_2"), one("Ben"))]);
    assert_eq!(seen.count("message"), 2);
    assert!(seen.of("message").all(|line| line.starts_with(&format!("message {MARA} -> "))));
    let seen = with(&[(in_box("a_1"), one("Ann"))]);
    assert_eq!(
        (seen.count("message"), finding(&seen, "own-name-unknown")),
        (0, format!("error {BOX}/a_1/message_1.json:0 ×1"))
    );
}
