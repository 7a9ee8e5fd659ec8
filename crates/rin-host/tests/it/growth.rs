//! What is made and ended ten thousand times leaves nothing behind.

use crate::{
    build::{Build, here, lay_probe, mode},
    world::World,
};

/// Set where this test runs in a process of its own, because other tests' memory would be counted too.
const ALONE: &str = "RIN_TEST_ALONE";

#[test]
fn a_thousand_instances_leave_nothing_behind() {
    if std::env::var_os(ALONE).is_none() {
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "growth::a_thousand_instances_leave_nothing_behind", "--nocapture"])
            .env(ALONE, "1")
            .status()
            .unwrap();
        assert!(status.success());
        return;
    }
    let plugin = lay_probe(Build::Usual).load(&here());
    let world = World::new(8, 1);
    let round = |n: usize| {
        for _ in 0..n {
            drop(world.ask_once(&mut plugin.strategy(&mode(&plugin, "calm")).unwrap()).unwrap());
        }
    };
    round(2_000);
    let before = resident_kib();
    round(10_000);
    let grown = resident_kib().saturating_sub(before);
    // An instance is some hundred bytes on either side: 10,000 of them left behind would be 3 MiB and more.
    assert!(grown < 1_024, "{grown} KiB");
}

/// Resident memory of this process; 0 where the system does not say.
fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
