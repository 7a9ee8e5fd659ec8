//! A part of the network that is named in one word: everybody with a tag, or everybody met on a platform.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use rin_core::{PartyId, Programme};
use rin_store::Reader;

use super::ProgrammeRequestError;
use crate::{
    SessionError,
    people::{People, Relationship, clean},
};

/// A part of the network.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Segment {
    /// Everybody with this tag.
    Tag(String),
    /// Everybody with whom there was contact on this platform.
    Platform(String),
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => write!(f, "tag:{tag}"),
            Self::Platform(platform) => write!(f, "platform:{platform}"),
        }
    }
}

/// Reads `tag:press` or `platform:mastodon`; letter case and outer spaces do not matter.
///
/// # Errors
/// [`ProgrammeRequestError::Segment`] if it is neither.
pub fn parse_segment(text: &str) -> Result<Segment, ProgrammeRequestError> {
    let word = |word: &str| clean(word).to_lowercase();
    let pieces = text.split_once(':').map(|(kind, name)| (word(kind), word(name)));
    match pieces {
        Some((kind, name)) if kind == "tag" && !name.is_empty() => Ok(Segment::Tag(name)),
        Some((kind, name)) if kind == "platform" && !name.is_empty() => Ok(Segment::Platform(name)),
        _ => Err(ProgrammeRequestError::Segment { text: clean(text) }),
    }
}

/// Returns who is in it.
///
/// # Errors
/// [`ProgrammeRequestError::NobodyIn`] if nobody is, or the store cannot be read.
pub(super) fn parties_in(
    segment: &Segment,
    reader: &Reader<'_>,
    people: &People,
) -> Result<BTreeSet<PartyId>, SessionError> {
    let mut all: BTreeMap<Segment, BTreeSet<PartyId>> = BTreeMap::new();
    for tag in reader.tags()? {
        all.entry(Segment::Tag(tag.tag)).or_default().insert(tag.party);
    }
    for (party, one) in &people.relationships {
        for platform in platforms(people, one) {
            all.entry(Segment::Platform(platform.to_owned())).or_default().insert(*party);
        }
    }
    all.remove(segment).ok_or_else(|| {
        let known: Vec<String> = all.keys().map(Segment::to_string).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        ProgrammeRequestError::NobodyIn { segment: segment.to_string(), known }.into()
    })
}

/// Returns whom a programme is about: everybody with whom there was contact on one of its platforms.
pub(super) fn parties_of(programme: &Programme, people: &People) -> BTreeSet<PartyId> {
    let relationships = people.relationships.iter();
    let about = relationships
        .filter(|(_, one)| platforms(people, one).any(|platform| programme.is_about(platform)));
    about.map(|(party, _)| *party).collect()
}

/// Returns where there was contact with somebody.
fn platforms<'a>(people: &'a People, one: &'a Relationship) -> impl Iterator<Item = &'a str> {
    let accounts = one.contacts.iter().filter_map(|contact| people.accounts.get(&contact.account));
    accounts.map(|known| known.account.key.platform.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_is_a_tag_or_a_platform() {
        let read = |text: &str| parse_segment(text).ok();
        assert_eq!(read("tag:press"), Some(Segment::Tag("press".into())));
        assert_eq!(read(" Tag: Local Press "), Some(Segment::Tag("local press".into())));
        assert_eq!(read("PLATFORM:Mastodon"), Some(Segment::Platform("mastodon".into())));
        for wrong in ["press", "tag:", "platform: ", "city:berlin", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(Segment::Tag("a:b".into()).to_string(), "tag:a:b");
        assert_eq!(read("tag:a:b"), Some(Segment::Tag("a:b".into())));
    }
}
