//! Other people's files and hostile ones, kept outside the project.

use std::fs;

use super::*;

#[test]
fn a_foreign_archive_of_2019_is_read() {
    let Some(path) = foreign("x/twitter-to-sqlite/tests/zip_contents") else { return };
    let recorder = read_all(&FolderSource::open(&path, NOW).unwrap());
    assert_eq!(recorder.lines[0], "account 12497 alias= handle=simonw name=Simon Willison flags=3");
    let ties: Vec<&str> =
        recorder.of("follow").map(|line| line.split(" start").next().unwrap()).collect();
    assert_eq!(
        ties,
        [
            "follow 73747798 -> 12497",
            "follow 386025404 -> 12497",
            "follow 12497 -> 547842573",
            "follow 12497 -> 12158",
        ]
    );
    check_finding(&recorder, "other-files note :0 ×3");
    check_finding(&recorder, "no-posts note");
}

#[test]
fn documented_posts_are_read_as_documented() {
    let Some(path) = foreign("x/community-archive-docs/docs/archive_data.md") else { return };
    let text = fs::read_to_string(path).unwrap();
    let mut source = MemorySource::new().at(NOW);
    for block in text.split("```json\n").skip(1) {
        let block = block.split("```").next().unwrap().trim();
        // The first example breaks off before its bracket.
        let whole = if block.ends_with(']') { block.to_owned() } else { format!("{block}]") };
        let name = block.split('.').nth(2).unwrap().replace('_', "-");
        source = source.with_file(&format!("data/{name}.js"), whole.as_bytes());
    }
    let recorder = read_all(&source);
    assert_eq!(
        recorder.of("reply").collect::<Vec<_>>(),
        ["reply 322603863 -> 732980797985148928 at=1676723591000 id=1626922779105759235"]
    );
    assert_eq!((recorder.count("follow"), recorder.count("mention")), (6, 0));
    check_finding(&recorder, "likes-without-author note data/like.js:0 ×3");
    check_finding(&recorder, "long-texts note data/note-tweet.js:0 ×1");
    let handle = "account 732980797985148928 alias= handle=empathy2000 name=Cameron (🇵🇹) flags=0";
    assert!(recorder.lines.iter().any(|line| line == handle));
}

/// What a bad input comes to, alone and under the name it would have in an archive.
#[test]
fn every_bad_input_of_x_is_read_as_it_may_be() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let cases: [(&str, &str, &str, Option<&str>); 5] = [
        // Renamed, but its text says what it is.
        ("x_follower_no_space.js", "x_follower_no_space.js", "follow 1 -> me", None),
        ("x_follower_bare_json.js", "follower.js", "follow 1 -> me", None),
        ("x_follower_no_space.js", "follower.js", "follow 1 -> me", None),
        ("x_follower_bom.js", "follower.js", "coverage me", None),
        ("x_tweet_unwrapped_2019.js", "tweet.js", "coverage me", Some("since=1502554237000")),
    ];
    for (file, name, expected, range) in cases {
        let source =
            MemorySource::new().at(NOW).with_file(name, &fs::read(folder.join(file)).unwrap());
        let recorder = read_all(&source);
        let lines = &recorder.lines;
        assert!(lines.iter().any(|line| line.starts_with(expected)), "{file}: {lines:#?}");
        assert!(findings(&recorder).iter().all(|line| !line.contains(" error ")), "{file}");
        check_finding(&recorder, "owner-unknown warning");
        if let Some(range) = range {
            check_coverage(&recorder, range);
        }
    }
}

#[test]
fn no_bad_input_is_more_than_an_error_or_a_finding() {
    let Some(folder) = foreign("_bad_inputs") else { return };
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let own = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        let names = [
            own,
            "tweets.js",
            "data/follower.js",
            "tweets.csv",
            "direct-messages.js",
            "manifest.js",
        ];
        for name in names {
            let source = MemorySource::new().at(NOW).with_file(name, &bytes);
            let _probe = probe_of(&source);
            check_end(&source, own);
            check_end(&source.with_file("account.js", &account()), own);
        }
        seen += 1;
    }
    assert_eq!(seen, 44);
}

/// Reads to the end, or to an error that says what to do.
#[track_caller]
fn check_end(source: &MemorySource, name: &str) {
    match read(source, "", &mut Recorder::default()) {
        Err(ReadError::Unreadable { en, de, .. }) => {
            assert!(en.ends_with('.') && de.ends_with('.'), "{name}: {en}");
        }
        other => assert_eq!(other, Ok(()), "{name}"),
    }
}
