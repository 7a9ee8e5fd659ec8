//! How sure one can be that files are a Facebook export, from names and the first bytes of a few.
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
const MOST: usize = 24;
/// How sure of conversations in a layout that both platforms have had.
const HALF: u8 = 40;
/// What no other platform's files begin with.
const SIGNS: [&str; 10] = [
    "\"friends_v2\"",
    "\"deleted_friends_v2\"",
    "\"following_v3\"",
    "\"comments_v2\"",
    "\"reactions_v2\"",
    "\"pages_followed_v2\"",
    "\"page_likes_v2\"",
    "\"groups_joined_v2\"",
    "\"profile_v2\"",
    "\"friend_peer_group\"",
];
/// Folders that only Facebook's exports have.
const PLACES: [&str; 6] = [
    "your_facebook_activity/",
    "your_activity_across_facebook/",
    "friends_and_followers/",
    "comments_and_reactions/",
    "likes_and_reactions/",
    "following_and_followers/",
];

/// Says how sure it is that the source is a Facebook export.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    if find::is_of_instagram(&archive) {
        return Probe::NO;
    }
    let mut best = 0;
    let parts = find::find_parts(&archive);
    for found in parts.iter().take(MOST) {
        let head = archive.head(found.file).unwrap_or_default();
        let head = String::from_utf8_lossy(&head);
        if SIGNS.iter().any(|sign| head.contains(sign)) {
            return Probe::CERTAIN;
        }
        let is_encrypted = found.part == Part::Encrypted
            && head.contains("\"participants\"")
            && head.contains("\"threadName\"");
        let is_talk = matches!(found.part, Part::Messages | Part::StrangersMessages)
            && head.contains("\"participants\"");
        best = best.max(match () {
            () if is_encrypted => Probe::LIKELY.percent(),
            () if is_talk => HALF,
            () => 0,
        });
    }
    let has_place =
        archive.files().iter().any(|file| PLACES.iter().any(|place| file.path().contains(place)));
    let has_page = archive.files().iter().any(say::is_page_of_export);
    let has_posts = best != 0 && parts.iter().any(|found| found.part == Part::Posts);
    if has_place || has_page || has_posts { Probe::LIKELY } else { Probe::new(best) }
}
