//! Conversations: who is who, and which messages count.

use super::*;

const BOX: &str = "your_instagram_activity/messages/inbox";

fn in_box(folder: &str, number: u32) -> String {
    format!("{BOX}/{folder}/message_{number}.json")
}

fn with(talks: &[(String, Value)]) -> Recorder {
    let mut all = vec![(PROFILE, profile())];
    all.extend(talks.iter().map(|(name, value)| (&**name, value.clone())));
    read_all(&files(&all))
}

#[test]
fn messages_run_both_ways_and_the_other_side_is_the_conversation() {
    let seen = with(&[(
        in_box("anna_123", 1),
        talk(&["Änn", "Mära"], &[("Mära", THEN + 60), ("Änn", THEN)]),
    )]);
    assert_eq!(
        all(&seen, "message"),
        [
            "message mara -> thread:123 at=1750000060000 id=message/123/1750000060000",
            "message thread:123 -> mara at=1750000000000 id=message/123/1750000000000",
        ]
    );
    assert!(
        seen.of("account").any(|line| line == "account thread:123 alias= handle= name=Änn flags=0")
    );
    // Nothing of what was written is passed on.
    assert!(seen.lines.iter().all(|line| !line.contains("labels")));
}

#[test]
fn namesakes_in_two_conversations_are_two_people() {
    let talk = || talk(&["Dmitri", "Mära"], &[("Dmitri", THEN)]);
    let seen = with(&[(in_box("a_1", 1), talk()), (in_box("b_2", 1), talk())]);
    assert_eq!(seen.of("account").filter(|line| line.contains("name=Dmitri")).count(), 2);
}

#[test]
fn a_message_to_a_group_goes_to_each_and_one_from_it_to_the_owner() {
    let names = ["Ann", "Ben", "Mära"];
    let seen = with(&[(
        in_box("plan_9", 1),
        talk(&names, &[("Mära", THEN), ("Ben", THEN + 1), ("Gone Away", THEN + 2)]),
    )]);
    assert_eq!(
        all(&seen, "message"),
        [
            "message mara -> name:Ann at=1750000000000 id=message/9/1750000000000",
            "message mara -> name:Ben at=1750000000000 id=message/9/1750000000000",
            "message name:Ben -> mara at=1750000001000 id=message/9/1750000001000",
            "message name:Gone Away -> mara at=1750000002000 id=message/9/1750000002000",
        ]
    );
    let many: Vec<String> = (0..18).map(|n| format!("N{n}")).chain(["Mära".to_owned()]).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let seen = with(&[(in_box("fair_8", 1), talk(&many, &[("Mära", THEN)]))]);
    assert_eq!((seen.count("message"), seen.count("big-group")), (0, 1));
}

#[test]
fn deleted_accounts_have_no_name_and_are_gone() {
    let seen = with(&[
        (
            in_box("instagramuser_5", 1),
            talk(&["Instagram User", "Mära"], &[("Instagram User", THEN)]),
        ),
        (
            in_box("instagramuser_6", 1),
            talk(&["Irgendein Name", "Mära"], &[("Irgendein Name", THEN)]),
        ),
        (
            in_box("group_7", 1),
            talk(
                &["Instagram-Nutzer", "Ann", "Mära"],
                &[("Instagram-Nutzer", THEN), ("Ann", THEN)],
            ),
        ),
    ]);
    for id in ["5", "6"] {
        let line = format!("account thread:{id} alias= handle= name= flags=32");
        assert!(seen.lines.contains(&line), "{line}");
    }
    assert_eq!(seen.count("message"), 3);
    assert_eq!(seen.count("deleted-account"), 3);
}

#[test]
fn a_folder_called_by_a_listed_user_name_joins_the_two_and_one_made_of_the_name_shown_does_not() {
    let list = json!([listed("ann.a", THEN), listed("benb", THEN)]);
    let seen = with(&[
        (format!("{LISTS_FOLDER}/followers_1.json"), list),
        (in_box("ann.a_1", 1), talk(&["Ann A", "Mära"], &[("Ann A", THEN)])),
        (in_box("benb_2", 1), talk(&["Ben B", "Mära"], &[("Ben B", THEN)])),
        (in_box("cara_3", 1), talk(&["Cara C", "Mära"], &[("Cara C", THEN)])),
    ]);
    let accounts = all(&seen, "account");
    for expected in [
        "account ann.a alias=thread:1 handle=ann.a name=Ann A flags=0",
        "account thread:2 alias= handle= name=Ben B flags=0",
        "account thread:3 alias= handle= name=Cara C flags=0",
    ] {
        assert!(accounts.contains(&expected), "{expected} {accounts:?}");
    }
}

#[test]
fn the_owner_is_known_by_the_profile_or_by_being_everywhere() {
    let one = |name: &str| talk(&[name, "Mara B."], &[("Mara B.", THEN)]);
    // The name shown is not the one in the profile, as after a change.
    let seen = with(&[(in_box("a_1", 1), one("Ann")), (in_box("b_2", 1), one("Ben"))]);
    assert_eq!(seen.count("message"), 2);
    let seen = with(&[(in_box("a_1", 1), one("Ann"))]);
    assert_eq!(seen.count("message"), 0);
    assert_eq!(finding(&seen, "own-name-unknown"), format!("error {BOX}/a_1/message_1.json:0 ×1"));
    assert!(seen.of("coverage").next().unwrap().contains("received=0"));
}

#[test]
fn requests_of_strangers_messages_taken_back_and_without_sender_are_counted() {
    let mut taken = talk(&["Ann", "Mära"], &[("Ann", THEN), ("Ann", THEN + 1), ("", THEN + 2)]);
    taken["messages"][0]["is_unsent"] = true.into();
    let stranger =
        "your_instagram_activity/messages/message_requests/x_4/message_1.json".to_owned();
    let seen = with(&[(in_box("a_1", 1), taken), (stranger, talk(&["X", "Mära"], &[("X", THEN)]))]);
    assert_eq!(seen.count("message"), 1);
    for (code, severity) in
        [("unsent", "note"), ("no-sender", "warning"), ("strangers-messages", "note")]
    {
        assert!(finding(&seen, code).starts_with(severity), "{code}");
    }
}

#[test]
fn a_conversation_in_several_files_is_one() {
    let seen = with(&[
        (in_box("a_1", 1), talk(&["Ann", "Mära"], &[("Ann", THEN + 20)])),
        (in_box("a_1", 2), talk(&["Ann", "Mära"], &[("Ann", THEN + 10)])),
        (in_box("a_1", 10), talk(&["Ann", "Mära"], &[("Ann", THEN)])),
    ]);
    let at: Vec<&str> = seen.of("message").map(|line| line.split("at=").nth(1).unwrap()).collect();
    assert_eq!(at.len(), 3);
    assert!(at.is_sorted_by(|a, b| b < a), "{at:?}");
    assert_eq!(seen.of("account").filter(|line| line.contains("thread:")).count(), 1);
}
