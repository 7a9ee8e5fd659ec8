//! Tables as Parquet, written by pyarrow 21; every test is named after what it guards.
//!
//! `ties.parquet` holds the rows of `ties.csv` in three groups, its `to` as a dictionary, beside a column of lists;
//! `odd.parquet` numbers and times without a zone; `days.parquet` German headings and days. README.md in `tests/data`
//! says how they were written.

use super::*;

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/table");
    fs::read(folder.join(name)).unwrap()
}

fn source(bytes: &[u8]) -> MemorySource {
    MemorySource::new().at(NOW).with_file("ties.parquet", bytes)
}

#[test]
fn parquet_says_what_the_same_table_says_as_csv() {
    let table = read_all(&one("ties.csv", &shipped("ties.csv")));
    let parquet = read_all(&source(&bytes("synth-dev/ties.parquet")));
    assert_eq!(parquet.lines, table.lines);
    let probe = |bytes: &[u8]| Table::new(&Params::default()).unwrap().probe(&source(bytes));
    assert_eq!(probe(&bytes("synth-dev/ties.parquet")), Probe::new(PERHAPS));
}

#[test]
fn numbers_are_text_and_times_without_a_zone_are_told() {
    let recorder = read_all(&source(&bytes("odd.parquet")));
    let all: Vec<&str> = recorder.of("message").collect();
    assert_eq!(
        all,
        [
            "message 1 -> 7 at=1704103200000 id=9007199254740993",
            "message 1 -> 8 at=1704189600000 id=9007199254740995",
        ]
    );
    check_finding(&recorder, "no-zone note ties.parquet:1 ×2");
    check_finding(&recorder, "no-date warning ties.parquet:3 ×1");
}

#[test]
fn days_stand_for_their_noon() {
    let recorder = read_all(&source(&bytes("days.parquet")));
    let all: Vec<&str> = recorder.of("friend").chain(recorder.of("visit")).collect();
    assert_eq!(
        all,
        [
            "friend me -> a start=1704110400000 label=",
            "visit me -> b at=1704196800000 id=me/b/visit/1704196800000",
        ]
    );
}

#[track_caller]
fn code_of(bytes: &[u8]) -> &'static str {
    match read_plain(&source(bytes), &mut Recorder::default()) {
        Err(ReadError::Unreadable { code, .. }) => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_damaged_or_holds_something_else_is_refused_by_name() {
    assert_eq!(code_of(&bytes("other.parquet")), "no-table");
    for bad in [&b""[..], b"PAR1", b"PAR1PAR1", b"from,to\na,b\n"] {
        let code = code_of(bad);
        assert!(["damaged", "empty"].contains(&code), "{code}");
    }
}

#[test]
fn a_truncation_anywhere_and_seeded_damage_are_answered() {
    let whole = bytes("synth-dev/ties.parquet");
    for end in (0..whole.len()).step_by(7) {
        assert!(read_plain(&source(&whole[..end]), &mut Recorder::default()).is_err(), "{end}");
    }
    let mut state = 1_u64;
    let (mut refused, mut told, mut silent) = (0, 0, 0);
    for _ in 0..400 {
        let mut bent = whole.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let at = usize::try_from(state >> 33).unwrap() % bent.len();
            bent[at] ^= u8::try_from(state >> 24 & 0xff).unwrap() | 1;
        }
        let mut recorder = Recorder::default();
        match read_plain(&source(&bent), &mut recorder) {
            Err(ReadError::Unreadable { .. }) => refused += 1,
            Ok(()) if recorder.of("damaged").next().is_some() => told += 1,
            Ok(()) => silent += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert!(0 < refused && 0 < told, "{refused} {told} {silent}");
}
