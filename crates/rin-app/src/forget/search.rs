//! Looks through the folder byte by byte for what somebody was called.
//!
//! The store has been rewritten without them by then. What can still stand there is what the user has written or put there:
//! settings, another person's note, a plan saved as a file, somebody else of the same name. It is told, not touched.

use std::{fs, io::Read, path::Path};

use crate::Lang;

/// Bytes read at a time.
const CHUNK: usize = 1 << 20;
/// Folders within folders.
const DEEPEST: usize = 8;

/// Says in which files of a folder any of the texts stands, in UTF-8 or UTF-16; letter case matters only beyond ASCII.
pub(super) fn places(dir: &Path, texts: &[&str], lang: Lang) -> Vec<String> {
    let needles: Vec<Vec<u8>> = texts.iter().flat_map(|text| spellings(text)).collect();
    let mut places = Vec::new();
    search(dir, &needles, DEEPEST, &mut |path, n| {
        let path = path.strip_prefix(dir).unwrap_or(path).display();
        places.push(lang.pick(
            format!("{path} still holds {n} of their names, handles or ids: a namesake, or words of your own."),
            format!("{path} enthält noch {n} ihrer Namen, Handles oder Kennungen: jemand heißt ebenso, oder eigene Worte."),
        ));
    });
    places
}

fn spellings(text: &str) -> [Vec<u8>; 3] {
    let wide: Vec<u16> = text.encode_utf16().collect();
    let little = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    [text.as_bytes().to_vec(), little, big]
}

fn search(dir: &Path, needles: &[Vec<u8>], depth: usize, found: &mut impl FnMut(&Path, usize)) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        // A link leads out of the folder, and what it leads to is not ours.
        let Ok(about) = fs::symlink_metadata(&path) else { continue };
        if about.is_dir() && 0 < depth {
            search(&path, needles, depth - 1, found);
        } else if about.is_file() {
            let n = count(&path, needles);
            if 0 < n {
                found(&path, n);
            }
        }
    }
}

/// Returns how many of the needles stand in a file; of one that cannot be read, none.
fn count(path: &Path, needles: &[Vec<u8>]) -> usize {
    let Ok(mut file) = fs::File::open(path) else { return 0 };
    let longest = needles.iter().map(Vec::len).max().unwrap_or_default();
    let mut is_found = vec![false; needles.len()];
    let mut window: Vec<u8> = Vec::new();
    loop {
        let kept = window.len().min(longest);
        window.drain(..window.len() - kept);
        let mut chunk = Vec::new();
        let n_read = file.by_ref().take(CHUNK as u64).read_to_end(&mut chunk).unwrap_or(0);
        if n_read == 0 {
            return is_found.iter().filter(|found| **found).count();
        }
        window.extend(chunk);
        for (needle, is_found) in needles.iter().zip(&mut is_found) {
            *is_found = *is_found || holds(&window, needle);
        }
    }
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(&first) = needle.first() else { return false };
    let is_first = |byte: &u8| byte.eq_ignore_ascii_case(&first);
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(is_first) {
        rest = rest.get(at..).unwrap_or_default();
        if rest.get(..needle.len()).is_some_and(|here| here.eq_ignore_ascii_case(needle)) {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_spelling_and_across_chunks() {
        let folder = tempfile::tempdir().unwrap();
        let mut long = vec![b'x'; CHUNK - 4];
        long.extend(b"Ada Lovelace");
        fs::create_dir(folder.path().join("deep")).unwrap();
        fs::write(folder.path().join("deep/long"), long).unwrap();
        let wide: Vec<u8> = "ADA LOVELACE".encode_utf16().flat_map(u16::to_be_bytes).collect();
        fs::write(folder.path().join("wide"), wide).unwrap();
        fs::write(folder.path().join("other"), b"Ada Lovelaca").unwrap();
        let places = places(folder.path(), &["Ada Lovelace"], Lang::En);
        let files: Vec<&str> = places.iter().filter_map(|place| place.split(' ').next()).collect();
        assert_eq!(files, ["deep/long", "wide"]);
    }
}
