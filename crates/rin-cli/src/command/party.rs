//! `rin party list|show`: whom you know.

use rin_app::{AssessmentView, Lang, Level, PartyListRequest, PartyListView, PartyView};

use crate::{
    args::{LevelArg, Party, PartyList},
    environment::Context,
    error::Error,
    output::{
        Look, Page, show,
        table::{Grid, cut},
    },
};

/// Runs `rin party`.
pub(crate) fn run(args: &Party, context: &Context) -> Result<(), Error> {
    match args {
        Party::List(args) => list(args, context),
        Party::Show { query } => one(query, context),
    }
}

fn list(args: &PartyList, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let level = args.level.map(|level| match level {
        LevelArg::Alive => Level::Alive,
        LevelArg::Fading => Level::Fading,
        LevelArg::Lapsed => Level::Lapsed,
    });
    let request = PartyListRequest { now: context.now()?, level, limit: args.limit };
    let view = session.parties(&request)?;
    show(context, &view, |page| print_list(page, &view, lang))?;
    Ok(())
}

fn print_list(page: &mut Page, view: &PartyListView, lang: Lang) {
    let mut grid = Grid::default();
    let title = [
        "",
        lang.pick("who", "wer"),
        lang.pick("where", "wo"),
        lang.pick("level", "Stand"),
        lang.pick("alive", "lebendig"),
        lang.pick("lapses", "verfällt"),
        lang.pick("last", "zuletzt"),
        lang.pick("days", "Tage"),
    ];
    grid.row(title.map(|word| (Look::Faint, word.to_owned())));
    for party in &view.parties {
        let look = look_of(party.level);
        grid.row([
            (Look::Faint, party.party.to_string()),
            (Look::Strong, cut(&party.name, 32)),
            (Look::Plain, party.platforms.join(", ")),
            (look, level(party.level, lang).to_owned()),
            (look, Lang::percent(party.alive)),
            (Look::Plain, party.lapse.clone()),
            (Look::Plain, party.last.clone()),
            (Look::Plain, party.contact_days.to_string()),
        ]);
    }
    grid.print(page, 0);
    let more = view.total - view.parties.len();
    if 0 < more {
        page.line(page.look(
            Look::Faint,
            &lang.pick(
                format!("and {more} more: --limit {}", view.total),
                format!("und {more} weitere: --limit {}", view.total),
            ),
        ));
    }
    page.line(format!(
        "{}: rin party show {}",
        lang.pick("Next", "Weiter"),
        lang.pick("WHO", "WEN")
    ));
}

fn one(query: &str, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let view = session.party(query, context.now()?, lang)?;
    show(context, &view, |page| print_one(page, &view, lang))?;
    Ok(())
}

fn print_one(page: &mut Page, view: &PartyView, lang: Lang) {
    page.line(format!("{}  #{}", page.look(Look::Strong, &view.name), view.party));
    for (platform, handle) in &view.accounts {
        page.line(format!("  {platform}: {handle}"));
    }
    if let Some(seen) = &view.assessment {
        page.gap();
        print_assessment(page, seen, lang);
    }
    for unknown in &view.unknown {
        page.line(page.look(Look::Faint, unknown));
    }
    if !view.ties.is_empty() {
        page.gap();
        let mut grid = Grid::default();
        for tie in &view.ties {
            let until = tie.until.as_ref().map_or_else(String::new, |until| format!("– {until}"));
            let cells = [tie.platform.as_str(), arrow(tie.direction), tie.kind, &tie.since, &until];
            grid.row(cells.map(|cell| (Look::Plain, cell.to_owned())));
        }
        grid.print(page, 2);
    }
    page.gap();
    let shown = view.events.len();
    page.line(lang.pick(
        format!("The last {shown} of {} contacts", view.n_events),
        format!("Die letzten {shown} von {} Kontakten", view.n_events),
    ));
    let mut grid = Grid::default();
    for event in &view.events {
        let cells = [event.day.as_str(), arrow(event.direction), event.kind, &event.platform];
        grid.row(cells.map(|cell| (Look::Plain, cell.to_owned())));
    }
    grid.print(page, 2);
}

fn print_assessment(page: &mut Page, seen: &AssessmentView, lang: Lang) {
    let word = page.look(look_of(seen.level), level(seen.level, lang));
    let alive = Lang::percent(seen.alive);
    page.line(lang.pick(
        format!(
            "{word}: {alive} likely to be in contact within the horizon; lapses {}",
            seen.lapse
        ),
        format!("{word}: mit {alive} noch Kontakt im Zeitraum; verfällt {}", seen.lapse),
    ));
    let unknown = lang.pick("?", "?");
    let received = seen.received.map_or_else(|| unknown.to_owned(), |n| n.to_string());
    page.line(lang.pick(
        format!(
            "{} days of contact from {} to {}; {received} received, {} sent",
            seen.contact_days, seen.first, seen.last, seen.sent
        ),
        format!(
            "{} Tage mit Kontakt von {} bis {}; {received} empfangen, {} gesendet",
            seen.contact_days, seen.first, seen.last, seen.sent
        ),
    ));
    if let Some(rhythm) = seen.rhythm_days {
        let (rhythm, strength) = (lang.number(rhythm), lang.number(seen.strength));
        page.line(lang.pick(
            format!("about every {rhythm} days; strength {strength}"),
            format!("etwa alle {rhythm} Tage; Stärke {strength}"),
        ));
    }
    if let Some(since) = &seen.open_since {
        let text = lang.pick(
            format!("They have waited for an answer since {since}."),
            format!("Sie warten seit {since} auf eine Antwort."),
        );
        page.line(page.look(Look::Warn, &text));
    }
}

fn look_of(level: &str) -> Look {
    match level {
        "alive" => Look::Good,
        "fading" => Look::Warn,
        _ => Look::Faint,
    }
}

fn level(name: &'static str, lang: Lang) -> &'static str {
    match name {
        "alive" => lang.pick("alive", "lebendig"),
        "fading" => lang.pick("fading", "verblassend"),
        _ => lang.pick("lapsed", "verfallen"),
    }
}

fn arrow(direction: &str) -> &'static str {
    if direction == "sent" { "→" } else { "←" }
}
