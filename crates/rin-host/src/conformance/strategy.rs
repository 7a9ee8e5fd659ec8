//! What a strategy answers: to plausible rows, to none, to impossible ones, and when it is interrupted.

use std::{
    thread,
    time::{Duration, Instant},
};

use rin_core::{
    Brief, Column, Minutes, Moment, Norm, Proposal, Remark, StrategyError, Text, Window,
};

use super::{
    Bench,
    report::{Outcome, Tried, Verdict},
    words::{joined, same, say},
    world::{Ear, NOW, World, ask, ask_once, difference, propose},
};
use crate::{CallFault, Canceller, Expect, Params};

/// Time in which it returns when it is interrupted.
const PROMPT: Duration = Duration::from_millis(50);
/// Tries at being prompt: other programs may be in the way.
const TRIES: usize = 5;
/// Time for a row above which a network is no fun.
const SLOW: f64 = 5_000.0;
/// Rows of a big batch.
const BIG: usize = 100_000;
/// Rows that a speed is measured with.
const MEASURED: usize = 65_536;
/// A week in milliseconds.
const WEEK: i64 = 604_800_000;

/// Returns a few plausible rows.
pub(super) fn small_world(bench: &Bench<'_>) -> World {
    World::plausible(bench.manifest(), 40, bench.request.seed)
}

pub(super) fn proposals(bench: &Bench<'_>) -> Tried {
    let world = World::plausible(bench.manifest(), 4096, bench.request.seed);
    let mut connection = bench.connect()?;
    let said = ask(connection.as_mut(), &world, &world.order(), world.rows.len())?;
    if said.is_empty() {
        return Ok(Verdict::warned(say!(
            "it proposes nothing at all for 4,096 plausible relationships",
            "es schlägt für 4.096 glaubhafte Beziehungen gar nichts vor",
        )));
    }
    let (n, rows) = (said.len(), world.rows.len());
    Ok(Verdict::passed(say!("{n} for {rows} relationships", "{n} für {rows} Beziehungen")))
}

pub(super) fn examples(bench: &Bench<'_>) -> Tried {
    let manifest = bench.manifest();
    if manifest.examples.is_empty() {
        return Ok(Verdict::warned(say!(
            "the manifest has none; an [[example]] explains a rule better than words",
            "das Manifest hat keine; ein [[example]] erklärt eine Regel besser als Worte",
        )));
    }
    // Examples are about the defaults, as a reader of the manifest takes them.
    let mut connection = bench.connect_with(&Params::defaults(manifest))?;
    for example in &manifest.examples {
        let title = example.text.clone();
        let name = Text { en: format!("\"{}\"", title.en), de: format!("»{}«", title.de) };
        let fail = |what: Text| Verdict::failed(what).when(&name);
        let mut proposals: Vec<Proposal<'static>> = Vec::new();
        let answer = example
            .with_batch(&manifest.info.columns, |batch| connection.propose(batch, &mut proposals));
        answer
            .map_err(|error: StrategyError| fail(same(error)))?
            .map_err(|error| Verdict::from(error).when(&name))?;
        let first = proposals.first().map_or(Expect::Nothing, |proposal| Expect::Proposal {
            kind: proposal.kind,
            reason: proposal.reason,
        });
        if first != example.expect {
            let first = in_words(bench, first);
            return Err(fail(joined(&say!("it proposes", "es schlägt vor:"), " ", &first)));
        }
    }
    Ok(Verdict::passed(same(manifest.examples.len())))
}

fn in_words(bench: &Bench<'_>, expect: Expect) -> Text {
    let info = &bench.manifest().info;
    let Expect::Proposal { kind, reason } = expect else { return say!("nothing", "nichts") };
    let kind = info.kinds.get(kind as usize).map_or("?", |kind| &kind.id);
    let reason = info.reasons.get(reason as usize).map_or("?", |reason| &reason.id);
    say!("{kind} for the reason {reason}", "{kind} mit dem Grund {reason}")
}

pub(super) fn norms(bench: &Bench<'_>) -> Tried {
    let manifest = bench.manifest();
    let mut connection = bench.connect()?;
    let norms = connection.norms()?;
    if norms != connection.norms()? {
        return Err(Verdict::failed(say!(
            "asked twice it has other norms",
            "zweimal gefragt hat es andere Normen"
        )));
    }
    if let Some(norm) = norms.iter().find(|norm| norm.source.trim().is_empty()) {
        let id = &norm.id;
        return Err(Verdict::failed(say!(
            "norm {id} has no source",
            "die Norm {id} hat keine Quelle"
        )));
    }
    let known = |norm: &&Norm| manifest.norms.iter().any(|known| is_same(known, norm));
    if let Some(norm) = norms.iter().find(|norm| !known(norm)) {
        let id = &norm.id;
        return Ok(Verdict::warned(say!(
            "norm {id} is not the manifest's, which people read; build the library anew",
            "die Norm {id} ist nicht die des Manifests, das man liest; die Bibliothek neu bauen",
        )));
    }
    if norms.is_empty() {
        return Ok(Verdict::warned(say!(
            "it knows no norm of its platform, so the planner holds none",
            "es kennt keine Norm seiner Plattform, daher hält der Planer keine ein",
        )));
    }
    Ok(Verdict::passed(same(norms.len())))
}

fn is_same(one: &Norm, other: &Norm) -> bool {
    one.id == other.id && one.rule == other.rule && one.kinds == other.kinds
}

/// Returns a usual campaign.
pub(super) fn brief() -> Brief {
    let at = Moment::from_unix_ms;
    Brief {
        window: Window::new(at(NOW), at(NOW + 6 * WEEK)),
        posts_per_week: 12.5,
        strangers_per_week: 40.0,
        messages_per_week: 20.0,
        minutes_per_week: Minutes::new(90.5),
        team: 3,
        automated: true,
    }
}

/// Returns campaigns from nothing to too much.
fn briefs() -> [Brief; 4] {
    let nothing = Brief {
        window: Window::new(Moment::from_unix_ms(NOW), Moment::from_unix_ms(NOW)),
        posts_per_week: 0.0,
        strangers_per_week: 0.0,
        messages_per_week: 0.0,
        minutes_per_week: Minutes::ZERO,
        team: 0,
        automated: false,
    };
    let much = Brief {
        window: Window::ALWAYS,
        posts_per_week: 1e12,
        strangers_per_week: 1e12,
        messages_per_week: 1e12,
        minutes_per_week: Minutes::new(f64::MAX),
        team: u32::MAX,
        automated: true,
    };
    [brief(), Brief { automated: false, ..brief() }, nothing, much]
}

pub(super) fn review(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let norms = connection.norms()?;
    let mut said = 0;
    for brief in briefs() {
        let remarks = connection.review(&brief)?;
        if remarks != connection.review(&brief)? {
            return Err(Verdict::failed(say!(
                "asked twice it differs about {brief:?}",
                "zweimal gefragt sagt es anderes über {brief:?}"
            )));
        }
        let is_odd = |remark: &&Remark| !remark.found.is_finite() || !remark.limit.is_finite();
        if let Some(remark) = remarks.iter().find(is_odd) {
            let (found, limit) = (remark.found, remark.limit);
            return Err(Verdict::failed(say!(
                "it found {found} against {limit} about {brief:?}",
                "es fand {found} gegen {limit} bei {brief:?}",
            )));
        }
        let known = |remark: &Remark| {
            remark.norm.is_empty() || norms.iter().any(|norm| norm.id == remark.norm)
        };
        if let Some(remark) = remarks.iter().find(|remark| !known(remark)) {
            let norm = &remark.norm;
            return Ok(Verdict::warned(say!(
                "a remark names norm {norm}, which there is not",
                "eine Bemerkung nennt die Norm {norm}, die es nicht gibt",
            )));
        }
        said += remarks.len();
    }
    let n = briefs().len();
    Ok(Verdict::passed(say!(
        "{said} remarks about {n} campaigns",
        "{said} Bemerkungen zu {n} Kampagnen"
    )))
}

pub(super) fn columns(bench: &Bench<'_>) -> Tried {
    let world = small_world(bench);
    let order = world.order();
    let mut connection = bench.connect()?;
    let before = ask(connection.as_mut(), &world, &order, order.len())?;
    let more = with_more(&world);
    let mut columns = more.columns.clone();
    columns.reverse();
    let after = ask_once(connection.as_mut(), &more, &order, &columns)?;
    match difference(&world, bench.manifest(), &before, &after) {
        None => {
            let n = world.columns.len();
            Ok(Verdict::passed(say!("{n} asked for", "{n} verlangt")))
        }
        Some(what) => Err(Verdict::failed(what)),
    }
}

/// Returns the same rows with every column there is.
fn with_more(world: &World) -> World {
    let mut more = world.clone();
    for column in Column::ALL.into_iter().filter(|column| !world.columns.contains(column)) {
        more.columns.push(column);
        for row in &mut more.rows {
            row.push(super::world::Cell::null(column));
        }
    }
    more
}

pub(super) fn optional_columns(bench: &Bench<'_>) -> Tried {
    let world = small_world(bench);
    let asked = &bench.manifest().info.columns;
    let optional: Vec<Column> =
        asked.iter().filter(|one| one.is_optional).map(|one| one.column).collect();
    if optional.is_empty() {
        return Ok(Verdict::passed(say!(
            "it asks for none that it can do without",
            "es verlangt keine, auf die es verzichten kann"
        )));
    }
    let mut connection = bench.connect()?;
    let mut without = |gone: &[Column], name: Text| {
        let there: Vec<_> =
            world.columns.iter().copied().filter(|column| !gone.contains(column)).collect();
        ask_once(connection.as_mut(), &world, &world.order(), &there).map_err(|error| {
            Verdict::from(error).when(&joined(&say!("without", "ohne"), " ", &name))
        })
    };
    for column in &optional {
        without(&[*column], same(column.name()))?;
    }
    without(&optional, say!("any of them", "jede von ihnen"))?;
    Ok(Verdict::passed(same(optional.len())))
}

pub(super) fn empty_batch(bench: &Bench<'_>) -> Tried {
    let world = small_world(bench);
    let mut connection = bench.connect()?;
    // The host refuses a proposal for a row that is not there.
    ask_once(connection.as_mut(), &world, &[], &world.columns)?;
    Ok(Verdict::fine())
}

pub(super) fn one_row(bench: &Bench<'_>) -> Tried {
    let world = small_world(bench);
    let mut connection = bench.connect()?;
    ask(connection.as_mut(), &world, &world.order(), 1)?;
    Ok(Verdict::fine())
}

pub(super) fn extremes(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let world = World::extreme(bench.manifest(), bench.request.seed);
    for row in world.order() {
        ask_once(connection.as_mut(), &world, &[row], &world.columns)
            .map_err(|error| Verdict::from(error).when(&same(world.in_words(row))))?;
    }
    for now in [i64::MIN, i64::MAX, 0, NOW] {
        let world = World { now, seed: u64::MAX, ..world.clone() };
        ask_once(connection.as_mut(), &world, &world.order(), &world.columns).map_err(|error| {
            Verdict::from(error)
                .when(&say!("all of them at {now} ms", "alle zusammen bei {now} ms"))
        })?;
    }
    let plausible = small_world(bench);
    let order = plausible.order();
    for gone in &plausible.columns {
        let world = plausible.without_values(|column| column == *gone);
        ask_once(connection.as_mut(), &world, &order, &world.columns).map_err(|error| {
            let name = gone.name();
            Verdict::from(error).when(&say!("{name} without any value", "{name} ohne jeden Wert"))
        })?;
    }
    let world = plausible.without_values(|_| true);
    ask_once(connection.as_mut(), &world, &order, &world.columns)
        .map_err(|error| Verdict::from(error).when(&say!("no value at all", "gar kein Wert")))?;
    let n = World::extreme(bench.manifest(), 0).rows.len();
    Ok(Verdict::passed(say!("{n} rows", "{n} Zeilen")))
}

pub(super) fn stops(bench: &Bench<'_>) -> Tried {
    let world = World::plausible(bench.manifest(), 4096, bench.request.seed);
    let order = world.order();
    let mut connection = bench.connect()?;
    let before = ask(connection.as_mut(), &world, &order, order.len())?;
    if before.is_empty() {
        return Ok(Verdict::skipped(say!(
            "it proposes nothing that could be stopped",
            "es schlägt nichts vor, womit es aufhören könnte"
        )));
    }
    prompt(|| {
        let mut ear = Ear { rows: &order, said: Vec::new(), room: 1 };
        let started = Instant::now();
        let answer = propose(connection.as_mut(), &world, &world.columns, &mut ear);
        let took = started.elapsed();
        match answer {
            Ok(()) if before.len() <= 1 => Ok(took),
            Ok(()) => Err(Verdict::failed(say!(
                "it went on as if it had not been stopped",
                "es machte weiter, als hätte niemand Halt gesagt"
            ))),
            Err(error) if error.fault == CallFault::Cancelled => Ok(took),
            Err(error) => Err(error.into()),
        }
    })?;
    let after = ask(connection.as_mut(), &world, &order, order.len())?;
    match difference(&world, bench.manifest(), &before, &after) {
        None => Ok(Verdict::fine()),
        Some(what) => {
            Err(Verdict::failed(what).when(&say!("after it was stopped", "nach dem Halt")))
        }
    }
}

/// Passes if one of several tries takes no longer than it may.
pub(super) fn prompt(mut one: impl FnMut() -> Result<Duration, Verdict>) -> Tried {
    let mut best = Duration::MAX;
    for _ in 0..TRIES {
        best = best.min(one()?);
        if best <= PROMPT {
            return Ok(Verdict::passed(same(format_args!("{:.1} ms", best.as_secs_f64() * 1e3))));
        }
    }
    let (ms, limit) = (best.as_millis(), PROMPT.as_millis());
    Err(Verdict::failed(say!(
        "it returned after {ms} ms and may take {limit} ms",
        "es kehrte nach {ms} ms zurück und darf {limit} ms brauchen"
    )))
}

pub(super) fn cancel(bench: &Bench<'_>) -> Tried {
    let world = World::plausible(bench.manifest(), 512, bench.request.seed);
    let order: Vec<usize> = (0..BIG).map(|row| row % world.rows.len()).collect();
    prompt(|| {
        let mut connection = bench.connect()?;
        let canceller = connection.canceller();
        // Laid out before the clock runs, so that the plugin is at work when it is cancelled.
        let answer = world.with_batch(&order, &world.columns, |batch| {
            cancelled_after(canceller, PROMPT / 10, || connection.propose(batch, &mut Deaf))
        });
        let (answer, late) = answer.map_err(|error| Verdict::failed(same(error)))?;
        match answer {
            // It may have been ready before.
            Ok(()) => Ok(late),
            Err(error) if matches!(error.fault, CallFault::Cancelled | CallFault::Late { .. }) => {
                Ok(late)
            }
            Err(error) => Err(error.into()),
        }
    })
}

/// Runs a call, cancels it from another thread after a while, and returns how long it went on then.
fn cancelled_after<R>(
    canceller: Canceller,
    wait: Duration,
    call: impl FnOnce() -> R,
) -> (R, Duration) {
    thread::scope(|scope| {
        let other = scope.spawn(move || {
            thread::park_timeout(wait);
            let at = Instant::now();
            canceller.cancel();
            at
        });
        let answer = call();
        let ended = Instant::now();
        // A thread that only waits and stores does not panic.
        let asked = other.join().unwrap_or(ended);
        (answer, ended.saturating_duration_since(asked))
    })
}

pub(super) fn speed(bench: &Bench<'_>) -> Tried {
    let world = World::plausible(bench.manifest(), 4096, bench.request.seed);
    let order: Vec<usize> = (0..MEASURED).map(|row| row % world.rows.len()).collect();
    let mut connection = bench.connect()?;
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let mut took = Duration::ZERO;
        let answer = world.with_batch(&order, &world.columns, |batch| {
            let mut deaf = Deaf;
            let started = Instant::now();
            let answer = connection.propose(batch, &mut deaf);
            took = started.elapsed();
            answer
        });
        answer.map_err(|error| Verdict::failed(same(error)))??;
        best = best.min(took);
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of rows")]
    let each = best.as_secs_f64() * 1e9 / MEASURED as f64;
    let outcome = if each <= SLOW { Outcome::Passed } else { Outcome::Warned };
    let what = say!(
        "{each:.1} ns a row, the best of three",
        "{each:.1} ns je Zeile, das beste von dreien"
    );
    Ok(Verdict { outcome, what })
}

/// Forgets what it hears.
struct Deaf;

impl rin_core::ProposalSink for Deaf {
    fn push(&mut self, _: &Proposal<'_>) -> Result<(), rin_core::Stop> {
        Ok(())
    }
}
