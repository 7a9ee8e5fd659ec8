//! Prints what was measured, as text or as Markdown.

use rin_core::{Difference, Metric};

use super::summary::{Counts, Figure, Line};

/// What the marks in a table mean.
pub(super) const LEGEND: &str = "In brackets the 95 % interval. ≈ as good as rin or too near to tell, + better than rin, no mark worse. \
     Counts: share of interactions within the 90 % interval; the same of ties with any; mean expected / actual.";

/// Heading and metric of each column.
const COLUMNS: [(&str, Metric); 7] = [
    ("AUC", Metric::Auc),
    ("AUC_r", Metric::AucRecent),
    ("AUC per ego", Metric::AucPerEgo),
    ("AP", Metric::AveragePrecision),
    ("Brier", Metric::Brier),
    ("log loss", Metric::LogLoss),
    ("ECE", Metric::CalibrationError),
];

/// Returns a table of forecasts.
pub(super) fn table(lines: &[Line], is_markdown: bool) -> String {
    let mut head = vec!["model".to_owned()];
    head.extend(COLUMNS.iter().map(|(name, _)| (*name).to_owned()));
    head.push("counts".to_owned());
    let mut rows = vec![head];
    for line in lines {
        let mut row = vec![line.name.clone()];
        row.extend(COLUMNS.iter().map(|(_, metric)| cell(line.get(*metric), *metric)));
        row.push(line.counts.as_ref().map_or_else(|| "–".to_owned(), counts));
        rows.push(row);
    }
    if is_markdown { markdown(&rows) } else { plain(&rows) }
}

fn cell(figure: Option<Figure>, metric: Metric) -> String {
    let Some(figure) = figure else { return "–".to_owned() };
    let mark = match figure.is {
        Some(Difference::Noise) => " ≈",
        Some(Difference::Better) => " +",
        Some(Difference::Worse) | None => "",
    };
    let interval = figure
        .interval
        .filter(|_| metric == Metric::Auc)
        .map_or_else(String::new, |it| format!(" [{}, {}]", share(it.low, 3), share(it.high, 3)));
    format!("{}{interval}{mark}", share(figure.value, 4))
}

fn counts(counts: &Counts) -> String {
    let (covered, contacts) = (share(counts.covered, 3), share(counts.covered_contacts, 3));
    format!("{covered}; {contacts}; {:.2} / {:.2}", counts.expected, counts.actual)
}

/// Writes a figure without the nought before the point.
pub(super) fn share(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
}

fn markdown(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> =
        rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    if let Some(head) = rows.first() {
        lines.insert(1, format!("|{}\n", "---|".repeat(head.len())));
    }
    lines.concat()
}

fn plain(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let wide = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| wide(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short_and_columns_line_up() {
        assert_eq!(share(0.84449, 3), ".844");
        assert_eq!(share(1.0, 2), "1.00");
        let rows =
            [vec!["a".to_owned(), "b".to_owned()], vec!["√ rule".to_owned(), "x".to_owned()]];
        assert_eq!(plain(&rows), "a       b\n√ rule  x\n");
        assert_eq!(markdown(&rows), "| a | b |\n|---|---|\n| √ rule | x |\n");
    }
}
