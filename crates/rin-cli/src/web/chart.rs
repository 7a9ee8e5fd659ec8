//! Charts as SVG inside a page: coloured by the stylesheet, since the page's policy lets nothing else colour them.
//!
//! What a chart shows stands in a table beside it too.

pub(super) mod forecast;
pub(super) mod months;

/// Width of a chart in its own units.
const WIDTH: f64 = 600.0;

/// Returns a path through the points.
fn path(points: impl IntoIterator<Item = (f64, f64)>) -> String {
    let step = |(number, (x, y)): (usize, (f64, f64))| {
        format!("{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' })
    };
    points.into_iter().enumerate().map(step).collect()
}
