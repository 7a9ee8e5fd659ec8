//! Every way in which it can come out is said in both languages.

use super::*;
use crate::IntervalView;

const fn estimate(value: f64, low: f64, high: f64) -> EstimateView {
    EstimateView { value, interval: Some(IntervalView { low, high }) }
}

fn point(minutes_a_week: f64, is_budget: bool, changed: EstimateView) -> BudgetPointView {
    BudgetPointView {
        minutes_a_week,
        is_budget,
        alive: estimate(15.2, 14.0, 16.4),
        gained: estimate(4.1, 3.5, 4.7),
        changed,
        touches: 100.0,
    }
}

fn view() -> BudgetView {
    BudgetView {
        minutes_a_week: Some(80.0),
        minutes_a_touch: 5.0,
        is_touch_known: false,
        start: Some("2026-08-17".into()),
        days: 365,
        years: 6,
        horizon_days: 180.0,
        parties: 24,
        ties: 24,
        sample: 24,
        is_learned: Some(true),
        curve: vec![
            point(0.0, false, estimate(-4.1, -4.7, -3.5)),
            point(50.0, false, estimate(-1.3, -1.7, -0.9)),
            point(80.0, true, estimate(0.0, 0.0, 0.0)),
            point(110.0, false, estimate(0.4, -0.1, 0.9)),
        ],
        keep: None,
        said: Vec::new(),
        notes: Vec::new(),
    }
}

fn keep(minutes: Option<f64>) -> KeepView {
    KeepView {
        segment: "tag:press".into(),
        wanted: 0.9,
        parties: 12,
        ties: 9,
        sample: 9,
        minutes_a_week: minutes,
        reached: Some(estimate(0.91, 0.9, 0.92)),
        without: Some(estimate(0.55, 0.5, 0.6)),
    }
}

#[test]
fn a_budget_and_half_an_hour_are_said() {
    assert_eq!(
        sentences(&view(), Lang::En),
        [
            "Of 24 ties the 80 minutes a week are expected to leave 15.2 (14 to 16.4) alive after a year: 4.1 (3.5 to 4.7) more than if nobody acts.",
            "30 minutes a week more would keep 0.4 (−0.1 to 0.9) more, which may be chance; 30 less, 1.3 (0.9 to 1.7) fewer.",
        ]
    );
    assert_eq!(
        sentences(&view(), Lang::De),
        [
            "Von 24 Beziehungen leben nach einem Jahr mit den 80 Minuten je Woche voraussichtlich 15,2 (14 bis 16,4): 4,1 (3,5 bis 4,7) mehr, als wenn niemand etwas tut.",
            "30 Minuten mehr je Woche erhielten 0,4 (−0,1 bis 0,9) mehr, was Zufall sein kann; 30 weniger 1,3 (0,9 bis 1,7) weniger.",
        ]
    );
    let mut small = view();
    small.curve = vec![
        point(0.0, true, estimate(0.0, 0.0, 0.0)),
        point(30.0, false, estimate(0.01, -0.1, 0.1)),
    ];
    let said = sentences(&small, Lang::En);
    assert!(said[0].ends_with("nobody has minutes to keep more."), "{said:?}");
    assert_eq!(said[1], "30 minutes a week more would keep as many.");
    assert!(sentences(&small, Lang::De)[1].ends_with("erhielten ebenso viele."));
}

#[test]
fn what_it_takes_is_said() {
    let said = |keep: KeepView, lang| {
        let view = BudgetView { keep: Some(keep), ..view() };
        sentences(&view, lang).remove(2)
    };
    assert_eq!(
        said(keep(Some(24.2)), Lang::En),
        "To keep 90 % of the 9 ties in tag:press alive for a year takes 25 minutes a week for them alone; for everybody the programme has 80. If nobody acts it is 55 % (50 % to 60 %)."
    );
    assert!(said(keep(Some(24.2)), Lang::De).contains("braucht 25 Minuten je Woche"));
    assert!(said(keep(Some(0.0)), Lang::En).contains("takes no minutes: 55 %"));
    assert!(said(keep(Some(0.0)), Lang::De).contains("braucht keine Minuten"));
    assert!(
        said(keep(None), Lang::En).contains("every fortnight leaves 91 % (90 % to 92 %) alive")
    );
    assert!(said(keep(None), Lang::De).starts_with("Minuten allein erhalten nicht 90 %"));
    let one = KeepView { ties: 1, ..keep(Some(0.0)) };
    assert!(said(one, Lang::En).contains("of the 1 tie in tag:press"));
    let nobody = KeepView { ties: 0, reached: None, without: None, ..keep(None) };
    assert!(said(nobody.clone(), Lang::En).contains("is unknown: of 12 in it nobody"));
    assert!(said(nobody, Lang::De).contains("ist unbekannt: Von 12 darin"));
}

#[test]
fn what_is_not_known_is_said() {
    let none = BudgetView { curve: Vec::new(), ties: 0, ..view() };
    assert!(sentences(&none, Lang::En)[0].contains("is unknown: of 24 relationships"));
    assert!(sentences(&none, Lang::De)[0].contains("ist unbekannt: Von 24 Beziehungen"));
    assert!(notes(&none, Lang::En).is_empty());
    let ended = BudgetView { minutes_a_week: None, ..none };
    assert!(sentences(&ended, Lang::En)[0].starts_with("There is no budget"));
    assert!(sentences(&ended, Lang::De)[0].starts_with("Es gibt kein Budget"));
    let said = unknown(&SimulateError::NoOwn, Lang::De);
    assert!(said.contains("welche Konten deine sind") && said.contains("rin own add"), "{said}");
    assert!(unknown(&SimulateError::NoOwn, Lang::En).contains("rin own add"));
}

#[test]
fn notes_name_what_the_figures_leave_out() {
    let large = BudgetView {
        is_learned: Some(false),
        is_touch_known: true,
        parties: 9_000,
        ties: 7_000,
        sample: 2_000,
        keep: Some(keep(None)),
        ..view()
    };
    let notes = notes(&large, Lang::En).join("\n");
    for words in [
        "The year begins on 17 Aug 2026, where",
        "A contact takes 5 minutes, as you said",
        "too short to learn from",
        "2000 of 9000 were heard of but once",
        "2000 of 7000, with its share of the minutes",
        "tag:press: 3 of 12 were",
        "the luck of a year",
    ] {
        assert!(notes.contains(words), "`{words}` is missing in:\n{notes}");
    }
    let german = super::notes(&large, Lang::De).join("\n");
    for words in [
        "Das Jahr beginnt am 17.08.2026",
        "wie mit rin done gesagt",
        "2000 von 7000",
        "tag:press: 3 von 12",
    ] {
        assert!(german.contains(words), "`{words}` is missing in:\n{german}");
    }
    assert!(super::notes(&view(), Lang::De)[1].starts_with("Ein Kontakt wird mit 5 Minuten"));
}
