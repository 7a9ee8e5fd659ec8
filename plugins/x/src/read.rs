//! Reads X archives: those of today, those of 2019 with their files at the top, and those until 2018 with a table.
//!
//! Posts come first, because who a handle belongs to and when the archive ends is known only after them; lists of
//! numbers come last and stood at that moment.

mod desk;
mod export;
mod kind;
mod lists;
mod manifest;
mod messages;
mod moment;
mod owner;
mod people;
mod post;
mod posts;
mod proof;
mod say;
mod script;
mod table;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Limits},
    prelude::{
        CoverageRecord, InteractionKind, InteractionKinds, Moment, Probe, ReadError, Record,
        RecordSink, Seen, Source, TieKinds,
    },
};

use self::{
    desk::Desk,
    export::Export,
    kind::{Kind, Part},
    lists::List,
    people::People,
    posts::{MAX_POST, Posts},
};

/// Files whose beginning is looked at to tell whose archive a source is.
const LOOKED_AT: usize = 16;
/// The lists of accounts, one kind a file.
const LISTS: [Kind; 4] = [Kind::Followers, Kind::Following, Kind::Blocks, Kind::Mutes];

/// Says how sure it is that the source is an archive of X.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let is_script = |file: &&ArchiveFile| file.base().to_ascii_lowercase().ends_with(".js");
    let named = archive.files().iter().filter(|file| Part::of(file).is_some());
    let others = archive.files().iter().filter(is_script);
    let looked = named.take(LOOKED_AT).chain(others.take(LOOKED_AT)).map(|file| {
        let head = script::head_of(&archive, file);
        let starts = ["window.YTD.", "window.__THAR_CONFIG", "Grailbird.data."];
        match Part::of(file).map(|part| part.kind) {
            Some(Kind::TweetTable) if table::is_table(&head) => Probe::CERTAIN,
            _ if starts.iter().any(|start| head.contains(start)) => Probe::CERTAIN,
            // The bare list of a file with one of our names.
            Some(Kind::Followers | Kind::Following | Kind::Likes | Kind::Tweets) => bare(&head),
            _ => Probe::NO,
        }
    });
    looked.max().unwrap_or(Probe::NO)
}

/// Says how sure a list without its assignment makes: it names something of ours.
fn bare(head: &str) -> Probe {
    let words = ["\"follower\"", "\"following\"", "\"like\"", "\"tweet\"", "\"id_str\""];
    let is_ours = head.trim_start_matches('\u{feff}').trim_start().starts_with('[')
        && words.iter().any(|word| head.contains(word));
    if is_ours { Probe::LIKELY } else { Probe::NO }
}

/// Reads everything in the source; `account_id` is whose it is where nothing says so.
///
/// # Errors
/// [`ReadError`] if there is no archive, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    account_id: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let exports = export::find(&archive, &mut findings);
    let exports: Vec<Export<'_>> = exports.into_iter().filter(is_about_people).collect();
    if exports.is_empty() {
        return Err(findings.failure().unwrap_or_else(|| say::no_archive(&archive)));
    }
    let total = exports.iter().flat_map(|export| &export.parts);
    let total = total.filter_map(|part| part.file.size()).fold(0, u64::saturating_add);
    let mut done = 0;
    let mut told = Vec::new();
    for export in &exports {
        let owner = proof::owner_of(&archive, export, account_id, &mut findings);
        told.push((owner.id.clone(), export.made()));
        let desk = Desk {
            owner,
            now: source.now(),
            sink,
            findings: &mut findings,
            people: People::default(),
            seen: Seen::default(),
            done,
            total,
        };
        let newer = |kind: Kind| is_newer_elsewhere(export, &exports, kind);
        done = Reading { archive: &archive, export, desk }.run(newer)?;
    }
    findings.send(sink)?;
    sink.progress(total, total);
    Ok(())
}

/// Whether an archive holds more than a file that any program may have called a manifest or an account.
fn is_about_people(export: &Export<'_>) -> bool {
    export.owner.is_some()
        || export.parts.iter().any(|part| ![Kind::Manifest, Kind::Account].contains(&part.kind))
}

/// Whether a later archive of the same account has a list of this kind.
fn is_newer_elsewhere(export: &Export<'_>, exports: &[Export<'_>], kind: Kind) -> bool {
    let id = |one: &Export<'_>| one.owner.as_ref().map(|owner| owner.id.clone());
    exports.iter().any(|other| {
        id(export).is_some()
            && id(other) == id(export)
            && other.has(kind)
            && export.made() < other.made()
    })
}

/// The reading of one archive.
struct Reading<'r, 'a, 'd> {
    archive: &'r Archive<'a>,
    export: &'r Export<'r>,
    desk: Desk<'d>,
}

impl Reading<'_, '_, '_> {
    /// Reads all of it; returns how far the reading of the source is.
    fn run(mut self, is_newer: impl Fn(Kind) -> bool) -> Result<u64, ReadError> {
        let desk = &mut self.desk;
        let made = self.export.made().map(|made| made.min(desk.now));
        let facts = people::page(&desk.owner.handle);
        let record = Record::Account(desk.owner.record(made, facts.as_str()));
        desk.sink.record(record)?;
        let mut sent = self.posts()?;
        let received = self.messages()?;
        sent = sent | received;
        self.count_rest()?;
        self.desk.people.send(self.desk.sink)?;
        // A loose file's time is that of its copying, so the last event is the better witness.
        let last = self.desk.seen.until;
        let loose = self.export.parts.iter().filter_map(|part| part.file.modified()).max();
        let until = made.or(last).or(loose).unwrap_or(self.desk.now).min(self.desk.now);
        let (held, to_owner) = self.lists(until, is_newer)?;
        if self.export.manifest.is_partial {
            self.note("partial-archive");
        }
        self.desk.findings.add(say::finding("received-not-covered", "", 0));
        // The account's first day, unless a post is dated before it.
        let since = [self.desk.owner.created, self.desk.seen.since].into_iter().flatten().min();
        self.desk.sink.record(Record::Coverage(CoverageRecord {
            account: &self.desk.owner.id,
            sent,
            received,
            ties_held: held,
            ties_to: to_owner,
            since,
            until: Some(until),
        }))?;
        Ok(self.desk.done)
    }

    /// Reads the posts; returns which kinds of what was posted are covered.
    fn posts(&mut self) -> Result<InteractionKinds, ReadError> {
        let mut posts = Posts::default();
        let mut is_read = false;
        // Posts stand in no order, so of a broken file the missing ones may be of any time.
        let mut is_whole = !self.export.manifest.is_partial && self.has_all_parts(Kind::Tweets);
        for kind in [Kind::Tweets, Kind::MonthTweets] {
            for file in self.export.of(kind) {
                let expected = self.export.manifest.count(file.base());
                is_whole &= posts.file(self.archive, file, expected, &mut self.desk)?;
                is_read = true;
            }
        }
        let has_scripts = is_read;
        for file in self.export.of(Kind::TweetTable) {
            if has_scripts {
                self.desk.note("table-passed", file.name(), 0);
            } else {
                is_whole &= table::read(self.archive, file, &mut posts, &mut self.desk)?;
                is_read = true;
            }
        }
        posts.finish(&mut self.desk)?;
        if !is_read {
            self.headers()?;
        }
        if !is_read || !is_whole {
            return Ok(InteractionKinds::NONE);
        }
        let by_number = InteractionKinds::of(&[
            InteractionKind::Reply,
            InteractionKind::Share,
            InteractionKind::Quote,
        ]);
        // The table names nobody whom a text mentions.
        let mentions = InteractionKinds::of(&[InteractionKind::Mention]);
        Ok(if has_scripts { by_number | mentions } else { by_number })
    }

    /// Reads the times of posts that are not there.
    fn headers(&mut self) -> Result<(), ReadError> {
        if !self.export.has(Kind::TweetHeaders) {
            self.note("no-posts");
            return Ok(());
        }
        for file in self.export.of(Kind::TweetHeaders) {
            let desk = &mut self.desk;
            let read = script::each_item(self.archive, file, MAX_POST, |item| {
                let value = script::parse(item.bytes).map(|(value, _)| value);
                let header = value.as_ref().map(|value| value.get("tweet").unwrap_or(value));
                let written = header.and_then(|header| script::text_of(header, "created_at"));
                let id = header.and_then(|header| script::id_of(header, &["tweet_id"]));
                let written = written.and_then(|text| moment::moment(&text));
                match moment::judge(written, &id.unwrap_or_default(), desk.now).at {
                    Some(at) => desk.seen.add(at),
                    None => desk.note("no-date", file.name(), item.place),
                }
                Ok(())
            });
            desk.close(file, read, None)?;
        }
        self.note("headers-only");
        Ok(())
    }

    /// Reads the private messages; returns which kinds are covered, in either direction.
    fn messages(&mut self) -> Result<InteractionKinds, ReadError> {
        let pick = |full: Kind, headers: Kind| {
            let kind = if self.export.has(full) { full } else { headers };
            self.export.of(kind).collect::<Vec<_>>()
        };
        let pairs = pick(Kind::Messages, Kind::MessageHeaders);
        let groups = pick(Kind::GroupMessages, Kind::GroupHeaders);
        if pairs.is_empty() && groups.is_empty() {
            self.note("no-messages");
            return Ok(InteractionKinds::NONE);
        }
        if self.desk.owner.id == owner::UNKNOWN {
            self.note("messages-owner-unknown");
            return Ok(InteractionKinds::NONE);
        }
        let mut is_covered = !pairs.is_empty();
        for file in pairs.iter().chain(&groups) {
            is_covered &= messages::read(self.archive, file, &mut self.desk)?;
        }
        let messages = InteractionKinds::of(&[InteractionKind::Message]);
        Ok(if is_covered { messages } else { InteractionKinds::NONE })
    }

    /// Counts what is there and says nothing of people.
    fn count_rest(&mut self) -> Result<(), ReadError> {
        for (kind, code) in [(Kind::Likes, "likes-without-author"), (Kind::LongTexts, "long-texts")]
        {
            let mut count = 0;
            let files: Vec<&ArchiveFile> = self.export.of(kind).collect();
            for file in &files {
                count += lists::count(self.archive, file, &mut self.desk)?;
            }
            if let (Some(file), 1..) = (files.first(), count) {
                self.desk.findings.add(say::counted(code, file.name(), count));
            }
        }
        if 0 < self.export.others {
            self.desk.findings.add(say::counted("other-files", "", self.export.others));
        }
        for base in self.export.manifest.files() {
            let is_read = |part: &&Part<'_>| part.file.base().eq_ignore_ascii_case(base);
            if self.export.parts.iter().any(|part| is_read(&part)) || kind::of_base(base).is_none()
            {
                continue;
            }
            self.desk.findings.add(say::finding("missing-file", base, 0));
        }
        Ok(())
    }

    /// Reads the lists; returns which ties of the owner's and which to the owner are covered.
    fn lists(
        &mut self,
        until: Moment,
        is_newer: impl Fn(Kind) -> bool,
    ) -> Result<(TieKinds, TieKinds), ReadError> {
        let (mut held, mut to_owner) = (TieKinds::NONE, TieKinds::NONE);
        for kind in LISTS {
            let files: Vec<&ArchiveFile> = self.export.of(kind).collect();
            let Some(first) = files.first() else { continue };
            if is_newer(kind) {
                self.desk.note("older-archive", first.name(), 0);
                continue;
            }
            let mut list = List::new(kind, until);
            let mut is_whole = !self.export.manifest.is_partial && self.has_all_parts(kind);
            for file in files {
                let expected = self.export.manifest.count(file.base());
                is_whole &= list.file(self.archive, file, expected, &mut self.desk)?;
            }
            let ties = TieKinds::of(&[List::tie(kind)]);
            match kind {
                _ if !is_whole => {}
                Kind::Followers => to_owner = to_owner | ties,
                _ => held = held | ties,
            }
        }
        Ok((held, to_owner))
    }

    /// Whether no part of a list that the manifest names or the numbers ask for is missing.
    fn has_all_parts(&self, kind: Kind) -> bool {
        let parts = || self.export.parts.iter().filter(|part| part.kind == kind);
        let is_there = |base: &str| parts().any(|part| part.file.base().eq_ignore_ascii_case(base));
        let mut named = self.export.manifest.files();
        let last = parts().map(|part| part.number).max().unwrap_or(0);
        let has_number = |number: u32| parts().any(|part| part.number == number);
        named.all(|base| kind::of_base(base) != Some(kind) || is_there(base))
            && (parts().next().is_none() || (0..=last.min(1_000)).all(has_number))
    }

    fn note(&mut self, code: &'static str) {
        self.desk.findings.add(say::finding(code, "", 0));
    }
}

#[cfg(test)]
mod tests;
