//! Messages: in every shape, both directions, to one and to many.

use super::*;

const OF_2024: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n";
const OF_2022: &str =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n";
const ME: &str = "Mara Beispiel,https://www.linkedin.com/in/mara-1";

fn of_2024(rows: &str) -> Recorder {
    read_all(&with("messages.csv", &format!("{OF_2024}{rows}")))
}

fn of_2022(rows: &str) -> Recorder {
    read_all(&with("messages.csv", &format!("{OF_2022}{rows}")))
}

#[test]
fn messages_have_both_directions_and_no_text() {
    let recorder = of_2024(&format!(
        "c,,{ME},Ann,https://www.linkedin.com/in/ann-1,2023-09-12 03:28:47 UTC,,\"secret\nword\",INBOX,,No,No\n\
         c,,Ann,https://www.linkedin.com/in/ann-1,{ME},2023-09-12 03:29:00 UTC,,secret,ARCHIVE,,No,No\n"
    ));
    assert_eq!(
        recorder.of("message").collect::<Vec<_>>(),
        [
            "message mara-1 -> ann-1 at=1694489327000 id=c/2023-09-12 03:28:47 UTC",
            "message ann-1 -> mara-1 at=1694489340000 id=c/2023-09-12 03:29:00 UTC",
        ]
    );
    assert!(recorder.lines.iter().all(|line| !line.contains("secret")));
}

#[test]
fn the_folder_may_be_followed_by_more_or_fewer_columns() {
    let row =
        format!("c,,Ann,https://www.linkedin.com/in/ann-1,{ME},2023-09-12 03:28:47 UTC,,x,INBOX");
    for heading in [
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER",
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS",
    ] {
        let recorder = read_all(&with("messages.csv", &format!("{heading}\n{row}\n")));
        assert_eq!(messages(&recorder), ["ann-1 -> mara-1"]);
    }
}

#[test]
fn drafts_spam_and_advertising_are_no_messages() {
    let recorder = of_2024(&format!(
        "a,,{ME},Ann,https://www.linkedin.com/in/ann-1,2023-09-12 03:28:47 UTC,,x,INBOX,,Yes,No\n\
         b,,{ME},Ann,https://www.linkedin.com/in/ann-1,2023-09-12 03:28:47 UTC,,x,INBOX,,No,Yes\n\
         c,,Ann,https://www.linkedin.com/in/ann-1,{ME},2023-09-12 03:28:47 UTC,,x,SPAM,,No,No\n\
         d,,Ann,https://www.linkedin.com/in/ann-1,{ME},2023-09-12 03:28:47 UTC,,<p class=spinmail-quill>Hi</p>,INBOX,,No,No\n\
         e,,{ME},Ann,https://www.linkedin.com/in/ann-1,2023-09-12 03:28:48 UTC,,x,SPAM,,No,No\n"
    ));
    assert_eq!(
        messages(&recorder),
        ["mara-1 -> ann-1"],
        "what the owner wrote stands in any folder"
    );
    check_finding(&recorder, "draft note messages.csv:2 ×2");
    check_finding(&recorder, "spam note messages.csv:4 ×1");
    check_finding(&recorder, "sponsored note messages.csv:5 ×1");
}

#[test]
fn linkedin_member_is_an_account_that_was_deleted() {
    let recorder = of_2024(&format!(
        "a,,LinkedIn Member,,{ME},2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n\
         a,,{ME},LinkedIn Member,,2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n"
    ));
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "gone note messages.csv:2 ×2");
    assert!(recorder.of("account").all(|line| !line.to_lowercase().contains("linkedin member")));
}

#[test]
fn names_that_hold_a_comma_are_one_name() {
    let recorder = of_2022(&format!(
        "a,,\"Ann Bee, Ph.D.\",https://www.linkedin.com/in/ann-1,Mara Beispiel,2023-09-12 03:28:47 UTC,,x,INBOX\n\
         b,,{ME},\"Ann Bee, Ph.D.\",2023-09-12 03:28:47 UTC,,x,INBOX\n\
         c,,{ME},\"Cy Dee, MBA, Ann Bee, Ph.D.\",2023-09-12 03:28:47 UTC,,x,INBOX\n"
    ));
    assert_eq!(
        messages(&recorder),
        ["ann-1 -> mara-1", "mara-1 -> ann-1", "mara-1 -> name:cy dee, mba", "mara-1 -> ann-1"]
    );
}

#[test]
fn a_group_message_goes_to_each_and_comes_from_one() {
    let recorder = of_2024(&format!(
        "g,Plan,{ME},\"Ann Bee, Ph.D., Cy\",\"https://www.linkedin.com/in/ann-1,https://www.linkedin.com/in/cy-1\",2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n\
         g,Plan,Cy,https://www.linkedin.com/in/cy-1,\"Mara Beispiel, Ann Bee, Ph.D.\",\"https://www.linkedin.com/in/mara-1,https://www.linkedin.com/in/ann-1\",2023-09-12 03:29:47 UTC,,x,INBOX,,No,No\n"
    ));
    assert_eq!(messages(&recorder), ["mara-1 -> ann-1", "mara-1 -> cy-1", "cy-1 -> mara-1"]);
}

#[test]
fn a_namesake_is_told_apart_by_the_conversation() {
    let recorder = of_2022(&format!(
        "a,,Di Moe,https://www.linkedin.com/in/di-1,Mara Beispiel,2023-09-12 03:28:47 UTC,,x,INBOX\n\
         b,,Di Moe,https://www.linkedin.com/in/di-2,Mara Beispiel,2023-09-12 03:28:47 UTC,,x,INBOX\n\
         b,,{ME},Di Moe,2023-09-12 03:29:47 UTC,,x,INBOX\n\
         c,,{ME},Di Moe,2023-09-12 03:29:47 UTC,,x,INBOX\n"
    ));
    assert_eq!(messages(&recorder)[2..], ["mara-1 -> di-2", "mara-1 -> name:di moe"]);
    check_finding(&recorder, "namesakes warning messages.csv:5 ×1");
}

#[test]
fn of_2018_times_have_no_zone_and_the_direction_stands_there() {
    let table = "From,To,Date,Subject,Content,Direction,Folder\n\
        Mara Beispiel,\"Ann Bee, Ph.D.\",\"7/24/26, 1:00 AM\",,x,OUTGOING,INBOX\n\
        \"Ann Bee, Ph.D.\",Mara Beispiel,\"7/25/26, 11:59 PM\",,x,INCOMING,INBOX\n";
    let alone = MemorySource::new().at(NOW).with_file("Messages.csv", table.as_bytes());
    let recorder = read_all(&alone);
    assert_eq!(
        recorder.of("message").collect::<Vec<_>>(),
        [
            "message me:mara beispiel -> name:ann bee, ph.d. at=1784894400000 id=7/24/26, 1:00 AM",
            "message name:ann bee, ph.d. -> me:mara beispiel at=1784980800000 id=7/25/26, 11:59 PM",
        ]
    );
    check_finding(&recorder, "no-zone note Messages.csv:2 ×2");
    check_finding(&recorder, "owner-by-name note Messages.csv:0 ×1");
}

#[test]
fn without_an_owner_the_user_says_whose_it_is() {
    let row = "a,,Ann,https://www.linkedin.com/in/ann-1,Ben,https://www.linkedin.com/in/ben-1,2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n";
    let source =
        MemorySource::new().at(NOW).with_file("messages.csv", format!("{OF_2024}{row}").as_bytes());
    let recorder = read_all(&source);
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "side-unknown error messages.csv:2 ×1");
    check_finding(&recorder, "owner-unknown warning messages.csv:0 ×1");
    check_coverage(&recorder, "me sent=0 received=0");
    for said in ["https://www.linkedin.com/in/Ben-1/", "ben-1"] {
        assert_eq!(messages(&read_with(&source, said)), ["ann-1 -> ben-1"], "{said}");
    }
}

#[test]
fn damaged_rows_are_counted() {
    let recorder = of_2024(&format!(
        "a,,Ann,https://www.linkedin.com/in/ann-1,{ME},yesterday,,x,INBOX,,No,No\n\
         BADROW\n\
         b,,A\0nn,https://www.linkedin.com/in/ann-1,{ME},2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n\
         c,,,,{ME},2023-09-12 03:28:47 UTC,,x,INBOX,,No,No\n"
    ));
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "no-date warning messages.csv:2 ×1");
    check_finding(&recorder, "bad-row warning messages.csv:3 ×2");
    check_finding(&recorder, "no-name warning messages.csv:5 ×1");
}
