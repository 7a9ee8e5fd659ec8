//! `rin backtest`: which forecast to believe on one's own past.

use std::path::Path;

use jiff::tz::TimeZone;
use rin_app::{
    BacktestModelView, BacktestPartView, BacktestRequest, BacktestView, ComparedView, Lang,
    SessionError, backtest_file, parse_moment,
};

use crate::{
    args::Backtest,
    environment::Context,
    error::Error,
    output::{
        Look, Page,
        progress::Parts,
        show,
        table::{Grid, columns, cut},
    },
    picture,
};

/// Tests, draws the picture if one was asked for, and prints what was found.
pub(crate) fn run(args: &Backtest, context: &Context) -> Result<(), Error> {
    let lang = context.lang;
    if let Some(path) = &args.svg {
        picture::check_target(path)?;
    }
    // A cut is the start of a UTC day, whatever zone the user lives in.
    let cuts = args.cut.iter().map(|text| parse_moment(text, &TimeZone::UTC));
    let request = BacktestRequest {
        horizon_days: args.horizon,
        cuts: cuts.collect::<Result<_, _>>()?,
        egos: args.ego.clone(),
        platform: args.platform.clone(),
        replicates: args.replicates,
        seed: args.seed,
        now: context.now()?,
        lang,
    };
    let parts = Parts::new(context);
    let mut progress = |done, total| parts.done(done, total);
    let view = match &args.file {
        Some(file) => backtest_file(file, &request, &mut progress).map_err(SessionError::from)?,
        None => context.open()?.0.backtest(&request, &mut progress)?,
    };
    drop(parts);
    if let Some(path) = &args.svg {
        picture::write(path, &picture::draw(&view, lang))?;
    }
    show(context, &view, |page| print(page, &view, args.svg.as_deref(), lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &BacktestView, svg: Option<&Path>, lang: Lang) {
    for sentence in &view.verdict {
        page.prose(if view.is_enough { Look::Strong } else { Look::Warn }, 0, sentence);
    }
    page.gap();
    print_source(page, view, lang);
    page.gap();
    print_models(page, view, lang);
    page.gap();
    print_reliability(page, view, lang);
    for part in &view.platforms {
        page.gap();
        print_part(page, part, lang);
    }
    for note in &view.notes {
        page.prose(Look::Faint, 0, note);
    }
    if let Some(path) = svg {
        page.line(format!("{}: {}", lang.pick("Picture", "Bild"), path.display()));
    }
}

/// Says what was looked back at, from where and how far ahead.
fn print_source(page: &mut Page, view: &BacktestView, lang: Lang) {
    let source = &view.source;
    let day = |day: &Option<String>| day.as_deref().map(|day| lang.shown(day)).unwrap_or_default();
    let (first, last) = (day(&source.first), day(&source.last));
    let (n, pairs) = (source.interactions, source.pairs);
    page.prose(
        Look::Plain,
        0,
        &lang.pick(
            format!(
                "{n} interactions of {pairs} {}, {first} to {last}: {}",
                if pairs == 1 { "pair" } else { "pairs" },
                source.name
            ),
            format!("{n} Interaktionen von {pairs} Paaren, {first} bis {last}: {}", source.name),
        ),
    );
    let cuts: Vec<String> = view.cuts.iter().map(|cut| lang.shown(&cut.day)).collect();
    let cuts = cuts.join(", ");
    let (ties, contacts, days) = (view.ties, view.contacts, lang.number(view.horizon.days));
    page.prose(
        Look::Plain,
        0,
        &lang.pick(
            format!("Looked back at {cuts}: {ties} times a tie as it stood then, {contacts} of them with contact within {days} days after."),
            format!("Zurückgeblickt von {cuts}: {ties}-mal eine Beziehung, wie sie damals stand, {contacts} davon mit Kontakt binnen {days} Tagen danach."),
        ),
    );
    if !view.horizon.is_asked {
        page.prose(Look::Faint, 0, &view.horizon.why);
    }
}

/// How many columns the table of forecasts has.
const COLUMNS: usize = 8;
/// Columns that a narrow terminal does without, the first one first.
const DROPPED: [usize; 5] = [7, 6, 5, 2, 4];

/// Cells of one row of the table.
type Cells = [(Look, String); COLUMNS];

fn print_models(page: &mut Page, view: &BacktestView, lang: Lang) {
    let models = &view.models;
    // A log of many people's ties is also judged within each one's, for that is how a list of names is read.
    let is_everybody = view.source.kind == "file" && view.source.egos.is_empty();
    let (second, title) = if is_everybody {
        ("auc per ego", lang.pick("per person", "je Person"))
    } else {
        ("auc recent", lang.pick("AUC recent", "AUC zuletzt"))
    };
    let titles = [
        "",
        "AUC",
        lang.pick("95 % interval", "95-%-Bereich"),
        lang.pick("against Rin", "gegen Rin"),
        lang.pick("warned", "gewarnt"),
        title,
        "Brier",
        lang.pick("off by", "daneben"),
    ];
    let mut rows = vec![titles.map(|word| (Look::Faint, word.to_owned()))];
    rows.extend(models.iter().map(|model| cells(model, second, lang)));
    let kept = fitting(page.width(), &rows);
    let mut grid = Grid::default();
    for row in rows {
        let cells = row.into_iter().enumerate().filter(|(column, _)| kept.contains(column));
        grid.row(cells.map(|(_, cell)| cell));
    }
    grid.print(page, 0);
    if let Some(model) = models.first() {
        let lapses = model.warnings.lapses;
        let text = lang.pick(
            format!("AUC: how often the right one of two ties was named; ≈: may be chance. Warned: of {lapses} lapses. Off by: how far percentages lie from what came."),
            format!("AUC: wie oft von zwei Beziehungen die richtige genannt wurde; ≈: kann Zufall sein. Gewarnt: vor {lapses} Abbrüchen. Daneben: wie weit Prozente vom Eingetroffenen liegen."),
        );
        page.prose(Look::Faint, 0, &text);
    }
}

/// Returns the columns that the terminal has room for; name, AUC and comparison are always shown.
fn fitting(width: usize, rows: &[Cells]) -> Vec<usize> {
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|(_, text)| columns(text)).max().unwrap_or_default()
    };
    let mut kept: Vec<usize> = (0..COLUMNS).collect();
    for dropped in DROPPED {
        let needed: usize = kept.iter().map(|column| widest(*column) + 2).sum();
        if needed <= width + 2 {
            break;
        }
        kept.retain(|column| *column != dropped);
    }
    kept
}

fn cells(model: &BacktestModelView, second: &str, lang: Lang) -> Cells {
    let value = |name: &str| {
        let value = model.metric(name).and_then(|metric| metric.value);
        value.map_or_else(|| "–".to_owned(), |value| fixed(value, lang))
    };
    let is_reference = model.name == "rin";
    let mark = if is_reference { "▸ " } else { "  " };
    let look = if is_reference { Look::Strong } else { Look::Plain };
    let auc = model.metric("auc");
    let interval = auc.and_then(|auc| auc.interval).map_or_else(String::new, |interval| {
        format!("{} – {}", fixed(interval.low, lang), fixed(interval.high, lang))
    });
    let compared = auc.and_then(|auc| auc.compared);
    [
        (look, format!("{mark}{}", cut(&model.label, 24))),
        (look, value("auc")),
        (look, interval),
        compared.map_or_else(|| (Look::Plain, String::new()), |one| against(one, lang)),
        (look, format!("{:.0}", model.warnings.hits)),
        (look, value(second)),
        (look, value("brier")),
        (look, value("calibration error")),
    ]
}

/// Says how a forecast compares with ours.
fn against(compared: ComparedView, lang: Lang) -> (Look, String) {
    let by =
        format!("{}{}", if compared.by < 0.0 { "−" } else { "+" }, fixed(compared.by.abs(), lang));
    match compared.is {
        "better" => (Look::Warn, format!("{by} {}", lang.pick("better", "besser"))),
        "worse" => (Look::Plain, format!("{by} {}", lang.pick("worse", "schlechter"))),
        _ => (Look::Faint, format!("{by} ≈")),
    }
}

/// Shows what ours said beside what came of it.
fn print_reliability(page: &mut Page, view: &BacktestView, lang: Lang) {
    let Some(ours) = view.models.iter().find(|model| model.name == view.reference) else { return };
    let mut grid = Grid::default();
    let titles = [
        lang.pick("Rin said", "Rin sagte"),
        lang.pick("came", "kam"),
        lang.pick("chance allows", "Zufall erlaubt"),
        lang.pick("ties", "Beziehungen"),
    ];
    grid.row(titles.map(|word| (Look::Faint, word.to_owned())));
    for row in &ours.reliability {
        let (low, high) = (row.interval.low, row.interval.high);
        let is_inside = low <= row.predicted && row.predicted <= high;
        grid.row([
            (Look::Plain, lang.share(row.predicted)),
            (if is_inside { Look::Good } else { Look::Warn }, lang.share(row.observed)),
            (Look::Faint, format!("{} – {}", lang.share(low), lang.share(high))),
            (Look::Plain, row.ties.to_string()),
        ]);
    }
    grid.print(page, 0);
    if let Some(counts) = &ours.counts {
        let (expected, actual) = (lang.number(counts.expected), lang.number(counts.actual));
        let covered = Lang::percent(counts.covered);
        page.prose(
            Look::Plain,
            0,
            &lang.pick(
                format!("Interactions of a tie: {expected} expected, {actual} came; {covered} of the numbers lay in the interval given, which is to hold 90 %."),
                format!("Interaktionen einer Beziehung: {expected} erwartet, {actual} kamen; {covered} der Zahlen lagen im genannten Bereich, der 90 % fassen soll."),
            ),
        );
    }
}

fn print_part(page: &mut Page, part: &BacktestPartView, lang: Lang) {
    let platform = page.look(Look::Strong, &part.platform);
    if let Some(problem) = &part.problem {
        page.line(platform);
        page.prose(Look::Faint, 2, problem);
        return;
    }
    let days = part.horizon.as_ref().map_or(0.0, |horizon| horizon.days);
    let (ties, days) = (part.ties, lang.number(days));
    page.line(lang.pick(
        format!("{platform}  {ties} ties, {days} days ahead"),
        format!("{platform}  {ties} Beziehungen, {days} Tage voraus"),
    ));
    for sentence in &part.verdict {
        page.prose(Look::Plain, 2, sentence);
    }
}

/// Returns a number with three decimals and the language's own separator.
fn fixed(number: f64, lang: Lang) -> String {
    let text = format!("{number:.3}");
    lang.pick(text.clone(), text.replace('.', ","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_terminal_shows_who_is_better_before_by_how_much_it_may_be_off() {
        let row: Cells =
            ["▸ Rin", "0.934", "0.907 – 0.956", "−0.003 worse", "605", "0.9", "0.1", "0.0"]
                .map(|text| (Look::Plain, text.to_owned()));
        assert_eq!(fitting(100, std::slice::from_ref(&row)), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(fitting(54, std::slice::from_ref(&row)), [0, 1, 2, 3, 4, 5]);
        assert_eq!(fitting(36, std::slice::from_ref(&row)), [0, 1, 3, 4]);
        assert_eq!(fitting(10, &[row]), [0, 1, 3]);
    }
}
