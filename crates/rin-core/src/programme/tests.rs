//! A programme has a budget when it should, spends no more than it has, and takes no step by accident.

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};

use super::*;
use crate::Day;

fn day(number: i32) -> Moment {
    Day::from_number(number).start()
}

fn period(from: i32, to: i32, minutes: f64) -> Period {
    let window = Window::new(day(from), day(to));
    Period { window, minutes: Minutes::new(minutes), money: None }
}

fn with_team(team: Vec<Member>) -> Commitment {
    Commitment { name: "Library".into(), team, ..Commitment::default() }
}

fn programme() -> Programme {
    let team =
        vec![Member::new("anna", Minutes::new(60.0)), Member::new("ben", Minutes::new(30.0))];
    Programme::begin(with_team(team), period(0, 70, 900.0)).unwrap()
}

/// What a step that is refused says.
fn refused(step: Result<Programme, ProgrammeError>) -> String {
    step.unwrap_err().to_string()
}

#[test]
fn what_would_be_an_accident_is_refused() {
    let programme = programme();
    let ended = programme.end(day(30)).unwrap();
    let twice = vec![Member::new("anna", Minutes::ZERO), Member::new("anna", Minutes::ZERO)];
    let no_team = Adjustment { team: Some(Vec::new()), ..Adjustment::default() };
    let money = Adjustment { money: Some(Some(-1.0)), ..Adjustment::default() };
    let minutes = Adjustment { minutes: Some(Minutes::new(9.0)), ..Adjustment::default() };
    for (step, said) in [
        (
            Programme::begin(with_team(twice), period(0, 7, 1.0)),
            "anna is on the team of Library twice",
        ),
        (
            Programme::begin(with_team(Vec::new()), period(0, 7, 1.0)),
            "nobody is on the team of Library",
        ),
        (
            programme.renew(period(60, 90, 9.0), Gap::Meant),
            "the period of Library begins 10 days before the last one ends",
        ),
        (
            programme.renew(period(77, 90, 9.0), Gap::Refused),
            "the period of Library leaves a gap of 7 days after the last one",
        ),
        (
            programme.renew(period(70, 70, 9.0), Gap::Refused),
            "the period of Library has no days or no minutes",
        ),
        (
            programme.renew(period(70, 77, 0.0), Gap::Refused),
            "the period of Library has no days or no minutes",
        ),
        (programme.adjust(no_team, day(1)), "nobody is on the team of Library"),
        (programme.adjust(money, day(1)), "the money of Library is no amount"),
        (programme.adjust(minutes.clone(), day(70)), "no period of Library runs at that time"),
        (programme.end(day(-1)), "Library would end before it begins"),
        (ended.end(day(40)), "Library has been ended"),
        (ended.renew(period(70, 90, 9.0), Gap::Refused), "Library has been ended"),
        (ended.adjust(minutes, day(1)), "Library has been ended"),
    ] {
        assert_eq!(refused(step), said);
    }
}

#[test]
fn it_runs_within_its_periods_until_it_is_ended() {
    let programme = programme().renew(period(70, 140, 900.0), Gap::Refused).unwrap();
    let programme = programme.renew(period(200, 270, 900.0), Gap::Meant).unwrap();
    for (at, runs) in [(-1, false), (0, true), (70, true), (140, false), (200, true), (270, false)]
    {
        assert_eq!(programme.is_running_at(day(at)), runs, "day {at}");
    }
    assert_eq!(programme.run_at(day(10)), Some(Window::new(day(0), day(140))));
    assert_eq!(programme.run_at(day(150)), None);
    let ended = programme.end(day(100)).unwrap();
    assert!(!ended.is_running_at(day(210)));
    assert_eq!(ended.run_at(day(10)), Some(Window::new(day(0), day(100))));
    assert_eq!(ended.minutes_within(Window::ALWAYS), Minutes::new(100.0 / 7.0 * 90.0));
}

#[test]
fn a_team_that_has_less_than_the_budget_bounds_it() {
    let change = Adjustment { minutes: Some(Minutes::new(9_000.0)), ..Adjustment::default() };
    let wide = programme().adjust(change, day(0)).unwrap();
    let week = Window::new(day(7), day(14));
    assert_eq!(wide.minutes_within(week), Minutes::new(90.0));
    let alone = Adjustment {
        team: Some(vec![Member { until: Some(day(7)), ..Member::new("ben", Minutes::new(30.0)) }]),
        ..Adjustment::default()
    };
    let nobody = wide.adjust(alone, day(0)).unwrap();
    assert_eq!(nobody.minutes_within(week), Minutes::ZERO);
    assert_eq!(nobody.minutes_within(Window::new(day(0), day(14))), Minutes::new(30.0));
}

#[test]
fn only_who_is_there_and_has_time_answers() {
    let ben = Member {
        platforms: vec!["github".into()],
        until: Some(day(20)),
        ..Member::new("ben", Minutes::new(30.0))
    };
    let idle = Member::new("idle", Minutes::ZERO);
    let mut commitment = with_team(vec![Member::new("anna", Minutes::new(60.0)), ben, idle]);
    commitment.platforms = vec!["github".into(), "mastodon".into()];
    let programme = Programme::begin(commitment, period(0, 70, 900.0)).unwrap();
    let names = |platform, at| -> Vec<&str> {
        programme.answering(platform, day(at)).map(|member| member.name.as_str()).collect()
    };
    assert_eq!(names("github", 10), ["anna", "ben"]);
    assert_eq!(names("github", 20), ["anna"]);
    assert_eq!(names("mastodon", 10), ["anna"]);
    assert_eq!(names("x", 10), Vec::<&str>::new());
}

/// A programme of up to four periods one after the other, and a team of whom some leave.
fn any_programme() -> impl Strategy<Value = Programme> {
    let member = (0.0..90.0_f64, prop::option::of(0..200_i32));
    let span = (1..80_i32, 1.0..2_000.0_f64);
    (
        prop::collection::vec(member, 1..4),
        prop::collection::vec(span, 1..5),
        prop::option::of(0..200_i32),
    )
        .prop_map(|(team, spans, ended)| {
            let team = team.iter().enumerate().map(|(number, (minutes, until))| Member {
                until: until.map(day),
                ..Member::new(number.to_string(), Minutes::new(*minutes))
            });
            let mut from = 0;
            let mut periods = spans.iter().map(|(days, minutes)| {
                from += days;
                period(from - days, from, *minutes)
            });
            let first = periods.next().unwrap();
            let begun = Programme::begin(with_team(team.collect()), first).unwrap();
            let renewed =
                periods.fold(begun, |so_far, next| so_far.renew(next, Gap::Refused).unwrap());
            ended.map_or_else(|| renewed.clone(), |at| renewed.end(day(at)).unwrap())
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn minutes_add_up_over_parts_and_never_exceed_budget_or_team(
        programme in any_programme(), from in -20..300_i32, days in 0..200_i32, cut in 0..200_i32,
    ) {
        let at = |from, to| programme.minutes_within(Window::new(day(from), day(to))).get();
        let (to, cut) = (from + days, from + cut.min(days));
        let parts = at(from, cut) + at(cut, to);
        assert!((parts - at(from, to)).abs() < 0.1, "two halves make the whole");
        let budget: f64 = programme.periods.iter().map(|period| period.minutes.get()).sum();
        let team: f64 = programme.team.iter().map(|member| member.minutes_per_week.get()).sum();
        assert!(at(from, to) <= budget + 0.1);
        assert!(at(from, to) <= team * f64::from(days) / 7.0 + 0.1);
        assert!(programme.minutes_within(Window::new(day(from), day(from))) == Minutes::ZERO);
    }
}
