//! Unix: sockets that either side can close for good, limits of the process, and a process group to be ended.
#![expect(unsafe_code, reason = "asks for memory, and how much there is")]

use std::{
    fs::{File, OpenOptions},
    io,
    mem::MaybeUninit,
    net::Shutdown,
    os::{
        fd::OwnedFd,
        unix::{net::UnixStream, process::CommandExt as _},
    },
    process::{self, Child, Command, ExitStatus},
    ptr, thread,
    time::Duration,
};

use rustix::{
    io::fcntl_dupfd_cloexec,
    mm::{MapFlags, ProtFlags, mmap_anonymous, munmap},
    process::{
        Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getpid, getrlimit, kill_process,
        kill_process_group, setrlimit, waitid,
    },
};

use super::super::message::Opening;
use crate::{Confinement, Limits};

/// The number above which a worker keeps its connection.
const ABOVE: i32 = 10;
/// The time between two looks at how much memory there is, and room on the stack of whoever looks.
const LOOK: Duration = Duration::from_millis(20);
const STACK: usize = 64 << 10;
/// Files a worker may have open.
pub(crate) const MAX_FILES: u64 = 16;

/// A host's ends.
///
/// Sockets, since a host can close them for good: whoever reads one hears of it, even if a process that the library
/// has started still holds the other end.
#[derive(Debug)]
pub(crate) struct Ends {
    wire: UnixStream,
    printed: UnixStream,
}

impl Ends {
    /// Makes both ends, and gives the worker's to the command that starts it.
    pub(crate) fn new(command: &mut Command) -> io::Result<Self> {
        let (wire, theirs) = UnixStream::pair()?;
        let (printed, prints) = UnixStream::pair()?;
        let prints = OwnedFd::from(prints);
        command.stdin(OwnedFd::from(theirs)).stdout(prints.try_clone()?).stderr(prints);
        // All it starts is ended with it, as far as it stays in the group.
        command.process_group(0);
        Ok(Self { wire, printed })
    }

    /// Returns what to speak to, to hear from, and to read what is printed from.
    pub(crate) fn open(&self) -> io::Result<(UnixStream, UnixStream, UnixStream)> {
        Ok((self.wire.try_clone()?, self.wire.try_clone()?, self.printed.try_clone()?))
    }

    /// Closes them, and says whether whoever reads or writes them is sure to notice.
    pub(crate) fn close(&mut self) -> bool {
        for end in [&self.wire, &self.printed] {
            // One that is closed already stays so.
            drop(end.shutdown(Shutdown::Both));
        }
        true
    }
}

/// What ends a worker with everything it has started.
#[derive(Debug)]
pub(crate) struct Hold(Option<Pid>);

impl Hold {
    /// Takes hold of a worker that has been started, and returns what it has to be told first.
    #[expect(clippy::unnecessary_wraps, reason = "other systems can fail to")]
    pub(crate) fn new(
        child: &Child,
        _ends: &mut Ends,
        _limits: &Limits,
    ) -> io::Result<(Self, Vec<u8>)> {
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        Ok((Self(group), vec![super::PIPES]))
    }

    /// If it has ended, ends what it has started and says so. The dead are collected later, so that until then no other
    /// process can have its number.
    pub(crate) fn end_rest(&self) -> bool {
        let Some(group) = self.0 else { return true };
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let is_alive = matches!(waitid(WaitId::Pid(group), look), Ok(None));
        if !is_alive {
            self.end();
        }
        !is_alive
    }

    /// Ends it with all it has started.
    pub(crate) fn end(&self) {
        if let Some(group) = self.0 {
            // All of the group have ended already, or end now.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

/// Says how a worker ended.
pub(crate) fn exit_in_words(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("its process ended with code {code} in the middle of a call"),
        (None, Some(signal)) => format!("its process was ended by signal {signal}{}", name(signal)),
        (None, None) => "its process ended".to_owned(),
    }
}

/// Names the signals that tell something.
fn name(signal: i32) -> &'static str {
    match Signal::from_named_raw(signal) {
        Some(Signal::ILL) => " (SIGILL, no valid instruction)",
        Some(Signal::TRAP) => " (SIGTRAP, a trap)",
        Some(Signal::ABORT) => " (SIGABRT, it gave up)",
        Some(Signal::BUS) => " (SIGBUS, no memory behind an address)",
        Some(Signal::FPE) => " (SIGFPE, an impossible calculation)",
        Some(Signal::KILL) => " (SIGKILL)",
        Some(Signal::SEGV) => " (SIGSEGV, memory that is not its own)",
        Some(Signal::TERM) => " (SIGTERM)",
        Some(Signal::XCPU) => " (SIGXCPU, its processor time is used up)",
        Some(Signal::XFSZ) => " (SIGXFSZ, it wrote to a file)",
        Some(Signal::SYS) => " (SIGSYS, a forbidden system call)",
        _ => "",
    }
}

/// A worker's end of the connection.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) hears: File,
    pub(crate) speaks: File,
}

impl Line {
    /// Takes a socket that can be read and written.
    pub(crate) fn both_ways(control: OwnedFd) -> io::Result<Self> {
        let hears = File::from(control);
        Ok(Self { speaks: hears.try_clone()?, hears })
    }
}

/// Takes the connection out of the library's sight.
pub(crate) fn take_out() -> io::Result<OwnedFd> {
    let control = fcntl_dupfd_cloexec(io::stdin(), ABOVE)?;
    rustix::stdio::dup2_stdin(OpenOptions::new().read(true).open("/dev/null")?)?;
    Ok(control)
}

/// Takes the connection out of the library's sight, and hears what a host says first.
#[cfg(not(target_os = "linux"))]
pub(crate) fn take_over() -> io::Result<Line> {
    use io::Read as _;
    let mut line = Line::both_ways(take_out()?)?;
    let mut first = [0];
    line.hears.read_exact(&mut first)?;
    if first == [super::PIPES] { Ok(line) } else { Err(io::Error::other("no host has greeted it")) }
}

/// Ends this process at once, whatever a library has arranged for its end.
pub(crate) fn leave_at_once() -> ! {
    // A process that may not end itself by this signal ends itself by the other.
    let _ = kill_process(getpid(), Signal::KILL);
    process::abort()
}

/// Limits this process before it opens a library, and says how far that holds.
pub(crate) fn limit(opening: &Opening) -> Confinement {
    // Some systems take a limit of memory and do not hold to it.
    let is_set = [Resource::Data, Resource::As].map(|it| lower(it, opening.memory).is_ok());
    let is_held = is_set.contains(&true) && is_refused(opening.memory);
    let memory = is_held || watch(opening.memory).is_ok();
    // The last thread has been started by now.
    let all = [
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Memlock, 0),
        (Resource::Nproc, 0),
        (Resource::Nofile, MAX_FILES),
        (Resource::Cpu, opening.processor_s),
    ];
    let limits = all.into_iter().all(|(resource, most)| lower(resource, most).is_ok());
    Confinement { process: true, limits, memory, files: false, calls: false }
}

/// Lowers a limit. One that is lower already stays so: raising it would need a privilege.
pub(crate) fn lower(resource: Resource, most: u64) -> Result<(), rustix::io::Errno> {
    let most = getrlimit(resource).maximum.map_or(most, |has| has.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
}

/// Whether the system refuses this much memory to this process, which has some already.
fn is_refused(n_bytes: u64) -> bool {
    let Ok(len) = usize::try_from(n_bytes) else { return true };
    let access = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: a fresh mapping at a place of the system's choice touches nothing that exists.
    let asked = unsafe { mmap_anonymous(ptr::null_mut(), len, access, MapFlags::PRIVATE) };
    let Ok(start) = asked else { return true };
    // SAFETY: mapped just now with that length, and nobody else knows of it. It matters to nobody if it fails.
    let _ = unsafe { munmap(start, len) };
    false
}

/// Ends this process soon after it has had more memory than it may.
fn watch(most: u64) -> io::Result<()> {
    let look = move || loop {
        if most < most_resident() {
            complain(most);
            leave_at_once();
        }
        thread::sleep(LOOK);
    };
    thread::Builder::new().stack_size(STACK).spawn(look).map(drop)
}

#[expect(clippy::print_stderr, reason = "the last words of a worker explain its end")]
fn complain(most: u64) {
    eprintln!("it used more than {} MiB of memory", most >> 20);
}

/// Returns how many bytes of memory this process has had at most at a time; 0 if the system does not say.
fn most_resident() -> u64 {
    // Apple's systems count bytes, all others thousands of them.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the place is as large as what is written to it.
    let told = unsafe { libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr()) };
    // SAFETY: it is numbers only, zeroes until the system has written them.
    let usage = unsafe { usage.assume_init() };
    if told == 0 { u64::try_from(usage.ru_maxrss).unwrap_or_default() * unit } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::{env, hint, os::unix::process::ExitStatusExt as _, thread::yield_now};

    use super::*;

    /// Set in the process that is to end.
    const DOOMED: &str = "RIN_TEST_DOOMED";

    #[test]
    fn whoever_has_more_memory_than_it_may_is_ended_soon() {
        if env::var_os(DOOMED).is_some() {
            let before = most_resident();
            assert!((1 << 20..64 << 20).contains(&before), "{before}");
            watch(64 << 20).unwrap();
            hint::black_box(vec![1_u8; 128 << 20]);
            loop {
                yield_now();
            }
        }
        let name = "worker::system::unix::tests::whoever_has_more_memory_than_it_may_is_ended_soon";
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(DOOMED, "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.signal(), Some(9), "{said}");
        assert!(said.contains("it used more than 64 MiB of memory"), "{said}");
    }

    #[test]
    fn memory_beyond_every_address_is_refused_and_a_little_is_not() {
        assert!(is_refused(u64::MAX) && is_refused(1 << 60) && !is_refused(1 << 20));
    }
}
