//! A campaign's file is written, checked, started, listed, marked and ended in a folder of its own.

use jiff::tz::TimeZone;

use super::*;
use crate::{Member, NewProgrammeRequest, SessionOptions, parse_member, parse_moment};

struct Home {
    session: Session,
    folder: tempfile::TempDir,
}

fn day(text: &str) -> Moment {
    parse_moment(text, &TimeZone::UTC).unwrap()
}

fn member(text: &str) -> Member {
    parse_member(text, &TimeZone::UTC).unwrap()
}

/// A folder without exports, with a programme for the year 2027 if one is wanted.
fn home(has_programme: bool) -> Home {
    let folder = tempfile::tempdir().unwrap();
    Session::init(folder.path().join("data").as_path()).unwrap();
    let dir = folder.path().join("data");
    let options = SessionOptions { dir, plugin_path: Vec::new(), zone: TimeZone::UTC };
    let mut session = Session::open(options).unwrap();
    if has_programme {
        let request = NewProgrammeRequest {
            name: "Büro \"Nord\"".into(),
            goals: Vec::new(),
            team: vec![member("anna=60")],
            platforms: vec!["mastodon".into()],
            minutes_per_week: None,
            money: None,
            from: None,
            until: None,
            note: None,
            now: day("2027-01-01"),
            lang: Lang::En,
        };
        session.begin_programme(&request).unwrap();
    }
    Home { session, folder }
}

fn plan(name: &str, lang: Lang) -> NewCampaignRequest {
    NewCampaignRequest {
        name: name.into(),
        programme: None,
        from: None,
        until: None,
        now: day("2027-03-03"),
        lang,
    }
}

#[test]
fn the_file_written_can_be_read_in_both_languages() {
    let home = home(true);
    for lang in [Lang::En, Lang::De] {
        let name = lang.pick("Reading \"summer\"", "Lesesommer für Große");
        let view = home.session.new_campaign(&plan(name, lang)).unwrap();
        let (_, campaign) = home.session.planned(&view.id).unwrap();
        assert_eq!((campaign.name.as_str(), campaign.programme.as_str()), (name, "Büro \"Nord\""));
        // Four weeks after a Wednesday, from the Monday on, for six weeks.
        assert_eq!(campaign.window.start(), day("2027-03-29"));
        assert_eq!(campaign.window.end(), day("2027-05-10"));
        assert!(campaign.is_on("mastodon") && campaign.marks.is_by_dates_alone());
    }
    let again = home.session.new_campaign(&plan("reading summer", Lang::En)).unwrap_err();
    assert!(again.to_string().ends_with("reading-summer.toml is there already"), "{again}");
    let none = home.session.new_campaign(&plan("?!", Lang::En)).unwrap_err();
    assert_eq!(none.to_string(), "`?!` makes no file name");
}

#[test]
fn without_a_programme_none_is_planned() {
    let home = home(false);
    let error = home.session.new_campaign(&plan("Summer", Lang::En)).unwrap_err();
    assert_eq!(error.to_string(), "there is no programme");
    assert!(error.is_usage());
}

#[test]
fn a_campaign_is_started_once_and_ended_once_and_keeps_its_file() {
    let mut home = home(true);
    home.session.new_campaign(&plan("Summer", Lang::En)).unwrap();
    let mut request = StartCampaignRequest {
        name: "Summer".into(),
        despite: None,
        now: day("2027-03-20"),
        lang: Lang::En,
    };
    // Nothing was imported, so the goal cannot be measured.
    let stopped = home.session.start_campaign(&request).unwrap_err();
    assert!(stopped.to_string().contains("checks say stop"), "{stopped}");
    request.despite = Some("we count by hand".into());
    home.session.start_campaign(&request).unwrap();
    let again = home.session.start_campaign(&request).unwrap_err();
    assert_eq!(again.to_string(), "campaign summer was started before");

    // What the file says by now does not matter.
    fs::write(home.session.file_of("summer"), "name = 3").unwrap();
    let started = home.session.started_named("summer").unwrap();
    assert_eq!(started.campaign.window.start(), day("2027-03-29"));
    assert_eq!(started.stored.started.despite.as_deref(), Some("we count by hand"));

    let state =
        |home: &Home, now: &str| home.session.campaigns(day(now)).unwrap().campaigns[0].state;
    assert_eq!([state(&home, "2027-04-01"), state(&home, "2027-05-10")], ["running", "over"]);
    let mut end = EndCampaignRequest {
        name: "summer".into(),
        minutes: Minutes::new(900.0),
        money: Some(-1.0),
        now: day("2027-05-11"),
        lang: Lang::En,
    };
    let amount = home.session.end_campaign(&end).unwrap_err();
    assert_eq!(amount.to_string(), "the money it cost is no amount");
    end.money = Some(120.5);
    let view = home.session.end_campaign(&end).unwrap();
    assert_eq!(view.said, "Summer is ended: it took 900 of 1200 min and 120.5 in money.");
    assert_eq!(state(&home, "2027-05-12"), "ended");
    let again = home.session.end_campaign(&end).unwrap_err();
    assert_eq!(again.to_string(), "campaign summer was ended before");
    assert!(home.folder.path().exists());
}

#[test]
fn a_programme_that_does_not_run_then_cannot_be_overruled() {
    let mut home = home(true);
    let from = Some(day("2028-02-01"));
    home.session.new_campaign(&NewCampaignRequest { from, ..plan("Late", Lang::En) }).unwrap();
    let request = StartCampaignRequest {
        name: "late".into(),
        despite: Some("we must".into()),
        now: day("2027-03-20"),
        lang: Lang::De,
    };
    let error = home.session.start_campaign(&request).unwrap_err();
    assert_eq!(
        error.to_string(),
        "campaign late cannot start: programme Büro \"Nord\" does not run then"
    );
}

#[test]
fn what_is_not_there_is_named_with_what_is() {
    let mut home = home(true);
    home.session.new_campaign(&plan("Summer", Lang::En)).unwrap();
    let request =
        CheckCampaignRequest { name: "Winter".into(), now: day("2027-03-04"), lang: Lang::En };
    let error = home.session.check_campaign(&request).unwrap_err();
    assert_eq!(error.to_string(), "there is no campaign Winter; there is summer");
    let marks = MarkCampaignRequest {
        name: "summer".into(),
        parties: vec!["ann".into()],
        won: true,
        now: day("2027-03-04"),
        lang: Lang::En,
    };
    let error = home.session.mark_campaign(&marks).unwrap_err();
    assert_eq!(error.to_string(), "campaign summer was not started");
}

#[test]
fn a_check_says_what_is_so_and_what_to_do() {
    let mut home = home(true);
    home.session.new_campaign(&plan("Summer", Lang::En)).unwrap();
    let said = |home: &mut Home, lang| {
        let request = CheckCampaignRequest { name: "summer".into(), now: day("2027-03-04"), lang };
        let view = home.session.check_campaign(&request).unwrap();
        let checks = view.checks.iter();
        checks.map(|check| format!("{} {}", check.verdict, check.said)).collect::<Vec<_>>()
    };
    assert_eq!(
        said(&mut home, Lang::En),
        [
            "ok Programme Büro \"Nord\" has a budget for 236 days after the campaign; its aftercare lasts 90 days.",
            "ok 385.7 min of aftercare are reserved; how much it should be is not known.",
            "ok Aftercare takes 30 min a week, with that of other campaigns; the programme has 60 free.",
            "ok mastodon: 1 of the programme's team can answer when the campaign's has left.",
            "warn 20 relationships are expected, by the campaign's own goal; what tending one takes is not known.",
            "ok 600 min are planned on the platforms; team and budget have 1200.",
            "warn mastodon: no plugin could be asked for its norms.",
            "stop The goal can be measured on 0 of 1 platforms.",
        ]
    );
    let german = said(&mut home, Lang::De);
    assert_eq!(
        german[3],
        "ok mastodon: 1 vom Team des Programms kann antworten, wenn das der Kampagne geht."
    );
}
