//! `cargo xtask miri`: the tests in which raw pointers cross the boundary, under an interpreter that watches each.
//!
//! Miri opens no libraries, starts no processes and maps no files, so what runs is both halves of the boundary in one
//! program, and of the host nothing that is unsafe. Left out is what only reads long texts or makes many records: it
//! has no pointers of its own, and takes minutes there.

use std::process::Command;

/// A package, and what its tests are asked for.
const RUNS: &[(&str, &[&str])] = &[
    ("rin-abi", &["--skip=manifest", "--skip=describe", "--skip=the_header", "--skip=the_layout"]),
    ("rin-plugin", &["bridge", "log::", "testing", "csv", "decode"]),
    ("rin-core", &["measure::codec"]),
    ("rin-host", &["call::", "params::", "part::", "services::", "worker::wire"]),
];

/// Provenance and alignment are watched more strictly than by default. A plugin's constants are leaked on purpose.
const FLAGS: &str = "-Zmiri-disable-isolation -Zmiri-ignore-leaks -Zmiri-strict-provenance \
                     -Zmiri-symbolic-alignment-check";

/// Runs them one package after the other; needs a nightly toolchain with the component `miri`.
pub(crate) fn run() -> Result<(), String> {
    RUNS.iter().try_for_each(|(package, tests)| {
        let status = Command::new("rustup")
            .args(["run", "nightly", "cargo", "miri", "test", "--lib", "--package", package, "--"])
            .args(*tests)
            .env("MIRIFLAGS", FLAGS)
            .env("PROPTEST_CASES", "4")
            .current_dir(xtask::build::root())
            .status()
            .map_err(|error| format!("cannot run rustup: {error}"))?;
        let hint = "rustup toolchain install nightly --component miri,rust-src";
        if status.success() { Ok(()) } else { Err(format!("{package} failed under Miri ({hint})")) }
    })
}
