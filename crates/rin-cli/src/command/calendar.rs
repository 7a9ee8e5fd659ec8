//! `rin calendar`: the address under which calendar programs read the plan, and another in its place.

use serde::Serialize;

use crate::{
    args::{Calendar, Serve},
    environment::Context,
    error::Error,
    output::{Look, show},
    web,
};

/// Where the calendar is.
#[derive(Serialize)]
struct CalendarView {
    schema: &'static str,
    address: String,
    is_renewed: bool,
}

/// Prints the address; makes one if there is none.
pub(crate) fn run(args: &Calendar, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let secret =
        if args.renew { session.renew_calendar_secret()? } else { session.calendar_secret()? };
    let address = web::calendar_address(args.port, &secret);
    let view = CalendarView { schema: "rin.calendar/1", address, is_renewed: args.renew };
    show(context, &view, |page| {
        page.line(&view.address);
        let port =
            if args.port == Serve::PORT { String::new() } else { format!(" --port {}", args.port) };
        page.prose(
            Look::Plain,
            0,
            &lang.pick(
                format!("Calendar programs on this machine read the next four weeks there while this runs: rin serve{port}"),
                format!("Kalenderprogramme auf diesem Rechner lesen dort die nächsten vier Wochen, solange das läuft: rin serve{port}"),
            ),
        );
        page.prose(
            Look::Faint,
            0,
            lang.pick(
                "Whoever knows the address reads the plan, names and all. Another one: rin calendar --renew",
                "Wer die Adresse kennt, liest den Plan mit allen Namen. Eine andere: rin calendar --renew",
            ),
        );
    })?;
    Ok(())
}
