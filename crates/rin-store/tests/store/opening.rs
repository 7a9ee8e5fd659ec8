//! Whatever lies where the store should be is told by its name, and left as it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rin_core::Stop;
use rin_store::{ImportError, OpenError, Store, StoreError};
use rusqlite::Connection;

use crate::support::{Home, day, event, source};

/// Every file in the folder with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut files: Vec<_> = paths.map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
    files.sort();
    files
}

/// Expects both ways of opening to fail in the same way and to touch nothing.
fn check(folder: &Path, expected: fn(&OpenError) -> bool) {
    let before = files(folder);
    check_error(folder, expected);
    assert!(files(folder) == before, "something was written");
}

/// Expects both ways of opening to fail in the same way and to leave the file as it is.
fn check_error(folder: &Path, expected: fn(&OpenError) -> bool) {
    let before = fs::read(folder.join("rin.db")).ok();
    for answer in [Store::open(folder), Store::open_read_only(folder)] {
        let error = answer.unwrap_err();
        assert!(expected(&error), "{error}");
        assert!(!error.to_string().is_empty() && !error.remedy().de.is_empty());
    }
    assert!(fs::read(folder.join("rin.db")).ok() == before, "the file was changed");
}

/// A closed store with an event in it.
fn closed() -> tempfile::TempDir {
    let mut home = Home::new();
    home.import("f", &[event("1", 100, "us", "ann")]);
    home.folder
}

#[test]
fn nothing_a_file_or_a_folder_in_its_place() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path(), |error| matches!(error, OpenError::Missing { .. }));
    check(&folder.path().join("no such folder"), |error| {
        matches!(error, OpenError::Missing { .. })
    });
    fs::write(folder.path().join("file"), "x").unwrap();
    let error = Store::open(&folder.path().join("file")).unwrap_err();
    assert!(matches!(error, OpenError::NotAFolder { .. }));
    let error = Store::create(&folder.path().join("file")).unwrap_err();
    assert!(matches!(error, OpenError::NotAFolder { .. }));
    fs::create_dir(folder.path().join("rin.db")).unwrap();
    check(folder.path(), |error| matches!(error, OpenError::IsAFolder { .. }));
    let error = Store::create(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::IsAFolder { .. }));
}

#[test]
fn other_peoples_files_are_refused_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rin.db");
    for content in [b"".as_slice(), b"a letter", &[b'x'; 4096], b"SQLite format 3\0 and no more"] {
        fs::write(&path, content).unwrap();
        check(folder.path(), |error| matches!(error, OpenError::NotADatabase { .. }));
    }
    let error = Store::create(folder.path()).unwrap_err();
    assert!(matches!(error, OpenError::AlreadyThere { .. }));
    fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("PRAGMA application_id = 77; CREATE TABLE t (x)").unwrap();
    drop(other);
    check(folder.path(), |error| matches!(error, OpenError::OtherApplication { id: 77, .. }));
    assert!(matches!(Store::create(folder.path()), Err(OpenError::AlreadyThere { .. })));
}

#[test]
fn an_empty_file_left_by_a_killed_attempt_is_made_a_store() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("rin.db"), "").unwrap();
    drop(Store::create(folder.path()).unwrap());
    Store::open(folder.path()).unwrap();
}

#[test]
fn a_newer_file_names_both_versions() {
    let folder = closed();
    let other = Connection::open(folder.path().join("rin.db")).unwrap();
    other.execute_batch("PRAGMA user_version = 7").unwrap();
    drop(other);
    check(folder.path(), |error| matches!(error, OpenError::Newer { found: 7, known: 5, .. }));
}

#[test]
fn a_cut_or_overwritten_file_is_damaged() {
    let folder = closed();
    let path = folder.path().join("rin.db");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 4096]).unwrap();
    check(folder.path(), |error| matches!(error, OpenError::Damaged { .. }));
    let mut holed = whole.clone();
    holed[8192..].fill(0xa5);
    fs::write(&path, &holed).unwrap();
    check_error(folder.path(), |error| matches!(error, OpenError::Damaged { .. }));
    fs::write(&path, &whole).unwrap();
    Store::open(folder.path()).unwrap().check().unwrap();
}

#[test]
fn a_change_by_other_tools_is_found_by_the_check() {
    for change in [
        "UPDATE interaction SET dst = 99",
        "UPDATE account SET party = 99",
        "INSERT INTO tie_state VALUES (98, 99, x'01000000')",
    ] {
        let folder = closed();
        let other = Connection::open(folder.path().join("rin.db")).unwrap();
        other.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        other.execute_batch(change).unwrap();
        drop(other);
        let error = Store::open(folder.path()).unwrap().check().unwrap_err();
        assert!(matches!(error, StoreError::Damaged { .. }), "{change}: {error}");
    }
}

#[test]
fn reading_only_reads_and_says_so() {
    let folder = closed();
    let mut store = Store::open_read_only(folder.path()).unwrap();
    assert_eq!(store.read().unwrap().counts().unwrap().interactions, 1);
    let answer = store.import(&source("g"), |_| Ok::<(), Stop>(()));
    assert!(matches!(answer, Err(ImportError::Store(StoreError::ReadOnly { .. }))));
    let answer = store.set_own(rin_core::AccountId::new(1), true, day(1));
    assert!(matches!(answer, Err(StoreError::ReadOnly { .. })));
}

#[cfg(unix)]
#[test]
fn a_write_protected_file_is_told_and_only_the_user_can_read_a_fresh_one() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("deep").join("rin");
    drop(Store::create(&inner).unwrap());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    let path = inner.join("rin.db");
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(matches!(Store::open(&inner), Err(OpenError::ReadOnly { .. })));
    Store::open_read_only(&inner).unwrap();
}
