//! A pause or an exit thought through: what it costs by date of coming back, whom to meet elsewhere first.

use rin_app::{
    ConcentrationView, ElsewhereView, ExitPointView, ExitView, HandoverView, Lang, LeftView,
    UpkeepView,
};

use super::{
    ask::Thought,
    paper::{Cell, Ink, Paper, Sheet, fitting},
    state::Leaving,
};
use crate::{
    error::Told,
    output::Look,
    words::{self, platform_name},
};

/// Rows of a list that are shown.
const LISTED: usize = 12;

/// Shows it.
pub(super) fn sheet(
    (thought, leaving): (&Thought, &Leaving),
    width: usize,
    (ink, lang): (Ink, Lang),
) -> Sheet {
    let view = &thought.exit;
    let mut head = Paper::new(width, ink);
    let platform = leaving
        .platform
        .as_deref()
        .map_or_else(|| lang.pick("all platforms", "alle Plattformen").to_owned(), platform_name);
    let until = view
        .until
        .as_deref()
        .map_or_else(|| lang.pick("never", "nie").to_owned(), |day| lang.shown(day));
    head.line([
        (Look::Faint, lang.pick("Leave ", "Verlassen: ").to_owned()),
        (Look::Strong, platform),
        (Look::Faint, lang.pick(" (p)  from ", " (p)  ab ").to_owned()),
        (Look::Strong, lang.shown(&view.from)),
        (Look::Faint, lang.pick(" (f)  back ", " (f)  zurück ").to_owned()),
        (Look::Strong, until),
        (Look::Faint, " (b)".to_owned()),
    ]);
    head.line([]);
    let mut body = Paper::new(width, ink);
    for sentence in &view.told {
        body.prose(Look::Plain, 0, sentence);
    }
    if 0 < view.ties && !view.points.is_empty() {
        body.title(lang.pick("By date of coming back", "Nach dem Tag der Rückkehr"));
        points(&mut body, &view.points, lang);
    }
    if let Some(upkeep) = view.upkeep.as_ref().filter(|one| !one.touches.is_empty()) {
        kept(&mut body, upkeep, lang);
    }
    elsewhere(&mut body, view, lang);
    handed_over(&mut body, thought.handover.as_ref(), lang);
    if let Some(spread) = &view.concentration {
        spread_of(&mut body, spread, lang);
    }
    if !view.assumed.is_empty() {
        body.title(lang.pick("What is assumed", "Was dabei angenommen wird"));
        for note in &view.assumed {
            body.hanging("  ·", 4, (Look::Faint, note));
        }
    }
    Sheet { head: head.lines(), body: body.lines(), ..Sheet::default() }
}

fn points(body: &mut Paper, points: &[ExitPointView], lang: Lang) {
    let title = lang.pick(
        ["date", "going on", "coming back", "never", "pause costs", "min to be back"],
        ["Datum", "weitermachen", "zurückkommen", "nie", "Pause kostet", "min zum Aufholen"],
    );
    let one = |point: &ExitPointView| -> Vec<Cell> {
        let minutes = point.re_entry.minutes;
        let minutes = minutes.map_or_else(|| "–".to_owned(), |minutes| format!("{minutes:.0}"));
        vec![
            (Look::Plain, lang.shown(&point.date)),
            (Look::Plain, left(&point.engaged)),
            (Look::Plain, left(&point.returned)),
            (Look::Plain, left(&point.silent)),
            (Look::Strong, words::cost_of_pause(&point.cost_of_pause, lang)),
            (Look::Plain, minutes),
        ]
    };
    body.table(title, points.iter().map(one), &[0, 1, 2, 3, 4, 5]);
    if points.iter().any(|point| point.re_entry.minutes.is_none()) {
        body.prose(
            Look::Faint,
            2,
            lang.pick("–: not with one contact each", "–: nicht mit je einem Kontakt"),
        );
    }
}

/// Returns a number with its interval: `12 (7–18)`.
fn left(view: &LeftView) -> String {
    format!("{:.0} ({:.0}–{:.0})", view.expected, view.range[0], view.range[1])
}

fn kept(body: &mut Paper, upkeep: &UpkeepView, lang: Lang) {
    let (without, with) = (Lang::percent(upkeep.share_without), Lang::percent(upkeep.share_with));
    let (minutes, n) = (lang.number(upkeep.minutes), upkeep.touches.len());
    body.title(lang.pick(
        "The least that keeps it through the pause",
        "Das Wenigste, was es durch die Pause bringt",
    ));
    body.prose(Look::Plain, 2, &lang.pick(
        format!("{n} contacts in {minutes} minutes keep {with} of what going on would keep; without any {without} stay."),
        format!("{n} Kontakte in {minutes} Minuten halten {with} dessen, was Weitermachen hielte; ohne bleiben {without}."),
    ));
    let rows: Vec<Vec<Cell>> = upkeep
        .touches
        .iter()
        .take(LISTED)
        .map(|touch| {
            vec![
                (Look::Plain, lang.shown(&touch.date)),
                (Look::Strong, fitting(&touch.name, 36)),
                (Look::Plain, format!("{} min", lang.number(touch.minutes))),
            ]
        })
        .collect();
    body.grid(&rows, &[0, 2]);
    more(body, n, lang);
}

fn elsewhere(body: &mut Paper, view: &ExitView, lang: Lang) {
    if view.elsewhere.is_empty() {
        return;
    }
    body.title(lang.pick(
        "Meet them elsewhere first, in this order",
        "Zuerst anderswo treffen, in dieser Reihenfolge",
    ));
    if let Some(n) = view.reachable {
        let ties = view.ties;
        body.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("{n} of {ties} can be met on another platform."),
                format!("{n} von {ties} sind auf einer anderen Plattform zu treffen."),
            ),
        );
    }
    let title = lang.pick(
        ["who", "where", "alive if you stay", "lost otherwise"],
        ["wer", "wo", "lebendig, wenn du bleibst", "sonst verloren"],
    );
    let one = |one: &ElsewhereView| -> Vec<Cell> {
        let platforms: Vec<String> = one.platforms.iter().map(|name| platform_name(name)).collect();
        vec![
            (Look::Strong, fitting(&one.name, 28)),
            (Look::Plain, platforms.join(", ")),
            (Look::Plain, Lang::percent(one.alive)),
            (Look::Plain, Lang::percent(one.lost)),
        ]
    };
    body.table(title, view.elsewhere.iter().take(LISTED).map(one), &[2, 3]);
    more(body, view.elsewhere.len(), lang);
}

/// Says whom one of our accounts can hand over to another, and what has to happen first.
fn handed_over(body: &mut Paper, handover: Option<&Result<HandoverView, Told>>, lang: Lang) {
    let Some(handover) = handover else { return };
    body.title(lang.pick("Hand the relationships over", "Die Beziehungen übergeben"));
    let view = match handover {
        Ok(view) => view,
        Err(told) => return body.prose(Look::Warn, 2, &told.what),
    };
    let pair = format!("  {} → {}", view.from, view.to);
    body.line([(Look::Strong, pair), (Look::Faint, "  (h)".to_owned())]);
    let look = if view.is_sound == Some(true) { Look::Plain } else { Look::Warn };
    for sentence in &view.told {
        body.prose(look, 2, sentence);
    }
    for row in view.ties.iter().take(LISTED) {
        body.gap();
        let handle = row.handle.as_deref().unwrap_or_default();
        body.line([
            (Look::Strong, format!("  {}", row.name)),
            (Look::Faint, format!("  {handle}")),
        ]);
        body.prose(Look::Plain, 4, &row.why);
        if let Some(text) = &row.introduction {
            body.prose(Look::Faint, 4, text);
        }
    }
    let n = view.ties.len().saturating_sub(LISTED) + view.dormant;
    if 0 < n {
        body.gap();
        body.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("and {n} more, with those silent for over a year: rin exit handover"),
                format!("und {n} weitere, samt denen, die seit über einem Jahr still sind: rin exit handover"),
            ),
        );
    }
}

/// Says how many a list has beyond those shown.
fn more(body: &mut Paper, n: usize, lang: Lang) {
    let more = n.saturating_sub(LISTED);
    if 0 < more {
        body.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("and {more} more: rin exit simulate"),
                format!("und {more} weitere: rin exit simulate"),
            ),
        );
    }
}

fn spread_of(body: &mut Paper, spread: &ConcentrationView, lang: Lang) {
    body.title(lang.pick("On how few accounts it hangs", "An wie wenigen Konten es hängt"));
    body.prose(Look::Plain, 2, &words::concentrated(spread, lang));
    let rows: Vec<Vec<Cell>> = spread
        .shares
        .iter()
        .map(|(name, share)| {
            vec![(Look::Plain, fitting(name, 50)), (Look::Plain, Lang::percent(*share))]
        })
        .collect();
    body.grid(&rows, &[1]);
}
