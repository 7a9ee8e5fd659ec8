//! Who is who: profiles by their address, and names where an export gives nothing else.
//!
//! An address tells a person; a name does only if one person in the export has it. So names are gathered first, from
//! every file, and a name that two people have leads to neither of them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, FactKind, Record, RecordSink, Stop},
    text::Facts,
};

/// Names and accounts kept; no account has that many contacts (LinkedIn lets in 30,000).
const REMEMBERED: usize = 200_000;
/// What an account that was deleted is called.
pub(super) const GONE: &str = "linkedin member";

/// Everybody an export names.
#[derive(Debug, Default)]
pub(super) struct People {
    names: HashMap<String, Bearers>,
    accounts: HashMap<String, Account>,
}

/// Who bears a name.
#[derive(Debug, Default)]
struct Bearers {
    /// Profiles of that name.
    profiles: BTreeSet<String>,
    /// Contacts of that name, by their day, and how many rows say so.
    contacts: BTreeMap<String, u32>,
}

#[derive(Debug, Default)]
struct Account {
    name: String,
    aliases: BTreeSet<String>,
    flags: AccountFlags,
    facts: BTreeSet<(FactKind, String)>,
}

/// Whom a name leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub(super) id: String,
    /// Whether several people have the name.
    pub(super) is_shared: bool,
}

impl People {
    /// Notes that a profile bears a name.
    pub(super) fn learn(&mut self, name: &str, profile: &str) {
        let folded = fold(name);
        if folded.is_empty() || profile.is_empty() || folded == GONE {
            return;
        }
        if let Some(bearers) = self.bearers(&folded)
            && !bearers.profiles.contains(profile)
        {
            bearers.profiles.insert(profile.to_owned());
        }
    }

    /// Notes that a contact of that day bears a name.
    pub(super) fn learn_contact(&mut self, name: &str, day: &str) {
        if let Some(bearers) = self.bearers(&fold(name)) {
            *bearers.contacts.entry(day.to_owned()).or_default() += 1;
        }
    }

    fn bearers(&mut self, folded: &str) -> Option<&mut Bearers> {
        if !self.names.contains_key(folded) {
            if REMEMBERED <= self.names.len() {
                return None;
            }
            self.names.insert(folded.to_owned(), Bearers::default());
        }
        self.names.get_mut(folded)
    }

    /// Whether somebody is called so.
    pub(super) fn is_name(&self, name: &str) -> bool {
        self.names.contains_key(&*fold(name))
    }

    /// Returns whom a name alone leads to.
    pub(super) fn find(&self, name: &str) -> Found {
        let folded = fold(name);
        let alone = || format!("name:{folded}");
        let Some(bearers) = self.names.get(&*folded) else {
            return Found { id: alone(), is_shared: false };
        };
        let rows: u32 = bearers.contacts.values().sum();
        let profiles: Vec<&String> = bearers.profiles.iter().take(2).collect();
        match (profiles.as_slice(), rows) {
            ([profile], 0 | 1) => Found { id: (*profile).clone(), is_shared: false },
            ([], 1) => {
                let day = bearers.contacts.keys().next().map_or("", String::as_str);
                Found { id: dated(name, day), is_shared: false }
            }
            ([], 0) => Found { id: alone(), is_shared: false },
            _ => Found { id: alone(), is_shared: true },
        }
    }

    /// Returns the id of a contact without a profile's address.
    pub(super) fn contact(&self, name: &str, day: &str) -> String {
        let found = self.find(name);
        let is_profile = !found.is_shared && !found.id.starts_with("name:");
        if is_profile { found.id } else { dated(name, day) }
    }

    /// Whether only one contact of that name was made that day.
    pub(super) fn is_only_contact(&self, name: &str, day: &str) -> bool {
        let bearers = self.names.get(&*fold(name));
        bearers.and_then(|bearers| bearers.contacts.get(day)).is_some_and(|rows| *rows == 1)
    }

    /// Notes an account to be reported, with what is known of it.
    pub(super) fn report(&mut self, id: &str, name: &str, flags: AccountFlags) {
        if !self.accounts.contains_key(id) {
            if REMEMBERED <= self.accounts.len() {
                return;
            }
            self.accounts.insert(id.to_owned(), Account::default());
        }
        let Some(account) = self.accounts.get_mut(id) else { return };
        // Of two spellings the same one stands, whichever comes first.
        if account.name.as_str() < name && fold(name) != GONE {
            name.clone_into(&mut account.name);
        }
        account.flags = account.flags.with(flags);
    }

    /// Notes what a list says of who stands behind an account.
    pub(super) fn fact(&mut self, id: &str, kind: FactKind, text: &str) {
        if let Some(account) = self.accounts.get_mut(id)
            && !text.trim().is_empty()
        {
            account.facts.insert((kind, text.trim().to_owned()));
        }
    }

    /// Notes another id of an account.
    pub(super) fn alias(&mut self, id: &str, alias: String) {
        if let Some(account) = self.accounts.get_mut(id)
            && alias != id
        {
            account.aliases.insert(alias);
        }
    }

    /// Hands everybody over.
    pub(super) fn send(&self, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        let in_order: BTreeMap<&str, &Account> =
            self.accounts.iter().map(|(id, account)| (id.as_str(), account)).collect();
        for (id, account) in in_order {
            let handle = if id.contains([':', '/']) { "" } else { id };
            let facts = account.facts(handle);
            let record = AccountRecord {
                id,
                facts: facts.as_str(),
                handle,
                name: &account.name,
                flags: account.flags,
                ..AccountRecord::default()
            };
            let mut aliases = account.aliases.iter();
            let first = aliases.next().map_or("", String::as_str);
            sink.record(Record::Account(AccountRecord { alias: first, ..record }))?;
            aliases.try_for_each(|alias| {
                sink.record(Record::Account(AccountRecord { alias, facts: "", ..record }))
            })?;
        }
        Ok(())
    }
}

impl Account {
    /// Returns what is known of who stands behind it.
    fn facts(&self, handle: &str) -> Facts {
        let mut facts = Facts::default();
        if !handle.is_empty() {
            facts.add(FactKind::Page, &format!("linkedin.com/in/{handle}"));
        }
        self.facts.iter().for_each(|(kind, text)| facts.add(*kind, text));
        facts
    }
}

/// Returns the id of a contact by name and day.
pub(super) fn dated(name: &str, day: &str) -> String {
    format!("name:{}#{day}", fold(name))
}

/// Returns a name as it is compared: in lower case, with single spaces.
pub(super) fn fold(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    let has_single_spaces = !name.starts_with(' ') && !name.ends_with(' ') && !name.contains("  ");
    if has_single_spaces && name.bytes().all(is_plain) {
        let is_lower = !name.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_lower { name.into() } else { name.to_ascii_lowercase().into() };
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().into()
}

/// Returns the id in a profile's address: what stands behind `/in/`; pages keep the word before it. Empty for none.
pub(super) fn profile(address: &str) -> Cow<'_, str> {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let Some((host, path)) = rest.split_once('/') else { return "".into() };
    if host != "www.linkedin.com" && !is_host(&host.to_lowercase()) {
        return "".into();
    }
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
    let mut parts = path.split('/');
    let (kind, slug) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let slug = slug_of(slug);
    match kind {
        _ if slug.is_empty() || slug.contains(char::is_whitespace) => "".into(),
        "in" => slug,
        "company" | "school" | "showcase" => format!("{kind}/{slug}").into(),
        _ => "".into(),
    }
}

fn is_host(host: &str) -> bool {
    host == "linkedin.com" || host.ends_with(".linkedin.com")
}

/// Returns the last part of an address as an id.
fn slug_of(slug: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if slug.bytes().all(is_plain) {
        return slug.into();
    }
    let slug = decoded(slug);
    // Ids made by a program mean something else in lower case.
    if slug.starts_with("ACoA") { slug.into() } else { slug.to_lowercase().into() }
}

/// Returns a text with its `%C3%B6` read as letters; as it is where that gives none.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (*first, byte) {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_an_id_in_every_spelling() {
        for address in [
            "https://www.linkedin.com/in/Jörg-1",
            "https://www.linkedin.com/in/j%C3%B6rg-1/",
            "www.linkedin.com/in/jörg-1",
            "http://de.linkedin.com/in/j%c3%b6rg-1?x=1",
        ] {
            assert_eq!(profile(address), "jörg-1", "{address}");
        }
        assert_eq!(profile("https://www.linkedin.com/in/ACoAABx"), "ACoAABx");
        assert_eq!(profile("https://www.linkedin.com/company/Club"), "company/club");
        for none in [
            "",
            "x",
            "https://evil.example/in/x",
            "https://www.linkedin.com/feed/x",
            "https://notlinkedin.com/in/x",
        ] {
            assert_eq!(profile(none), "", "{none}");
        }
    }

    #[test]
    fn a_name_is_compared_in_lower_case_with_single_spaces() {
        for (name, folded) in [
            ("ann bee", "ann bee"),
            ("Ann Bee", "ann bee"),
            ("Ann  Bee", "ann bee"),
            (" Ann\tBee ", "ann bee"),
            ("\u{a0}J\u{d6}RG\u{2003}B", "j\u{f6}rg b"),
            ("", ""),
            (" ", ""),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn a_name_leads_to_one_person_or_to_nobody() {
        let mut people = People::default();
        people.learn("Ann  Bee", "ann-1");
        people.learn_contact("ann bee", "2020-01-01");
        people.learn("Cy", "cy-1");
        people.learn("Cy", "cy-2");
        people.learn_contact("Di", "2020-01-01");
        people.learn_contact("Ed", "2020-01-01");
        people.learn_contact("Ed", "2020-02-02");
        let find = |name: &str| (people.find(name).id, people.find(name).is_shared);
        assert_eq!(find("ANN BEE"), ("ann-1".into(), false));
        assert_eq!(find("cy"), ("name:cy".into(), true));
        assert_eq!(find("Di"), ("name:di#2020-01-01".into(), false));
        assert_eq!(find("Ed"), ("name:ed".into(), true));
        assert_eq!(find("Fay"), ("name:fay".into(), false));
        assert_eq!(people.contact("Ann Bee", "2020-01-01"), "ann-1");
        assert_eq!(people.contact("Ed", "2020-02-02"), "name:ed#2020-02-02");
        assert!(people.is_only_contact("ed", "2020-02-02") && !people.is_only_contact("ed", "x"));
    }
}
