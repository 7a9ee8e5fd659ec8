//! The contacts of `Connections.csv`: who, since which day, and where they work.
//!
//! Rows that hold a date alone are contacts who hide their profile. Who is missing from a later list may only have
//! hidden, so a list with such rows is not complete.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{AccountFlags, FactKind, Moment, ReadError, Stop, TieEnd, TieKind, TieStart},
    text::Row,
};

use super::{
    desk::{Desk, Place, Tie},
    people::{People, dated, profile},
    sheet::{Sheet, field},
    when,
};

/// What people write who work for nobody else; an organisation of that name would join strangers.
const NO_EMPLOYER: [&str; 10] = [
    "self-employed",
    "self employed",
    "freelance",
    "freelancer",
    "selbstständig",
    "selbständig",
    "freiberuflich",
    "indépendant",
    "autónomo",
    "stealth startup",
];

/// Where the columns stand.
#[derive(Clone, Copy, Debug)]
struct Columns {
    first: Option<usize>,
    last: Option<usize>,
    url: Option<usize>,
    mail: Option<usize>,
    company: Option<usize>,
    role: Option<usize>,
    day: Option<usize>,
}

/// The list of contacts.
#[derive(Debug)]
pub(super) struct Contacts {
    sheet: Sheet,
    columns: Columns,
    is_localised: bool,
}

impl Contacts {
    /// Opens the list, by the names of its columns or, in another language, by their number.
    pub(super) fn open(
        archive: &Archive<'_>,
        file: &ArchiveFile,
        findings: &mut Findings,
    ) -> Option<Self> {
        let mut told = Findings::default();
        if let Some(sheet) = Sheet::open(archive, file, &["first name", "connected on"], &mut told)
        {
            told.iter().for_each(|finding| findings.add(finding.clone()));
            let columns = Columns {
                first: sheet.column(&["first name"]),
                last: sheet.column(&["last name"]),
                url: sheet.column(&["url", "profile url"]),
                mail: sheet.column(&["email address"]),
                company: sheet.column(&["company"]),
                role: sheet.column(&["position"]),
                day: sheet.column(&["connected on"]),
            };
            return Some(Self { sheet, columns, is_localised: false });
        }
        let Some(sheet) = Sheet::by_count(archive, file, &[6, 7], findings) else {
            told.iter().for_each(|finding| findings.add(finding.clone()));
            return None;
        };
        let has_url = sheet.width() == 7;
        let behind = usize::from(has_url);
        let columns = Columns {
            first: Some(0),
            last: Some(1),
            url: has_url.then_some(2),
            mail: Some(2 + behind),
            company: Some(3 + behind),
            role: Some(4 + behind),
            day: Some(5 + behind),
        };
        // A table that only has as many columns is another one.
        let is_list =
            sheet.rows().next().is_some_and(|row| when::when(field(&row, columns.day)).is_some());
        if !is_list {
            told.iter().for_each(|finding| findings.add(finding.clone()));
            return None;
        }
        Some(Self { sheet, columns, is_localised: true })
    }

    fn name(&self, row: &Row) -> String {
        format!("{} {}", field(row, self.columns.first), field(row, self.columns.last))
            .trim()
            .to_owned()
    }

    fn day(&self, row: &Row) -> Option<String> {
        when::when(field(row, self.columns.day)).map(|found| when::iso_day(found.at))
    }

    /// Notes who bears which name.
    pub(super) fn learn(&self, people: &mut People) {
        for row in self.sheet.rows() {
            let (name, profile) = (self.name(&row), profile(field(&row, self.columns.url)));
            if let Some(day) = self.day(&row).filter(|_| !name.is_empty()) {
                people.learn(&name, &profile);
                people.learn_contact(&name, &day);
            }
        }
    }

    /// Reads the list; `false` if something of it is missing. Where people worked stood so at `until`.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn read(&self, until: Moment, desk: &mut Desk<'_>) -> Result<bool, ReadError> {
        let mut is_whole = self.sheet.is_whole;
        for row in self.sheet.rows() {
            let place = Place { file: &self.sheet.file, line: row.line() };
            if self.is_localised {
                desk.note("localised-heading", place);
            }
            let name = self.name(&row);
            let profile = profile(field(&row, self.columns.url));
            if name.is_empty() && profile.is_empty() && self.day(&row).is_some() {
                is_whole = false;
                desk.note("hidden-contact", place);
                continue;
            }
            let Some(at) = desk.when(field(&row, self.columns.day), place) else {
                is_whole = false;
                continue;
            };
            if row.has_nul() {
                is_whole = false;
                desk.note("bad-row", place);
                continue;
            }
            let id = Self::report(&name, &profile, &when::iso_day(at), desk);
            if id == desk.owner.id {
                desk.note("own-row", place);
                continue;
            }
            let owner = desk.owner.id.clone();
            desk.tie(Tie {
                kind: TieKind::Contact,
                from: &owner,
                to: &id,
                start: TieStart::Exact(at),
                end: TieEnd::Open,
                label: "",
            })?;
            let company = field(&row, self.columns.company);
            desk.people.fact(&id, FactKind::Mail, field(&row, self.columns.mail));
            if !NO_EMPLOYER.contains(&&*super::people::fold(company)) {
                desk.people.fact(&id, FactKind::Organisation, company);
                desk.people.fact(&id, FactKind::Role, field(&row, self.columns.role));
            }
            employ(&id, company, until, desk)?;
        }
        Ok(is_whole)
    }

    /// Notes a contact to be reported and returns its id.
    fn report(name: &str, profile: &str, day: &str, desk: &mut Desk<'_>) -> String {
        let id =
            if profile.is_empty() { desk.people.contact(name, day) } else { profile.to_owned() };
        desk.people.report(&id, name, AccountFlags::PERSON);
        // The same name and day in an export without addresses is the same contact. Whom a name alone led to is no such
        // proof: two people may have it.
        if !profile.is_empty() && desk.people.is_only_contact(name, day) {
            desk.people.alias(&id, dated(name, day));
        }
        id
    }
}

/// Reports where somebody works.
fn employ(id: &str, company: &str, until: Moment, desk: &mut Desk<'_>) -> Result<(), Stop> {
    let Some(at) = organisation(company, desk) else { return Ok(()) };
    desk.tie(Tie {
        kind: TieKind::Member,
        from: id,
        to: &at,
        start: TieStart::AtOrBefore(until),
        end: TieEnd::Open,
        label: "",
    })
}

/// Notes an organisation to be reported and returns its id; `None` for no name of one.
pub(super) fn organisation(name: &str, desk: &mut Desk<'_>) -> Option<String> {
    let folded = super::people::fold(name);
    if folded.is_empty() || NO_EMPLOYER.contains(&&*folded) {
        return None;
    }
    let id = format!("organisation:{folded}");
    desk.people.report(&id, name.trim(), AccountFlags::ORGANISATION);
    Some(id)
}
