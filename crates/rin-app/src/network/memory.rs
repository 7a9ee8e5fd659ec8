//! Where everybody stood when the network was last laid out, so that people find each other where they were.
//!
//! A small file in the data folder, `cache/network.json`, of numbers only: a party's number and its place, no names. It
//! may be deleted at any time; what it costs is that the next picture takes longer and looks different.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Name and version of the file's form.
const SCHEMA: &str = "rin.layout/1";

/// Where everybody stood.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Of which network that was.
    print: String,
    places: BTreeMap<u64, [f32; 2]>,
    is_changed: bool,
}

#[derive(Serialize, Deserialize)]
struct File {
    schema: String,
    print: String,
    places: Vec<(u64, f32, f32)>,
}

impl Memory {
    /// Reads what was kept; nothing if there is no such file or it is no good.
    pub(super) fn read(path: &Path) -> Self {
        let Ok(bytes) = fs::read(path) else { return Self::default() };
        let file: Option<File> = serde_json::from_slice(&bytes).ok();
        let Some(file) = file.filter(|file| file.schema == SCHEMA) else {
            return Self::default();
        };
        let places = file.places.into_iter().filter(|(_, x, y)| x.is_finite() && y.is_finite());
        let places = places.map(|(key, x, y)| (key, [x, y])).collect();
        Self { print: file.print, places, is_changed: false }
    }

    /// Writes it beside and moves it there, if anything changed; what cannot be written is only slower next time.
    pub(super) fn write(&self, path: &Path) {
        if !self.is_changed {
            return;
        }
        let places = self.places.iter().map(|(key, [x, y])| (*key, *x, *y)).collect();
        let file = File { schema: SCHEMA.to_owned(), print: self.print.clone(), places };
        let beside = path.with_extension(format!("{}.part", std::process::id()));
        let written = serde_json::to_vec(&file).map_err(std::io::Error::from).and_then(|bytes| {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&beside, bytes)?;
            fs::rename(&beside, path)
        });
        if let Err(error) = written {
            tracing::warn!(%error, "the layout of the network cannot be kept");
        }
    }

    pub(super) fn place(&self, key: u64) -> Option<[f64; 2]> {
        self.places.get(&key).map(|place| place.map(f64::from))
    }

    /// Returns a fingerprint of a network.
    pub(super) fn print(keys: &[u64], edges: &[(usize, usize, f64)]) -> String {
        let mut hash = Sha256::new();
        hash.update(keys.len().to_le_bytes());
        for key in keys {
            hash.update(key.to_le_bytes());
        }
        for (a, b, weight) in edges {
            hash.update(a.to_le_bytes());
            hash.update(b.to_le_bytes());
            hash.update(weight.to_le_bytes());
        }
        let first =
            hash.finalize().iter().take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
        format!("{first:016x}")
    }

    /// Returns whether it is the memory of exactly that network.
    pub(super) fn is_of(&self, print: &str) -> bool {
        self.print == print
    }

    /// Keeps where everybody stands instead of what was known.
    pub(super) fn keep(&mut self, print: String, places: impl Iterator<Item = (u64, [f32; 2])>) {
        self.print = print;
        self.places = places.collect();
        self.is_changed = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_rubbish_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache/network.json");
        assert!(Memory::read(&path).place(7).is_none());
        let print = Memory::print(&[7, 9], &[(0, 1, 0.1)]);
        let mut memory = Memory::default();
        memory.keep(print.clone(), [(7, [0.1, -2.5]), (9, [3.0, 4.0])].into_iter());
        memory.write(&path);
        let read = Memory::read(&path);
        assert_eq!(read.places, memory.places);
        assert!(read.is_of(&print));
        assert!(!read.is_of(&Memory::print(&[7, 9], &[(0, 1, 0.2)])));
        assert_eq!(fs::read_dir(folder.path().join("cache")).unwrap().count(), 1);
        for rubbish in ["", "{", "{\"schema\":\"rin.layout/2\",\"print\":\"\",\"places\":[]}"] {
            fs::write(&path, rubbish).unwrap();
            assert!(Memory::read(&path).places.is_empty(), "{rubbish}");
        }
    }
}
