//! Two hundred crashes leave nothing behind: no open file, no dead process, no memory.

use std::{collections::BTreeMap, env, fs, process::Command};

use rin_host::{Ledger, Loading};

use super::{ask, both, caged, lay, open};

/// Set where this test runs in a process of its own, because other tests' files would be counted too.
const ALONE: &str = "RIN_TEST_ALONE";

#[test]
fn two_hundred_crashes_leave_nothing_behind() {
    if env::var_os(ALONE).is_none() {
        let room = tempfile::tempdir().unwrap();
        let status = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "zoo::leaks::two_hundred_crashes_leave_nothing_behind",
                "--nocapture",
            ])
            .env(ALONE, "1")
            .env("TMPDIR", room.path())
            // What is freed goes back to the system at once; otherwise glibc learns from the first tray that is freed
            // to keep the place of the next for later, and that one would be counted although nobody holds it.
            .env("MALLOC_MMAP_THRESHOLD_", "131072")
            .status()
            .unwrap();
        assert!(status.success());
        assert_eq!(fs::read_dir(room.path()).unwrap().count(), 0, "copies of libraries");
        return;
    }
    let (Some(segfault), Some(exit)) = (lay("segfault"), lay("exit-create")) else { return };
    let round = |n: usize| {
        for _ in 0..n {
            // A fresh ledger each time, or the third crash would be the last. An answer is tried twice.
            for how in both(&caged()) {
                drop(ask(&mut open(&segfault, &how).unwrap()).unwrap_err());
                let afresh = || Loading { ledger: Ledger::default(), ..how.clone() };
                let ends = [afresh(), afresh(), afresh()].map(|how| open(&exit, &how).unwrap_err());
                drop(ends);
            }
        }
    };
    round(2);
    let before = (open_files(), children(), memory_kib(), shared_mappings());
    round(20);
    let after = (open_files(), children(), memory_kib(), shared_mappings());
    assert_eq!(before.0, after.0);
    assert_eq!((before.1, after.1), (0, 0));
    assert_eq!(before.3, after.3, "memory shared with workers");
    assert_eq!(threads(), 2, "the one that is tested and the one that starts workers");
    // A worker's tray alone is 8 MiB.
    assert!(after.2.saturating_sub(before.2) < 4096, "{} KiB, then {} KiB", before.2, after.2);
}

/// Counts open files by what they are.
fn open_files() -> BTreeMap<String, usize> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir("/proc/self/fd").unwrap() {
        let to = fs::read_link(entry.unwrap().path()).unwrap_or_default();
        let name = to.to_string_lossy().replace(|c: char| c.is_ascii_digit(), "");
        *files.entry(name).or_default() += 1;
    }
    files
}

/// Counts processes of this one's, living or dead.
fn children() -> usize {
    let threads = fs::read_dir("/proc/self/task").unwrap();
    let of = |thread: fs::DirEntry| {
        let list = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        list.split_whitespace().count()
    };
    threads.map(Result::unwrap).map(of).sum()
}

/// Counts this process's threads beside the one that runs the tests.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count() - 1
}

/// Counts files in memory that are mapped here.
fn shared_mappings() -> usize {
    fs::read_to_string("/proc/self/maps").unwrap().matches("/memfd:").count()
}

/// Memory that this process alone has, touched or not: a tray that nobody wrote to counts too.
fn memory_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmData:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
