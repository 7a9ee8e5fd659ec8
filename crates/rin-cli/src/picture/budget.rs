//! What each budget of a week keeps alive: a whisker for each, the programme's own in its colour.

use rin_app::{BudgetPointView, BudgetView, Lang};

use super::{Canvas, round_step};

/// The plot's edges.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 700.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 264.0;
/// Room above and below the whiskers, as a share of their reach.
const AIR: f64 = 0.12;

/// Draws the curve alone, for a page.
pub(crate) fn on_page(view: &BudgetView, lang: Lang) -> String {
    let mut canvas = Canvas::default();
    let title = lang.pick(
        "Relationships alive after a year, by minutes a week",
        "Nach einem Jahr lebendige Beziehungen, nach Minuten je Woche",
    );
    canvas.open_on_page((0.0, 0.0), (720.0, BOTTOM + 64.0), title);
    let scale = Scale::new(&view.curve);
    scale.axes(&mut canvas, view, lang);
    let corners: Vec<(f64, f64)> =
        view.curve.iter().map(|point| scale.at(point.minutes_a_week, point.alive.value)).collect();
    canvas.path("guide", &corners, false);
    for (point, at) in view.curve.iter().zip(&corners) {
        let class = if point.is_budget { "ours" } else { "" };
        if let Some(range) = point.alive.interval {
            let low = scale.at(point.minutes_a_week, range.low);
            let high = scale.at(point.minutes_a_week, range.high);
            canvas.line(&format!("whisker {class}"), low, high);
        }
        canvas.dot(class, *at, 5.0);
        let top = point.alive.interval.map_or(at.1, |range| scale.at(0.0, range.high).1).min(at.1);
        let text = lang.number(point.alive.value);
        canvas.text((at.0, top - 12.0), "small strong middle", &text);
    }
    canvas.close()
}

/// From minutes and numbers to places.
struct Scale {
    most_minutes: f64,
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    fn new(curve: &[BudgetPointView]) -> Self {
        let ends = curve.iter().flat_map(|point| {
            let value = point.alive.value;
            point.alive.interval.map_or([value, value], |range| [range.low, range.high])
        });
        let (low, high) =
            ends.fold((f64::INFINITY, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let low = if low.is_finite() { low } else { 0.0 };
        let air = AIR * (high - low).max(1.0);
        let step = round_step((high - low + 2.0 * air) / 4.0);
        let (low, high) = ((low - air).max(0.0) / step, (high + air) / step);
        let most_minutes = curve.iter().map(|point| point.minutes_a_week).fold(1.0, f64::max);
        Self { most_minutes, low: low.floor() * step, high: high.ceil() * step, step }
    }

    fn at(&self, minutes: f64, number: f64) -> (f64, f64) {
        let x = LEFT + 24.0 + minutes / self.most_minutes * (RIGHT - LEFT - 80.0);
        (x, BOTTOM - (number - self.low) / (self.high - self.low) * (BOTTOM - TOP))
    }

    fn axes(&self, canvas: &mut Canvas, view: &BudgetView, lang: Lang) {
        let ticks = std::iter::successors(Some(self.low), |tick| Some(tick + self.step));
        for number in ticks.take_while(|tick| *tick < self.high + self.step / 2.0) {
            let y = self.at(0.0, number).1;
            canvas.line("line", (LEFT, y), (RIGHT, y));
            canvas.text((LEFT - 10.0, y + 5.0), "small faint end", &lang.number(number));
        }
        for point in &view.curve {
            let x = self.at(point.minutes_a_week, self.low).0;
            let class = if point.is_budget { "small middle strong" } else { "small middle faint" };
            canvas.text((x, BOTTOM + 24.0), class, &lang.number(point.minutes_a_week));
        }
        let label = lang.pick("minutes a week", "Minuten je Woche");
        canvas.text((0.5 * (LEFT + RIGHT), BOTTOM + 48.0), "small middle faint", label);
    }
}
