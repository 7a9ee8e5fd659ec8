//! Libraries of every make: which are taken, which are refused before a call, and that all compute the same.

use std::{fs, process::Command};

use rin_core::{Column, Proposal, Strategy};
use rin_host::{LoadFault, Loading, Params, load};
use rin_plugin::{
    Compiled,
    testing::{MemorySource, Recorder},
};

use crate::{
    build::{Build, Laid, all_ways, here, lay_c, lay_c_against, lay_kept, lay_probe, mode},
    world::World,
};

fn defaults_in(laid: &Laid, how: &Loading) -> Box<dyn Strategy> {
    let plugin = laid.load(how);
    Box::new(plugin.strategy(&Params::defaults(plugin.manifest())).unwrap())
}

fn defaults(laid: &Laid) -> Box<dyn Strategy> {
    defaults_in(laid, &here())
}

#[test]
fn compiled_in_loaded_unoptimised_and_in_c_compute_the_same_bits_however_split() {
    let world = World::new(10_000, 1);
    let mut compiled = Compiled::<rin_probe::ProbePlugin>::new().unwrap();
    let expected = world.ask(&mut compiled, 10_000);
    assert!(1_000 < expected.len(), "{}", expected.len());
    let mut laid =
        vec![("loaded", lay_probe(Build::Usual)), ("unoptimised", lay_probe(Build::Unoptimised))];
    if let Some(c) = lay_c(&[]) {
        laid.push(("in C", c));
        let kept = lay_c_against("tests/data/abi/1.0", &[]).unwrap();
        laid.push(("in C with the header of 1.0", kept));
        laid.push(("of a later minor version", lay_c(&["ODD_LONGER"]).unwrap()));
        laid.push(("with a later minor number", lay_c(&["ODD_MINOR=9"]).unwrap()));
    }
    for (name, laid) in &laid {
        for how in all_ways() {
            let mut strategy = defaults_in(laid, &how);
            for at_a_time in [10_000, 8192, 64, 8] {
                assert!(
                    world.ask(strategy.as_mut(), at_a_time) == expected,
                    "{name}, {:?}, {at_a_time} rows",
                    how.isolation
                );
            }
        }
    }
}

#[test]
fn a_library_that_would_abort_serves_in_a_worker() {
    let world = World::new(1_000, 1);
    let mut compiled = Compiled::<rin_probe::ProbePlugin>::new().unwrap();
    let expected = world.ask(&mut compiled, 1_000);
    for how in all_ways().into_iter().skip(1) {
        let mut strategy = defaults_in(&lay_probe(Build::Aborting), &how);
        assert!(world.ask(strategy.as_mut(), 1_000) == expected);
    }
}

#[test]
fn the_worked_examples_of_a_plugin_are_run() {
    assert_eq!(Compiled::<rin_probe::ProbePlugin>::check_examples(), Ok(2));
}

/// Loads the strategy in C with these macros and compares why it is refused.
fn refused(macros: &[&str], expected: &str) {
    let Some(laid) = lay_c(macros) else { return };
    for how in all_ways() {
        let loaded = load(&laid.found(), &how);
        let started =
            loaded.and_then(|plugin| plugin.connect(&Params::defaults(plugin.manifest())));
        let error = started.err().unwrap();
        assert_eq!(error.plugin, "org.rin.c-strategy");
        assert_eq!(error.fault.to_string(), expected, "{macros:?} {:?}", how.isolation);
    }
}

#[test]
fn what_is_no_plugin_of_this_version_is_refused_before_a_call() {
    let magic = "its entry has the magic number 0x12345678 of something else";
    refused(&["ODD_MAGIC=0x12345678"], magic);
    let major = "it was built for version 2 of the plugin interface, this program has 1";
    refused(&["ODD_MAJOR=2"], major);
    // The magic is compared first, the layout only if the major version fits.
    refused(&["ODD_MAGIC=0x12345678", "ODD_MAJOR=2"], magic);
    refused(&["ODD_MAJOR=2", "ODD_LAYOUT=3"], major);
    let layout = format!(
        "its structs have layout 0x00000003, this program's have {:#010x}",
        rin_abi::LAYOUT
    );
    refused(&["ODD_LAYOUT=3", "ODD_SIZE=8"], &layout);
    let short = "its entry is incomplete: its entry has 8 bytes, fewer than 40";
    refused(&["ODD_SIZE=8"], short);
    let null = "its library does not fit its manifest: the descriptor is a null pointer";
    refused(&["ODD_DESCRIBES=0"], null);
    let lie =
        "its library does not fit its manifest: the version is 9.9.9, the manifest says 0.1.0";
    refused(&["ODD_VERSION=\"9.9.9\""], lie);
}

#[test]
fn impossible_numbers_of_rows_are_refused_before_a_row_is_read() {
    for (odd, expected) in [
        ("ODD_COUNT=(1ull<<40)", "the actions has length 1099511627776, more than 65536"),
        ("ODD_STRIDE=4", "the actions come at a distance of 4 bytes"),
        ("ODD_STRIDE=57", "the actions come at a distance of 57 bytes"),
    ] {
        let Some(laid) = lay_c(&[odd]) else { return };
        let error = World::new(8, 1).ask_once(defaults(&laid).as_mut()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn what_is_no_library_is_refused_by_its_kind() {
    let laid = lay_probe(Build::Usual);
    let mut found = laid.found();
    fs::write(&found.library, "not a library").unwrap();
    let fault = load(&found, &here()).unwrap_err().fault;
    assert!(matches!(fault, LoadFault::NotALibrary { .. }), "{fault}");
    fs::remove_file(&found.library).unwrap();
    fs::create_dir(&found.library).unwrap();
    let fault = load(&found, &here()).unwrap_err().fault;
    assert!(matches!(fault, LoadFault::NotALibrary { .. }), "{fault}");
    fs::remove_dir(&found.library).unwrap();
    assert_eq!(load(&found, &here()).unwrap_err().fault, LoadFault::NotFound);

    if let Some(c) = lay_c(&["rin_plugin_entry=something_else"]) {
        let library = c.found().library;
        found.library = library;
        assert_eq!(load(&found, &here()).unwrap_err().fault, LoadFault::NoEntry);
    }
}

#[test]
fn a_library_cut_off_anywhere_is_refused_and_this_process_lives() {
    let laid = lay_probe(Build::Usual);
    let found = laid.found();
    let whole = fs::metadata(&found.library).unwrap().len();
    let file = fs::File::options().write(true).open(&found.library).unwrap();
    // Each length is cut from the one before, so that the file is written once.
    let near = [whole - 1, whole - 100, whole - 5_000];
    let spread = (1..200).rev().map(|part| whole / 200 * part);
    let start = [8192, 4096, 600, 120, 64, 63, 20, 16, 6, 5, 4];
    for has in near.into_iter().chain(spread).chain(start) {
        file.set_len(has).unwrap();
        match load(&found, &here()).unwrap_err().fault {
            LoadFault::Truncated { has: told, needed } => {
                assert_eq!(told, has);
                assert!(has < needed && needed <= whole, "{needed} of {whole}");
            }
            other => unreachable!("{has} bytes: {other}"),
        }
    }
    for has in [3, 0] {
        file.set_len(has).unwrap();
        let fault = load(&found, &here()).unwrap_err().fault;
        assert!(matches!(fault, LoadFault::NotALibrary { .. }), "{has} bytes: {fault}");
    }
}

#[test]
fn a_library_is_not_the_plugin_of_another_manifest() {
    let Some(c) = lay_c(&[]) else { return };
    let laid = lay_probe(Build::Usual);
    let mut found = laid.found();
    found.library = c.found().library;
    let fault = load(&found, &here()).unwrap_err().fault.to_string();
    let what = "what it provides is strategy, the manifest says reader and strategy";
    assert_eq!(fault, format!("its library does not fit its manifest: {what}"));
}

#[test]
fn changed_bytes_are_refused_when_the_manifest_pins_them() {
    let laid = lay_probe(Build::Usual);
    let mut found = laid.found();
    let bytes = fs::read(&found.library).unwrap();
    let sum = format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(&bytes));
    let pin = |sum: &str| {
        let file = found.library.file_name().unwrap().to_str().unwrap();
        let target = env!("RIN_TARGET");
        format!(
            "{}\n[targets.{target}]\nfile = \"{file}\"\nsha256 = \"{sum}\"\n",
            crate::build::probe_manifest()
        )
    };
    let parse = |text: &str| rin_host::Manifest::parse("plugin.toml", text).unwrap();
    let pinned = parse(&pin(&sum));
    let wrong = parse(&pin(&"0".repeat(64)));
    found.manifest = wrong;
    assert_eq!(load(&found, &here()).unwrap_err().fault, LoadFault::Checksum { found: sum });
    found.manifest = pinned;
    assert!(load(&found, &here()).is_ok());
}

#[test]
fn a_plugin_that_would_abort_is_refused() {
    let laid = lay_probe(Build::Aborting);
    assert_eq!(load(&laid.found(), &here()).unwrap_err().fault, LoadFault::PanicAborts);
}

#[test]
fn only_the_entry_is_exported() {
    let laid = lay_probe(Build::Usual);
    let library = laid.found().library;
    let Ok(output) = Command::new("nm").args(["-D", "--defined-only"]).arg(&library).output()
    else {
        println!("skipped: there is no nm");
        return;
    };
    let listing = String::from_utf8(output.stdout).unwrap();
    let names = listing.lines().filter_map(|line| line.split_whitespace().last());
    let ours: Vec<_> = names.filter(|name| name.contains("rin_")).collect();
    assert_eq!(ours, ["rin_plugin_entry"], "{listing}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_stays_loaded_when_everything_about_it_is_gone() {
    let laid = lay_probe(Build::Usual);
    let is_mapped = || fs::read_to_string("/proc/self/maps").unwrap().contains("librin_probe.so");
    drop(defaults(&laid));
    drop(laid);
    assert!(is_mapped());
}

#[test]
fn two_plugins_serve_side_by_side() {
    let world = World::new(1_000, 3);
    let laid = lay_probe(Build::Usual);
    let plugin = laid.load(&here());
    let mut one = plugin.strategy(&mode(&plugin, "calm")).unwrap();
    let mut other = plugin.strategy(&mode(&plugin, "count")).unwrap();
    let alone = world.ask(&mut one, 1_000);
    for _ in 0..3 {
        assert_eq!(world.ask(&mut other, 1_000).len(), 1);
        assert_eq!(world.ask(&mut one, 1_000), alone, "another instance must not be felt");
    }
}

#[test]
fn personal_columns_need_a_permission() {
    let world = World::new(8, 1);
    let laid = lay_probe(Build::Usual);
    let names = |permitted: &[Column]| {
        let plugin =
            load(&laid.found(), &Loading { permitted: permitted.to_vec(), ..here() }).unwrap();
        let mut strategy = plugin.strategy(&mode(&plugin, "name")).unwrap();
        let said = world.ask_once(&mut strategy).unwrap();
        said.into_iter().map(|(.., note)| note).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["?"; 8]);
    assert_eq!(names(&[Column::Name])[..2], ["Ann 0", "Ann 1"]);

    let mut found = laid.found();
    let required = crate::build::probe_manifest().replace("\"name?\"", "\"name\"");
    found.manifest = rin_host::Manifest::parse("plugin.toml", &required).unwrap();
    let fault = load(&found, &here()).unwrap_err().fault;
    assert_eq!(fault, LoadFault::Personal { column: "name" });
}

#[test]
fn the_plugin_of_1_0_proposes_reads_and_has_norms_for_ever() {
    let Some(kept) = lay_kept() else { return };
    let source = MemorySource::new().with_file("kept.txt", b"ab c");
    for how in all_ways() {
        let plugin = load(&kept.found(), &how).unwrap();
        let params = Params::defaults(plugin.manifest());
        let mut strategy = plugin.strategy(&params).unwrap();
        assert_eq!(strategy.norms(), plugin.manifest().norms);
        let example = &plugin.manifest().examples[0];
        let mut said: Vec<Proposal<'static>> = Vec::new();
        let columns = &plugin.manifest().info.columns;
        let answer = example.with_batch(columns, |batch| strategy.propose(batch, &mut said));
        answer.unwrap().unwrap();
        let expected =
            Proposal { minutes: 5.0, effect: 0.25, due_days: f32::INFINITY, ..Proposal::default() };
        assert_eq!(said, [expected]);

        let mut reader = plugin.reader(&params).unwrap();
        assert_eq!(reader.probe(&source).unwrap(), 80);
        let mut seen = Recorder::default();
        reader.read(&source, &mut seen).unwrap();
        seen.lines.sort();
        let expected = [
            "account me alias= handle=me name=Me flags=1",
            "contact a -> me start=? label=",
            "contact b -> me start=? label=",
            "contact c -> me start=? label=",
            "coverage me sent=0 received=16 held=0 to=0 since=? until=4102444800000",
            "gap note kept.txt:3 ×1",
            "message a -> me at=1000 id=a",
            "message b -> me at=2000 id=b",
            "message c -> me at=4000 id=c",
        ];
        assert_eq!(seen.lines, expected);
        assert_eq!(seen.progress, (4, 4));
    }
}
