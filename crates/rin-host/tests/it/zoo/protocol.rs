//! Animals that speak to the host behind their worker's back, or so much that nobody can listen.

use std::time::Duration;

use rin_host::{Limits, Loading};

use super::{ask, caged, call_words, calm_works, check, impatient, lay, open, outcome};

#[test]
fn floods_are_dammed() {
    check(
        &[
            ("log-flood", &["told: logged all"]),
            ("log-long", &["told: logged both"]),
            ("close", &["crashed"]),
        ],
        &caged(),
    );
    // It pushes on for ever, so that it is either too much or too late.
    let Some(words) = outcome("flood", &impatient(), "") else { return };
    assert!(words.starts_with("late") || words.starts_with("flooded"), "{words}");
}

#[test]
fn a_forged_message_is_no_answer() {
    for animal in ["garbage", "endless", "forged-slot", "forged-ready"] {
        let Some(words) = outcome(animal, &caged(), "") else { return };
        println!("{animal}: {words}");
        assert!(words.starts_with("lied"), "{animal}: {words}");
        // They know their turn, so that what they say is looked at.
        assert!(!words.contains("to another question"), "{animal}: {words}");
    }
}

#[test]
fn a_forged_end_is_the_animals_own_answer_and_none_to_a_later_question() {
    let Some(laid) = lay("forged-end") else { return };
    let mut strategy = open(&laid, &caged()).unwrap();
    assert_eq!(ask(&mut strategy).unwrap(), "", "it is believed no more than before");
    let words = call_words(&ask(&mut strategy).unwrap_err());
    assert!(words.starts_with("lied") && words.contains("to another question"), "{words}");
    calm_works();
}

#[test]
fn an_answer_to_a_question_that_nobody_has_asked_is_a_lie() {
    check(&[("forged-turn", &["lied", "an answer to another question"])], &caged());
}

#[test]
fn a_host_that_is_kept_busy_still_loses_its_patience() {
    // Its processor time is the last resort, and would show as a crash.
    let how = impatient();
    let limits = Limits { processor: Duration::from_secs(2), ..how.limits };
    let how = Loading { limits, ..how };
    // It finds its turn only where one thread reads and answers.
    let Some(words) = outcome("forged-flood", &how, "") else { return };
    assert!(words.starts_with("late"), "{words}");
}
