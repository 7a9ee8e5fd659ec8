//! Campaigns: which there are, whether one may start, and what one brought.

use rin_app::{
    AliveView, BasketLineView, BasketView, CampaignCheckView, CampaignListView, CampaignReportView,
    CampaignRow, Lang, SeriesView,
};

use super::{
    paper::{Cell, Ink, Paper, Sheet, fitting, row},
    programme::ranged,
};
use crate::{
    output::Look,
    words::{self, platform_name},
};

/// Shows all campaigns.
pub(super) fn list(
    view: &CampaignListView,
    (at, width): (usize, usize),
    (ink, lang): (Ink, Lang),
) -> Sheet {
    let mut body = Paper::new(width, ink);
    if view.campaigns.is_empty() {
        body.prose(Look::Plain, 0, lang.pick(
            "No campaign yet. A campaign ends; it is worth what it leaves to the programme.",
            "Noch keine Kampagne. Eine Kampagne endet; wert ist sie, was sie dem Programm lässt.",
        ));
        body.gap();
        let plan = lang.pick("Plan one: ", "Eine planen: ");
        body.prose(Look::Strong, 0, &format!("{plan}rin campaign new NAME"));
        return Sheet { body: body.lines(), ..Sheet::default() };
    }
    let one = |row: &CampaignRow| -> Vec<Cell> {
        let days = match (&row.from, &row.until) {
            (Some(from), Some(until)) => format!("{} – {}", lang.shown(from), lang.shown(until)),
            _ => String::new(),
        };
        let minutes = row.minutes.map_or_else(String::new, |n| format!("{} min", lang.number(n)));
        vec![
            (Look::Strong, fitting(&row.name, width.saturating_sub(52).clamp(12, 40))),
            (Look::Plain, words::campaign_state(row.state, lang).to_owned()),
            (Look::Plain, days),
            (Look::Faint, minutes),
        ]
    };
    let rows: Vec<_> = view.campaigns.iter().map(one).collect();
    body.grid(&rows, &[3]);
    let foot = view.campaigns.get(at).map(|row| {
        let mut foot = Paper::foot(width, ink, (&row.name, &row.id));
        detail(&mut foot, row, lang);
        foot.lines()
    });
    let picks = (0..rows.len()).collect();
    Sheet { body: body.lines(), picks, foot: foot.unwrap_or_default(), ..Sheet::default() }
}

fn detail(foot: &mut Paper, row: &CampaignRow, lang: Lang) {
    if let Some(until) = row.aftercare_until.as_deref().map(|day| lang.shown(day)) {
        foot.prose(
            Look::Plain,
            0,
            &lang.pick(format!("aftercare until {until}"), format!("Nachsorge bis {until}")),
        );
    }
    if let Some(money) = row.money.map(|money| lang.number(money)) {
        foot.prose(Look::Plain, 0, &lang.pick(format!("money {money}"), format!("Geld {money}")));
    }
    if let Some(why) = &row.despite {
        let text = lang.pick(
            "Started although the check said stop: ",
            "Begonnen, obwohl die Prüfung abriet: ",
        );
        foot.prose(Look::Warn, 0, &format!("{text}{why}"));
    }
    if let Some(problem) = &row.problem {
        foot.prose(Look::Bad, 0, problem);
    }
}

/// The head of one campaign's screen.
fn head(name: &str, (from, until): (&str, &str), lang: Lang) -> [Cell; 2] {
    [
        (Look::Strong, name.to_owned()),
        (Look::Faint, format!("  {} – {}", lang.shown(from), lang.shown(until))),
    ]
}

/// Shows whether a campaign may start.
pub(super) fn check(view: &CampaignCheckView, width: usize, (ink, lang): (Ink, Lang)) -> Sheet {
    let mut body = Paper::new(width, ink);
    body.line(head(&view.name, (&view.from, &view.until), lang));
    body.prose(look_of(view.verdict), 0, &view.said);
    body.title(lang.pick("Is it ready?", "Ist sie bereit?"));
    for one in &view.checks {
        let mark = format!("  {}", words::verdict(one.verdict, lang));
        body.hanging(&mark, 12, (look_of(one.verdict), &one.said));
        if let Some(remedy) = &one.remedy {
            body.prose(Look::Faint, 12, remedy);
        }
    }
    for problem in &view.problems {
        body.prose(Look::Warn, 0, problem);
    }
    if view.verdict != "stop" {
        body.gap();
        let start = lang.pick("Start it: ", "Beginnen: ");
        body.prose(Look::Strong, 0, &format!("{start}rin campaign start {}", view.id));
    }
    Sheet { body: body.lines(), ..Sheet::default() }
}

fn look_of(verdict: &str) -> Look {
    match verdict {
        "ok" => Look::Plain,
        "warn" => Look::Warn,
        _ => Look::Bad,
    }
}

/// Shows what a campaign brought.
pub(super) fn report(view: &CampaignReportView, width: usize, (ink, lang): (Ink, Lang)) -> Sheet {
    let mut body = Paper::new(width, ink);
    body.line(head(&view.name, (&view.from, &view.until), lang));
    for (sentence, answer) in view.verdict.iter().zip([&view.lasting, &view.influx]) {
        let look = match answer.is {
            "better" => Look::Good,
            "worse" => Look::Bad,
            _ => Look::Plain,
        };
        body.prose(look, 0, sentence);
    }
    body.title(lang.pick("How long its ties last", "Wie lange ihre Beziehungen halten"));
    lives(&mut body, view, lang);
    body.title(lang.pick("Did it bring more?", "Kam mehr?"));
    for one in [&view.new_ties, &view.interactions] {
        series(&mut body, one, lang);
    }
    body.title(lang.pick("What it cost", "Was sie kostete"));
    cost(&mut body, view, lang);
    body.title(lang.pick("The basket", "Der Korb"));
    basket(&mut body, view.basket.as_ref(), lang);
    if !view.notes.is_empty() {
        body.title(lang.pick("What is assumed", "Was dabei angenommen wird"));
        for note in &view.notes {
            body.hanging("  ·", 4, (Look::Faint, note));
        }
    }
    Sheet { body: body.lines(), ..Sheet::default() }
}

fn lives(body: &mut Paper, view: &CampaignReportView, lang: Lang) {
    let title = lang.pick(["", "won by it", "won otherwise"], ["", "gewonnen", "sonst gewonnen"]);
    let seen = |one: &AliveView| share(one.share, (one.share_low, one.share_high), lang);
    let told = |one: &AliveView| share(one.forecast, (one.forecast_low, one.forecast_high), lang);
    let mut rows = Vec::new();
    for (won, otherwise) in view.won.alive.iter().zip(&view.otherwise.alive) {
        let days = won.days;
        let days =
            lang.pick(format!("alive after {days} days"), format!("noch da nach {days} Tagen"));
        rows.push(row(Look::Plain, [&days, &seen(won), &seen(otherwise)]));
        // What was expected stands below what came, since four figures with intervals are wider than many terminals.
        let forecast = lang.pick("  forecast", "  Vorhersage");
        rows.push(row(Look::Faint, [forecast, &told(won), &told(otherwise)]));
    }
    let (won, otherwise) = (view.won.ties.to_string(), view.otherwise.ties.to_string());
    rows.push(row(Look::Faint, [lang.pick("ties", "Beziehungen"), &won, &otherwise]));
    body.table(title, rows, &[1, 2]);
}

/// Shows a share with its interval, or a dash where nothing is known.
fn share(share: Option<f64>, range: (Option<f64>, Option<f64>), lang: Lang) -> String {
    let shown = share.zip(range.0).zip(range.1).map(|((share, low), high)| {
        format!("{} ({:.0}–{:.0})", lang.share(share), 100.0 * low, 100.0 * high)
    });
    shown.unwrap_or_else(|| "–".to_owned())
}

fn series(body: &mut Paper, series: &SeriesView, lang: Lang) {
    let what = match series.counted {
        "new ties" => lang.pick("New ties a week", "Neue Beziehungen je Woche"),
        "received" => lang.pick("Interactions received a week", "Erhaltene Interaktionen je Woche"),
        _ => lang.pick("Interactions a week", "Interaktionen je Woche"),
    };
    body.prose(Look::Plain, 2, what);
    if let Some(problem) = &series.problem {
        return body.prose(Look::Faint, 4, problem);
    }
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |n| lang.number(n));
    let change = |one: rin_app::SeriesChangeView| {
        ranged(lang.signed(one.value), Some((lang.signed(one.low), lang.signed(one.high))))
    };
    let mut rows = vec![
        row(Look::Plain, [lang.pick("  seen", "  gesehen"), &number(series.seen)]),
        row(
            Look::Plain,
            [lang.pick("  to be expected", "  zu erwarten"), &number(series.expected)],
        ),
    ];
    if let Some(during) = series.during {
        rows.push(row(Look::Plain, [lang.pick("  difference", "  Unterschied"), &change(during)]));
    }
    if let Some(after) = series.after {
        let word = lang.pick("  half a year after", "  Halbjahr danach");
        rows.push(row(Look::Plain, [word, &change(after)]));
    }
    body.grid(&rows, &[]);
}

fn cost(body: &mut Paper, view: &CampaignReportView, lang: Lang) {
    let cost = &view.cost;
    if cost.minutes.is_none() {
        return body.prose(
            Look::Faint,
            2,
            lang.pick(
                "That is not written down: rin campaign end keeps it.",
                "Das ist nicht aufgeschrieben: rin campaign end hält es fest.",
            ),
        );
    }
    let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |n| lang.number(n));
    let (won, alive) = (view.won.ties, view.alive);
    let title = ["", lang.pick("minutes", "Minuten"), lang.pick("money", "Geld")];
    let each_won = lang.pick(format!("each of {won} won"), format!("je gewonnene von {won}"));
    let each_alive =
        lang.pick(format!("each of {alive} still alive"), format!("je noch lebende von {alive}"));
    let rows = [
        row(
            Look::Plain,
            [lang.pick("in all", "insgesamt"), &cell(cost.minutes), &cell(cost.money)],
        ),
        row(Look::Plain, [&each_won, &cell(cost.minutes_per_won), &cell(cost.money_per_won)]),
        row(Look::Plain, [&each_alive, &cell(cost.minutes_per_alive), &cell(cost.money_per_alive)]),
    ];
    body.table(title, rows, &[1, 2]);
}

fn basket(body: &mut Paper, basket: Option<&BasketView>, lang: Lang) {
    let Some(basket) = basket else {
        return body.prose(Look::Faint, 2, lang.pick(
            "Who was never tended is not known: the sources do not show what you did.",
            "Wer nie gepflegt wurde, ist nicht bekannt: Die Quellen zeigen nicht, was du tatest.",
        ));
    };
    if basket.ties == 0 {
        return body.prose(
            Look::Plain,
            2,
            lang.pick(
                "It is empty: everybody it won has been tended since.",
                "Er ist leer: Alle, die sie gewann, wurden seither gepflegt.",
            ),
        );
    }
    let (ties, n, minutes) = (basket.ties, basket.lines.len(), lang.number(basket.minutes));
    body.prose(Look::Plain, 2, &lang.pick(
        format!("{ties} of those it won have heard nothing from you since it ended. {n} can be tended this week in {minutes} minutes."),
        format!("{ties} der Gewonnenen haben seit ihrem Ende nichts von dir gehört. {n} lassen sich diese Woche in {minutes} Minuten pflegen."),
    ));
    let one = |line: &BasketLineView| -> Vec<Cell> {
        let (alive, after) = (Lang::percent(line.alive), Lang::percent(line.alive_after));
        vec![
            (Look::Strong, fitting(&line.name, 28)),
            (Look::Plain, platform_name(&line.platform)),
            (Look::Plain, fitting(&line.what, 28)),
            (Look::Plain, format!("{} min", lang.number(line.minutes))),
            (Look::Faint, format!("{alive} → {after}")),
        ]
    };
    let rows: Vec<_> = basket.lines.iter().map(one).collect();
    body.grid(&rows, &[3, 4]);
    if !basket.others.is_empty() {
        let others = basket.others.len();
        body.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("{others} for whom nothing is proposed this week"),
                format!("{others}, für die diese Woche nichts vorgeschlagen wird"),
            ),
        );
    }
}
