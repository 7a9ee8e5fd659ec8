//! How one relationship will go on, kept beside a row so that the planner can look ahead without the log.

use crate::{Assessment, Staying};

/// The laws of a relationship, small enough for a million rows.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Course {
    /// *s* and *α* in days of the silence that goes on.
    silent: (f32, f32),
    /// The same right after a contact.
    after: (f32, f32),
    horizon_days: f32,
}

impl Course {
    #[expect(clippy::cast_possible_truncation, reason = "a look ahead needs seven digits")]
    pub(super) fn new(seen: &Assessment) -> Self {
        let law = |staying: Staying| (staying.shape as f32, staying.alpha_days as f32);
        let horizon_days = seen.horizon_days as f32;
        Self { silent: law(seen.staying), after: law(seen.staying_after), horizon_days }
    }

    pub(crate) fn horizon_days(self) -> f64 {
        f64::from(self.horizon_days)
    }

    /// Returns the probability of contact within `days` after a silence.
    pub(crate) fn contact_within(self, days: f64, silence_days: f64) -> f64 {
        staying(self.silent, 1.0).contact_within(days, silence_days)
    }

    /// Returns the law after a contact, with so much of its shape left.
    pub(crate) fn after(self, left: f64) -> Staying {
        staying(self.after, left)
    }
}

fn staying((shape, alpha_days): (f32, f32), left: f64) -> Staying {
    Staying { shape: left * f64::from(shape), alpha_days: f64::from(alpha_days), log_sd: 0.0 }
}
