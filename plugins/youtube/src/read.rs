//! Reads YouTube's part of a Takeout export, whatever language its folders, files and headings are in.
//!
//! A comment names the video and not whose it is, so what was watched is asked; then comments come, then
//! subscriptions, which stood at the moment of the export.

mod comment;
mod comments;
mod export;
mod history;
mod say;
mod sheet;
mod subscriptions;
mod value;

use std::collections::BTreeSet;

use rin_plugin::{
    archive::{Archive, ArchiveFile, Findings, Limits},
    prelude::{
        AccountFlags, AccountRecord, CoverageRecord, InteractionKind, InteractionKinds,
        InteractionRecord, Moment, Probe, ReadError, Record, RecordSink, Seen, Source, Stop,
        TieKind, TieKinds,
    },
    text::Table,
};

use self::{comments::Comments, export::Export, history::Whose, sheet::Kind};

/// Files looked into to tell whose export a source is.
const LOOKED_AT: usize = 64;
/// The word for an owner whom nothing names; no channel can have it.
const UNKNOWN: &str = "me";

/// Says how sure it is that the source is an export of YouTube.
pub(crate) fn probe(source: &dyn Source) -> Probe {
    let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
    let is_ours = |file: &&ArchiveFile| file.name().to_lowercase().contains("youtube");
    let (ours, others): (Vec<&ArchiveFile>, Vec<_>) = archive.files().iter().partition(is_ours);
    let looked = ours.iter().take(LOOKED_AT).chain(others.iter().take(LOOKED_AT));
    let found = looked.filter_map(|file| sheet::kind_of(&archive, file)).map(|kind| match kind {
        Kind::Comments | Kind::Subscriptions | Kind::SubscriptionsJson => Probe::CERTAIN,
        Kind::CommentsPage | Kind::Channel | Kind::LiveChats => Probe::LIKELY,
        Kind::History | Kind::Videos => Probe::NO,
    });
    found.max().unwrap_or(Probe::NO)
}

/// Reads everything in the source; `said` is whose it is, as the user says.
///
/// # Errors
/// [`ReadError`] if there is no export, or the taker wants no more.
pub(crate) fn read(
    source: &dyn Source,
    said: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), ReadError> {
    let archive = Archive::open(source, &Limits::default())?;
    let mut findings = archive.findings().clone();
    let export = Export::find(&archive);
    if !export.is_some() {
        return Err(findings.failure().unwrap_or_else(|| say::no_export(&archive)));
    }
    let torn = export::torn(source);
    for name in &torn {
        findings.add(say::finding("missing-part", name, 0));
    }
    let mut reading = Reading {
        archive: &archive,
        owner: UNKNOWN.to_owned(),
        title: String::new(),
        now: source.now(),
        made: export.made().map(|made| made.min(source.now())),
        sink,
        findings: &mut findings,
        seen: Seen::default(),
    };
    reading.run(&export, said, torn.is_empty())?;
    findings.send(sink)?;
    sink.progress(1, 1);
    Ok(())
}

/// The reading of an export.
struct Reading<'r, 'a> {
    archive: &'r Archive<'a>,
    owner: String,
    title: String,
    now: Moment,
    made: Option<Moment>,
    sink: &'r mut dyn RecordSink,
    findings: &'r mut Findings,
    seen: Seen,
}

impl Reading<'_, '_> {
    fn run(&mut self, export: &Export<'_>, said: &str, has_all: bool) -> Result<(), ReadError> {
        let (rows, is_whole) = self.comments(export);
        self.own(export, &rows, said);
        self.owner()?;
        let files: Vec<&ArchiveFile> = export.of(Kind::History).collect();
        let whose = Whose::find(rows.videos(), self.archive, &files, self.findings);
        let own = self.own_videos(export, &rows);
        let unknown = self.tell(&rows, &own, &whose)?;
        let loose = export.files.iter().filter_map(|(_, file)| file.modified()).max();
        let until = self.made.or(self.seen.until).or(loose).unwrap_or(self.now).min(self.now);
        let held = self.subscriptions(export, until)? && has_all;
        self.rest(export);
        let is_covered =
            is_whole && has_all && unknown == 0 && export.of(Kind::Comments).next().is_some();
        let comments = InteractionKinds::of(&[InteractionKind::Comment]);
        self.sink.record(Record::Coverage(CoverageRecord {
            account: &self.owner,
            sent: if is_covered { comments } else { InteractionKinds::NONE },
            received: InteractionKinds::NONE,
            ties_held: if held { TieKinds::of(&[TieKind::Subscriber]) } else { TieKinds::NONE },
            ties_to: TieKinds::NONE,
            since: self.seen.since,
            until: Some(until),
        }))?;
        Ok(())
    }

    /// Gathers all comments; `false` if something of them is missing.
    fn comments<'e>(&mut self, export: &Export<'e>) -> (Comments<'e>, bool) {
        let mut rows = Comments::default();
        let mut is_whole = true;
        for file in export.of(Kind::Comments).chain(export.of(Kind::LiveChats)) {
            let Some(text) = sheet::text_of(self.archive, file, self.findings) else {
                is_whole = false;
                continue;
            };
            is_whole &= rows.add_table(&text, file, self.findings);
        }
        (rows, is_whole)
    }

    /// Works out the owner: what is said, the channel of the export, or who wrote most of the comments.
    fn own(&mut self, export: &Export<'_>, rows: &Comments<'_>, said: &str) {
        for file in export.of(Kind::Channel) {
            let text = sheet::text_of(self.archive, file, self.findings).unwrap_or_default();
            let row = Table::new(&text, b',').find(|row| value::is_channel(row.get(0)));
            if let Some(row) = row.filter(|_| self.owner == UNKNOWN) {
                row.get(0).clone_into(&mut self.owner);
                row.get(1).clone_into(&mut self.title);
            }
        }
        if let (UNKNOWN, Some(channel)) = (self.owner.as_str(), rows.most()) {
            channel.clone_into(&mut self.owner);
        }
        if value::is_channel(said) && said != self.owner {
            said.clone_into(&mut self.owner);
            self.title.clear();
        }
        if self.owner == UNKNOWN {
            let first = export.files.first().map_or("", |(_, file)| file.name());
            self.findings.add(say::finding("owner-unknown", first, 0));
        }
    }

    fn owner(&mut self) -> Result<(), Stop> {
        self.sink.record(Record::Account(AccountRecord {
            id: &self.owner,
            alias: "",
            handle: if self.title.is_empty() { &self.owner } else { &self.title },
            name: &self.title,
            flags: AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT),
            seen: self.made,
            facts: value::page(&self.owner).as_str(),
        }))
    }

    /// Returns which of the videos that were commented are the owner's.
    fn own_videos(&mut self, export: &Export<'_>, rows: &Comments<'_>) -> BTreeSet<usize> {
        let mut own = BTreeSet::new();
        for file in export.of(Kind::Videos) {
            let text = sheet::text_of(self.archive, file, self.findings).unwrap_or_default();
            own.extend(Table::new(&text, b',').filter_map(|row| {
                let video = sheet::fields(&row).find(|field| value::is_video(field))?;
                rows.videos().find(video)
            }));
        }
        own
    }

    /// Reports the comments of which it is known whom they were for, and counts the others, which it returns.
    fn tell(
        &mut self,
        rows: &Comments<'_>,
        own: &BTreeSet<usize>,
        whose: &Whose<'_>,
    ) -> Result<u64, ReadError> {
        let mut unknown = 0;
        let owner = rows.channel(&self.owner);
        for comment in rows.iter() {
            let Some(at) = comment.at.filter(|at| value::can_be(*at, self.now)) else {
                self.note("no-date", comment.file, comment.line);
                continue;
            };
            self.seen.add(at);
            let code = match whose.channel(comment.video) {
                _ if Some(comment.channel) != owner => "other-channel",
                _ if comment.is_answer => "answers-without-target",
                _ if own.contains(&comment.video) => "own-video",
                Some(channel) if *channel == self.owner => "own-video",
                None => "comments-without-target",
                Some(channel) => {
                    self.sink.record(Record::Interaction(InteractionRecord {
                        id: comment.id,
                        at,
                        from: &self.owner,
                        to: channel,
                        kind: InteractionKind::Comment,
                        labels: comment.labels,
                    }))?;
                    continue;
                }
            };
            unknown += u64::from(code == "comments-without-target");
            self.note(code, comment.file, comment.line);
        }
        Ok(unknown)
    }

    /// Reads the subscriptions; `false` if they are not known to be all.
    fn subscriptions(&mut self, export: &Export<'_>, until: Moment) -> Result<bool, ReadError> {
        let (newest, older) = export.subscriptions();
        for file in older {
            self.note("older-export", file, 0);
        }
        if newest.is_empty() {
            self.findings.add(say::finding("no-subscriptions", "", 0));
            return Ok(false);
        }
        let mut known = BTreeSet::new();
        let mut is_whole = true;
        for file in newest {
            let is_list = file.base().to_lowercase().ends_with(".json");
            let read = if is_list { subscriptions::list } else { subscriptions::table };
            is_whole &= read(file, until, &mut known, self)?;
        }
        Ok(is_whole)
    }

    /// Says what the export cannot show and what was passed over.
    fn rest(&mut self, export: &Export<'_>) {
        self.findings.add(say::finding("received-not-covered", "", 0));
        for file in export.of(Kind::CommentsPage) {
            self.note("comments-page", file, 0);
        }
        if export.of(Kind::Comments).chain(export.of(Kind::CommentsPage)).next().is_none() {
            self.findings.add(say::finding("no-comments", "", 0));
        }
        if 0 < export.others {
            self.findings.add(say::counted("other-files", "", export.others));
        }
    }

    /// Counts a finding about a place in a file.
    fn note(&mut self, code: &'static str, file: &ArchiveFile, place: u64) {
        self.findings.add(say::finding(code, file.name(), place));
    }
}

#[cfg(test)]
mod tests;
