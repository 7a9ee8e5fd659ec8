//! When something happened and how much of our time it takes: moments, days, windows, minutes.
//!
//! A moment is milliseconds in UTC because exports give seconds or finer; a day is a UTC day because the model
//! counts contact *days*, and two people in two zones need one calendar. The core never asks what time it is.

use std::{
    fmt,
    ops::{Add, AddAssign, Sub},
};

const DAY_MS: i64 = 86_400_000;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, negative before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment(i64);

impl Moment {
    /// Makes a moment of milliseconds since the Unix epoch.
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Returns the milliseconds since the Unix epoch.
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Returns the UTC day it falls on.
    pub const fn day(self) -> Day {
        Day(clamp_i32(self.0.div_euclid(DAY_MS)))
    }

    /// Returns the days from `earlier` to here, with their fraction; negative if `earlier` is later.
    pub fn days_since(self, earlier: Self) -> f64 {
        to_f64(self.0.saturating_sub(earlier.0)) / to_f64(DAY_MS)
    }

    /// Returns the moment `days` (with fraction) later; it saturates at the ends of time.
    #[must_use]
    pub fn plus_days(self, days: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "float to int saturates, which is meant"
        )]
        let ms = (days * to_f64(DAY_MS)).round() as i64;
        Self(self.0.saturating_add(ms))
    }
}

/// A UTC day: days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(i32);

impl Day {
    /// Makes a day of its number since 1970-01-01.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Returns its number since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Returns the moment it begins.
    pub const fn start(self) -> Moment {
        Moment(self.0 as i64 * DAY_MS)
    }

    /// Returns the whole days from `earlier` to here.
    pub const fn days_since(self, earlier: Self) -> i64 {
        self.0 as i64 - earlier.0 as i64
    }
}

/// A half-open span of time: `start` belongs to it, `end` does not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Window {
    start: Moment,
    end: Moment,
}

impl Window {
    /// All of time.
    pub const ALWAYS: Self = Self { start: Moment(i64::MIN), end: Moment(i64::MAX) };

    /// Makes a window; one that would end before it starts is empty at its start.
    pub fn new(start: Moment, end: Moment) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Returns the first moment inside.
    pub const fn start(self) -> Moment {
        self.start
    }

    /// Returns the first moment after it.
    pub const fn end(self) -> Moment {
        self.end
    }

    /// Whether `moment` lies inside.
    pub fn contains(self, moment: Moment) -> bool {
        self.start <= moment && moment < self.end
    }

    /// Whether nothing lies inside.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Moment, Window};
    /// assert!(Window::new(Moment::from_unix_ms(5), Moment::from_unix_ms(2)).is_empty());
    /// ```
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns its length in days, with their fraction.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Day, Window};
    /// let day = |n| Day::from_number(n).start();
    /// assert_eq!(Window::new(day(1), day(8)).days(), 7.0);
    /// ```
    pub fn days(self) -> f64 {
        self.end.days_since(self.start)
    }

    /// Returns what lies in both.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Day, Window};
    /// let day = |n| Day::from_number(n).start();
    /// let both = Window::new(day(1), day(9)).intersection(Window::new(day(5), day(20)));
    /// assert_eq!(both, Window::new(day(5), day(9)));
    /// ```
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        let start = self.start.max(other.start);
        Self::new(start, self.end.min(other.end))
    }
}

/// Time we spend, kept in whole seconds so that sums are exact.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Minutes {
    seconds: u32,
}

impl Minutes {
    /// No time at all.
    pub const ZERO: Self = Self { seconds: 0 };

    /// Makes it of minutes with a fraction, rounded to the second; negative or not a number is none.
    pub fn new(minutes: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "float to int saturates and NaN becomes 0, which is meant"
        )]
        let seconds = (minutes * 60.0).round() as u32;
        Self { seconds }
    }

    /// Makes it of whole seconds.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self { seconds }
    }

    /// Returns whole seconds.
    pub const fn seconds(self) -> u32 {
        self.seconds
    }

    /// Returns minutes with their fraction.
    pub fn get(self) -> f64 {
        f64::from(self.seconds) / 60.0
    }
}

impl Add for Minutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { seconds: self.seconds.saturating_add(other.seconds) }
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Minutes {
    type Output = Self;

    /// Takes time away; never below none.
    fn sub(self, other: Self) -> Self {
        Self { seconds: self.seconds.saturating_sub(other.seconds) }
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.seconds.is_multiple_of(60) {
            write!(f, "{}", self.seconds / 60)
        } else {
            write!(f, "{:.1}", self.get())
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a millisecond in 285,000 years is not missed")]
const fn to_f64(ms: i64) -> f64 {
    ms as f64
}

#[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
const fn clamp_i32(day: i64) -> i32 {
    if day < i32::MIN as i64 {
        i32::MIN
    } else if day > i32::MAX as i64 {
        i32::MAX
    } else {
        day as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_before_1970_falls_on_the_day_before() {
        assert_eq!(Moment::from_unix_ms(-1).day(), Day::from_number(-1));
        assert_eq!(Moment::from_unix_ms(0).day(), Day::from_number(0));
        assert_eq!(Moment::from_unix_ms(i64::MAX).day().number(), i32::MAX);
    }

    #[test]
    fn minutes_are_exact_and_never_negative() {
        assert_eq!(Minutes::new(1.5).seconds(), 90);
        assert_eq!(Minutes::new(f64::NAN), Minutes::ZERO);
        assert_eq!(Minutes::new(1.0) - Minutes::new(2.0), Minutes::ZERO);
        assert_eq!(Minutes::new(12.0).to_string(), "12");
        assert_eq!(Minutes::new(0.5).to_string(), "0.5");
    }

    proptest::proptest! {
        #[test]
        fn a_window_of_a_window_is_the_intersection(a: i32, b: i32, c: i32, d: i32, t: i32) {
            let at = |n: i32| Moment::from_unix_ms(i64::from(n));
            let one = Window::new(at(a), at(b));
            let two = Window::new(at(c), at(d));
            let both = one.intersection(two);
            assert_eq!(both.contains(at(t)), one.contains(at(t)) && two.contains(at(t)));
        }
    }
}
