//! Collections of `ActivityStreams` 2.0 in files: outboxes, followers and followed, as software that is not Mastodon gives
//! them out or as they are saved from a server.
//!
//! The standard leaves much open: entries stand under `orderedItems` or `items`, a file is the whole, a page or the mere
//! cover of it, people are addresses or whole actors, and some software writes a bare list. What is one page of several
//! shows who is in it and nothing about who is not.

use std::{collections::HashSet, io::BufReader};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Fault, Findings, OwnedFinding},
    prelude::{
        AccountFlags, AccountRecord, ReadError, Record, RecordSink, Severity, Stop, TieEnd,
        TieKind, TieKinds, TieRecord, TieStart,
    },
    text::{Item, Items, ItemsError, json_array, json_items},
};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::{
    MAX_ITEM,
    actor::Owner,
    address::Address,
    hash_of, say,
    tables::{Complete, Frame, List},
};

/// What the vocabulary is called in every context.
const VOCABULARY: &str = "activitystreams";

/// Whether a file is called an outbox, or one of several pages of it: `outbox.json`, `outbox-2.json`, `outbox (1).json`.
pub(crate) fn is_outbox(base: &str) -> bool {
    let base = base.to_lowercase();
    let rest = base.strip_prefix("outbox").and_then(|rest| rest.strip_suffix(".json"));
    rest.is_some_and(|rest| {
        let number = rest.replace("page", "");
        number.chars().all(|letter| letter.is_ascii_digit() || " -_()".contains(letter))
    })
}

/// Whether a file begins as something of this vocabulary.
pub(crate) fn is_vocabulary(archive: &Archive<'_>, file: &ArchiveFile) -> bool {
    archive.head(file).is_ok_and(|head| String::from_utf8_lossy(&head).contains(VOCABULARY))
}

/// Returns the list of people that a JSON file is, by its name and by how it begins: other platforms have files of the
/// same names.
pub(crate) fn list_of(archive: &Archive<'_>, file: &ArchiveFile) -> Option<(List, u32)> {
    let stem = file.base().to_lowercase().strip_suffix(".json")?.to_owned();
    let (list, number) = List::of(&format!("{stem}.csv"))
        .filter(|(list, _)| *list == List::Followers)
        .or_else(|| (stem == "following").then_some((List::Following, 0)))?;
    let head = archive.head(file).ok()?;
    let head = String::from_utf8_lossy(&head);
    let mut letters =
        head.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{feff}');
    let is_list = (letters.next(), letters.next()) == (Some('['), Some('"'));
    let is_ours = head.contains(VOCABULARY) || (is_list && head.contains("://"));
    is_ours.then_some((list, number))
}

/// Hands over the entries of a collection, whichever way they stand in the file.
///
/// # Errors
/// [`ItemsError`] after the entries before the fault have been handed over.
pub(crate) fn items(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    mut each: impl FnMut(Item<'_>) -> Result<(), Stop>,
) -> Result<Items, ItemsError> {
    let open = || archive.open_file(file).map_err(fault_of);
    let found = json_items(open()?, "orderedItems", MAX_ITEM, &mut each)?;
    if 0 < found.arrays {
        return Ok(found);
    }
    json_items(open()?, "items", MAX_ITEM, each)
}

/// What a collection says of itself beside its entries.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Cover {
    next: Option<IgnoredAny>,
    first: Option<IgnoredAny>,
    total_items: Option<u64>,
}

/// Whether a file of which `read` was read is one page of a collection, or its cover, so that more of it is elsewhere.
pub(crate) fn is_part(archive: &Archive<'_>, file: &ArchiveFile, read: Items) -> bool {
    let Ok(head) = archive.head(file) else { return false };
    let head = String::from_utf8_lossy(&head);
    // Reading a whole outbox a second time for what only pages have would cost more than the first time.
    (read.arrays == 0 || may_be_page(&head))
        && cover(archive, file).is_some_and(|cover| {
            cover.next.is_some()
                || (read.count == 0 && (cover.first.is_some() || cover.is_more_than(0)))
        })
}

/// Whether a file that begins so may be a page. Entries have pages of their own, their answers, so only what stands before
/// them counts.
fn may_be_page(head: &str) -> bool {
    let cover = ["\"orderedItems\"", "\"items\""]
        .iter()
        .fold(head, |cover, key| cover.split(key).next().unwrap_or_default());
    let has = |word: &str| cover.contains(word);
    has("\"next\"") || has("CollectionPage") || !has("Collection\"")
}

impl Cover {
    fn is_more_than(&self, count: u64) -> bool {
        self.total_items.is_some_and(|total| count < total)
    }
}

fn cover(archive: &Archive<'_>, file: &ArchiveFile) -> Option<Cover> {
    serde_json::from_reader(BufReader::new(archive.open_file(file).ok()?)).ok()
}

/// Reads a list of followers or followed.
///
/// # Errors
/// [`ReadError::Stopped`] when the sink wants no more; a list that cannot be read is a finding.
pub(crate) fn read(
    archive: &Archive<'_>,
    (file, list): (&ArchiveFile, List),
    frame: Frame<'_>,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<Complete, ReadError> {
    let mut people = People {
        list,
        frame,
        file: file.name(),
        sink,
        findings,
        seen: HashSet::new(),
        is_whole: true,
    };
    let is_array = archive.head(file).is_ok_and(|head| head.trim_ascii_start().starts_with(b"["));
    let result = if is_array {
        let reader = archive.open_file(file).map_err(fault_of);
        reader.and_then(|reader| json_array(reader, MAX_ITEM, |item| people.entry(item)))
    } else {
        items(archive, file, |item| people.entry(item))
    };
    let mut is_whole = people.is_whole;
    match result {
        Err(ItemsError::Stopped) => return Err(ReadError::Stopped),
        Err(ItemsError::Fault(fault)) => {
            findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
            return Ok(Complete::default());
        }
        Ok(found) => {
            let is_short = !is_array
                && cover(archive, file).is_none_or(|cover| cover.is_more_than(found.count));
            if is_short || is_part(archive, file, found) {
                is_whole = false;
                findings.add(say::finding("part-of-collection", file.name(), 0));
            }
            is_whole &= 0 < found.arrays && found.too_long == 0;
        }
    }
    let kinds = if is_whole { TieKinds::of(&[TieKind::Follow]) } else { TieKinds::NONE };
    Ok(match list {
        List::Followers => Complete { to_owner: kinds, ..Complete::default() },
        _ => Complete { held: kinds, ..Complete::default() },
    })
}

struct People<'a> {
    list: List,
    frame: Frame<'a>,
    file: &'a str,
    sink: &'a mut dyn RecordSink,
    findings: &'a mut Findings,
    seen: HashSet<u64>,
    is_whole: bool,
}

impl People<'_> {
    fn entry(&mut self, item: Item<'_>) -> Result<(), Stop> {
        let place = item.index + 1;
        match self.judge(item.bytes) {
            Ok(person) => self.tie(&person),
            Err(code) => {
                self.is_whole &= code == "duplicate-row";
                self.findings.add(say::finding(code, self.file, place));
                Ok(())
            }
        }
    }

    /// Returns whom an entry names, or the code of what is wrong with it.
    fn judge(&mut self, bytes: &[u8]) -> Result<Owner, &'static str> {
        let person = person_of(bytes).ok_or("bad-address")?;
        if person.id == self.frame.owner.id {
            return Err("own-row");
        }
        if self.seen.insert(hash_of(&person.id)) { Ok(person) } else { Err("duplicate-row") }
    }

    fn tie(&mut self, person: &Owner) -> Result<(), Stop> {
        let (alias, handle) = match &person.address {
            Some(address) => (address.id(), address.handle()),
            None => Default::default(),
        };
        let alias = if alias == person.id { "" } else { &alias };
        let flags = if person.moved_to.is_some() { AccountFlags::GONE } else { AccountFlags::NONE };
        let facts = person.facts();
        self.sink.record(Record::Account(AccountRecord {
            id: &person.id,
            alias,
            handle: &handle,
            name: &person.name,
            flags: person.flags.with(flags),
            facts: facts.as_str(),
            seen: None,
        }))?;
        let owner = self.frame.owner.id.as_str();
        let is_follower = self.list == List::Followers;
        let (from, to) = if is_follower { (&*person.id, owner) } else { (owner, &*person.id) };
        self.sink.record(Record::Tie(TieRecord {
            from,
            to,
            kind: TieKind::Follow,
            start: TieStart::AtOrBefore(self.frame.until),
            end: TieEnd::Open,
            label: "",
        }))
    }
}

/// Returns whom an entry names: an actor, the address of one, or what people type.
fn person_of(bytes: &[u8]) -> Option<Owner> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let Value::String(text) = value else {
        return Owner::parse(bytes).filter(|owner| owner.id.contains("://"));
    };
    if text.contains("://") {
        return Some(Owner::from_uri(&text));
    }
    Address::parse(&text, None).map(Owner::from_address)
}

/// Takes the fault out of an error about a file.
fn fault_of(error: ReadError) -> ItemsError {
    match error {
        ReadError::Unreadable { code, place, en, de, .. } => {
            ItemsError::Fault(Fault::new(code, en, de).at(place))
        }
        _ => ItemsError::Stopped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_an_outbox_are_known_by_name() {
        for name in ["outbox.json", "Outbox (1).json", "outbox-2.json", "outbox_page3.json"] {
            assert!(is_outbox(name), "{name}");
        }
        for other in ["outbox.csv", "outboxes.json", "my outbox.json", "outbox-old.json"] {
            assert!(!is_outbox(other), "{other}");
        }
    }

    #[test]
    fn a_person_is_an_actor_an_address_or_what_people_type() {
        let id = |text: &str| person_of(text.as_bytes()).map(|person| person.id);
        let actor =
            r#"{"id":"https://p.example/accounts/bo","type":"Person","preferredUsername":"bo"}"#;
        assert_eq!(id(actor).as_deref(), Some("https://p.example/accounts/bo"));
        assert_eq!(
            id(r#""https://a.example/users/x""#).as_deref(),
            Some("https://a.example/users/x")
        );
        assert_eq!(id(r#""@Bo@P.example""#).as_deref(), Some("acct:bo@p.example"));
        for bad in ["7", "null", r#""somebody""#, r#"{"id":7}"#, r#"{"type":"Person"}"#] {
            assert_eq!(id(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_pages_of_the_answers_make_no_page_of_an_outbox() {
        let answers =
            r#"[{"replies":{"first":{"type":"CollectionPage","next":"https://a.example"}}}]}"#;
        let is_page = |cover: &str| may_be_page(&format!("{{{cover},\"orderedItems\":{answers}"));
        assert!(!is_page(r#""type": "OrderedCollection", "totalItems": 2"#));
        assert!(is_page(r#""type": "OrderedCollectionPage""#));
        assert!(is_page(r#""type": "OrderedCollection", "next": "https://a.example/2""#));
        assert!(is_page(r#""id": "a page that says so behind its entries""#));
    }
}
