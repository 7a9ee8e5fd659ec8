//! Whole sources: forms, probes, refusals, stops, cuts and damage.

use super::*;

/// Other people's files, kept outside the project; `None`, with a printed word, where they are not at hand.
fn foreign(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/archives");
    let found = Some(folder.join(path)).filter(|path| path.exists());
    if found.is_none() {
        println!("skipped: {path} is not at hand");
    }
    found
}

fn probe_of(source: &dyn Source) -> u8 {
    Table::new(&Params::default()).unwrap().probe(source).percent()
}

fn error_of(source: &dyn Source) -> String {
    match read_plain(source, &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, file, .. }) => format!("{code} {file}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_list_of_objects_is_read_like_lines() {
    let lines = shipped("ties.jsonl");
    let list = format!("[{}]", lines.trim().lines().collect::<Vec<_>>().join(",\n"));
    assert_eq!(
        records(&read_all(&one("t.json", &list))),
        records(&read_all(&one("t.jsonl", &lines)))
    );
}

#[test]
fn a_table_is_less_sure_than_whoever_knows_its_own() {
    assert_eq!(probe_of(&one("t.csv", "a,from,to\n")), 50);
    assert_eq!(probe_of(&one("t.jsonl", "{\"src\":1,\"dst\":2}\n")), 50);
    for (name, text) in [
        ("t.csv", "a,b\n1,2\n"),
        ("t.csv", "from\n"),
        ("t.csv", ""),
        ("t.json", "{}"),
        ("t.png", "from,to\n"),
    ] {
        assert_eq!(probe_of(&one(name, text)), 0, "{name} {text}");
    }
}

#[test]
fn what_is_no_table_is_refused_with_a_remedy() {
    assert_eq!(error_of(&one("t.csv", "a,b\n1,2\n")), "no-table t.csv");
    assert_eq!(error_of(&one("t.zip", "<html>")), "html t.zip");
    assert_eq!(error_of(&MemorySource::new()), "no-table ");
}

#[test]
fn blank_and_bad_lines_cost_themselves() {
    let text = "{\"from\":\"a\",\"to\":\"b\",\"kind\":\"dm\",\"at\":\"2025-01-01T00:00:00Z\"}\n\n{\"from\":\"a\"\n{\"from\":\"a\",\"to\":\"b\",\"kind\":\"dm\",\"at\":1735776000}";
    let recorder = read_all(&one("t.jsonl", text));
    assert_eq!(recorder.count("message"), 2);
    check_finding(&recorder, "bad-row warning t.jsonl:3 ×1");
    check_coverage(&recorder, "sent=0 received=0");
    let deep = format!("{{\"from\":\"a\",\"to\":\"b\"}}\n{}\n", "[".repeat(200_000));
    check_finding(&read_all(&one("t.jsonl", &deep)), "bad-row warning t.jsonl:2 ×1");
}

#[test]
fn a_host_that_wants_no_more_is_obeyed_at_every_record() {
    let source = one("t.csv", &shipped("ties.csv"));
    let all = read_all(&source).lines.len();
    for most in 0..all {
        let mut recorder = Recorder { stop_after: Some(most), ..Recorder::default() };
        let result = read_plain(&source, &mut recorder);
        assert_eq!((result, recorder.lines.len()), (Err(ReadError::Stopped), most));
    }
}

#[test]
fn a_truncation_at_every_byte_is_read_or_explained() {
    for name in ["ties.csv", "ties.jsonl"] {
        let text = shipped(name);
        for end in 0..text.len() {
            check_end(&one(name, &text[..end]), &format!("{name} {end}"));
        }
    }
}

/// A sequence of numbers from a seed (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    /// Spoils bytes in up to three places.
    fn spoil(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(4) {
                0 => bytes[at] = u8::try_from(self.below(256)).unwrap(),
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, b"\",\n\r{}[:9"[self.below(9)]),
                _ => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            }
        }
    }
}

#[test]
fn seeded_damage_never_panics_and_is_always_answered() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for round in 0..400 {
        let mut source = MemorySource::new().at(NOW);
        for name in ["ties.csv", "ties.jsonl"] {
            let mut bytes = shipped(name).into_bytes();
            chance.spoil(&mut bytes);
            source = source.with_file(name, &bytes);
        }
        check_end(&source, &round.to_string());
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
        for name in [own, "t.csv", "t.jsonl", "t.json"] {
            let source = MemorySource::new().at(NOW).with_file(name, &bytes);
            let _sure = probe_of(&source);
            check_end(&source, own);
        }
        let is_ours = own == "ndjson_with_blank_and_bad_line.jsonl";
        let source = MemorySource::new().at(NOW).with_file(own, &bytes);
        assert_eq!(probe_of(&source), if is_ours { 50 } else { 0 }, "{own}");
        let said = error_of(&source);
        assert_eq!(said == "Ok(())", is_ours, "{own}: {said}");
        seen += 1;
    }
    assert_eq!(seen, 44);
}

/// Reads to the end, or to an error that says what to do.
#[track_caller]
fn check_end(source: &MemorySource, name: &str) {
    let mut recorder = Recorder::default();
    match read_plain(source, &mut recorder) {
        Err(ReadError::Unreadable { en, de, .. }) => {
            assert!(en.ends_with('.') && de.ends_with('.'), "{name}: {en}");
        }
        other => {
            assert_eq!(other, Ok(()), "{name}");
            assert_eq!(recorder.count("coverage"), 1, "{name}");
        }
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_parquet_it_is_said_how_to_get_it() {
    let source = MemorySource::new().at(NOW).with_file("ties.parquet", b"PAR1");
    match read_plain(&source, &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, file, en, .. }) => {
            assert_eq!((code, file.as_str()), ("no-parquet", "ties.parquet"));
            assert!(en.contains("CSV") && en.contains("--features parquet"), "{en}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(Table::new(&Params::default()).unwrap().probe(&source), Probe::new(PERHAPS));
}

#[test]
fn the_order_of_files_in_an_archive_does_not_matter() {
    let source = MemorySource::new()
        .at(NOW)
        .with_file("ties.csv", shipped("ties.csv").as_bytes())
        .with_file("more.jsonl", shipped("ties.jsonl").as_bytes())
        .with_file(
            "visits.csv",
            b"from,to,kind,at\nmara.beispiel,ann@a.example,visit,2026-02-08\n",
        );
    assert_eq!(differs_by_order(&source, |source| read_all(source)), None);
}

/// The rows of the table shipped here, without its heading.
fn rows() -> Vec<String> {
    shipped("ties.csv").lines().skip(1).map(str::to_owned).collect()
}

fn of_rows(rows: &[String]) -> MemorySource {
    let shipped = shipped("ties.csv");
    let all = [&[shipped.lines().next().unwrap().to_owned()], rows].concat().join("\n");
    MemorySource::new().at(NOW).with_file("ties.csv", all.as_bytes())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_rows_does_not_matter(drawn in Just(rows()).prop_shuffle()) {
        let said = unordered(read_all(&of_rows(&rows())));
        prop_assert!(10 < said.len());
        prop_assert_eq!(unordered(read_all(&of_rows(&drawn))), said);
    }
}
