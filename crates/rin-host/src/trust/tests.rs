//! What stands in the file, what is refused, and who may run.

use std::fs;

use rin_abi::Manifest;
use tempfile::TempDir;

use super::*;

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
const DAY: Day = Day::from_number(20_682);

struct Place {
    _dir: TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deep/down").join(Trust::FILE);
        Self { _dir: dir, path }
    }

    fn holding(text: &str) -> Self {
        let place = Self::new();
        fs::create_dir_all(place.path.parent().unwrap()).unwrap();
        fs::write(&place.path, text).unwrap();
        place
    }

    fn trust(&self) -> Trust {
        Trust::read(&self.path).unwrap()
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }
}

fn approval(id: &str, sha256: &str) -> Approval {
    Approval {
        id: id.to_owned(),
        version: "0.1.0".to_owned(),
        sha256: sha256.to_owned(),
        isolation: Isolation::Worker,
        permissions: Vec::new(),
        date: DAY,
    }
}

fn found(origin: Origin) -> Found {
    let text = include_str!("../../../../tests/plugins/probe/plugin.toml");
    Found {
        manifest: Manifest::parse("plugin.toml", text).unwrap(),
        manifest_file: PathBuf::from("/p/plugin.toml"),
        library: PathBuf::from("/p/librin_probe.so"),
        origin,
    }
}

const PROBE: &str = "org.rin.probe";

#[test]
fn the_file_says_what_was_approved_and_reads_back_the_same() {
    let place = Place::new();
    let mut trust = place.trust();
    trust.ledger().add(B, "org.example.x", "ended by signal 11, saying \"so\nlong\"");
    trust.note_crashes(DAY.start()).unwrap();
    let personal = vec![Column::Handle, Column::Name, Column::Name];
    let more =
        Approval { isolation: Isolation::InProcess, permissions: personal, ..approval("z.b", B) };
    trust.approve(more).unwrap();
    trust.approve(approval("a.b", A)).unwrap();
    trust.ledger().add(B, "z.b", "gave no answer");
    trust.note_crashes(DAY.start()).unwrap();
    trust.revoke("m.n", DAY).unwrap();
    let expected = format!(
        "\
# Which plugins may run, byte for byte. Written by `rin plugin approve` and `rin plugin revoke`.
# A plugin that is not listed runs only if it came with the program.

[[plugin]]
id = \"a.b\"
version = \"0.1.0\"
sha256 = \"{A}\"
isolation = \"worker\"
permissions = []
date = 2026-08-17

[[plugin]]
id = \"z.b\"
version = \"0.1.0\"
sha256 = \"{B}\"
isolation = \"in-process\"
permissions = [\"name\", \"handle\"]
date = 2026-08-17

[[revoked]]
id = \"m.n\"
date = 2026-08-17

[[crashed]]
sha256 = \"{B}\"
plugin = \"z.b\"
count = 1
how = \"gave no answer\"
noted = 2026-08-17
"
    );
    assert_eq!(place.text(), expected);
    let again = place.trust();
    assert_eq!(again.kept, trust.kept);
    assert_eq!(again.ledger().count(B), 1);
    let folder = fs::read_dir(place.path.parent().unwrap()).unwrap();
    assert_eq!(folder.count(), 1, "nothing else is left behind");
}

#[test]
fn the_file_shown_in_the_chapter_is_read_and_written_like_that() {
    let chapter = include_str!("../../../../docs/TRUST.md");
    let shown = chapter.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let place = Place::holding(shown);
    assert_eq!(place.trust().kept.revoked.len(), 1);
    place.trust().approve(approval("org.example.club", A)).unwrap();
    let expected =
        shown.replace("9bdcc297c00325c538b14098a76ea681296cbb5da4e537ab9aacf0969d90f827", A);
    assert!(place.text().ends_with(&expected), "{}", place.text());
}

#[test]
fn what_a_plugin_says_as_it_ends_cannot_break_the_file() {
    let place = Place::new();
    let mut trust = place.trust();
    let how = "\"\"\" ]]\n[[plugin]]\nid = 'evil'\u{1b}\\";
    trust.ledger().add(A, "org.example.x", how);
    trust.note_crashes(DAY.start()).unwrap();
    trust.ledger().add(B, "org.example.y", &"ü".repeat(1000));
    trust.note_crashes(DAY.start()).unwrap();
    let again = place.trust();
    assert_eq!(again.kept.crashed[1].how, "ü".repeat(150), "and there is an end to it");
    assert!(again.kept.approvals.is_empty());
    assert_eq!(again.kept.crashed[0].how, "\"\"\" ]] [[plugin]] id = 'evil' \\");
}

#[test]
fn what_does_not_belong_is_refused_with_line_and_hint() {
    let entry = |from: &str, to: &str| {
        let text = format!(
            "# Mine.\n[[plugin]]\nid = \"a.b\"\nversion = \"1\"\nsha256 = \"{A}\"\n\
             isolation = \"worker\"\npermissions = [\n  \"name\",\n]\ndate = 2026-08-17\n"
        );
        text.replace(from, to)
    };
    let twice = format!("{}{}", entry("", ""), entry("", ""));
    let both = format!("{}[[revoked]]\nid = \"a.b\"\ndate = 2026-08-17\n", entry("", ""));
    for (text, expected) in [
        (entry("permissions", "permisions"), ":7: unknown field `permisions`, expected one of"),
        (entry("permissions", "permisions"), "; did you mean `permissions`?"),
        (
            entry("\"worker\"", "\"workr\""),
            ":6: unknown isolation `workr`, there are worker, required, in-process; did you mean `worker`?",
        ),
        (entry("\"name\"", "\"silence-days\""), ":8: unknown personal column `silence-days`"),
        (entry(A, "AB"), ":5: a SHA-256 has 64 lower-case hexadecimal digits"),
        (entry("2026-08-17", "2026-08-17T09:00:00Z"), ":10: this must be a day such as 2026-08-17"),
        (entry("version = \"1\"\n", ""), ":2: missing field `version`"),
        (entry("[[plugin]]", "[[plugin]"), ":2: "),
        (twice, ":13: a second entry for `a.b`"),
        (both, ":12: a second entry for `a.b`"),
    ] {
        let place = Place::holding(&text);
        let error = Trust::read(&place.path).unwrap_err();
        let said = error.to_string();
        assert!(said.contains(expected), "{expected} in {said}");
        assert!(said.starts_with(&place.path.display().to_string()), "{said}");
        assert!(error.remedy().en.contains("delete the file"), "{error:?}");
    }
    assert!(Trust::read(Path::new("/")).is_err());
}

#[test]
fn only_these_very_bytes_are_approved() {
    let place = Place::new();
    let mut trust = place.trust();
    let (ours, theirs) = (found(Origin::Shipped), found(Origin::Elsewhere));
    assert_eq!(trust.standing(&ours, A), Standing::Shipped);
    assert_eq!(trust.standing(&theirs, A), Standing::Unknown);
    trust.approve(approval(PROBE, A)).unwrap();
    assert_eq!(trust.standing(&theirs, A), Standing::Approved);
    let changed = Standing::Changed { version: "0.1.0".to_owned(), sha256: A.to_owned() };
    assert_eq!(trust.standing(&theirs, B), changed);
    assert_eq!(trust.standing(&ours, B), Standing::Shipped, "an update of the program");
    trust.revoke(PROBE, DAY).unwrap();
    for plugin in [&ours, &theirs] {
        assert_eq!(trust.standing(plugin, A), Standing::Revoked);
    }
    trust.approve(approval(PROBE, A)).unwrap();
    assert_eq!(place.trust().standing(&ours, A), Standing::Approved);
}

#[test]
fn three_crashes_end_it_and_an_approval_gives_another_chance() {
    let place = Place::new();
    let mut trust = place.trust();
    trust.approve(approval(PROBE, A)).unwrap();
    let plugin = found(Origin::Elsewhere);
    for _ in 0..3 {
        trust.ledger().add(A, PROBE, "ended by signal 11");
    }
    assert_eq!(trust.note_crashes(DAY.start()).unwrap().len(), 1);
    assert!(trust.note_crashes(DAY.start()).unwrap().is_empty(), "nothing new");
    let mut later = place.trust();
    assert_eq!(later.standing(&plugin, A), Standing::Quarantined { crashes: 3 });
    let error = later.loading(&plugin, A, &Loading::default()).unwrap_err();
    let expected =
        "plugin org.rin.probe is not used: it has crashed 3 times and is not run any more";
    assert_eq!(error.to_string(), expected);
    later.approve(approval(PROBE, A)).unwrap();
    assert_eq!(later.standing(&plugin, A), Standing::Approved);
    assert_eq!(place.trust().standing(&plugin, A), Standing::Approved);
}

#[test]
fn an_approval_says_where_it_runs_and_what_it_sees() {
    let place = Place::new();
    let mut trust = place.trust();
    let permissions = vec![Column::Name];
    let isolation = Isolation::InProcess;
    trust.approve(Approval { isolation, permissions, ..approval(PROBE, A) }).unwrap();
    let plugin = found(Origin::Shipped);
    let how = trust.loading(&plugin, A, &Loading::default()).unwrap();
    assert_eq!((how.isolation, how.permitted), (Isolation::InProcess, vec![Column::Name]));
    assert_eq!(how.sha256.as_deref(), Some(A));
    // Other bytes of a shipped plugin run as shipped ones do, without what was granted to the earlier.
    let how = trust.loading(&plugin, B, &Loading::default()).unwrap();
    assert_eq!((how.isolation, how.permitted), (Isolation::Worker, Vec::new()));
    let strict = Loading { isolation: Isolation::Required, ..Loading::default() };
    let how = trust.loading(&plugin, A, &strict).unwrap();
    assert_eq!(how.isolation, Isolation::Required, "the settings go before the approval");
    how.ledger.add(A, PROBE, "ended");
    assert_eq!(trust.ledger().count(A), 1, "all of them count in the same place");
}

#[test]
fn what_another_process_wrote_meanwhile_is_kept() {
    let place = Place::new();
    let (mut one, mut other) = (place.trust(), place.trust());
    one.approve(approval("a.b", A)).unwrap();
    other.ledger().add(B, "c.d", "ended");
    other.note_crashes(DAY.start()).unwrap();
    let both = place.trust();
    assert!(both.approval("a.b").is_some());
    assert_eq!(both.ledger().count(B), 1);
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_alone_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::new();
    place.trust().approve(approval("a.b", A)).unwrap();
    let mode = fs::metadata(&place.path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let link = place.path.with_extension("link");
    symlink(&place.path, &link).unwrap();
    Trust::read(&link).unwrap().revoke("a.b", DAY).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(place.trust().approval("a.b").is_none());
}
