//! A folder is listed the same everywhere, and nothing outside it is read.

use super::*;

const NOW: Moment = Moment::from_unix_ms(1_000);

fn names(source: &FolderSource) -> Vec<&str> {
    source.entries().iter().map(|entry| entry.name.as_str()).collect()
}

#[test]
fn a_folder_is_listed_by_name_with_what_lies_below() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("b/c")).unwrap();
    for name in ["z.csv", "b/c/two", "b/one", "a.json"] {
        fs::write(dir.path().join(name), name).unwrap();
    }
    let source = FolderSource::open(dir.path(), NOW).unwrap();
    assert_eq!(names(&source), ["a.json", "b/c/two", "b/one", "z.csv"]);
    assert_eq!(source.entries()[1].size, 7);
    assert!(source.entries()[1].modified.is_some());
    assert_eq!(source.now(), NOW);

    let mut buffer = [0; 16];
    let mut read = |entry, offset| {
        source
            .read_at(entry, offset, &mut buffer)
            .map(|n| String::from_utf8_lossy(&buffer[..n]).into_owned())
    };
    assert_eq!(read(1, 4).unwrap(), "two");
    assert_eq!(read(0, 0).unwrap(), "a.json");
    assert_eq!(read(0, 99).unwrap(), "");
    assert_eq!(read(4, 0).unwrap_err().kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_folder_called_as_its_export_was_stands_before_what_lies_in_it() {
    let dir = tempfile::tempdir().unwrap();
    for (name, expected) in [
        ("instagram-ann-2025-10-01-x7Kd", "instagram-ann-2025-10-01-x7Kd/b/one"),
        ("2025-10-01", "2025-10-01/b/one"),
        ("photos-2025-10", "b/one"),
        ("2025-10-0x", "b/one"),
        ("tagebücher", "b/one"),
    ] {
        let folder = dir.path().join(name);
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("b/one"), "1").unwrap();
        assert_eq!(names(&FolderSource::open(&folder, NOW).unwrap()), [expected]);
        let by_dot = FolderSource::open(&folder.join("b/.."), NOW).unwrap();
        assert_eq!(names(&by_dot), [expected]);
        assert_eq!(by_dot.read_at(0, 0, &mut [0]).unwrap(), 1);
    }
}

#[test]
fn one_file_is_a_source_by_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("archive.zip");
    fs::write(&path, "PK").unwrap();
    assert_eq!(names(&FolderSource::open(&path, NOW).unwrap()), ["archive.zip"]);
    let missing = FolderSource::open(&dir.path().join("missing"), NOW);
    assert!(matches!(missing, Err(FolderError::Unreadable { .. })));
}

#[test]
fn more_files_than_can_be_open_are_all_read() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..3 * MAX_OPEN {
        fs::write(dir.path().join(format!("{i:03}")), [u8::try_from(i).unwrap()]).unwrap();
    }
    let source = FolderSource::open(dir.path(), NOW).unwrap();
    for round in 0..2 {
        for i in 0..3 * MAX_OPEN {
            let mut byte = [0];
            assert_eq!(source.read_at(i, 0, &mut byte).unwrap(), 1, "round {round}");
            assert_eq!(usize::from(byte[0]), i);
        }
    }
    assert!(source.open.borrow().len() <= MAX_OPEN);
}

#[cfg(unix)]
#[test]
fn links_are_named_and_not_followed_and_an_exchanged_file_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let other = tempfile::tempdir().unwrap();
    fs::write(other.path().join("secret"), "secret").unwrap();
    fs::write(dir.path().join("a"), "a").unwrap();
    std::os::unix::fs::symlink(other.path(), dir.path().join("out")).unwrap();
    std::os::unix::fs::symlink(other.path().join("secret"), dir.path().join("file")).unwrap();
    std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
    let source = FolderSource::open(dir.path(), NOW).unwrap();
    assert_eq!(names(&source), ["a"]);
    let mut skipped = source.skipped().to_vec();
    skipped.sort_by_key(|skipped| format!("{skipped:?}"));
    let name = |name: &str| name.to_owned();
    let expected = [
        Skipped::Link { name: name("file") },
        Skipped::Link { name: name("out") },
        Skipped::Special { name: name("socket") },
    ];
    assert_eq!(skipped, expected);

    fs::remove_file(dir.path().join("a")).unwrap();
    std::os::unix::fs::symlink(other.path().join("secret"), dir.path().join("a")).unwrap();
    assert!(source.read_at(0, 0, &mut [0; 8]).is_err());
}
