//! Rin on the pinboard: reads its exports and knows its house rules.
//!
//! An export is a folder, or an archive of it, with two tables:
//!
//! * `members.csv`: `handle`, `name`, and `you`, which says `yes` for the member whose export it is;
//! * `notes.csv`: `id`, `sent` in seconds since 1970 (UTC), `from` and `to`, both of them handles.
//!
//! What the plugin *is* stands in `plugin.toml`, what it *does* stands here.
#![forbid(unsafe_code)]

use rin_plugin::{
    archive::{Archive, Fault, Findings, Limits},
    prelude::*,
};

/// Positions of the `[[kind]]` and `[[reason]]` entries in `plugin.toml`, counted from 0.
const ANSWER: u32 = 0;
const GREET: u32 = 1;
const OPEN: u32 = 0;
const SILENT: u32 = 1;

/// The longest table read, in bytes: what a plugin holds in memory it must be able to hold.
const MAX_TABLE: usize = 32 << 20;

/// One instance with its parameters.
struct Platform {
    greet_after_days: f32,
    answer_within_days: f32,
}

impl Plugin for Platform {
    const MANIFEST: &'static str = include_str!("../plugin.toml");

    /// Every parameter is there: with the user's value, checked against the manifest, or with its default.
    fn new(params: &Params) -> Result<Self, PluginError> {
        let number = |key| params.number(key).unwrap_or_default() as f32;
        Ok(Self {
            greet_after_days: number("greet-after-days"),
            answer_within_days: number("answer-within-days"),
        })
    }

    /// Looks at names only: of several plugins the surest is asked to read, so do not claim what is not yours.
    fn probe(&mut self, source: &dyn Source) -> Probe {
        let Ok(archive) = Archive::open(source, &Limits::GLANCE) else { return Probe::NO };
        let notes = archive.by_name("notes.csv");
        let is_ours = notes.is_some_and(|notes| archive.beside(notes, "members.csv").is_some());
        if is_ours { Probe::LIKELY } else { Probe::NO }
    }

    /// A row that cannot be used is a finding and the reading goes on; only a source as a whole is an error.
    fn read(&mut self, source: &dyn Source, sink: &mut dyn RecordSink) -> Result<(), ReadError> {
        let archive = Archive::open(source, &Limits::default())?;
        let mut findings = archive.findings().clone();
        let owner = read_members(&archive, sink, &mut findings)?;
        let seen = read_notes(&archive, sink, &mut findings)?;
        // What an export cannot show is unknown, not zero. This one shows all notes from us and to us.
        let messages = InteractionKinds::of(&[InteractionKind::Message]);
        sink.record(Record::Coverage(CoverageRecord {
            account: &owner,
            sent: messages,
            received: messages,
            since: seen.since,
            until: seen.until,
            ..Default::default()
        }))?;
        findings.send(sink)?;
        Ok(())
    }

    /// The answer for a row depends on that row, `now`, `seed` and the parameters, on nothing else.
    fn propose(
        &mut self,
        batch: &Batch<'_>,
        sink: &mut dyn ProposalSink,
    ) -> Result<(), StrategyError> {
        let silence = batch.f32(Column::SilenceDays)?;
        let contact_days = batch.u32(Column::ContactDays)?;
        let open = batch.i64(Column::OpenMs)?;
        for row in 0..batch.rows() {
            // A null means "unknown" or "never"; the table of columns in docs/PLUGINS.md says which.
            let open = open.get(row).map(Moment::from_unix_ms);
            let mut proposal = Proposal { row, ..Default::default() };
            match (open, silence.get(row), contact_days.get(row)) {
                // They have written: their half of the contact has happened, and our answer is the other.
                (Some(since), ..) => {
                    let within = self.answer_within_days;
                    let waited = batch.now().days_since(since) as f32;
                    (proposal.kind, proposal.reason) = (ANSWER, OPEN);
                    (proposal.minutes, proposal.effect) = (5.0, 1.0);
                    proposal.due_days = (within - waited).clamp(1.0, within);
                }
                // Nobody has counted what a greeting brings, so this is the kit's figure for platforms without one.
                (None, Some(silence), Some(days)) if self.greet_after_days <= silence => {
                    let effect = answer_probability(f64::from(silence), f64::from(days)) as f32;
                    (proposal.kind, proposal.reason) = (GREET, SILENT);
                    (proposal.minutes, proposal.effect) = (3.0, effect);
                }
                _ => continue,
            }
            sink.push(&proposal)?;
        }
        Ok(())
    }
}

/// Reports the members and returns the handle of the one whose export it is.
fn read_members(
    archive: &Archive<'_>,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<String, ReadError> {
    let (file, mut owner) = ("members.csv", None);
    archive.rows(file, MAX_TABLE, ["handle", "name", "you"], |line, [id, name, you]| {
        if id.is_empty() {
            findings.warn(file, left_out(line));
            return Ok(());
        }
        let mut account = AccountRecord { id, handle: id, name, ..Default::default() };
        if owner.is_none() && you == "yes" {
            owner = Some(id.to_owned());
            account.flags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);
        }
        Ok(sink.record(Record::Account(account))?)
    })?;
    owner.ok_or_else(|| {
        let en = "No member is marked as you. Download the export again.";
        let de = "Kein Mitglied ist als du markiert. Lade den Export neu herunter.";
        Fault::new("no-owner", en, de).in_file(file)
    })
}

/// Reports the notes and returns from when until when there are any.
fn read_notes(
    archive: &Archive<'_>,
    sink: &mut dyn RecordSink,
    findings: &mut Findings,
) -> Result<Seen, ReadError> {
    let (file, mut seen) = ("notes.csv", Seen::default());
    archive.rows(file, MAX_TABLE, ["id", "sent", "from", "to"], |line, [id, sent, from, to]| {
        let ms = sent.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
        let (Some(ms), false) = (ms, [id, from, to].contains(&"")) else {
            findings.warn(file, left_out(line));
            return Ok(());
        };
        let (at, kind) = (Moment::from_unix_ms(ms), InteractionKind::Message);
        seen.add(at);
        // The platform's own id of the event is its identity: imported twice, it is still one event.
        Ok(sink.record(Record::Interaction(InteractionRecord {
            id,
            at,
            from,
            to,
            kind,
            labels: "",
        }))?)
    })?;
    Ok(seen)
}

/// Findings of one code in one file are counted together and keep the first place.
fn left_out(line: u64) -> Fault {
    let en = "A row without an id, a moment or a member is left out.";
    let de = "Eine Zeile ohne Kennung, Zeitpunkt oder Mitglied bleibt weg.";
    Fault::new("bad-row", en, de).at(line)
}

rin_plugin::export!(Platform);

#[cfg(test)]
mod tests;
