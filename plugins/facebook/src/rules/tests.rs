//! The rules hold what the manifest promises.

use rin_core::{ColumnData, Values};
use rin_plugin::{
    Manifest,
    prelude::Column,
    prelude::{Minutes, Moment, Plugin, Verdict, Window},
};
use toml::{Table, Value};

use super::*;
use crate::Facebook;

fn manifest() -> Table {
    Facebook::MANIFEST.parse().unwrap()
}

fn ids(key: &str) -> Vec<String> {
    let list = manifest()[key].as_array().unwrap().clone();
    list.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn number(value: &Value) -> f64 {
    let whole = || f64::from(i32::try_from(value.as_integer().unwrap()).unwrap());
    value.as_float().unwrap_or_else(whole)
}

#[test]
fn kinds_and_reasons_stand_at_their_positions() {
    assert_eq!(ids("kind"), ["answer", "comment", "like", "message"]);
    assert_eq!([ANSWER, COMMENT, LIKE, MESSAGE], [0, 1, 2, 3]);
    assert_eq!(ids("reason"), ["open", "fading", "lapsed", "close", "steady", "unanswered"]);
    assert_eq!([OPEN, FADING, LAPSED, CLOSE, STEADY, UNANSWERED], [0, 1, 2, 3, 4, 5]);
}

#[test]
fn the_host_takes_the_manifest_and_its_examples_hold() {
    let manifest = Manifest::parse("plugin.toml", Facebook::MANIFEST).unwrap();
    assert_eq!(manifest.examples.len(), 10);
    let rules = Rules::new(&Params::default()).unwrap();
    for example in &manifest.examples {
        let propose = |batch: &Batch<'_>| {
            let mut proposals: Vec<Proposal<'static>> = Vec::new();
            rules.propose(batch, &mut proposals).unwrap();
            proposals.first().map(|first| (first.kind, first.reason))
        };
        let seen = example.with_batch(&manifest.info.columns, propose).unwrap();
        let expected = format!("{:?}", example.expect);
        let answer = seen.map_or_else(
            || "Nothing".to_owned(),
            |(kind, reason)| format!("Proposal {{ kind: {kind}, reason: {reason} }}"),
        );
        assert_eq!(answer, expected, "{}", example.text.en);
    }
}

#[test]
fn the_defaults_are_those_of_the_manifest() {
    let mut params = Params::default();
    let mut changed = Params::default();
    for param in manifest()["param"].as_array().unwrap() {
        // The user name is the reader's.
        if param["type"].as_str() == Some("text") {
            continue;
        }
        let default = number(&param["default"]);
        params = params.with_number(param["key"].as_str().unwrap(), default);
        changed = changed.with_number(param["key"].as_str().unwrap(), default + 0.125);
    }
    let rules = Rules::new(&Params::default()).unwrap();
    assert_eq!(Rules::new(&params).unwrap(), rules);
    // Every parameter of the manifest reaches the rules.
    let debug = format!("{:?}", Rules::new(&changed).unwrap());
    assert_eq!(
        debug.matches(".125").count()
            + debug.matches("0.625").count()
            + debug.matches("0.925").count()
            + debug.matches("0.325").count()
            + debug.matches("0.375").count(),
        12
    );
}

#[test]
fn parameters_that_contradict_each_other_are_refused() {
    let params = Params::default().with_number("lapsed-below", 0.9);
    assert_eq!(Rules::new(&params).unwrap_err().key, "lapsed-below");
}

#[test]
fn every_norm_has_a_source_and_both_languages() {
    for norm in manifest()["norm"].as_array().unwrap() {
        let source = norm["source"].as_str().unwrap();
        assert!(
            ["https://", "docs/METHODS.md", "our custom: "]
                .iter()
                .any(|known| source.starts_with(known)),
            "{source}"
        );
        assert!(
            !norm["en"].as_str().unwrap().is_empty() && !norm["de"].as_str().unwrap().is_empty()
        );
    }
}

#[test]
fn the_probability_of_an_answer_is_the_fitted_one() {
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    close(answer_probability(1.0, 1.0), 1.0 / (1.0 + 0.359_f64.exp()));
    close(answer_probability(0.0, 0.0), answer_probability(1.0, 1.0));
    let logit = |p: f64| (p / (1.0 - p)).ln();
    close(
        logit(answer_probability(100.0, 16.0)),
        -0.359 - 0.134 * 100_f64.ln() + 0.25 * 16_f64.ln(),
    );
}

/// Asks the rules about one row given as a table of column names.
fn ask(row: &Table, now: i64) -> Vec<Proposal<'static>> {
    let mut u32s = Vec::new();
    let mut i64s = Vec::new();
    let mut f32s = Vec::new();
    for (name, value) in row {
        let column = Column::from_name(name).unwrap();
        match column {
            Column::OpenMs | Column::LapseMs => i64s.push((column, [value.as_integer().unwrap()])),
            Column::ContactDays | Column::Unanswered | Column::Flags | Column::Received => {
                u32s.push((column, [u32::try_from(value.as_integer().unwrap()).unwrap()]));
            }
            _ => f32s.push((column, [to_f32(number(value))])),
        }
    }
    let mut columns: Vec<ColumnData<'_>> = Vec::new();
    let data = |column, values| ColumnData { column, values, validity: None };
    columns.extend(u32s.iter().map(|(column, values)| data(*column, Values::U32(values))));
    columns.extend(i64s.iter().map(|(column, values)| data(*column, Values::I64(values))));
    columns.extend(f32s.iter().map(|(column, values)| data(*column, Values::F32(values))));
    let batch = Batch::new(1, Moment::from_unix_ms(now), 7, &columns).unwrap();
    let mut proposals = Vec::new();
    Rules::new(&Params::default()).unwrap().propose(&batch, &mut proposals).unwrap();
    proposals
}

fn row(text: &str) -> Table {
    text.parse().unwrap()
}

#[test]
fn an_answer_is_certain_and_due_soon_until_it_is_too_late() {
    let day = 86_400_000;
    let text = "silence-days = 1\ncontact-days = 3\nalive = 0.9\nopen-ms = 0";
    let due = |days: i64| {
        let [one] = ask(&row(text), days * day)[..] else { panic!("one proposal") };
        (one.kind, one.due_days, one.effect)
    };
    assert_eq!(due(0), (ANSWER, 3.0, 1.0));
    assert_eq!(due(10), (ANSWER, 1.0, 1.0));
    assert_eq!(ask(&row(text), 61 * day), []);
}

#[test]
fn a_fading_one_is_due_before_it_lapses() {
    let mut fading = row("silence-days = 40\ncontact-days = 10\nalive = 0.5\nlapse-ms = 864000000");
    let [one] = ask(&fading, 0)[..] else { panic!("one proposal") };
    assert_eq!((one.due_days, one.minutes, one.confidence), (10.0, 5.0, HALF_BLIND));
    assert!((f64::from(one.effect) - answer_probability(40.0, 10.0)).abs() < 1e-6);
    fading.insert("received".into(), Value::Integer(4));
    let [covered] = ask(&fading, 864_000_000 * 2)[..] else { panic!("one proposal") };
    assert_eq!((covered.due_days, covered.confidence), (f32::INFINITY, 1.0));
}

#[test]
fn nobody_who_was_never_in_contact_is_proposed() {
    let columns = [
        ColumnData {
            column: Column::SilenceDays,
            values: Values::F32(&[0.0]),
            validity: Some(&[0]),
        },
        ColumnData { column: Column::ContactDays, values: Values::U32(&[0]), validity: None },
        ColumnData { column: Column::Alive, values: Values::F32(&[0.0]), validity: None },
    ];
    let batch = Batch::new(1, Moment::from_unix_ms(0), 0, &columns).unwrap();
    let mut proposals: Vec<Proposal<'static>> = Vec::new();
    let rules = Rules::new(&Params::default()).unwrap();
    rules.propose(&batch, &mut proposals).unwrap();
    assert_eq!(proposals, []);
    let missing = Batch::new(1, Moment::from_unix_ms(0), 0, &columns[..2]).unwrap();
    assert!(rules.propose(&missing, &mut proposals).is_err());
}

#[test]
fn a_campaign_is_held_against_its_time_and_its_programs() {
    let brief = Brief {
        window: Window::ALWAYS,
        posts_per_week: 4.0,
        strangers_per_week: 10.0,
        messages_per_week: 2.0,
        minutes_per_week: Minutes::new(120.0),
        team: 2,
        automated: false,
    };
    let mut plugin = Facebook::new(&Params::default()).unwrap();
    let verdicts = |plugin: &mut Facebook, brief: &Brief| -> Vec<Verdict> {
        plugin.review(brief).iter().map(|remark| remark.verdict).collect()
    };
    // Messages to strangers land among the requests.
    assert_eq!(verdicts(&mut plugin, &brief), [Verdict::Ok, Verdict::Warn]);
    // 14 posts and first contacts and 2 messages: 70 + 20 minutes, and 5 for each of 10 · 0.411 answers.
    let found = plugin.review(&brief)[0].found;
    assert!((found - (90.0 + 50.0 / (1.0 + 0.359_f64.exp()))).abs() < 1e-9, "{found}");
    let hasty = Brief { strangers_per_week: 100.0, messages_per_week: 0.0, ..brief };
    assert_eq!(verdicts(&mut plugin, &hasty), [Verdict::Warn]);
    let robot = Brief { automated: true, messages_per_week: 0.0, ..brief };
    assert_eq!(verdicts(&mut plugin, &robot), [Verdict::Ok, Verdict::Stop]);
    let feed = Brief { automated: true, strangers_per_week: 0.0, messages_per_week: 0.0, ..brief };
    assert_eq!(verdicts(&mut plugin, &feed), [Verdict::Ok]);
}
