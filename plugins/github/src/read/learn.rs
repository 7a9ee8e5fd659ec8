//! Who began what: gathered from all files before anything is reported, because a comment names the issue it stands
//! under and not whom it answers.

use std::collections::{BTreeSet, HashSet};

use rin_plugin::{archive::Archive, text::Words};
use serde_json_borrow::Value;

use super::{
    item::{self, account, field, owner_of, text, thread_of},
    kind::{Export, Kind},
};

/// Issues, requests and comments whose writers are remembered.
const REMEMBERED: usize = 1_000_000;
/// Repositories remembered.
const REPOSITORIES: usize = 100_000;

/// What all files together say.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// Each issue, request and comment, by thread or address.
    written: Words,
    /// By whom each of them is.
    writers: Vec<usize>,
    /// Who writes; empty for one who is gone.
    logins: Words,
    /// Whose the repositories are.
    owners: BTreeSet<String>,
    /// How the address began that was looked at last.
    inside: String,
    /// Repositories that everybody can read.
    open: HashSet<String>,
    organizations: BTreeSet<String>,
    /// Whether there was more than can be remembered.
    pub(super) is_full: bool,
}

impl Learned {
    /// Looks through an archive; what is damaged is told when it is read.
    pub(super) fn of(archive: &Archive<'_>, export: &Export<'_>) -> Self {
        let mut learned = Self::default();
        for part in &export.parts {
            let _read = item::each_head(archive, part.file, |value| {
                learned.take(part.kind, &value.unwrap_or_default());
                Ok(())
            });
        }
        learned
    }

    fn take(&mut self, kind: Kind, value: &Value<'_>) {
        let address = address(value);
        match kind {
            Kind::Repositories => self.repository(value, address),
            Kind::Organizations => {
                self.organizations.extend(item::id_of(address));
            }
            Kind::Users | Kind::Bots | Kind::Teams => {}
            _ => {
                self.own(address);
                let key = match kind {
                    Kind::Issues | Kind::PullRequests => thread_of(address),
                    _ => Some(address.to_owned()),
                };
                let writer = account(value, "user").unwrap_or_default();
                self.writer(key, &writer);
            }
        }
    }

    /// Notes whose the repository is that an address leads into, if it is not the same as before.
    fn own(&mut self, address: &str) {
        let is_same = !self.inside.is_empty() && address.starts_with(&self.inside);
        if is_same || REPOSITORIES <= self.owners.len() {
            return;
        }
        self.owners.extend(owner_of(address));
        // As far as the name of the repository, or of the owner behind `repos/`.
        let end = address.match_indices('/').nth(4).map_or(0, |(at, _)| at + 1);
        address.get(..end).unwrap_or_default().clone_into(&mut self.inside);
    }

    fn repository(&mut self, value: &Value<'_>, address: &str) {
        if REPOSITORIES <= self.open.len() {
            self.is_full = true;
            return;
        }
        self.owners.extend(owner_of(address));
        if field(value, "private") == Some(&Value::Bool(false)) {
            self.open.insert(address.trim_end_matches('/').to_lowercase());
        }
    }

    fn writer(&mut self, key: Option<String>, writer: &str) {
        let Some(key) = key.filter(|key| !key.is_empty()) else { return };
        if REMEMBERED <= self.writers.len() {
            self.is_full = true;
            return;
        }
        let (number, writer) = (self.written.add(&key), self.logins.add(writer));
        match self.writers.get_mut(number) {
            Some(known) => *known = writer,
            None => self.writers.push(writer),
        }
    }

    /// Returns who wrote what a thread's word or an address leads to; empty for one who is gone.
    pub(super) fn writer_of(&self, key: &str) -> Option<&str> {
        let number = self.written.find(key).filter(|_| !key.is_empty())?;
        self.writers.get(number).map(|writer| self.logins.get(*writer))
    }

    /// Whether everybody can read the repository that an address leads into.
    pub(super) fn is_open(&self, address: &str) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let end = address.match_indices('/').nth(4).map_or(address.len(), |(at, _)| at);
        address.get(..end).is_some_and(|repository| self.open.contains(&repository.to_lowercase()))
    }

    pub(super) fn is_organization(&self, id: &str) -> bool {
        self.organizations.contains(id)
    }

    /// Returns whose all repositories are, if they are of one.
    pub(super) fn owner(&self) -> Option<&str> {
        match (self.owners.len(), self.owners.first()) {
            (1, Some(owner)) => Some(owner),
            _ => None,
        }
    }
}

/// Returns the address that people see, which is a record's identity.
pub(super) fn address<'v>(value: &'v Value<'_>) -> &'v str {
    text(value, &["html_url", "url"])
}
