//! Whether what a plugin hands over can be true, before anybody hears of it.
//!
//! The same for a plugin in this process and one in another: nothing here knows where a row came from.

use std::ops::RangeInclusive;

use rin_abi::{
    Fault, Status,
    host::{Odd, TakeProposals, TakeRecords},
};
use rin_core::{Finding, Proposal, ProposalSink, Record, RecordSink, Severity, StrategyInfo};

use crate::{CallFault, part::Part};

/// Proposals taken for each row of a batch.
const ACTIONS_PER_ROW: u64 = 4;
/// Proposals taken beyond that, so that small batches have room.
const MORE_ACTIONS: u64 = 1024;
/// Findings passed on from one source; those beyond are counted, since nobody reads them and they fill memory.
const MAX_FINDINGS: u64 = 100_000;
/// What a probability may be.
const SHARE: RangeInclusive<f32> = 0.0..=1.0;

/// Returns how many proposals are taken about so many rows.
pub(crate) const fn most_proposals(rows: usize) -> u64 {
    (rows as u64).saturating_mul(ACTIONS_PER_ROW).saturating_add(MORE_ACTIONS)
}

/// Passes on the proposals that can be true, up to the first that cannot.
pub(crate) struct CheckedProposals<'a> {
    sink: &'a mut dyn ProposalSink,
    /// The rows the plugin sees, and how many proposals there may be with those about them.
    part: Part,
    most: u64,
    n_kinds: usize,
    n_reasons: usize,
    pub(crate) taken: u64,
    pub(crate) fault: Option<CallFault>,
}

impl<'a> CheckedProposals<'a> {
    /// Takes proposals about no row at all until [`begin`](Self::begin) names some.
    pub(crate) fn new(info: &StrategyInfo, sink: &'a mut dyn ProposalSink) -> Self {
        Self {
            sink,
            part: Part { from: 0, to: 0 },
            most: 0,
            n_kinds: info.kinds.len(),
            n_reasons: info.reasons.len(),
            taken: 0,
            fault: None,
        }
    }

    fn stop(&mut self, fault: CallFault) -> Status {
        let status = stop_status(&fault);
        self.fault = Some(fault);
        status
    }

    /// Takes proposals about these rows of the batch, which the plugin numbers from 0.
    pub(crate) fn begin(&mut self, part: Part) {
        self.part = part;
        self.most = self.taken.saturating_add(most_proposals(part.rows()));
    }

    /// Hears what was found wrong with a proposal elsewhere.
    pub(crate) fn lied(&mut self, what: String) -> Status {
        self.stop(CallFault::Lied { what })
    }

    /// Whether a proposal can be true. Asked for every row, so it is one expression.
    fn fits(&self, proposal: &Proposal<'_>) -> bool {
        proposal.row < self.part.rows()
            && (proposal.kind as usize) < self.n_kinds
            && (proposal.reason as usize) < self.n_reasons
            && proposal.minutes.is_finite()
            && 0.0 < proposal.minutes
            && SHARE.contains(&proposal.effect)
            && SHARE.contains(&proposal.confidence)
            && !proposal.earliest_days.is_nan()
            && !proposal.due_days.is_nan()
    }

    /// Says why a proposal does not fit.
    fn lie(&self, proposal: &Proposal<'_>) -> String {
        let (kind, reason) = (proposal.kind as usize, proposal.reason as usize);
        let positions = [
            ("row", proposal.row, self.part.rows()),
            ("kind", kind, self.n_kinds),
            ("reason", reason, self.n_reasons),
        ];
        if let Some((what, position, n)) = positions.into_iter().find(|(_, at, n)| n <= at) {
            return format!("{what} {position} of {n}");
        }
        let minutes_fit = proposal.minutes.is_finite() && 0.0 < proposal.minutes;
        let (what, value) = match proposal {
            p if !minutes_fit => ("minutes", p.minutes),
            p if !SHARE.contains(&p.effect) => ("an effect", p.effect),
            p if !SHARE.contains(&p.confidence) => ("a confidence", p.confidence),
            p if p.earliest_days.is_nan() => ("an earliest day", p.earliest_days),
            p => ("a due day", p.due_days),
        };
        format!("{what} of {value} in row {}", proposal.row)
    }
}

impl TakeProposals for CheckedProposals<'_> {
    fn take(&mut self, mut proposal: Result<Proposal<'_>, Fault>) -> Status {
        if self.fault.is_some() {
            return Status::ARG;
        }
        let proposal = match &mut proposal {
            Ok(proposal) if self.fits(proposal) => proposal,
            Ok(proposal) => return self.stop(CallFault::Lied { what: self.lie(proposal) }),
            Err(fault) => return self.stop(CallFault::Lied { what: fault.to_string() }),
        };
        if self.taken == self.most {
            let limit = most_proposals(self.part.rows());
            return self.stop(CallFault::Flooded { what: "proposals", limit });
        }
        self.taken += 1;
        proposal.row += self.part.from;
        match self.sink.push(proposal) {
            Ok(()) => Status::OK,
            Err(_) => self.stop(CallFault::Cancelled),
        }
    }
}

const fn stop_status(fault: &CallFault) -> Status {
    match fault {
        CallFault::Cancelled => Status::CANCELLED,
        CallFault::Flooded { .. } => Status::FULL,
        _ => Status::ARG,
    }
}

/// Passes on the records that can be true, and counts those that only a later version knows.
pub(crate) struct CheckedRecords<'a> {
    sink: &'a mut dyn RecordSink,
    findings: u64,
    unknown: u64,
    pub(crate) taken: u64,
    pub(crate) why: Option<CallFault>,
    pub(crate) fault: Option<CallFault>,
}

impl<'a> CheckedRecords<'a> {
    pub(crate) fn new(sink: &'a mut dyn RecordSink) -> Self {
        Self { sink, findings: 0, unknown: 0, taken: 0, why: None, fault: None }
    }

    /// Hears what was found wrong with a record elsewhere.
    pub(crate) fn lied(&mut self, what: String) -> Status {
        self.stop(CallFault::Lied { what })
    }

    /// Reports what was left out. Called once, when the plugin has read to the end.
    pub(crate) fn finish(&mut self) {
        let more = self.findings.saturating_sub(MAX_FINDINGS);
        for finding in [unknown_kind(self.unknown), more_findings(more)] {
            if finding.count == 0 || self.fault.is_some() {
                continue;
            }
            if self.sink.record(Record::Finding(finding)).is_err() {
                self.fault = Some(CallFault::Cancelled);
            }
        }
    }

    fn stop(&mut self, fault: CallFault) -> Status {
        let status = stop_status(&fault);
        self.fault = Some(fault);
        status
    }
}

const fn unknown_kind(count: u64) -> Finding<'static> {
    Finding {
        severity: Severity::Warning,
        code: "unknown-kind",
        file: "",
        place: 0,
        count,
        en: "Records of a kind that this version does not know were left out; a newer version reads them.",
        de: "Datensätze einer Art, die diese Version nicht kennt, wurden ausgelassen; eine neuere Version liest sie.",
    }
}

const fn more_findings(count: u64) -> Finding<'static> {
    Finding {
        severity: Severity::Warning,
        code: "more-findings",
        file: "",
        place: 0,
        count,
        en: "There were more findings than are kept; the others are only counted.",
        de: "Es gab mehr Befunde, als aufbewahrt werden; die übrigen sind nur gezählt.",
    }
}

impl TakeRecords for CheckedRecords<'_> {
    fn record(&mut self, record: Result<Record<'_>, Odd>) -> Status {
        if self.fault.is_some() {
            return Status::ARG;
        }
        let record = match record {
            Ok(record) => record,
            Err(Odd::Unknown) => {
                self.unknown += 1;
                return Status::OK;
            }
            Err(Odd::Fault(fault)) => {
                return self.stop(CallFault::Lied { what: fault.to_string() });
            }
        };
        if matches!(record, Record::Finding(_)) {
            self.findings += 1;
            if MAX_FINDINGS < self.findings {
                return Status::OK;
            }
        }
        self.taken += 1;
        match self.sink.record(record) {
            Ok(()) => Status::OK,
            Err(_) => self.stop(CallFault::Cancelled),
        }
    }

    fn progress(&mut self, done: u64, total: u64) -> Status {
        if self.fault.is_some() {
            return Status::ARG;
        }
        self.sink.progress(done.min(total), total);
        Status::OK
    }

    fn fail(&mut self, why: Finding<'_>) -> Status {
        self.why = Some(CallFault::Unreadable(Box::new(why.into())));
        Status::OK
    }
}

#[cfg(test)]
mod tests {
    use rin_core::{AccountRecord, Stop};

    use super::*;

    #[derive(Default)]
    struct Ear(Vec<String>);

    impl RecordSink for Ear {
        fn record(&mut self, record: Record<'_>) -> Result<(), Stop> {
            self.0.push(match record {
                Record::Finding(finding) => format!("{} {}", finding.code, finding.count),
                _ => "another".to_owned(),
            });
            Ok(())
        }
    }

    #[test]
    fn records_of_an_unknown_kind_are_counted_and_told() {
        let mut ear = Ear::default();
        let mut checked = CheckedRecords::new(&mut ear);
        let account = || Ok(Record::Account(AccountRecord::default()));
        for record in [account(), Err(Odd::Unknown), account(), Err(Odd::Unknown)] {
            assert!(checked.record(record).is_ok());
        }
        checked.finish();
        assert_eq!((checked.taken, checked.fault), (2, None));
        assert_eq!(ear.0, ["another", "another", "unknown-kind 2"]);
    }

    #[test]
    fn findings_beyond_the_limit_are_counted_and_nothing_else_is_held_up() {
        let mut ear = Ear::default();
        let mut checked = CheckedRecords::new(&mut ear);
        for _ in 0..MAX_FINDINGS + 7 {
            assert!(checked.record(Ok(Record::Finding(unknown_kind(1)))).is_ok());
        }
        assert!(checked.record(Ok(Record::Account(AccountRecord::default()))).is_ok());
        checked.finish();
        assert_eq!((checked.taken, checked.fault), (MAX_FINDINGS + 1, None));
        assert_eq!(ear.0.len() as u64, MAX_FINDINGS + 2);
        assert_eq!(ear.0[ear.0.len() - 2..], ["another", "more-findings 7"]);
    }

    #[test]
    fn nothing_is_passed_on_after_a_lie() {
        let mut ear = Ear::default();
        let mut checked = CheckedRecords::new(&mut ear);
        let lie = Fault::NotUtf8 { what: "an account's id" };
        assert_eq!(checked.record(Err(lie.into())), Status::ARG);
        assert_eq!(checked.record(Ok(Record::Account(AccountRecord::default()))), Status::ARG);
        assert_eq!(checked.progress(1, 2), Status::ARG);
        checked.finish();
        let what = "an account's id is not UTF-8".to_owned();
        assert_eq!(checked.fault, Some(CallFault::Lied { what }));
        assert!(ear.0.is_empty());
    }
}
