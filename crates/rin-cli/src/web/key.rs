//! Who may look: a word drawn for each run, printed in the address and exchanged for a cookie.
//!
//! Other users of the machine reach loopback too, so the address alone must not be enough. The cookie is another word
//! than the address carries: what stands in a browser's history opens the page only as long as this run lasts, and what
//! the browser sends along is nowhere to be read.

use std::{fmt, io};

/// Bytes of chance in a word.
const BYTES: usize = 24;

/// The words of one run.
pub(super) struct Key {
    address: String,
    cookie: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

impl Key {
    /// Draws both words.
    pub(super) fn drawn() -> io::Result<Self> {
        Ok(Self { address: word()?, cookie: word()? })
    }

    /// Returns the word that the address carries.
    pub(super) fn in_address(&self) -> &str {
        &self.address
    }

    /// Returns the word that the browser keeps.
    pub(super) fn in_cookie(&self) -> &str {
        &self.cookie
    }

    /// Whether that is the address's word.
    pub(super) fn fits_address(&self, given: &str) -> bool {
        is_same(&self.address, given)
    }

    /// Whether that is the cookie's word.
    pub(super) fn fits_cookie(&self, given: &str) -> bool {
        is_same(&self.cookie, given)
    }
}

fn word() -> io::Result<String> {
    let mut bytes = [0_u8; BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect())
}

/// Compares in a time that does not tell where two words of one length differ.
fn is_same(ours: &str, given: &str) -> bool {
    let differences = ours.bytes().zip(given.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    ours.len() == given.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_other_word_fits() {
        let key = Key::drawn().unwrap();
        let (address, cookie) = (key.in_address().to_owned(), key.in_cookie().to_owned());
        assert!(key.fits_address(&address) && key.fits_cookie(&cookie));
        assert!(!key.fits_address(&cookie) && !key.fits_cookie(&address));
        assert!(!key.fits_cookie("") && !key.fits_cookie(&cookie[1..]));
        assert_eq!((address.len(), address == Key::drawn().unwrap().address), (48, false));
    }
}
