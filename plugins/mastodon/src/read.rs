//! Reads a Mastodon archive: the archive itself in any of its eras, and the lists that servers give out beside it.
//!
//! The outbox comes first, because the moment of the export, at which the lists stood, is known only after it.

mod activity;
mod actor;
mod address;
mod collection;
mod find;
mod outbox;
mod say;
mod tables;

use std::hash::{DefaultHasher, Hash, Hasher};

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, Limits},
    prelude::{
        CoverageRecord, InteractionKind, InteractionKinds, Moment, Probe, ReadError, Record,
        RecordSink, Source, TieKind,
    },
    text::ItemsError,
};

use self::{
    actor::Owner,
    find::{Export, find_exports, find_lists},
    outbox::Outbox,
    tables::{Complete, Frame, List},
};

/// A post of 500 characters takes some kilobytes, and parsed JSON may take eighty times its length in memory.
const MAX_ITEM: usize = 1 << 20;
const ITEMS_A_STEP: u64 = 256;
/// How sure, in percent, of what may be a broken archive: more than nothing, so that its fault is told.
const BROKEN: u8 = 5;
/// How archives are called, and pages saved in their place.
const ENDINGS: [&str; 8] = [".zip", ".tar", ".gz", ".tgz", ".rar", ".7z", ".html", ".htm"];
/// How files are called that tell by what is in them, beside outboxes.
const NAMES: [&str; 4] = ["actor.json", "account.json", "following.json", "followers.json"];
/// How a zip, a gzip, a RAR, a 7z and a web page begin.
const STARTS: [&[u8]; 5] = [b"PK", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"<"];

/// Says how sure it is that the source is a Mastodon archive.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else {
        return if has_candidate(source) { Probe::new(BROKEN) } else { Probe::NO };
    };
    let bases = |name: &str| archive.all_named(name).next().is_some();
    let is_ours = archive.files().iter().any(|file| {
        let is_called = collection::is_outbox(file.base())
            || NAMES.iter().any(|name| file.base().eq_ignore_ascii_case(name));
        is_called && collection::is_vocabulary(&archive, file)
    });
    let has_list = archive
        .files()
        .iter()
        .any(|file| List::of(file.base()).is_some_and(|(list, _)| list.is_telling()));
    // A long packed tar holds its pictures before anything that tells; its first folder does.
    let has_media = archive.find(|path| path.starts_with("media_attachments/files/")).is_some();
    let is_page = || matches!(archive.files(), [page] if say::is_page(page));
    match () {
        () if is_ours => Probe::CERTAIN,
        () if bases("outbox.json") && bases("actor.json") => Probe::LIKELY,
        () if has_list || has_media => Probe::LIKELY,
        () if bases("outbox.json") || bases("actor.json") => Probe::new(BROKEN),
        () if archive.findings().failure().is_some() && has_candidate(source) => Probe::new(BROKEN),
        () if is_page() => Probe::new(BROKEN),
        () => Probe::NO,
    }
}

/// Whether something here may have been an archive before it broke, by its name or its first bytes.
fn has_candidate(source: &dyn Source) -> bool {
    let fits = |(at, entry): (usize, &rin_plugin::SourceEntry)| {
        let name = entry.name.to_ascii_lowercase();
        let mut head = [0; 4];
        let read = source.read_at(at, 0, &mut head).unwrap_or(0);
        let head = head.get(..read).unwrap_or_default();
        ENDINGS.iter().any(|ending| name.ends_with(ending))
            || STARTS.iter().any(|start| head.starts_with(start))
    };
    source.entries().iter().enumerate().any(fits)
}

/// Reads everything in the source.
pub(crate) fn read(source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let mut exports = find_exports(&archive, source.now(), &mut findings);
    let lists = find_lists(&archive, &mut findings);
    if exports.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| match lists.first() {
            Some((list, _)) => say::no_owner(list),
            None => say::no_archive(&archive),
        }));
    }
    date_by_lists(&mut exports, &lists);
    let total = total_size(&exports, &lists);
    let mut reading = Reading { archive: &archive, sink, findings, done: 0, total };
    let mut sent = Vec::new();
    for export in &mut exports {
        sent.push(reading.export(export)?);
    }
    let complete = reading.lists(&exports, &lists)?;
    for ((export, sent), complete) in exports.iter().zip(sent).zip(complete) {
        reading.coverage(export, sent, complete)?;
    }
    reading.findings.send(reading.sink)?;
    reading.sink.progress(total, total);
    Ok(())
}

/// One reading of a source.
struct Reading<'r> {
    archive: &'r Archive<'r>,
    sink: &'r mut dyn RecordSink,
    findings: Findings,
    /// How far it is, in bytes.
    done: u64,
    total: u64,
}

/// What an outbox reached over.
#[derive(Clone, Copy, Default)]
struct Reach {
    first: Option<Moment>,
    last: Option<Moment>,
    is_whole: bool,
    /// Whether it is one page of several.
    is_part: bool,
}

impl Reading<'_> {
    /// Reads the owner and the outbox of one archive; returns what its coverage of things sent is.
    fn export(&mut self, export: &mut Export<'_>) -> Result<InteractionKinds, ReadError> {
        let owner = export.owner.clone();
        let (alias, handle) = match &owner.address {
            Some(address) => (address.id(), address.handle()),
            None => Default::default(),
        };
        // The time of an unpacked file is that of the unpacking, and another for every copy.
        let file = export.outbox.or(export.actor).filter(|file| file.is_archived());
        let seen = file.and_then(ArchiveFile::modified);
        let facts = owner.facts();
        self.sink.record(Record::Account(owner.record(&alias, &handle, seen, facts.as_str())))?;
        self.note_owner(&owner, export);
        export.since = owner.published;
        let Some(outbox) = export.outbox else {
            return Ok(InteractionKinds::NONE);
        };
        let now = export.until;
        let reach = self.outbox(&owner, outbox, now)?;
        export.since = match (owner.published, reach.first) {
            // What was written before the page at hand stands on the next.
            (_, first) if reach.is_part => first,
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        // The time of an entry was set when the server made the archive; that of a loose file only says when it was
        // copied. Of a broken outbox the end is missing, so nothing after the last item is known.
        let stored = outbox.modified().filter(|_| outbox.is_archived() && reach.is_whole);
        export.until = stored.max(reach.last).or(outbox.modified()).unwrap_or(now).min(now);
        export.listed = match outbox.modified() {
            Some(at) if outbox.is_archived() => at.min(now).max(export.until),
            _ => export.until,
        };
        self.count_items(outbox, "likes.json", "likes-without-date");
        self.count_items(outbox, "bookmarks.json", "bookmarks-without-date");
        if !reach.is_whole && reach.last.is_none() {
            return Ok(InteractionKinds::NONE);
        }
        Ok(InteractionKinds::of(&[
            InteractionKind::Reply,
            InteractionKind::Mention,
            InteractionKind::Message,
            InteractionKind::Share,
            InteractionKind::Quote,
        ]))
    }

    fn note_owner(&mut self, owner: &Owner, export: &Export<'_>) {
        let file = export.actor.or(export.outbox).map_or("", ArchiveFile::name);
        if !owner.also_known_as.is_empty() {
            let count = owner.also_known_as.len() as u64;
            self.findings.add(say::counted("also-known-as", file, count));
        }
        if owner.moved_to.is_some() {
            self.findings.add(say::finding("moved", file, 0));
        }
        self.findings.add(say::finding("received-not-covered", "", 0));
    }

    fn outbox(
        &mut self,
        owner: &Owner,
        file: &ArchiveFile,
        now: Moment,
    ) -> Result<Reach, ReadError> {
        let (done, total) = (self.done, self.total);
        let mut outbox = Outbox::new(owner, file.name(), now, self.sink, &mut self.findings);
        let result = collection::items(self.archive, file, |item| {
            if item.index.is_multiple_of(ITEMS_A_STEP) {
                outbox.progress(done.saturating_add(item.place), total);
            }
            outbox.item(item)
        });
        let mut is_part = false;
        let is_whole = match result {
            Ok(items) => {
                is_part = collection::is_part(self.archive, file, items);
                outbox.note_items(items, is_part);
                0 < items.arrays
            }
            Err(ItemsError::Stopped) => return Err(ReadError::Stopped),
            Err(ItemsError::Fault(fault)) => {
                outbox.fail(fault);
                false
            }
        };
        let (first, last) = (outbox.first, outbox.last);
        self.done = done.saturating_add(file.size().unwrap_or(0));
        Ok(Reach { first, last, is_whole, is_part })
    }

    /// Counts the items of the file called `name` beside the outbox.
    fn count_items(&mut self, outbox: &ArchiveFile, name: &str, code: &'static str) {
        let Some(file) = self.archive.beside(outbox, name) else { return };
        match collection::items(self.archive, file, |_| Ok(())) {
            Ok(items) if items.count == 0 => {}
            Ok(items) => self.findings.add(say::counted(code, file.name(), items.count)),
            Err(ItemsError::Fault(fault)) => self.findings.add_error(&fault.in_file(file.name())),
            Err(ItemsError::Stopped) => {}
        }
    }

    /// Reads every list for the archive it belongs to; returns what each archive's lists cover.
    fn lists(
        &mut self,
        exports: &[Export<'_>],
        lists: &[(&ArchiveFile, List)],
    ) -> Result<Vec<Complete>, ReadError> {
        let mut complete = vec![Complete::default(); exports.len()];
        for (file, list) in lists {
            let at = owner_of_list(exports, file);
            let place = at.and_then(|at| Some((exports.get(at)?, complete.get_mut(at)?)));
            let Some((export, known)) = place else {
                self.findings.add(say::finding("list-owner-unknown", file.name(), 0));
                continue;
            };
            let frame = Frame { owner: &export.owner, until: export.listed };
            let is_json = file.base().to_ascii_lowercase().ends_with(".json");
            let reader = if is_json { collection::read } else { tables::read };
            let read = reader(self.archive, (file, *list), frame, self.sink, &mut self.findings)?;
            known.held = known.held | read.held;
            known.to_owner = known.to_owner | read.to_owner;
            self.done = self.done.saturating_add(file.size().unwrap_or(0));
            self.sink.progress(self.done.min(self.total), self.total);
        }
        Ok(complete)
    }

    fn coverage(
        &mut self,
        export: &Export<'_>,
        sent: InteractionKinds,
        complete: Complete,
    ) -> Result<(), ReadError> {
        if !complete.held.contains(TieKind::Follow) {
            self.findings.add(say::finding("following-not-covered", "", 0));
        }
        self.sink.record(Record::Coverage(CoverageRecord {
            account: &export.owner.id,
            sent,
            received: InteractionKinds::NONE,
            ties_held: complete.held,
            ties_to: complete.to_owner,
            since: export.since,
            until: Some(export.until),
        }))?;
        Ok(())
    }
}

/// Dates the archives that are a bare account by their lists, which then are all there is.
fn date_by_lists(exports: &mut [Export<'_>], lists: &[(&ArchiveFile, List)]) {
    let owners: Vec<_> = lists.iter().map(|(file, _)| owner_of_list(exports, file)).collect();
    for (at, export) in exports.iter_mut().enumerate().filter(|(_, e)| e.outbox.is_none()) {
        let own = lists.iter().zip(&owners).filter(|(_, owner)| **owner == Some(at));
        let latest = own.filter_map(|((file, _), _)| file.modified()).max();
        export.until = latest.unwrap_or(export.until).min(export.until);
        export.listed = export.until;
    }
}

/// Returns the archive a list belongs to: that in its folder, or the latest if all are one account's.
fn owner_of_list(exports: &[Export<'_>], file: &ArchiveFile) -> Option<usize> {
    let here = |export: &Export<'_>| {
        [export.outbox, export.actor].into_iter().flatten().any(|own| own.folder() == file.folder())
    };
    let latest_of = |all: &mut dyn Iterator<Item = usize>| {
        all.max_by_key(|at| exports.get(*at).map(|export| export.until))
    };
    let mut near = (0..exports.len()).filter(|at| exports.get(*at).is_some_and(here));
    if let Some(at) = latest_of(&mut near) {
        return Some(at);
    }
    let first = exports.first()?;
    let is_one = exports.iter().all(|export| export.owner.id == first.owner.id);
    latest_of(&mut (0..exports.len())).filter(|_| is_one)
}

fn total_size(exports: &[Export<'_>], lists: &[(&ArchiveFile, List)]) -> u64 {
    let outboxes = exports.iter().filter_map(|export| export.outbox);
    outboxes.chain(lists.iter().map(|(file, _)| *file)).filter_map(ArchiveFile::size).sum()
}

fn hash_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
