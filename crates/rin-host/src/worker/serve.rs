//! The worker's side: shuts itself in, opens one library, and answers until its host is gone.

mod answer;
mod line;
mod source;

use std::{
    fs::OpenOptions,
    io::{self, IoSliceMut},
    mem::MaybeUninit,
    os::fd::{AsRawFd as _, OwnedFd},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use rin_abi::{
    LogLevel,
    host::{Description, Entry, Services},
};
use rustix::{
    io::fcntl_dupfd_cloexec,
    net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg},
};

use self::{
    answer::answer_all,
    line::{Line, Wire},
};
use super::{
    ANSWERS, QUESTIONS, confine,
    frames::frame,
    message::{Opening, PROTOCOL, ask, tell, write_norms, write_refusal},
    wire::Eye,
};
use crate::{LoadFault, library, memory::Tray};

/// The number above which a worker keeps its connection.
const ABOVE: i32 = 10;

/// Serves one host as the program `rin-worker` does, for embedders who ship it under another name.
///
/// The standard input must be the socket that a host has made. Answers only that host, and ends with it.
pub fn serve() -> ExitCode {
    match open() {
        Ok(mut line) => match begin(&mut line) {
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

/// Takes the connection out of plugins' sight and receives the files.
fn open() -> io::Result<Line> {
    let control = fcntl_dupfd_cloexec(io::stdin(), ABOVE)?;
    rustix::stdio::dup2_stdin(OpenOptions::new().read(true).open("/dev/null")?)?;
    confine::close_others(control.as_raw_fd());
    let [library, questions, answers] = receive(&control)?;
    let questions = Tray::reading(&questions, QUESTIONS)?;
    let answers = Tray::writing(&answers, ANSWERS)?;
    Ok(Line::new(control, library, Arc::new(questions), answers))
}

/// Receives the three files of a worker: the library, the tray of questions, the tray of answers.
fn receive(control: &OwnedFd) -> io::Result<[OwnedFd; 3]> {
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
    files.try_into().map_err(|_| io::Error::other("no host has sent its files"))
}

/// From the first message to the last answer.
fn begin(line: &mut Line) -> Result<(), LoadFault> {
    let no_worker = |what: &str| LoadFault::NoWorker { what: what.to_owned() };
    let (kind, fields) = line.hear_question();
    let opening = Opening::read(&mut Eye::new(&fields));
    let opening = opening.ok().filter(|opening| kind == ask::START && opening.protocol == PROTOCOL);
    let Some(opening) = opening else {
        return Err(no_worker("it is of another version than this program; install both anew"));
    };
    match confine::follow(opening.host) {
        Ok(true) => {}
        // Nobody is there to answer.
        _ => return Err(no_worker("it could not tie its life to its host's")),
    }
    let reached = confine::before_opening(&opening);
    let mut pen = frame(tell::HELLO);
    pen.flag(reached.limits).flag(reached.files).flag(reached.calls);
    line.tell(pen);
    if opening.is_required && !reached.is_full() {
        let missing: Vec<_> = reached.missing().collect();
        return Err(LoadFault::NotConfined { missing: missing.join(" and ") });
    }
    let entry = open_library(line, opening.expected.clone())?;
    confine::after_opening(reached, opening.is_strict).map_err(no_worker)?;
    line.wire().set_max_level(LogLevel::from_number(opening.max_level));
    start(line, entry, &opening)
}

/// Opens the library from its sealed bytes and compares what it says about itself.
fn open_library(line: &mut Line, expected: [Vec<String>; 5]) -> Result<Entry, LoadFault> {
    let Some(file) = line.take_library() else { return Err(LoadFault::NotFound) };
    let entry = library::open(&PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd())))?;
    // The loader has mapped it; the file itself is no business of the plugin's.
    drop(file);
    library::compare(&entry, &Description::of_lists(expected))?;
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
