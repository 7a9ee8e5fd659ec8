//! Which names inside an archive are taken: plain relative paths, told apart, without what systems leave behind.

/// What became of a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Name {
    /// A path with `/` between its folders.
    Good(String),
    /// It leads out of the archive or cannot be a path.
    Bad,
    /// A file that an operating system leaves behind, no part of the export.
    Leftover,
}

/// Judges a raw name; `max` bytes are the longest taken.
pub(super) fn judge(raw: &[u8], max: usize) -> Name {
    if raw.is_empty() || max < raw.len() || raw.contains(&0) {
        return Name::Bad;
    }
    // Archives made on Windows may hold backslashes; no export known here has one in a name.
    let text = String::from_utf8_lossy(raw).replace('\\', "/");
    let has_drive = text.as_bytes().get(1) == Some(&b':');
    if text.starts_with('/') || has_drive {
        return Name::Bad;
    }
    let parts: Vec<&str> =
        text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let Some(last) = parts.last() else { return Name::Bad };
    if parts.contains(&"..") {
        return Name::Bad;
    }
    let is_leftover = parts.contains(&"__MACOSX")
        || last.starts_with("._")
        || ["Thumbs.db", "desktop.ini", ".DS_Store"].contains(last);
    if is_leftover { Name::Leftover } else { Name::Good(parts.join("/")) }
}

/// Whether the name is that of an archive, which is not opened inside another.
pub(super) fn is_archive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".zip", ".tar", ".tar.gz", ".tgz", ".gz", ".rar", ".7z"].iter().any(|end| name.ends_with(end))
}

/// Whether the name is that of text, as exports hold it.
pub(super) fn is_text(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".json", ".js", ".csv", ".txt", ".html", ".yaml", ".yml", ".vcf"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_relative_paths_or_refused() {
        let good = |raw: &str| judge(raw.as_bytes(), 100);
        assert_eq!(good("./outbox.json"), Name::Good("outbox.json".into()));
        assert_eq!(good("My Export\\outbox.json"), Name::Good("My Export/outbox.json".into()));
        assert_eq!(good("a/..b/c"), Name::Good("a/..b/c".into()));
        for bad in ["../../evil", "/etc/passwd", "C:\\x", "a/../b", "", "./", "a\0b", "\\\\host\\x"]
        {
            assert_eq!(good(bad), Name::Bad, "{bad:?}");
        }
        assert_eq!(judge(&[b'a'; 101], 100), Name::Bad);
        for left in ["__MACOSX/My Export/._outbox.json", "x/.DS_Store", "._a", "p/Thumbs.db"] {
            assert_eq!(good(left), Name::Leftover, "{left:?}");
        }
    }
}
