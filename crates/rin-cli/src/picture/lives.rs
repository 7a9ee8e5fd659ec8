//! Two curves with their bands: how long the ties of a campaign last, and those won otherwise.

use rin_app::{CampaignReportView, CurveStepView, GroupView, Lang};

use super::{Canvas, GAP, LINE, TOP, WIDTH, to_f64, wrapped};

/// Left, right and height of the diagram.
const LEFT: f64 = 72.0;
const RIGHT: f64 = WIDTH - 150.0;
const HEIGHT: f64 = 330.0;
/// Letters of prose that fit under it.
const LETTERS: usize = 110;
/// Nothing is drawn beyond a year and a half.
const LONGEST: f64 = 548.0;
/// Names at the ends of the curves stay so far apart.
const APART: f64 = 22.0;

/// Draws a campaign's report.
pub(crate) fn draw(view: &CampaignReportView, lang: Lang) -> String {
    let prose: Vec<Vec<String>> =
        view.verdict.iter().map(|sentence| wrapped(sentence, LETTERS)).collect();
    let lines = to_f64(prose.iter().map(Vec::len).sum());
    let height = TOP + HEIGHT + 70.0 + LINE * lines + GAP * to_f64(prose.len()) + 12.0;
    let title = lang.pick("How long the ties last", "Wie lange die Beziehungen halten");
    let mut canvas = Canvas::default();
    canvas.open((WIDTH, height), title);
    let behind = lang.pick("how long its ties last", "wie lange ihre Beziehungen halten");
    canvas.text((24.0, 38.0), "title", &format!("{}: {behind}", view.name));
    let (from, until) = (lang.shown(&view.from), lang.shown(&view.until));
    let (known, n, m) = (lang.shown(&view.lives_known_until), view.won.ties, view.otherwise.ties);
    canvas.text((24.0, 64.0), "faint", &lang.pick(
        format!("{from} to {until}; {n} ties won, {m} otherwise in comparable windows; lives known until {known}"),
        format!("{from} bis {until}; {n} gewonnene Beziehungen, {m} sonst in vergleichbaren Zeiten; bekannt bis {known}"),
    ));
    plot(&mut canvas, view, lang);
    let mut y = TOP + HEIGHT + 70.0;
    for sentence in &prose {
        for line in sentence {
            canvas.text((24.0, y), "", line);
            y += LINE;
        }
        y += GAP;
    }
    canvas.close()
}

/// Draws the curves alone, for a page.
#[cfg(feature = "web")]
pub(crate) fn on_page(view: &CampaignReportView, lang: Lang) -> String {
    let mut canvas = Canvas::default();
    let title = lang.pick("How long the ties last", "Wie lange die Beziehungen halten");
    canvas.open_on_page((LEFT - 52.0, TOP - 14.0), (WIDTH - 20.0, HEIGHT + 64.0), title);
    plot(&mut canvas, view, lang);
    canvas.close()
}

fn plot(canvas: &mut Canvas, view: &CampaignReportView, lang: Lang) {
    let days = view.won.last_days.max(view.otherwise.last_days).clamp(30.0, LONGEST);
    let plot = Plot { days };
    plot.axes(canvas, lang);
    plot.band(canvas, "spread", &view.otherwise);
    plot.band(canvas, "spread ours", &view.won);
    plot.curve(canvas, "life", &view.otherwise);
    plot.curve(canvas, "life ours", &view.won);
    plot.names(canvas, view, lang);
}

/// Where days and shares lie.
struct Plot {
    days: f64,
}

impl Plot {
    fn x(&self, days: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (days / self.days).min(1.0)
    }

    fn y(share: f64) -> f64 {
        TOP + HEIGHT * (1.0 - share)
    }

    fn axes(&self, canvas: &mut Canvas, lang: Lang) {
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = Self::y(share);
            canvas.line("line", (LEFT, y), (RIGHT, y));
            canvas.text((LEFT - 10.0, y + 5.0), "small end", &Lang::percent(share));
        }
        let step = if self.days <= 120.0 { 30.0 } else { 90.0 };
        let mut day = 0.0;
        while day <= self.days {
            canvas.text((self.x(day), TOP + HEIGHT + 22.0), "small middle", &lang.number(day));
            day += step;
        }
        let label = lang.pick("days since it was won", "Tage seit dem Gewinn");
        canvas.text((0.5 * (LEFT + RIGHT), TOP + HEIGHT + 42.0), "small middle faint", label);
    }

    /// Returns the corners of a step function, ending where nobody was followed any longer.
    fn corners(&self, group: &GroupView, of: fn(&CurveStepView) -> f64) -> Vec<(f64, f64)> {
        let mut corners = vec![(self.x(0.0), Self::y(1.0))];
        let mut share = 1.0;
        let end = group.last_days.min(self.days);
        for step in group.curve.iter().filter(|step| step.days <= end) {
            corners.push((self.x(step.days), Self::y(share)));
            share = of(step);
            corners.push((self.x(step.days), Self::y(share)));
        }
        corners.push((self.x(end), Self::y(share)));
        corners
    }

    fn curve(&self, canvas: &mut Canvas, class: &str, group: &GroupView) {
        if 0 < group.ties {
            canvas.path(class, &self.corners(group, |step| step.share), false);
        }
    }

    fn band(&self, canvas: &mut Canvas, class: &str, group: &GroupView) {
        let mut corners = self.corners(group, |step| step.high);
        corners.extend(self.corners(group, |step| step.low).into_iter().rev());
        if !group.curve.is_empty() {
            canvas.path(class, &corners, true);
        }
    }

    /// Names the curves at their ends, apart from each other.
    fn names(&self, canvas: &mut Canvas, view: &CampaignReportView, lang: Lang) {
        let end = |group: &GroupView| {
            self.corners(group, |step| step.share).last().copied().unwrap_or((LEFT, TOP))
        };
        let (ours, theirs) = (end(&view.won), end(&view.otherwise));
        let gap = theirs.1 - ours.1;
        let shift = ((APART - gap.abs()) / 2.0).max(0.0) * if gap < 0.0 { -1.0 } else { 1.0 };
        let at = |point: (f64, f64), by: f64| (point.0 + 8.0, point.1 + 5.0 + by);
        let is_shown = |group: &GroupView| 0.0 < group.last_days;
        if is_shown(&view.won) {
            canvas.text(at(ours, -shift), "strong name", lang.pick("won by it", "gewonnen"));
        }
        if is_shown(&view.otherwise) {
            canvas.text(at(theirs, shift), "name", lang.pick("won otherwise", "sonst gewonnen"));
        }
    }
}
