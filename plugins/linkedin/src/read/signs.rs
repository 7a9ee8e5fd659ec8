//! The smaller signs: invitations, endorsements, recommendations, and whom the owner follows.
//!
//! An invitation is a click, in one direction and dated: it counts as a reaction, because it asks for no words.

use std::{borrow::Cow, collections::BTreeMap};

use rin_plugin::{
    archive::{Archive, ArchiveFile},
    prelude::{InteractionKind, Moment, ReadError, TieEnd, TieKind, TieStart},
    text::Row,
};

use super::{
    contacts::organisation,
    desk::{Desk, Place, Side, Tie},
    owner::Hints,
    people::{People, profile},
    sheet::{Sheet, field},
};

/// The invitations, sent and received.
#[derive(Debug)]
pub(super) struct Invitations {
    sheet: Sheet,
}

/// One invitation.
struct Invitation<'r> {
    is_own: bool,
    owner: (&'r str, Cow<'r, str>),
    other: (&'r str, Cow<'r, str>),
}

impl Invitations {
    pub(super) fn new(sheet: Sheet) -> Self {
        Self { sheet }
    }

    fn read_row<'r>(&self, row: &'r Row) -> Option<Invitation<'r>> {
        let of = |names: &[&str]| field(row, self.sheet.column(names));
        let from = (of(&["from"]), profile(of(&["inviterprofileurl"])));
        let to = (of(&["to"]), profile(of(&["inviteeprofileurl"])));
        match of(&["direction"]).to_lowercase().as_str() {
            "outgoing" => Some(Invitation { is_own: true, owner: from, other: to }),
            "incoming" => Some(Invitation { is_own: false, owner: to, other: from }),
            _ => None,
        }
    }

    /// Notes who bears which name, and which side is the owner's.
    pub(super) fn learn(&self, people: &mut People, hints: &mut Hints) {
        for row in self.sheet.rows() {
            if let Some(invitation) = self.read_row(&row) {
                people.learn(invitation.other.0, &invitation.other.1);
                hints.add_invitation(invitation.owner.0, &invitation.owner.1);
            }
        }
    }

    /// Reads the invitations.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn read(&self, desk: &mut Desk<'_>) -> Result<(), ReadError> {
        let sent = self.sheet.column(&["sent at"]);
        for row in self.sheet.rows() {
            let place = Place { file: &self.sheet.file, line: row.line() };
            let Some(invitation) = self.read_row(&row) else {
                desk.note("bad-row", place);
                continue;
            };
            let text = field(&row, sent);
            let Some(at) = desk.when(text, place) else { continue };
            let side = Side { name: invitation.other.0, profile: &invitation.other.1 };
            let Some(other) = desk.id_of(side, place) else { continue };
            let owner = desk.owner.id.clone();
            let sides = if invitation.is_own { (&*owner, &*other) } else { (&*other, &*owner) };
            desk.event(&format!("invitation/{text}"), at, sides, InteractionKind::Reaction)?;
        }
        Ok(())
    }
}

/// A table of people who vouch for the owner, or for whom the owner vouches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Vouching {
    /// Whether the owner vouches.
    pub(super) is_own: bool,
    /// What the tie is labelled.
    pub(super) label: &'static str,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) url: &'static str,
    pub(super) date: &'static str,
}

/// Returns how the table of that file is laid out; `None` if it is another.
pub(super) fn vouching(base: &str) -> Option<Vouching> {
    let given = Vouching {
        is_own: true,
        label: "endorsement",
        first: "endorsee first name",
        last: "endorsee last name",
        url: "endorsee public url",
        date: "endorsement date",
    };
    let received = Vouching {
        is_own: false,
        first: "endorser first name",
        last: "endorser last name",
        url: "endorser public url",
        ..given
    };
    let recommended = Vouching {
        label: "recommendation",
        first: "first name",
        last: "last name",
        url: "url",
        date: "creation date",
        ..given
    };
    let base = base.to_lowercase().replace(' ', "_");
    Some(match base.strip_suffix(".csv")? {
        "endorsement_given_info" | "endorsements_given_info" => given,
        "endorsement_received_info" | "endorsements_received_info" => received,
        "recommendations_given" => recommended,
        "recommendations_received" => Vouching { is_own: false, ..recommended },
        _ => return None,
    })
}

/// Notes who bears which name in such a table.
pub(super) fn learn(sheet: &Sheet, table: Vouching, people: &mut People) {
    for row in sheet.rows() {
        let name = name_of(sheet, table, &row);
        people.learn(&name, &profile(field(&row, sheet.column(&[table.url]))));
    }
}

fn name_of(sheet: &Sheet, table: Vouching, row: &Row) -> String {
    let of = |name| field(row, sheet.column(&[name]));
    format!("{} {}", of(table.first), of(table.last)).trim().to_owned()
}

/// Reads such a table: one tie for each person, since the first time.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn vouch(sheet: &Sheet, table: Vouching, desk: &mut Desk<'_>) -> Result<(), ReadError> {
    let mut since: BTreeMap<String, Moment> = BTreeMap::new();
    for row in sheet.rows() {
        let place = Place { file: &sheet.file, line: row.line() };
        let name = name_of(sheet, table, &row);
        let profile = profile(field(&row, sheet.column(&[table.url])));
        let Some(at) = desk.when(field(&row, sheet.column(&[table.date])), place) else { continue };
        let Some(id) = desk.id_of(Side { name: &name, profile: &profile }, place) else { continue };
        let first = since.entry(id).or_insert(at);
        *first = at.min(*first);
    }
    let owner = desk.owner.id.clone();
    for (id, at) in since {
        let (from, to) = if table.is_own { (&owner, &id) } else { (&id, &owner) };
        let (start, end) = (TieStart::Exact(at), TieEnd::Open);
        desk.tie(Tie { kind: TieKind::Endorser, from, to, start, end, label: table.label })?;
    }
    Ok(())
}

/// Reads whom the owner follows: organisations (`Company Follows.csv`) or members (`Member_Follows.csv`).
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn follow(sheet: &Sheet, desk: &mut Desk<'_>) -> Result<bool, ReadError> {
    let organisations = sheet.column(&["organization", "organisation"]);
    let date = sheet.column(&["followed on", "date"]);
    let (status, name) = (sheet.column(&["status"]), sheet.column(&["fullname", "full name"]));
    let mut is_whole = sheet.is_whole;
    for row in sheet.rows() {
        let place = Place { file: &sheet.file, line: row.line() };
        let id = match organisations {
            Some(column) => organisation(row.get(column), desk),
            None => desk.id_of(Side { name: field(&row, name), profile: "" }, place),
        };
        let (Some(id), Some(at)) = (id, desk.when(field(&row, date), place)) else {
            is_whole = false;
            continue;
        };
        let has_ended = field(&row, status).to_lowercase().starts_with("unfollow");
        let (start, end) = if has_ended {
            (TieStart::Unknown, TieEnd::Exact(at))
        } else {
            (TieStart::Exact(at), TieEnd::Open)
        };
        let owner = desk.owner.id.clone();
        desk.tie(Tie { kind: TieKind::Follow, from: &owner, to: &id, start, end, label: "" })?;
    }
    Ok(is_whole)
}

/// Returns how many entries a table of comments has: each begins with its date and an address.
///
/// Counted by line, because one export escapes quotation marks with a backslash and doubles them as well, and no
/// parser of tables takes both.
pub(super) fn count_comments(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    desk: &mut Desk<'_>,
) -> u64 {
    let Some(text) = super::sheet::text_of(archive, file, desk.findings) else { return 0 };
    text.lines().filter(|line| begins_comment(line)).count() as u64
}

/// Whether a line begins with a date like `2024-07-07 08:46:24` and an address, quoted or not.
fn begins_comment(line: &str) -> bool {
    let line = line.trim_start_matches('"');
    let Some((date, rest)) = line.split_at_checked(19) else { return false };
    let shape = date.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let rest = rest.trim_start_matches('"').trim_start_matches(',').trim_start_matches('"');
    shape.eq(*b"0000-00-00 00:00:00") && rest.starts_with("http")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_begins_with_a_date_and_an_address() {
        assert!(begins_comment("2024-07-07 08:46:24,https://www.linkedin.com/x,\"a"));
        assert!(begins_comment("\"2024-07-07 08:46:24\",\"https://www.linkedin.com/x\",\"a\""));
        for other in [
            "zweite Zeile\"",
            "2024-07-07 08:46:24",
            "2024-07-07 08:46:24,no",
            "Date,Link,Message",
            "",
        ] {
            assert!(!begins_comment(other), "{other}");
        }
    }
}
