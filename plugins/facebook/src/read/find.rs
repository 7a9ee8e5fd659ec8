//! Which files of an export lie in a source and what each is, by its place and name, in every era's layout.
//!
//! Folders were renamed in 2021, 2024 and 2025 and the names of the files mostly stayed; an apostrophe in one became `_`.

use rin_plugin::archive::{Archive, ArchiveFile};

/// Folders that an export's files lie in, of all eras; what stands before the first of them is the export's own root.
const FOLDERS: [&str; 19] = [
    "your_facebook_activity",
    "your_activity_across_facebook",
    "connections",
    "personal_information",
    "friends_and_followers",
    "friends",
    "following_and_followers",
    "followers",
    "comments_and_reactions",
    "comments",
    "likes_and_reactions",
    "posts",
    "pages",
    "groups",
    "messages",
    "profile_information",
    "about_you",
    "photos_and_videos",
    "your_messages",
];
/// Folders that only this platform's downloads have, and those that only Instagram's have, which call some files alike.
const OURS: [&str; 6] = [
    "your_facebook_activity",
    "your_activity_across_facebook",
    "friends_and_followers",
    "connections/friends",
    "comments_and_reactions",
    "likes_and_reactions",
];
const THEIRS: [&str; 3] =
    ["your_instagram_activity", "connections/followers_and_following", "followers_and_following"];
/// Boxes of messages whose senders have not been let in.
const STRANGERS: [&str; 3] = ["message_requests", "filtered_threads", "filtered_requests"];

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// Who the owner is.
    Profile,
    Friends,
    /// Friends that were.
    Removed,
    /// People, pages and profiles followed.
    Following,
    PagesFollowed,
    PagesLiked,
    Groups,
    /// Requests to be friends, either way: no tie yet.
    Requests,
    Comments,
    Reactions,
    /// One's own posts, for those tagged in them.
    Posts,
    Messages,
    /// Messages of people who have not been let in.
    StrangersMessages,
    /// Encrypted conversations, which come as a download of their own.
    Encrypted,
}

/// A file of an export and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) file: &'a ArchiveFile,
    pub(super) part: Part,
    /// The number in its name, `comments_2.json`; 0 without one.
    pub(super) number: u32,
    /// Where the export begins it is part of: the archive, and the folder in it.
    pub(super) root: &'a str,
}

impl Part {
    /// The keys its rows stand under where the file is no bare list.
    pub(super) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Friends => &["friends_v2", "friends"],
            Self::Removed => &["deleted_friends_v2", "deleted_friends"],
            Self::Following => &["following_v3", "following_v2", "following"],
            Self::PagesFollowed => &["pages_followed_v2", "pages_followed"],
            Self::PagesLiked => &["page_likes_v2", "page_likes"],
            Self::Groups => &["groups_joined_v2", "groups_joined"],
            Self::Comments => &["comments_v2", "comments"],
            Self::Reactions => &["reactions_v2", "reactions"],
            Self::Messages | Self::StrangersMessages | Self::Encrypted => &["messages"],
            Self::Profile | Self::Requests | Self::Posts => &[],
        }
    }

    /// Whether it is a list of ties as they stood.
    pub(super) const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Friends | Self::Following | Self::PagesFollowed | Self::PagesLiked | Self::Groups
        )
    }

    /// Returns the part of that name, without its number and ending, apostrophes as `_`.
    fn of(stem: &str) -> Option<Self> {
        Some(match stem {
            "profile_information" => Self::Profile,
            "friends" | "your_friends" => Self::Friends,
            "removed_friends" => Self::Removed,
            "who_you_ve_followed" | "who_you_follow" | "following" => Self::Following,
            "pages_you_follow" | "pages_and_profiles_you_follow" => Self::PagesFollowed,
            "pages_you_ve_liked" => Self::PagesLiked,
            "your_group_membership_activity" | "groups_you_ve_joined" => Self::Groups,
            "friend_requests_received"
            | "friend_requests_sent"
            | "rejected_friend_requests"
            | "received_friend_requests"
            | "sent_friend_requests" => Self::Requests,
            "comments" => Self::Comments,
            "posts_and_comments" | "likes_and_reactions" => Self::Reactions,
            "your_posts" | "your_posts__check_ins__photos_and_videos" => Self::Posts,
            _ => return None,
        })
    }
}

/// Finds every file of an export that is read, in the order of part, folder and number.
pub(super) fn find_parts<'a>(archive: &'a Archive<'_>) -> Vec<Found<'a>> {
    let (ours, theirs) = (archive.roots(&OURS), archive.roots(&THEIRS));
    // Both may have been unpacked into one folder, or lie in folders of their own below one.
    let is_ours = |file: &&ArchiveFile| theirs.depth(file) <= ours.depth(file);
    let mut found: Vec<Found<'a>> =
        archive.files().iter().filter(is_ours).filter_map(judge).collect();
    found.sort_by(|a, b| {
        let key = |found: &Found<'a>| (found.part, found.root, found.file.folder(), found.number);
        key(a).cmp(&key(b)).then_with(|| a.file.name().cmp(b.file.name()))
    });
    found
}

/// Whether only Instagram's downloads lie here, whose conversations look the same.
pub(super) fn is_of_instagram(archive: &Archive<'_>) -> bool {
    archive.roots(&OURS).is_empty() && !archive.roots(&THEIRS).is_empty()
}

/// Returns what a file is by its place and name, if it is read.
pub(super) fn judge(file: &ArchiveFile) -> Option<Found<'_>> {
    let lower = file.base().to_lowercase().replace(['\'', '’'], "_");
    let (stem, number) = numbered(lower.strip_suffix(".json")?);
    let folders: Vec<&str> = file.folder().split('/').filter(|part| !part.is_empty()).collect();
    let root = root_of(file);
    let part = match folders.as_slice() {
        [.., messages, a_box, _] if *messages == "messages" && stem == "message" => {
            if STRANGERS.contains(a_box) { Part::StrangersMessages } else { Part::Messages }
        }
        // A conversation of its own, by its name: `Ann Example_12.json`. What it is its content must tell.
        _ => match Part::of(stem) {
            Some(part) => part,
            None if root == file.folder() || folders.last() == Some(&"your_messages") => {
                Part::Encrypted
            }
            None => return None,
        },
    };
    Some(Found { file, part, number, root })
}

/// Parts `comments_2` and `friends (1)` into name and number.
fn numbered(stem: &str) -> (&str, u32) {
    let bracketed = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    let parts = bracketed.or_else(|| stem.rsplit_once('_'));
    match parts.and_then(|(name, number)| Some((name.trim_end(), number.parse().ok()?))) {
        Some((name, number)) => (name, number),
        None => (stem, 0),
    }
}

/// Returns what stands before the first folder of the export: the archive and the folders around it.
pub(super) fn root_of(file: &ArchiveFile) -> &str {
    let folder = file.folder();
    let mut at = 0;
    for part in folder.split('/') {
        if FOLDERS.contains(&part) {
            return folder.get(..at).unwrap_or_default().trim_end_matches('/');
        }
        at += part.len() + 1;
    }
    folder
}

/// Returns the day that an archive's own name says: `facebook-ann.example-2025-10-01-x7Kd`, or with `-01_10_2025-`.
pub(super) fn day_of_label(root: &str) -> Option<&str> {
    root.rsplit('/').find_map(|part| {
        let rest = part.strip_prefix("facebook-")?;
        rest.split('-').zip(rest.match_indices('-')).find_map(|(_, (at, _))| {
            let day = rest.get(at + 1..at + 11)?;
            let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
            is_day.then_some(day)
        })
    })
}

/// Returns the number that identifies a conversation: what stands behind the name of its folder.
pub(super) fn conversation(file: &ArchiveFile) -> &str {
    let folder = file.folder().rsplit('/').next().unwrap_or_default();
    match folder.rsplit_once('_') {
        Some((_, number)) if !number.is_empty() => number,
        _ => folder,
    }
}

#[cfg(test)]
mod tests {
    use rin_plugin::{archive::Limits, testing::MemorySource};

    use super::*;

    fn parts(names: &[&str]) -> Vec<(Part, u32, String)> {
        let source =
            names.iter().fold(MemorySource::new(), |source, name| source.with_file(name, b"{}"));
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        find_parts(&archive).into_iter().map(|f| (f.part, f.number, f.root.to_owned())).collect()
    }

    #[test]
    fn every_layout_is_known_and_its_root_found() {
        assert_eq!(
            parts(&[
                "a/friends_and_followers/friends.json",
                "b/your_activity_across_facebook/friends/your_friends.json",
                "c/x/connections/friends/your_friends.json",
                "a/friends_and_followers/notes.txt",
                "a/photos_and_videos/album/0.json",
            ]),
            [
                (Part::Friends, 0, "a".to_owned()),
                (Part::Friends, 0, "b".to_owned()),
                (Part::Friends, 0, "c/x".to_owned()),
            ]
        );
    }

    #[test]
    fn apostrophes_in_file_names_became_underscores() {
        for name in
            ["who_you_ve_followed.json", "who_you've_followed.json", "who_you’ve_followed.json"]
        {
            let name = format!("connections/followers/{name}");
            assert_eq!(parts(&[&name]), [(Part::Following, 0, String::new())], "{name}");
        }
    }

    #[test]
    fn message_10_comes_after_message_2_and_requests_are_strangers() {
        let found = parts(&[
            "messages/inbox/x_1/message_10.json",
            "messages/inbox/x_1/message_2.json",
            "messages/e2ee_cutover/y_1/message_1.json",
            "messages/filtered_threads/z_1/message_1.json",
        ]);
        let seen: Vec<_> = found.iter().map(|f| (f.0, f.1)).collect();
        let (own, strange) = (Part::Messages, Part::StrangersMessages);
        assert_eq!(seen, [(own, 1), (own, 2), (own, 10), (strange, 1)]);
    }

    #[test]
    fn the_name_of_an_archive_says_of_which_day_it_is() {
        assert_eq!(day_of_label("x/facebook-ann.example-2025-10-01-x7Kd.zip"), Some("2025-10-01"));
        assert_eq!(day_of_label("facebook-ann-b-2025-10-01-x7Kd"), Some("2025-10-01"));
        assert_eq!(day_of_label("facebook-ann.zip"), None);
        assert_eq!(day_of_label("meta-2025-10-01"), None);
    }
}
