//! `rin import`: reads exports and tells what came and what could not.

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use rin_app::{FindingView, ImportRequest, ImportView, ImportedView, Lang};

use crate::{
    args::Import,
    environment::Context,
    error::Error,
    output::{Look, Page, progress::Bar, show},
};

/// Findings shown of one source before the rest is only counted.
const SHOWN: usize = 8;

/// Imports and reports. Exit code 3 if something could not be read, 2 if nothing could, 1 if that is a plugin's fault.
pub(crate) fn run(args: &Import, context: &Context) -> Result<ExitCode, Error> {
    let (mut session, lang) = context.open()?;
    let request = ImportRequest {
        paths: args.paths.clone(),
        platform: args.platform.clone(),
        own: args.own.clone(),
        now: context.now()?,
        lang,
    };
    let view = session.import(&request, &mut Bar::new(context))?;
    show(context, &view, |page| print(page, &view, lang))?;
    for note in &view.notes {
        // With stderr gone there is nobody left to tell.
        drop(writeln!(io::stderr(), "{}: {note}", lang.pick("note", "Hinweis")));
    }
    let is_plugin_fault = view.sources.iter().any(|source| source.is_plugin_fault);
    Ok(ExitCode::from(match (view.is_complete, view.is_any) {
        (true, _) => 0,
        (false, true) => 3,
        (false, false) if is_plugin_fault => 1,
        (false, false) => 2,
    }))
}

fn print(page: &mut Page, view: &ImportView, lang: Lang) {
    for source in &view.sources {
        match &source.error {
            Some(error) => {
                let what = lang.pick("not imported", "nicht importiert");
                let text = format!("{}: {what}: {error}", source.path);
                page.prose(Look::Bad, 0, &text);
            }
            None => print_source(page, source, lang),
        }
        print_findings(page, &source.findings, lang);
    }
    for problem in &view.problems {
        page.prose(Look::Bad, 0, &format!("! {problem}"));
    }
    if let Some(erased) = &view.erased {
        page.prose(Look::Plain, 0, erased);
    }
    if let Some(calibration) = &view.calibration {
        page.prose(Look::Faint, 0, &calibration.told);
    }
    for next in &view.next {
        page.line(format!("{}: {next}", lang.pick("Next", "Weiter")));
    }
}

fn print_source(page: &mut Page, source: &ImportedView, lang: Lang) {
    let platform = page.look(Look::Strong, &source.platform);
    let again = if source.was_known {
        lang.pick("  (imported before)", "  (schon einmal importiert)")
    } else {
        ""
    };
    page.line(format!("{platform}  {}{again}", source.path));
    let counts = [
        lang.count(source.accounts.0, ("account", "Konto"), ("accounts", "Konten")),
        lang.count(source.ties.0, ("tie", "Verbindung"), ("ties", "Verbindungen")),
        lang.count(
            source.interactions.0,
            ("interaction", "Interaktion"),
            ("interactions", "Interaktionen"),
        ),
    ];
    let some: Vec<&str> =
        counts.iter().map(String::as_str).filter(|count| !count.starts_with("0 ")).collect();
    let new =
        if some.is_empty() { lang.pick("nothing", "nichts").to_owned() } else { some.join(", ") };
    let known = source.interactions.1;
    let known = if known == 0 {
        String::new()
    } else {
        lang.pick(
            format!("; {known} more already known, or there twice"),
            format!("; {known} weitere schon bekannt oder doppelt"),
        )
    };
    page.line(format!("  {}: {new}{known}", lang.pick("new", "neu")));
    let ours: Vec<&str> =
        source.owners.iter().filter(|(_, is_own)| *is_own).map(|(name, _)| name.as_str()).collect();
    if !ours.is_empty() {
        page.line(lang.pick(
            format!("  yours: {}", ours.join(", ")),
            format!("  deins: {}", ours.join(", ")),
        ));
    }
    if !source.covered.is_empty() {
        let (seen, not) = lang.pick(("seen", "not seen"), ("zu sehen", "nicht zu sehen"));
        let missing = if source.missing.is_empty() {
            String::new()
        } else {
            format!("; {not}: {}", source.missing)
        };
        page.line(format!("  {seen}: {}{missing}", source.covered));
    }
    let others: Vec<&str> =
        source.owners.iter().filter(|(_, is_own)| !is_own).map(|(name, _)| name.as_str()).collect();
    if !others.is_empty() {
        let text = lang.pick("exports of others", "Exporte anderer");
        page.prose(Look::Plain, 2, &format!("{text}: {}", others.join(", ")));
    }
}

fn print_findings(page: &mut Page, findings: &[FindingView], lang: Lang) {
    for finding in findings.iter().take(SHOWN) {
        let (look, mark) = match finding.severity {
            "error" => (Look::Bad, "✗"),
            "warning" => (Look::Warn, "!"),
            _ => (Look::Faint, "·"),
        };
        let place = match (finding.file.as_str(), finding.place) {
            ("", _) => String::new(),
            (file, 0) => format!("{file}: "),
            (file, place) => format!("{file}:{place}: "),
        };
        let times =
            if finding.count < 2 { String::new() } else { format!(" ({} ×)", finding.count) };
        page.prose(look, 2, &format!("{mark} {place}{}{times}", finding.text));
    }
    let rest = findings.len().saturating_sub(SHOWN);
    if 0 < rest {
        let text = lang.pick(
            format!("and {rest} more: --json shows them"),
            format!("und {rest} weitere: --json zeigt sie"),
        );
        page.prose(Look::Faint, 2, &text);
    }
}
