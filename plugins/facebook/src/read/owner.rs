//! Whose export it is: by its profile, by the user's word, by who wrote the comments, by who is in every conversation.
//!
//! Facebook gives out no number and no user name that stays, so the owner is the name shown, as everybody else is.

use std::collections::BTreeSet;

use rin_plugin::{
    archive::Archive,
    prelude::{FactKind, ReadError},
    text::Facts,
};
use serde_json::Value;

use super::{
    context::Context,
    find::{Found, Part},
    inbox, row, say,
};

/// A profile takes some kilobytes; parsed JSON may take eighty times its length in memory.
const MAX_PROFILE: usize = 1 << 20;

/// Returns the name of the owner.
///
/// # Errors
/// [`ReadError::Unreadable`] if nothing says it, or two profiles say two.
pub(super) fn name_of(
    parts: &[Found<'_>],
    me: &str,
    context: &mut Context<'_>,
) -> Result<String, ReadError> {
    let mut named: BTreeSet<String> = BTreeSet::new();
    for found in parts.iter().filter(|found| found.part == Part::Profile) {
        match profile(context.archive, found) {
            Ok(Some(name)) => {
                named.insert(name);
            }
            Ok(None) => context.find("bad-profile", found.file.name(), 0),
            Err(error) => context.findings.add_error(&error),
        }
    }
    if 1 < named.len() {
        return Err(say::several_owners(&named));
    }
    let by_word = || (!me.is_empty()).then(|| me.to_owned());
    let found = named.pop_first().or_else(by_word);
    let found = found.or_else(|| by_comments(parts, context));
    let found = found.or_else(|| inbox::in_all(parts, context));
    found.ok_or_else(|| {
        let first = parts.iter().find(|found| found.part != Part::Profile).or(parts.first());
        context.findings.failure().unwrap_or_else(|| match first {
            Some(found) => say::no_owner(found.file),
            None => say::no_export(context.archive),
        })
    })
}

fn profile(archive: &Archive<'_>, found: &Found<'_>) -> Result<Option<String>, ReadError> {
    let Some(value) = parse(archive, found)? else { return Ok(None) };
    let names = profiles(&value).filter_map(|profile| profile.get("name"));
    let mut full = names.map(|name| row::repaired(Some(name), "full_name"));
    Ok(full.find(|name| !name.is_empty()))
}

/// Returns what the profile says of the owner: the page and the mail addresses.
pub(super) fn facts(parts: &[Found<'_>], archive: &Archive<'_>) -> Facts {
    let mut facts = Facts::default();
    for found in parts.iter().filter(|found| found.part == Part::Profile) {
        // What cannot be read was told with the name.
        let Ok(Some(value)) = parse(archive, found) else { continue };
        for profile in profiles(&value) {
            facts.add(FactKind::Page, row::text_of(Some(profile), "profile_uri"));
            let mails = profile.get("emails").and_then(|mails| mails.get("emails"));
            let mails = mails.and_then(Value::as_array).into_iter().flatten();
            mails.filter_map(Value::as_str).for_each(|mail| facts.add(FactKind::Mail, mail));
        }
    }
    facts
}

fn parse(archive: &Archive<'_>, found: &Found<'_>) -> Result<Option<Value>, ReadError> {
    let bytes = archive.bytes(found.file, MAX_PROFILE)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    Ok(serde_json::from_slice(bytes).ok())
}

/// `profile`, later `profile_v2`; whatever it is called, it is the only object.
fn profiles(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(|object| object.values())
}

/// Returns who wrote the comments and reactions: every row names them.
fn by_comments(parts: &[Found<'_>], context: &Context<'_>) -> Option<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for found in parts {
        let (outer, inner) = match found.part {
            Part::Comments => ("comment", "author"),
            Part::Reactions => ("reaction", "actor"),
            _ => continue,
        };
        context.quiet_rows(found.file, found.part.keys(), |value| {
            let name = row::repaired(row::inner(value, outer), inner);
            if !name.is_empty() && names.len() < 2 {
                names.insert(name);
            }
        });
    }
    if names.len() == 1 { names.pop_first() } else { None }
}
