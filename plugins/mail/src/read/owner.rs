//! Whose mailbox it is, which no mailbox says.
//!
//! The owner is who wrote what lies in the folder of sent letters; else whose mailbox the deliveries name; else the one
//! who takes part in nearly every letter. What none of them tells is left open and asked for.

use std::collections::{BTreeSet, HashMap};

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, FactKind, Moment, Record, RecordSink, Stop},
    text::Facts,
};

use super::{folder::Folder, letter::Letter};

/// Addresses counted; those met later are not.
const COUNTED: usize = 200_000;
/// Own addresses at most: letters others wrote may have been put among the sent ones.
const OWN: usize = 16;
/// Letters from which on taking part in nearly all of them tells somebody.
const ENOUGH: u64 = 4;

/// The account whose mail is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Owner {
    /// The address written from most; `me` if it is not known.
    pub(super) id: String,
    pub(super) addresses: BTreeSet<String>,
    pub(super) is_known: bool,
    /// Whether it was only concluded from who takes part.
    pub(super) is_proven: bool,
}

/// What letters say about the owner.
#[derive(Debug, Default)]
pub(super) struct Hints {
    sent: HashMap<String, u64>,
    delivered: HashMap<String, u64>,
    part: HashMap<String, u64>,
    letters: u64,
}

fn count(counts: &mut HashMap<String, u64>, address: &str) {
    if let Some(known) = counts.get_mut(address) {
        *known += 1;
    } else if counts.len() < COUNTED {
        counts.insert(address.to_owned(), 1);
    }
}

/// Returns those with the highest counts first; of equal ones the first in the alphabet.
fn ranked(counts: &HashMap<String, u64>) -> Vec<(&String, u64)> {
    let mut all: Vec<(&String, u64)> = counts.iter().map(|(one, count)| (one, *count)).collect();
    all.sort_by_key(|(address, count)| (std::cmp::Reverse(*count), *address));
    all
}

impl Hints {
    pub(super) fn add(&mut self, letter: &Letter, folder: Option<Folder>) {
        if matches!(folder, Some(Folder::Draft | Folder::Spam)) {
            return;
        }
        self.letters += 1;
        if let (Some(Folder::Sent), Some(from)) = (folder, &letter.from) {
            count(&mut self.sent, &from.address);
        }
        for address in &letter.delivered {
            count(&mut self.delivered, address);
        }
        let all = letter.from.iter().chain(&letter.to).chain(&letter.cc);
        let mut all: Vec<&String> = all.map(|one| &one.address).collect();
        all.sort_unstable();
        all.dedup();
        for address in all {
            count(&mut self.part, address);
        }
    }

    /// Returns the owner; `said` are the addresses the user names.
    pub(super) fn owner(&self, said: &[String]) -> Owner {
        let (addresses, is_proven) = self.own(said);
        let used = |address: &String| self.sent.get(address).or_else(|| self.part.get(address));
        // The user's first address stays first, whatever is used most.
        let id = said.first().or_else(|| {
            let mut all: Vec<&String> = addresses.iter().collect();
            all.sort_by_key(|address| std::cmp::Reverse(used(address).copied().unwrap_or(0)));
            all.first().copied()
        });
        let id = id.cloned().unwrap_or_else(|| "me".to_owned());
        Owner { id, is_known: !addresses.is_empty(), is_proven, addresses }
    }

    fn own(&self, said: &[String]) -> (BTreeSet<String>, bool) {
        if !said.is_empty() {
            return (said.iter().cloned().collect(), false);
        }
        let sent: u64 = self.sent.values().sum();
        let often = ranked(&self.sent);
        let own = often.iter().filter(|(_, count)| sent <= count * 20).take(OWN);
        let own: BTreeSet<String> = own.map(|(address, _)| (*address).clone()).collect();
        if !own.is_empty() {
            return (own, false);
        }
        let is_most = |all: &[(&String, u64)]| match all {
            [(first, count), rest @ ..] => {
                let is_alone = rest.first().is_none_or(|(_, next)| next < count);
                (is_alone && self.letters * 4 <= count * 5).then(|| (*first).clone())
            }
            [] => None,
        };
        if let Some(address) = is_most(&ranked(&self.delivered)) {
            return (BTreeSet::from([address]), false);
        }
        let proven = is_most(&ranked(&self.part)).filter(|_| ENOUGH <= self.letters);
        (proven.into_iter().collect(), true)
    }
}

impl Owner {
    pub(super) fn is(&self, address: &str) -> bool {
        self.addresses.contains(address)
    }

    /// Reports the owner, once for each further address.
    pub(super) fn send(
        &self,
        name: &str,
        seen: Option<Moment>,
        sink: &mut dyn RecordSink,
    ) -> Result<(), Stop> {
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        let handle = if self.is_known { self.id.as_str() } else { "" };
        let mut facts = Facts::default();
        self.addresses.iter().for_each(|address| facts.add(FactKind::Mail, address));
        let facts = facts.as_str();
        let record = AccountRecord { id: &self.id, alias: "", handle, name, flags, seen, facts };
        sink.record(Record::Account(record))?;
        self.addresses.iter().filter(|address| **address != self.id).try_for_each(|alias| {
            sink.record(Record::Account(AccountRecord { alias, facts: "", ..record }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::letter::Named;

    fn letter(from: &str, to: &[&str], delivered: &[&str]) -> Letter {
        let named = |address: &str| Named { address: address.to_owned(), name: String::new() };
        Letter {
            id: String::new(),
            at: None,
            is_dated_by_mark: false,
            from: Some(named(from)),
            to: to.iter().map(|one| named(one)).collect(),
            cc: Vec::new(),
            delivered: delivered.iter().map(|one| (*one).to_owned()).collect(),
            folder: None,
            lists: Vec::new(),
            is_of_list: false,
            is_automatic: false,
        }
    }

    #[test]
    fn who_wrote_what_was_sent_is_the_owner_under_all_addresses() {
        let mut hints = Hints::default();
        for n in 0..60 {
            let from = if n < 40 { "m@a" } else { "m@b" };
            hints.add(&letter(from, &["x@c"], &[]), Some(Folder::Sent));
        }
        hints.add(&letter("stray@d", &["m@a"], &[]), Some(Folder::Sent));
        let owner = hints.owner(&[]);
        assert_eq!((owner.id.as_str(), owner.addresses.len()), ("m@a", 2));
        assert_eq!(hints.owner(&["said@e".to_owned()]).id, "said@e");
    }

    #[test]
    fn else_the_delivery_or_the_one_in_every_letter_tells_and_else_nobody() {
        let mut hints = Hints::default();
        hints.add(&letter("a@x", &["list@x"], &["m@a"]), None);
        assert_eq!(hints.owner(&[]).id, "m@a");
        let mut hints = Hints::default();
        hints.add(&letter("a@x", &["m@a"], &[]), None);
        assert_eq!((hints.owner(&[]).id.as_str(), hints.owner(&[]).is_known), ("me", false));
        for from in ["b@x", "c@x", "a@x"] {
            hints.add(&letter(from, &["m@a"], &[]), None);
        }
        let owner = hints.owner(&[]);
        assert_eq!((owner.id.as_str(), owner.is_proven), ("m@a", true));
        // Spam and drafts say nothing.
        hints.add(&letter("b@x", &["c@x"], &[]), Some(Folder::Spam));
        assert_eq!(hints.owner(&[]).id, "m@a");
    }
}
