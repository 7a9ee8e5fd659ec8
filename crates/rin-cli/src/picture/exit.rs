//! An exit as a picture: the network by date if we go on, come back then, or never do.
//!
//! Three curves with their intervals as bands; they differ in dashes as well as in colour, and each carries its name
//! at its end.

use rin_app::{ExitView, Lang, LeftView};

use super::{Canvas, LINE, WIDTH, round_step, to_f64, wrapped};

/// The plot's edges.
const LEFT: f64 = 64.0;
const RIGHT: f64 = 740.0;
const TOP: f64 = 92.0;
const BOTTOM: f64 = 392.0;
/// Letters of prose on a line.
const LETTERS: usize = 118;
/// Names of curves keep this distance.
const APART: f64 = 20.0;

const STYLE: &str = "
.band { stroke: none; opacity: 0.16; }
.curve { stroke-width: 2.5; }
.back { stroke-dasharray: 9 5; }
.gone { stroke-dasharray: 2 5; }
.curve.on { stroke: #2f6f4f; }
.band.on { fill: #2f6f4f; }
.curve.back { stroke: #b0541a; }
.band.back { fill: #b0541a; }
.curve.gone { stroke: #6b675e; }
.band.gone { fill: #6b675e; }
@media (prefers-color-scheme: dark) {
.curve.on { stroke: #7fc8a0; }
.band.on { fill: #7fc8a0; }
.curve.back { stroke: #e8a05a; }
.band.back { fill: #e8a05a; }
.curve.gone { stroke: #9a968c; }
.band.gone { fill: #9a968c; }
}
";

/// One future by date.
struct Curve<'a> {
    class: &'static str,
    name: &'static str,
    left: fn(&'a rin_app::ExitPointView) -> &'a LeftView,
}

/// From days and numbers to places.
struct Scale {
    days: f64,
    most: f64,
    step: f64,
}

impl Scale {
    fn new(view: &ExitView) -> Self {
        let days = view.points.last().map_or(1.0, |point| point.days.max(1.0));
        let ends = view.points.iter().flat_map(|point| {
            [&point.engaged, &point.returned, &point.silent].map(|left| left.range[1])
        });
        let most = ends.fold(1.0, f64::max);
        let step = round_step(most / 5.0).max(1.0);
        Self { days, most: (most / step).ceil() * step, step }
    }

    fn at(&self, days: f64, number: f64) -> (f64, f64) {
        let x = LEFT + days / self.days * (RIGHT - LEFT);
        (x, BOTTOM - number / self.most * (BOTTOM - TOP))
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let ticks = std::iter::successors(Some(0.0), |tick| Some(tick + self.step));
        ticks.take_while(|tick| *tick < self.most + self.step / 2.0)
    }
}

/// Draws an exit.
pub(crate) fn draw(view: &ExitView, lang: Lang) -> String {
    let prose: Vec<String> =
        view.told.iter().flat_map(|sentence| wrapped(sentence, LETTERS)).collect();
    let title = title(view, lang);
    let mut canvas = Canvas::default();
    canvas.open((WIDTH, BOTTOM + 72.0 + LINE * to_f64(prose.len())), &title);
    canvas.add(format_args!("<style>{STYLE}</style>"));
    canvas.text((24.0, 38.0), "title", &title);
    let scale = Scale::new(view);
    axes(&mut canvas, view, &scale, lang);
    curves(&mut canvas, view, &scale, lang);
    let mut y = BOTTOM + 64.0;
    for line in &prose {
        canvas.text((24.0, y), "small", line);
        y += LINE;
    }
    canvas.close()
}

/// Draws the curves alone, for a page.
#[cfg(feature = "web")]
pub(crate) fn on_page(view: &ExitView, lang: Lang) -> String {
    let mut canvas = Canvas::default();
    canvas.open_on_page(
        (16.0, TOP - 46.0),
        (WIDTH - 16.0, BOTTOM - TOP + 84.0),
        &title(view, lang),
    );
    let scale = Scale::new(view);
    axes(&mut canvas, view, &scale, lang);
    curves(&mut canvas, view, &scale, lang);
    canvas.close()
}

fn title(view: &ExitView, lang: Lang) -> String {
    let platform = view.platform.as_deref();
    let place = platform.unwrap_or_else(|| lang.pick("all platforms", "alle Plattformen"));
    let from = lang.shown(&view.from);
    match view.until.as_deref().map(|until| lang.shown(until)) {
        Some(until) => lang.pick(
            format!("A pause from {from} to {until}: {place}"),
            format!("Eine Pause vom {from} bis {until}: {place}"),
        ),
        None => lang.pick(
            format!("An exit on {from}: {place}"),
            format!("Ein Ausstieg am {from}: {place}"),
        ),
    }
}

fn axes(canvas: &mut Canvas, view: &ExitView, scale: &Scale, lang: Lang) {
    let what = lang.pick("relationships alive on that date", "an diesem Tag lebendige Beziehungen");
    canvas.text((24.0, 64.0), "faint", what);
    for tick in scale.ticks() {
        let y = scale.at(0.0, tick).1;
        canvas.line("line", (LEFT, y), (RIGHT, y));
        canvas.text((LEFT - 10.0, y + 5.0), "small faint end", &format!("{tick:.0}"));
    }
    // As many dates as there is room for, the last one always.
    let last = view.points.len().saturating_sub(1);
    let step = view.points.len().div_ceil(6).max(1);
    for (at, point) in view.points.iter().enumerate() {
        if at == last || (at % step == 0 && at + step <= last) {
            let (x, y) = scale.at(point.days, 0.0);
            canvas.line("line", (x, y), (x, y + 6.0));
            canvas.text((x, y + 24.0), "small faint middle", &lang.shown(&point.date));
        }
    }
}

fn curves<'a>(canvas: &mut Canvas, view: &'a ExitView, scale: &Scale, lang: Lang) {
    let all: [Curve<'a>; 3] = [
        Curve {
            class: "on",
            name: lang.pick("going on", "weitermachen"),
            left: |point| &point.engaged,
        },
        Curve {
            class: "back",
            name: lang.pick("coming back then", "dann zurückkommen"),
            left: |point| &point.returned,
        },
        Curve {
            class: "gone",
            name: lang.pick("never coming back", "nie zurückkommen"),
            left: |point| &point.silent,
        },
    ];
    for curve in &all {
        band(canvas, view, scale, curve);
    }
    let mut lowest = f64::NEG_INFINITY;
    for curve in &all {
        let places: Vec<String> = view
            .points
            .iter()
            .map(|point| place(scale.at(point.days, (curve.left)(point).expected)))
            .collect();
        canvas.add(format_args!(
            "<path class=\"curve {}\" d=\"M{}\"/>",
            curve.class,
            places.join("L")
        ));
        let Some(last) = view.points.last().map(|point| (curve.left)(point)) else { continue };
        // Names stand below one another even where curves meet.
        let y = scale.at(0.0, last.expected).1.max(lowest + APART);
        lowest = y;
        canvas.line(&format!("curve {}", curve.class), (RIGHT + 8.0, y), (RIGHT + 34.0, y));
        canvas.text(
            (RIGHT + 42.0, y + 5.0),
            "small",
            &format!("{} {:.0}", curve.name, last.expected),
        );
    }
}

fn band<'a>(canvas: &mut Canvas, view: &'a ExitView, scale: &Scale, curve: &Curve<'a>) {
    let end = |high: bool| {
        let number = move |point: &'a rin_app::ExitPointView| {
            let [low, top] = (curve.left)(point).range;
            place(scale.at(point.days, if high { top } else { low }))
        };
        view.points.iter().map(number).collect::<Vec<String>>()
    };
    let mut places = end(false);
    places.extend(end(true).into_iter().rev());
    canvas.add(format_args!("<path class=\"band {}\" d=\"M{}Z\"/>", curve.class, places.join("L")));
}

fn place((x, y): (f64, f64)) -> String {
    format!("{x:.1} {y:.1}")
}
