//! Who does it and with how much time: the team of the programme that runs, or else one person with the time set.

use rin_core::{Member, Minutes, Moment, Programme, Seat, Window};

use super::{PlanRequest, last::Wishes};
use crate::{
    Session, SessionError,
    time::{civil_day, day_start},
};

/// The team of a plan.
pub(super) struct Team {
    pub(super) seats: Vec<Seat>,
    /// At most so much in the whole plan.
    pub(super) total: Option<Minutes>,
    /// The time a week has.
    pub(super) budget: Minutes,
    /// The programmes whose time it is.
    pub(super) programme: Option<String>,
}

impl Session {
    /// Returns who does it, with what they have done already, from the running week to the end of the plan.
    pub(super) fn team(
        &self,
        request: &PlanRequest,
        wishes: &Wishes,
        (week, end): (Window, Moment),
    ) -> Result<Team, SessionError> {
        let kept = self.kept()?;
        let programmes = kept.iter().map(|kept| &kept.programme);
        let running: Vec<&Programme> =
            programmes.filter(|one| one.is_running_at(request.now)).collect();
        let mut team = if running.is_empty() {
            let set = request.minutes.unwrap_or(Minutes::new(self.config.plan.minutes_per_week));
            Team { seats: vec![Seat::new("", set)], total: None, budget: set, programme: None }
        } else {
            self.programme_team(&running, (request, wishes), (week, end))
        };
        let a_day = self.config.plan.minutes_per_day.map(Minutes::new);
        for seat in &mut team.seats {
            seat.minutes_per_day = a_day;
        }
        let today = day_start(request.now, &self.zone).unwrap_or(request.now);
        let today = Window::new(today, today.plus_days(1.0));
        for (at, minutes, member) in wishes.done.iter().filter(|done| week.contains(done.0)) {
            // What was done by nobody of the team is the first one's.
            let who = team.seats.iter().position(|seat| seat.name == *member).unwrap_or(0);
            if let Some(seat) = team.seats.get_mut(who) {
                seat.spent += *minutes;
                seat.spent_today +=
                    Some(*minutes).filter(|_| today.contains(*at)).unwrap_or_default();
            }
        }
        Ok(team)
    }

    fn programme_team(
        &self,
        running: &[&Programme],
        (request, wishes): (&PlanRequest, &Wishes),
        (week, end): (Window, Moment),
    ) -> Team {
        let whole = Window::new(week.start(), end);
        let total = running.iter().map(|one| one.minutes_within(whole).get()).sum::<f64>();
        let mut seats: Vec<Seat> = Vec::new();
        for programme in running {
            seats.extend(programme.team.iter().map(|member| self.seat(programme, member)));
        }
        // A week may cost what was asked for; each member's share stays.
        let set = seats.iter().map(|seat| seat.minutes_per_week.get()).sum::<f64>();
        let share =
            request.minutes.map(|asked| asked.get() / set).filter(|share| share.is_finite());
        if let Some(share) = share {
            for seat in &mut seats {
                seat.minutes_per_week = Minutes::new(share * seat.minutes_per_week.get());
            }
        }
        let names: Vec<&str> = running.iter().map(|one| one.name.as_str()).collect();
        Team {
            budget: seats.iter().fold(Minutes::ZERO, |sum, seat| sum + seat.minutes_per_week),
            seats,
            total: share.is_none().then(|| Minutes::new(total) - wishes.done_in(week)),
            programme: Some(names.join(", ")),
        }
    }

    fn seat(&self, programme: &Programme, member: &Member) -> Seat {
        let mut platforms = programme.platforms.clone();
        if platforms.is_empty() {
            platforms.clone_from(&member.platforms);
        } else {
            platforms.retain(|platform| member.tends(platform));
        }
        // Whoever tends none of the programme's platforms has nothing to do in it.
        let is_idle = platforms.is_empty() && !programme.platforms.is_empty();
        let minutes = if is_idle { Minutes::ZERO } else { member.minutes_per_week };
        Seat {
            platforms,
            until: member.until.map(|until| civil_day(until, &self.zone)),
            ..Seat::new(member.name.clone(), minutes)
        }
    }
}
