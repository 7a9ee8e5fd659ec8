//! A shipped mailbox and address book against the truth that was written beside them.

use std::fs;

use super::*;

fn said(key: &str) -> usize {
    let text = fs::read_to_string(shipped_path().join("truth.json")).unwrap();
    let rest = text.split(&format!("\"{key}\": ")).nth(1).unwrap();
    rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap()
}

/// Returns the values of that header in the mailbox.
fn headers(name: &str) -> Vec<String> {
    let path = shipped_path().join("All mail Including Spam and Trash.mbox");
    let text = fs::read_to_string(path).unwrap();
    let of_line = |line: &str| line.strip_prefix(&format!("{name}: ")).map(str::to_owned);
    text.lines().filter_map(of_line).collect()
}

#[test]
fn mailbox_and_book_equal_their_truth() {
    let recorder = read_all(&FolderSource::open(&shipped_path(), NOW).unwrap());
    assert_eq!(recorder.count("message"), said("messages"));
    assert_eq!(recorder.count("contact"), said("contacts"));
    let own = "mara.beispiel@example.org";
    let sent = recorder
        .of("message")
        .filter(|line| line.starts_with(&format!("message {own} -> ")))
        .count();
    let labelled = headers("X-Gmail-Labels").iter().filter(|labels| *labels == "Gesendet").count();
    assert_eq!((sent, labelled), (14, 14));
    let received =
        recorder.of("message").filter(|line| line.contains(&format!(" -> {own} at="))).count();
    assert_eq!(sent + received, said("messages"));
    let graver = |line: &String| line.contains(" error ") || line.contains(" warning ");
    assert!(!findings(&recorder).iter().any(graver), "{:#?}", findings(&recorder));
    // Letters and cards name the same people.
    let contacts = ties(&recorder, "contact");
    let other = |line: &str| {
        line.split(" -> ")
            .map(|side| side.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = recorder.of("message").next().unwrap();
    assert!(contacts.iter().any(|contact| other(contact)[1] == other(first)[1]), "{first}");
}

#[test]
fn first_and_last_date_are_those_of_the_headers() {
    let recorder = read_all(&FolderSource::open(&shipped_path(), NOW).unwrap());
    let dates = headers("Date");
    let parse = |text: &String| {
        mail_parser::DateTime::parse_rfc822(&format!("{text}\n")).unwrap().to_timestamp() * 1000
    };
    let first = dates.iter().map(parse).min().unwrap();
    let last = dates.iter().map(parse).max().unwrap();
    assert_eq!(dates.len(), 20);
    check_coverage(&recorder, &format!("since={first} until={last}"));
}
