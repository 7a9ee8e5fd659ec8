//! Owned records and a store in a folder of its own: all that the other tests know of the interface of imports.

use rin_core::{
    AccountFlags, AccountId, AccountKey, AccountRecord, CoverageRecord, InteractionKind,
    InteractionKinds, InteractionRecord, Moment, Record, RecordSink, Stop, TieEnd, TieKind,
    TieKinds, TieRecord, TieStart,
};
use rin_store::{ImportReport, SourceInfo, Store};
use tempfile::TempDir;

pub(crate) const PLATFORM: &str = "example";
pub(crate) const PRIVATE: AccountFlags = AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT);

/// A record that owns its text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Rec {
    Account {
        id: String,
        alias: String,
        name: String,
        flags: AccountFlags,
        seen: Option<Moment>,
        facts: String,
    },
    Tie {
        from: String,
        to: String,
        kind: TieKind,
        start: TieStart,
        end: TieEnd,
    },
    /// A contact of somebody's that stands in a list.
    Listed {
        from: String,
        to: String,
        list: String,
        start: TieStart,
    },
    Event {
        id: String,
        at: Moment,
        from: String,
        to: String,
        kind: InteractionKind,
        labels: String,
    },
    Cover {
        account: String,
        held: TieKinds,
        to: TieKinds,
        until: Option<Moment>,
    },
}

impl Rec {
    pub(crate) fn put(&self, sink: &mut dyn RecordSink) -> Result<(), Stop> {
        sink.record(match self {
            Self::Account { id, alias, name, flags, seen, facts } => {
                Record::Account(AccountRecord {
                    id,
                    alias,
                    name,
                    flags: *flags,
                    seen: *seen,
                    handle: "",
                    facts,
                })
            }
            Self::Tie { from, to, kind, start, end } => Record::Tie(TieRecord {
                from,
                to,
                kind: *kind,
                start: *start,
                end: *end,
                label: "",
            }),
            Self::Listed { from, to, list, start } => Record::Tie(TieRecord {
                from,
                to,
                kind: TieKind::Contact,
                start: *start,
                end: TieEnd::Open,
                label: list,
            }),
            Self::Event { id, at, from, to, kind, labels } => {
                Record::Interaction(InteractionRecord {
                    id,
                    at: *at,
                    from,
                    to,
                    kind: *kind,
                    labels,
                })
            }
            Self::Cover { account, held, to, until } => Record::Coverage(CoverageRecord {
                account,
                sent: InteractionKinds::ALL,
                received: InteractionKinds::NONE,
                ties_held: *held,
                ties_to: *to,
                since: None,
                until: *until,
            }),
        })
    }
}

pub(crate) fn day(number: i64) -> Moment {
    Moment::from_unix_ms(number * 86_400_000)
}

pub(crate) fn account(id: &str, flags: AccountFlags) -> Rec {
    let (alias, name, facts) = Default::default();
    Rec::Account { id: id.into(), alias, name, flags, seen: None, facts }
}

pub(crate) fn alias(id: &str, alias: &str) -> Rec {
    let (name, flags, facts) = Default::default();
    Rec::Account { id: id.into(), alias: alias.into(), name, flags, seen: None, facts }
}

pub(crate) fn event(id: &str, at: i64, from: &str, to: &str) -> Rec {
    let kind = InteractionKind::Reply;
    let (from, to, labels) = (from.into(), to.into(), String::new());
    Rec::Event { id: id.into(), at: day(at), from, to, kind, labels }
}

pub(crate) fn follow(from: &str, to: &str, start: TieStart) -> Rec {
    let kind = TieKind::Follow;
    Rec::Tie { from: from.into(), to: to.into(), kind, start, end: TieEnd::Open }
}

/// Says that the list of whom `account` follows is complete at `until`.
pub(crate) fn follows_complete(account: &str, until: i64) -> Rec {
    Rec::Cover {
        account: account.into(),
        held: TieKinds::of(&[TieKind::Follow]),
        to: TieKinds::NONE,
        until: Some(day(until)),
    }
}

pub(crate) fn source(fingerprint: &str) -> SourceInfo<'_> {
    SourceInfo {
        platform: PLATFORM,
        plugin: "org.example.reader",
        version: "1.0.0",
        name: "export.zip",
        fingerprint,
        now: day(20_000),
    }
}

/// A store in a folder that goes when it goes.
pub(crate) struct Home {
    pub(crate) store: Store,
    pub(crate) folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::create(folder.path()).unwrap(), folder }
    }

    pub(crate) fn import(&mut self, fingerprint: &str, records: &[Rec]) -> ImportReport {
        self.store
            .import(&source(fingerprint), |sink| records.iter().try_for_each(|rec| rec.put(sink)))
            .unwrap()
    }

    pub(crate) fn dump(&self) -> String {
        let mut text = Vec::new();
        self.store.dump(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    pub(crate) fn id(&self, key: &str) -> AccountId {
        let key = AccountKey::new(PLATFORM, key);
        self.store.read().unwrap().account_by_key(&key).unwrap().unwrap()
    }

    pub(crate) fn key(&self, id: AccountId) -> String {
        let mut key = None;
        let reader = self.store.read().unwrap();
        reader
            .each_account(|known| {
                if known.id == id {
                    key = Some(known.account.key.id);
                }
            })
            .unwrap();
        key.unwrap()
    }
}
