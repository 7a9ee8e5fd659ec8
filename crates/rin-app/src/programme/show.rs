//! How a programme stands: its budget and what was spent of it, who is there, what needs renewal, and how it came so.
//!
//! Spent is what the user said was done, on the programme's platforms as far as the plan that was answered is still
//! kept. What was done without saying so is not known to anybody.

mod history;

use std::collections::BTreeMap;

use rin_core::{Minutes, Moment, Period, Programme, Window};
use rin_store::DecisionKind;
use serde::Serialize;

pub use self::history::ProgrammeStepView;
use super::{BudgetView, Kept, choose, per_week};
use crate::{Lang, Session, SessionError, time::iso_date};

/// Days before the end of a period from which renewing it is asked for.
const NOTICE_DAYS: f64 = 60.0;

/// Which programme is shown, and when.
#[derive(Clone, PartialEq, Debug)]
pub struct ShowProgrammeRequest {
    /// Which; `None` for the only one that runs.
    pub name: Option<String>,
    /// The moment asked about.
    pub now: Moment,
    /// The language of sentences.
    pub lang: Lang,
}

/// How a programme stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ProgrammeView {
    /// Name and version of this form.
    pub schema: &'static str,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub goals: Vec<String>,
    /// Platforms it is about; empty for all.
    pub platforms: Vec<String>,
    /// `running`, `to come`, `without budget` or `ended`.
    pub state: &'static str,
    /// The same as a sentence.
    pub said: String,
    /// Working time in the seven days from now, in minutes: the budget's share, or less if the team has less.
    pub minutes_this_week: f64,
    /// Who tends the network.
    pub team: Vec<MemberView>,
    /// Its periods, in the order of time.
    pub periods: Vec<PeriodView>,
    /// What needs doing.
    pub remarks: Vec<ProgrammeRemark>,
    /// Every step that was taken, the first first.
    pub history: Vec<ProgrammeStepView>,
    /// The names of the user's other programmes.
    pub others: Vec<String>,
    /// What the budget keeps alive; `None` if that was not asked.
    pub budget: Option<BudgetView>,
}

/// Somebody of the team.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MemberView {
    /// What they are called.
    pub name: String,
    /// What they have each week.
    pub minutes_per_week: f64,
    /// The platforms they tend; empty for all.
    pub platforms: Vec<String>,
    /// The day they leave, ISO 8601, if it is known.
    pub until: Option<String>,
    /// Whether they are there.
    pub is_there: bool,
    /// Minutes that were said to be done in the running period on plan lines of theirs; `None` if no line done in it
    /// says whose it was.
    pub spent_minutes: Option<f64>,
}

/// A period and what was spent of it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PeriodView {
    /// First day, ISO 8601.
    pub from: String,
    /// The day after the last, ISO 8601.
    pub until: String,
    /// `past`, `running` or `to come`.
    pub state: &'static str,
    /// Its working time in minutes.
    pub minutes: f64,
    /// The same a week.
    pub minutes_per_week: f64,
    /// Its money, if money is a matter.
    pub money: Option<f64>,
    /// Minutes of what was said to be done in it.
    pub spent_minutes: f64,
    /// Minutes that its days gone by would have allowed.
    pub due_minutes: f64,
    /// Days left of it; none if it does not run.
    pub days_left: Option<u32>,
}

/// Something that needs doing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ProgrammeRemark {
    /// A stable name: `renew`, `lapsed`, `team`, `leaves`, `nobody`, `overspent`.
    pub kind: &'static str,
    /// What is so and what to do, as a sentence.
    pub text: String,
}

impl Session {
    /// Shows how a programme stands.
    ///
    /// # Errors
    /// [`SessionError`] if it is not to be found, or the store cannot be read.
    pub fn programme(&self, request: &ShowProgrammeRequest) -> Result<ProgrammeView, SessionError> {
        let all = self.kept()?;
        let kept = choose(&all, request.name.as_deref(), request.now)?;
        let spent = self.spent(&kept.programme)?;
        let words = Words { now: request.now, lang: request.lang, session: self };
        let others = all.iter().map(|other| &other.programme.name);
        let others = others.filter(|name| **name != kept.programme.name).cloned().collect();
        Ok(words.view(kept, &spent, others))
    }

    pub(super) fn shown(
        &self,
        name: &str,
        now: Moment,
        lang: Lang,
    ) -> Result<ProgrammeView, SessionError> {
        self.programme(&ShowProgrammeRequest { name: Some(name.to_owned()), now, lang })
    }

    /// Returns what was said to be done on a programme's platforms.
    fn spent(&self, programme: &Programme) -> Result<Vec<Spent>, SessionError> {
        let reader = self.store.read()?;
        let mut spent = Vec::new();
        for (_, decision) in reader.decisions()? {
            let DecisionKind::Done { minutes } = decision.kind else { continue };
            let line = match decision.answers {
                Some((plan, line)) => reader.plan(plan)?.and_then(|plan| {
                    let at = usize::try_from(line).ok()?.checked_sub(1)?;
                    plan.lines.into_iter().nth(at)
                }),
                None => None,
            };
            if line.as_ref().is_none_or(|line| programme.is_about(&line.platform)) {
                let member = line.map(|line| line.member).filter(|member| !member.is_empty());
                spent.push(Spent { at: decision.at, minutes, member });
            }
        }
        Ok(spent)
    }
}

/// Something that was said to be done.
struct Spent {
    at: Moment,
    minutes: Minutes,
    /// By whom, if the plan says so.
    member: Option<String>,
}

/// The moment and the language everything is said in.
struct Words<'a> {
    now: Moment,
    lang: Lang,
    session: &'a Session,
}

impl Words<'_> {
    fn view(&self, kept: &Kept, spent: &[Spent], others: Vec<String>) -> ProgrammeView {
        let programme = &kept.programme;
        let periods: Vec<PeriodView> =
            programme.periods.iter().map(|period| self.period(programme, period, spent)).collect();
        let (state, said) = self.state(programme);
        let by_member = self.by_member(programme, spent);
        let team = programme.team.iter().map(|member| MemberView {
            name: self.session.member_name(&member.name),
            minutes_per_week: member.minutes_per_week.get(),
            platforms: member.platforms.clone(),
            until: member.until.map(|until| self.iso(until)),
            is_there: member.is_there_at(self.now),
            spent_minutes: by_member
                .as_ref()
                .map(|by| by.get(member.name.as_str()).copied().unwrap_or_default().get()),
        });
        let week = Window::new(self.now, self.now.plus_days(7.0));
        ProgrammeView {
            schema: "rin.programme/1",
            name: programme.name.clone(),
            goals: programme.goals.clone(),
            platforms: programme.platforms.clone(),
            state,
            said,
            minutes_this_week: programme.minutes_within(week).get(),
            team: team.collect(),
            remarks: self.remarks(programme, &periods),
            periods,
            history: self.history(kept),
            others,
            budget: None,
        }
    }

    /// Returns who spent how much in the running period; `None` if no plan says so of anything.
    fn by_member<'b>(
        &self,
        programme: &Programme,
        spent: &'b [Spent],
    ) -> Option<BTreeMap<&'b str, Minutes>> {
        let window = programme.period_at(self.now)?.window;
        let mut by: BTreeMap<&str, Minutes> = BTreeMap::new();
        for one in spent.iter().filter(|one| window.contains(one.at) && one.at <= self.now) {
            if let Some(member) = &one.member {
                *by.entry(member).or_default() += one.minutes;
            }
        }
        (!by.is_empty()).then_some(by)
    }

    fn period(&self, programme: &Programme, period: &Period, spent: &[Spent]) -> PeriodView {
        let window = period.window;
        let is_running = programme.period_at(self.now) == Some(period);
        let state = match (is_running, self.now < window.start()) {
            (true, _) => "running",
            (false, true) => "to come",
            (false, false) => "past",
        };
        let within = spent.iter().filter(|one| window.contains(one.at) && one.at <= self.now);
        let gone = window.intersection(Window::new(window.start(), self.now)).days();
        PeriodView {
            from: self.iso(window.start()),
            until: self.iso(window.end()),
            state,
            minutes: period.minutes.get(),
            minutes_per_week: per_week(period).get(),
            money: period.money,
            spent_minutes: within.fold(Minutes::ZERO, |sum, one| sum + one.minutes).get(),
            due_minutes: (period.minutes.get() * gone / window.days()).round(),
            days_left: is_running.then(|| whole_days(window.end().days_since(self.now))),
        }
    }

    fn state(&self, programme: &Programme) -> (&'static str, String) {
        let name = &programme.name;
        let lang = self.lang;
        if let Some(ended) = programme.ended.filter(|ended| *ended <= self.now) {
            let day = self.day(ended);
            let said = lang.pick(
                format!("{name} was ended on {day}."),
                format!("{name} wurde am {day} beendet."),
            );
            return ("ended", said);
        }
        if let Some(run) = programme.run_at(self.now) {
            let (from, until) = (self.day(run.start()), self.day(run.end()));
            let said = lang.pick(
                format!("{name} has run since {from} and has a budget until {until}."),
                format!("{name} läuft seit {from} und hat ein Budget bis {until}."),
            );
            return ("running", said);
        }
        let starts = programme.periods.iter().map(|period| period.window.start());
        if let Some(next) = starts.filter(|start| self.now < *start).min() {
            let day = self.day(next);
            let said = lang.pick(
                format!("{name} has a budget from {day} on."),
                format!("{name} hat ein Budget ab {day}."),
            );
            return ("to come", said);
        }
        let last = programme.periods.iter().map(|period| period.window.end()).max();
        let day = self.day(last.unwrap_or(self.now));
        let said = lang.pick(
            format!("{name} has had no budget since {day}."),
            format!("{name} hat seit {day} kein Budget."),
        );
        ("without budget", said)
    }

    fn remarks(&self, programme: &Programme, periods: &[PeriodView]) -> Vec<ProgrammeRemark> {
        if programme.ended.is_some() {
            return Vec::new();
        }
        let mut remarks = Vec::new();
        let mut remark = |kind, text| remarks.push(ProgrammeRemark { kind, text });
        match programme.run_at(self.now) {
            None => {
                if programme.periods.iter().all(|period| period.window.end() <= self.now) {
                    remark("lapsed", self.lapsed());
                }
            }
            Some(run) => {
                let days = run.end().days_since(self.now);
                if days <= NOTICE_DAYS {
                    remark("renew", self.renew(whole_days(days)));
                }
                if let Some(text) = self.too_few(programme) {
                    remark("team", text);
                }
                let leaving =
                    programme.team.iter().filter_map(|member| Some((member, member.until?)));
                leaving.filter(|(_, until)| self.now < *until && *until < run.end()).for_each(
                    |(member, until)| {
                        let name = self.session.member_name(&member.name);
                        remark("leaves", self.leaves(&name, until));
                    },
                );
            }
        }
        for platform in &programme.platforms {
            if programme.answering(platform, self.now).next().is_none() {
                remark("nobody", self.nobody(platform));
            }
        }
        for period in periods.iter().filter(|period| period.state == "running") {
            if period.minutes < period.spent_minutes {
                remark("overspent", self.overspent(period));
            }
        }
        remarks
    }

    fn lapsed(&self) -> String {
        self.lang
            .pick(
                "No period pays for it any more. Renew it, or end it on purpose: rin programme renew, rin programme end",
                "Kein Zeitraum trägt es mehr. Erneuern oder bewusst beenden: rin programme renew, rin programme end",
            )
            .to_owned()
    }

    fn renew(&self, days: u32) -> String {
        let left = self.lang.count(days.into(), ("day", "Tag"), ("days", "Tage"));
        self.lang.pick(
            format!("The budget ends in {left}. Renew, adjust or end it: rin programme renew"),
            format!(
                "Das Budget endet in {left}. Erneuern, anpassen oder beenden: rin programme renew"
            )
            .replace("Tage.", "Tagen."),
        )
    }

    /// Says that those who are there have less time than the budget.
    fn too_few(&self, programme: &Programme) -> Option<String> {
        let budget = per_week(programme.period_at(self.now)?).get();
        let there = programme.team.iter().filter(|member| member.is_there_at(self.now));
        let team: f64 = there.map(|member| member.minutes_per_week.get()).sum();
        let (asked, has) = (self.lang.number(budget), self.lang.number(team));
        (team < budget).then(|| {
            self.lang.pick(
                format!("The budget has {asked} min a week, the team {has}: only {has} can be spent. Adjust it with: rin programme adjust"),
                format!("Das Budget hat {asked} min je Woche, das Team {has}: nur {has} sind verfügbar. Anpassen mit: rin programme adjust"),
            )
        })
    }

    fn leaves(&self, name: &str, until: Moment) -> String {
        let day = self.day(until);
        self.lang.pick(
            format!("{name} leaves on {day}, before the budget ends."),
            format!("{name} geht am {day}, bevor das Budget endet."),
        )
    }

    fn nobody(&self, platform: &str) -> String {
        self.lang.pick(
            format!("Nobody with minutes tends {platform}. Name somebody: rin programme adjust --member NAME=MINUTES:{platform}"),
            format!("Um {platform} kümmert sich niemand mit Minuten. Jemanden nennen: rin programme adjust --member NAME=MINUTEN:{platform}"),
        )
    }

    fn overspent(&self, period: &PeriodView) -> String {
        let (spent, minutes) =
            (self.lang.number(period.spent_minutes), self.lang.number(period.minutes));
        self.lang.pick(
            format!("{spent} min are spent of {minutes}. Adjust the budget or stop until it is renewed."),
            format!("{spent} min sind verbraucht von {minutes}. Das Budget anpassen oder bis zur Erneuerung pausieren."),
        )
    }

    fn iso(&self, at: Moment) -> String {
        iso_date(at, &self.session.zone)
    }

    fn day(&self, at: Moment) -> String {
        self.lang.date(at, &self.session.zone)
    }
}

/// Returns days rounded up, so that the last one counts.
fn whole_days(days: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to int saturates, which is meant"
    )]
    let whole = days.ceil() as u32;
    whole
}
