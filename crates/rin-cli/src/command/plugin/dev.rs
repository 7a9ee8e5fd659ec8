//! `rin plugin dev`: the author's workbench.

use std::{thread, time::Duration};

use rin_app::{Dev, DevRequest, DevView, Isolation, Lang, PlanChangeView, PlanLineView};

use crate::{
    args::DevPlugin,
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// How often the files are looked at.
const POLL: Duration = Duration::from_millis(200);

/// Builds and tries the plugin, once or after every change until the program is ended.
pub(crate) fn run(args: &DevPlugin, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    let (isolation, now) = (Isolation::default(), context.now()?);
    let request = DevRequest { dir: args.dir.clone(), release: args.release, isolation, now, lang };
    let mut dev = Dev::open(request)?;
    let mut session = match context.open() {
        Ok((session, _)) => Some(session),
        Err(Error::Session(error)) if error.is_missing() => None,
        Err(error) => return Err(error),
    };
    let mut is_first = true;
    loop {
        match dev.round(session.as_mut()) {
            Ok(view) => {
                show(context, &view, |page| print(page, &view, is_first, lang))?;
                is_first = false;
            }
            Err(error) if !args.once && error.may_mend() => drop(Error::from(error).report(lang)),
            Err(error) => return Err(error.into()),
        }
        if args.once {
            return Ok(());
        }
        while !dev.is_changed() {
            thread::sleep(POLL);
        }
    }
}

fn print(page: &mut Page, view: &DevView, is_first: bool, lang: Lang) {
    page.line(format!(
        "{} {}  {}",
        page.look(Look::Strong, &view.id),
        view.version,
        view.confinement
    ));
    if is_first {
        let text = lang.pick(
            "It is your own and needs no approval here; what its manifest asks for is permitted. Every other command asks for one: rin plugin approve",
            "Es ist dein eigenes und braucht hier keine Freigabe; was sein Manifest verlangt, ist erlaubt. Jeder andere Befehl verlangt eine: rin plugin approve",
        );
        page.prose(Look::Faint, 0, text);
    }
    for one in &view.tried {
        let (mark, look) = if one.is_fine { ("+", Look::Good) } else { ("!", Look::Bad) };
        page.prose(look, 2, &format!("{mark} {} -> {}", one.what, one.found));
        for finding in &one.findings {
            page.prose(Look::Faint, 4, finding);
        }
    }
    match &view.plan {
        Some(plan) => print_plan(page, plan, &view.platform, lang),
        None => page.prose(
            Look::Faint,
            0,
            lang.pick(
                "There is no network to plan for: make one with rin init and import an export.",
                "Es gibt kein Netz, für das sich planen ließe: eines anlegen mit rin init und einen Export importieren.",
            ),
        ),
    }
    page.line(page.look(Look::Faint, &view.folder.display().to_string()));
}

fn print_plan(page: &mut Page, plan: &PlanChangeView, platform: &str, lang: Lang) {
    let (before, after) = (plan.lines_before, plan.lines_after);
    page.line(lang.pick(
        format!("This week's plan for {platform}: {before} lines before, {after} after"),
        format!("Der Plan der Woche für {platform}: vorher {before} Zeilen, jetzt {after}"),
    ));
    for change in &plan.changes {
        if let Some(line) = &change.before {
            page.prose(Look::Bad, 2, &format!("- {}", words(line, lang)));
        }
        if let Some(line) = &change.after {
            page.prose(Look::Good, 2, &format!("+ {}", words(line, lang)));
        }
    }
    if plan.changes.is_empty() {
        page.line(format!("  {}", lang.pick("nothing changes", "nichts ändert sich")));
    }
    for problem in &plan.problems {
        page.prose(Look::Bad, 2, &format!("! {problem}"));
    }
}

fn words(line: &PlanLineView, lang: Lang) -> String {
    let minutes = lang.number(line.minutes);
    format!("{}: {}, {minutes} min. {}", line.name, line.what, line.why)
}
