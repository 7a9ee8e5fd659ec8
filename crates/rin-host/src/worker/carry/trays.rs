//! Trays of shared memory, and one socket that says what lies where: what Linux offers.

use std::{
    fs::File,
    io::{self, IoSlice, PipeReader, Read as _, Write as _},
    mem::MaybeUninit,
    os::{
        fd::{AsFd, OwnedFd},
        unix::{fs::FileExt as _, net::UnixStream},
    },
    process::Command,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{OFlags, fcntl_getfl, fcntl_setfl},
    io::Errno,
    net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg},
};

use super::{
    super::{ANSWERS, QUESTIONS, SLOT, SLOTS, frames::Inbox, mark, system::SEALED, wire::Garbled},
    Carrier,
};
use crate::{
    bytes::Bytes,
    memory::{self, Tray},
};

/// What a host holds of a worker.
#[derive(Debug)]
pub(crate) struct Trays {
    wire: UnixStream,
    /// What the library prints; `None` once it can print no more.
    printed: Option<PipeReader>,
    questions: Tray,
    answers: File,
    /// What the worker is handed of the tray of questions.
    handed: OwnedFd,
}

impl Trays {
    /// Makes both ends, and gives the worker's to the command that starts it.
    ///
    /// A worker that takes nothing more must not hold its host up, and has `patience` to take something.
    pub(crate) fn new(command: &mut Command, patience: Duration) -> io::Result<Self> {
        let (wire, theirs) = UnixStream::pair()?;
        let (printed, prints) = io::pipe()?;
        command.stdin(OwnedFd::from(theirs)).stdout(prints.try_clone()?).stderr(prints);
        fcntl_setfl(&printed, fcntl_getfl(&printed)? | OFlags::NONBLOCK)?;
        wire.set_write_timeout(Some(patience))?;
        let (questions, handed) = memory::outgoing(QUESTIONS)?;
        let answers = memory::incoming(ANSWERS)?;
        Ok(Self { wire, printed: Some(printed), questions, answers, handed })
    }

    /// Hands a worker that has been started its files.
    pub(crate) fn hand_over(&self, bytes: &Bytes) -> io::Result<()> {
        let files = [bytes.sealed.as_fd(), self.handed.as_fd(), self.answers.as_fd()];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(3))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        control.push(SendAncillaryMessage::ScmRights(&files));
        let greeting = [IoSlice::new(&[SEALED])];
        let sent = sendmsg(&self.wire, &greeting, &mut control, SendFlags::NOSIGNAL)?;
        if sent == 1 { Ok(()) } else { Err(io::ErrorKind::WriteZero.into()) }
    }
}

impl Carrier for Trays {
    fn send(&mut self, message: Vec<u8>) -> io::Result<()> {
        self.wire.write_all(&message)
    }

    fn tray(&mut self) -> &mut [u8] {
        let all = self.questions.capacity();
        self.questions.part(0, all).unwrap_or_default()
    }

    fn lend(&mut self, _len: usize, _turn: u64) -> io::Result<()> {
        Ok(())
    }

    fn stop(&mut self, _turn: u64) {
        self.questions.set_stop(true);
    }

    fn go_on(&mut self) {
        self.questions.set_stop(false);
    }

    fn answered(&self, turn: u64) -> u32 {
        let found = memory::read_mark(&self.answers).unwrap_or_default();
        let answered = u32::try_from(found & u64::from(u32::MAX)).unwrap_or_default();
        if found == mark(turn, answered) { answered } else { 0 }
    }

    fn hear_answered(&mut self, _turn: u64, _answered: u32) -> Result<(), Garbled> {
        Err(Garbled)
    }

    fn empty(&mut self, slot: usize, room: &mut [u8]) -> Result<(), Garbled> {
        if SLOTS <= slot || SLOT < room.len() {
            return Err(Garbled);
        }
        self.answers.read_exact_at(room, memory::offset_in_file(slot * SLOT)).map_err(|_| Garbled)
    }

    fn wait(&mut self, longest: Duration) -> (bool, bool) {
        let mut fds = vec![PollFd::new(&self.wire, PollFlags::IN)];
        fds.extend(self.printed.as_ref().map(|printed| PollFd::new(printed, PollFlags::IN)));
        let timeout = Timespec {
            tv_sec: i64::try_from(longest.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: longest.subsec_nanos().into(),
        };
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) => {}
            Err(Errno::INTR) => return (false, false),
            // Nothing can be waited for any more; the read tells why.
            Err(_) => return (true, false),
        }
        let is_ready = |at: usize| fds.get(at).is_some_and(|fd| !fd.revents().is_empty());
        (is_ready(0), is_ready(1))
    }

    fn read(&mut self, inbox: &mut Inbox) -> io::Result<usize> {
        inbox.fill(&mut self.wire)
    }

    fn read_printed(&mut self, room: &mut [u8]) -> usize {
        let Some(printed) = &mut self.printed else { return 0 };
        match printed.read(room) {
            Ok(n @ 1..) => return n,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            _ => self.printed = None,
        }
        0
    }
}
