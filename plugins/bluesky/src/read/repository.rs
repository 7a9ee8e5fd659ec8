//! Reads one repository: whose it is, everything its tree names, and how much of it can be seen.

use rin_plugin::prelude::{
    AccountFlags, AccountRecord, CoverageRecord, InteractionKind, InteractionKinds, Moment,
    ReadError, Record, RecordSink, Source, TieKinds, TieStart,
};

use super::{
    collect::{Collector, Finished},
    document::Handles,
    failure::Failure,
    finding::{self, Tally},
    lexicon::{Commit, is_did},
    moment::tid,
};
use crate::{
    car::{self, Blocks, Bytes, Damage, End, Key, Scan},
    mst::{Walk, WalkError},
};

/// What an account's own repository shows of what it did. Chat messages are not in it.
const SENT: InteractionKinds = InteractionKinds::of(&[
    InteractionKind::Reply,
    InteractionKind::Mention,
    InteractionKind::Reaction,
    InteractionKind::Share,
    InteractionKind::Quote,
]);

/// How far into a file its commit is looked for when files are put in order.
const PEEK: u64 = 256 << 10;

/// One file that is to be read as a repository.
pub(super) struct Task<'t> {
    pub(super) source: &'t dyn Source,
    pub(super) entry: usize,
    pub(super) handles: &'t Handles,
    /// The accounts of which a newer whole export has been read.
    pub(super) told: &'t [String],
}

/// What came of reading a file.
pub(super) struct Outcome {
    /// Whose repository it is.
    pub(super) owner: String,
    /// Whether its whole tree was there.
    pub(super) is_whole: bool,
}

impl Task<'_> {
    fn file(&self) -> &str {
        self.source.entries().get(self.entry).map_or("", |entry| entry.name.as_str())
    }
}

/// Reads one file and gives everything in it to `sink`.
///
/// # Errors
/// [`ReadError`] if the file is of no use as a whole, or the taker wants no more.
pub(super) fn read(
    task: &Task<'_>,
    sink: &mut dyn RecordSink,
    progress: (u64, u64),
) -> Result<Outcome, ReadError> {
    let file = task.file();
    let (base, total) = progress;
    let bytes = Bytes::open(task.source, task.entry).map_err(|e| Failure::car(&e).of(file))?;
    let is_broken_gzip = bytes.is_broken_gzip;
    let scan =
        car::scan(bytes, &mut |done| sink.progress(base.saturating_add(done).min(total), total))
            .map_err(|error| Failure::car(&error).of(file))?;
    let Scan { root, mut blocks, damage } = scan;
    let head = Head::read(&mut blocks, root, &damage).map_err(|failure| failure.of(file))?;
    let latest = head.revision.unwrap_or(task.source.now()).min(task.source.now());
    let undated = head.revision.map_or(TieStart::Unknown, |_| TieStart::AtOrBefore(latest));
    let mut collector = Collector::new(&mut *sink, &head.owner, latest, undated);
    collector.tally.add_many(&finding::BAD_GZIP, u64::from(is_broken_gzip), 0);
    let is_older = task.told.contains(&head.owner);
    if is_older {
        collector.tally.add(&finding::OLDER, 0);
        collector.leave_ties_out();
    }
    let is_whole = walk(&mut blocks, &head, &mut collector).map_err(|error| match error {
        WalkError::Car(error) => Failure::car(&error).of(file),
        WalkError::Taker(error) => error,
    })?;
    let ties = collector.complete_ties();
    let mut finished = collector.finish()?;
    let sight = Sight {
        is_whole,
        ties: if is_whole && !is_older { ties } else { TieKinds::NONE },
        until: head.revision.map(|_| latest).filter(|_| is_whole).or(finished.newest),
    };
    let lost_nothing = is_whole && finished.lost_nothing();
    tell_damage(&mut finished.tally, &damage, lost_nothing);
    tell_account(task, sink, &head, &finished, sight)?;
    if head.revision.is_none() {
        finished.tally.add(&finding::NO_REVISION, 0);
    }
    if task.handles.of(&head.owner).is_empty() {
        finished.tally.add(&finding::NO_HANDLE, 0);
    }
    finished.tally.report(file, sink)?;
    Ok(Outcome { owner: head.owner, is_whole })
}

/// Returns whose repository a file is and its revision, without reading all of it.
pub(super) fn peek(source: &dyn Source, entry: usize) -> Option<(String, String)> {
    let mut bytes = Bytes::open_within(source, entry, 0).ok()?;
    let block = car::peek_root(&mut bytes, PEEK)?;
    let commit: Commit<'_> = serde_ipld_dagcbor::from_slice(&block).ok()?;
    Some((commit.did.to_owned(), commit.rev.unwrap_or_default().to_owned()))
}

/// What the commit says.
struct Head {
    owner: String,
    data: Key,
    revision: Option<Moment>,
    version: u64,
}

impl Head {
    fn read(blocks: &mut Blocks<'_>, root: Key, damage: &Damage) -> Result<Self, Failure> {
        let Some(position) = blocks.position(root) else {
            return Err(match damage.end {
                _ if 0 < damage.mismatches.n || 0 < blocks.len() => Failure::no_commit(),
                End::Whole => Failure::empty_difference(),
                End::Cut => Failure::truncated(),
                End::Length => Failure::bad_length(),
            });
        };
        let block = blocks.get(position).map_err(|error| Failure::car(&error))?;
        let commit: Commit<'_> =
            serde_ipld_dagcbor::from_slice(block).map_err(|_damaged| Failure::bad_commit())?;
        let data = Key::of_link(&commit.data).filter(|_| is_did(commit.did));
        Ok(Self {
            owner: commit.did.to_owned(),
            data: data.ok_or_else(Failure::bad_commit)?,
            revision: commit.rev.and_then(tid),
            version: commit.version,
        })
    }
}

/// What of an account can be seen.
#[derive(Clone, Copy)]
struct Sight {
    is_whole: bool,
    ties: TieKinds,
    until: Option<Moment>,
}

/// Walks the tree; returns whether all of it is there.
fn walk(
    blocks: &mut Blocks<'_>,
    head: &Head,
    collector: &mut Collector<'_>,
) -> Result<bool, WalkError<ReadError>> {
    let mut walk = Walk::new(blocks);
    walk.below(head.data, &mut |found| collector.take(found))?;
    let is_whole = walk.losses().is_none();
    // Before version 3, exports hold the history too: what its nodes name may have been deleted since.
    if !is_whole && 3 <= head.version {
        walk.strays(&mut |found| collector.take(found))?;
    }
    let losses = walk.losses();
    let told = [
        (&finding::PARTIAL, losses.missing_nodes),
        (&finding::BAD_NODE, losses.bad_nodes),
        (&finding::TANGLED, losses.tangles),
        (&finding::BAD_KEY, losses.bad_keys),
        (&finding::OVERREAD, losses.overread),
    ];
    for (issue, count) in told {
        collector.tally.add_many(issue, count.n, count.place);
    }
    Ok(is_whole)
}

/// Tells what is wrong with the container; behind a repository that lost nothing, the rest is mere garbage.
fn tell_damage(tally: &mut Tally, damage: &Damage, lost_nothing: bool) {
    let is_behind = |place: u64| lost_nothing && damage.behind_last <= place;
    let mut has_garbage = false;
    let sections = [
        (&finding::MISMATCH, damage.mismatches),
        (&finding::STRAY, damage.strays),
        (&finding::EMPTY_SECTION, damage.empties),
    ];
    for (issue, count) in sections {
        if 0 < count.n && is_behind(count.place) {
            has_garbage = true;
        } else {
            tally.add_many(issue, count.n, count.place);
        }
    }
    match damage.end {
        End::Whole => {}
        End::Cut | End::Length if lost_nothing => has_garbage = true,
        End::Cut => tally.add(&finding::TRUNCATED, damage.behind_last),
        End::Length => tally.add(&finding::BAD_LENGTH, damage.behind_last),
    }
    tally.add_many(&finding::TRAILING, u64::from(has_garbage), damage.behind_last);
    tally.add_many(&finding::MORE_ROOTS, damage.more_roots, 0);
    let damages = [
        &finding::MISMATCH,
        &finding::STRAY,
        &finding::TRUNCATED,
        &finding::BAD_LENGTH,
        &finding::BAD_GZIP,
    ];
    // What is missing from a damaged file is a matter of the damage, whatever was asked for.
    if damages.iter().any(|issue| tally.has(issue)) {
        tally.reword(&finding::LOST_RECORDS, &finding::LOST_BY_DAMAGE);
        tally.reword(&finding::PARTIAL, &finding::PARTIAL_BY_DAMAGE);
    }
}

/// A part tells nothing about what is not there: then no kind is covered and the end is the newest record seen.
fn tell_account(
    task: &Task<'_>,
    sink: &mut dyn RecordSink,
    head: &Head,
    finished: &Finished,
    sight: Sight,
) -> Result<(), ReadError> {
    let facts = super::page(task.handles.of(&head.owner));
    sink.record(Record::Account(AccountRecord {
        id: &head.owner,
        facts: facts.as_str(),
        handle: task.handles.of(&head.owner),
        name: &finished.name,
        flags: AccountFlags::OWNER,
        seen: head.revision.map(|at| at.min(task.source.now())).or(finished.newest),
        ..AccountRecord::default()
    }))?;
    sink.record(Record::Coverage(CoverageRecord {
        account: &head.owner,
        sent: if sight.is_whole { SENT } else { InteractionKinds::NONE },
        received: InteractionKinds::NONE,
        ties_held: sight.ties,
        ties_to: TieKinds::NONE,
        since: None,
        until: sight.until,
    }))?;
    Ok(())
}
