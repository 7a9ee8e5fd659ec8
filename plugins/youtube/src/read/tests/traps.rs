//! What is odd about Takeout: languages, eras, columns, answers, videos of unknown owners.

use super::*;

const COMMENTS: &str = "Takeout/YouTube and YouTube Music/comments/comments.csv";

fn commented(rows: &str) -> Recorder {
    let source = with(COMMENTS, &format!("{HEADING}{rows}"));
    read_all(&source.with_file(
        "Takeout/YouTube and YouTube Music/history/watch-history.json",
        WATCHED.as_bytes(),
    ))
}

#[test]
fn a_comment_is_for_whose_video_it_is_if_what_was_watched_says_it() {
    let recorder = commented(&row("one", "", "tbpvom68y_z"));
    let line = recorder.of("comment").next().unwrap();
    assert!(
        line.starts_with(&format!("comment {OWN} -> {CLUB} at=1695145373434 id=Ugone")),
        "{line}"
    );
    assert!(line.ends_with("labels=#woche https://club.example"), "{line}");
    let recorder = commented(&row("one", "", "d7y2wg7oj0v"));
    assert_eq!(recorder.count("comment"), 0);
    check_finding(&recorder, &format!("comments-without-target note {COMMENTS}:2 ×1"));
}

#[test]
fn what_was_watched_and_is_cut_off_or_a_page_is_told() {
    let history = "Takeout/YouTube and YouTube Music/history/watch-history.json";
    let comments = format!("{HEADING}{}", row("a", "", "tbpvom68y_z"));
    let read = |watched: &str| {
        let source = with("Takeout/YouTube and YouTube Music/comments/comments.csv", &comments);
        read_all(&source.with_file(history, watched.as_bytes()))
    };
    let cut = read(&WATCHED[..WATCHED.len() - 1]);
    check_finding(&cut, &format!("truncated error {history}:{}", WATCHED.len()));
    check_finding(&read("<html>sign in"), &format!("html error {history}:1"));
    assert!(findings(&read(WATCHED)).iter().all(|line| !line.contains(" error ")));
}

#[test]
fn what_was_watched_is_read_from_a_page_as_well() {
    let page = r#"<a href="https://www.youtube.com/watch?v=d7y2wg7oj0v">gone</a><br>x<a href="https://www.youtube.com/watch?v=tbpvom68y_z">x</a><br><a href="https://www.youtube.com/channel/UCFtMtpOEfgtY5C4OC-OJhXT">Club</a>"#;
    let rows =
        format!("{HEADING}{}{}", row("one", "", "tbpvom68y_z"), row("two", "", "d7y2wg7oj0v"));
    let source = with("Takeout/YouTube und YouTube Music/Kommentare/Kommentare.csv", &rows);
    let recorder = read_all(&source.with_file(
        "Takeout/YouTube und YouTube Music/Verlauf/Wiedergabeverlauf.html",
        page.as_bytes(),
    ));
    assert_eq!(recorder.count("comment"), 1);
    assert!(recorder.of("comment").all(|line| line.contains(CLUB) && line.contains("id=Ugone")));
}

#[test]
fn an_answer_says_not_whom_it_answers_and_is_counted() {
    let recorder = commented(&row("two", "UgxtiXQkY7gqHbldJ1F4AaABAg", "tbpvom68y_z"));
    assert_eq!(recorder.count("comment") + recorder.count("reply"), 0);
    check_finding(&recorder, &format!("answers-without-target note {COMMENTS}:2 ×1"));
}

#[test]
fn both_orders_of_columns_and_split_files_and_blank_lines_are_read() {
    let new = format!(
        "Channel ID,Comment Create Timestamp,Price,Comment ID,Parent Comment ID,Video ID,Comment Text\n{OWN},2024-09-01T00:00:00+00:00,0,UgytHqobEtqoKm_-pYB4AaABAg,,tbpvom68y_z,\"{{\"\"text\"\":\"\"a\"\"}},{{\"\"text\"\":\"\"\n\"\"}},{{\"\"text\"\":\"\"#b\"\"}}\"\n\n\n\n"
    );
    let source = with(COMMENTS, &new)
        .with_file(
            &COMMENTS.replace(".csv", "(1).csv"),
            format!("{HEADING}{}", row("one", "", "tbpvom68y_z")).as_bytes(),
        )
        .with_file("x/YouTube/watch-history.json", WATCHED.as_bytes());
    let recorder = read_all(&source);
    let ids: Vec<&str> = recorder
        .of("comment")
        .map(|line| line.split("id=").nth(1).unwrap().split(' ').next().unwrap())
        .collect();
    assert_eq!(ids, ["UgytHqobEtqoKm_-pYB4AaABAg", "Ugonexxxxxxxxxxxxxxxxxxxxx"]);
    assert!(recorder.of("comment").next().unwrap().ends_with("labels=#b"));
    assert!(findings(&recorder).iter().all(|line| !line.contains("bad-row")));
}

#[test]
fn headings_and_names_in_other_languages_and_cases_are_read() {
    let german = format!(
        "Kanal-ID,Kanal-URL,Kanaltitel\n{CLUB},http://www.youtube.com/channel/{CLUB},Verein\n"
    );
    for (name, heading) in [
        ("Takeout/YouTube und YouTube Music/Abos/Abos.csv", german.clone()),
        (
            "Takeout/YouTube en YouTube Music/abonnementen/abonnementen.csv",
            german.replace("Kanal-ID", "Kanaal-ID"),
        ),
        (
            "Takeout/YouTube 和 YouTube Music/订阅内容/订阅内容.csv",
            german.replace("Kanal-ID", "频道 ID"),
        ),
        ("anything.csv", german.replace("Kanal-ID", "x")),
    ] {
        let source = MemorySource::new().at(NOW).with_file(name, heading.as_bytes());
        assert_eq!(probe_of(&source), Probe::CERTAIN, "{name}");
        let recorder = read_all(&source);
        assert_eq!(recorder.count("subscriber"), 1, "{name}");
        assert!(recorder.of("account").any(|line| line.contains("name=Verein")), "{name}");
    }
    let lower = HEADING.replace("Comment Create Timestamp", "Comment create timestamp");
    let source = with(
        "Takeout/YouTube en YouTube Music/reacties/reacties.csv",
        &format!("{lower}{}", row("one", "", "tbpvom68y_z")),
    );
    check_finding(
        &read_all(&source),
        "comments-without-target note Takeout/YouTube en YouTube Music/reacties/reacties.csv:2 ×1",
    );
}

#[test]
fn marks_and_line_ends_of_other_programs_are_read() {
    let table = format!("\u{feff}{}", SUBSCRIBED.replace('\n', "\r\n"));
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("Abos.csv", table.as_bytes()));
    assert_eq!(recorder.count("subscriber"), 1);
    assert!(recorder.of("account").any(|line| line.contains("name=Club, the")));
}

#[test]
fn an_empty_list_is_a_list_and_a_broken_one_is_not_complete() {
    let empty = "Kanal-ID,Kanal-URL,Kanaltitel\n";
    let recorder =
        read_all(&MemorySource::new().at(NOW).with_file("YouTube/Abos.csv", empty.as_bytes()));
    check_coverage(&recorder, "held=32");
    for none in ["", "\n", "<html>,x,y"] {
        let source = MemorySource::new().at(NOW).with_file("YouTube/Abos.csv", none.as_bytes());
        assert_eq!(error_of(&source), "no-export ", "{none}");
    }
    let broken = format!("{SUBSCRIBED}UCshort,x,y\n");
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("Abos.csv", broken.as_bytes()));
    check_coverage(&recorder, "held=0");
    check_finding(&recorder, "bad-row warning Abos.csv:3 ×1");
}

#[test]
fn subscriptions_have_no_date_but_in_exports_until_2021() {
    let recorder = read_all(&with("x.txt", ""));
    assert!(recorder.of("subscriber").all(|line| line.contains("start=<=")));
    let list = format!(
        r#"[{{"kind":"youtube#subscription","snippet":{{"channelId":"{OWN}","publishedAt":"2019-05-01T10:00:00.000Z","resourceId":{{"channelId":"{CLUB}","kind":"youtube#channel"}},"title":"Club"}}}},{{"snippet":{{"resourceId":{{"channelId":"x"}}}}}}]"#
    );
    let source =
        MemorySource::new().at(NOW).with_file("YouTube/subscriptions.json", list.as_bytes());
    let recorder = read_all(&source);
    let line = recorder.of("subscriber").next().unwrap();
    assert!(line.contains(&format!("-> {CLUB} start=1556704800000")), "{line}");
    check_finding(&recorder, "bad-row warning YouTube/subscriptions.json:");
    check_coverage(&recorder, "held=0");
}

#[test]
fn comments_of_an_older_export_are_a_page_that_is_not_read_and_said() {
    let recorder =
        read_all(&with("Takeout/YouTube/my-comments/my-comments.html", "<html><li>x</li>"));
    check_finding(
        &recorder,
        "comments-page warning Takeout/YouTube/my-comments/my-comments.html:0 ×1",
    );
    check_coverage(&recorder, "sent=0");
    check_finding(&read_all(&with("x.txt", "")), "no-comments note :0 ×1");
}

#[test]
fn the_owner_is_said_or_the_channel_or_who_wrote_or_unknown() {
    let recorder = read_all(&with("x.txt", ""));
    check_finding(&recorder, "owner-unknown warning ");
    check_coverage(&recorder, "coverage me ");
    check_coverage(&read_with(&with("x.txt", ""), OWN), &format!("coverage {OWN} "));
    let channel = format!("Kanal-ID,Kanaltitel (Original)\n{OWN},Mara\n");
    let recorder = read_all(&with("Takeout/YouTube und YouTube Music/Kanäle/Kanal.csv", &channel));
    assert_eq!(recorder.lines[0], format!("account {OWN} alias= handle=Mara name=Mara flags=3"));
    assert_eq!(recorder.count("subscriber"), 1);
    check_coverage(&commented(&row("one", "", "tbpvom68y_z")), &format!("coverage {OWN} "));
}

#[test]
fn own_videos_other_channels_twins_and_impossible_dates_are_counted() {
    let other = row("two", "", "tbpvom68y_z").replace(OWN, "UClwSgi4BDrT-9EEJXy8U5yd");
    let odd = row("odd", "", "tbpvom68y_z").replace("2023-", "1970-");
    let rows = [
        row("one", "", "tbpvom68y_z"),
        row("one", "", "tbpvom68y_z"),
        row("own", "", "sv60k7s6n6m"),
        other,
        odd,
    ];
    let videos = format!(
        "Video ID,Length,Channel ID,Video Title (Original),Video Create Timestamp\nsv60k7s6n6m,5,{OWN},x,2020-01-01T00:00:00+00:00\n"
    );
    let source = with(COMMENTS, &format!("{HEADING}{}", rows.concat()))
        .with_file("Takeout/YouTube and YouTube Music/video metadata/videos.csv", videos.as_bytes())
        .with_file("watch-history.json", WATCHED.as_bytes());
    let recorder = read_all(&source);
    assert_eq!(recorder.count("comment"), 1);
    for (code, line) in [
        ("duplicate note", 3),
        ("own-video note", 4),
        ("other-channel warning", 5),
        ("no-date warning", 6),
    ] {
        check_finding(&recorder, &format!("{code} {COMMENTS}:{line} ×1"));
    }
}

#[test]
fn a_message_in_a_live_chat_is_for_whose_video_it_is() {
    let chats = format!(
        "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text\nCjoKGkNJ,{OWN},2023-04-14T07:39:35+00:00,0,tbpvom68y_z,\"{{\"\"text\"\":\"\"hi\"\"}}\"\n"
    );
    let source = with("Takeout/YouTube and YouTube Music/live chats/live chats.csv", &chats);
    let recorder = read_all(&source.with_file("watch-history.json", WATCHED.as_bytes()));
    assert_eq!(
        recorder.of("comment").next().unwrap(),
        format!("comment {OWN} -> {CLUB} at=1681457975000 id=chat:tbpvom68y_z:1681457975000")
    );
}

#[test]
fn a_channel_is_an_address_too() {
    let list = format!(
        "Channel Id,Channel Url,Channel Title\n{CLUB},http://www.youtube.com/channel/{CLUB},Club\n"
    );
    let [own, club] =
        [OWN, CLUB].map(|id| format!("{id} page youtube.com/channel/{}", id.to_lowercase()));
    let recorder = commented(&row("one", "", "tbpvom68y_z"));
    assert_eq!(recorder.facts.first(), Some(&own));
    // Who has the list is not said in it, and has no address.
    let nobody = MemorySource::new().at(NOW).with_file("subscriptions.csv", list.as_bytes());
    assert_eq!(read_all(&nobody).facts, [club]);
}
