//! Which files hold mail: told by their first line, because mailboxes are called what people called their folders.

use std::io::Read;

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    text::{Decoded, Encoding, decode},
};

use super::split::{is_field, is_mark};

/// Bytes looked at.
const HEAD: u64 = 4096;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// Letters one after the other.
    Mailbox,
    /// A letter alone.
    Letter,
    /// Cards of an address book.
    Cards,
}

/// Whether a file may hold mail, by its name: endings of mailboxes, or none at all, as the folders of many programs.
pub(super) fn is_named(file: &ArchiveFile) -> bool {
    let ending = ending(file);
    matches!(ending.as_str(), "" | "mbox" | "mbx" | "eml" | "vcf" | "vcard")
        || is_maildir(file.folder())
}

/// Whether the name promises mail.
pub(super) fn should_be(file: &ArchiveFile) -> bool {
    matches!(ending(file).as_str(), "mbox" | "mbx" | "eml" | "vcf" | "vcard")
}

fn ending(file: &ArchiveFile) -> String {
    file.base().rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

/// Returns under what the findings of a file are counted: its folder if it holds a letter alone, of which there may be a
/// hundred thousand; else its name.
pub(super) fn group(name: &str) -> &str {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_letter = is_maildir(folder) || name.to_lowercase().ends_with(".eml");
    if is_letter { folder } else { name }
}

/// Whether a folder is part of a Maildir, where each letter is a file below `cur` or `new`.
fn is_maildir(folder: &str) -> bool {
    folder == "cur" || folder == "new" || folder.ends_with("/cur") || folder.ends_with("/new")
}

/// Returns what a file holds, by its beginning; `None` for anything else and for what cannot be read.
pub(super) fn of(archive: &Archive<'_>, file: &ArchiveFile) -> Option<Kind> {
    let mut head = Vec::new();
    archive.open_file(file).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    let Decoded { text, encoding, .. } = decode(&head);
    let first = text.lines().find(|line| !line.trim().is_empty())?.trim_end();
    if first.trim().eq_ignore_ascii_case("BEGIN:VCARD") {
        return Some(Kind::Cards);
    }
    // Letters are read byte by byte, line by line.
    if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be)
        || (text.contains('\r') && !text.contains('\n'))
    {
        return None;
    }
    if is_mark(first.as_bytes()) {
        return Some(Kind::Mailbox);
    }
    let is_letter = ending(file) == "eml" || is_maildir(file.folder());
    (is_letter && is_field(first.as_bytes())).then_some(Kind::Letter)
}
