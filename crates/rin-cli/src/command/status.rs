//! `rin status`: how the network stands.

use rin_app::{Lang, StatusView};

use crate::{
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
};

/// Prints how the network stands.
pub(crate) fn run(context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let view = session.status(context.now()?, lang)?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &StatusView, lang: Lang) {
    let (parties, events) = (view.parties, view.interactions);
    let known = view.levels.alive + view.levels.fading + view.levels.lapsed;
    let known = lang.count(known, ("relationship", "Beziehung"), ("relationships", "Beziehungen"));
    let parties = lang.count(
        parties,
        ("person or organisation", "Person oder Organisation"),
        ("people and organisations", "Personen und Organisationen"),
    );
    let events =
        lang.count(events, ("interaction", "Interaktion"), ("interactions", "Interaktionen"));
    let title = lang.pick(
        format!("{known} among {parties}, {events} in all"),
        format!("{known} unter {parties}, insgesamt {events}"),
    );
    page.prose(Look::Strong, 0, &title);
    if let Some(until) = view.covered_until.as_deref().map(|day| lang.shown(day)) {
        let text = lang.pick(
            format!("The exports reach to {until}; what came after is not known."),
            format!("Die Exporte reichen bis {until}; was danach kam, ist nicht bekannt."),
        );
        page.prose(Look::Faint, 0, &text);
    }
    page.gap();
    print_levels(page, view, lang);
    page.gap();
    for own in &view.own {
        let who = own.handle.as_deref().unwrap_or(&own.name);
        page.line(format!("{}  {who}", page.look(Look::Strong, &own.platform)));
        let nothing = lang.pick("nothing for certain", "nichts Sicheres");
        let covered = if own.covered.is_empty() { nothing } else { &own.covered };
        page.line(format!("  {}: {covered}", lang.pick("seen", "zu sehen")));
        if !own.missing.is_empty() {
            let label = lang.pick("not seen", "nicht zu sehen");
            page.line(page.look(Look::Faint, &format!("  {label}: {}", own.missing)));
        }
    }
    next(page, view, lang);
}

fn print_levels(page: &mut Page, view: &StatusView, lang: Lang) {
    let levels = view.levels;
    let words = lang.pick(
        [
            ("alive", "likely to go on by themselves"),
            ("fading", "about to lapse, or lapsed but not surely"),
            ("lapsed", "unlikely to go on by themselves"),
            ("tied only", "a tie, but no contact in any export"),
        ],
        [
            ("lebendig", "gehen wohl von selbst weiter"),
            ("verblassend", "verfallen bald, oder verfielen, aber nicht sicher"),
            ("verfallen", "gehen kaum von selbst weiter"),
            ("nur verbunden", "eine Verbindung, aber kein Kontakt in den Exporten"),
        ],
    );
    let counts = [levels.alive, levels.fading, levels.lapsed, levels.no_contact];
    let looks = [Look::Good, Look::Warn, Look::Faint, Look::Faint];
    let mut grid = Grid::default();
    for ((n, look), (level, what)) in counts.into_iter().zip(looks).zip(words) {
        let n = format!("{n:>6}");
        grid.row([(look, n), (look, level.to_owned()), (Look::Plain, what.to_owned())]);
    }
    grid.print(page, 0);
}

fn next(page: &mut Page, view: &StatusView, lang: Lang) {
    page.gap();
    let next = if view.sources.is_empty() {
        "rin import PATH"
    } else if view.own.is_empty() {
        "rin own add HANDLE"
    } else {
        "rin week"
    };
    page.line(format!("{}: {next}", lang.pick("Next", "Weiter")));
}
