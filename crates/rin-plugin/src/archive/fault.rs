//! What is wrong with one file, at which place, in both languages: the error every reading helper speaks.
//!
//! It travels inside an [`io::Error`] through readers that know nothing of it, and comes out whole on the other side.

use std::{error::Error, fmt, io};

use crate::ReadError;

/// What is wrong with one file and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// A short stable name, e.g. `truncated`.
    pub code: &'static str,
    /// Byte, line or item, counted from 1; 0 if it has none.
    pub place: u64,
    /// What is wrong and what to do, in English.
    pub en: String,
    /// The same in German.
    pub de: String,
}

impl Fault {
    /// Makes a fault without a place.
    pub fn new(code: &'static str, en: impl Into<String>, de: impl Into<String>) -> Self {
        Self { code, place: 0, en: en.into(), de: de.into() }
    }

    /// Returns it with its place, counted from 1.
    #[must_use]
    pub fn at(self, place: u64) -> Self {
        Self { place, ..self }
    }

    /// Returns the fault inside an error of reading; any other error becomes `unreadable` at `place`.
    pub fn from_io(error: &io::Error, place: u64) -> Self {
        if let Some(fault) = Self::inside(error) {
            return fault.clone();
        }
        Self::new(
            "unreadable",
            format!("The file could not be read further ({error}). Check the disk and the permissions and import it again."),
            format!("Die Datei ließ sich nicht weiterlesen ({error}). Prüfe Datenträger und Rechte und importiere sie noch einmal."),
        )
        .at(place)
    }

    /// Returns the fault that an error carries, however many layers were put around it.
    fn inside(error: &io::Error) -> Option<&Self> {
        let mut layer: &(dyn Error + 'static) = error.get_ref()?;
        loop {
            if let Some(fault) = layer.downcast_ref::<Self>() {
                return Some(fault);
            }
            layer = match layer.downcast_ref::<io::Error>() {
                Some(inner) => inner.get_ref()?,
                None => layer.source()?,
            };
        }
    }

    /// Whether an error carries a fault already.
    pub(super) fn is_inside(error: &io::Error) -> bool {
        Self::inside(error).is_some()
    }

    /// Returns it as the error of a whole source, naming the file.
    pub fn in_file(self, file: &str) -> ReadError {
        ReadError::Unreadable {
            code: self.code,
            file: file.to_owned(),
            place: self.place,
            en: self.en,
            de: self.de,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.code, self.place)
    }
}

impl Error for Fault {}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::new(io::ErrorKind::InvalidData, fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_survives_the_way_through_an_io_error() {
        let fault = Fault::new("truncated", "It ends early.", "Sie endet zu früh.").at(7);
        let error = io::Error::from(fault.clone());
        assert_eq!(Fault::from_io(&error, 99), fault);
        let other = Fault::from_io(&io::Error::other("disk on fire"), 99);
        assert_eq!((other.code, other.place), ("unreadable", 99));
        assert!(other.en.contains("disk on fire"));
    }
}
