//! `rin own list|add|remove`: which accounts are ours.

use rin_app::{Lang, OwnListView};

use crate::{
    args::Own,
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// Runs `rin own`.
pub(crate) fn run(args: &Own, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let (query, is_own) = match args {
        Own::List => {
            let view = session.own_accounts(lang)?;
            show(context, &view, |page| print(page, &view, lang))?;
            return Ok(());
        }
        Own::Add { query } => (query, true),
        Own::Remove { query } => (query, false),
    };
    let name = session.set_own(query, is_own, context.now()?)?;
    show(context, &name, |page| {
        page.line(if is_own {
            lang.pick(format!("Yours: {name}"), format!("Deins: {name}"))
        } else {
            lang.pick(format!("Not yours: {name}"), format!("Nicht deins: {name}"))
        });
        page.line(lang.pick("Next: rin week", "Weiter: rin week"));
    })?;
    Ok(())
}

fn print(page: &mut Page, view: &OwnListView, lang: Lang) {
    if view.own.is_empty() {
        page.line(lang.pick(
            "None yet. Say which with: rin own add HANDLE",
            "Noch keine. Angeben mit: rin own add HANDLE",
        ));
    }
    for own in &view.own {
        let handle = own.handle.as_deref().unwrap_or_default();
        page.line(format!("{}  {}  {handle}", own.platform, page.look(Look::Strong, &own.name)));
        if !own.covered.is_empty() {
            page.prose(Look::Faint, 2, &own.covered);
        }
    }
}
