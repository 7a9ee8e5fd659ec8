//! Writes a small store with something in every table, and its network as text: the file that later versions must open.
//!
//! `cargo run -p rin-store --example golden -- FOLDER`. The folder must not hold a store yet.

use std::{env, error::Error, fs, path::PathBuf};

use rin_core::{
    AccountFlags, AccountRecord, CoverageRecord, Finding, InteractionKind, InteractionKinds,
    InteractionRecord, Minutes, Moment, PartyId, Record, RecordSink, Severity, Stop, TieEnd,
    TieKind, TieKinds, TieRecord, TieStart,
};
use rin_store::{
    CampaignEnd, CampaignMark, Comeback, Decision, DecisionKind, Note, Origin, OriginMark,
    PlanHeader, PlanLine, ProgrammeEvent, ProgrammeStep, SourceInfo, StartedCampaign, Store,
    StoreError, StoredCalibration, StoredTier, Tag,
};

const US: &str = "https://example/us";
const ANN: &str = "https://example/ann";
const BOB: &str = "https://example/bob";
const DAY: i64 = 86_400_000;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args_os().nth(1).ok_or("name a folder")?);
    let mut store = Store::create(&folder)?;
    let now = day(20_000);
    let info = SourceInfo {
        platform: "example",
        plugin: "org.example.reader",
        version: "1.0.0",
        name: "export.zip",
        fingerprint: "first",
        now,
    };
    store.import(&info, first)?;
    store.import(&SourceInfo { fingerprint: "second", ..info }, |sink| cover(sink, 19_100))?;
    store.import(&SourceInfo { fingerprint: "third", ..info }, erased)?;
    let party = party_of(&store, ANN)?.ok_or("the account is missing")?;
    let bob = party_of(&store, BOB)?.ok_or("the account is missing")?;
    store.forget(&[bob], Comeback::Barred)?;
    let header = PlanHeader {
        made_at: now,
        start: now,
        end: day(20_007),
        budget: Minutes::new(90.0),
        seed: 1,
    };
    let line = PlanLine {
        party,
        platform: "example".into(),
        strategy: "org.example.hello".into(),
        action: "reply".into(),
        reason: "silent".into(),
        minutes: Minutes::new(5.0),
        earliest: None,
        due: Some(day(20_005)),
        day: Some(day(20_003).day()),
        member: "anna".into(),
    };
    let plan = store.save_plan(&header, &[line])?;
    let kind = DecisionKind::Never;
    store.decide(&Decision { party, kind, at: now, answers: Some((plan, 1)) })?;
    store.save_calibration(&StoredCalibration {
        made_at: now,
        method: 1,
        body: "{}".to_owned(),
    })?;
    lasting(&mut store, party, now)?;
    store.dump(&mut fs::File::create(folder.join("network.txt"))?)?;
    Ok(())
}

/// A programme, a campaign that won the party, and what is said of it.
fn lasting(store: &mut Store, party: PartyId, now: Moment) -> Result<(), StoreError> {
    store.record_programme(&ProgrammeEvent {
        programme: "Library".into(),
        at: now,
        step: ProgrammeStep::Begun,
        body: "{}".into(),
    })?;
    let campaign = "summer".to_owned();
    store.start_campaign(&StartedCampaign {
        id: campaign.clone(),
        programme: "Library".into(),
        body: "name = \"Summer\"\n".into(),
        started_at: now,
        despite: Some("we try".into()),
    })?;
    let end = CampaignEnd { at: day(20_042), minutes: Minutes::new(600.0), money: Some(80.5) };
    store.end_campaign(&campaign, &end)?;
    store.mark_campaign(&CampaignMark { campaign: campaign.clone(), party, won: true, at: now })?;
    let (won_at, how) = (day(18_500), OriginMark::Hand);
    store.keep_origins(&[Origin { party, campaign: Some(campaign), won_at, how }])?;
    let text = "likes tea".into();
    store.add_note(&Note { party, at: day(19_999), written: now, text })?;
    store.add_tag(&Tag { party, tag: "press".into(), since: now })?;
    let mut accounts = Vec::new();
    store.read()?.each_account(|known| accounts.push(known.id))?;
    if let [first, .., last] = accounts.as_slice() {
        store.join(*first, *last, "told me", now)?;
        store.part(&[*first], &[*last], "a mistake", now)?;
    }
    store.save_tiers(&[StoredTier { party, tier: "close".into(), since: now }])?;
    Ok(())
}

fn party_of(store: &Store, id: &str) -> Result<Option<PartyId>, StoreError> {
    let mut party = None;
    store.read()?.each_account(|known| {
        if known.account.key.id == id {
            party = Some(known.account.party);
        }
    })?;
    Ok(party)
}

fn day(number: i64) -> Moment {
    Moment::from_unix_ms(number * DAY)
}

/// Somebody who is erased afterwards.
fn erased(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    sink.record(Record::Account(AccountRecord {
        id: BOB,
        handle: "bob@b.example",
        facts: "mail bob@example.org",
        ..AccountRecord::default()
    }))
}

fn first(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    sink.record(Record::Account(AccountRecord {
        id: US,
        flags: AccountFlags::OWNER.with(AccountFlags::PRIVATE_EXPORT),
        ..AccountRecord::default()
    }))?;
    sink.record(Record::Account(AccountRecord {
        id: ANN,
        alias: "acct:ann@example",
        handle: "ann@example",
        name: "Änn \\ tab\t",
        flags: AccountFlags::PERSON,
        seen: Some(day(19_000)),
        facts: "mail ann@example.org\norganisation Änn's",
    }))?;
    cover(sink, 19_000)?;
    sink.record(Record::Tie(TieRecord {
        from: US,
        to: "acct:ann@example",
        kind: TieKind::Follow,
        start: TieStart::Exact(day(18_000)),
        end: TieEnd::Open,
        label: "friends",
    }))?;
    let replies = [("1", 18_500, US, ANN, "#Reading"), ("2", 18_501, "acct:ann@example", US, "")];
    for (id, at, from, to, labels) in replies {
        let kind = InteractionKind::Reply;
        sink.record(Record::Interaction(InteractionRecord {
            id,
            at: day(at),
            from,
            to,
            kind,
            labels,
        }))?;
    }
    sink.record(Record::Finding(Finding {
        severity: Severity::Note,
        code: "no-date",
        file: "likes.json",
        place: 3,
        count: 2,
        en: "Likes carry no date.",
        de: "Likes tragen kein Datum.",
    }))
}

/// A complete list of whom we follow at that day.
fn cover(sink: &mut dyn RecordSink, until: i64) -> Result<(), Stop> {
    sink.record(Record::Coverage(CoverageRecord {
        account: US,
        sent: InteractionKinds::ALL,
        received: InteractionKinds::NONE,
        ties_held: TieKinds::of(&[TieKind::Follow]),
        ties_to: TieKinds::NONE,
        since: Some(day(18_000)),
        until: Some(day(until)),
    }))
}
