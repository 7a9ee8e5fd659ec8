//! Whose export it is. No file names the owner's profile, so it is worked out.
//!
//! Invitations say which side is the owner's; the profile's name picks the sender of that name; and who takes part in
//! every conversation is the owner. What two of them contradict is left open.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::prelude::{AccountFlags, AccountRecord, Moment};

use super::people::fold;

/// Conversations looked at to find who takes part in all of them.
const LOOKED_AT: usize = 100_000;

/// The account whose export is read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Owner {
    pub(super) id: String,
    pub(super) name: String,
    /// Whether it is known which side of a conversation is the owner's.
    pub(super) is_known: bool,
}

/// What the files say about the owner.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// First and last name of `Profile.csv`.
    name: String,
    /// Name and profile on the owner's side of invitations.
    invited: BTreeSet<(String, String)>,
    /// Names of each sender's profile, of which one may have several: people marry.
    senders: BTreeMap<String, BTreeSet<String>>,
    /// Who takes part in every conversation so far.
    common: Option<BTreeSet<String>>,
    conversations: usize,
}

impl Hints {
    /// Begins with the name of the profile; empty if there is none.
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Adds the owner's side of an invitation.
    pub(super) fn add_invitation(&mut self, name: &str, profile: &str) {
        if self.invited.len() < 8 {
            self.invited.insert((fold(name).into_owned(), profile.to_owned()));
        }
    }

    /// Adds somebody who wrote a message.
    pub(super) fn add_sender(&mut self, name: &str, profile: &str) {
        if LOOKED_AT <= self.senders.len() || profile.is_empty() {
            return;
        }
        if !self.senders.contains_key(profile) {
            self.senders.insert(profile.to_owned(), BTreeSet::new());
        }
        let folded = fold(name);
        if let Some(names) = self.senders.get_mut(profile)
            && !names.contains(&*folded)
        {
            names.insert(folded.into_owned());
        }
    }

    /// Adds who takes part in a conversation: profiles, or names where there are none.
    pub(super) fn add_conversation(&mut self, people: &BTreeSet<String>) {
        if people.len() < 2 || LOOKED_AT <= self.conversations {
            return;
        }
        self.conversations += 1;
        match &mut self.common {
            None => self.common = Some(people.clone()),
            Some(common) => common.retain(|one| people.contains(one)),
        }
    }

    /// Returns the owner; `said` is what the user says, a profile or nothing.
    pub(super) fn owner(&self, said: &str) -> Owner {
        let profile = if said.is_empty() { self.profile() } else { said.to_owned() };
        let of_profile = || self.senders.get(&profile)?.first().cloned();
        let name = if self.name.is_empty() {
            let invited = self.invited.first().map(|(name, _)| name.clone());
            of_profile().or(invited.filter(|_| self.invited.len() == 1)).unwrap_or_default()
        } else {
            self.name.clone()
        };
        let is_known = !profile.is_empty() || !name.is_empty();
        let id = match (profile.is_empty(), name.is_empty()) {
            (false, _) => profile,
            (true, false) => by_name(&name),
            (true, true) => "me".to_owned(),
        };
        Owner { id, name, is_known }
    }

    fn profile(&self) -> String {
        let invited: BTreeSet<&String> =
            self.invited.iter().map(|(_, profile)| profile).filter(|one| !one.is_empty()).collect();
        if let (1, Some(profile)) = (invited.len(), invited.first()) {
            return (*profile).clone();
        }
        let own = fold(&self.name);
        let named: Vec<&String> = self
            .senders
            .iter()
            .filter(|(_, names)| !own.is_empty() && names.contains(&*own))
            .map(|(profile, _)| profile)
            .collect();
        if let [profile] = named.as_slice() {
            return (*profile).clone();
        }
        let common: Vec<&String> = self.common.iter().flatten().collect();
        match common.as_slice() {
            [one] if !one.starts_with("name:") && (named.is_empty() || named.contains(one)) => {
                (*one).clone()
            }
            _ => String::new(),
        }
    }
}

/// Returns the owner's id where only the name is known: a word that no other account has.
pub(super) fn by_name(name: &str) -> String {
    format!("me:{}", fold(name))
}

impl Owner {
    /// Returns it as a record, seen so at `seen`.
    pub(super) fn record<'o>(&'o self, alias: &'o str, seen: Option<Moment>) -> AccountRecord<'o> {
        let flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        let handle = match self.id.strip_prefix("me:") {
            Some(_) => &self.name,
            None => &self.id,
        };
        AccountRecord { id: &self.id, alias, handle, name: &self.name, flags, seen, facts: "" }
    }

    /// Whether that is the owner, by profile or, where one of the two has none, by name.
    pub(super) fn is(&self, name: &str, profile: &str) -> bool {
        let is_by_name = profile.is_empty() || self.id.starts_with("me:");
        let has_name = || !self.name.is_empty() && fold(name) == fold(&self.name);
        if is_by_name { has_name() } else { self.id == profile }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(people: &[&str]) -> BTreeSet<String> {
        people.iter().map(|one| (*one).to_owned()).collect()
    }

    #[test]
    fn invitations_say_which_side_is_the_owners() {
        let mut hints = Hints::new("Mara B");
        hints.add_invitation("Mara B", "mara-1");
        hints.add_invitation("Mara B", "");
        assert_eq!(hints.owner("").id, "mara-1");
        hints.add_invitation("Mara B", "other");
        assert_eq!(hints.owner("").id, "me:mara b", "two sides contradict each other");
        assert_eq!(hints.owner("said").id, "said");
    }

    #[test]
    fn the_sender_of_the_owners_name_is_the_owner_unless_two_have_it() {
        let mut hints = Hints::new("Mara B");
        hints.add_sender("Mara B", "mara-1");
        hints.add_sender("Ann", "ann");
        assert_eq!(hints.owner("").id, "mara-1");
        hints.add_sender("Mara C", "mara-1");
        assert_eq!(hints.owner("").id, "mara-1", "a profile may have had another name since");
        hints.add_sender("mara  b", "mara-2");
        assert_eq!(hints.owner("").id, "me:mara b");
        hints.add_conversation(&set(&["mara-2", "ann"]));
        hints.add_conversation(&set(&["mara-2", "mara-1"]));
        assert_eq!(hints.owner("").id, "mara-2");
    }

    #[test]
    fn without_a_name_the_one_in_every_conversation_is_the_owner() {
        let mut hints = Hints::default();
        hints.add_sender("Mara", "mara-1");
        hints.add_conversation(&set(&["mara-1", "ann"]));
        assert_eq!(
            hints.owner(""),
            Owner { id: "me".into(), name: String::new(), is_known: false }
        );
        hints.add_conversation(&set(&["mara-1", "ben"]));
        let owner = hints.owner("");
        assert_eq!(
            (owner.id.as_str(), owner.name.as_str(), owner.is_known),
            ("mara-1", "mara", true)
        );
    }
}
