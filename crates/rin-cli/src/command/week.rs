//! `rin week`: this week's plan.

use rin_app::{Lang, Minutes, WeekLine, WeekRequest, WeekView};

use crate::{
    args::Week,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::columns},
};

/// Makes and prints this week's plan.
pub(crate) fn run(args: &Week, context: &Context) -> Result<(), Error> {
    let (mut session, lang) = context.open()?;
    let view = session.week(&WeekRequest {
        now: context.now()?,
        minutes: args.minutes.map(Minutes::new),
        seed: args.seed,
        lang,
    })?;
    show(context, &view, |page| print(page, &view, lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &WeekView, lang: Lang) {
    let (start, end) = (&view.start, &view.end);
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
    if let Some(until) = &view.covered_until {
        page.line(page.look(
            Look::Faint,
            &lang.pick(
                format!("Figures as of {until}, where the exports end."),
                format!("Stand {until}, dort enden die Exporte."),
            ),
        ));
    }
    for problem in &view.problems {
        page.line(page.look(Look::Bad, &format!("! {problem}")));
    }
    for line in &view.lines {
        page.gap();
        print_line(page, line, lang);
    }
    page.gap();
    if view.lines.is_empty() {
        page.line(lang.pick(
            "Nothing to do: nobody is about to lapse whom a contact would keep.",
            "Nichts zu tun: niemand droht zu verfallen, den ein Kontakt hielte.",
        ));
    } else {
        let gain = lang.number(view.gain);
        page.line(lang.pick(
            format!("Carried out, this keeps {gain} more relationships alive than doing nothing."),
            format!("Ausgeführt hält das {gain} Beziehungen mehr am Leben als nichts zu tun."),
        ));
    }
    left_out(page, view, lang);
    if !view.lines.is_empty() {
        page.line(format!(
            "{}: rin done 1   rin later 2   rin never 3",
            lang.pick("Next", "Weiter")
        ));
    }
}

fn done(view: &WeekView, lang: Lang) -> String {
    if view.done_minutes <= 0.0 {
        return String::new();
    }
    let done = lang.number(view.done_minutes);
    lang.pick(format!(", {done} done already"), format!(", {done} schon getan"))
}

fn print_line(page: &mut Page, line: &WeekLine, lang: Lang) {
    let number = format!("{:>2}", line.line);
    let minutes = format!("{} min", lang.number(line.minutes));
    let due = line
        .due
        .as_ref()
        .map_or_else(String::new, |due| lang.pick(format!(", by {due}"), format!(", bis {due}")));
    let handle = line.handle.as_deref().filter(|handle| *handle != line.name);
    let handle = handle.map_or_else(String::new, |handle| format!("  {handle}"));
    let name = page.look(Look::Strong, &line.name);
    let gap = " ".repeat(30_usize.saturating_sub(columns(&line.name)).max(1));
    let look = if line.owed { Look::Warn } else { Look::Plain };
    let what = page.look(look, &format!("{} ({minutes}{due})", line.what));
    page.line(format!("{number}  {name}{gap}{}{}", line.platform, page.look(Look::Faint, &handle)));
    page.line(format!("    {what}"));
    page.line(format!("    {}", line.why));
    page.line(page.look(Look::Faint, &format!("    {}", line.facts)));
}

fn left_out(page: &mut Page, view: &WeekView, lang: Lang) {
    let left = view.left_out;
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
    if !words.is_empty() {
        let text = format!("{}: {}.", lang.pick("Left out", "Nicht dabei"), words.join(", "));
        page.line(page.look(Look::Faint, &text));
    }
}
