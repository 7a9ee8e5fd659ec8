//! `rin campaign report`: what a campaign brought.

use std::path::Path;

use rin_app::{AliveView, BasketView, CampaignReportRequest, CampaignReportView, Lang, SeriesView};

use super::picture_file;
use crate::{
    args::ReportCampaign,
    environment::Context,
    error::Error,
    output::{Look, Page, show, table::Grid},
    picture::lives,
};

/// Names that are listed of those in the basket for whom nothing is planned.
const NAMES: usize = 12;

/// Reports, draws the picture if one was asked for, and prints what was found.
pub(crate) fn run(args: &ReportCampaign, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    if let Some(path) = &args.svg {
        picture_file::check_target(path)?;
    }
    let (mut session, _) = context.open()?;
    let request = CampaignReportRequest { name: args.name.clone(), now: context.now()?, lang };
    let view = session.campaign_report(&request)?;
    if let Some(path) = &args.svg {
        picture_file::write(path, &lives::draw(&view, lang))?;
    }
    show(context, &view, |page| print(page, &view, args.svg.as_deref(), lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &CampaignReportView, svg: Option<&Path>, lang: Lang) {
    let (from, until) = (lang.shown(&view.from), lang.shown(&view.until));
    page.line(format!("{}  {from} – {until}", page.look(Look::Strong, &view.name)));
    for (sentence, answer) in view.verdict.iter().zip([&view.lasting, &view.influx]) {
        let look = match answer.is {
            "better" => Look::Good,
            "worse" => Look::Bad,
            _ => Look::Warn,
        };
        page.prose(look, 0, sentence);
    }
    page.gap();
    print_lives(page, view, lang);
    page.gap();
    for series in [&view.new_ties, &view.interactions] {
        print_series(page, series, lang);
    }
    page.gap();
    print_cost(page, view, lang);
    if let Some(basket) = &view.basket {
        page.gap();
        print_basket(page, basket, lang);
    } else {
        page.prose(
            Look::Faint,
            0,
            lang.pick(
                "Who was never tended is not known: the sources do not show what you did.",
                "Wer nie gepflegt wurde, ist nicht bekannt: Die Quellen zeigen nicht, was du tatest.",
            ),
        );
    }
    for note in &view.notes {
        page.prose(Look::Faint, 0, note);
    }
    if let Some(path) = svg {
        page.line(format!("{}: {}", lang.pick("Picture", "Bild"), path.display()));
    }
}

/// Shows how many of both groups are there after so many days.
fn print_lives(page: &mut Page, view: &CampaignReportView, lang: Lang) {
    let mut grid = Grid::default();
    let titles = [
        lang.pick("alive after", "noch da nach"),
        lang.pick("won by it", "gewonnen"),
        lang.pick("otherwise", "sonst"),
        lang.pick("forecast", "Vorhersage"),
        lang.pick("otherwise", "sonst"),
    ];
    grid.row(titles.map(|word| (Look::Faint, word.to_owned())));
    for (won, otherwise) in view.won.alive.iter().zip(&view.otherwise.alive) {
        grid.row([
            (Look::Plain, lang.pick(format!("{} days", won.days), format!("{} Tagen", won.days))),
            (Look::Strong, seen(won, lang)),
            (Look::Plain, seen(otherwise, lang)),
            (Look::Plain, forecast(won, lang)),
            (Look::Plain, forecast(otherwise, lang)),
        ]);
    }
    grid.row([
        (Look::Faint, lang.pick("ties", "Beziehungen").to_owned()),
        (Look::Faint, view.won.ties.to_string()),
        (Look::Faint, view.otherwise.ties.to_string()),
    ]);
    grid.print(page, 0);
    if let Some(one) = view.hazard {
        let (value, low, high) =
            (lang.number(one.value), lang.number(one.low), lang.number(one.high));
        page.prose(
            Look::Plain,
            0,
            &lang.pick(
                format!("They end {value} times as fast as others ({low} to {high})."),
                format!("Sie enden {value}-mal so schnell wie andere ({low} bis {high})."),
            ),
        );
    }
    if let Some(one) = view.mean {
        let is_longer = 0.0 <= one.difference;
        let (difference, days) = (lang.number(one.difference.abs()), lang.number(one.within_days));
        let (low, high) = (lang.number(one.low), lang.number(one.high));
        let than = if is_longer { ("longer", "länger") } else { ("shorter", "kürzer") };
        page.prose(Look::Plain, 0, &lang.pick(
            format!("Within {days} days they live {difference} days {} on average (difference {low} to {high}).", than.0),
            format!("Binnen {days} Tagen leben sie im Mittel {difference} Tage {} (Unterschied {low} bis {high}).", than.1),
        ));
    }
}

fn seen(one: &AliveView, lang: Lang) -> String {
    range(one.share, one.share_low, one.share_high, lang)
}

fn forecast(one: &AliveView, lang: Lang) -> String {
    range(one.forecast, one.forecast_low, one.forecast_high, lang)
}

/// Shows a share with its interval, or a dash where nothing is known.
fn range(share: Option<f64>, low: Option<f64>, high: Option<f64>, lang: Lang) -> String {
    let shown = share.zip(low).zip(high).map(|((share, low), high)| {
        format!("{} ({:.0}–{:.0})", lang.share(share), 100.0 * low, 100.0 * high)
    });
    shown.unwrap_or_else(|| "–".to_owned())
}

fn print_series(page: &mut Page, series: &SeriesView, lang: Lang) {
    let what = match series.counted {
        "new ties" => lang.pick("New ties a week", "Neue Beziehungen die Woche"),
        "received" => {
            lang.pick("Interactions received a week", "Erhaltene Interaktionen die Woche")
        }
        _ => lang.pick("Interactions a week", "Interaktionen die Woche"),
    };
    if let Some(problem) = &series.problem {
        page.prose(Look::Faint, 0, &format!("{what}: {problem}"));
        return;
    }
    let number = |value: Option<f64>| value.map(|value| lang.number(value)).unwrap_or_default();
    let (seen, expected) = (number(series.seen), number(series.expected));
    let during = series.during.map(|one| {
        format!("{} ({} – {})", lang.number(one.value), lang.number(one.low), lang.number(one.high))
    });
    let during = during.unwrap_or_default();
    let control = if series.has_control {
        lang.pick(", other platforms taken into account", ", andere Plattformen berücksichtigt")
    } else {
        ""
    };
    page.prose(
        Look::Plain,
        0,
        &lang.pick(
            format!("{what}: {seen}, to be expected {expected}{control}; difference {during}."),
            format!("{what}: {seen}, zu erwarten {expected}{control}; Unterschied {during}."),
        ),
    );
    if let Some(after) = series.after {
        let (value, low, high) =
            (lang.number(after.value), lang.number(after.low), lang.number(after.high));
        page.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("In the half-year after: {value} ({low} – {high})."),
                format!("Im halben Jahr danach: {value} ({low} – {high})."),
            ),
        );
    }
}

fn print_cost(page: &mut Page, view: &CampaignReportView, lang: Lang) {
    let cost = &view.cost;
    let Some(minutes) = cost.minutes else {
        page.prose(
            Look::Faint,
            0,
            lang.pick(
                "What it cost is not written down: rin campaign end keeps it.",
                "Was sie kostete, ist nicht aufgeschrieben: rin campaign end hält es fest.",
            ),
        );
        return;
    };
    let mut grid = Grid::default();
    let cell = |value: Option<f64>| {
        (Look::Plain, value.map_or_else(|| "–".to_owned(), |value| lang.number(value)))
    };
    grid.row([
        (Look::Faint, String::new()),
        (Look::Faint, lang.pick("minutes", "Minuten").to_owned()),
        (Look::Faint, lang.pick("money", "Geld").to_owned()),
    ]);
    let rows = [
        (lang.pick("in all".to_owned(), "insgesamt".to_owned()), Some(minutes), cost.money),
        (
            lang.pick(
                format!("for each of {} won", view.won.ties),
                format!("je gewonnene von {}", view.won.ties),
            ),
            cost.minutes_per_won,
            cost.money_per_won,
        ),
        (
            lang.pick(
                format!("for each of {} alive", view.alive),
                format!("je lebende von {}", view.alive),
            ),
            cost.minutes_per_alive,
            cost.money_per_alive,
        ),
    ];
    for (name, minutes, money) in rows {
        grid.row([(Look::Plain, name), cell(minutes), cell(money)]);
    }
    grid.print(page, 0);
}

/// Shows whom nobody has tended since the campaign ended, and what can be done.
fn print_basket(page: &mut Page, basket: &BasketView, lang: Lang) {
    let (ties, minutes) = (basket.ties, lang.number(basket.minutes));
    if ties == 0 {
        page.prose(
            Look::Good,
            0,
            lang.pick(
                "The basket is empty: everybody it won has been tended since.",
                "Der Korb ist leer: Alle, die sie gewann, wurden seither gepflegt.",
            ),
        );
        return;
    }
    page.prose(Look::Warn, 0, &lang.pick(
        format!("In the basket: {ties} of those it won have heard nothing from you since it ended. {} can be tended this week in {minutes} minutes:", basket.lines.len()),
        format!("Im Korb: {ties} der Gewonnenen haben seit ihrem Ende nichts von dir gehört. {} lassen sich diese Woche in {minutes} Minuten pflegen:", basket.lines.len()),
    ));
    let mut grid = Grid::default();
    for line in &basket.lines {
        let odds = format!("{} → {}", Lang::percent(line.alive), Lang::percent(line.alive_after));
        grid.row([
            (Look::Strong, line.name.clone()),
            (Look::Plain, line.platform.clone()),
            (
                Look::Plain,
                lang.pick(
                    format!("{} min", lang.number(line.minutes)),
                    format!("{} min", lang.number(line.minutes)),
                ),
            ),
            (Look::Plain, odds),
            (Look::Plain, line.what.clone()),
        ]);
    }
    grid.print(page, 2);
    if !basket.others.is_empty() {
        let names: Vec<&str> = basket.others.iter().take(NAMES).map(String::as_str).collect();
        let more = basket.others.len().saturating_sub(NAMES);
        let more = if more == 0 {
            String::new()
        } else {
            lang.pick(format!(" and {more} more"), format!(" und {more} weitere"))
        };
        let names = names.join(", ");
        page.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("No action is proposed this week for: {names}{more}."),
                format!("Diese Woche wird nichts vorgeschlagen für: {names}{more}."),
            ),
        );
    }
}
