//! Each question comes out as it should when one thing about a sound campaign is changed.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};

use super::*;
use crate::{
    Aftercare, Commitment, Day, Goal, InteractionKind, Marks, Member, Period, PlatformPlan, Text,
};

fn day(number: i32) -> Moment {
    Day::from_number(number).start()
}

/// Six weeks on one platform, with 13 weeks of aftercare at 45 minutes.
fn campaign() -> Campaign {
    let plan = PlatformPlan {
        platform: "mastodon".into(),
        minutes_per_week: Minutes::new(200.0),
        ..PlatformPlan::default()
    };
    Campaign {
        id: "summer".into(),
        name: "Summer".into(),
        programme: "Library".into(),
        window: Window::new(day(100), day(142)),
        minutes: Minutes::new(1_200.0),
        money: None,
        team: vec![Member::new("clara", Minutes::new(200.0))],
        goal: Goal { words: "readers".into(), measure: Some(Measure::Won), target: 20 },
        platforms: vec![plan],
        marks: Marks::default(),
        aftercare: Aftercare { minutes_per_week: Minutes::new(45.0), days: 91 },
    }
}

fn programme() -> Programme {
    let ben = Member { until: Some(day(150)), ..Member::new("ben", Minutes::new(30.0)) };
    let commitment = Commitment {
        name: "Library".into(),
        team: vec![Member::new("anna", Minutes::new(60.0)), ben],
        ..Commitment::default()
    };
    let period = Period {
        window: Window::new(day(0), day(364)),
        minutes: Minutes::new(52.0 * 90.0),
        money: None,
    };
    Programme::begin(commitment, period).unwrap()
}

fn facts() -> PlatformFacts {
    let seen = Coverage {
        sent: InteractionKinds::ALL,
        received: InteractionKinds::of(&[InteractionKind::Reply]),
        ..Coverage::default()
    };
    PlatformFacts { platform: "mastodon".into(), coverage: Some(seen), remarks: Some(Vec::new()) }
}

/// Everything a check looks at, to be changed one at a time.
#[derive(Debug)]
struct Case {
    campaign: Campaign,
    programme: Option<Programme>,
    others: Vec<Campaign>,
    facts: Vec<PlatformFacts>,
    influx: Influx,
    action: Option<Minutes>,
    spent: Option<Minutes>,
    has_labels: bool,
}

impl Case {
    fn sound() -> Self {
        Self {
            campaign: campaign(),
            programme: Some(programme()),
            others: Vec::new(),
            facts: vec![facts()],
            influx: Influx { days: 42.0, ordinary: vec![10, 14, 12, 9, 15], campaigns: Vec::new() },
            action: Some(Minutes::new(8.0)),
            spent: Some(Minutes::new(10.0)),
            has_labels: false,
        }
    }

    fn checks(&self) -> Vec<Check> {
        readiness(&ReadinessRequest {
            campaign: &self.campaign,
            programme: self.programme.as_ref(),
            others: &self.others,
            platforms: &self.facts,
            influx: &self.influx,
            minutes_per_action: self.action,
            spent_per_week: self.spent,
            has_labels: self.has_labels,
        })
    }

    fn check(&self, question: Question) -> Check {
        self.checks().into_iter().find(|check| check.question == question).unwrap()
    }
}

/// Changes a sound case and asks one question; returns how it came out, the figure and the limit.
fn asked(
    question: Question,
    change: impl FnOnce(&mut Case),
) -> (Verdict, Option<f64>, Option<f64>) {
    let mut case = Case::sound();
    change(&mut case);
    let check = case.check(question);
    let rounded = |figure: Option<f64>| figure.map(|figure| (figure * 10.0).round() / 10.0);
    (check.verdict, rounded(check.found), rounded(check.limit))
}

#[test]
fn a_sound_campaign_is_ready() {
    let checks = Case::sound().checks();
    let odd: Vec<_> = checks.iter().filter(|check| check.verdict != Verdict::Ok).collect();
    assert!(odd.is_empty(), "{odd:?}");
    let questions: Vec<Question> = checks.iter().map(|check| check.question).collect();
    assert!(questions.is_sorted(), "{questions:?}");
}

#[test]
fn the_programme_must_go_on_after_the_campaign() {
    use Question::ProgrammeGoesOn as Asked;
    let aftercare = Some(91.0);
    let none = asked(Asked, |case| case.programme = None);
    assert_eq!(none, (Verdict::Stop, None, aftercare));
    let ended = asked(Asked, |case| case.programme = Some(programme().end(day(120)).unwrap()));
    assert_eq!(ended, (Verdict::Stop, Some(-22.0), aftercare));
    let late = asked(Asked, |case| case.campaign.window = Window::new(day(250), day(292)));
    assert_eq!(late, (Verdict::Warn, Some(72.0), aftercare));
    assert_eq!(asked(Asked, |_| ()), (Verdict::Ok, Some(222.0), aftercare));
}

#[test]
fn aftercare_is_reserved_enough_and_within_the_budget() {
    let reserved = |minutes: f64| {
        asked(Question::AftercareReserved, |case| {
            case.campaign.aftercare.minutes_per_week = Minutes::new(minutes);
        })
    };
    // Twenty are meant to come, eight minutes each.
    assert_eq!(reserved(0.0), (Verdict::Stop, Some(0.0), Some(160.0)));
    assert_eq!(reserved(12.0), (Verdict::Warn, Some(156.0), Some(160.0)));
    assert_eq!(reserved(13.0), (Verdict::Ok, Some(169.0), Some(160.0)));
    let by_the_past = asked(Question::AftercareReserved, |case| case.campaign.goal.measure = None);
    assert_eq!(by_the_past.2, Some(96.0), "twelve came in past windows");

    let fits = |change: fn(&mut Case)| asked(Question::AftercareFits, change);
    // From day 150 on Anna is alone: 8 days at 90 and 83 at 60 minutes a week.
    assert_eq!(fits(|_| ()), (Verdict::Ok, Some(45.0), Some(52.6)));
    assert_eq!(
        fits(|case| case.spent = Some(Minutes::new(20.0))),
        (Verdict::Warn, Some(45.0), Some(42.6))
    );
    assert_eq!(fits(|case| case.spent = None).2, Some(62.6));
    let other = |case: &mut Case| {
        let window = Window::new(day(143), day(200));
        case.others = vec![Campaign { window, ..campaign() }];
    };
    assert_eq!(fits(other), (Verdict::Stop, Some(90.0), Some(52.6)));
    let before = |case: &mut Case| {
        let window = Window::new(day(0), day(40));
        case.others = vec![Campaign { window, ..campaign() }];
    };
    assert_eq!(fits(before).1, Some(45.0));
}

#[test]
fn somebody_of_the_programme_must_answer() {
    use Question::WhoAnswers as Asked;
    assert_eq!(asked(Asked, |_| ()), (Verdict::Ok, Some(1.0), Some(1.0)));
    let team = |team: Vec<Member>| {
        asked(Asked, |case| {
            case.programme = case.programme.take().map(|programme| Programme { team, ..programme });
        })
    };
    let anna = Member::new("anna", Minutes::new(60.0));
    let elsewhere = Member { platforms: vec!["github".into()], ..anna.clone() };
    assert_eq!(team(vec![elsewhere]).0, Verdict::Stop);
    assert_eq!(team(vec![Member { until: Some(day(160)), ..anna }]).0, Verdict::Warn);
}

#[test]
fn what_comes_must_not_be_more_than_can_be_tended() {
    use Question::Influx as Asked;
    // 585 minutes of aftercare are enough for 73 relationships.
    let sound = Case::sound().check(Asked);
    assert_eq!((sound.verdict, sound.found, sound.limit), (Verdict::Ok, Some(20.0), Some(73.0)));
    let unknown = asked(Asked, |case| case.action = None);
    assert_eq!(unknown, (Verdict::Warn, Some(20.0), None));
    let target = asked(Asked, |case| case.campaign.goal.target = 80);
    assert_eq!(target, (Verdict::Stop, Some(80.0), Some(73.0)));
    // Past campaigns count alone; this one lasts twice as long.
    let wide = asked(Asked, |case| case.influx.campaigns = vec![(30, 21.0)]);
    assert_eq!(wide, (Verdict::Warn, Some(60.0), Some(73.0)));
    let surely =
        asked(Asked, |case| case.influx.campaigns = vec![(190, 42.0), (210, 42.0), (200, 42.0)]);
    assert_eq!(surely, (Verdict::Stop, Some(200.0), Some(73.0)));
    let no_past = asked(Asked, |case| {
        case.influx = Influx::default();
        case.campaign.goal.measure = None;
    });
    assert_eq!(no_past, (Verdict::Warn, None, Some(73.0)));
}

#[test]
fn the_team_needs_the_time_that_is_planned() {
    use Question::TeamHasTime as Asked;
    assert_eq!(asked(Asked, |_| ()), (Verdict::Ok, Some(1_200.0), Some(1_200.0)));
    let leaves = asked(Asked, |case| {
        case.campaign.team =
            vec![Member { until: Some(day(121)), ..Member::new("c", Minutes::new(200.0)) }];
    });
    assert_eq!(leaves, (Verdict::Warn, Some(1_200.0), Some(600.0)));
    let budget = asked(Asked, |case| case.campaign.minutes = Minutes::new(900.0));
    assert_eq!(budget, (Verdict::Warn, Some(1_200.0), Some(900.0)));
}

#[test]
fn norms_are_what_the_strategy_says() {
    let remark = Remark {
        verdict: Verdict::Stop,
        norm: "strangers".into(),
        found: 30.0,
        limit: 5.0,
        text: Text { en: "Too many.".into(), de: "Zu viele.".into() },
    };
    let mut case = Case::sound();
    case.facts[0].remarks = Some(vec![remark.clone()]);
    let check = case.check(Question::Norm);
    assert_eq!((check.verdict, check.found, check.limit), (Verdict::Stop, Some(30.0), Some(5.0)));
    assert_eq!((check.about.as_str(), check.remark), ("mastodon", Some(remark)));
    assert_eq!(asked(Question::Norm, |case| case.facts[0].remarks = None).0, Verdict::Warn);
}

#[test]
fn the_goal_must_be_seen_by_some_source() {
    use Question::GoalMeasurable as Asked;
    assert_eq!(asked(Asked, |_| ()), (Verdict::Ok, Some(1.0), Some(1.0)));
    assert_eq!(
        asked(Asked, |case| case.facts[0].coverage = None),
        (Verdict::Stop, Some(0.0), Some(1.0))
    );
    let no_target = asked(Asked, |case| case.campaign.goal.target = 0);
    assert_eq!(no_target.0, Verdict::Warn);
    let no_measure = asked(Asked, |case| case.campaign.goal.measure = None);
    assert_eq!(no_measure, (Verdict::Warn, None, Some(1.0)));
    let deaf = asked(Asked, |case| {
        case.campaign.goal.measure = Some(Measure::Received);
        case.facts[0].coverage =
            Some(Coverage { sent: InteractionKinds::ALL, ..Coverage::default() });
    });
    assert_eq!(deaf.0, Verdict::Stop);
}

#[test]
fn marks_and_other_campaigns_are_told_apart() {
    let tagged = |case: &mut Case| case.campaign.marks.hashtags = vec!["#summer".into()];
    assert_eq!(asked(Question::MarksSeen, tagged), (Verdict::Warn, None, Some(1.0)));
    let seen = asked(Question::MarksSeen, |case| {
        tagged(case);
        case.has_labels = true;
    });
    assert_eq!(seen.0, Verdict::Ok);
    let mut other = Campaign { window: Window::new(day(135), day(200)), ..campaign() };
    let dates = asked(Question::Overlap, |case| case.others = vec![other.clone()]);
    assert_eq!(dates, (Verdict::Warn, Some(7.0), Some(0.0)));
    other.marks.by_hand = true;
    let marked = asked(Question::Overlap, |case| {
        tagged(case);
        case.others = vec![other];
    });
    assert_eq!(marked.0, Verdict::Ok);
    assert!(Case::sound().checks().iter().all(|check| check.question != Question::Overlap));
}

#[test]
fn the_interval_is_that_of_one_more_window() {
    // scipy: m = mean(x); h = stats.t.ppf(.95, 4) * sqrt(max(var(x, ddof=1), m) * (1 + 1/5))
    let influx = Influx { days: 42.0, ordinary: vec![10, 40, 12, 9, 35], campaigns: Vec::new() };
    let (mean, interval) = influx.expected(42.0).unwrap();
    assert!((mean - 21.2).abs() < 1e-9);
    assert!((interval.high - 56.284_266).abs() < 1e-4, "{interval:?}");
    assert!(interval.low <= 0.0);
    // Four windows without anybody do not prove that nobody comes.
    let none = Influx { days: 42.0, ordinary: vec![0; 4], campaigns: Vec::new() };
    assert!(0.5 < none.expected(42.0).unwrap().1.high);
}

/// Campaigns of any length, budget and aftercare.
fn any_case() -> impl Strategy<Value = Case> {
    let spans = (0..300_i32, 0..120_i32, 0..200_u32);
    let minutes = (0.0..200.0_f64, 0.0..30.0_f64, any::<bool>());
    (spans, minutes, prop::collection::vec(0..200_u32, 0..6)).prop_map(
        |((from, days, aftercare), (reserved, action, has_programme), ordinary)| {
            let mut case = Case::sound();
            case.campaign.window = Window::new(day(from), day(from + days));
            case.campaign.aftercare =
                Aftercare { minutes_per_week: Minutes::new(reserved), days: aftercare };
            case.action = Some(Minutes::new(action));
            case.influx.ordinary = ordinary;
            if !has_programme {
                case.programme = None;
            }
            case
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn more_aftercare_never_makes_the_influx_worse_and_no_programme_always_stops(case in any_case()) {
        let before = case.check(Question::Influx);
        let mut more = case;
        let reserved = more.campaign.aftercare.minutes_per_week + Minutes::new(10.0);
        more.campaign.aftercare.minutes_per_week = reserved;
        assert!(more.check(Question::Influx).verdict <= before.verdict);
        let figures = |check: &Check| check.found.is_none_or(f64::is_finite) && check.limit.is_none_or(f64::is_finite);
        assert!(more.checks().iter().all(figures));
        more.programme = None;
        assert!(more.checks().iter().any(|check| check.verdict == Verdict::Stop));
    }
}
