//! Which archives and lists lie in a source and whose they are.
//!
//! People name a folder with two exports of one account, an archive and three lists, or the unpacked files alone.

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings},
    prelude::{Moment, Stop},
    text::ItemsError,
};

use super::{activity::Activity, actor::Owner, collection, say, tables::List};

/// Parsed JSON may take eighty times its length in memory.
const MAX_ACTOR: usize = 1 << 20;

/// One account's archive.
pub(super) struct Export<'a> {
    pub(super) owner: Owner,
    pub(super) outbox: Option<&'a ArchiveFile>,
    pub(super) actor: Option<&'a ArchiveFile>,
    /// The last and the first moment seen, once the outbox has been read.
    pub(super) until: Moment,
    pub(super) since: Option<Moment>,
    /// When its lists stood.
    pub(super) listed: Moment,
}

/// Finds the archives in the source and whose they are.
pub(super) fn find_exports<'a>(
    archive: &'a Archive<'_>,
    now: Moment,
    findings: &mut Findings,
) -> Vec<Export<'a>> {
    let outboxes: Vec<_> =
        archive.files().iter().filter(|file| collection::is_outbox(file.base())).collect();
    let actors = actors(archive);
    let mut exports = Vec::new();
    for outbox in &outboxes {
        // Where one of them lies in a folder of its own, the two still belong together if there is only one of each.
        let only = || if let ([_], [actor]) = (&*outboxes, &*actors) { Some(*actor) } else { None };
        let here = actors.iter().find(|actor| actor.folder() == outbox.folder()).copied();
        let actor = here.or_else(only);
        let owner = actor
            .and_then(|file| read_owner(archive, file, findings))
            .or_else(|| owner_of_outbox(archive, outbox, findings));
        if let Some(owner) = owner {
            let outbox = Some(*outbox);
            exports.push(Export { owner, outbox, actor, until: now, since: None, listed: now });
        }
    }
    for actor in actors {
        let is_taken = exports.iter().any(|export: &Export<'_>| {
            export.actor.is_some_and(|taken| taken.name() == actor.name())
        });
        if is_taken {
            continue;
        }
        if let Some(owner) = read_owner(archive, actor, findings) {
            findings.add(say::finding("no-outbox", actor.name(), 0));
            exports.push(Export {
                owner,
                outbox: None,
                actor: Some(actor),
                until: now,
                since: None,
                listed: now,
            });
        }
    }
    exports
}

/// Returns the files that describe an account; Pixelfed calls its `account.json`, as others call other things.
fn actors<'a>(archive: &'a Archive<'_>) -> Vec<&'a ArchiveFile> {
    let of_pixelfed =
        archive.all_named("account.json").filter(|file| collection::is_vocabulary(archive, file));
    archive.all_named("actor.json").chain(of_pixelfed).collect()
}

fn read_owner(archive: &Archive<'_>, file: &ArchiveFile, findings: &mut Findings) -> Option<Owner> {
    let bytes = match archive.bytes(file, MAX_ACTOR) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.add_error(&error);
            return None;
        }
    };
    let owner = Owner::parse(&bytes);
    if owner.is_none() {
        findings.add(say::finding("bad-actor", file.name(), 0));
    }
    owner
}

/// Returns the owner that the first item of an outbox names.
fn owner_of_outbox(
    archive: &Archive<'_>,
    outbox: &ArchiveFile,
    findings: &mut Findings,
) -> Option<Owner> {
    let mut owner = None;
    let result = collection::items(archive, outbox, |item| {
        let activity = Activity::parse(item.bytes);
        owner = activity.and_then(|activity| activity.actor().map(Owner::from_uri));
        if owner.is_some() { Err(Stop) } else { Ok(()) }
    });
    match (&owner, result) {
        (None, Err(ItemsError::Fault(fault))) => findings.add_error(&fault.in_file(outbox.name())),
        (Some(_), _) => findings.add(say::finding("no-actor", outbox.name(), 0)),
        _ => {}
    }
    owner
}

/// Finds the lists; of several downloads of one list in a folder the latest.
pub(super) fn find_lists<'a>(
    archive: &'a Archive<'_>,
    findings: &mut Findings,
) -> Vec<(&'a ArchiveFile, List)> {
    let mut found: Vec<(&ArchiveFile, List, u32)> = archive
        .files()
        .iter()
        .filter_map(|file| {
            let found = List::of(file.base()).or_else(|| collection::list_of(archive, file));
            found.map(|(list, number)| (file, list, number))
        })
        .collect();
    found.sort_by_key(|(file, _, number)| (file.modified(), *number));
    let mut latest: Vec<(&ArchiveFile, List)> = Vec::new();
    for (file, list, _) in found.into_iter().rev() {
        let is_known =
            latest.iter().any(|(newer, known)| *known == list && newer.folder() == file.folder());
        if is_known {
            findings.add(say::finding("older-copy", file.name(), 0));
        } else {
            latest.push((file, list));
        }
    }
    latest.sort_by_key(|(file, _)| file.name());
    latest
}
