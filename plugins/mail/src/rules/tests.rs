//! The rules hold what the manifest promises.

use rin_core::Strategy;
use rin_plugin::{
    Compiled, ExampleValue, Manifest, ParamValue,
    prelude::Column,
    prelude::{Minutes, Moment, Plugin, Verdict, Window},
    testing::{Rows, Said},
};

use super::*;
use crate::Mail;

fn plugin() -> Compiled<Mail> {
    Compiled::new().unwrap()
}

fn ask(row: &[(Column, ExampleValue)]) -> Vec<Said> {
    Rows::at(Moment::from_unix_ms(1_767_225_600_000)).with_row(row).ask(&mut plugin()).unwrap()
}

fn brief() -> Brief {
    Brief {
        window: Window::ALWAYS,
        posts_per_week: 3.0,
        strangers_per_week: 0.0,
        messages_per_week: 2.0,
        minutes_per_week: Minutes::new(60.0),
        team: 1,
        automated: false,
    }
}

fn verdicts(brief: &Brief) -> Vec<Verdict> {
    let remarks = Rules::new(&Params::default()).unwrap().review(brief);
    remarks.into_iter().map(|remark| remark.verdict).collect()
}

#[test]
fn kinds_and_reasons_stand_at_their_positions() {
    let plugin = plugin();
    let kinds: Vec<&str> = plugin.info().kinds.iter().map(|kind| kind.id.as_str()).collect();
    let places = [ANSWER, WRITE, SHORT, CALL];
    assert_eq!(places.map(|at| kinds[at as usize]), ["answer", "write", "short", "call"]);
    let reasons: Vec<&str> = plugin.info().reasons.iter().map(|one| one.id.as_str()).collect();
    let places = [OPEN, FADING, LAPSED, STEADY, UNANSWERED];
    assert_eq!(
        places.map(|at| reasons[at as usize]),
        ["open", "fading", "lapsed", "steady", "unanswered"]
    );
}

#[test]
fn the_worked_examples_come_out() {
    assert_eq!(Compiled::<Mail>::check_examples(), Ok(8));
}

#[test]
fn the_defaults_are_those_of_the_manifest() {
    let manifest = Manifest::parse("plugin.toml", <Mail as Plugin>::MANIFEST).unwrap();
    let mut params = Params::default();
    let mut numbers = 0;
    for (param, default) in manifest.params.iter().zip(manifest.defaults()) {
        if let ParamValue::Number(default) = default {
            params = params.with_number(&param.key, default);
            numbers += 1;
        }
    }
    assert_eq!(numbers, 11);
    assert_eq!(Rules::new(&params).unwrap(), Rules::new(&Params::default()).unwrap());
    let params = Params::default().with_number("lapsed-below", 0.9);
    assert_eq!(Rules::new(&params).unwrap_err().key, "lapsed-below");
}

#[test]
fn every_norm_has_a_public_source_or_is_called_our_custom() {
    let is_said = |source: &str| source.starts_with("https://") || source.contains("our custom");
    assert!(plugin().norms().iter().all(|norm| is_said(&norm.source)));
    assert_eq!(plugin().norms().len(), 3);
}

#[test]
fn a_line_promises_half_of_a_letter_and_a_call_all_of_it() {
    let row = |alive: f32, unanswered: u32| {
        ask(&[
            (Column::SilenceDays, 60.0_f32.into()),
            (Column::ContactDays, 10_u32.into()),
            (Column::Alive, alive.into()),
            (Column::RhythmDays, 12.0_f32.into()),
            (Column::Unanswered, unanswered.into()),
        ])
    };
    let (write, short, call) = (row(0.5, 0), row(0.9, 0), row(0.5, 2));
    let kinds = [&write, &short, &call].map(|said| said[0].kind.clone());
    assert_eq!(kinds, ["write", "short", "call"]);
    assert!((short[0].effect - write[0].effect * 0.5).abs() < 1e-6);
    assert!((call[0].effect - write[0].effect).abs() < 1e-6);
    assert!((f64::from(write[0].effect) - answer_probability(60.0, 10.0)).abs() < 1e-6);
}

#[test]
fn a_campaign_is_held_against_the_law_the_limits_and_the_time() {
    assert_eq!(verdicts(&brief()), [Verdict::Ok]);
    let program = Brief { automated: true, ..brief() };
    assert_eq!(verdicts(&program), [Verdict::Ok, Verdict::Warn]);
    let many = Brief { strangers_per_week: 50.0, ..brief() };
    assert_eq!(verdicts(&many), [Verdict::Warn, Verdict::Warn]);
}
