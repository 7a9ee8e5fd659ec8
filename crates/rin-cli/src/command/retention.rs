//! `rin retention show|apply`: who has been silent for longer than people are kept.

use std::process::ExitCode;

use rin_app::{Lang, RetentionView};

use super::forget;
use crate::{
    args::Retention,
    environment::Context,
    error::Error,
    output::{
        Look, Page, show,
        table::{Grid, cut},
    },
};

/// People named; `--json` names all.
const SHOWN: usize = 20;

/// Runs `rin retention`. Exit code 2 if there was somebody to erase and nobody to ask.
pub(crate) fn run(args: &Retention, context: &Context) -> Result<ExitCode, Error> {
    let (mut session, lang) = context.open()?;
    let now = context.now()?;
    let (is_look, yes) = match args {
        Retention::Show => (true, false),
        Retention::Apply { dry_run, yes } => (*dry_run, *yes),
    };
    if is_look || !yes {
        let view = session.retention(now, lang)?;
        show(context, &view, |page| print(page, &view, lang))?;
        if is_look || (view.parties.is_empty() && view.interactions == 0) {
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(code) = forget::refused(lang)? {
            return Ok(code);
        }
    }
    let view = session.apply_retention(now, lang)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(ExitCode::SUCCESS)
}

fn print(page: &mut Page, view: &RetentionView, lang: Lang) {
    for said in &view.said {
        page.prose(Look::Plain, 0, said);
    }
    let mut grid = Grid::default();
    for party in view.parties.iter().take(SHOWN) {
        grid.row([
            (Look::Faint, party.party.to_string()),
            (Look::Strong, cut(&party.name, 32)),
            (Look::Plain, lang.shown(&party.last)),
        ]);
    }
    grid.print(page, 0);
    let more = view.parties.len().saturating_sub(SHOWN);
    if 0 < more {
        page.line(lang.pick(
            format!("and {more} more: --json names them"),
            format!("und {more} weitere: --json nennt sie"),
        ));
    }
}
