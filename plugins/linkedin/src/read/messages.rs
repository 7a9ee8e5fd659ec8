//! Messages, in both directions, in every shape since 2018: who wrote to whom and when, and nothing of the text.
//!
//! Recipients are names joined by a comma that names may hold themselves, `Ph.D.`; where profiles stand beside them
//! those are used, and else the names that the rest of the export knows.

mod conversations;
mod heads;
mod meanings;
mod names;

use std::{borrow::Cow, collections::BTreeSet, convert::Infallible};

use memchr::memmem::Finder;
use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{InteractionKind, ReadError},
    text::Row,
};

use self::{
    conversations::Conversations,
    heads::{Head, Heads},
    meanings::{Meaning, Meanings},
    names::{profiles, split_names},
};
use super::{
    desk::{Desk, Place, Side},
    owner::Hints,
    people::{People, profile},
    sheet::{Sheet, field},
};

/// Where the columns stand that do not say who wrote to whom.
#[derive(Clone, Copy, Debug)]
struct Columns {
    title: Option<usize>,
    content: Option<usize>,
    date: Option<usize>,
    drafts: [Option<usize>; 2],
}

/// The table of messages.
#[derive(Debug)]
pub(super) struct Messages {
    sheet: Sheet,
    columns: Columns,
    who: heads::Columns,
    conversations: Conversations,
    heads: Heads,
    rows: Vec<Kept>,
    /// The dates of all rows, end to end.
    dates: String,
}

/// What is kept of a row until everybody's name is known.
#[derive(Debug)]
struct Kept {
    head: usize,
    line: u64,
    /// Why it is no message between people.
    code: Option<&'static str>,
    /// Where its date ends.
    date: usize,
}

impl Messages {
    pub(super) fn open(
        archive: &Archive<'_>,
        file: &ArchiveFile,
        findings: &mut Findings,
    ) -> Option<Self> {
        let sheet = Sheet::open(archive, file, &["from", "to", "date"], findings)?;
        let columns = Columns {
            title: sheet.column(&["conversation title"]),
            content: sheet.column(&["content"]),
            date: sheet.column(&["date"]),
            drafts: [sheet.column(&["is message draft"]), sheet.column(&["is conversation draft"])],
        };
        let who = heads::Columns {
            conversation: sheet.column(&["conversation id"]),
            from: sheet.column(&["from"]),
            sender: sheet.column(&["sender profile url"]),
            to: sheet.column(&["to"]),
            recipients: sheet.column(&["recipient profile urls"]),
            direction: sheet.column(&["direction"]),
            folder: sheet.column(&["folder"]),
        };
        Some(Self {
            sheet,
            columns,
            who,
            conversations: Conversations::default(),
            heads: Heads::default(),
            rows: Vec::new(),
            dates: String::new(),
        })
    }

    /// Notes who bears which name, and what tells the owner, and keeps what the rows say beside.
    pub(super) fn learn(&mut self, people: &mut People, hints: &mut Hints) {
        // Advertising is written with a tool that leaves its name in the text.
        let advertising = Finder::new("spinmail");
        let Self { sheet, columns, who, conversations, heads, rows, dates } = self;
        let Ok(()) = sheet.each_row(|row| -> Result<(), Infallible> {
            let head = Head::of(row, *who);
            let (number, is_new) = heads.add(&head);
            if is_new {
                conversations.learn(&head, people, hints);
            }
            dates.push_str(field(row, columns.date));
            let code = left_out(row, &head, *columns, &advertising);
            rows.push(Kept { head: number, line: row.line(), code, date: dates.len() });
            Ok(())
        });
        conversations.tell(hints);
        sheet.forget();
    }

    /// Reads the messages; `false` if something of them is missing.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn read(&self, desk: &mut Desk<'_>) -> Result<bool, ReadError> {
        let mut meanings = Meanings::default();
        let (mut id, mut start) = (String::new(), 0);
        for row in &self.rows {
            let text = self.dates.get(start..row.date).unwrap_or_default();
            start = row.date;
            let place = Place { file: &self.sheet.file, line: row.line };
            if let Some(code) = row.code {
                desk.note(code, place);
                continue;
            }
            let Some(at) = desk.when(text, place) else { continue };
            let head = self.heads.get(row.head);
            if !meanings.has(row.head) {
                meanings.add(row.head, &self.meaning(&head, desk));
            }
            id.clear();
            if !head.conversation.is_empty() {
                id.extend([head.conversation, "/"]);
            }
            id.push_str(text);
            for code in meanings.codes(row.head) {
                desk.note(code, place);
            }
            for ends in meanings.events(row.head) {
                desk.event(&id, at, ends, InteractionKind::Message)?;
            }
        }
        let is_sided = desk.owner.is_known || self.who.direction.is_some();
        Ok(self.sheet.is_whole && is_sided)
    }

    /// Works out whom a head names, and notes them to be reported.
    fn meaning(&self, head: &Head<'_>, desk: &mut Desk<'_>) -> Meaning {
        let mut meaning = Meaning::default();
        let sender = match profile(head.sender) {
            none if none.is_empty() => {
                self.conversations.within(head.conversation, head.from).into()
            }
            sender => sender,
        };
        let is_own = match head.direction.to_lowercase().as_str() {
            "outgoing" => true,
            "incoming" => false,
            _ if !desk.owner.is_known => {
                meaning.codes.push("side-unknown");
                return meaning;
            }
            _ => desk.owner.is(head.from, &sender),
        };
        let owner = desk.owner.id.clone();
        // What the owner wrote is the owner's, whatever folder the conversation was put into.
        if !is_own && head.folder.eq_ignore_ascii_case("spam") {
            meaning.codes.push("spam");
            return meaning;
        }
        if !is_own {
            let side = Side { name: head.from, profile: &sender };
            if let Some(sender) = desk.id_with(side, &mut meaning.codes) {
                meaning.events.push((sender, owner));
            }
            return meaning;
        }
        let mut sent = BTreeSet::new();
        for (name, profile) in self.recipients(head, &desk.people) {
            if desk.owner.is(&name, &profile) {
                continue;
            }
            let side = Side { name: &name, profile: &profile };
            if let Some(to) = desk.id_with(side, &mut meaning.codes)
                && sent.insert(to.clone())
            {
                meaning.events.push((owner.clone(), to));
            }
        }
        meaning
    }

    /// Returns the recipients as name and profile, either of which may be empty.
    fn recipients<'r>(
        &self,
        head: &Head<'r>,
        people: &People,
    ) -> Vec<(Cow<'r, str>, Cow<'r, str>)> {
        let Head { to, conversation, recipients, .. } = *head;
        let profiles = profiles(recipients);
        if profiles.len() == 1 {
            return profiles.into_iter().map(|profile| (to.into(), profile)).collect();
        }
        let names = split_names(to, &|name| people.is_name(name));
        if names.len() == profiles.len() {
            return names.into_iter().map(Cow::from).zip(profiles).collect();
        }
        if profiles.is_empty() {
            let known = |name: String| {
                let profile = self.conversations.within(conversation, &name);
                (name.into(), profile.into())
            };
            return names.into_iter().map(known).collect();
        }
        profiles.into_iter().map(|profile| ("".into(), profile)).collect()
    }
}

/// Says why a row is no message between people.
fn left_out(
    row: &Row,
    head: &Head<'_>,
    columns: Columns,
    advertising: &Finder<'_>,
) -> Option<&'static str> {
    let is_yes = |text: &str| text.eq_ignore_ascii_case("yes") || text.eq_ignore_ascii_case("true");
    let is_draft = columns.drafts.iter().any(|column| is_yes(field(row, *column)))
        || head.folder.eq_ignore_ascii_case("draft");
    let marks = [head.conversation, field(row, columns.title), field(row, columns.content)];
    let is_sponsored = marks.iter().any(|mark| advertising.find(mark.as_bytes()).is_some())
        || head.folder.eq_ignore_ascii_case("sponsored");
    match () {
        () if row.has_nul() || row.len() < 3 => Some("bad-row"),
        () if is_draft => Some("draft"),
        () if is_sponsored => Some("sponsored"),
        () => None,
    }
}
