//! Windows: three pipes, and a job that limits a worker and ends it with its host.
//!
//! The worker's standard input carries questions, its standard outputs what the library prints. What it answers goes
//! through a pipe of its own, whose handle the host puts into the worker and names in its greeting: so nothing a
//! library prints is taken for an answer, whichever C runtime prints it.
#![expect(unsafe_code, reason = "jobs and handles have no safe wrapper")]

use std::{
    env,
    ffi::c_void,
    fs::{File, OpenOptions},
    io::{self, PipeReader, PipeWriter, Read as _},
    os::windows::{
        io::{
            AsHandle as _, AsRawHandle as _, FromRawHandle as _, IntoRawHandle as _, OwnedHandle,
        },
        process::CommandExt as _,
    },
    process::{self, Child, Command, ExitStatus},
    ptr,
};

use windows_sys::Win32::{
    Foundation::{DUPLICATE_SAME_ACCESS, DuplicateHandle, HANDLE},
    System::{
        Console::{STD_INPUT_HANDLE, SetStdHandle},
        Diagnostics::Debug::{
            SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX, SetErrorMode,
        },
        JobObjects::{
            AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
            JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
            JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOB_OBJECT_LIMIT_PROCESS_TIME,
            JOB_OBJECT_UILIMIT_DESKTOP, JOB_OBJECT_UILIMIT_DISPLAYSETTINGS,
            JOB_OBJECT_UILIMIT_EXITWINDOWS, JOB_OBJECT_UILIMIT_GLOBALATOMS,
            JOB_OBJECT_UILIMIT_HANDLES, JOB_OBJECT_UILIMIT_READCLIPBOARD,
            JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS, JOB_OBJECT_UILIMIT_WRITECLIPBOARD,
            JOBOBJECT_BASIC_LIMIT_INFORMATION, JOBOBJECT_BASIC_UI_RESTRICTIONS,
            JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JOBOBJECTINFOCLASS, JobObjectBasicUIRestrictions,
            JobObjectExtendedLimitInformation, QueryInformationJobObject, SetInformationJobObject,
            TerminateJobObject,
        },
        Threading::{CREATE_NO_WINDOW, GetCurrentProcess},
    },
};

use super::super::message::Opening;
use crate::{Confinement, Limits};

/// Units of a job's time in a second: it counts in 100 ns.
const TICKS: u64 = 10_000_000;
/// What a job limits.
const LIMITS: u32 = JOB_OBJECT_LIMIT_ACTIVE_PROCESS
    | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
    | JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
    | JOB_OBJECT_LIMIT_PROCESS_TIME;
/// What a job keeps from other programs' windows, the clipboard and the system's settings.
const WINDOWS: u32 = JOB_OBJECT_UILIMIT_DESKTOP
    | JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
    | JOB_OBJECT_UILIMIT_EXITWINDOWS
    | JOB_OBJECT_UILIMIT_GLOBALATOMS
    | JOB_OBJECT_UILIMIT_HANDLES
    | JOB_OBJECT_UILIMIT_READCLIPBOARD
    | JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
    | JOB_OBJECT_UILIMIT_WRITECLIPBOARD;

/// A host's ends.
#[derive(Debug)]
pub(crate) struct Ends {
    speaks: PipeWriter,
    hears: PipeReader,
    printed: PipeReader,
    /// The worker's end of what it answers, until it is put into it.
    answers: Option<PipeWriter>,
}

impl Ends {
    /// Makes both ends, and gives the worker's to the command that starts it.
    pub(crate) fn new(command: &mut Command) -> io::Result<Self> {
        let (questions, speaks) = io::pipe()?;
        let (hears, answers) = io::pipe()?;
        let (printed, prints) = io::pipe()?;
        command.stdin(questions).stdout(prints.try_clone()?).stderr(prints);
        command.creation_flags(CREATE_NO_WINDOW);
        // Without it the system's own libraries cannot be found; it names a folder and nobody's affairs.
        if let Some(root) = env::var_os("SystemRoot") {
            command.current_dir(&root).env("SystemRoot", root);
        }
        Ok(Self { speaks, hears, printed, answers: Some(answers) })
    }

    /// Returns what to speak to, to hear from, and to read what is printed from.
    pub(crate) fn open(&self) -> io::Result<(PipeWriter, PipeReader, PipeReader)> {
        Ok((self.speaks.try_clone()?, self.hears.try_clone()?, self.printed.try_clone()?))
    }

    /// Says whether whoever reads or writes them is sure to notice their end: only the other side's end is noticed.
    #[expect(clippy::unused_self, reason = "other systems close them")]
    pub(crate) const fn close(&mut self) -> bool {
        false
    }
}

/// A job with one worker in it. The system ends the worker when the last handle is closed, which is this one.
#[derive(Debug)]
pub(crate) struct Hold(OwnedHandle);

impl Hold {
    /// Puts a worker that has been started into a job, and returns what it has to be told first.
    ///
    /// It opens no library before that.
    pub(crate) fn new(
        child: &Child,
        ends: &mut Ends,
        limits: &Limits,
    ) -> io::Result<(Self, Vec<u8>)> {
        let put = |job: OwnedHandle| assign(&job, child).map(|()| job);
        // Where this program is in a job itself, one that keeps a worker from windows cannot be had.
        let job = create(limits)
            .and_then(|job| keep_from_windows(&job).map(|()| job))
            .and_then(put)
            .or_else(|_| create(limits).and_then(put))?;
        let answers = put_into(child, ends.answers.take())?;
        let mut greeting = vec![super::PIPES];
        greeting.extend(answers.to_le_bytes());
        Ok((Self(job), greeting))
    }

    /// Says whether its end can be looked for, which is always: it could start nothing, and is known by its handle.
    #[expect(clippy::unused_self, reason = "other systems look")]
    pub(crate) const fn end_rest(&self) -> bool {
        true
    }

    /// Ends it with all it has started.
    pub(crate) fn end(&self) {
        // SAFETY: the handle is open. All of the job have ended already, or end now.
        let _ = unsafe { TerminateJobObject(self.0.as_raw_handle(), 1) };
    }
}

/// Makes a job with these limits.
fn create(limits: &Limits) -> io::Result<OwnedHandle> {
    // SAFETY: a job without a name and with the usual rights needs nothing but this process.
    let job = unsafe { CreateJobObjectW(ptr::null(), ptr::null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: made just now, and known to nobody else.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };
    let processor = limits.processor.as_secs().saturating_mul(TICKS);
    let most = JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
        BasicLimitInformation: JOBOBJECT_BASIC_LIMIT_INFORMATION {
            PerProcessUserTimeLimit: i64::try_from(processor).unwrap_or(i64::MAX),
            LimitFlags: LIMITS | JOB_OBJECT_LIMIT_PROCESS_MEMORY,
            ActiveProcessLimit: 1,
            ..Default::default()
        },
        ProcessMemoryLimit: usize::try_from(limits.memory).unwrap_or(usize::MAX),
        ..Default::default()
    };
    set(&job, JobObjectExtendedLimitInformation, &most).map(|()| job)
}

fn keep_from_windows(job: &OwnedHandle) -> io::Result<()> {
    let windows = JOBOBJECT_BASIC_UI_RESTRICTIONS { UIRestrictionsClass: WINDOWS };
    set(job, JobObjectBasicUIRestrictions, &windows)
}

fn assign(job: &OwnedHandle, child: &Child) -> io::Result<()> {
    // SAFETY: both handles are open; the system checks everything else.
    checked(unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) })
}

fn set<T>(job: &OwnedHandle, class: JOBOBJECTINFOCLASS, to: &T) -> io::Result<()> {
    let len = u32::try_from(size_of::<T>()).unwrap_or_default();
    let from: *const c_void = ptr::from_ref(to).cast();
    // SAFETY: the handle is open, and the struct is as long as is said; each class is used with its own only.
    checked(unsafe { SetInformationJobObject(job.as_raw_handle(), class, from, len) })
}

/// Puts a pipe into another process and returns its number there.
fn put_into(child: &Child, pipe: Option<PipeWriter>) -> io::Result<u64> {
    let pipe = pipe.ok_or(io::ErrorKind::NotConnected)?;
    let (mut there, to): (HANDLE, HANDLE) = (ptr::null_mut(), child.as_raw_handle());
    // SAFETY: asks for the number that stands for this process itself.
    let own = unsafe { GetCurrentProcess() };
    let from = pipe.as_raw_handle();
    // SAFETY: all handles are open, and the number is written to a place of this function's.
    checked(unsafe {
        DuplicateHandle(own, from, to, &raw mut there, 0, 0, DUPLICATE_SAME_ACCESS)
    })?;
    Ok(there.addr() as u64)
}

fn checked(done: i32) -> io::Result<()> {
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Says how a worker ended.
pub(crate) fn exit_in_words(status: ExitStatus) -> String {
    let code = status.code().unwrap_or_default().cast_unsigned();
    let name = match code {
        0xC000_0005 => "memory that is not its own",
        0xC000_0017 | 0xC000_012D => "no more memory",
        0xC000_001D => "no valid instruction",
        0xC000_0044 => "its processor time is used up",
        0xC000_0094 | 0xC000_0095 => "an impossible calculation",
        0xC000_00FD => "no more room on its stack",
        0xC000_0409 => "it gave up",
        0..0x8000_0000 => {
            return format!("its process ended with code {code} in the middle of a call");
        }
        _ => "an exception nobody handled",
    };
    format!("its process was ended by exception {code:#010x} ({name})")
}

/// A worker's end of the connection.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) hears: File,
    pub(crate) speaks: File,
}

/// Takes the connection out of the library's sight, and hears what a host says first.
pub(crate) fn take_over() -> io::Result<Line> {
    // A crash is told by the code of its end, not by a window that somebody would have to close.
    let mode = SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX;
    // SAFETY: changes how this process fails, and nothing else.
    unsafe { SetErrorMode(mode) };
    let mut hears = File::from(io::stdin().as_handle().try_clone_to_owned()?);
    // Who asks about a pipe that somebody reads waits as long as that one; a C runtime asks when it is loaded.
    let nothing = OpenOptions::new().read(true).open("NUL")?.into_raw_handle();
    // SAFETY: the handle is open, and stays so, since nobody owns it any more.
    checked(unsafe { SetStdHandle(STD_INPUT_HANDLE, nothing) })?;
    let mut greeting = [0; 9];
    hears.read_exact(&mut greeting)?;
    let [super::PIPES, answers @ ..] = greeting else {
        return Err(io::Error::other("no host has greeted it"));
    };
    let number = usize::try_from(u64::from_le_bytes(answers)).map_err(io::Error::other)?;
    let answers: HANDLE = ptr::without_provenance_mut(number);
    // SAFETY: its host has put this handle into this process for it, and nobody else here knows of it.
    let answers = unsafe { OwnedHandle::from_raw_handle(answers) };
    Ok(Line { hears, speaks: File::from(answers) })
}

/// Ends this process at once, whatever a library has arranged for its end.
pub(crate) fn leave_at_once() -> ! {
    process::abort()
}

/// Looks how far this process is limited by the job that its host has put it into.
pub(crate) fn limit(opening: &Opening) -> Confinement {
    let mut found = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    let len = u32::try_from(size_of_val(&found)).unwrap_or_default();
    let (to, class) = (ptr::from_mut(&mut found).cast(), JobObjectExtendedLimitInformation);
    // SAFETY: asks about this process's own job; the struct is the one of its class and as long as is said.
    let known =
        unsafe { QueryInformationJobObject(ptr::null_mut(), class, to, len, ptr::null_mut()) };
    let flags = if known == 0 { 0 } else { found.BasicLimitInformation.LimitFlags };
    let most = u64::try_from(found.ProcessMemoryLimit).unwrap_or(u64::MAX);
    Confinement {
        process: true,
        limits: flags & LIMITS == LIMITS && found.BasicLimitInformation.ActiveProcessLimit == 1,
        memory: flags & JOB_OBJECT_LIMIT_PROCESS_MEMORY != 0 && most <= opening.memory,
        files: false,
        calls: false,
    }
}
