//! A campaign's file, TOML that its user edits, as a [`Campaign`].
//!
//! Unknown keys are refused, never ignored, and whatever is wrong is named with its line: the syntax by the parser, what
//! cannot be meant (dates the wrong way round, a goal without a target) by the place of the value.

use std::path::Path;

use jiff::tz::TimeZone;
use rin_core::{
    Aftercare, Campaign, Goal, Marks, Measure, Member, Minutes, Moment, PlatformPlan, Window,
    normal_label,
};
use serde::Deserialize;
use toml::Spanned;

use super::{
    day::WrittenDay,
    error::{CampaignError, Fault},
};
use crate::parse_moment;

/// The most minutes a week has.
const WEEK: f64 = 10_080.0;
/// The most minutes a campaign may take: what a [`Minutes`] can hold.
const MOST_MINUTES: f64 = 71_000_000.0;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: Spanned<String>,
    programme: Spanned<String>,
    from: Spanned<WrittenDay>,
    until: Spanned<WrittenDay>,
    minutes: Spanned<f64>,
    money: Option<Spanned<f64>>,
    #[serde(default)]
    goal: GoalPart,
    team: Spanned<Vec<MemberPart>>,
    platform: Spanned<Vec<PlatformPart>>,
    #[serde(default)]
    marks: MarksPart,
    aftercare: AftercarePart,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct GoalPart {
    words: String,
    measure: Option<Spanned<MeasurePart>>,
    target: u32,
    alive_after_days: Option<Spanned<u32>>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MeasurePart {
    Won,
    Alive,
    Received,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct MemberPart {
    name: Spanned<String>,
    minutes_per_week: Spanned<f64>,
    #[serde(default)]
    platforms: Vec<String>,
    until: Option<Spanned<WrittenDay>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PlatformPart {
    name: Spanned<String>,
    #[serde(default = "zero")]
    posts_per_week: Spanned<f64>,
    #[serde(default = "zero")]
    strangers_per_week: Spanned<f64>,
    #[serde(default = "zero")]
    messages_per_week: Spanned<f64>,
    minutes_per_week: Spanned<f64>,
    #[serde(default)]
    automated: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct MarksPart {
    lists: Vec<String>,
    hashtags: Vec<Spanned<String>>,
    links: Vec<Spanned<String>>,
    by_hand: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AftercarePart {
    minutes_per_week: Spanned<f64>,
    days: u32,
}

fn zero() -> Spanned<f64> {
    Spanned::new(0..0, 0.0)
}

/// Reads a campaign; `id` is its short name and `path` is named in errors.
pub(super) fn parse(
    text: &str,
    id: &str,
    path: &Path,
    zone: &TimeZone,
) -> Result<Campaign, CampaignError> {
    let file: File = toml::from_str(text)
        .map_err(|source| CampaignError::Syntax { path: path.into(), source: source.into() })?;
    Reading { text, path, zone }.campaign(file, id)
}

/// What is read, for the places of errors.
struct Reading<'a> {
    text: &'a str,
    path: &'a Path,
    zone: &'a TimeZone,
}

impl Reading<'_> {
    fn campaign(&self, file: File, id: &str) -> Result<Campaign, CampaignError> {
        let name = self.filled(&file.name, "name")?;
        let programme = self.filled(&file.programme, "programme")?;
        let (from, until) = (self.day(&file.from)?, self.day(&file.until)?);
        if until <= from {
            return Err(self.fault(&file.until, Fault::WrongWayRound));
        }
        let minutes = Minutes::new(self.within(&file.minutes, "minutes", MOST_MINUTES)?);
        let money = match &file.money {
            Some(money) => Some(self.within(money, "money", f64::MAX)?),
            None => None,
        };
        if file.team.as_ref().is_empty() {
            return Err(self.fault(&file.team, Fault::Nobody));
        }
        if file.platform.as_ref().is_empty() {
            return Err(self.fault(&file.platform, Fault::Nowhere));
        }
        let team: Result<_, _> = file.team.as_ref().iter().map(|one| self.member(one)).collect();
        let aftercare = Aftercare {
            minutes_per_week: Minutes::new(self.within(
                &file.aftercare.minutes_per_week,
                "minutes-per-week",
                WEEK,
            )?),
            days: file.aftercare.days,
        };
        Ok(Campaign {
            id: id.to_owned(),
            name,
            programme,
            window: Window::new(from, until),
            minutes,
            money,
            team: team?,
            goal: self.goal(file.goal)?,
            platforms: self.platforms(file.platform.as_ref())?,
            marks: self.marks(file.marks)?,
            aftercare,
        })
    }

    fn goal(&self, part: GoalPart) -> Result<Goal, CampaignError> {
        let measure = match (&part.measure, &part.alive_after_days) {
            (Some(measure), days) => match (measure.as_ref(), days) {
                (MeasurePart::Alive, Some(days)) => {
                    Some(Measure::AliveAfter { days: *days.as_ref() })
                }
                (MeasurePart::Alive, None) => return Err(self.fault(measure, Fault::AliveWhen)),
                (_, Some(days)) => return Err(self.fault(days, Fault::NotAlive)),
                (MeasurePart::Won, None) => Some(Measure::Won),
                (MeasurePart::Received, None) => Some(Measure::Received),
            },
            (None, Some(days)) => return Err(self.fault(days, Fault::NotAlive)),
            (None, None) => None,
        };
        Ok(Goal { words: part.words, measure, target: part.target })
    }

    fn member(&self, part: &MemberPart) -> Result<Member, CampaignError> {
        let minutes = self.within(&part.minutes_per_week, "minutes-per-week", WEEK)?;
        let until = part.until.as_ref().map(|until| self.day(until)).transpose()?;
        let name = self.filled(&part.name, "name")?;
        let platforms = part.platforms.clone();
        Ok(Member { platforms, until, ..Member::new(name, Minutes::new(minutes)) })
    }

    fn platforms(&self, parts: &[PlatformPart]) -> Result<Vec<PlatformPlan>, CampaignError> {
        let mut plans: Vec<PlatformPlan> = Vec::new();
        for part in parts {
            let platform = self.filled(&part.name, "name")?;
            if plans.iter().any(|plan| plan.platform == platform) {
                return Err(self.fault(&part.name, Fault::PlatformTwice { platform }));
            }
            let count = |value: &Spanned<f64>, key| self.within(value, key, 1e6);
            plans.push(PlatformPlan {
                posts_per_week: count(&part.posts_per_week, "posts-per-week")?,
                strangers_per_week: count(&part.strangers_per_week, "strangers-per-week")?,
                messages_per_week: count(&part.messages_per_week, "messages-per-week")?,
                minutes_per_week: Minutes::new(self.within(
                    &part.minutes_per_week,
                    "minutes-per-week",
                    1e6,
                )?),
                automated: part.automated,
                platform,
            });
        }
        Ok(plans)
    }

    fn marks(&self, part: MarksPart) -> Result<Marks, CampaignError> {
        let labels = |texts: &[Spanned<String>], is_link: bool| {
            texts.iter().map(|text| self.label(text, is_link)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Marks {
            hashtags: labels(&part.hashtags, false)?,
            links: labels(&part.links, true)?,
            lists: part.lists,
            by_hand: part.by_hand,
        })
    }

    fn label(&self, text: &Spanned<String>, is_link: bool) -> Result<String, CampaignError> {
        let label = normal_label(text.as_ref());
        label.filter(|label| label.starts_with('#') != is_link).ok_or_else(|| {
            self.fault(text, Fault::NoLabel { text: text.as_ref().clone(), is_link })
        })
    }

    fn day(&self, written: &Spanned<WrittenDay>) -> Result<Moment, CampaignError> {
        let text = &written.as_ref().0;
        parse_moment(text, self.zone)
            .map_err(|_| self.fault(written, Fault::NoDay { text: text.clone() }))
    }

    fn filled(&self, text: &Spanned<String>, key: &'static str) -> Result<String, CampaignError> {
        let trimmed = text.as_ref().trim();
        if trimmed.is_empty() {
            Err(self.fault(text, Fault::Empty { key }))
        } else {
            Ok(trimmed.to_owned())
        }
    }

    fn within(
        &self,
        number: &Spanned<f64>,
        key: &'static str,
        most: f64,
    ) -> Result<f64, CampaignError> {
        let value = *number.as_ref();
        if (0.0..=most).contains(&value) {
            return Ok(value);
        }
        Err(self.fault(number, Fault::OutOfRange { key, value, most }))
    }

    fn fault<T>(&self, place: &Spanned<T>, fault: Fault) -> CampaignError {
        let before = self.text.get(..place.span().start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        CampaignError::Value { path: self.path.into(), line, fault }
    }
}

#[cfg(test)]
mod tests;
