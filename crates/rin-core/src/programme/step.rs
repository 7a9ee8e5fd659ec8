//! The steps of a programme: begun, renewed, adjusted, ended.
//!
//! Each takes the programme as it stands and gives another, or says why not. What would be an accident (two budgets at
//! one time, months without any, an end after the end) is refused; a gap that is meant is said to be.

use super::{Commitment, Member, Period, Programme};
use crate::{Minutes, Moment};

/// Why a step cannot be taken. The programme stays as it was.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProgrammeError {
    /// It has no name.
    #[error("the programme has no name")]
    Unnamed,
    /// Nobody is on the team.
    #[error("nobody is on the team of {programme}")]
    NobodyThere {
        /// The programme.
        programme: String,
    },
    /// Two of the team are called alike.
    #[error("{member} is on the team of {programme} twice")]
    MemberTwice {
        /// The programme.
        programme: String,
        /// The name.
        member: String,
    },
    /// A period ends before it begins, or has no minutes.
    #[error("the period of {programme} has no days or no minutes")]
    EmptyPeriod {
        /// The programme.
        programme: String,
    },
    /// An amount of money is negative or no number.
    #[error("the money of {programme} is no amount")]
    NoAmount {
        /// The programme.
        programme: String,
    },
    /// The period to come begins before the last one ends.
    #[error("the period of {programme} begins {days:.0} days before the last one ends")]
    Overlap {
        /// The programme.
        programme: String,
        /// How much they have in common.
        days: f64,
        /// When the last one ends.
        last_end: Moment,
    },
    /// There would be no budget for a while.
    #[error("the period of {programme} leaves a gap of {days:.0} days after the last one")]
    LeavesGap {
        /// The programme.
        programme: String,
        /// How long nothing is paid for.
        days: f64,
        /// When the last one ends.
        last_end: Moment,
    },
    /// It was ended before.
    #[error("{programme} has been ended")]
    Ended {
        /// The programme.
        programme: String,
        /// When.
        at: Moment,
    },
    /// It is to be adjusted when no period runs.
    #[error("no period of {programme} runs at that time")]
    NoPeriod {
        /// The programme.
        programme: String,
    },
    /// It is to be ended before it begins.
    #[error("{programme} would end before it begins")]
    EndsBeforeItBegins {
        /// The programme.
        programme: String,
        /// When it begins.
        begins: Moment,
    },
}

/// Whether a programme may be without a budget for a while.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gap {
    /// It may not: the next period begins when the last one ends.
    Refused,
    /// It may, because the user says that it is meant.
    Meant,
}

/// What is changed of a programme; `None` leaves it as it is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Adjustment {
    /// What it is for.
    pub goals: Option<Vec<String>>,
    /// The whole team.
    pub team: Option<Vec<Member>>,
    /// The platforms it is about; empty for all.
    pub platforms: Option<Vec<String>>,
    /// Working time for all of the running period, the part gone by included.
    pub minutes: Option<Minutes>,
    /// Money for all of the running period; `Some(None)` if money is no matter any more.
    pub money: Option<Option<f64>>,
}

impl Programme {
    /// Begins a programme.
    ///
    /// # Errors
    /// [`ProgrammeError`] if it has no name, no team, somebody twice, or a period without days, minutes or with an
    /// amount of money that is none.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Minutes, Period, Programme, ProgrammeError, Window};
    /// let nothing = Period { window: Window::ALWAYS, minutes: Minutes::ZERO, money: None };
    /// assert_eq!(Programme::begin(Commitment::default(), nothing), Err(ProgrammeError::Unnamed));
    /// ```
    pub fn begin(commitment: Commitment, first: Period) -> Result<Self, ProgrammeError> {
        let Commitment { name, goals, team, platforms } = commitment;
        if name.trim().is_empty() {
            return Err(ProgrammeError::Unnamed);
        }
        let programme = Self { name, goals, team, platforms, periods: vec![first], ended: None };
        programme.check_team(&programme.team)?;
        programme.check_period(&first)?;
        Ok(programme)
    }

    /// Gives it a further period.
    ///
    /// # Errors
    /// [`ProgrammeError`] if it was ended, the period overlaps the last one or leaves a gap that is not meant, or has
    /// no days or minutes.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Gap, Member, Minutes, Period, Programme, ProgrammeError, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let period = |from, to| Period {
    ///     window: Window::new(day(from), day(to)),
    ///     minutes: Minutes::new(600.0),
    ///     money: None,
    /// };
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let programme = Programme::begin(commitment, period(100, 200))?;
    /// let late = programme.renew(period(230, 300), Gap::Refused);
    /// assert!(matches!(late, Err(ProgrammeError::LeavesGap { .. })));
    /// assert_eq!(programme.renew(period(230, 300), Gap::Meant)?.periods.len(), 2);
    /// # Ok::<(), ProgrammeError>(())
    /// ```
    pub fn renew(&self, next: Period, gap: Gap) -> Result<Self, ProgrammeError> {
        self.check_not_ended()?;
        self.check_period(&next)?;
        if let Some(last_end) = self.periods.iter().map(|period| period.window.end()).max() {
            let days = next.window.start().days_since(last_end);
            let programme = self.name.clone();
            if next.window.start() < last_end {
                return Err(ProgrammeError::Overlap { programme, days: -days, last_end });
            }
            if last_end < next.window.start() && gap == Gap::Refused {
                return Err(ProgrammeError::LeavesGap { programme, days, last_end });
            }
        }
        let mut renewed = self.clone();
        renewed.periods.push(next);
        Ok(renewed)
    }

    /// Changes what the adjustment names; minutes and money are those of the period that runs at `at`.
    ///
    /// # Errors
    /// [`ProgrammeError`] if it was ended, no period runs whose budget could be changed, or what would come out of it
    /// could not have been begun.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Adjustment, Commitment, Day, Member, Minutes, Period, Programme, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(100), day(170));
    /// let first = Period { window, minutes: Minutes::new(600.0), money: None };
    /// let programme = Programme::begin(commitment, first)?;
    /// let less = Adjustment { minutes: Some(Minutes::new(300.0)), ..Adjustment::default() };
    /// assert_eq!(programme.adjust(less, day(120))?.minutes_within(window), Minutes::new(300.0));
    /// # Ok::<(), rin_core::ProgrammeError>(())
    /// ```
    pub fn adjust(&self, change: Adjustment, at: Moment) -> Result<Self, ProgrammeError> {
        self.check_not_ended()?;
        let mut adjusted = self.clone();
        if change.minutes.is_some() || change.money.is_some() {
            let running = adjusted.periods.iter_mut().find(|period| period.window.contains(at));
            let Some(running) = running else {
                return Err(ProgrammeError::NoPeriod { programme: self.name.clone() });
            };
            running.minutes = change.minutes.unwrap_or(running.minutes);
            running.money = change.money.unwrap_or(running.money);
            let changed = *running;
            self.check_period(&changed)?;
        }
        if let Some(team) = change.team {
            self.check_team(&team)?;
            adjusted.team = team;
        }
        adjusted.goals = change.goals.unwrap_or(adjusted.goals);
        adjusted.platforms = change.platforms.unwrap_or(adjusted.platforms);
        Ok(adjusted)
    }

    /// Ends it at that moment, whatever budget is left.
    ///
    /// # Errors
    /// [`ProgrammeError`] if it was ended before, or would end before it begins.
    ///
    /// # Example
    /// ```
    /// use rin_core::{Commitment, Day, Member, Minutes, Period, Programme, ProgrammeError, Window};
    /// let day = |number| Day::from_number(number).start();
    /// let team = vec![Member::new("anna", Minutes::new(60.0))];
    /// let commitment = Commitment { name: "Library".into(), team, ..Commitment::default() };
    /// let window = Window::new(day(100), day(170));
    /// let programme =
    ///     Programme::begin(commitment, Period { window, minutes: Minutes::new(600.0), money: None })?;
    /// let ended = programme.end(day(120))?;
    /// assert!(matches!(ended.end(day(130)), Err(ProgrammeError::Ended { .. })));
    /// # Ok::<(), ProgrammeError>(())
    /// ```
    pub fn end(&self, at: Moment) -> Result<Self, ProgrammeError> {
        self.check_not_ended()?;
        let first = self.periods.iter().map(|period| period.window.start()).min();
        if let Some(begins) = first.filter(|begins| at < *begins) {
            let programme = self.name.clone();
            return Err(ProgrammeError::EndsBeforeItBegins { programme, begins });
        }
        Ok(Self { ended: Some(at), ..self.clone() })
    }

    fn check_not_ended(&self) -> Result<(), ProgrammeError> {
        match self.ended {
            Some(at) => Err(ProgrammeError::Ended { programme: self.name.clone(), at }),
            None => Ok(()),
        }
    }

    fn check_period(&self, period: &Period) -> Result<(), ProgrammeError> {
        let programme = self.name.clone();
        if period.window.is_empty() || period.minutes == Minutes::ZERO {
            return Err(ProgrammeError::EmptyPeriod { programme });
        }
        if period.money.is_some_and(|money| !money.is_finite() || money < 0.0) {
            return Err(ProgrammeError::NoAmount { programme });
        }
        Ok(())
    }

    fn check_team(&self, team: &[Member]) -> Result<(), ProgrammeError> {
        let programme = self.name.clone();
        if team.is_empty() {
            return Err(ProgrammeError::NobodyThere { programme });
        }
        let mut names: Vec<&str> = team.iter().map(|member| member.name.as_str()).collect();
        names.sort_unstable();
        match names.iter().zip(names.iter().skip(1)).find(|(one, next)| one == next) {
            Some((twice, _)) => {
                Err(ProgrammeError::MemberTwice { programme, member: (*twice).to_owned() })
            }
            None => Ok(()),
        }
    }
}
