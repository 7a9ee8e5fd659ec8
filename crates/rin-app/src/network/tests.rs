//! A small network in a store of its own: two circles of friends, a few of whom nothing but the contact with us is known,
//! somebody who only follows.

use jiff::tz::TimeZone;
use rin_core::{
    InteractionKind, InteractionRecord, Record, RecordSink, Stop, TieEnd, TieKind, TieRecord,
    TieStart,
};
use rin_store::SourceInfo;

use super::*;
use crate::{SessionOptions, parse_moment};

struct Home {
    session: Session,
    folder: tempfile::TempDir,
}

fn day(text: &str) -> Moment {
    parse_moment(text, &TimeZone::UTC).unwrap()
}

/// Eight people in two circles of four, and so many more on the other platform.
fn home(more: u32) -> Home {
    let folder = tempfile::tempdir().unwrap();
    Session::init(folder.path()).unwrap();
    let options = SessionOptions {
        dir: folder.path().to_owned(),
        plugin_path: Vec::new(),
        zone: TimeZone::UTC,
    };
    let mut session = Session::open(options).unwrap();
    let now = day("2026-08-17");
    let info = SourceInfo {
        platform: "wall",
        name: "wall",
        fingerprint: "wall",
        now,
        ..SourceInfo::default()
    };
    session.store.import(&info, circles_of_friends).unwrap();
    let info = SourceInfo {
        platform: "mail",
        name: "mail",
        fingerprint: "mail",
        now,
        ..SourceInfo::default()
    };
    session.store.import(&info, |sink| letters(more, sink)).unwrap();
    session.set_own("us-wall", true, now).unwrap();
    if 0 < more {
        session.set_own("us-mail", true, now).unwrap();
    }
    Home { session, folder }
}

fn write(sink: &mut dyn RecordSink, (from, to): (&str, &str), days_ago: u32) -> Result<(), Stop> {
    let id = format!("{from}-{to}-{days_ago}");
    let at = day("2026-08-15").plus_days(-f64::from(days_ago));
    let kind = InteractionKind::Message;
    sink.record(Record::Interaction(InteractionRecord { id: &id, at, from, to, kind, labels: "" }))
}

fn circles_of_friends(sink: &mut dyn RecordSink) -> Result<(), Stop> {
    for number in 0..8_u32 {
        let name = format!("f{number}");
        // The higher the number, the longer the silence.
        for week in 0..12 {
            write(sink, ("us-wall", &name), 60 * number + 7 * week)?;
        }
        for other in (number + 1)..8 {
            if number / 4 == other / 4 {
                write(sink, (&name, &format!("f{other}")), 20 + number)?;
            }
        }
    }
    sink.record(Record::Tie(TieRecord {
        from: "us-wall",
        to: "idol",
        kind: TieKind::Follow,
        start: TieStart::Unknown,
        end: TieEnd::Open,
        label: "",
    }))
}

fn letters(more: u32, sink: &mut dyn RecordSink) -> Result<(), Stop> {
    for number in 0..more {
        write(sink, ("us-mail", &format!("m{number:02}")), 3 + number % 50)?;
    }
    Ok(())
}

impl Home {
    fn view(&self, filter: &str, most: usize) -> NetworkView {
        self.asked(filter, most).unwrap()
    }

    fn asked(&self, filter: &str, most: usize) -> Result<NetworkView, SessionError> {
        self.session.network(&request(filter, None, most))
    }
}

fn request(filter: &str, group: Option<usize>, most: usize) -> NetworkRequest {
    let (filter, now) = (filter.to_owned(), day("2026-08-17"));
    NetworkRequest { filter, group, most, now, lang: Lang::En }
}

fn names(view: &NetworkView) -> Vec<&str> {
    let point = |at: &usize| view.points[*at].name.as_str();
    let mut names: Vec<_> = view.listed.iter().map(point).collect();
    names.sort_unstable();
    names
}

#[test]
fn everybody_but_us_stands_in_the_picture_once() {
    let view = home(5).view("", NetworkRequest::MOST);
    assert_eq!((view.total, view.fitting, view.points.len()), (14, 14, 14));
    assert!(view.points.iter().all(|point| !point.name.starts_with("us-") && point.fits));
    let levels = view.levels;
    assert_eq!(levels.alive + levels.fading + levels.lapsed + levels.no_contact, 14);
    assert_eq!(levels.no_contact, 1);
    assert_eq!(
        view.platforms.iter().map(|one| (one.name.as_str(), one.parties)).collect::<Vec<_>>(),
        [("wall", 9), ("mail", 5)]
    );
    // Six contacts in each circle of four.
    assert_eq!(view.links.len(), 12);
    let idol = view.points.iter().find(|point| point.name == "idol").unwrap();
    assert_eq!((idol.alive, idol.level, idol.links), (None, None, Some(0)));
    for point in &view.points {
        for place in [point.woven, point.circle].concat() {
            assert!((-1.0..=1.0).contains(&place), "{point:?}");
        }
    }
}

#[test]
fn the_nearer_to_the_middle_the_more_alive() {
    let view = home(5).view("", NetworkRequest::MOST);
    let mut known: Vec<(f64, f64)> = view
        .points
        .iter()
        .filter_map(|point| Some((point.alive?, point.circle[0].hypot(point.circle[1]))))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    for pair in known.windows(2) {
        assert!(pair[1].1 <= pair[0].1 + 0.002, "{pair:?}");
    }
    let idol = view.points.iter().find(|point| point.alive.is_none()).unwrap();
    assert!(known[0].1 < idol.circle[0].hypot(idol.circle[1]));
}

#[test]
fn friends_of_friends_stand_together() {
    let view = home(0).view("", NetworkRequest::MOST);
    let place = |name: &str| view.points.iter().find(|point| point.name == name).unwrap().woven;
    let far = |a: &str, b: &str| {
        let (a, b) = (place(a), place(b));
        (a[0] - b[0]).hypot(a[1] - b[1])
    };
    let within = far("f0", "f1").max(far("f2", "f3")).max(far("f4", "f7"));
    let between = far("f0", "f4").min(far("f3", "f7")).min(far("f1", "f5"));
    assert!(within < between, "{within} {between}");
}

#[test]
fn the_same_store_gives_the_same_picture_and_remembers_it() {
    let home = home(5);
    let path = home.folder.path().join(MEMORY);
    let first = home.view("", NetworkRequest::MOST);
    let kept = std::fs::read(&path).unwrap();
    assert!(home.view("", NetworkRequest::MOST) == first);
    assert_eq!(std::fs::read(&path).unwrap(), kept);
    std::fs::remove_file(&path).unwrap();
    assert!(home.view("", NetworkRequest::MOST) == first);
    // A filter changes who is meant, not where anybody stands.
    let narrowed = home.view("platform:mail", NetworkRequest::MOST);
    assert_eq!((narrowed.total, narrowed.fitting), (14, 5));
    let places = |view: &NetworkView| view.points.iter().map(|one| one.woven).collect::<Vec<_>>();
    assert_eq!(places(&narrowed), places(&first));
    // Nobody is named in what is kept.
    let text = String::from_utf8(kept).unwrap();
    assert!(!text.contains("f0") && !text.contains("us-"), "{text}");
}

#[test]
fn a_filter_means_whom_it_says() {
    let home = home(5);
    let all = names(&home.view("", NetworkRequest::MOST)).join(" ");
    assert_eq!(all, "f0 f1 f2 f3 f4 f5 f6 f7 idol m00 m01 m02 m03 m04");
    for (filter, expected) in [
        ("platform:mail", "m00 m01 m02 m03 m04"),
        ("-platform:wall", "m00 m01 m02 m03 m04"),
        ("unseen", "idol"),
        ("\"F0\"", "f0"),
        ("\"m0\" -name:m01", "m00 m02 m03 m04"),
        ("platform:mail or \"f0\" or unseen", "f0 idol m00 m01 m02 m03 m04"),
        // What is not known fits no figure.
        ("silent>250 -platform:mail", "f5 f6 f7"),
        ("silent<6", "f0 m00"),
        ("\"nobody\"", ""),
    ] {
        assert_eq!(names(&home.view(filter, NetworkRequest::MOST)).join(" "), expected, "{filter}");
    }
    let group = request("-name:f1", Some(0), NetworkRequest::MOST);
    assert_eq!(names(&home.session.network(&group).unwrap()).join(" "), "f0 f2 f3");
}

#[test]
fn the_network_and_every_other_list_mean_the_same() {
    let home = home(5);
    for filter in ["alive<0.5", "-alive<0.5", "silent>100d or tag:*", "-tie:follower", "lapsed"] {
        let view = home.view(filter, NetworkRequest::MOST);
        let asked = MatchRequest {
            filter: parse_filter(filter).unwrap(),
            now: day("2026-08-17"),
            lang: Lang::En,
        };
        let matching = home.session.matching(&asked).unwrap();
        let parties = view.listed.iter().filter_map(|at| view.points[*at].party).collect();
        assert_eq!(matching.parties, parties, "{filter}");
        assert_eq!(view.fitting, parties.len(), "{filter}");
        assert_eq!((view.undecided, &view.remarks), (matching.undecided, &matching.remarks));
    }
    // With the idol no contact is seen, so nobody knows how alive that is.
    assert_eq!(home.view("alive<0.5", NetworkRequest::MOST).undecided, 1);
}

#[test]
fn what_is_no_filter_is_refused_with_its_place() {
    let error = home(0).asked("platform:wall alvie<0.5", NetworkRequest::MOST).unwrap_err();
    assert!(error.is_usage(), "{error}");
    assert_eq!(
        error.to_string(),
        "filter: `alvie` at character 15 is no word of the filter language, perhaps `alive`"
    );
    assert!(error.remedy().unwrap().en.contains("a name stands in quotation marks: \"alvie\""));
}

#[test]
fn many_are_drawn_as_groups_that_a_filter_opens() {
    let home = home(60);
    let view = home.view("", 40);
    assert!(view.is_gathered);
    assert!(view.points.len() < 20, "{}", view.points.len());
    assert_eq!(view.points.iter().map(|point| point.parties).sum::<usize>(), 69);
    assert!(home.view("", 40) == view);
    for one in view.points.iter().filter(|point| point.party.is_none()) {
        let opens = one.opens.as_ref().unwrap();
        let opened = home.session.network(&request(&opens.filter, opens.group, 100)).unwrap();
        assert!(one.parties <= opened.fitting, "{one:?}");
    }
    // A group of those who are meant opens as those who are meant.
    let narrowed = home.view("silent>5d or unseen", 40);
    let group = narrowed.points.iter().find(|point| point.party.is_none()).unwrap();
    let opens = group.opens.as_ref().unwrap();
    assert!(opens.filter.ends_with("(silent>5d or unseen)"), "{opens:?}");
    let few = home.view("unseen", 40);
    assert_eq!(
        (few.is_gathered, few.points.len(), few.points[0].name.as_str()),
        (false, 1, "idol")
    );
}

#[test]
fn nobody_is_an_empty_picture() {
    let folder = tempfile::tempdir().unwrap();
    Session::init(folder.path()).unwrap();
    let options = SessionOptions {
        dir: folder.path().to_owned(),
        plugin_path: Vec::new(),
        zone: TimeZone::UTC,
    };
    let session = Session::open(options).unwrap();
    let view = Home { session, folder }.view("", NetworkRequest::MOST);
    assert_eq!((view.total, view.points.len(), view.sectors.len()), (0, 0, 0));
}
