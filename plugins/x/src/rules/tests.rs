//! The rules hold what the manifest promises.

use rin_core::{Rule, Strategy};
use rin_plugin::{
    Compiled, Manifest, ParamValue,
    prelude::Column,
    prelude::{Minutes, Moment, Plugin, Verdict, Window},
    testing::{Rows, Said},
};

use super::{
    review::{MESSAGES_A_DAY, REPLIES_A_DAY},
    *,
};
use crate::X;

fn plugin() -> Compiled<X> {
    Compiled::new().unwrap()
}

fn ask(row: &[(Column, rin_plugin::ExampleValue)]) -> Vec<Said> {
    Rows::at(Moment::from_unix_ms(1_767_225_600_000)).with_row(row).ask(&mut plugin()).unwrap()
}

fn brief() -> Brief {
    Brief {
        window: Window::ALWAYS,
        posts_per_week: 5.0,
        strangers_per_week: 0.0,
        messages_per_week: 0.0,
        minutes_per_week: Minutes::new(60.0),
        team: 1,
        automated: false,
    }
}

fn review_of(brief: &Brief) -> Vec<(Verdict, String)> {
    let remarks = Rules::new(&Params::default()).unwrap().review(brief);
    remarks.into_iter().map(|remark| (remark.verdict, remark.norm)).collect()
}

#[test]
fn kinds_and_reasons_stand_at_their_positions() {
    let plugin = plugin();
    let kinds: Vec<&str> = plugin.info().kinds.iter().map(|kind| kind.id.as_str()).collect();
    let places = [ANSWER, REPLY, REPOST, LIKE, MESSAGE];
    assert_eq!(
        places.map(|at| kinds[at as usize]),
        ["answer", "reply", "repost", "like", "message"]
    );
    let reasons: Vec<&str> = plugin.info().reasons.iter().map(|one| one.id.as_str()).collect();
    let places = [OPEN, FADING, LAPSED, CLOSE, STEADY, UNANSWERED];
    assert_eq!(
        places.map(|at| reasons[at as usize]),
        ["open", "fading", "lapsed", "close", "steady", "unanswered"]
    );
}

#[test]
fn the_worked_examples_come_out() {
    assert_eq!(Compiled::<X>::check_examples(), Ok(11));
}

#[test]
fn the_defaults_are_those_of_the_manifest() {
    let manifest = Manifest::parse("plugin.toml", <X as Plugin>::MANIFEST).unwrap();
    let mut params = Params::default();
    let mut numbers = 0;
    for (param, default) in manifest.params.iter().zip(manifest.defaults()) {
        if let ParamValue::Number(default) = default {
            params = params.with_number(&param.key, default);
            numbers += 1;
        }
    }
    assert_eq!(numbers, 13);
    assert_eq!(Rules::new(&params).unwrap(), Rules::new(&Params::default()).unwrap());
    let params = Params::default().with_number("lapsed-below", 0.9);
    assert_eq!(Rules::new(&params).unwrap_err().key, "lapsed-below");
    let params = Params::default().with_text("account-id", "ann");
    assert_eq!(X::new(&params).unwrap_err().key, "account-id");
}

#[test]
fn the_review_uses_the_norms_of_the_manifest() {
    let plugin = plugin();
    for (id, limit) in [("messages", MESSAGES_A_DAY), ("replies", REPLIES_A_DAY)] {
        let norm = plugin.norms().iter().find(|norm| norm.id == id).unwrap();
        let Rule::PerDay(a_day) = norm.rule else { panic!("{norm:?}") };
        assert!((f64::from(a_day) - limit).abs() < f64::EPSILON);
    }
    assert!(plugin.norms().iter().all(|norm| {
        norm.source.starts_with("https://docs.x.com/")
            || norm.source.starts_with("https://help.x.com/")
            || norm.source.contains("our custom")
    }));
}

#[test]
fn an_open_message_is_due_soon_and_certain() {
    let now = 1_767_225_600_000_i64;
    let said = ask(&[
        (Column::SilenceDays, 2.0_f32.into()),
        (Column::ContactDays, 3_u32.into()),
        (Column::Alive, 0.9_f32.into()),
        (Column::OpenMs, (now - 2 * 86_400_000).into()),
    ]);
    assert_eq!((said.len(), said[0].kind.as_str()), (1, "answer"));
    assert!((said[0].effect - 1.0).abs() < 1e-6 && (said[0].due_days - 1.0).abs() < 1e-6);
}

#[test]
fn a_like_promises_a_quarter_of_a_reply() {
    let row = |unanswered: u32| {
        ask(&[
            (Column::SilenceDays, 40.0_f32.into()),
            (Column::ContactDays, 10_u32.into()),
            (Column::Alive, 0.5_f32.into()),
            (Column::Unanswered, unanswered.into()),
        ])
    };
    let (reply, like) = (row(0), row(2));
    assert_eq!((reply[0].kind.as_str(), like[0].kind.as_str()), ("reply", "like"));
    assert!((like[0].effect - reply[0].effect * 0.25).abs() < 1e-6);
    assert!((f64::from(reply[0].effect) - answer_probability(40.0, 10.0)).abs() < 1e-6);
    assert!((reply[0].confidence - 0.5).abs() < 1e-6, "whether they answered is not covered");
}

#[test]
fn a_campaign_is_held_against_limits_time_and_the_rules_for_programs() {
    assert_eq!(review_of(&brief()), [(Verdict::Ok, String::new())]);
    let much = Brief {
        posts_per_week: 400.0,
        strangers_per_week: 1_500.0,
        messages_per_week: 4_000.0,
        automated: true,
        ..brief()
    };
    let said = review_of(&much);
    let verdicts: Vec<_> = said.iter().map(|(verdict, norm)| (*verdict, norm.as_str())).collect();
    assert_eq!(
        verdicts,
        [
            (Verdict::Warn, ""),
            (Verdict::Warn, ""),
            (Verdict::Warn, "replies"),
            (Verdict::Stop, "messages"),
            (Verdict::Stop, ""),
            (Verdict::Warn, ""),
        ]
    );
    let program = Brief { automated: true, ..brief() };
    assert_eq!(review_of(&program)[1].0, Verdict::Warn);
}
