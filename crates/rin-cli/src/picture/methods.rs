//! The left panel: every forecast's AUC with its interval, the best first.

use rin_app::{BacktestModelView, BacktestView, Lang, MetricView};

use super::{Canvas, TOP, to_f64};

/// Height of a row.
const ROW: f64 = 27.0;
/// Where the rows begin below the panel's title.
const ROWS: f64 = 34.0;
/// Where names end and the scale begins.
const LEFT: f64 = 208.0;
/// Where the scale ends and figures begin.
const RIGHT: f64 = 490.0;
/// Axis and legend below the rows.
const BELOW: f64 = 84.0;

/// Returns the panel's height.
pub(super) fn height(view: &BacktestView) -> f64 {
    ROWS + ROW * to_f64(view.models.len()) + BELOW
}

/// From a value to a place.
struct Scale {
    low: f64,
    step: f64,
    high: f64,
}

impl Scale {
    /// Returns one that holds every interval, from a whole tick to another.
    fn new(view: &BacktestView) -> Self {
        let ends = view.models.iter().filter_map(auc).flat_map(|auc| {
            let interval = auc.interval.map(|interval| [interval.low, interval.high]);
            auc.value.into_iter().chain(interval.into_iter().flatten())
        });
        let (mut low, mut high) = (1.0_f64, 0.0_f64);
        for end in ends {
            (low, high) = (low.min(end), high.max(end));
        }
        if high < low {
            (low, high) = (0.5, 1.0);
        }
        let step = if high - low < 0.2 { 0.05 } else { 0.1 };
        let low = (low / step).floor() * step;
        Self { low, step, high: ((high / step).ceil() * step).max(low + step) }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (value - self.low) / (self.high - self.low) * (RIGHT - LEFT)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let ticks = std::iter::successors(Some(self.low), |tick| Some(tick + self.step));
        ticks.take_while(|tick| *tick < self.high + self.step / 2.0)
    }
}

/// Draws it.
pub(super) fn draw(canvas: &mut Canvas, view: &BacktestView, lang: Lang) {
    let title = lang.pick("Who goes on? Right times in 100", "Wer bleibt? Richtig von 100 Malen");
    canvas.text((24.0, TOP + 6.0), "strong", title);
    let scale = Scale::new(view);
    let (top, bottom) = (TOP + ROWS - 14.0, TOP + ROWS + ROW * to_f64(view.models.len()));
    for tick in scale.ticks() {
        let x = scale.x(tick);
        canvas.line("line", (x, top), (x, bottom));
        canvas.text((x, bottom + 20.0), "small faint middle", &hundred(tick));
    }
    let ours = view.models.iter().find(|model| model.name == view.reference);
    if let Some(value) = ours.and_then(auc).and_then(|auc| auc.value) {
        canvas.line("guide", (scale.x(value), top), (scale.x(value), bottom));
    }
    let mut y = TOP + ROWS + ROW / 2.0 - 6.0;
    for model in &view.models {
        row(canvas, &scale, (model, model.name == view.reference), y, lang);
        y += ROW;
    }
    legend(canvas, bottom + 50.0, lang);
}

fn row(
    canvas: &mut Canvas,
    scale: &Scale,
    (model, is_ours): (&BacktestModelView, bool),
    y: f64,
    lang: Lang,
) {
    let weight = if is_ours { "strong" } else { "" };
    canvas.text((LEFT - 14.0, y + 5.0), &format!("{weight} end"), &model.label);
    let Some((auc, value)) = auc(model).and_then(|auc| Some((auc, auc.value?))) else {
        canvas.text((RIGHT + 12.0, y + 5.0), "faint", "–");
        return;
    };
    if let Some(interval) = auc.interval {
        let class = if is_ours { "whisker ours" } else { "whisker" };
        let (low, high) = (scale.x(interval.low), scale.x(interval.high));
        canvas.line(class, (low, y), (high, y));
        canvas.line(class, (low, y - 4.0), (low, y + 4.0));
        canvas.line(class, (high, y - 4.0), (high, y + 4.0));
    }
    let at = (scale.x(value), y);
    match auc.compared.map(|compared| compared.is) {
        _ if is_ours => canvas.dot("ours", at, 6.5),
        Some("better") => canvas.diamond("better", at, 6.0),
        Some("worse") => canvas.dot("", at, 4.5),
        _ => canvas.dot("noise", at, 4.5),
    }
    let value = format!("{:.1}", 100.0 * value);
    let value = lang.pick(value.clone(), value.replace('.', ","));
    canvas.text((RIGHT + 12.0, y + 5.0), weight, &value);
}

/// Says what the marks mean, in one line that stays within the panel.
fn legend(canvas: &mut Canvas, y: f64, lang: Lang) {
    let marks: [(&str, f64); 4] = [
        ("Rin", 24.0),
        (lang.pick("worse", "schlechter"), 86.0),
        (lang.pick("may be chance", "kann Zufall sein"), lang.pick(166.0, 196.0)),
        (lang.pick("better, beyond chance", "besser, kein Zufall"), lang.pick(310.0, 344.0)),
    ];
    for ((word, x), shape) in marks.into_iter().zip(["ours", "", "noise", "better"]) {
        let at = (x + 6.0, y - 5.0);
        match shape {
            "better" => canvas.diamond(shape, at, 6.0),
            "ours" => canvas.dot(shape, at, 6.0),
            _ => canvas.dot(shape, at, 4.5),
        }
        canvas.text((x + 20.0, y), "small faint", word);
    }
}

fn auc(model: &BacktestModelView) -> Option<&MetricView> {
    model.metric("auc")
}

/// Returns a share as so many in a hundred.
fn hundred(share: f64) -> String {
    format!("{:.0}", 100.0 * share)
}
