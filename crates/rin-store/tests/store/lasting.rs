//! Programmes, campaigns, origins, tags and labels are read back as written, stay what they were, and follow a party
//! whose accounts turn out to be one.

use rin_core::{InteractionKind, Minutes, PartyId};
use rin_store::{
    CampaignEnd, CampaignMark, Origin, OriginMark, ProgrammeEvent, ProgrammeStep, StartedCampaign,
    StoreError, StoredTier, Tag,
};

use crate::support::{Home, Rec, alias, day, event};

fn step(step: ProgrammeStep, at: i64, body: &str) -> ProgrammeEvent {
    ProgrammeEvent { programme: "Library".into(), at: day(at), step, body: body.into() }
}

fn started(id: &str, at: i64) -> StartedCampaign {
    StartedCampaign {
        id: id.into(),
        programme: "Library".into(),
        body: "name = \"Ä\"".into(),
        started_at: day(at),
        despite: None,
    }
}

fn origin(party: PartyId, campaign: Option<&str>, won_at: i64) -> Origin {
    let campaign = campaign.map(str::to_owned);
    Origin { party, campaign, won_at: day(won_at), how: OriginMark::Dates }
}

/// A store with Ann under two addresses, which are two parties so far.
fn home() -> (Home, PartyId, PartyId) {
    let mut home = Home::new();
    home.import("f", &[event("1", 100, "us", "ann"), event("2", 101, "us", "acct:ann@example")]);
    let (ann, address) = (party(&home, "ann"), party(&home, "acct:ann@example"));
    assert_ne!(ann, address);
    (home, ann, address)
}

fn party(home: &Home, key: &str) -> PartyId {
    let account = home.id(key);
    let mut found = None;
    let reader = home.store.read().unwrap();
    reader
        .each_party(|party| {
            if party.accounts.contains(&account) {
                found = Some(party.id);
            }
        })
        .unwrap();
    found.unwrap()
}

/// Runs a statement as another tool would.
fn meddle(home: &Home, sql: &str) -> Result<(), String> {
    let path = home.folder.path().join("rin.db");
    let other = rusqlite::Connection::open(path).unwrap();
    other.execute_batch(sql).map_err(|error| error.to_string())
}

#[test]
fn the_history_of_a_programme_is_only_added_to() {
    let (mut home, ..) = home();
    let steps = [
        step(ProgrammeStep::Begun, 10, "{\"a\":1}"),
        step(ProgrammeStep::Adjusted, 30, "{\"a\":2}"),
        step(ProgrammeStep::Renewed, 20, "{\"a\":3}"),
        step(ProgrammeStep::Ended, 40, "{\"a\":4}"),
    ];
    for step in &steps {
        home.store.record_programme(step).unwrap();
    }
    assert_eq!(home.store.read().unwrap().programme_events().unwrap(), steps);
    for sql in ["UPDATE programme_event SET body = ''", "DELETE FROM programme_event"] {
        let said = meddle(&home, sql).unwrap_err();
        assert!(said.contains("the history of a programme is not changed"), "{said}");
    }
    assert!(home.dump().contains("programme\tLibrary\t1728000000\trenewed\t{\"a\":3}\n"));
}

#[test]
fn a_campaign_is_started_once_and_ended_once() {
    let (mut home, ..) = home();
    home.store.start_campaign(&started("summer", 10)).unwrap();
    let other = StartedCampaign { despite: Some("we must".into()), ..started("autumn", 5) };
    home.store.start_campaign(&other).unwrap();
    let again = home.store.start_campaign(&started("summer", 11)).unwrap_err();
    assert!(matches!(again, StoreError::Taken { what: "campaign", .. }));
    let end = CampaignEnd { at: day(50), minutes: Minutes::new(900.0), money: None };
    home.store.end_campaign("summer", &end).unwrap();
    let again = home.store.end_campaign("summer", &end).unwrap_err();
    assert!(matches!(again, StoreError::Taken { what: "the end of campaign", .. }));
    let nobody = home.store.end_campaign("spring", &end).unwrap_err();
    assert!(matches!(nobody, StoreError::Missing { what: "campaign", .. }));

    let reader = home.store.read().unwrap();
    let campaigns = reader.campaigns().unwrap();
    assert_eq!((&campaigns[0].started, campaigns[0].end), (&other, None));
    assert_eq!((&campaigns[1].started, campaigns[1].end), (&started("summer", 10), Some(end)));
    assert_eq!(reader.campaign("summer").unwrap().unwrap(), campaigns[1]);
    assert_eq!(reader.campaign("spring").unwrap(), None);
}

#[test]
fn the_last_word_on_whom_a_campaign_won_counts() {
    let (mut home, ann, address) = home();
    home.store.start_campaign(&started("summer", 10)).unwrap();
    let mark = |party, won, at| CampaignMark { campaign: "summer".into(), party, won, at: day(at) };
    home.store.mark_campaign(&mark(ann, true, 20)).unwrap();
    home.store.mark_campaign(&mark(ann, false, 21)).unwrap();
    home.store.mark_campaign(&mark(address, true, 15)).unwrap();
    let marks = home.store.read().unwrap().campaign_marks().unwrap();
    assert!(marks.contains(&mark(ann, false, 21)) && marks.len() == 2);
    let nobody = home.store.mark_campaign(&mark(PartyId::new(99), true, 1)).unwrap_err();
    assert!(matches!(nobody, StoreError::Unknown { what: "party", id: 99, .. }));
    let other = CampaignMark { campaign: "spring".into(), ..mark(ann, true, 1) };
    let missing = home.store.mark_campaign(&other).unwrap_err();
    assert!(matches!(missing, StoreError::Missing { what: "campaign", .. }));
}

#[test]
fn an_origin_is_written_once_and_kept_for_life() {
    let (mut home, ann, address) = home();
    home.store.start_campaign(&started("summer", 10)).unwrap();
    assert_eq!(home.store.keep_origins(&[origin(ann, Some("summer"), 100)]).unwrap(), 1);
    let later = [origin(ann, None, 90), origin(address, None, 101)];
    assert_eq!(home.store.keep_origins(&later).unwrap(), 1);
    let mut origins = home.store.read().unwrap().origins().unwrap();
    origins.sort_by_key(|origin| origin.won_at);
    assert_eq!(origins, [origin(ann, Some("summer"), 100), origin(address, None, 101)]);
    let said = meddle(&home, "UPDATE origin SET campaign = NULL").unwrap_err();
    assert!(said.contains("an origin is kept for life"), "{said}");
    // One of an unknown party or campaign keeps the others out too.
    let third = party(&home, "us");
    home.store.keep_origins(&[origin(third, Some("spring"), 1)]).unwrap_err();
    home.store
        .keep_origins(&[origin(third, None, 1), origin(PartyId::new(99), None, 1)])
        .unwrap_err();
    assert_eq!(home.store.read().unwrap().origins().unwrap().len(), 2);
    home.store.keep_origins(&[origin(third, None, 1)]).unwrap();
    assert_eq!(home.store.read().unwrap().origins().unwrap().len(), 3);
}

#[test]
fn tags_and_tiers_are_set_and_taken_away() {
    let (mut home, ann, address) = home();
    let tag = |party, tag: &str, since| Tag { party, tag: tag.into(), since: day(since) };
    assert!(home.store.add_tag(&tag(ann, "press", 1)).unwrap());
    assert!(!home.store.add_tag(&tag(ann, "press", 2)).unwrap());
    assert!(home.store.add_tag(&tag(ann, "Verein", 3)).unwrap());
    let nobody = home.store.add_tag(&tag(PartyId::new(99), "press", 1)).unwrap_err();
    assert!(matches!(nobody, StoreError::Unknown { what: "party", .. }));
    let tags = home.store.read().unwrap().tags().unwrap();
    assert_eq!(tags, [tag(ann, "Verein", 3), tag(ann, "press", 1)]);
    assert!(home.store.remove_tag(ann, "press").unwrap());
    assert!(!home.store.remove_tag(ann, "press").unwrap());

    let tier =
        |party, tier: &str, since| StoredTier { party, tier: tier.into(), since: day(since) };
    home.store.save_tiers(&[tier(ann, "near", 1), tier(address, "far", 1)]).unwrap();
    home.store.save_tiers(&[tier(ann, "far", 9)]).unwrap();
    assert!(home.store.save_tiers(&[tier(ann, "x", 10), tier(PartyId::new(99), "x", 1)]).is_err());
    let tiers = home.store.read().unwrap().tiers().unwrap();
    assert!(tiers.contains(&tier(ann, "far", 9)) && tiers.contains(&tier(address, "far", 1)));
}

#[test]
fn labels_hang_on_events_of_the_log_in_one_spelling() {
    let (mut home, ..) = home();
    let told = |id: &str, labels: &str, kind| Rec::Event {
        id: id.into(),
        at: day(100),
        from: "us".into(),
        to: "ann".into(),
        kind,
        labels: labels.into(),
    };
    let (reply, message) = (InteractionKind::Reply, InteractionKind::Message);
    // Told by a later reader, in another spelling, about an event that is known; of a message nothing is kept.
    let long = format!("#{}", "x".repeat(600));
    for labels in ["#Summer\n#", "summer\nhttps://www.example.org/A/", &long] {
        home.import(labels, &[told("1", labels, reply), told("2", labels, message)]);
    }
    let reader = home.store.read().unwrap();
    let found = reader.labelled("#summer").unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].at, found[0].from, found[0].to),
        (day(100), home.id("us"), home.id("ann"))
    );
    assert_eq!(reader.labelled("example.org/A").unwrap(), found);
    assert_eq!(reader.labelled("#winter").unwrap(), []);
}

#[test]
fn what_was_said_of_two_parties_holds_for_the_one_they_are() {
    let (mut home, ann, address) = home();
    home.store.start_campaign(&started("summer", 10)).unwrap();
    let tag = |party, tag: &str, since| Tag { party, tag: tag.into(), since: day(since) };
    for tag in [tag(ann, "press", 5), tag(address, "press", 3), tag(address, "choir", 4)] {
        home.store.add_tag(&tag).unwrap();
    }
    for (party, won, at) in [(ann, true, 20), (address, false, 30)] {
        let mark = CampaignMark { campaign: "summer".into(), party, won, at: day(at) };
        home.store.mark_campaign(&mark).unwrap();
    }
    home.store
        .keep_origins(&[origin(ann, None, 101), origin(address, Some("summer"), 100)])
        .unwrap();
    let tier =
        |party, tier: &str, since| StoredTier { party, tier: tier.into(), since: day(since) };
    home.store.save_tiers(&[tier(ann, "near", 9), tier(address, "far", 1)]).unwrap();

    home.import("g", &[alias("ann", "acct:ann@example")]);
    home.store.check().unwrap();
    let one = party(&home, "ann");
    let reader = home.store.read().unwrap();
    assert_eq!(reader.tags().unwrap(), [tag(one, "choir", 4), tag(one, "press", 3)]);
    assert_eq!(reader.origins().unwrap(), [origin(one, Some("summer"), 100)]);
    assert_eq!(reader.tiers().unwrap(), [tier(one, "near", 9)]);
    let marks = reader.campaign_marks().unwrap();
    assert!(marks.len() == 1 && marks[0].party == one && !marks[0].won && marks[0].at == day(30));
    assert!(home.dump().contains("origin\texample\tann\tsummer\t8640000000\tdates\n"));
}

#[test]
fn a_note_goes_where_its_account_goes() {
    let mut home = Home::new();
    home.import("f", &[event("1", 100, "us", "ann"), event("2", 101, "us", "acct:ann@example")]);
    let party = |home: &Home, key: &str| {
        let id = home.id(key);
        let mut found = None;
        let visit = |known: rin_store::KnownAccount| {
            found = if known.id == id { Some(known.account.party) } else { found };
        };
        home.store.read().unwrap().each_account(visit).unwrap();
        found.unwrap()
    };
    let (at, written) = (day(5), day(6));
    for (key, text) in [("ann", "tea"), ("acct:ann@example", "coffee")] {
        let note = rin_store::Note { party: party(&home, key), at, written, text: text.into() };
        home.store.add_note(&note).unwrap();
    }
    home.import("g", &[alias("ann", "acct:ann@example")]);
    let ann = party(&home, "ann");
    let notes = home.store.read().unwrap().notes().unwrap();
    let told: Vec<_> = notes.iter().map(|(_, note)| (note.party, note.text.as_str())).collect();
    assert_eq!(told, [(ann, "coffee"), (ann, "tea")]);
    home.store.edit_note(notes[0].0, "water", None, day(7)).unwrap();
    home.store.remove_note(notes[1].0).unwrap();
    assert!(home.store.remove_note(notes[1].0).is_err());
    let notes = home.store.read().unwrap().notes().unwrap();
    assert_eq!((notes.len(), notes[0].1.text.as_str(), notes[0].1.at), (1, "water", at));
}
