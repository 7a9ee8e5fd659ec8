//! Keeps an account's ties until all of them are known: the earliest of several follows counts, and a list may
//! come after its entries.
//!
//! What is kept is bounded. A repository with more is told in several parts, which costs no tie: whoever takes them
//! joins two reports of one tie anyway, earlier date first.

use std::collections::BTreeMap;

use rin_plugin::prelude::{Record, RecordSink, Stop, TieEnd, TieKind, TieRecord, TieStart};

use super::{
    finding::{self, Tally},
    lexicon::{self, AtUri},
};

/// What is kept at most, in bytes.
const MAX_KEPT: usize = 48 << 20;
/// What an entry takes beside its text, generously.
const ENTRY: usize = 120;
/// The most lists whose names are kept.
const MAX_LISTS: usize = 10_000;
/// The longest name of a list, in bytes; the lexicon allows 64 characters.
const MAX_NAME: usize = 640;

/// The ties of one account, as far as they are known.
pub(super) struct Ties<'a> {
    owner: &'a str,
    held: BTreeMap<(u8, String), TieStart>,
    lists: BTreeMap<String, NamedList>,
    items: Vec<Item>,
    kept: usize,
    max_kept: usize,
}

struct NamedList {
    name: String,
    is_moderation: bool,
}

struct Item {
    list: String,
    subject: String,
    start: TieStart,
}

impl<'a> Ties<'a> {
    /// Starts with none.
    pub(super) fn new(owner: &'a str) -> Self {
        Self::within(owner, MAX_KEPT)
    }

    fn within(owner: &'a str, max_kept: usize) -> Self {
        let (held, lists, items) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        Self { owner, held, lists, items, kept: 0, max_kept }
    }

    /// Whether it is time to [`give`](Self::give) what is known.
    pub(super) fn is_full(&self) -> bool {
        self.max_kept < self.kept
    }

    /// Keeps a tie; returns whether it was known already.
    pub(super) fn hold(&mut self, kind: TieKind, subject: &str, start: TieStart) -> bool {
        let key = (kind.number(), subject.to_owned());
        if let Some(known) = self.held.get_mut(&key) {
            *known = known.merge(start);
            return true;
        }
        self.kept += subject.len() + ENTRY;
        self.held.insert(key, start);
        false
    }

    /// Keeps the name of the list with that record key.
    pub(super) fn name_list(&mut self, rkey: &str, list: &lexicon::List<'_>) {
        if self.lists.len() < MAX_LISTS {
            let is_moderation = list.purpose == "app.bsky.graph.defs#modlist";
            let name = cut(list.name, MAX_NAME).to_owned();
            self.lists.insert(rkey.to_owned(), NamedList { name, is_moderation });
        }
    }

    /// Keeps an entry of a list; returns whether the list can be one of this account's.
    pub(super) fn put_in_list(&mut self, list: &str, subject: &str, start: TieStart) -> bool {
        let own = AtUri::parse(list)
            .filter(|uri| uri.authority == self.owner && uri.collection == lexicon::LIST);
        let Some(uri) = own else { return false };
        self.kept += uri.rkey.len() + subject.len() + ENTRY;
        let (list, subject) = (uri.rkey.to_owned(), subject.to_owned());
        self.items.push(Item { list, subject, start });
        true
    }

    /// Gives all that is kept to the taker, and keeps the names of lists.
    ///
    /// # Errors
    /// [`Stop`] if the taker wants no more.
    pub(super) fn give(
        &mut self,
        sink: &mut dyn RecordSink,
        tally: &mut Tally,
    ) -> Result<(), Stop> {
        self.kept = 0;
        for ((kind, subject), start) in std::mem::take(&mut self.held) {
            let Some(kind) = TieKind::from_number(kind) else { continue };
            sink.record(self.tie(&subject, kind, start, ""))?;
        }
        for item in std::mem::take(&mut self.items) {
            match self.lists.get(&item.list) {
                Some(list) if list.is_moderation => tally.add(&finding::MODERATION_LIST, 0),
                Some(list) => {
                    sink.record(self.tie(&item.subject, TieKind::Contact, item.start, &list.name))?;
                }
                None => tally.add(&finding::UNKNOWN_LIST, 0),
            }
        }
        Ok(())
    }

    fn tie<'r>(
        &'r self,
        to: &'r str,
        kind: TieKind,
        start: TieStart,
        label: &'r str,
    ) -> Record<'r> {
        Record::Tie(TieRecord { from: self.owner, to, kind, start, end: TieEnd::Open, label })
    }
}

/// Returns the beginning of a text, at most `max` bytes of whole characters.
pub(super) fn cut(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keeps how many ties there were and the earliest start of each.
    #[derive(Default)]
    struct Told(BTreeMap<String, TieStart>, usize);

    impl RecordSink for Told {
        fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
            let Record::Tie(tie) = record else { return Ok(()) };
            let known = self.0.entry(tie.to.to_owned()).or_insert(tie.start);
            *known = known.merge(tie.start);
            self.1 += 1;
            Ok(())
        }
    }

    #[test]
    fn what_is_kept_is_bounded_and_nothing_is_lost_by_it() {
        let subject = |n: usize| format!("did:plc:{:03}", n % 400);
        let start = |n: usize| {
            let ms = i64::try_from(1_000 - n).unwrap();
            TieStart::Exact(rin_plugin::prelude::Moment::from_unix_ms(ms))
        };
        let tell = |max_kept: usize| {
            let mut ties = Ties::within("did:plc:o", max_kept);
            let (mut told, mut tally, mut most) = (Told::default(), Tally::default(), 0);
            for n in 0..1_000 {
                ties.hold(TieKind::Follow, &subject(n), start(n));
                most = most.max(ties.held.len());
                let full = Some(&mut ties).filter(|ties| ties.is_full());
                full.map_or(Ok(()), |ties| ties.give(&mut told, &mut tally)).unwrap();
            }
            ties.give(&mut told, &mut tally).unwrap();
            (told, most)
        };
        let (whole, parts) = (tell(MAX_KEPT), tell(5_000));
        assert_eq!((whole.0.1, whole.1), (400, 400));
        assert!(parts.1 < 50 && 400 < parts.0.1);
        assert_eq!(whole.0.0, parts.0.0);
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("müde", 2), "m");
        assert_eq!(cut("müde", 3), "mü");
        assert_eq!(cut("müde", 99), "müde");
    }
}
