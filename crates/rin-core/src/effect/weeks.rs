//! Which windows compare with a campaign's, and what was counted week by week around it.
//!
//! Weeks are counted from the campaign's first day. A week that is not whole, or in which another campaign ran, is left out:
//! it belongs to neither side.

use super::EffectRequest;
use crate::{
    Day, Interrupted, InterruptedError, InterruptedRequest, Moment, SeriesPoint, Window,
    interrupted,
};

/// Ties for comparison are those won within so many days before and after a campaign, or within its length if that is more.
pub const COMPARED_DAYS: f64 = 182.0;
/// A trend is laid through no more than a year before.
const WEEKS_BEFORE: i32 = 52;
/// What came after is looked at for half a year.
const WEEKS_AFTER: i32 = 26;
/// Days of a week.
const WEEK: i32 = 7;

/// How many there were on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// The day.
    pub day: Day,
    /// How many.
    pub count: u32,
}

/// Returns the windows whose ties can be compared with those of a campaign: as long before it as after it, within what is
/// known, without the windows of other campaigns.
///
/// # Example
/// ```
/// use rin_core::{Day, Window, comparable_windows};
/// let day = |n| Day::from_number(n).start();
/// let window = |from, to| Window::new(day(from), day(to));
/// let found = comparable_windows(window(500, 530), &[window(540, 560)], window(400, 700), 100.0);
/// assert_eq!(found, [window(400, 500), window(530, 540), window(560, 630)]);
/// ```
pub fn comparable_windows(
    campaign: Window,
    others: &[Window],
    known: Window,
    days: f64,
) -> Vec<Window> {
    let days = campaign.end().days_since(campaign.start()).max(days);
    let mut free = vec![
        Window::new(campaign.start().plus_days(-days), campaign.start()),
        Window::new(campaign.end(), campaign.end().plus_days(days)),
    ];
    for other in others {
        free = free.into_iter().flat_map(|window| without(window, *other)).collect();
    }
    let known = free.into_iter().map(|window| window.intersection(known));
    known.filter(|window| window.start() < window.end()).collect()
}

fn without(window: Window, other: Window) -> [Window; 2] {
    let before = Window::new(window.start(), window.end().min(other.start()));
    let after = Window::new(window.start().max(other.end()), window.end());
    if other.end() <= window.start() || window.end() <= other.start() {
        return [window, Window::new(window.end(), window.end())];
    }
    [before, after]
}

/// Compares the weeks of the campaign with those before and after.
pub(super) fn weekly(
    request: &EffectRequest<'_>,
    counted: &[Counted],
    control: Option<&[Counted]>,
) -> Result<Interrupted, InterruptedError> {
    let calendar = Calendar::new(request);
    let points = calendar.series(counted, control);
    interrupted(&InterruptedRequest { points: &points, start: 0, end: calendar.end })
}

/// The weeks around a campaign.
struct Calendar {
    start: Day,
    /// First week after the campaign.
    end: i32,
    /// Numbers of the weeks that belong to one side each.
    weeks: Vec<i32>,
}

impl Calendar {
    fn new(request: &EffectRequest<'_>) -> Self {
        let (start, stop) = (request.window.start().day(), request.window.end().day());
        let length = stop.number().saturating_sub(start.number());
        let whole = length.div_euclid(WEEK);
        let end = whole + i32::from(0 < length.rem_euclid(WEEK));
        let mut calendar = Self { start, end, weeks: Vec::new() };
        let is_free = |week: i32| {
            let span = calendar.span(week);
            let is_known =
                request.known.start() <= span.start() && span.end() <= request.known.end();
            let is_apart =
                |other: &Window| other.end() <= span.start() || span.end() <= other.start();
            is_known && request.others.iter().all(is_apart)
        };
        let sides = (-WEEKS_BEFORE..whole).chain(end..end + WEEKS_AFTER);
        calendar.weeks = sides.filter(|week| is_free(*week)).collect();
        calendar
    }

    fn span(&self, week: i32) -> Window {
        let day = |week: i32| -> Moment {
            Day::from_number(self.start.number().saturating_add(WEEK.saturating_mul(week))).start()
        };
        Window::new(day(week), day(week.saturating_add(1)))
    }

    fn series(&self, counted: &[Counted], control: Option<&[Counted]>) -> Vec<SeriesPoint> {
        let values = self.sums(counted);
        let controls = control.map(|counted| self.sums(counted));
        let point = |(at, (week, value)): (usize, (&i32, &f64))| SeriesPoint {
            period: *week,
            value: *value,
            control: controls.as_ref().and_then(|sums| sums.get(at)).copied(),
        };
        self.weeks.iter().zip(&values).enumerate().map(point).collect()
    }

    fn sums(&self, counted: &[Counted]) -> Vec<f64> {
        let mut sums = vec![0.0; self.weeks.len()];
        for one in counted {
            let week = one.day.number().saturating_sub(self.start.number()).div_euclid(WEEK);
            if let Some(sum) = self.weeks.binary_search(&week).ok().and_then(|at| sums.get_mut(at))
            {
                *sum += f64::from(one.count);
            }
        }
        sums
    }
}
