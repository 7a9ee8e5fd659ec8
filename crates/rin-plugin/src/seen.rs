//! From when until when an export shows something, gathered event by event.

use rin_core::Moment;

/// The first and the last moment of what was read: what a coverage record says as `since` and `until`.
///
/// # Example
/// ```
/// use rin_plugin::prelude::*;
///
/// let mut seen = Seen::default();
/// for ms in [2000, 1000, 3000] {
///     seen.add(Moment::from_unix_ms(ms));
/// }
/// assert_eq!(seen.since, Some(Moment::from_unix_ms(1000)));
/// assert_eq!(seen.until, Some(Moment::from_unix_ms(3000)));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Seen {
    /// The first moment; `None` while nothing was added.
    pub since: Option<Moment>,
    /// The last moment; `None` while nothing was added.
    pub until: Option<Moment>,
}

impl Seen {
    /// Adds the moment of an event.
    pub fn add(&mut self, at: Moment) {
        self.since = Some(self.since.map_or(at, |since| since.min(at)));
        self.until = self.until.max(Some(at));
    }
}
