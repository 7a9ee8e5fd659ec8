//! `rin exit`: what stopping costs, what a handover needs, what one's own pauses did.

use std::path::Path;

use rin_app::{
    Bundle, ExitHistoryRequest, ExitHistoryView, ExitRequest, ExitView, HandoverRequest,
    HandoverView, Key, Lang, LeftView, OnlyView, UpkeepView, parse_moment,
};

use super::{picture_file, plan};
use crate::{
    args::{Exit, ExitHistory, ExitSimulate, Handover},
    environment::Context,
    error::Error,
    output::{
        Look, Page, show,
        table::{Grid, cut},
    },
    picture,
};

/// Contacts of an upkeep that are listed.
const LISTED: usize = 12;

/// Does what was asked for.
pub(crate) fn run(exit: &Exit, context: &Context) -> Result<(), Error> {
    match exit {
        Exit::Simulate(args) => simulate(args, context),
        Exit::Handover(args) => handover(args, context),
        Exit::History(args) => history(args, context),
    }
}

fn simulate(args: &ExitSimulate, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    if let Some(path) = &args.svg {
        picture_file::check_target(path)?;
    }
    let day = |text: &String| parse_moment(text, &context.zone);
    let view = context.open()?.0.exit_simulate(&ExitRequest {
        platform: args.platform.clone(),
        from: day(&args.from)?,
        until: args.until.as_ref().map(day).transpose()?,
        keep: args.keep / 100.0,
        now: context.now()?,
        lang,
    })?;
    if let Some(path) = &args.svg {
        picture_file::write(path, &picture::exit::draw(&view, lang))?;
    }
    show(context, &view, |page| print_exit(page, &view, args.svg.as_deref(), lang))?;
    Ok(())
}

fn print_exit(page: &mut Page, view: &ExitView, svg: Option<&Path>, lang: Lang) {
    for sentence in &view.told {
        page.prose(Look::Strong, 0, sentence);
    }
    if 0 < view.ties {
        page.gap();
        print_points(page, view, lang);
    }
    if let Some(upkeep) = view.upkeep.as_ref().filter(|upkeep| !upkeep.touches.is_empty()) {
        page.gap();
        print_upkeep(page, upkeep, lang);
    }
    if !view.elsewhere.is_empty() {
        page.gap();
        print_elsewhere(page, view, lang);
    }
    page.gap();
    for sentence in &view.assumed {
        page.prose(Look::Faint, 0, sentence);
    }
    if let Some(path) = svg {
        page.line(format!("{}: {}", lang.pick("Picture", "Bild"), path.display()));
    }
}

fn print_points(page: &mut Page, view: &ExitView, lang: Lang) {
    let mut grid = Grid::default();
    let heading = lang.pick(
        ["date", "going on", "coming back", "never", "minutes to be back"],
        ["Datum", "weitermachen", "zurückkommen", "nie", "Minuten zum Aufholen"],
    );
    grid.row(heading.map(|word| (Look::Faint, word.to_owned())));
    for point in &view.points {
        let minutes = point.re_entry.minutes.map_or_else(
            || lang.pick("not with one contact each", "nicht mit je einem Kontakt").to_owned(),
            |minutes| format!("{minutes:.0}"),
        );
        grid.row([
            (Look::Plain, lang.shown(&point.date)),
            (Look::Good, left(&point.engaged)),
            (Look::Warn, left(&point.returned)),
            (Look::Bad, left(&point.silent)),
            (Look::Plain, minutes),
        ]);
    }
    grid.print(page, 0);
}

/// Returns a number with its interval: `12 (7–18)`.
fn left(view: &LeftView) -> String {
    format!("{:.0} ({:.0}–{:.0})", view.expected, view.range[0], view.range[1])
}

fn print_upkeep(page: &mut Page, upkeep: &UpkeepView, lang: Lang) {
    let title = lang.pick("Upkeep through the pause", "Pflege während der Pause");
    page.line(page.look(Look::Strong, title));
    let mut grid = Grid::default();
    for touch in upkeep.touches.iter().take(LISTED) {
        let minutes = lang.number(touch.minutes);
        grid.row([
            (Look::Plain, lang.shown(&touch.date)),
            (Look::Plain, cut(&touch.name, 32)),
            (Look::Faint, format!("{minutes} {}", lang.pick("minutes", "Minuten"))),
        ]);
    }
    grid.print(page, 2);
    let more = upkeep.touches.len().saturating_sub(LISTED);
    if 0 < more {
        let text =
            lang.pick(format!("and {more} more (--json)"), format!("und {more} weitere (--json)"));
        page.prose(Look::Faint, 2, &text);
    }
}

fn print_elsewhere(page: &mut Page, view: &ExitView, lang: Lang) {
    let title = lang.pick(
        "Meet them elsewhere first, in this order",
        "Zuerst anderswo treffen, in dieser Reihenfolge",
    );
    page.line(page.look(Look::Strong, title));
    let mut grid = Grid::default();
    for one in view.elsewhere.iter().take(LISTED) {
        let lost = Lang::percent(one.lost);
        grid.row([
            (Look::Plain, cut(&one.name, 32)),
            (Look::Plain, one.platforms.join(", ")),
            (
                Look::Faint,
                lang.pick(format!("lost otherwise: {lost}"), format!("sonst verloren: {lost}")),
            ),
        ]);
    }
    grid.print(page, 2);
}

fn handover(args: &Handover, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    let key = args
        .recipient
        .clone()
        .map(Key::Recipient)
        .or_else(|| args.passphrase_file.clone().map(Key::PassphraseFile));
    let bundle = args.bundle.clone().zip(key).map(|(path, key)| Bundle { path, key });
    let session = context.open()?.0;
    let only = plan::matching(args.filter.as_deref(), (&session, context), lang)?;
    let view = session.exit_handover(&HandoverRequest {
        from: args.from.clone(),
        to: args.to.clone(),
        bundle,
        now: context.now()?,
        lang,
    })?;
    let view = match &only {
        Some(only) => view.only(only),
        None => view,
    };
    show(context, &view, |page| print_handover(page, &view, lang))?;
    Ok(())
}

fn print_handover(page: &mut Page, view: &HandoverView, lang: Lang) {
    for sentence in &view.told {
        page.prose(
            if view.is_sound == Some(true) { Look::Strong } else { Look::Warn },
            0,
            sentence,
        );
    }
    if let Some(one) = &view.only {
        let OnlyView { filter, hidden, .. } = one;
        let text = lang.pick(
            format!("Only {filter}: {hidden} relationships are not shown; what is said above is of all of them."),
            format!("Nur {filter}: {hidden} Beziehungen sind nicht gezeigt; was oben steht, gilt für alle."),
        );
        plan::say_taken_out(page, one, &text);
    }
    for row in &view.ties {
        page.gap();
        let handle = row.handle.as_deref().map_or_else(String::new, |handle| format!("  {handle}"));
        page.line(format!(
            "{}{}",
            page.look(Look::Strong, &row.name),
            page.look(Look::Faint, &handle)
        ));
        page.prose(Look::Plain, 2, &row.why);
        if let Some(text) = &row.introduction {
            page.prose(Look::Plain, 2, text);
        }
    }
    if 0 < view.dormant {
        page.gap();
        let n = view.dormant;
        let text = lang.pick(
            format!("{n} more have been silent for over a year and are left out."),
            format!("{n} weitere sind seit über einem Jahr still und nicht aufgeführt."),
        );
        page.prose(Look::Faint, 0, &text);
    }
    if let Some(path) = &view.bundle {
        page.line(format!("{}: {path}", lang.pick("Encrypted list", "Verschlüsselte Liste")));
    }
}

fn history(args: &ExitHistory, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    let view = context.open()?.0.exit_history(&ExitHistoryRequest {
        platform: args.platform.clone(),
        least_days: args.days,
        now: context.now()?,
        lang,
    })?;
    show(context, &view, |page| print_history(page, &view, lang))?;
    Ok(())
}

fn print_history(page: &mut Page, view: &ExitHistoryView, lang: Lang) {
    for sentence in &view.told {
        page.prose(if view.is_few { Look::Warn } else { Look::Strong }, 0, sentence);
    }
    if view.gaps.is_empty() {
        return;
    }
    page.gap();
    let mut grid = Grid::default();
    let heading = lang.pick(
        ["from", "to", "at risk", "alive before", "alive after", "expected going on"],
        [
            "von",
            "bis",
            "Bestand",
            "davor lebendig",
            "danach lebendig",
            "beim Weitermachen erwartet",
        ],
    );
    grid.row(heading.map(|word| (Look::Faint, word.to_owned())));
    for gap in &view.gaps {
        grid.row([
            (Look::Plain, lang.shown(&gap.from)),
            (Look::Plain, lang.shown(&gap.to)),
            (Look::Plain, gap.ties.to_string()),
            (Look::Plain, gap.before.to_string()),
            (if gap.is_below { Look::Bad } else { Look::Plain }, gap.after.to_string()),
            (Look::Plain, left(&gap.expected)),
        ]);
    }
    grid.print(page, 0);
}
