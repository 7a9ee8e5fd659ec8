//! The course of a year as a small picture: the living as a line, what came and went as bars, and a table below.

use super::{
    html::push,
    markdown::{cells, titles},
};
use crate::{BalanceView, CohortMonthView, Lang};

/// Width of the picture in its own units.
const WIDTH: f64 = 640.0;
/// Where its base line runs.
const BASE: f64 = 108.0;
/// Height of the largest count.
const TALLEST: f64 = 93.0;

/// A month by its name, with its figures.
type Month<'a> = (&'a str, &'a BalanceView);

/// Draws the months that are known; nothing if there are fewer than two.
pub(super) fn chart(months: &[CohortMonthView], lang: Lang) -> String {
    let known: Vec<Month<'_>> = months
        .iter()
        .filter_map(|month| Some((month.from.get(..7)?, month.balance.as_ref()?)))
        .collect();
    if known.len() < 2 {
        return String::new();
    }
    let title = lang.pick("Month by month", "Monat für Monat");
    let legend = lang.pick(
        "Line: alive at the end of the month. Bars: won and taken up again, lost.",
        "Linie: lebendig am Monatsende. Balken: gewonnen und wieder aufgenommen, verloren.",
    );
    let words = lang.pick(
        "The figures stand in the table below.",
        "Die Zahlen stehen in der Tabelle darunter.",
    );
    format!(
        "<section><h2>{title}</h2><svg viewBox=\"0 0 {WIDTH} 128\" role=\"img\" aria-label=\"{legend} {words}\">\
         <line class=\"base\" x1=\"0\" x2=\"{WIDTH}\" y1=\"{BASE}\" y2=\"{BASE}\"/>{}</svg>\
         <p><small>{legend}</small></p>{}</section>\n",
        drawn(&known),
        table(&known, lang)
    )
}

fn drawn(known: &[Month<'_>]) -> String {
    let most = known.iter().map(|(_, one)| one.alive.max(one.won + one.revived).max(one.lost));
    let unit = TALLEST / count(most.max().unwrap_or(1).max(1));
    let step = WIDTH / count(known.len());
    let bar = step * 0.3;
    let (mut out, mut line) = (String::new(), Vec::new());
    for (at, (name, one)) in known.iter().enumerate() {
        let middle = step * (count(at) + 0.5);
        let bars = [("up", middle - bar, one.won + one.revived), ("down", middle, one.lost)];
        for (class, left, size) in bars {
            let height = unit * count(size);
            push(
                &mut out,
                format_args!(
                    "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{bar:.1}\" height=\"{height:.1}\"/>",
                    BASE - height
                ),
            );
        }
        let top = BASE - unit * count(one.alive);
        let texts = [
            (BASE + 14.0, name.get(2..).unwrap_or(name).to_owned()),
            (top - 5.0, one.alive.to_string()),
        ];
        for (y, text) in texts {
            push(
                &mut out,
                format_args!(
                    "<text x=\"{middle:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{text}</text>"
                ),
            );
        }
        line.push(format!("{middle:.1},{top:.1}"));
    }
    push(&mut out, format_args!("<polyline class=\"alive\" points=\"{}\"/>", line.join(" ")));
    out
}

fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn table(known: &[Month<'_>], lang: Lang) -> String {
    let mut out = format!("<table><thead><tr><th>{}</th>", lang.pick("month", "Monat"));
    for title in titles(lang) {
        push(&mut out, format_args!("<th>{title}</th>"));
    }
    out.push_str("</tr></thead><tbody>");
    for (name, one) in known {
        push(&mut out, format_args!("<tr><td>{name}</td>"));
        for cell in cells(Some(one)) {
            push(&mut out, format_args!("<td>{cell}</td>"));
        }
        out.push_str("</tr>");
    }
    out + "</tbody></table>"
}
