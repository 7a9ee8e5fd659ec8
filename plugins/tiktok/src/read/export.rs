//! Which exports lie in a source: each a file of JSON, or the text files of one download.

use std::{collections::BTreeMap, io::Read};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::Moment,
};

use super::{text, walk::List};

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 8192;
/// Text files looked into.
const LOOKED_AT: usize = 4_000;

/// In which form a file is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Everything in one.
    Json,
    /// One list as text.
    Text(List),
}

/// A file of an export.
pub(super) type Part<'a> = (&'a ArchiveFile, Form);

/// One export.
#[derive(Default)]
pub(super) struct Export<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

impl Export<'_> {
    /// Returns when it was made, if it is packed: a loose file's time is that of its copying.
    pub(super) fn made(&self) -> Option<Moment> {
        let archived = self.parts.iter().filter(|(file, _)| file.is_archived());
        archived.filter_map(|(file, _)| file.modified()).max()
    }
}

/// Finds the exports of a source, the newest first.
pub(super) fn find<'a>(archive: &'a Archive<'_>) -> Vec<Export<'a>> {
    let mut found = Vec::new();
    let mut texts: BTreeMap<&str, Export<'a>> = BTreeMap::new();
    for file in archive.files().iter().filter(|file| ending(file).is_some()).take(LOOKED_AT) {
        match form_of(archive, file) {
            Some(Form::Json) => found.push(Export { parts: vec![(file, Form::Json)] }),
            Some(form) => {
                let label = file.name().strip_suffix(file.path()).unwrap_or_default();
                texts.entry(label).or_default().parts.push((file, form));
            }
            None => {}
        }
    }
    found.extend(texts.into_values());
    found.sort_by_key(|export| std::cmp::Reverse(export.made()));
    found
}

/// Returns how a file's name ends, if it can be ours.
fn ending(file: &ArchiveFile) -> Option<&'static str> {
    let base = file.base().to_lowercase();
    let (_, ending) = base.rsplit_once('.')?;
    ["json", "txt"].into_iter().find(|one| *one == ending)
}

/// Returns the form of a file that belongs to an export.
pub(super) fn form_of(archive: &Archive<'_>, file: &ArchiveFile) -> Option<Form> {
    let mut head = Vec::new();
    let read = archive.open_file(file).map(|reader| reader.take(HEAD).read_to_end(&mut head));
    let base = file.base().to_lowercase();
    if ending(file)? == "txt" {
        read.ok()?.ok()?;
        return text::list_of(&base, &rin_plugin::text::decode(&head).text).map(Form::Text);
    }
    let head = String::from_utf8_lossy(&head);
    let is_named = base.starts_with("user_data");
    let roots = [
        "Activity",
        "Your Activity",
        "Profile And Settings",
        "Likes and Favorites",
        "Direct Messages",
        "Direct Message",
        "App Settings",
        "Comment",
        "Profile",
    ];
    let has = |word: &str| head.contains(&format!("\"{word}\""));
    let lists =
        ["FansList", "ItemFavoriteList", "ChatHistory", "CommentsList", "VideoList", "ProfileMap"];
    let is_ours = roots.into_iter().any(has) && lists.into_iter().any(has);
    // A file of that name is ours even if it is damaged, so that it is said.
    (is_named || is_ours).then_some(Form::Json)
}
