//! `rin simulate policy`: which way of spending minutes keeps most ties alive.

use std::path::Path;

use rin_app::{
    EstimateView, Lang, Minutes, SessionError, SimulateRequest, SimulatedNetwork,
    SimulatedPolicyView, SimulationView, simulate_without_session,
};

use super::picture_file;
use crate::{
    args::SimulatePolicy,
    environment::Context,
    error::Error,
    output::{
        Look, Page,
        progress::Parts,
        show,
        table::{Grid, columns},
    },
    picture,
};

/// Lives through the years, draws the picture if one was asked for, and prints what came of it.
pub(crate) fn run(args: &SimulatePolicy, context: &Context) -> Result<(), Error> {
    if let Some(path) = &args.svg {
        picture_file::check_target(path)?;
    }
    let network = match (&args.file, args.generated) {
        (Some(path), _) => SimulatedNetwork::File(path.clone()),
        (None, Some(ties)) => SimulatedNetwork::Generated(ties as usize),
        (None, None) => SimulatedNetwork::Own,
    };
    let is_own = network == SimulatedNetwork::Own;
    let mut request = SimulateRequest {
        network,
        minutes: args.minutes.map(Minutes::new),
        minutes_a_touch: Minutes::new(args.touch),
        days: args.days,
        years: args.years,
        seed: args.seed,
        is_unequal: args.unequal,
        now: context.now()?,
        lang: context.lang,
    };
    let parts = Parts::new(context);
    let progress = |done, total| parts.done(done, total);
    let view = if is_own {
        let (session, lang) = context.open()?;
        request.lang = lang;
        session.simulate(&request, &progress)?
    } else {
        simulate_without_session(&request, &progress).map_err(SessionError::from)?
    };
    drop(parts);
    let lang = request.lang;
    if let Some(path) = &args.svg {
        picture_file::write(path, &picture::draw_policies(&view, lang))?;
    }
    show(context, &view, |page| print(page, &view, args.svg.as_deref(), lang))?;
    Ok(())
}

fn print(page: &mut Page, view: &SimulationView, svg: Option<&Path>, lang: Lang) {
    for sentence in &view.verdict {
        page.prose(Look::Strong, 0, sentence);
    }
    page.gap();
    print_source(page, view, lang);
    page.gap();
    print_policies(page, view, lang);
    page.gap();
    for note in &view.notes {
        page.prose(Look::Faint, 0, note);
    }
    if let Some(path) = svg {
        page.line(format!("{}: {}", lang.pick("Picture", "Bild"), path.display()));
    }
}

/// Says what was lived through, from when and how often.
fn print_source(page: &mut Page, view: &SimulationView, lang: Lang) {
    let (days, years) = (view.days, view.years);
    let start = lang.shown(&view.source.start);
    let (minutes, touch) = (lang.number(view.minutes_a_week), lang.number(view.minutes_a_touch));
    let text = lang.pick(
        format!("{days} days from {start} on, {years} times with other luck; {minutes} minutes a week, {touch} for a contact, the same tie at most every fortnight."),
        format!("{days} Tage ab {start}, {years}-mal mit anderem Glück; {minutes} Minuten je Woche, {touch} für einen Kontakt, dieselbe Beziehung höchstens alle zwei Wochen."),
    );
    page.prose(Look::Plain, 0, &text);
    if !view.source.name.is_empty() {
        page.prose(Look::Faint, 0, &view.source.name);
    }
}

/// How many columns the table has.
const COLUMNS: usize = 5;
/// Columns that a narrow terminal does without, the first one first.
const DROPPED: [usize; 3] = [4, 2, 3];

fn print_policies(page: &mut Page, view: &SimulationView, lang: Lang) {
    let titles = [
        "",
        lang.pick("kept", "erhalten"),
        lang.pick("95 % interval", "95-%-Bereich"),
        lang.pick("an hour", "je Stunde"),
        lang.pick("of the possible", "vom Möglichen"),
    ];
    let mut rows = vec![titles.map(|word| (Look::Faint, word.to_owned()))];
    rows.extend(view.policies.iter().map(|policy| cells(policy, lang)));
    let kept = fitting(page.width(), &rows);
    let mut grid = Grid::default();
    for row in rows {
        let cells = row.into_iter().enumerate().filter(|(column, _)| kept.contains(column));
        grid.row(cells.map(|(_, cell)| cell));
    }
    grid.print(page, 0);
    let text = lang.pick(
        "Kept: ties alive at the end that would not be if nobody acted. ≈: the difference from Rin may be chance. Of the possible: what one would gain who knew how contact comes and who answers.",
        "Erhalten: Beziehungen, die am Ende leben und sonst nicht lebten. ≈: Der Unterschied zu Rin kann Zufall sein. Vom Möglichen: was gewönne, wer wüsste, wie Kontakt kommt und wer antwortet.",
    );
    page.prose(Look::Faint, 0, text);
}

fn cells(policy: &SimulatedPolicyView, lang: Lang) -> [(Look, String); COLUMNS] {
    let (look, mark) = match policy.is {
        "ours" => (Look::Strong, "▸ "),
        "better" => (Look::Warn, "  "),
        _ => (Look::Plain, "  "),
    };
    let like = if policy.is == "noise" { " ≈" } else { "" };
    let share = policy.share.map_or_else(|| "–".to_owned(), |share| lang.share(share.value));
    let hour = policy.gained_an_hour.map_or_else(|| "–".to_owned(), |gained| two(gained, lang));
    [
        (look, format!("{mark}{}", policy.label)),
        (look, format!("{}{like}", lang.number(policy.gained.value))),
        (Look::Faint, interval(&policy.gained, lang)),
        (look, hour),
        (look, share),
    ]
}

fn interval(estimate: &EstimateView, lang: Lang) -> String {
    estimate.interval.map_or_else(String::new, |range| {
        format!("{} – {}", lang.number(range.low), lang.number(range.high))
    })
}

/// Returns the columns that the terminal has room for; name and what is kept are always shown.
fn fitting(width: usize, rows: &[[(Look, String); COLUMNS]]) -> Vec<usize> {
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

/// Returns a number with two decimals and the language's own separator.
fn two(number: f64, lang: Lang) -> String {
    let text = format!("{number:.2}");
    lang.pick(text.clone(), text.replace('.', ","))
}
