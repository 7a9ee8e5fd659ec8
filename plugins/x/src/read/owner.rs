//! Whose archive it is: what `account.js` or `user_details.js` says, and what the posts and messages prove.

use std::collections::HashSet;

use rin_plugin::prelude::{AccountFlags, AccountRecord, Moment};
use serde_json::Value;

use super::{
    moment::moment,
    script::{id_of, text_of},
};

/// The word for an owner whom nothing names; no account can have it.
pub(super) const UNKNOWN: &str = "me";
/// Posts remembered to find one that answers another.
const REMEMBERED: usize = 500_000;

/// The account whose archive is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Owner {
    pub(super) id: String,
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) created: Option<Moment>,
}

impl Owner {
    /// Reads `account.js`, or `user_details.js` of an archive until 2018.
    pub(super) fn parse(value: &Value) -> Option<Self> {
        let account = value.get("account").unwrap_or(value);
        let text = |keys: [&str; 2]| {
            keys.iter().find_map(|key| text_of(account, key)).unwrap_or_default().into_owned()
        };
        Some(Self {
            id: id_of(account, &["accountId", "id_str", "id"])?,
            handle: text(["username", "screen_name"]),
            name: text(["accountDisplayName", "full_name"]),
            created: moment(&text(["createdAt", "created_at"])),
        })
    }

    /// Makes the owner of whom only the id is known.
    pub(super) fn of_id(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// Makes the owner whom nothing names.
    pub(super) fn unknown() -> Self {
        Self { id: UNKNOWN.to_owned(), handle: UNKNOWN.to_owned(), ..Self::default() }
    }

    /// Returns it as a record, seen so at `seen`.
    pub(super) fn record<'o>(&'o self, seen: Option<Moment>, facts: &'o str) -> AccountRecord<'o> {
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        AccountRecord {
            id: &self.id,
            alias: "",
            handle: &self.handle,
            name: &self.name,
            flags,
            seen,
            facts,
        }
    }
}

/// Finds out who wrote a set of posts: an answer to one of them is an answer to its writer.
#[derive(Default)]
pub(super) struct Proof {
    own: HashSet<u64>,
    /// The post answered, and its writer; kept while no post proves it.
    answers: Vec<(u64, String)>,
}

impl Proof {
    /// Adds a post, by its id and by whom it answers.
    pub(super) fn add(&mut self, id: &str, answered: Option<(&str, &str)>) {
        if REMEMBERED <= self.own.len() {
            return;
        }
        if let Ok(id) = id.parse() {
            self.own.insert(id);
        }
        if let Some((post, writer)) = answered
            && let Ok(post) = post.parse()
        {
            self.answers.push((post, writer.to_owned()));
        }
    }

    /// Returns the writer, if every answer to one of the posts says the same.
    pub(super) fn writer(&self) -> Option<&str> {
        let mut writers = self
            .answers
            .iter()
            .filter(|(post, _)| self.own.contains(post))
            .map(|(_, writer)| writer.as_str());
        let first = writers.next()?;
        writers.all(|writer| writer == first).then_some(first)
    }
}

/// Finds out whose messages a set of conversations is: the one who takes part in all of them.
#[derive(Default)]
pub(super) struct Common {
    both: Option<Vec<String>>,
}

impl Common {
    /// Adds a conversation, called by its two sides: `7-9`.
    pub(super) fn add(&mut self, conversation: &str) {
        let Some((one, other)) = conversation.split_once('-') else { return };
        match &mut self.both {
            None => self.both = Some(vec![one.to_owned(), other.to_owned()]),
            Some(both) => both.retain(|id| id == one || id == other),
        }
    }

    /// Returns the only one left.
    pub(super) fn owner(&self) -> Option<&str> {
        match self.both.as_deref() {
            Some([one]) => Some(one),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_is_read_in_both_eras() {
        let new = Owner::parse(&serde_json::json!({"account": {
            "username": "ann", "accountId": "1400000000000000001", "accountDisplayName": "Ann",
            "createdAt": "2012-05-01T10:00:00.000Z",
        }}))
        .unwrap();
        assert_eq!((new.id.as_str(), new.handle.as_str()), ("1400000000000000001", "ann"));
        assert_eq!(new.created, Some(Moment::from_unix_ms(1_335_866_400_000)));
        let old = Owner::parse(&serde_json::json!({
            "screen_name": "ann", "full_name": "Ann", "id": 7, "created_at": "2008-07-01 10:00:00 +0000",
        }))
        .unwrap();
        assert_eq!((old.id.as_str(), old.name.as_str()), ("7", "Ann"));
        assert_eq!(Owner::parse(&serde_json::json!({"username": "ann"})), None);
    }

    #[test]
    fn an_answer_to_an_own_post_proves_the_writer() {
        let mut proof = Proof::default();
        proof.add("10", None);
        proof.add("11", Some(("5", "99")));
        assert_eq!(proof.writer(), None);
        proof.add("12", Some(("10", "7")));
        assert_eq!(proof.writer(), Some("7"));
        proof.add("13", Some(("11", "8")));
        assert_eq!(proof.writer(), None, "two who both would be the writer");
    }

    #[test]
    fn who_takes_part_in_all_conversations_is_the_owner() {
        let mut common = Common::default();
        common.add("7-9");
        assert_eq!(common.owner(), None);
        common.add("3-7");
        common.add("2094575964782795701");
        assert_eq!(common.owner(), Some("7"));
    }
}
