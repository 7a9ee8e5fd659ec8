//! The rows a reader reports, as they cross: text as pointer and length, enums as numbers, "none" as a number too.
//!
//! A number that only a later version knows makes the row unknown, not wrong: the host counts it and says so.
#![expect(unsafe_code, reason = "declares which structs are plain memory")]

use std::mem::offset_of;

use crate::raw::{Plain, RawStr, RawText};

/// `rin_account`: what a source says about one account.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawAccount {
    pub(crate) id: RawStr,
    pub(crate) alias: RawStr,
    pub(crate) handle: RawStr,
    pub(crate) name: RawStr,
    pub(crate) flags: u32,
    pub(crate) reserved: u32,
    pub(crate) seen_ms: i64,
    /// Since 1.2.
    pub(crate) facts: RawStr,
}

/// `rin_tie`: a tie as a source shows it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawTie {
    pub(crate) from: RawStr,
    pub(crate) to: RawStr,
    pub(crate) label: RawStr,
    pub(crate) kind: u32,
    pub(crate) start_kind: u32,
    pub(crate) end_kind: u32,
    pub(crate) reserved: u32,
    pub(crate) start_ms: i64,
    pub(crate) end_ms: i64,
    pub(crate) end_by_ms: i64,
}

/// `rin_interaction`: a dated event as a source shows it.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawInteraction {
    pub(crate) id: RawStr,
    pub(crate) from: RawStr,
    pub(crate) to: RawStr,
    pub(crate) at_ms: i64,
    pub(crate) kind: u32,
    pub(crate) reserved: u32,
    /// Since 1.1.
    pub(crate) labels: RawStr,
}

/// `rin_coverage`: what a source can see of one account.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawCoverage {
    pub(crate) account: RawStr,
    pub(crate) sent: u32,
    pub(crate) received: u32,
    pub(crate) ties_held: u32,
    pub(crate) ties_to: u32,
    pub(crate) since_ms: i64,
    pub(crate) until_ms: i64,
}

/// `rin_finding`: what a person should know about the source.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct RawFinding {
    pub(crate) severity: u32,
    pub(crate) reserved: u32,
    pub(crate) code: RawStr,
    pub(crate) file: RawStr,
    pub(crate) place: u64,
    pub(crate) count: u64,
    pub(crate) text: RawText,
}

// SAFETY: numbers and pointers only.
unsafe impl Plain for RawAccount {
    const NEEDED: usize = offset_of!(Self, facts);
}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawTie {}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawInteraction {
    const NEEDED: usize = offset_of!(Self, labels);
}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawCoverage {}
// SAFETY: numbers and pointers only.
unsafe impl Plain for RawFinding {}

const START_UNKNOWN: u32 = 0;
const START_EXACT: u32 = 1;
const START_AT_OR_BEFORE: u32 = 2;
const END_OPEN: u32 = 0;
const END_EXACT: u32 = 1;
const END_BETWEEN: u32 = 2;

/// The taking side.
pub(crate) mod host {
    use rin_core::{
        AccountFlags, AccountRecord, CoverageRecord, Finding, InteractionKind, InteractionKinds,
        InteractionRecord, Moment, Record, Severity, TieEnd, TieKind, TieKinds, TieRecord,
        TieStart,
    };

    use super::{
        END_BETWEEN, END_EXACT, END_OPEN, RawAccount, RawCoverage, RawFinding, RawInteraction,
        RawTie, START_AT_OR_BEFORE, START_EXACT, START_UNKNOWN,
    };
    use crate::{
        Fault, NO_MOMENT,
        raw::{MAX_TEXT, Plain, RawStr},
    };

    /// Why a row is none of ours.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Odd {
        /// It is wrong.
        Fault(Fault),
        /// It is of a kind that this version does not know.
        Unknown,
    }

    impl From<Fault> for Odd {
        fn from(fault: Fault) -> Self {
            Self::Fault(fault)
        }
    }

    /// A row that becomes a record.
    pub(crate) trait Row: Plain {
        const WHAT: &'static str;

        /// # Errors
        /// [`Odd`] if it is wrong or unknown.
        ///
        /// # Safety
        /// Its texts are null or good for their lengths during `'a`.
        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd>;
    }

    /// # Safety
    /// As [`RawStr::read`].
    unsafe fn read<'a>(text: RawStr, what: &'static str) -> Result<&'a str, Fault> {
        // SAFETY: the caller's promise.
        unsafe { text.read(what, MAX_TEXT) }
    }

    fn moment(ms: i64) -> Option<Moment> {
        (ms != NO_MOMENT).then_some(Moment::from_unix_ms(ms))
    }

    fn known<T>(number: u32, from_number: fn(u8) -> Option<T>) -> Result<T, Odd> {
        u8::try_from(number).ok().and_then(from_number).ok_or(Odd::Unknown)
    }

    /// Returns the kinds this version has room for; higher bits stand for kinds it does not know.
    const fn bits(set: u32) -> u16 {
        #[expect(clippy::cast_possible_truncation, reason = "higher bits are meant to go")]
        let low = set as u16;
        low
    }

    impl Row for RawAccount {
        const WHAT: &'static str = "the accounts";

        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd> {
            Ok(Record::Account(AccountRecord {
                // SAFETY: the caller's promise.
                id: unsafe { read(self.id, "an account's id") }?,
                // SAFETY: as above.
                alias: unsafe { read(self.alias, "an account's alias") }?,
                // SAFETY: as above.
                handle: unsafe { read(self.handle, "an account's handle") }?,
                // SAFETY: as above.
                name: unsafe { read(self.name, "an account's name") }?,
                flags: AccountFlags::from_bits(self.flags),
                seen: moment(self.seen_ms),
                // SAFETY: as above.
                facts: unsafe { read(self.facts, "an account's facts") }?,
            }))
        }
    }

    impl Row for RawTie {
        const WHAT: &'static str = "the ties";

        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd> {
            let at = Moment::from_unix_ms;
            Ok(Record::Tie(TieRecord {
                // SAFETY: the caller's promise.
                from: unsafe { read(self.from, "a tie's holder") }?,
                // SAFETY: as above.
                to: unsafe { read(self.to, "a tie's other end") }?,
                // SAFETY: as above.
                label: unsafe { read(self.label, "a tie's label") }?,
                kind: known(self.kind, TieKind::from_number)?,
                start: match self.start_kind {
                    START_UNKNOWN => TieStart::Unknown,
                    START_EXACT => TieStart::Exact(at(self.start_ms)),
                    START_AT_OR_BEFORE => TieStart::AtOrBefore(at(self.start_ms)),
                    _ => return Err(Odd::Unknown),
                },
                end: match self.end_kind {
                    END_OPEN => TieEnd::Open,
                    END_EXACT => TieEnd::Exact(at(self.end_ms)),
                    END_BETWEEN => {
                        TieEnd::Between { after: at(self.end_ms), by: at(self.end_by_ms) }
                    }
                    _ => return Err(Odd::Unknown),
                },
            }))
        }
    }

    impl Row for RawInteraction {
        const WHAT: &'static str = "the interactions";

        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd> {
            Ok(Record::Interaction(InteractionRecord {
                // SAFETY: the caller's promise.
                id: unsafe { read(self.id, "an interaction's id") }?,
                // SAFETY: as above.
                from: unsafe { read(self.from, "an interaction's doer") }?,
                // SAFETY: as above.
                to: unsafe { read(self.to, "an interaction's other side") }?,
                at: Moment::from_unix_ms(self.at_ms),
                kind: known(self.kind, InteractionKind::from_number)?,
                // SAFETY: as above.
                labels: unsafe { read(self.labels, "an interaction's labels") }?,
            }))
        }
    }

    impl Row for RawCoverage {
        const WHAT: &'static str = "the coverage";

        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd> {
            Ok(Record::Coverage(CoverageRecord {
                // SAFETY: the caller's promise.
                account: unsafe { read(self.account, "a covered account") }?,
                sent: InteractionKinds::from_bits(bits(self.sent)),
                received: InteractionKinds::from_bits(bits(self.received)),
                ties_held: TieKinds::from_bits(bits(self.ties_held)),
                ties_to: TieKinds::from_bits(bits(self.ties_to)),
                since: moment(self.since_ms),
                until: moment(self.until_ms),
            }))
        }
    }

    impl Row for RawFinding {
        const WHAT: &'static str = "the findings";

        unsafe fn record<'a>(self) -> Result<Record<'a>, Odd> {
            // SAFETY: the caller's promise.
            Ok(Record::Finding(unsafe { finding(self) }?))
        }
    }

    /// # Safety
    /// As [`Row::record`].
    pub(crate) unsafe fn finding<'a>(raw: RawFinding) -> Result<Finding<'a>, Fault> {
        Ok(Finding {
            severity: Severity::from_number(u8::try_from(raw.severity).unwrap_or(u8::MAX)),
            // SAFETY: the caller's promise.
            code: unsafe { read(raw.code, "a finding's code") }?,
            // SAFETY: as above.
            file: unsafe { read(raw.file, "a finding's file") }?,
            place: raw.place,
            count: raw.count,
            // SAFETY: as above.
            en: unsafe { read(raw.text.en, "a finding's English text") }?,
            // SAFETY: as above.
            de: unsafe { read(raw.text.de, "a finding's German text") }?,
        })
    }
}

/// The reporting side.
pub(crate) mod plugin {
    use rin_core::{
        AccountRecord, CoverageRecord, Finding, InteractionRecord, Moment, TieEnd, TieRecord,
        TieStart,
    };

    use super::{
        END_BETWEEN, END_EXACT, END_OPEN, RawAccount, RawCoverage, RawFinding, RawInteraction,
        RawTie, START_AT_OR_BEFORE, START_EXACT, START_UNKNOWN,
    };
    use crate::{
        NO_MOMENT,
        pack::{Pack, Texts},
        raw::{RawStr, RawText},
    };

    /// A record that becomes a row.
    pub(crate) trait Report {
        type Row: Texts;

        /// Returns the bytes of all its texts.
        fn bytes(&self) -> usize;

        /// Adds it to a pack that has room.
        fn pack(&self, pack: &mut Pack<Self::Row>);
    }

    fn ms(moment: Option<Moment>) -> i64 {
        moment.map_or(NO_MOMENT, Moment::unix_ms)
    }

    impl Report for AccountRecord<'_> {
        type Row = RawAccount;

        fn bytes(&self) -> usize {
            let texts = [self.id, self.alias, self.handle, self.name, self.facts];
            texts.iter().map(|text| text.len()).sum()
        }

        fn pack(&self, pack: &mut Pack<RawAccount>) {
            let row = RawAccount {
                id: pack.text(self.id),
                alias: pack.text(self.alias),
                handle: pack.text(self.handle),
                name: pack.text(self.name),
                flags: self.flags.bits(),
                reserved: 0,
                seen_ms: ms(self.seen),
                facts: pack.text(self.facts),
            };
            pack.push(row);
        }
    }

    impl Report for TieRecord<'_> {
        type Row = RawTie;

        fn bytes(&self) -> usize {
            self.from.len() + self.to.len() + self.label.len()
        }

        fn pack(&self, pack: &mut Pack<RawTie>) {
            let (start_kind, start_ms) = match self.start {
                TieStart::Exact(at) => (START_EXACT, at.unix_ms()),
                TieStart::AtOrBefore(at) => (START_AT_OR_BEFORE, at.unix_ms()),
                TieStart::Unknown => (START_UNKNOWN, 0),
            };
            let (end_kind, end_ms, end_by_ms) = match self.end {
                TieEnd::Open => (END_OPEN, 0, 0),
                TieEnd::Exact(at) => (END_EXACT, at.unix_ms(), 0),
                TieEnd::Between { after, by } => (END_BETWEEN, after.unix_ms(), by.unix_ms()),
            };
            let row = RawTie {
                from: pack.text(self.from),
                to: pack.text(self.to),
                label: pack.text(self.label),
                kind: self.kind.number().into(),
                start_kind,
                end_kind,
                reserved: 0,
                start_ms,
                end_ms,
                end_by_ms,
            };
            pack.push(row);
        }
    }

    impl Report for InteractionRecord<'_> {
        type Row = RawInteraction;

        fn bytes(&self) -> usize {
            self.id.len() + self.from.len() + self.to.len() + self.labels.len()
        }

        fn pack(&self, pack: &mut Pack<RawInteraction>) {
            let row = RawInteraction {
                id: pack.text(self.id),
                from: pack.text(self.from),
                to: pack.text(self.to),
                at_ms: self.at.unix_ms(),
                kind: self.kind.number().into(),
                reserved: 0,
                labels: pack.text(self.labels),
            };
            pack.push(row);
        }
    }

    impl Report for CoverageRecord<'_> {
        type Row = RawCoverage;

        fn bytes(&self) -> usize {
            self.account.len()
        }

        fn pack(&self, pack: &mut Pack<RawCoverage>) {
            let row = RawCoverage {
                account: pack.text(self.account),
                sent: self.sent.bits().into(),
                received: self.received.bits().into(),
                ties_held: self.ties_held.bits().into(),
                ties_to: self.ties_to.bits().into(),
                since_ms: ms(self.since),
                until_ms: ms(self.until),
            };
            pack.push(row);
        }
    }

    impl Report for Finding<'_> {
        type Row = RawFinding;

        fn bytes(&self) -> usize {
            self.code.len() + self.file.len() + self.en.len() + self.de.len()
        }

        fn pack(&self, pack: &mut Pack<RawFinding>) {
            let row = RawFinding {
                severity: self.severity as u32,
                reserved: 0,
                code: pack.text(self.code),
                file: pack.text(self.file),
                place: self.place,
                count: self.count,
                text: RawText { en: pack.text(self.en), de: pack.text(self.de) },
            };
            pack.push(row);
        }
    }

    macro_rules! texts {
        ($($row:ty: $($text:ident).+ $(, $more:ident $(. $field:ident)?)*;)*) => {
            $(impl Texts for $row {
                fn texts(&mut self) -> impl Iterator<Item = &mut RawStr> {
                    [&mut self.$($text).+ $(, &mut self.$more $(. $field)?)*].into_iter()
                }
            })*
        };
    }
    texts! {
        RawAccount: id, alias, handle, name, facts;
        RawTie: from, to, label;
        RawInteraction: id, from, to, labels;
        RawCoverage: account;
        RawFinding: code, file, text.en, text.de;
    }
}

#[cfg(test)]
mod tests {
    use rin_core::{Record, TieEnd, TieStart};

    use super::{host::Row, *};
    use crate::host::Odd;

    const TIE: RawTie = RawTie {
        from: RawStr::new("a"),
        to: RawStr::new("b"),
        label: RawStr::EMPTY,
        kind: 1,
        start_kind: START_EXACT,
        end_kind: END_OPEN,
        reserved: 0,
        start_ms: 5,
        end_ms: 0,
        end_by_ms: 0,
    };

    fn check(raw: RawTie, expected: &Result<(TieStart, TieEnd), Odd>) {
        // SAFETY: every text is a literal.
        let read = unsafe { raw.record() }.map(|record| match record {
            Record::Tie(tie) => (tie.start, tie.end),
            other => panic!("{other:?}"),
        });
        assert_eq!(&read, expected);
    }

    #[test]
    fn what_only_a_later_version_knows_is_unknown_and_not_wrong() {
        let at = rin_core::Moment::from_unix_ms;
        check(TIE, &Ok((TieStart::Exact(at(5)), TieEnd::Open)));
        for later in [
            RawTie { kind: 99, ..TIE },
            RawTie { kind: 257, ..TIE },
            RawTie { start_kind: 3, ..TIE },
            RawTie { end_kind: 3, ..TIE },
        ] {
            check(later, &Err(Odd::Unknown));
        }
        let bad = RawStr { ptr: std::ptr::null(), len: 3 };
        let fault = crate::Fault::Null { what: "a tie's holder" };
        check(RawTie { from: bad, ..TIE }, &Err(Odd::Fault(fault)));
    }
}
