//! How a relationship went and is expected to go on, drawn with letters: reads without colours.

use rin_app::{CourseMonthView, CoursePointView, Lang, PartyCourseView};

use super::paper::{Cell, Paper, bar, whole};
use crate::{output::Look, words::platform_name};

/// Lines of the curve.
const HEIGHT: usize = 9;
/// Columns of the shares at its side.
const SIDE: usize = 7;
/// Widest curve.
const WIDEST: usize = 90;
/// Months that are shown.
const MONTHS: usize = 12;
/// Columns of a month's bar.
const BAR: usize = 12;

/// Draws the curve with its interval, the threshold, today and the lapse.
pub(super) fn forecast(paper: &mut Paper, course: &PartyCourseView, lang: Lang) {
    let (Some(first), Some(last)) = (course.points.first(), course.points.last()) else { return };
    let width = paper.width().min(WIDEST).saturating_sub(SIDE + 1).max(10);
    let end = last.silence_days.max(1.0);
    let at = |column: usize| {
        let days = end * whole(column) / whole(width - 1);
        course.points.iter().find(|point| days <= point.silence_days).unwrap_or(last)
    };
    let columns: Vec<&CoursePointView> = (0..width).map(at).collect();
    let column_of = |day: Option<&String>| {
        day.and_then(|day| columns.iter().position(|point| *day <= point.day))
    };
    let now = column_of(course.as_of.as_ref());
    let lapse = column_of(course.lapse.as_ref());
    for line in 0..HEIGHT {
        let share = share_of(line);
        let side = if line % 4 == 0 { Lang::percent(share) } else { String::new() };
        let mut parts: Vec<Cell> = vec![(Look::Faint, format!("{side:>6} "))];
        for (column, point) in columns.iter().enumerate() {
            let marks = (Some(column) == now, Some(column) == lapse);
            parts.push(cell(point, line, marks, course.threshold));
        }
        paper.line(parts);
    }
    let (from, until) = (lang.shown(&first.day), lang.shown(&last.day));
    let blank = width.saturating_sub(from.chars().count() + until.chars().count());
    let axis = format!("{}{from}{}{until}", " ".repeat(SIDE), " ".repeat(blank));
    paper.line([(Look::Faint, axis)]);
    legend(paper, course, lang);
}

/// Returns the share in the middle of a line.
fn share_of(line: usize) -> f64 {
    1.0 - whole(line) / whole(HEIGHT - 1)
}

/// Returns one place of the picture.
fn cell(
    point: &CoursePointView,
    line: usize,
    (is_now, is_lapse): (bool, bool),
    threshold: f64,
) -> Cell {
    let half = 0.5 / whole(HEIGHT - 1);
    let share = share_of(line);
    let is_at = |value: f64| share - half <= value && value < share + half;
    let [low, high] = point.alive_range;
    let (look, letter) = if is_at(point.alive) {
        if is_lapse { (Look::Bad, "◆") } else { (Look::Strong, "━") }
    } else if is_now {
        (Look::Plain, "│")
    } else if low <= share && share <= high {
        (Look::Faint, "░")
    } else if is_at(threshold) {
        (Look::Faint, "┄")
    } else {
        (Look::Plain, " ")
    };
    (look, letter.to_owned())
}

fn legend(paper: &mut Paper, course: &PartyCourseView, lang: Lang) {
    let day = |day: &Option<String>| day.as_deref().map_or_else(String::new, |day| lang.shown(day));
    let (now, lapse) = (day(&course.as_of), day(&course.lapse));
    let threshold = Lang::percent(course.threshold);
    let text = lang.pick(
        format!("│ figures as of {now}   ◆ lapses {lapse}   ░ 90 % interval   ┄ {threshold}"),
        format!("│ Stand {now}   ◆ verfällt {lapse}   ░ 90-%-Intervall   ┄ {threshold}"),
    );
    paper.prose(Look::Faint, SIDE, &text);
}

/// Draws the months, the last first.
pub(super) fn months(paper: &mut Paper, months: &[CourseMonthView], lang: Lang) {
    let shown: Vec<&CourseMonthView> = months.iter().rev().take(MONTHS).collect();
    let most =
        shown.iter().filter_map(|month| month.sent.max(month.received)).max().unwrap_or(1).max(1);
    // What no source shows is not nothing.
    let told = |n: Option<u32>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
    let full = |n: Option<u32>| {
        let n = n.unwrap_or_default();
        let drawn = bar(f64::from(n) / f64::from(most), BAR);
        // An empty part would say nothing here; one is never none.
        let drawn = drawn.trim_end_matches('░').to_owned();
        if drawn.is_empty() && 0 < n { "▏".to_owned() } else { drawn }
    };
    let mut rows: Vec<Vec<Cell>> = vec![
        ["", "", lang.pick("they", "sie"), "", lang.pick("you", "du"), ""]
            .map(|word| (Look::Faint, word.to_owned()))
            .into(),
    ];
    for month in &shown {
        rows.push(vec![
            (Look::Plain, month.month.clone()),
            (Look::Faint, platform_name(&month.platform)),
            (Look::Plain, told(month.received)),
            (Look::Good, full(month.received)),
            (Look::Plain, told(month.sent)),
            (Look::Strong, full(month.sent)),
        ]);
    }
    paper.grid(&rows, &[2, 4]);
    let earlier = months.len() - shown.len();
    if 0 < earlier {
        paper.prose(
            Look::Faint,
            2,
            &lang.pick(
                format!("and {earlier} more, earlier"),
                format!("und {earlier} weitere davor"),
            ),
        );
    }
}
