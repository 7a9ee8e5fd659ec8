//! `rin plugin check PATH`: does a plugin keep its promises?

use std::{process::ExitCode, time::Duration};

use rin_app::{
    CheckedCaseView, Lang, PluginCheckRequest, PluginCheckView, PluginFuzzRequest, PluginFuzzView,
    check_plugin, fuzz_plugin,
};

use crate::{
    args::CheckPlugin,
    environment::Context,
    error::Error,
    output::{Look, Page, progress::Steps, show, table},
};

/// The seed of a check that asks for none, so that two checks say the same.
const SEED: u64 = 1;

/// Checks a plugin; exit code 1 if something must be mended.
pub(crate) fn run(args: &CheckPlugin, context: &Context) -> Result<ExitCode, Error> {
    let is_chance = args.fuzz.is_some() || args.rounds.is_some();
    let seed = match args.seed {
        Some(seed) => seed,
        None if is_chance => context.now()?.unix_ms().unsigned_abs(),
        None => SEED,
    };
    let check = PluginCheckRequest {
        path: args.path.clone(),
        settings: args.set.clone(),
        seed,
        samples: args.sample.clone(),
        skip: args.skip.clone(),
    };
    let is_fine = if is_chance { rounds(args, check, context) } else { cases(&check, context) }?;
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cases(check: &PluginCheckRequest, context: &Context) -> Result<bool, Error> {
    let steps = Steps::new(context);
    let mut done = 0;
    let view = check_plugin(check, context.lang, &mut |name, total| {
        done += 1;
        steps.done(format!("{done}/{total} {name}"));
    })?;
    drop(steps);
    show(context, &view, |page| print_cases(page, &view, context.lang))?;
    Ok(view.is_fine)
}

fn rounds(args: &CheckPlugin, check: PluginCheckRequest, context: &Context) -> Result<bool, Error> {
    let time = args.fuzz.map(Duration::from_secs);
    let request = PluginFuzzRequest { check, rounds: args.rounds, time };
    let steps = Steps::new(context);
    let view = fuzz_plugin(&request, context.lang, &mut |round| steps.done(round.to_string()))?;
    drop(steps);
    show(context, &view, |page| print_rounds(page, args, &view, context.lang))?;
    Ok(view.is_fine)
}

fn print_cases(page: &mut Page, view: &PluginCheckView, lang: Lang) {
    let seed = lang.pick("seed", "Startwert");
    let name = page.look(Look::Strong, &format!("{} {}", view.plugin, view.version));
    page.line(format!("{name}  {seed} {}", view.seed));
    page.line(page.look(Look::Faint, &view.file));
    page.gap();
    let widest = view.cases.iter().map(|case| case.name.len()).max().unwrap_or_default();
    for case in &view.cases {
        print_case(page, case, widest, lang);
    }
    page.gap();
    page.line(summary(view, lang));
}

/// Prints one line for what is well, and what it means for what is not.
fn print_case(page: &mut Page, case: &CheckedCaseView, widest: usize, lang: Lang) {
    let (look, mark, word) = match case.outcome {
        "passed" => (Look::Good, "✓", lang.pick("passed", "bestanden")),
        "warned" => (Look::Warn, "!", lang.pick("warned", "unklug")),
        "skipped" => (Look::Faint, "–", lang.pick("skipped", "ausgelassen")),
        "failed" => (Look::Bad, "✗", lang.pick("failed", "nicht bestanden")),
        _ => (Look::Bad, "✗", lang.pick("crashed", "abgestürzt")),
    };
    let is_told_below = matches!(case.outcome, "warned" | "failed" | "crashed");
    let word = format!("{word:<width$}", width = lang.pick(7, 15));
    let start = format!("{mark} {:<widest$}  ", case.name);
    let room = page.width().saturating_sub(table::columns(&start) + table::columns(&word) + 2);
    let what = if is_told_below { String::new() } else { table::cut(&case.what, room.max(20)) };
    let (mark, word) = (page.look(look, &start), page.look(look, &word));
    page.line(format!("{mark}{word}  {}", page.look(Look::Faint, &what)));
    if is_told_below {
        page.prose(Look::Plain, 4, &case.what);
        page.prose(Look::Faint, 4, &case.about);
    }
}

fn summary(view: &PluginCheckView, lang: Lang) -> String {
    let counts = [
        (view.passed, lang.pick("passed", "bestanden")),
        (view.warned, lang.pick("warned", "unklug")),
        (view.skipped, lang.pick("skipped", "ausgelassen")),
        (view.failed, lang.pick("failed", "nicht bestanden")),
        (view.crashed, lang.pick("crashed", "abgestürzt")),
    ];
    let said = counts.into_iter().filter(|(n, _)| *n != 0).map(|(n, word)| format!("{n} {word}"));
    format!("{}.", said.collect::<Vec<_>>().join(", "))
}

fn print_rounds(page: &mut Page, args: &CheckPlugin, view: &PluginFuzzView, lang: Lang) {
    let name = page.look(Look::Strong, &format!("{} {}", view.plugin, view.version));
    let rounds = lang.count(view.rounds, ("round", "Runde"), ("rounds", "Runden"));
    let seed = lang.pick("seed", "Startwert");
    page.line(format!("{name}  {rounds}, {seed} {}", view.seed));
    let Some(failure) = &view.failure else {
        page.line(page.look(Look::Good, lang.pick("None failed.", "Keine schlug fehl.")));
        return;
    };
    let outcome = match failure.outcome {
        "crashed" => lang.pick("crashed", "abgestürzt"),
        _ => lang.pick("failed", "nicht bestanden"),
    };
    page.line(page.look(Look::Bad, &format!("✗ {outcome}")));
    page.prose(Look::Plain, 2, &failure.what);
    let again = lang.pick("The same round again", "Dieselbe Runde noch einmal");
    page.line(format!("{again}: {}", repeated(args, failure.seed)));
}

/// Returns the command that makes a round again.
fn repeated(args: &CheckPlugin, seed: u64) -> String {
    let path = args.path.display();
    let mut words = format!("rin plugin check {path} --seed {seed} --rounds 1");
    for sample in &args.sample {
        words.push_str(" --sample ");
        words.push_str(&sample.display().to_string());
    }
    for setting in &args.set {
        words.push_str(" --set ");
        words.push_str(setting);
    }
    words
}
