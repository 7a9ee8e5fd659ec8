//! The programme: what each period has and what was spent of it, who tends the network, what the budget keeps alive.

use rin_app::{BudgetPointView, BudgetView, Lang, MemberView, PeriodView, ProgrammeView};

use super::paper::{Cell, Ink, Paper, Sheet, bar};
use crate::{output::Look, words::platform_name};

/// Shows a programme.
pub(super) fn sheet(view: &ProgrammeView, width: usize, (ink, lang): (Ink, Lang)) -> Sheet {
    let mut body = Paper::new(width, ink);
    body.line([(Look::Strong, view.name.clone())]);
    body.prose(Look::Plain, 0, &view.said);
    for remark in &view.remarks {
        body.prose(Look::Warn, 0, &remark.text);
    }
    if !view.goals.is_empty() {
        body.title(lang.pick("Goals", "Ziele"));
        for goal in &view.goals {
            body.hanging("  ·", 4, (Look::Plain, goal));
        }
    }
    if !view.platforms.is_empty() {
        body.prose(Look::Faint, 2, &names(&view.platforms));
    }
    body.title(lang.pick("Budget by period", "Budget nach Zeitraum"));
    periods(&mut body, &view.periods, lang);
    body.title(lang.pick("What the budget keeps alive", "Was das Budget am Leben hält"));
    keeps(&mut body, view.budget.as_ref(), lang);
    body.title(lang.pick("Team", "Team"));
    team(&mut body, &view.team, lang);
    body.title(lang.pick("History", "Verlauf"));
    for step in &view.history {
        let day = lang.shown(&step.at);
        body.hanging(&format!("  {day}"), 15, (Look::Plain, &step.said));
        if let Some(note) = &step.note {
            body.prose(Look::Faint, 15, note);
        }
    }
    if !view.others.is_empty() {
        body.title(lang.pick("Other programmes", "Andere Programme"));
        body.prose(Look::Plain, 2, &format!("{}   (o)", view.others.join(" · ")));
    }
    Sheet { body: body.lines(), ..Sheet::default() }
}

/// Says that there is none yet, and how to begin one.
pub(super) fn none(width: usize, (ink, lang): (Ink, Lang)) -> Sheet {
    let mut body = Paper::new(width, ink);
    body.prose(Look::Plain, 0, lang.pick(
        "There is no programme yet: a lasting commitment with a budget of minutes that is renewed.",
        "Es gibt noch kein Programm: ein dauerndes Versprechen mit einem Budget an Minuten, das erneuert wird.",
    ));
    body.gap();
    let begin = lang.pick("Begin one: ", "Eines beginnen: ");
    body.prose(Look::Strong, 0, &format!("{begin}rin programme new NAME --member ANNA=120"));
    Sheet { body: body.lines(), ..Sheet::default() }
}

fn names(platforms: &[String]) -> String {
    platforms.iter().map(|name| platform_name(name)).collect::<Vec<_>>().join(", ")
}

fn periods(body: &mut Paper, periods: &[PeriodView], lang: Lang) {
    let title = [
        lang.pick("period", "Zeitraum"),
        lang.pick("a week", "je Woche"),
        lang.pick("spent", "verbraucht"),
        lang.pick("minutes", "Minuten"),
        lang.pick("left", "übrig"),
    ];
    let one = |period: &PeriodView| -> Vec<Cell> {
        let look = if period.state == "running" { Look::Plain } else { Look::Faint };
        let left = period.days_left.map_or_else(
            || match period.state {
                "past" => lang.pick("over", "vorbei").to_owned(),
                _ => lang.pick("to come", "kommt").to_owned(),
            },
            |left| lang.count(left.into(), ("day", "Tag"), ("days", "Tage")),
        );
        let (spent, minutes) = (lang.number(period.spent_minutes), lang.number(period.minutes));
        vec![
            (look, format!("{} – {}", lang.shown(&period.from), lang.shown(&period.until))),
            (look, format!("{} min", lang.number(period.minutes_per_week))),
            (look, bar(period.spent_minutes / period.minutes.max(1.0), 12)),
            (look, format!("{spent} / {minutes}")),
            (look, left),
        ]
    };
    body.table(title, periods.iter().map(one), &[1, 3, 4]);
    for period in periods.iter().filter(|period| period.state == "running") {
        let due = lang.number(period.due_minutes);
        body.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("The days gone by would have allowed {due} minutes."),
                format!("Die vergangenen Tage hätten {due} Minuten erlaubt."),
            ),
        );
    }
}

fn team(body: &mut Paper, team: &[MemberView], lang: Lang) {
    let title = [
        lang.pick("who", "wer"),
        lang.pick("a week", "je Woche"),
        lang.pick("spent", "verbraucht"),
        lang.pick("platforms", "Plattformen"),
        lang.pick("until", "bis"),
    ];
    let one = |member: &MemberView| -> Vec<Cell> {
        let look = if member.is_there { Look::Plain } else { Look::Faint };
        let spent = member.spent_minutes.map_or_else(|| "–".to_owned(), |n| lang.number(n));
        let platforms = if member.platforms.is_empty() {
            lang.pick("all", "alle").to_owned()
        } else {
            names(&member.platforms)
        };
        let until = member.until.as_deref().map_or_else(String::new, |day| lang.shown(day));
        vec![
            (look, member.name.clone()),
            (look, format!("{} min", lang.number(member.minutes_per_week))),
            (look, spent),
            (look, platforms),
            (look, until),
        ]
    };
    body.table(title, team.iter().map(one), &[1, 2]);
}

fn keeps(body: &mut Paper, budget: Option<&BudgetView>, lang: Lang) {
    let Some(budget) = budget else {
        return body.prose(Look::Faint, 2, lang.pick(
            "b lives through a year of your network, several times, and says what half an hour more or less a week would change. That takes some seconds.",
            "b durchlebt ein Jahr deines Netzes, mehrmals, und sagt, was eine halbe Stunde mehr oder weniger je Woche änderte. Das dauert einige Sekunden.",
        ));
    };
    for sentence in &budget.said {
        body.prose(Look::Plain, 2, sentence);
    }
    if !budget.curve.is_empty() {
        let title = [
            lang.pick("min a week", "min je Woche"),
            lang.pick("alive", "leben"),
            lang.pick("against today", "gegen heute"),
            lang.pick("contacts", "Kontakte"),
        ];
        let one = |point: &BudgetPointView| -> Vec<Cell> {
            let look = if point.is_budget { Look::Strong } else { Look::Plain };
            let alive = ranged(
                lang.number(point.alive.value),
                point.alive.interval.map(|range| (lang.number(range.low), lang.number(range.high))),
            );
            let changed = if point.is_budget {
                "·".to_owned()
            } else {
                ranged(
                    lang.signed(point.changed.value),
                    point
                        .changed
                        .interval
                        .map(|range| (lang.signed(range.low), lang.signed(range.high))),
                )
            };
            vec![
                (look, lang.number(point.minutes_a_week)),
                (look, alive),
                (look, changed),
                (look, lang.number(point.touches)),
            ]
        };
        body.table(title, budget.curve.iter().map(one), &[0, 1, 2, 3]);
    }
    for note in &budget.notes {
        body.hanging("  ·", 4, (Look::Faint, note));
    }
}

/// Returns a figure with its interval: `12 (7 – 18)`.
pub(super) fn ranged(value: String, range: Option<(String, String)>) -> String {
    match range {
        Some((low, high)) => format!("{value} ({low} – {high})"),
        None => value,
    }
}
