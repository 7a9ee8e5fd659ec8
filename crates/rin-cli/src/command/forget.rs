//! `rin forget`: shows what will go, asks, and erases.

use std::{
    io::{self, IsTerminal as _, Write as _},
    process::ExitCode,
};

use rin_app::{ForgetRequest, ForgetView, Lang, LiftRequest};

use crate::{
    args::Forget,
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Erases somebody, if the user agrees. Exit code 2 if nobody was there to ask.
pub(crate) fn run(args: &Forget, context: &Context) -> Result<ExitCode, Error> {
    let (mut session, lang) = context.open()?;
    if args.lift {
        let view = session.lift_forgotten(&LiftRequest { who: &args.query, lang })?;
        show(context, &view, |page| {
            view.said.iter().for_each(|said| page.prose(Look::Plain, 0, said));
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    let request = ForgetRequest { who: &args.query, now: context.now()?, lang };
    if !args.yes {
        let seen = session.forget_preview(&request)?;
        show(context, &seen, |page| print(page, &seen, lang))?;
        if let Some(code) = refused(lang)? {
            return Ok(code);
        }
    }
    let view = session.forget(&request)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(ExitCode::SUCCESS)
}

/// Asks on the terminal; returns how to end if nobody agrees.
pub(super) fn refused(lang: Lang) -> io::Result<Option<ExitCode>> {
    let mut out = io::stderr().lock();
    if !io::stdin().is_terminal() {
        let text = lang.pick(
            "Nothing was erased. To erase without being asked: --yes",
            "Nichts wurde gelöscht. Um ohne Frage zu löschen: --yes",
        );
        writeln!(out, "{text}")?;
        return Ok(Some(ExitCode::from(2)));
    }
    write!(out, "{} ", lang.pick("Erase them for good? [y/N]", "Endgültig löschen? [j/N]"))?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    let yes = ["y", "yes", "j", "ja"].contains(&answer.trim().to_lowercase().as_str());
    if !yes {
        writeln!(out, "{}", lang.pick("Nothing was erased.", "Nichts wurde gelöscht."))?;
    }
    Ok(if yes { None } else { Some(ExitCode::SUCCESS) })
}

fn print(page: &mut Page, view: &ForgetView, lang: Lang) {
    if !view.is_done {
        page.line(page.look(Look::Strong, &format!("{}  {}", view.party, view.name)));
        for (platform, handle) in &view.accounts {
            page.line(format!("  {platform}  {handle}"));
        }
        let rows: Vec<String> = view.rows.iter().map(|(table, n)| format!("{n} {table}")).collect();
        page.prose(Look::Plain, 2, &rows.join(", "));
    }
    for said in &view.said {
        page.prose(Look::Plain, 0, said);
    }
    for remains in &view.remains {
        page.prose(Look::Warn, 0, &format!("! {remains}"));
    }
    if view.is_done {
        page.line(lang.pick("Next: rin week", "Weiter: rin week"));
    }
}
