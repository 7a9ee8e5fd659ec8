//! `rin plan`: a plan over weeks, and the files that a plan goes into.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use rin_app::{
    Lang, MatchRequest, MatchView, Minutes, OnlyView, PlanExport, PlanPolicy, PlanRequest,
    PlanView, PlanWeekView, Reach, Session, SessionError, parse_filter,
};

use super::week::{left_out, print_line};
use crate::{
    args::{Plan, PlanHow},
    environment::Context,
    error::Error,
    output::{Look, Page, show},
};

/// How many weeks are planned if nobody says.
const WEEKS: u32 = 6;

/// Makes and prints a plan. Exit code 3 if some platform could not be planned for.
pub(crate) fn run(args: &Plan, context: &Context) -> Result<ExitCode, Error> {
    check_targets(&args.how)?;
    let (mut session, lang) = context.open()?;
    let now = context.now()?;
    let weeks = Reach::Weeks(args.weeks.unwrap_or(WEEKS));
    let policy = PlanPolicy::ALL.into_iter().find(|policy| policy.name() == args.policy);
    let view = session.plan(&PlanRequest {
        now,
        reach: args.days.map_or(weeks, Reach::Days),
        minutes: args.minutes.map(Minutes::new),
        policy: policy.unwrap_or_default(),
        seed: args.how.seed,
        is_fresh: args.how.fresh,
        is_trial: args.how.dry_run,
        lang,
    })?;
    let view = match matching(args.how.filter.as_deref(), (&session, context), lang)? {
        Some(matching) => view.only(&matching),
        None => view,
    };
    let written = write(&args.how, &view.export(now, lang))?;
    show(context, &view, |page| {
        print(page, &view, lang);
        say_written(page, &written, lang);
    })?;
    Ok(if view.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Returns whom what is shown is about; `None` without a filter.
pub(super) fn matching(
    filter: Option<&str>,
    (session, context): (&Session, &Context),
    lang: Lang,
) -> Result<Option<MatchView>, Error> {
    let Some(text) = filter else { return Ok(None) };
    let request = MatchRequest { filter: parse_filter(text)?, now: context.now()?, lang };
    Ok(Some(session.matching(&request)?))
}

/// Says what a filter has taken out of a plan.
pub(super) fn say_only(page: &mut Page, only: Option<&OnlyView>, lang: Lang) {
    let Some(only) = only else { return };
    say_taken_out(page, only, &told_only(only, lang));
}

/// Says what a filter has taken out, in these words, and what is to know about it.
pub(super) fn say_taken_out(page: &mut Page, only: &OnlyView, text: &str) {
    page.prose(Look::Faint, 0, text);
    for remark in &only.remarks {
        page.prose(Look::Warn, 0, remark);
    }
}

/// Says how many lines a filter has taken out.
pub(crate) fn told_only(OnlyView { filter, hidden, .. }: &OnlyView, lang: Lang) -> String {
    lang.pick(
        format!("Only {filter}: {hidden} lines of the plan are not shown; minutes are those of the whole."),
        format!("Nur {filter}: {hidden} Zeilen des Plans sind nicht gezeigt; die Minuten sind die des ganzen."),
    )
}

/// Refuses a filter that is none, and to write over what no earlier plan wrote, before anything is made.
pub(super) fn check_targets(how: &PlanHow) -> Result<(), Error> {
    how.filter.as_deref().map(parse_filter).transpose()?;
    let files = [
        (&how.ics, "BEGIN:VCALENDAR", "a calendar"),
        (&how.csv, "line,day,member", "a table of a plan"),
        (&how.markdown, "# Plan", "a plan in Markdown"),
    ];
    for (path, begin, what) in files {
        let Some(path) = path else { continue };
        let failed = |source| SessionError::File { what: "write", path: path.clone(), source };
        match fs::read(path) {
            Ok(there) if there.is_empty() || there.starts_with(begin.as_bytes()) => {}
            Ok(_) => {
                let what =
                    format!("there is another file, and it is not {what}: give another name");
                Err(failed(io::Error::new(io::ErrorKind::AlreadyExists, what)))?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => Err(failed(error))?,
        }
    }
    Ok(())
}

/// Writes the files asked for, and returns them.
pub(super) fn write(how: &PlanHow, export: &PlanExport<'_>) -> Result<Vec<PathBuf>, Error> {
    let mut written = Vec::new();
    let mut write = |path: &Option<PathBuf>, text: &dyn Fn() -> String| {
        let Some(path) = path else { return Ok(()) };
        let failed = |source| SessionError::File { what: "write", path: path.clone(), source };
        fs::write(path, text()).map_err(failed)?;
        written.push(path.clone());
        Ok::<(), SessionError>(())
    };
    write(&how.ics, &|| export.ics())?;
    write(&how.csv, &|| export.csv())?;
    write(&how.markdown, &|| export.markdown())?;
    Ok(written)
}

/// Says which files were written.
pub(super) fn say_written(page: &mut Page, written: &[PathBuf], lang: Lang) {
    for path in written.iter().map(|path| Path::display(path)) {
        page.line(lang.pick(format!("Written: {path}"), format!("Geschrieben: {path}")));
    }
}

fn print(page: &mut Page, view: &PlanView, lang: Lang) {
    let (start, end) = (lang.shown(&view.start), lang.shown(&view.end));
    let title = lang.pick(format!("Plan {start} to {end}"), format!("Plan {start} bis {end}"));
    let minutes = lang.number(view.planned_minutes);
    let spent = lang.pick(format!("{minutes} minutes"), format!("{minutes} Minuten"));
    page.line(format!("{}   {spent}", page.look(Look::Strong, &title)));
    about(page, view, lang);
    for norm in &view.own_norms {
        page.prose(Look::Faint, 0, norm);
    }
    say_only(page, view.only.as_ref(), lang);
    for problem in &view.problems {
        page.prose(Look::Bad, 0, &format!("! {problem}"));
    }
    for week in &view.weeks {
        page.gap();
        print_week(page, week, lang);
    }
    page.gap();
    sum(page, view, lang);
    let next = lang.pick("Next", "Weiter");
    if view.plan.is_none() && view.weeks.iter().any(|week| !week.lines.is_empty()) {
        let text = lang.pick(
            "Only looked at, not kept: done, later and never still mean the plan before.",
            "Nur angesehen, nicht behalten: done, later und never meinen weiter den Plan davor.",
        );
        page.prose(Look::Warn, 0, text);
    } else if view.is_empty {
        page.line(format!("{next}: rin import {}", lang.pick("PATH", "PFAD")));
    } else if view.plan.is_some() {
        page.line(format!(
            "{next}: rin done 1   rin later 2   rin never 3   rin plan --ics plan.ics"
        ));
    }
}

/// Says whose time it is, by what it is ordered and as of when.
fn about(page: &mut Page, view: &PlanView, lang: Lang) {
    let team = view.team.iter().filter(|member| !member.name.is_empty()).map(|member| {
        let (planned, week) =
            (lang.number(member.planned_minutes), lang.number(member.minutes_per_week));
        lang.pick(
            format!("{} {planned} min of {week} a week", member.name),
            format!("{} {planned} min bei {week} je Woche", member.name),
        )
    });
    let team: Vec<String> = team.collect();
    if let Some(programme) = &view.programme {
        let text =
            format!("{}: {programme}; {}", lang.pick("Programme", "Programm"), team.join(", "));
        page.prose(Look::Plain, 0, &text);
    }
    if view.policy != PlanPolicy::default().name() {
        let text = lang.pick(
            format!("Ordered as {} would, not by what it changes.", view.policy),
            format!("Geordnet wie bei {}, nicht danach, was es ändert.", view.policy),
        );
        page.prose(Look::Warn, 0, &text);
    }
    if let Some(until) = view.covered_until.as_deref().map(|day| lang.shown(day)) {
        let text = lang.pick(
            format!("Figures as of {until}, where the exports end; later weeks as they are likeliest to be by then."),
            format!("Stand {until}, dort enden die Exporte; spätere Wochen so, wie es dann am ehesten steht."),
        );
        page.prose(Look::Faint, 0, &text);
    }
    if view.is_stale {
        let text = lang.pick(
            "The exports are over a month old: everything below is as of then. Import newer ones.",
            "Die Exporte sind über einen Monat alt: alles Folgende gilt für damals. Neuere importieren.",
        );
        page.prose(Look::Warn, 0, text);
    }
}

fn print_week(page: &mut Page, week: &PlanWeekView, lang: Lang) {
    let (start, end) = (lang.shown(&week.start), lang.shown(&week.end));
    let title = lang.pick(format!("Week {start} to {end}"), format!("Woche {start} bis {end}"));
    let minutes = lang.number(week.planned_minutes);
    let spent = lang.pick(format!("{minutes} minutes"), format!("{minutes} Minuten"));
    page.line(format!("{}   {spent}", page.look(Look::Strong, &title)));
    let mut day = "";
    for line in &week.lines {
        if line.day != day {
            day = &line.day;
            page.gap();
            page.line(format!("  {}", page.look(Look::Strong, &lang.shown(day))));
        }
        print_line(page, line, lang);
        // What may well come otherwise says so.
        if line.likelihood < 0.9 {
            let share = Lang::percent(line.likelihood);
            let text = lang.pick(
                format!("Things stand so by then with a probability of {share}."),
                format!("So steht es bis dahin mit einer Wahrscheinlichkeit von {share}."),
            );
            page.prose(Look::Faint, 4, &text);
        }
    }
    left_out(page, week.left_out, lang);
}

/// Says what the plan brings, or that there is none.
fn sum(page: &mut Page, view: &PlanView, lang: Lang) {
    let gain = lang.number(view.gain);
    let text = if view.weeks.iter().any(|week| !week.lines.is_empty()) {
        lang.pick(
            format!("Carried out, this is expected to keep {gain} relationships alive that would lapse otherwise."),
            format!("Wer das tut, hält voraussichtlich {gain} Beziehungen am Leben, die sonst verfielen."),
        )
    } else if !view.problems.is_empty() {
        lang.pick("No plan could be made.", "Es ließ sich kein Plan machen.").to_owned()
    } else if view.is_empty {
        lang.pick("There is nobody to plan for yet.", "Es gibt noch niemanden zu planen.")
            .to_owned()
    } else {
        lang.pick(
            "Nothing to do: there is no time, or nobody whom a contact would keep.",
            "Nichts zu tun: es ist keine Zeit da, oder niemand, den ein Kontakt hielte.",
        )
        .to_owned()
    };
    page.prose(Look::Plain, 0, &text);
}
