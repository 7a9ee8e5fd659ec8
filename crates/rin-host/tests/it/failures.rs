//! A plugin that panics, lies, floods or is stopped costs its own answer and nothing else, wherever it runs.

use rin_core::{Brief, Minutes, Moment, Strategy, StrategyError, Window};
use rin_host::{CallFault, LoadFault, Plugin, PluginStrategy};

use super::where_to;
use crate::{
    build::{Build, lay_probe, mode},
    world::{Ear, World},
};

fn start(plugin: &Plugin, how: &str) -> PluginStrategy {
    plugin.strategy(&mode(plugin, how)).unwrap()
}

/// Asks about the first eight rows and returns what was heard and how it ended.
fn ask(strategy: &mut PluginStrategy, room: usize) -> (usize, Result<(), CallFault>) {
    let mut said = Vec::new();
    let mut ear = Ear { first_row: 0, said: &mut said, room };
    let end = World::new(8, 1).rows(0, 8, |batch| strategy.ask(batch, &mut ear));
    (said.len(), end.map_err(|error| error.fault))
}

fn brief() -> Brief {
    let at = Moment::from_unix_ms;
    Brief {
        window: Window::new(at(0), at(604_800_000)),
        posts_per_week: 12.5,
        strangers_per_week: 1.0,
        messages_per_week: 2.0,
        minutes_per_week: Minutes::new(90.5),
        team: 3,
        automated: true,
    }
}

#[test]
fn what_cannot_be_is_found_out_and_named() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    for (how, expected) in [
        ("row", "row 8 of 8"),
        ("kind", "kind 2 of 2"),
        ("reason", "reason 1 of 1"),
        ("minutes", "minutes of 0 in row 0"),
        ("minutes-infinite", "minutes of inf in row 0"),
        ("effect", "an effect of 1.5 in row 0"),
        ("nan", "an effect of NaN in row 0"),
        ("confidence", "a confidence of -0.1 in row 0"),
        ("due", "a due day of NaN in row 0"),
        ("earliest", "an earliest day of NaN in row 0"),
        ("note", "a note has length 5000, more than 4096"),
    ] {
        let mut strategy = start(&plugin, how);
        let lied = Err(CallFault::Lied { what: expected.to_owned() });
        assert_eq!(ask(&mut strategy, 99), (0, lied.clone()), "{how}");
        assert_eq!(ask(&mut strategy, 99), (0, lied), "{how} again");
        let error = World::new(8, 1).ask_once(&mut strategy).unwrap_err();
        let what = format!("handed over something impossible: {expected}");
        assert_eq!(error, StrategyError::Failed { id: "org.rin.probe".into(), what });
    }
}

#[test]
fn a_flood_ends_at_the_limit() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let limit = 4 * 8 + 1024;
    let flooded = CallFault::Flooded { what: "proposals", limit };
    let (heard, end) = ask(&mut start(&plugin, "flood"), usize::MAX);
    assert_eq!((heard as u64, end), (limit, Err(flooded)));
    let flooded = CallFault::Flooded { what: "remarks", limit: 1024 };
    let error = start(&plugin, "flood").review(&brief()).unwrap_err().to_string();
    assert!(error.contains(&flooded.to_string()), "{error}");
}

#[test]
fn a_panic_costs_the_instance_and_its_text_stays_inside() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let mut strategy = start(&plugin, "panic-propose");
    let (_, end) = ask(&mut strategy, 99);
    let told = end.as_ref().map_err(ToString::to_string).unwrap_err();
    assert_eq!(told.matches("panicked").count(), 1, "{told}");
    let Err(CallFault::Panicked { said }) = end else { unreachable!("{end:?}") };
    assert!(said.starts_with("panicked at") && said.contains("bad.rs:"), "{said}");
    assert!(!said.contains("Ann"), "{said}");
    assert_eq!(ask(&mut strategy, 99), (0, Err(CallFault::Poisoned)));
    assert!(strategy.review(&brief()).unwrap_err().to_string().contains("panicked before"));
    drop(strategy);
    assert_eq!(ask(&mut start(&plugin, "calm"), 99).1, Ok(()), "another instance is well");
}

#[test]
fn a_panic_in_any_entry_is_caught() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let error = plugin.strategy(&mode(&plugin, "panic-new")).unwrap_err();
    assert!(matches!(error.fault, LoadFault::Create { code: -100, .. }), "{error}");
    assert!(!error.is_about_params());

    let mut strategy = start(&plugin, "panic-review");
    let error = strategy.review(&brief()).unwrap_err().to_string();
    assert!(error.contains("panicked"), "{error}");

    let mut strategy = start(&plugin, "panic-drop");
    assert_eq!(
        strategy.reset().map_err(|error| error.fault).unwrap_err().to_string()[..8],
        *"panicked"
    );
    drop(strategy);
    drop(start(&plugin, "panic-drop"));
}

#[test]
fn a_refusal_comes_in_the_plugins_words() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let error = plugin.strategy(&mode(&plugin, "refuse")).unwrap_err();
    let said = "parameter mode: must not be refuse".to_owned();
    assert_eq!(error.fault.to_string(), format!("it refuses its parameters: {said}"));
    assert_eq!(error.fault, LoadFault::Params { said });
    assert!(error.is_about_params());

    let said = "strategy probe failed: no idea".to_owned();
    let failed = CallFault::Status { code: -6, said };
    assert_eq!(ask(&mut start(&plugin, "failed"), 99), (0, Err(failed)));
    let said = "column strength is missing from the batch or has another type".to_owned();
    let failed = CallFault::Status { code: -1, said };
    assert_eq!(ask(&mut start(&plugin, "column"), 99), (0, Err(failed)));
}

#[test]
fn a_taker_who_wants_no_more_is_heard() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    assert_eq!(ask(&mut start(&plugin, "flood"), 3), (3, Err(CallFault::Cancelled)));
    let mut strategy = start(&plugin, "calm");
    strategy.canceller().cancel();
    assert_eq!(ask(&mut strategy, 99), (0, Err(CallFault::Cancelled)));
}

#[test]
fn a_panic_of_the_takers_own_passes_by_the_plugin() {
    struct Panics;
    impl rin_core::ProposalSink for Panics {
        fn push(&mut self, _: &rin_core::Proposal<'_>) -> Result<(), rin_core::Stop> {
            std::panic::panic_any(42)
        }
    }
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let mut strategy = start(&plugin, "name");
    let world = World::new(8, 1);
    let ask = || world.rows(0, 8, |batch| strategy.ask(batch, &mut Panics));
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(ask)).unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&42));
    assert_eq!(world.ask_once(&mut strategy).unwrap().len(), 8, "the plugin has not noticed");
}

#[test]
fn reset_is_as_good_as_new() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let world = World::new(8, 1);
    let mut strategy = start(&plugin, "count");
    let mut count = || world.ask_once(&mut strategy).unwrap().remove(0).4;
    assert_eq!((count(), count()), ("1".to_owned(), "2".to_owned()));
    strategy.reset().unwrap();
    assert_eq!(world.ask_once(&mut strategy).unwrap()[0].4, "1");
}

#[test]
fn norms_and_reviews_cross() {
    let plugin = lay_probe(Build::Usual).load(&where_to());
    let mut strategy = start(&plugin, "calm");
    assert_eq!(strategy.norms(), plugin.manifest().norms);
    let remarks = strategy.review(&brief()).unwrap();
    assert_eq!(remarks.len(), 1);
    assert_eq!(remarks[0].verdict, rin_core::Verdict::Stop);
    assert_eq!((remarks[0].found, remarks[0].limit), (12.5, 3.0));
    assert_eq!(remarks[0].text.de, "Zu viele.");
}
