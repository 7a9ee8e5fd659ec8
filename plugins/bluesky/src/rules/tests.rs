//! The rules against the manifest they belong to: positions, parameters, columns, norms and worked examples.

use rin_core::{ColumnData, Rule, Strategy, Values};
use rin_plugin::{Compiled, prelude::*};

use super::{
    review::{CREATES_NORM, CREATES_PER_DAY},
    *,
};
use crate::Bluesky;

fn plugin() -> Compiled<Bluesky> {
    Compiled::new().unwrap()
}

/// Puts one value into each named column, as the column's type wants it; every other column is null.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the figures of the cases fit their columns"
)]
fn propose(row: &[(Column, f64)], now: Moment) -> Vec<Proposal<'static>> {
    let value = |column| row.iter().find(|(c, _)| *c == column).map(|(_, value)| *value);
    let wanted = [
        Column::SilenceDays,
        Column::ContactDays,
        Column::Alive,
        Column::OpenMs,
        Column::LapseMs,
        Column::Flags,
    ];
    let bits = |column| if value(column).is_some() { [1_u8] } else { [0] };
    let validity: Vec<[u8; 1]> = wanted.into_iter().map(bits).collect();
    let f: Vec<[f32; 1]> = wanted.iter().map(|c| [value(*c).unwrap_or(0.0) as f32]).collect();
    let i: Vec<[i64; 1]> = wanted.iter().map(|c| [value(*c).unwrap_or(0.0) as i64]).collect();
    let u: Vec<[u32; 1]> = wanted.iter().map(|c| [value(*c).unwrap_or(0.0) as u32]).collect();
    let columns: Vec<_> = wanted
        .into_iter()
        .enumerate()
        .map(|(n, column)| {
            let values = match column {
                Column::SilenceDays | Column::Alive => Values::F32(&f[n]),
                Column::OpenMs | Column::LapseMs => Values::I64(&i[n]),
                _ => Values::U32(&u[n]),
            };
            ColumnData { column, values, validity: Some(&validity[n]) }
        })
        .collect();
    let batch = Batch::new(1, now, 1, &columns).unwrap();
    let mut taken: Vec<Proposal<'static>> = Vec::new();
    plugin().propose(&batch, &mut taken).unwrap();
    taken
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

#[test]
fn positions_and_columns_are_those_of_the_manifest() {
    let plugin = plugin();
    let info = plugin.info();
    let kinds: Vec<&str> = info.kinds.iter().map(|kind| kind.id.as_str()).collect();
    let positions = [kind::ANSWER, kind::REPLY, kind::LIKE, kind::REPOST];
    assert_eq!(positions.map(|kind| kinds[kind as usize]), ["answer", "reply", "like", "repost"]);
    assert_eq!(kinds.len(), positions.len());
    let reasons: Vec<&str> = info.reasons.iter().map(|reason| reason.id.as_str()).collect();
    let positions = [reason::OPEN, reason::FADING];
    assert_eq!(positions.map(|reason| reasons[reason as usize]), ["open", "fading"]);
    assert!(info.columns.iter().all(|request| !request.column.is_personal()));
}

#[test]
fn the_review_uses_the_norm_of_the_manifest() {
    let plugin = plugin();
    let creates = plugin.norms().iter().find(|norm| norm.id == CREATES_NORM).unwrap();
    let Rule::PerDay(a_day) = creates.rule else { panic!("{creates:?}") };
    assert!((f64::from(a_day) - CREATES_PER_DAY).abs() < f64::EPSILON);
}

#[test]
fn the_worked_examples_come_out() {
    assert_eq!(Compiled::<Bluesky>::check_examples(), Ok(4));
}

#[test]
fn the_effect_follows_the_fitted_curve() {
    // Worked out apart from this code, from the formula as docs/METHODS.md gives it.
    let close = |a: f32, b: f32| (a - b).abs() < 5e-4;
    assert!(close(effect(1.0, 1), 0.4112));
    assert!(close(effect(0.0, 0), 0.4112), "below one day or contact counts as one");
    assert!(close(effect(365.0, 1), 0.2406));
    assert!(close(effect(30.0, 20), 0.4835));
    assert!(effect(100.0, 5) < effect(10.0, 5));
    assert!(effect(100.0, 5) < effect(100.0, 50));
}

#[test]
fn a_fading_tie_gets_a_reply_and_the_light_signs_cost_and_promise_less() {
    let fading = [
        (Column::SilenceDays, 60.0),
        (Column::ContactDays, 9.0),
        (Column::Alive, 0.5),
        (Column::Flags, 8.0),
        (Column::LapseMs, 86_400_000.0 * 110.0),
    ];
    let now = Moment::from_unix_ms(86_400_000 * 100);
    let proposed = propose(&fading, now);
    let kinds: Vec<u32> = proposed.iter().map(|proposal| proposal.kind).collect();
    assert_eq!(kinds, [kind::REPLY, kind::REPOST, kind::LIKE]);
    let (reply, like) = (proposed[0], proposed[2]);
    assert!((like.effect - reply.effect * 0.25).abs() < 1e-6);
    assert!(like.minutes < reply.minutes);
    assert!(proposed.iter().all(|proposal| (proposal.due_days - 10.0).abs() < 1e-4));
    // What has lapsed already is late, but it is not too late.
    let late = propose(&fading, Moment::from_unix_ms(86_400_000 * 200));
    assert!(late.iter().all(|proposal| proposal.due_days == f32::INFINITY));
    // A person's posts are not reposted for the tie's sake.
    assert_eq!(propose(&fading[..3], now).len(), 2);
}

#[test]
fn the_answer_for_a_row_does_not_depend_on_its_batch() {
    let silence: Vec<f32> = (0..100_u8).map(f32::from).collect();
    let contacts: Vec<u32> = (0..100).collect();
    let alive: Vec<f32> = (0..100_u8).map(|n| f32::from(n) / 100.0).collect();
    let run = |from: usize, to: usize| {
        let columns = [
            ColumnData {
                column: Column::SilenceDays,
                values: Values::F32(&silence[from..to]),
                validity: None,
            },
            ColumnData {
                column: Column::ContactDays,
                values: Values::U32(&contacts[from..to]),
                validity: None,
            },
            ColumnData {
                column: Column::Alive,
                values: Values::F32(&alive[from..to]),
                validity: None,
            },
        ];
        let batch = Batch::new(to - from, Moment::from_unix_ms(0), 7, &columns).unwrap();
        let mut taken: Vec<Proposal<'static>> = Vec::new();
        plugin().propose(&batch, &mut taken).unwrap();
        taken
            .into_iter()
            .map(|proposal| Proposal { row: proposal.row + from, ..proposal })
            .collect::<Vec<_>>()
    };
    let split: Vec<_> = [run(0, 37), run(37, 38), run(38, 100)].concat();
    assert_eq!(run(0, 100), split);
    assert!(!split.is_empty());
}

#[test]
fn a_missing_parameter_is_named() {
    assert_eq!(Rules::new(&Params::default()).unwrap_err().key, "answer-minutes");
}

#[test]
fn a_campaign_is_held_against_the_limits() {
    assert_eq!(review(&brief()), []);
    let verdicts = |brief: &Brief| -> Vec<(Verdict, String)> {
        review(brief).into_iter().map(|remark| (remark.verdict, remark.norm)).collect()
    };
    let flood = Brief { posts_per_week: 7.0 * 11_667.0, ..brief() };
    assert_eq!(verdicts(&flood), [(Verdict::Stop, CREATES_NORM.to_owned())]);
    assert_eq!(verdicts(&Brief { posts_per_week: 7.0 * 11_666.0, ..brief() }), []);
    let bot = Brief { automated: true, strangers_per_week: 3.0, ..brief() };
    assert_eq!(verdicts(&bot), [(Verdict::Stop, String::new())]);
    assert_eq!(verdicts(&Brief { automated: true, ..brief() }), []);
    let cold = Brief { strangers_per_week: 3.0, messages_per_week: 2.0, ..brief() };
    assert_eq!(verdicts(&cold), [(Verdict::Warn, String::new())]);
}
