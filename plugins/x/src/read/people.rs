//! Whom the posts name: id, handle and name as they were when last seen.
//!
//! Handles change and are given to others, so only the id tells an account. A handle leads to an id only where
//! everything in the archive says the same.

use std::collections::BTreeMap;

use rin_plugin::{
    prelude::{AccountRecord, FactKind, Moment, Record, RecordSink, Stop},
    text::Facts,
};

/// Accounts remembered; beyond it what is known is handed over and forgotten, which changes nothing but its speed.
const REMEMBERED: usize = 200_000;

/// Returns the page of an account, as the only thing an archive says of who stands behind it.
pub(super) fn page(handle: &str) -> Facts {
    let mut facts = Facts::default();
    if !handle.is_empty() {
        facts.add(FactKind::Page, &format!("x.com/{handle}"));
    }
    facts
}

/// Everybody named so far.
#[derive(Debug, Default)]
pub(super) struct People {
    by_id: BTreeMap<String, Known>,
    /// By handle in lower case; `None` where two accounts had it.
    by_handle: BTreeMap<String, Option<String>>,
}

/// Somebody as a post names them; what it does not say is empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Person<'v> {
    pub(super) id: &'v str,
    pub(super) handle: &'v str,
    pub(super) name: &'v str,
}

/// A word and when it was last used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Word {
    text: String,
    at: Option<Moment>,
}

#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Known {
    handle: Word,
    name: Word,
}

impl Word {
    /// Takes a word used at `at`; of two at one moment the greater stands, whichever comes first.
    fn take(&mut self, text: &str, at: Moment) {
        if text.is_empty() || (Some(at), text) <= (self.at, self.text.as_str()) {
            return;
        }
        text.clone_into(&mut self.text);
        self.at = Some(at);
    }
}

impl People {
    /// Notes that a post of that moment names somebody.
    pub(super) fn add(
        &mut self,
        person: Person<'_>,
        at: Moment,
        sink: &mut dyn RecordSink,
    ) -> Result<(), Stop> {
        if REMEMBERED <= self.by_id.len() && !self.by_id.contains_key(person.id) {
            self.send(sink)?;
            self.by_id.clear();
        }
        let known = self.by_id.entry(person.id.to_owned()).or_default();
        known.handle.take(person.handle, at);
        known.name.take(person.name, at);
        self.add_handle(person);
        Ok(())
    }

    fn add_handle(&mut self, person: Person<'_>) {
        if person.handle.is_empty() {
            return;
        }
        let handle = person.handle.to_lowercase();
        if let Some(owner) = self.by_handle.get_mut(&handle) {
            if owner.as_deref() != Some(person.id) {
                *owner = None;
            }
        } else if self.by_handle.len() < REMEMBERED {
            self.by_handle.insert(handle, Some(person.id.to_owned()));
        }
    }

    /// Returns the only account that had a handle.
    pub(super) fn id_of(&self, handle: &str) -> Option<&str> {
        self.by_handle.get(&handle.to_lowercase())?.as_deref()
    }

    /// Hands everybody over of whom more than the id is known.
    pub(super) fn send(&self, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        let is_more = |known: &Known| known.handle.at.is_some() || known.name.at.is_some();
        let all = self.by_id.iter().filter(|(_, known)| is_more(known));
        all.into_iter().try_for_each(|(id, known)| {
            let facts = page(&known.handle.text);
            sink.record(Record::Account(AccountRecord {
                id,
                facts: facts.as_str(),
                handle: &known.handle.text,
                name: &known.name.text,
                seen: known.handle.at.max(known.name.at),
                ..AccountRecord::default()
            }))
        })
    }
}

#[cfg(test)]
mod tests {
    use rin_plugin::testing::Recorder;

    use super::*;

    #[test]
    fn the_latest_handle_stands_in_any_order_and_one_of_two_accounts_leads_nowhere() {
        let seen = [
            ("7", "ann", "Ann", 1),
            ("7", "ann_b", "", 2),
            ("9", "ANN", "Nan", 3),
            ("8", "ben", "", 1),
        ];
        let read = |order: &[usize]| {
            let (mut people, mut sink) = (People::default(), Recorder::default());
            for at in order {
                let (id, handle, name, ms) = seen[*at];
                let person = Person { id, handle, name };
                people.add(person, Moment::from_unix_ms(ms), &mut sink).unwrap();
            }
            people.send(&mut sink).unwrap();
            let ids = [people.id_of("Ann_B"), people.id_of("ann"), people.id_of("ben")];
            (sink.lines, ids.map(|id| id.map(str::to_owned)))
        };
        let (lines, ids) = read(&[0, 1, 2, 3]);
        assert_eq!(lines[0], "account 7 alias= handle=ann_b name=Ann flags=0");
        assert_eq!(ids, [Some("7".to_owned()), None, Some("8".to_owned())]);
        assert_eq!(read(&[3, 2, 1, 0]), (lines, ids));
    }
}
