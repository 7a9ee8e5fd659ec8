//! Starts a worker: finds its program, gives it one socket, one pipe and three files in memory, and nothing else.
//!
//! A worker ends when the thread that started it ends, which is how it dies with its host whatever becomes of that. So
//! one thread starts all of them and lives as long as the process.

use std::{
    env,
    ffi::OsStr,
    fs::File,
    io::{self, IoSlice, PipeReader},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    sync::{
        OnceLock,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

use rustix::{
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg},
};

use super::{
    ANSWERS, MAX_MESSAGE, QUESTIONS,
    frames::{Inbox, Turn},
};
use crate::{
    LoadFault, Loading,
    bytes::Bytes,
    memory::{self, Tray},
};

/// The program's name.
const PROGRAM: &str = "rin-worker";
/// How long a worker that has closed its connection may take to end by itself.
const LAST_BREATH: Duration = Duration::from_millis(200);

/// A worker that lives.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    pub(crate) hands: Hands,
    pub(crate) inbox: Inbox,
    /// What the library prints; `None` once it can print no more.
    pub(crate) printed: Option<PipeReader>,
}

/// What a host holds of a worker.
#[derive(Debug)]
pub(crate) struct Hands {
    pub(crate) wire: UnixStream,
    pub(crate) questions: Tray,
    pub(crate) answers: File,
    pub(crate) turn: Turn,
}

impl Running {
    /// Starts a worker and hands it its files; says nothing to it yet.
    pub(crate) fn start(bytes: &Bytes, how: &Loading) -> Result<Self, LoadFault> {
        let program = find(how.worker.as_deref())?;
        let failed = |error: io::Error| LoadFault::NoWorker {
            what: format!("{}: {error}", program.display()),
        };
        let (wire, theirs) = UnixStream::pair().map_err(failed)?;
        let (printed, prints) = io::pipe().map_err(failed)?;
        let mut command = Command::new(&program);
        command
            .env_clear()
            .current_dir("/")
            .stdin(OwnedFd::from(theirs))
            .stdout(prints.try_clone().map_err(failed)?)
            .stderr(prints);
        let child = spawn(command).map_err(failed)?;
        let (questions, fd) = memory::outgoing(QUESTIONS).map_err(failed)?;
        let answers = memory::incoming(ANSWERS).map_err(failed)?;
        let hands = Hands { wire, questions, answers, turn: Turn::default() };
        let running = Self { child, hands, inbox: Inbox::new(MAX_MESSAGE), printed: Some(printed) };
        running.prepare(how, bytes, &fd).map_err(failed)?;
        Ok(running)
    }

    fn prepare(&self, how: &Loading, bytes: &Bytes, questions: &OwnedFd) -> io::Result<()> {
        if let Some(printed) = &self.printed {
            fcntl_setfl(printed, fcntl_getfl(printed)? | OFlags::NONBLOCK)?;
        }
        // A worker that takes nothing more must not hold its host up.
        self.hands.wire.set_write_timeout(Some(how.limits.answer))?;
        let files = [bytes.sealed.as_fd(), questions.as_fd(), self.hands.answers.as_fd()];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        control.push(SendAncillaryMessage::ScmRights(&files));
        let sent =
            sendmsg(&self.hands.wire, &[IoSlice::new(b"F")], &mut control, SendFlags::NOSIGNAL)?;
        if sent == 1 { Ok(()) } else { Err(io::ErrorKind::WriteZero.into()) }
    }

    /// Returns its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it and says how it had ended, if it had.
    pub(crate) fn bury(mut self) -> String {
        let mut waited = Duration::ZERO;
        let step = Duration::from_millis(1);
        while waited < LAST_BREATH {
            match self.child.try_wait() {
                Ok(Some(status)) => return in_words(status),
                Ok(None) => thread::sleep(step),
                Err(_) => break,
            }
            waited += step;
        }
        "it closed its connection and was ended".to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already, or ends now: nothing else is done about either failing.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn in_words(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("its process ended with code {code} in the middle of a call"),
        (None, Some(signal)) => format!("its process was ended by signal {signal}{}", name(signal)),
        (None, None) => "its process ended".to_owned(),
    }
}

/// Names the signals that tell something.
fn name(signal: i32) -> &'static str {
    match signal {
        4 => " (SIGILL, no valid instruction)",
        5 => " (SIGTRAP, a trap)",
        6 => " (SIGABRT, it gave up)",
        7 => " (SIGBUS, no memory behind an address)",
        8 => " (SIGFPE, an impossible calculation)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV, memory that is not its own)",
        15 => " (SIGTERM)",
        24 => " (SIGXCPU, its processor time is used up)",
        31 => " (SIGSYS, a forbidden system call)",
        _ => "",
    }
}

/// Finds the program plugins run in.
fn find(given: Option<&Path>) -> Result<PathBuf, LoadFault> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    let here = env::current_exe().unwrap_or_default();
    let places = places(&here);
    let missing = || {
        let looked: Vec<_> = places.iter().map(|place| place.display().to_string()).collect();
        let what = format!(
            "there is no {PROGRAM}; it belongs beside this program (looked for {})",
            looked.join(", ")
        );
        LoadFault::NoWorker { what }
    };
    places.iter().find(|place| place.is_file()).cloned().ok_or_else(missing)
}

/// Returns where the program may be: beside the one that runs, among an installation's helpers, and beside the folder
/// into which cargo puts tests and examples.
fn places(program: &Path) -> Vec<PathBuf> {
    let Some(folder) = program.parent().filter(|folder| folder.is_absolute()) else {
        return Vec::new();
    };
    let mut places = vec![folder.join(PROGRAM)];
    if let Some(above) = folder.parent() {
        places.push(above.join("libexec/rin").join(PROGRAM));
        if folder.file_name().is_some_and(|name| name == OsStr::new("deps") || name == "examples") {
            places.push(above.join(PROGRAM));
        }
    }
    places
}

/// A worker to be started, and whom to tell.
struct Order {
    command: Command,
    reply: Sender<io::Result<Child>>,
}

fn spawn(command: Command) -> io::Result<Child> {
    static KEEPER: OnceLock<Option<Sender<Order>>> = OnceLock::new();
    let gone = || io::Error::other("the thread that starts workers is gone");
    let keeper = KEEPER.get_or_init(|| {
        let (orders, taken) = mpsc::channel::<Order>();
        let keep = move || {
            for Order { mut command, reply } in taken {
                let child = command.spawn();
                // The other ends of its pipes go with the command, so that their closing is noticed.
                drop(command);
                // Whoever ordered it may have gone away; then the child's end is noticed by nobody and it ends itself.
                drop(reply.send(child));
            }
        };
        thread::Builder::new().name("rin-workers".to_owned()).spawn(keep).ok().map(|_| orders)
    });
    let (reply, answer) = mpsc::channel();
    let keeper = keeper.as_ref().ok_or_else(gone)?;
    keeper.send(Order { command, reply }).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worker_belongs_to_the_installation_of_the_program() {
        let check = |program: &str, expected: &[&str]| {
            let expected: Vec<_> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(places(Path::new(program)), expected);
        };
        check("/opt/rin/bin/rin", &["/opt/rin/bin/rin-worker", "/opt/rin/libexec/rin/rin-worker"]);
        check(
            "/p/target/debug/deps/it-01",
            &[
                "/p/target/debug/deps/rin-worker",
                "/p/target/debug/libexec/rin/rin-worker",
                "/p/target/debug/rin-worker",
            ],
        );
        check("rin", &[]);
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let found = find(Some(Path::new("/nowhere/rin-worker"))).unwrap();
        let bytes = Bytes::read(&env::current_exe().unwrap()).unwrap();
        let how = Loading { worker: Some(found), ..Loading::default() };
        let fault = Running::start(&bytes, &how).unwrap_err().to_string();
        assert!(fault.contains("/nowhere/rin-worker: No such file"), "{fault}");
    }
}
