//! A programme as JSON in the store, and the programmes read back from their steps.
//!
//! Each step keeps the whole programme as it stood after it, so that reading needs no replay and the history shows what
//! changed. Moments are milliseconds and working time is seconds, as everywhere in the file.

use std::path::Path;

use rin_core::{Member, Minutes, Moment, Period, Programme, Window};
use rin_store::{ProgrammeEvent, ProgrammeStep, Reader, StoreError};
use serde::{Deserialize, Serialize};

use super::ProgrammeRequestError;
use crate::SessionError;

/// A programme with the steps that led to it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Kept {
    /// As it stands.
    pub(crate) programme: Programme,
    /// Its steps, the first first.
    pub(crate) steps: Vec<Step>,
}

/// A step as it was kept.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Step {
    pub(crate) at: Moment,
    pub(crate) kind: ProgrammeStep,
    /// What the user said to it.
    pub(crate) note: Option<String>,
    /// The programme after it.
    pub(crate) programme: Programme,
}

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    name: String,
    goals: Vec<String>,
    team: Vec<MemberBody>,
    platforms: Vec<String>,
    periods: Vec<PeriodBody>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ended: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct MemberBody {
    name: String,
    seconds_per_week: u32,
    platforms: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    until: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PeriodBody {
    from: i64,
    until: i64,
    seconds: u32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    money: Option<f64>,
}

/// Returns a step as the store keeps it.
pub(super) fn event(step: &Step) -> Result<ProgrammeEvent, serde_json::Error> {
    let programme = &step.programme;
    let team = programme.team.iter().map(|member| MemberBody {
        name: member.name.clone(),
        seconds_per_week: member.minutes_per_week.seconds(),
        platforms: member.platforms.clone(),
        until: member.until.map(Moment::unix_ms),
    });
    let periods = programme.periods.iter().map(|period| PeriodBody {
        from: period.window.start().unix_ms(),
        until: period.window.end().unix_ms(),
        seconds: period.minutes.seconds(),
        money: period.money,
    });
    let body = Body {
        name: programme.name.clone(),
        goals: programme.goals.clone(),
        team: team.collect(),
        platforms: programme.platforms.clone(),
        periods: periods.collect(),
        ended: programme.ended.map(Moment::unix_ms),
        note: step.note.clone(),
    };
    Ok(ProgrammeEvent {
        programme: programme.name.clone(),
        at: step.at,
        step: step.kind,
        body: serde_json::to_string(&body)?,
    })
}

/// Reads every programme as it stands, in the order in which they were begun.
pub(crate) fn programmes(reader: &Reader<'_>, path: &Path) -> Result<Vec<Kept>, SessionError> {
    let mut all: Vec<Kept> = Vec::new();
    for event in reader.programme_events()? {
        let step = read(&event).map_err(|error| StoreError::Damaged {
            path: path.to_owned(),
            what: format!("programme {}: {error}", event.programme),
        })?;
        let programme = step.programme.clone();
        match all.iter_mut().find(|kept| kept.programme.name == event.programme) {
            Some(kept) => {
                kept.programme = programme;
                kept.steps.push(step);
            }
            None => all.push(Kept { programme, steps: vec![step] }),
        }
    }
    Ok(all)
}

/// Returns the programme of that name; without a name the only one, or the only one that runs.
pub(crate) fn choose<'a>(
    all: &'a [Kept],
    name: Option<&str>,
    now: Moment,
) -> Result<&'a Kept, ProgrammeRequestError> {
    let named = |kept: &[&Kept]| -> String {
        let names: Vec<&str> = kept.iter().map(|kept| kept.programme.name.as_str()).collect();
        names.join(", ")
    };
    let known: Vec<&Kept> = all.iter().collect();
    if known.is_empty() {
        return Err(ProgrammeRequestError::None);
    }
    if let Some(name) = name {
        let found = all.iter().find(|kept| kept.programme.name == name);
        return found.ok_or_else(|| ProgrammeRequestError::Unknown {
            name: name.to_owned(),
            known: named(&known),
        });
    }
    let running: Vec<&Kept> = all.iter().filter(|kept| kept.programme.is_running_at(now)).collect();
    match (running.as_slice(), known.as_slice()) {
        ([one], _) | ([], [one]) => Ok(one),
        ([], _) => Err(ProgrammeRequestError::Several { known: named(&known) }),
        _ => Err(ProgrammeRequestError::Several { known: named(&running) }),
    }
}

fn read(event: &ProgrammeEvent) -> Result<Step, serde_json::Error> {
    let body: Body = serde_json::from_str(&event.body)?;
    let team = body.team.into_iter().map(|member| Member {
        platforms: member.platforms,
        until: member.until.map(Moment::from_unix_ms),
        ..Member::new(member.name, Minutes::from_seconds(member.seconds_per_week))
    });
    let periods = body.periods.iter().map(|period| {
        let bounds = [period.from, period.until].map(Moment::from_unix_ms);
        Period {
            window: Window::new(bounds[0], bounds[1]),
            minutes: Minutes::from_seconds(period.seconds),
            money: period.money,
        }
    });
    let programme = Programme {
        name: body.name,
        goals: body.goals,
        team: team.collect(),
        platforms: body.platforms,
        periods: periods.collect(),
        ended: body.ended.map(Moment::from_unix_ms),
    };
    Ok(Step { at: event.at, kind: event.step, note: body.note, programme })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programme(name: &str, days: (f64, f64)) -> Programme {
        let at = |day: f64| Moment::from_unix_ms(0).plus_days(day);
        Programme {
            name: name.to_owned(),
            goals: vec!["a goal".into()],
            team: vec![Member {
                platforms: vec!["mastodon".into()],
                until: Some(at(9.5)),
                ..Member::new("anna", Minutes::new(12.5))
            }],
            platforms: vec!["mastodon".into()],
            periods: vec![Period {
                window: Window::new(at(days.0), at(days.1)),
                minutes: Minutes::new(100.0),
                money: Some(12.25),
            }],
            ended: Some(at(99.0)),
        }
    }

    fn kept(name: &str, days: (f64, f64)) -> Kept {
        Kept { programme: programme(name, days), steps: Vec::new() }
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let at = Moment::from_unix_ms(5);
        let step = Step {
            at,
            kind: ProgrammeStep::Adjusted,
            note: Some("why".into()),
            programme: programme("Library", (0.0, 10.0)),
        };
        assert_eq!(read(&event(&step).unwrap()).unwrap(), step);
    }

    #[test]
    fn without_a_name_the_only_one_that_runs_is_meant() {
        let now = Moment::from_unix_ms(0).plus_days(5.0);
        let (old, runs, other) =
            (kept("old", (0.0, 2.0)), kept("runs", (0.0, 9.0)), kept("other", (1.0, 8.0)));
        let name = |all: &[Kept], name| {
            choose(all, name, now)
                .map(|kept| kept.programme.name.clone())
                .map_err(|error| error.to_string())
        };
        assert_eq!(name(&[], None), Err("there is no programme".into()));
        assert_eq!(name(std::slice::from_ref(&old), None), Ok("old".into()));
        assert_eq!(name(&[old.clone(), runs.clone()], None), Ok("runs".into()));
        assert_eq!(name(&[old.clone(), runs.clone()], Some("old")), Ok("old".into()));
        let all = [old, runs, other];
        assert_eq!(name(&all, None), Err("there are several programmes: runs, other".into()));
        let unknown = Err("there is no programme x, there is old, runs, other".into());
        assert_eq!(name(&all, Some("x")), unknown);
    }
}
