//! How foreign memory is read: strings, sized structs and rows, each checked before it is believed.
//!
//! What cannot be checked is whether a pointer that is neither null nor misaligned points at what it should. That
//! promise is the plugin's; a plugin that is not trusted with it runs in a worker.
#![expect(unsafe_code, reason = "foreign memory is read here and nowhere else")]

use std::{marker::PhantomData, mem::MaybeUninit, ptr, slice, str};

use crate::Fault;

/// Longest string in bytes, except for notes.
pub const MAX_TEXT: usize = 64 * 1024;
/// Longest note of an action in bytes.
pub const MAX_NOTE: usize = 4 * 1024;
/// Most rows in one push: a number beyond it is refused before a row is looked at.
pub const MAX_PUSH: u64 = 64 * 1024;

/// `rin_str`: borrowed UTF-8.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawStr {
    pub(crate) ptr: *const u8,
    pub(crate) len: u64,
}

impl RawStr {
    /// No text.
    pub const EMPTY: Self = Self { ptr: ptr::null(), len: 0 };

    /// Borrows a text; it must outlive whoever reads it on the other side.
    pub const fn new(text: &str) -> Self {
        Self { ptr: text.as_ptr(), len: text.len() as u64 }
    }

    /// Reads the text, of at most `max` bytes.
    ///
    /// # Errors
    /// [`Fault`] if it is null with a length, too long or not UTF-8.
    ///
    /// # Safety
    /// Unless null, the pointer must be good for its length during `'a`.
    pub unsafe fn read<'a>(self, what: &'static str, max: usize) -> Result<&'a str, Fault> {
        if self.len == 0 {
            return Ok("");
        }
        let too_long = Fault::TooLong { what, len: self.len, max: max as u64 };
        let len = usize::try_from(self.len).ok().filter(|&len| len <= max).ok_or(too_long)?;
        if self.ptr.is_null() {
            return Err(Fault::Null { what });
        }
        // SAFETY: not null and of checked length; that it points there is the caller's promise.
        let bytes = unsafe { slice::from_raw_parts(self.ptr, len) };
        str::from_utf8(bytes).map_err(|_| Fault::NotUtf8 { what })
    }
}

/// `rin_text`: one sentence in both languages.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawText {
    pub(crate) en: RawStr,
    pub(crate) de: RawStr,
}

impl RawText {
    /// Borrows both sentences.
    pub const fn new(en: &str, de: &str) -> Self {
        Self { en: RawStr::new(en), de: RawStr::new(de) }
    }

    /// Reads both sentences and keeps them.
    ///
    /// # Errors
    /// As [`RawStr::read`].
    ///
    /// # Safety
    /// As [`RawStr::read`], for both.
    pub(crate) unsafe fn read_owned(self, what: &'static str) -> Result<rin_core::Text, Fault> {
        // SAFETY: the caller's promise covers both strings.
        let en = unsafe { self.en.read(what, MAX_TEXT) }?.to_owned();
        // SAFETY: as above.
        let de = unsafe { self.de.read(what, MAX_TEXT) }?.to_owned();
        Ok(rin_core::Text { en, de })
    }
}

/// A type that is plain numbers and pointers, so that any bytes are a value of it.
///
/// # Safety
/// `repr(C)`, without references, `bool`, enums or bare function pointers; [`NEEDED`](Plain::NEEDED) is no more than its size.
pub(crate) unsafe trait Plain: Copy {
    /// Bytes a row has had since version 1.0; what a shorter row lacks is zero.
    const NEEDED: usize = size_of::<Self>();
}

/// A plain struct whose first field is its own size as `u32`.
///
/// # Safety
/// The first field is that `u32`, and 0 in the rest is a value of the type.
pub(crate) unsafe trait Sized32: Copy {
    /// Bytes it has had since version 1.0.
    const NEEDED: usize = size_of::<Self>();
}

/// Reads a sized struct: at least what version 1.0 had, at most what this version knows.
///
/// # Errors
/// [`Fault`] if the pointer is null or misaligned or the struct too short.
///
/// # Safety
/// Unless null, `pointer` must be good for the size that stands at its beginning.
pub(crate) unsafe fn sized<T: Sized32>(what: &'static str, pointer: *const T) -> Result<T, Fault> {
    if pointer.is_null() {
        return Err(Fault::Null { what });
    }
    if !pointer.is_aligned() {
        return Err(Fault::Misaligned { what });
    }
    // SAFETY: not null, aligned, and every sized struct begins with a u32.
    let size = unsafe { pointer.cast::<u32>().read() };
    if (size as usize) < T::NEEDED {
        return Err(Fault::Short { what, size, needed: T::NEEDED });
    }
    // SAFETY: the struct is at least as long as this version's, which is version 1.0's.
    Ok(unsafe { pointer.read() })
}

/// Returns the size of `T` as sized structs carry it.
pub(crate) const fn size32<T>() -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "no struct here has 4 GiB")]
    let size = size_of::<T>() as u32;
    size
}

/// Rows of foreign memory at a fixed distance, checked to be readable as `T`.
#[derive(Debug)]
pub(crate) struct Rows<'a, T> {
    first: *const T,
    left: u64,
    stride: usize,
    memory: PhantomData<&'a T>,
}

impl<T: Plain> Rows<'_, T> {
    /// Checks the place, the distance and the total length of rows.
    ///
    /// # Errors
    /// [`Fault`] naming `what` is wrong.
    ///
    /// # Safety
    /// Unless null, `first` must be good for `n` rows at that distance during `'a`.
    pub(crate) unsafe fn new(
        what: &'static str,
        first: *const T,
        n: u64,
        stride: u64,
    ) -> Result<Self, Fault> {
        if n == 0 {
            return Ok(Self { first, left: 0, stride: 0, memory: PhantomData });
        }
        if MAX_PUSH < n {
            return Err(Fault::TooLong { what, len: n, max: MAX_PUSH });
        }
        if first.is_null() {
            return Err(Fault::Null { what });
        }
        if !first.is_aligned() {
            return Err(Fault::Misaligned { what });
        }
        let whole = stride.checked_mul(n).and_then(|bytes| isize::try_from(bytes).ok());
        let step = usize::try_from(stride).ok().filter(|&step| {
            T::NEEDED <= step && step.is_multiple_of(align_of::<T>()) && whole.is_some()
        });
        let stride = step.ok_or(Fault::Stride { what, stride })?;
        Ok(Self { first, left: n, stride, memory: PhantomData })
    }
}

impl<T: Plain> Iterator for Rows<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.left = self.left.checked_sub(1)?;
        let row = if size_of::<T>() <= self.stride {
            // SAFETY: place, alignment and length were checked; that memory is there is the promise given to `new`.
            unsafe { self.first.read() }
        } else {
            // SAFETY: as above, for the bytes that an older row has.
            unsafe { read_short(self.first, self.stride) }
        };
        self.first = self.first.wrapping_byte_add(self.stride);
        Some(row)
    }
}

/// Reads a row of an earlier version: what it did not have is zero.
///
/// # Safety
/// `row` must be good for `len` bytes.
unsafe fn read_short<T: Plain>(row: *const T, len: usize) -> T {
    let mut whole = MaybeUninit::<T>::zeroed();
    let len = len.min(size_of::<T>());
    // SAFETY: the caller's promise for the source; the target is as long as a `T`, and no shorter than `len`.
    unsafe { ptr::copy_nonoverlapping(row.cast::<u8>(), whole.as_mut_ptr().cast::<u8>(), len) };
    // SAFETY: any bytes are a value of a plain type.
    unsafe { whole.assume_init() }
}

/// Reads an array whose rows never grow, of at most `max` rows.
///
/// # Errors
/// [`Fault`] naming what is wrong.
///
/// # Safety
/// As [`Rows::new`].
pub(crate) unsafe fn array<'a, T: Plain>(
    what: &'static str,
    first: *const T,
    n: u64,
    max: u64,
) -> Result<Rows<'a, T>, Fault> {
    if max < n {
        return Err(Fault::TooLong { what, len: n, max });
    }
    // SAFETY: the caller's promise, with the distance of a plain array.
    unsafe { Rows::new(what, first, n, size_of::<T>() as u64) }
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawStr {}
// SAFETY: plain integers.
unsafe impl Plain for u32 {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_checked() {
        let check = |raw: RawStr, max, expected: Result<&str, &str>| {
            // SAFETY: every pointer below is null or comes from a literal of that length.
            let read = unsafe { raw.read("the text", max) }.map_err(|fault| fault.to_string());
            assert_eq!(read, expected.map_err(str::to_owned));
        };
        let bad = [0xC3_u8, 0x28];
        check(RawStr::EMPTY, 4, Ok(""));
        check(RawStr::new("grün"), 5, Ok("grün"));
        check(RawStr::new("grün"), 4, Err("the text has length 5, more than 4"));
        check(RawStr { ptr: ptr::null(), len: 1 }, 4, Err("the text is a null pointer"));
        check(RawStr { ptr: bad.as_ptr(), len: 2 }, 4, Err("the text is not UTF-8"));
        check(
            RawStr { ptr: bad.as_ptr(), len: u64::MAX },
            4,
            Err("the text has length 18446744073709551615, more than 4"),
        );
    }

    #[derive(Clone, Copy, PartialEq, Debug)]
    #[repr(C)]
    struct Grown {
        old: u32,
        new: u32,
    }

    // SAFETY: plain integers; the first has been there from the beginning.
    unsafe impl Plain for Grown {
        const NEEDED: usize = 4;
    }

    #[test]
    fn rows_of_an_earlier_version_lack_what_came_later() {
        let memory = [7_u32, 8, 9];
        let read = |n, stride| {
            let first = memory.as_ptr().cast::<Grown>();
            // SAFETY: what passes the checks lies within `memory`.
            unsafe { Rows::new("rows", first, n, stride) }.map(Iterator::collect::<Vec<_>>)
        };
        let old = [7, 8, 9].map(|old| Grown { old, new: 0 });
        assert_eq!(read(3, 4).unwrap(), old);
        assert_eq!(read(1, 8).unwrap(), [Grown { old: 7, new: 8 }]);
        assert!(read(3, 0).is_err());
    }

    #[test]
    fn rows_may_be_longer_than_we_know_but_never_shorter() {
        let check = |first: *const u32, n, stride| {
            // SAFETY: what passes the checks below lies within `memory`.
            unsafe { Rows::new("rows", first, n, stride) }
                .map(Iterator::collect::<Vec<_>>)
                .map_err(|fault| fault.to_string())
        };
        let memory = [1_u32, 2, 3, 4];
        let first = memory.as_ptr();
        assert_eq!(check(first, 4, 4), Ok(vec![1, 2, 3, 4]));
        assert_eq!(check(first, 2, 8), Ok(vec![1, 3]));
        assert_eq!(check(ptr::null(), 0, 0), Ok(vec![]));
        assert_eq!(check(ptr::null(), 1, 4), Err("rows is a null pointer".into()));
        assert_eq!(check(first.wrapping_byte_add(1), 1, 4), Err("rows is not aligned".into()));
        let fault = |n: u64| format!("rows has length {n}, more than 65536");
        assert_eq!(check(first, 1 << 40, 4), Err(fault(1 << 40)));
        assert_eq!(check(first, u64::MAX, 4), Err(fault(u64::MAX)));
        for (n, stride) in [(2, 3), (2, 6), (2, 0), (2, 1 << 63), (4, u64::MAX - 3)] {
            let fault = format!("rows come at a distance of {stride} bytes");
            assert_eq!(check(first, n, stride), Err(fault));
        }
    }
}
