//! The curve of a relationship from its last contact on: probability of contact, with its interval, and where it lapses.

use maud::{Markup, html};
use rin_app::{CoursePointView, Lang, PartyCourseView};

use super::{WIDTH, path};

const HEIGHT: f64 = 250.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 30.0;
/// How many days are named below.
const TICKS: usize = 4;

/// Draws it.
pub(in crate::web) fn draw(course: &PartyCourseView, lang: Lang) -> Markup {
    let end = course.points.last().map_or(1.0, |point| point.silence_days.max(1.0));
    let x = |point: &CoursePointView| LEFT + (WIDTH - LEFT - RIGHT) * point.silence_days / end;
    let lows = course.points.iter().rev().map(|point| (x(point), y(point.alive_range[0])));
    let highs = course.points.iter().map(|point| (x(point), y(point.alive_range[1])));
    let band = path(highs.chain(lows)) + "Z";
    let line = path(course.points.iter().map(|point| (x(point), y(point.alive))));
    let now = course.points.iter().find(|point| Some(&point.day) == course.as_of.as_ref());
    let lapse = course
        .points
        .iter()
        .find(|point| course.lapse.as_ref().is_some_and(|day| *day <= point.day));
    let right = WIDTH - RIGHT;
    html! {
        svg.chart viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label(course, lang)) {
            @for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                path.grid d=(path([(LEFT, y(share)), (right, y(share))])) {}
                text.axis.end x=(LEFT - 8.0) y=(y(share) + 4.0) { (Lang::percent(share)) }
            }
            path.band d=(band) {}
            path.guide d=(path([(LEFT, y(course.threshold)), (right, y(course.threshold))])) {}
            path.curve d=(line) {}
            @if let Some(now) = now {
                path.now d=(path([(x(now), TOP - 6.0), (x(now), y(0.0))])) {}
                // Beyond the middle it stands before its line, so that it ends within the picture.
                @let before = LEFT.midpoint(right) < x(now);
                text class=(if before { "axis strong end" } else { "axis strong" })
                    x=(if before { x(now) - 6.0 } else { x(now) + 6.0 }) y=(TOP - 8.0) { (lang.pick("figures as of ", "Stand ")) (lang.shown(&now.day)) }
            }
            @if let Some(lapse) = lapse {
                circle.lapse cx=(format!("{:.1}", x(lapse))) cy=(format!("{:.1}", y(lapse.alive))) r="5" {}
            }
            @for point in ticks(&course.points) {
                text.axis.middle x=(format!("{:.1}", x(point).clamp(LEFT + 12.0, right - 36.0))) y=(HEIGHT - 8.0) {
                    (lang.shown(&point.day))
                }
            }
        }
    }
}

fn y(share: f64) -> f64 {
    TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - share)
}

fn ticks(points: &[CoursePointView]) -> impl Iterator<Item = &CoursePointView> {
    let step = (points.len().saturating_sub(1) / TICKS).max(1);
    points.iter().step_by(step)
}

fn label(course: &PartyCourseView, lang: Lang) -> String {
    let day = |day: &Option<String>| day.as_deref().map_or_else(String::new, |day| lang.shown(day));
    let lapse = day(&course.lapse);
    lang.pick(
        format!("Probability of contact falling from the last contact on; it crosses the threshold on {lapse}."),
        format!("Wahrscheinlichkeit eines Kontakts, fallend vom letzten Kontakt an; sie kreuzt die Schwelle am {lapse}."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_falls_and_the_lapse_is_marked_on_it() {
        let point = |n: u32| CoursePointView {
            day: format!("2026-{:02}-01", n + 1),
            silence_days: 30.0 * f64::from(n),
            alive: 1.0 - 0.1 * f64::from(n),
            alive_range: [0.9 - 0.1 * f64::from(n), 1.0],
        };
        let course = PartyCourseView {
            months: Vec::new(),
            as_of: Some("2026-03-01".to_owned()),
            threshold: 0.5,
            horizon_days: 180.0,
            lapse: Some("2026-06-01".to_owned()),
            points: (0..9).map(point).collect(),
        };
        let drawn = draw(&course, Lang::En).into_string();
        // At five of eight months the circle stands on the threshold's height.
        let (x, y) = (LEFT + (WIDTH - LEFT - RIGHT) * 5.0 / 8.0, y(0.5));
        assert!(drawn.contains(&format!("cx=\"{x:.1}\" cy=\"{y:.1}\"")), "{drawn}");
        assert!(drawn.contains("figures as of 1 Mar 2026") && !drawn.contains("NaN"), "{drawn}");
    }
}
