//! A seeded world as a file and as a store: the same is found in both, and what cannot be tested is said.

use std::{fmt::Write as _, fs};

use jiff::tz::TimeZone;
use rin_core::{InteractionKind, InteractionRecord, Record, RecordSink, Stop};
use rin_store::SourceInfo;

use super::*;
use crate::{SessionOptions, parse_moment};

/// Steele, Lea and Flood's mixing is not needed here: any even spread will do.
struct Lcg(u64);

impl Lcg {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).unwrap()) / f64::from(1_u32 << 31)
    }
}

/// Friends who write at rates of their own until each falls silent at a day of his own: friend, day, whether we wrote.
fn world(friends: u32, days: f64) -> Vec<(u32, f64, bool)> {
    let mut random = Lcg(7);
    let mut rows = Vec::new();
    for friend in 0..friends {
        let gap = 3.0 + 40.0 * random.unit();
        let begin = 0.4 * days * random.unit();
        let end = begin + 1.6 * days * random.unit();
        let mut day = begin;
        while day < end.min(days) {
            rows.push((friend, day, random.unit() < 0.5));
            day += 0.1 - gap * (1.0 - random.unit()).ln();
        }
    }
    rows
}

fn request() -> BacktestRequest {
    BacktestRequest {
        horizon_days: None,
        cuts: Vec::new(),
        egos: Vec::new(),
        platform: None,
        replicates: 50,
        seed: 0,
        now: parse_moment("2026-08-17", &TimeZone::UTC).unwrap(),
        lang: Lang::En,
    }
}

/// The first day of the world, in seconds.
const START: f64 = 1_672_531_200.0;

/// Writes a world as a file and tests it.
fn file(
    rows: &[(u32, f64, bool)],
    request: &BacktestRequest,
) -> Result<BacktestView, BacktestError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("log.csv");
    let mut text = "src,dst,t\n".to_owned();
    for (friend, day, is_sent) in rows {
        let (us, friend) = ("us".to_owned(), format!("f{friend:03}"));
        let (from, to) = if *is_sent { (us, friend) } else { (friend, us) };
        writeln!(text, "{from},{to},{:.0}", START + 86_400.0 * day).unwrap();
    }
    fs::write(&path, text).unwrap();
    backtest_file(&path, request, &mut |_, _| ())
}

/// Puts a world into a store: every third friend is on the second platform, where we have an account too.
fn session(rows: &[(u32, f64, bool)], dir: &Path) -> Session {
    Session::init(dir).unwrap();
    let options =
        SessionOptions { dir: dir.to_owned(), plugin_path: Vec::new(), zone: TimeZone::UTC };
    let mut session = Session::open(options).unwrap();
    for platform in ["mastodon", "bluesky"] {
        let info =
            SourceInfo { platform, name: platform, fingerprint: platform, ..SourceInfo::default() };
        session.store.import(&info, |sink| record(rows, platform, sink)).unwrap();
    }
    session
}

fn record(
    rows: &[(u32, f64, bool)],
    platform: &str,
    sink: &mut dyn RecordSink,
) -> Result<(), Stop> {
    let us = format!("us-{platform}");
    let is_meant = |friend: u32| friend.is_multiple_of(3) == (platform == "bluesky");
    for (n, (friend, day, is_sent)) in rows.iter().enumerate().filter(|(_, row)| is_meant(row.0)) {
        let (id, friend) = (format!("{platform}-{n}"), format!("f{friend:03}"));
        let ends = [us.as_str(), friend.as_str()];
        let [from, to] = if *is_sent { ends } else { [ends[1], ends[0]] };
        // Whole seconds, as in the file.
        let at = Moment::from_unix_ms(0).plus_days(((START + 86_400.0 * day).round()) / 86_400.0);
        let record =
            InteractionRecord { id: &id, at, from, to, kind: InteractionKind::Message, labels: "" };
        sink.record(Record::Interaction(record))?;
    }
    Ok(())
}

fn model<'a>(view: &'a BacktestView, name: &str) -> &'a BacktestModelView {
    view.models.iter().find(|model| model.name == name).unwrap()
}

#[test]
fn a_file_is_tested_and_says_what_it_means() {
    let view = file(&world(150, 1_000.0), &request()).unwrap();
    assert_eq!((view.schema, view.source.kind), ("rin.backtest/1", "file"));
    assert_eq!(view.horizon.days.to_bits(), 180.0_f64.to_bits());
    assert_eq!(view.horizon.why, "The horizon is the forecast's own.");
    assert!(view.is_enough && 0 < view.contacts && view.contacts < view.ties);
    let auc = |one: &BacktestModelView| one.metric("auc").and_then(|auc| auc.value).unwrap();
    assert!(view.models.is_sorted_by(|a, b| auc(b) <= auc(a)));
    let rin = model(&view, "rin");
    assert!(rin.is_ours && rin.counts.is_some() && rin.metric("auc").unwrap().compared.is_none());
    assert!(0.75 < auc(rin), "{}", auc(rin));
    let said = view.verdict.join("\n");
    for part in [
        "In this log, Rin would have warned of ",
        "simple reminders (days since) of ",
        "times in 100",
        "Of ",
        "were heard of again",
    ] {
        assert!(said.contains(part), "`{part}` is missing in {said}");
    }
    let german =
        file(&world(150, 1_000.0), &BacktestRequest { lang: Lang::De, ..request() }).unwrap();
    assert!(german.verdict[0].starts_with("In diesem Log hätte Rin bei "), "{:?}", german.verdict);
    assert_eq!(german.verdict.len(), view.verdict.len());
    assert_eq!(model(&german, "days since").label, "Tage seit Kontakt");
}

#[test]
fn our_accounts_are_one_and_a_network_says_what_a_file_of_the_same_says() {
    let rows = world(120, 1_000.0);
    let dir = tempfile::tempdir().unwrap();
    let mut session = session(&rows, &dir.path().join("rin"));
    let ask =
        |session: &Session, request: &BacktestRequest| session.backtest(request, &mut |_, _| ());
    let message = |error: SessionError| match error {
        SessionError::Backtest(error) => error.message(Lang::De),
        other => other.to_string(),
    };
    let error = ask(&session, &request()).unwrap_err();
    assert_eq!(message(error), "es ist nicht bekannt, welche Konten deine sind");
    for us in ["us-mastodon", "us-bluesky"] {
        session.set_own(us, true, request().now).unwrap();
    }
    let view = ask(&session, &request()).unwrap();
    // The names sort otherwise than the store's numbers, so the ties stand in another order; nothing measured does.
    let of_us = BacktestRequest { egos: vec!["us".to_owned()], ..request() };
    let same = file(&rows, &of_us).unwrap();
    assert_eq!((view.ties, view.contacts, &view.cuts), (same.ties, same.contacts, &same.cuts));
    let value = |view: &BacktestView, name: &str| {
        model(view, "days since").metric(name).unwrap().value.unwrap()
    };
    for name in ["auc", "brier"] {
        assert!((value(&view, name) - value(&same, name)).abs() < 1e-9, "{name}");
    }
    assert_eq!(view.source.platforms, ["bluesky", "mastodon"]);
    let parts: Vec<_> =
        view.platforms.iter().map(|part| (part.platform.as_str(), part.ties)).collect();
    let sum: usize = parts.iter().map(|(_, ties)| ties).sum();
    assert_eq!((parts[0].0, parts[1].0), ("bluesky", "mastodon"));
    assert!(parts[0].1 < parts[1].1 && sum <= view.ties + 20, "{parts:?}");

    let one = ask(&session, &BacktestRequest { platform: Some("bluesky".to_owned()), ..request() })
        .unwrap();
    assert_eq!((one.ties, one.source.platforms.len(), one.platforms.len()), (parts[0].1, 1, 0));
    let none = BacktestRequest { platform: Some("chess".to_owned()), ..request() };
    let error = ask(&session, &none).unwrap_err();
    assert_eq!(error.to_string(), "there is nothing from `chess` in your network");
    assert_eq!(error.remedy().unwrap().en, "There is: bluesky, mastodon.");
    // What lies after the moment asked about is not there.
    let earlier = parse_moment("2024-06-01", &TimeZone::UTC).unwrap();
    let past = ask(&session, &BacktestRequest { now: earlier, ..request() }).unwrap();
    assert_eq!(past.horizon.days.to_bits(), 90.0_f64.to_bits());
    assert!(past.source.last.unwrap().as_str() <= "2024-06-01");
}

#[test]
fn the_longest_horizon_is_taken_that_can_be_tested_and_the_view_says_why() {
    let view = file(&world(60, 320.0), &request()).unwrap();
    assert_eq!(view.horizon.days.to_bits(), 60.0_f64.to_bits());
    assert!(
        view.horizon
            .why
            .starts_with("The forecast's own, 180 days, needs a past of 900 days; there are 3"),
        "{}",
        view.horizon.why
    );
    let cut = parse_moment("2023-09-01", &TimeZone::UTC).unwrap();
    let view =
        file(&world(60, 320.0), &BacktestRequest { cuts: vec![cut, cut], ..request() }).unwrap();
    assert_eq!((view.cuts.len(), view.cuts[0].day.as_str()), (1, "2023-09-01"));
    assert_eq!(view.horizon.days.to_bits(), 60.0_f64.to_bits());
    assert!(view.horizon.why.starts_with("What came 180 days after"), "{}", view.horizon.why);
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let view = file(&world(6, 500.0), &request()).unwrap();
    assert!(!view.is_enough);
    assert!(view.verdict[0].starts_with("Too little past to tell: of "), "{:?}", view.verdict);
    assert!(view.verdict[0].ends_with("needs at least 10 of each."), "{:?}", view.verdict);
}

#[test]
fn what_cannot_be_tested_is_said_with_a_remedy_in_both_languages() {
    let check = |rows: &[(u32, f64, bool)], request: &BacktestRequest, said: [&str; 4]| {
        let error = file(rows, request).unwrap_err();
        let remedy = error.remedy();
        let found = [error.message(Lang::En), error.message(Lang::De), remedy.en, remedy.de];
        // Without the folder of the day.
        let last = |word: &str| word.rsplit('/').next().unwrap().to_owned();
        let found = found.map(|text| text.split(' ').map(last).collect::<Vec<_>>().join(" "));
        assert_eq!(found.each_ref().map(String::as_str), said);
    };
    let rows = world(60, 320.0);
    check(
        &[],
        &request(),
        [
            "log.csv holds no interaction between two by now, of 0 rows",
            "log.csv enthält bis jetzt keine Interaktion zwischen zweien, von 0 Zeilen",
            "Check t (seconds since 1970, not in the future) and that src and dst differ.",
            "t prüfen (Sekunden seit 1970, nicht in der Zukunft), und dass src und dst verschieden sind.",
        ],
    );
    check(
        &rows,
        &BacktestRequest { horizon_days: Some(100.5), ..request() },
        [
            "the past spans 305 days, and testing a horizon of 100.5 days needs 502",
            "die Vergangenheit umfasst 305 Tage, und eine Frist von 100,5 Tagen zu prüfen braucht 502",
            "Look less far ahead: --horizon 60; or import older exports too.",
            "Weniger weit vorausschauen: --horizon 60; oder auch ältere Exporte importieren.",
        ],
    );
    let cut = parse_moment("2023-11-01", &TimeZone::UTC).unwrap();
    check(
        &rows,
        &BacktestRequest { horizon_days: Some(30.0), cuts: vec![cut], ..request() },
        [
            "what came within 30 days after 1 Nov 2023 is not known yet",
            "was binnen 30 Tagen nach dem 01.11.2023 kam, ist noch nicht bekannt",
            "The latest day that can be cut at is 2023-10-17: --cut 2023-10-17",
            "Der späteste mögliche Schnitt ist 2023-10-17: --cut 2023-10-17",
        ],
    );
    // The advice holds.
    let cuts = vec![parse_moment("2023-10-17", &TimeZone::UTC).unwrap()];
    file(&rows, &BacktestRequest { horizon_days: Some(30.0), cuts, ..request() }).unwrap();
    file(&rows, &BacktestRequest { horizon_days: Some(60.0), ..request() }).unwrap();
    check(
        &rows,
        &BacktestRequest { egos: vec!["Zoe".to_owned()], ..request() },
        [
            "nobody in log.csv is called `Zoe`",
            "in log.csv heißt niemand `Zoe`",
            "Give a src or dst exactly as it stands in the file.",
            "Ein src oder dst genau so angeben, wie es in der Datei steht.",
        ],
    );
}
