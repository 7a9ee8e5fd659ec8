//! Animals that want out: every try is refused, and nothing comes of it.

use std::{fs, net::TcpListener, os::unix::process::CommandExt as _, path::Path, process::Command};

use rin_host::Loading;

use super::{READY, caged, check_refused, lay, library, outcome};

#[test]
fn no_process_no_thread_no_other_program() {
    for animal in ["fork", "thread", "exec", "uring", "code", "tricks", "unlock"] {
        check_refused(animal, "");
    }
}

#[test]
fn nobody_is_called() {
    check_refused("socket", "");
    check_refused("bind", "");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let Some(words) = outcome("connect", &caged(), &port) else { return };
    assert!(words.contains("socket EPERM, connect EPERM, sendto-3 EPERM"), "{words}");
    assert!(!words.contains("done"), "{words}");
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn no_file_is_read_written_or_moved() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("export.json");
    fs::write(&file, "private").unwrap();
    for animal in ["peek", "scribble"] {
        check_refused(animal, file.to_str().unwrap());
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "private");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing was made beside it");
}

#[test]
fn the_host_is_not_touched() {
    check_refused("ptrace", &std::process::id().to_string());
}

#[test]
fn a_constructor_is_confined_already() {
    let made = Path::new("/tmp/rin-zoo-load");
    check_refused("load", "");
    assert!(!made.exists());
}

#[test]
fn the_memory_both_share_keeps_its_length() {
    let Some(words) = outcome("shrink", &caged(), "") else { return };
    assert_eq!(words, "told: shortened none");
}

#[test]
fn a_worker_is_born_with_nothing() {
    let Some(words) = outcome("look", &caged(), "") else { return };
    // Nothing, two pipes for what is printed, and the connection twice.
    let (environment, files) = words.split_once(", files ").unwrap();
    assert_eq!(environment, "told: environment empty");
    let files: Vec<_> = files.split_whitespace().collect();
    assert_eq!(files[..3], ["0:2", "1:1", "2:1"], "{words}");
    assert!(files.len() <= 5 && files[3..].iter().all(|file| file.ends_with(":14")), "{words}");
}

#[test]
fn a_strict_worker_ends_at_the_first_forbidden_call() {
    for animal in
        ["socket", "fork", "thread", "exec", "peek", "scribble", "ptrace", "uring", "code"]
    {
        let how = Loading { strict: true, ..caged() };
        let Some(words) = outcome(animal, &how, "") else { return };
        let is_killed = words.starts_with("crashed") && words.contains("signal 31 (SIGSYS");
        assert!(is_killed, "{animal}: {words}");
    }
}

/// The animals of this file.
const ALL: [&str; 17] = [
    "calm", "fork", "thread", "exec", "uring", "code", "tricks", "unlock", "socket", "bind",
    "connect", "peek", "scribble", "ptrace", "load", "shrink", "look",
];

#[test]
fn all_of_it_holds_for_another_user_too() {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root can become another user, and these tests run as one already");
        return;
    }
    // Beside what only root may look into.
    let dir = tempfile::Builder::new().prefix("rin-zoo").tempdir_in("/tmp").unwrap();
    let to = |name: &str| dir.path().join(name);
    let open = |path: &Path, mode: u32| {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    open(dir.path(), 0o755);
    for animal in ALL {
        let Some(library) = library(animal) else { return };
        fs::copy(library, to(animal)).unwrap();
    }
    fs::copy(env!("CARGO_BIN_EXE_rin-worker"), to("rin-worker")).unwrap();
    fs::copy(std::env::current_exe().unwrap(), to("tests")).unwrap();
    fs::create_dir(to("room")).unwrap();
    open(&to("room"), 0o777);
    let output = Command::new(to("tests"))
        .args(["zoo::sandbox::", "--skip", "another_user", "--test-threads=1"])
        .env(READY, dir.path())
        .env("TMPDIR", to("room"))
        .current_dir("/")
        .uid(65534)
        .gid(65534)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("8 passed"), "{said}");
    assert!(lay("calm").is_some());
}
