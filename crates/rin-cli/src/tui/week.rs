//! This week's plan: whom, how, by when, in how many minutes; below, why, of the line chosen.

use ratatui::text::Line;
use rin_app::{AnswersView, Lang, PlanLineView, WeekView};

use super::paper::{Cell, Ink, Paper, Sheet, bar, fitting};
use crate::{
    command::{
        plan::told_only,
        week::{sum, told_left_out},
    },
    output::Look,
    words::platform_name,
};

/// Shows the week.
pub(super) fn sheet(
    view: &WeekView,
    answers: &AnswersView,
    (at, width): (usize, usize),
    (ink, lang): (Ink, Lang),
) -> Sheet {
    let mut body = Paper::new(width, ink);
    if view.is_empty {
        body.prose(Look::Plain, 0, lang.pick(
            "There is nobody yet. Rin reads the archives that platforms hand out on request.",
            "Noch ist niemand da. Rin liest die Archive, die Plattformen auf Anfrage herausgeben.",
        ));
        body.gap();
        body.prose(
            Look::Strong,
            0,
            lang.pick(
                "Leave with q, then: rin import PATH",
                "Mit q beenden, dann: rin import PFAD",
            ),
        );
        return Sheet {
            head: head(view, width, (ink, lang)),
            body: body.lines(),
            ..Sheet::default()
        };
    }
    body.grid(&rows(view, width, lang), &[0, 4]);
    let picks = (0..view.lines.len()).collect();
    body.gap();
    body.prose(Look::Plain, 0, &sum(view, lang));
    if let Some(text) = told_left_out(view.left_out, lang) {
        body.prose(Look::Faint, 0, &text);
    }
    for norm in &view.own_norms {
        body.prose(Look::Faint, 0, norm);
    }
    if !answers.answers.is_empty() {
        body.title(lang.pick("Said this week", "Diese Woche gesagt"));
        for answer in &answers.answers {
            body.hanging("  ·", 4, (Look::Plain, &answer.said));
        }
    }
    let foot = view.lines.get(at).map(|line| detail(line, width, (ink, lang)));
    let head = head(view, width, (ink, lang));
    Sheet { head, body: body.lines(), picks, foot: foot.unwrap_or_default() }
}

fn head(view: &WeekView, width: usize, (ink, lang): (Ink, Lang)) -> Vec<Line<'static>> {
    let mut paper = Paper::new(width, ink);
    let (start, end) = (lang.shown(&view.start), lang.shown(&view.end));
    let (left, budget) = (lang.number(view.left_minutes), lang.number(view.budget_minutes));
    let until = view.covered_until.as_deref().map_or_else(String::new, |day| {
        let day = lang.shown(day);
        lang.pick(format!(" · figures as of {day}"), format!(" · Stand {day}"))
    });
    paper.line([(Look::Strong, format!("{start} – {end}")), (Look::Faint, until)]);
    let words =
        lang.pick(format!(" of {budget} minutes left  "), format!(" von {budget} Minuten übrig  "));
    let share = view.left_minutes / view.budget_minutes.max(1.0);
    paper.line([(Look::Strong, left), (Look::Plain, words), (Look::Good, bar(share, 20))]);
    if view.is_stale {
        paper.prose(Look::Warn, 0, lang.pick(
            "The exports are over a month old: everything below is as of then. Import newer ones.",
            "Die Exporte sind über einen Monat alt: alles Folgende gilt für damals. Neuere importieren.",
        ));
    }
    if let Some(only) = &view.only {
        paper.prose(Look::Warn, 0, &told_only(only, lang));
        for remark in &only.remarks {
            paper.prose(Look::Warn, 0, remark);
        }
    }
    for problem in &view.problems {
        paper.prose(Look::Bad, 0, &format!("! {problem}"));
    }
    paper.gap();
    paper.lines()
}

fn rows(view: &WeekView, width: usize, lang: Lang) -> Vec<Vec<Cell>> {
    // What the other columns take is given; names and tasks share the rest.
    let rest = width.saturating_sub(42);
    let name_room = (rest * 3 / 5).clamp(10, 28);
    let what_room = rest.saturating_sub(name_room).clamp(10, 40);
    let one = |line: &PlanLineView| {
        let due = line.due.as_deref().map_or_else(String::new, |due| {
            let due = lang.shown(due);
            lang.pick(format!("by {due}"), format!("bis {due}"))
        });
        vec![
            (Look::Faint, line.line.to_string()),
            (Look::Strong, fitting(&line.name, name_room)),
            (Look::Plain, fitting(&platform_name(&line.platform), 9)),
            (Look::Plain, fitting(&line.what, what_room)),
            (Look::Plain, format!("{} min", lang.number(line.minutes))),
            (if line.owed { Look::Warn } else { Look::Faint }, due),
        ]
    };
    view.lines.iter().map(one).collect()
}

/// Says of one line why.
fn detail(line: &PlanLineView, width: usize, (ink, lang): (Ink, Lang)) -> Vec<Line<'static>> {
    let mut paper = Paper::new(width, ink);
    paper.line([(Look::Faint, "─".repeat(width))]);
    let handle = line.handle.as_deref().filter(|handle| *handle != line.name);
    let place = handle.or(line.link.as_deref()).unwrap_or_default();
    paper.line([
        (Look::Strong, line.name.clone()),
        (Look::Plain, format!("  {}", platform_name(&line.platform))),
        (Look::Faint, format!("  {place}")),
    ]);
    let mut what = format!("{} ({} min", line.what, lang.number(line.minutes));
    if let Some(day) = line.not_before.as_deref().map(|day| lang.shown(day)) {
        what.push_str(&lang.pick(format!(", from {day}"), format!(", ab {day}")));
    }
    if let Some(due) = line.due.as_deref().map(|due| lang.shown(due)) {
        what.push_str(&lang.pick(format!(", by {due}"), format!(", bis {due}")));
    }
    if let Some(member) = &line.member {
        what.push_str(", ");
        what.push_str(member);
    }
    paper.prose(if line.owed { Look::Warn } else { Look::Plain }, 0, &format!("{what})"));
    paper.prose(Look::Plain, 0, &line.why);
    paper.prose(Look::Faint, 0, &line.facts);
    paper.lines()
}
