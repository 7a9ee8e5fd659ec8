//! What a reader reports from an export: borrowed rows with native ids, on their way into the store.
//!
//! Ids are the platform's own text, times are moments, and nothing is dropped in silence: what cannot be used
//! becomes a [`Finding`] with its place. A record's identity comes from its source, so reading the same export
//! twice, or two overlapping ones, adds nothing.

use crate::{
    AccountFlags, InteractionKind, InteractionKinds, Moment, TieEnd, TieKind, TieKinds, TieStart,
};

/// One row from a reader.
#[derive(Clone, Copy, PartialEq, Debug)]
#[non_exhaustive]
pub enum Record<'a> {
    /// Somebody's presence.
    Account(AccountRecord<'a>),
    /// A relation seen.
    Tie(TieRecord<'a>),
    /// A dated event.
    Interaction(InteractionRecord<'a>),
    /// What the source can see.
    Coverage(CoverageRecord<'a>),
    /// What could not be used, or should be known.
    Finding(Finding<'a>),
}

/// What a source says about one account. Empty text means "not said".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AccountRecord<'a> {
    /// Native id.
    pub id: &'a str,
    /// Another native id of the *same* account (a Mastodon address beside an actor URI).
    pub alias: &'a str,
    /// What people type to reach it.
    pub handle: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// What else is said.
    pub flags: AccountFlags,
    /// When the source saw it so; of two reports the later wins.
    pub seen: Option<Moment>,
    /// What its profile or the user's card says of who stands behind it, one a line: `mail ann@example.org`, with the
    /// words of [`FactKind`](crate::FactKind); empty for none or not said.
    ///
    /// By them one human is recognised on several platforms. Only what that needs is asked for.
    pub facts: &'a str,
}

/// A tie as a source shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TieRecord<'a> {
    /// Native id of the holder.
    pub from: &'a str,
    /// Native id of the other end.
    pub to: &'a str,
    /// What it is.
    pub kind: TieKind,
    /// When it began.
    pub start: TieStart,
    /// When it ended.
    pub end: TieEnd,
    /// The list or group it stands in; empty for none.
    pub label: &'a str,
}

/// A dated event as a source shows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InteractionRecord<'a> {
    /// The platform's own id of the event (status URI, record URI): its identity for ever.
    pub id: &'a str,
    /// When.
    pub at: Moment,
    /// Native id of the doer.
    pub from: &'a str,
    /// Native id of the other side.
    pub to: &'a str,
    /// What.
    pub kind: InteractionKind,
    /// Hashtags and addresses in what was posted, one a line: `#name` or `https://…`; empty for none or not said.
    ///
    /// By them a campaign knows the ties it won. A private message has none: its text is nobody's business.
    pub labels: &'a str,
}

/// What a source can see about one account; by default nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CoverageRecord<'a> {
    /// Native id of the account it is about.
    pub account: &'a str,
    /// Interactions it sent.
    pub sent: InteractionKinds,
    /// Interactions it received.
    pub received: InteractionKinds,
    /// Ties it holds that are listed *completely*: one missing from a later list has ended.
    pub ties_held: TieKinds,
    /// Ties to it that are listed completely.
    pub ties_to: TieKinds,
    /// First moment seen.
    pub since: Option<Moment>,
    /// The moment of the export.
    pub until: Option<Moment>,
}

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Severity {
    /// Good to know: what the export cannot show.
    Note = 1,
    /// Rows were left out.
    Warning = 2,
    /// A part could not be read.
    Error = 3,
}

impl Severity {
    /// Returns the severity of that number; unknown ones count as [`Severity::Error`].
    pub const fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Note,
            2 => Self::Warning,
            _ => Self::Error,
        }
    }

    /// Returns its English name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something about the source that a person should know, with its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding<'a> {
    /// How grave.
    pub severity: Severity,
    /// A short stable name, e.g. `no-date`.
    pub code: &'a str,
    /// The file inside the source; empty for the source as a whole.
    pub file: &'a str,
    /// Line, item or byte within the file, counted from 1; 0 if it has none.
    pub place: u64,
    /// How many rows it stands for.
    pub count: u64,
    /// One sentence in English: what, and what to do.
    pub en: &'a str,
    /// The same in German.
    pub de: &'a str,
}

/// Takes records as they are read.
pub trait RecordSink {
    /// Takes one record. The borrowed text is valid during the call only.
    ///
    /// # Errors
    /// [`Stop`] when the taker wants no more; the reader returns at once.
    fn record(&mut self, record: Record<'_>) -> Result<(), Stop>;

    /// Hears how much of the source has been read, in bytes of its files.
    fn progress(&mut self, done: u64, total: u64) {
        let _ = (done, total);
    }
}

/// The taker of records wants no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the host asked the reader to stop")]
pub struct Stop;
