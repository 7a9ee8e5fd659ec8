//! Numbers and texts as bytes: how host and worker write to each other.
//!
//! Little-endian, without padding, texts with their length before them. The reading side takes nothing for granted,
//! because a worker that has opened a library may write whatever the library wants.

/// Writes values one after another.
#[derive(Debug, Default)]
pub(crate) struct Pen {
    pub(crate) bytes: Vec<u8>,
}

/// Something cannot be read as what it should be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Garbled;

/// Reads values one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Eye<'a> {
    rest: &'a [u8],
}

macro_rules! numbers {
    ($($kind:ident),*) => {
        impl Pen {
            $(pub(crate) fn $kind(&mut self, value: $kind) -> &mut Self {
                self.bytes.extend_from_slice(&value.to_le_bytes());
                self
            })*
        }

        impl Eye<'_> {
            $(pub(crate) fn $kind(&mut self) -> Result<$kind, Garbled> {
                let (bytes, rest) = self.rest.split_first_chunk().ok_or(Garbled)?;
                self.rest = rest;
                Ok($kind::from_le_bytes(*bytes))
            })*
        }
    };
}
numbers!(u8, u32, u64, i32, i64, f64);

impl Pen {
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        // No text that crosses has 4 GiB: the longest is a manifest.
        self.u32(u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    pub(crate) fn flag(&mut self, flag: bool) -> &mut Self {
        self.u8(flag.into())
    }

    /// Writes how many follow.
    pub(crate) fn count(&mut self, count: usize) -> &mut Self {
        self.u64(count as u64)
    }
}

impl<'a> Eye<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn take(&mut self, n: usize) -> Result<&'a [u8], Garbled> {
        let (bytes, rest) = self.rest.split_at_checked(n).ok_or(Garbled)?;
        self.rest = rest;
        Ok(bytes)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str, Garbled> {
        let n = self.u32()? as usize;
        std::str::from_utf8(self.take(n)?).map_err(|_| Garbled)
    }

    pub(crate) fn flag(&mut self) -> Result<bool, Garbled> {
        Ok(self.u8()? != 0)
    }

    /// Reads how many follow; each takes at least a byte, so more than there are bytes is a lie.
    pub(crate) fn count(&mut self) -> Result<usize, Garbled> {
        let count = usize::try_from(self.u64()?).map_err(|_| Garbled)?;
        if count <= self.rest.len() { Ok(count) } else { Err(Garbled) }
    }

    pub(crate) const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_cut_off_is_not() {
        let mut pen = Pen::default();
        pen.u8(7).i64(-5).f64(0.5).text("grün").flag(true).count(0);
        let whole = pen.bytes;
        let read = |bytes: &[u8]| {
            let mut eye = Eye::new(bytes);
            let (a, b, c) = (eye.u8()?, eye.i64()?, eye.f64()?);
            let text = eye.text()?.to_owned();
            Ok((a, b, c, text, eye.flag()?, eye.count()?))
        };
        assert_eq!(read(&whole), Ok((7, -5, 0.5, "grün".to_owned(), true, 0)));
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), Err(Garbled), "{end}");
        }
    }

    #[test]
    fn a_count_beyond_the_bytes_is_a_lie() {
        let mut pen = Pen::default();
        pen.u64(u64::MAX);
        assert_eq!(Eye::new(&pen.bytes).count(), Err(Garbled));
        assert_eq!(Eye::new(&[2, 0, 0, 0, 0xC3, 0x28]).text(), Err(Garbled));
    }
}
