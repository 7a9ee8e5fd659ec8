//! One post of an archive: whom it answers, names, shares and quotes.
//!
//! Archives hold neither the post that was shared nor the one that was quoted. A share is told by its text,
//! `RT @name: …`, and the first mention; a quote by the address of another's post among its links.

use std::borrow::Cow;

use rin_plugin::{prelude::Moment, text::Labels};
use serde_json::Value;

use super::{
    moment::{Dated, judge, moment},
    people::Person,
    script::{id_of, is_id, text_of},
};

/// The id of a mention whose account is gone.
const GONE: &str = "-1";

/// One post.
#[derive(Debug)]
pub(super) struct Post<'v> {
    /// What stays the same when it is edited.
    pub(super) id: String,
    pub(super) dated: Dated,
    pub(super) answers: Option<Answer<'v>>,
    /// Whom it names, each once, with handle and name.
    pub(super) mentions: Vec<Person<'v>>,
    /// How many of those it names are gone.
    pub(super) gone: u64,
    pub(super) shares: Option<Share<'v>>,
    /// Posts its links lead to.
    pub(super) quotes: Vec<Quote<'v>>,
    links: Vec<&'v str>,
    hashtags: Vec<&'v str>,
}

/// What a post answers.
#[derive(Debug)]
pub(super) struct Answer<'v> {
    /// The writer, if the archive says.
    pub(super) id: Option<String>,
    pub(super) handle: &'v str,
    /// The post answered.
    pub(super) post: Option<String>,
}

/// Whose post was shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Share<'v> {
    By(Cow<'v, str>),
    /// Only the name stands there, and no mention gives its id.
    Named(&'v str),
}

/// A post linked to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quote<'v> {
    pub(super) handle: &'v str,
    pub(super) post: &'v str,
}

impl<'v> Post<'v> {
    /// Reads an element of a list of posts, wrapped in `tweet` or not; `None` if it is no post.
    pub(super) fn parse(value: &'v Value, now: Moment) -> Option<Self> {
        // Archives of 2019 do not wrap.
        let tweet = value.get("tweet").unwrap_or(value);
        let own_id = id_of(tweet, &["id_str", "id"])?;
        // An edited post stands there once for each version.
        let first =
            tweet.pointer("/edit_info/edit").and_then(|edit| id_of(edit, &["initialTweetId"]));
        let written = tweet.get("created_at").and_then(Value::as_str).and_then(moment);
        let text = ["full_text", "text"].iter().find_map(|key| tweet.get(key)?.as_str());
        let entities = tweet.get("entities").unwrap_or(&Value::Null);
        let list = |key: &str| entities.get(key).and_then(Value::as_array).into_iter().flatten();
        let mut mentions: Vec<Person<'v>> = Vec::new();
        let mut gone = 0;
        for mention in list("user_mentions") {
            match person(mention) {
                Some(person) if mentions.iter().any(|known| known.id == person.id) => {}
                Some(person) => mentions.push(person),
                None => gone += 1,
            }
        }
        let links: Vec<&str> =
            list("urls").filter_map(|link| link.get("expanded_url")?.as_str()).collect();
        Some(Self {
            dated: judge(written, &own_id, now),
            id: first.unwrap_or(own_id),
            answers: answer(tweet),
            shares: share(tweet, text.unwrap_or_default(), &mentions),
            quotes: links.iter().filter_map(|link| quote(link)).collect(),
            hashtags: list("hashtags").filter_map(|tag| tag.get("text")?.as_str()).collect(),
            mentions,
            gone,
            links,
        })
    }

    /// Takes its hashtags and the pages it links to; addresses of posts are quotes and no pages.
    pub(super) fn take_labels(&self, labels: &mut Labels) {
        for tag in &self.hashtags {
            labels.add_hashtag(tag);
        }
        for link in self.links.iter().filter(|link| quote(link).is_none()) {
            labels.add_link(link);
        }
    }
}

/// Returns whom a mention names; `None` for one who is gone.
fn person(mention: &Value) -> Option<Person<'_>> {
    let id = mention.get("id_str")?.as_str()?;
    if id == GONE || !is_id(id) {
        return None;
    }
    let text = |key: &str| mention.get(key).and_then(Value::as_str).unwrap_or_default();
    Some(Person { id, handle: text("screen_name"), name: text("name") })
}

fn answer(tweet: &Value) -> Option<Answer<'_>> {
    let id = id_of(tweet, &["in_reply_to_user_id_str", "in_reply_to_user_id"]);
    let post = id_of(tweet, &["in_reply_to_status_id_str", "in_reply_to_status_id"]);
    let handle = tweet.get("in_reply_to_screen_name").and_then(Value::as_str).unwrap_or_default();
    (id.is_some() || post.is_some()).then_some(Answer { id, handle, post })
}

/// Returns whose post is shared, if the text says that one is.
fn share<'v>(tweet: &'v Value, text: &'v str, mentions: &[Person<'v>]) -> Option<Share<'v>> {
    // Archives until 2018 hold the shared post with its writer.
    if let Some(user) = tweet.pointer("/retweeted_status/user") {
        let id = text_of(user, "id_str").or_else(|| text_of(user, "id"));
        return id.filter(|id| is_id(id)).map(Share::By);
    }
    let name = shared_name(text)?;
    let by = mentions.iter().find(|mention| mention.handle.eq_ignore_ascii_case(name));
    Some(by.map_or(Share::Named(name), |person| Share::By(person.id.into())))
}

/// Returns the name behind `RT @`.
pub(super) fn shared_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("RT @")?;
    let end = rest.find(|letter: char| !is_handle_letter(letter)).unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end)?;
    (!name.is_empty() && rest.starts_with(':')).then_some(name)
}

/// Returns the post an address leads to: `https://x.com/NAME/status/ID`, by any of the platform's names.
pub(super) fn quote(link: &str) -> Option<Quote<'_>> {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("mobile.")).unwrap_or(host);
    if !host.eq_ignore_ascii_case("twitter.com") && !host.eq_ignore_ascii_case("x.com") {
        return None;
    }
    // A picture of a post is part of the post that shows it.
    let mut parts = path.split(['/', '?', '#']);
    let (handle, kind, post) = (parts.next()?, parts.next()?, parts.next()?);
    let is_status = kind == "status" || kind == "statuses";
    let is_handle = !handle.is_empty() && handle.chars().all(is_handle_letter);
    (is_status && is_handle && is_id(post)).then_some(Quote { handle, post })
}

fn is_handle_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_told_by_its_text() {
        assert_eq!(shared_name("RT @ann_b: hello"), Some("ann_b"));
        for none in [
            "RT @: x",
            "RT @ann",
            "rt @ann: x",
            "see RT @ann: x",
            "RT @ann x",
            "RT @ännchen: x",
            "",
        ] {
            assert_eq!(shared_name(none), None, "{none}");
        }
    }

    #[test]
    fn a_quote_is_told_by_an_address() {
        let ann = Some(Quote { handle: "ann", post: "12" });
        for link in [
            "https://twitter.com/ann/status/12",
            "https://x.com/ann/status/12?s=20",
            "http://mobile.twitter.com/ann/status/12",
            "https://www.twitter.com/ann/statuses/12",
        ] {
            assert_eq!(quote(link), ann, "{link}");
        }
        for none in [
            "https://twitter.com/i/web/status/12",
            "https://twitter.com/ann",
            "https://twitter.com/ann/status/x",
            "https://nottwitter.com/ann/status/12",
            "https://example.org/ann/status/12",
            "ann/status/12",
        ] {
            assert_eq!(quote(none), None, "{none}");
        }
    }
}
