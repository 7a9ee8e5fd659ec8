//! Draws a reliability diagram: of the ties given so many per cent, how many went on.
//!
//! A panel a set; on the diagonal a forecast can be taken at its word. Colours follow the reader's light or dark.

use rin_core::ReliabilityRow;

/// Width and height of a plot, and the space around it.
const PLOT: f64 = 150.0;
const LEFT: f64 = 46.0;
const TOP: f64 = 34.0;
const CELL: (f64, f64) = (PLOT + 66.0, PLOT + 62.0);
const COLUMNS: usize = 5;

/// One set's diagram.
#[derive(Debug)]
pub(super) struct Panel {
    pub(super) title: String,
    pub(super) ours: Vec<ReliabilityRow>,
    pub(super) rule: Vec<ReliabilityRow>,
}

/// Returns the drawing as SVG.
pub(super) fn draw(panels: &[Panel]) -> String {
    let across = COLUMNS.min(panels.len().max(1));
    let down = panels.len().div_ceil(across).max(1);
    let (width, height) = (CELL.0 * number(across) + 10.0, CELL.1 * number(down) + 30.0);
    let mut parts = vec![format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"What was said and what came of it, by data set\">\n<style>\n\
         .paper {{ fill: #fbfaf7; stroke: #d8d4ca; }} text {{ font: 11px system-ui, sans-serif; fill: #2b2a27; }} \
         .title {{ font-weight: 700; }} .faint {{ fill: #6c685f; }} .frame {{ fill: none; stroke: #b9b4a8; }} \
         .even {{ stroke: #8a867b; stroke-dasharray: 3 3; }} .ours {{ fill: #2f6f4f; stroke: #2f6f4f; }} \
         .rule {{ fill: none; stroke: #b4552d; stroke-width: 1.4; }}\n\
         @media (prefers-color-scheme: dark) {{ .paper {{ fill: #1f1f1d; stroke: #3a3935; }} text {{ fill: #e8e5dd; }} \
         .faint {{ fill: #a8a499; }} .frame {{ stroke: #55534c; }} .even {{ stroke: #85827a; }} \
         .ours {{ fill: #7fc8a0; stroke: #7fc8a0; }} .rule {{ stroke: #e89a6c; }} }}\n</style>\n\
         <rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"10\"/>\n",
        width - 1.0,
        height - 1.0
    )];
    for (place, panel) in panels.iter().enumerate() {
        let (x, y) = (CELL.0 * number(place % across), CELL.1 * number(place / across));
        parts.push(format!("<g transform=\"translate({:.0} {:.0})\">\n", x + LEFT, y + TOP));
        parts.push(frame(&panel.title));
        parts.extend(panel.rule.iter().map(ring));
        parts.extend(panel.ours.iter().map(dot));
        parts.push("</g>\n".to_owned());
    }
    parts.push(key(height - 16.0));
    parts.push("</svg>\n".to_owned());
    parts.concat()
}

fn frame(title: &str) -> String {
    let mut parts = vec![format!(
        "<text class=\"title\" x=\"0\" y=\"-8\">{title}</text>\n\
         <rect class=\"frame\" width=\"{PLOT}\" height=\"{PLOT}\"/>\n\
         <line class=\"even\" x1=\"0\" y1=\"{PLOT}\" x2=\"{PLOT}\" y2=\"0\"/>\n"
    )];
    for (share, percent) in [(0.0, "0"), (0.5, "50"), (1.0, "100 %")] {
        let (x, y) = at(share, share);
        parts.push(format!(
            "<text class=\"faint\" x=\"{x:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{percent}</text>\n\
             <text class=\"faint\" x=\"-6\" y=\"{:.0}\" text-anchor=\"end\">{percent}</text>\n",
            PLOT + 15.0,
            y + 4.0
        ));
    }
    parts.concat()
}

/// Draws one of our rows with its interval.
fn dot(row: &ReliabilityRow) -> String {
    let (x, y) = at(row.predicted, row.observed);
    let ((_, low), (_, high)) = (at(0.0, row.interval.0), at(0.0, row.interval.1));
    format!(
        "<line class=\"ours\" x1=\"{x:.1}\" y1=\"{low:.1}\" x2=\"{x:.1}\" y2=\"{high:.1}\"/>\
         <circle class=\"ours\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\"/>\n"
    )
}

fn ring(row: &ReliabilityRow) -> String {
    let (x, y) = at(row.predicted, row.observed);
    format!("<circle class=\"rule\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.2\"/>\n")
}

fn key(y: f64) -> String {
    format!(
        "<circle class=\"ours\" cx=\"20\" cy=\"{:.0}\" r=\"2.6\"/>\
         <text x=\"30\" y=\"{y:.0}\">law of staying, with 95 % interval</text>\n\
         <circle class=\"rule\" cx=\"234\" cy=\"{:.0}\" r=\"3.2\"/>\
         <text x=\"244\" y=\"{y:.0}\">√ rule, k = 1</text>\n\
         <text class=\"faint\" x=\"340\" y=\"{y:.0}\">across: probability said; up: share of ties with contact; \
         a tenth of the ties each</text>\n",
        y - 4.0,
        y - 4.0
    )
}

/// Returns where a share across and a share up lie.
fn at(across: f64, up: f64) -> (f64, f64) {
    (PLOT * across, PLOT * (1.0 - up))
}

#[expect(clippy::cast_precision_loss, reason = "a handful of panels")]
const fn number(n: usize) -> f64 {
    n as f64
}
