//! Starts a worker: finds its program, gives it its ends of the connection, and nothing else.
//!
//! On Linux a worker ends when the thread that started it ends, which is how it dies with its host whatever becomes of
//! that. So one thread starts all of them and lives as long as the process. Elsewhere a worker ends when its host's end
//! of the connection is closed, and on Windows with the job it is in.

use std::{
    env,
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    sync::{
        OnceLock,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

#[cfg(target_os = "linux")]
use super::carry::trays::Trays;
use super::{
    MAX_MESSAGE,
    carry::{Carrier, pipes::Pipes},
    frames::{Inbox, Turn},
    system::{Ends, Hold, exit_in_words},
};
use crate::{LoadFault, Loading, bytes::Bytes, copy::Copy};

/// The program's name.
#[cfg(not(windows))]
const PROGRAM: &str = "rin-worker";
#[cfg(windows)]
const PROGRAM: &str = "rin-worker.exe";
/// How long a worker that has closed its connection may take to end by itself.
const LAST_BREATH: Duration = Duration::from_millis(200);

/// A worker that lives.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    /// What ends it with all it has started; `None` where it can start nothing.
    hold: Option<Hold>,
    pub(crate) hands: Hands,
    pub(crate) inbox: Inbox,
    /// The copy of its library that it is to open; `None` where the bytes themselves have been handed over.
    copy: Option<Copy>,
}

/// What a host holds of a worker.
#[derive(Debug)]
pub(crate) struct Hands {
    pub(crate) carrier: Box<dyn Carrier>,
    pub(crate) turn: Turn,
    /// How long a worker may take to take a message.
    pub(crate) patience: Duration,
}

impl Running {
    /// Starts a worker and hands it what it needs; asks it nothing yet.
    pub(crate) fn start(bytes: &Bytes, how: &Loading) -> Result<Self, LoadFault> {
        let program = find(how.worker.as_deref())?;
        let mut command = Command::new(&program);
        command.env_clear().current_dir("/");
        #[cfg(target_os = "linux")]
        let started = if how.portable {
            Self::start_with_pipes(command, bytes, how)
        } else {
            Self::start_with_trays(command, bytes, how)
        };
        #[cfg(not(target_os = "linux"))]
        let started = Self::start_with_pipes(command, bytes, how);
        started.map_err(|error| LoadFault::NoWorker {
            what: format!("{}: {error}", program.display()),
        })
    }

    #[cfg(target_os = "linux")]
    fn start_with_trays(mut command: Command, bytes: &Bytes, how: &Loading) -> io::Result<Self> {
        let trays = Trays::new(&mut command, how.limits.answer)?;
        let child = spawn(command)?;
        // From here on it is ended by being dropped.
        let handed = trays.hand_over(bytes);
        let running = Self::new(child, Box::new(trays), how);
        handed.map(|()| running)
    }

    fn start_with_pipes(mut command: Command, bytes: &Bytes, how: &Loading) -> io::Result<Self> {
        let copy = Copy::of(bytes)?;
        let mut ends = Ends::new(&mut command)?;
        let mut child = spawn(command)?;
        let prepared = Hold::new(&child, &mut ends, &how.limits)
            .and_then(|(hold, greeting)| Ok((hold, greeting, Pipes::new(ends)?)));
        let (hold, greeting, pipes) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                drop(child.kill());
                drop(child.wait());
                return Err(error);
            }
        };
        let mut running = Self::new(child, Box::new(pipes), how);
        (running.hold, running.copy) = (Some(hold), Some(copy));
        running.hands.carrier.send(greeting)?;
        Ok(running)
    }

    fn new(child: Child, carrier: Box<dyn Carrier>, how: &Loading) -> Self {
        let hands = Hands { carrier, turn: Turn::default(), patience: how.limits.answer };
        Self { child, hold: None, hands, inbox: Inbox::new(MAX_MESSAGE), copy: None }
    }

    /// Returns the file it is to open, if it has not been handed the bytes themselves.
    pub(crate) fn library(&self) -> Result<Option<String>, LoadFault> {
        let Some(copy) = &self.copy else { return Ok(None) };
        let path = copy.path();
        let path = path.to_str().ok_or_else(|| LoadFault::NoWorker {
            what: format!(
                "the folder for temporary files, {}, has a name that is no text",
                path.display()
            ),
        })?;
        Ok(Some(path.to_owned()))
    }

    /// Takes note that it has opened its library, which can be deleted now where an open one can be.
    pub(crate) fn has_opened(&mut self) {
        if cfg!(unix) {
            self.copy = None;
        }
    }

    /// Returns its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Looks whether it has ended.
    fn look(&mut self) -> io::Result<Option<ExitStatus>> {
        // What it has started is ended before its number is given back.
        if self.hold.as_ref().is_some_and(|hold| !hold.end_rest()) {
            return Ok(None);
        }
        let status = self.child.try_wait()?;
        if status.is_some() {
            self.hold = None;
        }
        Ok(status)
    }

    /// Ends it and says how it had ended, if it had.
    pub(crate) fn bury(mut self) -> String {
        let mut waited = Duration::ZERO;
        let step = Duration::from_millis(1);
        while waited < LAST_BREATH {
            match self.look() {
                Ok(Some(status)) => return exit_in_words(status),
                Ok(None) => {}
                Err(_) => break,
            }
            thread::sleep(step);
            waited += step;
        }
        "it closed its connection and was ended".to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(hold) = &self.hold {
            hold.end();
        }
        // It has ended already, or ends now: nothing else is done about either failing.
        drop(self.child.kill());
        drop(self.child.wait());
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
