//! The list of a handover as one encrypted file: it names people, and it travels.
//!
//! A tar archive with `handover.json` and `handover.md`, encrypted in the age format, so that whoever takes over opens it
//! with any age program and no Rin: `age --decrypt -i key.txt handover.tar.age | tar -x`.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::ExitError;
use crate::SessionError;

/// Where a bundle goes, and who can read it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// The file to be written; it must not be there yet.
    pub path: PathBuf,
    /// Who can read it.
    pub key: Key,
}

/// Who can read a bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Key {
    /// Whoever holds the identity of this recipient, `age1…`.
    Recipient(String),
    /// Whoever knows what the first line of this file says.
    PassphraseFile(PathBuf),
}

impl Bundle {
    /// Encrypts the two lists and writes the file.
    pub(super) fn write(&self, json: &str, markdown: &str) -> Result<(), SessionError> {
        let sealed = self.key.seal(&archive(json, markdown).map_err(encrypt)?)?;
        let failed = |source| SessionError::File { what: "write", path: self.path.clone(), source };
        let mut file = fs::File::create_new(&self.path).map_err(failed)?;
        file.write_all(&sealed).map_err(failed)
    }
}

impl Key {
    fn seal(&self, text: &[u8]) -> Result<Vec<u8>, SessionError> {
        let sealed = match self {
            Self::Recipient(text_of_key) => {
                let key = text_of_key.trim().parse::<age::x25519::Recipient>();
                let key = key.map_err(|_| ExitError::Recipient { text: text_of_key.clone() })?;
                age::encrypt(&key, text)
            }
            Self::PassphraseFile(path) => {
                let passphrase = passphrase(path)?;
                age::encrypt(&age::scrypt::Recipient::new(passphrase.into()), text)
            }
        };
        Ok(sealed.map_err(|error| encrypt(io::Error::other(error.to_string())))?)
    }
}

fn encrypt(source: io::Error) -> ExitError {
    ExitError::Encrypt { source }
}

fn passphrase(path: &Path) -> Result<String, SessionError> {
    let failed = |source| SessionError::File { what: "read", path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(failed)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(ExitError::NoPassphrase { path: path.to_owned() }.into());
    }
    Ok(line.to_owned())
}

fn archive(json: &str, markdown: &str) -> io::Result<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, text) in [("handover.json", json), ("handover.md", markdown)] {
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o600);
        tar.append_data(&mut header, name, text.as_bytes())?;
    }
    tar.into_inner()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use age::secrecy::ExposeSecret as _;

    use super::*;

    fn members(sealed: &[u8], identity: &dyn age::Identity) -> Vec<(String, String)> {
        let decryptor = age::Decryptor::new(sealed).unwrap();
        let mut plain = Vec::new();
        decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_end(&mut plain).unwrap();
        let mut tar = tar::Archive::new(plain.as_slice());
        let read = |entry: io::Result<tar::Entry<'_, &[u8]>>| {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.path().unwrap().display().to_string(), text)
        };
        tar.entries().unwrap().map(read).collect()
    }

    #[test]
    fn whoever_has_the_key_reads_both_lists_and_nobody_overwrites() {
        let dir = tempfile::tempdir().unwrap();
        let identity = age::x25519::Identity::generate();
        let key = Key::Recipient(identity.to_public().to_string());
        let bundle = Bundle { path: dir.path().join("h.tar.age"), key };
        bundle.write("{}", "# List").unwrap();
        let sealed = fs::read(&bundle.path).unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1\n"));
        let expected = [("handover.json", "{}"), ("handover.md", "# List")];
        let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
        assert_eq!(members(&sealed, &identity), expected);
        let other = age::x25519::Identity::generate();
        assert!(age::decrypt(&other, &sealed).is_err());
        assert!(!identity.to_string().expose_secret().is_empty());
        assert!(bundle.write("{}", "").is_err());
    }

    #[test]
    fn a_key_that_is_none_is_named() {
        let key = Key::Recipient("age1nonsense".to_owned());
        assert_eq!(key.seal(b"").unwrap_err().to_string(), "`age1nonsense` is no age recipient");
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("empty");
        fs::write(&path, "\n").unwrap();
        assert!(Key::PassphraseFile(path).seal(b"").unwrap_err().is_usage());
    }
}
