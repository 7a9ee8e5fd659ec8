//! `rin plugin approve|revoke`: whether a plugin may run, said by the user after a look at it.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    process::ExitCode,
};

use rin_app::{ApproveRequest, ApproveView, Isolation, Lang};

use crate::{
    args::Approve,
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Shows a plugin and approves it if the user agrees; exit code 1 if not.
pub(crate) fn run(args: &Approve, context: &Context) -> Result<ExitCode, Error> {
    let (mut plugins, lang) = (context.plugins(), context.lang);
    let request = ApproveRequest {
        plugin: &args.id,
        permit: &args.permit,
        isolation: match (args.in_process, args.require) {
            (true, _) => Isolation::InProcess,
            (_, true) => Isolation::Required,
            _ => Isolation::Worker,
        },
        consent: None,
        now: context.now()?,
        lang,
    };
    let seen = plugins.approve(&request)?;
    if !args.yes {
        show(context, &seen, |page| print(page, &seen, lang))?;
        if context.json || context.plain || !agrees(lang)? {
            return Ok(ExitCode::FAILURE);
        }
    }
    // The user agrees to what was shown: other bytes under the same name are refused.
    let view = plugins.approve(&ApproveRequest { consent: Some(&seen.sha256), ..request })?;
    let done = lang.pick("Approved: it runs from now on.", "Genehmigt: es läuft von jetzt an.");
    show(context, &view, |page| {
        if args.yes {
            print(page, &view, lang);
        }
        page.line(page.look(Look::Good, done));
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Takes back that a plugin may run.
pub(crate) fn revoke(id: &str, context: &Context) -> Result<(), Error> {
    let view = context.plugins().revoke(id, context.now()?, context.lang)?;
    show(context, &view, |page| page.prose(Look::Plain, 0, &view.said))?;
    Ok(())
}

/// Asks on the terminal; without one nobody agrees.
fn agrees(lang: Lang) -> io::Result<bool> {
    let mut out = io::stderr().lock();
    if !io::stdin().is_terminal() {
        let text = lang.pick(
            "Nothing was approved. To approve it without being asked: --yes",
            "Nichts wurde genehmigt. Um ohne Frage zu genehmigen: --yes",
        );
        writeln!(out, "{text}")?;
        return Ok(false);
    }
    write!(out, "{} ", lang.pick("Let it run? [y/N]", "Laufen lassen? [j/N]"))?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let yes = ["y", "yes", "j", "ja"].contains(&answer.trim().to_lowercase().as_str());
    if !yes {
        writeln!(out, "{}", lang.pick("Nothing was approved.", "Nichts wurde genehmigt."))?;
    }
    Ok(yes)
}

fn print(page: &mut Page, view: &ApproveView, lang: Lang) {
    page.line(format!("{}  {} {}", page.look(Look::Strong, &view.name), view.id, view.version));
    page.line(page.look(Look::Faint, &view.file));
    page.line(format!("SHA-256 {}", view.sha256));
    if !view.is_approved {
        page.line(format!("{}: {}", lang.pick("So far", "Bisher"), view.status));
    }
    if let Some(before) = view.before.as_ref().filter(|before| before.sha256 != view.sha256) {
        let text = lang.pick("Approved before", "Vorher genehmigt");
        page.line(page.look(Look::Faint, &format!("{text}: {} {}", before.version, before.sha256)));
    }
    let (look, place) = isolation(view.isolation, lang);
    page.prose(look, 0, place);
    page.prose(Look::Plain, 0, &personal(view, lang));
    if !view.lacks.is_empty() {
        let (lacks, id) = (view.lacks.join(","), &view.id);
        page.prose(
            Look::Warn,
            0,
            &lang.pick(
                format!(
                    "It does not start without {lacks}: rin plugin approve {id} --permit {lacks}"
                ),
                format!("Ohne {lacks} startet es nicht: rin plugin approve {id} --permit {lacks}"),
            ),
        );
    }
}

/// Says where a plugin runs and what that means.
fn isolation(name: &str, lang: Lang) -> (Look, &'static str) {
    match name {
        "in-process" => (
            Look::Warn,
            lang.pick(
                "It runs unconfined inside this program: it can read your files and send them away.",
                "Es läuft uneingesperrt in diesem Programm: Es kann deine Dateien lesen und fortschicken.",
            ),
        ),
        "required" => (
            Look::Plain,
            lang.pick(
                "It runs in a process of its own, and only where this system can confine it wholly.",
                "Es läuft in einem eigenen Prozess, und nur, wo dieses System es ganz einsperren kann.",
            ),
        ),
        _ if cfg!(not(target_os = "linux")) => (
            Look::Warn,
            lang.pick(
                "It runs in a process of its own, which this system limits and cannot confine: it can read your files and send them away.",
                "Es läuft in einem eigenen Prozess, den dieses System begrenzt und nicht einsperren kann: Es kann deine Dateien lesen und fortschicken.",
            ),
        ),
        _ => (
            Look::Plain,
            lang.pick(
                "It runs in a process of its own, confined as far as this system can.",
                "Es läuft in einem eigenen Prozess, eingesperrt, so weit dieses System es kann.",
            ),
        ),
    }
}

fn personal(view: &ApproveView, lang: Lang) -> String {
    if view.asks.is_empty() {
        let text = ("It asks for no personal data.", "Es fragt nach keinen persönlichen Daten.");
        return lang.pick(text.0, text.1).to_owned();
    }
    let asks = view.asks.join(", ");
    let sees = if view.permissions.is_empty() {
        lang.pick("none", "keine").to_owned()
    } else {
        view.permissions.join(", ")
    };
    lang.pick(
        format!("Personal data it may see: {sees} (it asks for: {asks})."),
        format!("Persönliche Daten, die es sehen darf: {sees} (es fragt nach: {asks})."),
    )
}
