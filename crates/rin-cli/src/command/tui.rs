//! `rin tui`: the network and the week in this terminal, until it is left.

use std::{
    io::{IsTerminal as _, stdin, stdout},
    sync::Arc,
};

use rin_app::parse_filter;

use crate::{args::Tui, environment::Context, error::Error, tui};

/// Refuses what has no screen, and shows the network until it is left.
pub(crate) fn run(args: &Tui, context: &Arc<Context>) -> Result<(), Error> {
    if context.json {
        return Err(Error::Usage {
            en: "a terminal that is worked in gives no JSON; ask for it with: rin week --json",
            de: "ein Terminal, in dem gearbeitet wird, gibt kein JSON; das gibt zum Beispiel: rin week --json",
        });
    }
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(Error::Usage {
            en: "this is no terminal that can be worked in; in scripts and pipes use: rin week, rin party list",
            de: "das ist kein Terminal, in dem sich arbeiten lässt; in Skripten und Pipes: rin week, rin party list",
        });
    }
    parse_filter(&args.filter)?;
    tui::run(context, &args.filter)
}
