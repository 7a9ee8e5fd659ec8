//! The tables of one export, opened before any is read: names are gathered from all of them first.

use rin_plugin::archive::{Archive, ArchiveFile, Findings};

use super::{
    contacts::Contacts,
    export::{Export, Kind},
    messages::Messages,
    owner::Hints,
    people::People,
    sheet::{Sheet, field},
    signs::{self, Invitations, Vouching},
};

/// The tables of an export that are opened before any is read.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) name: String,
    pub(super) contacts: Vec<Contacts>,
    pub(super) messages: Vec<Messages>,
    pub(super) invitations: Vec<Invitations>,
    pub(super) vouching: Vec<(Sheet, Vouching)>,
    pub(super) follows: Vec<(Kind, Sheet)>,
}

impl Tables {
    pub(super) fn open(
        archive: &Archive<'_>,
        export: &Export<'_>,
        findings: &mut Findings,
    ) -> Self {
        let mut tables = Self::default();
        for (kind, file) in &export.files {
            match kind {
                Kind::Profile => tables.profile(archive, file, findings),
                Kind::Connections => {
                    tables.contacts.extend(Contacts::open(archive, file, findings));
                }
                Kind::Messages => tables.messages.extend(Messages::open(archive, file, findings)),
                Kind::Invitations => {
                    let wanted = ["from", "to", "sent at", "direction"];
                    let sheet = Sheet::open(archive, file, &wanted, findings);
                    tables.invitations.extend(sheet.map(Invitations::new));
                }
                Kind::Vouching => tables.vouching.extend(vouching(archive, file, findings)),
                Kind::CompanyFollows | Kind::MemberFollows => {
                    let sheet = Sheet::open(archive, file, kind.words(), findings);
                    tables.follows.extend(sheet.map(|sheet| (*kind, sheet)));
                }
                Kind::Reactions | Kind::Comments | Kind::Shares => {}
            }
        }
        tables
    }

    fn profile(&mut self, archive: &Archive<'_>, file: &ArchiveFile, findings: &mut Findings) {
        let wanted = ["first name", "last name"];
        let Some(sheet) = Sheet::open(archive, file, &wanted, findings) else { return };
        let [first, last] = wanted.map(|name| sheet.column(&[name]));
        if let Some(row) = sheet.rows().next() {
            let name = format!("{} {}", field(&row, first), field(&row, last));
            name.trim().clone_into(&mut self.name);
        }
    }

    /// Gathers who bears which name, and what tells the owner.
    pub(super) fn learn(&mut self) -> (People, Hints) {
        let mut people = People::default();
        let mut hints = Hints::new(&self.name);
        for table in &self.contacts {
            table.learn(&mut people);
        }
        for table in &self.invitations {
            table.learn(&mut people, &mut hints);
        }
        for (sheet, table) in &self.vouching {
            signs::learn(sheet, *table, &mut people);
        }
        for table in &mut self.messages {
            table.learn(&mut people, &mut hints);
        }
        (people, hints)
    }
}

/// Opens a table of people who vouch for somebody.
pub(super) fn vouching(
    archive: &Archive<'_>,
    file: &ArchiveFile,
    findings: &mut Findings,
) -> Option<(Sheet, Vouching)> {
    let layout = signs::vouching(file.base())?;
    let wanted = [layout.first, layout.last, layout.date];
    Some((Sheet::open(archive, file, &wanted, findings)?, layout))
}
