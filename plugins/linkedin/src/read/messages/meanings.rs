//! What each head says once all names are known, worked out once and kept by numbers: there may be as many as rows.

use std::{collections::HashMap, ops::Range};

use rin_plugin::text::Words;

/// What a head says.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    /// What is to be said of each of its rows.
    pub(super) codes: Vec<&'static str>,
    /// From whom to whom.
    pub(super) events: Vec<(String, String)>,
}

/// What heads say, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Meanings {
    ids: Words,
    /// The events of all heads, and where those of each stand.
    events: Vec<(usize, usize)>,
    places: Vec<Option<Range<usize>>>,
    /// Of the few heads of which something is to be said.
    codes: HashMap<usize, Vec<&'static str>>,
}

impl Meanings {
    pub(super) fn has(&self, head: usize) -> bool {
        self.places.get(head).is_some_and(Option::is_some)
    }

    pub(super) fn add(&mut self, head: usize, meaning: &Meaning) {
        let start = self.events.len();
        for (from, to) in &meaning.events {
            self.events.push((self.ids.add(from), self.ids.add(to)));
        }
        if self.places.len() <= head {
            self.places.resize(head + 1, None);
        }
        if let Some(place) = self.places.get_mut(head) {
            *place = Some(start..self.events.len());
        }
        if !meaning.codes.is_empty() {
            self.codes.insert(head, meaning.codes.clone());
        }
    }

    pub(super) fn codes(&self, head: usize) -> &[&'static str] {
        self.codes.get(&head).map_or(&[], Vec::as_slice)
    }

    pub(super) fn events(&self, head: usize) -> impl Iterator<Item = (&str, &str)> {
        let place = self.places.get(head).cloned().flatten().unwrap_or_default();
        let events = self.events.get(place).unwrap_or_default();
        events.iter().map(|(from, to)| (self.ids.get(*from), self.ids.get(*to)))
    }
}
