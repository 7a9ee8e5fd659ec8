//! The lists of an export, entry by entry, wherever its year has put them.
//!
//! The roots were renamed several times (`Activity`, `Your Activity`, `Profile And Settings`) and the lists kept their
//! names, so the file is walked through and what is not asked for is passed over without being kept.

use std::{
    borrow::Cow,
    fmt,
    io::{self, Read},
};

use rin_plugin::{archive::Fault, prelude::Stop};
use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json_borrow::Value;

/// A list of an export.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum List {
    Followers,
    Following,
    Blocks,
    Likes,
    Comments,
    /// The messages with somebody, who is named.
    Chat(String),
    /// The messages of a group.
    Group,
    /// All messages: seen even if there are none.
    Chats,
    /// The owner's name.
    Owner,
}

impl List {
    fn of(key: &str) -> Option<Self> {
        Some(match key {
            "FansList" => Self::Followers,
            "Following" => Self::Following,
            "BlockList" => Self::Blocks,
            "ItemFavoriteList" => Self::Likes,
            "CommentsList" => Self::Comments,
            "ChatHistory" => Self::Chats,
            "userName" | "UserName" => Self::Owner,
            _ if key.starts_with("Group Chat") => Self::Group,
            _ => {
                return key
                    .strip_prefix("Chat History with ")
                    .map(|name| Self::Chat(name.trim().trim_end_matches(':').trim().to_owned()));
            }
        })
    }
}

/// What is found on the way.
pub(super) enum Found<'f> {
    /// A list begins, with entries or without.
    Begin(&'f List),
    /// An entry, by its number in its list, from 1.
    Entry(&'f List, u64, &'f Value<'f>),
}

/// Why a walk ended early.
pub(super) enum Ended {
    Stopped,
    /// The file is damaged from this line on; 0 if it cannot be read there.
    Damaged(u64, Option<Fault>),
}

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sought {
    /// The owner's name alone; all lists are passed over.
    Name,
    Everything,
}

/// Walks through a file as it is read and hands over what it finds.
///
/// # Errors
/// [`Ended`] after everything before the damage was handed over.
pub(super) fn walk(
    reader: impl Read,
    sought: Sought,
    each: impl FnMut(Found<'_>) -> Result<(), Stop>,
) -> Result<(), Ended> {
    run(serde_json::Deserializer::from_reader(reader), sought, each)
}

/// The same for a file that lies in memory as a whole, three times as fast.
///
/// # Errors
/// As [`walk`].
pub(super) fn walk_whole(
    file: &[u8],
    sought: Sought,
    each: impl FnMut(Found<'_>) -> Result<(), Stop>,
) -> Result<(), Ended> {
    run(serde_json::Deserializer::from_slice(file), sought, each)
}

fn run<'de>(
    mut json: serde_json::Deserializer<impl serde_json::de::Read<'de>>,
    sought: Sought,
    mut each: impl FnMut(Found<'_>) -> Result<(), Stop>,
) -> Result<(), Ended> {
    let mut is_stopped = false;
    let mut each = |found: Found<'_>| each(found).inspect_err(|_| is_stopped = true);
    let node = Node { list: None, sought, each: &mut each };
    let read = node.deserialize(&mut json).and_then(|()| json.end());
    match read {
        Ok(()) => Ok(()),
        Err(_) if is_stopped => Err(Ended::Stopped),
        Err(error) => {
            let line = error.line() as u64;
            // A fault of the archive travels inside the error of reading.
            let fault = error.is_io().then(|| Fault::from_io(&io::Error::from(error), line));
            Err(Ended::Damaged(line, fault))
        }
    }
}

type Each<'e> = dyn FnMut(Found<'_>) -> Result<(), Stop> + 'e;

/// A key of an object, borrowed where no letter of it is written otherwise.
#[derive(Deserialize)]
struct Key<'k>(#[serde(borrow)] Cow<'k, str>);

/// One value of the file, and the list it is, if it is one.
struct Node<'n, 'e> {
    list: Option<List>,
    sought: Sought,
    each: &'n mut Each<'e>,
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of an export")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if let Some(List::Chats) = self.list {
            (self.each)(Found::Begin(&List::Chats)).map_err(A::Error::custom)?;
        }
        while let Some(key) = map.next_key::<Key<'_>>()? {
            let (list, sought) = (List::of(&key.0), self.sought);
            map.next_value_seed(Node { list, sought, each: &mut *self.each })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some(list) = self.list.filter(|_| self.sought == Sought::Everything) else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        };
        (self.each)(Found::Begin(&list)).map_err(A::Error::custom)?;
        let mut number = 0;
        while let Some(entry) = seq.next_element::<Value<'de>>()? {
            number += 1;
            (self.each)(Found::Entry(&list, number, &entry)).map_err(A::Error::custom)?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if let Some(List::Owner) = self.list {
            let entry = Value::from(text);
            (self.each)(Found::Entry(&List::Owner, 1, &entry)).map_err(E::custom)?;
        }
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(
        walk: impl FnOnce(&mut dyn FnMut(Found<'_>) -> Result<(), Stop>) -> Result<(), Ended>,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        let ended = walk(&mut |found| {
            lines.push(match found {
                Found::Begin(list) => format!("{list:?}"),
                Found::Entry(list, number, entry) => format!("{list:?} {number} {entry:?}"),
            });
            Ok(())
        });
        lines.push(match ended {
            Ok(()) => "whole".to_owned(),
            Err(Ended::Damaged(line, fault)) => format!("damaged {line} {fault:?}"),
            Err(Ended::Stopped) => "stopped".to_owned(),
        });
        lines
    }

    #[test]
    fn a_file_gives_the_same_in_pieces_and_as_a_whole_wherever_it_breaks_off() {
        let file = r#"{"n": [1, {"a": "\ud83d\ude00"}], "Following": null,
            "Profile": {"userName": "M\u00e4ra"}, "ChatHistory": {"Chat History with ann:": [
            {"From": "a\"b", "Date": 1e3, "x": [true]}, 7, {"From": "b", "From": "c"}]}}"#;
        for end in (0..=file.len()).filter(|end| file.is_char_boundary(*end)) {
            for sought in [Sought::Name, Sought::Everything] {
                let part = &file.as_bytes()[..end];
                let pieces = found(|each| walk(part, sought, each));
                assert_eq!(found(|each| walk_whole(part, sought, each)), pieces, "{end}");
            }
        }
        let all = found(|each| walk_whole(file.as_bytes(), Sought::Everything, each));
        assert_eq!(all.len(), 7, "{all:?}");
        let named = found(|each| walk_whole(file.as_bytes(), Sought::Name, each));
        assert_eq!(named, ["Owner 1 Str(\"Mära\")", "Chats", "whole"]);
    }
}
