//! What the entries of an export become: follows, blocks, messages, and counts of what names nobody.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::{
    archive::Findings,
    prelude::{
        AccountRecord, FactKind, InteractionKind, InteractionRecord, Moment, Record, RecordSink,
        Seen, Stop, TieEnd, TieKind, TieRecord, TieStart,
    },
    text::{Facts, Labels},
};
use serde_json_borrow::Value;

use super::{
    say,
    walk::{Found, List},
    when,
};

/// Accounts remembered as reported; beyond it some are reported twice, which changes nothing.
const REMEMBERED: usize = 500_000;
/// The longest name an account can have, with room.
const MAX_NAME: usize = 128;

/// What a reading of one export writes with.
pub(super) struct Desk<'d> {
    pub(super) owner: String,
    pub(super) now: Moment,
    pub(super) until: Moment,
    pub(super) file: String,
    /// Whether follows and blocks are told by a newer export.
    pub(super) is_told: bool,
    pub(super) sink: &'d mut dyn RecordSink,
    pub(super) findings: &'d mut Findings,
    pub(super) seen: Seen,
    /// The lists that were there.
    pub(super) lists: BTreeSet<List>,
    /// Lists of which an entry was left out.
    pub(super) torn: BTreeSet<List>,
    pub(super) met: BTreeSet<String>,
    /// How many messages of one second were read, to tell them apart.
    pub(super) twins: BTreeMap<String, u64>,
}

impl Desk<'_> {
    /// Takes what was found on the walk.
    pub(super) fn take(&mut self, found: &Found<'_>) -> Result<(), Stop> {
        match found {
            Found::Begin(list) => {
                let list = if matches!(list, List::Chat(_)) { &List::Chats } else { *list };
                self.lists.insert(list.clone());
                self.twins.clear();
                Ok(())
            }
            Found::Entry(list, number, entry) => self.entry(list, *number, entry),
        }
    }

    fn entry(&mut self, list: &List, number: u64, entry: &Value<'_>) -> Result<(), Stop> {
        match list {
            List::Followers | List::Following | List::Blocks => self.tie(list, number, entry),
            List::Likes => self.linked(InteractionKind::Reaction, number, entry),
            List::Comments => self.linked(InteractionKind::Comment, number, entry),
            List::Chat(name) => self.message(name, number, entry),
            List::Group => {
                self.note("group-message", number);
                Ok(())
            }
            List::Owner => Ok(()),
            List::Chats => {
                self.note("bad-entry", number);
                Ok(())
            }
        }
    }

    pub(super) fn note(&mut self, code: &'static str, place: u64) {
        self.findings.add(say::finding(code, &self.file, place));
    }

    fn meet(&mut self, id: &str) -> Result<(), Stop> {
        if self.met.contains(id) {
            return Ok(());
        }
        if self.met.len() < REMEMBERED {
            self.met.insert(id.to_owned());
        }
        let facts = page(id);
        let facts = facts.as_str();
        let account = AccountRecord { id, handle: id, facts, ..AccountRecord::default() };
        self.sink.record(Record::Account(account))
    }

    fn tie(&mut self, list: &List, number: u64, entry: &Value<'_>) -> Result<(), Stop> {
        if self.is_told {
            return Ok(());
        }
        let Some(id) = name_of(text(entry, &["UserName", "userName", "Username"])) else {
            self.torn.insert(list.clone());
            self.note("no-name", number);
            return Ok(());
        };
        if id == self.owner {
            self.note("own-row", number);
            return Ok(());
        }
        let written = text(entry, &["Date", "date"]);
        let at = when::judged(written, self.now);
        if at.is_none() {
            self.note("no-day", number);
        }
        self.meet(&id)?;
        let owner = self.owner.as_str();
        let (from, to) =
            if *list == List::Followers { (id.as_str(), owner) } else { (owner, id.as_str()) };
        let kind = if *list == List::Blocks { TieKind::Block } else { TieKind::Follow };
        let start = at.map_or(TieStart::AtOrBefore(self.until), TieStart::Exact);
        let end = TieEnd::Open;
        self.sink.record(Record::Tie(TieRecord { from, to, kind, start, end, label: "" }))
    }

    /// A like or a comment: for somebody only if its address names them.
    fn linked(
        &mut self,
        kind: InteractionKind,
        number: u64,
        entry: &Value<'_>,
    ) -> Result<(), Stop> {
        let link = text(entry, &["VideoLink", "Link", "link", "url", "Url"]);
        let Some(at) = when::judged(text(entry, &["Date", "date"]), self.now) else {
            self.note("no-date", number);
            return Ok(());
        };
        self.seen.add(at);
        let is_like = kind == InteractionKind::Reaction;
        let named = link.split_once("/@").and_then(|(_, rest)| name_of(rest.split('/').next()?));
        let Some(to) = named.filter(|to| *to != self.owner) else {
            let code = if is_like { "likes-without-author" } else { "comments-without-target" };
            self.note(code, number);
            return Ok(());
        };
        let mut labels = Labels::default();
        labels.add_text(text(entry, &["Comment", "comment"]));
        let word = if is_like { "like" } else { "comment" };
        let id = format!("{word}:{link}:{}", at.unix_ms());
        self.event((&id, at), (None, Some(&to)), kind, labels.as_str())
    }

    fn message(&mut self, with: &str, number: u64, entry: &Value<'_>) -> Result<(), Stop> {
        let from = name_of(text(entry, &["From", "from"]));
        let (Some(with), Some(from)) = (name_of(with), from) else {
            self.torn.insert(List::Chats);
            self.note("no-name", number);
            return Ok(());
        };
        let Some(at) = when::judged(text(entry, &["Date", "date"]), self.now) else {
            self.torn.insert(List::Chats);
            self.note("no-date", number);
            return Ok(());
        };
        if with == self.owner {
            self.note("own-row", number);
            return Ok(());
        }
        self.seen.add(at);
        let base = format!("message:{with}:{from}:{}", at.unix_ms());
        let twin = self.twins.entry(base.clone()).or_default();
        *twin += 1;
        let id = if *twin == 1 { base } else { format!("{base}:{twin}") };
        let sides = if from == self.owner {
            (None, Some(with.as_str()))
        } else {
            (Some(with.as_str()), None)
        };
        self.event((&id, at), sides, InteractionKind::Message, "")
    }

    /// Reports something between two, of whom `None` is the owner.
    fn event(
        &mut self,
        (id, at): (&str, Moment),
        (from, to): (Option<&str>, Option<&str>),
        kind: InteractionKind,
        labels: &str,
    ) -> Result<(), Stop> {
        for other in [from, to].into_iter().flatten() {
            self.meet(other)?;
        }
        let (from, to) = (from.unwrap_or(&self.owner), to.unwrap_or(&self.owner));
        let record = InteractionRecord { id, at, from, to, kind, labels };
        self.sink.record(Record::Interaction(record))
    }
}

/// Returns the address that a name is itself, by which cards and profiles elsewhere name its holder.
pub(super) fn page(name: &str) -> Facts {
    let mut facts = Facts::default();
    facts.add(FactKind::Page, &format!("tiktok.com/@{name}"));
    facts
}

/// Returns the text under the first of `keys` that holds one.
pub(super) fn text<'v>(entry: &'v Value<'_>, keys: &[&str]) -> &'v str {
    let fields = entry.as_object().map_or(&[][..], |fields| fields.as_vec());
    // Of a key that is there twice the last one counts.
    let under = |key: &&str| fields.iter().rev().find(|(known, _)| **known == **key)?.1.as_str();
    keys.iter().find_map(under).unwrap_or_default().trim()
}

/// Returns a name as an id: in lower case, without its sign; `None` for what names nobody.
pub(super) fn name_of(name: &str) -> Option<String> {
    let name = name.trim().trim_start_matches('@').to_lowercase();
    let is_none = name.is_empty() || name == "n/a" || MAX_NAME < name.len();
    (!is_none && !name.contains(char::is_control)).then_some(name)
}
