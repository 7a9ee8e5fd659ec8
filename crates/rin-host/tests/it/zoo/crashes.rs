//! Animals that end, or never do.

use rin_host::{Limits, Loading};

use super::{
    ask, both, caged, call_words, calm_works, check, impatient, in_pipes, lay, open, outcome,
};

#[test]
fn a_crash_costs_an_answer_and_is_named() {
    check(
        &[
            ("segfault", &["crashed", "signal 11 (SIGSEGV"]),
            ("abort", &["crashed", "signal 6 (SIGABRT"]),
            ("stack", &["crashed", "signal"]),
            ("exit", &["crashed", "ended with code 0 in the middle of a call"]),
            ("exit-create", &["load-crashed", "ended with code 0"]),
            ("crash-at-load", &["load-crashed", "signal 11"]),
        ],
        &caged(),
    );
}

#[test]
fn who_writes_into_what_was_lent_harms_itself() {
    let Some(words) = outcome("deface", &caged(), "") else { return };
    assert!(words.starts_with("crashed") && words.contains("signal 11"), "{words}");
    // In pipes it was its own copy.
    assert_eq!(outcome("deface", &in_pipes(&caged()), "").unwrap(), "told: columns written");
}

#[test]
fn who_never_comes_back_is_ended() {
    check(
        &[
            ("loop", &["late", "no answer within 1 s"]),
            ("sleep", &["late"]),
            ("deaf", &["late"]),
            ("sigstop", &["late"]),
            ("hang-at-load", &["load-late", "not ready within 1 s"]),
        ],
        &impatient(),
    );
}

#[test]
fn memory_has_an_end() {
    let limits = Limits { memory: 128 << 20, ..Limits::default() };
    check(&[("hog", &["crashed", "SIGABRT"])], &Loading { limits, ..caged() });
}

#[test]
fn last_words_are_kept_and_a_hundred_megabytes_before_them_are_not() {
    check(&[("print", &["crashed", "SIGABRT", "my last words"])], &caged());
}

#[test]
fn what_happens_at_the_end_of_an_instance_is_nobodys_trouble() {
    for animal in ["crash-at-end", "hang-at-end"] {
        let Some(laid) = lay(animal) else { return };
        for how in both(&impatient()) {
            let mut strategy = open(&laid, &how).unwrap();
            assert_eq!(ask(&mut strategy).unwrap(), "");
            drop(strategy);
            calm_works();
        }
    }
}

#[test]
fn a_crash_at_the_fresh_start_is_a_crash() {
    let Some(laid) = lay("crash-at-reset") else { return };
    for how in both(&caged()) {
        let mut strategy = open(&laid, &how).unwrap();
        let words = call_words(&strategy.reset().unwrap_err());
        assert!(words.starts_with("crashed: plugin org.rin.zoo.crash-at-reset crashed"), "{words}");
        assert_eq!(ask(&mut strategy).unwrap(), "", "a fresh worker answers");
    }
}
