//! Whole sources: real archives, hostile files, broken downloads.

use std::{fs, path::Path, time::Instant};

use rin_plugin::testing::FolderSource;

use super::*;

#[test]
fn an_outbox_alone_names_its_owner() {
    let source = MemorySource::new()
        .with_file("outbox.json", &outbox(&[post(1, &json!({}), &[(BOB, "@bob@b.example")])]));
    let recorder = read_all(&source);
    assert_eq!(
        recorder.lines[0],
        format!("account {ANN} alias=acct:ann@a.example handle=ann@a.example name= flags=3")
    );
    assert_eq!(sent(&recorder), ["1 mention https://b.example/users/bob"]);
    check_finding(&recorder, "no-actor warning outbox.json:0 ×1");
    assert_eq!(
        error_of(&MemorySource::new().with_file("outbox.json", &outbox(&[]))),
        "no-archive outbox.json"
    );
    assert_eq!(
        error_of(&MemorySource::new().with_file("outbox.json", b"<html>")),
        "html outbox.json"
    );
}

#[test]
fn a_broken_outbox_gives_what_stands_before_the_break() {
    let whole = outbox(&[
        post(1, &json!({}), &[(BOB, "@bob@b.example")]),
        post(2, &json!({}), &[(CY, "@cy@c.example")]),
    ]);
    let zip = zip_of(&[("actor.json", &actor()), ("outbox.json", &whole[..whole.len() - 200])]);
    let recorder = read_all(&MemorySource::new().with_file("x.zip", &zip));
    assert_eq!(sent(&recorder), ["1 mention https://b.example/users/bob"]);
    check_finding(
        &recorder,
        &format!("truncated error x.zip/outbox.json:{} ×1", whole.len() - 199),
    );
    // What came after the last item that was read is not known, whenever the archive was made.
    assert!(recorder.of("coverage").next().unwrap().ends_with(" until=1672531201000"));
}

#[test]
fn an_outbox_that_gives_nothing_covers_nothing_but_its_lists_stand() {
    let zip = zip_of(&[("actor.json", &actor()), ("outbox.json", b"{\"orderedItems\":[{")]);
    let list = b"Account address\nbob@b.example\n";
    let source =
        MemorySource::new().with_file("x.zip", &zip).with_file("following_accounts.csv", list);
    let recorder = read_all(&source);
    let coverage = recorder.of("coverage").next().unwrap();
    assert!(coverage.contains(" sent=0 received=0 held=2 "), "{coverage}");
    assert!(recorder.of("follow").all(|line| line.contains("start=<=1675252800000")));
    assert_eq!(recorder.count("follow"), 1);
}

#[test]
fn a_post_that_names_thousands_is_read_quickly() {
    let hrefs: Vec<String> = (0..8000).map(|n| format!("https://b.example/users/u{n}")).collect();
    let mentions: Vec<(&str, &str)> = hrefs.iter().map(|href| (href.as_str(), "")).collect();
    let fields = json!({"to": hrefs, "cc": []});
    let items = [post(1, &fields, &mentions[..3000]), post(2, &json!({}), &mentions[..3000])];
    let started = Instant::now();
    let recorder = read_all(&source(&items));
    assert_eq!((recorder.count("message"), recorder.count("mention")), (8000, 3000));
    assert!(started.elapsed().as_secs() < 5);
}

#[test]
fn a_host_that_wants_no_more_is_obeyed_at_every_record() {
    let zip = zip_of(&[
        ("actor.json", &actor()),
        ("outbox.json", &outbox(&[post(1, &json!({}), &[(BOB, "@bob@b.example")])])),
    ]);
    let source =
        MemorySource::new().with_file("x.zip", &zip).with_file("lists.csv", b"T,cy@c.example\n");
    let all = read_all(&source).lines.len();
    for most in 0..all {
        let mut recorder = Recorder { stop_after: Some(most), ..Recorder::default() };
        let result = read(&source, &mut recorder);
        assert_eq!((result, recorder.lines.len()), (Err(ReadError::Stopped), most));
    }
}

#[test]
fn a_truncation_at_every_byte_is_survived() {
    let items = [post(1, &json!({}), &[(BOB, "@bob@b.example")]), boost(2, &json!("u"), &[BOB])];
    let files: [(&str, &[u8]); 2] = [("outbox.json", &outbox(&items)), ("actor.json", &actor())];
    let zip = zip_of(&files);
    for end in 0..zip.len() {
        let source = MemorySource::new().with_file("x.zip", &zip[..end]);
        assert!(read(&source, &mut Recorder::default()).is_err(), "{end}");
    }
    let (outbox, actor) = (files[0].1, files[1].1);
    for end in 0..outbox.len() {
        let source = MemorySource::new()
            .with_file("outbox.json", &outbox[..end])
            .with_file("actor.json", actor);
        let mut recorder = Recorder::default();
        read(&source, &mut recorder).unwrap();
        assert!(
            findings(&recorder).iter().any(|line| line.contains(" error outbox.json")),
            "{end}"
        );
    }
}

#[test]
fn the_source_is_probed_by_its_content() {
    let probe = |source: &MemorySource| Mastodon::new(&Params::default()).unwrap().probe(source);
    let zip = zip_of(&[("outbox.json", &outbox(&[])), ("actor.json", &actor())]);
    assert_eq!(probe(&MemorySource::new().with_file("x", &zip)), Probe::CERTAIN);
    assert_eq!(probe(&MemorySource::new().with_file("following_accounts.csv", b"")), Probe::LIKELY);
    assert_eq!(
        probe(&MemorySource::new().with_file("media_attachments/files/1/a.jpg", b"")),
        Probe::LIKELY
    );
    assert_eq!(probe(&MemorySource::new().with_file("lists.csv", b"a,b")), Probe::NO);
    assert_eq!(probe(&MemorySource::new().with_file("notes.txt", b"hello")), Probe::NO);
    assert_eq!(probe(&MemorySource::new()), Probe::NO);
}

#[test]
fn what_may_be_a_broken_archive_is_taken_if_nobody_else_wants_it() {
    let zip = zip_of(&[("outbox.json", &outbox(&[])), ("actor.json", &actor())]);
    for (name, bytes) in [
        ("x.zip", &zip[..zip.len() / 2]),
        ("x", &zip[..zip.len() / 2]),
        ("x.zip", b""),
        ("x.zip", b"<!DOCTYPE html>"),
        ("export.html", b"<!DOCTYPE html>"),
        ("x.zip", b"Rar!\x1a\x07"),
        ("x.rar", b"Rar!\x1a\x07"),
        ("x.tar.gz", b"\x1f\x8b\x08"),
        ("outbox.json", b"<html>"),
    ] {
        let source = MemorySource::new().with_file(name, bytes);
        assert_eq!(probe(&source), Probe::new(BROKEN), "{name}");
        assert!(read(&source, &mut Recorder::default()).is_err(), "{name}");
        let beside = source.with_file("notes.txt", b"hello");
        assert!(name == "export.html" || probe(&beside) == Probe::new(BROKEN), "{name}");
    }
}

#[track_caller]
fn check_words(source: &MemorySource, file: &str, en: &str, de: &str) {
    match read(source, &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, file: named, en: words, de: worte, .. }) => {
            assert_eq!((code, named.as_str()), ("no-archive", file));
            for (text, wanted) in [(words, en), (worte, de)] {
                assert!(text.contains(wanted), "{text}");
                assert!(text.starts_with(char::is_uppercase) && text.ends_with('.'), "{text}");
            }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_source_without_an_archive_says_what_was_seen() {
    let source = MemorySource::new;
    let empty = source().with_file("outbox.json", &outbox(&[]));
    check_words(&empty, "outbox.json", "Put the archive's actor.json", "Lege die actor.json");
    let pages = zip_of(&[("chats/ann.html", b"<html>"), ("photo.jpg", b"\xff")]);
    let pages = source().with_file("meta.zip", &pages);
    check_words(&pages, "meta.zip/chats/ann.html", "web pages (HTML)", "Webseiten (HTML)");
    let loose = source().with_file("a.txt", b"a").with_file("b.csv", b"b");
    check_words(
        &loose,
        "",
        "found, only a.txt, b.csv. Request",
        "finden, nur a.txt, b.csv. Fordere",
    );
    let more = loose.with_file("c", b"c").with_file("d", b"d").with_file("e", b"e");
    check_words(
        &more,
        "",
        "only a.txt, b.csv, c and 2 more.",
        "nur a.txt, b.csv, c und 2 weitere.",
    );
    check_words(&source(), "", "nor any readable file.", "keine lesbare Datei.");
}

fn samples() -> Option<&'static Path> {
    let folder = Path::new("../../../shared/data/archives");
    if !folder.exists() {
        println!("skipped: {} is not here", folder.display());
        return None;
    }
    Some(folder)
}

fn shared(path: &str) -> Option<FolderSource> {
    let now = Moment::from_unix_ms(1_800_000_000_000);
    Some(FolderSource::open(&samples()?.join(path), now).unwrap())
}

/// The counts were made by another program over the same files, by the rules in this plugin's README.
#[test]
fn a_signed_archive_of_2023_imports_fully() {
    let Some(source) = shared("mastodon/fossilizer/src/resources/test/mastodon-export.tar.gz")
    else {
        return;
    };
    let recorder = read_all(&source);
    let counts = ["reply", "mention", "message", "share", "quote"].map(|kind| recorder.count(kind));
    assert_eq!(counts, [96, 31, 1, 34, 0]);
    check_finding(&recorder, "own-post note mastodon-export.tar.gz/outbox.json:7 ×9");
    check_finding(&recorder, "likes-without-date note mastodon-export.tar.gz/likes.json:0 ×147");
    assert_eq!(findings(&recorder).len(), 5, "{:#?}", findings(&recorder));
    let coverage = recorder.of("coverage").next().unwrap();
    assert!(coverage.contains("since=1477958400000 until=1671393410000"), "{coverage}");
}

#[test]
fn an_archive_in_a_zip_imports_fully() {
    let Some(source) = shared("mastodon/fossilizer/src/resources/test/mastodon-export.zip") else {
        return;
    };
    let recorder = read_all(&source);
    let counts = ["reply", "mention", "message", "share", "quote"].map(|kind| recorder.count(kind));
    assert_eq!(counts, [1, 18, 0, 0, 0]);
    assert!(recorder.of("coverage").next().unwrap().ends_with("until=1689877622000"));
}

/// What becomes of each hostile file: its error, or what it gave and which of its findings are grave.
#[test]
fn hostile_files_are_answered_clearly_and_quickly() {
    let Some(folder) = samples() else { return };
    let folder = folder.join("_bad_inputs");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            ["zip_", "tar_", "json_", "ok_", "html_", "rar_", "csv_"]
                .iter()
                .any(|start| name.starts_with(start))
        })
        .collect();
    names.sort();
    let answers: Vec<String> = names
        .iter()
        .map(|name| {
            let bytes = fs::read(folder.join(name)).unwrap();
            let started = Instant::now();
            let answer = answer(name, &bytes);
            assert!(started.elapsed().as_secs() < 5, "{name} took {:?}", started.elapsed());
            format!("{name}: {answer}")
        })
        .collect();
    assert_eq!(answers.join("\n"), HOSTILE.trim());
}

/// JSON is read as an outbox beside an actor, CSV as the list of those followed.
fn answer(name: &str, bytes: &[u8]) -> String {
    let mut source = MemorySource::new();
    let as_name = if name.starts_with("json_") {
        "outbox.json"
    } else if name.starts_with("csv_") {
        "following_accounts.csv"
    } else {
        name
    };
    if as_name != name {
        source = source.with_file("actor.json", &actor());
    }
    let source = source.with_file(as_name, bytes);
    let mut recorder = Recorder::default();
    match read(&source, &mut recorder) {
        Err(ReadError::Unreadable { code, place, .. }) => format!("error {code}:{place}"),
        Err(ReadError::Stopped) => "stopped".to_owned(),
        Ok(()) => {
            let grave: Vec<String> =
                findings(&recorder).into_iter().filter(|line| !line.contains(" note ")).collect();
            format!("{} follows; {}", recorder.count("follow"), grave.join(", "))
                .trim_end()
                .to_owned()
        }
        Err(other) => format!("{other}"),
    }
}

const HOSTILE: &str = "
csv_date_formats.csv: 0 follows; bad-address warning following_accounts.csv:2 ×10
csv_duplicate_rows.csv: 1 follows;
csv_formula_injection.csv: 0 follows; bad-address warning following_accounts.csv:2 ×1
csv_header_only.csv: 0 follows;
csv_latin1.csv: 0 follows; bad-address warning following_accounts.csv:2 ×1
csv_nul_bytes.csv: 0 follows; bad-address warning following_accounts.csv:2 ×1
csv_ragged.csv: 2 follows;
csv_unicode_confusable.csv: 2 follows;
csv_utf8_bom.csv: 0 follows; bad-address warning following_accounts.csv:2 ×1
csv_windows1252_semicolon.csv: 0 follows; bad-address warning following_accounts.csv:2 ×1
html_login_page.zip: error html:0
json_bom.json: 0 follows;
json_crlf.json: 0 follows;
json_deep_nesting.json: 0 follows; malformed error outbox.json:1 ×1
json_duplicate_ordereditems_outbox.json: 0 follows; foreign-item warning outbox.json:1 ×1
json_html_error.json: 0 follows; html error outbox.json:1 ×1
json_invalid_utf8.json: 0 follows; no-items error outbox.json:0 ×1
json_nan_infinity.json: 0 follows; no-items error outbox.json:0 ×1
json_numeric_ids_beyond_2p53.json: 0 follows; malformed error outbox.json:1 ×1
json_trailing_comma.json: 0 follows; malformed error outbox.json:13 ×1
json_truncated.json: 0 follows; truncated error outbox.json:107 ×1
ok_minimal_mastodon.zip: 0 follows;
rar_named_zip.zip: error foreign-archive:0
tar_ok_minimal.tar.gz: 0 follows;
tar_slip_and_symlink.tar.gz: error no-archive:0
tar_truncated.tar.gz: error truncated:513
tar_uncompressed_named_gz.tar.gz: 0 follows;
zip_bad_crc_or_stream.zip: 0 follows; damaged error zip_bad_crc_or_stream.zip/outbox.json:1 ×1
zip_bomb_200MB_zeros.zip: error malformed:1
zip_duplicate_entry_names.zip: error no-archive:0
zip_empty_file.zip: error empty:0
zip_encrypted_flag.zip: error encrypted:0
zip_html_instead_of_json.zip: error no-archive:0
zip_many_entries_20000.zip: error no-archive:0
zip_truncated_half.zip: error truncated:204
zip_truncated_no_eocd.zip: error truncated:378
zip_wrapper_and_macosx.zip: 0 follows;
";

/// The counts were made by another program over the generated archive.
#[test]
fn the_demo_archive_imports_fully_and_its_lists_meet_its_mentions() {
    let now = Moment::from_unix_ms(1_786_924_800_000);
    let source = FolderSource::open(Path::new("../../tests/data/mastodon"), now).unwrap();
    let recorder = read_all(&source);
    let counts = ["reply", "mention", "message", "share", "quote"].map(|kind| recorder.count(kind));
    assert_eq!(counts, [664, 275, 74, 455, 0]);
    let ties = ["follow", "contact", "mute", "block"].map(|kind| recorder.count(kind));
    assert_eq!(ties, [64, 12, 2, 1]);
    let coverage = recorder.of("coverage").next().unwrap();
    assert!(
        coverage.ends_with("held=394 to=0 since=1667692800000 until=1786816800000"),
        "{coverage}"
    );
    // 60 accounts by URI, and 64 followed, 12 in lists, 2 muted, 1 blocked by address.
    assert_eq!(recorder.count("account"), 1 + 60 + 64 + 12 + 2 + 1);
    let aliases: Vec<&str> = recorder
        .of("account")
        .filter_map(|line| line.split(" alias=").nth(1)?.split(' ').next())
        .collect();
    let is_met = |tie: &&str| tie.split(' ').nth(3).is_some_and(|to| aliases.contains(&to));
    assert_eq!(recorder.of("contact").filter(is_met).count(), 12);
    // All but twelve of those followed were written to.
    assert_eq!(recorder.of("follow").filter(is_met).count(), 52);
    assert!(aliases.contains(&"acct:lesepaten@bücherwurm.example"));
    let grave: Vec<String> =
        findings(&recorder).into_iter().filter(|line| !line.contains(" note ")).collect();
    assert_eq!(grave, [""; 0]);
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let source = source(&[post(1, &json!({}), &[]), post(2, &json!({}), &[])])
        .with_file("following_accounts.csv", b"Account address\nbob@b.example\n")
        .with_file("lists.csv", b"Town,cy@c.example\n")
        .with_file("blocked_accounts.csv", b"dot@d.example\n")
        .with_file("followers.csv", b"Account address\nbob@b.example\n");
    assert_eq!(differs_by_order(&source, |source| read_all(source)), None);
}
