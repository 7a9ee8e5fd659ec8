//! What a host does about a plugin that goes on crashing, and what becomes of a worker without a host.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use rin_host::{CallFault, Ledger, Limits, LoadFault, Loading, Params, PluginStrategy};

use super::{ask, both, caged, in_pipes, lay, open};
use crate::{
    build::{Build, lay_probe, mode},
    world::{Ear, World},
};

#[test]
fn after_the_third_crash_it_is_not_run_any_more() {
    both(&caged()).iter().for_each(third_crash_is_the_last);
}

fn third_crash_is_the_last(how: &Loading) {
    let Some(laid) = lay("segfault") else { return };
    let Some(calm) = lay("calm") else { return };
    let mut calm = open(&calm, how).unwrap();
    let mut strategy = open(&laid, how).unwrap();
    // A crash counts once, although the rows are asked about once more. The third time nobody asks again.
    for count in 1..3 {
        let fault = ask(&mut strategy).unwrap_err().fault;
        assert!(matches!(fault, CallFault::Crashed { .. }), "{fault}");
        assert_eq!(how.ledger.entries()[0].count, count);
    }
    let fault = ask(&mut strategy).unwrap_err().fault;
    assert_eq!(fault, CallFault::Quarantined { crashes: 3 });
    assert_eq!(open(&laid, how).unwrap_err().fault, LoadFault::Quarantined { crashes: 3 });
    let entries = how.ledger.entries();
    assert_eq!((entries.len(), entries[0].count), (1, 3));
    assert_eq!(entries[0].plugin, "org.rin.zoo.segfault");
    assert_eq!(ask(&mut calm).unwrap(), "", "the others go on");
}

#[test]
fn a_build_that_aborts_costs_its_worker_only() {
    let plugin = lay_probe(Build::Aborting).load(&caged());
    let mode = |mode: &str| {
        let settings = format!("mode = \"{mode}\"").parse().unwrap();
        Params::check(plugin.manifest(), &settings).unwrap()
    };
    let fault = ask(&mut plugin.strategy(&mode("panic-propose")).unwrap()).unwrap_err().fault;
    let CallFault::Crashed { how } = &fault else { unreachable!("{fault}") };
    assert!(how.contains("SIGABRT"), "{how}");
    let fault = plugin.strategy(&mode("panic-new")).unwrap_err().fault;
    assert!(matches!(fault, LoadFault::Crashed { .. }), "{fault}");
}

/// Asks the probe about all rows at once and returns how many proposals there were.
fn ask_at_once(strategy: &mut PluginStrategy, rows: usize) -> Result<usize, CallFault> {
    let mut said = Vec::new();
    let mut ear = Ear { first_row: 0, said: &mut said, room: usize::MAX };
    let asked = World::new(rows, 1).rows(0, rows, |batch| strategy.ask(batch, &mut ear));
    asked.map(|()| said.len()).map_err(|error| error.fault)
}

#[test]
fn each_portion_of_a_large_batch_has_time_of_its_own() {
    // Three portions of 400 ms each take longer than one may.
    let limits = Limits { answer: Duration::from_secs(1), ..Limits::default() };
    for how in both(&Loading { limits, ..caged() }) {
        let plugin = lay_probe(Build::Usual).load(&how);
        let mut busy = plugin.strategy(&mode(&plugin, "busy")).unwrap();
        assert!(0 < ask_at_once(&mut busy, 3 * 8192).unwrap());
        let mut hangs = plugin.strategy(&mode(&plugin, "hang")).unwrap();
        let late = CallFault::Late { after: limits.answer };
        assert_eq!(ask_at_once(&mut hangs, 3 * 8192), Err(late));
    }
}

#[test]
fn the_portion_that_crashes_is_the_one_asked_about_in_halves() {
    both(&caged()).iter().for_each(portion_is_asked_about_in_halves);
}

fn portion_is_asked_about_in_halves(loading: &Loading) {
    let crash = |how: &str, rows: usize| {
        let how_often = Loading { ledger: Ledger::default(), ..loading.clone() };
        let plugin = lay_probe(Build::Aborting).load(&how_often);
        let mut strategy = plugin.strategy(&mode(&plugin, how)).unwrap();
        let fault = ask_at_once(&mut strategy, rows).unwrap_err().to_string();
        assert!(fault.contains("SIGABRT"), "{fault}");
        fault
    };
    let fault = crash("panic-propose", 2 * 8192);
    assert!(fault.contains("in rows 0 to 4095 of a batch"), "{fault}");
    // The row that is left over by two whole portions has no halves.
    let fault = crash("alone", 2 * 8192 + 1);
    assert!(!fault.contains("in rows"), "{fault}");
}

/// Set in the process that is to be killed.
const DOOMED: &str = "RIN_TEST_DOOMED";

#[test]
fn a_worker_dies_with_its_host() {
    ["trays", "pipes"].into_iter().for_each(dies_with_its_host);
}

fn dies_with_its_host(way: &str) {
    let Some(laid) = lay("loop") else { return };
    if let Some(way) = env::var_os(DOOMED) {
        let how = if way == "pipes" { in_pipes(&caged()) } else { caged() };
        let mut strategy = open(&laid, &how).unwrap();
        println!("\nworker {}", strategy.process().unwrap());
        drop(ask(&mut strategy));
        return;
    }
    let mut host = Command::new(env::current_exe().unwrap())
        .args(["--exact", "zoo::host::a_worker_dies_with_its_host", "--nocapture"])
        .env(DOOMED, way)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(host.stdout.take().unwrap()).lines().map(Result::unwrap);
    let worker = lines.find_map(|line| line.strip_prefix("worker ").map(str::to_owned)).unwrap();
    let status = PathBuf::from(format!("/proc/{worker}/stat"));
    assert!(status.exists());
    host.kill().unwrap();
    host.wait().unwrap();
    // It is gone, or gone but for whoever collects the dead; a few thousand looks are time enough to die.
    let is_gone = || {
        let stat = fs::read_to_string(&status).unwrap_or_default();
        stat.rsplit(')')
            .next()
            .is_none_or(|rest| rest.is_empty() || rest.trim_start().starts_with(['Z', 'X']))
    };
    assert!((0..1_000_000).any(|_| is_gone()), "{}", fs::read_to_string(&status).unwrap());
}
