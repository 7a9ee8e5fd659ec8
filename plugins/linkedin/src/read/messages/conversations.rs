//! Who takes part in each conversation, and whom a name is in it: what names alone leave open, the conversation often tells.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{heads::Head, names::profiles};
use crate::read::{
    owner::Hints,
    people::{People, fold, profile},
};

/// Conversations whose people are remembered.
const REMEMBERED: usize = 100_000;

/// All conversations, by their id.
#[derive(Debug, Default)]
pub(super) struct Conversations(HashMap<String, Conversation>);

/// What is known of a conversation.
#[derive(Debug, Default)]
struct Conversation {
    /// The profiles in it.
    profiles: BTreeSet<String>,
    /// Whom a name is in it.
    names: BTreeMap<String, BTreeSet<String>>,
}

impl Conversation {
    fn learn(&mut self, name: &str, profile: &str) {
        let folded = fold(name);
        match self.names.get_mut(&*folded) {
            Some(profiles) => add(profiles, profile),
            None => {
                self.names.insert(folded.into_owned(), BTreeSet::from([profile.to_owned()]));
            }
        }
    }
}

impl Conversations {
    /// Notes who bears which name in a conversation and at all, and what tells the owner.
    pub(super) fn learn(&mut self, head: &Head<'_>, people: &mut People, hints: &mut Hints) {
        let sender = profile(head.sender);
        people.learn(head.from, &sender);
        hints.add_sender(head.from, &sender);
        let recipients = profiles(head.recipients);
        let alone = if let [one] = recipients.as_slice() { Some(one) } else { None };
        if let Some(one) = alone {
            people.learn(head.to, one);
        }
        if head.direction.eq_ignore_ascii_case("outgoing") {
            hints.add_invitation(head.from, &sender);
        }
        let Some(part) = self.of(head.conversation) else { return };
        let taking_part = recipients.iter().chain([&sender]).filter(|one| !one.is_empty());
        taking_part.for_each(|one| add(&mut part.profiles, one));
        part.learn(head.from, &sender);
        if let Some(one) = alone {
            part.learn(head.to, one);
        }
    }

    /// Returns what is known of a conversation; `None` if it has no id or is one too many.
    fn of(&mut self, id: &str) -> Option<&mut Conversation> {
        if !self.0.contains_key(id) {
            if id.is_empty() || REMEMBERED <= self.0.len() {
                return None;
            }
            self.0.insert(id.to_owned(), Conversation::default());
        }
        self.0.get_mut(id)
    }

    /// Tells who takes part in each, in the same order each time.
    pub(super) fn tell(&self, hints: &mut Hints) {
        let in_order: BTreeMap<&String, &Conversation> = self.0.iter().collect();
        for part in in_order.values() {
            hints.add_conversation(&part.profiles);
        }
    }

    /// Returns the only profile that a name is in a conversation; empty if none or several.
    pub(super) fn within(&self, conversation: &str, name: &str) -> String {
        let known = self.0.get(conversation).and_then(|known| known.names.get(&*fold(name)));
        let mut all = known.into_iter().flatten().filter(|profile| !profile.is_empty());
        match (all.next(), all.next()) {
            (Some(one), None) => one.clone(),
            _ => String::new(),
        }
    }
}

fn add(profiles: &mut BTreeSet<String>, profile: &str) {
    if !profiles.contains(profile) {
        profiles.insert(profile.to_owned());
    }
}
