//! Which files of an export lie in a source and what each is, by its place and name, in every era's layout.
//!
//! Folders were moved in 2022, 2023 and 2024 and the names of the files stayed, so a file is known by its name and by
//! whether it lies with Threads. What is shared with other folders (`following.json`) needs no folder of its own.

use rin_plugin::archive::{Archive, ArchiveFile};

use super::name;

/// Folders that an export's files lie in, of all eras; what stands before the first of them is the export's own root.
const FOLDERS: [&str; 16] = [
    "connections",
    "followers_and_following",
    "your_instagram_activity",
    "personal_information",
    "account_information",
    "security_and_login_information",
    "login_and_account_creation",
    "logged_information",
    "preferences",
    "ads_information",
    "likes",
    "comments",
    "messages",
    "content",
    "media",
    "threads",
];
/// Folders that only this platform's downloads have, and those that only Facebook's have, which call some files alike.
const OURS: [&str; 3] =
    ["your_instagram_activity", "connections/followers_and_following", "followers_and_following"];
const THEIRS: [&str; 6] = [
    "your_facebook_activity",
    "your_activity_across_facebook",
    "friends_and_followers",
    "connections/friends",
    "comments_and_reactions",
    "likes_and_reactions",
];
/// Boxes of messages whose senders have not been let in.
const STRANGERS: [&str; 3] = ["message_requests", "filtered_threads", "filtered_requests"];

/// What a file is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Part {
    /// Who the owner is.
    Profile,
    /// When the account was made.
    Signup,
    Followers,
    Following,
    Blocked,
    Restricted,
    CloseFriends,
    Unfollowed,
    /// Requests to follow, either way: no tie yet.
    Requests,
    LikedPosts,
    LikedComments,
    LikedStories,
    Comments,
    /// One's own posts.
    Posts,
    Messages,
    /// Messages of people who have not been let in.
    StrangersMessages,
    ThreadsFollowers,
    ThreadsFollowing,
    ThreadsBlocked,
    ThreadsLikes,
    ThreadsPosts,
    /// The format until 2020.
    Old,
}

/// A file of an export and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'a> {
    pub(super) file: &'a ArchiveFile,
    pub(super) part: Part,
    /// The number in its name, `followers_2.json`; 0 without one.
    pub(super) number: u32,
    /// Where the export begins it is part of: the archive, and the folder in it.
    pub(super) root: &'a str,
}

impl Part {
    /// The keys its rows stand under where the file is no bare list.
    pub(super) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Followers => &["relationships_followers"],
            Self::Following => &["relationships_following"],
            Self::Blocked => &["relationships_blocked_users"],
            Self::Restricted => &["relationships_restricted_users"],
            Self::CloseFriends => &["relationships_close_friends"],
            Self::Unfollowed => &["relationships_unfollowed_users"],
            Self::LikedPosts => &["likes_media_likes"],
            Self::LikedComments => &["likes_comment_likes"],
            Self::LikedStories => &["story_activities_story_likes"],
            Self::Comments => &["comments_media_comments", "comments_reels_comments"],
            Self::Messages | Self::StrangersMessages => &["messages"],
            Self::ThreadsFollowers => &["text_post_app_text_post_app_followers"],
            Self::ThreadsFollowing => &["text_post_app_text_post_app_following"],
            Self::ThreadsBlocked => &["text_post_app_text_post_app_blocked_users"],
            Self::ThreadsLikes => &["text_post_app_media_likes"],
            Self::ThreadsPosts => &["text_post_app_text_posts"],
            Self::Profile | Self::Signup | Self::Requests | Self::Posts | Self::Old => &[],
        }
    }

    /// Whether it is a list of ties as they stood.
    pub(super) const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Followers
                | Self::Following
                | Self::Blocked
                | Self::Restricted
                | Self::CloseFriends
                | Self::ThreadsFollowers
                | Self::ThreadsFollowing
                | Self::ThreadsBlocked
        )
    }

    pub(super) const fn is_of_threads(self) -> bool {
        matches!(
            self,
            Self::ThreadsFollowers
                | Self::ThreadsFollowing
                | Self::ThreadsBlocked
                | Self::ThreadsLikes
                | Self::ThreadsPosts
        )
    }

    /// Returns the part of that name, without its number and ending.
    fn of(stem: &str, folders: &[&str]) -> Option<Self> {
        let has = |name: &str| folders.contains(&name);
        let is_threads = has("threads");
        Some(match stem {
            "followers" if is_threads => Self::ThreadsFollowers,
            "following" if is_threads => Self::ThreadsFollowing,
            "blocked_profiles" | "blocked_accounts" if is_threads => Self::ThreadsBlocked,
            "liked_threads" => Self::ThreadsLikes,
            "threads_and_replies" => Self::ThreadsPosts,
            _ if is_threads => return None,
            "personal_information" => Self::Profile,
            "signup_information" | "signup_details" => Self::Signup,
            "followers" => Self::Followers,
            "following" => Self::Following,
            "blocked_profiles" | "blocked_accounts" => Self::Blocked,
            "restricted_profiles" | "restricted_accounts" => Self::Restricted,
            "close_friends" => Self::CloseFriends,
            "recently_unfollowed_profiles" | "recently_unfollowed_accounts" => Self::Unfollowed,
            "pending_follow_requests" | "recent_follow_requests" => Self::Requests,
            _ if stem.starts_with("follow_requests_you") => Self::Requests,
            "liked_posts" => Self::LikedPosts,
            "liked_comments" => Self::LikedComments,
            "story_likes" => Self::LikedStories,
            "post_comments" | "reels_comments" => Self::Comments,
            "posts" if has("content") || has("media") => Self::Posts,
            "connections" => Self::Old,
            _ => return None,
        })
    }
}

/// Finds every file of an export that is read, in the order of part, root and number.
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

/// Returns what a file is, if it is read.
pub(super) fn judge(file: &ArchiveFile) -> Option<Found<'_>> {
    let lower = file.base().to_ascii_lowercase();
    let (stem, number) = numbered(lower.strip_suffix(".json")?);
    let folders: Vec<&str> = file.folder().split('/').filter(|part| !part.is_empty()).collect();
    let root = root_of(file);
    let part = match folders.as_slice() {
        [.., messages, a_box, _] if *messages == "messages" && stem == "message" => {
            if STRANGERS.contains(a_box) { Part::StrangersMessages } else { Part::Messages }
        }
        _ => Part::of(stem, &folders)?,
    };
    Some(Found { file, part, number, root })
}

/// Parts `followers_2` and `following (1)` into name and number.
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

/// Returns the user name and the day that an archive's own name says: `instagram-NAME-2025-10-01-x7Kd`.
pub(super) fn of_label(root: &str) -> Option<(String, &str)> {
    root.rsplit('/').find_map(|part| {
        let rest = part.strip_prefix("instagram-")?;
        // The day is the first thing of its shape; a user name has no dash.
        let (user, rest) = rest.split_once('-')?;
        let day = rest.get(..10)?;
        let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if is_day { Some((name::user_name(user)?, day)) } else { None }
    })
}

/// Returns the folder of a conversation and what identifies it: the digits behind its name.
pub(super) fn conversation(file: &ArchiveFile) -> (&str, &str) {
    let folder = file.folder().rsplit('/').next().unwrap_or_default();
    match folder.rsplit_once('_') {
        Some((name, number)) if !name.is_empty() && !number.is_empty() => (name, number),
        _ => ("", folder),
    }
}

#[cfg(test)]
mod tests {
    use rin_plugin::{archive::Limits, testing::MemorySource};

    use super::*;

    fn parts(names: &[&str]) -> Vec<(String, Part, u32, String)> {
        let source =
            names.iter().fold(MemorySource::new(), |source, name| source.with_file(name, b"[]"));
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        let own = |found: Found<'_>| {
            let (name, root) = (found.file.name().to_owned(), found.root.to_owned());
            (name, found.part, found.number, root)
        };
        find_parts(&archive).into_iter().map(own).collect()
    }

    #[test]
    fn every_layout_is_known_and_its_root_found() {
        let found = parts(&[
            "a/followers_and_following/followers.json",
            "b/x/connections/followers_and_following/followers_1.json",
            "followers_1.json",
            "c/your_instagram_activity/threads/followers.json",
            "c/personal_information/personal_information/personal_information.json",
            "c/notes/following.txt",
        ]);
        let seen: Vec<_> = found.iter().map(|f| (f.1, f.2, f.3.as_str())).collect();
        assert_eq!(
            seen,
            [
                (Part::Profile, 0, "c"),
                (Part::Followers, 1, ""),
                (Part::Followers, 0, "a"),
                (Part::Followers, 1, "b/x"),
                (Part::ThreadsFollowers, 0, "c"),
            ]
        );
    }

    #[test]
    fn message_10_comes_after_message_2() {
        let found = parts(&[
            "messages/inbox/x_1/message_10.json",
            "messages/inbox/x_1/message_2.json",
            "messages/inbox/x_1/message_1.json",
            "messages/message_requests/y_2/message_1.json",
            "messages/inbox/x_1/photos/message_3.json",
        ]);
        let seen: Vec<_> = found.iter().map(|f| (f.1, f.2)).collect();
        assert_eq!(
            seen,
            [
                (Part::Messages, 1),
                (Part::Messages, 2),
                (Part::Messages, 10),
                (Part::StrangersMessages, 1)
            ]
        );
    }

    #[test]
    fn the_name_of_an_archive_says_whose_and_of_which_day_it_is() {
        let of = |root| of_label(root).map(|(name, day)| format!("{name} {day}"));
        assert_eq!(
            of("x/instagram-ann.a-2025-10-01-x7Kd.zip").as_deref(),
            Some("ann.a 2025-10-01")
        );
        assert_eq!(of("instagram-ann-2025-10-01"), Some("ann 2025-10-01".to_owned()));
        assert_eq!(of("instagram-ann.zip"), None);
        assert_eq!(of("meta-2025-10-01"), None);
    }
}
