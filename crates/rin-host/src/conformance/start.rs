//! How a plugin starts, what it starts with, and what it leaves behind.

use std::{
    fs,
    time::{Duration, Instant},
};

use rin_core::Norm;

use super::{
    Bench, reader,
    report::{Tried, Verdict},
    settings,
    strategy::{brief, small_world},
    words::{confinement, joined, same, say},
    world::ask,
};
use crate::{CallFault, Connection, LoadFault, Manifest, Param, ParamKind, Params};

/// Time a start may take.
const START: Duration = Duration::from_millis(100);
/// Fresh instances and calls whose memory is compared.
const ROUNDS: usize = 1000;
/// What memory may have grown by, in KiB: pages an allocator has taken once and keeps.
const GROWTH: u64 = 1024;

pub(super) fn manifest(bench: &Bench<'_>) -> Tried {
    let file = bench.found.manifest_file.display().to_string();
    let text = fs::read_to_string(&bench.found.manifest_file).map_err(|error| {
        Verdict::failed(say!("{file} cannot be read: {error}", "{file} ist nicht lesbar: {error}"))
    })?;
    let read = Manifest::parse(&file, &text).map_err(|error| Verdict::failed(same(error)))?;
    if !is_same(&read, bench.manifest()) {
        return Err(Verdict::failed(say!(
            "{file} has changed while it was checked",
            "{file} hat sich während der Prüfung geändert"
        )));
    }
    // Each start compares what the library says about itself with the manifest.
    let first = bench.connect()?;
    let second = bench
        .connect()
        .map_err(|verdict| verdict.when(&say!("at the second start", "beim zweiten Start")))?;
    let how = first.confinement();
    drop((first, second));
    let silent: Vec<_> = untold(bench.manifest());
    if silent.is_empty() {
        return Ok(Verdict::passed(confinement(how)));
    }
    let silent = silent.join(", ");
    Ok(Verdict::warned(say!(
        "nothing is said in both languages about {silent}",
        "nicht in beiden Sprachen erklärt: {silent}"
    )))
}

/// Whether two manifests say the same; targets are compared by their bytes when the library is loaded.
fn is_same(one: &Manifest, other: &Manifest) -> bool {
    one.info == other.info && one.provides == other.provides && one.params == other.params
}

/// Returns what a person would see without an explanation.
fn untold(manifest: &Manifest) -> Vec<&str> {
    let params = manifest.params.iter().map(|param| (&param.key, &param.text));
    let kinds = manifest.info.kinds.iter().map(|kind| (&kind.id, &kind.text));
    let reasons = manifest.info.reasons.iter().map(|reason| (&reason.id, &reason.text));
    let norms = manifest.norms.iter().map(|norm: &Norm| (&norm.id, &norm.text));
    let all = params.chain(kinds).chain(reasons).chain(norms);
    all.filter(|(_, text)| !settings::is_said(text)).map(|(name, _)| name.as_str()).collect()
}

pub(super) fn load_time(bench: &Bench<'_>) -> Tried {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let started = Instant::now();
        drop(bench.connect()?);
        best = best.min(started.elapsed());
    }
    let ms = best.as_secs_f64() * 1e3;
    let what = say!("{ms:.1} ms, the best of three", "{ms:.1} ms, das beste von dreien");
    Ok(if best <= START { Verdict::passed(what) } else { Verdict::warned(what) })
}

pub(super) fn param_defaults(bench: &Bench<'_>) -> Tried {
    let manifest = bench.manifest();
    let written = |param: &Param| {
        let value = match &param.kind {
            ParamKind::Number { default, .. } => toml::Value::Float(*default),
            ParamKind::Switch { default } => toml::Value::Boolean(*default),
            ParamKind::Text { default } => toml::Value::String(default.clone()),
        };
        (param.key.clone(), value)
    };
    let defaults = manifest.params.iter().map(written).collect();
    let params =
        Params::check(manifest, &defaults).map_err(|error| Verdict::failed(same(error)))?;
    drop(bench.connect_with(&params)?);
    drop(bench.connect_with(&Params::defaults(manifest))?);
    Ok(Verdict::fine())
}

pub(super) fn param_range(bench: &Bench<'_>) -> Tried {
    let manifest = bench.manifest();
    let pinned = &bench.request.params;
    if manifest.params.iter().all(|param| pinned.contains_key(&param.key)) {
        return Ok(Verdict::skipped(say!(
            "it has no parameters to try",
            "es hat keine Parameter zum Durchprobieren"
        )));
    }
    let (mut tried, mut refused) = (0, 0);
    for settings in settings::settings(manifest, pinned, bench.request.seed) {
        let with = |verdict: Verdict| verdict.when(&same(settings::in_words(&settings)));
        let params = Params::check(manifest, &settings)
            .map_err(|error| with(Verdict::failed(same(error))))?;
        tried += 1;
        match starts_or_refuses(bench, &params).map_err(with)? {
            None => refused += 1,
            Some(mut connection) if manifest.provides.strategy => {
                let world = small_world(bench);
                let order = world.order();
                ask(connection.as_mut(), &world, &order, order.len())
                    .map_err(|error| with(error.into()))?;
            }
            Some(_) => {}
        }
    }
    Ok(Verdict::passed(say!(
        "{tried} combinations, {refused} refused with a message",
        "{tried} Zusammenstellungen, {refused} mit einer Meldung abgelehnt"
    )))
}

/// Starts an instance; `None` if it refuses these parameters and says why.
pub(super) fn starts_or_refuses(
    bench: &Bench<'_>,
    params: &Params,
) -> Result<Option<Box<dyn Connection>>, Verdict> {
    match bench.plugin.plugin.connect(params) {
        Ok(connection) => Ok(Some(connection)),
        Err(error) => match error.fault {
            LoadFault::Params { ref said } if said.trim().is_empty() => Err(Verdict::failed(say!(
                "it refuses its parameters without a message",
                "es lehnt seine Parameter ohne Meldung ab"
            ))),
            LoadFault::Params { .. } => Ok(None),
            _ => Err(error.into()),
        },
    }
}

pub(super) fn growth(bench: &Bench<'_>) -> Tried {
    let mut connection = bench.connect()?;
    let Some(_) = connection.process().and_then(resident) else {
        return Ok(Verdict::skipped(say!(
            "its memory cannot be seen from here",
            "sein Speicher ist von hier aus nicht zu sehen"
        )));
    };
    // The first tenth fills what is kept for good.
    once_more(bench, connection.as_mut(), ROUNDS / 10)?;
    let before = connection.process().and_then(resident).unwrap_or_default();
    once_more(bench, connection.as_mut(), ROUNDS)?;
    let after = connection.process().and_then(resident).unwrap_or_default();
    let grown = after.saturating_sub(before);
    if grown <= GROWTH {
        return Ok(Verdict::passed(say!(
            "{after} KiB, {grown} KiB more than before",
            "{after} KiB, {grown} KiB mehr als zuvor"
        )));
    }
    let each = grown * 1024 / ROUNDS as u64;
    Err(Verdict::failed(say!(
        "resident memory grew by {grown} KiB in {ROUNDS} rounds, {each} bytes a round",
        "der belegte Speicher wuchs in {ROUNDS} Runden um {grown} KiB, {each} Bytes je Runde",
    )))
}

fn once_more(
    bench: &Bench<'_>,
    connection: &mut dyn Connection,
    rounds: usize,
) -> Result<(), Verdict> {
    let world = small_world(bench);
    let order = world.order();
    for _ in 0..rounds {
        connection.renew()?;
        if bench.manifest().provides.strategy {
            ask(connection, &world, &order, order.len())?;
        } else {
            connection.probe(&reader::nothing())?;
        }
    }
    Ok(())
}

/// Returns the resident memory of a process in KiB, where the system tells.
fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

pub(super) fn system_calls(bench: &Bench<'_>) -> Tried {
    if !bench.connect()?.confinement().calls {
        return Ok(Verdict::skipped(say!(
            "system calls cannot be watched where it runs",
            "wo es läuft, lassen sich Systemaufrufe nicht beobachten"
        )));
    }
    everything(bench).map_err(|verdict| {
        let why = say!(
            "it asked the system for something forbidden",
            "es verlangte vom System etwas Verbotenes"
        );
        Verdict::failed(joined(&verdict.what, "; ", &why))
    })?;
    Ok(Verdict::fine())
}

/// Asks for everything it can do, where the first forbidden system call ends it.
fn everything(bench: &Bench<'_>) -> Result<(), Verdict> {
    let mut connection = bench.connect_strictly()?;
    let crashed = |fault: &CallFault| matches!(fault, CallFault::Crashed { .. });
    if bench.manifest().provides.strategy {
        let world = small_world(bench);
        let order = world.order();
        let answers = [
            ask(connection.as_mut(), &world, &order, order.len()).err(),
            connection.norms().err(),
            connection.review(&brief()).err(),
            connection.reset().err(),
        ];
        if let Some(error) = answers.into_iter().flatten().find(|error| crashed(&error.fault)) {
            return Err(error.into());
        }
    }
    for sample in bench.samples.iter().flatten() {
        let source = sample.lent();
        let probed = connection.probe(&source).err();
        let read = connection.read(&source, &mut reader::Ear::default()).err();
        if let Some(error) = probed.into_iter().chain(read).find(|error| crashed(&error.fault)) {
            return Err(error.into());
        }
    }
    Ok(())
}
