//! Whose export it is: by its profile, by the archive's own name, or by the user's word.
//!
//! Many people ask for their followers only, and such an export does not say whose they are; the name of its archive does.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{AccountFlags, AccountRecord, Moment},
};
use serde_json::Value;

use super::{
    entry::{self, Profile},
    find::{self, Found, Part},
    name, say,
};

/// A profile takes some kilobytes; parsed JSON may take eighty times its length in memory.
const MAX_PROFILE: usize = 1 << 20;
/// Values of a profile that are kept to know the owner by in conversations.
const MOST_VALUES: usize = 64;

/// Whose export it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Owner {
    /// The user name.
    pub(super) id: String,
    /// The name shown, if the profile says which it is.
    pub(super) shown: String,
    /// Everything the profile says, the name shown in any language among it.
    pub(super) values: Vec<String>,
    /// When the account was made, if the export says so.
    pub(super) signup: Option<i64>,
}

/// An owner and the parts of the export that are theirs.
pub(super) struct Export<'a> {
    pub(super) owner: Owner,
    pub(super) parts: Vec<Found<'a>>,
    /// The day in the name of the archive, noon UTC.
    pub(super) day: Option<Moment>,
}

impl Owner {
    /// Returns the owner as a record, by the id given and with its facts.
    pub(super) fn record<'o>(&'o self, id: &'o str, facts: &'o str) -> AccountRecord<'o> {
        AccountRecord {
            id,
            handle: &self.id,
            name: &self.shown,
            flags: AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT),
            facts,
            ..AccountRecord::default()
        }
    }
}

/// Groups the parts by the owner of the root they lie in; parts without an owner go to the only one there is.
pub(super) fn group<'a>(
    archive: &Archive<'_>,
    parts: &[Found<'a>],
    me: &str,
    findings: &mut Findings,
) -> Vec<Export<'a>> {
    let mut exports: Vec<Export<'a>> = Vec::new();
    let mut homeless: Vec<Found<'a>> = Vec::new();
    let mut roots: Vec<&str> = parts.iter().map(|found| found.root).collect();
    roots.sort_unstable();
    roots.dedup();
    for root in roots {
        let own: Vec<Found<'a>> =
            parts.iter().filter(|found| found.root == root).copied().collect();
        let labelled = find::of_label(root);
        let day = labelled.as_ref().and_then(|(_, day)| noon(day));
        let owner = owner_of(archive, &own, findings);
        let id = owner.id.clone();
        let named = Some(id).filter(|id| !id.is_empty());
        let named = named.or_else(|| labelled.map(|(user, _)| user));
        let Some(id) = named.or_else(|| (!me.is_empty()).then(|| me.to_owned())) else {
            homeless.extend(own);
            continue;
        };
        match exports.iter_mut().find(|export| export.owner.id == id) {
            Some(export) => {
                export.parts.extend(own);
                export.owner.values.extend(owner.values);
                if export.owner.shown.is_empty() {
                    export.owner.shown = owner.shown;
                }
                export.owner.signup = export.owner.signup.or(owner.signup);
                export.day = export.day.max(day);
            }
            None => exports.push(Export { owner: Owner { id, ..owner }, parts: own, day }),
        }
    }
    match exports.as_mut_slice() {
        [only] => only.parts.extend(homeless),
        [] => {}
        _ => {
            for found in homeless {
                findings.add(say::finding("list-owner-unknown", found.file.name(), 0));
            }
        }
    }
    exports
}

/// Returns what the profile among the parts says; without one an owner without a name.
fn owner_of(archive: &Archive<'_>, parts: &[Found<'_>], findings: &mut Findings) -> Owner {
    let mut owner = Owner::default();
    for found in parts {
        match found.part {
            Part::Profile => {
                let Some(value) = parse(archive, found.file, findings) else { continue };
                let profile = profile_of(&value);
                if let Some(user) = profile.user {
                    owner.id = user;
                } else {
                    findings.add(say::finding("no-user-name", found.file.name(), 0));
                }
                owner.shown = profile.shown;
                owner.values.extend(profile.values.into_iter().take(MOST_VALUES));
            }
            Part::Signup => {
                let Some(value) = parse(archive, found.file, findings) else { continue };
                let rows = value.as_object().into_iter().flat_map(|object| object.values());
                let seconds = rows.filter_map(|rows| rows.get(0)).map(entry::seconds);
                owner.signup = seconds.filter(|seconds| 0 < *seconds).min();
            }
            _ => {}
        }
    }
    owner
}

fn profile_of(value: &Value) -> Profile {
    let rows = value.get("profile_user").unwrap_or(value);
    let row = rows.get(0).unwrap_or(rows);
    entry::profile(row)
}

fn parse(archive: &Archive<'_>, file: &ArchiveFile, findings: &mut Findings) -> Option<Value> {
    let bytes = match archive.bytes(file, MAX_PROFILE) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.add_error(&error);
            return None;
        }
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let value = serde_json::from_slice(bytes).ok();
    if value.is_none() {
        findings.add(say::finding("bad-profile", file.name(), 0));
    }
    value
}

/// Returns noon UTC of a day like 2025-10-01.
fn noon(day: &str) -> Option<Moment> {
    let date: jiff::civil::Date = day.parse().ok()?;
    let noon = jiff::tz::TimeZone::UTC.to_timestamp(date.at(12, 0, 0, 0)).ok()?;
    Some(Moment::from_unix_ms(noon.as_millisecond()))
}

/// Returns the user name a user set, in its one spelling; empty if none is set.
pub(super) fn by_word(word: Option<&str>) -> Option<String> {
    match word.map(str::trim) {
        None | Some("") => Some(String::new()),
        Some(word) => name::user_name(word),
    }
}
