//! What comes out of tables, one trap at a time; every test is named after what it guards.

#[cfg(feature = "parquet")]
mod parquet;
mod whole;

use std::{
    fs,
    path::{Path, PathBuf},
};

use proptest::prelude::{
    Just, ProptestConfig, Strategy as _, prop_assert, prop_assert_eq, proptest,
};
use rin_plugin::{
    prelude::{Params, Plugin},
    testing::{MemorySource, Recorder, differs_by_order, unordered},
};

use super::*;
use crate::Table;

const NOW: Moment = Moment::from_unix_ms(1_800_000_000_000);

fn one(name: &str, text: &str) -> MemorySource {
    MemorySource::new().at(NOW).with_file(name, text.as_bytes())
}

fn read_with(source: &dyn Source, params: &[(&str, &str)]) -> Recorder {
    let mut recorder = Recorder::default();
    let params =
        params.iter().fold(Params::default(), |all, (key, value)| all.with_text(key, value));
    Table::new(&params).unwrap().read(source, &mut recorder).unwrap();
    recorder
}

fn read_all(source: &dyn Source) -> Recorder {
    read_with(source, &[])
}

fn read_plain(source: &dyn Source, sink: &mut Recorder) -> Result<(), ReadError> {
    read(source, &Settings::new(&Params::default()).unwrap(), sink)
}

fn findings(recorder: &Recorder) -> Vec<String> {
    let severities = ["note", "warning", "error"];
    let is_finding =
        |line: &&String| line.split(' ').nth(1).is_some_and(|word| severities.contains(&word));
    recorder.lines.iter().filter(is_finding).cloned().collect()
}

fn records(recorder: &Recorder) -> Vec<String> {
    let told = findings(recorder);
    recorder.lines.iter().filter(|line| !told.contains(line)).cloned().collect()
}

#[track_caller]
fn check_finding(recorder: &Recorder, expected: &str) {
    let all = findings(recorder);
    assert!(all.iter().any(|line| line.starts_with(expected)), "{expected} is not among {all:#?}");
}

#[track_caller]
fn check_coverage(recorder: &Recorder, expected: &str) {
    let line = recorder.of("coverage").next().unwrap();
    assert!(line.contains(expected), "{expected} is not in {line}");
}

fn shipped(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/table/synth-dev");
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn table_and_lines_equal_their_truth_and_each_other() {
    let truth = shipped("truth.json");
    assert!(truth.contains("\"rows\": 24"), "{truth}");
    let table = read_all(&one("ties.csv", &shipped("ties.csv")));
    let lines = read_all(&one("ties.jsonl", &shipped("ties.jsonl")));
    assert_eq!(records(&table), records(&lines));
    let counts = ["message", "reply", "reaction", "follow"].map(|kind| table.count(kind));
    let written = ["message", "reply", "like", "follow"]
        .map(|kind| shipped("ties.csv").matches(&format!(",{kind},")).count());
    assert_eq!((counts, counts.iter().sum::<usize>()), (written, 24));
    let (since, until) = (1_614_773_671_000_i64, 1_784_915_451_000_i64);
    check_coverage(&table, "mara.beispiel sent=");
    check_coverage(&table, &format!("since={since} until={until}"));
    check_coverage(&table, "received=0 held=0 to=0");
    assert!(findings(&table).is_empty(), "{:#?}", findings(&table));
}

#[test]
fn a_row_without_an_id_is_the_same_event_each_time() {
    let text = "from,to,kind,at\nme,ann,visit,2026-02-08\nme,ann,visit,2026-02-08\n";
    let recorder = read_with(&one("t.csv", text), &[("me", "me")]);
    let events: Vec<&str> = recorder.of("visit").collect();
    assert_eq!(events[0], events[1]);
    assert!(events[0].ends_with("id=me/ann/visit/1770552000000"), "{}", events[0]);
}

#[test]
fn ids_beyond_2_to_the_53_are_never_rounded() {
    let text = "{\"src\":9007199254740993,\"dst\":\"18446744073709551617\",\"t\":1770552000,\"kind\":\"reply\",\"id\":90071992547409931}\n";
    let recorder = read_all(&one("t.jsonl", text));
    let line = recorder.of("reply").next().unwrap();
    assert!(
        line.starts_with("reply 9007199254740993 -> 18446744073709551617 at=1770552000000"),
        "{line}"
    );
    assert!(line.ends_with("id=90071992547409931"), "{line}");
}

#[test]
fn duplicate_keys_are_one_value_and_byte_order_marks_are_none() {
    let text = "\u{feff}{\"from\":\"a\",\"from\":\"b\",\"to\":\"c\",\"kind\":\"like\",\"at\":1770552000}\r\n";
    assert_eq!(
        read_all(&one("t.ndjson", text)).of("reaction").next().unwrap().split(" at=").next(),
        Some("reaction b -> c")
    );
}

#[test]
fn columns_in_german_with_semicolons_in_any_encoding_are_read() {
    let text = b"Von;An;Art;Datum\r\nJ\xfcrgen;Zo\xeb;Besuch;08.02.2026\r\n";
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("t.csv", text));
    assert!(
        recorder.of("visit").next().unwrap().starts_with("visit Jürgen -> Zoë at=1770552000000")
    );
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "src\tdst\tt\tkind\nä\tb\t1770552000\tmessage\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let recorder = read_all(&MemorySource::new().at(NOW).with_file("t.tsv", &wide));
    assert!(recorder.of("message").next().unwrap().starts_with("message ä -> b "));
}

/// Keeps how relations begin and end.
#[derive(Default)]
struct Spans(Vec<(TieKind, TieStart, TieEnd)>);

impl RecordSink for Spans {
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
        if let Record::Tie(tie) = record {
            self.0.push((tie.kind, tie.start, tie.end));
        }
        Ok(())
    }
}

#[test]
fn relations_begin_and_end() {
    let text = "src,dst,kind,t,until\nme,ann,friend,2020-01-01,2021-01-01\nme,ben,follow,,\nme,cy,unfollow,2022-01-01,\n";
    let mut spans = Spans::default();
    read(&one("t.csv", text), &Settings::new(&Params::default()).unwrap(), &mut spans).unwrap();
    let [begin, end, left] =
        [1_577_880_000_000, 1_609_502_400_000, 1_641_038_400_000].map(Moment::from_unix_ms);
    let expected = [
        (TieKind::Friend, TieStart::Exact(begin), TieEnd::Exact(end)),
        (TieKind::Follow, TieStart::Unknown, TieEnd::Open),
        (TieKind::Follow, TieStart::Unknown, TieEnd::Exact(left)),
    ];
    assert_eq!(spans.0, expected);
}

#[test]
fn a_kind_is_said_or_known_but_never_guessed() {
    let text = "src,dst,t\nme,ann,1770552000\nme,ben,1770552000\n";
    let source = one("t.csv", text);
    check_finding(&read_all(&source), "no-kind error t.csv:2 ×2");
    assert_eq!(read_with(&source, &[("kind", "call")]).count("message"), 2);
    let odd = one("t.csv", "src,dst,t,kind\nme,ann,1770552000,poke\nme,ben,1770552000,call\n");
    let recorder = read_all(&odd);
    check_finding(&recorder, "unknown-kind warning t.csv:2 ×1");
    check_coverage(&recorder, "sent=0 received=0");
}

#[test]
fn dates_of_two_meanings_and_times_without_a_zone_are_told() {
    let text = "src,dst,kind,t\nme,a,visit,02/08/2026\nme,b,visit,31 Feb 2026\nme,c,visit,\nme,d,visit,2026-02-08 12:00\nme,e,visit,2099-01-01\n";
    let recorder = read_all(&one("t.csv", text));
    assert_eq!(recorder.count("visit"), 1);
    check_finding(&recorder, "no-date warning t.csv:2 ×4");
    check_finding(&recorder, "no-zone note t.csv:5 ×1");
}

#[test]
fn the_one_in_every_row_is_the_owner_and_else_nobody() {
    let text = "src,dst,kind,t\nm,a,reply,1770552000\nb,m,reply,1770552001\n";
    check_coverage(
        &read_all(&one("t.csv", text)),
        &format!("m sent={0} received={0}", InteractionKinds::of(&[InteractionKind::Reply]).bits()),
    );
    let strangers = "src,dst,kind,t\nm,a,reply,1770552000\nb,c,reply,1770552001\n";
    let recorder = read_all(&one("t.csv", strangers));
    check_finding(&recorder, "owner-unknown warning :0 ×1");
    assert_eq!(recorder.count("reply"), 2);
}

#[test]
fn ragged_rows_empty_sides_and_zero_bytes_are_told() {
    let text = "src,dst,kind,t\nm\nm,a,reply,1770552000,x,y\nm,m,reply,1770552000\nm,b\0,reply,1770552000\n";
    let recorder = read_all(&one("t.csv", text));
    assert_eq!(recorder.count("reply"), 1);
    for code in
        ["no-side warning t.csv:2 ×1", "own-row note t.csv:4 ×1", "bad-row warning t.csv:5 ×1"]
    {
        check_finding(&recorder, code);
    }
}

#[test]
fn other_names_of_columns_can_be_said() {
    let text = "who,partner,what,on\nme,ann,call,2026-02-08\n";
    let params = [
        ("from-column", "WHO"),
        ("to-column", "partner"),
        ("kind-column", "what"),
        ("at-column", "on"),
    ];
    assert_eq!(read_with(&one("t.csv", text), &params).count("message"), 1);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told_with_its_line_and_nothing_is_covered() {
    for (text, line) in [
        (
            "from,to,kind,at,note\nme,ann,call,2026-02-08,\"ok\"\nme,ben,call,2026-02-08,\"oops\nme,cy,call,2026-02-08,\n",
            3,
        ),
        ("at,kind,from,to\n2026-02-08,call,me,\"ben\n2026-02-08,call,me,cy\n", 2),
        ("from,to,kind,at\nme,5\",call,2026-02-08\nme,\"ben,call,2026-02-08\n", 3),
    ] {
        let recorder = read_with(&one("t.csv", text), &[("me", "me")]);
        check_finding(&recorder, &format!("open-quote warning t.csv:{line} ×1"));
        assert!(recorder.of("coverage").all(|line| line.contains("sent=0 received=0")));
        assert!(recorder.lines.iter().all(|line| !line.contains("ben")) || line == 3);
    }
    // Two of them make one name of three rows.
    let text = "from,to,kind,at\nme,\"ben,call,2026-02-08\nme,cy,call,2026-02-08\nme,dan\",call,2026-02-08\n";
    check_finding(&read_with(&one("t.csv", text), &[("me", "me")]), "bad-row warning t.csv:2 ×1");
}

#[test]
fn a_table_without_rows_and_a_name_that_stands_in_none_are_told() {
    let empty = read_all(&one("t.csv", "from,to,kind,at\n"));
    check_finding(&empty, "no-rows warning");
    assert!(findings(&empty).len() == 1, "{empty:?}");
    let text = "from,to,kind,at\nme,ann,call,2026-02-08\n";
    check_finding(&read_with(&one("t.csv", text), &[("me", "mee")]), "me-not-there warning");
    assert!(findings(&read_with(&one("t.csv", text), &[("me", "me")])).is_empty());
}

#[test]
fn what_is_said_of_a_contact_is_of_whom_the_row_is_with() {
    let text = "from,to,kind,at,contact_name,contact_mail,Contact_Company,contact_city,contact_url\n\
        me,ann,call,2026-02-08,Ann Bee,Ann@a.example,Lichtwerk,Bonn,https://a.example/ann\n\
        ann,me,call,2026-02-09,Ann Bee,ann@a.example,Lichtwerk,Bonn,https://a.example/ann\n\
        ann,cem,call,2026-02-10,Zoe,zoe@a.example,Amt,Ulm,\n";
    let recorder = read_with(&one("t.csv", text), &[("me", "me")]);
    let expected = [
        "ann mail ann@a.example",
        "ann link a.example/ann",
        "ann organisation Lichtwerk",
        "ann place Bonn",
    ];
    assert_eq!(recorder.facts, expected);
    assert_eq!(recorder.of("account").filter(|line| line.contains("name=Ann Bee")).count(), 1);
    assert!(!recorder.lines.iter().any(|line| line.contains("Zoe")));
    // Rows between others leave the owner open; who says "me" is meant all the same.
    let text =
        "from,to,kind,at,contact_name\nme,ann,call,2026-02-08,Ann Bee\nben,cy,call,2026-02-08,\n";
    let recorder = read_with(&one("t.csv", text), &[]);
    check_finding(&recorder, "owner-unknown");
    assert_eq!(recorder.of("account").filter(|line| line.contains("name=Ann Bee")).count(), 1);
    let named = "from,to,kind,at,telefonliste\nme,ann,call,2026-02-08,ann@a.example\n";
    let params = [("me", "me"), ("mail-column", "Telefonliste")];
    assert_eq!(read_with(&one("t.csv", named), &params).facts, ["ann mail ann@a.example"]);
}

#[test]
fn an_id_that_is_an_address_says_so() {
    let text = "from,to,kind,at\nMe@b.example,https://a.example/@Ann,mail,2026-02-08\nMe@b.example,ben,mail,2026-02-08\n";
    let recorder = read_all(&one("t.csv", text));
    assert_eq!(
        recorder.facts,
        ["Me@b.example mail me@b.example", "https://a.example/@Ann page a.example/@ann"]
    );
}
