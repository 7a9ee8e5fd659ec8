//! Messages, in both directions, in every shape since 2018: who wrote to whom and when, and nothing of the text.
//!
//! Recipients are names joined by a comma that names may hold themselves, `Ph.D.`; where profiles stand beside them
//! those are used, and else the names that the rest of the export knows.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    convert::Infallible,
};

use memchr::memmem::Finder;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{InteractionKind, Moment, ReadError},
    text::Row,
};

use super::{
    desk::{Desk, Place, Side},
    owner::Hints,
    people::{People, fold, profile},
    sheet::{Sheet, field},
};

/// Conversations whose people are remembered.
const REMEMBERED: usize = 100_000;

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    conversation: Option<usize>,
    title: Option<usize>,
    content: Option<usize>,
    from: Option<usize>,
    sender: Option<usize>,
    to: Option<usize>,
    recipients: Option<usize>,
    date: Option<usize>,
    folder: Option<usize>,
    direction: Option<usize>,
    drafts: [Option<usize>; 2],
}

/// The table of messages.
#[derive(Debug)]
pub(super) struct Messages {
    sheet: Sheet,
    columns: Columns,
    known: HashMap<String, Conversation>,
    /// Advertising is written with a tool that leaves its name in the text.
    advertising: Finder<'static>,
}

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

impl Messages {
    pub(super) fn open(
        archive: &Archive<'_>,
        file: &ArchiveFile,
        findings: &mut Findings,
    ) -> Option<Self> {
        let sheet = Sheet::open(archive, file, &["from", "to", "date"], findings)?;
        let columns = Columns {
            conversation: sheet.column(&["conversation id"]),
            title: sheet.column(&["conversation title"]),
            content: sheet.column(&["content"]),
            from: sheet.column(&["from"]),
            sender: sheet.column(&["sender profile url"]),
            to: sheet.column(&["to"]),
            recipients: sheet.column(&["recipient profile urls"]),
            date: sheet.column(&["date"]),
            folder: sheet.column(&["folder"]),
            direction: sheet.column(&["direction"]),
            drafts: [sheet.column(&["is message draft"]), sheet.column(&["is conversation draft"])],
        };
        let advertising = Finder::new("spinmail");
        Some(Self { sheet, columns, known: HashMap::new(), advertising })
    }

    /// Notes who bears which name, and what tells the owner.
    pub(super) fn learn(&mut self, people: &mut People, hints: &mut Hints) {
        let Self { sheet, columns, known, .. } = self;
        let Ok(()) = sheet.each_row(|row| -> Result<(), Infallible> {
            let (from, sender) = (field(row, columns.from), profile(field(row, columns.sender)));
            people.learn(from, &sender);
            hints.add_sender(from, &sender);
            let recipients = profiles(field(row, columns.recipients));
            let to = field(row, columns.to);
            if let [one] = recipients.as_slice() {
                people.learn(to, one);
            }
            if field(row, columns.direction).eq_ignore_ascii_case("outgoing") {
                hints.add_invitation(from, &sender);
            }
            let conversation = field(row, columns.conversation);
            if conversation.is_empty() || REMEMBERED <= known.len() {
                return Ok(());
            }
            if !known.contains_key(conversation) {
                known.insert(conversation.to_owned(), Conversation::default());
            }
            let Some(part) = known.get_mut(conversation) else { return Ok(()) };
            let taking_part = recipients.iter().chain([&sender]).filter(|one| !one.is_empty());
            taking_part.for_each(|one| add(&mut part.profiles, one));
            part.learn(from, &sender);
            if let [one] = recipients.as_slice() {
                part.learn(to, one);
            }
            Ok(())
        });
        let in_order: BTreeMap<&String, &Conversation> = known.iter().collect();
        for part in in_order.values() {
            hints.add_conversation(&part.profiles);
        }
    }

    /// Reads the messages; `false` if something of them is missing.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn read(&self, desk: &mut Desk<'_>) -> Result<bool, ReadError> {
        self.sheet.each_row(|row| {
            let place = Place { file: &self.sheet.file, line: row.line() };
            if let Some(code) = self.left_out(row) {
                desk.note(code, place);
                return Ok(());
            }
            let text = field(row, self.columns.date);
            let Some(at) = desk.when(text, place) else { return Ok(()) };
            let conversation = field(row, self.columns.conversation);
            let id = if conversation.is_empty() {
                text.to_owned()
            } else {
                format!("{conversation}/{text}")
            };
            self.message(row, (&id, at), place, desk)
        })?;
        let is_sided = desk.owner.is_known || self.columns.direction.is_some();
        Ok(self.sheet.is_whole && is_sided)
    }

    /// Says why a row is no message between people.
    fn left_out(&self, row: &Row) -> Option<&'static str> {
        let of = |column| field(row, column);
        let is_yes =
            |text: &str| text.eq_ignore_ascii_case("yes") || text.eq_ignore_ascii_case("true");
        let is_draft = self.columns.drafts.iter().any(|column| is_yes(of(*column)))
            || of(self.columns.folder).eq_ignore_ascii_case("draft");
        let marks = [self.columns.conversation, self.columns.title, self.columns.content];
        let is_sponsored =
            marks.iter().any(|mark| self.advertising.find(of(*mark).as_bytes()).is_some())
                || of(self.columns.folder).eq_ignore_ascii_case("sponsored");
        match () {
            () if row.has_nul() || row.len() < 3 => Some("bad-row"),
            () if is_draft => Some("draft"),
            () if is_sponsored => Some("sponsored"),
            () => None,
        }
    }

    fn message(
        &self,
        row: &Row,
        (id, at): (&str, Moment),
        place: Place<'_>,
        desk: &mut Desk<'_>,
    ) -> Result<(), ReadError> {
        let columns = self.columns;
        let (from, sender) = (field(row, columns.from), profile(field(row, columns.sender)));
        let conversation = field(row, columns.conversation);
        let sender =
            if sender.is_empty() { self.within(conversation, from).into() } else { sender };
        let is_own = match field(row, columns.direction).to_lowercase().as_str() {
            "outgoing" => true,
            "incoming" => false,
            _ if !desk.owner.is_known => {
                desk.note("side-unknown", place);
                return Ok(());
            }
            _ => desk.owner.is(from, &sender),
        };
        let owner = desk.owner.id.clone();
        let kind = InteractionKind::Message;
        // What the owner wrote is the owner's, whatever folder the conversation was put into.
        if !is_own && field(row, columns.folder).eq_ignore_ascii_case("spam") {
            desk.note("spam", place);
            return Ok(());
        }
        if !is_own {
            let side = Side { name: from, profile: &sender };
            if let Some(sender) = desk.id_of(side, place) {
                desk.event(id, at, (&sender, &owner), kind)?;
            }
            return Ok(());
        }
        let mut sent = BTreeSet::new();
        let recipients = self.recipients(row, &desk.people);
        let are_several = 1 < recipients.len();
        for (name, profile) in recipients {
            if desk.owner.is(&name, &profile) {
                continue;
            }
            let side = Side { name: &name, profile: &profile };
            if let Some(to) = desk.id_of(side, place)
                && (!are_several || sent.insert(to.clone()))
            {
                desk.event(id, at, (&owner, &to), kind)?;
            }
        }
        Ok(())
    }

    /// Returns the only profile that a name is in a conversation; empty if none or several.
    fn within(&self, conversation: &str, name: &str) -> String {
        let known = self.known.get(conversation).and_then(|known| known.names.get(&*fold(name)));
        let mut all = known.into_iter().flatten().filter(|profile| !profile.is_empty());
        match (all.next(), all.next()) {
            (Some(one), None) => one.clone(),
            _ => String::new(),
        }
    }

    /// Returns the recipients as name and profile, either of which may be empty.
    fn recipients<'r>(&self, row: &'r Row, people: &People) -> Vec<(Cow<'r, str>, Cow<'r, str>)> {
        let to = field(row, self.columns.to);
        let conversation = field(row, self.columns.conversation);
        let profiles = profiles(field(row, self.columns.recipients));
        if profiles.len() == 1 {
            return profiles.into_iter().map(|profile| (to.into(), profile)).collect();
        }
        let names = split_names(to, &|name| people.is_name(name));
        if names.len() == profiles.len() {
            return names.into_iter().map(Cow::from).zip(profiles).collect();
        }
        if profiles.is_empty() {
            let known = |name: String| {
                let profile = self.within(conversation, &name);
                (name.into(), profile.into())
            };
            return names.into_iter().map(known).collect();
        }
        profiles.into_iter().map(|profile| ("".into(), profile)).collect()
    }
}

fn add(profiles: &mut BTreeSet<String>, profile: &str) {
    if !profiles.contains(profile) {
        profiles.insert(profile.to_owned());
    }
}

/// Returns the ids of addresses joined by commas; one that is no profile's stands as an empty text.
fn profiles(addresses: &str) -> Vec<Cow<'_, str>> {
    let all = addresses.split(',').map(str::trim).filter(|address| !address.is_empty());
    all.map(profile).collect()
}

/// Parts names joined by ", ": the longest run of parts that is a known name is one, and what looks like a degree
/// belongs to the name before it.
fn split_names(text: &str, is_name: &dyn Fn(&str) -> bool) -> Vec<String> {
    let parts: Vec<&str> =
        text.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut names: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(rest) = parts.get(at..).filter(|rest| !rest.is_empty()) {
        // No name has more than four degrees.
        let longest = (1..=rest.len().min(5))
            .rev()
            .find(|length| is_name(&rest.get(..*length).unwrap_or_default().join(", ")));
        let length = longest.unwrap_or(1);
        let name = rest.get(..length).unwrap_or_default().join(", ");
        match names.last_mut() {
            Some(last) if longest.is_none() && is_degree(&name) => {
                last.push_str(", ");
                last.push_str(&name);
            }
            _ => names.push(name),
        }
        at += length;
    }
    names
}

/// Whether a part is a degree or the like and no name: Ph.D., MBA, Jr.
fn is_degree(part: &str) -> bool {
    let letters: Vec<char> = part.chars().filter(|letter| letter.is_alphabetic()).collect();
    let is_short = letters.len() <= 5 && !part.contains(' ');
    is_short
        && (part.contains('.')
            || letters.iter().filter(|letter| letter.is_uppercase()).count() != 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_belongs_to_the_name_before_it() {
        let known = |name: &str| ["Ann Bee, Ph.D.", "Cy"].contains(&name);
        let split = |text: &str| split_names(text, &known);
        assert_eq!(split("Ann Bee, Ph.D."), ["Ann Bee, Ph.D."]);
        assert_eq!(split("Ann Bee, Ph.D., Cy, Di Moe"), ["Ann Bee, Ph.D.", "Cy", "Di Moe"]);
        assert_eq!(split("Ed Foe, MBA, PhD, Gil Hay, Jr."), ["Ed Foe, MBA, PhD", "Gil Hay, Jr."]);
        assert_eq!(split("Ina, Jo"), ["Ina", "Jo"]);
        assert_eq!(split(""), [""; 0]);
    }
}
