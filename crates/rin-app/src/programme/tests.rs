//! A programme is begun, renewed, adjusted and ended in a folder of its own, and shown after each step.

use jiff::tz::TimeZone;

use super::*;
use crate::{SessionOptions, parse_moment};

struct Home {
    session: Session,
    _folder: tempfile::TempDir,
}

fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    Session::init(&dir).unwrap();
    let options = SessionOptions { dir, plugin_path: Vec::new(), zone: TimeZone::UTC };
    Home { session: Session::open(options).unwrap(), _folder: folder }
}

fn day(text: &str) -> Moment {
    parse_moment(text, &TimeZone::UTC).unwrap()
}

fn member(text: &str) -> Member {
    parse_member(text, &TimeZone::UTC).unwrap()
}

fn library() -> NewProgrammeRequest {
    NewProgrammeRequest {
        name: "Library".into(),
        goals: vec!["know our readers".into()],
        team: vec![member("anna=60"), member("ben=30:mastodon")],
        platforms: Vec::new(),
        minutes_per_week: None,
        money: Some(500.0),
        from: None,
        until: None,
        note: None,
        now: day("2026-11-27T15:00:00Z"),
        lang: Lang::En,
    }
}

fn renewal(now: &str) -> RenewProgrammeRequest {
    RenewProgrammeRequest {
        name: None,
        minutes_per_week: None,
        money: None,
        from: None,
        until: None,
        gap: false,
        note: None,
        now: day(now),
        lang: Lang::En,
    }
}

fn adjustment(now: &str) -> AdjustProgrammeRequest {
    AdjustProgrammeRequest {
        name: None,
        goals: Vec::new(),
        members: Vec::new(),
        leaving: Vec::new(),
        platforms: Vec::new(),
        minutes_per_week: None,
        money: None,
        note: None,
        now: day(now),
        lang: Lang::En,
    }
}

#[test]
fn a_programme_runs_for_a_year_unless_something_else_is_said() {
    let mut home = home();
    let view = home.session.begin_programme(&library()).unwrap();
    assert_eq!((view.state, view.minutes_this_week), ("running", 90.0));
    let period = &view.periods[0];
    assert_eq!((period.from.as_str(), period.until.as_str()), ("2026-11-27", "2027-11-27"));
    assert_eq!(
        (period.minutes, period.minutes_per_week, period.days_left),
        (4_693.0, 90.0, Some(365))
    );
    assert_eq!(view.remarks, []);
    let again = home.session.begin_programme(&library()).unwrap_err();
    assert_eq!(again.to_string(), "there is a programme Library already");
}

#[test]
fn without_a_team_it_is_the_user_with_the_minutes_of_the_settings() {
    let mut home = home();
    let request = NewProgrammeRequest { team: Vec::new(), lang: Lang::De, ..library() };
    let view = home.session.begin_programme(&request).unwrap();
    assert_eq!((view.team[0].name.as_str(), view.team[0].minutes_per_week), ("ich", 60.0));
}

#[test]
fn every_step_is_kept_and_said() {
    let mut home = home();
    home.session.begin_programme(&library()).unwrap();
    let adjusted = AdjustProgrammeRequest {
        members: vec![member("clara=20")],
        leaving: vec!["ben".into()],
        minutes_per_week: Some(Minutes::new(80.0)),
        note: Some("Ben moves".into()),
        ..adjustment("2027-03-01")
    };
    home.session.adjust_programme(&adjusted).unwrap();
    let view = home.session.renew_programme(&renewal("2027-10-20")).unwrap();
    assert_eq!(view.periods[1].until, "2028-11-27");
    let end = EndProgrammeRequest {
        name: None,
        at: None,
        note: None,
        now: day("2028-01-31"),
        lang: Lang::En,
    };
    let view = home.session.end_programme(&end).unwrap();
    assert_eq!(view.said, "Library was ended on 31 Jan 2028.");
    let said: Vec<&str> = view.history.iter().map(|step| step.said.as_str()).collect();
    assert_eq!(
        said,
        [
            "Begun: 90 min a week and 500 in money from 27 Nov 2026 until 27 Nov 2027.",
            "Adjusted: 90 min a week and 500 in money from 27 Nov 2026 until 27 Nov 2027 became 80 min a week and 500 in money from 27 Nov 2026 until 27 Nov 2027; ben leaves on 1 Mar 2027; clara comes with 20 min a week.",
            "Renewed: 80 min a week and 500 in money from 27 Nov 2027 until 27 Nov 2028.",
            "Ended on 31 Jan 2028.",
        ]
    );
    assert_eq!(view.history[1].note.as_deref(), Some("Ben moves"));
    let again = home.session.end_programme(&end).unwrap_err();
    assert_eq!(again.to_string(), "Library has been ended");
}

#[test]
fn what_needs_doing_is_said() {
    let mut home = home();
    home.session.begin_programme(&library()).unwrap();
    let show = |home: &Home, now: &str, lang| {
        let request = ShowProgrammeRequest { name: None, now: day(now), lang };
        let view = home.session.programme(&request).unwrap();
        view.remarks.into_iter().map(|remark| remark.text).collect::<Vec<_>>()
    };
    assert_eq!(
        show(&home, "2027-10-28", Lang::De),
        ["Das Budget endet in 30 Tagen. Erneuern, anpassen oder beenden: rin programme renew"]
    );
    assert!(show(&home, "2027-11-28", Lang::En)[0].starts_with("No period pays for it any more."));
    let leaving =
        AdjustProgrammeRequest { leaving: vec!["anna".into()], ..adjustment("2027-02-01") };
    home.session.adjust_programme(&leaving).unwrap();
    assert_eq!(
        show(&home, "2027-02-02", Lang::En),
        [
            "The budget has 90 min a week, the team 30: only 30 can be spent. Adjust it with: rin programme adjust"
        ]
    );
    let platforms =
        AdjustProgrammeRequest { platforms: vec!["github".into()], ..adjustment("2027-02-03") };
    let view = home.session.adjust_programme(&platforms).unwrap();
    let kinds: Vec<&str> = view.remarks.iter().map(|remark| remark.kind).collect();
    assert_eq!(kinds, ["team", "nobody"]);
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut home = home();
    let nothing = home.session.renew_programme(&renewal("2027-01-01")).unwrap_err();
    assert_eq!(nothing.to_string(), "there is no programme");
    assert!(nothing.is_usage() && nothing.remedy().unwrap().de.contains("rin programme new"));
    home.session.begin_programme(&library()).unwrap();
    let gap = RenewProgrammeRequest { from: Some(day("2028-01-01")), ..renewal("2027-10-01") };
    let gap = home.session.renew_programme(&gap).unwrap_err();
    assert_eq!(gap.to_string(), "the period of Library leaves a gap of 35 days after the last one");
    assert!(gap.remedy().unwrap().en.contains("--gap"));
    let leaving =
        AdjustProgrammeRequest { leaving: vec!["dora".into()], ..adjustment("2027-02-01") };
    let leaving = home.session.adjust_programme(&leaving).unwrap_err();
    assert_eq!(leaving.to_string(), "dora is not on the team of Library, there is anna, ben");
    let nothing = home.session.adjust_programme(&adjustment("2027-02-01")).unwrap_err();
    assert_eq!(nothing.to_string(), "nothing is named that should change");
    assert_eq!(home.session.kept().unwrap()[0].steps.len(), 1);
}
