//! The checker finds nothing in what is well made, and each fault by the one case that is meant for it.

use std::{fs, path::PathBuf, time::Duration};

use rin_host::{
    CheckCase, CheckReport, CheckRequest, Found, FuzzRequest, Limits, Loading, Outcome,
    check_cases, check_plugin, find_at, fuzz_plugin,
};

use crate::build::{Build, Laid, away, build_plugin, here, lay_c, lay_probe, probe_manifest, root};

/// What the probe's own export holds.
const EXPORT: &[u8] = b"Hello";

/// Lays the probe out with a sample beside its manifest.
fn probe() -> Laid {
    let laid = lay_probe(Build::Usual);
    let sample = laid.dir.path().join("plugin/samples/own");
    fs::create_dir_all(&sample).unwrap();
    fs::write(sample.join("probe.txt"), EXPORT).unwrap();
    laid
}

fn request(mode: &str, how: Loading) -> CheckRequest {
    let mut params = toml::Table::new();
    if !mode.is_empty() {
        params.insert("mode".to_owned(), mode.into());
    }
    CheckRequest { how, params, seed: 7, ..CheckRequest::default() }
}

fn check(found: &Found, request: &CheckRequest) -> CheckReport {
    check_plugin(found, request, &mut |_| {})
}

/// Returns the cases that found a fault, and what they say.
fn faults(report: &CheckReport) -> Vec<(&'static str, Outcome, &str)> {
    let bad = report.cases.iter().filter(|case| case.outcome.is_bad());
    bad.map(|case| (case.name, case.outcome, case.what.en.as_str())).collect()
}

/// Asserts that exactly one case finds a fault, and that it says so.
fn found_by(laid: &Laid, mode: &str, how: Loading, expected: (&str, Outcome, &str)) {
    let report = check(&laid.found(), &request(mode, how));
    let found = faults(&report);
    let [(name, outcome, what)] = found[..] else { unreachable!("{mode}: {found:#?}") };
    let (expected_name, expected_outcome, words) = expected;
    assert_eq!((name, outcome), (expected_name, expected_outcome), "{mode}: {what}");
    assert!(what.contains(words), "{mode}: {what}");
}

#[test]
fn a_calm_plugin_passes_every_case_in_a_worker() {
    let laid = probe();
    let report = check(&laid.found(), &request("calm", away()));
    assert_eq!(faults(&report), []);
    let by = |outcome| report.cases.iter().filter(move |case| case.outcome == outcome);
    let skipped: Vec<_> = by(Outcome::Skipped).map(|case| (case.name, &case.what)).collect();
    assert_eq!(skipped, []);
    let warned: Vec<_> = by(Outcome::Warned).map(|case| (case.name, &case.what)).collect();
    for case in &report.cases {
        assert_eq!(case.what.en.is_empty(), case.what.de.is_empty(), "{}", case.name);
    }
    let truncation = report.cases.iter().find(|case| case.name == "truncation").unwrap();
    assert_eq!(truncation.what.de, "5 Bytes, alle 1 abgeschnitten");
    // How fast it starts depends on what else this machine is doing.
    assert!(warned.iter().all(|(name, _)| ["load-time", "speed"].contains(name)), "{warned:?}");
}

#[test]
fn each_fault_of_a_strategy_is_found_by_the_case_meant_for_it() {
    use Outcome::{Crashed, Failed};
    let laid = probe();
    for (mode, expected) in [
        ("nan", ("proposals", Failed, "an effect of NaN in row 0")),
        ("panic-propose", ("proposals", Crashed, "panicked at")),
        ("narrow", ("param-range", Failed, "threshold = 10000")),
        ("empty", ("empty-batch", Crashed, "panicked at")),
        ("alone", ("one-row", Crashed, "panicked at")),
        ("memory", ("repeat", Failed, "effect")),
        ("address", ("determinism", Failed, "effect")),
        ("clinging", ("optional-columns", Failed, "without name")),
        ("position", ("row-order", Failed, "in reverse order")),
        ("size", ("batch-split", Failed, "1 at a time")),
        ("endless", ("extremes", Failed, "silence-days = inf")),
        ("fickle", ("review", Failed, "asked twice")),
    ] {
        found_by(&laid, mode, away(), expected);
    }
}

#[test]
fn what_is_done_behind_the_hosts_back_is_found() {
    use Outcome::Failed;
    let laid = probe();
    found_by(&laid, "busy", away(), ("cancel", Failed, "may take 50 ms"));
    found_by(&laid, "deaf", here(), ("stops", Failed, "may take 50 ms"));
    found_by(&laid, "stubborn", here(), ("read-stops", Failed, "may take 50 ms"));
    found_by(&laid, "leak", away(), ("growth", Failed, "resident memory grew by"));
    found_by(&laid, "file", away(), ("system-calls", Failed, "SIGSYS"));
    // Two instances in one process, which only embedders have.
    found_by(&laid, "shared", here(), ("isolation", Failed, "after another had"));
}

#[test]
fn each_fault_of_a_reader_is_found_by_the_case_meant_for_it() {
    use Outcome::{Crashed, Failed};
    let laid = probe();
    for (mode, expected) in [
        ("greedy", ("probe-foreign", Failed, "100 % sure")),
        ("panic-read", ("sample-read", Crashed, "panicked at")),
        ("hasty", ("truncation", Crashed, "probe.txt: cut to 1 bytes")),
        ("forgetful", ("sample-repeat", Failed, "only in the first reading")),
        ("trusting", ("bombs", Crashed, "files that claim")),
    ] {
        found_by(&laid, mode, away(), expected);
    }
}

#[test]
fn a_strategy_in_c_passes_and_what_it_keeps_in_globals_is_found() {
    use Outcome::Failed;
    let Some(laid) = lay_c(&[]) else { return };
    assert_eq!(faults(&check(&laid.found(), &request("", away()))), []);
    let forgets = lay_c(&["ODD_FORGETS=1"]).unwrap();
    found_by(&forgets, "", away(), ("reset", Failed, "confidence 0.75"));
    let second = lay_c(&["ODD_SECOND=1"]).unwrap();
    found_by(&second, "", away(), ("renew", Failed, "confidence 0.75"));
}

#[test]
fn a_manifest_that_tells_another_story_is_found() {
    let laid = probe();
    let file = laid.dir.path().join("plugin/plugin.toml");
    let change = |from: &str, to: &str| {
        fs::write(&file, probe_manifest().replace(from, to)).unwrap();
        check(&laid.found(), &request("calm", away()))
    };
    let report = change("version = \"0.1.0\"", "version = \"0.2.0\"");
    let found = faults(&report);
    assert!(matches!(found[..], [("manifest", Outcome::Failed, what)] if what.contains("0.2.0")));
    let skipped = report.count(Outcome::Skipped);
    assert_eq!(skipped, report.cases.len() - 1, "nothing else can be tried");

    let report = change("contact-days = 20 }", "contact-days = 2 }");
    let what = "\"Forty days of silence: say hello.\": it proposes visit for the reason silent";
    assert_eq!(faults(&report), [("examples", Outcome::Failed, what)]);

    let report = change("value = 14", "value = 15");
    let norms = report.cases.iter().find(|case| case.name == "norms").unwrap();
    assert_eq!(norms.outcome, Outcome::Warned, "{}", norms.what.en);
    assert!(norms.what.de.starts_with("die Norm "), "{}", norms.what.de);
}

#[test]
fn without_samples_it_is_said_how_to_give_one_and_cases_can_be_left_out() {
    let laid = lay_probe(Build::Usual);
    let skip = vec!["growth".to_owned()];
    let report = check(&laid.found(), &CheckRequest { skip, ..request("calm", away()) });
    assert_eq!(faults(&report), []);
    let what = |name: &str| {
        let case = report.cases.iter().find(|case| case.name == name).unwrap();
        assert_eq!(case.outcome, Outcome::Skipped, "{}", case.what.en);
        case.what.en.as_str()
    };
    assert!(what("truncation").contains("--sample"), "{}", what("truncation"));
    assert_eq!(what("growth"), "it was asked to be left out");
}

#[test]
fn the_shipped_plugins_pass() {
    let samples = |name: &str| root().join("tests/data").join(name);
    for (name, sample) in [
        ("mastodon", "mastodon"),
        ("bluesky", "bluesky/pds"),
        ("facebook", "facebook/synth-2021"),
        ("instagram", "instagram/synth-2022-flat"),
    ] {
        let library = build_plugin(&format!("rin-{name}"), &format!("rin_{name}"));
        let manifest = root().join("plugins").join(name).join("plugin.toml");
        let manifest = fs::read_to_string(manifest).unwrap();
        let laid = Laid::new(&manifest, &library, &format!("rin_{name}"));
        let samples: Vec<PathBuf> = vec![samples(sample)];
        let report = check(&laid.found(), &CheckRequest { samples, ..request("", away()) });
        assert_eq!(faults(&report), [], "{name}");
    }
}

#[test]
fn a_failing_round_is_made_again_by_its_seed_alone() {
    let laid = probe();
    let fuzz = |mode: &str, seed, rounds| {
        let check = CheckRequest { seed, ..request(mode, away()) };
        let request = FuzzRequest { check, rounds: Some(rounds), time: None };
        fuzz_plugin(&laid.found(), &request, &mut |_| {})
    };
    let calm = fuzz("calm", 1, 40);
    assert_eq!((calm.rounds, calm.failure), (40, None));
    let report = fuzz("endless", 1, 1000);
    let failure = report.failure.unwrap();
    assert!(failure.what.en.contains("an effect of NaN"), "{}", failure.what.en);
    let again = fuzz("endless", failure.seed, 1);
    assert_eq!((again.rounds, again.failure), (1, Some(failure)));
}

#[test]
fn a_hanging_plugin_costs_one_case() {
    let limits = Limits { answer: Duration::from_secs(2), ..Limits::default() };
    let laid = probe();
    let report = check(&laid.found(), &request("hang", Loading { limits, ..away() }));
    let found = faults(&report);
    assert!(
        matches!(found[..], [("proposals", Outcome::Crashed, what)] if what.contains("no answer")),
        "{found:?}"
    );
}

#[test]
fn one_plugin_is_found_by_its_folder_or_its_manifest() {
    let laid = lay_probe(Build::Usual);
    let folder = laid.dir.path().join("plugin");
    assert_eq!(find_at(&folder).unwrap(), laid.found());
    assert_eq!(find_at(&folder.join("plugin.toml")).unwrap(), laid.found());
    let error = find_at(laid.dir.path()).unwrap_err().to_string();
    assert!(error.contains("plugin.toml") && error.contains("cannot be read"), "{error}");
}

#[test]
fn the_documentation_lists_every_case() {
    let head = ["| case | about | what it tests and why |".to_owned(), "|---|---|---|".to_owned()];
    let row = |case: CheckCase| {
        let who = match (case.for_strategies, case.for_readers) {
            (true, _) => "strategies",
            (_, true) => "readers",
            _ => "all",
        };
        format!("| `{}` | {who} | {} |", case.name, case.about.en)
    };
    let table: Vec<_> = head.into_iter().chain(check_cases().into_iter().map(row)).collect();
    let table = table.join("\n");
    let page = fs::read_to_string(root().join("docs/CHECKER.md")).unwrap();
    assert!(page.contains(&table), "docs/CHECKER.md must hold this table:\n{table}");
}
