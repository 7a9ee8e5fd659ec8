//! The plugin without a library: files in memory, made-up relationships, records as lines.

use std::path::Path;

use rin_plugin::{
    Compiled, Source,
    testing::{FolderSource, MemorySource, Recorder, Rows},
};

use super::*;

const MEMBERS: &str = "handle,name,you\nmara,Mara Lind,yes\ntom,Tom,\n";

fn plugin() -> Compiled<Platform> {
    Compiled::new().unwrap()
}

fn read(source: &dyn Source) -> Result<Recorder, ReadError> {
    let mut seen = Recorder::default();
    plugin().read(source, &mut seen).map(|()| seen)
}

fn export(notes: &str) -> MemorySource {
    let source = MemorySource::new().with_file("export/members.csv", MEMBERS.as_bytes());
    source.with_file("export/notes.csv", notes.as_bytes())
}

#[test]
fn the_examples_of_the_manifest_hold() {
    assert_eq!(Compiled::<Platform>::check_examples(), Ok(3));
}

#[test]
fn the_sample_is_recognised_and_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/export");
    let source = FolderSource::open(&path, Moment::from_unix_ms(1_770_000_000_000)).unwrap();
    assert_eq!(plugin().probe(&source), Probe::LIKELY);
    let seen = read(&source).unwrap();
    assert_eq!((seen.count("account"), seen.count("message")), (3, 4));
    assert_eq!(seen.of("message").next(), Some("message mara -> tom at=1760000000000 id=n1"));
    let coverage = seen.of("coverage").next().unwrap();
    assert!(coverage.ends_with("since=1760000000000 until=1765000000000"), "{coverage}");
    assert_eq!(seen.of("bad-row").collect::<Vec<_>>(), ["bad-row warning notes.csv:5 ×1"]);
}

#[test]
fn what_is_missing_is_said() {
    let says = |source: &MemorySource| read(source).unwrap_err().to_string();
    let members = MemorySource::new().with_file("members.csv", MEMBERS.as_bytes());
    assert!(says(&members).starts_with("notes.csv: The file is not there."));
    assert!(says(&export("id,from,to\n")).starts_with("notes.csv: The column sent is missing."));
    let nobody = MemorySource::new().with_file("members.csv", b"handle,name,you\ntom,Tom,\n");
    assert!(says(&nobody).starts_with("members.csv: No member is marked as you."));
}

#[test]
fn other_files_are_not_claimed() {
    let source = MemorySource::new().with_file("notes.csv", b"title,text\n");
    assert_eq!(plugin().probe(&source), Probe::NO);
}

#[test]
fn a_table_cut_off_anywhere_is_read_or_explained() {
    let notes = "id,sent,from,to\nn1,1000,mara,tom\nn2,2000,\"tom\",mara\n";
    for end in 0..notes.len() {
        match read(&export(&notes[..end])) {
            Ok(seen) => assert!(seen.count("message") <= 2),
            Err(error) => assert!(error.to_string().contains("column"), "{error}"),
        }
    }
}

#[test]
fn an_open_note_comes_before_a_greeting() {
    let now = Moment::from_unix_ms(1_700_000_000_000);
    let silent = [(Column::SilenceDays, 40.0_f32.into()), (Column::ContactDays, 6_u32.into())];
    let waiting = [(Column::OpenMs, now.plus_days(-2.0).unix_ms().into())];
    let said = Rows::at(now)
        .with_row(&silent)
        .with_row(&[])
        .with_row(&[silent.as_slice(), &waiting].concat())
        .ask(&mut plugin())
        .unwrap();
    let lines: Vec<_> = said.iter().map(|one| (one.row, &*one.kind, &*one.reason)).collect();
    assert_eq!(lines, [(0, "greet", "silent"), (2, "answer", "open")]);
    assert_eq!(said[1].due_days, 5.0);
}

#[test]
fn a_parameter_moves_the_border() {
    let rows = Rows::default()
        .with_row(&[(Column::SilenceDays, 40.0_f32.into()), (Column::ContactDays, 6_u32.into())]);
    let mut patient = Compiled::<Platform>::with(&[("greet-after-days", 90.0)]).unwrap();
    assert_eq!(rows.ask(&mut patient).unwrap(), []);
    assert_eq!(rows.ask(&mut plugin()).unwrap().len(), 1);
}
