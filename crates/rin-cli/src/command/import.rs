//! `rin import`: reads exports and tells what came and what could not.

use std::process::ExitCode;

use rin_app::{FindingView, ImportRequest, ImportView, ImportedView, Lang};

use crate::{
    args::Import,
    environment::Context,
    error::Error,
    output::{Look, Page, progress::Bar, show},
};

/// Findings shown of one source before the rest is only counted.
const SHOWN: usize = 8;

/// Imports and reports. Exit code 3 if something could not be read, 2 if nothing could.
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
    Ok(ExitCode::from(match (view.is_complete, view.is_any) {
        (true, _) => 0,
        (false, true) => 3,
        (false, false) => 2,
    }))
}

fn print(page: &mut Page, view: &ImportView, lang: Lang) {
    for source in &view.sources {
        match &source.error {
            Some(error) => {
                let what = lang.pick("not imported", "nicht importiert");
                let text = format!("{}: {what}: {error}", source.path);
                page.line(page.look(Look::Bad, &text));
            }
            None => print_source(page, source, lang),
        }
        print_findings(page, &source.findings, source.n_findings, lang);
    }
    for problem in &view.problems {
        page.line(page.look(Look::Bad, &format!("! {problem}")));
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
        (source.accounts, lang.pick("accounts", "Konten")),
        (source.ties, lang.pick("ties", "Verbindungen")),
        (source.interactions, lang.pick("interactions", "Interaktionen")),
    ];
    let some = counts.iter().filter(|((new, _), _)| 0 < *new);
    let words: Vec<String> = some.map(|((new, _), word)| format!("{new} {word}")).collect();
    let known = source.interactions.1;
    let new =
        if words.is_empty() { lang.pick("nothing", "nichts").to_owned() } else { words.join(", ") };
    let known = if known == 0 {
        String::new()
    } else {
        lang.pick(
            format!("; {known} interactions were there already"),
            format!("; {known} Interaktionen waren schon da"),
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
    let others = source.owners.len() - ours.len();
    if 0 < others {
        page.line(lang.pick(
            format!("  exports of others: {others}"),
            format!("  Exporte anderer: {others}"),
        ));
    }
}

fn print_findings(page: &mut Page, findings: &[FindingView], total: u64, lang: Lang) {
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
        page.line(page.look(look, &format!("  {mark} {place}{}", finding.text)));
    }
    let rest = total.saturating_sub(SHOWN.min(findings.len()) as u64);
    if 0 < rest {
        let text = lang.pick(
            format!("  and {rest} more findings: --json shows them"),
            format!("  und {rest} weitere Befunde: --json zeigt sie"),
        );
        page.line(page.look(Look::Faint, &text));
    }
}
