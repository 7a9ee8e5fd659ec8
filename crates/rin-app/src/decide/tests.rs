//! Answers to a plan of their own, one taken back among several, and a relationship looked at on the way.

use jiff::tz::TimeZone;
use rin_core::{InteractionKind, InteractionRecord, Record, Stop};
use rin_store::{PlanHeader, PlanLine, SourceInfo};

use super::*;
use crate::{PartySearchRequest, SessionOptions, parse_moment};

struct Home {
    session: Session,
    _folder: tempfile::TempDir,
}

fn now() -> Moment {
    parse_moment("2026-08-17T12:00:00Z", &TimeZone::UTC).unwrap()
}

/// Anna has written with us every tenth day until a month ago, Ben twice long ago.
fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("data");
    Session::init(&dir).unwrap();
    let options = SessionOptions { dir, plugin_path: Vec::new(), zone: TimeZone::UTC };
    let mut session = Session::open(options).unwrap();
    let source =
        SourceInfo { platform: "club", fingerprint: "1", now: now(), ..SourceInfo::default() };
    let days = (0..20).map(|n| ("Anna", 30.0 + 10.0 * f64::from(n)));
    let days = days.chain([("ben@club", 800.0), ("ben@club", 790.0)]);
    session
        .store
        .import(&source, |sink| {
            for (n, (who, ago)) in days.enumerate() {
                let (from, to) = if n % 4 == 0 { (who, "us") } else { ("us", who) };
                let (id, at) = (n.to_string(), now().plus_days(-ago));
                let kind = InteractionKind::Reply;
                let record = InteractionRecord { id: &id, at, from, to, kind, labels: "" };
                sink.record(Record::Interaction(record))?;
            }
            Ok::<(), Stop>(())
        })
        .unwrap();
    session.set_own("us", true, now()).unwrap();
    Home { session, _folder: folder }
}

fn party(session: &Session, who: &str) -> u32 {
    session.party(who, now(), Lang::En).unwrap().party
}

fn plan(session: &mut Session) -> i64 {
    let line = |who: &str| PlanLine {
        party: PartyId::new(party(session, who)),
        platform: "club".to_owned(),
        strategy: "org.example.club".to_owned(),
        action: "visit".to_owned(),
        reason: "quiet".to_owned(),
        minutes: Minutes::new(5.0),
        earliest: None,
        due: None,
        day: None,
        member: String::new(),
    };
    let lines = [line("Anna"), line("ben@club")];
    let header = PlanHeader {
        made_at: now(),
        start: now(),
        end: now().plus_days(7.0),
        budget: Minutes::new(60.0),
        seed: 0,
    };
    session.store.save_plan(&header, &lines).unwrap().get()
}

fn request(plan: Option<i64>, line: u32, answer: Answer) -> AnswerRequest {
    AnswerRequest { plan, line, answer, now: now(), lang: Lang::En }
}

#[test]
fn an_answer_means_the_plan_it_names_and_each_can_be_taken_back() {
    let mut session = home().session;
    let (first, second) = (plan(&mut session), plan(&mut session));
    let done = session.answer(&request(Some(first), 1, Answer::Done(None))).unwrap();
    assert_eq!((done.name.as_str(), done.line), ("Anna", 1));
    let later = Answer::Later(now().plus_days(LATER_DAYS));
    session.answer(&request(Some(second), 2, later)).unwrap();
    session.answer(&request(None, 1, Answer::Never)).unwrap();

    let said = session.answers(now(), Lang::En).unwrap().answers;
    let kinds: Vec<_> = said.iter().map(|row| (row.answer, row.name.as_str())).collect();
    assert_eq!(kinds, [("never", "Anna"), ("later", "ben@club"), ("done", "Anna")]);
    assert_eq!(said[2].minutes.map(Minutes::new), Some(Minutes::new(5.0)));
    assert_eq!(said[1].until.as_deref(), Some("2026-09-14"));

    let back = session.undo_answer(done.number, now(), Lang::De).unwrap();
    assert_eq!((back.number, back.answer), (done.number, "undo"));
    assert_eq!(session.answers(now(), Lang::En).unwrap().answers.len(), 2);
    assert!(session.undo_answer(done.number, now(), Lang::En).is_err());
    // What was said last week is no answer of this one.
    assert!(session.answers(now().plus_days(7.0), Lang::En).unwrap().answers.is_empty());
}

#[test]
fn what_is_not_there_cannot_be_answered() {
    let mut session = home().session;
    let plan = plan(&mut session);
    let failed = |error: SessionError| error.to_string();
    let answer = Answer::Done(None);
    let error = session.answer(&request(Some(plan + 1), 1, answer)).unwrap_err();
    assert_eq!(failed(error), format!("plan {} is no longer kept", plan + 1));
    let error = session.answer(&request(Some(plan), 3, answer)).unwrap_err();
    assert_eq!(failed(error), "the plan has no line 3, it has 2");
    let error = session.answer(&request(Some(plan), 0, answer)).unwrap_err();
    assert!(error.is_usage() && error.remedy().is_some());
}

#[test]
fn the_curve_goes_through_the_probability_shown_and_the_months_hold_every_event() {
    let session = home().session;
    let portrait = session.portrait("Anna", now(), Lang::En).unwrap();
    assert_eq!(portrait.party, session.party("Anna", now(), Lang::En).unwrap());
    let (course, seen) = (portrait.course, portrait.party.assessment.unwrap());
    assert_eq!(course.as_of.as_deref(), Some(seen.as_of.as_str()));
    let here = course.points.iter().find(|point| (point.silence_days - 30.0).abs() < 1e-6);
    let here = here.unwrap();
    assert!((here.alive - seen.alive).abs() < 1e-12, "{here:?}");
    assert!((here.alive_range[0] - seen.alive_range[0]).abs() < 1e-12);
    let falls = |pair: &[crate::CoursePointView]| pair[1].alive <= pair[0].alive;
    assert!(course.points.windows(2).all(falls));
    // It reaches beyond the lapse, on whose sides it lies above and below the threshold.
    let lapse = course.lapse.unwrap();
    for point in &course.points {
        let is_after = lapse < point.day;
        assert!(point.day == lapse || is_after == (point.alive < course.threshold), "{point:?}");
    }
    assert!(course.points.iter().any(|point| lapse < point.day));
    let events: u32 =
        course.months.iter().flat_map(|month| [month.sent, month.received]).flatten().sum();
    assert_eq!((events, portrait.party.n_events), (20, 20));
    // What no source shows is not nothing.
    let is_none_seen = |month: &crate::CourseMonthView| month.received == Some(0);
    assert!(seen.received.is_some() || !course.months.iter().any(is_none_seen));
    assert!(course.months.iter().any(|month| month.received.is_none()), "{:?}", course.months);
    assert!(course.months.is_sorted_by_key(|month| (month.month.clone(), month.platform.clone())));
}

#[test]
fn somebody_is_found_by_a_part_of_what_they_are_called() {
    let session = home().session;
    let found = |text: &str, level| {
        let request = PartySearchRequest { text: text.to_owned(), level, now: now(), limit: 10 };
        let list = session.search(&request).unwrap();
        list.parties.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(found(" CLUB", None), ["ben@club"]);
    assert_eq!(found("nobody", None), [""; 0]);
    assert_eq!(found("", None).len(), 2);
    assert_eq!(found("", Some(rin_core::Level::Lapsed)), ["ben@club"]);
}
