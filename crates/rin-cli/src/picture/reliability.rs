//! The right panel: what Rin said beside what came; on the diagonal it was exactly right.

use rin_app::{BacktestView, Lang, ReliabilityView};

use super::{Canvas, TOP};

/// Where the panel begins.
pub(super) const LEFT: f64 = 580.0;
/// The panel's height with its axis.
pub(super) const HEIGHT: f64 = 380.0;
/// Where the square begins.
const START: (f64, f64) = (LEFT + 44.0, TOP + 24.0);
/// Length of its sides.
const SIDE: f64 = 296.0;

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas, view: &BacktestView, lang: Lang) {
    let title = lang.pick("Do Rin's percentages hold?", "Stimmen Rins Prozente?");
    canvas.text((LEFT, TOP + 6.0), "strong", title);
    let ours = view.models.iter().find(|model| model.name == view.reference);
    let rows = ours.map(|model| model.reliability.as_slice()).unwrap_or_default();
    let most = most(rows);
    for quarter in 0..5 {
        let share = f64::from(quarter) / 4.0;
        let percent = lang.number(100.0 * most * share);
        canvas.line("line", at(share, 0.0), at(share, 1.0));
        canvas.line("line", at(0.0, share), at(1.0, share));
        let (x, y) = at(share, 0.0);
        canvas.text((x, y + 20.0), "small faint middle", &percent);
        let (x, y) = at(0.0, share);
        canvas.text((x - 8.0, y + 5.0), "small faint end", &percent);
    }
    canvas.line("guide", at(0.0, 0.0), at(1.0, 1.0));
    let (x, y) = at(0.5, 0.0);
    let said = lang.pick("said: % to go on", "gesagt: % gehen weiter");
    canvas.text((x, y + 42.0), "small faint middle", said);
    let (x, y) = at(0.0, 1.0);
    let came = lang.pick("came, %", "kam, %");
    canvas.text((x + 8.0, y + 18.0), "small faint", came);
    for row in rows {
        mark(canvas, row, most);
    }
}

/// Returns where both axes end: where few ties go on, a whole one would press everything into a corner.
fn most(rows: &[ReliabilityView]) -> f64 {
    let highest = rows.iter().map(|row| row.predicted.max(row.interval.high)).fold(0.0, f64::max);
    [0.1, 0.2, 0.4, 0.6].into_iter().find(|end| highest <= *end).unwrap_or(1.0)
}

/// Marks a group: what chance allows as a bar, what came as a dot.
fn mark(canvas: &mut Canvas, row: &ReliabilityView, most: f64) {
    let at = |said, came| at(said / most, came / most);
    let (low, high) = (at(row.predicted, row.interval.low), at(row.predicted, row.interval.high));
    canvas.line("whisker ours", low, high);
    for (x, y) in [low, high] {
        canvas.line("whisker ours", (x - 4.0, y), (x + 4.0, y));
    }
    canvas.dot("ours", at(row.predicted, row.observed), 4.5);
}

/// Returns the place of two shares of the axes.
fn at(said: f64, came: f64) -> (f64, f64) {
    (START.0 + said * SIDE, START.1 + (1.0 - came) * SIDE)
}
