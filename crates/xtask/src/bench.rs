//! `cargo xtask bench`: runs the benches of the workspace and prints one table.
//!
//! A bench lives beside what it measures and prints a line a figure (name, value, unit, separated by tabs); this
//! only gathers them, so that one command gives all figures of one run on one machine.

use std::process::{Command, Stdio};

use xtask::build;

/// Name, package, bench target and features.
const BENCHES: &[(&str, &str, &str, &str)] = &[
    ("fold", "rin-core", "fold", "testing"),
    ("plan", "rin-core", "plan", "testing"),
    ("forecast", "rin-core", "forecast", "testing"),
    ("plugin", "rin-host", "call", ""),
    ("store", "rin-store", "import", ""),
    ("import", "xtask", "import", ""),
];

/// Runs the named benches, or all.
pub(crate) fn run(names: &[&str]) -> Result<(), String> {
    if let Some(unknown) = names.iter().find(|name| BENCHES.iter().all(|bench| bench.0 != **name)) {
        let known: Vec<_> = BENCHES.iter().map(|bench| bench.0).collect();
        return Err(format!("no bench is called `{unknown}`; there are {}", known.join(", ")));
    }
    let wanted = BENCHES.iter().filter(|bench| names.is_empty() || names.contains(&bench.0));
    for (name, package, target, features) in wanted {
        println!("\n{name}");
        let mut command = Command::new(env!("CARGO"));
        command.args(["bench", "--quiet", "--package", package, "--bench", target]);
        if !features.is_empty() {
            command.args(["--features", features]);
        }
        let output = command.current_dir(build::root()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| format!("cannot run cargo: {error}"))?;
        if !output.status.success() {
            return Err(format!("the bench {name} failed"));
        }
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            print_line(line);
        }
    }
    Ok(())
}

fn print_line(line: &str) {
    let mut cells = line.split('\t');
    match (cells.next(), cells.next(), cells.next()) {
        (Some(name), Some(value), unit) => {
            println!("  {name:<44} {value:>12} {}", unit.unwrap_or_default());
        }
        _ if line.trim().is_empty() => {}
        _ => println!("  {line}"),
    }
}
