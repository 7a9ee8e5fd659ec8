//! `rin party list|show`: whom you know.

use rin_app::{
    AssessmentView, Lang, Level, PartyListRequest, PartyListView, PartyView, parse_filter,
};

use crate::{
    args::{LevelArg, Party, PartyList},
    environment::Context,
    error::Error,
    output::{
        Look, Page, show,
        table::{Grid, cut},
    },
    words::{arrow, level},
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
    let filter = parse_filter(&args.filter)?;
    let request = PartyListRequest { now: context.now()?, level, filter, limit: args.limit, lang };
    let view = session.parties(&request)?;
    show(context, &view, |page| print_list(page, &view, lang))?;
    Ok(())
}

fn print_list(page: &mut Page, view: &PartyListView, lang: Lang) {
    if view.total == 0 && !view.filter.is_empty() {
        page.line(lang.pick("Nobody matches.", "Niemand passt."));
        return remarks(page, view, lang);
    }
    if view.total == 0 {
        page.line(lang.pick("Nobody yet.", "Noch niemand."));
        page.line(lang.pick(
            "Next: rin import PATH, then rin own add HANDLE",
            "Weiter: rin import PFAD, dann rin own add HANDLE",
        ));
        return;
    }
    // What the other columns take is given; the names get the rest.
    let is_wide = 90 <= page.width();
    let name_width = page.width().saturating_sub(if is_wide { 68 } else { 62 }).clamp(12, 32);
    let n_columns = if is_wide { 8 } else { 7 };
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
    grid.row(title.map(|word| (Look::Faint, word.to_owned())).into_iter().take(n_columns));
    for party in &view.parties {
        let look = look_of(party.level);
        let cells = [
            (Look::Faint, party.party.to_string()),
            (Look::Strong, cut(&party.name, name_width)),
            (Look::Plain, party.platforms.join(", ")),
            (look, level(party.level, lang).to_owned()),
            (look, Lang::percent(party.alive)),
            (Look::Plain, lang.shown(&party.lapse)),
            (Look::Plain, lang.shown(&party.last)),
            (Look::Plain, party.contact_days.to_string()),
        ];
        grid.row(cells.into_iter().take(n_columns));
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
    remarks(page, view, lang);
    page.line(format!(
        "{}: rin party show {}",
        lang.pick("Next", "Weiter"),
        lang.pick("WHO", "WEN")
    ));
}

/// Says what is to be known about the filter.
fn remarks(page: &mut Page, view: &PartyListView, lang: Lang) {
    if let Some(text) = told_without_contact(view, lang) {
        page.prose(Look::Faint, 0, &text);
    }
    for remark in &view.remarks {
        page.prose(Look::Faint, 0, remark);
    }
}

/// Says how many match who are not listed because there was no contact; `None` if there are none.
pub(crate) fn told_without_contact(view: &PartyListView, lang: Lang) -> Option<String> {
    let n = view.without_contact;
    (0 < n).then(|| lang.pick(
        format!("{n} more match with whom no source shows any contact: they have no figures and are not listed."),
        format!("{n} weitere passen, mit denen keine Quelle Kontakt zeigt: sie haben keine Zahlen und stehen nicht in der Liste."),
    ))
}

pub(super) fn one(query: &str, context: &Context) -> Result<(), Error> {
    let (session, lang) = context.open()?;
    let view = session.party(query, context.now()?, lang)?;
    show(context, &view, |page| print_one(page, &view, lang))?;
    Ok(())
}

fn print_one(page: &mut Page, view: &PartyView, lang: Lang) {
    let own = if view.is_own { lang.pick("   (this is you)", "   (das bist du)") } else { "" };
    page.line(format!("{}  #{}{own}", page.look(Look::Strong, &view.name), view.party));
    for (platform, handle) in &view.accounts {
        page.line(format!("  {platform}: {handle}"));
    }
    if let Some(seen) = &view.assessment {
        page.gap();
        print_assessment(page, seen, lang);
    }
    for unknown in &view.unknown {
        page.prose(Look::Faint, 0, unknown);
    }
    if !view.ties.is_empty() {
        page.gap();
        let mut grid = Grid::default();
        for tie in &view.ties {
            let since = tie.since.as_deref().map_or_else(String::new, |day| lang.shown(day));
            let older = lang.pick("or before", "oder früher");
            let since =
                if tie.is_older && !since.is_empty() { format!("{since} {older}") } else { since };
            let until = tie
                .until
                .as_deref()
                .map_or_else(String::new, |day| format!("– {}", lang.shown(day)));
            let kind = tie_word(tie.kind, lang);
            let cells = [tie.platform.as_str(), arrow(tie.direction), kind, &since, &until];
            grid.row(cells.map(|cell| (Look::Plain, cell.to_owned())));
        }
        grid.print(page, 2);
    }
    let shown = view.events.len();
    if shown == 0 {
        return;
    }
    page.gap();
    page.line(lang.pick(
        format!("The last {shown} of {} contacts", view.n_events),
        format!("Die letzten {shown} von {} Kontakten", view.n_events),
    ));
    let mut grid = Grid::default();
    for event in &view.events {
        let day = lang.shown(&event.day);
        let cells =
            [day.as_str(), arrow(event.direction), event_word(event.kind, lang), &event.platform];
        grid.row(cells.map(|cell| (Look::Plain, cell.to_owned())));
    }
    grid.print(page, 2);
}

fn print_assessment(page: &mut Page, seen: &AssessmentView, lang: Lang) {
    let word = page.look(look_of(seen.level), level(seen.level, lang));
    let (first, rest) = seen.told.split_first().map_or(("", [].as_slice()), |(a, b)| (a, b));
    page.prose(Look::Plain, 0, &format!("{word}. {first}"));
    for sentence in rest {
        page.prose(Look::Plain, 0, sentence);
    }
    let sent = seen.sent;
    let received = seen.received.map(|n| n.to_string());
    let received = received.as_deref().unwrap_or(lang.pick("an unknown number", "unbekannt viele"));
    let strength = lang.number(seen.strength);
    page.line(page.look(
        Look::Faint,
        &lang.pick(
            format!("{received} received, {sent} sent; strength {strength}"),
            format!("{received} empfangen, {sent} gesendet; Stärke {strength}"),
        ),
    ));
}

pub(crate) fn look_of(level: &str) -> Look {
    match level {
        "alive" => Look::Good,
        "fading" => Look::Warn,
        _ => Look::Faint,
    }
}

pub(crate) fn tie_word(kind: &'static str, lang: Lang) -> &'static str {
    let german = match kind {
        "follow" => "folgt",
        "friend" => "befreundet",
        "contact" => "Kontakt",
        "member" => "Mitglied",
        "subscriber" => "abonniert",
        "endorser" => "empfiehlt",
        "block" => "blockiert",
        "mute" => "stummgeschaltet",
        other => other,
    };
    lang.pick(kind, german)
}

pub(crate) fn event_word(kind: &'static str, lang: Lang) -> &'static str {
    let german = match kind {
        "reply" => "Antwort",
        "comment" => "Kommentar",
        "mention" => "Erwähnung",
        "message" => "Nachricht",
        "reaction" => "Reaktion",
        "share" => "geteilt",
        "quote" => "Zitat",
        "visit" => "Besuch",
        other => other,
    };
    lang.pick(kind, german)
}
