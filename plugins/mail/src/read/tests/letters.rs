//! Letters: to whom they are, which of them are contact, and what they are known by.

use super::*;

#[test]
fn lists_are_no_people_and_their_letters_only_counted() {
    let recorder = read_all(&mailbox(&[
        "From: ann@x.example\nTo: liste@example.org\nList-Id: <liste.example.org>\nMessage-ID: <1@a>",
        "From: m@a.example\nTo: liste@example.org\nList-Id: <liste.example.org>\nMessage-ID: <2@a>",
        "From: Ann via Liste <liste@example.org>\nTo: m@a.example\nList-Id: <liste.example.org>\nMessage-ID: <3@a>",
        "From: ann@x.example\nTo: m@a.example\nCc: liste@example.org\nList-Id: <liste.example.org>\nMessage-ID: <4@a>",
    ]));
    assert_eq!(messages(&recorder), ["ann@x.example -> m@a.example"]);
    check_finding(&recorder, "list note all.mbox:10 ×2");
    check_finding(&recorder, "to-list note all.mbox:");
}

#[test]
fn a_letter_in_two_folders_is_one() {
    let one = letter("From: ann@x.example\nTo: m@a.example\nMessage-ID: <1@a>");
    let source = mailbox(&["From: ann@x.example\nTo: m@a.example\nMessage-ID: <1@a>"])
        .with_file("copy.mbox", one.as_bytes());
    let recorder = read_all(&source);
    assert_eq!(messages(&recorder), ["ann@x.example -> m@a.example"]);
    check_finding(&recorder, "second-copy note copy.mbox:1 ×1");
}

#[test]
fn a_letter_without_an_id_is_known_by_its_sender_and_second() {
    let recorder = read_all(&mailbox(&["From: ann@x.example\nTo: m@a.example"]));
    let line = recorder.of("message").nth(1).unwrap();
    assert!(line.ends_with("id=ann@x.example/1693811465000/m@a.example"), "{line}");
}

#[test]
fn localised_labels_say_what_was_sent_and_what_is_none() {
    for label in ["Gesendet", "=?UTF-8?Q?Messages_envoy=C3=A9s?=", "Enviados,Importante"] {
        let text =
            letter(&format!("X-Gmail-Labels: {label}\nFrom: m@a.example\nTo: ann@x.example"));
        let source = MemorySource::new().at(NOW).with_file("all.mbox", text.as_bytes());
        assert_eq!(read_all(&source).count("message"), 1, "{label}");
    }
    let recorder = read_all(&mailbox(&[
        "X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\nFrom: m@a.example\nTo: ben@x.example",
        "X-Gmail-Labels: Spam\nFrom: ben@x.example\nTo: m@a.example",
    ]));
    assert_eq!(recorder.count("message"), 1);
    check_finding(&recorder, "draft note all.mbox:");
    check_finding(&recorder, "spam note all.mbox:");
}

#[test]
fn a_letter_to_several_is_one_to_each_and_a_copy_is_none() {
    let recorder = read_all(&mailbox(&[
        "From: m@a.example\nTo: ann@x.example, \"Bee, Ben\" <ben@x.example>, ann@x.example, m@a.example\nCc: cy@x.example\nBcc: di@x.example\nMessage-ID: <1@a>",
        "From: eve@x.example\nTo: ann@x.example\nCc: m@a.example\nMessage-ID: <2@a>",
        "From: fay@x.example\nTo: undisclosed-recipients:;\nMessage-ID: <3@a>",
        "From: m@a.example\nTo: m@a.example\nMessage-ID: <4@a>",
    ]));
    let expected = [
        "m@a.example -> ann@x.example",
        "m@a.example -> ben@x.example",
        "m@a.example -> di@x.example",
        "fay@x.example -> m@a.example",
    ];
    assert_eq!(messages(&recorder), expected);
    check_finding(&recorder, "copy note all.mbox:");
    check_finding(&recorder, "to-nobody note all.mbox:");
}

#[test]
fn circulars_and_letters_of_programs_are_only_counted() {
    let many: Vec<String> = (0..21).map(|n| format!("p{n}@x.example")).collect();
    let many = format!("From: m@a.example\nTo: {}\nMessage-ID: <1@a>", many.join(", "));
    let recorder = read_all(&mailbox(&[
        &many,
        "From: noreply@x.example\nTo: m@a.example\nMessage-ID: <2@a>",
        "From: ann@x.example\nTo: m@a.example\nAuto-Submitted: auto-replied\nMessage-ID: <3@a>",
    ]));
    assert_eq!(recorder.count("message"), 1);
    check_finding(&recorder, "circular note all.mbox:");
    check_finding(&recorder, "automatic note all.mbox:");
}

#[test]
fn ids_of_threads_beyond_2_to_the_53_stay_text() {
    let recorder = read_all(&mailbox(&[
        "X-GM-THRID: 1747307470788221868\nFrom: ann@x.example\nTo: m@a.example\nMessage-ID: <1747307470788221868@mail.gmail.com>",
    ]));
    let line = recorder.of("message").nth(1).unwrap();
    assert!(line.ends_with("id=1747307470788221868@mail.gmail.com/m@a.example"), "{line}");
}

#[test]
fn only_a_real_line_between_letters_parts_them() {
    let text = format!(
        "{MARK}\nX-Gmail-Labels: Sent\nFrom: m@a.example\nTo: ann@x.example\n{DATE}\n\n>From here\n\nFrom here at 10:00 in 2023\nwe go on\nTo: nobody@x.example\n"
    );
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("all.mbox", text.as_bytes()));
    assert_eq!(recorder.count("message"), 1);
}

#[test]
fn letters_without_date_or_sender_are_left_out_and_told() {
    let text = "From x\nX: 1\n\n";
    assert_eq!(
        error_of(&MemorySource::new().with_file("a.mbox", text.as_bytes())),
        "no-mailbox a.mbox"
    );
    let mut text = letter("X-Gmail-Labels: Sent\nFrom: m@a.example\nTo: ann@x.example");
    text += &letter("To: m@a.example");
    text += MARK;
    text += "\nFrom: ann@x.example\nTo: m@a.example\nMessage-ID: <9@a>\n\n";
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("a.mbox", text.as_bytes()));
    assert_eq!(messages(&recorder), ["ann@x.example -> m@a.example"]);
    check_finding(&recorder, "no-sender warning a.mbox:9 ×1");
    check_finding(&recorder, "odd-date note a.mbox:");
    let single = "From: m@a.example\nTo: ann@x.example\n\nx";
    let source = MemorySource::new().at(NOW).with_file("a.eml", single.as_bytes());
    check_finding(&read_with(&source, "m@a.example"), "no-date warning a.eml:1 ×1");
}

#[test]
fn the_latest_name_stands_and_an_address_is_no_name() {
    let recorder = read_all(&mailbox(&[
        "From: \"ben@x.example\" <ben@x.example>\nTo: m@a.example\nMessage-ID: <1@a>",
        "From: =?utf-8?b?SsO2cmc=?= <BEN@x.example>\nTo: m@a.example\nMessage-ID: <2@a>",
    ]));
    let line = recorder.of("account").find(|line| line.contains("ben@x.example")).unwrap();
    assert!(line.contains("Jörg"), "{line}");
    assert_eq!(messages(&recorder).len(), 2);
}

#[test]
fn a_folder_of_sent_mail_says_whose_it_is_and_what_it_cannot_show() {
    let text = letter("From: m@a.example\nTo: ann@x.example").replace('\n', "\r\n");
    for name in ["Sent", "Gesendet.mbox", "Sent Messages.mbox/mbox"] {
        let recorder = read_all(&MemorySource::new().at(NOW).with_file(name, text.as_bytes()));
        assert_eq!(recorder.count("message"), 1, "{name}");
        let message = InteractionKinds::of(&[InteractionKind::Message]).bits();
        check_coverage(&recorder, &format!("m@a.example sent={message} received=0 held=0 to=0"));
        check_finding(&recorder, "no-received note :0 ×1");
    }
}

#[test]
fn without_a_sign_whose_it_is_nothing_is_read() {
    let text = letter("From: m@a.example\nTo: ann@x.example");
    let source = MemorySource::new().at(NOW).with_file("all.mbox", text.as_bytes());
    let recorder = read_all(&source);
    assert_eq!(recorder.count("message"), 0);
    check_finding(&recorder, "side-unknown error all.mbox:0 ×1");
    check_coverage(&recorder, "me sent=0 received=0");
    assert_eq!(read_with(&source, "M@a.example, m@b.example").count("message"), 1);
}
