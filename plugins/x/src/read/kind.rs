//! What each file of an archive is, by its name, and which archive of several it belongs to.

use rin_plugin::archive::ArchiveFile;

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Kind {
    Manifest,
    Account,
    /// The owner in archives until 2018.
    UserDetails,
    /// The date of archives until 2018.
    PayloadDetails,
    Tweets,
    /// One month of an archive until 2018.
    MonthTweets,
    /// All posts of an archive until 2018, as a table.
    TweetTable,
    TweetHeaders,
    LongTexts,
    Likes,
    Messages,
    GroupMessages,
    MessageHeaders,
    GroupHeaders,
    Followers,
    Following,
    Blocks,
    Mutes,
}

/// A file that is read, and its place among the parts of its kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    pub(super) file: &'a ArchiveFile,
    pub(super) kind: Kind,
    /// 0 for the first; part10 comes after part2.
    pub(super) number: u32,
}

impl<'a> Part<'a> {
    /// Returns what a file is; `None` if it is none of those read.
    pub(super) fn of(file: &'a ArchiveFile) -> Option<Self> {
        let (kind, number) = judge(file.base())?;
        let is_grailbird = || file.folder().to_ascii_lowercase().ends_with("tweets");
        (kind != Kind::MonthTweets || is_grailbird()).then_some(Self { file, kind, number })
    }

    /// Returns what a renamed file is, by the beginning of its text: `window.YTD.like.part0 = `.
    pub(super) fn of_head(file: &'a ArchiveFile, head: &str) -> Option<Self> {
        let head = head.trim_start_matches('\u{feff}').trim_start();
        let (name, _) = head.strip_prefix("window.YTD.")?.split_once('=')?;
        let (kind, number) = name.trim_end().split_once(".part")?;
        let kind = kind_of(&kind.to_ascii_lowercase().replace('_', "-"))?;
        Some(Self { file, kind, number: number.parse().ok()? })
    }

    /// Returns the folder its archive begins in.
    pub(super) fn root(&self) -> &'a str {
        root_of(self.file.folder())
    }
}

/// Returns what a file of that name is.
pub(super) fn of_base(base: &str) -> Option<Kind> {
    judge(base).map(|(kind, _)| kind)
}

fn judge(base: &str) -> Option<(Kind, u32)> {
    let base = base.to_ascii_lowercase();
    if base == "tweets.csv" {
        return Some((Kind::TweetTable, 0));
    }
    let stem = base.strip_suffix(".js").or_else(|| base.strip_suffix(".json"))?;
    if is_month(stem) {
        return Some((Kind::MonthTweets, 0));
    }
    let (stem, number) = match stem.rsplit_once("-part") {
        Some((stem, number)) => (stem, number.parse().ok()?),
        None => (stem, 0),
    };
    Some((kind_of(stem)?, number))
}

fn kind_of(stem: &str) -> Option<Kind> {
    Some(match stem {
        "manifest" => Kind::Manifest,
        "account" => Kind::Account,
        "user_details" => Kind::UserDetails,
        "payload_details" => Kind::PayloadDetails,
        "tweet" | "tweets" | "community-tweet" => Kind::Tweets,
        "tweet-headers" => Kind::TweetHeaders,
        "note-tweet" => Kind::LongTexts,
        "like" => Kind::Likes,
        "direct-message" | "direct-messages" => Kind::Messages,
        "direct-message-group" | "direct-messages-group" => Kind::GroupMessages,
        "direct-message-headers" => Kind::MessageHeaders,
        "direct-message-group-headers" => Kind::GroupHeaders,
        "follower" => Kind::Followers,
        "following" => Kind::Following,
        "block" => Kind::Blocks,
        "mute" => Kind::Mutes,
        _ => return None,
    })
}

/// Whether a name is that of a month: `2013_01`.
fn is_month(stem: &str) -> bool {
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    stem.split_once('_').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}

/// Returns the folder an archive begins in: files lie in it (2019), in `data`, or in `data/js` and `data/js/tweets`
/// (until 2018).
pub(super) fn root_of(folder: &str) -> &str {
    let mut root = folder;
    for inner in ["tweets", "js", "data"] {
        root = match root.rsplit_once('/') {
            Some((outer, last)) if last.eq_ignore_ascii_case(inner) => outer,
            None if root.eq_ignore_ascii_case(inner) => "",
            _ => root,
        };
    }
    root
}

#[cfg(test)]
mod tests {
    use rin_plugin::{
        archive::{Archive, Limits},
        testing::MemorySource,
    };

    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<(Kind, u32, &str)>) {
        let source = MemorySource::new().with_file(name, b"[]");
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        let part = Part::of(&archive.files()[0]);
        assert_eq!(part.map(|part| (part.kind, part.number, part.root())), expected, "{name}");
    }

    #[test]
    fn a_renamed_file_is_known_by_what_it_assigns() {
        let source = MemorySource::new().with_file("saved (1).js", b"");
        let archive = Archive::open(&source, &Limits::default()).unwrap();
        let of = |head: &str| {
            Part::of_head(&archive.files()[0], head).map(|part| (part.kind, part.number))
        };
        assert_eq!(of("\u{feff}window.YTD.follower.part0 = [ ]"), Some((Kind::Followers, 0)));
        assert_eq!(of("window.YTD.direct_messages.part12=["), Some((Kind::Messages, 12)));
        for other in ["window.YTD.ad_engagements.part0 = [", "window.YTD.like = [", "[]", ""] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn files_are_known_by_name_in_every_era() {
        check("data/tweets.js", Some((Kind::Tweets, 0, "")));
        check("twitter-2023/data/tweets-part10.js", Some((Kind::Tweets, 10, "twitter-2023")));
        check("tweet.js", Some((Kind::Tweets, 0, "")));
        check("a/data/community-tweet.js", Some((Kind::Tweets, 0, "a")));
        check("direct-message.js", Some((Kind::Messages, 0, "")));
        check("x/data/js/tweets/2013_01.js", Some((Kind::MonthTweets, 0, "x")));
        check("data/js/user_details.js", Some((Kind::UserDetails, 0, "")));
        check("x/tweets.csv", Some((Kind::TweetTable, 0, "x")));
        check("follower.json", Some((Kind::Followers, 0, "")));
        for other in
            ["data/ad-engagements.js", "a/2013_01.js", "like-partx.js", "tweets_media/x.jpg"]
        {
            check(other, None);
        }
    }
}
