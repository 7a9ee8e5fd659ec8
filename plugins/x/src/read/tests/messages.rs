//! Private messages: both directions, groups, old names of files, and what says whose they are.

use super::*;

fn message(id: u32, at: &str, from: &str, to: Option<&str>) -> Value {
    let mut body = json!({
        "id": id.to_string(), "senderId": from, "text": "secret", "createdAt": format!("2023-03-{at}T10:00:00.000Z"),
        "reactions": [], "urls": [],
    });
    if let Some(to) = to {
        body["recipientId"] = to.into();
    }
    json!({ "messageCreate": body })
}

fn conversation(name: &str, messages: &[Value]) -> Value {
    json!([{"dmConversation": {"conversationId": name, "messages": messages}}])
}

fn source(file: &str, list: &Value) -> MemorySource {
    MemorySource::new()
        .at(NOW)
        .with_file("data/account.js", &account())
        .with_file(&format!("data/{file}"), &script("x", list))
}

#[test]
fn messages_have_both_directions_and_no_text() {
    let list = conversation(
        &format!("{ANN}-{OWN}"),
        &[
            message(2, "02", ANN, Some(OWN)),
            message(1, "01", OWN, Some(ANN)),
            message(3, "03", ANN, Some(BEN)),
        ],
    );
    let recorder = read_all(&source("direct-messages.js", &list));
    assert_eq!(
        events(&recorder),
        ["1 message me -> 144781521050584354", "2 message 144781521050584354 -> me"]
    );
    assert!(
        recorder.lines.iter().all(|line| !line.contains("secret") && !line.contains("labels="))
    );
    check_finding(&recorder, "foreign-message warning data/direct-messages.js:");
    let message = bits(&[InteractionKind::Message]);
    check_coverage(&recorder, &format!("sent={message} received={message}"));
    check_finding(&recorder, "no-posts note");
}

#[test]
fn a_group_message_goes_to_those_who_were_in_the_group() {
    let list = conversation(
        "7",
        &[
            message(4, "09", OWN, None),
            json!({"participantsLeave": {"userIds": [BEN], "createdAt": "2023-03-08T10:00:00.000Z"}}),
            message(3, "07", "99", None),
            message(2, "05", OWN, None),
            json!({"participantsJoin": {"userIds": [BEN], "initiatingUserId": OWN, "createdAt": "2023-03-04T10:00:00.000Z"}}),
            message(1, "02", OWN, None),
            json!({"joinConversation": {"initiatingUserId": OWN, "participantsSnapshot": [OWN, ANN], "createdAt": "2023-03-01T10:00:00.000Z"}}),
            json!({"conversationNameUpdate": {"name": "secret", "createdAt": "2023-03-01T11:00:00.000Z"}}),
        ],
    );
    let recorder = read_all(&source("direct-messages-group.js", &list));
    assert_eq!(
        events(&recorder),
        [
            "1 message me -> 144781521050584354",
            "1 message me -> 99",
            "2 message me -> 1226063409110618708",
            "2 message me -> 144781521050584354",
            "2 message me -> 99",
            "3 message 99 -> me",
            "4 message me -> 144781521050584354",
            "4 message me -> 99",
        ]
    );
    let nobody = conversation("8", &[message(1, "02", OWN, None)]);
    let recorder = read_all(&source("direct-messages-group.js", &nobody));
    check_finding(&recorder, "to-nobody note data/direct-messages-group.js:");
}

#[test]
fn files_of_2019_are_called_otherwise_and_headers_stand_in_for_messages() {
    let list = conversation(&format!("{ANN}-{OWN}"), &[message(1, "01", OWN, Some(ANN))]);
    for file in ["direct-message.js", "direct-message-headers.js"] {
        assert_eq!(read_all(&source(file, &list)).count("message"), 1, "{file}");
    }
    let both = source("direct-messages.js", &list);
    let both = both.with_file("data/direct-message-headers.js", &script("x", &list));
    assert_eq!(read_all(&both).count("message"), 1, "headers say the same again");
}

#[test]
fn broken_messages_are_counted_and_the_others_read() {
    let list = conversation(
        &format!("{ANN}-{OWN}"),
        &[
            json!({"messageCreate": {"senderId": ANN}}),
            json!(7),
            message(1, "01", OWN, Some(ANN)),
            message(2, "77", OWN, Some(ANN)),
            message(5, "02", OWN, Some(OWN)),
        ],
    );
    let recorder = read_all(&source("direct-messages.js", &list));
    assert_eq!(events(&recorder), ["1 message me -> 144781521050584354"]);
    check_finding(&recorder, "bad-message warning data/direct-messages.js:");
    check_finding(&recorder, "no-date warning data/direct-messages.js:");
    check_finding(&recorder, "own-post note data/direct-messages.js:");
    let none = read_all(&source("direct-messages.js", &json!([{"dmConversation": {}}, 3])));
    check_finding(&none, "bad-item warning data/direct-messages.js:");
    check_coverage(&none, "received=0 ");
}

#[test]
fn reactions_to_messages_are_counted() {
    let mut one = message(1, "01", OWN, Some(ANN));
    one["messageCreate"]["reactions"] = json!([{"senderId": ANN, "reactionKey": "like"}]);
    let recorder = read_all(&source("direct-messages.js", &conversation("1-2", &[one])));
    check_finding(&recorder, "message-reactions note data/direct-messages.js:");
}

#[test]
fn without_an_account_the_one_in_every_conversation_is_the_owner() {
    let two = json!([
        {"dmConversation": {"conversationId": format!("{ANN}-{OWN}"), "messages": [message(1, "01", OWN, Some(ANN))]}},
        {"dmConversation": {"conversationId": format!("{BEN}-{OWN}"), "messages": [message(2, "01", BEN, Some(OWN))]}},
    ]);
    let source = MemorySource::new().at(NOW).with_file("direct-messages.js", &script("x", &two));
    let recorder = read_all(&source);
    assert_eq!(
        events(&recorder),
        ["1 message me -> 144781521050584354", "2 message 1226063409110618708 -> me"]
    );
    check_finding(&recorder, "owner-proven note direct-messages.js:0 ×1");
    let one = conversation(&format!("{ANN}-{OWN}"), &[message(1, "01", OWN, Some(ANN))]);
    let source = MemorySource::new().at(NOW).with_file("direct-messages.js", &script("x", &one));
    let recorder = read_all(&source);
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "messages-owner-unknown error :0 ×1");
}

#[test]
fn a_long_conversation_is_read_message_by_message() {
    let many: Vec<Value> = (1..20_000).map(|id| message(id, "01", OWN, Some(ANN))).collect();
    let recorder = read_all(&source("direct-messages.js", &conversation("1-2", &many)));
    assert_eq!(recorder.count("message"), 19_999);
}
