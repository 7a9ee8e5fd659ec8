//! The network as it is likeliest to be in a later week, so that strategies can be asked about it.
//!
//! Each relationship is taken in the likeliest of three states: *we were in touch* (the lines planned before led to a
//! contact), *they wrote by themselves*, or *silence went on*. What is proposed then is weighed by the probability of
//! that state. In the first, silence runs from the last planned line and goes by the law after a contact; in the second
//! things stand as they do today; in the third silence has grown and every line planned stays unanswered. How long a
//! contact would hold after a longer silence falls as the law of revival says of all networks.

use super::{
    Offer, PlanRequest,
    book::{Book, Taken},
    calendar::{Calendar, Week},
};
use crate::{
    Moment, Proposed, Table,
    forecast::REVIVAL_BY_SILENCE,
    measure::{RECENT_HALF_LIFE, STRENGTH_HALF_LIFE},
    strategy::Course,
};

/// What the planner asks of a strategy about a later week.
#[derive(Clone, Copy, Debug)]
pub struct PlanQuestion<'a> {
    /// Position of the strategy among the offers.
    pub offer: usize,
    /// Position of the week in the plan, from 1.
    pub week: usize,
    /// When that week begins.
    pub now: Moment,
    /// The relationships as they are likeliest to be then.
    pub table: &'a Table,
}

/// A table of a later week, and how likely each row stands so.
#[derive(Debug)]
pub(super) struct Later {
    pub(super) table: Table,
    pub(super) likelihood: Vec<f32>,
    /// What the strategy says of it; `None` for what it said before.
    pub(super) answer: Option<Vec<Proposed>>,
}

/// Lays out the table of a later week and asks its strategy.
pub(super) fn ask(
    request: &PlanRequest<'_>,
    (calendar, week): (Calendar, Week),
    book: &Book<'_>,
    (number, offer): (usize, &Offer<'_>),
    ask: &mut dyn FnMut(&PlanQuestion<'_>) -> Option<Vec<Proposed>>,
) -> Later {
    let mut table = offer.table.clone();
    let now = calendar.start(week.start);
    let mut likelihood = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let taken = table.party(row).and_then(|party| book.parties.get(&party));
        let ahead = Ahead::new(request, calendar, week, taken.map_or(&[], Vec::as_slice), number);
        likelihood.push(ahead.enter(&mut table, row).unwrap_or(1.0));
    }
    let answer = ask(&PlanQuestion { offer: number, week: week.number, now, table: &table });
    Later { table, likelihood, answer }
}

/// What lies between now and then for one relationship.
#[derive(Clone, Copy, Debug)]
struct Ahead {
    threshold: f64,
    now: Moment,
    then: Moment,
    /// Probability that none of the lines planned before led to a contact.
    unanswered: f64,
    /// How many there were.
    tries: u32,
    /// When the last of them was.
    tried: Moment,
    /// Whether one of them was on this platform.
    is_here: bool,
}

impl Ahead {
    fn new(
        request: &PlanRequest<'_>,
        calendar: Calendar,
        week: Week,
        taken: &[Taken],
        offer: usize,
    ) -> Self {
        let before = || taken.iter().filter(|one| one.day < week.start);
        Self {
            threshold: request.threshold,
            now: request.now,
            then: calendar.start(week.start),
            unanswered: before().map(|one| 1.0 - one.effect).product(),
            tries: u32::try_from(before().count()).unwrap_or(u32::MAX),
            tried: calendar.start(before().map(|one| one.day).max().unwrap_or_default()),
            is_here: before().any(|one| one.offer == offer),
        }
    }

    /// Enters the likeliest state into a row and returns its probability.
    #[expect(clippy::cast_possible_truncation, reason = "measures are shown in single precision")]
    fn enter(&self, table: &mut Table, row: usize) -> Option<f32> {
        let days = self.then.days_since(self.now).max(0.0);
        let silence = f64::from(*table.silence_days.get(row)?);
        let course = *table.course.get(row)?;
        let quiet = 1.0 - course.contact_within(days, silence);
        let in_touch = 1.0 - self.unanswered;
        let (alone, silent) = (self.unanswered * (1.0 - quiet), self.unanswered * quiet);
        if self.is_here {
            table.open.set(row, None);
        }
        if alone <= in_touch && silent <= in_touch {
            self.enter_contact(table, row, course)?;
            return Some(in_touch as f32);
        }
        if silent <= alone {
            // They wrote by themselves as they do; what is shown of a date moves along.
            let lapse = table.lapse.get_mut(row)?;
            *lapse = Moment::from_unix_ms(*lapse).plus_days(days).unix_ms();
            return Some(alone as f32);
        }
        let grown = silence + days;
        // Of what holds after a contact, so much is left after the longer silence.
        let left = ((1.0 + grown.max(7.0)) / (1.0 + silence.max(7.0))).powf(REVIVAL_BY_SILENCE);
        let after = course.after(left);
        let alive = course.contact_within(course.horizon_days(), grown);
        let alive_after = after.contact_within(course.horizon_days(), 0.0).max(alive);
        *table.outlook.get_mut(row)? = (alive, alive_after);
        *table.alive.get_mut(row)? = alive as f32;
        *table.silence_days.get_mut(row)? = grown as f32;
        age(table, row, days, None)?;
        if let Some(n) = table.unanswered.get(row) {
            table.unanswered.set(row, Some(n.saturating_add(self.tries)));
        }
        Some(silent as f32)
    }

    #[expect(clippy::cast_possible_truncation, reason = "measures are shown in single precision")]
    fn enter_contact(&self, table: &mut Table, row: usize, course: Course) -> Option<()> {
        let silence = self.then.days_since(self.tried).max(0.0);
        let after = course.after(1.0);
        let horizon = course.horizon_days();
        let alive = after.contact_within(horizon, silence);
        let alive_after = after.contact_within(horizon, 0.0).max(alive);
        *table.outlook.get_mut(row)? = (alive, alive_after);
        *table.alive.get_mut(row)? = alive as f32;
        *table.silence_days.get_mut(row)? = silence as f32;
        *table.contact_days.get_mut(row)? += 1;
        let lapse = self.tried.plus_days(after.days_to_lapse(horizon, self.threshold));
        *table.lapse.get_mut(row)? = lapse.unix_ms();
        let days = self.then.days_since(self.now).max(0.0);
        age(table, row, days, Some(silence))?;
        if self.is_here {
            table.last.set(row, Some(self.tried.unix_ms()));
        }
        if table.unanswered.get(row).is_some() {
            table.unanswered.set(row, Some(0));
        }
        Some(())
    }
}

/// Lets the days with contact fade for so many days, and adds one that lies so far back by then, if there was one.
#[expect(clippy::cast_possible_truncation, reason = "measures are shown in single precision")]
fn age(table: &mut Table, row: usize, days: f64, added: Option<f64>) -> Option<()> {
    let sums = [
        (table.strength.get_mut(row)?, STRENGTH_HALF_LIFE),
        (table.recent.get_mut(row)?, RECENT_HALF_LIFE),
    ];
    for (sum, half_life) in sums {
        let left = |days: f64| (-days / half_life).exp2() as f32;
        *sum = *sum * left(days) + added.map_or(0.0, left);
    }
    Some(())
}
