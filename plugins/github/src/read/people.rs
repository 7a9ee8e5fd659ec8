//! Who takes part: users, programs, organisations and who belongs to them.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, OwnedFinding},
    prelude::{
        AccountFlags, AccountRecord, FactKind, InteractionKind, InteractionRecord, Moment,
        ReadError, Record, RecordSink, Seen, Severity, Stop, TieEnd, TieKind, TieRecord, TieStart,
    },
    text::{Facts, Items, ItemsError, Words},
};
use serde_json_borrow::Value;

use super::{
    item::{self, account, field, id_of, is_bot, text},
    kind::{Export, Kind},
    learn::{Learned, address},
    say,
};

/// Accounts remembered as reported; beyond it some are reported twice, which changes nothing.
const REMEMBERED: usize = 500_000;

/// What a reading of one archive writes with.
pub(super) struct Desk<'d> {
    pub(super) owner: String,
    pub(super) learned: Learned,
    pub(super) now: Moment,
    pub(super) made: Option<Moment>,
    pub(super) sink: &'d mut dyn RecordSink,
    pub(super) findings: &'d mut Findings,
    pub(super) seen: Seen,
    pub(super) told: Words,
}

impl Desk<'_> {
    /// Counts a finding about a place in a file.
    pub(super) fn note(&mut self, code: &'static str, file: &ArchiveFile, place: u64) {
        self.findings.add(say::finding(code, file.name(), place));
    }

    /// Reports an account, the owner's as such.
    pub(super) fn person(&mut self, id: &str, name: &str, flags: AccountFlags) -> Result<(), Stop> {
        self.profile(id, name, flags, Facts::default())
    }

    /// Reports an account with what its profile says.
    fn profile(
        &mut self,
        id: &str,
        name: &str,
        flags: AccountFlags,
        mut facts: Facts,
    ) -> Result<(), Stop> {
        facts.add(FactKind::Page, &page(id));
        if self.told.len() < REMEMBERED {
            self.told.add(id);
        }
        let owner = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        let own = if id == self.owner { owner } else { AccountFlags::NONE };
        let bot = if is_bot(id) { AccountFlags::BOT } else { AccountFlags::NONE };
        self.sink.record(Record::Account(AccountRecord {
            id,
            alias: "",
            handle: id,
            name,
            flags: flags.with(own).with(bot),
            seen: self.made,
            facts: facts.as_str(),
        }))
    }

    /// Reports an account that no list of users holds.
    pub(super) fn meet(&mut self, id: &str) -> Result<(), Stop> {
        if self.told.find(id).is_some() {
            return Ok(());
        }
        let is_organization = self.learned.is_organization(id);
        let flags = if is_organization { AccountFlags::ORGANISATION } else { AccountFlags::NONE };
        self.person(id, "", flags)
    }

    pub(super) fn event(&mut self, record: InteractionRecord<'_>) -> Result<(), Stop> {
        self.meet(record.from)?;
        self.meet(record.to)?;
        self.seen.add(record.at);
        self.sink.record(Record::Interaction(record))
    }

    fn member(&mut self, id: &str, organization: &str, label: &str) -> Result<(), Stop> {
        self.meet(id)?;
        self.meet(organization)?;
        let until = self.made.or(self.seen.until).unwrap_or(self.now);
        self.sink.record(Record::Tie(TieRecord {
            from: id,
            to: organization,
            kind: TieKind::Member,
            start: TieStart::AtOrBefore(until.min(self.now)),
            end: TieEnd::Open,
            label,
        }))
    }

    /// Takes what became of a file; `false` if something of it is missing.
    ///
    /// # Errors
    /// [`ReadError::Stopped`] when the taker wants no more.
    pub(super) fn close(
        &mut self,
        file: &ArchiveFile,
        read: Result<Items, ItemsError>,
    ) -> Result<bool, ReadError> {
        match read {
            Ok(items) => {
                if 0 < items.too_long {
                    let finding = say::finding("too-long-item", file.name(), items.first_too_long);
                    self.findings.add(OwnedFinding { count: items.too_long, ..finding });
                }
                Ok(items.too_long == 0)
            }
            Err(ItemsError::Stopped) => Err(ReadError::Stopped),
            Err(ItemsError::Fault(fault)) => {
                self.findings.add(OwnedFinding::new(Severity::Error, file.name(), fault));
                Ok(false)
            }
        }
    }
}

/// Reports users, programs and organisations, and the owner in any case.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn accounts(
    archive: &Archive<'_>,
    export: &Export<'_>,
    desk: &mut Desk<'_>,
) -> Result<(), ReadError> {
    for kind in [Kind::Organizations, Kind::Users, Kind::Bots] {
        for file in export.of(kind) {
            let read = item::each(archive, file, |item, value| {
                one_account(kind, &value.unwrap_or_default(), (file, item.place), desk)
            });
            desk.close(file, read)?;
        }
    }
    let owner = desk.owner.clone();
    desk.meet(&owner)?;
    Ok(())
}

/// Returns the page of an account: of one on another server it stands behind the name.
fn page(id: &str) -> String {
    match id.split_once('@') {
        Some((login, server)) => format!("{server}/{login}"),
        None => format!("github.com/{id}"),
    }
}

/// Returns what a profile says of who stands behind it.
fn facts(value: &Value<'_>) -> Facts {
    let mut facts = Facts::default();
    facts.add(FactKind::Link, text(value, &["website"]));
    facts.add(FactKind::Link, text(value, &["blog"]));
    let twitter = text(value, &["twitter_username"]);
    if !twitter.is_empty() {
        facts.add(FactKind::Link, &format!("x.com/{twitter}"));
    }
    facts.add(FactKind::Mail, text(value, &["email"]));
    for mail in field(value, "emails").and_then(|all| all.as_array()).into_iter().flatten() {
        facts.add(FactKind::Mail, mail.as_str().unwrap_or_else(|| text(mail, &["address"])));
    }
    facts.add(FactKind::Organisation, text(value, &["company"]).trim_start_matches('@'));
    facts.add(FactKind::Place, text(value, &["location"]));
    facts
}

fn one_account(
    kind: Kind,
    value: &Value<'_>,
    (file, place): (&ArchiveFile, u64),
    desk: &mut Desk<'_>,
) -> Result<(), Stop> {
    match id_of(address(value)) {
        Some(id) if id == item::GHOST => desk.note("gone", file, place),
        Some(id) => {
            let is_program = text(value, &["type"]) == "bot" || is_bot(&id);
            let flags = match kind {
                Kind::Organizations => AccountFlags::ORGANISATION,
                Kind::Users if !is_program => AccountFlags::PERSON,
                _ => AccountFlags::BOT,
            };
            desk.profile(&id, text(value, &["name"]), flags, facts(value))?;
        }
        None => desk.note("bad-item", file, place),
    }
    Ok(())
}

/// Reports who belongs to organisations and their teams; `false` if something of the lists is missing.
///
/// # Errors
/// [`ReadError::Stopped`] when the taker wants no more.
pub(super) fn members(
    archive: &Archive<'_>,
    export: &Export<'_>,
    desk: &mut Desk<'_>,
) -> Result<bool, ReadError> {
    let mut is_whole = true;
    for kind in [Kind::Organizations, Kind::Teams] {
        for file in export.of(kind) {
            let read = item::each(archive, file, |item, value| {
                let value = value.unwrap_or_default();
                is_whole &= belong(kind, &value, (file, item.place), desk)?;
                Ok(())
            });
            is_whole &= desk.close(file, read)?;
        }
    }
    Ok(is_whole)
}

/// Reports the members of an organisation or a team; `false` if the record is none.
fn belong(
    kind: Kind,
    value: &Value<'_>,
    (file, place): (&ArchiveFile, u64),
    desk: &mut Desk<'_>,
) -> Result<bool, Stop> {
    let (organization, label) = match kind {
        Kind::Teams => (account(value, "organization"), text(value, &["name"])),
        _ => (id_of(address(value)), ""),
    };
    let Some(organization) = organization else {
        desk.note("bad-item", file, place);
        return Ok(false);
    };
    for member in field(value, "members").and_then(|all| all.as_array()).into_iter().flatten() {
        let state = text(member, &["state"]);
        // An invitation that nobody took is no membership.
        let is_member = state.is_empty() || state == "active";
        let id = account(member, "user").filter(|id| is_member && *id != organization);
        if let Some(id) = id {
            desk.member(&id, &organization, label)?;
        }
    }
    Ok(true)
}

/// The kinds of interaction an archive holds.
pub(super) const KINDS: [InteractionKind; 4] = [
    InteractionKind::Comment,
    InteractionKind::Reply,
    InteractionKind::Mention,
    InteractionKind::Reaction,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_tells_its_addresses_employer_and_town() {
        let value = serde_json::json!({
            "website": "https://ann.example", "company": "@lichtwerk", "location": "Bonn",
            "twitter_username": "annb", "email": null, "emails": [{ "address": "Ann@a.example", "primary": true }],
        });
        let expected = "link ann.example\nlink x.com/annb\nmail ann@a.example\norganisation lichtwerk\nplace Bonn";
        assert_eq!(facts(&Value::from(&value)).as_str(), expected);
        assert_eq!(page("ann"), "github.com/ann");
        assert_eq!(page("ann@code.example"), "code.example/ann");
    }
}
