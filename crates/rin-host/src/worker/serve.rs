//! The worker's side: shuts itself in, opens one library, and answers until its host is gone.

mod answer;
mod desk;
mod line;
mod source;

#[cfg(target_os = "linux")]
use std::{
    fs::File,
    io::IoSliceMut,
    mem::MaybeUninit,
    os::fd::{AsRawFd as _, OwnedFd},
};
use std::{io, path::PathBuf, process::ExitCode, sync::Arc};

use rin_abi::{
    LogLevel,
    host::{Description, Entry, Services},
};
#[cfg(target_os = "linux")]
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};

#[cfg(target_os = "linux")]
use self::desk::trays::Trays;
use self::{
    answer::answer_all,
    desk::pipes::Pipes,
    line::{Line, Wire},
};
#[cfg(target_os = "linux")]
use super::{
    ANSWERS, QUESTIONS, confine,
    system::{PIPES, SEALED},
};
use super::{
    frames::frame,
    message::{Opening, PROTOCOL, ask, tell, write_norms, write_refusal},
    system::{self, limit},
    wire::Eye,
};
#[cfg(target_os = "linux")]
use crate::memory::Tray;
use crate::{Confinement, LoadFault, library};

/// Serves one host as the program `rin-worker` does, for embedders who ship it under another name.
///
/// The standard input must be what a host has made. Answers only that host, and ends with it.
pub fn serve() -> ExitCode {
    match open() {
        Ok((mut line, mut cage)) => match begin(&mut line, &mut cage) {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                let mut pen = frame(tell::REFUSED);
                write_refusal(&mut pen, &fault);
                line.tell(pen);
                ExitCode::SUCCESS
            }
        },
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "there is nobody else to tell")]
fn complain(error: &io::Error) {
    eprintln!("rin-worker runs plugins for Rin and is started by it, never by hand ({error})");
}

/// How a worker is shut in.
enum Cage {
    /// Wholly, with its library's bytes in a sealed file.
    #[cfg(target_os = "linux")]
    Sealed(Option<OwnedFd>),
    /// By limits alone, with a library to be opened by its name.
    Limits,
}

/// Takes the connection out of plugins' sight and receives what the host hands over.
#[cfg(target_os = "linux")]
fn open() -> io::Result<(Line, Cage)> {
    let control = system::take_out()?;
    confine::close_others(control.as_raw_fd());
    let (first, files) = receive(&control)?;
    if first == PIPES {
        return open_pipes(system::Line::both_ways(control)?);
    }
    let files = files.try_into().ok().filter(|_| first == SEALED);
    let nothing = || io::Error::other("no host has sent its files");
    let [library, questions, answers]: [OwnedFd; 3] = files.ok_or_else(nothing)?;
    let questions = Arc::new(Tray::reading(&questions, QUESTIONS)?);
    let answers = Tray::writing(&answers, ANSWERS)?;
    let hears = File::from(control);
    let speaks = hears.try_clone()?;
    let desk = Trays::new(hears, Arc::clone(&questions), answers);
    Ok((Line::new(speaks, Box::new(desk), questions), Cage::Sealed(Some(library))))
}

/// Takes the connection out of plugins' sight.
#[cfg(not(target_os = "linux"))]
fn open() -> io::Result<(Line, Cage)> {
    open_pipes(system::take_over()?)
}

fn open_pipes(line: system::Line) -> io::Result<(Line, Cage)> {
    let (desk, wish) = Pipes::new(line.hears)?;
    Ok((Line::new(line.speaks, Box::new(desk), wish), Cage::Limits))
}

/// Receives a host's first byte and the files that come with it.
#[cfg(target_os = "linux")]
fn receive(control: &OwnedFd) -> io::Result<(u8, Vec<OwnedFd>)> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
    let mut ancillary = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let mut into = [IoSliceMut::new(&mut byte)];
    recvmsg(control, &mut into, &mut ancillary, RecvFlags::CMSG_CLOEXEC)?;
    let mut files = Vec::new();
    for message in ancillary.drain() {
        if let RecvAncillaryMessage::ScmRights(received) = message {
            files.extend(received);
        }
    }
    let [first] = byte;
    Ok((first, files))
}

/// From the first message to the last answer.
fn begin(line: &mut Line, cage: &mut Cage) -> Result<(), LoadFault> {
    let (kind, fields) = line.hear_question();
    let opening = Opening::read(&mut Eye::new(&fields));
    let opening = opening.ok().filter(|opening| kind == ask::START && opening.protocol == PROTOCOL);
    let Some(opening) = opening else {
        return Err(no_worker("it is of another version than this program; install both anew"));
    };
    let reached = shut_in(cage, &opening)?;
    let mut pen = frame(tell::HELLO);
    pen.flag(reached.limits).flag(reached.memory).flag(reached.files).flag(reached.calls);
    line.tell(pen);
    if opening.is_required && !reached.is_full() {
        let missing: Vec<_> = reached.missing().collect();
        return Err(LoadFault::NotConfined { missing: missing.join(" and ") });
    }
    let entry = open_library(cage, &opening)?;
    #[cfg(target_os = "linux")]
    if matches!(cage, Cage::Sealed(_)) {
        confine::after_opening(reached, opening.is_strict).map_err(no_worker)?;
    }
    line.wire().set_max_level(LogLevel::from_number(opening.max_level));
    start(line, entry, &opening)
}

fn no_worker(what: &str) -> LoadFault {
    LoadFault::NoWorker { what: what.to_owned() }
}

/// Shuts the process in as far as opening a library allows.
#[cfg_attr(
    not(target_os = "linux"),
    expect(clippy::unnecessary_wraps, reason = "on Linux it can fail")
)]
fn shut_in(cage: &Cage, opening: &Opening) -> Result<Confinement, LoadFault> {
    match cage {
        #[cfg(target_os = "linux")]
        Cage::Sealed(_) => match confine::follow(opening.host) {
            Ok(true) => Ok(confine::before_opening(opening)),
            // Nobody is there to answer.
            _ => Err(no_worker("it could not tie its life to its host's")),
        },
        Cage::Limits => Ok(limit(opening)),
    }
}

/// Opens the library and compares what it says about itself.
fn open_library(cage: &mut Cage, opening: &Opening) -> Result<Entry, LoadFault> {
    let entry = match cage {
        #[cfg(target_os = "linux")]
        Cage::Sealed(file) => {
            let file = file.take().ok_or(LoadFault::NotFound)?;
            let path = format!("/proc/self/fd/{}", file.as_raw_fd());
            // Mapped by the loader, the file itself is no business of the plugin's, and is closed.
            library::open(&PathBuf::from(path))?
        }
        Cage::Limits => {
            let path = opening.library.as_ref().ok_or(LoadFault::NotFound)?;
            library::open(&PathBuf::from(path))?
        }
    };
    library::compare(&entry, &Description::of_lists(opening.expected.clone()))?;
    Ok(entry)
}

/// Makes an instance, says what it provides, and answers.
fn start(line: &mut Line, entry: Entry, opening: &Opening) -> Result<(), LoadFault> {
    let wire: Arc<Wire> = line.wire();
    let services: Arc<dyn Services> = wire.clone();
    let created = entry.create(&opening.values, Arc::clone(&services));
    wire.end_call();
    // Its own words have gone to the host as log lines.
    let instance = created.map_err(|status| LoadFault::of_create(status, String::new()))?;
    let norms = instance.norms().map_err(|fault| fault.to_string()).transpose();
    let mut pen = frame(tell::READY);
    pen.flag(instance.is_reader()).flag(instance.is_strategy());
    write_norms(&mut pen, &norms);
    line.tell(pen);
    let again = || entry.create(&opening.values, Arc::clone(&services));
    answer_all(line, instance, &opening.columns, &again);
    Ok(())
}
