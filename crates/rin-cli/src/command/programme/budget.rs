//! What a programme's budget keeps alive, as people read it: sentences, then a row for each budget.

use rin_app::{BudgetPointView, BudgetView, EstimateView, Lang};

use crate::output::{Look, Page, table::Grid};

/// Prints it.
pub(super) fn print(page: &mut Page, view: &BudgetView, lang: Lang) {
    page.line(lang.pick("What the budget keeps alive", "Was das Budget am Leben hält"));
    for sentence in &view.said {
        page.prose(Look::Plain, 2, sentence);
    }
    if !view.curve.is_empty() {
        page.gap();
        print_curve(page, view, lang);
    }
    if !view.notes.is_empty() {
        page.gap();
    }
    for note in &view.notes {
        page.prose(Look::Faint, 2, note);
    }
}

fn print_curve(page: &mut Page, view: &BudgetView, lang: Lang) {
    let mut grid = Grid::default();
    let title = |en: &str, de: &str| (Look::Faint, lang.pick(en, de).to_owned());
    grid.row([
        title("min a week", "min je Woche"),
        title("alive", "leben"),
        title("95 % interval", "95-%-Bereich"),
        title("change", "Änderung"),
        title("95 % interval", "95-%-Bereich"),
    ]);
    for point in &view.curve {
        let (look, mark) =
            if point.is_budget { (Look::Strong, "▸ ") } else { (Look::Plain, "  ") };
        let (change, range) = changed(point, lang);
        grid.row([
            (look, format!("{mark}{}", lang.number(point.minutes_a_week))),
            (look, lang.number(point.alive.value)),
            (Look::Faint, interval(&point.alive, lang)),
            (look, change),
            (Look::Faint, range),
        ]);
    }
    grid.print(page, 2);
}

/// Returns what a budget changes against the programme's; nothing for the programme's own.
fn changed(point: &BudgetPointView, lang: Lang) -> (String, String) {
    if point.is_budget {
        return (String::new(), String::new());
    }
    (lang.signed(point.changed.value), ranged(&point.changed, |value| lang.signed(value), lang))
}

fn interval(estimate: &EstimateView, lang: Lang) -> String {
    ranged(estimate, |value| lang.number(value), lang)
}

fn ranged(estimate: &EstimateView, write: impl Fn(f64) -> String, lang: Lang) -> String {
    estimate.interval.map_or_else(String::new, |range| {
        let (low, high) = (write(range.low), write(range.high));
        lang.pick(format!("{low} to {high}"), format!("{low} bis {high}"))
    })
}
