//! Whose mailbox it is, which no mailbox says.
//!
//! The owner is who wrote what lies in the folder of sent letters; else whose mailbox the deliveries name; else the one
//! who takes part in nearly every letter. What none of them tells is left open and asked for.

use std::collections::BTreeSet;

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, FactKind, Moment, Record, RecordSink, Stop},
    text::{Facts, Words},
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
    sent: Counts,
    delivered: Counts,
    part: Counts,
    letters: u64,
}

/// How often each address came.
#[derive(Debug, Default)]
struct Counts {
    addresses: Words,
    counts: Vec<u64>,
}

impl Counts {
    fn add(&mut self, address: &str) {
        let is_full = COUNTED <= self.counts.len();
        if is_full && self.addresses.find(address).is_none() {
            return;
        }
        match self.counts.get_mut(self.addresses.add(address)) {
            Some(count) => *count += 1,
            None => self.counts.push(1),
        }
    }

    fn of(&self, address: &str) -> Option<u64> {
        self.addresses.find(address).and_then(|number| self.counts.get(number)).copied()
    }

    /// Returns those with the highest counts first; of equal ones the first in the alphabet.
    fn ranked(&self) -> Vec<(&str, u64)> {
        let named = self.counts.iter().enumerate();
        let mut all: Vec<_> =
            named.map(|(number, count)| (self.addresses.get(number), *count)).collect();
        all.sort_by_key(|(address, count)| (std::cmp::Reverse(*count), *address));
        all
    }
}

impl Hints {
    pub(super) fn add(&mut self, letter: &Letter, folder: Option<Folder>) {
        if matches!(folder, Some(Folder::Draft | Folder::Spam)) {
            return;
        }
        self.letters += 1;
        if let (Some(Folder::Sent), Some(from)) = (folder, &letter.from) {
            self.sent.add(&from.address);
        }
        for address in &letter.delivered {
            self.delivered.add(address);
        }
        let all = letter.from.iter().chain(&letter.to).chain(&letter.cc);
        let mut all: Vec<&String> = all.map(|one| &one.address).collect();
        all.sort_unstable();
        all.dedup();
        for address in all {
            self.part.add(address);
        }
    }

    /// Returns the owner; `said` are the addresses the user names.
    pub(super) fn owner(&self, said: &[String]) -> Owner {
        let (addresses, is_proven) = self.own(said);
        let used = |address: &String| self.sent.of(address).or_else(|| self.part.of(address));
        // The user's first address stays first, whatever is used most.
        let id = said.first().or_else(|| {
            let mut all: Vec<&String> = addresses.iter().collect();
            all.sort_by_key(|address| std::cmp::Reverse(used(address).unwrap_or(0)));
            all.first().copied()
        });
        let id = id.cloned().unwrap_or_else(|| "me".to_owned());
        Owner { id, is_known: !addresses.is_empty(), is_proven, addresses }
    }

    fn own(&self, said: &[String]) -> (BTreeSet<String>, bool) {
        if !said.is_empty() {
            return (said.iter().cloned().collect(), false);
        }
        let sent: u64 = self.sent.counts.iter().sum();
        let often = self.sent.ranked();
        let own = often.iter().filter(|(_, count)| sent <= count * 20).take(OWN);
        let own: BTreeSet<String> = own.map(|(address, _)| (*address).to_owned()).collect();
        if !own.is_empty() {
            return (own, false);
        }
        let is_most = |all: &[(&str, u64)]| match all {
            [(first, count), rest @ ..] => {
                let is_alone = rest.first().is_none_or(|(_, next)| next < count);
                (is_alone && self.letters * 4 <= count * 5).then(|| (*first).to_owned())
            }
            [] => None,
        };
        if let Some(address) = is_most(&self.delivered.ranked()) {
            return (BTreeSet::from([address]), false);
        }
        let proven = is_most(&self.part.ranked()).filter(|_| ENOUGH <= self.letters);
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
