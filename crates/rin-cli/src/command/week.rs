//! `rin week`: this week's plan.

use std::process::ExitCode;

use rin_app::{Lang, LeftOutView, Minutes, PlanLineView, WeekRequest, WeekView};

use super::plan;
use crate::{
    args::Week,
    environment::Context,
    error::Error,
    output::{
        Look, Page, show,
        table::{columns, cut},
    },
};

/// Makes and prints this week's plan. Exit code 3 if some platform could not be planned for.
pub(crate) fn run(args: &Week, context: &Context) -> Result<ExitCode, Error> {
    plan::check_targets(&args.how)?;
    let (mut session, lang) = context.open()?;
    let now = context.now()?;
    let view = session.week(&WeekRequest {
        now,
        minutes: args.minutes.map(Minutes::new),
        seed: args.how.seed,
        is_fresh: args.how.fresh,
        is_trial: args.how.dry_run,
        lang,
    })?;
    let view = match plan::matching(args.how.filter.as_deref(), (&session, context), lang)? {
        Some(matching) => view.only(&matching),
        None => view,
    };
    let written = plan::write(&args.how, &view.export(now, lang))?;
    show(context, &view, |page| {
        print(page, &view, lang);
        plan::say_written(page, &written, lang);
    })?;
    Ok(if view.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn print(page: &mut Page, view: &WeekView, lang: Lang) {
    let (start, end) = (lang.shown(&view.start), lang.shown(&view.end));
    let title = lang.pick(format!("Week {start} to {end}"), format!("Woche {start} bis {end}"));
    let spent = lang.pick(
        format!(
            "{} of {} minutes",
            lang.number(view.planned_minutes),
            lang.number(view.budget_minutes)
        ),
        format!(
            "{} von {} Minuten",
            lang.number(view.planned_minutes),
            lang.number(view.budget_minutes)
        ),
    );
    page.line(format!("{}   {spent}{}", page.look(Look::Strong, &title), done(view, lang)));
    if let Some(until) = view.covered_until.as_deref().map(|day| lang.shown(day)) {
        page.prose(
            Look::Faint,
            0,
            &lang.pick(
                format!("Figures as of {until}, where the exports end."),
                format!("Stand {until}, dort enden die Exporte."),
            ),
        );
    }
    if view.is_stale {
        let text = lang.pick(
            "The exports are over a month old: everything below is as of then. Import newer ones.",
            "Die Exporte sind über einen Monat alt: alles Folgende gilt für damals. Neuere importieren.",
        );
        page.prose(Look::Warn, 0, text);
    }
    for norm in &view.own_norms {
        page.prose(Look::Faint, 0, norm);
    }
    plan::say_only(page, view.only.as_ref(), lang);
    for problem in &view.problems {
        page.prose(Look::Bad, 0, &format!("! {problem}"));
    }
    for line in &view.lines {
        page.gap();
        print_line(page, line, lang);
    }
    page.gap();
    print_sum(page, view, lang);
    left_out(page, view.left_out, lang);
    let next = lang.pick("Next", "Weiter");
    if !view.lines.is_empty() && view.plan.is_none() {
        let text = lang.pick(
            "Only looked at, not kept: done, later and never still mean the plan before.",
            "Nur angesehen, nicht behalten: done, later und never meinen weiter den Plan davor.",
        );
        page.prose(Look::Warn, 0, text);
    } else if !view.lines.is_empty() {
        page.line(format!("{next}: rin done 1   rin later 2   rin never 3"));
    } else if view.is_empty {
        page.line(format!("{next}: rin import {}", lang.pick("PATH", "PFAD")));
    }
}

fn print_sum(page: &mut Page, view: &WeekView, lang: Lang) {
    page.prose(Look::Plain, 0, &sum(view, lang));
}

/// Says what the plan brings, or why there is none.
pub(crate) fn sum(view: &WeekView, lang: Lang) -> String {
    let gain = lang.number(view.gain);
    if !view.lines.is_empty() {
        lang.pick(
            format!("Carried out, this is expected to keep {gain} relationships alive that would lapse otherwise."),
            format!("Wer das tut, hält voraussichtlich {gain} Beziehungen am Leben, die sonst verfielen."),
        )
    } else if !view.problems.is_empty() {
        lang.pick("No plan could be made.", "Es ließ sich kein Plan machen.").to_owned()
    } else if view.is_empty {
        lang.pick("There is nobody to plan for yet.", "Es gibt noch niemanden zu planen.")
            .to_owned()
    } else if 0 < view.left_out.time {
        lang.pick("There is no time left this week.", "Diese Woche ist keine Zeit mehr.").to_owned()
    } else {
        lang.pick(
            "Nothing to do: nobody is about to lapse whom a contact would keep.",
            "Nichts zu tun: niemand droht zu verfallen, den ein Kontakt hielte.",
        )
        .to_owned()
    }
}

fn done(view: &WeekView, lang: Lang) -> String {
    if view.done_minutes <= 0.0 {
        return String::new();
    }
    let done = lang.number(view.done_minutes);
    lang.pick(format!(", {done} done already"), format!(", {done} schon getan"))
}

pub(super) fn print_line(page: &mut Page, line: &PlanLineView, lang: Lang) {
    let number = format!("{:>2}", line.line);
    let minutes = format!("{} min", lang.number(line.minutes));
    let due = line.due.as_deref().map_or_else(String::new, |due| {
        let due = lang.shown(due);
        lang.pick(format!(", by {due}"), format!(", bis {due}"))
    });
    let handle = line.handle.as_deref().filter(|handle| *handle != line.name);
    let handle = handle.map_or_else(String::new, |handle| format!("  {handle}"));
    let name = cut(&line.name, 40);
    let gap = " ".repeat(34_usize.saturating_sub(columns(&name)).max(2));
    let name = page.look(Look::Strong, &name);
    let look = if line.owed { Look::Warn } else { Look::Plain };
    page.line(format!("{number}  {name}{gap}{}{}", line.platform, page.look(Look::Faint, &handle)));
    let first = line.not_before.as_deref().map_or_else(String::new, |day| {
        let day = lang.shown(day);
        lang.pick(format!(", from {day}"), format!(", ab {day}"))
    });
    let member = line.member.as_deref().map_or_else(String::new, |member| format!(", {member}"));
    page.prose(look, 4, &format!("{} ({minutes}{first}{due}{member})", line.what));
    page.prose(Look::Plain, 4, &line.why);
    page.prose(Look::Faint, 4, &line.facts);
}

pub(super) fn left_out(page: &mut Page, left: LeftOutView, lang: Lang) {
    if let Some(text) = told_left_out(left, lang) {
        page.prose(Look::Faint, 0, &text);
    }
}

/// Says how many proposals were left out and why; `None` if none was.
pub(crate) fn told_left_out(left: LeftOutView, lang: Lang) -> Option<String> {
    let reasons = [
        (left.time, lang.pick("for lack of time", "aus Zeitmangel")),
        (left.dormant, lang.pick("silent for too long", "zu lange still")),
        (left.cooldown, lang.pick("contacted lately", "kürzlich kontaktiert")),
        (left.same_party, lang.pick("with a better proposal", "mit besserem Vorschlag")),
        (left.unanswered, lang.pick("not answering", "ohne Antwort geblieben")),
        (left.later, lang.pick("for later", "für später")),
        (left.never, lang.pick("never to be contacted", "nie zu kontaktieren")),
        (left.norm, lang.pick("beyond the platform's limits", "über den Grenzen der Plattform")),
    ];
    let words: Vec<String> =
        reasons.iter().filter(|(n, _)| 0 < *n).map(|(n, reason)| format!("{n} {reason}")).collect();
    (!words.is_empty())
        .then(|| format!("{}: {}.", lang.pick("Left out", "Nicht dabei"), words.join(", ")))
}
