//! What is different where a worker is fed through pipes and limited by nothing but limits, as on every system.

use std::{fs, path::PathBuf, time::Duration};

use rin_host::{Confinement, Isolation, Limits, LoadFault, Loading};

use super::{ask, caged, impatient, in_pipes, lay, open, outcome};

#[test]
fn how_far_it_is_confined_is_said_and_no_more() {
    let Some(laid) = lay("calm") else { return };
    let mut strategy = open(&laid, &in_pipes(&caged())).unwrap();
    let reached = strategy.confinement();
    let mut expected = Confinement::FULL;
    (expected.files, expected.calls) = (false, false);
    assert_eq!(reached, expected, "{reached}");
    assert_eq!(ask(&mut strategy).unwrap(), "");
    let required = Loading { isolation: Isolation::Required, ..in_pipes(&caged()) };
    let fault = open(&laid, &required).unwrap_err().fault;
    let LoadFault::NotConfined { missing } = &fault else { unreachable!("{fault}") };
    assert!(missing.contains("Landlock") && missing.contains("seccomp"), "{missing}");
}

#[test]
fn limits_hold_before_the_library_is_opened() {
    let Some(laid) = lay("calm") else { return };
    let limits = Limits { processor: Duration::from_secs(77), ..Limits::default() };
    let strategy = open(&laid, &Loading { limits, ..in_pipes(&caged()) }).unwrap();
    let file = PathBuf::from(format!("/proc/{}/limits", strategy.process().unwrap()));
    let found = fs::read_to_string(file).unwrap();
    let limit = |name: &str| {
        let line = found.lines().find(|line| line.starts_with(name)).unwrap();
        let rest: Vec<_> = line[name.len()..].split_whitespace().collect();
        (rest[0].to_owned(), rest[1].to_owned())
    };
    let memory = limits.memory.to_string();
    for (name, most) in [
        ("Max cpu time", "77"),
        ("Max file size", "0"),
        ("Max data size", &memory),
        ("Max core file size", "0"),
        ("Max processes", "0"),
        ("Max open files", "16"),
        ("Max address space", &memory),
    ] {
        assert_eq!(limit(name), (most.to_owned(), most.to_owned()), "{name}");
    }
}

#[test]
fn processor_time_has_an_end() {
    let limits = Limits { processor: Duration::from_secs(1), ..Limits::default() };
    let Some(words) = outcome("loop", &Loading { limits, ..in_pipes(&caged()) }, "") else {
        return;
    };
    // The system asks by one signal and ends by another.
    let is_ended = words.contains("SIGXCPU") || words.contains("SIGKILL");
    assert!(words.starts_with("crashed") && is_ended, "{words}");
}

#[test]
fn a_forged_message_is_no_answer_either() {
    for animal in ["garbage", "endless", "forged-slot", "forged-ready", "forged-turn"] {
        let Some(words) = outcome(animal, &in_pipes(&caged()), "") else { return };
        println!("{animal}: {words}");
        assert!(words.starts_with("lied"), "{animal}: {words}");
    }
}

#[test]
fn a_flood_is_too_much_or_too_late() {
    let Some(words) = outcome("flood", &in_pipes(&impatient()), "") else { return };
    assert!(words.starts_with("late") || words.starts_with("flooded"), "{words}");
}
