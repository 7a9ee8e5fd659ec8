//! The lists beside an archive, and what is covered.

use super::*;

const SENT: &str = "sent=218";

#[test]
fn coverage_says_what_the_archive_and_its_lists_can_see() {
    let items = [post(1, &json!({}), &[])];
    let plain = read_all(&source(&items));
    assert_eq!(
        plain.of("coverage").collect::<Vec<_>>(),
        [format!(
            "coverage {ANN} {SENT} received=0 held=0 to=0 since=1668038400000 until=1672531201000"
        )]
    );
    check_finding(&plain, "received-not-covered note :0 ×1");
    check_finding(&plain, "following-not-covered note :0 ×1");
    // In an archive the time of the entry is the moment of the export.
    let zip = zip_of(&[
        ("actor.json", &actor()),
        ("outbox.json", &outbox(&items)),
        ("likes.json", br#"{"orderedItems":["u","v"]}"#),
    ]);
    let boxed = MemorySource::new()
        .with_file("archive-20230201120000-0a.zip", &zip)
        .with_file("following_accounts.csv", b"Account address,Show boosts,Notify on new posts,Languages\nbob@b.example,true,false,de\n")
        .with_file("followers.csv", b"Account address\nbob@b.example\n")
        .with_file("blocked_accounts.csv", b"cy@c.example\n")
        .with_file("muted_accounts.csv", b"Account address,Hide notifications\ndan@d.example,true\n")
        .with_file("lists.csv", b"Town,bob@b.example\nTown,cy@c.example\nBooks,bob@b.example\n")
        .with_file("blocked_domains.csv", b"bad.example\n")
        .with_file("bookmarks.csv", b"https://b.example/1\nhttps://b.example/2\n");
    let recorder = read_all(&boxed);
    let until = 1_675_252_800_000_i64;
    assert_eq!(
        recorder.of("coverage").collect::<Vec<_>>(),
        [format!(
            "coverage {ANN} {SENT} received=0 held=394 to=2 since=1668038400000 until={until}"
        )]
    );
    let ties: Vec<&str> =
        ["follow", "block", "mute", "contact"].iter().flat_map(|kind| recorder.of(kind)).collect();
    assert_eq!(
        ties,
        [
            format!("follow acct:bob@b.example -> {ANN} start=<={until} label="),
            format!("follow {ANN} -> acct:bob@b.example start=<={until} label="),
            format!("block {ANN} -> acct:cy@c.example start=<={until} label="),
            format!("mute {ANN} -> acct:dan@d.example start=<={until} label="),
            format!("contact {ANN} -> acct:bob@b.example start=<={until} label=Town"),
            format!("contact {ANN} -> acct:cy@c.example start=<={until} label=Town"),
            format!("contact {ANN} -> acct:bob@b.example start=<={until} label=Books"),
        ]
    );
    check_finding(
        &recorder,
        "likes-without-date note archive-20230201120000-0a.zip/likes.json:0 ×2",
    );
    check_finding(&recorder, "bookmarks-without-date note bookmarks.csv:0 ×2");
    check_finding(&recorder, "domains-not-people note blocked_domains.csv:0 ×1");
    assert_eq!(recorder.count("following-not-covered"), 0);
    assert_eq!(recorder.progress.0, recorder.progress.1);
}

#[track_caller]
fn check_following(csv: &[u8], expected: &[&str], held: u16) -> Recorder {
    let recorder =
        read_all(&source(&[post(1, &json!({}), &[])]).with_file("following_accounts.csv", csv));
    let seen: Vec<&str> = recorder.of("follow").filter_map(|line| line.split(' ').nth(3)).collect();
    assert_eq!(seen, expected);
    let coverage = recorder.of("coverage").next().unwrap();
    assert!(coverage.contains(&format!(" held={held} ")), "{coverage}");
    recorder
}

#[test]
fn a_leading_at_blank_lines_and_spaces_do_not_matter() {
    let csv = b"\xef\xbb\xbfAccount address,Show boosts\r\n\r\n@Bob@B.example,true\r\n cy@c.example ,true\r\n\r\n";
    check_following(csv, &["acct:bob@b.example", "acct:cy@c.example"], 2);
}

#[test]
fn an_old_list_has_no_heading() {
    check_following(
        b"bob@b.example\ncy@c.example\n",
        &["acct:bob@b.example", "acct:cy@c.example"],
        2,
    );
}

#[test]
fn a_list_with_a_heading_only_is_complete_and_an_empty_file_is_not() {
    check_following(b"Account address,Show boosts,Notify on new posts,Languages\n", &[], 2);
    let empty = check_following(b"", &[], 0);
    check_finding(&empty, "empty-list note following_accounts.csv:0 ×1");
}

#[test]
fn a_first_row_without_an_at_is_a_heading_whatever_it_says() {
    let foreign = "Konto,Boosts anzeigen\nbob@b.example,true\n".as_bytes();
    let recorder = check_following(foreign, &["acct:bob@b.example"], 2);
    assert_eq!(recorder.count("bad-address"), 0);
    let other = check_following(b"First Name,Last Name\nAnn,Bee\n", &[], 0);
    check_finding(&other, "bad-address warning following_accounts.csv:2 ×1");
    // A foreign heading alone is no list of nobody.
    let heading = check_following(b"First Name,Last Name\n", &[], 0);
    check_finding(&heading, "empty-list note following_accounts.csv:0 ×1");
}

#[test]
fn an_empty_list_of_any_kind_is_told_and_covers_nothing() {
    for name in ["muted_accounts.csv", "blocked_accounts.csv", "lists.csv", "followers.csv"] {
        for csv in [b"".as_slice(), b"\xef\xbb\xbf\r\n\r\n"] {
            let recorder = read_all(&source(&[post(1, &json!({}), &[])]).with_file(name, csv));
            check_finding(&recorder, &format!("empty-list note {name}:0 ×1"));
            assert!(recorder.of("coverage").all(|line| line.contains(" held=0 to=0 ")), "{name}");
        }
    }
}

#[test]
fn bad_rows_are_located_and_the_list_is_not_complete() {
    let csv = b"Account address\nbo\0b@x.example\n=HYPERLINK(\"http://x\")@x.example\nbob@b.example\nbob@b.example\nann@a.example\ndot\n";
    let recorder = check_following(csv, &["acct:bob@b.example"], 0);
    check_finding(&recorder, "bad-address warning following_accounts.csv:2 ×3");
    check_finding(&recorder, "duplicate-row note following_accounts.csv:5 ×1");
    check_finding(&recorder, "own-row warning following_accounts.csv:6 ×1");
    let open = check_following(b"Account address\n\"bob@b.example\ncy@c.example\n", &[], 0);
    check_finding(&open, "open-quote warning following_accounts.csv:2 ×1");
}

#[test]
fn the_latest_of_several_downloads_of_a_list_is_read() {
    let source = source(&[post(1, &json!({}), &[])])
        .with_file("following_accounts (1).csv", b"cy@c.example\n")
        .with_file("following_accounts.csv", b"bob@b.example\n");
    let recorder = read_all(&source);
    let seen: Vec<&str> = recorder.of("follow").filter_map(|line| line.split(' ').nth(3)).collect();
    assert_eq!(seen, ["acct:cy@c.example"]);
    check_finding(&recorder, "older-copy note following_accounts.csv:0 ×1");
}

#[test]
fn lists_alone_need_an_owner() {
    let list = MemorySource::new().with_file("following_accounts.csv", b"bob@b.example\n");
    assert_eq!(error_of(&list), "no-owner following_accounts.csv");
    let at = Moment::from_unix_ms(1_700_000_000_000);
    let owned = MemorySource::new().with_file("actor.json", &actor()).with_dated_file(
        "following_accounts.csv",
        b"bob@b.example\n",
        at,
    );
    let recorder = read_all(&owned);
    assert_eq!(
        recorder.of("follow").collect::<Vec<_>>(),
        [format!("follow {ANN} -> acct:bob@b.example start=<=1700000000000 label=")]
    );
    let until = 1_700_000_000_000_i64;
    assert_eq!(
        recorder.of("coverage").collect::<Vec<_>>(),
        [format!("coverage {ANN} sent=0 received=0 held=2 to=0 since=1668038400000 until={until}")]
    );
    check_finding(&recorder, "no-outbox note actor.json:0 ×1");
}

#[test]
fn lists_in_the_folder_of_one_of_two_accounts_are_its_own() {
    let bea = br#"{"id":"https://b.example/users/bea","preferredUsername":"bea"}"#;
    let source = MemorySource::new()
        .with_file("ann/actor.json", &actor())
        .with_file("ann/outbox.json", &outbox(&[post(1, &json!({}), &[])]))
        .with_file("bea/actor.json", bea)
        .with_file("bea/following_accounts.csv", b"cy@c.example\n")
        .with_file("lists.csv", b"Town,cy@c.example\n");
    let recorder = read_all(&source);
    assert_eq!(recorder.count("coverage"), 2);
    assert!(
        recorder.of("follow").all(|line| line.starts_with("follow https://b.example/users/bea ->"))
    );
    assert_eq!((recorder.count("follow"), recorder.count("contact")), (1, 0));
    check_finding(&recorder, "list-owner-unknown error lists.csv:0 ×1");
}

#[test]
fn a_container_of_other_software_is_read_with_its_followers() {
    let source = MemorySource::new()
        .with_file("manifest.yml", b"ubc: 1\n")
        .with_file("activitypub/actor.json", &actor())
        .with_file("activitypub/outbox.json", &outbox(&[post(1, &json!({}), &[])]))
        .with_file("followers.csv", b"Account address\nbob@b.example\nbob@b.example\n");
    let recorder = read_all(&source);
    assert_eq!(recorder.count("follow"), 1);
    assert!(recorder.of("coverage").next().unwrap().contains(" held=0 to=2 "));
}

#[test]
fn followers_that_are_all_the_owner_end_nobody() {
    for rows in ["ann@a.example\nann@a.example\n", "bob@b.example\nann@a.example\n"] {
        let list = format!("Account address\n{rows}");
        let source =
            source(&[post(1, &json!({}), &[])]).with_file("followers.csv", list.as_bytes());
        let recorder = read_all(&source);
        assert_eq!(recorder.count("follow"), rows.matches("bob").count());
        assert!(
            recorder.of("own-row").next().unwrap().starts_with("own-row warning followers.csv")
        );
        assert!(recorder.of("coverage").next().unwrap().contains(" held=0 to=0 "), "{rows}");
    }
}
