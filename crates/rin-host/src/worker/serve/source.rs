//! The user's files as a confined reader sees them: names, sizes, and bytes that the host reads for it.
//!
//! The worker has no path and no right to any file. It asks for bytes ahead of the plugin, the more the longer the
//! plugin reads on, so that a question costs little beside what is read.

use std::{
    cell::{Cell, RefCell},
    io::{self, Read as _},
};

use rin_abi::{Source, SourceEntry, Status};
use rin_core::Moment;

use super::{
    super::{
        MAX_PIECE,
        wire::{Eye, Garbled},
    },
    line::Line,
};

/// The piece asked for first, and wherever reading does not go on.
const FIRST_PIECE: usize = 16 << 10;

/// The host's files.
pub(super) struct Files<'l> {
    line: &'l RefCell<&'l mut Line>,
    entries: Vec<SourceEntry>,
    now: Moment,
    window: Cell<Window>,
}

/// Which bytes of which file are laid down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Window {
    entry: usize,
    offset: u64,
    len: usize,
    /// How much was asked for.
    asked: usize,
}

impl<'l> Files<'l> {
    /// Reads the names of the files.
    pub(super) fn read(
        eye: &mut Eye<'_>,
        line: &'l RefCell<&'l mut Line>,
    ) -> Result<Self, Garbled> {
        let now = Moment::from_unix_ms(eye.i64()?);
        let entry = |eye: &mut Eye<'_>| {
            let (name, size) = (eye.text()?.to_owned(), eye.u64()?);
            let (is_dated, ms) = (eye.flag()?, eye.i64()?);
            let modified = is_dated.then(|| Moment::from_unix_ms(ms));
            Ok(SourceEntry { name, size, modified })
        };
        let entries = (0..eye.count()?).map(|_| entry(eye)).collect::<Result<_, _>>()?;
        Ok(Self { line, entries, now, window: Cell::default() })
    }

    /// Moves the window to where it is read next, further ahead if reading goes on where it ended.
    fn move_to(&self, entry: usize, offset: u64, len: usize) -> io::Result<Window> {
        let before = self.window.get();
        let goes_on = before.entry == entry && before.offset + before.len as u64 == offset;
        let ahead = if goes_on { before.asked.saturating_mul(4) } else { FIRST_PIECE };
        let asked = ahead.max(len).min(MAX_PIECE);
        // Whatever comes of it, what lay there lies there no longer.
        self.window.set(Window::default());
        let n = self.line.borrow_mut().want(entry as u64, offset, asked as u64);
        let len = match usize::try_from(n) {
            Ok(n) => n.min(asked),
            Err(_) if n == i64::from(Status::ARG.code()) => {
                return Err(io::ErrorKind::NotFound.into());
            }
            Err(_) => return Err(io::Error::other("the host cannot read the file")),
        };
        let window = Window { entry, offset, len, asked };
        self.window.set(window);
        Ok(window)
    }
}

impl Source for Files<'_> {
    fn entries(&self) -> &[SourceEntry] {
        &self.entries
    }

    fn read_at(&self, entry: usize, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let mut window = self.window.get();
        let holds = |window: &Window| {
            let skipped = offset.checked_sub(window.offset)?;
            let skipped = usize::try_from(skipped).ok().filter(|skipped| *skipped < window.len)?;
            (window.entry == entry).then_some(skipped)
        };
        if holds(&window).is_none() {
            window = self.move_to(entry, offset, buffer.len())?;
        }
        let Some(skipped) = holds(&window) else { return Ok(0) };
        let laid = self.line.borrow().laid();
        let held = laid.bytes().get(skipped..window.len);
        held.unwrap_or_default().read(buffer)
    }

    fn now(&self) -> Moment {
        self.now
    }
}
