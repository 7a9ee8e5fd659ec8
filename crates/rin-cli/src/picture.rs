//! Pictures: a back-test (which forecast tells best who goes on, whether our percentages hold), an exit, lives of ties, and
//! simulated years.
//!
//! One SVG without foreign fonts, scripts or addresses, so that it can be put into a page or a mail as it is. Colours
//! come from a style inside that follows the reader's light or dark preference; what differs in colour differs in shape
//! too. On the page itself the same drawing has no style and no words around it: both are the page's.

#[cfg(feature = "web")]
pub(crate) mod budget;
pub(crate) mod exit;
pub(crate) mod lives;
mod methods;
mod policies;
mod reliability;

use std::fmt::{self, Display};

use rin_app::{BacktestView, Lang};

pub(crate) use self::policies::draw as draw_policies;
use crate::words::unbroken;

/// Width of the whole in units of the picture.
const WIDTH: f64 = 960.0;
/// Where both panels begin.
const TOP: f64 = 96.0;
/// Height of a line of prose.
const LINE: f64 = 20.0;
/// Letters of prose that fit under the right panel.
const LETTERS: usize = 45;
/// Room between two sentences.
const GAP: f64 = 8.0;

const STYLE: &str = "
text { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; font-size: 15px; fill: #2b2a27; }
.title { font-size: 20px; font-weight: 600; }
.strong { font-weight: 600; }
.small { font-size: 14px; }
.middle { text-anchor: middle; }
.end { text-anchor: end; }
.paper { stroke: #d8d4ca; }
.paper, .noise { fill: #fbfaf7; }
path { fill: none; stroke-width: 1.5; }
.line { stroke: #e4e0d6; stroke-width: 1; }
.guide { stroke-dasharray: 5 4; }
.dot { stroke-width: 2; }
.guide, .whisker, .dot { stroke: #6b675e; }
.faint, .dot:not(.noise) { fill: #6b675e; }
.whisker.ours, .dot.ours { stroke: #2f6f4f; stroke-width: 2.5; }
.dot.better { stroke: #b0541a; fill: #b0541a; }
.dot.ours { fill: #2f6f4f; }
.spread { fill: #6b675e; fill-opacity: 0.14; stroke: none; }
.spread.ours { fill: #2f6f4f; fill-opacity: 0.2; }
.life { stroke: #6b675e; stroke-width: 2; stroke-dasharray: 7 4; }
.life.ours { stroke: #2f6f4f; stroke-width: 3; stroke-dasharray: none; }
@media (prefers-color-scheme: dark) {
text { fill: #e8e5dd; }
.paper { stroke: #3a3935; }
.paper, .noise { fill: #1f1f1d; }
.line { stroke: #3a3935; }
.guide, .whisker, .dot { stroke: #9a968c; }
.faint, .dot:not(.noise) { fill: #9a968c; }
.whisker.ours, .dot.ours { stroke: #7fc8a0; }
.dot.better { stroke: #e8a05a; fill: #e8a05a; }
.dot.ours { fill: #7fc8a0; }
.spread { fill: #9a968c; fill-opacity: 0.16; }
.spread.ours { fill: #7fc8a0; fill-opacity: 0.2; }
.life { stroke: #9a968c; }
.life.ours { stroke: #7fc8a0; }
}
";

/// Draws a back-test.
pub(crate) fn draw(view: &BacktestView, lang: Lang) -> String {
    let prose: Vec<Vec<String>> =
        view.verdict.iter().map(|sentence| wrapped(sentence, LETTERS)).collect();
    let left = methods::height(view);
    let right = reliability::HEIGHT
        + 24.0
        + GAP * to_f64(prose.len())
        + LINE * to_f64(prose.iter().map(Vec::len).sum());
    let height = TOP + left.max(right) + 24.0;
    let mut canvas = Canvas::default();
    canvas.open(
        (WIDTH, height),
        lang.pick("Which forecast to believe", "Welcher Vorhersage zu trauen ist"),
    );
    heading(&mut canvas, view, lang);
    methods::draw(&mut canvas, view, lang);
    reliability::draw(&mut canvas, view, lang);
    let mut y = TOP + reliability::HEIGHT + 24.0;
    for sentence in &prose {
        for line in sentence {
            canvas.text((reliability::LEFT, y), "small", line);
            y += LINE;
        }
        y += GAP;
    }
    canvas.close()
}

fn heading(canvas: &mut Canvas, view: &BacktestView, lang: Lang) {
    let title = lang.pick("Which forecast to believe", "Welcher Vorhersage zu trauen ist");
    canvas.text((24.0, 38.0), "title", title);
    let (ties, days) = (view.ties, lang.number(view.horizon.days));
    let cuts: Vec<String> = view.cuts.iter().map(|cut| lang.shown(&cut.day)).collect();
    let cuts = cuts.join(", ");
    let text = lang.pick(
        format!("{ties} ties, asked on {cuts} about the {days} days after"),
        format!("{ties} Beziehungen, gefragt am {cuts} nach den {days} Tagen danach"),
    );
    canvas.text((24.0, 64.0), "faint", &text);
}

/// A picture being drawn.
#[derive(Debug, Default)]
pub(crate) struct Canvas(String);

impl Canvas {
    fn open(&mut self, (width, height): (f64, f64), title: &str) {
        self.add(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height:.0}\" width=\"{width}\" height=\"{height:.0}\" role=\"img\">"
        ));
        self.add(format_args!("<title>{}</title>", Safe(title)));
        self.add(format_args!("<style>{STYLE}</style>"));
        self.add(format_args!(
            "<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"10\"/>",
            width - 1.0,
            height - 1.0
        ));
    }

    /// Begins a drawing that stands on a page and takes its colours from there: a part of the plane, from its left upper
    /// corner, so wide and so high.
    #[cfg(feature = "web")]
    fn open_on_page(&mut self, (left, top): (f64, f64), (width, height): (f64, f64), title: &str) {
        self.add(format_args!(
            "<svg class=\"drawing\" viewBox=\"{left:.0} {top:.0} {width:.0} {height:.0}\" role=\"img\" aria-label=\"{}\">",
            Safe(title)
        ));
    }

    fn close(mut self) -> String {
        self.add(format_args!("</svg>"));
        self.0
    }

    fn add(&mut self, line: fmt::Arguments<'_>) {
        self.0.push_str(&line.to_string());
        self.0.push('\n');
    }

    /// Writes a line of text that begins, ends or is centred at a point, as its class says.
    fn text(&mut self, (x, y): (f64, f64), class: &str, text: &str) {
        let text = Safe(text);
        self.add(format_args!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>"));
    }

    fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.add(format_args!(
            "<path class=\"{class}\" d=\"M{:.1} {:.1}L{:.1} {:.1}\"/>",
            from.0, from.1, to.0, to.1
        ));
    }

    /// Draws straight lines from corner to corner; a closed one is an area.
    fn path(&mut self, class: &str, corners: &[(f64, f64)], is_closed: bool) {
        let corner = |(number, (x, y)): (usize, &(f64, f64))| {
            format!("{}{x:.1} {y:.1}", if number == 0 { 'M' } else { 'L' })
        };
        let path: String = corners.iter().enumerate().map(corner).collect();
        let path = path + if is_closed { "Z" } else { "" };
        self.add(format_args!("<path class=\"{class}\" d=\"{path}\"/>"));
    }

    fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.add(format_args!(
            "<circle class=\"dot {class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>"
        ));
    }

    fn diamond(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        self.add(format_args!(
            "<path class=\"dot {class}\" d=\"M{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}Z\"/>",
            x - radius,
            y - radius,
            x + radius,
            y + radius
        ));
    }
}

/// A text as it may stand in XML.
struct Safe<'a>(&'a str);

impl Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                // XML knows no other control characters, not even escaped.
                letter if letter.is_control() => f.write_str(" ")?,
                letter => write!(f, "{letter}")?,
            }
        }
        Ok(())
    }
}

/// Breaks a text between words into lines of at most so many letters.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in unbroken(text) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Returns the next number from `rough` on that people count in: 1, 2 or 5 times a power of ten.
fn round_step(rough: f64) -> f64 {
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| rough <= *step);
    step.unwrap_or(rough)
}

#[expect(clippy::cast_precision_loss, reason = "a picture has few lines")]
const fn to_f64(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_leave_its_place() {
        assert_eq!(Safe("a<b> & \"c\"\u{1b}").to_string(), "a&lt;b&gt; &amp; &quot;c&quot; ");
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        let steps = [0.3, 1.0, 7.0, 13.0].map(round_step).map(|step| format!("{step:.1}"));
        assert_eq!(steps, ["0.5", "1.0", "10.0", "20.0"]);
    }
}
