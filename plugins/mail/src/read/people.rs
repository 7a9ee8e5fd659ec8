//! Everybody that letters and cards name, each with the name seen last.

use std::collections::{BTreeMap, BTreeSet};

use rin_plugin::{
    prelude::{AccountFlags, AccountRecord, FactKind, Moment, Record, RecordSink, Stop},
    text::Facts,
};

/// Accounts whose names are kept; those met later are known by their address alone.
const REMEMBERED: usize = 200_000;

/// Everybody met.
#[derive(Debug, Default)]
pub(super) struct People {
    accounts: BTreeMap<String, Account>,
}

#[derive(Debug, Default)]
struct Account {
    name: String,
    seen: Option<Moment>,
    flags: AccountFlags,
    aliases: BTreeSet<String>,
    /// What cards say, and the addresses they give.
    facts: BTreeSet<(FactKind, String)>,
}

impl People {
    /// Notes a name of an account, as it was at `seen`; of two the later stands.
    pub(super) fn name(&mut self, id: &str, name: &str, seen: Option<Moment>) {
        let Some(account) = self.account(id) else { return };
        // Of two spellings at the same moment the same one stands, whichever comes first.
        if !name.is_empty() && (account.seen, account.name.as_str()) < (seen, name) {
            name.clone_into(&mut account.name);
            account.seen = seen;
        }
    }

    pub(super) fn flag(&mut self, id: &str, flags: AccountFlags) {
        if let Some(account) = self.account(id) {
            account.flags = account.flags.with(flags);
        }
    }

    pub(super) fn alias(&mut self, id: &str, alias: &str) {
        if let Some(account) = self.account(id).filter(|_| alias != id) {
            account.aliases.insert(alias.to_owned());
        }
    }

    /// Notes what a card says of who stands behind an account.
    pub(super) fn fact(&mut self, id: &str, kind: FactKind, text: &str) {
        if let Some(account) = self.account(id).filter(|_| !text.is_empty()) {
            account.facts.insert((kind, text.to_owned()));
        }
    }

    /// Returns the name noted for an account; empty if there is none.
    pub(super) fn name_of(&self, id: &str) -> &str {
        self.accounts.get(id).map_or("", |account| account.name.as_str())
    }

    /// Hands over everybody but `own`.
    pub(super) fn send(&self, own: &str, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        for (id, account) in self.accounts.iter().filter(|(id, _)| *id != own) {
            let handle = if id.contains('@') { id } else { "" };
            let Account { name, seen, flags, aliases, .. } = account;
            let mut facts = Facts::default();
            for address in std::iter::once(id).chain(aliases).filter(|it| it.contains('@')) {
                facts.add(FactKind::Mail, address);
            }
            account.facts.iter().for_each(|(kind, text)| facts.add(*kind, text));
            let (flags, seen, facts) = (*flags, *seen, facts.as_str());
            let record = AccountRecord { id, alias: "", handle, name, flags, seen, facts };
            let mut aliases = aliases.iter();
            let first = aliases.next().map_or("", String::as_str);
            sink.record(Record::Account(AccountRecord { alias: first, ..record }))?;
            aliases.try_for_each(|alias| {
                sink.record(Record::Account(AccountRecord { alias, facts: "", ..record }))
            })?;
        }
        Ok(())
    }

    fn account(&mut self, id: &str) -> Option<&mut Account> {
        if !self.accounts.contains_key(id) {
            if REMEMBERED <= self.accounts.len() {
                return None;
            }
            self.accounts.insert(id.to_owned(), Account::default());
        }
        self.accounts.get_mut(id)
    }
}
