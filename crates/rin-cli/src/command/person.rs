//! `rin person`: what is known of one party, or all that is kept.

use rin_app::{AboutView, Lang};

use super::party;
use crate::{
    args::Person,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Runs `rin person`.
pub(crate) fn run(args: &Person, context: &Context) -> Result<(), Error> {
    if !args.all {
        return party::one(&args.query, context);
    }
    let (session, lang) = context.open()?;
    let view = session.about(&args.query, context.now()?, lang)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &AboutView, lang: Lang) {
    page.line(page.look(Look::Strong, &format!("{}  {}", view.party.party, view.party.name)));
    for (platform, handle) in &view.party.accounts {
        page.line(format!("  {platform}  {handle}"));
    }
    let mut grid = Grid::default();
    for table in &view.tables {
        grid.row([
            (Look::Plain, table.rows.len().to_string()),
            (Look::Plain, table.holds.to_owned()),
            (Look::Faint, table.table.to_owned()),
        ]);
    }
    grid.print(page, 0);
    let who = view.party.party;
    let rows = lang.pick("The rows themselves", "Die Zeilen selbst");
    page.line(format!("{rows}: rin person {who} --all --json"));
    let erase = lang.pick("Erase all of it", "All das löschen");
    page.line(format!("{erase}: rin forget {who}"));
}
