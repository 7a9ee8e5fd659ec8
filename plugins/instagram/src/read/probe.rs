//! How sure one can be that files are an Instagram export, from names and the first bytes of a few.
//!
//! Conversations alone look the same on Facebook and Instagram, so they are claimed with half a heart only.

use rin_plugin::{
    archive::{Archive, Limits},
    prelude::{Probe, Source},
};

use super::{
    find::{self, Part},
    say,
};

/// Files looked into.
const MOST: usize = 12;
/// How sure of conversations in a layout that both platforms have had.
const HALF: u8 = 40;
/// What no other platform's files begin with.
const SIGNS: [&str; 6] = [
    "\"relationships_follow",
    "\"text_post_app_",
    "\"likes_media_likes\"",
    "\"comments_media_comments\"",
    "instagram.com/",
    "\"profile_user\"",
];

/// Says how sure it is that the source is an Instagram export.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let parts = find::find_parts(&archive);
    let mut has_conversation = false;
    let mut looked = 0;
    for found in &parts {
        if matches!(found.part, Part::Messages | Part::StrangersMessages) {
            let is_ours = found.file.path().contains("your_instagram_activity/");
            if is_ours {
                return Probe::CERTAIN;
            }
            has_conversation = true;
            continue;
        }
        if MOST <= looked || found.part == Part::Old {
            continue;
        }
        looked += 1;
        let head = archive.head(found.file).unwrap_or_default();
        let head = String::from_utf8_lossy(&head).replace("\\/", "/");
        if SIGNS.iter().any(|sign| head.contains(sign)) {
            return Probe::CERTAIN;
        }
    }
    let is_labelled =
        archive.files().iter().any(|file| find::of_label(find::root_of(file)).is_some());
    let has_page = archive.files().iter().any(say::is_page_of_export);
    match () {
        () if is_labelled || has_page => Probe::LIKELY,
        () if parts.iter().any(|found| found.part == Part::Old) => Probe::new(HALF),
        () if has_conversation => Probe::new(HALF),
        () => Probe::NO,
    }
}
