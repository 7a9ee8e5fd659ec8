//! The days of a plan, counted from today as the user's wall clock counts them, and the weeks they make.

use super::{PlanRequest, request::MAX_DAYS};
use crate::{Day, Moment};

/// Days are counted from today, 0; what was done lies before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    now: Moment,
    today: Day,
    /// By how many days the wall clock is ahead of UTC.
    ahead: f64,
    /// How many days the plan covers.
    pub(super) days: i32,
    first_week_days: i32,
}

/// A week of the plan: its days from `start` to before `end`, out of the `whole` it had left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Week {
    pub(super) number: usize,
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) whole: i32,
}

impl Calendar {
    pub(super) fn new(request: &PlanRequest<'_>) -> Self {
        let ahead = f64::from(request.utc_offset_minutes) / 1_440.0;
        let days = i32::try_from(request.days.clamp(1, MAX_DAYS)).unwrap_or(1);
        let first_week_days = i32::try_from(request.first_week_days.clamp(1, 7)).unwrap_or(7);
        let today = request.now.plus_days(ahead).day();
        Self { now: request.now, today, ahead, days, first_week_days }
    }

    /// Returns the number of the day a moment falls on.
    pub(super) fn number(&self, moment: Moment) -> i32 {
        moment.plus_days(self.ahead).day().number().saturating_sub(self.today.number())
    }

    /// Returns the number of a day.
    pub(super) const fn number_of(&self, day: Day) -> i32 {
        day.number().saturating_sub(self.today.number())
    }

    /// Returns the day of a number.
    pub(super) const fn day(&self, number: i32) -> Day {
        Day::from_number(self.today.number().saturating_add(number))
    }

    /// Returns the first moment of a day at which something can be done: its midnight, of today now.
    pub(super) fn start(&self, number: i32) -> Moment {
        let midnight = self.day(number).start().plus_days(-self.ahead);
        if number <= 0 { self.now } else { midnight }
    }

    /// Returns the weeks, the first as long as the running week still is.
    pub(super) fn weeks(self) -> impl Iterator<Item = Week> {
        let mut start = 0;
        let mut whole = self.first_week_days;
        (0..).map_while(move |number| {
            let end = (start + whole).min(self.days);
            let week = Week { number, start, end, whole };
            (start, whole) = (end, 7);
            (week.start < week.end).then_some(week)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Minutes;

    fn calendar(days: u32, first_week_days: u32, utc_offset_minutes: i32) -> Calendar {
        // A Friday, 23:30 in UTC.
        let now = Day::from_number(20_000).start().plus_days(23.5 / 24.0);
        let request = PlanRequest::new(now, Minutes::ZERO);
        Calendar::new(&PlanRequest { utc_offset_minutes, days, first_week_days, ..request })
    }

    #[test]
    fn weeks_follow_the_running_one_without_a_gap() {
        let spans = |days, first| {
            let weeks = calendar(days, first, 0).weeks();
            weeks.map(|week| (week.start, week.end, week.whole)).collect::<Vec<_>>()
        };
        assert_eq!(spans(1, 7), [(0, 1, 7)]);
        assert_eq!(spans(12, 3), [(0, 3, 3), (3, 10, 7), (10, 12, 7)]);
        assert_eq!(spans(9_999, 7).last(), Some(&(364, 366, 7)));
    }

    #[test]
    fn a_day_begins_at_midnight_on_the_wall() {
        let (here, east) = (calendar(7, 7, 0), calendar(7, 7, 60));
        assert_eq!((here.day(0).number(), east.day(0).number()), (20_000, 20_001));
        assert_eq!(here.number(here.start(1)), 1);
        assert_eq!(east.number(east.start(3)), 3);
        assert_eq!(here.start(0), east.start(0));
        assert_eq!(east.start(1), Day::from_number(20_001).start().plus_days(23.0 / 24.0));
    }
}
