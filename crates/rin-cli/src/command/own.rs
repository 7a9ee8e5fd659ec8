//! `rin own add|remove`: which accounts are ours.

use crate::{args::Own, environment::Context, error::Error, output::show};

/// Runs `rin own`.
pub(crate) fn run(args: &Own, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let (query, is_own) = match args {
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
