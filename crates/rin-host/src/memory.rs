//! Files that lie in memory only: sealed bytes that nobody changes, and trays that two processes share.
//!
//! A tray is filled by one side and read by the other. What a host reads from a worker's tray it reads as from a file,
//! into memory of its own, so that nothing changes between the look and the use.
#![expect(unsafe_code, reason = "maps memory that another process sees too")]

use std::{
    fs::File,
    io::{self, Write as _},
    os::{
        fd::{AsFd, OwnedFd},
        unix::fs::FileExt as _,
    },
    path::Path,
    ptr::{self, NonNull},
    slice,
    sync::atomic::{AtomicU32, AtomicU64, Ordering},
};

use rustix::{
    fs::{MemfdFlags, SealFlags, fcntl_add_seals, ftruncate, memfd_create},
    mm::{MapFlags, ProtFlags, mmap, munmap},
};

/// Bytes before a tray's own, for flags.
const HEADER: usize = 4096;

/// Where in the header the side that fills a tray says how far it is.
const MARK: usize = 64;

/// Makes a file in memory; `flags` are given up where the kernel does not know them.
fn create(name: &str, flags: MemfdFlags) -> Result<OwnedFd, rustix::io::Errno> {
    let base = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    match memfd_create(name, base | flags) {
        // Kernels before 6.3 know no executable bit of such files, and treat all alike.
        Err(rustix::io::Errno::INVAL) => memfd_create(name, base),
        made => made,
    }
}

/// Puts bytes into a sealed file that can be opened as a library.
pub(crate) fn seal(path: &Path, bytes: &[u8]) -> io::Result<OwnedFd> {
    // The name is what debuggers and /proc/PID/maps show; the kernel takes 249 bytes of it.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let end = name.floor_char_boundary(200);
    let fd = create(name.get(..end).unwrap_or_default(), MemfdFlags::EXEC)?;
    let mut file = File::from(fd);
    file.write_all(bytes)?;
    let fd = OwnedFd::from(file);
    fcntl_add_seals(&fd, SealFlags::SEAL | SealFlags::SHRINK | SealFlags::GROW | SealFlags::WRITE)?;
    Ok(fd)
}

/// Makes a tray that this process fills and another can only read, and returns it with what to hand over.
pub(crate) fn outgoing(capacity: usize) -> io::Result<(Tray, OwnedFd)> {
    let fd = create("rin-questions", MemfdFlags::NOEXEC_SEAL)?;
    ftruncate(&fd, (HEADER + capacity) as u64)?;
    let tray = Tray::map(&fd, HEADER + capacity, ProtFlags::READ | ProtFlags::WRITE)?;
    // From here on no mapping that can write is made any more, by whomever.
    let seals = SealFlags::SHRINK | SealFlags::GROW | SealFlags::FUTURE_WRITE | SealFlags::SEAL;
    fcntl_add_seals(&fd, seals)?;
    Ok((tray, fd))
}

/// Makes a tray that another process fills; this one reads it as a file.
///
/// Its length is sealed, since a file that became shorter while it is read would end this process.
pub(crate) fn incoming(capacity: usize) -> io::Result<File> {
    let fd = create("rin-answers", MemfdFlags::NOEXEC_SEAL)?;
    ftruncate(&fd, (HEADER + capacity) as u64)?;
    fcntl_add_seals(&fd, SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)?;
    Ok(File::from(fd))
}

/// Reads how far the side that fills a tray says it is.
pub(crate) fn read_mark(tray: &File) -> io::Result<u64> {
    let mut mark = [0; 8];
    tray.read_exact_at(&mut mark, MARK as u64)?;
    Ok(u64::from_ne_bytes(mark))
}

/// Returns where a tray's bytes begin in its file.
pub(crate) const fn offset_in_file(at: usize) -> u64 {
    (HEADER + at) as u64
}

/// Memory that another process sees too.
#[derive(Debug)]
pub(crate) struct Tray {
    start: NonNull<u8>,
    len: usize,
}

// SAFETY: the mapping belongs to the value alone; what another process does in it is no thread of this one.
unsafe impl Send for Tray {}
// SAFETY: through a shared reference it is only read, and its flag is atomic.
unsafe impl Sync for Tray {}

impl Tray {
    /// Takes a tray that the other side fills.
    pub(crate) fn reading(fd: &OwnedFd, capacity: usize) -> io::Result<Self> {
        Self::map(fd, HEADER + capacity, ProtFlags::READ)
    }

    /// Takes a tray that this side fills.
    pub(crate) fn writing(fd: &OwnedFd, capacity: usize) -> io::Result<Self> {
        Self::map(fd, HEADER + capacity, ProtFlags::READ | ProtFlags::WRITE)
    }

    fn map(fd: impl AsFd, len: usize, access: ProtFlags) -> io::Result<Self> {
        // SAFETY: a fresh mapping at a place of the system's choice touches nothing that exists.
        let start = unsafe { mmap(ptr::null_mut(), len, access, MapFlags::SHARED, fd, 0) }?;
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Self { start, len })
    }

    /// Returns the address of a byte after the header, which must lie in the tray.
    fn address(&self, at: usize) -> *mut u8 {
        self.start.as_ptr().wrapping_add(HEADER + at)
    }

    /// Returns how many bytes there is room for.
    pub(crate) const fn capacity(&self) -> usize {
        self.len - HEADER
    }

    /// Returns the bytes, for the side that reads them while the other waits.
    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the mapping is `len` bytes long and lives as long as this value; by the protocol the other side
        // fills the tray only while this one waits for it, and then nobody holds a slice.
        unsafe { slice::from_raw_parts(self.address(0), self.capacity()) }
    }

    /// Puts bytes at a place; `false` if there is no room.
    pub(crate) fn put(&mut self, at: usize, bytes: &[u8]) -> bool {
        let Some(room) = self.part(at, bytes.len()) else { return false };
        room.copy_from_slice(bytes);
        true
    }

    /// Lends a part of the tray to be filled; `None` if there is no room.
    pub(crate) fn part(&mut self, at: usize, len: usize) -> Option<&mut [u8]> {
        let end = at.checked_add(len)?;
        if self.capacity() < end {
            return None;
        }
        // SAFETY: the place was checked; the tray is borrowed mutably as long as the part is.
        Some(unsafe { slice::from_raw_parts_mut(self.address(at), len) })
    }

    /// Raises or lowers the flag that says: stop.
    pub(crate) fn set_stop(&self, stop: bool) {
        self.flag().store(stop.into(), Ordering::Relaxed);
    }

    /// Whether the other side says: stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.flag().load(Ordering::Relaxed) != 0
    }

    /// Says how far the side that fills this tray is.
    pub(crate) fn set_mark(&self, mark: u64) {
        self.mark().store(mark, Ordering::Relaxed);
    }

    fn flag(&self) -> &AtomicU32 {
        // SAFETY: the mapping begins at a page, lives as long as this value, and this word is used as this flag only.
        unsafe { AtomicU32::from_ptr(self.start.as_ptr().cast()) }
    }

    fn mark(&self) -> &AtomicU64 {
        let word = self.start.as_ptr().wrapping_add(MARK);
        // SAFETY: as above, for a word of its own in the header.
        unsafe { AtomicU64::from_ptr(word.cast()) }
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        // SAFETY: mapped by `map` with that length, and no slice of it outlives this value. Nothing can be done if it
        // fails, and nothing is lost but the room.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.len) };
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn a_sealed_library_cannot_be_changed() {
        let fd = seal(Path::new("/x/librin_x.so"), b"bytes").unwrap();
        let mut file = File::from(fd);
        assert!(file.write_at(b"x", 0).is_err());
        assert!(file.set_len(0).is_err());
        let mut all = String::new();
        io::Seek::rewind(&mut file).unwrap();
        file.read_to_string(&mut all).unwrap();
        assert_eq!(all, "bytes");
    }

    #[test]
    fn a_tray_of_questions_is_read_and_never_written_by_the_other_side() {
        let (mut tray, fd) = outgoing(64).unwrap();
        let theirs = Tray::reading(&fd, 64).unwrap();
        assert!(tray.put(8, b"abc") && !tray.put(62, b"abc") && !tray.put(usize::MAX, b"a"));
        assert_eq!(&theirs.bytes()[8..11], b"abc");
        tray.set_stop(true);
        assert!(theirs.is_stopped());
        assert!(Tray::writing(&fd, 64).is_err(), "no second mapping that can write");
        assert!(File::from(fd).set_len(0).is_err());
    }

    #[test]
    fn a_tray_of_answers_keeps_its_length() {
        let file = incoming(64).unwrap();
        let fd = OwnedFd::from(file.try_clone().unwrap());
        let mut theirs = Tray::writing(&fd, 64).unwrap();
        theirs.part(60, 4).unwrap().copy_from_slice(b"done");
        assert!(theirs.part(61, 4).is_none());
        let mut read = [0; 4];
        file.read_exact_at(&mut read, offset_in_file(60)).unwrap();
        assert_eq!(&read, b"done");
        theirs.set_mark(u64::MAX - 1);
        assert_eq!(read_mark(&file).unwrap(), u64::MAX - 1);
        assert!(file.set_len(10).is_err());
    }
}
