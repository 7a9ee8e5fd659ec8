//! Simulated years as a picture: how many ties each way of spending the minutes keeps, with its interval.
//!
//! One narrow column, so that it can be read on a telephone.

use rin_app::{Lang, SimulatedPolicyView, SimulationView};

use super::{Canvas, to_f64, wrapped};

/// Width of the whole.
const WIDTH: f64 = 560.0;
/// Where the rows begin.
const TOP: f64 = 108.0;
/// Height of a row.
const ROW: f64 = 27.0;
/// Where names end and the scale begins.
const LEFT: f64 = 190.0;
/// Where the scale ends and figures begin.
const RIGHT: f64 = 480.0;
/// Letters of prose in a line.
const LETTERS: usize = 70;
/// Height of a line of prose.
const LINE: f64 = 20.0;
/// About how many ticks a scale has.
const TICKS: f64 = 5.0;

/// Draws simulated years.
pub(crate) fn draw(view: &SimulationView, lang: Lang) -> String {
    let prose: Vec<String> =
        view.verdict.iter().flat_map(|sentence| wrapped(sentence, LETTERS)).collect();
    let bottom = TOP + ROW * to_f64(view.policies.len());
    let height = bottom + 84.0 + LINE * to_f64(prose.len());
    let title = lang.pick("Where minutes keep most ties", "Wo Minuten am meisten erhalten");
    let mut canvas = Canvas::default();
    canvas.open((WIDTH, height), title);
    canvas.text((24.0, 38.0), "title", title);
    canvas.text((24.0, 62.0), "faint", &subtitle(view, lang));
    let scale = Scale::new(view);
    for tick in scale.ticks() {
        canvas.line("line", (scale.x(tick), TOP - 12.0), (scale.x(tick), bottom));
        canvas.text((scale.x(tick), bottom + 20.0), "small faint middle", &lang.number(tick));
    }
    if let Some(best) = view.best_possible {
        let x = scale.x(best.value);
        canvas.line("guide", (x, TOP - 12.0), (x, bottom));
        let word = lang.pick("knowing all", "allwissend");
        canvas.text((x, TOP - 18.0), "small faint middle", word);
    }
    let mut y = TOP + ROW / 2.0 - 4.0;
    for policy in &view.policies {
        row(&mut canvas, &scale, policy, y, lang);
        y += ROW;
    }
    let axis = lang.pick(
        "Ties kept that would not be if nobody acted",
        "Erhaltene Beziehungen, die sonst nicht lebten",
    );
    canvas.text((24.0, bottom + 44.0), "small faint", axis);
    y = bottom + 74.0;
    for line in &prose {
        canvas.text((24.0, y), "", line);
        y += LINE;
    }
    canvas.close()
}

fn subtitle(view: &SimulationView, lang: Lang) -> String {
    let (ties, days, years) = (view.source.ties, view.days, view.years);
    let minutes = lang.number(view.minutes_a_week);
    lang.pick(
        format!("{ties} ties, {minutes} minutes a week for {days} days, {years} times"),
        format!("{ties} Beziehungen, {minutes} Minuten je Woche, {days} Tage, {years}-mal"),
    )
}

fn row(canvas: &mut Canvas, scale: &Scale, policy: &SimulatedPolicyView, y: f64, lang: Lang) {
    let is_ours = policy.is == "ours";
    let weight = if is_ours { "strong" } else { "" };
    canvas.text((LEFT - 14.0, y + 5.0), &format!("{weight} end"), policy.label);
    if let Some(interval) = policy.gained.interval {
        let class = if is_ours { "whisker ours" } else { "whisker" };
        let (low, high) = (scale.x(interval.low), scale.x(interval.high));
        canvas.line(class, (low, y), (high, y));
        canvas.line(class, (low, y - 4.0), (low, y + 4.0));
        canvas.line(class, (high, y - 4.0), (high, y + 4.0));
    }
    let at = (scale.x(policy.gained.value), y);
    match policy.is {
        "ours" => canvas.dot("ours", at, 6.5),
        "better" => canvas.diamond("better", at, 6.0),
        "worse" => canvas.dot("", at, 4.5),
        _ => canvas.dot("noise", at, 4.5),
    }
    canvas.text((RIGHT + 14.0, y + 5.0), weight, &lang.number(policy.gained.value));
}

/// From a number of ties to a place.
struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// Returns one that holds nothing, every interval and the best possible, from a whole tick to another.
    fn new(view: &SimulationView) -> Self {
        let all = view.policies.iter().map(|one| &one.gained).chain(&view.best_possible);
        let ends = all.flat_map(|gained| {
            let interval = gained.interval.map(|interval| [interval.low, interval.high]);
            interval.into_iter().flatten().chain([gained.value])
        });
        let (low, high) =
            ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let rough = (high - low).max(1e-3) / TICKS;
        let decade = 10.0_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * decade).into_iter().find(|n| rough <= *n);
        let step = step.unwrap_or(10.0 * decade);
        let whole = |value: f64| value / step;
        Self { low: whole(low).floor() * step, high: (whole(high).ceil() * step).max(step), step }
    }

    fn x(&self, value: f64) -> f64 {
        let place = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        LEFT + place * (RIGHT - LEFT)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let ticks = std::iter::successors(Some(self.low), |tick| Some(tick + self.step));
        ticks.take_while(|tick| *tick < self.high + self.step / 2.0)
    }
}
